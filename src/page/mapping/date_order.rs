use leptos::prelude::*;

use crate::account::DateOrder;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::Modal;
use crate::text::Catalogue;

/// Asks which of day and month comes first in a file's dates: of the file
/// called `name`, in `place` in the list of drops, one of whose dates is
/// `example`.
pub(super) fn ask_date_order(
    t: &'static Catalogue,
    session: Session,
    place: u32,
    name: &str,
    example: &str,
) -> El {
    let closed = move || session.asking.set(None);
    let modal = Modal::new(session, t.mapping.order_title, "box", "asking-title", closed);
    let order = RwSignal::new(None::<DateOrder>);
    let choices =
        [(DateOrder::DayMonth, t.mapping.day_first), (DateOrder::MonthDay, t.mapping.month_first)]
            .map(|(choice, label)| {
                let input = el("input")
                    .attr("type", "radio")
                    .attr("name", "date-order")
                    .flag("autofocus", choice == DateOrder::DayMonth)
                    .on("change", move |_| order.set(Some(choice)));
                el("label").add(input).text(label)
            });
    let apply = {
        let modal = modal.clone();
        move || {
            let mut mapping = session.mapping(place);
            mapping.date_order = order.get_untracked();
            modal.close();
            session.remap(place, mapping);
        }
    };
    let apply = button(t.mapping.apply, apply)
        .class("primary")
        .live_attr("disabled", move || order.get().is_none().then(String::new));
    let cancel = modal.close_button(t.mapping.cancel);
    let legend = text_el("legend", &(t.mapping.order_question)(example));
    let body = el("div")
        .add(text_el("p", &(t.mapping.order_explanation)(name)))
        .add(el("fieldset").class("choices").add(legend).adds(choices));
    modal.with(body, [apply, cancel])
}
