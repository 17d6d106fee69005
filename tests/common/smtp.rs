//! A submission server on this machine, with STARTTLS and a certificate of its
//! own, that does what a test says.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "each test file uses some of it, and a test may stop"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Who signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    fn config(&self, name: &str) -> Arc<ServerConfig> {
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate");
        Arc::new(config)
    }
}

/// What a server does other than taking every mail.
#[derive(Clone, Copy, Default)]
pub struct Manner {
    /// It does not offer STARTTLS.
    pub plain: bool,
    /// Its answer to this command, in place of a friendly one.
    pub answers: Option<(&'static str, &'static str)>,
    /// It falls silent at this command.
    pub silent_at: Option<&'static str>,
}

/// What a server saw, each command with `tls` or `plain` before it.
#[derive(Clone, Default)]
pub struct Seen {
    lines: Arc<Mutex<Vec<String>>>,
    mails: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Seen {
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("lines").clone()
    }

    pub fn mails(&self) -> Vec<Vec<u8>> {
        self.mails.lock().expect("mails").clone()
    }
}

/// A server that lives as long as the test.
pub struct SmtpServer {
    pub address: SocketAddr,
    pub seen: Seen,
}

impl SmtpServer {
    /// Starts one with a certificate for `name`.
    pub fn start(authority: &Authority, name: &str, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (config, seen) = (authority.config(name), Seen::default());
        let all = seen.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, seen) = (Arc::clone(&config), all.clone());
                std::thread::spawn(move || serve(stream, config, manner, &seen));
            }
        });
        Self { address, seen }
    }

    /// By the name that its certificate usually has.
    pub fn named(&self) -> String {
        format!("localhost:{}", self.address.port())
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, manner: Manner, seen: &Seen) {
    stream.set_read_timeout(Some(Duration::from_mins(2))).expect("a time-out");
    let mut plain = BufReader::new(stream);
    plain.get_mut().write_all(b"220 test ESMTP\r\n").ok();
    if talk(&mut plain, "plain", manner, seen) {
        let connection = ServerConnection::new(config).expect("a connection");
        let mut tls = BufReader::new(StreamOwned::new(connection, plain.into_inner()));
        talk(&mut tls, "tls", manner, seen);
    }
}

/// Answers commands; whether TLS is to start.
fn talk<S: Read + Write>(
    stream: &mut BufReader<S>,
    layer: &str,
    manner: Manner,
    seen: &Seen,
) -> bool {
    let mut line = String::new();
    loop {
        line.clear();
        if !matches!(stream.read_line(&mut line), Ok(1..)) {
            return false;
        }
        let command = line.trim_end().to_owned();
        seen.lines.lock().expect("lines").push(format!("{layer} {command}"));
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        if manner.silent_at == Some(&verb) {
            // Until the other side gives up.
            stream.read_to_end(&mut Vec::new()).ok();
            return false;
        }
        let own = manner.answers.filter(|(of, _)| *of == verb).map(|(_, answer)| answer);
        let starts = verb == "STARTTLS" && !manner.plain && own.is_none();
        let friendly = match verb.as_str() {
            "EHLO" if manner.plain => "250-test\r\n250 8BITMIME",
            "EHLO" if layer == "plain" => "250-test\r\n250-8BITMIME\r\n250 STARTTLS",
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 2.7.0 accepted",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            "STARTTLS" if manner.plain => "502 not implemented",
            _ => "250 2.0.0 ok",
        };
        let answer = own.unwrap_or(friendly);
        if stream.get_mut().write_all(format!("{answer}\r\n").as_bytes()).is_err() {
            return false;
        }
        stream.get_mut().flush().ok();
        if starts {
            return true;
        }
        if verb == "QUIT" {
            return false;
        }
        if verb == "DATA" && own.is_none() {
            let end = if manner.silent_at == Some(".") { None } else { Some(".") };
            let mail = take(stream);
            let Some(_) = end else {
                stream.read_to_end(&mut Vec::new()).ok();
                return false;
            };
            let own = manner.answers.filter(|(of, _)| *of == ".").map(|(_, answer)| answer);
            if own.is_none() {
                seen.mails.lock().expect("mails").push(mail);
            }
            let answer = own.unwrap_or("250 2.0.0 Ok: queued as 1A2B3C");
            stream.get_mut().write_all(format!("{answer}\r\n").as_bytes()).ok();
            stream.get_mut().flush().ok();
        }
    }
}

/// A mail up to its dot, without the dots that only transport adds.
fn take<S: Read + Write>(stream: &mut BufReader<S>) -> Vec<u8> {
    let mut mail = Vec::new();
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line).expect("a line of the mail");
        assert!(!line.is_empty(), "the mail broke off");
        if line == b".\r\n" {
            return mail;
        }
        let own = line.strip_prefix(b".").unwrap_or(&line);
        mail.extend_from_slice(own);
    }
}
