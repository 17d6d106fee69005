//! What a person is asked of a file that cannot speak for itself.

mod columns;
mod date_order;
mod form;
mod outcome;
mod period;
mod words;

use leptos::prelude::*;

use self::columns::map_columns;
use self::date_order::ask_date_order;
use self::period::ask_period;
use super::dom::El;
use super::session::Session;
use crate::account::Problem;

/// The question that is open.
pub(crate) fn asking(session: Session) -> Option<El> {
    let t = session.texts();
    let row = session.asking.get()?;
    let name = &row.account.name;
    Some(match &row.account.problem {
        Some(Problem::DateOrderNeeded { example }) => {
            ask_date_order(t, session, row.place, name, example)
        }
        Some(Problem::PeriodNeeded) => ask_period(t, session, row.place, name),
        _ => map_columns(t, session, row),
    })
}
