//! Korean. The wording of labels is that of section 5 of the feature list.

mod audit;
mod exports;
mod filters;
mod keys;
mod offline;
mod particles;
mod saving;
#[cfg(feature = "program")]
mod serve;
mod standing_out;

use particles::{by, was};

use super::catalogue::{
    Catalogue, Chart, Counting, Dialogs, Endpoint, Files, Flow, Flyout, MailPath, Mapping,
    Organizations, Paste, Privacy, Reading, Report, Settings, Shell, Smtp, Start, Tls, TlsReports,
    Trouble, Words,
};
use super::{Advice, Peers, ReadinessTexts, Sent, Trend, grouped, took};
use crate::account::{
    DocumentFault, Field, FileKind, Gap, Inference, MappingFault, NoMail, Problem, SavedFault,
    Unreadable, Warning,
};
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};
use crate::report::{
    Amount, InsightKind, Policy, PolicyEvent, PolicyTime, ROUNDED, Severity, ThingKind, TlsCounts,
};

/// The Korean texts.
pub(super) static TEXTS: Catalogue = Catalogue {
    tag: "ko",
    locale: "ko",
    name: "한국어",
    group: GROUP,
    point: POINT,
    shell: Shell {
        views: "화면",
        dashboard: "대시보드",
        title: "mailflow",
        language: "언어",
        drop_to_read: "놓으면 이 파일을 읽습니다",
        fictitious: "가상의 샘플 데이터",
        partly_fictitious: "가상의 샘플 데이터 포함",
        dismiss: "닫기",
        back: "뒤로",
        loading: "불러오는 중…",
    },
    start: Start {
        what_this_is: "가지고 있는 메일 추적 파일과 로그를 끌어다 놓으면, 메일이 전송 중에 TLS로 \
                       얼마나 보호되었는지 보여 줍니다.",
        drop_here: "이 페이지 아무 곳에나 파일이나 폴더를 끌어다 놓으십시오",
        drop_kinds: "CSV 내보내기 파일, 메일 서버 로그, 메일, 저장한 분석(.zip, .gz도 가능), 개수 제한 없음. 메일 헤더를 붙여 넣어도 됩니다",
        pasted: "붙여 넣은 텍스트",
        browse: "찾아보기",
        browse_folder: "폴더 찾아보기",
        try_sample: "샘플 데이터로 체험하기",
        sample_note: "실제로 존재하지 않는 조직의 90일 데이터",
        exports_title: "읽을 수 있는 내보내기 파일",
        exports_intro: "파일은 이름이 아니라 내용으로 인식합니다. 여러 파일을 한꺼번에 놓아도 됩니다. \
                        여러 파일에 나오는 메시지는 한 번만 셉니다.",
        exports: exports::EXPORTS,
        command: "명령:",
        add_files: "파일 추가",
        dashboard_title: "메일 흐름 대시보드",
        start_over: "처음부터 다시",
    },
    privacy: Privacy {
        title: "데이터 처리 방식",
        promise: "어떤 데이터도 이 컴퓨터 밖으로 나가지 않습니다. 파일은 이 브라우저 안에서 읽고 계산하며, \
                  기억하도록 하지 않는 한 페이지를 닫으면 사라집니다.",
        how: "이 페이지에는 콘텐츠 보안 정책이 들어 있어, 페이지와 파일을 읽는 웹 워커가 다른 \
              주소로 요청을 보내려 하면 브라우저가 막습니다. 직접 확인할 수 있습니다. 네트워크를 끊고 파일을 \
              놓아 보거나, 개발자 도구의 네트워크 탭을 지켜보십시오.",
        limits: "정책으로 막을 수 없는 것은 사용자가 다른 사이트로 가는 링크를 누르는 일, 사용자가 설치한 \
                 확장 프로그램, 그리고 요청 없이 미리 여는 연결(preconnect)입니다. 이 페이지는 그런 연결을 \
                 열지 않습니다. 이 페이지의 링크는 Microsoft 문서를 열 뿐이며 데이터를 전달하지 \
                 않습니다.",
        endpoint: "이 페이지는 엔드포인트에서 데이터를 읽습니다. 두 주소만 열려 있습니다. 하나는 새로 고칠 때 다시 \
                   읽는 데이터의 주소이고, 다른 하나는 직접 보내는 보고서 요청의 주소로 입력한 내용만 보냅니다.",
        show_policy: "이 페이지의 정책 보기",
        no_policy: "이 페이지에는 정책이 없습니다. 정상적인 방법으로 빌드되지 않았습니다.",
    },
    reading: Reading {
        title: "읽는 중",
        listing: "폴더 목록을 확인하는 중…",
        starting: "읽기를 준비하는 중…",
        cancel: "취소",
        cancelling: "취소하는 중…",
        bytes_of: |read, total| format!("{total} 중 {read}"),
        rows: |n| format!("{}행", number(n)),
        rows_a_second: |n| format!("초당 {n}행"),
        seconds_left: |n| match n {
            0..=1 => "약 1초 남음".to_owned(),
            2..=90 => format!("약 {n}초 남음"),
            _ => format!("약 {}분 남음", n.div_ceil(60)),
        },
        waiting: |n| format!("파일 {}개 대기 중", number(n)),
        started: |n| format!("파일 {}개를 읽습니다", number(n)),
        started_sample: "샘플 데이터를 읽습니다",
        done: |files, rows, messages| {
            format!(
                "완료: 파일 {}개, {}행, 메시지 {}개",
                number(files),
                number(rows),
                number(messages)
            )
        },
        not_read: |n| format!("파일 {}개를 읽지 못했습니다. 파일 목록을 확인하십시오", number(n)),
        cancelled: "취소했습니다. 지금까지 읽은 내용을 표시합니다",
        nothing_found: "놓은 항목에 파일이 없습니다",
        reader_died: |file| {
            format!(
                "파일을 읽는 도중 작업이 중단되었습니다: {file}. 이 파일을 제외하고 나머지를 다시 \
                 읽습니다."
            )
        },
        reader_starved: |file| {
            format!(
                "{file} 파일을 읽는 도중 메모리가 부족해졌습니다. 이 파일은 제외하고 나머지를 다시 읽습니다."
            )
        },
        reader_restarted: "읽기 작업이 중단되었습니다. 파일을 다시 읽습니다.",
        reader_restarted_again: "이 보기를 집계하는 도중 읽기 작업이 다시 중단되었습니다. 파일을 다시 읽습니다. 그런 다음 기간을 \
                                 줄이거나 다른 보기를 선택하십시오.",
        cannot_start: "읽기 작업을 시작할 수 없습니다. 페이지를 새로 고치고, 그래도 안 되면 최신 버전의 \
                       Edge, Chrome, Firefox, Safari에서 열어 보십시오.",
    },
    endpoint: Endpoint {
        connect: "연결",
        title: "엔드포인트에 연결",
        address: "데이터 주소",
        explanation: "이 페이지를 제공한 호스트의 경로입니다(예: /api/mail.json). 페이지를 새로 불러와 그 주소에 \
                      요청하며, 다른 모든 주소와의 연결은 끊습니다. 지금까지 놓은 파일은 사라집니다.",
        one_file: "단일 파일로 된 이 페이지는 어디에도 연결할 수 없습니다. 엔드포인트에서 읽으려면 데이터가 있는 \
                   호스트에 index.html과 함께 있는 파일들을 올리고 그곳에서 페이지를 여십시오.",
        cancel: "취소",
        asking: "데이터를 요청하는 중…",
        trouble,
        page: |page, bytes| format!("{page}페이지, 지금까지 {bytes}"),
        waiting: |seconds| format!("{seconds}초 후 다시 요청합니다"),
        refresh: "새로 고침",
        read_at: |time| format!("{time}에 읽음"),
        nothing_new: "새로운 데이터가 없습니다. 호스트의 데이터가 이전과 같습니다.",
        not_renewed: |why| format!("새 데이터를 읽지 못해 이전 수치를 그대로 표시합니다. {why}"),
        token_title: "데이터에 필요한 토큰",
        token_why: |address| {
            format!(
                "{address}에서 데이터를 받으려면 전달자(bearer) 토큰이 필요합니다. 토큰은 그 주소로만 보내며, 이 \
                 페이지를 닫으면 사라집니다."
            )
        },
        token_wrong: "호스트가 이 토큰을 받아들이지 않았습니다.",
        token_not_one: "올바른 토큰이 아닙니다. 토큰에는 영문자, 숫자, 기호만 쓸 수 있고 공백은 쓸 수 없습니다.",
        token: "토큰",
        token_send: "토큰 사용",
        sending: "요청을 보내는 중…",
        request_mailed: "보고서를 받는 사람에게 보냈습니다.",
        request_written: "보고서를 호스트의 보낼 편지함에 저장했습니다.",
        host_says: |words| format!("호스트의 응답: ‘{words}’"),
    },
    tls: Tls {
        none: "TLS 없음",
        v1_0: "TLS 1.0",
        v1_1: "TLS 1.1",
        v1_2: "TLS 1.2",
        v1_3: "TLS 1.3",
        other: "기타 TLS",
        not_stated: "TLS, 버전 명시되지 않음",
        other_explained: "TLS 1.0보다 오래되었거나 버전이 명시되지 않음",
        not_recorded: "기록되지 않음",
        not_recorded_explained: "TLS 사용 여부가 파일에 없음",
        most_secure: "(가장 안전)",
        call_out: |name, share| format!("{name}: {share}"),
        of_recorded: |n| format!("기록된 {}개 중", number(n)),
        percentages_of: |n| format!("백분율은 기록된 {}개 기준", number(n)),
        messages: |n| format!("메시지 {}개", number(n)),
        rounded: "\u{2248}: 내보내기 파일에 반올림된 백분율만 있어 그 값으로 계산한 개수입니다",
    },
    flow: Flow {
        title: "아웃바운드 및 인바운드 메일 흐름",
        outbound: "아웃바운드",
        inbound: "인바운드",
        outbound_number: "아웃바운드:",
        inbound_number: "인바운드:",
        view_details: "세부 정보 보기",
        sentence: |outbound, counts| {
            let verb = if outbound { "보냈" } else { "받았" };
            let volume = counts.volume();
            if volume == 0 {
                let verb = if outbound { "보낸" } else { "받은" };
                return format!("지난 한 주 동안 {verb} 메시지가 없습니다.");
            }
            format!(
                "지난 한 주 동안 메시지 {}개를 {verb}{}",
                number(volume),
                protected_part(counts)
            )
        },
        period: days_until,
        than_before: |days, messages, points| {
            let period = match days {
                1 => "전날".to_owned(),
                days => format!("이전 {days}일"),
            };
            match points {
                Some(points) => format!("{period} 대비: 메시지 {messages}개, {points}%p"),
                None => format!("{period} 대비: 메시지 {messages}개"),
            }
        },
        covered: |covered, days| format!("이 {days}일 중 {covered}일의 데이터만 있습니다"),
        covered_by: |aggregates, messages| {
            format!(
                "같은 날짜에 대해 집계 내보내기 파일에는 메시지 {}개, 다른 파일에는 {}개가 있습니다. \
                 다른 파일의 메시지만 셉니다.",
                number(aggregates),
                number(messages)
            )
        },
        not_included: |days| {
            format!(
                "{days} 전체의 집계는 포함하지 않았습니다. 그중 어느 메시지가 이 기간의 \
                 것인지 알 수 없습니다."
            )
        },
        undated: |n| {
            format!("메시지 {}개는 날짜를 알 수 없어 일별 차트에 나타나지 않습니다.", number(n))
        },
        empty: "이 파일에는 인바운드나 아웃바운드 메일이 없습니다",
        empty_help: "메일의 방향과 TLS 버전은 확장 보고서(Extended report)나 ConnectorReport에 들어 \
                     있습니다.",
        donut_label: |direction, parts| format!("{direction}, TLS별 메시지: {parts}"),
    },
    smtp: Smtp {
        title: "SMTP AUTH 클라이언트",
        senders: |n| format!("보낸 사람 {}명", number(n)),
        senders_label: "사용자 및 서비스 계정",
        messages_label: "메시지:",
        sentence: |senders, counts| {
            if senders == 0 {
                return "지난 한 주 동안 SMTP AUTH로 보낸 사용자가 없습니다.".to_owned();
            }
            format!(
                "지난 한 주 동안 사용자 및 서비스 계정 {}개가 SMTP AUTH로 메시지 {}개를 보냈{}",
                number(senders),
                number(counts.volume()),
                protected_part(counts)
            )
        },
        refused: |n| format!("로그인 시도 {}건이 거부되었습니다.", number(n)),
        empty: "이 파일에는 SMTP AUTH로 보낸 메일이 없습니다",
        empty_help: "SmtpCSReport에는 SMTP AUTH로 보낸 모든 메시지가 들어 있습니다. 확장 \
                     보고서(Extended report)에는 그중 일부가 보입니다.",
        explanation: "SMTP AUTH는 프린터, 응용 프로그램, 오래된 메일 프로그램이 로그인하여 메일을 보내는 \
                      방식입니다. 암호만으로 로그인하는 경우가 많아 암호를 훔친 사람이 자주 악용합니다. \
                      예상하지 못한 계정과 아직 오래된 TLS 버전을 쓰는 장치를 찾아보십시오.",
        usage: "TLS 사용 현황",
        report_link: "SMTP AUTH 클라이언트 보고서",
    },
    flyout: Flyout {
        title: "전송 중 보호된 메시지(TLS)",
        explanation: "메일 서버는 기회적(opportunistic) TLS를 사용합니다. 양쪽이 모두 제공할 때 연결을 \
                      암호화하고, 둘 다 아는 가장 최신 버전을 씁니다. 다른 조직의 서버를 업그레이드할 수는 \
                      없지만, 커넥터를 사용하면 Microsoft 365와 자체 서버 또는 파트너 서버 사이에 TLS를 \
                      필수로 지정할 수 있습니다. 아직 TLS 1.0이나 1.1을 쓰거나 TLS를 쓰지 않는 서버를 \
                      업그레이드하십시오.",
        outbound_is: "조직에서 인터넷 또는 온-프레미스 서버로 나가는 메일입니다.",
        inbound_is: "인터넷 또는 온-프레미스 서버에서 조직으로 들어오는 메일입니다.",
        state: "TLS 버전",
        count: "메시지",
        volume: "전체 메시지",
        none: "이 기간에는 메시지가 없습니다",
        connector_report: "커넥터 보고서",
        help: "자세한 정보",
        help_connectors: "커넥터를 사용하여 메일 흐름 구성",
        help_tls: "Exchange Online에서 TLS를 사용하여 전자 메일 연결을 보호하는 방법",
        help_encryption: "암호화에 대한 기술 참조 세부 정보",
        new_window: "새 탭에서 열림",
    },
    chart: Chart {
        caption: "하루 메시지 수입니다. 날짜는 UTC입니다.",
        plot: |label, days| {
            format!("{label}: 하루 메시지 수, {days}. 화살표 키로 날짜를 이동합니다.")
        },
        day: |day, numbers| format!("{day}. {numbers}"),
        legend: "차트에 표시",
        total: "합계",
        other: |n| format!("기타 {}개", number(n.into())),
        unnamed: "(이름 없음)",
        no_data: "데이터 없음",
        table: "표로 보기",
    },
    report: Report {
        connector_title: "커넥터 보고서",
        date: "날짜",
        connector: "커넥터 방향 및 이름",
        connector_type: "커넥터 유형",
        forced_tls: "TLS 강제 여부",
        yes: "예",
        no: "아니요",
        volume: "볼륨",
        smtp_title: "SMTP AUTH 클라이언트 보고서",
        sender: "보낸 사람 주소",
        domain: "도메인",
        methods: "인증 프로토콜",
        v1_0: "TLS1.0%",
        v1_1: "TLS1.1%",
        v1_2: "TLS1.2%",
        v1_3: "TLS1.3%",
        message_count: "메시지 수",
        shares_note: "백분율은 TLS가 기록된 메시지 기준이며, 볼륨은 모든 메시지를 포함합니다. 날짜는 \
                      UTC입니다.",
        view_by: "데이터 보기 기준",
        show_for: "데이터 표시 대상",
        mail_flow: "메일 흐름",
        sending_volume: "전송량",
        tls_usage: "TLS 사용 현황",
        all_flow: "모든 메일 흐름",
        all_domains: "모든 보낸 사람 도메인",
        no_domain: "(도메인 없음)",
        no_address: "(주소 없음)",
        filters: "필터",
        period: "기간",
        all_data: "전체 데이터",
        own_dates: "직접 지정",
        start_date: "시작 날짜",
        end_date: "종료 날짜",
        ends_first: "종료 날짜가 시작 날짜보다 앞섭니다.",
        details_table: "세부 정보 표 보기",
        view_report: "보고서 보기",
        export: "내보내기",
        search: "검색",
        total: "합계",
        compared: "이전 기간과 비교",
        nothing_before: "파일에 이전 기간의 데이터가 없습니다.",
        change: "변화",
        rounded: "반올림",
        now: "이번 기간",
        before: "이전 기간",
        insights: "인사이트",
        no_insights: "이 기준에서 눈에 띄는 항목이 없습니다.",
        threshold_tls_1_0: "TLS 1.0 초과 기준(%)",
        threshold_no_tls: "TLS 없음 초과 기준(%)",
        show_rows: "해당 행 보기",
        senders_by: "TLS 버전별 보낸 사람",
        senders: "보낸 사람",
        day_by_day: "일별",
        versions: "TLS 버전",
        ciphers: "암호 그룹",
        cipher: "암호 그룹",
        clients: "클라이언트 IP 주소",
        client: "클라이언트 IP 주소",
        peers: "상대방 도메인",
        hosts: "상대방 호스트",
        host: "호스트",
        peer: "도메인",
        first_day: "첫날",
        last_day: "마지막 날",
        not_told: "이 파일에는 정보가 없습니다.",
        weak: "TLS 1.2 미만을 쓰거나 TLS를 쓰지 않습니다",
        weak_sender: "Microsoft 365는 smtp.office365.com에서 TLS 1.0과 1.1을 거부합니다. 장치나 응용 프로그램, 또는 그 \
                      설정을 업데이트하여 TLS 1.2 이상을 쓰게 하십시오. 업데이트할 수 없으면 TLS 1.2를 쓰는 자체 \
                      릴레이를 거쳐 보낼 수 있습니다.",
        weak_connector: "상대방 서버 관리자에게 TLS 1.2 이상을 켜도록 요청하십시오. 그다음 커넥터에서 TLS를 강제하면 \
                         암호화되지 않은 전송으로 되돌아가지 않습니다.",
        none_in_period: "이 기간에는 메시지가 없습니다",
        none_of_this: "주소가 가리키는 대상이 이 파일에 없습니다.",
        show_everything: "모두 표시",
        no_tls_recorded: "이 파일은 이 메시지의 TLS를 기록하지 않습니다. ConnectorReport나 확장 보고서에는 기록되어 있습니다.",
        no_connectors: "인바운드나 아웃바운드 메일을 담은 파일이 없습니다. 향상된 요약, 확장 보고서, ConnectorReport에는 있습니다.",
        no_auth: "이 파일에는 SMTP AUTH가 보이지 않습니다. SmtpCSReport에는 모든 클라이언트가 있습니다. 확장 보고서에는 기본 인증 \
                  클라이언트가 보이지만 최신 인증은 보이지 않을 수 있습니다. 향상된 요약과 ConnectorReport에는 정보가 \
                  없습니다.",
        old_address: "이 주소는 다른 버전의 mailflow에서 만들어졌거나 손상되었습니다. 이해할 수 있는 부분만 표시합니다.",
        too_many_rows: "여기에는 앞부분만 표시됩니다. 나머지는 검색하거나 표를 내보내어 확인하십시오.",
        last_days: |days| format!("{days}일"),
        rows: |rows, all| {
            if rows == all {
                format!("{}행", number(all))
            } else {
                format!("전체 {}행 중 {}행", number(all), number(rows))
            }
        },
        more: |n| format!("그 외 {}개는 표시하지 않았습니다", number(n)),
        compared_with: |days, last| [&days_until(days, last), "의 메일과 비교"].concat(),
        show_days: |days| format!("{days} 보기"),
        points: |text| format!("{text}%p"),
        insight: |kind| match kind {
            InsightKind::PartnerTls10 => "인바운드 파트너 커넥터의 TLS 1.0 메일 비중이 높습니다",
            InsightKind::OnPremisesTls10 => {
                "인바운드 온-프레미스 커넥터의 TLS 1.0 메일 비중이 높습니다"
            }
            InsightKind::NoTls => "커넥터의 TLS 없는 메일 비중이 높습니다",
            InsightKind::NeverTls => "TLS를 전혀 제공하지 않는 도메인이 있습니다",
            InsightKind::ForeignRelay => {
                "인바운드 온-프레미스 커넥터로 외부 도메인의 메일이 들어옵니다"
            }
            InsightKind::DirectSend => "Direct Send가 사용되고 있습니다",
        },
        insight_figures: |name, part, whole, share, threshold| {
            format!(
                "{name}: 기록된 {}개 중 {}{}개, {share}. {threshold}%를 넘으면 표시합니다.",
                number(whole),
                if part.1 { ROUNDED } else { "" },
                number(part.0)
            )
        },
        details_of: |name| format!("{name} 세부 정보"),
        request: "보고서 요청",
        request_note: "보고서에는 날짜와 세부 정보(클라이언트 IP 주소, 암호 그룹, 로그인 방식, \
                      TLS 버전, 개수)별로 한 행씩 들어 있습니다. 표를 첨부한 메일 초안으로 \
                      만들어집니다. 메일 프로그램에서 열어 확인한 뒤 직접 보내십시오.",
        recipients: "받는 사람",
        recipients_help: "쉼표, 세미콜론 또는 공백으로 구분한 주소. 비워 두어도 됩니다.",
        direction: "방향",
        inbound_word: "인바운드",
        outbound_word: "아웃바운드",
        any: "모두",
        tls_version: "TLS 버전",
        make_draft: "메일 초안 만들기",
        download_csv: "CSV 다운로드",
        draft_made: "메일 초안을 다운로드했습니다",
        sender_domain: "보낸 사람 도메인",
        attached: "상세 표를 첨부했습니다. 이 컴퓨터의 파일로 mailflow가 만들었습니다.",
        not_an_address: |text| format!("메일 주소가 아닙니다: {text}"),
        refused: "거부된 로그인",
        refused_sentence: |refused| {
            format!(
                "이 기간에 로그인 시도 {}건이 거부되었습니다(이름 {}개, 주소 {}개). 메시지가 없으므로 다른 \
                 수치에는 포함되지 않습니다.",
                number(refused.attempts),
                number(refused.names),
                number(refused.addresses)
            )
        },
        name_tried: "시도한 이름",
        attempts: "시도 횟수",
        unusual: "비정상적인 활동",
        looking: "찾는 중…",
        nothing_unusual: "이 기간에는 비정상적인 활동이 없습니다.",
        unusual_note: "각 보낸 사람을 다른 사람이 아니라 자신의 과거와 비교합니다.",
        little_history: |days| {
            format!(
                "이전 데이터가 {days}일뿐입니다. 새로운 것을 가려내려면 14일 이상이 필요합니다."
            )
        },
        above_habit: |day, messages, usual, highest| {
            format!(
                "{day}에 메시지 {}개를 보냈습니다. 평소 {}개, 이전 최고 {}개를 크게 넘습니다.",
                number(messages),
                number(usual),
                number(highest)
            )
        },
        burst: |day, hour, messages, highest| {
            format!(
                "{day} {hour:02}:00(UTC)부터 한 시간 동안 메시지 {}개를 보냈습니다. 이전 최고는 \
                 시간당 {}개였습니다.",
                number(messages),
                number(highest)
            )
        },
        new_sender: |day, messages, history| {
            format!(
                "{day}에 처음 보냈고 3일 동안 메시지 {}개를 보냈습니다. 이전 {history}일의 데이터에는 \
                 없던 보낸 사람입니다.",
                number(messages)
            )
        },
        new_client: |day, client, messages, known| {
            format!(
                "{day}에 처음 쓰는 네트워크의 {client}에서 메시지 {}개를 보냈습니다. 이전에는 네트워크 \
                 {known}개를 썼습니다.",
                number(messages)
            )
        },
        weaker_tls: |day, messages, from, to| {
            format!(
                "{day}에 메시지 {}개를 {to} 보냈습니다. 이전에 가장 약했던 수준은 {from}.",
                number(messages),
                to = by(to),
                from = was(from)
            )
        },
        send_request: "요청 보내기",
        request_sent: "보고서를 요청했습니다. 호스트가 요청을 받았습니다.",
        request_not_sent: "호스트가 요청을 받지 않았습니다. 메일 초안은 호스트 없이도 만들 수 있습니다.",
        direction_and_name: |direction, name| match (direction, name) {
            (Direction::Inbound, None) => "커넥터 없이 인터넷에서 수신".to_owned(),
            (Direction::Outbound, None) => "커넥터 없이 인터넷으로 발신".to_owned(),
            (direction, name) => {
                let direction = match direction {
                    Direction::Inbound => "인바운드",
                    Direction::Outbound => "아웃바운드",
                    Direction::Internal => "내부",
                    Direction::Submission => "제출",
                    Direction::Unknown => "방향 알 수 없음",
                };
                name.map_or_else(|| direction.to_owned(), |name| format!("{direction}: {name}"))
            }
        },
        connector_type_word: |kind| match kind {
            ConnectorType::OnPremises => "온-프레미스",
            ConnectorType::Partner => "파트너",
            ConnectorType::NoConnector => "커넥터 없음",
            ConnectorType::Unknown => "알 수 없음",
        },
        method_word: |method| match method {
            AuthMethod::Basic => "기본 인증",
            AuthMethod::Modern => "최신 인증(OAuth)",
            AuthMethod::Unknown => "기록되지 않음",
        },
    },
    files: Files {
        title: "파일",
        summary: |files, rows, messages| {
            format!("파일 {}개, {}행, 메시지 {}개", number(files), number(rows), number(messages))
        },
        name: "이름",
        format: "형식",
        encoding: "인코딩",
        size: "크기",
        rows: "행",
        messages: "메시지",
        joined: "합쳐진 행",
        duplicates: "중복",
        left_out: "제외",
        period: "기간(UTC)",
        days: |first, last| format!("{first} ~ {last}"),
        not_recognised: "인식되지 않음",
        not_read: "읽지 못함",
        details_of: |file| format!("{file} 세부 정보"),
        details: "세부 정보",
        adds_up: "모든 행을 설명할 수 있습니다: 행 = 메시지 + 합쳐진 행 + 중복 + 제외",
        does_not_add_up: "이 숫자의 합이 맞지 않습니다. 결함으로 신고해 주십시오",
        reasons: "제외된 행",
        examples: "처음 제외된 행",
        line: "줄",
        reason: "이유",
        text: "내용",
        columns: "열을 해석한 방식",
        taken_for: "해석",
        column: "파일의 열",
        chosen: "직접 선택함",
        unfamiliar: "이해하지 못한 값",
        unfamiliar_note: "이 행도 기록되지 않음으로 집계에 포함됩니다.",
        value: "값",
        inferred: "추론한 내용",
        gaps: "이 형식으로 알 수 없는 것",
        warnings: "알아 둘 점",
        copy: "내역 복사",
        copied: "복사했습니다",
        download_account: "내역 다운로드(텍스트)",
        download_figures: "수치 다운로드(JSON)",
        more: |n| format!("{}개 더 보기", number(n)),
        account_of: "파일별 내역",
    },
    path: MailPath {
        title: "메일 경로",
        note: "먼저 거친 구간부터 표시합니다. TLS는 받은 서버가 기록한 값이고 시간은 받은 서버의 시계 \
               기준이므로, 보내기 전에 도착한 것처럼 보이면 서버의 시계가 맞지 않는 것입니다.",
        hop: "구간",
        from: "보낸 서버",
        by: "받은 서버",
        protocol: "프로토콜",
        time: "시간(UTC)",
        delay: "소요 시간",
        local: "표시 없음",
        took: |seconds| took(seconds, &["일", "시간", "분", "초"]),
        crosses: |direction| match direction {
            Direction::Inbound => "조직으로 들어옴",
            Direction::Outbound => "조직에서 나감",
            Direction::Submission => "SMTP AUTH 제출",
            Direction::Internal => "조직 내부",
            Direction::Unknown => "알 수 없는 방향",
        },
        signed_in: |account| match account {
            Some(account) => format!("{account} 계정으로 로그인"),
            None => "로그인함".to_owned(),
        },
    },
    counting: Counting {
        title: "메시지를 세는 방법",
        points: [
            (
                "경계를 지날 때마다 한 번",
                "메시지는 지나간 것으로 확인된 방향, 커넥터, TLS 상태의 조합마다 한 번 셉니다. 행이나 \
                 받는 사람이 많아도 늘어나지 않습니다. 커넥터 이름이 있는 기록이 없는 기록을, 분명한 TLS 상태가 \
                 모호한 상태를 대신합니다.",
            ),
            (
                "사본은 ID로 구분",
                "네트워크 메시지 ID와 Message-ID는 모두 메시지의 이름이므로 다른 파일에서도 같은 \
                 메시지임을 알 수 있습니다. 한 행이 한 메시지인 파일에서는 같은 보낸 사람의 같은 \
                 Message-ID라도 초가 다르면 다른 메시지입니다(장치가 ID를 다시 쓰기 때문입니다). ID가 없는 \
                 행은 다른 파일에 똑같은 행이 있을 때만 중복입니다.",
            ),
            (
                "다섯 가지 방향",
                "메일은 인바운드, 아웃바운드, 내부, SMTP AUTH 제출, 방향 알 수 없음으로 나눕니다. 릴레이된 \
                 메일은 인바운드 하나와 아웃바운드 하나입니다. 내부 메일과 제출은 메일 흐름 카드에 들어가지 \
                 않습니다. 접수되었지만 보내지지 않은 메일은 아웃바운드에서 제외합니다.",
            ),
            (
                "확장 보고서는 여러 행이 한 메시지",
                "제출은 인증 코드로, 인바운드 메일은 수신된 행으로, 아웃바운드 메일은 외부로 보낸 행으로 \
                 구분합니다. 아웃바운드 TLS는 명시된 버전만 사용하고 설정값은 사용하지 않습니다. 최신 \
                 인증은 보이지 않을 수 있습니다.",
            ),
            (
                "집계된 내보내기",
                "파일이 하루와 방향별로 이미 집계된 수를 주는 경우, 메시지 행이 있으면 그것을 쓰고 집계된 \
                 수는 이미 포함된 것으로 보아 제외합니다.",
            ),
            (
                "여러 메시지를 나타내는 행",
                "메시지 수가 1보다 큰 행은 그 수만큼 메시지를 더하지만 행은 하나입니다.",
            ),
            (
                "기록되지 않음은 TLS 없음이 아님",
                "TLS 없음은 원본이 TLS가 없었다고 말하는 것이고, 기록되지 않음은 원본이 아무 말도 하지 않는 \
                 것입니다. 백분율은 기록된 메시지 기준이며, 기록되지 않은 비율이 5%를 넘으면 가능한 최저와 \
                 최고 비율을 함께 보여 줍니다.",
            ),
            (
                "지난 7일",
                "각 카드의 파일에 있는 가장 최근 날짜(UTC)에서 끝나는 7일입니다. 내일보다 늦은 날짜의 행은 \
                 따로 표시하며 기간에 영향을 주지 않습니다. 파일이 없는 날은 0이 아니라 데이터 없음입니다.",
            ),
        ],
    },
    mapping: Mapping {
        title: "열 지정",
        open: "열 지정…",
        explanation: |file| {
            format!(
                "{file}: 표 형식이지만 일부 열을 알 수 없습니다. 각 항목에 해당하는 열을 고르십시오."
            )
        },
        sample: "파일의 처음 몇 행",
        fields: "열",
        required: "(필수)",
        not_there: "이 파일에 없음",
        missing: |fields| format!("다음 항목의 열을 고르십시오: {fields}"),
        column_number: |n| format!("{n}번째 열"),
        order_title: "일과 월의 순서",
        order_open: "날짜 순서 지정…",
        order_question: |example| format!("날짜 {example}에서 무엇이 먼저입니까?"),
        order_explanation: |file| {
            format!("{file}: 일과 월 중 무엇이 먼저인지 알려 주는 날짜가 없습니다.")
        },
        day_first: "일",
        month_first: "월",
        apply: "적용",
        cancel: "취소",
        change: "열 변경…",
        change_explanation: |file| format!("{file}: 각 열을 다음과 같이 읽습니다."),
        no_table: "이 파일은 표로 읽을 수 없습니다.",
        would_read: |read, rows, whole| {
            let first = if whole { "전체" } else { "처음" };
            format!("{first} {}행 중 {}행을 읽습니다", number(rows), number(read))
        },
        would_not: |rows, reasons| format!("읽지 못하는 {}행: {reasons}", number(rows)),
        first_times: "처음 시각(UTC)",
        words: "파일에 쓰인 값",
        words_note: "각 값을 어떻게 읽는지 보여 줍니다. 알 수 없는 값에는 의미를 지정할 수 있습니다.",
        word: "값",
        read_as: "읽는 방법",
        read_word_as: |field, word| format!("{field}: 값 {word} 읽는 방법"),
        empty_word: "(비어 있음)",
        not_known: "알 수 없음",
        remember: "머리글이 같은 파일에 쓰도록 이 기기에 기억",
        no_storage: "이 브라우저에서는 페이지가 아무것도 기억할 수 없습니다.",
        remembered: "이 머리글에 대해 기억해 둔 대로 열을 읽었습니다.",
        as_guessed: "이 파일에는 사용 안 함",
        export: "열 지정 내보내기",
        import: "열 지정 가져오기…",
        fault: |fault| match fault {
            MappingFault::NotAMapping => "내보낸 열 지정 파일이 아닙니다.".to_owned(),
            MappingFault::Version(found) => {
                format!("열 지정 파일의 버전이 {found}입니다. 버전 1만 읽을 수 있습니다.")
            }
            MappingFault::Unknown(name) => {
                format!("열 지정 파일에 알 수 없는 항목이 있습니다: {name}")
            }
        },
        other_columns: |columns| format!("이 파일에 없는 열이 지정되어 있습니다: {columns}"),
        period_title: "건수의 기간",
        period_open: "기간 지정…",
        period_explanation: |file| {
            format!("{file}: 건수에 날짜가 없습니다. 어느 기간의 건수입니까?")
        },
    },
    settings: Settings {
        title: "설정",
        open: "설정…",
        own_domains: "조직의 도메인",
        own_domains_help: "한 줄에 하나씩 입력하십시오. 메시지의 방향이 파일에 없으면 이 도메인으로 \
                           인바운드, 아웃바운드, 내부 메일을 구분합니다.",
        guessed: "데이터에서 추정함",
        no_guess: "데이터에서 추정할 수 없음",
        said: "직접 지정함",
        use_guess: "추정값 사용",
        own_domains_are: |domains, guessed| {
            let how = if guessed { "데이터에서 추정" } else { "직접 지정" };
            format!("조직의 도메인: {domains} ({how})")
        },
        connector_types: "커넥터 유형",
        connector_types_help: "어디로 연결되는지 파일에 없는 커넥터입니다.",
        no_untyped: "해당하는 커넥터가 없습니다.",
        zone: "표준 시간대가 없는 파일의 시간대",
        zone_help: "현지 시각을 쓰는 형식에 적용합니다. Asia/Seoul 같은 이름이나 +09:00처럼 \
                    입력하십시오. 비워 두면 로그 안의 정확한 날짜로 판단하고, 없으면 UTC로 봅니다. \
                    수치는 UTC 기준입니다.",
        own_zone: "이 브라우저의 시간대",
        no_zone: |name| {
            format!(
                "{name}: 이런 이름의 표준 시간대가 없습니다. 목록에서 고르거나 UTC와의 차이를 \
                 +09:00처럼 입력하십시오"
            )
        },
        year: "연도가 없는 로그의 연도",
        year_help: "Jan 28 07:00:03처럼 쓰는 로그에서 첫 줄의 연도입니다. 비워 두면 로그 안의 \
                    날짜로 판단하고, 없으면 파일 날짜로 판단합니다.",
        no_year: "1970년부터 2105년 사이의 연도를 입력하거나 비워 두십시오",
        connectors: "호스트별 커넥터",
        connectors_help: "커넥터 개념이 없는 서버의 로그에 적용합니다. 한 줄에 하나씩 \
                          mail2.example.net = Partner gateway처럼 입력하십시오. 호스트는 내부 호스트와 \
                          같은 방식으로 씁니다.",
        no_connector: |line| format!("‘호스트 = 커넥터’ 형식이 아닌 줄입니다: {line}"),
        internal_hosts: "내부 호스트",
        internal_hosts_help: "조직의 메일 서버를 호스트 이름이나 IP 주소로 한 줄에 하나씩 입력하십시오. \
                              *.in.contoso.example은 그렇게 끝나는 모든 이름을, 10.1. 또는 fd00:은 \
                              그렇게 시작하는 모든 주소를 뜻합니다. 내부 호스트 사이의 메일은 세지 않습니다.",
    },
    paste: Paste {
        open: "텍스트 붙여넣기…",
        title: "텍스트 붙여넣기",
        label: "읽을 텍스트",
        help: "로그의 줄이나 표의 행을 그대로 붙여 넣으십시오. 긴 텍스트는 붙여 넣는 즉시 읽습니다.",
        read: "읽기",
        nothing: "아직 읽을 텍스트가 없습니다",
        too_long: "이 브라우저에서 다루기에는 텍스트가 너무 깁니다. 파일로 저장해서 끌어다 놓으십시오.",
        name: "붙여 넣은 텍스트",
        hint: "텍스트나 파일을 붙여 넣어도 됩니다(Ctrl+V, ⌘V)",
    },
    dialogs: Dialogs { close: "닫기" },
    words: Words {
        field: |field| match field {
            Field::Time => "시간",
            Field::Tls => "TLS 버전",
            Field::Direction => "방향",
            Field::Connector => "커넥터",
            Field::ConnectorType => "커넥터 유형",
            Field::ForcedTls => "TLS 강제 여부",
            Field::Sender => "보낸 사람",
            Field::SenderDomain => "보낸 사람 도메인",
            Field::Recipient => "받는 사람",
            Field::Status => "상태",
            Field::MessageId => "Message-ID",
            Field::NetworkMessageId => "네트워크 메시지 ID",
            Field::AuthMethod => "인증 방식",
            Field::ClientIp => "클라이언트 IP 주소",
            Field::Cipher => "암호 그룹",
            Field::MessageCount => "메시지 수",
        },
        direction: |direction| match direction {
            Direction::Inbound => "인바운드",
            Direction::Outbound => "아웃바운드",
            Direction::Internal => "내부",
            Direction::Submission => "제출(SMTP AUTH)",
            Direction::Unknown => "알 수 없음",
        },
        no_mail: |reason| match reason {
            NoMail::NotSent => "접수되었으나 보내지 않음",
            NoMail::ShadowCopy => "섀도 메시지(중복성을 위한 사본)",
            NoMail::ServiceEvent => "메시지가 없는 서비스 이벤트",
            NoMail::HealthProbe => "모니터링 프로브",
            NoMail::InternalHop => "조직의 서버 사이 전달",
            NoMail::NoMessage => "접수된 메시지가 없는 세션",
            NoMail::SessionCut => "다른 파일로 이어지는 세션",
            NoMail::OtherProgram => "다른 프로그램의 줄",
            NoMail::CoveredByMessages => "다른 파일에 메시지가 있는 날의 집계",
        },
        unreadable: |reason| match reason {
            Unreadable::TooFewFields => "필드가 모자람",
            Unreadable::TooManyFields => "필드가 너무 많음",
            Unreadable::BadTime => "시간이 없거나 날짜가 아님",
            Unreadable::TimeOutOfRange => "시간이 1970년 이전이거나 2106년 이후임",
            Unreadable::TooLong => "너무 김(행은 최대 4MB, 첨부된 보고서는 최대 16MB)",
            Unreadable::CutOff => "파일이 이 행 중간에서 끝남",
            Unreadable::MissingField => "필수 항목이 없음",
            Unreadable::Damaged => "손상됨: JSON이 아님",
            Unreadable::NoHop => "서버 이름이 없음",
            Unreadable::LongHeader => "헤더 필드가 너무 김(최대 64kB) 또는 헤더 1MB 이후에 있음",
            Unreadable::BadCount => "개수가 숫자가 아님",
        },
        inference: |inference| match inference {
            Inference::SubmissionFromAuthCode => "인증 코드로 SMTP AUTH 제출 판단",
            Inference::TlsFromAuthCode => "인증 코드로 TLS 사용 여부 판단",
            Inference::DirectionFromDomains => {
                "보낸 사람과 받는 사람 도메인으로 아웃바운드 또는 내부 판단"
            }
            Inference::DateOrder => "파일의 다른 행으로 일과 월의 순서 판단",
            Inference::AddressFromParts => "이름과 도메인을 합쳐 보낸 사람 주소 구성",
            Inference::DirectionFromIps => "비어 있는 IP 주소로 방향 판단",
            Inference::MessageFromParts => "ID가 없는 메시지를 시간, 보낸 사람, 제목으로 구분",
            Inference::RoundedShares => "반올림된 백분율로 메시지 수 계산",
            Inference::DirectionFromOwnDomains => "조직의 도메인으로 방향 판단",
            Inference::YearFromLog => "로그 안의 날짜로 연도 판단",
            Inference::YearFromFileDate => "파일 날짜로 연도 판단(설정에서 지정 가능)",
            Inference::ZoneFromLog => "로그 안의 날짜로 표준 시간대 판단(설정에서 지정 가능)",
        },
        gap: |gap| match gap {
            Gap::Tls => {
                "TLS: 이 내보내기 파일에는 기록되지 않음(ConnectorReport 또는 확장 보고서에 있음)"
            }
            Gap::TlsVersion => "TLS 버전: 암호화 여부만 기록됨",
            Gap::ServerTls => {
                "TLS: 추적 로그에는 기록되지 않음(SMTP 프로토콜 로그를 함께 놓으면 알 수 있음)"
            }
            Gap::OutboundTls => "아웃바운드 메일의 TLS가 없을 수 있음",
            Gap::Connector => "커넥터",
            Gap::Direction => "방향",
            Gap::ConnectorType => "커넥터 유형",
            Gap::ForcedTls => "커넥터의 TLS 강제 여부",
            Gap::MessageId => "메시지 ID: 똑같은 행으로만 사본을 알 수 있음",
            Gap::ModernAuth => "최신 인증으로 제출한 메일은 보이지 않을 수 있음",
            Gap::ClientIp => "클라이언트 IP 주소",
            Gap::SmtpAuth => "SMTP AUTH",
            Gap::Days => "날짜: 전체 기간을 합친 집계",
            Gap::InternalHosts => "조직의 서버인 호스트: 설정에서 지정하십시오",
            Gap::HopTls => "받는 서버가 기록하지 않은 구간의 TLS",
        },
        warning,
        problem,
        file_kind,
    },
    organizations: Organizations {
        title: "조직",
        open: "조직\u{2026}",
        dialog_title: "어느 조직의 파일입니까?",
        help: "여러 조직의 파일을 나란히 봅니다. 조직마다 수치, 도메인, 설정이 따로 있으며, 두 조직의 파일에 모두 있는 메시지는 \
               양쪽에서 셉니다.",
        group_by: "파일 묶기",
        groupings: ["모두 한 조직", "놓은 순서별: 함께 놓은 파일끼리", "폴더별", "조직의 도메인별"],
        by_domain_help: "파일마다 메일에서 조직의 도메인을 알아냅니다. 도메인이 겹치는 파일은 같은 조직으로 봅니다. 이를 위해 조직의 \
                         첫 파일을 제외한 파일은 두 번 읽습니다.",
        file: "파일",
        belongs_to: "소속 조직",
        belongs_help: "입력한 이름이 묶기보다 우선합니다. 두 조직의 파일이면 이름을 쉼표로 구분하십시오. 양쪽에서 셉니다. 대소문자만 다른 \
                       이름은 같은 조직입니다.",
        as_grouped: "묶기에 따름",
        organization: "조직",
        all: "모든 조직",
        unnamed: "기타 파일",
        side_by_side: "조직 비교",
        note: "조직마다 그 조직의 메일이 있는 최근 7일의 수치입니다. 비율은 기록된 메시지 기준입니다.",
        own_domains: "조직의 도메인",
        outbound: "아웃바운드",
        inbound: "인바운드",
        protected: "TLS로 보호됨",
        below: "TLS 1.2 미만 또는 TLS 없음",
        senders: "SMTP AUTH 클라이언트",
        submissions: "SMTP AUTH 메시지",
        insights: "인사이트",
        days: "기간",
        not_there: |name| format!("이름이 \u{2018}{name}\u{2019}인 조직의 파일이 없습니다."),
        summary: |organizations| format!("조직 {}개", grouped(organizations, ',')),
    },
    filters: filters::FILTERS,
    saving: saving::SAVING,
    keys: keys::KEYS,
    #[cfg(feature = "program")]
    serve: serve::SERVE,
    offline: offline::OFFLINE,
    audit: audit::AUDIT,
    peers: Peers {
        domains_title: "도메인 보고서",
        hosts_title: "호스트 보고서",
        direct_title: "Direct Send 보고서",
        all_direct: "모든 Direct Send",
        client_or_host: "클라이언트 IP 또는 호스트",
        how_sure: "확실성",
        sure: "확실",
        likely: "추정",
        not_known: "알 수 없음",
        first_seen: "처음 확인",
        last_seen: "마지막 확인",
        connectors: "사용한 커넥터",
        direction: |direction| match direction {
            Direction::Inbound => "인바운드",
            Direction::Outbound => "아웃바운드",
            _ => "방향 알 수 없음",
        },
        no_domain: |messages, all| {
            format!(
                "메시지 {}개 중 {}개는 도메인이 기록되지 않아 별도의 행에 표시합니다.",
                number(all),
                number(messages)
            )
        },
        no_host: |messages, all| {
            format!(
                "메시지 {}개 중 {}개는 호스트가 기록되지 않아 별도의 행에 표시합니다. 호스트는 메일 서버 \
                 로그에 있으며, 메시지 추적과 보고서에는 없습니다.",
                number(all),
                number(messages)
            )
        },
        no_client: |messages, all| {
            format!(
                "메시지 {}개 중 {}개는 클라이언트와 호스트를 알 수 없습니다.",
                number(all),
                number(messages)
            )
        },
        direct_note: "커넥터 없이 들어왔고 보낸 사람이 조직의 도메인에 속하는 인바운드 메일입니다. 프린터와 응용 \
                      프로그램, 외부에서 조직을 대신해 보내는 서비스, 보낸 사람을 위조하는 공격자가 모두 \
                      이렇게 보냅니다.",
        sure_note: "확실: 파일에 커넥터를 쓰지 않았다고 기록되어 있습니다. 추정: 어떤 커넥터를 썼는지 파일에 \
                    기록되어 있지 않습니다. 보낸 사람 주소와 클라이언트 IP 주소는 보낸 사람과 받는 사람의 \
                    도메인 이름이 비슷할 때만 보관합니다.",
        no_direct: "커넥터 없이 조직 도메인의 보낸 사람으로 들어온 메일이 없습니다.",
        no_own_domains: "Direct Send는 조직의 도메인으로 판별하는데, 알려진 조직의 도메인이 없습니다. 설정에서 \
                         입력하십시오.",
        weak_peer: "상대방 서버 관리자에게 TLS 1.2 이상을 제공하도록 요청하십시오. 그다음 이 도메인용 \
                    커넥터에서 TLS를 강제할 수 있습니다.",
        weak_direct: "조직의 장치나 응용 프로그램이라면 TLS 1.2 이상으로 STARTTLS를 쓰도록 설정하십시오.",
        threshold_never_tls: "TLS 미제공 기준(메시지 수 이상)",
        severity: |severity| match severity {
            Severity::High => "높음",
            Severity::Medium => "보통",
        },
        why: "중요한 이유",
        next: "다음 단계",
        why_of: |kind| match kind {
            InsightKind::PartnerTls10 | InsightKind::OnPremisesTls10 => {
                "TLS 1.0은 알려진 취약점이 있어 더 이상 사용하지 않도록 권고됩니다(RFC 8996). 어느 한쪽이 TLS 1.0을 \
                 끄면 이 메일은 TLS 없이 전송되거나 전송되지 않습니다."
            }
            InsightKind::NoTls => {
                "TLS가 없으면 전송 경로에 있는 누구나 메일을 읽고 바꿀 수 있습니다."
            }
            InsightKind::NeverTls => {
                "기회적 TLS는 상대 서버가 TLS를 제공할 때만 쓰입니다. 전송 경로에 있는 누구나 이 \
                 도메인으로 가는 모든 메일을 읽을 수 있습니다."
            }
            InsightKind::ForeignRelay => {
                "인바운드 온-프레미스 커넥터로 들어온 메일은 조직의 메일로 신뢰합니다. MX 레코드가 조직의 서버를 \
                 가리키거나 전달된 메일이라면 정상입니다. 그렇지 않으면 누군가 조직의 서버를 릴레이로 쓰고 \
                 있는 것입니다."
            }
            InsightKind::DirectSend => {
                "Direct Send에는 로그인이 필요 없습니다. 장치와 응용 프로그램이 쓰지만, 조직 도메인의 보낸 \
                 사람을 위조하는 공격자도 씁니다."
            }
        },
        next_of: |kind| match kind {
            InsightKind::PartnerTls10 => {
                "파트너에게 TLS 1.2 이상을 켜도록 요청한 다음 커넥터에서 TLS를 강제하십시오."
            }
            InsightKind::OnPremisesTls10 => {
                "이 커넥터로 보내는 서버와 게이트웨이에서 TLS 1.2 이상을 켠 다음 TLS 1.0을 끄십시오."
            }
            InsightKind::NoTls => {
                "상대방 서버 관리자에게 STARTTLS를 제공하도록 요청한 다음 커넥터에서 TLS를 강제하십시오."
            }
            InsightKind::NeverTls => {
                "해당 도메인의 메일 관리자에게 STARTTLS를 제공하도록 요청하십시오. 그때까지 기밀 내용은 \
                 암호화하십시오(S/MIME 또는 메시지 암호화)."
            }
            InsightKind::ForeignRelay => {
                "이 커넥터를 쓰는 서버와 릴레이가 허용된 대상을 확인하고, 나열된 도메인을 알고 있는지 \
                 확인하십시오."
            }
            InsightKind::DirectSend => {
                "Direct Send 보고서에서 클라이언트를 확인하십시오. 아는 클라이언트는 인바운드 커넥터나 SMTP \
                 AUTH를 쓰게 하고, 나머지는 Exchange Online에서 거부하십시오(Set-OrganizationConfig \
                 -RejectDirectSend $true)."
            }
        },
        says: |insight, connector| {
            let mark = if insight.counts.any_rounded() { ROUNDED } else { "" };
            let messages = number(insight.messages);
            let names = number(insight.names.len() as u64 + insight.more);
            match insight.kind {
                InsightKind::NeverTls => format!(
                    "도메인 {names}개로 메시지 {mark}{messages}개를 보냈고, TLS가 기록된 메시지는 모두 TLS 없이 \
                     전송되었습니다. 도메인당 {}개 이상이면 표시합니다.",
                    number(u64::from(insight.threshold))
                ),
                InsightKind::ForeignRelay => format!(
                    "{connector}: 메시지 {}개 중 {mark}{messages}개가 외부 도메인 {names}개에서 왔습니다. \
                     1개부터 표시합니다.",
                    number(insight.counts.volume())
                ),
                _ => format!(
                    "메시지 {mark}{messages}개가 커넥터 없이, 조직 도메인의 보낸 사람으로 들어왔습니다. \
                     1개부터 표시합니다."
                ),
            }
        },
        most: |names, more| {
            let more = if more > 0 { format!(" 외 {}개", number(more)) } else { String::new() };
            format!("메시지가 많은 순: {names}{more}")
        },
    },
    tls_reports: TlsReports {
        title: "다른 발신 조직의 보고",
        note: "다른 조직이 이 도메인으로 메일을 배달하면서 센 세션입니다(SMTP TLS 보고서, RFC 8460). 인바운드이며 TLS \
               버전은 없습니다. 메시지 수가 아니며, 다른 어떤 수치에도 포함되지 않습니다. 발신 조직이 한 세션을 두 정책에서 셀 수 \
               있으므로 유형이 다른 정책의 수는 더하지 않습니다.",
        sentence: |of| {
            let shares = of.successful_share().zip(of.failed_share());
            shares.map_or_else(
                || "세션 없음".to_owned(),
                |(successful, failed)| {
                    format!(
                        "세션 {}개 중 성공 {}개({}), 실패 {}개({})",
                        number(of.all()),
                        number(of.successful),
                        successful.percent(2, POINT),
                        number(of.failed),
                        failed.percent(2, POINT)
                    )
                },
            )
        },
        sessions: |n| {
            if n == 0 {
                "개수 알 수 없음".to_owned()
            } else {
                format!("세션 {}개", number(n))
            }
        },
        policies: |n| format!("정책 {}개", number(n)),
        policies_label: "정책",
        adds_up: "모든 행을 설명할 수 있습니다: 행 = 정책 + 메시지 + 합쳐진 행 + 중복 + 제외",
        domain: "도메인",
        by_mode: "정책 모드별",
        by_organization: "발신 조직별",
        policy: "정책",
        organization: "조직",
        successful: "성공",
        failed: "실패",
        share_failed: "실패 비율",
        failures: "실패",
        hosts: "수신 호스트",
        reasons: "발신 조직의 설명",
        not_delivered: "DANE 또는 enforce 모드의 MTA-STS가 적용되면 실패한 세션에서는 메일이 배달되지 않습니다. 발신 \
                        조직이 다시 시도하거나 반송합니다.",
        by: "구분",
        name: "이름",
        detail: "세부 정보",
        mode: |mode| {
            if mode.is_empty() {
                "모드 알 수 없음".to_owned()
            } else {
                format!("{mode} 모드")
            }
        },
        policy_type: |policy| match policy {
            "sts" => Some("MTA-STS"),
            "tlsa" => Some("DANE(TLSA)"),
            "no-policy-found" => Some("정책 없음"),
            "" => Some("알 수 없음"),
            _ => None,
        },
        meaning: |kind| {
            Some(match kind {
                "starttls-not-supported" => [
                    "STARTTLS 미지원",
                    "수신 호스트가 STARTTLS를 제공하지 않았습니다.",
                    "그 호스트에서 TLS를 켜고, 방화벽이 응답에서 STARTTLS를 지우지 않는지 확인하십시오.",
                ],
                "certificate-host-mismatch" => [
                    "인증서의 호스트 이름 불일치",
                    "인증서에 정책이 요구하는 호스트 이름이 없습니다.",
                    "MX 호스트 이름이 들어 있는 인증서를 설치하거나 정책을 고치십시오.",
                ],
                "certificate-expired" => [
                    "인증서 만료",
                    "수신 호스트의 인증서가 만료되어 있었습니다.",
                    "인증서를 갱신하고 모든 호스트가 새 인증서를 쓰는지 확인하십시오.",
                ],
                "certificate-not-trusted" => [
                    "신뢰할 수 없는 인증서",
                    "발신 조직이 인증서 발급자를 신뢰하지 않거나, 인증서 체인의 일부가 빠져 있었습니다.",
                    "공인 인증 기관의 인증서를 전체 체인과 함께 설치하십시오.",
                ],
                "validation-failure" => [
                    "검증 실패",
                    "따로 유형이 정해지지 않은 이유로 검증에 실패했습니다.",
                    "발신 조직의 설명을 확인하고 외부에서 호스트를 시험해 보십시오.",
                ],
                "tlsa-invalid" => [
                    "유효하지 않은 TLSA 레코드",
                    "호스트에 맞는 유효한 TLSA 레코드(DANE)가 하나도 없었습니다.",
                    "인증서를 바꾸기 전에 인증서와 맞는 레코드를 게시하십시오.",
                ],
                "dnssec-invalid" => [
                    "유효하지 않은 DNSSEC",
                    "발신 조직의 DNS 확인자가 유효한 레코드를 받지 못했습니다.",
                    "영역의 서명과 상위 영역의 DS 레코드를 확인하십시오.",
                ],
                "dane-required" => [
                    "DANE 필요",
                    "발신 조직이 DANE을 요구하지만, DNSSEC으로 검증된 TLSA 레코드가 호스트에 없었습니다.",
                    "모든 MX 호스트에 레코드를 게시하거나 발신 조직에 요구 수준을 낮춰 달라고 하십시오.",
                ],
                "sts-policy-fetch-error" => [
                    "MTA-STS 정책을 가져올 수 없음",
                    "DNS에는 MTA-STS 정책이 있다고 나오지만 발신 조직이 정책을 가져오지 못했습니다.",
                    "https://mta-sts.도메인/.well-known/mta-sts.txt에 접속할 수 있는지 확인하십시오.",
                ],
                "sts-policy-invalid" => [
                    "유효하지 않은 MTA-STS 정책",
                    "발신 조직이 MTA-STS 정책을 가져왔지만 해석하지 못했습니다.",
                    "mta-sts.txt의 version, mode, mx, max_age를 바로잡으십시오.",
                ],
                "sts-webpki-invalid" => [
                    "MTA-STS 웹 인증서가 유효하지 않음",
                    "MTA-STS 정책을 제공하는 웹 서버의 인증서가 유효하지 않습니다.",
                    "mta-sts.도메인의 인증서를 갱신하십시오.",
                ],
                "" => [
                    "이유가 없음",
                    "보고서에 실패 수만 있고 유형이 없습니다.",
                    "보고한 조직에 문의하십시오.",
                ],
                _ => return None,
            })
        },
        other_meaning: [
            "발신 조직이 쓴 표현이며 RFC 8460에는 정의되어 있지 않습니다.",
            "발신 조직의 설명을 확인하거나 문의하십시오.",
        ],
    },
    standing_out: standing_out::STANDING_OUT,
    trend: Trend {
        name: "추세",
        title: "주별 TLS 버전",
        caption: "기록된 메시지 중 각 TLS 버전의 비율을 주별로 보여 줍니다. 한 주는 월요일에 시작하며 날짜는 UTC입니다.",
        plot: |label, days| format!("{label}: 주별 TLS 버전, {days}. 화살표 키로 주를 이동합니다."),
        week: "주",
        monday: "시작일(월)",
        covered: "데이터 일수",
        some_days: |days| format!("7일 중 {days}일만 데이터 있음"),
        no_messages: "메시지 없음",
        nothing_recorded: "TLS 기록 없음",
        shown: |weeks, first, last| {
            let weeks = number(weeks);
            if first == last {
                format!("{weeks}주: {first}")
            } else {
                format!("{weeks}주: {first} ~ {last}")
            }
        },
        partial: |weeks| {
            format!(
                "일부 날짜의 데이터만 있는 주가 {}개이며, 축 아래에 선으로 표시합니다.",
                number(weeks)
            )
        },
        gaps: |weeks| {
            format!(
                "데이터가 없는 주가 {}개입니다. 0이 아니라, 그 주를 담은 파일이 없는 것입니다.",
                number(weeks)
            )
        },
        silent: |messages| {
            format!("이 중 메시지 {messages}개는 TLS가 기록되지 않아 비율에 포함하지 않았습니다.")
        },
        undated: |messages| {
            format!(
                "메시지 {}개는 날짜를 알 수 없어 어느 주에도 포함하지 않았습니다.",
                number(messages)
            )
        },
        no_weeks: "날짜를 알 수 있는 메시지가 없어 주별로 표시할 수 없습니다.",
        versions: "처음과 마지막 사용",
        first_seen: "처음 사용",
        last_seen: "마지막 사용",
        share_in: |week| format!("{week} 비율"),
        too_short: "변화는 7일 모두 데이터가 있는 첫 주와 마지막 주를 비교합니다. 그런 주가 두 개 이상 없습니다.",
        last_seen_with: |version, day| format!("{version} 마지막 사용: {day}."),
        not_seen: |versions| format!("기록된 메시지에 없음: {versions}."),
        still: |week| format!("{week}에 TLS 1.2 미만이거나 TLS가 없는 대상"),
        still_full: |days| format!("7일 모두 데이터가 있는 가장 최근 주입니다({days})."),
        still_partial: |days, covered| {
            format!(
                "7일 모두 데이터가 있는 주가 없어 가장 최근 주를 보여 줍니다({days}, {covered}일)."
            )
        },
        nobody: "TLS가 기록된 범위에서는 없습니다.",
        connectors: "커넥터",
        domains: "보낸 사람 도메인",
        senders: "보낸 사람",
    },
    readiness: ReadinessTexts {
        title: "준비 상태",
        intro: "오래된 방식을 끄면 무엇이 멈추는지 보여 줍니다. 거부될 메시지와 먼저 조치할 항목입니다.",
        policies: "끄려는 방식",
        policy: |policy| match policy {
            Policy::OldTls => "TLS 1.2 미만 거부",
            Policy::NoTls => "TLS 없는 메일 거부",
            Policy::BasicAuth => "SMTP AUTH 기본 인증 종료",
            Policy::SmtpAuth => "SMTP AUTH 종료",
            Policy::ForcedTls => "커넥터에서 TLS 강제",
        },
        policy_note: |policy| match policy {
            Policy::OldTls => {
                "TLS 1.0, TLS 1.1, SSL이 해당합니다. TLS 없는 메일은 별도 항목이므로 여기서는 통과로 봅니다."
            }
            Policy::NoTls => "양방향 메일과 SMTP AUTH 클라이언트가 모두 해당합니다.",
            Policy::BasicAuth => "암호로 로그인하는 클라이언트가 해당합니다. OAuth는 통과합니다.",
            Policy::SmtpAuth => "로그인하여 메일을 보내는 모든 클라이언트가 해당합니다.",
            Policy::ForcedTls => {
                "커넥터를 거치는 TLS 없는 메일이 거부됩니다. TLS 버전은 상관없습니다."
            }
        },
        headline: |outcome, share, to_fix| {
            let told = number(outcome.told());
            match share {
                None => "필요한 정보가 파일에 기록되지 않아 판단할 수 있는 메시지가 없습니다."
                    .to_owned(),
                Some(_) if outcome.refused.0 == 0 => {
                    format!("판단할 수 있는 메시지 {told}개 중 거부될 메시지는 없습니다.")
                }
                Some(share) => format!(
                    "판단할 수 있는 메시지 {told}개 중 {}개({share})가 거부됩니다. 조치할 항목은 {}개입니다.",
                    amount(outcome.refused),
                    number(to_fix)
                ),
            }
        },
        untold_note: |messages| {
            format!(
                "그 밖의 메시지 {}개는 파일에 기록이 없어 판단할 수 없습니다. 거부될 수도 있으며, 비율에는 포함하지 않습니다.",
                number(messages)
            )
        },
        clients_covered: |covered, days| {
            format!("SMTP AUTH: {days}일 중 {covered}일의 파일이 있습니다")
        },
        clients_missing: "SMTP AUTH: 파일에 정보가 없어 클라이언트는 판단하지 않았습니다.",
        flow_covered: |covered, days| {
            format!("메일 흐름: {days}일 중 {covered}일의 파일이 있습니다")
        },
        flow_missing: "메일 흐름: 파일에 정보가 없어 커넥터와 상대방 도메인은 판단하지 않았습니다.",
        dates: "알려진 일정",
        event: |event| match event {
            PolicyEvent::OffByDefault => {
                "기존 테넌트에서 기본적으로 꺼지며, 관리자가 다시 켤 수 있습니다"
            }
            PolicyEvent::RemovalAnnounced => "최종 제거 날짜가 발표될 예정입니다",
        },
        when: |when| match when {
            PolicyTime::EndOfMonth(year, month) => format!("{year}년 {month}월 말"),
            PolicyTime::SecondHalf(year) => format!("{year}년 하반기"),
        },
        as_of: |publisher, year, month| format!("{publisher}, {year}년 {month}월 기준"),
        connector: "커넥터",
        all_connectors: "모든 커넥터",
        trend: "일별 추이",
        refused: "거부될 메시지",
        untold: "판단 불가",
        passes: "통과할 메시지",
        all: "전체 메시지",
        share: "판단 가능한 메시지 중 비율",
        to_fix: "조치할 항목",
        by_kind: "종류별",
        kind: |kind| match kind {
            ThingKind::Client => "SMTP AUTH 클라이언트",
            ThingKind::ConnectorIn => "인바운드 커넥터",
            ThingKind::ConnectorOut => "아웃바운드 커넥터",
            ThingKind::Connector => "커넥터",
            ThingKind::PartnerIn => "보내는 도메인 또는 호스트",
            ThingKind::PartnerOut => "받는 도메인 또는 호스트",
            ThingKind::Partner => "도메인 또는 호스트",
        },
        kind_head: "종류",
        work_list: "작업 목록",
        work_list_note: "조치할 항목마다 한 행입니다. 완료로 표시한 항목은 페이지가 열려 있는 동안 유지되며, 끄려는 \
                         방식을 바꾸어도 그대로이고 내보내기에도 포함됩니다.",
        done: "완료",
        yes: "예",
        no: "아니요",
        done_of: |name| format!("완료: {name}"),
        name: "계정, 커넥터 또는 도메인",
        client: "클라이언트 IP 또는 호스트",
        seen: "거부 첫날, 마지막 날",
        first_seen: "거부 첫날",
        last_seen: "거부 마지막 날",
        versions: "TLS",
        others: "이 주소를 쓰는 다른 계정",
        others_short: |more| format!("외 계정 {}개", number(more)),
        more_short: |more| format!("외 {}개", number(more)),
        todo: "조치 방법",
        todo_of: |policy, kind| match (policy, kind) {
            (Policy::OldTls, ThingKind::Client) => {
                "이 장치나 응용 프로그램 또는 그 설정을 TLS 1.2 이상으로 업데이트하십시오. 업데이트할 수 없으면 자체 \
                 릴레이가 필요합니다."
            }
            (Policy::OldTls, ThingKind::PartnerIn) => {
                "이 도메인의 메일 관리자에게 서버가 TLS 1.2 미만으로 보내고 있으니 1.2 이상을 쓰도록 알리십시오."
            }
            (Policy::OldTls, ThingKind::PartnerOut | ThingKind::Partner) => {
                "이 도메인의 메일 관리자에게 서버가 TLS 1.2 미만만 받고 있으니 1.2 이상을 켜도록 알리십시오."
            }
            (Policy::OldTls, _) => {
                "이 커넥터 상대방 서버의 관리자에게 TLS 1.2 이상을 켜도록 요청하십시오."
            }
            (Policy::NoTls | Policy::ForcedTls, ThingKind::Client) => {
                "이 장치나 응용 프로그램에서 STARTTLS(포트 587)를 켜십시오. TLS를 쓸 수 없으면 자체 릴레이가 필요합니다."
            }
            (Policy::NoTls, ThingKind::PartnerIn) => {
                "이 도메인의 메일 관리자에게 서버가 TLS 없이 보내고 있으니 STARTTLS를 쓰도록 알리십시오."
            }
            (Policy::NoTls, ThingKind::PartnerOut | ThingKind::Partner) => {
                "이 도메인의 메일 관리자에게 서버가 STARTTLS를 지원하지 않으니 켜도록 알리십시오."
            }
            (Policy::NoTls, _) => {
                "이 커넥터 상대방 서버의 관리자에게 STARTTLS를 쓰도록 요청한 다음, 커넥터에서 TLS를 강제하십시오."
            }
            (Policy::BasicAuth, _) => {
                "이 장치나 응용 프로그램을 최신 인증(OAuth)으로 바꾸거나, 자체 릴레이처럼 다른 전송 방법을 마련하십시오."
            }
            (Policy::SmtpAuth, _) => {
                "이 장치나 응용 프로그램에 커넥터를 쓰는 자체 릴레이나 Microsoft Graph 같은 API 등 다른 전송 방법을 \
                 마련하십시오."
            }
            (
                Policy::ForcedTls,
                ThingKind::PartnerIn | ThingKind::PartnerOut | ThingKind::Partner,
            ) => {
                "이 커넥터에서 TLS를 강제하기 전에 이 도메인의 메일 관리자에게 유효한 인증서로 STARTTLS를 쓰도록 \
                 요청하십시오."
            }
            (Policy::ForcedTls, _) => {
                "이 커넥터에서 TLS를 강제하기 전에 상대방 서버의 관리자에게 유효한 인증서로 STARTTLS를 쓰도록 \
                 요청하십시오."
            }
        },
        no_name: "(기록되지 않음)",
        counted: |rows, all, done| {
            let rows = if rows == all {
                format!("{}행", number(all))
            } else {
                format!("전체 {}행 중 {}행", number(all), number(rows))
            };
            format!("{rows} \u{b7} 완료 {}개", number(done))
        },
        hide_done: "완료한 항목 숨기기",
        list_untold: "판단할 수 없는 항목도 표시",
        nothing_to_fix: "이 기간에는 조치할 항목이 없습니다.",
        nothing_told: "판단할 수 있는 메시지가 없어 목록이 비어 있습니다. 어떤 항목의 메시지인지는 그래도 표시할 수 있습니다.",
        no_data: "메일 흐름이나 SMTP AUTH를 담은 파일이 없습니다.",
        card_note: "오래된 방식을 끈다면 최근 7일의 메일 중 거부될 메시지입니다.",
        card_empty: "아직 판단할 데이터가 없습니다",
        card_empty_help: "TLS 버전이나 로그인 방식이 기록된 파일이 있으면 무엇이 멈추는지 알 수 있습니다.",
        no_data_short: "데이터 없음",
        none_told_short: "판단 불가",
    },
    sent: Sent {
        title: "메시지",
        offer: |megabytes| {
            format!(
                "이 보낸 사람의 메시지를 하나씩 표시합니다. 받는 사람, 제목, 상태는 함께 넣은 메시지 추적 파일에서 가져옵니다. \
                 이를 위해 파일을 다시 읽고, 각 메시지에 대한 행의 내용을 최대 {} MB까지 이 페이지의 메모리에 보관합니다. \
                 메시지를 지우거나 처음부터 다시 시작하면 없어집니다.",
                number(megabytes)
            )
        },
        show: "메시지 표시",
        forget: "메시지 지우기",
        export: "메시지 내보내기",
        search: "받는 사람과 제목 검색",
        count: |found, all| {
            if found == all {
                format!("메시지 {}개", number(all))
            } else {
                format!("메시지 {}개 중 {}개", number(all), number(found))
            }
        },
        untraced: |n, complete| {
            let end = if complete {
                "없습니다"
            } else {
                "없거나, 해당 행이 보관되지 않았습니다"
            };
            format!("메시지 {}개는 어느 메시지 추적 파일에도 {end}.", number(n))
        },
        only_traced: |n| {
            format!(
                "이 주소에서 보낸 다른 메시지 {}개는 메시지 추적에만 있어 표시하지 않습니다. SMTP AUTH 없이 보냈거나 \
                 SMTP AUTH 파일에 없는 메시지입니다.",
                number(n)
            )
        },
        left_out: |rows, megabytes| {
            format!(
                "메시지용 메모리 {} MB가 가득 차서 메시지 행 {}개를 보관하지 못했습니다. 일부 받는 사람, 제목, 상태가 비어 \
                 있을 수 있지만 집계에는 영향이 없습니다.",
                number(megabytes),
                number(rows)
            )
        },
        kept: |rows, bytes| {
            format!("시간은 UTC입니다. 모든 파일에서 보관한 행: {}개, {bytes}.", number(rows))
        },
        time: "시간",
        recipients: "받는 사람",
        subject: "제목",
        status: "상태",
        not_traced: "메시지 추적에 없음",
        not_traced_or_kept: "메시지 추적에 없거나 보관되지 않음",
        several: "{}명: ",
        more: "외 {}명",
    },
};

