//! What a person is asked of a file that cannot speak for itself.

mod columns;
mod date_order;

use leptos::prelude::*;

use self::columns::MapColumns;
use self::date_order::AskDateOrder;
use super::session::Session;
use crate::account::Problem;

/// The question that is open.
#[component]
pub(crate) fn Asking(
    /// The session.
    session: Session,
) -> impl IntoView {
    move || {
        let t = session.texts();
        let row = session.asking.get()?;
        let (place, name) = (row.place, row.account.name.clone());
        match row.account.problem.clone()? {
            Problem::ColumnsNeeded(needed) => Some(
                view! { <MapColumns t=t session=session place=place name=name needed=needed/> }
                    .into_any(),
            ),
            Problem::DateOrderNeeded { example } => Some(
                view! { <AskDateOrder t=t session=session place=place name=name example=example/> }
                    .into_any(),
            ),
            _ => None,
        }
    }
}
