use leptos::prelude::*;

use super::Session;
use crate::messages::Request;
use crate::page::reading::Intake;

/// Single messages, which are kept where the person asks for them.
impl Session {
    /// Reads all files again, and keeps what rows say of single messages.
    pub(crate) fn keep_messages(self) {
        self.reports.sent.keeping.set(true);
        self.begin();
        let effects = self.intake(Intake::again);
        self.carry_out(effects);
        self.show_reading();
    }

    /// Forgets them, without reading: the files may be gone by now.
    pub(crate) fn forget_messages(self) {
        self.reports.sent.forget();
        self.post(&Request::ForgetMessages, &[]);
    }
}