const GROUP: char = ',';
const POINT: char = '.';

fn number(n: u64) -> String {
    grouped(n, GROUP)
}

/// A number that may be worked out from rounded percentages.
/// So many days up to that one; of one day the day alone.
fn days_until(days: u32, last: &str) -> String {
    match days {
        1 => format!("{last}(UTC)"),
        days => format!("{last}까지 {days}일간(UTC)"),
    }
}

fn amount((number_of, rounded): Amount) -> String {
    [if rounded { ROUNDED } else { "" }, &number(number_of)].concat()
}

/// The end of a sentence after the stem of a past tense: what part was
/// protected, and of what.
fn protected_part(counts: &TlsCounts) -> String {
    let Some(share) = counts.protected_share() else {
        return "습니다. TLS로 보호되었는지는 파일에 기록되지 않았습니다.".to_owned();
    };
    if let Some(bounds) = counts.protected_bounds() {
        return format!(
            "으며, 그중 {}에서 {} 사이가 전송 중에 보호되었습니다(TLS). {}개는 기록되지 않았습니다.",
            bounds.lowest.percent(1, POINT),
            bounds.highest.percent(1, POINT),
            number(counts.get(TlsState::NotRecorded)),
        );
    }
    let share = share.percent(1, POINT);
    if counts.get(TlsState::NotRecorded) > 0 {
        return format!(
            "으며, 기록된 {}개 중 {share}가 전송 중에 보호되었습니다(TLS).",
            number(counts.recorded())
        );
    }
    format!("으며, 그중 {share}가 전송 중에 보호되었습니다(TLS).")
}

