//! What holds for any input: nothing panics, every row is accounted for, and
//! neither the order of files nor their packing changes a figure.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::sync::LazyLock;

use common::{SAMPLES, cells, gzip, read, sample_text, senders, sums, utf16, zip};
use mailflow::mail::Day;
use mailflow::sample::{SampleOptions, sample_files};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The samples, and two files of the generator, which hold the same mail.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let last_day = Day::parse("2026-11-21").expect("a day");
    let options = SampleOptions {
        days: 2,
        extended_days: 1,
        messages_per_day: 12,
        ..SampleOptions::page(last_day)
    };
    let generated = sample_files(&options).into_iter().map(|file| {
        let units: Vec<u16> =
            file.bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units[1..]).expect("UTF-16")
    });
    SAMPLES.iter().map(|(name, _)| sample_text(name)).chain(generated).collect()
});

/// The text of one of the files.
fn text() -> impl Strategy<Value = String> {
    select(TEXTS.as_slice())
}

/// The text of a sample that is no table: SMTP TLS reports.
fn reports() -> impl Strategy<Value = String> {
    let names = select(vec!["tls-report", "tls-reports", "tls-report-odd"]);
    names.prop_map(|name| {
        let path = common::tests_folder().join("samples").join(format!("{name}.json"));
        std::fs::read_to_string(path).expect("a sample")
    })
}

#[derive(Clone, Copy, Debug)]
enum Layer {
    Utf8,
    Utf16 { mark: bool, big_endian: bool },
    Gzip,
    Zip { stored: bool },
}

impl Layer {
    fn wrap(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Utf8 => bytes.to_vec(),
            Self::Utf16 { mark, big_endian } => {
                utf16(&String::from_utf8_lossy(bytes), mark, big_endian)
            }
            Self::Gzip => gzip(bytes),
            Self::Zip { stored } => zip(&[("a", bytes)], stored),
        }
    }
}

fn layer() -> impl Strategy<Value = Layer> {
    prop_oneof![
        Just(Layer::Utf8),
        (any::<bool>(), any::<bool>())
            .prop_map(|(mark, big_endian)| Layer::Utf16 { mark, big_endian }),
        Just(Layer::Gzip),
        any::<bool>().prop_map(|stored| Layer::Zip { stored }),
    ]
}

/// Something that happens to files.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Vec<(Index, u8)>),
    Cut(Index),
    Double,
    /// The start of the file, and the rest of it from elsewhere.
    Splice(Index, Index),
    Insert(Index, Vec<u8>),
    Behead(Index),
}

impl Damage {
    fn strike(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Flip(flips) => {
                for (at, byte) in flips {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Self::Double => bytes.extend_from_within(..),
            Self::Splice(to, from) => {
                let tail = bytes.split_off(from.index(bytes.len()));
                let length = bytes.len();
                bytes.truncate(to.index(length + 1));
                bytes.extend(tail);
            }
            Self::Insert(at, piece) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, piece.iter().copied());
            }
            Self::Behead(at) => {
                bytes.drain(..at.index(bytes.len()));
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling = select(b"\"\",;\r\n\0\xff\x1f;'=<@".to_vec());
    prop_oneof![
        prop::collection::vec((any::<Index>(), any::<u8>()), 1..20).prop_map(Damage::Flip),
        prop::collection::vec((any::<Index>(), telling.clone()), 1..20).prop_map(Damage::Flip),
        any::<Index>().prop_map(Damage::Cut),
        Just(Damage::Double),
        (any::<Index>(), any::<Index>()).prop_map(|(to, from)| Damage::Splice(to, from)),
        (any::<Index>(), prop::collection::vec(telling, 1..5))
            .prop_map(|(at, piece)| Damage::Insert(at, piece)),
        any::<Index>().prop_map(Damage::Behead),
    ]
}

/// A cell of a random table: often what the column would hold.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "2026-09-03T10:00:00Z",
            "2026-09-03 10:00:01",
            "3/4/2026 10:00:00 AM",
            "23/4/2026",
            "never",
            "",
            "<a@x.example>",
            "a@x.example",
            "<b@x.example>",
            "S@x.example",
            "Received",
            "Sent",
            "1",
            "2",
            "Partner",
            "From x",
            "TLS1.2",
            "No Tls",
            "TLSv1/SSLv3",
            "True",
            "3",
            "99999999999999999999",
            "RECEIVE",
            "SENDEXTERNAL",
            "SMTP",
            "FAIL",
            "Incoming",
            "Originating",
            "06I: ",
            "S:tlsversion=SP_PROT_TLS1_2_SERVER;'S:InboundConnectorData=Name=x;ConnectorType=y'",
            "11111111-1111-1111-1111-111111111111",
            "a@x.example##Receive, Send;b@y.example##Receive, Fail",
        ])
        .prop_map(str::to_owned),
        "[ -~가-힣\n]{0,12}",
    ]
}

/// A table with a header of a known format, its columns and cells at random.
fn table() -> impl Strategy<Value = String> {
    let headers: Vec<Vec<String>> = TEXTS
        .iter()
        .map(|text| {
            let header = text.lines().next().expect("a header");
            header.split(',').map(str::to_owned).collect()
        })
        .collect();
    (select(headers).prop_shuffle(), prop::bool::weighted(0.9)).prop_flat_map(|(header, whole)| {
        let width = header.len();
        let widths = if whole { width..=width } else { 1..=width + 1 };
        prop::collection::vec(prop::collection::vec(cell(), widths), 0..20).prop_map(move |rows| {
            let mut text = header.join(",") + "\n";
            for row in rows {
                let cells: Vec<_> =
                    row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                text += &cells.join(",");
                text.push('\n');
            }
            text
        })
    })
}

