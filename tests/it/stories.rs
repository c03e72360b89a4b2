//! Five stories, one for each way of working that the program serves: from the first word of a child to the evaluation,
//! by keys, through the real door and the real screens, in both languages. Beside them smaller ones, of what a station
//! does around its cases.
//!
//! A caseworker writes, a supervisor approves, time goes by. What is typed and what is seen are words of the language.

mod branches;
mod care;
mod companionship;
mod county;
mod finding;
mod measured;
mod one_plus_n;
mod out;
mod own_ways;
mod passed_on;
mod paths;
mod placement;
mod prisoner;
mod study;
mod supervised;
mod village;

use std::sync::Arc;

use chrono::NaiveDate;
use tempfile::TempDir;
use tonghu::domain::form::{Choices, FieldKind};
use tonghu::domain::{FieldId, FormSpec, RecordKind, Status, aid, forms};
use tonghu::i18n::{self, Catalogue, Lang};
use tonghu::office::*;
use tonghu::platform::Clock;
use tonghu::platform::clock::StillClock;
use tonghu::practice::instruments::{Instrument, Instruments};
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place, Secret};
use tonghu::vault::{KdfParams, Passphrase, RecoveryKey, Role};
use tonghu::{boot, wording};

use crate::fake::day;
use crate::registers::register;
use crate::station::{LOGIN, PASSPHRASE};

pub(crate) const WORKER: &str = "chen";
pub(crate) const SUPERVISOR: &str = "su";

/// A Monday.
const BEGINS: &str = "2026-03-02";

/// What is typed into a field.
#[derive(Clone, Copy)]
pub(crate) enum Typed {
    /// As it is typed, in either language.
    Text(&'static str),
    Both(&'static str, &'static str),
    Today,
    /// So many days from now, or ago if below 0.
    Days(i64),
    Code(&'static str),
    Codes(&'static [&'static str]),
    Yes,
}

/// A new station, somebody at its PC, and the day it is.
pub(crate) struct Walk {
    dir: TempDir,
    clock: Arc<StillClock>,
    pub(crate) lang: Lang,
    face: Option<Harness>,
    /// What the program said by itself when the last form was saved.
    told: String,
}

/// Tells a story once in each language, each in a station of its own.
pub(crate) fn tell(story: impl Fn(&mut Walk)) {
    for lang in Lang::ALL {
        story(&mut Walk::new(lang));
    }
}

impl Walk {
    fn new(lang: Lang) -> Walk {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(day(BEGINS).and_hms_opt(8, 30, 0).unwrap()));
        let setup = Setup {
            station: tonghu::domain::Fields::default().with(forms::station::NAME, "石门站"),
            login: LOGIN.into(),
            staff_name: "周晓琴".into(),
            passphrase: Passphrase::typed(PASSPHRASE),
            role: Role::Lead,
            kdf: KdfParams::for_tests(),
        };
        let walk = Walk { dir, clock, lang, face: None, told: String::new() };
        let desk = walk.door().found(setup, &RecoveryKey::generate().unwrap()).unwrap();
        for (login, name, role) in
            [(WORKER, "陈静", Role::Caseworker), (SUPERVISOR, "苏敏", Role::Supervisor)]
        {
            let passphrase = Passphrase::typed(PASSPHRASE);
            let admission = Admission { login: login.into(), name: name.into(), role, passphrase };
            desk.ask(Request::Admit(admission)).unwrap();
        }
        walk
    }

    fn door(&self) -> Door {
        Door::new(self.dir.path().to_owned(), self.clock.clone())
    }

    fn cat(&self) -> &'static Catalogue {
        i18n::catalogue(self.lang)
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    pub(crate) fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    /// Whoever sat there leaves; this one comes in at the door.
    pub(crate) fn sign_in(&mut self, login: &str) -> &mut Self {
        self.face = None;
        let door = self.door();
        let opens = move |ask| match ask {
            DoorAsk::Unlock { login, passphrase } => {
                let secret: Secret = passphrase;
                let desk = boot::unlock(&door, &login, &secret).map_err(|no| DoorNo(no.to_string()))?;
                Ok((DoorAnswer::Opened, Some(desk as Arc<dyn Office>)))
            }
            _ => Err(DoorNo("not here".into())),
        };
        let view = DoorView { logins: vec![login.to_owned()], ..DoorView::default() };
        let now = self.clock.now();
        let mut face = Harness::at_door(view, Place::Unlock, self.lang, now, Box::new(opens));
        face.type_text(PASSPHRASE).press("enter");
        self.face = Some(face);
        self.sees(self.cat().t("today-title").as_ref())
    }

