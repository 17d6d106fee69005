//! What a hop tells of the border that it may cross, as a record has it.

use serde::{Deserialize, Serialize};

use super::{plain, text};
use crate::mail::{Border, HopKind, Side};
use crate::observations::codes::{Coded, Text};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bordered<'a> {
    kind: Coded<HopKind>,
    #[serde(borrow)]
    from: SideOf<'a>,
    #[serde(borrow)]
    by: SideOf<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    recipients: Option<Text<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum SideOf<'a> {
    Stranger,
    Internal,
    #[serde(borrow)]
    Of(Text<'a>),
    #[serde(borrow)]
    EndOf(Text<'a>),
}

impl<'a> Bordered<'a> {
    pub(super) fn of(border: Border<&'a str>) -> Self {
        let side = |side| match side {
            Side::Stranger => SideOf::Stranger,
            Side::Internal => SideOf::Internal,
            Side::Of(whose) => SideOf::Of(Text::from(whose)),
            Side::EndOf(whose) => SideOf::EndOf(Text::from(whose)),
        };
        Self {
            kind: Coded(border.kind),
            from: side(border.from),
            by: side(border.by),
            sender: text(border.sender),
            recipients: text(border.recipients),
        }
    }

    pub(super) fn border(&self) -> Border<&str> {
        fn side<'s>(side: &'s SideOf<'_>) -> Side<&'s str> {
            match side {
                SideOf::Stranger => Side::Stranger,
                SideOf::Internal => Side::Internal,
                SideOf::Of(whose) => Side::Of(&whose.0),
                SideOf::EndOf(whose) => Side::EndOf(&whose.0),
            }
        }
        Border {
            kind: self.kind.0,
            from: side(&self.from),
            by: side(&self.by),
            sender: plain(self.sender.as_ref()),
            recipients: plain(self.recipients.as_ref()),
        }
    }
}

/// A border that borrows nothing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OwnedBorder {
    kind: Coded<HopKind>,
    from: OwnedSide,
    by: OwnedSide,
    sender: Option<String>,
    recipients: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum OwnedSide {
    Stranger,
    Internal,
    Of(String),
    EndOf(String),
}

impl OwnedBorder {
    pub(super) fn of(border: &Border<String>) -> Self {
        let side = |side: &Side<String>| match side {
            Side::Stranger => OwnedSide::Stranger,
            Side::Internal => OwnedSide::Internal,
            Side::Of(whose) => OwnedSide::Of(whose.clone()),
            Side::EndOf(whose) => OwnedSide::EndOf(whose.clone()),
        };
        Self {
            kind: Coded(border.kind),
            from: side(&border.from),
            by: side(&border.by),
            sender: border.sender.clone(),
            recipients: border.recipients.clone(),
        }
    }

    pub(super) fn border(self) -> Border<String> {
        let side = |side| match side {
            OwnedSide::Stranger => Side::Stranger,
            OwnedSide::Internal => Side::Internal,
            OwnedSide::Of(whose) => Side::Of(whose),
            OwnedSide::EndOf(whose) => Side::EndOf(whose),
        };
        Border {
            kind: self.kind.0,
            from: side(self.from),
            by: side(self.by),
            sender: self.sender,
            recipients: self.recipients,
        }
    }
}
