//! Korean of the audit report, and of what is copied and saved.

use crate::report::grouped;
use crate::text::AuditTexts;

pub(super) const AUDIT: AuditTexts = AuditTexts {
    title: "감사 보고서",
    intro: "화면과 같은 수치로 작성하는 제출용 문서입니다. 내용을 선택한 뒤 인쇄하거나 PDF로 저장하십시오.",
    document: "메일 전송 보안 보고서",
    form: "문서 내용",
    heading: "제목",
    organization: "조직(인쇄할 이름)",
    sections: "항목",
    parts: [
        "차트",
        "커넥터",
        "SMTP AUTH 클라이언트",
        "인사이트 및 비정상적인 활동",
        "도메인 및 Direct Send",
        "다른 발신 조직의 보고(TLS-RPT)",
        "수치의 근거",
    ],
    work_lists: "준비 상태 및 작업 목록",
    rows: "목록별 행 수",
    rows_of: |rows| format!("최대 {}행", grouped(rows, ',')),
    addresses: "주소와 클라이언트를 개수만이 아니라 이름까지 표시",
    hash: "파일별 SHA-256",
    hash_help: "놓은 파일의 모든 바이트를 이 기기에서 다시 읽습니다.",
    print: "인쇄 또는 PDF로 저장",
    print_help: "A4와 Letter를 지원합니다. 화면 테마와 관계없이 밝은 색으로 인쇄합니다. 쪽 번호는 여백에 있으며, \
                 Firefox에서는 브라우저의 머리글 및 바닥글 인쇄를 켜십시오.",
    preview: "미리 보기",
    period: "기간",
    made: "작성 시각",
    program: "작성 프로그램",
    made_here: "mailflow가 브라우저 안에서 작성했으며 데이터는 외부로 나가지 않았습니다.",
    summary: "요약",
    summary_note: "비율은 TLS가 기록된 메시지를 기준으로 합니다. 기록되지 않은 것은 TLS 없음으로 세지 않습니다.",
    filtered_note: "이 문서의 수치는 이 필터를 통과한 메시지만 센 것입니다. 필터가 적용되지 않는 곳에는 그렇게 적혀 \
                    있습니다.",
    passing: |of_flow, messages, all| {
        let what = if of_flow {
            "인바운드 및 아웃바운드 메시지"
        } else {
            "SMTP AUTH 메시지"
        };
        let (messages, all) = (grouped(messages, ','), grouped(all, ','));
        format!("{what} {all}개 중 {messages}개가 필터를 통과했습니다.")
    },
    share: "기록된 것 중 비율",
    by_day: "커넥터별 일일 메시지 수",
    by_week: "주별 TLS 버전",
    connectors_note: "전체 기간의 커넥터별 수치이며 메시지가 많은 순서입니다.",
    forced: |word| format!("TLS 강제: {word}"),
    by_domain: "보낸 사람 도메인별",
    old_senders: "TLS 1.2 미만을 쓰거나 TLS를 쓰지 않은 보낸 사람",
    no_old_senders: "이 기간에 TLS 1.2 미만을 쓰거나 TLS를 쓰지 않은 보낸 사람이 없습니다.",
    not_named: |senders| {
        format!("보낸 사람 {}명입니다. 주소는 인쇄하지 않습니다.", grouped(senders, ','))
    },
    senders_of: |senders, messages| {
        let (senders, messages) = (grouped(senders, ','), grouped(messages, ','));
        format!("SMTP AUTH로 보낸 사람은 {senders}명, 메시지는 {messages}개입니다.")
    },
    more: |more| format!("인쇄하지 않은 행이 {}개 더 있습니다.", grouped(more, ',')),
    findings: "인사이트 및 비정상적인 활동",
    finding_next: "각 계정의 소유자에게 의도한 전송인지 확인하십시오. 아니라면 암호를 바꾸고 계정의 세션을 끝낸 뒤 \
                   보낸 내용을 확인하십시오.",
    finding_kinds: [
        "평소보다 크게 늘어난 날",
        "한 시간에 집중된 전송",
        "처음 나타난 보낸 사람",
        "처음 나타난 클라이언트",
        "이전보다 약해진 TLS",
    ],
    finding: "내용",
    how_many: "건수",
    nothing_to_fix: "조치할 항목이 없습니다.",
    done_of: |done, all| {
        format!("{}개 중 {}개를 완료했습니다.", grouped(all, ','), grouped(done, ','))
    },
    peers: "도메인 및 Direct Send",
    messages_of: |messages| format!("메시지 {}개입니다.", grouped(messages, ',')),
    result: "결과",
    meaning: "의미와 조치",
    basis: "수치의 근거",
    files: "파일",
    digest: "SHA-256",
    no_digest: "계산하지 않음",
    made_by_page: "파일 없음: 이 페이지가 만든 가상 데이터",
    inside_saved: "저장된 분석에 포함된 파일이며 원본 바이트는 여기에 없음",
    settings: "설정",
    guessed: "데이터에서 추정",
    said: "직접 지정",
    none_said: "없음",
    utc: "날짜는 UTC 기준입니다. 시간대가 없는 시각을 읽은 기준:",
    filters: "필터",
    no_filters: "없음: 기간의 모든 메시지를 셉니다.",
    thresholds: |tls_1_0, no_tls, never_tls| {
        format!(
            "커넥터의 기록된 메시지 중 TLS 1.0이 {tls_1_0}% 초과 또는 TLS 없음이 {no_tls}% 초과, TLS를 한 번도 쓰지 않는 \
             도메인은 메시지 {never_tls}개부터"
        )
    },
    thresholds_name: "인사이트 임계값",
    rows_setting: |rows| format!("목록마다 최대 {}행을 인쇄합니다.", grouped(rows, ',')),
    lists: "목록",
    hashing: |done, all, read, size| {
        let (done, all) = (grouped(done, ','), grouped(all, ','));
        format!("SHA-256: 파일 {all}개 중 {done}개 완료, {size} 중 {read} 읽음")
    },
    hashed: |files, failed| {
        let text = format!("파일 {}개의 SHA-256을 계산했습니다", grouped(files, ','));
        let failed =
            (failed > 0).then(|| format!(". {}개는 계산하지 못했습니다", grouped(failed, ',')));
        [text, failed.unwrap_or_default()].concat()
    },
    not_hashed: |files| {
        let files = grouped(files, ',');
        format!("파일 {files}개의 SHA-256을 계산하지 못했습니다. 이유는 수치의 근거에 있습니다.")
    },
    cancel: "SHA-256 계산 취소",
    hash_failed: |why| {
        let said =
            if why.is_empty() { String::new() } else { format!(" 브라우저 메시지: {why}") };
        format!(
            "계산하지 못했습니다. 읽은 뒤에 파일이 바뀌었거나 옮겨졌거나 삭제되었거나 더 이상 읽을 수 없습니다. 수치와 \
             SHA-256이 같은 바이트에서 나오도록 파일을 다시 놓으십시오.{said}"
        )
    },
    no_data: "이 기간에 대해 알려 주는 파일이 없습니다.",
    copy: "복사",
    copy_text: "텍스트로(탭 구분)",
    copy_markdown: "Markdown으로",
    copied: |rows, more| {
        let text = format!("{}행을 복사했습니다", grouped(rows, ','));
        if more == 0 {
            return text;
        }
        format!("{text}. 나머지 {}행은 내보내기 파일에만 있습니다", grouped(more, ','))
    },
    not_copied: "브라우저가 이 페이지의 클립보드 사용을 허용하지 않았습니다. 대신 파일로 저장하십시오.",
    save_file: "파일로 저장",
    only_seen: "인쇄물에는 화면에 있던 행만 나옵니다. 전체는 내보내기로 받고, 목록 인쇄는 감사 보고서를 사용하십시오.",
    chart: "차트 저장",
    svg: "SVG로 저장",
    png: "PNG로 저장",
};
