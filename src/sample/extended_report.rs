//! The Extended report: many rows for each message, in no order.

use super::csv::Row;
use super::message::{Leg, Message};
use super::organization::Connector;
use super::random::Random;
use super::truth::{Account, Tell};
use super::words::{Guid, Time, windows_word};
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};

pub(super) const HEADER: &str = "date_time_utc,client_ip,client_hostname,server_ip,\
    server_hostname,source_context,connector_id,source,event_id,internal_message_id,message_id,\
    network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,\
    related_recipient_address,reference,message_subject,sender_address,return_path,message_info,\
    directionality,tenant_id,original_client_ip,original_server_ip,custom_data\r\n";

const TENANT: &str = "00000000-0000-4000-8000-00000c047050";
const SERVER: &str = "SE1P000MB0001.prod.contoso.example";
const WITHIN: &str = "Intra-Organization SMTP Send Connector";

/// Not the TLS of the connection at hand, though it looks like it.
const DECOYS: &str = ";S:InboundTlsDetails=SP_PROT_TLS1_0_SERVER CALG_AES_128\
    ;S:Microsoft.Exchange.Transport.MailRecipient.RequiredTlsAuthLevel=DomainValidation\
    ;S:Microsoft.Exchange.Transport.MailRecipient.EffectiveTlsAuthLevel=EncryptionOnly";

/// What the Extended report holds of one message.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) rows: Vec<Vec<u8>>,
    pub(super) tells: Vec<Tell>,
    /// Rows of shadow copies, which carry no mail.
    pub(super) shadow_copies: u32,
}

/// The fields in which the rows of one message differ.
#[derive(Default)]
struct Event<'a> {
    seconds: u32,
    source: &'static str,
    id: &'static str,
    client_ip: &'a str,
    connector: &'a str,
    recipient: &'a str,
    status: &'a str,
    related: &'a str,
    info: &'a str,
    custom: &'a str,
}

struct Writer<'a> {
    message: &'a Message,
    random: Random,
    originating: bool,
    trace: Trace,
}

/// Tells the life of `message` in rows.
pub(super) fn trace(message: &Message) -> Trace {
    let on_premises = message.inbound.as_ref().is_some_and(is_on_premises);
    let mut writer = Writer {
        message,
        random: Random::new(message.noise),
        // Mail of the organization's own servers is often called originating.
        originating: message.inbound.is_none() || on_premises && message.noise.is_multiple_of(3),
        trace: Trace::default(),
    };
    match &message.inbound {
        Some(leg) => writer.receive(leg),
        None => writer.submit(),
    }
    writer.transport();
    if message.failed {
        writer.fail();
    } else {
        writer.deliver();
        for leg in &message.outbound {
            writer.send(leg);
        }
    }
    writer.trace
}

fn is_on_premises(leg: &Leg) -> bool {
    leg.route
        .connector
        .as_ref()
        .is_some_and(|connector| connector.kind == ConnectorType::OnPremises)
}

/// Where a message that crosses the border as `leg` comes from or goes to.
fn entity(leg: &Leg) -> &'static str {
    if is_on_premises(leg) { "HybridOnPrem" } else { "Internet" }
}

