//! A station's own fields, read from TOML into the same rows as those of the core forms.
//!
//! ```toml
//! [[field]]
//! form = "child"              # child, household, member, case, contact, follow-up, note
//! id = "x-clan"               # x- and small letters, digits, hyphens; never change it once it is in use
//! kind = "choice"             # line, notes, date, number, yes, choice, choices, phone
//! need = "optional"           # optional, expected, required
//! zh = "宗族"
//! en = "Clan"
//! help-zh = "按村里的叫法"
//! help-en = "As the village calls it"
//! section = "more"            # a section of that form; "own" (the last one) if left out
//! columns = ["宗族", "clan"]  # further headers in rosters
//! personal = false            # masked with names and numbers
//! choices = [{ code = "a", zh = "上房", en = "Upper" }, { code = "b", zh = "下房", en = "Lower" }]
//! shown-when = { field = "categories", is = ["left-behind"] }
//! ```
//! `min` and `max` bound a number; `max` bounds the characters of a line or of notes.

use super::form::{Choices, Condition, DateRange, FieldKind, FieldSpec, FormSpec, Label, Need, Text};
use super::{FieldId, RecordKind};
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Range;
use thiserror::Error;
use toml::Spanned;

/// More would not fit the forms, and would slow down those who fill them.
pub const MOST: usize = 60;
const MOST_CHOICES: usize = 200;
/// The section of fields that name none.
pub const SECTION: &str = "own";

const LINE: usize = 120;
const LONGEST_LINE: i64 = 500;
const NOTES: usize = 4_000;
const LONGEST_NOTES: i64 = 200_000;
const LONGEST_ID: usize = 32;

/// One field and the form it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// Id of the [`FormSpec`].
    pub form: String,
    pub spec: FieldSpec,
}

/// A mistake in the file, with its line (from 1).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {mistake}")]
pub struct Misprint {
    pub line: usize,
    pub mistake: Mistake,
}

/// The texts say what to do; they are for the log and for scripts, screens have theirs in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Mistake {
    #[error("not understood: {0}")]
    Syntax(String),
    #[error("no form `{0}`; take one of child, household, member, case, contact, follow-up, note")]
    Form(String),
    #[error(
        "id `{0}` must begin with x- and have small letters, digits and hyphens only, at most 32 characters"
    )]
    Id(String),
    #[error("id `{0}` is there twice in this form; give one of them another id")]
    TwiceId(String),
    #[error("no kind `{0}`; take one of line, notes, date, number, yes, choice, choices, phone")]
    Kind(String),
    #[error("no need `{0}`; take one of optional, expected, required")]
    Need(String),
    #[error("a label is missing; write zh = \"..\" or en = \"..\"")]
    NoLabel,
    #[error("the form has no section `{0}`; leave it out, or take the section of a field beside it")]
    Section(String),
    #[error("a choice needs choices = [{{ code, zh, en }}] with at least one, at most 200")]
    NoChoices,
    #[error("choice code `{0}` must have small letters, digits and hyphens only, and be there once")]
    ChoiceCode(String),
    #[error(
        "min and max do not fit: min must not be above max, and texts can be {most} characters long at most"
    )]
    Bounds { most: i64 },
    #[error("`{0}` does not belong to a field of this kind; leave it out")]
    NotForKind(&'static str),
    #[error("shown-when names no other field `{0}` of the form, or one that stands further down the file")]
    ShownWhen(String),
    #[error("shown-when: field `{field}` cannot be `{code}`")]
    ShownWhenCode { field: String, code: String },
    #[error("more than 60 fields; leave out those that nobody fills")]
    TooMany,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    field: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    form: Spanned<String>,
    id: Spanned<String>,
    kind: Spanned<String>,
    need: Option<Spanned<String>>,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    help_zh: String,
    #[serde(default)]
    help_en: String,
    min: Option<Spanned<i64>>,
    max: Option<Spanned<i64>>,
    section: Option<Spanned<String>>,
    #[serde(default)]
    columns: Vec<String>,
    #[serde(default)]
    personal: bool,
    choices: Option<Spanned<Vec<RawChoice>>>,
    shown_when: Option<Spanned<RawCondition>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    code: Spanned<String>,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    field: String,
    #[serde(default)]
    is: Vec<String>,
}

