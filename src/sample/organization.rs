//! The fictitious organization. Every domain is reserved for examples
//! (RFC 2606), every address for documentation (RFC 5737, RFC 3849).

use super::random::Random;
use crate::mail::{ConnectorType, TlsState};

/// TLS states that a connection of the sample can really have.
const STATES: [TlsState; 6] = [
    TlsState::NoTls,
    TlsState::Older,
    TlsState::V1_0,
    TlsState::V1_1,
    TlsState::V1_2,
    TlsState::V1_3,
];

/// Weights of [`STATES`] on the first and on the last day: old TLS declines.
pub(super) struct Mix([[u8; 6]; 2]);

impl Mix {
    /// A state, `passed` of `days` after the first day.
    pub(super) fn draw(&self, random: &mut Random, passed: u32, days: u32) -> TlsState {
        let [first, last] = self.0;
        let rest = days.saturating_sub(passed);
        let weights = first
            .iter()
            .zip(last)
            .map(|(&first, last)| u32::from(first) * rest + u32::from(last) * passed);
        STATES[random.weighted(weights)]
    }
}

pub(super) struct Connector {
    pub(super) name: &'static str,
    pub(super) kind: ConnectorType,
    pub(super) forced: bool,
    /// Whether the Extended report states the kind; it does not always.
    pub(super) kind_traced: bool,
}

const fn connector(
    name: &'static str,
    kind: ConnectorType,
    forced: bool,
    kind_traced: bool,
) -> Connector {
    Connector { name, kind, forced, kind_traced }
}

/// A way into or out of the organization.
pub(super) struct Route {
    pub(super) weight: u8,
    pub(super) connector: Option<Connector>,
    pub(super) domains: &'static [&'static str],
    pub(super) tls: Mix,
}

use ConnectorType::{OnPremises, Partner};

const INTERNET: &[&str] =
    &["adatum.example", "northwind.example", "wingtip.test", "proseware.example", "메일.example"];
const SEOUL: &str = "서울 게이트웨이";
const FABRIKAM: &str = "Fabrikam, Inc. \"secure\"";

pub(super) static INBOUND: [Route; 5] = [
    Route {
        weight: 36,
        connector: None,
        domains: INTERNET,
        tls: Mix([[4, 1, 6, 3, 66, 20], [2, 0, 2, 1, 60, 35]]),
    },
    Route {
        weight: 7,
        connector: Some(connector("From Contoso datacenter", OnPremises, true, true)),
        domains: &["hq.contoso.example"],
        tls: Mix([[0, 0, 20, 0, 80, 0], [0, 0, 4, 0, 80, 16]]),
    },
    Route {
        weight: 6,
        connector: Some(connector(SEOUL, OnPremises, false, true)),
        domains: &["seoul.contoso.example"],
        tls: Mix([[2, 0, 70, 20, 8, 0], [0, 0, 45, 15, 40, 0]]),
    },
    Route {
        weight: 5,
        connector: Some(connector(FABRIKAM, Partner, true, true)),
        domains: &["fabrikam.example"],
        tls: Mix([[0, 0, 0, 0, 70, 30], [0, 0, 0, 0, 40, 60]]),
    },
    Route {
        weight: 3,
        connector: Some(connector("Litware fax relay", Partner, false, true)),
        domains: &["fax.litware.example"],
        tls: Mix([[50, 15, 35, 0, 0, 0], [30, 5, 40, 0, 25, 0]]),
    },
];

pub(super) static OUTBOUND: [Route; 5] = [
    Route {
        weight: 12,
        connector: None,
        domains: INTERNET,
        tls: Mix([[3, 0, 4, 2, 66, 25], [1, 0, 1, 1, 57, 40]]),
    },
    Route {
        weight: 3,
        connector: Some(connector("To Contoso datacenter", OnPremises, true, true)),
        domains: &["hq.contoso.example"],
        tls: Mix([[0, 0, 10, 0, 90, 0], [0, 0, 0, 0, 85, 15]]),
    },
    Route {
        weight: 3,
        connector: Some(connector(SEOUL, OnPremises, false, true)),
        domains: &["seoul.contoso.example"],
        tls: Mix([[0, 0, 60, 25, 15, 0], [0, 0, 35, 20, 45, 0]]),
    },
    Route {
        weight: 3,
        connector: Some(connector(FABRIKAM, Partner, true, false)),
        domains: &["fabrikam.example"],
        tls: Mix([[0, 0, 0, 0, 60, 40], [0, 0, 0, 0, 30, 70]]),
    },
    Route {
        weight: 4,
        connector: Some(connector("Tailspin archive", Partner, false, false)),
        domains: &["archive.tailspin.example"],
        tls: Mix([[0, 0, 0, 0, 100, 0], [0, 0, 0, 0, 70, 30]]),
    },
];

/// A device or program that signs in with SMTP AUTH.
pub(super) struct Client {
    pub(super) weight: u8,
    pub(super) account: &'static str,
    /// The sender address where it is not the account (`SendAs`).
    pub(super) sends_as: &'static str,
    pub(super) ip: &'static str,
    pub(super) tls: Mix,
    /// Percent of modern authentication on the first and on the last day.
    pub(super) modern: [u8; 2],
    /// Percent of its mail that leaves the organization.
    pub(super) outbound: u8,
    /// Whether the SMTP AUTH report knows it.
    pub(super) reported: bool,
    /// Whether the Extended report knows it.
    pub(super) traced: bool,
    /// It gives all of its mail one Message-ID.
    pub(super) reuses_id: bool,
}

