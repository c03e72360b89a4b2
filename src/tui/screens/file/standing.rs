//! How something that is done for a child stands: sent and not answered, reached, ended; and what withdrawn consent means
//! for what was sent before.

use super::header::due_style;
use crate::domain::forms::{consent, entrustment, goal, placement, referral};
use crate::domain::{FieldId, Fields, Record, RecordKind};
use crate::office::CaseFile;
use crate::tui::screen::Cx;
use ratatui::style::Style;

type Said = (String, Style);

/// What stands in the head of a record beside its day: of which kind it is, and who does it.
pub(super) fn names(kind: RecordKind) -> Option<Vec<FieldId>> {
    Some(match kind {
        RecordKind::Referral => vec![referral::SENT, referral::TO, referral::OFFICE],
        RecordKind::Placement => vec![placement::BEGUN, placement::KIND, placement::FAMILY],
        RecordKind::Entrustment => vec![entrustment::BEGUN, entrustment::CARER],
        _ => return None,
    })
}

/// What the head says of it in other words.
pub(super) fn said(kind: RecordKind) -> Vec<FieldId> {
    match kind {
        RecordKind::Referral => vec![referral::OUTCOME],
        RecordKind::Goal => vec![goal::REACHED, goal::DROPPED],
        RecordKind::Consent => vec![consent::WITHDRAWN],
        RecordKind::Placement => vec![placement::ENDED],
        RecordKind::Entrustment => vec![entrustment::ENDED],
        _ => vec![],
    }
}

/// In a few words, for the head.
pub(super) fn of(cx: &Cx, record: &Record) -> Option<Said> {
    let fields = &record.fields;
    let (said, style) = match record.at.kind {
        RecordKind::Referral => referred(cx, fields)?,
        RecordKind::Goal => planned(cx, fields)?,
        RecordKind::Consent => on(cx, fields, &consent::WITHDRAWN, "standing-withdrawn", cx.theme.warning)?,
        RecordKind::Placement => on(cx, fields, &placement::ENDED, "standing-ended", cx.theme.dim)?,
        RecordKind::Entrustment => on(cx, fields, &entrustment::ENDED, "standing-ended", cx.theme.dim)?,
        _ => return None,
    };
    Some((cx.delicate(&said), style))
}

fn on(cx: &Cx, fields: &Fields, field: &FieldId, key: &str, style: Style) -> Option<Said> {
    let day = fields.date(field)?;
    Some((cx.cat.t1(key, "on", cx.cat.date(day)).into_owned(), style))
}

fn referred(cx: &Cx, fields: &Fields) -> Option<Said> {
    let dim = |key: &str| Some((cx.cat.t(key).into_owned(), cx.theme.dim));
    if fields.date(&referral::ENDED).is_some() {
        let outcome = super::value(cx, "referral", fields, &referral::OUTCOME);
        return outcome.map(|said| (said, cx.theme.good)).or_else(|| dim("standing-over"));
    }
    if fields.date(&referral::SENT).is_none() {
        return dim("standing-not-sent");
    }
    match (fields.date(&referral::CHASE), fields.date(&referral::RECEIVED)) {
        (Some(chase), _) => {
            let due = cx.cat.due(chase, cx.today);
            Some((cx.cat.t1("standing-chase", "due", due).into_owned(), due_style(cx, chase)))
        }
        (None, None) => dim("standing-no-receipt"),
        (None, Some(_)) => dim("standing-received"),
    }
}

fn planned(cx: &Cx, fields: &Fields) -> Option<Said> {
    let reached = on(cx, fields, &goal::REACHED, "standing-reached", cx.theme.good);
    let ended = reached.or_else(|| on(cx, fields, &goal::DROPPED, "standing-dropped", cx.theme.dim));
    ended.or_else(|| {
        let due = fields.date(&goal::DUE).filter(|due| *due <= cx.today)?;
        Some((cx.cat.due(due, cx.today), due_style(cx, due)))
    })
}

/// The line of a referral that is not ended and whose consent was withdrawn: what is to be done at once. Consent to a
/// recipient counts for what is referred to it, as for the rules.
pub(super) fn withdrawn(cx: &Cx, file: &CaseFile, record: &Record) -> Option<Said> {
    let fields = &record.fields;
    if record.at.kind != RecordKind::Referral || fields.date(&referral::ENDED).is_some() {
        return None;
    }
    let to = fields.text(&referral::TO);
    let mut consents = file.services.iter().filter(|one| one.at.kind == RecordKind::Consent);
    let given = consents.find(|one| one.fields.text(&consent::RECIPIENT) == to)?;
    let withdrawn = given.fields.date(&consent::WITHDRAWN)?;
    let key = match fields.date(&referral::SENT) {
        Some(_) => "standing-consent-after",
        // Where safety is at stake it does not wait for a signature.
        None if fields.yes(&referral::EMERGENCY) == Some(true) => return None,
        None => "standing-consent-before",
    };
    let said = cx.cat.t1(key, "on", cx.cat.date(withdrawn));
    Some((cx.delicate(&said), cx.theme.warning))
}
