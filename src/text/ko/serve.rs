use crate::text::ServeTexts;

pub(super) const SERVE: ServeTexts = ServeTexts {
    counting: "로그를 처음으로 집계하는 중입니다. 잠시 후 다시 요청하십시오.",
    not_found: "이 주소에는 아무것도 없습니다.",
    no_page: "이 서버에는 표시할 페이지가 없습니다. `make page`로 빌드한 다음 --page dist를 \
              지정하여 서버를 시작하십시오. 집계 결과는 /api/mail.json에 있습니다.",
    token_needed: "이 데이터에는 토큰이 필요합니다. Authorization: Bearer …로 보내십시오.",
    token_wrong: "이 서버의 토큰이 아닙니다.",
    other_host: "이 서버의 이름이 아닙니다. 이 이름을 사용하려면 --host NAME을 지정하여 서버를 \
                 시작하십시오.",
    other_site: "이 서버의 페이지에서만 요청할 수 있습니다. 요청에 Origin 또는 \
                 Sec-Fetch-Site가 없거나 다른 사이트를 가리킵니다.",
    not_json: "요청은 JSON이어야 하며 Content-Type: application/json이 필요합니다.",
    too_slow: "요청이 제시간에 도착하지 않았습니다.",
    too_large: |bytes| format!("요청이 {bytes}바이트보다 깁니다."),
    too_often: |seconds| format!("요청이 너무 많습니다. {seconds}초 후에 다시 시도하십시오."),
    takes_no_requests: "이 서버는 --outbox와 --smtp 없이 시작되어 보고서를 보내지 않습니다. 메일 \
                        초안은 페이지에서 직접 만들 수 있습니다.",
    malformed: |why| format!("요청을 읽을 수 없습니다: {why}"),
    version: |version| format!("요청의 버전이 {version}입니다. 이 서버는 버전 1만 지원합니다."),
    unknown_value: |field, value| format!("요청의 {field} 값을 알 수 없습니다: {value}"),
    not_a_day: |field, value| {
        format!("요청의 {field} 값이 2026-09-01과 같은 날짜가 아닙니다: {value}")
    },
    one_day_only: "요청에 날짜가 하나만 있거나 종료일이 시작일보다 빠릅니다.",
    no_recipient: "요청에 받는 사람이 없습니다.",
    too_many_recipients: |most| format!("보고서의 받는 사람은 최대 {most}명입니다."),
    not_an_address: |text| format!("메일 주소가 아닙니다: {text}"),
    domain_not_allowed: |domain| {
        format!(
            "이 서버는 {domain} 도메인에는 보고서를 보내지 않습니다. 허용할 도메인은 \
             --recipient-domain으로 지정합니다."
        )
    },
    no_data: "로그에 이 기간의 메일이 없습니다.",
    sent: |recipients, server| format!("메일 서버 {server}에서 {recipients}명에게 보냈습니다."),
    written: |file| format!("서버의 보낼 편지함에 저장했습니다: {file}. 아직 보내지 않았습니다."),
    written_instead: |file, why| {
        format!("메일 서버가 받지 않았습니다: {why} 대신 서버의 보낼 편지함에 저장했습니다: {file}")
    },
    not_sent: |why| format!("메일 서버가 받지 않았습니다: {why}"),
    neither: |mail, outbox| format!("메일 서버가 받지 않았습니다: {mail} {outbox}"),
    no_answer: |server, seconds| {
        format!(
            "메일 서버 {server}에서 {seconds}초 안에 응답이 없었습니다. 보고서가 발송되는지는 알 수 \
             없습니다."
        )
    },
    outbox_full: "서버의 보낼 편지함에 남은 공간이 없습니다. 아무것도 저장하지 않았습니다.",
    outbox_failed: |why| {
        format!("서버의 보낼 편지함에 저장할 수 없습니다: {why} 남은 파일은 없습니다.")
    },
    attached: "상세 표를 첨부했습니다. mailflow가 서버의 로그로 만들었습니다.",
};
