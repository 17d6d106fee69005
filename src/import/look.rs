//! What would be read of the beginning of a file, so that a person sees what a
//! mapping does before it is used.

use super::dropped::read_file;
use super::formats::meaning;
use super::open::Source;
use super::sink::{Pause, Settings, Sink};
use crate::account::{
    ColumnsNeeded, FileAccount, LeftOut, Mapping, Preview, SavedFault, Warning, WordUse,
};
use crate::mail::{
    Aggregate, Border, Direction, Observation, Particulars, Ready, RefusedSignIn, Session,
    TlsReport, TlsState,
};
use crate::order::sort_by;

/// Times that are shown.
const TIMES: usize = 3;

/// Reads the first 128 kB, packed or plain, of the `number`-th file in
/// `source` (0 unless it is an archive) as they would be read with `mapping`.
pub async fn preview(
    source: &mut impl Source,
    number: u32,
    mapping: &Mapping,
    settings: &Settings,
) -> Preview {
    let settings = Settings { look: Some(number), ..settings.clone() };
    let mut look = Look::default();
    let account = read_file(source, "", mapping, &settings, &mut look).await.pop();
    let FileAccount { rows, no_mail, unreadable, unfamiliar, warnings, problem, columns, .. } =
        account.unwrap_or_default();
    let no_mail = no_mail.into_iter().map(|(reason, rows)| (LeftOut::NoMail(reason), rows));
    let unreadable =
        unreadable.into_iter().map(|(reason, rows)| (LeftOut::Unreadable(reason), rows));
    let mut words: Vec<WordUse> = unfamiliar
        .into_iter()
        .filter(|word| columns.iter().any(|column| column.field == word.field))
        .map(|word| WordUse {
            meaning: meaning(word.field, &word.value).map(str::to_owned),
            field: word.field,
            word: word.value,
            rows: word.rows,
        })
        .collect();
    // Within a column the most frequent ones stay first.
    sort_by(&mut words, &|a, b| a.field.cmp(&b.field));
    Preview {
        table: look.table,
        mapping: look.mapping,
        rows,
        whole: !warnings.contains(&Warning::Cancelled),
        left_out: no_mail.chain(unreadable).collect(),
        directions: counted(Direction::ALL, &look.directions),
        tls: counted(TlsState::ALL, &look.tls),
        times: look.times,
        words,
        problem,
    }
}

fn counted<K: Copy, const N: usize>(keys: [K; N], counts: &[u64; N]) -> Vec<(K, u64)> {
    keys.into_iter().zip(*counts).filter(|(_, count)| *count > 0).collect()
}

#[derive(Default)]
struct Look {
    table: Option<ColumnsNeeded>,
    mapping: Mapping,
    directions: [u64; Direction::ALL.len()],
    tls: [u64; TlsState::ALL.len()],
    times: Vec<u32>,
    /// Whether a chunk was read.
    begun: bool,
}

impl Sink for Look {
    fn observe(&mut self, _: u32, observation: &Observation<'_>) {
        if let Some(crossing) = &observation.crossing {
            let count = u64::from(observation.count);
            self.directions[crossing.direction as usize] += count;
            self.tls[crossing.tls.index()] += count;
        }
        if self.times.len() < TIMES {
            self.times.push(observation.seconds);
        }
    }

    fn observe_whole(&mut self, _: u32, observation: &Observation<'_>, _: &Particulars<'_>) {
        self.observe(0, observation);
    }

    fn hop(&mut self, entry: u32, observation: &Observation<'_>, _: Border<&str>) {
        self.observe(entry, observation);
    }

    fn aggregate(&mut self, _: u32, _: &Aggregate<'_>) {}

    fn session(&mut self, _: u32, _: &Session<'_>) {}

    fn refused_sign_in(&mut self, _: u32, _: &RefusedSignIn<'_>) {}

    fn tls_report(&mut self, _: u32, _: TlsReport) {}

    fn ready(&mut self, _: u32, _: u32, ready: &Ready<'_>) {
        if let Ready::Cell(cell) = ready {
            self.directions[cell.crossing.direction as usize] += cell.messages;
            self.tls[cell.crossing.tls.index()] += cell.messages;
        }
    }

    fn ready_end(&mut self, _: u32) -> bool {
        false
    }

    fn saved(&mut self, _: u32, _: &str, _: &[u8]) -> Result<Vec<FileAccount>, SavedFault> {
        Ok(Vec::new())
    }

    fn table(&mut self, table: ColumnsNeeded, mapping: &Mapping) {
        self.table = Some(table);
        self.mapping = mapping.clone();
    }

    fn pause(&mut self, _: u64, _: u64, _: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        // Nothing may be behind the first chunk: the end is read as an end then.
        if std::mem::replace(&mut self.begun, true) { Pause::Stop } else { Pause::GoOn }
    }
}
