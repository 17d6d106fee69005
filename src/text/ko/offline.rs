//! Korean of use without the network.

use crate::text::Offline;

pub(super) const OFFLINE: Offline = Offline {
    from_disk: "네트워크 없이 디스크에서 열림",
    ready: "네트워크 없이 사용 가능",
    preparing: "네트워크 없이 사용하도록 준비하는 중…",
    needs_network: "열 때 네트워크 필요",
    waiting: |version| format!("mailflow 새 버전({version})이 준비되었습니다."),
    update: "업데이트",
    loses: "업데이트하면 이 페이지를 다시 엽니다. 읽은 내용이 사라지므로 파일을 다시 놓아야 합니다. 이어서 보려면 먼저 \
            분석을 저장하십시오. 다른 탭은 새로 고칠 때까지 그대로입니다.",
    remembered: "업데이트하면 기억해 둔 분석과 함께 이 페이지를 다시 엽니다. 다른 탭은 새로 고칠 때까지 그대로입니다.",
    replaced: |version| {
        format!(
            "다른 탭에서 mailflow를 업데이트했습니다. 이 탭은 새로 고칠 때까지 {version} 버전을 계속 사용합니다."
        )
    },
    reload: "페이지 새로 고침",
    licences: "오픈 소스 라이선스",
    privacy: "네트워크 없이 열 수 있도록 페이지 자체를 이 브라우저에 보관합니다. 데이터는 기억하도록 하지 않는 한 보관하지 \
              않습니다. 페이지를 제공하는 서비스 워커도 정책과 마찬가지로 다른 호스트로 가는 요청을 막습니다. 페이지를 열 \
              때마다 브라우저가 페이지 호스트에 새 버전이 있는지 확인하며, 새 버전은 업데이트를 누른 뒤에만 사용합니다.",
};
