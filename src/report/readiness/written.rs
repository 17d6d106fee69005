//! Things as texts, for analyses that are saved: they outlive the version that
//! saved them.

use super::Thing;
use crate::mail::Direction;

/// Between the parts of a text: the unit separator of ASCII, which no address
/// and no name has.
const BETWEEN: char = '\u{1f}';

impl Thing {
    /// As a text that [`Thing::of_text`] reads.
    pub fn to_text(&self) -> String {
        let mut parts = Vec::new();
        match self {
            Self::Client { address, domain, client } => {
                parts.extend(["client", address, domain]);
                parts.extend(client.as_deref());
            }
            Self::Connector { direction, name } => {
                parts.extend(["connector", direction.code(), name]);
            }
            Self::Partner { direction, domain: Some(domain), .. } => {
                parts.extend(["domain", direction.code(), domain]);
            }
            Self::Partner { direction, host: Some(host), .. } => {
                parts.extend(["host", direction.code(), host]);
            }
            Self::Partner { direction, .. } => parts.extend(["partner", direction.code()]),
        }
        parts.join(&BETWEEN.to_string())
    }

    /// From such a text; `None` for one of another version.
    pub fn of_text(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(BETWEEN).collect();
        let way = |code: &str| Direction::ALL.into_iter().find(|way| way.code() == code);
        let partner = |code, domain: Option<&str>, host: Option<&str>| {
            let (domain, host) = (domain.map(str::to_owned), host.map(str::to_owned));
            Some(Self::Partner { direction: way(code)?, domain, host })
        };
        match parts[..] {
            ["client", address, domain] => Some(client(address, domain, None)),
            ["client", address, domain, ip] => Some(client(address, domain, Some(ip))),
            ["connector", code, name] => {
                Some(Self::Connector { direction: way(code)?, name: name.to_owned() })
            }
            ["domain", code, domain] => partner(code, Some(domain), None),
            ["host", code, host] => partner(code, None, Some(host)),
            ["partner", code] => partner(code, None, None),
            _ => None,
        }
    }
}

fn client(address: &str, domain: &str, client: Option<&str>) -> Thing {
    Thing::Client {
        address: address.to_owned(),
        domain: domain.to_owned(),
        client: client.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::Thing;
    use crate::mail::Direction;

    #[test]
    fn what_is_written_is_read() {
        let text = |text: &str| Some(text.to_owned());
        let mut things = Vec::new();
        for (address, ip) in [("a@b.example", None), ("", text("192.0.2.7")), ("c", text(""))] {
            let (address, domain) = (address.to_owned(), "b.example".to_owned());
            things.push(Thing::Client { address, domain, client: ip });
        }
        for direction in Direction::ALL {
            things.push(Thing::Connector { direction, name: "To a, \"b\"\t서울".to_owned() });
            for (domain, host) in [(None, None), (text("d.example"), None), (None, text(""))] {
                things.push(Thing::Partner { direction, domain, host });
            }
        }
        for thing in things {
            assert_eq!(Thing::of_text(&thing.to_text()), Some(thing));
        }
        for other in ["", "client", "connector\u{1f}sideways\u{1f}a", "group\u{1f}a\u{1f}b"] {
            assert_eq!(Thing::of_text(other), None, "{other}");
        }
    }
}
