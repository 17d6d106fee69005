//! Korean of filters.

use super::particles::{by, subject};
use crate::report::{Fault, Field, FieldKind, Ignored, Join, Verb};
use crate::text::Filters;

pub(super) const FILTERS: Filters = Filters {
    add: "필터 추가",
    change: "필터 변경",
    remove_all: "필터 제거",
    title: "메시지 필터",
    filtered: "필터: ",
    conditions: |count| format!("조건 {count}개"),
    nothing_passes: "이 기간에 필터 조건에 맞는 메시지가 없습니다",
    of_all: "필터가 적용되지 않은 읽은 전체 데이터 기준입니다.",
    join: "표시할 메시지",
    group_join: "이 그룹의 조건",
    all: "모든 조건 충족",
    any: "조건 중 하나 이상 충족",
    of_messages: "메시지",
    of_rows: "필터 적용 전 해당 기간의 행",
    field: "필드",
    test: "비교",
    value: "값",
    to: "끝 값",
    condition: |number| format!("조건 {number}"),
    group: |number| format!("그룹 {number}"),
    add_condition: "조건 추가",
    add_group: "그룹 추가",
    add_to_group: |group| format!("{group}에 조건 추가"),
    remove: |what| format!("{what} 제거"),
    none_yet: "조건이 없으므로 모든 메시지를 표시합니다.",
    too_many: |most| format!("필터에는 조건을 {most}개까지 넣을 수 있습니다"),
    fault: |kind, fault| match (fault, kind) {
        (Fault::NotOfKind, FieldKind::Percent) => "0에서 100 사이의 백분율을 입력하십시오",
        (Fault::NotOfKind, FieldKind::Day) => "날짜를 입력하십시오",
        (Fault::NotOfKind, _) => "정수를 입력하십시오",
        _ => "값을 입력하십시오",
    },
    saved: "저장된 필터",
    choose_saved: "선택\u{2026}",
    name: "이름",
    save: "이 브라우저에 저장",
    save_note: "직접 저장한 필터만 이 브라우저에 보관됩니다.",
    saved_now: |name| format!("{name} 저장됨"),
    not_saved: "이 브라우저에는 저장할 수 없습니다.",
    no_name: "이름을 입력하십시오",
    delete: |name| format!("{name} 삭제"),
    deleted: |name| format!("{name} 삭제됨"),
    apply: "적용",
    silent: |field| match field {
        Field::Connector => "커넥터 없음",
        _ => "기록되지 않음",
    },
    fields: |field| match field {
        Field::Date => "날짜",
        Field::Direction => "방향",
        Field::Connector => "커넥터",
        Field::ConnectorType => "커넥터 유형",
        Field::ForcedTls => "TLS 강제 여부",
        Field::Tls => "TLS 버전",
        Field::Cipher => "암호 그룹",
        Field::SenderDomain => "보낸 사람 도메인",
        Field::RemoteDomain => "상대방 도메인",
        Field::RemoteHost => "상대방 호스트",
        Field::Account => "보낸 사람 주소",
        Field::Domain => "도메인",
        Field::Method => "인증 프로토콜",
        Field::ClientIp => "클라이언트 IP 주소",
        Field::Change => "이전 기간 대비 변화",
        _ => "볼륨",
    },
    count_of: |state| format!("{state} 메시지 수"),
    share_of: |state| format!("{state} 비율"),
    verb: |kind, verb| match (verb, kind) {
        (Verb::Is, _) => "같음",
        (Verb::IsNot, _) => "같지 않음",
        (Verb::Contains, _) => "포함",
        (Verb::StartsWith, _) => "다음으로 시작",
        (Verb::EndsWith, _) => "다음으로 끝남",
        (Verb::MoreThan, FieldKind::Day) => "이후(해당 날짜 제외)",
        (Verb::LessThan, FieldKind::Day) => "이전(해당 날짜 제외)",
        (Verb::MoreThan, _) => "초과",
        (Verb::LessThan, _) => "미만",
        (Verb::Between, _) => "범위",
    },
    clause: |field, kind, verb, value, to| {
        let of = subject(field);
        match (verb, kind) {
            (Verb::Is, _) => format!("{of} {value}"),
            (Verb::IsNot, _) => format!("{of} {value} 아님"),
            (Verb::Contains, _) => format!("{field}에 {value} 포함"),
            (Verb::StartsWith, _) => format!("{of} {} 시작", by(value)),
            (Verb::EndsWith, _) => format!("{of} {} 끝남", by(value)),
            (Verb::MoreThan, FieldKind::Day) => format!("{of} {value}보다 뒤"),
            (Verb::LessThan, FieldKind::Day) => format!("{of} {value}보다 앞"),
            (Verb::MoreThan, _) => format!("{of} {value} 초과"),
            (Verb::LessThan, _) => format!("{of} {value} 미만"),
            (Verb::Between, FieldKind::Day) => format!("{of} {value} ~ {to}"),
            (Verb::Between, _) => format!("{of} {value} 이상 {to} 이하"),
        }
    },
    silence: |name, field, silent| {
        let state = match (field, silent) {
            (Field::Connector, true) => "없음",
            (Field::Connector, false) => "있음",
            (_, true) => "기록되지 않음",
            (_, false) => "기록됨",
        };
        format!("{} {state}", subject(name))
    },
    joint: |join| match join {
        Join::All => ", 그리고 ",
        Join::Any => ", 또는 ",
    },
    or: " 또는 ",
    direction_unknown: "기록되지 않음",
    internal: "내부",
    submission: "SMTP AUTH",
    ignored: |field, why| {
        let of = subject(field);
        match why {
            Ignored::NotInReport => {
                format!("적용되지 않은 조건: 이 보고서에는 {of} 없습니다.")
            }
            Ignored::NotInData => {
                format!("적용되지 않은 조건: 이 데이터에는 {of} 없습니다.")
            }
            Ignored::NothingBefore => {
                format!("적용되지 않은 조건: {field}. 파일에 이전 기간의 데이터가 없습니다.")
            }
        }
    },
};
