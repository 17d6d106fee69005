use super::*;
use TlsState::{NoTls, NotRecorded, V1_0, V1_1, V1_2, V1_3, VersionNotStated};

fn tls(text: &str) -> TlsState {
    HopLine::read(text).tls.unwrap_or(NotRecorded)
}

/// Text, TLS and cipher suite.
type Written = (&'static str, TlsState, &'static str);

fn every_one(written: &[Written]) {
    for (text, state, cipher) in written {
        let hop = HopLine::read(text);
        assert_eq!(hop.tls.unwrap_or(NotRecorded), *state, "{text}");
        assert_eq!(hop.cipher.as_deref().unwrap_or_default(), *cipher, "{text}");
    }
}

#[test]
fn tls_as_exchange_google_postfix_and_exim_write_it() {
    every_one(&[
        (
            "from a (192.0.2.1) by b.example with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_X) id 15.20; d",
            V1_2,
            "TLS_ECDHE_X",
        ),
        (
            "from a (192.0.2.1) by b.example with Microsoft SMTP Server (version=3DTLS1_3, cipher=3DTLS_AES) id 15; d",
            V1_3,
            "TLS_AES",
        ),
        (
            "from a (192.0.2.1) by b.example with Microsoft SMTP Server (TLS) id 15.1.1; d",
            VersionNotStated,
            "",
        ),
        (
            "from a (192.0.2.1) by b.example with Microsoft SMTP Server id 15.1.1; d",
            NotRecorded,
            "",
        ),
        (
            "from a (a.example. [192.0.2.1]) by mx.google.com with ESMTPSA id x for <m r> (version=TLSv1 cipher=ECDHE-RSA-RC4-SHA bits=128/128); d",
            V1_0,
            "ECDHE-RSA-RC4-SHA",
        ),
        (
            "from a (a.example. [192.0.2.1]) by mx.google.com with SMTPS id x (Google Transport Security); d",
            VersionNotStated,
            "",
        ),
        (
            "from a (a.example [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256 (128/128 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits)) (No client certificate requested) by b.example (Postfix) with ESMTPS id x; d",
            V1_3,
            "TLS_AES_128_GCM_SHA256",
        ),
        (
            "from a (a.example [192.0.2.1]) (using TLSv1.1 with cipher X-Y (256/256 bits)) by b.example (Internet Inbound) with ESMTPS id x; d",
            V1_1,
            "X-Y",
        ),
        (
            "from a ([192.0.2.1]:2400) by b.example with esmtps (TLSv1:DHE-RSA-AES256-SHA:256) (Exim 4.80) id x; d",
            V1_0,
            "DHE-RSA-AES256-SHA",
        ),
        (
            "from a ([192.0.2.1] helo=a) by b.example with esmtpsa (TLS1.2:DHE_RSA_AES_128_CBC_SHA1:128) (Exim 4.80) id x; d",
            V1_2,
            "DHE_RSA_AES_128_CBC_SHA1",
        ),
        (
            "from a ([192.0.2.1] helo=a) by b.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) id x; d",
            V1_3,
            "TLS_AES_256_GCM_SHA384",
        ),
        (
            "from a ([192.0.2.1] helo=a) by b.example with esmtps (TLS1.x:ke-RSA-AES256-SHAnnn:xxx) (Exim x.yz) id x; d",
            VersionNotStated,
            "ke-RSA-AES256-SHAnnn",
        ),
        (
            "from a (a.example [192.0.2.1]) by b.example (8.14.1/8.14.1) with ESMTP id x (version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO); d",
            VersionNotStated,
            "DHE-RSA-AES256-GCM-SHA384",
        ),
        (
            "from a (a.example [192.0.2.1]) by b.example (8.17.2/8.17.2) with ESMTPS id x (version=TLSv1.2 cipher=C-D bits=256 verify=NO) for <x@y>; d",
            V1_2,
            "C-D",
        ),
    ]);
}

