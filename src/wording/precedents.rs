//! Precedents in words: what one tells, what two children have in common, and why one is not let go.

use super::{core_choice, word};
use crate::i18n::Catalogue;
use crate::office::{
    Coming, Doubt, HandoutFault, Like, Precedent, PrecedentFault, PrecedentFlaw, PrecedentLook, TELLS, Tells,
    TemplateFault, TemplateLook, Told,
};

/// What was found in a line.
pub fn tells(cat: &Catalogue, tells: Tells) -> String {
    word(
        cat,
        match tells {
            Tells::Child => "tells-child",
            Tells::Family => "tells-family",
            Tells::OtherChild => "tells-other-child",
            Tells::Worker => "tells-worker",
            Tells::Volunteer => "tells-volunteer",
            Tells::FosterFamily => "tells-foster-family",
            Tells::Person => "tells-person",
            Tells::Place => "tells-place",
            Tells::School => "tells-school",
            Tells::Agency => "tells-agency",
            Tells::Detail => "tells-detail",
            Tells::Phone => "tells-phone",
            Tells::IdNumber => "tells-id-number",
            Tells::Number => "tells-number",
            Tells::Date(_) => "tells-date",
            Tells::Age(_) => "tells-age",
        },
    )
}

/// Why it was not done.
pub fn precedent_fault(cat: &Catalogue, fault: &PrecedentFault) -> String {
    let number = |n: usize| n.to_string();
    let key = match fault {
        PrecedentFault::Identifies { line, mark } => {
            let args = [("line", number(line + 1).into()), ("what", tells(cat, mark.tells).into())];
            return cat.tn("precedent-fault-identifies", &args).into_owned();
        }
        PrecedentFault::TooLong { line, most } => {
            let args = [("line", number(line + 1).into()), ("most", number(*most).into())];
            return cat.tn("precedent-fault-too-long", &args).into_owned();
        }
        PrecedentFault::TooMany { most } => {
            return cat.t1("precedent-fault-too-many", "most", number(*most)).into_owned();
        }
        PrecedentFault::Flawed(flaw) => return precedent_flaw(cat, flaw),
        PrecedentFault::File(fault) => return handout_fault(cat, fault),
        PrecedentFault::NotClosed => "precedent-fault-not-closed",
        PrecedentFault::OtherCase => "precedent-fault-other-case",
        PrecedentFault::Nothing => "precedent-fault-nothing",
        PrecedentFault::Twice => "precedent-fault-twice",
        PrecedentFault::NoTable => "precedent-fault-no-table",
        PrecedentFault::Empty => "precedent-fault-empty",
    };
    word(cat, key)
}

/// What is not as a precedent has it.
pub fn precedent_flaw(cat: &Catalogue, flaw: &PrecedentFlaw) -> String {
    match flaw {
        PrecedentFlaw::Code(list) => cat.t1("precedent-flaw-code", "list", *list).into_owned(),
        PrecedentFlaw::Identifies(line) => {
            cat.t1("precedent-flaw-identifies", "line", line.to_string()).into_owned()
        }
        PrecedentFlaw::TooMuch => word(cat, "precedent-flaw-too-much"),
        PrecedentFlaw::Characters => word(cat, "precedent-flaw-characters"),
        PrecedentFlaw::Shape => word(cat, "precedent-flaw-shape"),
    }
}

/// Why a file of another station cannot be used, or one for it not be written.
pub fn handout_fault(cat: &Catalogue, fault: &HandoutFault) -> String {
    match fault {
        HandoutFault::NotOurs => word(cat, "handout-not-ours"),
        HandoutFault::OtherKind => word(cat, "handout-other-kind"),
        HandoutFault::Newer { version } => {
            cat.t1("handout-newer", "version", version.to_string()).into_owned()
        }
        HandoutFault::Damaged => word(cat, "handout-damaged"),
        HandoutFault::TooLarge { most } => {
            cat.t1("handout-too-large", "most", (most >> 20).to_string()).into_owned()
        }
        HandoutFault::Shape { line } => cat.t1("handout-shape", "line", line.to_string()).into_owned(),
        HandoutFault::Exists => word(cat, "handout-exists"),
        HandoutFault::Missing => word(cat, "handout-missing"),
        HandoutFault::Io(why) => cat.t1("handout-io", "why", why.as_str()).into_owned(),
    }
}

