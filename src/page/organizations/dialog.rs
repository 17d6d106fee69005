use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::account::Owners;
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::Grouping;
use crate::page::session::{Owned, Session};
use crate::page::shell::{Modal, choice, column, row_head, table};
use crate::text::Catalogue;

/// Asks whose files are, while the dialog is open.
pub(crate) fn grouping(session: Session) -> Option<El> {
    if !session.grouping.get() {
        return None;
    }
    let t = session.texts();
    let words = &t.organizations;
    let (before, files) = session.owned();
    let grouping = RwSignal::new(before);
    let closed = move || session.grouping.set(false);
    let modal =
        Modal::new(session, words.dialog_title, "box wide settings", "grouping-title", closed);
    let options = move || {
        let option =
            |(by, name): (Grouping, &str)| (name.to_owned(), name.to_owned(), by == grouping.get());
        Grouping::ALL.into_iter().zip(words.groupings).map(option).collect()
    };
    let group_by = choice("group-files", words.group_by, options, move |index| {
        if let Some(by) = Grouping::ALL.get(index) {
            grouping.set(*by);
        }
    });
    let by_domain = move || {
        let help = || text_el("p", words.by_domain_help).class("weak");
        (grouping.get() == Grouping::ByDomain).then(help)
    };
    let inputs: Vec<El> = files.iter().map(|file| input(t, file)).collect();
    let row = |(file, input): (&Owned, &El)| {
        el("tr").add(row_head(&file.name, "file-name")).add(el("td").add(input.clone()))
    };
    let names = known_names(session).into_iter().map(|name| el("option").attr("value", &name));
    let body = el("div")
        .add(text_el("p", words.help))
        .add(group_by)
        .live(by_domain)
        .add(table(
            words.belongs_to,
            "grid small",
            [words.file, words.belongs_to].map(|name| column(name, "")),
            files.iter().zip(&inputs).map(row),
        ))
        .add(text_el("p", words.belongs_help).class("weak"))
        .add(el("datalist").attr("id", "organization-names").adds(names));
    let apply = {
        let modal = modal.clone();
        move || {
            let by_hand = inputs.iter().map(entered).collect();
            modal.close();
            session.group(grouping.get_untracked(), by_hand);
        }
    };
    let apply = button(t.mapping.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [apply, cancel]))
}

fn known_names(session: Session) -> Vec<String> {
    session.organizations.with_untracked(|all| {
        all.iter().map(|row| row.name.clone()).filter(|name| !name.is_empty()).collect()
    })
}

fn input(t: &'static Catalogue, file: &Owned) -> El {
    let words = &t.organizations;
    let input = el("input")
        .attr("type", "text")
        .attr("list", "organization-names")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("placeholder", words.as_grouped)
        .attr("aria-label", &[words.belongs_to, &*file.name].join(": "));
    let names = file.by_hand.as_deref().unwrap_or_default().join(", ");
    input.cast::<HtmlInputElement>().set_value(&names);
    input
}

/// The names in a field, each once; `None` where it is empty.
fn entered(input: &El) -> Option<Vec<String>> {
    let text = input.cast::<HtmlInputElement>().value();
    let mut names: Vec<String> = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| Owners::same(known, name)) {
            names.push(name.to_owned());
        }
    }
    (!names.is_empty()).then_some(names)
}
