use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use mailflow::export::{Address, address};

use super::smtp::SmtpServer;
use crate::reading::ReadingArgs;

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Folder of logs and exports of every kind, read with the folders in it;
    /// what begins with a dot is left out.
    #[arg(value_name = "DIR")]
    pub(super) logs: PathBuf,
    /// The page's folder; `dist` beside the program or in the working folder
    /// when left out.
    #[arg(long, value_name = "DIST")]
    pub(super) page: Option<PathBuf>,
    /// Where to listen. Other addresses than this machine's own can be reached
    /// by others: give a token, and put a server with HTTPS before it.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(super) listen: SocketAddr,
    /// A name by which browsers ask for this server, beside localhost and IP
    /// addresses.
    #[arg(long = "host", value_name = "NAME")]
    pub(super) hosts: Vec<String>,
    /// A file whose only line is the token that must be sent for figures:
    /// 16 signs or more.
    #[arg(long, value_name = "FILE")]
    pub(super) token_file: Option<PathBuf>,
    /// Folder that requested reports are written to as mail drafts; with --smtp
    /// those that the mail server does not take.
    #[arg(long, value_name = "FOLDER")]
    pub(super) outbox: Option<PathBuf>,
    /// Send requested reports over this submission server, by STARTTLS only.
    #[arg(
        long, value_name = "HOST:PORT", value_parser = SmtpServer::parse,
        requires = "mail_from", requires = "recipient_domains"
    )]
    pub(super) smtp: Option<SmtpServer>,
    /// The account to sign in with.
    #[arg(long, value_name = "NAME", requires = "smtp", requires = "smtp_password_file")]
    pub(super) smtp_user: Option<String>,
    /// A file whose only line is its password.
    #[arg(long, value_name = "FILE", requires = "smtp_user")]
    pub(super) smtp_password_file: Option<PathBuf>,
    /// The certificate (PEM) that the submission server's must come from, in
    /// place of the system's roots.
    #[arg(long, value_name = "FILE", requires = "smtp")]
    pub(super) smtp_ca: Option<PathBuf>,
    /// The address that sends reports.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_address)]
    pub(super) mail_from: Option<Address>,
    /// A domain to which reports may go; every one where none is given and
    /// nothing is sent.
    #[arg(long = "recipient-domain", value_name = "DOMAIN")]
    pub(super) recipient_domains: Vec<String>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

fn parse_address(text: &str) -> Result<Address, String> {
    address(text).ok_or_else(|| "write an address as reports@contoso.example".to_owned())
}