fn warning(warning: &Warning) -> Advice {
    match warning {
        Warning::ProbablyCut { rows } => Advice::new(
            format!(
                "서비스가 잘라 냈을 가능성이 있습니다. 파일당 한도인 {}행과 정확히 같습니다.",
                number(*rows)
            ),
            "기간을 더 짧게 나누어 같은 보고서를 다시 요청하고 모든 파일을 놓으십시오. 겹치는 부분은 한 번만 \
             셉니다.",
        ),
        Warning::FutureRows { rows, latest } => Advice::new(
            format!(
                "내일보다 늦은 날짜의 행이 {}개 있습니다(가장 늦은 날짜: {latest}).",
                number(*rows)
            ),
            "모든 행이 그렇지 않은 한 지난 7일에는 영향을 주지 않습니다. 이 행을 기록한 시스템과 이 컴퓨터의 시계를 확인하십시오.",
        ),
        Warning::MayCountTwice { direction: way, days: (first, last), count } => Advice::new(
            format!(
                "{first}부터 {last}까지의 기간 중 {}일은 다른 데이터에도 같은 방향의 메시지가 있습니다({}). \
                 집계된 셀에는 ID가 없으므로 일부 메시지가 두 번 집계될 수 있습니다.",
                number(u64::from(*count)),
                (TEXTS.words.direction)(*way)
            ),
            "셀 대신 저장된 분석을 병합하거나 둘 중 하나를 빼십시오.",
        ),
        Warning::CutOff => Advice::new(
            "파일이 중간에서 끝납니다.",
            "있는 부분은 집계했습니다. 빠진 내용이 없도록 파일을 다시 다운로드하십시오.",
        ),
        Warning::TrailingBytes { bytes } => Advice::new(
            format!("압축 데이터 뒤의 {}바이트를 제외했습니다.", number(*bytes)),
            "대개 문제가 없습니다. 빠진 행이 있다면 파일을 다시 다운로드하거나 다시 압축하십시오.",
        ),
        Warning::UnpackLimit { limit } => Advice::new(
            format!("압축 해제가 한도({}바이트)에서 멈췄습니다.", number(*limit)),
            "믿을 수 있는 파일이라면 직접 압축을 풀어 안의 파일을 놓으십시오.",
        ),
        Warning::DamagedArchive => Advice::new(
            "압축 데이터가 중간부터 손상되었습니다.",
            "그 앞부분은 집계했습니다. 파일을 다시 다운로드하거나 다시 압축하십시오.",
        ),
        Warning::Changed { detail } => Advice::new(
            format!("읽는 동안 파일이 바뀌었거나 사라졌습니다({detail})."),
            "그 전까지 읽은 내용은 집계했습니다. 파일이 더 이상 바뀌지 않을 때 다시 놓으십시오.",
        ),
        Warning::Cancelled => Advice::new(
            "여기에서 읽기를 취소했습니다.",
            "그 앞의 행만 집계했습니다. 전부 읽으려면 파일을 다시 놓으십시오.",
        ),
        Warning::MixedEncoding { values } => Advice::new(
            format!("파일 첫머리의 인코딩과 다른 값이 {}개 있습니다.", number(*values)),
            "대체 문자로 표시하며 집계에는 포함됩니다. 여러 파일을 이어 붙인 것인지 확인하십시오.",
        ),
        Warning::NoReceived { mails } => Advice::new(
            format!("Received 헤더가 없는 메일이 {}개 있습니다.", number(*mails)),
            "거쳐 온 경로를 알 수 없어 집계에 넣지 않습니다. Received 헤더는 메일이 배달될 때 생기며, \
             임시 보관함이나 보낸 편지함의 메일에는 없습니다.",
        ),
    }
}

