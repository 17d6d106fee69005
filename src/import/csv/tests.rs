use proptest::prelude::*;

use super::*;

/// What a reader handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Record { line: u64, open: bool, raw: Vec<u8>, fields: Vec<Vec<u8>> },
    TooLong { line: u64 },
}

impl Row {
    fn fields(self) -> Vec<Vec<u8>> {
        match self {
            Self::Record { fields, .. } => fields,
            Self::TooLong { .. } => panic!("too long"),
        }
    }

    fn line(&self) -> u64 {
        match self {
            Self::Record { line, .. } | Self::TooLong { line } => *line,
        }
    }
}

/// Reads `bytes` in pieces of these sizes, the rest in one.
fn read(bytes: &[u8], delimiter: u8, longest: usize, cuts: &[usize]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut take = |item: Item<'_>| {
        rows.push(match item {
            Item::Record(record) => Row::Record {
                line: record.line,
                open: record.open,
                raw: record.raw().to_vec(),
                fields: (0..record.len()).map(|i| record.get(i).into_owned()).collect(),
            },
            Item::TooLong { line, .. } => Row::TooLong { line },
        });
    };
    let mut reader = CsvReader::new(delimiter, longest);
    let mut rest = bytes;
    for cut in cuts {
        let (piece, tail) = rest.split_at((*cut).min(rest.len()));
        reader.push(piece, &mut take);
        rest = tail;
    }
    reader.push(rest, &mut take);
    reader.finish(&mut take);
    rows
}

fn ours(bytes: &[u8], delimiter: u8, cuts: &[usize]) -> Vec<Vec<Vec<u8>>> {
    read(bytes, delimiter, 1 << 20, cuts).into_iter().map(Row::fields).collect()
}

fn theirs(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes)
        .byte_records()
        .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
        .collect()
}

/// Bytes of which many mean something to a reader of CSV.
fn some_csv(longest: usize) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        3 => prop::sample::select(b"\",;\t|\r\n".to_vec()),
        2 => prop::sample::select(b"ab \xb0\xa1\0".to_vec()),
    ];
    // Long fields reach past what is compared at once.
    let piece = prop_oneof![
        8 => byte.prop_map(|byte| vec![byte]),
        1 => (1_usize..40).prop_map(|length| vec![b'x'; length]),
        1 => Just(b"\"\"".to_vec()),
        1 => Just(b"\r\n".to_vec()),
    ];
    prop::collection::vec(piece, 0..longest).prop_map(|pieces| pieces.concat())
}

/// Sizes of the pieces in which a file comes.
fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![0_usize..4, 0_usize..60], 0..12)
}

fn delimiter() -> impl Strategy<Value = u8> {
    prop::sample::select(b",;\t|".to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn equals_the_csv_crate_however_it_is_cut(
        bytes in some_csv(80), delimiter in delimiter(), cuts in cuts(),
    ) {
        prop_assert_eq!(ours(&bytes, delimiter, &cuts), theirs(&bytes, delimiter));
    }

    #[test]
    fn equals_the_csv_crate_on_any_bytes(
        bytes in prop::collection::vec(any::<u8>(), 0..200), cuts in cuts(),
    ) {
        prop_assert_eq!(ours(&bytes, b',', &cuts), theirs(&bytes, b','));
    }

    #[test]
    fn what_is_too_long_and_every_line_do_not_hang_on_the_pieces(
        bytes in some_csv(120), longest in 1_usize..40, cuts in cuts(),
    ) {
        prop_assert_eq!(
            read(&bytes, b',', longest, &cuts),
            read(&bytes, b',', longest, &[]),
        );
    }

    #[test]
    fn no_record_is_longer_than_the_limit(bytes in some_csv(120), longest in 1_usize..40) {
        for row in read(&bytes, b',', longest, &[]) {
            if let Row::Record { raw, .. } = row {
                prop_assert!(raw.len() <= longest, "{}", raw.len());
            }
        }
    }

    #[test]
    fn each_record_knows_the_line_it_starts_on(
        records in prop::collection::vec(
            (prop::collection::vec("[a-z]{1,3}(\n[a-z]{0,3}){0,3}|[a-z]{1,20}", 1..4),
                0_u64..3, any::<bool>()),
            0..12,
        ),
        cuts in cuts(),
    ) {
        let (mut bytes, mut line, mut expected) = (Vec::new(), 1, Vec::new());
        for (fields, blank_lines, crlf) in records {
            let end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
            for _ in 0..blank_lines {
                bytes.extend(end);
            }
            line += blank_lines;
            expected.push(line);
            let quoted: Vec<_> = fields.iter().map(|field| format!("\"{field}\"")).collect();
            let record = quoted.join(",");
            line += 1 + record.matches('\n').count() as u64;
            bytes.extend(record.as_bytes());
            bytes.extend(end);
        }
        let lines: Vec<_> = read(&bytes, b',', 1 << 20, &cuts).iter().map(Row::line).collect();
        prop_assert_eq!(lines, expected);
    }
}

#[test]
fn reading_goes_on_behind_a_record_that_is_too_long() {
    let text = b"a,b\n\"xxxxxxxxxxxxxxxxxxxx\nyyyy\nc,d\n";
    // The quote is never closed; with it goes the line it stands on.
    assert_eq!(
        read(text, b',', 16, &[]),
        [
            Row::Record {
                line: 1,
                open: false,
                raw: b"a,b".to_vec(),
                fields: vec![b"a".to_vec(), b"b".to_vec()]
            },
            Row::TooLong { line: 2 },
            Row::Record {
                line: 3,
                open: false,
                raw: b"yyyy".to_vec(),
                fields: vec![b"yyyy".to_vec()]
            },
            Row::Record {
                line: 4,
                open: false,
                raw: b"c,d".to_vec(),
                fields: vec![b"c".to_vec(), b"d".to_vec()]
            },
        ]
    );
}

#[test]
fn a_record_of_just_the_limit_is_read() {
    for end in ["", "\n", "\r\n"] {
        let text = format!("0123456789{end}");
        for cuts in [&[][..], &[1], &[9], &[10]] {
            let rows = read(text.as_bytes(), b',', 10, cuts);
            assert!(matches!(&rows[..], [Row::Record { raw, .. }] if raw.len() == 10));
            let rows = read(text.as_bytes(), b',', 9, cuts);
            assert_eq!(rows, [Row::TooLong { line: 1 }]);
        }
    }
}

#[test]
fn only_a_field_whose_quote_is_never_closed_is_open() {
    let open = |text: &[u8]| match read(text, b',', 100, &[]).pop() {
        Some(Row::Record { open, .. }) => open,
        other => panic!("{other:?}"),
    };
    assert!(open(b"a,\"b"));
    assert!(open(b"a,\"b\n"));
    assert!(open(b"a,\"b\"\""));
    assert!(!open(b"a,\"b\""));
    assert!(!open(b"a,b\""));
    assert!(!open(b"a,b"));
}
