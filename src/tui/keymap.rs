//! Keys, layers, and which command a key means.
//!
//! A screen says which layers it stands on, the topmost first; the first layer that knows a key wins. People type in some
//! layers, often through an input method, so no bare letter can be a command there: the parser refuses it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use toml::Spanned;

use super::command::Command;
use crate::i18n::{Catalogue, Lang};

const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// A group of bindings that is live where its kind of screen or field has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Everywhere, beneath all others.
    Global,
    /// Everywhere that no text field has the focus.
    Browse,
    List,
    Today,
    Cases,
    /// One of the station's registers.
    Register,
    /// The needs study.
    Needs,
    /// Checks of files.
    Quality,
    /// Who has how many cases.
    Caseload,
    /// The tree of centres and stations.
    Organisation,
    /// A list of follow-ups that is not the Today screen.
    FollowUp,
    File,
    /// The preview of a roster that is to be imported.
    Roster,
    /// The list of precedents.
    Precedents,
    /// A closed case, line by line.
    Review,
    /// A longer text to read: help, health.
    Reader,
    /// A page of the manual.
    Manual,
    /// A rule that is read.
    Rules,
    Health,
    Calendar,
    Dialog,
    Form,
    /// The list of backups that one is restored from.
    Restore,
    /// A few fields of which Enter on the last sends all: the door, first steps, a path.
    Question,
    /// A one-line field.
    Text,
    /// A field of many lines: Enter begins a new line.
    Notes,
    Search,
    Palette,
    Picker,
}

impl Layer {
    pub const ALL: [Layer; 29] = [
        Layer::Global,
        Layer::Browse,
        Layer::List,
        Layer::Today,
        Layer::Cases,
        Layer::Register,
        Layer::Needs,
        Layer::Quality,
        Layer::Caseload,
        Layer::Organisation,
        Layer::FollowUp,
        Layer::File,
        Layer::Roster,
        Layer::Precedents,
        Layer::Review,
        Layer::Reader,
        Layer::Manual,
        Layer::Rules,
        Layer::Health,
        Layer::Calendar,
        Layer::Dialog,
        Layer::Form,
        Layer::Restore,
        Layer::Question,
        Layer::Text,
        Layer::Notes,
        Layer::Search,
        Layer::Palette,
        Layer::Picker,
    ];

    /// The name of its table in a keymap file.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Global => "global",
            Layer::Browse => "browse",
            Layer::List => "list",
            Layer::Today => "today",
            Layer::Cases => "cases",
            Layer::Register => "register",
            Layer::Needs => "needs",
            Layer::Quality => "quality",
            Layer::Caseload => "caseload",
            Layer::Organisation => "organisation",
            Layer::FollowUp => "follow-up",
            Layer::File => "file",
            Layer::Roster => "roster",
            Layer::Precedents => "precedents",
            Layer::Review => "review",
            Layer::Reader => "reader",
            Layer::Manual => "manual",
            Layer::Rules => "rules",
            Layer::Health => "health",
            Layer::Calendar => "calendar",
            Layer::Dialog => "dialog",
            Layer::Form => "form",
            Layer::Restore => "restore",
            Layer::Question => "question",
            Layer::Text => "text",
            Layer::Notes => "notes",
            Layer::Search => "search",
            Layer::Palette => "palette",
            Layer::Picker => "picker",
        }
    }

    pub fn from_name(name: &str) -> Option<Layer> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// Whether a text field can have the focus while this layer is live.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Layer::Global
                | Layer::Form
                | Layer::Question
                | Layer::Text
                | Layer::Notes
                | Layer::Search
                | Layer::Palette
                | Layer::Picker
        )
    }
}

/// A key of the keyboard, without Ctrl, Alt and Shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// As typed: Shift is part of the character.
    Char(char),
    F(u8),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

const NAMED: &[(&str, Key, &str)] = &[
    ("enter", Key::Enter, "Enter"),
    ("esc", Key::Esc, "Esc"),
    ("tab", Key::Tab, "Tab"),
    ("space", Key::Char(' '), "Space"),
    ("backspace", Key::Backspace, "Backspace"),
    ("delete", Key::Delete, "Del"),
    ("insert", Key::Insert, "Ins"),
    ("up", Key::Up, "Up"),
    ("down", Key::Down, "Down"),
    ("left", Key::Left, "Left"),
    ("right", Key::Right, "Right"),
    ("home", Key::Home, "Home"),
    ("end", Key::End, "End"),
    ("page-up", Key::PageUp, "PgUp"),
    ("page-down", Key::PageDown, "PgDn"),
];

/// One press: a key with what was held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    pub key: Key,
    pub ctrl: bool,
    pub alt: bool,
    /// Never set with a [`Key::Char`].
    pub shift: bool,
}

