use leptos::prelude::*;

use super::card::{Card, card, details_foot};
use super::direction::{Words, direction};
use super::span::span;
use crate::page::chart::tls_legend;
use crate::page::dates::written_days;
use crate::page::dom::{El, el, text_el};
use crate::page::session::{Flyout, Session};
use crate::page::shell::{Picture, remarks};
use crate::text::Catalogue;

/// The card "SMTP Auth clients" (SA-01).
pub(super) fn smtp_auth_card(t: &'static Catalogue, session: Session) -> El {
    let smtp = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.smtp_auth));
    let is = Card {
        class: "card",
        id: "smtp-auth-card",
        picture: Picture::Key,
        title: t.smtp.title,
        filled: Memo::new(move |_| smtp.with(Option::is_some)),
        empty: (t.smtp.empty, t.smtp.empty_help),
    };
    let counts = move || smtp.get().map(|smtp| smtp.counts).unwrap_or_default();
    let senders = move || smtp.get().map_or(0, |smtp| smtp.senders);
    card(t, session, is, move || {
        let number = el("b").live_text(move || t.count(senders()));
        let above = el("p").class("senders").add(number).text(" ");
        let words = Words {
            name: t.smtp.title,
            label: t.smtp.messages_label,
            above: Some(above.add(text_el("span", t.smtp.senders_label))),
            on_number: open,
        };
        let sentence = move || smtp.get().map(|smtp| t.sent_sentence(&smtp)).unwrap_or_default();
        let before = move || {
            let before = smtp.get()?.before?;
            Some((before.period.days(), before.counts))
        };
        let period = move || smtp.get().map(|smtp| smtp.period);
        let one = direction(t, session, words, period, counts, before, sentence);
        let refused = move || {
            let refused = smtp.get().map_or(0, |smtp| smtp.refused);
            (refused > 0).then(|| text_el("p", &(t.smtp.refused)(refused)))
        };
        vec![
            span(t, move || smtp.get().map(|smtp| smtp.period)),
            el("div").class("remarks").lives(move || {
                remarks(t, &smtp.get().map(|smtp| smtp.remarks).unwrap_or_default(), written_days)
            }),
            el("div").class("directions").add(one),
            el("div").live(move || Some(tls_legend(t, &counts()))),
            el("div").class("remarks").live(refused),
            details_foot(t, session, open),
        ]
    })
}

fn open(session: Session) {
    session.flyout.set(Some(Flyout::SmtpAuth));
}
