//! One request to an endpoint: how long it is waited for, how often it is tried,
//! and every way in which it can fail.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Date, Math, Promise, Reflect, Uint8Array};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect,
};

use super::source::Source;
use crate::text::Trouble;

/// Seconds of silence after which no answer is expected any more.
const SILENCE: u32 = 30;
/// How often a host that is busy is asked again.
const TRIES: i32 = 5;
/// The longest wait that is of our own choice, in seconds.
const LONGEST: f64 = 60.0;
/// A host that asks for more seconds is not waited for.
const PATIENCE: f64 = 120.0;

/// A request that a person can end, with all that belongs to it.
#[derive(Clone)]
pub(crate) struct Call {
    abort: AbortController,
    cancelled: Rc<Cell<bool>>,
    /// Nothing came for too long.
    silent: Rc<Cell<bool>>,
}

/// A host that has to be asked again.
enum Refused {
    /// For good.
    Trouble(Trouble),
    /// It is busy: this status, and the seconds that it wants.
    Busy(u16, Option<f64>),
    /// What did not come through the network.
    Network(Trouble),
}

impl From<Trouble> for Refused {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// What a body is handed to: whether all of it is there, or why not.
pub(super) type Take<'t> = &'t mut dyn FnMut(Option<&[u8]>) -> Result<(), Trouble>;

/// What is asked for.
pub(super) struct Ask<'a> {
    pub(super) source: &'a Source,
    pub(super) url: &'a str,
    pub(super) token: Option<&'a str>,
    /// The version that is known.
    pub(super) etag: Option<&'a str>,
}

/// What a host answered.
pub(super) enum Got {
    /// What is known is all there is.
    Same,
    /// A body; its version.
    Body(Option<String>),
}

impl Call {
    /// One that nobody has ended; `None` in a browser that cannot end any.
    pub(crate) fn new() -> Option<Self> {
        let abort = AbortController::new().ok()?;
        Some(Self { abort, cancelled: Rc::default(), silent: Rc::default() })
    }

    /// Ends it.
    pub(crate) fn cancel(&self) {
        self.cancelled.set(true);
        self.abort.abort();
    }

    /// Gets one page, and asks again where there is hope. `take` gets the body;
    /// `None` where it begins anew. `wait` is told the seconds that are left
    /// until the next try.
    pub(super) async fn get(
        &self,
        ask: &Ask<'_>,
        take: Take<'_>,
        wait: &dyn Fn(Option<u32>),
    ) -> Result<Got, Trouble> {
        let (mut tries, mut failed) = (0, false);
        loop {
            let seconds = match self.once(ask, take).await {
                Ok(got) => return Ok(got),
                Err(Refused::Trouble(trouble)) => return Err(trouble),
                Err(Refused::Network(trouble)) => {
                    let why = self.why(trouble.clone());
                    if failed || why != trouble {
                        return Err(why);
                    }
                    failed = true;
                    1.0
                }
                Err(Refused::Busy(status, wanted)) => {
                    if wanted.is_some_and(|seconds| seconds > PATIENCE) || tries == TRIES {
                        let until = wanted.map(|seconds| Date::now() + seconds * 1_000.0);
                        return Err(Trouble::Busy { status, until: until.map(clock_time) });
                    }
                    tries += 1;
                    // Many pages that were sent away at once come back one by one.
                    let own = 2_f64.powi(tries - 1) * (1.0 + Math::random() / 2.0);
                    wanted.unwrap_or(own.min(LONGEST))
                }
            };
            self.wait(seconds, wait).await?;
        }
    }

    /// Waits, unless the person wants no more.
    async fn wait(&self, seconds: f64, tell: &dyn Fn(Option<u32>)) -> Result<(), Trouble> {
        let end = Date::now() + seconds * 1_000.0;
        loop {
            let left = end - Date::now();
            if self.cancelled.get() {
                return Err(Trouble::Cancelled);
            }
            if left <= 0.0 {
                tell(None);
                return Ok(());
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few")]
            tell(Some((left / 1_000.0).ceil() as u32));
            #[expect(clippy::cast_possible_truncation, reason = "at most a second")]
            let step = left.min(1_000.0).ceil() as i32;
            let pause = Promise::new(&mut |resolve, _| {
                self.abort.signal().set_onabort(Some(&resolve));
                let set =
                    window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, step);
                // Fails only for what is no function.
                set.unwrap_or_default();
            });
            // It is never refused.
            JsFuture::from(pause).await.unwrap_or_default();
        }
    }

