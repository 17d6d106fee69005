//! Which hop of a mail may cross the organization's border.

use super::hop::HopLine;
use super::places::{Place, crosses, places, receivers, serves_others};
use super::{Envelope, Mail};
use crate::account::Inference;
use crate::import::formats::row::{Notes, domain_of};
use crate::mail::{
    AuthMethod, Border, Choices, ConnectorType, Crossing, Direction, HopKind, Side, TlsState,
};

/// One hop as far as it is understood.
pub(super) struct Step<'a> {
    pub(super) line: HopLine,
    /// `None` where its time is not known: such a row does not count.
    pub(super) seconds: Option<u32>,
    pub(super) row: &'a [u8],
}

/// What a hop may be, with its TLS.
pub(super) struct Found<'a> {
    pub(super) border: Border<&'a str>,
    pub(super) tls: TlsState,
    pub(super) method: AuthMethod,
}

impl<'a> Found<'a> {
    fn new(border: Border<&'a str>, tls: Option<TlsState>) -> Self {
        let tls = tls.unwrap_or(TlsState::NotRecorded);
        Self { border, tls, method: AuthMethod::Unknown }
    }

    pub(super) fn crossing<'b>(
        &'b self,
        step: &'b Step<'_>,
        envelope: &'b Envelope,
    ) -> Crossing<'b> {
        let line = &step.line;
        let signed_in = self.border.kind == HopKind::SignedIn;
        let sender = Some(envelope.sender.as_str()).filter(|sender| !sender.is_empty());
        let domain = envelope.sender_domain();
        let within = self.border.kind == HopKind::Crossing
            && envelope.recipients.split(' ').any(|to| Some(to) == domain);
        Crossing {
            direction: Direction::Unknown,
            by_domains: true,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls: self.tls,
            cipher: line.cipher.as_deref().filter(|_| self.border.kind != HopKind::Within),
            sender_domain: envelope.sender_domain(),
            remote_domain: envelope.recipients.split(' ').next().filter(|name| !name.is_empty()),
            remote_host: None,
            account: line.account.as_deref().or(sender).filter(|_| signed_in),
            account_stated: signed_in && line.account.is_some(),
            method: if line.method == AuthMethod::Unknown { self.method } else { line.method },
            sender: sender.filter(|_| within),
            client_ip: Some(line.from.ip.as_str())
                .filter(|ip| (signed_in || within) && !ip.is_empty()),
        }
    }
}

impl Mail {
    /// What each hop may be.
    pub(super) fn borders<'a>(
        &self,
        steps: &'a [Step<'_>],
        envelope: &'a Envelope,
        choices: &Choices,
        notes: &mut Notes,
    ) -> Vec<Option<Found<'a>>> {
        let places: Vec<(Place<'_>, Place<'_>)> =
            steps.iter().map(|step| places(&step.line, choices)).collect();
        let mut borders: Vec<Option<Found<'a>>> = steps
            .iter()
            .zip(places.iter().zip(receivers(&places)))
            .map(|(step, ((from, _), by))| {
                let from = *from;
                let kind = if step.line.signed_in {
                    HopKind::SignedIn
                } else {
                    crosses(from, by, &step.line).then_some(HopKind::Crossing)?
                };
                let border = Border {
                    kind,
                    from: from.side().unwrap_or(Side::Stranger),
                    by: by.side()?,
                    sender: envelope.sender_domain(),
                    recipients: Some(envelope.recipients.as_str()),
                };
                step.seconds.map(|_| Found::new(border, step.line.tls))
            })
            .collect();
        self.signed_in_by_code(steps, &places, envelope, &mut borders, notes);
        let is_crossing = |found: &&mut Option<Found<'_>>| {
            found.as_ref().is_some_and(|found| found.border.kind == HopKind::Crossing)
        };
        if let Some(Some(first)) = borders.iter_mut().find(is_crossing)
            && let Side::Of(whose) = first.border.from
            && serves_others(whose)
        {
            first.border.from = Side::EndOf(whose);
        }
        let last = borders.iter_mut().rev().find(is_crossing);
        match last {
            Some(Some(last)) => {
                if let Side::Of(whose) = last.border.by {
                    last.border.by = Side::EndOf(whose);
                }
            }
            _ => within(steps, &places, envelope, &mut borders),
        }
        for (found, step) in borders.iter_mut().zip(steps) {
            let Some(found) = found.as_mut() else { continue };
            if found.border.kind != HopKind::SignedIn {
                continue;
            }
            let account = step.line.account.as_deref().and_then(domain_of);
            found.border.sender = account.or(found.border.sender);
            if let Side::Of(whose) = found.border.by
                && (account.is_some() || serves_others(whose))
            {
                found.border.by = Side::EndOf(whose);
            }
        }
        borders
    }

    /// Exchange Online writes a code for how a mail came in, and keeps it out
    /// of mail that comes from outside ("header firewall").
    fn signed_in_by_code<'a>(
        &self,
        steps: &'a [Step<'_>],
        places: &[(Place<'a>, Place<'a>)],
        envelope: &'a Envelope,
        borders: &mut [Option<Found<'a>>],
        notes: &mut Notes,
    ) {
        let tls = match self.auth_mechanism.as_slice() {
            b"06" => TlsState::VersionNotStated,
            b"07" => TlsState::NoTls,
            _ => return,
        };
        let inside = self.auth_as.is_empty() || self.auth_as.eq_ignore_ascii_case(b"Internal");
        let any = borders.iter().flatten().any(|found| found.border.kind == HopKind::SignedIn);
        let (Some(step), Some((_, by)), Some(slot)) =
            (steps.first(), places.first(), borders.first_mut())
        else {
            return;
        };
        let Some(by) = by.side().filter(|_| inside && !any && step.seconds.is_some()) else {
            return;
        };
        let border = Border {
            kind: HopKind::SignedIn,
            from: Side::Stranger,
            by,
            sender: envelope.sender_domain(),
            recipients: Some(envelope.recipients.as_str()),
        };
        notes.infer(Inference::SubmissionFromAuthCode);
        let own = step.line.tls.filter(|_| step.line.smtp);
        if own.is_none() {
            notes.infer(Inference::TlsFromAuthCode);
        }
        let method = AuthMethod::Basic;
        *slot = Some(Found { method, ..Found::new(border, Some(own.unwrap_or(tls))) });
    }
}

/// A mail without a border: if sender and recipients are own, it stayed inside.
fn within<'a>(
    steps: &[Step<'_>],
    places: &[(Place<'a>, Place<'a>)],
    envelope: &'a Envelope,
    borders: &mut [Option<Found<'a>>],
) {
    let newest = steps.iter().rposition(|step| step.seconds.is_some());
    let Some(slot) = newest.and_then(|at| borders.get_mut(at)).filter(|slot| slot.is_none()) else {
        return;
    };
    let named = places.iter().rev().flat_map(|(from, by)| [*by, *from]);
    let by = named.into_iter().find_map(Place::side).unwrap_or(Side::Stranger);
    let by = match by {
        Side::Of(whose) => Side::EndOf(whose),
        other => other,
    };
    let border = Border {
        kind: HopKind::Within,
        from: by,
        by,
        sender: envelope.sender_domain(),
        recipients: Some(envelope.recipients.as_str()),
    };
    // No border, no TLS of one.
    *slot = Some(Found::new(border, None));
}