#[test]
fn tls_as_others_write_it() {
    every_one(&[
        (
            "from a ([192.0.2.1]) by b.example (Haraka/2.8.22) with ESMTPS id x envelope-from <x@y> (version=TLSv1/SSLv3 cipher=AES128-SHA verify=FAIL); d",
            VersionNotStated,
            "AES128-SHA",
        ),
        (
            "from a ([192.0.2.1]) by b.example (Haraka/3.0.1) with ESMTPSA id x envelope-from <x@y> tls TLS_AES_256_GCM_SHA384 (authenticated bits=0); d",
            VersionNotStated,
            "TLS_AES_256_GCM_SHA384",
        ),
        (
            "from a (a.example [192.0.2.1]) by relay.example with ESMTP with STARTTLS (version=TLSv1.2, cipher=C_D) id us-mta-1; d",
            V1_2,
            "C_D",
        ),
        (
            "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPS id x (TLSv1.3:AEAD-AES256-GCM-SHA384:256:NO); d",
            V1_3,
            "AEAD-AES256-GCM-SHA384",
        ),
        (
            "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPS id 1; TLS version=TLSv1.2 cipher=C-D bits=256 verify=NO; for <x@y>; d",
            V1_2,
            "C-D",
        ),
        (
            "from a (a.example [192.0.2.1]) (TLS: TLSv1.2,256bits,C-D) by b.example with ESMTPS id x; d",
            V1_2,
            "C-D",
        ),
        (
            "from a ([192.0.2.1]) by b.example with ESMTP/TLS/AES128-GCM-SHA256; d",
            VersionNotStated,
            "AES128-GCM-SHA256",
        ),
        (
            "from unknown (HELO a.example) (192.0.2.1) by b.example with AES128-SHA encrypted SMTP; d",
            VersionNotStated,
            "AES128-SHA",
        ),
        (
            "from unknown (HELO a.example) (192.0.2.1) by b.example with (DHE-RSA-AES256-SHA encrypted) SMTP; d",
            VersionNotStated,
            "DHE-RSA-AES256-SHA",
        ),
        (
            "from a ([192.0.2.1]) by b.example over TLS secured channel with Microsoft SMTPSVC(7.5.7601.22751); d",
            VersionNotStated,
            "",
        ),
        ("from source ([192.0.2.1]) (using TLSv1) by b.example; d", V1_0, ""),
        ("from a by b.example with HTTPS; d", VersionNotStated, ""),
    ]);
}

#[test]
fn silence_is_no_tls_only_where_the_server_is_known_to_speak() {
    for text in [
        "from a (a.example [192.0.2.1]) by b.example (Postfix) with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (Postfix) with ESMTPA id x; d",
        "from a ([192.0.2.1]) by b.example with esmtp (Exim 4.96) id x; d",
        "from a ([192.0.2.1]) by b.example with smtp (Exim 4.96) id x; d",
        "from a (a.example [192.0.2.1]) by b.example (8.16.1/8.16.1) with ESMTP id x; d",
        "from a (a.example. [192.0.2.1]) by mx.google.com with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (Haraka/3.0.1) with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTP id x; d",
    ] {
        assert_eq!(tls(text), NoTls, "{text}");
    }
    for text in [
        "from a (a.example [192.0.2.1]) by b.example (Postfix) with SMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (8.8.8/8.8.8) with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (8.16.0.43/8.16.0.43) with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example (Some MTA) with ESMTP id x; d",
        "from a (a.example [192.0.2.1]) by b.example with ESMTP id x; d",
        "from a (192.0.2.1) by b.example with Microsoft SMTP Server id 15.1; d",
        "from a by b.example ([fe80::1%14]) with mapi id 15.20; d",
        "by 10.1.1.1 with SMTP id x; d",
        "from a by b.example (Dovecot) with LMTP id x; d",
    ] {
        assert_eq!(tls(text), NotRecorded, "{text}");
    }
}

#[test]
fn who_signed_in() {
    for (text, account, method) in [
        (
            "from a (a.example [192.0.2.1]) (Authenticated sender: Who@b.example) by b.example (Postfix) with ESMTPSA id x; d",
            "who@b.example",
            AuthMethod::Unknown,
        ),
        (
            "from a ([192.0.2.1]) (authenticated bits=0) by b.example (8.13.1/8.13.1) with ESMTP id x; d",
            "",
            AuthMethod::Unknown,
        ),
        (
            "from a ([192.0.2.1]) (AUTH: LOGIN who@b.example, TLS: TLSv1.2,256bits,C-D) by b.example with ESMTPSA id x; d",
            "who@b.example",
            AuthMethod::Basic,
        ),
        (
            "from a ([192.0.2.1]) (user=who author=who mech=PLAIN) by b.example (8.17.1/8.17.1) with ESMTPSA id x; d",
            "who",
            AuthMethod::Basic,
        ),
        (
            "from [192.0.2.1] (account who@b.example HELO a) by b.example with ESMTPSA id x; d",
            "who@b.example",
            AuthMethod::Unknown,
        ),
        (
            "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPSA id x (TLSv1.3:C:256:NO) auth=yes user=who; d",
            "who",
            AuthMethod::Unknown,
        ),
        (
            "from a (a.example. [192.0.2.1]) by smtp.gmail.com with ESMTPSA id x; d",
            "",
            AuthMethod::Unknown,
        ),
    ] {
        let hop = HopLine::read(text);
        assert!(hop.signed_in, "{text}");
        assert_eq!(hop.account.as_deref().unwrap_or_default(), account, "{text}");
        assert_eq!(hop.method, method, "{text}");
    }
    let local = "from a (a [192.0.2.1]) by b (Cyrus 3.13) with LMTPA; d";
    assert!(!HopLine::read(local).signed_in);
}

