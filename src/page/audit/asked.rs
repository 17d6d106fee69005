use crate::page::address::Fragment;
use crate::report::{AuditQuery, Filter, Policy};

/// How the document is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The title that the person gave; empty for the usual one.
    pub(super) title: String,
    /// The organization as printed; empty for its own name.
    pub(super) organization: String,
    /// The figures.
    pub(crate) query: AuditQuery,
    /// Sections that are left out.
    pub(super) without: Vec<Part>,
    /// Whether the digest of every file is worked out.
    pub(super) digests: bool,
}

/// A section that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Messages a day, and TLS versions by week.
    Charts,
    /// Each connector.
    Connectors,
    /// SMTP Auth clients.
    Clients,
    /// Insights and unusual activity.
    Findings,
    /// Domains and Direct Send.
    Peers,
    /// What other organizations report.
    TlsReports,
    /// Files, settings and rules.
    Basis,
}

impl Part {
    /// Every part, in the order of the document.
    pub(super) const ALL: [Self; 7] = [
        Self::Charts,
        Self::Connectors,
        Self::Clients,
        Self::Findings,
        Self::Peers,
        Self::TlsReports,
        Self::Basis,
    ];

    /// The word for it in an address.
    const fn code(self) -> &'static str {
        match self {
            Self::Charts => "charts",
            Self::Connectors => "connectors",
            Self::Clients => "clients",
            Self::Findings => "findings",
            Self::Peers => "peers",
            Self::TlsReports => "tls-reports",
            Self::Basis => "basis",
        }
    }
}

impl Asked {
    /// Whether the document has that section.
    pub(super) fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }

    /// Writes all that is not as usual.
    pub(crate) fn write(&self, address: &mut Fragment) {
        let usual = AuditQuery::default();
        address.put_span(self.query.span);
        if !self.title.is_empty() {
            address.put("title", &self.title);
        }
        if !self.organization.is_empty() {
            address.put("for", &self.organization);
        }
        if self.query.policies != usual.policies {
            let codes = self.query.policies.iter().map(|policy| policy.code());
            address.put("policies", &codes.collect::<Vec<_>>().join(","));
        }
        if self.query.rows != usual.rows {
            address.put("rows", &self.query.rows.to_string());
        }
        if !self.query.addresses {
            address.put("addresses", "no");
        }
        if !self.query.filter.is_empty() {
            address.put("filter", &self.query.filter.written());
        }
        if !self.without.is_empty() {
            let codes = self.without.iter().map(|part| part.code());
            address.put("without", &codes.collect::<Vec<_>>().join(","));
        }
        if self.digests {
            address.put("sha256", "yes");
        }
    }

    /// Takes one part; `None` if it is not understood.
    pub(crate) fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match (name, value) {
            ("title", text) => text.clone_into(&mut self.title),
            ("for", text) => text.clone_into(&mut self.organization),
            ("policies", codes) => {
                let known = |policy: &Policy| codes.split(',').any(|code| code == policy.code());
                self.query.policies = Policy::ALL.into_iter().filter(known).collect();
                return all_known(codes, self.query.policies.len());
            }
            ("rows", rows) => {
                self.query.rows = rows.parse().ok().filter(|rows| (1..=10_000).contains(rows))?;
            }
            ("addresses", "no") => self.query.addresses = false,
            ("filter", text) => {
                let (filter, understood) = Filter::read(text);
                self.query.filter = filter;
                return understood.then_some(());
            }
            ("without", codes) => {
                let known = |part: &Part| codes.split(',').any(|code| code == part.code());
                self.without = Part::ALL.into_iter().filter(known).collect();
                return all_known(codes, self.without.len());
            }
            ("sha256", "yes") => self.digests = true,
            _ => return None,
        }
        Some(())
    }
}

/// Whether so many are all that `codes` names.
fn all_known(codes: &str, known: usize) -> Option<()> {
    (codes.split(',').filter(|code| !code.is_empty()).count() == known).then_some(())
}

/// Reads what an address would hold of `asked`, for tests of it.
#[cfg(test)]
pub(super) fn read_back(asked: &Asked) -> Option<Asked> {
    let fragment = crate::page::address::of(&crate::page::view::View::Audit(asked.clone()));
    match crate::page::address::parse(&fragment) {
        (crate::page::view::View::Audit(read), true) => Some(read),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Part, read_back};
    use crate::mail::Day;
    use crate::report::{AuditQuery, Filter, Policy, Span};

    #[test]
    fn an_address_holds_all_of_it() {
        let asked = Asked {
            title: "Q3 & Q4 = 100% \"ours\"".to_owned(),
            organization: "주식회사 #1".to_owned(),
            query: AuditQuery {
                span: Span::Days(Day(20_000), Day(20_030)),
                policies: vec![Policy::NoTls, Policy::ForcedTls],
                rows: 1_000,
                addresses: false,
                filter: Filter::read("all(tls~is~1.0)").0,
            },
            without: vec![Part::Charts, Part::Basis],
            digests: true,
        };
        assert_eq!(read_back(&asked), Some(asked));
        assert_eq!(read_back(&Asked::default()), Some(Asked::default()));
        let mut none = Asked::default();
        none.query.policies.clear();
        assert_eq!(read_back(&none), Some(none));
    }
}
