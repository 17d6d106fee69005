//! The columns of a list of messages, and what a message has in each: one place
//! for the page that shows it and the file that is exported.

use serde::{Deserialize, Serialize};

use crate::mail::{AuthMethod, SentMessage, TlsState, utc};

/// Time, recipients, subject, status, client, TLS, cipher suite, method.
pub const SENT_COLUMNS: usize = 8;

/// The words of a list of messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentWords {
    /// The heads of the columns.
    pub heads: [String; SENT_COLUMNS],
    /// The TLS states, in the order of [`TlsState::ALL`].
    pub states: [String; 8],
    /// In the order of [`AuthMethod::ALL`].
    pub methods: [String; 3],
    /// In place of recipients that no row tells: where all rows are kept, and
    /// where some are left out.
    pub untraced: [String; 2],
    /// What no row says.
    pub not_recorded: String,
    /// Others beside those listed; `{}` stands for how many.
    pub more: String,
    /// Before several recipients, `{}` for how many, where a cell is too narrow
    /// for all; else empty.
    pub several: String,
}

impl SentWords {
    /// What a message has in each column. Whether `complete` tells what it
    /// means that no row tells recipients: all rows are kept.
    pub fn cells(&self, message: &SentMessage, complete: bool) -> [String; SENT_COLUMNS] {
        let untraced = || self.untraced[usize::from(!complete)].clone();
        let or = |text: &str| if text.is_empty() { &self.not_recorded } else { text }.to_owned();
        let recipients = self.recipients(message);
        let recipients = match (message.traced, recipients.is_empty()) {
            (false, _) => untraced(),
            (true, empty) => {
                if empty {
                    self.not_recorded.clone()
                } else {
                    recipients
                }
            }
        };
        let states = TlsState::ALL.iter().zip(&self.states);
        let states = states.filter(|(state, _)| message.tls.contains(state)).map(|(_, word)| word);
        let methods = AuthMethod::ALL.iter().zip(&self.methods);
        let method = methods.filter(|(method, _)| message.method == Some(**method));
        [
            utc(message.seconds),
            recipients,
            message.subjects.join(" / "),
            self.status(message),
            or(&message.client_ip),
            states.cloned().collect::<Vec<_>>().join(", "),
            or(&message.cipher),
            method.map(|(_, word)| word.clone()).collect(),
        ]
    }

    fn recipients(&self, message: &SentMessage) -> String {
        let listed = message.recipients.join("; ");
        let all = message.recipients.len() as u64 + message.more_recipients;
        let several =
            if all > 1 { self.several.replace("{}", &all.to_string()) } else { String::new() };
        [several, self.and_more(listed, message.more_recipients)].concat()
    }

    /// What became of it: with how many recipients, where that differs.
    fn status(&self, message: &SentMessage) -> String {
        if let ([(only, _)], 0) = (message.statuses.as_slice(), message.more_statuses) {
            return only.clone();
        }
        let each = message.statuses.iter().map(|(status, count)| format!("{status} ({count})"));
        self.and_more(each.collect::<Vec<_>>().join(", "), message.more_statuses)
    }

    fn and_more(&self, listed: String, more: u64) -> String {
        if more == 0 {
            return listed;
        }
        [&listed, " ", &self.more.replace("{}", &more.to_string())].concat()
    }
}
