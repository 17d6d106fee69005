//! Every spelling of TLS that is known from a source.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use mailflow::mail::TlsState::{
    self, NoTls, NotRecorded, Older, V1_0, V1_1, V1_2, V1_3, VersionNotStated,
};

const WORDS: [(&str, TlsState); 47] = [
    ("SP_PROT_TLS1_2_SERVER", V1_2),
    ("SP_PROT_TLS1_0_CLIENT", V1_0),
    ("SP_PROT_TLS1_1_SERVER", V1_1),
    ("SP_PROT_TLS1_3_SERVER", V1_3),
    ("SP_PROT_TLS1_SERVER", V1_0),
    ("SP_PROT_TLS1_CLIENT", V1_0),
    ("SP_PROT_SSL3_SERVER", Older),
    ("SP_PROT_SSL2_CLIENT", Older),
    ("TLS1.2", V1_2),
    ("TLS1.3", V1_3),
    ("No Tls", NoTls),
    ("using TLS1.2 with AES256", V1_2),
    ("using TLS1.2", V1_2),
    ("No TLS", NoTls),
    ("TLS 1.0", V1_0),
    ("TLS 1.1", V1_1),
    ("TLS 1.2", V1_2),
    ("(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384)", V1_2),
    ("version=TLS1_3", V1_3),
    ("TLS1_0", V1_0),
    ("Microsoft SMTP Server (TLS) id", VersionNotStated),
    ("(version=TLS1_2 cipher=ECDHE bits=128/128)", V1_2),
    ("version=TLSv1 cipher=", V1_0),
    ("version=3DTLS1_2", V1_2),
    ("3DTLS1_2", V1_2),
    ("TLSv1", V1_0),
    ("TLSv1.1", V1_1),
    ("TLSv1.2", V1_2),
    ("TLSv1.3", V1_3),
    ("SSLv3", Older),
    ("TLSv1/SSLv3", VersionNotStated),
    ("version=TLSv1/SSLv3", VersionNotStated),
    ("TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256", V1_2),
    ("TLS1.3:TLS_AES_128_GCM_SHA256:128", V1_3),
    ("TLSv1:DHE-RSA-AES256-SHA:256", V1_0),
    ("TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256", V1_2),
    ("TLS1.x:ke-RSA-AES256-SHAnnn:xxx", VersionNotStated),
    ("TLS_proto_and_cipher", VersionNotStated),
    ("NONE", NoTls),
    ("", NotRecorded),
    ("Encrypted", VersionNotStated),
    ("1.2", V1_2),
    ("TLS12", V1_2),
    ("tls 1.3", V1_3),
    ("TLS 없음", NoTls),
    ("기록되지 않음", NotRecorded),
    ("Unknown", NotRecorded),
];

#[test]
fn every_known_spelling_is_understood() {
    for (word, state) in WORDS {
        assert_eq!(TlsState::parse(word.as_bytes()), Some(state), "{word}");
    }
}

#[test]
fn what_is_no_word_of_tls_is_not_guessed() {
    for word in ["TLS 1.4", "TLS 2.0", "maybe", "AES256"] {
        assert_eq!(TlsState::parse(word.as_bytes()), None, "{word}");
    }
}

#[test]
fn a_policy_is_never_taken_for_a_version() {
    for word in
        ["Opportunistic", "DomainValidation", "EncryptionOnly", "None", "TLS", "CALG_AES_256"]
    {
        assert_eq!(TlsState::parse_version(word.as_bytes()), None, "{word}");
    }
    assert_eq!(TlsState::parse_version(b"SP_PROT_TLS1_2_CLIENT"), Some(V1_2));
}
