//! JSON objects, one by one, out of a stream of text: of a list, of a list in
//! a document, one a line, or several documents behind each other.
//!
//! An object is handed on as text when it ends. One that holds a list of
//! objects is a wrapper, and its items are handed on instead. Where the text
//! is damaged, the next object is looked for: a line break inside of a string
//! is no JSON (RFC 8259), so that a lost quote costs one object.
//!
//! Objects that hold lists of objects of their own are taken as a whole where
//! that is asked for ([`Objects::whole`]).

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'t> {
    /// An object; the line on which it starts.
    Object(&'t [u8], u64),
    /// Text that is no whole object; the line on which it starts.
    Damaged(&'t [u8], u64),
}

/// Finds objects in chunks of any size.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub(super) struct Objects {
    longest: usize,
    /// No object is a wrapper.
    whole: bool,
    carry: Vec<u8>,
    /// Where in `carry` what may be an item starts.
    start: usize,
    /// How far `carry` was looked at.
    at: usize,
    /// The brackets around the place, and where in `carry` each object starts.
    open: Vec<u8>,
    /// How many of `open` stood when the item started.
    item: Option<usize>,
    in_string: bool,
    escaped: bool,
    /// Looking for the next object behind damage, or at the beginning of a
    /// text that starts in the middle.
    seeking: bool,
    line: u64,
    item_line: u64,
}

impl Objects {
    /// For objects of at most `longest` bytes, in a text that begins with
    /// `start`.
    pub(super) fn new(longest: usize, start: &[u8]) -> Self {
        let first = start.trim_ascii_start().first();
        let seeking = !matches!(first, Some(b'{' | b'['));
        Self { longest, line: 1, item_line: 1, seeking, ..Self::default() }
    }