fn list(cat: &Catalogue, words: impl Iterator<Item = String>) -> String {
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(&cat.t("value-and"))
}

fn choice(cat: &Catalogue, list: &str, code: &str) -> String {
    if code.is_empty() { String::new() } else { core_choice(cat, list, code) }
}

/// What a precedent and a child have in common, in one line.
pub fn likes(cat: &Catalogue, likes: &[Like]) -> String {
    let one = |like: &Like| match like {
        Like::Category(code) => choice(cat, "category", code),
        Like::Circumstance(code) => {
            cat.t1("precedent-parent", "circumstance", choice(cat, "circumstance", code)).into_owned()
        }
        Like::Lives(code) => choice(cat, "lives", code),
        Like::Age(code) => choice(cat, "age-band", code),
        Like::Risk(code) => super::risk(cat, code),
        Like::Sex(code) => choice(cat, "sex", code),
    };
    list(cat, likes.iter().map(one))
}

/// Who it was, in one line: `9至11岁、女、服刑人员子女`.
pub fn precedent_child(cat: &Catalogue, precedent: &Precedent) -> String {
    let child = &precedent.child;
    let first = [choice(cat, "age-band", &child.age), choice(cat, "sex", &child.sex)];
    list(cat, first.into_iter().chain(child.categories.iter().map(|code| choice(cat, "category", code))))
}

/// What came of it, in one line: `目标达成、6至12个月`.
pub fn precedent_outcome(cat: &Catalogue, precedent: &Precedent) -> String {
    let parts =
        [choice(cat, "close-reason", &precedent.outcome), choice(cat, "case-length", &precedent.length)];
    list(cat, parts.into_iter())
}

/// What was tried, in one line.
pub fn precedent_tried(cat: &Catalogue, precedent: &Precedent) -> String {
    let tried = precedent
        .tried
        .iter()
        .map(|(what, times)| format!("{} {}", choice(cat, "tried", what), choice(cat, "times", times)));
    let referred = precedent.referrals.iter().map(|one| {
        let to = cat.t1("precedent-referred", "to", choice(cat, "agency", &one.to)).into_owned();
        match one.outcome.as_str() {
            "" => to,
            outcome => format!("{to}{}{}", cat.t("value-colon"), choice(cat, "outcome", outcome)),
        }
    });
    let placed = precedent.placements.iter().map(|code| choice(cat, "placement", code));
    list(cat, tried.chain(referred).chain(placed))
}

/// All of it, a line each: label and text.
pub fn precedent(cat: &Catalogue, precedent: &Precedent) -> Vec<String> {
    let child = &precedent.child;
    let parents = list(cat, child.circumstances.iter().map(|code| choice(cat, "circumstance", code)));
    let goals = list(
        cat,
        precedent.goals.iter().map(|goal| {
            let domain = choice(cat, "domain", &goal.domain);
            format!("{domain} {}", choice(cat, "goal-end", &goal.end)).trim().to_owned()
        }),
    );
    let scores = list(
        cat,
        precedent.scores.iter().map(|one| {
            let [first, last] = [&one.first, &one.last].map(|code| choice(cat, "band", code));
            let args = [
                ("domain", choice(cat, "domain", &one.domain).into()),
                ("first", first.into()),
                ("last", last.into()),
            ];
            cat.tn("precedent-scored", &args).into_owned()
        }),
    );
    let rows = [
        ("precedent-of", precedent_child(cat, precedent)),
        ("precedent-parents", parents),
        ("precedent-lives", choice(cat, "lives", &child.lives)),
        ("precedent-risk", choice(cat, "risk", &child.risk)),
        ("precedent-tried", precedent_tried(cat, precedent)),
        ("precedent-goals", goals),
        ("precedent-scores", scores),
        ("precedent-outcome", precedent_outcome(cat, precedent)),
    ];
    let colon = cat.t("value-colon");
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
    let mut text: Vec<String> = rows.map(|(key, text)| format!("{}{colon}{text}", cat.t(key))).collect();
    for tells in TELLS {
        let mut lines = precedent.lines.iter().filter(|line| line.tells == tells).peekable();
        if lines.peek().is_some() {
            text.push(String::new());
            text.push(choice(cat, "line-tells", tells));
            text.extend(lines.map(|line| told(cat, line)));
        }
    }
    text
}