#[test]
fn both_sides_of_a_hop() {
    let sides = |text: &str| {
        let hop = HopLine::read(text);
        let side = |host: &Host| host.shown().unwrap_or_default();
        (side(&hop.from), side(&hop.by), hop.protocol)
    };
    for (text, from, by, protocol) in [
        (
            "from mail.A.example (rdns.a.example [192.0.2.1]) by mx.b.example (Postfix) with ESMTPS id x; d",
            "rdns.a.example [192.0.2.1]",
            "mx.b.example",
            "ESMTPS",
        ),
        (
            "from a.example (unknown [192.0.2.1]) by mx.b.example (Postfix) with ESMTP id x; d",
            "a.example [192.0.2.1]",
            "mx.b.example",
            "ESMTP",
        ),
        (
            "from A.OUTLOOK.COM (2603:10b6::43) by B.outlook.com\r\n (10.1.1.2) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 1 via Frontend Transport; d",
            "a.outlook.com [2603:10b6::43]",
            "b.outlook.com [10.1.1.2]",
            "Microsoft SMTP Server",
        ),
        (
            "from X ([fe80::10d2%14]) by Y ([fe80::1%14]) with mapi id 15; d",
            "x [fe80::10d2]",
            "y [fe80::1]",
            "mapi",
        ),
        (
            "from unknown (HELO a.example) (192.0.2.1) by b.example with SMTP; d",
            "a.example [192.0.2.1]",
            "b.example",
            "SMTP",
        ),
        (
            "from 127.0.0.1  (EHLO a2.amazonses.example) (192.0.2.2) by relay.example with SMTP; d",
            "a2.amazonses.example [192.0.2.2]",
            "relay.example",
            "SMTP",
        ),
        (
            "from [10.1.1.1] ([192.0.2.1]:4227 helo=mail02.a.example) by b.example with ESMTPS; d",
            "mail02.a.example [192.0.2.1]",
            "b.example",
            "ESMTPS",
        ),
        (
            "from a.example ([IPv6:2001:db8::1]) by b.example with ESMTP; d",
            "a.example [2001:db8::1]",
            "b.example",
            "ESMTP",
        ),
        (
            "from mail.a.example ([127.0.0.1]) by localhost (re2.a.example [127.0.0.1]) (amavisd-new, port 24) with ESMTP id x; d",
            "mail.a.example [127.0.0.1]",
            "re2.a.example [127.0.0.1]",
            "ESMTP",
        ),
        (
            "(from root@localhost) by neko.example (8.15.2/8.15.2/Submit) id x for y@z; d",
            "",
            "neko.example",
            "",
        ),
        ("by 10.1.1.1 with SMTP id x; d", "", "[10.1.1.1]", "SMTP"),
        (
            "from a.example ([192.0.2.1]) by b.example with Microsoft SMTPSVC(7.5.7601.22751); d",
            "a.example [192.0.2.1]",
            "b.example",
            "Microsoft SMTPSVC",
        ),
        ("from a.example (unclosed by b.example with SMTP; d", "a.example", "", ""),
    ] {
        assert_eq!(sides(text), (from.to_owned(), by.to_owned(), protocol.to_owned()), "{text}");
    }
}

#[test]
fn times_with_zones_comments_and_without() {
    let seconds = |time: &str| {
        let hop = HopLine::read(&format!("from a by b; {time}"));
        hop.seconds(&mut Notes::default()).ok()
    };
    for time in [
        "Thu, 3 Sep 2026 15:21:05 +0000",
        "Fri,  4 Sep 2026 00:21:05 +0900 (KST)",
        "4 Sep 2026 00:21:05 JST",
        "Thu, 03 Sep 2026 11:21:05 EDT",
        "Thu, 3 Sep 2026 15:21:05 GMT (envelope-from <a;b@c>)",
        "Thu, 3 Sep 2026 15:21:05 UT",
        "Thu, 3 Sep 26 15:21:05 -0000",
        "Thu, 3 Sep 2026 17:21:05 GMT+0200",
        "Thu, 3 Sep 2026 15:21:05",
        // No one knows where X is (RFC 5322, 4.3).
        "Thu, 3 Sep 2026 15:21:05 X",
    ] {
        assert_eq!(seconds(time), Some(1_788_448_865), "{time}");
    }
    for time in ["", "yesterday", "Thu, 3 Sep 2026", "Thu, 33 Sep 2026 15:21:05 +0000"] {
        assert_eq!(seconds(time), None, "{time}");
    }
}

#[test]
fn private_addresses() {
    for ip in [
        "10.1.2.3",
        "192.168.0.1",
        "172.20.1.1",
        "127.0.0.1",
        "169.254.1.1",
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.1.1.1",
    ] {
        assert!(is_private(ip), "{ip}");
    }
    for ip in ["192.0.2.1", "172.32.1.1", "100.128.0.1", "2001:db8::1", ""] {
        assert!(!is_private(ip), "{ip}");
    }
}
