use crate::page::dom::{El, svg_el};

/// A picture of the page, drawn on a grid of 20.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// Mail that comes and goes.
    MailFlow,
    /// A key.
    Key,
    /// A sheet of paper.
    File,
    /// A shield.
    Shield,
    /// An X.
    Close,
    /// Points right; turned by the style sheet.
    Chevron,
    /// A triangle with a mark.
    Warning,
    /// An i in a circle.
    Note,
    /// An arrow into a tray.
    Drop,
}

impl Picture {
    const fn path(self) -> &'static str {
        match self {
            Self::MailFlow => "M2.5 6.5h9M8.5 3.5l3 3-3 3M17.5 13.5h-9M11.5 10.5l-3 3 3 3",
            Self::Key => {
                "M12.5 3a4.5 4.5 0 1 0 1.2 8.8M12.5 3a4.5 4.5 0 0 1 1.2 8.8M9 10.6 3 16.5v1h3v-2h2v-2h1.5l1-1M13.7 6.3v.1"
            }
            Self::File => "M5 2.5h6l4 4v11H5zM11 2.5v4h4",
            Self::Shield => {
                "M10 2.5c2 1.5 4 2 6.5 2 0 6-1.500 10-6.500 13-5-3-6.500-7-6.500-13 2.500 0 4.500-.5 6.500-2zM7 10l2.200 2.200L13.200 8"
            }
            Self::Close => "M4.5 4.5l11 11M15.500 4.500l-11 11",
            Self::Chevron => "M7.500 4.500l5.500 5.500-5.500 5.500",
            Self::Warning => "M10 3 2.500 16.500h15zM10 8v4.500M10 14.200v.3",
            Self::Note => "M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM10 9v5M10 6v.3",
            Self::Drop => "M10 2.500v10M6 8.500l4 4 4-4M3 13v4h14v-4",
        }
    }
}

/// A picture beside a text that says the same.
pub(crate) fn icon(picture: Picture) -> El {
    drawing("icon", "0 0 20 20", 20).add(svg_el("path").attr("d", picture.path()))
}

/// A small square drawing that says nothing by itself.
pub(crate) fn drawing(class: &str, view_box: &str, side: u32) -> El {
    let side = side.to_string();
    svg_el("svg")
        .class(class)
        .attr("viewBox", view_box)
        .attr("width", &side)
        .attr("height", &side)
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
}
