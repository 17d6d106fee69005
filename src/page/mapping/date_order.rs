use leptos::prelude::*;

use crate::account::DateOrder;
use crate::page::session::Session;
use crate::page::shell::{Modal, close};
use crate::text::Catalogue;

/// Asks which of day and month comes first in a file's dates.
#[component]
pub(crate) fn AskDateOrder(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// Place of the file in the list of drops.
    place: u32,
    /// Name of the file.
    name: String,
    /// One of its dates.
    example: String,
) -> impl IntoView {
    let dialog = NodeRef::new();
    let order = RwSignal::new(None::<DateOrder>);
    let choices =
        [(DateOrder::DayMonth, t.mapping.day_first), (DateOrder::MonthDay, t.mapping.month_first)]
            .map(|(choice, label)| {
                view! {
                    <label>
                        <input
                            type="radio"
                            name="date-order"
                            autofocus=choice == DateOrder::DayMonth
                            on:change=move |_| order.set(Some(choice))
                        />
                        {label}
                    </label>
                }
            });
    let apply = move |_| {
        let mut mapping = session.mapping(place);
        mapping.date_order = order.get_untracked();
        close(dialog);
        session.remap(place, mapping);
    };
    view! {
        <Modal
            t=t
            title=t.mapping.order_title
            class="box"
            id="asking-title"
            dialog=dialog
            on_close=move || session.asking.set(None)
        >
            <div class="dialog-body">
                <p>{(t.mapping.order_explanation)(&name)}</p>
                <fieldset class="choices">
                    <legend>{(t.mapping.order_question)(&example)}</legend>
                    {choices}
                </fieldset>
            </div>
            <div class="dialog-foot">
                <button
                    type="button"
                    class="primary"
                    prop:disabled=move || order.get().is_none()
                    on:click=apply
                >
                    {t.mapping.apply}
                </button>
                <button type="button" on:click=move |_| close(dialog)>{t.mapping.cancel}</button>
            </div>
        </Modal>
    }
}
