//! `mailflow serve` as a child, and a client that sends what it is told to,
//! right or wrong.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "each test file uses some of it, and a test may stop"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longer than anything may take, but for what waits on purpose.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until something is there.
pub fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
        sleep(Duration::from_millis(20));
    }
}

/// A server that ends with the value.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Starts `mailflow serve` with these arguments on a free port.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailflow"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments);
        Self::run(command)
    }

    /// Starts a command that becomes such a server.
    pub fn run(mut command: Command) -> Self {
        let mut child = command
            // Where no page is found without being named.
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        let (written, lines) = (Arc::clone(&log), child.stderr.take().expect("a pipe"));
        std::thread::spawn(move || {
            for line in BufReader::new(lines).lines().map_while(Result::ok) {
                let mut log = written.lock().expect("a log");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut said = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut said).expect("a line");
        let address = said.split('/').nth(2).and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("{said:?} {}", log.lock().expect("a log")));
        Self { child, address, log }
    }

    /// Starts it and waits for the first figures.
    pub fn counted(arguments: &[&str]) -> Self {
        let server = Self::start(arguments);
        server.when_counted();
        server
    }

    pub fn when_counted(&self) {
        until("the first count", || self.log().contains("counted ").then_some(()));
    }

    /// What it wrote to standard error so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("a log").clone()
    }

    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    pub fn signal(&self, name: &str) {
        let killed = Command::new("kill").args([name, &self.id()]).status().expect("kill");
        assert!(killed.success());
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        until("the end of the server", || self.child.try_wait().expect("a child"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    /// A request with header fields of its own, and a body.
    pub fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)], body: &[u8]) -> Answer {
        let own = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let own: String = own.collect();
        let named = fields.iter().any(|(name, _)| *name == "Host");
        let host = if named { String::new() } else { format!("Host: {}\r\n", self.address) };
        let length = match body.len() {
            0 => String::new(),
            length => format!("Content-Length: {length}\r\n"),
        };
        let head =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{host}{own}{length}\r\n");
        self.send(&[head.as_bytes(), body].concat())
    }

    /// The answer to these bytes.
    pub fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that has seen enough may close before it has all.
        stream.write_all(bytes).ok();
        Answer::read(&mut stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    /// The document of the figures.
    pub fn document(&self) -> Vec<u8> {
        let answer = self.get("/api/mail.json");
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Posts a report request, as the page does.
    pub fn post(&self, request: &Value) -> Answer {
        self.post_with(request, &[])
    }

    pub fn post_with(&self, request: &Value, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.address);
        let own = [("Origin", &*origin), ("Content-Type", "application/json")];
        let fields = [&own, fields].concat();
        self.ask("POST", REQUESTS, &fields, request.to_string().as_bytes())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub const REQUESTS: &str = "/api/mail.json/report-requests";

/// What a server answered.
#[derive(Clone, Default)]
pub struct Answer {
    /// 0 where it closed without a word.
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads until the server closes.
    pub fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // It may end a connection with a reset when it did not want the rest.
        stream.read_to_end(&mut bytes).ok();
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Self::default();
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let pair = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let fields = lines.filter_map(pair).collect();
        Self { status: status.expect("a status"), fields, body: bytes[end + 4..].to_vec() }
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(own, _)| own == name);
        let first = found.next().map(|(_, value)| &**value);
        assert!(found.next().is_none(), "{name} stands twice");
        first
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        let body: String = body.chars().take(500).collect();
        write!(f, "{} {:?} {body:?}", self.status, self.fields)
    }
}
