use leptos::prelude::*;

use super::form::Form;
use crate::account::WordUse;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{cell, column, pick, row_head, table_region};
use crate::text::Catalogue;

/// So many words are shown.
const SHOWN: usize = 60;

/// The words of the columns that hold words, each with what it is read as.
pub(super) fn words(t: &'static Catalogue, session: Session, form: Form) -> El {
    // What a word means is no part of this, so that the focus stays on it.
    let shown = Memo::new(move |_| {
        session.looked.with(|looked| {
            let words = looked.iter().flat_map(|looked| &looked.preview.words);
            words.take(SHOWN).cloned().collect::<Vec<_>>()
        })
    });
    let table = move |words: &Vec<WordUse>| {
        let head = [t.files.taken_for, t.mapping.word].map(|name| column(name, ""));
        let head = el("tr")
            .adds(head)
            .add(column(t.files.rows, "figure"))
            .add(column(t.mapping.read_as, ""));
        let body = el("tbody").adds(words.iter().map(|word| row(t, form, word)));
        let table = el("table").class("grid small").add(el("thead").add(head)).add(body);
        el("div")
            .class("words")
            .add(text_el("h3", t.mapping.words))
            .add(text_el("p", t.mapping.words_note).class("weak"))
            .add(table_region(t.mapping.words, table))
    };
    el("div").live(move || shown.with(|words| (!words.is_empty()).then(|| table(words))))
}

fn row(t: &'static Catalogue, form: Form, word: &WordUse) -> El {
    let field = word.field;
    let name = (t.words.field)(field);
    let text = if word.word.is_empty() { t.mapping.empty_word } else { &word.word };
    let known = word.meaning.clone().unwrap_or_default();
    let said = form.with(|draft| draft.said(field, &word.word).unwrap_or(&known).to_owned());
    let row = el("tr").class(class(&said));
    // A word that nobody knows has "not known" before the meanings.
    let mut codes = field.codes();
    if known.is_empty() {
        codes.insert(0, "");
    }
    let options = codes.iter().map(|code| {
        let name = if code.is_empty() { t.mapping.not_known } else { t.meaning(field, code) };
        (name.to_owned(), said == *code)
    });
    let options: Vec<(String, bool)> = options.collect();
    let choose = {
        let (word, row) = (word.word.clone(), row.clone());
        move |index: usize| {
            let code = codes.get(index).copied().unwrap_or_default();
            drop(row.clone().class(class(code)));
            form.say(field, &word, Some(code).filter(|code| *code != known));
        }
    };
    let label = (t.mapping.read_word_as)(name, text);
    let select = pick(options, choose).attr("aria-label", &label);
    row.add(row_head(name, ""))
        .add(el("td").add(text_el("code", text).class("row-text")))
        .add(cell(&t.count(word.rows), "figure"))
        .add(el("td").add(select))
}

fn class(code: &str) -> &'static str {
    if code.is_empty() { "not-known" } else { "" }
}
