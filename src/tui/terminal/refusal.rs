//! Where a full screen would do harm, and how to say so.

use std::env;

use encoding_rs::GB18030;

use crate::i18n::{Lang, catalogue};

/// What a start depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    pub stdin_is_terminal: bool,
    pub stdout_is_terminal: bool,
    pub term: Option<String>,
    /// `LC_ALL`, `LC_CTYPE` and `LANG`: the first that is not empty decides.
    pub locale: Option<String>,
    /// The person says that the terminal speaks UTF-8, whatever the locale.
    pub assume_utf8: bool,
}

impl Surroundings {
    pub fn of_this_process(assume_utf8: bool) -> Self {
        let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            stdin_is_terminal: rustix::termios::isatty(rustix::stdio::stdin()),
            stdout_is_terminal: rustix::termios::isatty(rustix::stdio::stdout()),
            term: set("TERM"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set),
            assume_utf8,
        }
    }
}

/// Why no full screen is opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("standard input or output is not a terminal")]
    NotATerminal,
    /// The value of `TERM`, empty if unset.
    #[error("the terminal type {0:?} cannot show a full screen")]
    SimpleTerminal(String),
    /// The locale. What is typed would arrive as other characters, silently.
    #[error("the locale {0} is not UTF-8")]
    NotUtf8(String),
}

impl Refusal {
    /// Whether a full screen would do harm here.
    ///
    /// A locale that names no character set (`C`, `POSIX`, none at all) says nothing about the terminal and is let
    /// through; one that names a language without UTF-8 (`zh_CN`, `zh_CN.GBK`) is not.
    pub fn find(here: &Surroundings) -> Option<Refusal> {
        if !here.stdin_is_terminal || !here.stdout_is_terminal {
            return Some(Refusal::NotATerminal);
        }
        let term = here.term.as_deref().unwrap_or_default();
        if matches!(term, "" | "dumb" | "unknown") {
            return Some(Refusal::SimpleTerminal(term.to_owned()));
        }
        let locale = here.locale.as_deref().unwrap_or_default();
        let upper = locale.to_ascii_uppercase();
        let utf8 = upper.contains("UTF-8") || upper.contains("UTF8");
        if utf8 || here.assume_utf8 || matches!(locale, "" | "C" | "POSIX") {
            return None;
        }
        Some(Refusal::NotUtf8(locale.to_owned()))
    }

    /// The line for the person, as bytes for the terminal at hand: where UTF-8 is not understood, ASCII and then the same
    /// in GB18030.
    pub fn message(&self, lang: Lang) -> Vec<u8> {
        let line = |lang: Lang| {
            let texts = catalogue(lang);
            let text = match self {
                Refusal::NotATerminal => texts.t("refuse-not-a-terminal"),
                Refusal::SimpleTerminal(term) => texts.t1("refuse-simple-terminal", "term", term.as_str()),
                Refusal::NotUtf8(locale) => texts.t1("refuse-not-utf8", "locale", locale.as_str()),
            };
            format!("{}\n", crate::tui::paint::sanitise(&text))
        };
        match self {
            Refusal::NotUtf8(_) => {
                let ascii: String =
                    line(Lang::En).chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
                let chinese = line(Lang::Zh);
                let (gb, _, _) = GB18030.encode(&chinese);
                [ascii.as_bytes(), &gb].concat()
            }
            _ => line(lang).into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(term: &str, locale: &str) -> Surroundings {
        Surroundings {
            stdin_is_terminal: true,
            stdout_is_terminal: true,
            term: Some(term.into()),
            locale: Some(locale.into()).filter(|locale: &String| !locale.is_empty()),
            assume_utf8: false,
        }
    }

    #[test]
    fn a_full_screen_opens_only_where_it_can_be_read_and_typed_into() {
        let not_utf8 = |locale: &str| Some(Refusal::NotUtf8(locale.into()));
        let simple = |term: &str| Some(Refusal::SimpleTerminal(term.into()));
        for (term, locale, want) in [
            ("xterm-256color", "zh_CN.UTF-8", None),
            ("putty", "zh_CN.utf8", None),
            ("linux", "C.UTF-8", None),
            ("xterm", "", None),
            ("xterm", "C", None),
            ("xterm", "zh_CN.GBK", not_utf8("zh_CN.GBK")),
            ("xterm", "zh_CN.GB18030", not_utf8("zh_CN.GB18030")),
            ("xterm", "zh_CN", not_utf8("zh_CN")),
            ("dumb", "zh_CN.UTF-8", simple("dumb")),
            ("", "zh_CN.UTF-8", simple("")),
        ] {
            assert_eq!(Refusal::find(&here(term, locale)), want, "{term} {locale}");
        }
    }

    #[test]
    fn a_pipe_is_not_a_terminal() {
        let piped = Surroundings { stdout_is_terminal: false, ..here("xterm", "zh_CN.UTF-8") };
        assert_eq!(Refusal::find(&piped), Some(Refusal::NotATerminal));
        let fed = Surroundings { stdin_is_terminal: false, ..here("xterm", "zh_CN.UTF-8") };
        assert_eq!(Refusal::find(&fed), Some(Refusal::NotATerminal));
    }

    #[test]
    fn who_knows_better_can_say_so() {
        let here = Surroundings { assume_utf8: true, ..here("xterm", "zh_CN.GBK") };
        assert_eq!(Refusal::find(&here), None);
    }

    #[test]
    fn a_gbk_terminal_is_told_in_bytes_it_can_show() {
        let message = Refusal::NotUtf8("zh_CN.GBK".into()).message(Lang::Zh);
        let line_end = message.iter().position(|byte| *byte == b'\n').unwrap();
        assert!(message[..line_end].is_ascii());
        let (chinese, _, wrong) = GB18030.decode(&message[line_end + 1..]);
        assert!(!wrong && chinese.contains("zh_CN.UTF-8"), "{chinese}");
    }
}
