//! Several organizations side by side: each is counted as if it were alone.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{CONNECTOR_HEADER, NOW, ReadOn, at_once, read, read_choosing};
use mailflow::account::{Mapping, Owners};
use mailflow::engine::{FileIn, NoHelpers, Organizations};
use mailflow::export::tally_json;
use mailflow::import::{MemorySource, Settings};
use mailflow::mail::{Choices, ConnectorType};
use mailflow::tally::Tally;

fn named(names: &[&str]) -> Owners {
    Owners::Named(names.iter().map(|name| (*name).to_owned()).collect())
}

fn organizations(said: Vec<(String, Choices)>, files: &[(&str, &str, Owners)]) -> Organizations {
    let settings = Settings { now: NOW, ..Settings::default() };
    let mut organizations = Organizations::new(settings, said, String::new());
    for (place, (name, text, owners)) in (0..).zip(files) {
        let file = FileIn { place, name, mapping: &Mapping::default(), owners };
        let mut source = MemorySource(text.as_bytes().to_vec());
        let mut nobody = || NoHelpers;
        at_once(organizations.read(file, &mut source, &mut ReadOn, &mut nobody));
    }
    organizations
}

fn tally_of(organizations: &Organizations, name: &str) -> Tally {
    let at = organizations.find(name).unwrap_or_else(|| panic!("no {name}"));
    organizations.list()[at].analysis.figures().0
}

fn names(organizations: &Organizations) -> Vec<&str> {
    organizations.list().iter().map(|organization| &*organization.name).collect()
}

/// Mail of a domain: so many sent, with message ids of their own.
fn sent(domain: &str, count: u32, tls: &str) -> String {
    let row = |n| {
        format!(
            "2026-09-03T12:00:00Z,<{n}@{domain}>,r@y.example,u@{domain},Sent,,NoConnector,{tls},\r\n"
        )
    };
    CONNECTOR_HEADER.to_owned() + &(0..count).map(row).collect::<String>()
}

#[test]
fn each_has_what_it_has_alone() {
    let (contoso, fabrikam) =
        (sent("contoso.example", 3, "TLS1.2"), sent("fabrikam.example", 5, ""));
    let both = organizations(
        Vec::new(),
        &[("c", &contoso, named(&["Contoso"])), ("f", &fabrikam, named(&["Fabrikam"]))],
    );
    assert_eq!(names(&both), ["Contoso", "Fabrikam"]);
    assert_eq!(tally_of(&both, "Contoso"), read(&[("c", &contoso)]).0);
    assert_eq!(tally_of(&both, "Fabrikam"), read(&[("f", &fabrikam)]).0);
}

#[test]
fn a_file_of_two_counts_in_both() {
    let text = sent("contoso.example", 3, "TLS1.2");
    let copy = text.clone();
    let files = [("one", &*text, named(&["A", "B"])), ("copy", &*copy, named(&["B"]))];
    let both = organizations(Vec::new(), &files);
    assert_eq!(tally_of(&both, "A").flow, tally_of(&both, "B").flow);
    let accounts = |name| {
        let at = both.find(name).expect("it is there");
        let accounts = both.list()[at].analysis.figures().1;
        accounts.iter().map(|(place, a)| (*place, a.messages, a.duplicates)).collect::<Vec<_>>()
    };
    assert_eq!(accounts("A"), [(0, 3, 0)]);
    // Within one, a second copy is a duplicate as ever.
    assert_eq!(accounts("B"), [(0, 3, 0), (1, 0, 3)]);
}

#[test]
fn names_that_differ_by_case_only_are_one() {
    let text = sent("contoso.example", 1, "TLS1.2");
    let files = [
        ("a", &*text, named(&["Contoso", " CONTOSO "])),
        ("b", &*text, named(&["contoso"])),
        ("c", &*text, named(&["조직 가"])),
        ("d", &*text, named(&["Контосо"])),
        ("e", &*text, named(&["контосо"])),
    ];
    let organizations = organizations(Vec::new(), &files);
    assert_eq!(names(&organizations), ["Contoso", "조직 가", "Контосо"]);
    assert_eq!(organizations.list()[0].analysis.figures().1.len(), 2);
}

#[test]
fn by_domain_files_that_share_an_own_domain_are_together() {
    let first = sent("contoso.example", 3, "TLS1.2");
    let second = sent("fabrikam.example", 2, "TLS1.0");
    // Contoso's, with half of it from another domain of its own.
    let more = sent("contoso.example", 2, "TLS1.3")
        + &sent("contoso.test", 2, "")[CONNECTOR_HEADER.len()..];
    let last = sent("contoso.test", 1, "TLS1.1");
    let unknown = "no trace at all";
    let by = |text| ("f", text, Owners::ByDomain);
    let files = [by(&*first), by(&second), by(&more), by(&last), by(unknown)];
    let found = organizations(Vec::new(), &files);
    assert_eq!(names(&found), ["contoso.example", "fabrikam.example", ""]);
    let together = read(&[("f", &*first), ("f", &more), ("f", &last)]).0;
    assert_eq!(tally_of(&found, "contoso.example"), together);
    assert_eq!(tally_of(&found, "fabrikam.example"), read(&[("f", &*second)]).0);
    // What nobody can place is not lost.
    assert_eq!(found.list()[2].analysis.figures().1.len(), 1);
}

#[test]
fn settings_are_of_one_organization() {
    let text = sent("contoso.example", 3, "TLS1.2").replace(",,NoConnector,", ",Gateway,,");
    let choices = Choices {
        connector_types: vec![("Gateway".to_owned(), ConnectorType::Partner)],
        ..Choices::default()
    };
    let files = [("a", &*text, named(&["A"])), ("b", &*text, named(&["B"]))];
    let mut both = organizations(vec![("b".to_owned(), choices.clone())], &files);
    let types = |both: &Organizations, name| {
        tally_of(both, name).flow.iter().map(|cell| cell.connector_type).collect::<Vec<_>>()
    };
    assert_eq!(types(&both, "A"), [ConnectorType::Unknown]);
    assert_eq!(types(&both, "B"), [ConnectorType::Partner]);
    assert_eq!(tally_of(&both, "B"), read_choosing(&[("b", &*text)], &choices).0);
    both.choose(0, choices.clone());
    assert_eq!(types(&both, "A"), [ConnectorType::Partner]);
    // What was said of a name counts when its files tell whose they are, too.
    let said = vec![("contoso.example".to_owned(), choices)];
    let by_domain = organizations(said, &[("a", &*text, Owners::ByDomain)]);
    assert_eq!(types(&by_domain, "contoso.example"), [ConnectorType::Partner]);
}

#[test]
fn the_json_of_one_of_several_says_whose_it_is() {
    let text = sent("contoso.example", 3, "TLS1.2");
    let both = organizations(Vec::new(), &[("a", &*text, named(&["Contoso \"A\""]))]);
    let (tally, files) = both.list()[0].analysis.figures();
    let accounts: Vec<_> = files.iter().map(|(_, account)| account).collect();
    let json: serde_json::Value =
        serde_json::from_str(&tally_json(&tally, &accounts, Some("Contoso \"A\""))).expect("JSON");
    let cells = json["cells"].as_array().expect("cells");
    assert!(!cells.is_empty() && cells.iter().all(|cell| cell["organization"] == "Contoso \"A\""));
}
