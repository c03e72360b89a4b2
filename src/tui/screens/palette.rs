//! Every command that means something here, found by a part of its name.

use crate::i18n::catalogue;
use crate::search::loose::Matcher;
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Screen};
use crate::tui::widget::{
    picker::{Choice, Picker},
    popup,
    table::Entry,
    wrap,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 56;
const HEIGHT: u16 = 18;

pub(super) struct Palette {
    /// The layers of the screen beneath.
    layers: Vec<Layer>,
    picker: Picker,
}

/// A command that fits what is typed.
struct Fit {
    score: i64,
    command: Command,
    /// Characters of the title that matched.
    chars: Vec<usize>,
}

impl Palette {
    pub(super) fn new(layers: Vec<Layer>) -> Self {
        Self { layers, picker: Picker::default() }
    }

    /// Whether a command does something on the screen beneath, for whoever is signed in.
    fn is_live(&self, cx: &Cx, command: Command) -> bool {
        let at_door = matches!(command, Command::Help | Command::Language | Command::Theme | Command::Quit);
        let live = command.layer() == Layer::Global || cx.keymap.first_key(&self.layers, command).is_some();
        command.in_palette() && live && (cx.me.is_some() || at_door)
    }

    /// The best first; with nothing typed, in the order of the table.
    fn fits(&self, cx: &Cx) -> Vec<Fit> {
        let (matcher, query) = (Matcher::default(), self.picker.query());
        let live = Command::ALL.iter().copied().filter(|command| self.is_live(cx, *command));
        let mut fits: Vec<Fit> = live
            .filter_map(|command| {
                let title = matcher.find(&command.title(cx.cat), query);
                // Whoever learnt it in the other language, or from a key file, finds it too.
                let fit = match title {
                    Some(found) => Fit { score: found.score * 2, command, chars: found.chars },
                    None => {
                        let other = command.title(catalogue(cx.cat.lang().next()));
                        let found =
                            matcher.find(&other, query).or_else(|| matcher.find(command.name(), query))?;
                        Fit { score: found.score, command, chars: vec![] }
                    }
                };
                Some(fit)
            })
            .collect();
        fits.sort_by_key(|fit| -fit.score);
        fits
    }
}

impl Screen for Palette {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Palette, Layer::Text]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Text(text) | Input::Paste(text) => self.picker.insert(&text),
            Input::Command(Command::Back | Command::Palette) => return vec![Effect::Close],
            Input::Command(Command::Choose) => {
                let fits = self.fits(cx);
                let chosen = self.picker.selected(fits.len()).map(|at| fits[at].command);
                return chosen.map(Effect::CloseAndDo).into_iter().collect();
            }
            Input::Command(command) => {
                self.picker.run(command, self.fits(cx).len());
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let inner = popup::open(buf, area, WIDTH, HEIGHT, &cx.cat.t("palette-title"), cx.theme);
        let fits = self.fits(cx);
        let layers: Vec<Layer> = self.layers.iter().copied().chain([Layer::Browse, Layer::Global]).collect();
        let rows: Vec<Choice> = fits
            .iter()
            .map(|fit| {
                let title = fit.command.title(cx.cat);
                let starts: Vec<usize> =
                    title.char_indices().map(|(at, _)| at).chain([title.len()]).collect();
                let found = fit.chars.iter().filter(|at| **at + 1 < starts.len());
                let found = found.map(|at| starts[*at]..starts[*at + 1]).collect();
                let note = cx.keymap.keys(&layers, fit.command);
                let note: Vec<String> = note.iter().map(|chord| chord.label(cx.cat)).collect();
                Choice { entry: Entry::from(title).found(found), note: note.join("  ") }
            })
            .collect();
        let list = Rect { height: inner.height.saturating_sub(2), ..inner };
        let help = match self.picker.selected(fits.len()) {
            Some(at) => fits[at].command.help(cx.cat),
            None => cx.cat.t("palette-none").into_owned(),
        };
        let lines = wrap::lines(&help, inner.width).len().clamp(1, 2) as u16;
        let foot = Rect { y: inner.bottom().saturating_sub(lines), height: lines, ..inner };
        wrap::draw(buf, foot, &help, 0, cx.theme.dim);
        self.picker.draw(buf, list, cx.theme, &cx.cat.t("palette-prompt"), &rows)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("palette-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Choose, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}
