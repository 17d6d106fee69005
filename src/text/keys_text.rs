/// The keys that a person may use, and the way past what every view begins with.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Keys {
    /// What the list is called, and the button that opens it.
    pub title: &'static str,
    /// What it is good for to know.
    pub note: &'static str,
    pub key: &'static str,
    pub does: &'static str,
    /// What a key does that is no view.
    pub this_list: &'static str,
    pub open_files: &'static str,
    pub filter: &'static str,
    pub switch: &'static str,
    pub search: &'static str,
    pub export: &'static str,
    /// In a chart: the arrow keys, Home and End.
    pub in_chart: &'static str,
    pub point_to_point: &'static str,
    pub first_and_last: &'static str,
    pub leave_point: &'static str,
    /// Whether single keys do anything.
    pub on: &'static str,
    pub on_help: &'static str,
    /// Past the header and the links to all views.
    pub skip: &'static str,
}
