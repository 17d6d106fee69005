use std::cell::RefCell;

use super::post;
use super::table_reply;
use crate::export::{readiness_csv, readiness_markdown, readiness_tsv};
use crate::messages::{Reply, TableForm};
use crate::report::{
    AuditQuery, Done, Ground, ReadinessAnswer, ReadinessQuery, ReadinessWords, audit, readiness,
};
use crate::tally::Tally;

/// Rows that come with an answer: they are high, and few are seen at a time.
const FIRST_ROWS: usize = 50;

/// Answers what breaks if something is switched off.
#[derive(Default)]
pub(super) struct Readying {
    /// What no policy changes; of the tally at hand.
    ground: RefCell<Ground>,
    /// The last answer, and the number of its question.
    answer: RefCell<Option<(u32, ReadinessAnswer)>>,
}

impl Readying {
    /// The counts have changed.
    pub(super) fn forget(&self) {
        *self.ground.borrow_mut() = Ground::default();
        *self.answer.borrow_mut() = None;
    }

    /// Answers with the first rows.
    pub(super) fn ask(
        &self,
        id: u32,
        tally: &Tally,
        now: u32,
        query: &ReadinessQuery,
        done: &Done,
    ) {
        let answer = readiness(tally, now, query, done, &mut self.ground.borrow_mut());
        let rows = answer.rows(tally, 0, FIRST_ROWS);
        post(&Reply::Readiness { id, readiness: Box::new(answer.readiness.clone()), rows });
        *self.answer.borrow_mut() = Some((id, answer));
    }

    /// Answers with the figures of an audit report.
    pub(super) fn audit(&self, id: u32, tally: &Tally, now: u32, query: &AuditQuery, done: &Done) {
        let audit = Box::new(audit(tally, now, query, done, &mut self.ground.borrow_mut()));
        post(&Reply::Audit { id, audit });
    }

    /// Answers with other rows.
    pub(super) fn rows(&self, id: u32, tally: &Tally, from: u32, count: u32) {
        self.with(id, &|answer| {
            let rows = answer.rows(tally, from as usize, count as usize);
            post(&Reply::ReadinessRows { id, from, rows });
        });
    }

    /// Answers with the whole work list as text.
    pub(super) fn table(
        &self,
        id: u32,
        tally: &Tally,
        form: TableForm,
        words: &ReadinessWords,
        done: &Done,
    ) {
        self.with(id, &|answer| {
            let text = match form {
                TableForm::Csv => readiness_csv(tally, answer, words, done),
                TableForm::Clipboard => readiness_tsv(tally, answer, words, done),
                TableForm::Markdown => readiness_markdown(tally, answer, words, done),
            };
            post(&table_reply(form, text, answer.readiness.rows));
        });
    }

    /// Does something with the last answer, if it is still the one meant.
    fn with(&self, id: u32, act: &dyn Fn(&ReadinessAnswer)) {
        if let Some((known, answer)) = &*self.answer.borrow()
            && *known == id
        {
            act(answer);
        }
    }
}
