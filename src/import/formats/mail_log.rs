//! Which mail server a text is a log of: that with the most lines, since
//! several programs write to one log.

use crate::import::syslog::{entry, take_stamp};

/// A mail server that writes lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Server {
    Postfix,
}

const SERVERS: [Server; 1] = [Server::Postfix];

/// Whose log a text is, from its first lines; the first may be the end of one.
pub(super) fn server_of(probe: &[u8]) -> Option<Server> {
    let mut lines = [0_u32; SERVERS.len()];
    for line in probe.split(|&byte| byte == b'\n').take(2_000) {
        if let Some(server) = server_of_line(line) {
            lines[server as usize] += 1;
        }
    }
    let most = lines.iter().copied().max().filter(|most| *most > 0)?;
    SERVERS.into_iter().find(|server| lines[*server as usize] == most)
}

fn server_of_line(line: &[u8]) -> Option<Server> {
    let (_, rest) = take_stamp(line)?;
    let entry = entry(rest);
    super::postfix::daemon(entry.program).map(|_| Server::Postfix)
}