impl Client {
    pub(super) fn domain(&self) -> &'static str {
        domain(self.account)
    }
}

pub(super) fn domain(address: &'static str) -> &'static str {
    address.split_once('@').map_or("", |(_, domain)| domain)
}

const fn client(
    weight: u8,
    account: &'static str,
    ip: &'static str,
    outbound: u8,
    tls: [[u8; 6]; 2],
) -> Client {
    Client {
        weight,
        account,
        sends_as: account,
        ip,
        tls: Mix(tls),
        modern: [0, 0],
        outbound,
        reported: true,
        traced: true,
        reuses_id: false,
    }
}

pub(super) static CLIENTS: [Client; 12] = [
    client(
        5,
        "scanner@contoso.example",
        "192.0.2.10",
        0,
        [[0, 0, 95, 0, 5, 0], [0, 0, 60, 0, 40, 0]],
    ),
    client(
        3,
        "printer-3f@contoso.example",
        "192.0.2.11",
        10,
        [[0, 0, 0, 90, 10, 0], [0, 0, 0, 60, 40, 0]],
    ),
    client(
        8,
        "crm@sales.contoso.example",
        "198.51.100.20",
        90,
        [[0, 0, 0, 0, 90, 10], [0, 0, 0, 0, 50, 50]],
    ),
    Client {
        sends_as: "invoices@contoso.example",
        ..client(
            5,
            "erp@finance.contoso.example",
            "198.51.100.21",
            70,
            [[0, 0, 50, 0, 50, 0], [0, 0, 10, 0, 90, 0]],
        )
    },
    client(
        3,
        "backup@ops.contoso.example",
        "192.0.2.30",
        0,
        [[100, 0, 0, 0, 0, 0], [85, 0, 0, 0, 15, 0]],
    ),
    // Knows batches only: one row of the SMTP AUTH report is several messages.
    Client {
        traced: false,
        ..client(
            2,
            "monitoring@ops.contoso.example",
            "2001:db8:30::5",
            0,
            [[0, 0, 0, 0, 80, 20], [0, 0, 0, 0, 50, 50]],
        )
    },
    Client {
        modern: [100, 100],
        ..client(
            4,
            "orders-app@sales.contoso.example",
            "2001:db8:20::7",
            80,
            [[0, 0, 0, 0, 20, 80], [0, 0, 0, 0, 5, 95]],
        )
    },
    client(
        1,
        "fax@contoso.example",
        "192.0.2.40",
        30,
        [[30, 60, 10, 0, 0, 0], [40, 30, 30, 0, 0, 0]],
    ),
    Client {
        modern: [20, 90],
        ..client(
            5,
            "newsletter@marketing.contoso.example",
            "203.0.113.50",
            100,
            [[0, 0, 5, 5, 90, 0], [0, 0, 0, 0, 70, 30]],
        )
    },
    Client {
        reuses_id: true,
        ..client(
            2,
            "door-sensor@plant.contoso.example",
            "192.0.2.60",
            0,
            [[0, 0, 100, 0, 0, 0], [0, 0, 100, 0, 0, 0]],
        )
    },
    Client {
        reported: false,
        ..client(
            2,
            "meter@plant.contoso.example",
            "192.0.2.61",
            20,
            [[20, 0, 80, 0, 0, 0], [10, 0, 60, 0, 30, 0]],
        )
    },
    client(
        2,
        "helpdesk@contoso.test",
        "203.0.113.70",
        60,
        [[0, 0, 0, 10, 80, 10], [0, 0, 0, 0, 60, 40]],
    ),
];

/// Who has the password of one of [`CLIENTS`]: another network than its own.
pub(super) static INTRUDER: Client = client(
    0,
    "crm@sales.contoso.example",
    "203.0.113.199",
    100,
    [[0, 0, 0, 0, 100, 0], [0, 0, 0, 0, 100, 0]],
);

/// Mailboxes of the organization.
pub(super) static STAFF: [&str; 8] = [
    "Avery.Kim@contoso.example",
    "blake@contoso.example",
    "casey@sales.contoso.example",
    "drew@finance.contoso.example",
    "gildong.hong@contoso.example",
    "jordan@contoso.test",
    "o'neil@contoso.example",
    "all-staff@contoso.example",
];

/// What stands before the `@` of people elsewhere.
pub(super) static PEOPLE: [&str; 6] = ["alex", "Bo.Lee", "chris", "info", "noreply", "sam+list"];

/// Subjects. Some are traps: a decoy of the TLS key, quotes, a line break,
/// what a spreadsheet takes for a formula, what a page could take for markup.
pub(super) static SUBJECTS: [&str; 10] = [
    "Sample: minutes of Monday",
    "Sample: your order, shipped",
    "표본: 주간 보고서",
    "Sample: invoice \"2026-114\"",
    "Re: what does S:tlsversion=SP_PROT_TLS1_0_SERVER mean?",
    "Sample: two\r\nlines, one subject",
    "=1+1",
    "<b>Sample</b> offer; today only",
    "Sample: scan from MFP-3F",
    "Sample: 'S:tlsversion=SP_PROT_SSL3_SERVER;' quoted",
];
