//! Several organizations side by side: the overview, the way into each, and
//! whose files are whose.

mod dialog;
mod overview;

use leptos::prelude::*;

pub(super) use self::dialog::grouping;
pub(super) use self::overview::overview;
use super::dom::{El, el, text_el};
use super::session::Session;
use super::shell::choice;
use super::view::{View, open_organization};
use crate::report::OrganizationRow;
use crate::text::Catalogue;

/// What an organization is called.
fn name_of(t: &'static Catalogue, row: &OrganizationRow) -> String {
    if row.name.is_empty() { t.organizations.unnamed.to_owned() } else { row.name.clone() }
}

/// The choice of the organization that a view is of; nothing where there is
/// one only. With `all`, the overview can be chosen too.
pub(super) fn organization_choice(
    t: &'static Catalogue,
    session: Session,
    all: bool,
) -> Option<El> {
    if !session.has_several() {
        return None;
    }
    let names = session.organizations.with(|rows| {
        rows.iter().map(|row| (name_of(t, row), row.name.clone())).collect::<Vec<_>>()
    });
    let offered: Vec<Option<String>> =
        all.then_some(None).into_iter().chain(names.iter().map(|n| Some(n.1.clone()))).collect();
    let options = move || {
        let looked_at = session.looked_at();
        let overview =
            all.then(|| (String::new(), t.organizations.all.to_owned(), looked_at.is_none()));
        // A report of nobody named is of the first.
        let chosen = looked_at.or((!all).then_some(0));
        let one = |(index, (shown, _)): (usize, &(String, String))| {
            (index.to_string(), shown.clone(), chosen == Some(index))
        };
        overview.into_iter().chain(names.iter().enumerate().map(one)).collect()
    };
    Some(choice("organization", t.organizations.organization, options, move |index| {
        if let Some(name) = offered.get(index) {
            open_organization(&View::current().0, name.as_deref());
        }
    }))
}

/// Whose a file is, where several are told apart.
pub(super) fn owner(t: &'static Catalogue, session: Session, position: u32) -> Option<El> {
    session.organizations.with(|all| {
        let row = all.get(position as usize).filter(|_| all.len() > 1)?;
        Some(text_el("span", &name_of(t, row)).class("weak owner"))
    })
}

/// Says that there is no organization of the name in the address.
pub(super) fn not_there(t: &'static Catalogue, session: Session) -> Option<El> {
    let name = session.organization.get()?;
    let unknown = session.looked_at().is_none();
    unknown.then(|| el("div").class("note").add(text_el("p", &(t.organizations.not_there)(&name))))
}