    /// Time goes by, and the screen stays as it is.
    pub(crate) fn days(&mut self, days: u64) -> &mut Self {
        self.clock.advance_days(days);
        if let Some(face) = &mut self.face {
            face.wait_days(days);
        }
        self
    }

    /// A child who is registered by whoever sits there; its file is on the screen.
    #[track_caller]
    pub(crate) fn register_child(&mut self, name: &'static str, more: &[(FieldId, Typed)]) -> &mut Self {
        let named = [(forms::child::NAME, Typed::Text(name))];
        self.press("f7").fill("child", &[&named, more].concat()).sees(name)
    }

    pub(crate) fn face(&mut self) -> &mut Harness {
        self.face.as_mut().expect("somebody is signed in")
    }

    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.face().press(keys);
        self
    }

    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        self.face().type_text(text);
        self
    }

    /// Types words of the language.
    pub(crate) fn types(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let text = self.say(zh, en);
        self.type_text(text)
    }

    /// Puts a path or a text in at once.
    pub(crate) fn pastes(&mut self, text: &str) -> &mut Self {
        self.face().paste(text);
        self
    }

    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.face().sees(text);
        self
    }

    #[track_caller]
    pub(crate) fn sees_no(&mut self, text: &str) -> &mut Self {
        self.face().sees_no(text);
        self
    }

    /// Words that a person of this language reads.
    #[track_caller]
    pub(crate) fn reads(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let text = self.say(zh, en);
        self.sees(text)
    }

    #[track_caller]
    pub(crate) fn reads_no(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let text = self.say(zh, en);
        self.sees_no(text)
    }

    /// Goes to a tab of the file on screen, from the overview.
    pub(crate) fn tab(&mut self, tab: &str) -> &mut Self {
        let title = self.cat().t(tab).into_owned();
        for _ in 0..6 {
            if self.face().screen().contains(&format!("[{title}]")) {
                return self;
            }
            self.press("right");
        }
        panic!("no tab {title}:\n{}", self.face().screen());
    }

    /// Opens a child's file by a search.
    pub(crate) fn open(&mut self, typed: &str, name: &str) -> &mut Self {
        self.press("f4 f3").type_text(typed).press("enter").sees(name)
    }

    /// Chooses a command by its name in the palette.
    pub(crate) fn command(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let name = self.say(zh, en);
        self.press("f2").type_text(name).press("enter")
    }

    /// Opens a register of the station.
    pub(crate) fn register(&mut self, form: &str) -> &mut Self {
        let title = self.cat().t(&format!("register-tab-{form}")).into_owned();
        self.press("f4 g");
        for _ in 0..12 {
            if self.face().screen().contains(&format!("[{title}]")) {
                return self;
            }
            self.press("right");
        }
        panic!("no register {title}:\n{}", self.face().screen());
    }

    /// A new entry of a register.
    #[track_caller]
    pub(crate) fn add(&mut self, form: &str, fields: &[(FieldId, Typed)]) -> &mut Self {
        self.register(form).press("n").fill(form, fields)
    }

    /// Begins a record of a kind in the file on screen.
    pub(crate) fn begin(&mut self, form: &str) -> &mut Self {
        let title = wording::form_title(self.cat(), &spec(form));
        self.press("o").type_text(&title).press("enter")
    }

    /// Fills in fields of the form on screen, in its order, and saves it.
    #[track_caller]
    pub(crate) fn fill(&mut self, form: &str, fields: &[(FieldId, Typed)]) -> &mut Self {
        self.put(form, fields).save()
    }

    /// Saves the form on screen. What is urgent from now on is told at once: it is read, and Esc goes on.
    #[track_caller]
    pub(crate) fn save(&mut self) -> &mut Self {
        self.press("ctrl-s");
        let screen = self.face().screen();
        let is_told = screen.lines().any(|line| line.contains("+--------"));
        self.told = if is_told { screen } else { String::new() };
        if is_told { self.press("esc") } else { self }
    }

    /// What the last save told by itself.
    #[track_caller]
    pub(crate) fn was_told(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let text = self.say(zh, en);
        assert!(self.told.contains(text), "{text:?} was not told:\n{}", self.told);
        self
    }

    #[track_caller]
    pub(crate) fn put(&mut self, form: &str, fields: &[(FieldId, Typed)]) -> &mut Self {
        let spec = spec(form);
        for (id, typed) in fields {
            let field = spec.field(id).unwrap_or_else(|| panic!("{form} has no field {id}"));
            let label = wording::field_label(self.cat(), &spec.id, field);
            self.go_to(&label);
            let list = match &field.kind {
                FieldKind::One(list) | FieldKind::Many(list) => Some(list),
                _ => None,
            };
            self.press("ctrl-u");
            for text in self.words(*typed, list) {
                self.face().paste(&text);
            }
            self.press("tab");
        }
        self
    }

    /// What a person types for it: of a choice, its word.
    fn words(&self, typed: Typed, list: Option<&Choices>) -> Vec<String> {
        let choice = |code: &str| {
            let list = list.unwrap_or_else(|| panic!("{code} is chosen where nothing is"));
            wording::choice(self.cat(), list, code)
        };
        let relative = |days: i64| self.today() + chrono::Duration::days(days);
        match typed {
            Typed::Text(text) => vec![text.to_owned()],
            Typed::Both(zh, en) => vec![self.say(zh, en).to_owned()],
            Typed::Today => vec![self.say("今天", "today").to_owned()],
            Typed::Days(days) => vec![relative(days).to_string()],
            Typed::Code(code) => vec![choice(code)],
            Typed::Codes(codes) => vec![codes.iter().map(|code| choice(code)).collect::<Vec<_>>().join("，")],
            Typed::Yes => vec![self.say("是", "yes").to_owned()],
        }
    }

    /// Tab, and Shift-Tab if it lies before, until the field with this label has the focus.
    #[track_caller]
    fn go_to(&mut self, label: &str) {
        let is_there = |screen: &str| {
            screen.lines().filter_map(|line| line.strip_prefix('>')).any(|line| {
                let rest = line.trim_start_matches([' ', '*']).strip_prefix(label).map(str::trim_start);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '<']))
            })
        };
        for key in ["tab", "shift-tab"] {
            for _ in 0..40 {
                if is_there(&self.face().screen()) {
                    return;
                }
                self.press(key);
            }
        }
        panic!("no field {label}:\n{}", self.face().screen());
    }

    /// Goes down to the entry that has this text.
    #[track_caller]
    pub(crate) fn select(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        let text = self.say(zh, en);
        self.press("home");
        for _ in 0..60 {
            let screen = self.face().screen();
            let entry = screen.lines().skip_while(|line| !line.starts_with("> "));
            let entry = entry.enumerate().take_while(|(at, line)| *at == 0 || line.starts_with("    "));
            if entry.map(|(_, line)| line).any(|line| line.contains(text)) {
                return self;
            }
            self.press("down");
        }
        panic!("no entry {text}:\n{}", self.face().screen());
    }

    /// Scores the child of the file on screen, question by question.
    #[track_caller]
    pub(crate) fn score(
        &mut self,
        id: &str,
        moment: &'static str,
        by: &'static str,
        answers: &[i64],
    ) -> &mut Self {
        let instruments = Instruments::core().unwrap();
        let instrument: &Instrument = instruments.offered().find(|one| one.id == id).unwrap();
        let of = |words: &tonghu::practice::deadlines::Words| match self.lang {
            Lang::Zh => words.zh.clone(),
            Lang::En => words.en.clone(),
        };
        assert_eq!(instrument.items.len(), answers.len());
        let name = of(&instrument.name);
        let answer = |(item, points): (usize, &i64)| {
            let known = instrument.items[item].answers.iter().find(|(known, _)| known == points).unwrap();
            of(&known.1)
        };
        let answers: Vec<String> = answers.iter().enumerate().map(answer).collect();
        self.begin("score").type_text(&name).press("enter").sees(&name);
        use forms::score::*;
        self.put("score", &[(ON, Typed::Today), (MOMENT, Typed::Code(moment)), (BY, Typed::Code(by))]);
        for text in answers {
            self.face().paste(&text);
            self.press("tab");
        }
        self.save().sees(&name)
    }

    /// Where the case of the file on screen stands.
    #[track_caller]
    pub(crate) fn stands(&mut self, status: Status) -> &mut Self {
        let word = wording::status(self.cat(), status);
        self.sees(&word)
    }

    /// The lead's desk; nobody sits at the screens any more.
    fn desk(&mut self) -> Arc<Desk> {
        self.face = None;
        self.door().unlock(LOGIN, &Passphrase::typed(PASSPHRASE)).unwrap()
    }

    /// The aid ledger, as it stands.
    pub(crate) fn ledger(&mut self) -> aid::Book {
        let lines = register(&self.desk(), RecordKind::AidEntry);
        aid::Book::of(&aid::entries(lines.iter().map(|line| &line.record))).unwrap()
    }

    /// What is kept of the child, as the lead's program reads it from the disk; nobody is signed in afterwards.
    pub(crate) fn kept(&mut self, name: &str) -> CaseFile {
        let desk = self.desk();
        let cases = Cases { sort: Sort::Name, filter: Filter::default(), from: 0, count: 50 };
        let Answer::Cases(page) = desk.ask(Request::Cases(cases)).unwrap() else { panic!() };
        let row = page.rows.into_iter().find(|row| row.name == name).unwrap();
        match desk.ask(Request::File(row.child)).unwrap() {
            Answer::File(file) => *file,
            other => panic!("{other:?}"),
        }
    }
}

