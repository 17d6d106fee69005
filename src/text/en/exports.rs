//! Which exports are understood, in English.

use crate::text::catalogue::{Export, ExportGroup};

pub(super) const EXPORTS: &[ExportGroup] = &[
    ExportGroup {
        maker: "Exchange Online",
        exports: &[
            Export {
                name: "Enhanced summary report",
                tells: "Every message with its direction and time. It does not record TLS.",
                steps: &[
                    "In the Exchange admin center, open Mail flow, then Message trace",
                    "Select Start a trace and set Report type to Enhanced summary report",
                    "When the report is ready, get it under Downloadable reports",
                ],
                command: Some("Start-HistoricalSearch -ReportType MessageTrace …"),
            },
            Export {
                name: "Extended report",
                tells: "Every step of every message, with the TLS version of inbound mail and \
                        marks of SMTP AUTH.",
                steps: &[
                    "In the Exchange admin center, open Mail flow, then Message trace",
                    "Select Start a trace and set Report type to Extended report",
                    "When the report is ready, get it under Downloadable reports",
                ],
                command: Some("Start-HistoricalSearch -ReportType MessageTraceDetail …"),
            },
            Export {
                name: "ConnectorReport",
                tells: "Inbound and outbound messages with connector and TLS version.",
                steps: &[
                    "In the Exchange admin center, open Reports, then Mail flow",
                    "Open Inbound messages report or Outbound messages report",
                    "Select Request report; the file arrives under Downloadable reports",
                ],
                command: Some("Start-HistoricalSearch -ReportType ConnectorReport …"),
            },
            Export {
                name: "SmtpCSReport",
                tells: "Messages that devices, applications and people sent with SMTP AUTH, with \
                        TLS version and sign-in method.",
                steps: &[
                    "In the Exchange admin center, open Reports, then Mail flow",
                    "Open SMTP AUTH clients report",
                    "Select Request report; the file arrives under Downloadable reports",
                ],
                command: None,
            },
            Export {
                name: "Messages report",
                tells: "Counts of inbound and outbound messages by day, connector and TLS version.",
                steps: &[
                    "In the Exchange admin center, open Reports, then Mail flow",
                    "Open Inbound messages report or Outbound messages report, and set the dates",
                    "Select Export above the table",
                ],
                command: None,
            },
            Export {
                name: "SMTP AUTH clients",
                tells: "Counts of each sender that used SMTP AUTH, without days.",
                steps: &[
                    "In the Exchange admin center, open Reports, then Mail flow",
                    "Open SMTP AUTH clients report, set the dates and note them: the file does not say them",
                    "Select Export above the table",
                ],
                command: None,
            },
            Export {
                name: "Message trace",
                tells: "Volume and direction of every message. A message trace detail tells the TLS of single messages.",
                steps: &[
                    "In the Exchange admin center, open Mail flow, then Message trace, search and select Export results",
                    "Or take the command: its rows have message ids, those of the portal have none",
                ],
                command: Some("Get-MessageTraceV2 -StartDate … -EndDate … | Export-Csv trace.csv"),
            },
        ],
    },
    ExportGroup {
        maker: "Exchange Server",
        exports: &[
            Export {
                name: "SMTP protocol logs",
                tells: "TLS version and cipher of every session, SMTP AUTH, refused sign-ins, connector and client.",
                steps: &[
                    "Switch them on with the command, and in the same way for send connectors",
                    "Take RECV*.LOG and SEND*.LOG below TransportRoles\\Logs, from FrontEnd\\ProtocolLog and Hub\\ProtocolLog",
                    "Drop the folders of all servers together",
                ],
                command: Some(
                    "Get-ReceiveConnector | Set-ReceiveConnector -ProtocolLoggingLevel Verbose",
                ),
            },
            Export {
                name: "Message tracking log",
                tells: "Direction, connector and submissions. The protocol logs of the same days lend it their TLS.",
                steps: &[
                    "Take MSGTRK*.LOG from TransportRoles\\Logs\\MessageTracking, and drop it together with the protocol logs",
                ],
                command: Some(
                    "Get-MessageTrackingLog -ResultSize Unlimited -Start … -End … | Export-Csv tracking.csv",
                ),
            },
        ],
    },
    ExportGroup {
        maker: "Unix mail servers",
        exports: &[
            Export {
                name: "Postfix",
                tells: "TLS version and cipher in and out, SMTP AUTH, refused sign-ins, the host on the other side.",
                steps: &[
                    "In main.cf, set smtpd_tls_loglevel = 1 and smtp_tls_loglevel = 1, or TLS versions are not written",
                    "Take /var/log/mail.log (Debian) or /var/log/maillog (RHEL), all rotations together, .gz as they are",
                ],
                command: Some("journalctl -u 'postfix*' -o short-iso > mail.log"),
            },
            Export {
                name: "Exim",
                tells: "The same, and the TLS of every delivery.",
                steps: &[
                    "Keep tls_cipher in log_selector, where it is by default",
                    "Take /var/log/exim4/mainlog or /var/log/exim/main.log, all rotations together",
                ],
                command: None,
            },
            Export {
                name: "Sendmail and OpenSMTPD",
                tells: "The same; old versions of Sendmail do not state the TLS version.",
                steps: &[
                    "Take /var/log/maillog, all rotations together",
                    "Sendmail needs LogLevel 9 or more, which is the default",
                ],
                command: None,
            },
        ],
    },
    ExportGroup {
        maker: "Google Workspace",
        exports: &[Export {
            name: "Email Log Search",
            tells: "Volume, direction, and whether mail was encrypted.",
            steps: &[
                "In the Google Admin console, open Reporting, then Email Log Search",
                "Search for the days, then select Download",
            ],
            command: None,
        }],
    },
    ExportGroup {
        maker: "Mail itself, and reports of other senders",
        exports: &[
            Export {
                name: "A mail, its headers, or a mailbox",
                tells: "The path of the mail: the TLS and the delay of each hop.",
                steps: &[
                    "In Outlook, open File, then Properties, and copy the Internet headers",
                    " in Gmail, select Show original",
                    "Paste them anywhere on this page, or drop .eml and .mbox files",
                ],
                command: None,
            },
            Export {
                name: "SMTP TLS reports (TLS-RPT)",
                tells: "How the servers of others reached yours: sessions with TLS, failures and their reasons.",
                steps: &[
                    "Drop the .json or .json.gz, the mail that carries it, or the mailbox in which they are collected",
                ],
                command: None,
            },
        ],
    },
];
