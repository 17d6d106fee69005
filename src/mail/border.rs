use serde::{Deserialize, Serialize};

use super::{Direction, organization};

/// What one hop of a mail may be, before the own domains are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HopKind {
    /// From one organization's server to another's.
    Crossing,
    /// A client signed in with SMTP AUTH (RFC 4954).
    SignedIn,
    /// All servers of the mail are one organization's.
    Within,
}

/// Whose server stands on one side of a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side<T> {
    /// A public address without a name that could be believed.
    Stranger,
    /// The organization's own: a person says so.
    Internal,
    /// A server of that [`organization`].
    Of(T),
    /// The same, and it stands where the mail began or ended: what it serves
    /// there is the sender's or the recipients' domain.
    EndOf(T),
}

/// One hop of a mail that may cross the border of the organization: the own
/// domains tell. `T` is how texts are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Border<T> {
    /// What it may be.
    pub kind: HopKind,
    /// The side that sent.
    pub from: Side<T>,
    /// The side that received.
    pub by: Side<T>,
    /// Domain of the sender, or of the account that signed in.
    pub sender: Option<T>,
    /// Domains of the recipients, with blanks between.
    pub recipients: Option<T>,
}

/// The organization's own domains.
#[derive(Clone, Debug, Default)]
pub struct OwnDomains {
    domains: Vec<String>,
}

impl OwnDomains {
    /// These, in lower case.
    pub fn new(domains: Vec<String>) -> Self {
        Self { domains }
    }

    /// The domains themselves.
    pub fn into_domains(self) -> Vec<String> {
        self.domains
    }

    /// Whether a mail domain, in lower case, is one of them.
    pub fn has(&self, domain: &str) -> bool {
        self.domains.iter().any(|own| own == domain)
    }

    /// Whether the servers of an organization are those of one of them.
    fn runs(&self, servers_of: &str) -> bool {
        self.domains.iter().any(|own| organization(own) == servers_of)
    }
}

impl<T> Border<T> {
    /// The same with texts held otherwise.
    pub fn map<U>(self, hold: &mut dyn FnMut(T) -> U) -> Border<U> {
        let mut side = |side| match side {
            Side::Stranger => Side::Stranger,
            Side::Internal => Side::Internal,
            Side::Of(whose) => Side::Of(hold(whose)),
            Side::EndOf(whose) => Side::EndOf(hold(whose)),
        };
        let (from, by) = (side(self.from), side(self.by));
        Border {
            kind: self.kind,
            from,
            by,
            sender: self.sender.map(&mut *hold),
            recipients: self.recipients.map(hold),
        }
    }

