//! Where the person sits who started the program: for the audit.
//!
//! It is what the environment says. Whoever starts the program can make it say something else, and a session of tmux or
//! screen says where it was begun.

use std::net::IpAddr;
use std::{env, io};

/// No address and no terminal has a longer name.
const LONGEST: usize = 64;

/// `ssh 192.0.2.7` over SSH, `tty pts/3` at a terminal, `none` where there is neither. Asked once, at the start.
pub fn origin() -> String {
    named(env::var("SSH_CONNECTION").ok().as_deref(), terminal().as_deref())
}

fn named(ssh: Option<&str>, terminal: Option<&str>) -> String {
    if let Some(peer) = ssh.and_then(|ssh| ssh.split_whitespace().next()) {
        // A zone (`fe80::1%eth0`) is a name of this machine's own.
        let address = peer.split('%').next().unwrap_or_default();
        return match address.parse::<IpAddr>() {
            Ok(address) => format!("ssh {address}"),
            Err(_) => "ssh ?".to_owned(),
        };
    }
    let Some(terminal) = terminal else { return "none".to_owned() };
    let name = terminal.strip_prefix("/dev/").unwrap_or(terminal);
    let plain = |c: &char| c.is_ascii_alphanumeric() || "/-_.".contains(*c);
    format!("tty {}", name.chars().filter(plain).take(LONGEST).collect::<String>())
}

/// The terminal that is typed at, else the one that complaints go to: input may come from a file.
fn terminal() -> Option<String> {
    #[cfg(unix)]
    {
        use rustix::termios::ttyname;
        let name = ttyname(io::stdin(), Vec::new()).or_else(|_| ttyname(io::stderr(), Vec::new()));
        name.ok().map(|name| name.to_string_lossy().into_owned())
    }
    #[cfg(not(unix))]
    {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ssh_session_is_named_by_its_peer_and_by_nothing_else_that_stands_there() {
        assert_eq!(named(Some("192.0.2.7 51000 192.0.2.1 22"), Some("/dev/pts/3")), "ssh 192.0.2.7");
        assert_eq!(named(Some("2001:db8::5 1 2001:db8::1 22"), None), "ssh 2001:db8::5");
        assert_eq!(named(Some("fe80::1%eth0 1 fe80::2 22"), None), "ssh fe80::1");
        assert_eq!(named(Some("\u{1b}[2J;rm 1 2 3"), None), "ssh ?");
    }

    #[test]
    fn a_terminal_is_named_and_a_timer_has_none() {
        assert_eq!(named(None, Some("/dev/tty1")), "tty tty1");
        assert_eq!(named(Some(""), Some("/dev/pts/12")), "tty pts/12");
        assert_eq!(named(None, Some("/dev/\u{1b}]0;x\u{7}")), "tty 0x");
        assert_eq!(named(None, Some(&"x".repeat(500))).len(), 4 + LONGEST);
        assert_eq!(named(None, None), "none");
    }
}
