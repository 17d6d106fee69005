//! A filter as a text, for addresses and for what the browser keeps:
//! `all(sender-domain~ends~.example,volume~gt~100,any(tls~is~1.0,tls~is~none))`.
//!
//! A `!` before one of `!(),~` makes it a part of a value.

use super::{Clause, Field, Filter, Join, MOST_CLAUSES, Part, Verb};

const SIGNS: [char; 5] = ['!', '(', ')', ',', '~'];

impl Filter {
    /// The filter as a text; empty for one that lets all pass.
    pub fn written(&self) -> String {
        let mut text = String::new();
        if self.is_empty() {
            return text;
        }
        open(&mut text, self.join);
        for part in &self.parts {
            match part {
                Part::Clause(clause) => write(&mut text, clause),
                Part::Group(join, clauses) => {
                    open(&mut text, *join);
                    for clause in clauses {
                        write(&mut text, clause);
                    }
                    close(&mut text);
                    text.push(',');
                }
            }
        }
        close(&mut text);
        text
    }

    /// The filter that a text tells of, and whether all of it was understood:
    /// what is not is left out.
    pub fn read(text: &str) -> (Self, bool) {
        let mut reading = Reading { understood: true, ..Reading::default() };
        reading.pieces.push(String::new());
        let mut signs = text.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '!' => match signs.next() {
                    Some(sign) => reading.put(sign),
                    None => reading.understood = false,
                },
                '(' => reading.open(),
                ')' => reading.close(),
                ',' => reading.end_clause(),
                '~' => reading.pieces.push(String::new()),
                sign => reading.put(sign),
            }
        }
        // Cut off, or something stands behind the end.
        if reading.depth > 0 || reading.pieces.concat() != "" {
            reading.understood = false;
        }
        while reading.depth > 0 {
            reading.close();
        }
        (Self::new(reading.join, reading.parts), reading.understood)
    }
}

fn open(text: &mut String, join: Join) {
    text.push_str(join.code());
    text.push('(');
}

/// Puts the end into the place of the last comma.
fn close(text: &mut String) {
    if text.ends_with(',') {
        text.pop();
    }
    text.push(')');
}

fn write(text: &mut String, clause: &Clause) {
    text.push_str(&clause.field.code());
    text.push('~');
    text.push_str(clause.verb.code());
    let ends = [&clause.value, &clause.to];
    let ends = if clause.verb == Verb::Between { &ends[..] } else { &ends[..1] };
    for value in ends {
        text.push('~');
        for sign in value.chars() {
            if SIGNS.contains(&sign) {
                text.push('!');
            }
            text.push(sign);
        }
    }
    text.push(',');
}

/// How far the reading of a text is.
#[derive(Default)]
struct Reading {
    join: Join,
    parts: Vec<Part>,
    /// The group that is open; `None` inside of it where it is not understood.
    group: Option<(Join, Vec<Clause>)>,
    /// The clause that is being read, between its `~`.
    pieces: Vec<String>,
    /// How many parentheses are open.
    depth: usize,
    clauses: usize,
    understood: bool,
}

impl Reading {
    fn put(&mut self, sign: char) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(sign);
        }
    }

    /// The pieces so far; new ones begin.
    fn take(&mut self) -> Vec<String> {
        std::mem::replace(&mut self.pieces, vec![String::new()])
    }

    fn open(&mut self) {
        let word = self.take();
        let join = Join::of_code(word.first().map_or("", String::as_str));
        self.understood &= join.is_some() && word.len() == 1 && self.depth < 2;
        match self.depth {
            // A second filter behind the end of the first is none.
            0 if self.parts.is_empty() => self.join = join.unwrap_or_default(),
            0 => self.understood = false,
            1 => self.group = join.map(|join| (join, Vec::new())),
            _ => {}
        }
        self.depth += 1;
    }

    fn close(&mut self) {
        self.end_clause();
        if self.depth == 2
            && let Some((join, clauses)) = self.group.take()
        {
            self.parts.push(Part::Group(join, clauses));
        }
        self.understood &= self.depth > 0;
        self.depth = self.depth.saturating_sub(1);
    }

    fn end_clause(&mut self) {
        let pieces = self.take();
        // A comma stands behind a group, too.
        if matches!(&*pieces, [nothing] if nothing.is_empty()) {
            return;
        }
        let clause = clause(&pieces).filter(|_| self.clauses < MOST_CLAUSES);
        match (clause, self.depth, &mut self.group) {
            (Some(clause), 1, _) => self.parts.push(Part::Clause(clause)),
            (Some(clause), 2, Some((_, clauses))) => clauses.push(clause),
            _ => {
                self.understood = false;
                return;
            }
        }
        self.clauses += 1;
    }
}

fn clause(pieces: &[String]) -> Option<Clause> {
    let (field, verb, value, to) = match pieces {
        [field, verb, value] => (field, verb, value, ""),
        [field, verb, value, to] => (field, verb, value, to.as_str()),
        _ => return None,
    };
    let verb = Verb::of_code(verb).filter(|verb| (*verb == Verb::Between) == (pieces.len() == 4));
    Clause::new(Field::of_code(field)?, verb?, value, to).ok()
}