/// `第3个月 走访：……`
fn told(cat: &Catalogue, line: &Told) -> String {
    let month = month(cat, line.month);
    let source = choice(cat, "line-source", &line.source);
    format!("  {}{}{}", [month, source].join(" ").trim(), cat.t("value-colon"), line.text)
}

/// `第3个月`; "" where it is before the beginning.
pub fn month(cat: &Catalogue, month: Option<u16>) -> String {
    month.map_or_else(String::new, |month| cat.t1("precedent-month", "n", month.to_string()).into_owned())
}

/// What a file of another station holds, a line each.
pub fn precedent_look(cat: &Catalogue, look: &PrecedentLook) -> Vec<String> {
    let counts = [
        ("new", look.new.to_string().into()),
        ("known", look.known.to_string().into()),
        ("flawed", look.flawed.len().to_string().into()),
    ];
    let mut text = vec![cat.tn("precedents-look", &counts).into_owned()];
    for (at, flaw) in look.flawed.iter().take(3) {
        let args = [("n", at.to_string().into()), ("flaw", precedent_flaw(cat, flaw).into())];
        text.push(cat.tn("precedents-look-flawed", &args).into_owned());
    }
    text
}

/// Doubts that are named one by one; the rest is counted.
const NAMED: usize = 4;

/// Why a template was not made or not taken.
pub fn template_fault(cat: &Catalogue, fault: &TemplateFault) -> String {
    match fault {
        TemplateFault::Doubts(doubts) => {
            let grave = doubts.iter().any(Doubt::is_grave);
            let key = if grave { "template-fault-tells" } else { "template-fault-places" };
            let mut sorted: Vec<&Doubt> = doubts.iter().collect();
            sorted.sort_by_key(|doubt| !doubt.is_grave());
            let places: Vec<String> = sorted.iter().take(NAMED).map(|doubt| place(cat, doubt)).collect();
            let args =
                [("n", doubts.len().to_string().into()), ("places", places.join(&cat.t("value-and")).into())];
            cat.tn(key, &args).into_owned()
        }
        TemplateFault::Wrong(fault) => {
            cat.t1("template-fault-wrong", "fault", super::own_fault(cat, fault)).into_owned()
        }
        TemplateFault::Agency(at) => cat.t1("template-fault-agency", "n", at.to_string()).into_owned(),
        TemplateFault::Name => word(cat, "template-fault-name"),
        TemplateFault::NoTable => word(cat, "precedent-fault-no-table"),
        TemplateFault::Empty => word(cat, "template-fault-empty"),
        TemplateFault::File(fault) => handout_fault(cat, fault),
    }
}

/// Where something tells, and what: `manual/intake.md 第3行（地名）`.
pub fn place(cat: &Catalogue, doubt: &Doubt) -> String {
    let args = [
        ("file", doubt.file.clone().into()),
        ("line", doubt.line.to_string().into()),
        ("what", tells(cat, doubt.tells).into()),
    ];
    let key = if doubt.line == 0 { "template-place-service" } else { "template-place" };
    cat.tn(key, &args).into_owned()
}

/// What a template would change here, a line each.
pub fn template_look(cat: &Catalogue, look: &TemplateLook) -> Vec<String> {
    let of = |wanted: Coming| look.files.iter().filter(move |(_, coming)| *coming == wanted);
    let counts = [
        ("new", of(Coming::New).count().to_string().into()),
        ("changed", of(Coming::Changed).count().to_string().into()),
        ("same", of(Coming::Same).count().to_string().into()),
        ("agencies", look.agencies.to_string().into()),
    ];
    let mut text = vec![cat.tn("template-look", &counts).into_owned()];
    let changed: Vec<&str> = of(Coming::Changed).take(NAMED).map(|(name, _)| name.as_str()).collect();
    if !changed.is_empty() {
        text.push(cat.t1("template-look-changed", "files", changed.join(&cat.t("value-and"))).into_owned());
    }
    text
}