fn problem(problem: &Problem) -> Advice {
    match problem {
        Problem::Empty => Advice::new(
            "파일이 비어 있거나 머리글만 있고 행이 없습니다.",
            "다운로드할 때 보고서가 준비되어 있었는지, 해당 기간에 메일이 있는지 확인하십시오.",
        ),
        Problem::NotATrace { looks_like } => not_a_trace(*looks_like),
        Problem::ColumnsNeeded(needed) => Advice::new(
            format!(
                "표이지만 필요한 열을 인식하지 못했습니다: {}.",
                needed
                    .missing
                    .iter()
                    .map(|field| (TEXTS.words.field)(*field))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "열 지정에서 어느 열인지 알려 주십시오.",
        ),
        Problem::DateOrderNeeded { example } => Advice::new(
            format!("{example}처럼 일과 월 중 무엇이 먼저인지 알 수 있는 날짜가 파일에 없습니다."),
            "무엇이 먼저인지 알려 주십시오.",
        ),
        Problem::PeriodNeeded => {
            Advice::new("파일의 집계에 날짜가 없습니다.", "어느 기간의 집계인지 알려 주십시오.")
        }
        Problem::Password => {
            Advice::new("암호가 걸린 압축 파일입니다.", "직접 압축을 풀어 안의 파일을 놓으십시오.")
        }
        Problem::Compression { method } => Advice::new(
            format!("지원하지 않는 압축 방식입니다(번호 {method})."),
            "직접 압축을 풀어 안의 파일을 놓거나 일반 zip 파일로 다시 압축하십시오.",
        ),
        Problem::NestedArchive => Advice::new(
            "압축 파일 안에 압축 파일이 있습니다.",
            "바깥쪽 압축을 풀고 안쪽 파일을 따로 놓으십시오.",
        ),
        Problem::UnpackLimit { limit } => Advice::new(
            format!(
                "이 파일에 이르기 전에 압축 해제가 한도({}바이트)에서 멈췄습니다.",
                number(*limit)
            ),
            "믿을 수 있는 파일이라면 직접 압축을 풀어 안의 파일을 놓으십시오.",
        ),
        Problem::EmptyArchive => {
            Advice::new("압축 파일 안에 파일이 없습니다.", "어떻게 만들었는지 확인하십시오.")
        }
        Problem::DamagedArchive => Advice::new(
            "압축 파일이 손상되어 파일 목록을 읽을 수 없습니다.",
            "다시 다운로드하거나 다시 압축하십시오.",
        ),
        Problem::CannotRead { detail } => Advice::new(
            format!("파일을 읽을 수 없습니다({detail})."),
            "파일이 아직 있는지, 다른 프로그램이 잠그지 않았는지, 열 권한이 있는지 확인하십시오.",
        ),
        Problem::ReaderDied => Advice::new(
            "이 파일을 읽는 도중 읽기 작업이 중단되어 집계에 포함되지 않았습니다.",
            "파일을 나누거나 다른 브라우저에서 시도하십시오. 다른 파일에는 영향이 없습니다.",
        ),
        Problem::OutOfMemory => Advice::new(
            "이 파일을 읽는 도중 메모리가 가득 차 이 파일은 집계에 포함되지 않았습니다.",
            "한 번에 더 적은 파일을 놓으십시오. 메모리 사용량은 서로 다른 메시지의 수를 따릅니다. 프로그램 mailflow에는 이 제한이 \
             없습니다. 다른 파일에는 영향이 없습니다.",
        ),
        Problem::Document(fault) => document(fault),
        Problem::Saved(fault) => saved(fault),
    }
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::OneFile => TEXTS.endpoint.one_file.to_owned(),
        Trouble::NoAddress(text) => format!("올바른 주소가 아닙니다: ‘{text}’"),
        Trouble::OtherOrigin { origin, allowed } if allowed.is_empty() => format!(
            "데이터가 {origin}에 있지만, 이 페이지는 자신을 제공한 호스트에만 요청할 수 있습니다. 데이터와 \
             페이지를 같은 호스트에 두십시오."
        ),
        Trouble::OtherOrigin { origin, allowed } => format!(
            "데이터가 {origin}에 있지만, 이 페이지는 자신을 제공한 호스트와 빌드할 때 지정한 {allowed}에만 요청할 수 \
             있습니다."
        ),
        Trouble::Folder => "주소가 슬래시로 끝납니다. 이 페이지가 그 데이터만 요청할 수 있도록 데이터 자체의 주소를 \
                            입력하십시오."
            .to_owned(),
        Trouble::Unreachable => {
            "데이터에 연결할 수 없습니다. 네트워크와 호스트가 작동하는지 확인하십시오.".to_owned()
        }
        Trouble::Redirected => "응답이 다른 주소로 넘기므로(HTTP 리디렉션) 따라가지 않았습니다. 로그인이 필요하면 이 \
                                브라우저에서 호스트에 로그인하고, 아니면 데이터 주소를 확인하십시오."
            .to_owned(),
        Trouble::WebPage => "이 주소는 데이터가 아니라 웹 페이지로 응답했습니다. 로그인 페이지라면 이 브라우저에서 \
                             호스트에 로그인하고, 아니면 데이터 주소를 확인하십시오."
            .to_owned(),
        Trouble::Empty => "이 주소의 응답이 비어 있습니다. 데이터 주소를 확인하십시오.".to_owned(),
        Trouble::Token { wrong: false } => {
            "호스트에 전달자(bearer) 토큰이 필요합니다(HTTP 401). 토큰 없이는 데이터를 받을 수 없습니다.".to_owned()
        }
        Trouble::Token { wrong: true } => TEXTS.endpoint.token_wrong.to_owned(),
        Trouble::Busy { status, until: Some(time) } => format!(
            "호스트가 바빠 {time} 이후에 다시 요청하라고 합니다(HTTP {status}). 그때 다시 시도하십시오."
        ),
        Trouble::Busy { status, until: None } => format!(
            "호스트가 바쁩니다(HTTP {status}). 여러 번 요청했지만 받지 못했습니다. 나중에 다시 시도하십시오."
        ),
        Trouble::TooLarge(limit) => format!(
            "응답이 {}바이트보다 길므로 집계하지 않았습니다. 더 짧은 기간을 요청하거나 메시지 대신 셀을 받으십시오.",
            number(*limit)
        ),
        Trouble::NextElsewhere(next) => format!(
            "다음 페이지의 주소가 ‘{next}’입니다. 페이지는 물음표 뒤만 서로 다를 수 있으므로 집계하지 않았습니다. \
             호스트 관리자에게 알리십시오."
        ),
        Trouble::Loop(url) => format!(
            "{url} 페이지가 두 번 나와 끝이 없으므로 집계하지 않았습니다. 호스트 관리자에게 알리십시오."
        ),
        Trouble::TooManyPages(most) => format!(
            "페이지가 {}개를 넘으므로 집계하지 않았습니다. 호스트 관리자에게 알리십시오.",
            number(*most)
        ),
        Trouble::TimeOut(seconds) => {
            format!("호스트가 {seconds}초 동안 응답하지 않았습니다. 나중에 다시 시도하십시오.")
        }
        Trouble::BrokeOff => {
            "응답이 중간에서 끊겨 집계하지 않았습니다. 다시 시도하십시오.".to_owned()
        }
        Trouble::Cancelled => "데이터를 받기 전에 취소했습니다.".to_owned(),
        Trouble::Status(status @ (401 | 403)) => format!(
            "호스트가 로그인을 요구합니다(HTTP {status}). 이 브라우저에서 그 호스트에 로그인한 뒤 페이지를 다시 \
             불러오십시오."
        ),
        Trouble::Status(404) => {
            "이 주소에는 데이터가 없습니다(HTTP 404). 데이터 주소를 확인하십시오.".to_owned()
        }
        Trouble::Status(status @ 500..) => format!(
            "호스트가 응답하지 못했습니다(HTTP {status}). 나중에 다시 시도하거나 관리자에게 알리십시오."
        ),
        Trouble::Status(status) => {
            format!("호스트가 데이터를 주지 않았습니다(HTTP {status}). 데이터 주소를 확인하십시오.")
        }
    }
}

