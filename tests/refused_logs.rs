//! Logs and exports that are known and not read: each is refused as what it
//! is, in words that say what to do instead, and no format claims it.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{gzip, kind, problem, read, utf16, zip};
use mailflow::account::{Field, FileKind, Mapping, Problem};
use mailflow::text::Language;

/// Beginnings of fictitious files in real shapes.
const FILES: [(FileKind, &str); 27] = [
    (
        FileKind::HarakaLog,
        "loaded TLD files: 1=1544 2=8347 3=2424\nloglevel: INFO\n\
         [NOTICE] [-] [core] Listening on 192.0.2.1:25\n\
         [NOTICE] [9AD0DDF8-0000-4000-8000-1BA3CB242566] [core] connect ip=198.51.100.7 port=50776 local_ip=192.0.2.1 local_port=25\n\
         [INFO] [9AD0DDF8-0000-4000-8000-1BA3CB242566] [tls] secured: cipher=TLS_AES_256_GCM_SHA384 version=TLSv1.3 verified=false\n",
    ),
    (
        FileKind::HarakaLog,
        "2026-07-23 23:12:19.635189500  [DEBUG] [-] [core] addOCSP: 'ocsp' not available\n\
         2026-07-23T23:12:20.000Z [NOTICE] [9AD0DDF8-0000-4000-8000-1BA3CB242566] [core] connect ip=198.51.100.7 port=50776\n",
    ),
    (
        FileKind::ProofpointLog,
        r#"{"connection":{"ip":"198.51.100.7","protocol":"smtp:smtp","tls":{"inbound":{"cipher":"ECDHE-RSA-AES256-GCM-SHA384","cipherBits":256,"version":"TLSv1.2"}}},"envelope":{"from":"a@fabrikam.example","rcpts":["b@contoso.example"]},"filter":{"routeDirection":"inbound"},"guid":"vRq4ZIFWHXbuAB","msg":{"header":{"message-id":["<1@fabrikam.example>"]}},"msgParts":[],"ts":"2026-05-22T12:10:03.058340-0700"}"#,
    ),
    (
        FileKind::ProofpointLog,
        r#"{"data":"2026-08-25T17:06:21.935763-07:00 m0000001 sendmail[22003]: 27PNO8ta032355: to=<b@contoso.example>, tls_version=NONE, stat=Sent","tls":{"version":"NONE"},"sm":{"qid":"27PNO8ta032355","stat":"Sent"},"pps":{"agent":"m0000001.ppops.example"},"ts":"2026-08-25T17:06:21.935763-0700"}"#,
    ),
    (
        FileKind::ProofpointLog,
        "2026-08-25T17:06:21.935763-07:00 m0000001 filter_instance1[71]: rprt s=3y8abcd123 mod=session cmd=connect ip=198.51.100.7\n",
    ),
    (
        FileKind::MimecastLog,
        r#"{"Hostname":"mta.example","_offset":70901,"accountId":"C0A0","aggregateId":"x0J66B7HOZ","direction":"Inbound","messageId":"<1@fabrikam.example>","processingId":"LcoZUvowTgh0","recipients":"b@contoso.example","route":"Exchange","senderEnvelope":"a@fabrikam.example","subject":"x","subtype":"true","timestamp":1731451448010,"tlsCipher":null,"tlsUsed":"No","tlsVersion":null,"type":"delivery"}"#,
    ),
    (
        FileKind::MimecastLog,
        r#"[{"Act":"Acc","Dir":"Inbound","IP":"198.51.100.7","MsgId":"<1@fabrikam.example>","Rcpt":"b@contoso.example","Sender":"a@fabrikam.example","Subject":"x","TlsVer":"TLSv1.2","aCode":"7O7I7MvGP1mj8plH","acc":"C0A0","datetime":"2026-05-26T16:47:41+0100"}]"#,
    ),
    (
        FileKind::MimecastLog,
        "datetime=2026-05-26T16:47:41+0100|aCode=7O7I7MvGP1mj|acc=C0A0|IP=198.51.100.7|Dir=Inbound|MsgId=<1@fabrikam.example>|\
         Subject=x|Sender=a@fabrikam.example|Rcpt=b@contoso.example|Act=Acc|TlsVer=TLSv1.2|Cphr=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA\n",
    ),
    (
        FileKind::MimecastLog,
        "datetime=2026-05-26T19:22:37+0100|acc=C0A0|reason=malicious|url=http://x.example|route=inbound|recipient=b@contoso.example\n",
    ),
    (
        FileKind::CiscoLog,
        "<166>Mar 17 18:24:37 consolidated_event: CEF:0|Cisco|C100V Email Security Virtual Appliance|14.3.0-023|ESA_CONSOLIDATED_LOG_EVENT|\
         Consolidated Log Event|5|deviceExternalId=42 ESAMID=1053 ESAICID=134 endTime=Thu Mar 18 08:04:46 2026 deviceDirection=0 \
         suser=a@fabrikam.example duser=b@contoso.example act=DELIVERED ESATLSInConnStatus=Success ESATLSInProtocol=TLSv1.2\n",
    ),
    (
        FileKind::CiscoLog,
        "Wed Jul 22 19:47:40 2026 Info: New SMTP ICID 282204970 interface Management (192.0.2.1) address 198.51.100.7 reverse dns host unknown verified no\n\
         Wed Jul 22 19:47:40 2026 Info: ICID 282204970 TLS success protocol TLSv1.2 cipher ECDHE-RSA-AES256-GCM-SHA384\n\
         Wed Jul 22 19:47:40 2026 Info: Start MID 200257070 ICID 282204970\n",
    ),
    (
        FileKind::CiscoLog,
        "<166>Mar 17 18:24:37 mail_logs: Info: MID 6 ready 100 bytes from <a@fabrikam.example>\n\
         <166>Mar 17 18:24:37 mail_logs: Info: Delivery start DCID 8 MID 6 to RID [0]\n",
    ),
    (
        FileKind::FortiMailLog,
        "<190>date=2026-01-30,time=16:06:24.345,device_id=FEVM02TM00000001,log_id=0003007110,type=event,subtype=smtp,pri=information, \
         user=mail,ui=mail,action=NONE,status=N/A,session_id=\"x\",msg=\"STARTTLS=server, relay=x.example [198.51.100.7], \
         version=TLSv1.2, verify=NO, cipher=ECDHE-RSA-AES256-GCM-SHA384, bits=256/256\"\n",
    ),
    (
        FileKind::FortiMailLog,
        "date=2026-01-16 time=15:56:24.983 device_id=FEVM02TM00000001 log_id=0200007961 type=statistics pri=information session_id=\"x\" \
         from=\"a@fabrikam.example\" to=\"b@contoso.example\" direction=\"in\" disposition=\"Accept\"\n",
    ),
    (
        FileKind::HornetsecurityLog,
        r#"{"emails":[{"direction":1,"date":"2026-06-12T14:26:00Z","source_ip":"198.51.100.7","message_id":"1@fabrikam.example","smtp_status":"2026-06-12T14:26:00Z;SMTP;mx.contoso.example[192.0.2.1];250 2.0.0 Ok;END_SEND;CIPHER=NONE;TLS_VER=NONE;TLS_CSUITE=NONE","owner":"b@contoso.example","crypt_type_in":{"id":7,"text":"TLS"},"crypt_type_out":{"id":1,"text":"NONE"}}],"num_found_items":1}"#,
    ),
    (
        FileKind::HornetsecurityLog,
        "2026-06-12T14:26:00Z;SMTP;mx.contoso.example[192.0.2.1];250 2.0.0 Ok;END_SEND;CIPHER=NONE;IDENTITY=NONE;TLS_VER=NONE;TLS_CSUITE=NONE;TLS_WARN=NONE\n",
    ),
    (
        FileKind::RetarusLog,
        r#"{"customer": "C1","metaData": {"transportEncryption": {"requested": true,"established": true,"protocol": "TLSv1.3"},"header": {"subject": "x"}},"host": "events.retarus.example","ts": "2026-07-11 14:58:43 +0200","sender": "a@fabrikam.example","type": "MTA","subtype": "INCOMING","direction": "INBOUND","recipient": "b@contoso.example","mimeId": "<1@fabrikam.example>","status": "ACCEPTED","class": "EVENT","rmxId": "20260711-145842-x-0@mailin"}"#,
    ),
    (
        FileKind::ZimbraMailboxLog,
        "2026-08-02 16:49:04,242 INFO  [LmtpServer-1] [ip=192.0.2.12;] lmtp - Delivering message: size=840 bytes, nrcpts=1, sender=a@fabrikam.example\n\
         2026-08-02 16:49:04,300 INFO  [LmtpServer-1] [name=b@contoso.example;mid=28;ip=192.0.2.12;] mailop - Adding Message: id=54479\n",
    ),
    (
        FileKind::ZimbraMailboxLog,
        "2026-08-02 16:49:04,242 INFO  [qtp509886383-7] [name=b@contoso.example;oip=198.51.100.7;] soap - AuthRequest elapsed=4\n",
    ),
    (
        FileKind::ExchangeOtherLog,
        "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: Agent Log\r\n#Date: 2026-09-13T14:38:59.177Z\r\n\
         #Fields: Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId,P1FromAddress,P2FromAddresses,Recipient,Agent,Event,Action\r\n\
         2026-09-13T14:38:59.000Z,08DA,192.0.2.1:25,198.51.100.7:4000,,<1@fabrikam.example>,a@fabrikam.example,,b@contoso.example,Content Filter Agent,OnEndOfData,AcceptMessage\r\n",
    ),
    (
        FileKind::ExchangeOtherLog,
        "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: Transport Connectivity Log\r\n\
         #Fields: date-time,session,source,Destination,direction,description\r\n\
         2026-09-13T14:38:59.000Z,08DA,SMTP,contoso.example,>,DNS server returned: 0\r\n",
    ),
    (
        FileKind::DmarcReport,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<feedback>\n  <report_metadata>\n    <org_name>fabrikam.example</org_name>\n  </report_metadata>\n\
         <policy_published><domain>contoso.example</domain></policy_published>\n</feedback>\n",
    ),
    (
        FileKind::DovecotLog,
        "Feb  8 14:56:51 mx1 dovecot: imap-login: Login: user=<b@contoso.example>, method=PLAIN, rip=198.51.100.7, lip=192.0.2.1, mpid=8089, TLS, session=<rq>\n\
         Feb  8 14:56:52 mx1 dovecot: lmtp(b@contoso.example)<99><x>: msgid=<1@fabrikam.example>: saved mail to INBOX\n",
    ),
    (
        FileKind::DovecotLog,
        "2026-02-08T14:56:51.123456+01:00 mx1 dovecot[812]: imap(b@contoso.example)<99><x>: Disconnected: Logged out in=92 out=949\n",
    ),
    (
        FileKind::DovecotLog,
        "Jun 23 15:04:05 imap-login: Info: Login: user=<b@contoso.example>, method=PLAIN, rip=198.51.100.7, lip=192.0.2.1, TLS\n",
    ),
    (
        FileKind::SystemLog,
        "Jan 28 07:00:03 mx1 systemd[1]: Started Daily apt download activities.\n\
         Jan 28 07:00:04 mx1 CRON[812]: (root) CMD (cd / && run-parts /etc/cron.hourly)\n\
         Jan 28 07:00:05 mx1 kernel: [12345.6] eth0: link up\n",
    ),
    (
        FileKind::SystemLog,
        "<30>1 2026-01-28T07:00:03.5Z mx1 systemd 1 - - Started Daily apt download activities, once, twice, thrice.\n",
    ),
];