/// Everything but which file is credited with what.
fn figures<T: AsRef<[u8]>>(files: &[(&str, T)]) -> (Vec<String>, Vec<String>, [u64; 4]) {
    let (tally, accounts) = read(files);
    (cells(&tally), senders(&tally), sums(&accounts))
}

// That accounts add up is looked at wherever something is read.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_row_of_a_random_table_is_accounted_for(text in table()) {
        let (_, accounts) = read(&[("table", &text)]);
        let account = &accounts[0];
        if account.format.is_some() {
            let rows = csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(text.as_bytes())
                .byte_records()
                .count();
            prop_assert_eq!(account.rows, rows as u64);
        }
    }

    #[test]
    fn every_row_of_a_damaged_file_is_accounted_for(
        text in prop_oneof![4 => text(), 1 => reports()],
        before in prop::collection::vec(damage(), 0..3),
        layers in prop::collection::vec(layer(), 0..3),
        after in prop::collection::vec(damage(), 0..3),
    ) {
        let mut bytes = text.into_bytes();
        for damage in before {
            damage.strike(&mut bytes);
        }
        for layer in layers {
            bytes = layer.wrap(&bytes);
        }
        for damage in after {
            damage.strike(&mut bytes);
        }
        read(&[("damaged", bytes)]);
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        start in select(vec![
            &b""[..], b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"\xff\xfe", b"date,",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        read(&[("bytes", [start, &bytes].concat())]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn packing_and_encoding_change_no_figure(
        text in table(), first in layer(), second in layer(),
    ) {
        let plain = figures(&[("a", &text)]);
        let wrapped = match (first, second) {
            // Text is encoded before it is packed.
            (Layer::Utf16 { .. }, _) => second_unless_text(&first.wrap(text.as_bytes()), second),
            _ => first.wrap(text.as_bytes()),
        };
        // What has no byte order mark is told by its Latin letters.
        prop_assume!(!unmarked(first) || mostly_latin(&text));
        prop_assert_eq!(figures(&[("b", &wrapped)]), plain);
    }

    #[test]
    fn the_order_of_files_changes_no_figure(
        files in prop::collection::vec(prop_oneof![4 => text(), 4 => table(), 1 => reports()], 2..5),
        order in any::<Index>(),
    ) {
        let files: Vec<_> = files.iter().map(|text| ("file", text)).collect();
        let mut turned = files.clone();
        turned.rotate_left(order.index(files.len()));
        prop_assert_eq!(figures(&files), figures(&turned));
        turned.reverse();
        prop_assert_eq!(figures(&files), figures(&turned));
    }

    #[test]
    fn slices_of_a_file_give_what_the_file_gives(
        text in text(), cuts in prop::collection::vec(any::<Index>(), 1..4),
    ) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records: Vec<_> = reader.byte_records().map(|r| r.expect("a record")).collect();
        let (header, rows) = records.split_first().expect("a header");
        let mut ends: Vec<_> = cuts.iter().map(|cut| cut.index(rows.len() + 1)).collect();
        ends.extend([0, rows.len()]);
        ends.sort_unstable();
        let slices: Vec<_> = ends
            .windows(2)
            .map(|ends| {
                let mut writer = csv::WriterBuilder::new()
                    .flexible(true)
                    .from_writer(Vec::new());
                for record in [header].into_iter().chain(&rows[ends[0]..ends[1]]) {
                    writer.write_byte_record(record).expect("memory");
                }
                ("slice", writer.into_inner().expect("memory"))
            })
            .collect();
        prop_assert_eq!(figures(&slices), figures(&[("whole", &text)]));
    }

    #[test]
    fn the_same_file_twice_is_all_second_copies(
        text in prop_oneof![4 => text(), 4 => table(), 1 => reports()],
    ) {
        let (once, accounts) = read(&[("a", &text)]);
        let (twice, both) = read(&[("a", &text), ("b", &text)]);
        prop_assert_eq!(cells(&once), cells(&twice));
        prop_assert_eq!(senders(&once), senders(&twice));
        prop_assert_eq!(&accounts[0].messages, &both[0].messages);
        prop_assert_eq!((both[1].messages, both[1].joined, both[1].policies), (0, 0, 0));
        // Rows that carry no mail or cannot be read are so in each copy;
        // what was never sent is a second copy, too.
        let counted = |account: &mailflow::account::FileAccount| {
            account.rows - account.unreadable_rows() - carry_no_mail(account)
        };
        prop_assert_eq!(both[1].duplicates, counted(&both[1]));
    }
}

fn carry_no_mail(account: &mailflow::account::FileAccount) -> u64 {
    account
        .no_mail
        .iter()
        .filter(|(reason, _)| *reason != mailflow::account::NoMail::NotSent)
        .map(|(_, rows)| rows)
        .sum()
}

fn second_unless_text(bytes: &[u8], second: Layer) -> Vec<u8> {
    match second {
        Layer::Utf8 | Layer::Utf16 { .. } => bytes.to_vec(),
        packing => packing.wrap(bytes),
    }
}

const fn unmarked(layer: Layer) -> bool {
    matches!(layer, Layer::Utf16 { mark: false, .. })
}

/// Whether the first 256 characters are mostly Latin.
fn mostly_latin(text: &str) -> bool {
    let start = text.chars().take(256);
    start.clone().filter(char::is_ascii).count() * 10 > start.count() * 6
}
