use super::Field;
use crate::order::sort_by;
use crate::tally::{Tally, Text};

/// At most so many values are offered to choose from.
pub const KNOWN_VALUES: usize = 200;

/// The texts that the data has in a field, most messages first.
pub fn known_values(tally: &Tally, field: Field) -> Vec<String> {
    let mut messages = vec![0_u64; tally.texts()];
    let mut add = |text: Option<Text>, count: u64| {
        let text = text.filter(|text| !text.is_empty());
        if let Some(sum) = text.and_then(|text| messages.get_mut(text.index())) {
            *sum += count;
        }
    };
    if field.of_flow() {
        tally.flow.iter().for_each(|cell| add(field.flow_text(cell), cell.messages));
    }
    if field.of_submissions() {
        let blocks = tally.blocks.iter().map(|block| &block.cell);
        for cell in tally.submissions.iter().chain(blocks) {
            add(field.submission_text(cell), cell.messages);
        }
    }
    let mut found: Vec<(usize, u64)> =
        messages.into_iter().enumerate().filter(|(_, messages)| *messages > 0).collect();
    sort_by(&mut found, &|a, b| b.1.cmp(&a.1));
    let texts = found.into_iter().take(KNOWN_VALUES).filter_map(|(index, _)| Text::at(index));
    texts.map(|text| tally.text(text).to_owned()).collect()
}
