//! Named styles and the signs of the chrome.
//!
//! Colour is never the only sign: where a style carries a meaning, the screen also writes a word or a mark.

use std::collections::BTreeMap;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

/// How edges and rules are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Borders {
    /// `-` `|` `+`: the same width on every terminal, Chinese consoles included.
    #[default]
    Ascii,
    /// Box drawing, where the terminal is known to draw it in one cell.
    Line,
    None,
}

impl FromStr for Borders {
    type Err = ThemeError;

    fn from_str(text: &str) -> Result<Self, ThemeError> {
        match text {
            "ascii" => Ok(Borders::Ascii),
            "line" => Ok(Borders::Line),
            "none" => Ok(Borders::None),
            other => Err(ThemeError::Word(other.to_owned())),
        }
    }
}

/// The signs edges are made of; each takes one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub top_left: &'static str,
    pub top_right: &'static str,
    pub bottom_left: &'static str,
    pub bottom_right: &'static str,
}

impl Borders {
    pub fn glyphs(self) -> Glyphs {
        let of = |signs: [&'static str; 6]| Glyphs {
            horizontal: signs[0],
            vertical: signs[1],
            top_left: signs[2],
            top_right: signs[3],
            bottom_left: signs[4],
            bottom_right: signs[5],
        };
        match self {
            Borders::Ascii => of(["-", "|", "+", "+", "+", "+"]),
            Borders::Line => of(["─", "│", "┌", "┐", "└", "┘"]),
            Borders::None => of([" "; 6]),
        }
    }
}

/// What is wrong with a theme file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("not a theme file: {0}")]
    Syntax(String),
    #[error("no style is named {0}")]
    Name(String),
    #[error("not a colour, an attribute or a border: {0}")]
    Word(String),
}

macro_rules! styles {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        /// The styles of the screens.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $name: Style,)*
            pub borders: Borders,
        }

        impl Theme {
            /// The styles' names in theme files.
            pub const NAMES: &'static [&'static str] = &[$($key,)*];

            const PLAIN: Theme = Theme { $($name: Style::new(),)* borders: Borders::Ascii };

            fn slot(&mut self, name: &str) -> Option<&mut Style> {
                match name { $($key => Some(&mut self.$name),)* _ => None }
            }

            fn each(&self) -> impl Iterator<Item = (&'static str, Style)> {
                [$(($key, self.$name),)*].into_iter()
            }
        }
    };
}

styles! {
    normal = "normal";
    /// The bar at the top of a screen or pop-up.
    title = "title";
    heading = "heading";
    dim = "dim";
    /// The row or item the keys act on, in the part of the screen that has the focus.
    selected = "selected";
    /// The same in a part without the focus.
    selected_idle = "selected-idle";
    label = "label";
    field = "field";
    field_focused = "field-focused";
    error = "error";
    warning = "warning";
    overdue = "overdue";
    due = "due";
    good = "good";
    /// The characters that matched what was typed.
    highlight = "highlight";
    key_hint = "key-hint";
    border = "border";
    high = "high";
    medium = "medium";
    low = "low";
}

/// The themes of the program, by the name used in settings.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("dark", include_str!("../../assets/theme/dark.toml")),
    ("light", include_str!("../../assets/theme/light.toml")),
    ("16-colour", include_str!("../../assets/theme/16-colour.toml")),
    ("mono", include_str!("../../assets/theme/mono.toml")),
];

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    borders: Option<String>,
    #[serde(default)]
    style: BTreeMap<String, String>,
}

impl Default for Theme {
    fn default() -> Self {
        Theme::built_in("dark").unwrap_or(Theme::PLAIN)
    }
}

