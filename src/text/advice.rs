/// What happened, and what the person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What happened, as a sentence.
    pub what: String,
    /// What to do about it, as a sentence.
    pub todo: String,
}

impl Advice {
    /// From two sentences.
    pub fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }
}
