//! What stands out, in Korean.

use crate::text::StandingOut;

pub(super) const STANDING_OUT: StandingOut = StandingOut {
    title: "눈에 띄는 항목",
    no_insights: "기준을 넘는 커넥터나 도메인이 없습니다.",
    nothing_unusual: "비정상적인 활동을 보이는 SMTP AUTH 클라이언트가 없습니다.",
    no_flow: "이 파일에는 인바운드나 아웃바운드 메일에 관한 정보가 없습니다.",
    no_auth: "이 파일에는 SMTP AUTH에 관한 정보가 없습니다.",
    more_insights: |n| format!("커넥터 보고서와 도메인 보고서에 {n}건 더 있음"),
    more_unusual: |n| format!("SMTP AUTH 클라이언트 보고서에 {n}건 더 있음"),
    all_days: "전체 데이터에서 보기",
    empty: "아직 판단할 데이터가 없습니다",
    empty_help: "뒤처진 커넥터와 도메인, 평소와 다르게 동작하는 계정을 여기에 표시합니다.",
};
