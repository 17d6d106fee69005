use mailflow::answer::{Page, PageEnd};
use serde_json::{Value, json};

use super::any_file::{figures, file, read, same, sorted};

/// What an endpoint answers: as it comes, as a document, and line by line.
pub fn endpoint(bytes: &[u8]) {
    let page = |piece: usize| {
        let (mut page, mut text) = (Page::default(), Vec::new());
        let mut take = |bytes: &[u8]| {
            text.extend_from_slice(bytes);
            text.len() < 1 << 24
        };
        let whole = bytes.chunks(piece.max(1)).all(|chunk| page.push(chunk, &mut take));
        let end = whole.then(|| page.finish(&mut take));
        (end, text)
    };
    let whole = page(bytes.len());
    same(&page(1 + bytes.len() / 301), &whole, "a page in pieces");
    if let Ok(Value::Object(document)) = serde_json::from_slice::<Value>(&whole.1) {
        let next = document.get("next").and_then(Value::as_str).filter(|next| !next.is_empty());
        // Names that are not plain, and those that come twice, are not looked at.
        let plain = !whole.1.contains(&b'\\') && count(&whole.1, b"\"next\"") == 1;
        if plain && let (Some(PageEnd::Whole(found)), Some(next)) = (&whole.0, next) {
            same(&found.as_deref(), &Some(next), "the next page");
        }
        line_by_line(document);
    }
    file(bytes);
}

fn count(text: &[u8], word: &[u8]) -> usize {
    text.windows(word.len()).filter(|window| *window == word).count()
}

/// A document says as lines what it says as a whole.
fn line_by_line(mut document: serde_json::Map<String, Value>) {
    let whole = Value::Object(document.clone()).to_string();
    let lists = [("messages", "message"), ("cells", "cell")];
    let Some((list, item)) = lists.into_iter().find(|(list, _)| document.contains_key(*list))
    else {
        return;
    };
    let Some(Value::Array(items)) = document.remove(list) else { return };
    // A document of both, or with another page, is refused in its own ways.
    if document.contains_key("cells")
        || document.contains_key("end")
        || document.contains_key("next")
    {
        return;
    }
    let mut lines = vec![Value::Object(document).to_string()];
    lines.extend(items.iter().map(|own| json!({ item: own }).to_string()));
    lines.push(json!({ "end": { "items": items.len() } }).to_string());
    let (of_lines, told) = figures(&read(lines.join("\n").as_bytes()));
    let (of_whole, known) = figures(&read(whole.as_bytes()));
    if known[0].problem.is_none() && !items.is_empty() {
        same(&told[0].problem, &None, "lines are refused");
        same(&told[0].rows, &known[0].rows, "rows of lines");
        same(&sorted(&of_lines), &sorted(&of_whole), "lines");
    }
}
