//! Report requests: each becomes a mail, which is sent or written to the
//! outbox.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use mailflow::export::{Address, DraftWords, detailed_draft, detailed_mail, detailed_name};
use mailflow::json::Json;
use mailflow::mail::utc;
use mailflow::report::{Detailed, detailed};
use mailflow::text::{Language, ServeTexts, detailed_words, report_title};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::asked::Asked;
use super::figures::{Current, Figures};
use super::guard::{is_of_our_page, language};
use super::log;
use super::outbox::{Outbox, Unwritten};
use super::smtp::{Mailer, Unsent};
use crate::now;

/// Bytes of a request.
const LONGEST: usize = 64 << 10;
/// So long a request may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(15);

/// Where requests are handed in.
pub(super) struct Desk {
    pub(super) outbox: Option<Arc<Outbox>>,
    pub(super) mailer: Option<Mailer>,
    /// Where reports may go; anywhere where there are none.
    pub(super) domains: Vec<String>,
    pub(super) allowance: Mutex<Allowance>,
    /// One report is made at a time.
    pub(super) turn: Semaphore,
}

/// What became of a request.
struct Outcome {
    status: StatusCode,
    word: &'static str,
    detail: String,
    /// Seconds after which it may be tried again.
    again: Option<u64>,
}

impl Outcome {
    fn of(status: StatusCode, word: &'static str, detail: String) -> Self {
        Self { status, word, detail, again: None }
    }

    fn refused(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::of(status, "refused", detail.into())
    }

