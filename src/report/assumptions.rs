use serde::{Deserialize, Serialize};

use crate::mail::ConnectorType;
use crate::tally::{Tally, Text};

/// What figures rest on that no file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumptions {
    /// The organization's own domains.
    pub own_domains: Vec<String>,
    /// Whether they were guessed, not said by a person.
    pub guessed: bool,
    /// Connectors of which neither a file nor a person says where they lead,
    /// by name.
    pub untyped: Vec<String>,
}

/// What the figures of `tally` rest on.
pub(super) fn assumptions(tally: &Tally) -> Assumptions {
    /// So many connectors are offered.
    const MOST: usize = 200;
    let mut untyped = vec![false; tally.texts()];
    for cell in &tally.flow {
        if let Some(name) = cell.connector
            && cell.connector_type == ConnectorType::Unknown
            && let Some(untyped) = untyped.get_mut(name.index())
        {
            *untyped = true;
        }
    }
    // Texts are numbered in their own order.
    let names = untyped.iter().enumerate().filter(|(_, untyped)| **untyped);
    let names = names.filter_map(|(index, _)| Text::at(index));
    Assumptions {
        own_domains: tally.own_domains.clone(),
        guessed: tally.domains_guessed,
        untyped: names.take(MOST).map(|name| tally.text(name).to_owned()).collect(),
    }
}
