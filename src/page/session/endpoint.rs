use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use crate::page::reading::{Call, answered};

/// What comes from an endpoint, and goes to it.
impl Session {
    /// Reads what the address of the page names after `?source=`, if it does.
    pub(super) fn connect(self) {
        let Some(call) = Call::named() else { return };
        let call = match call {
            Ok(call) => call,
            Err(trouble) => {
                answered();
                let t = self.language.get_untracked().texts();
                return self.warn((t.endpoint.trouble)(&trouble));
            }
        };
        self.with(|inner| inner.call = Some(call.clone()));
        self.show_reading();
        spawn_local(async move {
            let file = call.answer().await;
            answered();
            self.with(|inner| inner.call = None);
            match file {
                Ok(file) => {
                    self.begin();
                    self.take(vec![file]);
                }
                Err(trouble) => {
                    let t = self.language.get_untracked().texts();
                    self.warn((t.endpoint.trouble)(&trouble));
                    self.show_reading();
                }
            }
        });
    }

    /// Posts a report request to the endpoint, and says what became of it.
    pub(crate) fn post_request(self, call: Call, body: String) {
        let t = self.language.get_untracked().texts();
        spawn_local(async move {
            match call.post(&body).await {
                Ok(()) => self.warn(t.report.request_sent.to_owned()),
                Err(trouble) => {
                    let why = (t.endpoint.trouble)(&trouble);
                    self.warn(format!("{} {why}", t.report.request_not_sent));
                }
            }
        });
    }
}
