use leptos::prelude::*;

use super::{FileRow, Session};
use crate::account::{Mapping, MappingFault, Owners, Preview, Problem};
use crate::mail::Choices;
use crate::messages::Request;
use crate::page::reading::Intake;
use crate::page::remembered;
use crate::text::Language;

/// What would be read of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Looked {
    /// What would be read.
    pub(crate) preview: Preview,
    /// Of a mapping file that was asked with: the columns that it names and the
    /// file does not have.
    pub(crate) imported: Option<Result<Vec<String>, MappingFault>>,
}

/// What a person is asked, and says.
impl Session {
    /// The person says what a file cannot.
    pub(crate) fn remap(self, place: u32, mapping: Mapping) {
        self.begin();
        self.with(|inner| inner.asked.retain(|asked| *asked != place));
        let effects = self.intake(|intake| intake.remap(place, mapping));
        self.carry_out(effects);
        self.show_reading();
    }

    /// What the person said of the file in `place` so far.
    pub(crate) fn mapping(self, place: u32) -> Mapping {
        self.intake(|intake| intake.dropped(place).map(|drop| drop.mapping.clone()))
            .unwrap_or_default()
    }

    /// What the person said of the organization that is looked at, and no
    /// format can say.
    pub(crate) fn choices(self) -> Choices {
        self.said_of(&self.open_organization()).unwrap_or_default()
    }

    /// What the person said of the organization of that name.
    pub(crate) fn said_of(self, name: &str) -> Option<Choices> {
        self.with(|inner| {
            let said = inner.said.iter().find(|(of, _)| Owners::same(of, name));
            said.map(|(_, choices)| choices.clone())
        })
    }

    /// From now on this holds of it.
    pub(crate) fn say(self, name: &str, choices: Choices) {
        self.with(|inner| {
            inner.said.retain(|(of, _)| !Owners::same(of, name));
            inner.said.push((name.to_owned(), choices));
        });
    }

    /// The person says it.
    pub(crate) fn choose(self, choices: Choices) {
        let (before, name) = (self.choices(), self.open_organization());
        self.say(&name, choices.clone());
        if !choices.reads_otherwise(&before) {
            self.post(&Request::Choose(choices), &[]);
            return self.remember_soon();
        }
        self.begin();
        let effects = self.intake(Intake::again);
        self.carry_out(effects);
        self.show_reading();
    }

    /// Asks what would be read of a file with this mapping, or with that of a
    /// mapping file.
    pub(crate) fn look(self, row: &FileRow, mapping: Mapping, import: Option<String>) {
        let (id, file) = self.with(|inner| {
            inner.looks += 1;
            (inner.looks, inner.intake.dropped(row.place).and_then(|drop| drop.file.clone()))
        });
        let request = Request::Preview {
            id,
            number: row.number,
            mapping,
            import,
            remembered: remembered::all(),
            korean: self.language.get_untracked() == Language::Korean,
        };
        if let Some(file) = file {
            self.post(&request, &[file]);
        }
    }

    /// An answer to the last such question is shown.
    pub(super) fn looked(self, id: u32, looked: Looked) {
        if self.with(|inner| inner.looks == id) {
            self.looked.set(Some(looked));
        }
    }

    /// Offers the dialog for the first file that needs an answer, once a file.
    pub(super) fn ask(self) {
        if self.asking.with_untracked(Option::is_some) {
            return;
        }
        let next = self.files.with_untracked(|rows| {
            self.with(|inner| {
                rows.iter()
                    .find(|row| {
                        // Of a file in a saved analysis there is nothing to read again.
                        !inner.asked.contains(&row.place)
                            && row.account.elsewhere.is_none()
                            && matches!(
                                row.account.problem,
                                Some(
                                    Problem::ColumnsNeeded(_)
                                        | Problem::DateOrderNeeded { .. }
                                        | Problem::PeriodNeeded
                                )
                            )
                    })
                    .cloned()
            })
        });
        if let Some(row) = next {
            self.with(|inner| inner.asked.push(row.place));
            self.asking.set(Some(row));
        }
    }
}