fn saved(fault: &SavedFault) -> Advice {
    match fault {
        SavedFault::CutOff => Advice::new(
            "저장된 분석이 중간에서 끊겨 있으므로 집계하지 않았습니다.",
            "저장한 곳에서 다시 복사하십시오.",
        ),
        SavedFault::Damaged => Advice::new(
            "저장된 분석이 손상되어 저장할 때의 내용과 다르므로 집계하지 않았습니다.",
            "저장한 곳에서 다시 복사하거나 로그를 다시 읽으십시오.",
        ),
        SavedFault::Version { found } => Advice::new(
            format!("이 분석의 형식 버전은 {found}입니다. 읽을 수 있는 버전은 1입니다."),
            "최신 mailflow에서 여십시오.",
        ),
        SavedFault::TooLarge { limit } => Advice::new(
            format!(
                "이 저장된 분석은 {}바이트보다 깁니다. 저장된 분석은 전체를 메모리에 올려 읽습니다.",
                number(*limit)
            ),
            "프로그램으로 병합하십시오.",
        ),
        SavedFault::Account => Advice::new(
            "저장된 분석에서 파일의 행 수가 처리 내역과 맞지 않으므로 집계하지 않았습니다.",
            "저장한 뒤에 변경된 파일입니다. 저장한 곳에서 다시 받거나 로그를 다시 읽으십시오.",
        ),
    }
}

