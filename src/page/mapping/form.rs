use leptos::prelude::*;

use crate::account::{ColumnsNeeded, DateOrder, Field, Mapping};
use crate::page::session::{FileRow, Looked, Session};
use crate::text::Catalogue;

/// What a file must have.
pub(super) const REQUIRED: Field = Field::Time;

/// What stands in "Map columns"; copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Form {
    session: Session,
    row: StoredValue<FileRow>,
    /// The columns of the file, once they are known.
    pub(super) table: RwSignal<Option<ColumnsNeeded>>,
    /// Fields, and the index of the column taken for each.
    pub(super) picked: RwSignal<Vec<(Field, usize)>>,
    /// What the person says that words mean.
    pub(super) words: RwSignal<Vec<(Field, String, String)>>,
    order: RwSignal<Option<DateOrder>>,
    /// What the person has to change.
    pub(super) error: RwSignal<String>,
}

impl Form {
    /// Asks how the file is read so far.
    pub(super) fn new(t: &'static Catalogue, session: Session, row: FileRow) -> Self {
        let said = session.mapping(row.place);
        session.looked.set(None);
        session.look(&row, said.clone(), None);
        let form = Self {
            session,
            row: StoredValue::new(row),
            table: RwSignal::new(None),
            picked: RwSignal::new(Vec::new()),
            words: RwSignal::new(said.words),
            order: RwSignal::new(said.date_order),
            error: RwSignal::new(String::new()),
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
        let first = self.table.with_untracked(Option::is_none);
        match &looked.imported {
            Some(Err(fault)) => return self.error.set((t.mapping.fault)(fault)),
            Some(Ok(other)) if !other.is_empty() => {
                self.error.set((t.mapping.other_columns)(&other.join(", ")));
            }
            Some(Ok(_)) => self.error.set(String::new()),
            None if first => {}
            None => return,
        }
        let Looked { preview, .. } = looked;
        let Some(table) = &preview.table else { return };
        let guess = table.guess.iter().map(|(field, column)| (*field, *column as usize));
        self.picked.set(guess.collect());
        self.words.set(preview.mapping.words.clone());
        self.order.set(preview.mapping.date_order);
        if first {
            self.table.set(Some(table.clone()));
        }
    }

    /// What was picked, as a mapping.
    pub(super) fn mapping(self) -> Mapping {
        let picked = self.picked.get_untracked();
        let columns = self.table.with_untracked(|table| {
            let header = table.as_ref().map_or(&[][..], |table| &table.header);
            let name = |field| {
                let (_, index) = picked.iter().find(|(taken, _)| *taken == field)?;
                header.get(*index).map(|name| column_key(header, *index, name))
            };
            Field::ALL.into_iter().map(|field| (field, name(field).unwrap_or_default())).collect()
        });
        Mapping {
            columns,
            words: self.words.get_untracked(),
            date_order: self.order.get_untracked(),
            as_guessed: false,
            ..self.row.with_value(|row| self.session.mapping(row.place))
        }
    }

    /// Takes a column for a field, or none.
    pub(super) fn pick(self, field: Field, column: Option<usize>) {
        self.error.set(String::new());
        self.picked.update(|picked| {
            picked.retain(|(taken, _)| *taken != field);
            picked.extend(column.map(|column| (field, column)));
        });
        self.look(None);
    }

    /// Takes a word for what a code says; without one, for what it is known as.
    pub(super) fn say(self, field: Field, word: &str, code: Option<&str>) {
        self.words.update(|words| {
            words.retain(|(of, own, _)| *of != field || own != word);
            words.extend(code.map(|code| (field, word.to_owned(), code.to_owned())));
        });
        self.look(None);
    }

    /// Asks what would be read.
    pub(super) fn look(self, import: Option<String>) {
        self.row.with_value(|row| self.session.look(row, self.mapping(), import));
    }

    /// Reads the file with it.
    pub(super) fn apply(self) {
        let place = self.row.with_value(|row| row.place);
        self.session.remap(place, self.mapping());
    }
}

/// How a mapping names a column: a blank name, or one that stands twice, by its
/// number.
fn column_key(header: &[String], index: usize, name: &str) -> String {
    let first = header.iter().position(|known| known == name);
    if name.is_empty() || first != Some(index) {
        format!("#{}", index + 1)
    } else {
        name.to_owned()
    }
}