/// Reads the file; `forms` are the core forms that it adds to. All mistakes at once, except that the first one in the
/// TOML itself hides the others.
pub fn parse(text: &str, forms: &[FormSpec]) -> Result<Vec<Extra>, Vec<Misprint>> {
    let at = |span: Range<usize>| line_of(text, span.start);
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, at);
        vec![Misprint { line, mistake: Mistake::Syntax(error.message().to_owned()) }]
    })?;
    let mut misprints = vec![];
    if let Some(first) = file.field.get(MOST) {
        misprints.push(Misprint { line: at(first.span()), mistake: Mistake::TooMany });
    }
    let mut extras: Vec<Extra> = vec![];
    for raw in file.field.into_iter().take(MOST) {
        let span = raw.span();
        let mut reader = Reader { forms, extras: &extras, field: span, mistakes: vec![] };
        let extra = reader.field(raw.into_inner());
        if reader.mistakes.is_empty() {
            extras.extend(extra);
        } else {
            misprints.extend(
                reader.mistakes.into_iter().map(|(span, mistake)| Misprint { line: at(span), mistake }),
            );
        }
    }
    misprints.sort_by_key(|misprint| misprint.line);
    if misprints.is_empty() { Ok(extras) } else { Err(misprints) }
}

/// Adds the fields to their forms, each behind the last field of its section.
pub fn extend(forms: &mut [FormSpec], extras: &[Extra]) {
    for extra in extras {
        let Some(form) = forms.iter_mut().find(|form| form.id == extra.form) else {
            continue;
        };
        if form.field(&extra.spec.id).is_some() {
            continue;
        }
        let behind = form.fields.iter().rposition(|field| field.section == extra.spec.section);
        form.fields.insert(behind.map_or(form.fields.len(), |at| at + 1), extra.spec.clone());
    }
}