fn document(fault: &DocumentFault) -> Advice {
    const SCHEMA: &str = "올바른 형식은 docs/endpoint.schema.json을 참고하십시오.";
    match fault {
        DocumentFault::Syntax { line, column } => Advice::new(
            format!("{line}행 {column}열부터 올바른 JSON이 아니므로 집계하지 않았습니다."),
            "이 파일을 만든 프로그램을 확인하십시오.",
        ),
        DocumentFault::Shape { line, column } => Advice::new(
            format!("JSON의 {line}행 {column}열이 정해진 형식과 다르므로 집계하지 않았습니다."),
            SCHEMA,
        ),
        DocumentFault::CutOff => Advice::new(
            "JSON이 중간에서 끊겨 있으므로 집계하지 않았습니다.",
            "데이터를 다시 받으십시오.",
        ),
        DocumentFault::Version { found } => Advice::new(
            format!("이 JSON의 버전은 {found}입니다. 읽을 수 있는 버전은 1입니다."),
            SCHEMA,
        ),
        DocumentFault::Missing { name } => {
            Advice::new(format!("이 JSON에 ‘{name}’ 항목이 없습니다."), SCHEMA)
        }
        DocumentFault::TwoLists => Advice::new(
            "이 JSON에는 메시지나 셀 목록이 두 개 이상 있습니다. 함께 읽으면 두 번 집계됩니다.",
            SCHEMA,
        ),
        DocumentFault::TooLarge { limit } => Advice::new(
            format!(
                "이 JSON은 {}바이트보다 깁니다. JSON은 전체를 메모리에 올려 읽습니다.",
                number(*limit)
            ),
            "날짜별로 나누거나 메시지 대신 셀로 작성하십시오.",
        ),
        DocumentFault::NextMissing => Advice::new(
            "이 JSON에 적힌 다음 페이지가 뒤에 없으므로 집계하지 않았습니다.",
            "모든 페이지를 순서대로 한 파일에 이어 붙이십시오.",
        ),
        DocumentFault::Items { said, found } => Advice::new(
            format!(
                "마지막 행에는 항목이 {}개라고 적혀 있지만 {}개가 있으므로 집계하지 않았습니다.",
                number(*said),
                number(*found)
            ),
            "데이터를 다시 받으십시오.",
        ),
        DocumentFault::LongLine { line, limit } => Advice::new(
            format!(
                "{line}행이 {}바이트보다 길므로 이 JSON을 집계하지 않았습니다.",
                number(*limit)
            ),
            "이 파일을 만든 프로그램을 확인하십시오.",
        ),
    }
}

