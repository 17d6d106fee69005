use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::account::{ColumnsNeeded, DateOrder, Field, Mapping, Problem};
use crate::page::session::{FileRow, Looked, Session};
use crate::text::Catalogue;

/// What a file must have.
pub(super) const REQUIRED: Field = Field::Time;

/// What stands in "Map columns"; copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Form {
    session: Session,
    /// How often the columns were taken from an answer: 0 until they are known,
    /// once more for each mapping file.
    pub(super) taken: RwSignal<usize>,
    /// What the person has to change.
    pub(super) error: RwSignal<String>,
    draft: StoredValue<Rc<RefCell<Draft>>, LocalStorage>,
}

/// What the person has picked and said.
#[derive(Clone)]
pub(super) struct Draft {
    row: FileRow,
    /// The columns of the file.
    pub(super) table: ColumnsNeeded,
    /// Fields, and the index of the column taken for each.
    pub(super) picked: Vec<(Field, usize)>,
    /// What the person says that words mean.
    pub(super) words: Vec<(Field, String, String)>,
    order: Option<DateOrder>,
}

impl Form {
    /// Asks how the file is read so far.
    pub(super) fn new(t: &'static Catalogue, session: Session, row: FileRow) -> Self {
        let said = session.mapping(row.place);
        session.looked.set(None);
        session.look(&row, said.clone(), None);
        // What the worker asked with is there at once.
        let needed = match &row.account.problem {
            Some(Problem::ColumnsNeeded(needed)) => Some(needed.clone()),
            _ => None,
        };
        let taken = usize::from(needed.is_some());
        let table = needed.unwrap_or_default();
        let (words, order) = (said.words, said.date_order);
        let draft = Draft { row, picked: guess(&table), table, words, order };
        let form = Self {
            session,
            taken: RwSignal::new(taken),
            error: RwSignal::new(String::new()),
            draft: StoredValue::new_local(Rc::new(RefCell::new(draft))),
        };
        Effect::new(move |_| {
            session.looked.with(|looked| {
                if let Some(looked) = looked {
                    form.hear(t, looked);
                }
            });
        });
        form
    }

    /// Takes what the first answer tells, and a mapping file.
    fn hear(self, t: &'static Catalogue, looked: &Looked) {
        let error = match &looked.imported {
            Some(Err(fault)) => return self.error.set((t.mapping.fault)(fault)),
            Some(Ok(other)) if !other.is_empty() => (t.mapping.other_columns)(&other.join(", ")),
            Some(Ok(_)) => String::new(),
            None if self.taken.get_untracked() == 0 => String::new(),
            None => return,
        };
        let Looked { preview, .. } = looked;
        let Some(table) = &preview.table else { return };
        self.error.set(error);
        self.with(|draft| {
            draft.picked = guess(table);
            draft.words.clone_from(&preview.mapping.words);
            draft.order = preview.mapping.date_order;
            draft.table = table.clone();
        });
        self.taken.set(self.taken.get_untracked() + 1);
    }

    /// Does something with what stands in it; `act` must not do so again.
    pub(super) fn with<T>(self, act: impl FnOnce(&mut Draft) -> T) -> T {
        act(&mut self.draft.get_value().borrow_mut())
    }

    /// What was picked, as a mapping.
    pub(super) fn mapping(self) -> Mapping {
        self.with(|draft| Mapping {
            columns: Field::ALL.into_iter().map(|field| (field, draft.column(field))).collect(),
            words: draft.words.clone(),
            date_order: draft.order,
            as_guessed: false,
            ..self.session.mapping(draft.row.place)
        })
    }

    /// Takes a column for a field, or none.
    pub(super) fn pick(self, field: Field, column: Option<usize>) {
        self.error.set(String::new());
        self.with(|draft| {
            draft.picked.retain(|(taken, _)| *taken != field);
            draft.picked.extend(column.map(|column| (field, column)));
        });
        self.look(None);
    }

    /// Takes a word for what a code says; without one, for what it is known as.
    pub(super) fn say(self, field: Field, word: &str, code: Option<&str>) {
        self.with(|draft| {
            draft.words.retain(|(of, own, _)| *of != field || own != word);
            draft.words.extend(code.map(|code| (field, word.to_owned(), code.to_owned())));
        });
        self.look(None);
    }

    /// Asks what would be read.
    pub(super) fn look(self, import: Option<String>) {
        let mapping = self.mapping();
        self.with(|draft| self.session.look(&draft.row, mapping, import));
    }

    /// Reads the file with it.
    pub(super) fn apply(self) {
        self.session.remap(self.with(|draft| draft.row.place), self.mapping());
    }
}

/// The columns as they are taken so far.
fn guess(table: &ColumnsNeeded) -> Vec<(Field, usize)> {
    table.guess.iter().map(|(field, column)| (*field, *column as usize)).collect()
}

impl Draft {
    /// The index of the column that is taken for a field.
    pub(super) fn taken(&self, field: Field) -> Option<usize> {
        self.picked.iter().find(|(taken, _)| *taken == field).map(|(_, column)| *column)
    }

    /// How a mapping names that column: a blank name, or one that stands twice,
    /// by its number.
    fn column(&self, field: Field) -> String {
        let Some(index) = self.taken(field) else { return String::new() };
        let header = &self.table.header;
        match header.get(index) {
            Some(name) if !name.is_empty() && !header[..index].contains(name) => name.clone(),
            _ => format!("#{}", index + 1),
        }
    }

    /// The code of what the person says that a word means.
    pub(super) fn said(&self, field: Field, word: &str) -> Option<&str> {
        let said = self.words.iter().find(|(of, own, _)| *of == field && own == word);
        said.map(|(.., code)| &**code)
    }
}
