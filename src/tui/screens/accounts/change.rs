//! What a lead does to somebody else's account: first what, then, where it bears on what people can read, whether it
//! is meant.

use crate::domain::WorkerId;
use crate::office::{AccountChange, Answer, Load, Request, Role, Staff};
use crate::tui::screen::{Choose, Confirm, Cx, Effect, Input, Pick, Place, Ticket, Tone};
use crate::wording;

const RESET: Ticket = Ticket(1);
const WHAT: Ticket = Ticket(2);
const WHICH_ROLE: Ticket = Ticket(3);
const SURE: Ticket = Ticket(4);
const CHANGED: Ticket = Ticket(5);
const LOAD: Ticket = Ticket(6);

/// Roles as they are offered, by the words that `tonghu account role` takes too.
const ROLES: [(&str, Role); 4] = [
    ("caseworker", Role::Caseworker),
    ("supervisor", Role::Supervisor),
    ("lead", Role::Lead),
    ("support", Role::Support),
];

#[derive(Default)]
pub(super) struct Change {
    /// Whose account, and what was chosen for it.
    whose: Option<WorkerId>,
    chosen: Option<AccountChange>,
}

impl Change {
    /// What can be done to this account.
    pub(super) fn begin(&mut self, cx: &Cx, staff: &Staff) -> Vec<Effect> {
        self.whose = Some(staff.worker);
        let codes: &[&str] =
            if staff.closed { &["open", "role", "passphrase"] } else { &["role", "passphrase", "close"] };
        let choice = |code: &&str| (code.to_string(), cx.cat.t(&format!("accounts-do-{code}")).into_owned());
        choose(WHAT, cx.name(&staff.name), codes.iter().map(choice).collect())
    }

    pub(super) fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        let Some(staff) = cx.station.staff.iter().find(|staff| Some(staff.worker) == self.whose) else {
            return vec![];
        };
        match input {
            Input::Picked(WHAT, Some(Pick::Chosen(codes))) => match codes.first().map(String::as_str) {
                Some("role") => {
                    let others = ROLES.iter().filter(|(_, role)| *role != staff.role);
                    let choices = others.map(|(code, role)| (code.to_string(), wording::role(cx.cat, *role)));
                    choose(WHICH_ROLE, cx.name(&staff.name), choices.collect())
                }
                Some("passphrase") => vec![Effect::Open(RESET, Place::ResetPassphrase(staff.worker))],
                // Whoever has cases should hand them over first.
                Some("close") if staff.role.may_read() => vec![Effect::Ask(LOAD, Request::Caseload)],
                Some("close") => self.make_sure(cx, staff, AccountChange::Close),
                Some("open") => self.make_sure(cx, staff, AccountChange::Open),
                _ => vec![],
            },
            Input::Answer(LOAD, answer) => {
                let mut effects = self.make_sure(cx, staff, AccountChange::Close);
                if let (Ok(Answer::Caseload(loads)), [Effect::Open(_, Place::Confirm(confirm))]) =
                    (answer, effects.as_mut_slice())
                {
                    let own = |load: &&Load| load.worker == Some(staff.worker);
                    let load = loads.loads.iter().find(own).filter(|load| load.open + load.follow_ups > 0);
                    confirm.text =
                        load.map_or_else(String::new, |load| still_has(cx, staff, load)) + &confirm.text;
                }
                effects
            }
            Input::Picked(WHICH_ROLE, Some(Pick::Chosen(codes))) => {
                let role = ROLES.iter().find(|(code, _)| codes.first().is_some_and(|chosen| chosen == code));
                role.map(|(_, role)| self.make_sure(cx, staff, AccountChange::Role(*role)))
                    .unwrap_or_default()
            }
            Input::Picked(SURE, Some(Pick::Yes)) => match self.chosen.clone() {
                Some(change) => {
                    vec![Effect::Ask(CHANGED, Request::ChangeAccount { worker: staff.worker, change })]
                }
                None => vec![],
            },
            Input::Answer(CHANGED, Ok(Answer::Account(staff))) => {
                let key = match self.chosen.take() {
                    Some(AccountChange::Close) => "accounts-closed-done",
                    Some(AccountChange::Open) => "accounts-opened-done",
                    _ => "accounts-role-done",
                };
                let role = wording::role(cx.cat, staff.role);
                let said = cx.cat.tn(key, &[("name", cx.name(&staff.name).into()), ("role", role.into())]);
                vec![Effect::Toast(Tone::Good, said.into_owned())]
            }
            Input::Answer(CHANGED, Err(refusal)) => {
                vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))]
            }
            _ => vec![],
        }
    }

    /// Says what it does and what it does not do.
    fn make_sure(&mut self, cx: &Cx, staff: &Staff, change: AccountChange) -> Vec<Effect> {
        let name = cx.name(&staff.name);
        let (title, text, yes) = match &change {
            AccountChange::Close if staff.role.may_read() => ("close", "accounts-close-reader", "close"),
            AccountChange::Close => ("close", "accounts-close-support", "close"),
            AccountChange::Open if staff.role.may_read() => ("open", "accounts-open-reader", "open"),
            AccountChange::Open => ("open", "accounts-open-support", "open"),
            AccountChange::Role(role) if staff.closed || role.may_read() == staff.role.may_read() => {
                ("role", "accounts-role-same", "role")
            }
            AccountChange::Role(Role::Support) => ("role", "accounts-role-reads-no-more", "role"),
            _ => ("role", "accounts-role-reads", "role"),
        };
        let role = match &change {
            AccountChange::Role(role) => wording::role(cx.cat, *role),
            _ => String::new(),
        };
        let args = [("name", name.into()), ("role", role.into())];
        self.chosen = Some(change);
        let confirm = Confirm {
            title: cx.cat.tn(&format!("accounts-{title}-title"), &args).into_owned(),
            text: cx.cat.tn(text, &args).into_owned(),
            yes: cx.cat.t(&format!("accounts-{yes}-yes")).into_owned(),
            no: cx.cat.t("accounts-leave-it").into_owned(),
        };
        vec![Effect::Open(SURE, Place::Confirm(confirm))]
    }
}

/// What nobody would follow up any more.
fn still_has(cx: &Cx, staff: &Staff, load: &Load) -> String {
    let parts = [
        ("name", cx.name(&staff.name).into()),
        ("open", load.open.into()),
        ("follow-ups", load.follow_ups.into()),
    ];
    format!("{}\n", cx.cat.tn("accounts-close-has-cases", &parts))
}

fn choose(ticket: Ticket, title: String, choices: Vec<(String, String)>) -> Vec<Effect> {
    vec![Effect::Open(ticket, Place::Choose(Choose { title, choices, chosen: vec![], many: false }))]
}
