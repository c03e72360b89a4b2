//! Visits and calls, as they are written down in the evening.

use super::file::{School, Writer, choice, choices};
use super::texts;
use crate::domain::forms::contact;
use crate::domain::{Fields, Value};
use chrono::{Days, NaiveDate};

impl Writer<'_> {
    /// Oldest first; the last one is as long before the next due date as its rule says.
    pub(super) fn contacts(&mut self, risk: &str, closed: bool, due: Option<NaiveDate>) -> Vec<Fields> {
        let step = match risk {
            "high" => 7,
            "medium" => 14,
            "" => return vec![],
            _ => 30,
        };
        let last = match due {
            Some(due) => due - Days::new(step as u64),
            None => self.today - Days::new(self.dice.between(40, 180) as u64),
        };
        let mut on = last.min(self.today);
        let most = self.dice.between(2, if risk == "low" { 6 } else { 11 });
        let mut days = vec![];
        while on >= self.opened && (days.len() as i64) < most {
            days.push(on);
            on = on - Days::new(self.dice.between(step * 3 / 4, step * 5 / 4) as u64);
        }
        if days.is_empty() {
            days.push(self.opened);
        }
        days.reverse();
        let newest = days.len() - 1;
        days.into_iter().enumerate().map(|(at, on)| self.contact(on, at == newest && !closed, risk)).collect()
    }

    fn contact(&mut self, on: NaiveDate, latest: bool, risk: &str) -> Fields {
        let kinds = [("visit", 66), ("call", 26), ("attempt", 6), ("refusal", 2)];
        // The next visit is counted from the last.
        let kind = self.dice.weighted(if latest { &kinds[..1] } else { &kinds });
        let mut fields = Fields::default().with(contact::ON, on);
        fields.set(contact::KIND, choice(kind));
        match kind {
            "visit" => self.visit(&mut fields, risk),
            "call" => self.call(&mut fields),
            _ => {
                let why = self.pick(if kind == "attempt" { texts::ATTEMPTS } else { texts::REFUSALS });
                fields.set(contact::REASON, Some(why.as_str().into()));
            }
        }
        if matches!(kind, "visit" | "call") && self.dice.chance(60) {
            let bank = match self.school {
                School::Home | School::Kindergarten(_) if self.dice.chance(50) => texts::AGREED_SMALL,
                School::Primary(_) | School::Middle(_) | School::High(_) if self.dice.chance(55) => {
                    texts::AGREED_PUPIL
                }
                _ => texts::AGREED,
            };
            let (agreed, _) = self.fresh(bank, |(agreed, _)| agreed);
            let agreed = self.say(agreed);
            fields.set(contact::AGREED, Some(agreed.as_str().into()));
        }
        fields
    }

    fn call(&mut self, fields: &mut Fields) {
        let bank = match self.dice.below(3) {
            0 if self.parent_is_away() => texts::CALLS_PARENT,
            1 if self.is_pupil() => texts::CALLS_PUPIL,
            _ => texts::CALLS,
        };
        let (met, text) = self.fresh(bank, |(_, text)| text);
        let mut seen = self.say(text);
        if met == "carer" && self.dice.chance(40) {
            seen += &self.about_parent();
        }
        let parent = if self.family.absent().1 == "妈妈" { "mother" } else { "father" };
        fields.set(contact::MET, choices(&[if met == "parent" { parent } else { met }]));
        fields.set(contact::SEEN, Some(seen.as_str().into()));
    }

    fn visit(&mut self, fields: &mut Fields, risk: &str) {
        let opening = match self.school {
            School::Home | School::Kindergarten(_) | School::Primary(0..=2) if self.dice.chance(30) => {
                texts::OPENINGS_SMALL
            }
            School::Primary(_) | School::Middle(_) if self.dice.chance(40) => texts::OPENINGS_SCHOOL,
            _ => texts::OPENINGS,
        };
        let opening = self.fresh(opening, |text| text);
        let met: &[&str] = match opening {
            text if text.contains("办公室") => &["child", "teacher"],
            text if text.contains("{师}") => &["child", "carer", "teacher"],
            text if text.contains("妇联") || text.contains("村主任") => &["child", "carer", "village"],
            _ => &["child", "carer"],
        };
        let long = self.dice.chance(if risk == "high" { 25 } else { 6 });
        let seen = self.say(opening) + &if long { self.paragraphs() } else { self.sentences(met) };
        fields.set(contact::SEEN, Some(seen.as_str().into()));
        fields.set(contact::MET, choices(met));
        let concern = self.dice.chance(if risk == "high" { 25 } else { 3 });
        fields.set(contact::CONCERN, Some(Value::Yes(concern)));
        if concern {
            let mut bank = texts::CONCERNS.to_vec();
            bank.extend_from_slice(if self.is_pupil() { texts::CONCERNS_PUPIL } else { &[] });
            let text = self.pick(&bank);
            fields.set(contact::CONCERN_TEXT, Some(text.as_str().into()));
        }
    }

    fn about_child(&mut self) -> String {
        self.pick(match self.school {
            School::Home => texts::BABIES,
            School::Kindergarten(_) => texts::SMALL_CHILDREN,
            School::Primary(_) => texts::SCHOOL_CHILDREN,
            School::Middle(_) => texts::YOUTHS,
            School::High(_) => texts::TEENAGERS,
        })
    }

    fn about_carer(&mut self) -> String {
        let old = !matches!(self.family.relation, "father" | "mother" | "uncle" | "aunt" | "other-relative");
        let mut bank = texts::CARERS.to_vec();
        bank.extend_from_slice(if old { texts::OLD_CARERS } else { &[] });
        bank.extend_from_slice(if self.is_pupil() { texts::CARERS_PUPIL } else { &[] });
        self.pick(&bank)
    }

    fn sentences(&mut self, met: &[&str]) -> String {
        let mut text = String::new();
        let at_home = met.contains(&"carer");
        if at_home && self.dice.chance(45) {
            text += &self.pick(texts::HOMES);
        }
        text += &self.about_child();
        if at_home && self.dice.chance(45) {
            text += &self.about_carer();
        }
        if at_home && self.dice.chance(50) {
            text += &self.about_parent();
        }
        if at_home && self.dice.chance(30) {
            text += &self.pick(texts::CLOSINGS);
        }
        text
    }

    /// A visit that took the afternoon.
    fn paragraphs(&mut self) -> String {
        let home = self.pick(texts::HOMES) + &self.pick(texts::HOMES);
        let child = self.about_child() + &self.about_child() + &self.about_child();
        let carer = self.about_carer() + &self.about_carer() + &self.about_parent();
        format!("{home}\n{child}\n{carer}\n{}", self.pick(texts::CLOSINGS))
    }
}
