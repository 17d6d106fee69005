//! A file of the browser as bytes.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, MessageChannel, ReadableStream, ReadableStreamByobReader};

use super::{clock, scope};
use crate::import::{ReadError, Source};

/// Bytes that one buffer of a stream takes.
const BUFFER: u32 = 1 << 20;
/// Milliseconds without a byte after which a stream is given up.
const STALLED: i32 = 5_000;
/// Milliseconds after which the worker listens, whatever has come of the file.
const LISTENS_EVERY: f64 = 50.0;

/// A file of the browser. The next bytes are asked for before the last ones are
/// read, so that both processes work at once.
///
/// Read from front to back it is a stream that fills buffers which are used
/// again: of all ways to read a file that one costs the browser least. Streams
/// are known to stall for good, and not every browser fills buffers, so slices
/// stand behind it.
pub(super) struct BlobSource {
    blob: Blob,
    stream: Streaming,
    ahead: Option<(u64, JsFuture)>,
    /// Nothing behind it is read.
    until: u64,
    /// When the worker last listened.
    listened: f64,
}

enum Streaming {
    NotYet,
    /// Kept here until the end: a stream that nobody holds may stall.
    Open(Stream),
    /// Slices do.
    Never,
}

struct Stream {
    reader: ReadableStreamByobReader,
    /// What the reader reads: a stream that only its reader holds may stall.
    _held: (Blob, ReadableStream),
    /// Where the next bytes come from.
    at: u64,
    /// Where it ends.
    end: u64,
    /// The read under way.
    ahead: Promise,
    /// The buffer that it does not fill.
    spare: Option<Uint8Array>,
}

impl BlobSource {
    pub(super) fn new(blob: Blob) -> Self {
        let stream = Streaming::NotYet;
        Self { blob, stream, ahead: None, until: u64::MAX, listened: clock() }
    }

    /// Lets the worker hear "Cancel": where bytes come faster than they are
    /// read, all of the file would pass in one turn of the event loop.
    async fn listen(&mut self) {
        if clock() - self.listened < LISTENS_EVERY {
            return;
        }
        if let Ok(channel) = MessageChannel::new() {
            let port = channel.port1();
            let heard = Promise::new(&mut |resolve, _| {
                port.set_onmessage(Some(&resolve));
                // It fails only for what cannot be copied.
                channel.port2().post_message(&JsValue::NULL).unwrap_or_default();
            });
            // Nothing rejects it.
            JsFuture::from(heard).await.unwrap_or_default();
            port.close();
        }
        self.listened = clock();
    }

    #[expect(clippy::cast_precision_loss, reason = "the browser counts bytes in f64")]
    fn ask(&self, at: u64, length: usize) -> Result<JsFuture, ReadError> {
        let end = at as f64 + length as f64;
        let slice = self.blob.slice_with_f64_and_f64(at as f64, end).map_err(|e| describe(&e))?;
        Ok(JsFuture::from(slice.array_buffer()))
    }

    /// A stream from `at` on, where the browser has such streams.
    #[expect(clippy::cast_precision_loss, reason = "the browser counts bytes in f64")]
    fn open(&self, at: u64) -> Option<Stream> {
        let end = self.until.min(self.size());
        let rest = self.blob.slice_with_f64_and_f64(at as f64, end as f64).ok()?;
        let stream = rest.stream();
        let reader = ReadableStreamByobReader::new(&stream).ok()?;
        let ahead = reader.read_with_array_buffer_view(&Uint8Array::new_with_length(BUFFER));
        Some(Stream {
            reader,
            _held: (rest, stream),
            at,
            end,
            ahead,
            spare: Some(Uint8Array::new_with_length(BUFFER)),
        })
    }

    /// The next bytes of the stream; `None` where slices must do.
    async fn next(&mut self, at: u64, into: &mut Vec<u8>) -> Option<()> {
        match &self.stream {
            Streaming::Open(stream) if stream.at == at && at < stream.end => {}
            Streaming::Never => return None,
            // It is not worth a stream.
            _ if self.until.min(self.size()).saturating_sub(at) < u64::from(BUFFER) => return None,
            Streaming::Open(stream) => {
                let _ = stream.reader.cancel();
                self.stream = self.open(at).map_or(Streaming::Never, Streaming::Open);
            }
            Streaming::NotYet => {
                self.stream = self.open(at).map_or(Streaming::Never, Streaming::Open);
            }
        }
        let Streaming::Open(stream) = &mut self.stream else { return None };
        let read = if in_time(&stream.ahead, STALLED).await {
            JsFuture::from(stream.ahead.clone()).await.ok()
        } else {
            None
        };
        let filled = read.and_then(|read| {
            // `{ done, value }` (Streams Standard).
            Reflect::get(&read, &JsValue::from_str("value")).ok()?.dyn_into::<Uint8Array>().ok()
        });
        let Some(filled) = filled.filter(|filled| filled.length() > 0) else {
            let _ = stream.reader.cancel();
            self.stream = Streaming::Never;
            return None;
        };
        into.resize(filled.length() as usize, 0);
        let next = stream.spare.take().unwrap_or_else(|| Uint8Array::new_with_length(BUFFER));
        stream.at += u64::from(filled.length());
        stream.ahead = stream.reader.read_with_array_buffer_view(&next);
        filled.copy_to(into);
        stream.spare = Some(Uint8Array::new(&filled.buffer()));
        Some(())
    }
}

/// Whether a promise is settled within so many milliseconds.
pub(super) async fn in_time(promise: &Promise, milliseconds: i32) -> bool {
    let scope = scope();
    let mut timer = 0;
    let late = Promise::new(&mut |resolve, _| {
        let asked = scope.set_timeout_with_callback_and_timeout_and_arguments_1(
            &resolve,
            milliseconds,
            &JsValue::FALSE,
        );
        timer = asked.unwrap_or_default();
    });
    let first = JsFuture::from(Promise::race(&Array::of2(promise, &late))).await;
    scope.clear_timeout_with_handle(timer);
    first.map_or(true, |first| first != JsValue::FALSE)
}

impl Source for BlobSource {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of bytes"
    )]
    fn size(&self) -> u64 {
        self.blob.size() as u64
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    fn modified(&self) -> Option<u32> {
        let file = self.blob.dyn_ref::<File>()?;
        Some((file.last_modified() / 1_000.0) as u32)
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        self.listen().await;
        into.clear();
        let ready = match self.ahead.take() {
            Some((ahead, promise)) if ahead == at => promise,
            _ => self.ask(at, length)?,
        };
        let buffer = ready.await.map_err(|error| describe(&error))?;
        let bytes = Uint8Array::new(&buffer);
        // What was asked ahead may be of another length.
        let taken = (bytes.length() as usize).min(length);
        into.resize(taken, 0);
        #[expect(clippy::cast_possible_truncation, reason = "wasm has 32 bits")]
        bytes.subarray(0, taken as u32).copy_to(into);
        let next = at + taken as u64;
        if next < self.until.min(self.size()) && taken == length {
            self.ahead = Some((next, self.ask(next, length)?));
        }
        Ok(())
    }

    async fn read_on(
        &mut self,
        at: u64,
        length: usize,
        into: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        self.listen().await;
        // A buffer may take all that it has room for.
        if length >= BUFFER as usize && self.next(at, into).await.is_some() {
            return Ok(());
        }
        self.read(at, length, into).await
    }

    fn until(&mut self, end: u64) {
        self.until = end;
    }
}

/// What the browser says of an error.
fn describe(error: &JsValue) -> ReadError {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    ReadError(text.or_else(|| error.as_string()).unwrap_or_else(|| format!("{error:?}")))
}
