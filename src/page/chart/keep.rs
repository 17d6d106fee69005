//! Charts as files: SVG that stands alone, and PNG of twice its size.
//!
//! The page's policy allows pictures from `data:` addresses only, so that is
//! where the PNG is drawn from.

use js_sys::encode_uri_component;
use leptos::prelude::{document, window};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, XmlSerializer,
};

use super::sheet::Sheet;
use super::svg::svg;
use crate::mail::Day;
use crate::page::dom::{El, el, svg_el, text_el};
use crate::page::save::{save, save_blob};
use crate::page::shell::{Item, menu};
use crate::page::view::View;
use crate::text::Catalogue;

/// Width of a chart over time as a picture of its own, in pixels.
pub(super) const SHEET: i32 = 960;
/// The same on paper, as wide as the text of an A4 page.
pub(super) const PAPER: i32 = 640;

/// A PNG has so many pixels for one of the page.
const FINE: u32 = 2;

/// What the style sheet gives a shape, and a file must say itself.
const STYLES: [&str; 11] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-linecap",
    "opacity",
    "font-family",
    "font-weight",
    "font-variant-numeric",
];

/// "Save chart", below a chart: `of` is what it is of, `days` which, `sheet`
/// makes it as it is looked at now.
pub(super) fn keep_menu(
    t: &'static Catalogue,
    of: &str,
    days: Option<(Day, Day)>,
    sheet: impl Fn() -> Sheet + Clone + 'static,
) -> El {
    let stem = {
        let of = of.to_owned();
        move || file_stem(View::current().0.stem(), &of, days)
    };
    let as_svg = {
        let (sheet, stem) = (sheet.clone(), stem.clone());
        Box::new(move || {
            let (text, _) = alone(&sheet());
            save(&format!("{}.svg", stem()), "image/svg+xml", &text);
        })
    };
    let as_png = Box::new(move || {
        let name = stem();
        draw(&sheet(), &name);
    });
    let items: [Item; 2] = [(t.audit.svg, as_svg), (t.audit.png, as_png)];
    menu(t.audit.chart, of, items).class("menu keep-chart")
}

/// `connector-report_all-mail-flow_2026-09-01_2026-09-07`.
fn file_stem(view: &str, of: &str, days: Option<(Day, Day)>) -> String {
    let mut stem = view.to_owned();
    let of = slug(of);
    if !of.is_empty() {
        stem.push('_');
        stem.push_str(&of);
    }
    if let Some((first, last)) = days {
        stem.push('_');
        stem.push_str(&first.to_string());
        if first != last {
            stem.push('_');
            stem.push_str(&last.to_string());
        }
    }
    stem
}

