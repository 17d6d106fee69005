//! What a person is asked of a file that cannot speak for itself.

mod columns;
mod date_order;

use leptos::prelude::*;

use self::columns::map_columns;
use self::date_order::ask_date_order;
use super::dom::El;
use super::session::Session;
use crate::account::Problem;

/// The question that is open.
pub(crate) fn asking(session: Session) -> Option<El> {
    let t = session.texts();
    let row = session.asking.get()?;
    let name = &row.account.name;
    match &row.account.problem {
        Some(Problem::ColumnsNeeded(needed)) => {
            Some(map_columns(t, session, row.place, name, needed))
        }
        Some(Problem::DateOrderNeeded { example }) => {
            Some(ask_date_order(t, session, row.place, name, example))
        }
        _ => None,
    }
}
