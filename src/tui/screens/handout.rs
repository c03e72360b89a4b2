//! Giving precedents or the site as a template to another station, and taking over what one gave: a path, and before
//! anything is kept a look at it.

use super::lines::Lines;
use crate::office::{
    Answer, Doubt, PrecedentAnswer, PrecedentAsk, Refusal, Request, TemplateAnswer, TemplateAsk,
    TemplateFault,
};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, HandoutWay, Input, ManualAt, Screen, Ticket, Tone};
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const ASK: Ticket = Ticket(1);
const TAKE: Ticket = Ticket(2);
const WIDTH: u16 = 70;
/// Lines for what the file holds.
const ROOM: u16 = 7;

pub(super) struct Handout {
    way: HandoutWay,
    lines: Lines,
    busy: bool,
    /// What was found in the file of this path; Enter takes it.
    looked: Option<(PathBuf, Vec<String>)>,
    refused: Option<String>,
}

impl Handout {
    pub(super) fn new(way: HandoutWay, cx: &Cx) -> Self {
        let name = match way {
            HandoutWay::PrecedentsOut => format!("tonghu-precedents-{}.json", cx.cat.date(cx.today)),
            HandoutWay::TemplateOut => format!("tonghu-template-{}.json", cx.cat.date(cx.today)),
            HandoutWay::PrecedentsIn | HandoutWay::TemplateIn => String::new(),
        };
        Self {
            way,
            lines: Lines::new().line("handout-path", &name),
            busy: false,
            looked: None,
            refused: None,
        }
    }

    /// Of its title; that of what stands above ends in `-why`.
    fn key(&self) -> &'static str {
        match self.way {
            HandoutWay::PrecedentsOut => "handout-precedents-out",
            HandoutWay::PrecedentsIn => "handout-precedents-in",
            HandoutWay::TemplateOut => "handout-template-out",
            HandoutWay::TemplateIn => "handout-template-in",
        }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        let path = PathBuf::from(self.lines.text(0).trim());
        if path.as_os_str().is_empty() {
            self.lines.fail(0, cx.cat.t("backup-needs-path").into_owned());
            return vec![];
        }
        self.refused = None;
        self.busy = true;
        let take = self.looked.take().is_some_and(|(looked, _)| looked == path);
        let ask = match self.way {
            HandoutWay::PrecedentsOut => Request::Precedent(PrecedentAsk::Export { to: path }),
            HandoutWay::PrecedentsIn => Request::Precedent(PrecedentAsk::Import { from: path, take }),
            HandoutWay::TemplateOut => Request::Template(TemplateAsk::Export { to: path, anyway: take }),
            HandoutWay::TemplateIn => Request::Template(TemplateAsk::Import { from: path, take }),
        };
        vec![Effect::Ask(if take { TAKE } else { ASK }, ask)]
    }

    fn answered(&mut self, cx: &Cx, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        self.busy = false;
        match answer {
            Ok(Answer::Precedent(PrecedentAnswer::Exported { count, path })) => {
                let args = [("n", count.to_string().into()), ("path", path.display().to_string().into())];
                let text = cx.cat.tn("precedents-given", &args).into_owned();
                vec![Effect::Close, Effect::Toast(Tone::Good, text)]
            }
            Ok(Answer::Precedent(PrecedentAnswer::Looked(look))) if look.taken => {
                let text = cx.cat.t1("precedents-taken", "n", look.new.to_string()).into_owned();
                vec![Effect::Close, Effect::Toast(Tone::Good, text)]
            }
            Ok(Answer::Precedent(PrecedentAnswer::Looked(look))) => {
                let says = wording::precedent_look(cx.cat, &look);
                self.found(cx, says, look.new > 0);
                vec![]
            }
            Ok(Answer::Template(TemplateAnswer::Exported { files, agencies, path })) => {
                let args = [
                    ("files", files.to_string().into()),
                    ("agencies", agencies.to_string().into()),
                    ("path", path.display().to_string().into()),
                ];
                vec![
                    Effect::Close,
                    Effect::Toast(Tone::Good, cx.cat.tn("template-given", &args).into_owned()),
                ]
            }
            Ok(Answer::Template(TemplateAnswer::Looked(look))) if look.taken => {
                vec![Effect::Close, Effect::Toast(Tone::Good, cx.cat.t("template-taken").into_owned())]
            }
            Ok(Answer::Template(TemplateAnswer::Looked(look))) => {
                self.found(cx, wording::template_look(cx.cat, &look), look.changes());
                vec![]
            }
            Ok(_) => vec![],
            // Places may stay in it, if somebody says so.
            Err(Refusal::Template(fault @ TemplateFault::Doubts(_))) if !is_grave(&fault) => {
                let path = PathBuf::from(self.lines.text(0).trim());
                let says =
                    [wording::template_fault(cx.cat, &fault), cx.cat.t("template-anyway").into_owned()];
                self.looked = Some((path, says.to_vec()));
                vec![]
            }
            Err(refusal) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                vec![]
            }
        }
    }

    fn found(&mut self, cx: &Cx, mut says: Vec<String>, anything: bool) {
        let path = PathBuf::from(self.lines.text(0).trim());
        if anything {
            says.push(cx.cat.t("handout-again").into_owned());
            self.looked = Some((path, says));
        } else {
            self.refused = Some(says.join("\n"));
        }
    }
}

fn is_grave(fault: &TemplateFault) -> bool {
    matches!(fault, TemplateFault::Doubts(doubts) if doubts.iter().any(Doubt::is_grave))
}

impl Screen for Handout {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Question, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Answer(ASK | TAKE, answer) => self.answered(cx, answer),
            Input::Command(Command::Back) => vec![Effect::Close],
            _ if self.busy => vec![],
            input => {
                if matches!(input, Input::Text(_) | Input::Paste(_)) {
                    (self.refused, self.looked) = (None, None);
                }
                if self.lines.submits(&input) { self.submit(cx) } else { vec![] }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let why = cx.cat.t(&format!("{}-why", self.key())).into_owned();
        let above = wrap::lines(&why, WIDTH - 4).len() as u16 + 1;
        let inner = popup::open(buf, area, WIDTH, above + 4 + ROOM, &self.title(cx), cx.theme);
        wrap::draw(buf, inner, &why, 0, cx.theme.normal);
        let fields = Rect { y: inner.y + above, height: self.lines.height(), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        let below =
            Rect { y: fields.bottom(), height: inner.bottom().saturating_sub(fields.bottom()), ..inner };
        match (&self.refused, &self.looked) {
            _ if self.busy => drop(wrap::draw(buf, below, &cx.cat.t("handout-busy"), 0, cx.theme.dim)),
            (Some(refused), _) => drop(wrap::draw(buf, below, refused, 0, cx.theme.error)),
            (None, Some((_, says))) => drop(wrap::draw(buf, below, &says.join("\n"), 0, cx.theme.normal)),
            (None, None) => {}
        }
        caret
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t(self.key()).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::GoOn, Command::Back]
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::Page("precedents".into())
    }

    fn is_popup(&self) -> bool {
        true
    }
}