    async fn once(&self, ask: &Ask<'_>, take: Take<'_>) -> Result<Got, Refused> {
        let mut request = self.request(RequestBuilder::new(ask.url), ask.source, ask.token);
        request = request.header("Accept", "application/x-ndjson, application/json");
        if let Some(etag) = ask.etag {
            request = request.header("If-None-Match", etag);
        }
        take(None)?;
        let mut waiting = Silence::new(self);
        let response = request.send().await.map_err(|_| Refused::Network(Trouble::Unreachable))?;
        if response.status() == 304 && ask.etag.is_some() {
            return Ok(Got::Same);
        }
        check(&response, ask.token)?;
        let mut any = false;
        if let Some(body) = response.body() {
            let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
            loop {
                drop(std::mem::replace(&mut waiting, Silence::new(self)));
                let Ok(step) = JsFuture::from(reader.read()).await else {
                    return Err(Refused::Network(Trouble::BrokeOff));
                };
                // `{ done, value }` (Streams Standard).
                let value = Reflect::get(&step, &JsValue::from_str("value")).unwrap_or_default();
                if value.is_undefined() {
                    break;
                }
                let chunk = value.unchecked_into::<Uint8Array>().to_vec();
                any |= !chunk.is_empty();
                if let Err(trouble) = take(Some(&chunk)) {
                    // The rest is not wanted.
                    self.abort.abort();
                    return Err(trouble.into());
                }
            }
        }
        if !any {
            return Err(Trouble::Empty.into());
        }
        Ok(Got::Body(response.headers().get("ETag")))
    }

    /// Posts a report request: once, since it may have arrived where no answer
    /// came. The host's own words, whatever it did, and what went wrong.
    pub(crate) async fn post(
        &self,
        source: &Source,
        token: Option<&str>,
        body: &str,
    ) -> (Said, Result<(), Trouble>) {
        let waiting = Silence::new(self);
        let url = source.requests();
        let request = RequestBuilder::new(&url).method(gloo_net::http::Method::POST);
        let request = self.request(request, source, token);
        let request = request.header("Content-Type", "application/json");
        let Ok(request) = request.header("Accept", "application/json").body(body) else {
            return (Said::default(), Err(Trouble::Unreachable));
        };
        let Ok(response) = request.send().await else {
            return (Said::default(), Err(self.why(Trouble::Unreachable)));
        };
        let checked = match check(&response, token) {
            Ok(()) => Ok(()),
            Err(Refused::Trouble(trouble) | Refused::Network(trouble)) => Err(trouble),
            Err(Refused::Busy(status, _)) => Err(Trouble::Status(status)),
        };
        let said = Said::of(&response).await;
        drop(waiting);
        (said, checked)
    }

    /// What all requests have in common. No redirect is followed: it could lead
    /// to another address of the host, where nothing is to be sent.
    fn request(
        &self,
        request: RequestBuilder,
        source: &Source,
        token: Option<&str>,
    ) -> RequestBuilder {
        let credentials =
            if source.own { RequestCredentials::SameOrigin } else { RequestCredentials::Omit };
        let request = request
            .abort_signal(Some(&self.abort.signal()))
            .cache(RequestCache::NoStore)
            .credentials(credentials)
            .redirect(RequestRedirect::Manual);
        match token {
            Some(token) => request.header("Authorization", &["Bearer ", token].concat()),
            None => request,
        }
    }

    /// Why it failed: for a reason of ours, or `otherwise`.
    fn why(&self, otherwise: Trouble) -> Trouble {
        if self.cancelled.get() {
            Trouble::Cancelled
        } else if self.silent.get() {
            Trouble::TimeOut(SILENCE)
        } else {
            otherwise
        }
    }
}

