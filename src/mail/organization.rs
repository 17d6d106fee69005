/// Labels below a country's domain under which names are given away
/// (`co.uk`, `or.kr`, `com.au`, …).
const SECOND_LEVELS: [&str; 28] = [
    "ac", "ad", "asn", "co", "com", "ed", "edu", "firm", "gen", "go", "gob", "gov", "govt", "gr",
    "id", "ind", "ltd", "me", "mil", "ne", "net", "nom", "or", "org", "pe", "plc", "re", "sch",
];

/// The part of a host name that tells its organization: about the domain that
/// was registered, `contoso.example` of `mail.eu.contoso.example`.
///
/// The list of all public suffixes weighs a third of the page. What this rule
/// misses are domains like `city.kawasaki.jp`, whose neighbours it takes for
/// one organization.
pub fn organization(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    let mut ends = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (ends.next(), ends.next()) else { return host };
    let below_country = host.len() - last == 3
        && host.get(second + 1..last).is_some_and(|label| SECOND_LEVELS.contains(&label));
    let start = if below_country { ends.next() } else { Some(second) };
    start.and_then(|at| host.get(at + 1..)).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::organization;

    #[test]
    fn hosts_belong_to_the_domain_that_was_registered() {
        for (host, of) in [
            ("mail.eu.contoso.example", "contoso.example"),
            ("contoso.example.", "contoso.example"),
            ("mx.contoso.co.kr", "contoso.co.kr"),
            ("contoso.co.kr", "contoso.co.kr"),
            ("a.b.contoso.com.au", "contoso.com.au"),
            ("mx00.web.de", "web.de"),
            ("co.uk", "co.uk"),
            ("localhost", "localhost"),
            ("", ""),
        ] {
            assert_eq!(organization(host), of, "{host}");
        }
    }
}
