use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::{EXPORT, FILTER, Keys, LIST, OPEN, SEARCH, SWITCH};
use crate::page::dom::{El, button, el, text_el};
use crate::page::remembered;
use crate::page::session::Session;
use crate::page::shell::{Modal, VIEW_NAMES, column, table};
use crate::text::Catalogue;

/// Opens the list of keys.
pub(crate) fn keys_button(session: Session, keys: Keys) -> El {
    let title = move || Some(session.texts().keys.title.to_owned());
    button(LIST, move || keys.shown.set(true))
        .class("icon-button keys")
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-label", title)
        .live_attr("title", title)
        .key(LIST)
}

/// The list of keys, and whether they are wanted.
pub(crate) fn key_list(session: Session, keys: Keys) -> Option<El> {
    if !keys.shown.get() {
        return None;
    }
    let t = session.texts();
    let k = &t.keys;
    let modal = Modal::new(session, k.title, "box", "keys-title", move || keys.shown.set(false));
    let views = VIEW_NAMES.into_iter().enumerate();
    let views = views.map(|(place, name)| line(&[&(place + 1).to_string()], name(t)));
    let others = [
        (OPEN, k.open_files),
        (FILTER, k.filter),
        (SWITCH, k.switch),
        (SEARCH, k.search),
        (EXPORT, k.export),
        (LIST, k.this_list),
    ];
    let others = others.map(|(key, does)| line(&[key], does));
    let chart = [
        line(&["\u{2190}", "\u{2192}"], k.point_to_point),
        line(&["Home", "End"], k.first_and_last),
        line(&["Esc"], k.leave_point),
    ];
    let on = el("input").attr("type", "checkbox");
    let ticked: HtmlInputElement = on.cast();
    ticked.set_checked(keys.on.get_untracked());
    let on = on.attr("aria-describedby", "keys-help").on("change", move |_| {
        keys.on.set(ticked.checked());
        remembered::want_keys(ticked.checked());
    });
    let body = el("div")
        .add(text_el("p", k.note))
        .add(lines(t, k.title, views.chain(others)))
        .add(text_el("h3", k.in_chart))
        .add(lines(t, k.in_chart, chart))
        .add(el("label").class("check").add(on).text(k.on))
        .add(text_el("p", k.on_help).class("weak").attr("id", "keys-help"));
    let close = modal.close_button(t.dialogs.close).class("primary");
    Some(modal.with(body, [close]))
}

fn lines(t: &'static Catalogue, label: &str, lines: impl IntoIterator<Item = El>) -> El {
    let head = [column(t.keys.key, ""), column(t.keys.does, "")];
    table(label, "grid small key-table", head, lines)
}

fn line(keys: &[&str], does: &str) -> El {
    let mut head = el("th").attr("scope", "row").class("nowrap");
    for (place, key) in keys.iter().enumerate() {
        head = head.text(if place > 0 { " " } else { "" }).add(text_el("kbd", key));
    }
    el("tr").add(head).add(text_el("td", does))
}