/// Whether a response is what was asked for, by its head.
fn check(response: &Response, token: Option<&str>) -> Result<(), Refused> {
    let header = |name| response.headers().get(name).unwrap_or_default().to_ascii_lowercase();
    let trouble = match response.status() {
        // What a redirect is that is not followed.
        0 => Trouble::Redirected,
        401 => {
            let scheme = header("WWW-Authenticate");
            if scheme.is_empty() || scheme.contains("bearer") {
                Trouble::Token { wrong: token.is_some() }
            } else {
                Trouble::Status(401)
            }
        }
        status @ (429 | 503) => {
            return Err(Refused::Busy(status, retry_after(&header("Retry-After"))));
        }
        204 | 205 => Trouble::Empty,
        _ if !response.ok() => Trouble::Status(response.status()),
        _ if header("Content-Type").starts_with("text/html") => Trouble::WebPage,
        _ => return Ok(()),
    };
    Err(trouble.into())
}

/// Whether a text may be a bearer token: nothing else may stand in a header.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The seconds that a `Retry-After` asks for (RFC 9110, 10.2.3).
fn retry_after(value: &str) -> Option<f64> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(f64::from(seconds));
    }
    let seconds = (Date::parse(value) - Date::now()) / 1_000.0;
    // No date is not a number.
    (seconds >= 0.0).then_some(seconds)
}

/// A point in time as clocks here show it.
pub(crate) fn clock_time(milliseconds: f64) -> String {
    let date = Date::new(&JsValue::from_f64(milliseconds));
    let [hour, minute, second] =
        [date.get_hours(), date.get_minutes(), date.get_seconds()].map(|part| format!("{part:02}"));
    [hour, minute, second].join(":")
}

/// What a host says of a report request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// `sent`, `written`, `accepted`, `refused`, or what it may say else.
    pub(crate) outcome: String,
    /// For a person.
    pub(crate) detail: String,
}

impl Said {
    /// From the beginning of a body, which should be short JSON.
    async fn of(response: &Response) -> Self {
        const MOST: usize = 64 << 10;
        let mut bytes = Vec::new();
        let Some(body) = response.body() else { return Self::default() };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        while bytes.len() < MOST
            && let Ok(step) = JsFuture::from(reader.read()).await
            && let Ok(value) = Reflect::get(&step, &JsValue::from_str("value"))
            && !value.is_undefined()
        {
            bytes.extend(value.unchecked_into::<Uint8Array>().to_vec());
        }
        if bytes.len() >= MOST {
            // The rest of it is not wanted.
            drop(reader.cancel());
        }
        let text = String::from_utf8_lossy(&bytes);
        let json = js_sys::JSON::parse(&text).unwrap_or_default();
        let field = |name| {
            let value = Reflect::get(&json, &JsValue::from_str(name)).ok();
            plain(&value.and_then(|value| value.as_string()).unwrap_or_default())
        };
        Self { outcome: field("outcome"), detail: field("detail") }
    }
}

/// A text of a host in one short line.
fn plain(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut line: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line.trim().to_owned()
}

/// Ends a request when nothing has come for long, unless it is dropped.
struct Silence {
    timer: Option<TimeoutHandle>,
    /// What a timer that is due already looks at: clearing comes too late then.
    over: Rc<Cell<bool>>,
}

impl Silence {
    fn new(call: &Call) -> Self {
        let (silent, abort) = (Rc::clone(&call.silent), call.abort.clone());
        let over = Rc::<Cell<bool>>::default();
        let is_over = Rc::clone(&over);
        let end = move || {
            if !is_over.get() {
                silent.set(true);
                abort.abort();
            }
        };
        let seconds = Duration::from_secs(u64::from(SILENCE));
        Self { timer: set_timeout_with_handle(end, seconds).ok(), over }
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        self.over.set(true);
        if let Some(timer) = self.timer {
            timer.clear();
        }
    }
}