#[test]
fn each_is_refused_as_what_it_is() {
    for (expected, text) in FILES {
        assert_eq!(kind(text), expected, "{text}");
        assert_eq!(mailflow::import::claims(text.as_bytes(), true), [""; 0], "{text}");
        // As long files, packed, and in other encodings and line ends.
        let long = if text.starts_with(['[', '<']) && expected != FileKind::HarakaLog {
            text.to_owned()
        } else {
            format!("{}\n", text.trim_end()).repeat(400)
        };
        assert_eq!(kind(&long), expected, "{text}");
        assert_eq!(kind(gzip(&long)), expected, "{text}");
        assert_eq!(kind(zip(&[("mail.csv", &long)], false)), expected, "{text}");
        assert_eq!(kind(utf16(&long, true, false)), expected, "{text}");
        assert_eq!(kind(long.replace('\n', "\r\n")), expected, "{text}");
    }
}

#[test]
fn lines_of_a_mail_server_that_is_read_come_first() {
    let mixed = "Feb  8 14:56:50 mx1 dovecot: imap-login: Login: user=<b>, rip=198.51.100.7, TLS\n\
        Feb  8 14:56:51 mx1 systemd[1]: Started Session 1 of user root.\n\
        Feb  8 14:56:52 mx1 postfix/smtpd[8073]: connect from unknown[198.51.100.7]\n";
    let (_, accounts) = read(&[("mail.log", mixed)]);
    assert_eq!(accounts[0].format.as_deref(), Some("Postfix log"), "{accounts:#?}");
}

