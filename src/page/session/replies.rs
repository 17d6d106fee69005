//! What the worker answers goes to the part of the page that asked.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Blob;

use super::{Looked, Session};
use crate::messages::{Reply, TableForm};
use crate::page::reading::Intake;
use crate::page::save::save;

impl Session {
    pub(super) fn replied(self, reply: Reply, file: Option<Blob>) {
        self.owe_no_more(&reply);
        match reply {
            Reply::Ready => {
                let effects = self.intake(Intake::ready);
                // What the last worker was hashing is lost with it.
                self.auditing.stopped();
                self.look_at_organization();
                self.carry_out(effects);
                self.show_reading();
            }
            Reply::Progress(progress) => {
                self.intake(|intake| intake.progress(&progress));
                self.show_progress(progress);
            }
            Reply::Figures(figures) => self.show_figures(*figures),
            Reply::Recounted(_) if self.is_renewing() => {}
            Reply::Recounted(figures) => {
                self.show_counts(*figures);
                self.ask_report();
                self.ask_again();
            }
            Reply::Preview { id, imported, preview } => {
                self.looked(id, Looked { preview: *preview, imported });
            }
            Reply::Report { id, report, rows } => self.reports.answered(id, *report, rows),
            Reply::Rows { id, from, rows } => self.reports.rows(id, from, rows),
            Reply::Unusual { id, unusual } => self.reports.looked_for(id, *unusual),
            Reply::Details { id, details } => self.reports.looked(id, *details),
            Reply::KnownValues(field, values) => {
                self.reports.known_values.update(|known| {
                    known.retain(|(of, _)| *of != field);
                    known.push((field, Arc::new(values)));
                });
            }
            Reply::Table { form: TableForm::Csv, text, .. } => {
                save(&self.reports.table_name(), "text/csv", &text);
            }
            Reply::Detailed { draft: false, text } => {
                save(&self.reports.file_name("-detailed.csv"), "text/csv", &text);
            }
            Reply::Detailed { draft: true, text } => {
                save(&self.reports.file_name(".eml"), "message/rfc822", &text);
                self.announce(self.language.get_untracked().texts().report.draft_made);
            }
            Reply::Table { form, text, rows, more } => {
                let said = (self.language.get_untracked().texts().audit.copied)(rows, more);
                let ending = if form == TableForm::Markdown { ".md" } else { ".txt" };
                self.copy(text, said, self.reports.file_name(ending));
            }
            Reply::Audit { id, audit } => self.auditing.answered(id, *audit),
            Reply::Hash { id, bytes, digest } => self.hashed(id, bytes, digest),
            Reply::Readiness { id, readiness, rows } => {
                self.readiness.answered(id, *readiness, rows);
            }
            Reply::ReadinessRows { id, from, rows } => self.readiness.rows(id, from, rows),
            Reply::Sent { id, counts, from, messages } => {
                self.reports.sent.answered(id, counts, from, messages);
            }
            Reply::Saved { remember, period } => self.saved(remember, period, file),
            Reply::SentCsv(text) => save("smtp-auth-messages.csv", "text/csv", &text),
            Reply::TallyJson(json) => save("mailflow.json", "application/json", &json),
        }
    }
}
