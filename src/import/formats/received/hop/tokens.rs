//! The words and comments of a field (RFC 5322, 3.2.2).

/// A word, a comment without its parentheses, or a semicolon.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Comment(&'a str),
    Semicolon,
}

/// The words and comments of a field. Comments may hold comments and quoted
/// signs (RFC 5322, 3.2.2); one that is never closed goes on to the next
/// semicolon.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    /// Looking for the end of so many comments is enough.
    const MOST_UNCLOSED: u32 = 32;
    let mut found = Vec::new();
    let mut unclosed = 0;
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return found };
        match first {
            ';' => {
                found.push(Token::Semicolon);
                rest = &rest[1..];
            }
            '(' => {
                let inner = &rest[1..];
                let closed = if unclosed < MOST_UNCLOSED { comment_end(inner) } else { None };
                unclosed += u32::from(closed.is_none());
                let end = closed.or_else(|| inner.find([';', ')'])).unwrap_or(inner.len());
                found.push(Token::Comment(inner[..end].trim()));
                rest = &inner[end..];
                rest = rest.strip_prefix(')').unwrap_or(rest);
            }
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |at| at + 2);
                found.push(Token::Word(&rest[..end]));
                rest = &rest[end..];
            }
            _ => {
                let stops = |sign: char| sign.is_whitespace() || matches!(sign, ';' | '(');
                let end = rest.find(stops).unwrap_or(rest.len());
                found.push(Token::Word(&rest[..end]));
                rest = &rest[end..];
            }
        }
    }
}

fn comment_end(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if std::mem::take(&mut quoted) => {}
            '\\' => quoted = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}
