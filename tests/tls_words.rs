//! Every spelling of TLS that is known from a source, each with the state it
//! stands for.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use mailflow::mail::TlsState::{
    self, NoTls, NotRecorded, Older, V1_0, V1_1, V1_2, V1_3, VersionNotStated,
};
use proptest::prelude::*;

/// Words that hold a version, or are the family of ciphers of old OpenSSL:
/// facts wherever they stand.
const VERSIONS: [(&str, TlsState); 50] = [
    // Exchange: protocol logs, and `S:tlsversion=` of the Extended report.
    ("SP_PROT_TLS1_0_SERVER", V1_0),
    ("SP_PROT_TLS1_0_CLIENT", V1_0),
    ("SP_PROT_TLS1_1_SERVER", V1_1),
    ("SP_PROT_TLS1_1_CLIENT", V1_1),
    ("SP_PROT_TLS1_2_SERVER", V1_2),
    ("SP_PROT_TLS1_2_CLIENT", V1_2),
    ("SP_PROT_TLS1_3_SERVER", V1_3),
    ("SP_PROT_TLS1_3_CLIENT", V1_3),
    // The names of the Windows SDK for 0x40 and 0x80, and older protocols.
    ("SP_PROT_TLS1_SERVER", V1_0),
    ("SP_PROT_TLS1_CLIENT", V1_0),
    ("SP_PROT_SSL3_SERVER", Older),
    ("SP_PROT_SSL3_CLIENT", Older),
    ("SP_PROT_SSL2_SERVER", Older),
    ("SP_PROT_SSL2_CLIENT", Older),
    // `Start-HistoricalSearch -TLSUsed`.
    ("TLS1.2", V1_2),
    ("TLS1.3", V1_3),
    // Message events of the portal.
    ("using TLS1.2 with AES256", V1_2),
    ("using TLS1.2", V1_2),
    // Columns of the portal's reports.
    ("TLS 1.0", V1_0),
    ("TLS 1.1", V1_1),
    ("TLS 1.2", V1_2),
    ("TLS 1.3", V1_3),
    // Received headers by Exchange.
    ("(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384)", V1_2),
    ("version=TLS1_3", V1_3),
    ("TLS1_0", V1_0),
    // Received headers by Google.
    ("(version=TLS1_2 cipher=ECDHE-RSA-AES128-GCM-SHA256 bits=128/128)", V1_2),
    ("version=TLSv1 cipher=ECDHE-RSA-RC4-SHA", V1_0),
    // Quoted-printable inside a delivery status notification.
    ("version=3DTLS1_2", V1_2),
    ("3DTLS1_2", V1_2),
    // Postfix, new sendmail, Cisco, Proofpoint, Mimecast.
    ("TLSv1", V1_0),
    ("TLSv1.0", V1_0),
    ("TLSv1.1", V1_1),
    ("TLSv1.2", V1_2),
    ("TLSv1.3", V1_3),
    ("SSLv3", Older),
    ("SSLv2", Older),
    // Old sendmail and old Haraka: no version (`formats.md` 0.2).
    ("TLSv1/SSLv3", VersionNotStated),
    ("version=TLSv1/SSLv3", VersionNotStated),
    ("version=3DTLSv1/SSLv3", VersionNotStated),
    ("(version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO)", VersionNotStated),
    // Exim.
    ("TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256", V1_2),
    ("X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256", V1_2),
    ("TLS1.3:TLS_AES_128_GCM_SHA256:128", V1_3),
    ("TLSv1:DHE-RSA-AES256-SHA:256", V1_0),
    ("TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256", V1_2),
    ("TLS1.x:ke-RSA-AES256-SHAnnn:xxx", VersionNotStated),
    // What the tolerant reading is for.
    ("tls 1_2", V1_2),
    ("TLS v1.2", V1_2),
    ("TLS_1.1", V1_1),
    ("TLS12", V1_2),
];

/// Words that are facts in a column of TLS and nowhere else.
const STATES: [(&str, TlsState); 26] = [
    ("No Tls", NoTls),
    ("No TLS", NoTls),
    ("NoTLS", NoTls),
    ("no tls", NoTls),
    ("NONE", NoTls),
    ("None", NoTls),
    ("No", NoTls),
    ("False", NoTls),
    ("TLS 없음", NoTls),
    ("없음", NoTls),
    ("", NotRecorded),
    ("  ", NotRecorded),
    ("null", NotRecorded),
    ("Unknown", NotRecorded),
    ("N/A", NotRecorded),
    ("Not recorded", NotRecorded),
    ("기록되지 않음", NotRecorded),
    ("알 수 없음", NotRecorded),
    ("Encrypted", VersionNotStated),
    ("TLS", VersionNotStated),
    ("STARTTLS", VersionNotStated),
    ("Yes", VersionNotStated),
    ("Microsoft SMTP Server (TLS) id", VersionNotStated),
    ("X=TLS_proto_and_cipher", VersionNotStated),
    ("1.2", V1_2),
    ("v1.0", V1_0),
];

#[test]
fn every_known_spelling_is_understood_in_a_column_of_tls() {
    for (word, state) in VERSIONS.into_iter().chain(STATES) {
        assert_eq!(TlsState::parse(word.as_bytes()), Some(state), "{word}");
        let spaced = format!("  {word}\t");
        assert_eq!(TlsState::parse(spaced.as_bytes()), Some(state), "{spaced}");
    }
}

#[test]
fn every_spelling_of_a_version_is_understood_in_prose() {
    for (word, state) in VERSIONS {
        assert_eq!(TlsState::parse_version(word.as_bytes()), Some(state), "{word}");
    }
}

#[test]
fn capitals_do_not_matter() {
    for (word, state) in VERSIONS {
        assert_eq!(TlsState::parse(word.to_uppercase().as_bytes()), Some(state), "{word}");
        assert_eq!(TlsState::parse(word.to_lowercase().as_bytes()), Some(state), "{word}");
    }
}

#[test]
fn what_is_no_word_of_tls_is_not_guessed() {
    for word in
        ["TLS 1.4", "TLS 2.0", "TLS1.23", "SSLv9", "maybe", "AES256", "SMTP", "12", "2.0", "1.9"]
    {
        assert_eq!(TlsState::parse(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn a_policy_is_never_taken_for_a_version() {
    for word in [
        "Opportunistic",
        "DomainValidation",
        "CertificateExpiryCheck",
        "CertificateValidation",
        "EncryptionOnly",
        "None",
        "",
        "TLS",
        "Yes",
        "Encrypted",
        "CALG_AES_256",
        "1.2",
    ] {
        assert_eq!(TlsState::parse_version(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn silence_no_tls_and_tls_of_unknown_version_are_three_things() {
    assert!(!NotRecorded.is_recorded() && !NotRecorded.is_protected());
    assert!(NoTls.is_recorded() && !NoTls.is_protected());
    assert!(VersionNotStated.is_recorded() && VersionNotStated.is_protected());
    assert!(!VersionNotStated.is_definite() && NoTls.is_definite() && Older.is_definite());
}

proptest! {
    #[test]
    fn any_bytes_can_be_a_word(word in prop::collection::vec(any::<u8>(), 0..60)) {
        TlsState::parse(&word);
        TlsState::parse_version(&word);
    }

    #[test]
    fn the_cipher_family_of_old_openssl_is_never_a_version(before in "[ -~]{0,20}", after in "[ -~]{0,20}") {
        let word = format!("{before} TLSv1/SSLv3 {after}");
        prop_assert_eq!(TlsState::parse_version(word.as_bytes()), Some(VersionNotStated));
    }
}