impl Theme {
    pub fn built_in(name: &str) -> Option<Theme> {
        let (_, source) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name)?;
        Theme::parse(source).ok()
    }

    /// Reads a theme file. A style that it does not name is drawn plainly.
    pub fn parse(source: &str) -> Result<Theme, ThemeError> {
        let file: File =
            toml::from_str(source).map_err(|error| ThemeError::Syntax(error.message().to_owned()))?;
        let mut theme = Theme::PLAIN;
        if let Some(borders) = file.borders {
            theme.borders = borders.parse()?;
        }
        for (name, words) in file.style {
            *theme.slot(&name).ok_or(ThemeError::Name(name))? = style(&words)?;
        }
        Ok(theme)
    }

    /// The same theme for `NO_COLOR`: a coloured background becomes reverse video, a colour that stood alone bold.
    pub fn without_colour(mut self) -> Theme {
        for name in Theme::NAMES {
            let Some(slot) = self.slot(name) else { continue };
            let mut plain = Style::new().add_modifier(slot.add_modifier);
            if slot.bg.is_some_and(|colour| colour != Color::Reset) {
                plain = plain.add_modifier(Modifier::REVERSED);
            } else if slot.fg.is_some_and(|colour| colour != Color::Reset) && slot.add_modifier.is_empty() {
                plain = plain.add_modifier(Modifier::BOLD);
            }
            *slot = plain;
        }
        self
    }

    /// The name of a style as it stands in a buffer, where "no colour" and "the default colour" are one.
    pub fn name_of(&self, style: Style) -> Option<&'static str> {
        let seen = |style: Style| {
            let colour = |colour: Option<Color>| colour.unwrap_or(Color::Reset);
            (colour(style.fg), colour(style.bg), style.add_modifier)
        };
        self.each().find(|(_, named)| seen(*named) == seen(style)).map(|(name, _)| name)
    }
}

/// `red bold`, `black on-cyan`, `reverse`.
fn style(words: &str) -> Result<Style, ThemeError> {
    words.split_whitespace().try_fold(Style::new(), |style, word| {
        let modifier = match word {
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            _ => {
                let (background, name) = match word.strip_prefix("on-") {
                    Some(name) => (true, name),
                    None => (false, word),
                };
                let colour = colour(name).ok_or_else(|| ThemeError::Word(word.to_owned()))?;
                return Ok(if background { style.bg(colour) } else { style.fg(colour) });
            }
        };
        Ok(style.add_modifier(modifier))
    })
}

/// The sixteen colours every terminal of the last thirty years can show.
fn colour(name: &str) -> Option<Color> {
    Some(match name {
        "default" => Color::Reset,
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "light-black" => Color::DarkGray,
        "light-red" => Color::LightRed,
        "light-green" => Color::LightGreen,
        "light-yellow" => Color::LightYellow,
        "light-blue" => Color::LightBlue,
        "light-magenta" => Color::LightMagenta,
        "light-cyan" => Color::LightCyan,
        "light-white" => Color::White,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_of_ours_is_read_and_names_every_style() {
        for (name, source) in BUILT_IN {
            Theme::parse(source).unwrap_or_else(|error| panic!("{name}: {error}"));
            let file: File = toml::from_str(source).unwrap();
            let named: Vec<&str> = file.style.keys().map(String::as_str).collect();
            let mut all = Theme::NAMES.to_vec();
            all.sort_unstable();
            assert_eq!(named, all, "{name}");
        }
    }

    #[test]
    fn without_colour_the_selection_and_the_overdue_are_still_seen() {
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name).unwrap().without_colour();
            for (style_name, style) in theme.each() {
                assert_eq!((style.fg, style.bg), (None, None), "{name} {style_name}");
            }
            for style in [theme.selected, theme.overdue, theme.error, theme.highlight] {
                assert_ne!(style.add_modifier, Modifier::empty(), "{name}");
            }
        }
    }

    #[test]
    fn a_theme_file_with_a_mistake_is_refused_by_the_word() {
        assert_eq!(Theme::parse("[style]\ntitel = \"bold\""), Err(ThemeError::Name("titel".into())));
        assert_eq!(Theme::parse("[style]\ntitle = \"boldly\""), Err(ThemeError::Word("boldly".into())));
        assert!(matches!(Theme::parse("[style"), Err(ThemeError::Syntax(_))));
    }
}