struct Reader<'a> {
    forms: &'a [FormSpec],
    /// Those read so far.
    extras: &'a [Extra],
    field: Range<usize>,
    mistakes: Vec<(Range<usize>, Mistake)>,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Range<usize>, mistake: Mistake) {
        self.mistakes.push((span, mistake));
    }

    /// What could be made of it; of use only if there were no mistakes.
    fn field(&mut self, raw: Raw) -> Option<Extra> {
        let Some(form) = self.forms.iter().find(|form| form.id == *raw.form.get_ref()) else {
            self.wrong(raw.form.span(), Mistake::Form(raw.form.into_inner()));
            return None;
        };
        // The station's own record and accounts are the program's.
        if matches!(form.kind, RecordKind::Station | RecordKind::Staff) {
            self.wrong(raw.form.span(), Mistake::Form(raw.form.into_inner()));
            return None;
        }
        let id = FieldId::owned(raw.id.get_ref().clone());
        let code = id.as_str().strip_prefix("x-").unwrap_or_default();
        if !is_code(code) || id.as_str().len() > LONGEST_ID {
            self.wrong(raw.id.span(), Mistake::Id(id.to_string()));
        }
        if self.known(form, &id).is_some() {
            self.wrong(raw.id.span(), Mistake::TwiceId(id.to_string()));
        }
        if raw.zh.trim().is_empty() && raw.en.trim().is_empty() {
            self.wrong(self.field.clone(), Mistake::NoLabel);
        }
        let section = match &raw.section {
            Some(named) if !form.fields.iter().any(|field| field.section == named.get_ref().as_str()) => {
                if named.get_ref() != SECTION {
                    self.wrong(named.span(), Mistake::Section(named.get_ref().clone()));
                }
                SECTION.to_owned()
            }
            Some(named) => named.get_ref().clone(),
            None => SECTION.to_owned(),
        };
        let need = match raw.need.as_ref().map(|need| need.get_ref().as_str()) {
            None | Some("optional") => Need::Optional,
            Some("expected") => Need::Expected,
            Some("required") => Need::Required,
            Some(other) => {
                let span = raw.need.as_ref().map_or(self.field.clone(), Spanned::span);
                self.wrong(span, Mistake::Need(other.to_owned()));
                Need::Optional
            }
        };
        let when = raw.shown_when.as_ref().and_then(|when| self.condition(form, when));
        let kind = self.kind(&raw)?;
        let either =
            |first: String, second: &str| if first.trim().is_empty() { second.to_owned() } else { first };
        let spec = FieldSpec {
            id,
            kind,
            need,
            label: Label::Own {
                zh: either(raw.zh.clone(), &raw.en),
                en: either(raw.en, &raw.zh),
                help_zh: either(raw.help_zh.clone(), &raw.help_en),
                help_en: either(raw.help_en, &raw.help_zh),
            },
            section: section.into(),
            when,
            columns: raw.columns.into_iter().map(Text::from).collect(),
            personal: raw.personal,
            delicate: false,
        };
        Some(Extra { form: form.id.to_string(), spec })
    }

    fn known<'a>(&'a self, form: &'a FormSpec, id: &FieldId) -> Option<&'a FieldSpec> {
        let own = self.extras.iter().filter(|extra| form.id == extra.form).map(|extra| &extra.spec);
        form.fields.iter().chain(own).find(|spec| spec.id == *id)
    }

    fn kind(&mut self, raw: &Raw) -> Option<FieldKind> {
        let kind = raw.kind.get_ref().as_str();
        let bounded = matches!(kind, "line" | "notes" | "number");
        if let Some(max) = raw.max.as_ref().filter(|_| !bounded) {
            self.wrong(max.span(), Mistake::NotForKind("max"));
        }
        if let Some(min) = raw.min.as_ref().filter(|_| kind != "number") {
            self.wrong(min.span(), Mistake::NotForKind("min"));
        }
        if let Some(choices) = raw.choices.as_ref().filter(|_| !matches!(kind, "choice" | "choices")) {
            self.wrong(choices.span(), Mistake::NotForKind("choices"));
        }
        Some(match kind {
            "line" => FieldKind::Line(self.longest(raw, LINE, LONGEST_LINE)),
            "notes" => FieldKind::Notes(self.longest(raw, NOTES, LONGEST_NOTES)),
            "date" => FieldKind::Date(DateRange::Any),
            "number" => {
                let min = raw.min.as_ref().map_or(0, |min| *min.get_ref());
                let max = raw.max.as_ref().map_or(i64::MAX, |max| *max.get_ref());
                if min > max {
                    let span =
                        raw.max.as_ref().or(raw.min.as_ref()).map_or(self.field.clone(), Spanned::span);
                    self.wrong(span, Mistake::Bounds { most: LONGEST_NOTES });
                }
                FieldKind::Number { min, max }
            }
            "yes" => FieldKind::Yes,
            "phone" => FieldKind::Phone,
            "choice" => FieldKind::One(self.choices(raw)),
            "choices" => FieldKind::Many(self.choices(raw)),
            other => {
                self.wrong(raw.kind.span(), Mistake::Kind(other.to_owned()));
                return None;
            }
        })
    }

    fn longest(&mut self, raw: &Raw, usual: usize, most: i64) -> usize {
        let Some(max) = &raw.max else {
            return usual;
        };
        match usize::try_from(*max.get_ref()) {
            Ok(characters) if (1..=most).contains(max.get_ref()) => characters,
            _ => {
                self.wrong(max.span(), Mistake::Bounds { most });
                usual
            }
        }
    }

    fn choices(&mut self, raw: &Raw) -> Choices {
        let mut choices = Choices { list: raw.id.get_ref().clone().into(), codes: vec![], own: vec![] };
        let (span, rows) = match &raw.choices {
            Some(rows) => (rows.span(), rows.get_ref().as_slice()),
            None => (self.field.clone(), [].as_slice()),
        };
        if rows.is_empty() || rows.len() > MOST_CHOICES {
            self.wrong(span, Mistake::NoChoices);
        }
        let mut seen = HashSet::new();
        for row in rows {
            let code = row.code.get_ref();
            if !is_code(code) || !seen.insert(code) {
                self.wrong(row.code.span(), Mistake::ChoiceCode(code.clone()));
            }
            if row.zh.trim().is_empty() && row.en.trim().is_empty() {
                self.wrong(row.code.span(), Mistake::NoLabel);
            }
            choices.codes.push(code.clone().into());
            let zh = if row.zh.trim().is_empty() { &row.en } else { &row.zh };
            let en = if row.en.trim().is_empty() { &row.zh } else { &row.en };
            choices.own.push((zh.clone(), en.clone()));
        }
        choices
    }

    fn condition(&mut self, form: &FormSpec, raw: &Spanned<RawCondition>) -> Option<Condition> {
        let RawCondition { field, is } = raw.get_ref();
        let id = FieldId::owned(field.clone());
        let Some(kind) = self.known(form, &id).map(|spec| spec.kind.clone()) else {
            self.wrong(raw.span(), Mistake::ShownWhen(field.clone()));
            return None;
        };
        if is.is_empty() {
            return Some(Condition::Filled(id));
        }
        let cannot_be = match &kind {
            FieldKind::One(choices) | FieldKind::Many(choices) => {
                is.iter().find(|code| !choices.codes.iter().any(|known| *known == code.as_str()))
            }
            FieldKind::Yes => is.iter().find(|code| *code != "yes"),
            _ => is.first(),
        };
        if let Some(code) = cannot_be {
            self.wrong(raw.span(), Mistake::ShownWhenCode { field: field.clone(), code: code.clone() });
            return None;
        }
        Some(match kind {
            FieldKind::Yes => Condition::Yes(id),
            _ => Condition::Is(id, is.iter().cloned().map(Text::from).collect()),
        })
    }
}

/// Small letters, digits and hyphens inside.
fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code.len() <= LONGEST_ID
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !code.starts_with('-')
        && !code.ends_with('-')
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests;
