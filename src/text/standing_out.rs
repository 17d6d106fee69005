//! The texts of the card "What stands out".

/// What the reports find in the last 7 days.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct StandingOut {
    pub title: &'static str,
    /// Where nothing is above its threshold, or unusual.
    pub no_insights: &'static str,
    pub nothing_unusual: &'static str,
    /// Where no file tells of mail flow, or of SMTP AUTH.
    pub no_flow: &'static str,
    pub no_auth: &'static str,
    /// Links to the reports, where there are more.
    pub more_insights: fn(u64) -> String,
    pub more_unusual: fn(u64) -> String,
    /// A link to the report, of all days.
    pub all_days: &'static str,
    pub empty: &'static str,
    pub empty_help: &'static str,
}

pub(super) const ENGLISH: StandingOut = StandingOut {
    title: "What stands out",
    no_insights: "No connector or domain is above a threshold.",
    nothing_unusual: "No SMTP AUTH client does anything unusual.",
    no_flow: "These files do not tell of inbound or outbound mail.",
    no_auth: "These files do not tell of SMTP AUTH.",
    more_insights: |n| format!("{n} more in the Connector and Domains reports"),
    more_unusual: |n| format!("{n} more in the SMTP Auth clients report"),
    all_days: "Look at all of the data",
    empty: "Nothing to judge yet",
    empty_help: "Connectors and domains behind, and accounts that do what they never did, \
                 are listed here.",
};

pub(super) const KOREAN: StandingOut = StandingOut {
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