#[test]
fn every_refusal_says_what_to_do_instead_in_each_language() {
    for (kind, _) in FILES {
        let problem = Problem::NotATrace { looks_like: Some(kind) };
        let texts = [Language::English, Language::Korean].map(|language| {
            let advice = (language.texts().words.problem)(&problem);
            assert!(!advice.what.is_empty() && !advice.todo.is_empty(), "{kind:?}");
            advice
        });
        assert!(texts[0].what.is_ascii() || texts[0].what.contains('’'), "{}", texts[0].what);
        assert!(texts[1].what.contains(|c: char| ('가'..='힣').contains(&c)), "{}", texts[1].what);
        if let Some(maker) = kind.maker() {
            assert!(texts.iter().all(|advice| advice.what.contains(maker)), "{kind:?}");
        }
    }
}

/// Which field each column of a table is taken for, as Map columns offers it.
fn offered(text: &str) -> Vec<(Field, String)> {
    let Problem::ColumnsNeeded(needed) = problem(text) else { panic!("no question: {text}") };
    needed
        .guess
        .iter()
        .map(|(field, index)| (*field, needed.header[*index as usize].clone()))
        .collect()
}

#[test]
fn tables_of_them_open_map_columns() {
    let mimecast = "Status,From (Envelope),From (Header),To,Subject,Sent Date/Time,IP Address,Route,TLS Version,Info\n\
        Archived,a@fabrikam.example,a@fabrikam.example,b@contoso.example,x,2026-09-03 10:00:00,198.51.100.7,Inbound,TLSv1.2,\
        datetime=2026-09-03T10:00:00+0000|aCode=7O7I7|acc=C0A0\n\
        Archived,b@contoso.example,b@contoso.example,a@fabrikam.example,y,2026-09-03 11:00:00,192.0.2.1,Outbound,TLSv1.3,\n";
    let fields = offered(mimecast);
    assert!(fields.contains(&(Field::Tls, "TLS Version".to_owned())), "{fields:?}");
    let proofpoint = "Start_Time;Sender;Recipients;Subject;Final_Action;Direction;TLS Version;Raw\n\
        2026-09-03 10:00:00;a@fabrikam.example;b@contoso.example;x;continue;inbound;TLSv1.2;\
        filter_instance1[71]: rprt s=3y8 mod=session\n\
        2026-09-03 11:00:00;b@contoso.example;a@fabrikam.example;y;continue;outbound;NONE;\n";
    let fields = offered(proofpoint);
    assert!(fields.contains(&(Field::Tls, "TLS Version".to_owned())), "{fields:?}");
    // Named, they are read.
    for (text, time) in [(mimecast, "Sent Date/Time"), (proofpoint, "Start_Time")] {
        let mapping = Mapping {
            columns: vec![(Field::Time, time.to_owned()), (Field::Tls, "TLS Version".to_owned())],
            ..Mapping::default()
        };
        let (_, accounts) = common::read_with(&[("export.csv", text)], &mapping);
        assert_eq!((accounts[0].rows, accounts[0].messages), (2, 2), "{accounts:#?}");
    }
    // Whatever a table of a search quotes of logs, it is a table.
    let search = "_time,host,source,_raw\n\
        2026-09-03T10:00:00Z,mx1,/var/log/mail.log,\"Feb  8 14:56:51 mx1 dovecot: imap-login: Login: user=<b>, rip=198.51.100.7\"\n\
        2026-09-03T10:00:01Z,mx1,/var/log/syslog,\"Jan 28 07:00:03 mx1 systemd[1]: Started\"\n";
    offered(search);
}

#[test]
fn what_only_resembles_them_is_not_called_by_their_names() {
    for (text, expected) in [
        ("{\"guid\":\"x\",\"envelope\":{}}", FileKind::Json),
        ("[1, 2, \"three\"]", FileKind::Json),
        ("<?xml version=\"1.0\"?><feedback></feedback>", FileKind::Xml),
        (
            "2026-09-03 10:00:00 Info: nothing of mail\n2026-09-03 10:00:01 Info: more\n",
            FileKind::Text,
        ),
        (
            "About dovecot: it keeps mailboxes.\nAnd the imap-login: process takes names.\n",
            FileKind::Text,
        ),
        ("Jan 28 is the day on which we meet.\nBring your own log: of wood.\n", FileKind::Text),
        ("One thing, another thing, a third.\nNo dovecot here: none.\n", FileKind::Text),
        ("date=2026-01-16 time=15:56 devid=FGT logid=0200007961 type=traffic\n", FileKind::Text),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}