    /// Which way the mail crossed the border here; `None` if it did not, or if
    /// that cannot be told. `text` gives what is held.
    ///
    /// Servers are the organization's own by their names, or because they
    /// serve its domain where the mail begins or ends. A sender's domain is
    /// no proof where a stranger's server hands mail to the own organization:
    /// that is how senders are forged.
    pub fn direction<'a>(
        &'a self,
        own: &OwnDomains,
        text: &dyn Fn(&'a T) -> &'a str,
    ) -> Option<Direction> {
        let named = |side: &'a Side<T>| match side {
            Side::Stranger => false,
            Side::Internal => true,
            Side::Of(whose) | Side::EndOf(whose) => own.runs(text(whose)),
        };
        let ends = |side: &Side<T>| matches!(side, Side::EndOf(_));
        let sender = self.sender.as_ref().is_some_and(|sender| own.has(text(sender)));
        let recipients = self.recipients.as_ref().map_or("", text);
        let any = recipients.split(' ').any(|domain| own.has(domain));
        let all = any && recipients.split(' ').all(|domain| own.has(domain));
        let (from, by) = (named(&self.from), named(&self.by));
        match self.kind {
            HopKind::Within => {
                (sender && (by || all && ends(&self.by))).then_some(Direction::Internal)
            }
            HopKind::SignedIn if by || ends(&self.by) && sender => Some(Direction::Submission),
            HopKind::SignedIn => from.then_some(Direction::Outbound),
            HopKind::Crossing => {
                let one_provider = match (&self.from, &self.by) {
                    (Side::Of(a) | Side::EndOf(a), Side::Of(b) | Side::EndOf(b)) => {
                        text(a) == text(b)
                    }
                    _ => false,
                };
                let into = by || ends(&self.by) && any;
                let out = from || ends(&self.from) && sender && (!into || one_provider);
                match (out, by || ends(&self.by) && all) {
                    (true, true) => Some(Direction::Internal),
                    (true, false) => Some(Direction::Outbound),
                    (false, _) => into.then_some(Direction::Inbound),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Border, HopKind, OwnDomains, Side};
    use crate::mail::Direction;

    fn direction(
        kind: HopKind,
        from: Side<&'static str>,
        by: Side<&'static str>,
        sender: &'static str,
        recipients: &'static str,
    ) -> Option<Direction> {
        let own = OwnDomains::new(vec!["contoso.example".to_owned()]);
        let border = Border { kind, from, by, sender: Some(sender), recipients: Some(recipients) };
        border.direction(&own, &|text| text)
    }

    #[test]
    fn the_own_side_is_known_by_its_servers_or_by_whom_they_serve() {
        use Direction::{Inbound, Internal, Outbound};
        use Side::{EndOf, Internal as Inside, Of, Stranger};
        const OWN: &str = "contoso.example";
        const OTHER: &str = "fabrikam.example";
        const PROVIDER: &str = "outlook.com";
        for (from, by, sender, recipients, expected) in [
            (Of(OTHER), Of(OWN), OTHER, OWN, Some(Inbound)),
            (Of(OWN), Of(OTHER), OWN, OTHER, Some(Outbound)),
            (Stranger, EndOf(PROVIDER), OTHER, OWN, Some(Inbound)),
            // A forged sender makes no mail internal.
            (Stranger, EndOf(PROVIDER), OWN, OWN, Some(Inbound)),
            (EndOf(OTHER), EndOf(PROVIDER), OWN, OWN, Some(Inbound)),
            (EndOf(PROVIDER), EndOf(OTHER), OWN, OTHER, Some(Outbound)),
            (EndOf(PROVIDER), EndOf(PROVIDER), OTHER, OWN, Some(Inbound)),
            (
                EndOf(PROVIDER),
                EndOf(PROVIDER),
                OWN,
                "fabrikam.example contoso.example",
                Some(Outbound),
            ),
            (EndOf(PROVIDER), EndOf(PROVIDER), OWN, OWN, Some(Internal)),
            // From the own servers to the own mailboxes in the cloud.
            (Of(OWN), EndOf(PROVIDER), OWN, OWN, Some(Internal)),
            (Inside, EndOf(PROVIDER), OTHER, OTHER, Some(Outbound)),
            (EndOf(OTHER), Of(PROVIDER), OTHER, OWN, None),
            (EndOf(OTHER), EndOf(PROVIDER), OTHER, "else.example", None),
        ] {
            let found = direction(HopKind::Crossing, from, by, sender, recipients);
            assert_eq!(found, expected, "{from:?} {by:?} {sender} {recipients}");
        }
    }

    #[test]
    fn who_signs_in_at_the_own_server_submits_and_elsewhere_sends_out() {
        use Side::{EndOf, Of, Stranger};
        let signed_in = |from, by, sender| direction(HopKind::SignedIn, from, by, sender, "x");
        let submission = Some(Direction::Submission);
        assert_eq!(signed_in(Stranger, Of("contoso.example"), "x"), submission);
        assert_eq!(signed_in(Stranger, EndOf("google.com"), "contoso.example"), submission);
        assert_eq!(signed_in(Stranger, EndOf("google.com"), "x"), None);
        let relay = signed_in(Of("contoso.example"), Of("isp.example"), "contoso.example");
        assert_eq!(relay, Some(Direction::Outbound));
    }
}