    fn answer(self) -> Response {
        let mut json = Json::compact().begin('{');
        json.number("version", 1);
        json.text(Some("outcome"), Some(self.word));
        json.text(Some("detail"), Some(&self.detail));
        json.close('}');
        let mut answer = Response::new(Body::from(json.finish()));
        *answer.status_mut() = self.status;
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(seconds) = self.again {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// The answer to a request that is refused.
pub(super) fn refused(status: StatusCode, detail: &str) -> Response {
    Outcome::refused(status, detail).answer()
}

impl Desk {
    /// Answers a request with what became of it.
    pub(super) async fn answer(&self, request: Request, current: &Current) -> Response {
        let language = language(request.headers());
        let t = language.serve_texts();
        let outcome = match (self.take(request, t).await, current.get()) {
            (Ok(asked), Ok(figures)) => self.hand_on(&Report { asked, figures, language }, t).await,
            (Ok(_), Err(seconds)) => Outcome {
                again: Some(seconds),
                ..Outcome::refused(StatusCode::SERVICE_UNAVAILABLE, t.counting)
            },
            (Err(refused), _) => refused,
        };
        log(&format!("a report request was {}: {}", outcome.word, outcome.detail));
        outcome.answer()
    }

    /// Takes a request in, or refuses it.
    async fn take(&self, request: Request, t: &'static ServeTexts) -> Result<Asked, Outcome> {
        let refused = |status, text: &str| Err(Outcome::refused(status, text));
        if self.outbox.is_none() && self.mailer.is_none() {
            return refused(StatusCode::NOT_IMPLEMENTED, t.takes_no_requests);
        }
        if !is_of_our_page(request.headers()) {
            return refused(StatusCode::FORBIDDEN, t.other_site);
        }
        if !is_json(request.headers()) {
            return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, t.not_json);
        }
        let allowance = self.allowance.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Err(seconds) = allowance {
            let refused = Outcome::refused(StatusCode::TOO_MANY_REQUESTS, (t.too_often)(seconds));
            return Err(Outcome { again: Some(seconds), ..refused });
        }
        let body = match timeout(BODY_TIME, to_bytes(request.into_body(), LONGEST)).await {
            Ok(Ok(body)) => body,
            // It broke off, which nobody is there to be told of, or is too long.
            Ok(Err(_)) => {
                return refused(StatusCode::PAYLOAD_TOO_LARGE, &(t.too_large)(LONGEST));
            }
            Err(_) => return refused(StatusCode::REQUEST_TIMEOUT, t.too_slow),
        };
        Asked::read(&body, &self.domains, t)
            .map_err(|why| Outcome::refused(StatusCode::UNPROCESSABLE_ENTITY, why))
    }

    /// Sends a report, or writes it to the outbox.
    async fn hand_on(&self, report: &Report, t: &ServeTexts) -> Outcome {
        let unsent = match &self.mailer {
            Some(mailer) => match self.send(mailer, report, t).await {
                Ok(outcome) => return outcome,
                Err(unsent) => Some(unsent),
            },
            None => None,
        };
        let written = match &self.outbox {
            Some(outbox) => Some(self.write(outbox, report, t).await),
            None => None,
        };
        let is_written = |detail| Outcome::of(StatusCode::CREATED, "written", detail);
        match (unsent, written) {
            (None, Some(Ok(file))) => is_written((t.written)(&file)),
            (Some((_, why)), Some(Ok(file))) => is_written((t.written_instead)(&file, &why)),
            (None, Some(Err(refused))) => refused,
            (Some((_, why)), Some(Err(refused))) => {
                Outcome { detail: (t.neither)(&why, &refused.detail), ..refused }
            }
            (Some((status, why)), None) => Outcome::refused(status, (t.not_sent)(&why)),
            (None, None) => Outcome::refused(StatusCode::NOT_IMPLEMENTED, t.takes_no_requests),
        }
    }

    /// Hands a report to the mail server; else why it is not sent.
    async fn send(
        &self,
        mailer: &Mailer,
        report: &Report,
        t: &ServeTexts,
    ) -> Result<Outcome, (StatusCode, String)> {
        let Some(mail) = self.made(report, Form::Mail(mailer.from.clone())).await else {
            return Ok(Outcome::refused(StatusCode::UNPROCESSABLE_ENTITY, t.no_data));
        };
        let recipients = &report.asked.recipients;
        let server = mailer.server.to_string();
        match mailer.send(recipients, &mail).await {
            Ok(()) => Ok(Outcome::of(StatusCode::OK, "sent", (t.sent)(recipients.len(), &server))),
            Err(Unsent::Refused(why)) => Err((StatusCode::BAD_GATEWAY, why)),
            Err(Unsent::Silent(seconds)) => {
                Err((StatusCode::GATEWAY_TIMEOUT, (t.no_answer)(&server, seconds)))
            }
        }
    }

    /// Writes a report to the outbox, and gives its name there.
    async fn write(
        &self,
        outbox: &Arc<Outbox>,
        report: &Report,
        t: &ServeTexts,
    ) -> Result<String, Outcome> {
        let Some(draft) = self.made(report, Form::Draft).await else {
            return Err(Outcome::refused(StatusCode::UNPROCESSABLE_ENTITY, t.no_data));
        };
        let (outbox, name) = (Arc::clone(outbox), report.file_name());
        let wanted = name.clone();
        let written = spawn_blocking(move || outbox.write(&wanted, &draft)).await;
        match written.unwrap_or_else(|error| Err(Unwritten::Failed(io::Error::other(error)))) {
            Ok(()) => Ok(name),
            Err(Unwritten::Full) => {
                Err(Outcome::refused(StatusCode::INSUFFICIENT_STORAGE, t.outbox_full))
            }
            Err(Unwritten::Failed(error)) => {
                let why = (t.outbox_failed)(&format!("{error}."));
                Err(Outcome::refused(StatusCode::INTERNAL_SERVER_ERROR, why))
            }
        }
    }

    /// The mail of a report, made beside the threads that answer, one at a
    /// time; `None` where the logs have nothing of those days.
    async fn made(&self, report: &Report, form: Form) -> Option<String> {
        let report = report.clone();
        // The semaphore is never closed.
        let _turn = self.turn.acquire().await;
        spawn_blocking(move || report.mail(&form)).await.ok().flatten()
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = text.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

/// What a mail is to be.
enum Form {
    /// Opened and sent by a person.
    Draft,
    /// Sent from here, by this address.
    Mail(Address),
}

/// A report that is asked for.
#[derive(Clone)]
struct Report {
    asked: Asked,
    figures: Arc<Figures>,
    language: Language,
}

impl Report {
    /// The mail; `None` where the logs have nothing of those days.
    fn mail(&self, form: &Form) -> Option<String> {
        let (texts, kind) = (self.language.texts(), self.asked.query.report);
        let (words, more) = detailed_words(texts, kind);
        let (tally, now_then) = (&self.figures.tally, self.figures.now);
        let report: Detailed = detailed(tally, now_then, &self.asked.query, &words, &more);
        if report.period.is_none_or(|period| period.covered == 0) && report.rows.is_empty() {
            return None;
        }
        let draft = DraftWords {
            title: report_title(texts, kind),
            note: self.language.serve_texts().attached,
            file: detailed_name(kind),
            to: &self.asked.recipients,
            now: now(),
        };
        Some(match form {
            Form::Draft => detailed_draft(report, &words, &draft),
            Form::Mail(from) => {
                let domain = from.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
                let domain = if domain.is_ascii() { domain } else { "localhost" };
                let id = format!("{}@{domain}", unique());
                detailed_mail(report, &words, &draft, from, &id)
            }
        })
    }

    /// Sorted by time, and of no other report.
    fn file_name(&self) -> String {
        let time = utc(now()).replace(' ', "T").replace(':', "");
        let unique = unique();
        let short = unique.get(..8).unwrap_or_default();
        format!("{time}Z-{}-{short}.eml", self.asked.query.report.code())
    }
}

/// Digits that no other call gives.
fn unique() -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{} {} {call}", std::process::id(), time.as_nanos());
    let hash = blake3::hash(seed.as_bytes()).to_hex();
    hash.get(..32).unwrap_or_default().to_owned()
}

/// How many requests may still come.
pub(super) struct Allowance {
    left: f64,
    at: Instant,
}

/// Requests at once.
const MOST_REQUESTS: f64 = 10.0;
/// Seconds until there is one more.
const SECONDS_EACH: f64 = 6.0;

impl Allowance {
    pub(super) fn full() -> Self {
        Self { left: MOST_REQUESTS, at: Instant::now() }
    }

    /// Takes one, or says in how many seconds there is one.
    fn take(&mut self) -> Result<(), u64> {
        let now = Instant::now();
        let gained = now.duration_since(self.at).as_secs_f64() / SECONDS_EACH;
        self.left = (self.left + gained).min(MOST_REQUESTS);
        self.at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Ok(());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few seconds"
        )]
        let seconds = ((1.0 - self.left) * SECONDS_EACH).ceil() as u64;
        Err(seconds.max(1))
    }
}
