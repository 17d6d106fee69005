//! Where the servers of a hop are: whose they are by their names, and whether
//! the mail crosses a border between them.

use super::hop::{HopLine, Host, is_host_name, is_private};
use crate::mail::{Choices, Side, organization};

/// Where a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Where the server before or behind it is.
    Local,
    Stranger,
    /// The organization's own: a person says so.
    Internal,
    Of(&'a str),
}

impl<'a> Place<'a> {
    pub(super) fn side(self) -> Option<Side<&'a str>> {
        match self {
            Self::Local => None,
            Self::Stranger => Some(Side::Stranger),
            Self::Internal => Some(Side::Internal),
            Self::Of(whose) => Some(Side::Of(whose)),
        }
    }
}

/// Where both servers of a hop are.
pub(super) fn places<'a>(line: &'a HopLine, choices: &Choices) -> (Place<'a>, Place<'a>) {
    let internal = |host: &Host| {
        [&host.name, &host.ip].into_iter().any(|name| !name.is_empty() && choices.is_internal(name))
    };
    let named = |host: &'a Host| is_public_name(&host.name).then(|| whose(&host.name));
    let by = match named(&line.by) {
        _ if internal(&line.by) => Place::Internal,
        Some(whose) => Place::Of(whose),
        None => Place::Local,
    };
    let from = match named(&line.from) {
        _ if internal(&line.from) => Place::Internal,
        _ if is_private(&line.from.ip) => Place::Local,
        // A name that is the receiver's own, and that no one looked up.
        Some(whose) if line.from.unknown && by == Place::Of(whose) => Place::Stranger,
        Some(whose) => Place::Of(whose),
        None if line.from.ip.is_empty() => Place::Local,
        None => Place::Stranger,
    };
    // Webmail, mailbox stores and filters pass mail on in other ways.
    let from = if line.smtp || from == Place::Internal { from } else { Place::Local };
    (from, by)
}

/// Where the servers are that received: one without a name is where the next
/// one is.
pub(super) fn receivers<'a>(places: &[(Place<'a>, Place<'a>)]) -> Vec<Place<'a>> {
    let is_known = |place: &Place<'_>| matches!(place, Place::Of(_) | Place::Internal);
    let mut next = Place::Local;
    let mut found: Vec<Place<'a>> = Vec::with_capacity(places.len());
    for (from, by) in places.iter().rev() {
        found.push(if is_known(by) { *by } else { next });
        next = [from, by].into_iter().copied().find(is_known).unwrap_or(next);
    }
    found.reverse();
    found
}

/// Whether a hop may cross a border.
pub(super) fn crosses(from: Place<'_>, by: Place<'_>, line: &HopLine) -> bool {
    match (from, by) {
        (Place::Local, _)
        | (_, Place::Local | Place::Stranger)
        | (Place::Internal, Place::Internal) => false,
        (Place::Of(one), Place::Of(other)) if one == other => leaves_tenant(line),
        _ => true,
    }
}

/// Whether mail goes from one customer of a provider to another.
///
/// Exchange Online hands it on from `….outbound.protection.outlook.com` to
/// `….mail.protection.outlook.com`, Google from `mail-….google.com` to
/// `mx.google.com` (shared samples `lhost-office365-06`, `rfc3464-53`).
fn leaves_tenant(line: &HopLine) -> bool {
    let (from, by) = (&line.from.name, &line.by.name);
    from.ends_with(".outbound.protection.outlook.com")
        && by.ends_with(".mail.protection.outlook.com")
        || from.starts_with("mail-")
            && from.ends_with(".google.com")
            && by.ends_with("mx.google.com")
}

/// Whose server it is, several names of one provider taken together.
fn whose(host: &str) -> &str {
    match organization(host) {
        "office365.com" | "exchangelabs.com" | "hotmail.com" => "outlook.com",
        "gmail.com" | "googlemail.com" => "google.com",
        whose => whose,
    }
}

/// Whether a provider sends for the domains of its customers alone, so that
/// the sender's domain tells whose mail it sends.
pub(super) fn serves_others(whose: &str) -> bool {
    matches!(whose, "outlook.com" | "google.com")
}

/// Whether a host's name tells an organization.
fn is_public_name(name: &str) -> bool {
    const LOCAL: [&str; 10] = [
        "local",
        "localhost",
        "localdomain",
        "lan",
        "loc",
        "internal",
        "intern",
        "intranet",
        "corp",
        "home",
    ];
    is_host_name(name) && !name.rsplit('.').next().is_some_and(|top| LOCAL.contains(&top))
}
