//! `mailflow serve`: the page, and the figures of a folder of logs.

mod args;
mod asked;
mod connections;
mod desk;
mod figures;
mod folder;
mod guard;
mod ndjson;
mod outbox;
mod site;
mod smtp;
mod stored;

use std::error::Error;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use mailflow::mail::{lower, utc};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::set_header::SetResponseHeaderLayer;

pub(crate) use self::args::ServeArgs;
use self::desk::{Allowance, Desk};
use self::figures::{Counter, Current};
use self::guard::{FIELDS, Guard, Token, language, said};
use self::outbox::Outbox;
use self::site::Site;
use self::smtp::Mailer;
use self::stored::{prefers_lines, tagged};
use crate::now;

/// Where the figures are.
const FIGURES: &str = "/api/mail.json";
/// Where reports are requested.
const REPORT_REQUESTS: &str = "/api/mail.json/report-requests";

/// What requests are answered from.
struct App {
    current: Current,
    site: Site,
    guard: Guard,
    desk: Desk,
}

/// Serves until the program is asked to end.
pub(crate) fn serve(args: ServeArgs) -> io::Result<ExitCode> {
    match prepare(args) {
        Ok((listen, app, counter)) => run(listen, app, counter),
        Err(why) => {
            eprintln!("mailflow: {why}");
            Ok(ExitCode::from(2))
        }
    }
}

type Prepared = (std::net::SocketAddr, App, Counter);

/// Checks what was said, before anything is served.
fn prepare(args: ServeArgs) -> Result<Prepared, String> {
    let logs = folder(&args.logs)?;
    let (settings, mapping) = args.reading.resolve();
    let page = match args.page {
        Some(page) => Some(folder(&page)?),
        None => default_page(),
    };
    let outbox = args.outbox.as_deref().map(folder).transpose()?;
    for secret in [&args.token_file, &args.smtp_password_file].into_iter().flatten() {
        warn_if_open(secret);
        keep_out(secret, "a secret", page.as_deref(), "the page")?;
    }
    keep_out(&logs, "the logs", page.as_deref(), "the page")?;
    if let Some(outbox) = &outbox {
        keep_out(outbox, "the outbox", page.as_deref(), "the page")?;
        keep_out(outbox, "the outbox", Some(&logs), "the logs, whose mails are counted")?;
    }
    let token = args.token_file.as_deref().map(token).transpose()?;
    if token.is_none() && !args.listen.ip().is_loopback() {
        log(&format!(
            "warning: whoever reaches {} can read all figures; --token-file asks for a token",
            args.listen
        ));
    }
    let outbox = outbox.map(|folder| Outbox { folder });
    if let Some(outbox) = &outbox {
        outbox.try_out().map_err(|error| format!("{}: {error}", outbox.folder.display()))?;
        outbox.tidy();
    }
    let mailer = match (args.smtp, args.mail_from) {
        (Some(server), Some(from)) => {
            let password = args.smtp_password_file.as_deref().map(line_of).transpose()?;
            let sign_in = args.smtp_user.zip(password);
            Some(Mailer::new(server, from, sign_in, args.smtp_ca.as_deref())?)
        }
        _ => None,
    };
    let site = match page {
        Some(page) => Site::of(page)?,
        None => Site::default(),
    };
    if site.is_empty() {
        log("there is no page: build it with `make page` and name its folder with --page");
    }
    let current = Current::none();
    let desk = Desk {
        outbox: outbox.map(Arc::new),
        mailer,
        domains: args.recipient_domains.iter().map(|domain| lower(domain.trim())).collect(),
        allowance: Mutex::new(Allowance::full()),
        turn: Semaphore::new(1),
    };
    let guard = Guard::new(args.hosts, token);
    let app = App { current: current.clone(), site, guard, desk };
    Ok((args.listen, app, Counter { logs, settings, mapping, current }))
}

fn run(listen: std::net::SocketAddr, app: App, counter: Counter) -> io::Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async move {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{listen}: {error}"));
        let listener = TcpListener::bind(listen).await.map_err(named)?;
        let stop = stop()?;
        let address = listener.local_addr()?;
        let before = if app.site.is_empty() { "" } else { "/?source=" };
        let mut out = io::stdout().lock();
        // Whoever started it may not read on.
        writeln!(out, "mailflow is on http://{address}{before}{FIGURES} (Ctrl+C ends it)").ok();
        out.flush().ok();
        drop(out);
        std::thread::spawn(move || counter.run());
        connections::listen(listener, router(Arc::new(app)), stop).await;
        log("ended");
        Ok(ExitCode::SUCCESS)
    })
}

