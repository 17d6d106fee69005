//! Which exports are understood, in Korean.

use crate::text::catalogue::{Export, ExportGroup};

pub(super) const EXPORTS: &[ExportGroup] = &[
    ExportGroup {
        maker: "Exchange Online",
        exports: &[
            Export {
                name: "Enhanced summary report(향상된 요약 보고서)",
                tells: "모든 메시지의 방향과 시간. TLS는 기록되지 않습니다.",
                steps: &[
                    "Exchange 관리 센터에서 메일 흐름 > 메시지 추적을 엽니다",
                    "추적 시작을 누르고 보고서 유형을 향상된 요약 보고서로 선택합니다",
                    "보고서가 준비되면 다운로드 가능한 보고서에서 받습니다",
                ],
                command: Some("Start-HistoricalSearch -ReportType MessageTrace …"),
            },
            Export {
                name: "Extended report(확장 보고서)",
                tells: "메시지별 모든 처리 단계. 인바운드 메일의 TLS 버전과 SMTP AUTH 흔적이 \
                        들어 있습니다.",
                steps: &[
                    "Exchange 관리 센터에서 메일 흐름 > 메시지 추적을 엽니다",
                    "추적 시작을 누르고 보고서 유형을 확장 보고서로 선택합니다",
                    "보고서가 준비되면 다운로드 가능한 보고서에서 받습니다",
                ],
                command: Some("Start-HistoricalSearch -ReportType MessageTraceDetail …"),
            },
            Export {
                name: "ConnectorReport(커넥터 보고서)",
                tells: "인바운드 및 아웃바운드 메시지와 커넥터, TLS 버전.",
                steps: &[
                    "Exchange 관리 센터에서 보고서 > 메일 흐름을 엽니다",
                    "인바운드 메시지 보고서 또는 아웃바운드 메시지 보고서를 엽니다",
                    "보고서 요청을 누르면 다운로드 가능한 보고서에 파일이 생깁니다",
                ],
                command: Some("Start-HistoricalSearch -ReportType ConnectorReport …"),
            },
            Export {
                name: "SmtpCSReport(SMTP AUTH 클라이언트 보고서)",
                tells: "장치, 응용 프로그램, 사용자가 SMTP AUTH로 보낸 메시지와 TLS 버전, 인증 방식.",
                steps: &[
                    "Exchange 관리 센터에서 보고서 > 메일 흐름을 엽니다",
                    "SMTP AUTH 클라이언트 보고서를 엽니다",
                    "보고서 요청을 누르면 다운로드 가능한 보고서에 파일이 생깁니다",
                ],
                command: None,
            },
            Export {
                name: "메시지 보고서",
                tells: "날짜, 커넥터, TLS 버전별 인바운드 및 아웃바운드 메시지 집계.",
                steps: &[
                    "Exchange 관리 센터에서 보고서 > 메일 흐름을 엽니다",
                    "인바운드 메시지 보고서 또는 아웃바운드 메시지 보고서를 열고 날짜를 지정합니다",
                    "표 위의 내보내기를 누릅니다",
                ],
                command: None,
            },
            Export {
                name: "SMTP AUTH 클라이언트 보고서 내보내기",
                tells: "SMTP AUTH를 사용한 보낸 사람별 집계. 날짜는 없습니다.",
                steps: &[
                    "Exchange 관리 센터에서 보고서 > 메일 흐름을 엽니다",
                    "SMTP AUTH 클라이언트 보고서를 열고 날짜를 지정한 뒤 적어 둡니다. 파일에는 날짜가 없습니다",
                    "표 위의 내보내기를 누릅니다",
                ],
                command: None,
            },
            Export {
                name: "메시지 추적",
                tells: "모든 메시지의 수와 방향. 메시지 추적 세부 정보에는 개별 메시지의 TLS가 있습니다.",
                steps: &[
                    "Exchange 관리 센터에서 메일 흐름 > 메시지 추적을 열고 검색한 뒤 결과 내보내기를 누릅니다",
                    "또는 아래 명령을 사용합니다. 포털에서 내보낸 파일에는 없는 메시지 ID가 들어 있습니다",
                ],
                command: Some("Get-MessageTraceV2 -StartDate … -EndDate … | Export-Csv trace.csv"),
            },
        ],
    },
    ExportGroup {
        maker: "Exchange Server",
        exports: &[
            Export {
                name: "SMTP 프로토콜 로그",
                tells: "모든 세션의 TLS 버전과 암호, SMTP AUTH, 거부된 로그인, 커넥터와 클라이언트.",
                steps: &[
                    "아래 명령으로 로깅을 켭니다. 송신 커넥터도 같은 방법으로 켭니다",
                    "TransportRoles\\Logs 아래 FrontEnd\\ProtocolLog와 Hub\\ProtocolLog에서 RECV*.LOG, SEND*.LOG를 가져옵니다",
                    "모든 서버의 폴더를 함께 놓습니다",
                ],
                command: Some(
                    "Get-ReceiveConnector | Set-ReceiveConnector -ProtocolLoggingLevel Verbose",
                ),
            },
            Export {
                name: "메시지 추적 로그",
                tells: "방향, 커넥터, 제출된 메일. TLS는 같은 날의 프로토콜 로그에서 가져옵니다.",
                steps: &[
                    "TransportRoles\\Logs\\MessageTracking에서 MSGTRK*.LOG를 가져와 프로토콜 로그와 함께 놓습니다",
                ],
                command: Some(
                    "Get-MessageTrackingLog -ResultSize Unlimited -Start … -End … | Export-Csv tracking.csv",
                ),
            },
        ],
    },
    ExportGroup {
        maker: "Unix 메일 서버",
        exports: &[
            Export {
                name: "Postfix",
                tells: "인바운드와 아웃바운드의 TLS 버전과 암호, SMTP AUTH, 거부된 로그인, 상대 호스트.",
                steps: &[
                    "main.cf에 smtpd_tls_loglevel = 1, smtp_tls_loglevel = 1을 설정합니다. 설정하지 않으면 TLS 버전이 기록되지 않습니다",
                    "/var/log/mail.log(Debian) 또는 /var/log/maillog(RHEL)를 회전된 파일까지 함께 가져옵니다. .gz도 그대로 놓습니다",
                ],
                command: Some("journalctl -u 'postfix*' -o short-iso > mail.log"),
            },
            Export {
                name: "Exim",
                tells: "위와 같으며, 모든 배달의 TLS가 있습니다.",
                steps: &[
                    "log_selector에 tls_cipher를 유지합니다(기본값)",
                    "/var/log/exim4/mainlog 또는 /var/log/exim/main.log를 회전된 파일까지 함께 가져옵니다",
                ],
                command: None,
            },
            Export {
                name: "Sendmail 및 OpenSMTPD",
                tells: "위와 같습니다. 오래된 Sendmail은 TLS 버전을 밝히지 않습니다.",
                steps: &[
                    "/var/log/maillog를 회전된 파일까지 함께 가져옵니다",
                    "Sendmail은 LogLevel이 9(기본값) 이상이어야 합니다",
                ],
                command: None,
            },
        ],
    },
    ExportGroup {
        maker: "Google Workspace",
        exports: &[Export {
            name: "이메일 로그 검색",
            tells: "메시지 수, 방향, 암호화 여부.",
            steps: &[
                "Google 관리 콘솔에서 보고 > 이메일 로그 검색을 엽니다",
                "날짜를 검색한 뒤 다운로드를 누릅니다",
            ],
            command: None,
        }],
    },
    ExportGroup {
        maker: "메일 자체와 다른 조직의 보고서",
        exports: &[
            Export {
                name: "메일, 메일 헤더, 사서함 파일",
                tells: "메일이 지나온 경로. 구간별 TLS와 지연 시간.",
                steps: &[
                    "Outlook에서는 파일 > 속성의 인터넷 헤더를 복사하고, Gmail에서는 원본 보기를 누릅니다",
                    "이 페이지 아무 곳에나 붙여 넣거나 .eml, .mbox 파일을 놓습니다",
                ],
                command: None,
            },
            Export {
                name: "SMTP TLS 보고서(TLS-RPT)",
                tells: "다른 조직의 서버가 우리 서버에 접속한 결과. TLS 세션 수, 실패 수와 그 이유.",
                steps: &[
                    ".json, .json.gz, 보고서가 첨부된 메일, 또는 보고서를 모아 둔 사서함 파일을 놓습니다",
                ],
                command: None,
            },
        ],
    },
];