    /// Objects in lists of an object are parts of it.
    pub(super) fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// Takes a chunk.
    pub(super) fn push(&mut self, chunk: &[u8], found: &mut dyn FnMut(Found<'_>)) {
        self.carry.extend_from_slice(chunk);
        while let Some(&byte) = self.carry.get(self.at) {
            self.at += 1;
            if byte == b'\n' {
                self.line += 1;
            }
            if self.seeking {
                self.seek(byte, found);
            } else if self.in_string {
                self.string(byte, found);
            } else {
                self.plain(byte, found);
            }
            let open = self.item.is_some() || self.in_string;
            if open && self.at - self.start > self.longest {
                self.give_up(found);
            }
        }
        if self.item.is_none() && !self.seeking && !self.in_string {
            self.start = self.at;
        }
        self.carry.drain(..self.start);
        self.at -= self.start;
        self.start = 0;
    }

    /// The text ends.
    pub(super) fn finish(&mut self, found: &mut dyn FnMut(Found<'_>)) {
        if self.item.is_some() || self.seeking && !self.carry[self.start..].trim_ascii().is_empty()
        {
            self.damaged(found);
        }
    }

    fn string(&mut self, byte: u8, found: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'\n' => self.give_up(found),
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }

    fn plain(&mut self, byte: u8, found: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'"' => {
                self.in_string = true;
                if self.item.is_none() {
                    self.start = self.at - 1;
                    self.item_line = self.line;
                }
            }
            b'{' => {
                let listed = self.open.last().is_none_or(|open| *open == b'[');
                if listed && !(self.whole && self.item.is_some()) {
                    // What is around is a wrapper.
                    self.start_item();
                }
                self.open.push(b'{');
            }
            b'[' => self.open.push(b'['),
            b'}' | b']' => {
                self.open.pop();
                if self.item == Some(self.open.len()) {
                    self.item = None;
                    found(Found::Object(&self.carry[self.start..self.at], self.item_line));
                    self.start = self.at;
                }
            }
            _ => {}
        }
    }

    /// The byte before `at` starts an item.
    fn start_item(&mut self) {
        self.start = self.at - 1;
        self.item = Some(self.open.len());
        self.item_line = self.line;
    }

    /// Looks for `{` behind a comma, a bracket or a line break.
    fn seek(&mut self, byte: u8, found: &mut dyn FnMut(Found<'_>)) {
        let before = &self.carry[self.start..self.at - 1];
        let text = before.trim_ascii_end();
        let line_start = before[text.len()..].contains(&b'\n');
        let before = text;
        if byte != b'{'
            || !(before.is_empty() || line_start || matches!(before.last(), Some(b',' | b'[')))
        {
            if self.at - self.start > self.longest {
                self.damaged(found);
            }
            return;
        }
        self.at -= 1;
        self.damaged(found);
        self.seeking = false;
        self.at += 1;
        self.plain(b'{', found);
    }

    fn give_up(&mut self, found: &mut dyn FnMut(Found<'_>)) {
        self.damaged(found);
        self.open.clear();
        self.item = None;
        self.in_string = false;
        self.escaped = false;
        self.seeking = true;
    }

    /// Hands on what was read as damaged.
    fn damaged(&mut self, found: &mut dyn FnMut(Found<'_>)) {
        let text = &self.carry[self.start..self.at];
        if !text.trim_ascii().is_empty() {
            found(Found::Damaged(text, self.item_line));
        }
        self.start = self.at;
        self.item_line = self.line;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, size: usize) -> Vec<(bool, String, u64)> {
        let mut objects = Objects::new(200, text.as_bytes());
        let mut list = Vec::new();
        let mut take = |found: Found<'_>| {
            let (whole, text, line) = match found {
                Found::Object(text, line) => (true, text, line),
                Found::Damaged(text, line) => (false, text, line),
            };
            list.push((whole, String::from_utf8_lossy(text).into_owned(), line));
        };
        for chunk in text.as_bytes().chunks(size) {
            objects.push(chunk, &mut take);
        }
        objects.finish(&mut take);
        list
    }

    fn whole(text: &str) -> Vec<String> {
        for size in [1, 3, 1_000] {
            assert_eq!(all(text, size), all(text, 7), "{text}");
        }
        all(text, 7).into_iter().filter(|(whole, ..)| *whole).map(|(_, text, _)| text).collect()
    }

    #[test]
    fn objects_of_all_shapes_are_found() {
        let items = [r#"{"a":1,"m":{"t":"x"}}"#, r#"{"a":"}{\"]"}"#];
        for text in [
            format!("[{},{}]", items[0], items[1]),
            format!("{}\n{}\n", items[0], items[1]),
            format!("{}{}", items[0], items[1]),
            format!(r#"{{"context":"u","value":[{},{}],"next":null}}"#, items[0], items[1]),
            format!(r#"{{"d":{{"results":[{},{}]}}}}"#, items[0], items[1]),
            format!(r#"{{"value":[{}]}}{{"value":[{}]}}"#, items[0], items[1]),
            format!("[{}]\r\n[\r\n{}]\r\n", items[0], items[1]),
        ] {
            assert_eq!(whole(&text), items, "{text}");
        }
    }

    #[test]
    fn objects_with_lists_are_taken_as_a_whole() {
        let item = r#"{"a":[{"b":1},{"c":[{}]}],"d":{}}"#;
        for text in [format!("[{item},\n{item}]"), format!("{item}{item}")] {
            for size in [1, 7, 1_000] {
                let mut objects = Objects::new(200, text.as_bytes()).whole();
                let mut found = 0;
                for chunk in text.as_bytes().chunks(size) {
                    objects.push(chunk, &mut |object| {
                        assert!(
                            matches!(object, Found::Object(text, _) if text == item.as_bytes())
                        );
                        found += 1;
                    });
                }
                objects.finish(&mut |left| panic!("{left:?}"));
                assert_eq!(found, 2, "{text}");
            }
        }
    }

    #[test]
    fn damage_costs_what_is_damaged() {
        let text = "{\"a\":1}\n{\"a\":\"lost}\n{\"a\":2}\n";
        assert_eq!(whole(text), [r#"{"a":1}"#, r#"{"a":2}"#]);
        assert_eq!(all(text, 5)[1], (false, "{\"a\":\"lost}\n".to_owned(), 2));
        // From the middle, and cut at the end.
        let text = "ject\",\"b\":{\"c\":1}},{\"a\":1},{\"a\":2},{\"a\":";
        assert_eq!(whole(text), [r#"{"a":1}"#, r#"{"a":2}"#]);
        assert_eq!(all(text, 5).len(), 4);
        // Without end.
        let text = format!("[{{\"a\":\"{}\"}},{{\"a\":2}}]", "x".repeat(300));
        assert_eq!(whole(&text), [r#"{"a":2}"#]);
    }

    proptest! {
        #[test]
        fn any_text_is_split_the_same_in_all_pieces(text in r#"[{}\[\]",:a\n\\ ]{0,300}"#, size in 1_usize..40) {
            prop_assert_eq!(all(&text, size), all(&text, 1_000));
        }
    }
}