impl Writer<'_> {
    fn row(&mut self, event: &Event<'_>) {
        let message = self.message;
        let fraction = self.random.below(10_000_000);
        let smtp = event.source == "SMTP";
        let internal_id = self.random.next() >> 20;
        let mut row = Row::new();
        row.plain(format_args!("{}.{fraction:07}Z", Time(event.seconds, 'T')))
            .plain(event.client_ip)
            .plain(if smtp { "mail.client.example" } else { "" })
            .plain(if smtp { "2001:db8:1::20" } else { "" })
            .plain(SERVER)
            .plain(format_args!("08DE{:08X};{}.000Z", fraction, Time(event.seconds, 'T')))
            .field(event.connector)
            .plain(event.source)
            .plain(event.id)
            .plain(internal_id)
            .plain(format_args!("<{}>", message.id))
            .plain(Guid(message.network))
            .field(event.recipient)
            .field(event.status)
            .plain(4096 + message.noise % 90_000)
            .plain(message.hosted.len() + message.outbound.len())
            .field(event.related)
            .plain("")
            .field(message.subject)
            .field(&message.sender)
            .field(&message.sender)
            .field(event.info)
            .plain(if self.originating { "Originating" } else { "Incoming" })
            .plain(TENANT)
            .plain(message.login.as_ref().map_or(event.client_ip, |login| login.client.ip))
            .plain("2001:db8:1::21")
            .field(event.custom);
        self.trace.rows.push(row.finish());
    }

    /// Comes in from elsewhere.
    fn receive(&mut self, leg: &Leg) {
        let mut tls = TlsState::NotRecorded;
        let mut custom = "S:ProxyHop1=SE1P000FT001.contoso.example(192.0.2.1)".to_owned();
        if leg.traced_tls {
            tls = leg.tls;
            custom += ";S:tlsversion=";
            custom += windows_word(tls, self.random.chance(40));
            custom += "_SERVER;S:tlscipher=CALG_AES_256";
        }
        if self.random.chance(30) {
            custom += DECOYS;
        }
        custom += ";S:FromEntity=";
        custom += entity(leg);
        let ip = format!("203.0.113.{}", 1 + self.random.below(254));
        let mut event = Event {
            seconds: leg.seconds,
            source: "SMTP",
            id: "RECEIVE",
            client_ip: &ip,
            connector: "SE1P000FT001\\Default SE1P000FT001",
            recipient: &self.message.hosted.join(";"),
            info: "00A: ",
            custom: &custom,
            ..Event::default()
        };
        let Some(connector) = &leg.route.connector else {
            self.row(&event);
            self.crossing(Direction::Inbound, leg, None, tls);
            return;
        };
        // The front end does not know the connector yet: a named one replaces
        // none when the rows of a message are joined.
        if !self.originating && self.random.chance(20) {
            event.custom = "S:FromEntity=Internet";
            self.row(&event);
            self.crossing(Direction::Inbound, leg, None, TlsState::NotRecorded);
        }
        let named = format!("{custom}{}", connector_data("S:InboundConnectorData", connector));
        event.custom = &named;
        self.row(&event);
        self.crossing(Direction::Inbound, leg, Some(connector), tls);
    }

    /// Handed in by a mailbox, a device or a program.
    fn submit(&mut self) {
        let message = self.message;
        let login = message.login.as_ref();
        // Modern authentication leaves the mark of any mailbox here.
        let login = login.filter(|login| !login.modern);
        let info = match login {
            None => "04I: ",
            Some(login) if login.tls == TlsState::NoTls => "07I: ",
            Some(_) => "06I: ",
        };
        let ip = message.login.as_ref().map_or("192.0.2.77", |login| login.client.ip);
        let source = if login.is_some() && self.random.chance(50) { "SMTP" } else { "STOREDRIVER" };
        self.row(&Event {
            seconds: message.seconds,
            source,
            id: "RECEIVE",
            client_ip: ip,
            recipient: &message.hosted.join(";"),
            info,
            custom: "S:IncludeInSla=True;S:FromEntity=Hosted;S:MapiMessageClass=IPM.Note",
            ..Event::default()
        });
        if let Some(login) = login {
            let no_tls = login.tls == TlsState::NoTls;
            self.trace.tells.push(Tell {
                tls: if no_tls { TlsState::NoTls } else { TlsState::VersionNotStated },
                account: Some(Account {
                    address: login.client.sends_as,
                    method: AuthMethod::Basic,
                    stated: false,
                }),
                ..Tell::new(Direction::Submission, message.seconds)
            });
        }
        self.row(&Event {
            seconds: message.seconds,
            source: "STOREDRIVER",
            id: "SUBMIT",
            custom: "S:MailboxDatabaseGuid=00000000-0000-4000-8000-00000000d1d1;S:ItemEntryId=00-00",
            ..Event::default()
        });
        // A hop between servers of the service: received by SMTP with TLS, yet
        // neither incoming nor over a connector of the organization.
        if self.random.chance(30) {
            self.row(&Event {
                seconds: message.seconds,
                source: "SMTP",
                id: "RECEIVE",
                client_ip: "2001:db8:1::30",
                connector: "SE1P000MB0001\\Default SE1P000MB0001",
                info: "0cA: ",
                custom: "S:tlsversion=SP_PROT_TLS1_2_SERVER;S:tlscipher=CALG_AES_256",
                ..Event::default()
            });
        }
    }

    /// What the service does to every message.
    fn transport(&mut self) {
        let message = self.message;
        let seconds = message.seconds;
        let routing =
            |id, custom| Event { seconds, source: "ROUTING", id, custom, ..Event::default() };
        self.row(&Event {
            source: "AGENT",
            ..routing(
                "AGENTINFO",
                "S:AMA=SUM|v=0|action=|error=|atch=0;S:SFA=SUM|SFV=NSPM|SCL=1|DIR=INB;\
                 S:CompCost=|ETR=0;'S:TRA=ETR|ruleId=1|st=sample;rule'",
            )
        });
        for mailbox in &message.hosted {
            self.row(&Event {
                recipient: mailbox,
                status: "UserMailbox.Forwardable.Resolver.CreateRecipientItems.40",
                ..routing("RESOLVE", "")
            });
        }
        if message.hosted.contains(&"all-staff@contoso.example") {
            self.row(&Event {
                recipient: "blake@contoso.example;casey@sales.contoso.example",
                related: "all-staff@contoso.example",
                ..routing("EXPAND", "S:Expanded=2")
            });
        }
        if message.outbound.len() > 1 {
            self.row(&routing("TRANSFER", "S:Reason=Resolver bifurcation"));
        }
        if !message.failed && self.random.chance(4) {
            let id = if self.random.chance(50) { "HARECEIVE" } else { "HAREDIRECT" };
            self.row(&Event { source: "SMTP", ..routing(id, "S:ShadowServer=SE1P000MB0002") });
            self.trace.shadow_copies += 1;
        }
        if self.random.chance(5) || message.failed && self.random.chance(50) {
            self.row(&routing("DEFER", "S:DeferReason=[{LED=451 4.4.0 sample; retrying}]"));
        }
    }

    fn fail(&mut self) {
        let recipient = self.message.hosted.join(";");
        // Nothing here may say that the mail stayed within the organization.
        self.row(&Event {
            seconds: self.message.delivered,
            source: "ROUTING",
            id: "FAIL",
            recipient: &recipient,
            status: "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found",
            custom: "S:FailReason=sample",
            ..Event::default()
        });
    }

    /// Into the mailboxes of the organization.
    fn deliver(&mut self) {
        let message = self.message;
        if message.hosted.is_empty() {
            return;
        }
        let from = message.inbound.as_ref().map_or("Hosted", entity);
        let custom = format!(
            "S:IncludeInSla=True;S:FromEntity={from};S:ToEntity=Hosted;S:DeliveryPriority=Normal"
        );
        self.row(&Event {
            seconds: message.delivered,
            source: "SMTP",
            id: "SEND",
            client_ip: "2001:db8:1::31",
            connector: WITHIN,
            recipient: &message.hosted.join(";"),
            status: "250 2.1.5 Recipient OK",
            custom: &format!("{custom}{DECOYS};S:tlsversion=SP_PROT_TLS1_2_CLIENT"),
            ..Event::default()
        });
        for mailbox in &message.hosted {
            let info = format!("{}.395Z;SRV={SERVER}:TOTAL-DEL=0.501|SA=0.021", {
                Time(message.delivered, 'T')
            });
            self.row(&Event {
                seconds: message.delivered,
                source: "STOREDRIVER",
                id: "DELIVER",
                recipient: mailbox,
                info: &info,
                custom: &custom,
                ..Event::default()
            });
        }
        if message.inbound.is_none() {
            self.trace.tells.push(Tell::new(Direction::Internal, message.seconds));
        }
    }

    /// Out to elsewhere.
    fn send(&mut self, leg: &Leg) {
        let mut tls = TlsState::NotRecorded;
        let connector = leg.route.connector.as_ref();
        let from = self.message.inbound.as_ref().map_or("Hosted", entity);
        let mut custom = format!("S:FromEntity={from};S:ToEntity={}", entity(leg));
        if leg.traced_tls {
            tls = leg.tls;
            custom += ";S:tlsversion=";
            custom += windows_word(tls, self.random.chance(40));
            custom += "_CLIENT";
        }
        custom += DECOYS;
        if let Some(connector) = connector {
            custom += &connector_data(
                "S:Microsoft.Exchange.Hygiene.TenantOutboundConnectorCustomData",
                connector,
            );
        }
        let id = if is_on_premises(leg) { "SEND" } else { "SENDEXTERNAL" };
        self.row(&Event {
            seconds: leg.seconds,
            source: "SMTP",
            id,
            client_ip: "2001:db8:1::40",
            connector: connector.map_or("To_DefaultOpportunisticTLS", |connector| connector.name),
            recipient: &leg.remote,
            status: "250 2.0.0 OK; queued as sample",
            custom: &custom,
            ..Event::default()
        });
        self.crossing(Direction::Outbound, leg, connector, tls);
    }

    fn crossing(
        &mut self,
        direction: Direction,
        leg: &Leg,
        connector: Option<&Connector>,
        tls: TlsState,
    ) {
        self.trace.tells.push(Tell {
            connector: connector.map(|connector| connector.name),
            connector_type: match connector {
                None => ConnectorType::NoConnector,
                Some(connector) if connector.kind_traced => connector.kind,
                Some(_) => ConnectorType::Unknown,
            },
            tls,
            ..Tell::new(direction, leg.seconds)
        });
    }
}

/// A value that holds `;` stands in single quotes.
fn connector_data(key: &str, connector: &Connector) -> String {
    let name = connector.name;
    if connector.kind_traced {
        let kind = connector.kind.code();
        format!(";'{key}=Name={name};ConnectorType={kind};TenantId={TENANT}'")
    } else {
        format!(";'{key}=Name={name};TenantId={TENANT}'")
    }
}
