//! Memory follows the answer, not the file. Alone in its file: it counts what
//! the whole process allocates.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{CONNECTOR_HEADER, NOW as CLOCK, ReadOn, at_once, gzip, read_source};
use mailflow::account::{FileAccount, Mapping, Unreadable};
use mailflow::engine::Analysis;
use mailflow::import::{MemorySource, ReadError, Settings, Source};
use mailflow::mail::{MESSAGE_BYTES, SentQuery};

/// The system's allocator, counting.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// One test at a time: they share the counters.
static ONE: Mutex<()> = Mutex::new(());

const MEGABYTE: usize = 1 << 20;

/// The account of `source`, and the most bytes that reading it held at once.
fn reading(source: &mut impl Source) -> (FileAccount, usize) {
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let (_, mut accounts) = read_source(source, &Mapping::default());
    (accounts.remove(0), MOST.load(Ordering::Relaxed) - before)
}

/// A file that is made while it is read: `head`, then `body` again and again.
struct Made {
    head: Vec<u8>,
    body: Vec<u8>,
    size: u64,
}

impl Source for Made {
    fn size(&self) -> u64 {
        self.size
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let mut at = usize::try_from(at).expect("64 bits");
        let end = (at + length).min(usize::try_from(self.size).expect("64 bits"));
        while at < end {
            let piece = match at.checked_sub(self.head.len()) {
                None => &self.head[at..],
                Some(behind) => &self.body[behind % self.body.len()..],
            };
            let piece = &piece[..piece.len().min(end - at)];
            into.extend_from_slice(piece);
            at += piece.len();
        }
        Ok(())
    }
}

#[test]
fn a_line_of_100_megabytes_without_end_is_one_row_that_is_too_long() {
    let _alone = ONE.lock();
    for body in [vec![b'x'; 4096], b"x,".repeat(2048), b"\"\"".repeat(2048)] {
        let head = format!("{CONNECTOR_HEADER}\"").into_bytes();
        let mut source = Made { head, body, size: 100 << 20 };
        let (account, most) = reading(&mut source);
        assert_eq!(account.rows, 1);
        assert_eq!(account.unreadable, [(Unreadable::TooLong, 1)]);
        // The row that is too long, as bytes and as places of its fields.
        assert!(most < 64 * MEGABYTE, "{} MB", most / MEGABYTE);
    }
}

#[test]
fn a_line_of_100_megabytes_without_a_header_is_no_trace() {
    let _alone = ONE.lock();
    let mut source = Made { head: Vec::new(), body: vec![b'x'; 4096], size: 100 << 20 };
    let (account, most) = reading(&mut source);
    assert!(account.problem.is_some());
    assert!(most < 16 * MEGABYTE, "{} MB", most / MEGABYTE);
}

#[test]
fn rows_that_say_the_same_take_no_memory_however_many_they_are() {
    let _alone = ONE.lock();
    // A device's message, again and again: the same row.
    let body = b"2026-09-03T10:00:00Z,<a@x.example>,r,s@x.example,Received,,,TLS1.2,\r\n".to_vec();
    let head = CONNECTOR_HEADER.as_bytes().to_vec();
    let size = (head.len() + body.len() * 700_000) as u64;
    let (account, most) = reading(&mut Made { head, body, size });
    assert_eq!((account.rows, account.messages), (700_000, 1));
    assert!(most < 16 * MEGABYTE, "{} MB", most / MEGABYTE);
}

#[test]
fn what_gzip_unpacks_is_not_kept() {
    let _alone = ONE.lock();
    let member = gzip(vec![b'x'; 16 << 20]);
    let mut source = MemorySource([gzip(CONNECTOR_HEADER), member.repeat(12)].concat());
    let (account, most) = reading(&mut source);
    assert_eq!(account.unreadable, [(Unreadable::TooLong, 1)]);
    assert!(most < 32 * MEGABYTE, "{} MB", most / MEGABYTE);
}

/// A file of so many rows of one length, each made when it is read.
struct Rows {
    head: &'static str,
    count: u64,
    row: fn(u64) -> String,
}

impl Source for Rows {
    fn size(&self) -> u64 {
        (self.head.len() + (self.row)(0).len() * usize::try_from(self.count).expect("64 bits"))
            as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let (head, size) = (self.head.len() as u64, self.size());
        let each = (self.row)(0).len() as u64;
        let end = (at + length as u64).min(size);
        let mut at = at;
        while at < end {
            let row;
            let (piece, from) = match at.checked_sub(head) {
                None => (self.head, at),
                Some(behind) => {
                    row = (self.row)(behind / each);
                    (row.as_str(), behind % each)
                }
            };
            let piece = &piece.as_bytes()[usize::try_from(from).expect("64 bits")..];
            let piece = &piece[..piece.len().min(usize::try_from(end - at).expect("64 bits"))];
            into.extend_from_slice(piece);
            at += piece.len() as u64;
        }
        Ok(())
    }
}

/// The second of a day at which the message of that number was sent.
fn clock(number: u64) -> String {
    let second = number * 86_400 / 1_000_000;
    format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

#[test]
fn a_million_messages_are_joined_within_a_gigabyte() {
    let _alone = ONE.lock();
    let mut auth = Rows {
        head: "date,senderName,senderDomain,authMethod,original_client_ip,tls_version,tls_cipher,\
               message_count,message_id\r\n",
        count: 1_000_000,
        row: |n| {
            format!(
                "2026-09-03 {},app{:02},contoso.example,Basic Authentication,192.0.2.44,TLS1.2,\
                 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,1,<{n:07}.order@app.contoso.example>\r\n",
                clock(n),
                n % 20
            )
        },
    };
    let mut trace = Rows {
        head: "MessageTraceId,MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,\
               ToIP,FromIP,Size\r\n",
        count: 1_000_000,
        row: |n| {
            format!(
                "aaaaaaaa-0000-4000-8000-{n:012x},<{n:07}.order@app.contoso.example>,\
                 2026-09-03T{}Z,app{:02}@contoso.example,customer{n:07}@mail{:03}.example,\
                 Confirmation of your order number {n:07} of today,Delivered,198.51.100.9,\
                 192.0.2.44,20480\r\n",
                clock(n),
                n % 20,
                n % 500
            )
        },
    };
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let keep = Some(MESSAGE_BYTES);
    let mut analysis = Analysis::new(Settings { now: CLOCK, keep, ..Settings::default() });
    let (mapping, mut watch) = (Mapping::default(), ReadOn);
    at_once(analysis.read(0, "auth", &mut auth, &mapping, &mut watch));
    at_once(analysis.read(1, "trace", &mut trace, &mapping, &mut watch));
    let query = SentQuery {
        account: "app07@contoso.example".to_owned(),
        domain: "contoso.example".to_owned(),
        ..SentQuery::default()
    };
    let sent = analysis.sent(&query);
    let counts = analysis.sent_counts(&sent);
    let (messages, kept) = (counts.messages, (counts.kept, counts.left_out));
    assert_eq!((messages, counts.untraced, kept), (50_000, 0, (1_000_000, 0)));
    let newest = analysis.sent_message(&sent, 0, 3).expect("a message");
    assert_eq!(newest.recipients, ["customer0999987@mail487.example"]);
    let most = MOST.load(Ordering::Relaxed) - before;
    assert!(most < 1_000 * MEGABYTE, "{} MB", most / MEGABYTE);
    assert!(counts.bytes < 300 * MEGABYTE as u64, "{} MB", counts.bytes / MEGABYTE as u64);
    println!("{} MB, of messages {}", most / MEGABYTE, counts.bytes / MEGABYTE as u64);
}
