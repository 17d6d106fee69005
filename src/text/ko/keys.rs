//! Korean of the keys.

use crate::text::Keys;

pub(super) const KEYS: Keys = Keys {
    title: "바로 가기 키",
    note: "텍스트를 입력하는 동안이나 대화 상자가 열려 있을 때는 작동하지 않습니다. 모든 기능은 Tab, Enter, 스페이스바로도 사용할 수 있습니다.",
    key: "키",
    does: "기능",
    this_list: "이 목록 표시",
    open_files: "읽을 파일 선택",
    filter: "보고서의 메시지 필터링",
    switch: "차트와 표 전환",
    search: "표에서 검색",
    export: "표 내보내기",
    in_chart: "차트에 포커스가 있을 때",
    point_to_point: "이전 또는 다음 지점이나 조각으로 이동",
    first_and_last: "처음 또는 끝으로 이동",
    leave_point: "선택 해제",
    on: "단일 키를 바로 가기로 사용",
    on_help: "사용하지 않도록 설정하면 이 브라우저에 기억됩니다. 목록은 \u{201c}?\u{201d} 단추로 계속 열 수 있습니다.",
    skip: "본문으로 건너뛰기",
};