/// A name as a part of a file's: no sign that means something to a system, and
/// none that turns the direction of writing.
fn slug(name: &str) -> String {
    const LONGEST: usize = 40;
    let mut slug = String::new();
    for letter in name.chars().take(200) {
        let kept = letter.is_ascii_alphanumeric()
            || (!letter.is_ascii()
                && !letter.is_control()
                && !matches!(letter, '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{ff00}'..='\u{ffff}'));
        if kept {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let cut: String = slug.chars().take(LONGEST).collect();
    cut.trim_end_matches('-').to_owned()
}

/// The sheet as an SVG document, and its size in pixels.
fn alone(sheet: &Sheet) -> (String, (i32, i32)) {
    let (shapes, size) = sheet.shapes();
    let drawing = svg(&shapes, size);
    let paper = svg_el("rect").attr("width", "100%").attr("height", "100%").attr("fill", "#fff");
    let title = svg_el("title").text(&sheet.title);
    let words = [&*sheet.about, &*sheet.spoken].into_iter().filter(|text| !text.is_empty());
    let words = svg_el("desc").text(&words.collect::<Vec<_>>().join(". "));
    // Only in the page do shapes have their styles.
    let place = el("div").class("off-stage").add(el("div").class(sheet.class).add(drawing.clone()));
    let root = drawing.node();
    if let Some(body) = document().body() {
        drop(body.append_child(place.node()));
        let patterns = used_patterns(root);
        for pattern in &patterns {
            drop(root.append_child(pattern));
        }
        in_line(root);
        place.node().remove();
    }
    for first in [paper, words, title] {
        drop(root.insert_before(first.node(), root.first_child().as_ref()));
    }
    for (name, value) in
        [("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("aria-label", &sheet.title)]
    {
        root.set_attribute(name, value).unwrap_or_default();
    }
    for name in ["aria-hidden", "focusable", "class"] {
        root.remove_attribute(name).unwrap_or_default();
    }
    let text = XmlSerializer::new().and_then(|writer| writer.serialize_to_string(root));
    // What no XML document may hold (XML 1.0, "Char") would spoil all of it.
    let legal = |letter: char| match letter {
        '\t' | '\n' | '\r' => letter,
        '\0'..' ' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    (text.unwrap_or_default().chars().map(legal).collect(), size)
}

/// Copies of the page's patterns that are in use.
fn used_patterns(root: &Element) -> Vec<Element> {
    let mut copies: Vec<Element> = Vec::new();
    for shape in all(root, "[fill^='url(#']") {
        let id = shape.get_attribute("fill").unwrap_or_default();
        let id = id.trim_start_matches("url(#").trim_end_matches(')');
        if copies.iter().any(|copy| copy.id() == id) {
            continue;
        }
        let copy =
            document().get_element_by_id(id).and_then(|own| own.clone_node_with_deep(true).ok());
        copies.extend(copy.and_then(|copy| copy.dyn_into().ok()));
    }
    copies
}

/// Writes what the style sheet gives each shape into its attributes.
fn in_line(root: &Element) {
    for shape in all(root, "polygon, polyline, path, text, rect, circle") {
        let Ok(Some(styles)) = window().get_computed_style(&shape) else { continue };
        for name in STYLES {
            let value = styles.get_property_value(name).unwrap_or_default();
            let usual = match name {
                "fill-opacity" | "opacity" => value == "1",
                "stroke-dasharray" | "stroke" => value == "none",
                _ => value.is_empty(),
            };
            let text_only = name.starts_with("font-") && shape.tag_name() != "text";
            // A pattern is named in the attribute already.
            if usual || text_only || (name == "fill" && value.starts_with("url(")) {
                continue;
            }
            for (name, value) in plain(name, &value) {
                shape.set_attribute(&name, &value).unwrap_or_default();
            }
        }
        shape.remove_attribute("class").unwrap_or_default();
    }
}

/// Colours with their transparency apart, as SVG 1.1 has them: not everything
/// that opens a file knows more.
fn plain(name: &str, value: &str) -> Vec<(String, String)> {
    let name = name.to_owned();
    let parts = value.strip_prefix("rgba(").and_then(|rest| rest.strip_suffix(')'));
    match parts.and_then(|parts| parts.rsplit_once(',')) {
        Some((colour, opacity)) => {
            let rgb = format!("rgb({})", colour.trim());
            vec![(format!("{name}-opacity"), opacity.trim().to_owned()), (name, rgb)]
        }
        None => vec![(name, value.trim_end_matches("px").to_owned())],
    }
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Draws the sheet and saves it as `stem` with its ending. A browser that cannot
/// (a picture may be too large for it) gives the drawing as SVG.
fn draw(sheet: &Sheet, stem: &str) {
    let (text, size) = alone(sheet);
    let name = format!("{stem}.png");
    let otherwise = {
        let (name, text) = (format!("{stem}.svg"), text.clone());
        Rc::new(move || save(&name, "image/svg+xml", &text))
    };
    let Ok(image) = HtmlImageElement::new() else { return otherwise() };
    let drawn = image.clone();
    let on_error = {
        let otherwise = Rc::clone(&otherwise);
        Closure::once_into_js(move || otherwise())
    };
    let on_load = Closure::once_into_js(move || {
        if rasterize(&drawn, size, name, Rc::clone(&otherwise)).is_err() {
            otherwise();
        }
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    image.set_onerror(Some(on_error.unchecked_ref()));
    image.set_src(&format!("data:image/svg+xml,{}", String::from(encode_uri_component(&text))));
}

fn rasterize(
    image: &HtmlImageElement,
    (width, height): (i32, i32),
    name: String,
    otherwise: Rc<impl Fn() + 'static>,
) -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width.unsigned_abs() * FINE);
    canvas.set_height(height.unsigned_abs() * FINE);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let (across, down) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, across, down)?;
    let save = Closure::once_into_js(move |blob: JsValue| match blob.dyn_into::<Blob>() {
        Ok(blob) => save_blob(&name, &blob).unwrap_or_default(),
        Err(_) => otherwise(),
    });
    canvas.to_blob(save.unchecked_ref())
}

/// A chart with what saves it below.
pub(super) fn kept(chart: El, menu: El) -> El {
    el("div").class("kept-chart").add(chart).add(menu)
}

/// A chart over time as it stands on paper: nothing to operate.
pub(super) fn still(t: &'static Catalogue, class: &str, sheet: &Sheet, caption: &str) -> El {
    let (shapes, size) = &sheet.drawing;
    let items = sheet.legend.iter().map(|(sample, name)| {
        el("li").add(svg(sample, (28, 12))).text(" ").add(text_el("bdi", name))
    });
    let label = [&*sheet.title, ", ", &sheet.about].concat();
    let picture = el("div").attr("role", "img").attr("aria-label", &label).add(svg(shapes, *size));
    el("figure")
        .class(&[class, " still"].concat())
        .attr("aria-label", &label)
        .add(text_el("figcaption", caption).class("weak"))
        .add(picture)
        .add(el("ul").class("legend").attr("aria-label", t.chart.legend).adds(items))
}

#[cfg(test)]
mod tests {
    use super::{Day, file_stem, plain};

    #[test]
    fn a_file_is_called_by_view_chart_and_days() {
        let days = Some((Day(20_000), Day(20_006)));
        assert_eq!(
            file_stem("connector-report", "All mail flow", days),
            "connector-report_all-mail-flow_2024-10-04_2024-10-10"
        );
        assert_eq!(file_stem("dashboard", "", None), "dashboard");
    }

    #[test]
    fn a_name_out_of_a_file_leads_nowhere() {
        let stem = |name| file_stem("x", name, None);
        assert_eq!(stem("../../etc/passwd"), "x_etc-passwd");
        assert_eq!(stem("a\u{202e}gpj.exe\0"), "x_a-gpj-exe");
        assert_eq!(stem("커넥터 1"), "x_커넥터-1");
        let long = "y".repeat(500);
        assert_eq!(stem(&long).len(), 42);
        assert_eq!(stem("///"), "x");
    }

    #[test]
    fn transparency_is_apart_from_the_colour() {
        let own = |pairs: Vec<(String, String)>| pairs;
        assert_eq!(
            own(plain("fill", "rgba(255, 255, 255, 0.65)")),
            [
                ("fill-opacity".to_owned(), "0.65".to_owned()),
                ("fill".to_owned(), "rgb(255, 255, 255)".to_owned())
            ]
        );
        assert_eq!(
            own(plain("stroke-width", "10px")),
            [("stroke-width".to_owned(), "10".to_owned())]
        );
    }
}