fn not_a_trace(looks_like: Option<FileKind>) -> Advice {
    let Some(kind) = looks_like else {
        return Advice::new(
            "알려진 메일 추적이나 로그가 아닙니다.",
            "무엇을 어디에서 다운로드하는지는 ‘읽을 수 있는 내보내기 파일’을 참고하십시오.",
        );
    };
    if let Some(maker) = kind.maker() {
        return Advice::new(
            format!("{maker} 로그입니다. 이 로그는 읽지 않습니다."),
            "대신 그 옆에 있는 메일 서버의 추적이나 로그를 놓거나, 시간, 방향, TLS 버전이 있는 표(CSV)로 \
             내보내십시오. 그런 표는 열 지정으로 읽을 수 있습니다.",
        );
    }
    match kind {
        FileKind::ZimbraMailboxLog => Advice::new(
            "Zimbra의 mailbox.log입니다. 사서함 안의 일만 기록되고, 메일이 어떻게 전송되었는지는 기록되지 않습니다.",
            "대신 Zimbra의 Postfix가 쓰는 /var/log/zimbra.log를 놓으십시오.",
        ),
        FileKind::ExchangeOtherLog => Advice::new(
            "에이전트 로그나 연결 로그처럼 메시지의 TLS가 기록되지 않는 Exchange Server 로그입니다.",
            "대신 메시지 추적 로그와 SMTP 프로토콜 로그(SmtpReceive, SmtpSend)를 놓으십시오.",
        ),
        FileKind::DmarcReport => Advice::new(
            "DMARC 집계 보고서입니다. 누가 조직의 도메인 이름으로 메일을 보냈는지만 있고, TLS는 기록되지 않습니다.",
            "대신 조직의 메일 서버에서 받은 추적이나 로그를 놓으십시오.",
        ),
        FileKind::DovecotLog => Advice::new(
            "Dovecot 로그입니다. 메일을 읽은 사람과 사서함에 넣은 메일만 기록되고, 메일이 어떻게 전송되었는지는 \
             기록되지 않습니다.",
            "대신 그 옆에 있는 메일 서버의 로그를 놓으십시오. 보통 /var/log/mail.log 또는 maillog입니다.",
        ),
        FileKind::SystemLog => Advice::new(
            "메일 서버의 줄이 없는 시스템 로그입니다.",
            "대신 메일 서버의 로그를 놓으십시오. 보통 /var/log/mail.log 또는 maillog입니다.",
        ),
        FileKind::WebPage => Advice::new(
            "웹 페이지로 보입니다. 오류 페이지나 로그인 페이지가 보고서 이름으로 저장된 것일 수 있습니다.",
            "Exchange 관리 센터에 로그인하여 보고서를 다시 다운로드하십시오.",
        ),
        FileKind::Spreadsheet => Advice::new(
            "스프레드시트로 보입니다.",
            "다운로드한 CSV 파일을 그대로 놓거나 시트를 CSV UTF-8로 저장하십시오.",
        ),
        FileKind::OtherArchive => Advice::new(
            "지원하지 않는 종류의 압축 파일로 보입니다.",
            "직접 압축을 풀어 안의 파일을 놓거나 .zip 또는 .gz로 압축하십시오.",
        ),
        kind => Advice::new(
            format!("메일 추적이 아닙니다. 파일 종류: {}.", file_kind(kind)),
            "무엇을 어디에서 다운로드하는지는 ‘읽을 수 있는 내보내기 파일’을 참고하십시오.",
        ),
    }
}

fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => "이미지",
        FileKind::Pdf => "PDF 문서",
        FileKind::Program => "프로그램",
        FileKind::WebPage => "웹 페이지",
        FileKind::Spreadsheet => "스프레드시트",
        FileKind::OfficeDocument => "오피스 문서",
        FileKind::OtherArchive => "다른 종류의 압축 파일",
        FileKind::Json => "JSON 데이터",
        FileKind::Xml => "XML 데이터",
        FileKind::Mail => "메일 메시지",
        FileKind::Table => "표",
        FileKind::Text => "일반 텍스트",
        FileKind::Binary => "이진 데이터",
        FileKind::DmarcReport => "DMARC 보고서",
        _ => "로그",
    }
}