impl Chord {
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// Reads the terminal library's event; `None` for a key release and for keys no terminal of ours sends.
    pub fn from_event(event: KeyEvent) -> Option<Chord> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let key = match event.code {
            KeyCode::Char(c) => {
                shift = false;
                // The bytes 1c to 1f are read as Ctrl-4 to Ctrl-7; keyboards print these signs on the keys.
                Key::Char(match c {
                    '4' if ctrl => '\\',
                    '5' if ctrl => ']',
                    '6' if ctrl => '^',
                    '7' if ctrl => '_',
                    c if ctrl => c.to_ascii_lowercase(),
                    c => c,
                })
            }
            KeyCode::F(n) => Key::F(n),
            KeyCode::Enter => Key::Enter,
            KeyCode::Esc => Key::Esc,
            KeyCode::Tab => Key::Tab,
            KeyCode::BackTab => {
                shift = true;
                Key::Tab
            }
            KeyCode::Backspace => Key::Backspace,
            KeyCode::Delete => Key::Delete,
            KeyCode::Insert => Key::Insert,
            KeyCode::Up => Key::Up,
            KeyCode::Down => Key::Down,
            KeyCode::Left => Key::Left,
            KeyCode::Right => Key::Right,
            KeyCode::Home => Key::Home,
            KeyCode::End => Key::End,
            KeyCode::PageUp => Key::PageUp,
            KeyCode::PageDown => Key::PageDown,
            _ => return None,
        };
        Some(Chord { key, ctrl, alt, shift })
    }

    /// The character a text field would take from this press.
    pub fn text(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// How a person of this language names it: `Ctrl-S`, `F2`, `回车`. ASCII but for the keys Chinese keyboards' users
    /// name in Chinese.
    pub fn label(self, catalogue: &Catalogue) -> String {
        let key = match self.key {
            Key::Enter => Some("key-enter"),
            Key::Char(' ') => Some("key-space"),
            Key::Up => Some("key-up"),
            Key::Down => Some("key-down"),
            Key::Left => Some("key-left"),
            Key::Right => Some("key-right"),
            _ => None,
        };
        match key {
            Some(key) if catalogue.lang() != Lang::En => {
                format!("{}{}", self.modifiers("Ctrl-", "Alt-", "Shift-"), catalogue.t(key))
            }
            _ => self.to_string(),
        }
    }

    fn modifiers(self, ctrl: &str, alt: &str, shift: &str) -> String {
        let mut text = String::new();
        for (held, name) in [(self.ctrl, ctrl), (self.alt, alt), (self.shift, shift)] {
            if held {
                text.push_str(name);
            }
        }
        text
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.modifiers("Ctrl-", "Alt-", "Shift-"))?;
        if let Some((_, _, label)) = NAMED.iter().find(|(_, key, _)| *key == self.key) {
            return f.write_str(label);
        }
        match self.key {
            Key::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_ascii_uppercase()),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            key => write!(f, "{key:?}"),
        }
    }
}

/// A text that names no key a terminal can send.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0}")]
pub struct NotAKey(pub String);

impl FromStr for Chord {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let no = || NotAKey(text.to_owned());
        let mut chord = Chord::plain(Key::Esc);
        let mut rest = text;
        loop {
            rest = if let Some(rest) = rest.strip_prefix("ctrl-") {
                chord.ctrl = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("alt-") {
                chord.alt = true;
                rest
            } else if let Some(rest) = rest.strip_prefix("shift-") {
                chord.shift = true;
                rest
            } else {
                break;
            };
        }
        chord.key = if let Some((_, key, _)) = NAMED.iter().find(|(name, _, _)| *name == rest) {
            *key
        } else if let Some(n) =
            rest.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n))
        {
            Key::F(n)
        } else {
            let mut chars = rest.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if !c.is_control() => Key::Char(c),
                _ => return Err(no()),
            }
        };
        let impossible = match chord.key {
            // To a terminal these are Backspace, Tab, Enter and Esc; it knows no Ctrl with an upper-case letter.
            Key::Char(c) if chord.ctrl => {
                matches!(c, 'h' | 'i' | 'm' | '[') || c.is_uppercase() || !c.is_ascii()
            }
            _ => false,
        };
        let shifted_char = chord.shift && matches!(chord.key, Key::Char(_));
        if impossible || shifted_char { Err(no()) } else { Ok(chord) }
    }
}

/// What is wrong with a line of a keymap file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Syntax,
    UnknownLayer(String),
    UnknownCommand(String),
    BadChord(String),
    LetterInText(Chord),
    /// The key already means this command in the same layer.
    Conflict(Chord, Command),
}

/// A problem and its line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub line: usize,
    pub problem: Problem,
}

