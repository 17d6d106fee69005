//! Mail over a submission server (RFC 6409), by STARTTLS (RFC 3207) and never
//! without.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use mailflow::export::Address;

use super::with_causes;

/// So long a connection may take.
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// So long all of it may take. The page waits for half a minute.
const ALL_TIME: Duration = Duration::from_secs(25);

/// The address of a submission server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SmtpServer {
    host: String,
    port: u16,
}

impl SmtpServer {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let parts = text.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
        let Some((host, port)) = parts else {
            return Err("write a host and its port, as smtp.contoso.example:587".to_owned());
        };
        if port == 465 {
            return Err("port 465 has no STARTTLS; submission with it is port 587".to_owned());
        }
        // An IPv6 address stands in brackets.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() { Err("name the host".to_owned()) } else { Ok(Self { host, port }) }
    }
}

impl std::fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Sends mail.
pub(super) struct Mailer {
    pub(super) server: SmtpServer,
    pub(super) from: Address,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

/// Why a mail was not sent.
pub(super) enum Unsent {
    /// The server's words, or what went wrong on the way to it.
    Refused(String),
    /// No answer in so many seconds: it may have been sent.
    Silent(u64),
}

impl Mailer {
    /// # Errors
    ///
    /// Why no mail can be sent so, for people.
    pub(super) fn new(
        server: SmtpServer,
        from: Address,
        sign_in: Option<(String, String)>,
        root: Option<&Path>,
    ) -> Result<Self, String> {
        let mut tls = TlsParameters::builder(server.host.clone());
        if let Some(path) = root {
            let said = |why: &str| format!("{}: {why}", path.display());
            let pem = std::fs::read(path).map_err(|error| said(&error.to_string()))?;
            let root = Certificate::from_pem(&pem).map_err(|error| said(&told(&error)))?;
            tls = tls.certificate_store(CertificateStore::None).add_root_certificate(root);
        }
        let tls = tls.build().map_err(|error| told(&error))?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            // The certificate is checked, and nothing is said before.
            .tls(Tls::Required(tls))
            .timeout(Some(CONNECT_TIME));
        if let Some((user, password)) = sign_in {
            transport = transport.credentials(Credentials::new(user, password));
        }
        Ok(Self { server, from, transport: transport.build() })
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    ///
    /// It was not taken, or nothing is known of it.
    pub(super) async fn send(&self, to: &[String], mail: &str) -> Result<(), Unsent> {
        let refused = |error: &dyn Error| Unsent::Refused(told(error));
        let parse = |text: &str| text.parse::<lettre::Address>();
        let from = parse(self.from.as_str()).map_err(|error| refused(&error))?;
        let to = to.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>();
        let to = to.map_err(|error| refused(&error))?;
        let envelope = Envelope::new(Some(from), to).map_err(|error| refused(&error))?;
        let sending = self.transport.send_raw(&envelope, mail.as_bytes());
        match tokio::time::timeout(ALL_TIME, sending).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refused(&error)),
            Err(_) => Err(Unsent::Silent(ALL_TIME.as_secs())),
        }
    }
}

/// An error in one line with a period: the server's own text may be long, and
/// hold anything.
fn told(error: &dyn Error) -> String {
    const LONGEST: usize = 300;
    let text = with_causes(error);
    let line = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let mut line: String = line.take(LONGEST).collect();
    if !line.ends_with('.') {
        line.push('.');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::SmtpServer;

    #[test]
    fn a_server_is_a_host_and_a_port() {
        let read = |text| SmtpServer::parse(text).map(|server| (server.host, server.port));
        assert_eq!(read("smtp.contoso.example:587"), Ok(("smtp.contoso.example".to_owned(), 587)));
        assert_eq!(read("[::1]:2587"), Ok(("::1".to_owned(), 2587)));
        for wrong in ["smtp.contoso.example", ":587", "a:b", "a:99999", "a:465", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