fn spec(form: &str) -> FormSpec {
    forms::all().into_iter().find(|known| known.id == form).unwrap()
}

/// Of what is done for a child, how many are kept of a kind.
pub(crate) fn count(file: &CaseFile, kind: RecordKind) -> usize {
    file.services.iter().filter(|one| one.at.kind == kind).count()
}

/// The steps of a case that every story takes.
impl Walk {
    pub(crate) fn assessed(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        use forms::case::*;
        self.press("c").fill("case", &[(ASSESSED, Typed::Today), (ASSESSMENT, Typed::Both(zh, en))]);
        self.stands(Status::Assessed)
    }

    pub(crate) fn visited(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        use forms::contact::*;
        let fields = [
            (KIND, Typed::Code("visit")),
            (ON, Typed::Today),
            (MET, Typed::Codes(&["child", "carer"])),
            (SEEN, Typed::Both(zh, en)),
        ];
        self.press("v").fill("contact", &fields)
    }

    pub(crate) fn plan(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        use forms::case::*;
        self.press("c").fill("case", &[(PLANNED, Typed::Today), (PLAN, Typed::Both(zh, en))]);
        self.stands(Status::Planned)
    }

    /// The supervisor comes for two minutes, reads, and approves what is to be approved.
    pub(crate) fn approved(&mut self, typed: &str, name: &str, what: FieldId) -> &mut Self {
        self.sign_in(SUPERVISOR).open(typed, name).press("c").fill("case", &[(what, Typed::Today)]);
        self.sees(name).sign_in(WORKER).open(typed, name)
    }

    pub(crate) fn reviewed(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        use forms::case::*;
        self.press("c").fill("case", &[(REVIEWED, Typed::Today), (REVIEW, Typed::Both(zh, en))]);
        self.stands(Status::InReview)
    }

    /// Closed by the caseworker; the file says so until the supervisor has approved.
    pub(crate) fn closed(
        &mut self,
        typed: &str,
        name: &str,
        arrangement: (&'static str, &'static str),
    ) -> &mut Self {
        use forms::case::*;
        let fields = [
            (CLOSED, Typed::Today),
            (CLOSE_REASON, Typed::Code("goals-met")),
            (ARRANGEMENT, Typed::Both(arrangement.0, arrangement.1)),
        ];
        self.press("c").fill("case", &fields).press("home").stands(Status::Closed);
        self.reads("结案等待督导员批准", "The closure waits for the supervisor");
        self.approved(typed, name, CLOSE_APPROVED);
        self.stands(Status::Closed).reads_no("结案等待督导员批准", "The closure waits for the supervisor")
    }
}