/// Ends when the program is asked to end. Asked again, it ends at once.
#[cfg(unix)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut asked = Some(asked);
        loop {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            match asked.take() {
                Some(asked) => {
                    log("ending after the requests at hand");
                    asked.send(()).ok();
                }
                None => std::process::exit(130),
            }
        }
    });
    Ok(async move {
        was_asked.await.ok();
    })
}

#[cfg(not(unix))]
fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        tokio::signal::ctrl_c().await.ok();
    })
}

fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route(FIGURES, get(figures))
        .route(REPORT_REQUESTS, post(report_request))
        .fallback(page)
        .with_state(Arc::clone(&app))
        .layer(from_fn_with_state(app, guard::watch));
    for (name, value) in FIELDS {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
}

/// `GET /api/mail.json`.
async fn figures(State(app): State<Arc<App>>, request: Request) -> Response {
    let asked = request.headers();
    let figures = match app.current.get() {
        Ok(figures) => figures,
        Err(seconds) => {
            let text = language(asked).serve_texts().counting;
            let mut answer = said(StatusCode::SERVICE_UNAVAILABLE, text);
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            return answer;
        }
    };
    let body = if prefers_lines(asked) { &figures.lines } else { &figures.json };
    tagged(asked, &figures.tag, "Accept, Accept-Encoding", || body.answer(asked))
}

/// `POST /api/mail.json/report-requests`.
async fn report_request(State(app): State<Arc<App>>, request: Request) -> Response {
    app.desk.answer(request, &app.current).await
}

/// The page's files: whatever is no other address.
async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    let texts = language(request.headers()).serve_texts();
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return said(StatusCode::NOT_FOUND, texts.not_found);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = said(StatusCode::METHOD_NOT_ALLOWED, texts.not_found);
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let answer = app.site.answer(path, request.headers());
    answer.unwrap_or_else(|| {
        let missing = if app.site.is_empty() { texts.no_page } else { texts.not_found };
        said(StatusCode::NOT_FOUND, missing)
    })
}

/// The real path of a folder.
fn folder(path: &Path) -> Result<PathBuf, String> {
    let real = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
    if real.is_dir() { Ok(real) } else { Err(format!("{} is no folder", path.display())) }
}

/// `dist` beside the program, or in the working folder.
fn default_page() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.join("dist")));
    let here = Some(PathBuf::from("dist"));
    let mut found = [beside, here].into_iter().flatten();
    found.find(|path| path.join("index.html").is_file())
}

/// What is in a folder that is served can be read by others.
fn keep_out(path: &Path, what: &str, folder: Option<&Path>, of: &str) -> Result<(), String> {
    let real = |path: &Path| path.canonicalize();
    match (real(path), folder.map(real)) {
        (Ok(path), Some(Ok(folder))) if path.starts_with(&folder) => {
            Err(format!("{} is in the folder of {of}: keep {what} elsewhere", path.display()))
        }
        _ => Ok(()),
    }
}

/// The only line of a file.
fn line_of(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.is_empty() || line.contains(['\r', '\n']) {
        return Err(format!("{} has not one line", path.display()));
    }
    Ok(line.to_owned())
}

fn token(path: &Path) -> Result<Token, String> {
    Token::new(&line_of(path)?).map_err(|why| format!("{}: {why}", path.display()))
}

/// A secret that others on this machine can read is none.
fn warn_if_open(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = path.metadata().map_or(0, |metadata| metadata.permissions().mode());
        if mode & 0o077 != 0 {
            log(&format!("warning: others can read {}; chmod 600 keeps it secret", path.display()));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// An error and what caused it, unless it says so itself.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}

/// Writes a line of log. What strangers sent stays one line, and commands no
/// terminal.
fn log(text: &str) {
    let mut line = utc(now());
    line.push_str("Z ");
    for sign in text.chars() {
        let turns = matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if sign.is_control() || turns {
            line.extend(sign.escape_unicode());
        } else {
            line.push(sign);
        }
    }
    line.push('\n');
    // A log that nobody reads stops no server.
    io::stderr().lock().write_all(line.as_bytes()).ok();
}
