use leptos::prelude::*;

use super::card::{Card, card, details_foot};
use super::direction::{Words, direction};
use super::span::span;
use crate::page::chart::tls_legend;
use crate::page::dates::written_days;
use crate::page::dom::{El, el};
use crate::page::session::{Flyout, Session};
use crate::page::shell::{Picture, remarks};
use crate::text::Catalogue;

/// The card "Outbound and inbound mail flow" (OI-01 to OI-05).
pub(super) fn mail_flow_card(t: &'static Catalogue, session: Session) -> El {
    let flow = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.mail_flow));
    let is = Card {
        class: "card",
        id: "mail-flow-card",
        picture: Picture::MailFlow,
        title: t.flow.title,
        filled: Memo::new(move |_| flow.with(Option::is_some)),
        empty: (t.flow.empty, t.flow.empty_help),
    };
    let one = move |outbound: bool| {
        let counts = move || {
            let of = |flow: crate::report::MailFlow| {
                if outbound { flow.outbound } else { flow.inbound }
            };
            flow.get().map(of).unwrap_or_default()
        };
        let (name, label) = if outbound {
            (t.flow.outbound, t.flow.outbound_number)
        } else {
            (t.flow.inbound, t.flow.inbound_number)
        };
        let words = Words { name, label, above: None, on_number: open };
        let before = move || {
            let before = flow.get()?.before?;
            let counts = if outbound { before.outbound } else { before.inbound };
            Some((before.period.days(), counts))
        };
        let period = move || flow.get().map(|flow| flow.period);
        let sentence = move || (t.flow.sentence)(outbound, &counts());
        direction(t, session, words, period, counts, before, sentence)
    };
    card(t, session, is, move || {
        vec![
            span(t, move || flow.get().map(|flow| flow.period)),
            el("div").class("remarks").lives(move || {
                remarks(t, &flow.get().map(|flow| flow.remarks).unwrap_or_default(), written_days)
            }),
            el("div").class("directions").add(one(true)).add(one(false)),
            el("div").live(move || {
                let flow = flow.get()?;
                let mut both = flow.outbound;
                both.add_all(&flow.inbound);
                Some(tls_legend(t, &both))
            }),
            details_foot(t, session, open),
        ]
    })
}

fn open(session: Session) {
    session.flyout.set(Some(Flyout::MailFlow));
}