impl Complaint {
    /// The sentence for the person who wrote the file.
    pub fn message(&self, catalogue: &Catalogue) -> String {
        let (key, name, other) = match &self.problem {
            Problem::Syntax => ("keymap-syntax", String::new(), String::new()),
            Problem::UnknownLayer(name) => ("keymap-unknown-layer", name.clone(), String::new()),
            Problem::UnknownCommand(name) => ("keymap-unknown-command", name.clone(), String::new()),
            Problem::BadChord(name) => ("keymap-bad-chord", name.clone(), String::new()),
            Problem::LetterInText(chord) => ("keymap-letter-in-text", chord.to_string(), String::new()),
            Problem::Conflict(chord, command) => {
                ("keymap-conflict", chord.to_string(), command.title(catalogue))
            }
        };
        let problem = catalogue.tn(key, &[("name", name.into()), ("other", other.into())]).into_owned();
        catalogue.tn("keymap-line", &[("line", self.line.into()), ("problem", problem.into())]).into_owned()
    }
}

type File = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Vec<Spanned<String>>>>;

/// Which key means which command in which layer.
#[derive(Clone, Debug)]
pub struct Keymap {
    commands: HashMap<(Layer, Chord), Command>,
    /// In the order of the file, so that the first key is the one shown.
    keys: HashMap<(Layer, Command), Vec<Chord>>,
}

impl Default for Keymap {
    /// The keymap of `assets/keymap.toml`; a test holds it free of complaints.
    fn default() -> Self {
        let mut keymap = Self { commands: HashMap::new(), keys: HashMap::new() };
        let _ = keymap.merge(DEFAULT);
        keymap
    }
}

impl Keymap {
    /// Takes over the lines of a keymap file. A line replaces the keys of its command in its layer; a line with a problem
    /// is left out and complained of, and the others hold. A wrong file never keeps the program from starting.
    pub fn merge(&mut self, source: &str) -> Vec<Complaint> {
        let line_of = |at: usize| source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let file: File = match toml::from_str(source) {
            Ok(file) => file,
            Err(error) => {
                let line = line_of(error.span().map_or(0, |span| span.start));
                return vec![Complaint { line, problem: Problem::Syntax }];
            }
        };
        let mut complaints = Vec::new();
        let mut complain = |at: usize, problem| complaints.push(Complaint { line: line_of(at), problem });

        let mut lines = Vec::new();
        for (layer_name, table) in &file {
            let Some(layer) = Layer::from_name(layer_name.get_ref()) else {
                complain(layer_name.span().start, Problem::UnknownLayer(layer_name.get_ref().clone()));
                continue;
            };
            for (name, chords) in table {
                let Some(command) = Command::from_name(name.get_ref()) else {
                    complain(name.span().start, Problem::UnknownCommand(name.get_ref().clone()));
                    continue;
                };
                lines.push((layer, command, chords));
            }
        }
        // First all lines let go of their old keys, so that two commands can trade keys.
        for (layer, command, _) in &lines {
            for chord in self.keys.remove(&(*layer, *command)).unwrap_or_default() {
                self.commands.remove(&(*layer, chord));
            }
        }
        for (layer, command, chords) in lines {
            for text in chords {
                let at = text.span().start;
                let chord: Chord = match text.get_ref().parse() {
                    Ok(chord) => chord,
                    Err(NotAKey(text)) => {
                        complain(at, Problem::BadChord(text));
                        continue;
                    }
                };
                if layer.takes_text() && chord.text().is_some() {
                    complain(at, Problem::LetterInText(chord));
                    continue;
                }
                if let Some(other) = self.commands.get(&(layer, chord)) {
                    complain(at, Problem::Conflict(chord, *other));
                    continue;
                }
                self.commands.insert((layer, chord), command);
                self.keys.entry((layer, command)).or_default().push(chord);
            }
        }
        complaints.sort_by_key(|complaint| complaint.line);
        complaints
    }

    /// The command a key means on these layers, the topmost first.
    ///
    /// `None` with a [`Chord::text`] is text for the focused field, if there is one.
    pub fn resolve(&self, layers: &[Layer], chord: Chord) -> Option<Command> {
        layers.iter().find_map(|layer| self.commands.get(&(*layer, chord)).copied())
    }

    /// The keys that mean a command on these layers and are not hidden by a layer above.
    pub fn keys(&self, layers: &[Layer], command: Command) -> Vec<Chord> {
        let live = |chord: &Chord| self.resolve(layers, *chord) == Some(command);
        let all = layers.iter().filter_map(|layer| self.keys.get(&(*layer, command)));
        let mut keys: Vec<Chord> = Vec::new();
        for chord in all.flatten().copied().filter(live) {
            if !keys.contains(&chord) {
                keys.push(chord);
            }
        }
        keys
    }

    /// The key a footer shows for a command.
    pub fn first_key(&self, layers: &[Layer], command: Command) -> Option<Chord> {
        self.keys(layers, command).into_iter().next()
    }

    /// The commands of a layer with their keys, in the table's order, for help.
    pub fn bindings(&self, layer: Layer) -> Vec<(Command, Vec<Chord>)> {
        let keys = |command| Some((command, self.keys.get(&(layer, command))?.clone()));
        Command::ALL.iter().copied().filter_map(keys).collect()
    }
}

#[cfg(test)]
mod tests;
