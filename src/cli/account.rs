//! `tonghu account`: who may come in.

use super::args::{Account, AccountAdd, AccountList, AccountPassphrase, AccountRecovery, AccountReset, Args};
use super::ask;
use super::out::{Failure, Out};
use super::paper::Paper;
use crate::office::{
    AccountChange, AccountFault, Admission, Answer, Office, Passphrase, Refusal, Request, Role, Staff, Watch,
};
use crate::tui::{paint, screen::Secret};
use crate::wording;
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::{process::ExitCode, sync::Arc};

pub(super) fn run(args: &Args, sub: &Account, out: &Out) -> Result<ExitCode, Failure> {
    match sub {
        Account::List(sub) => list(args, sub, out),
        Account::Add(sub) => add(args, sub, out),
        Account::Disable(sub) => change(args, &sub.login, AccountChange::Close, out),
        Account::Enable(sub) => change(args, &sub.login, AccountChange::Open, out),
        Account::Role(sub) => change(args, &sub.login, AccountChange::Role(sub.role.into()), out),
        Account::Reset(sub) => reset(args, sub, out),
        Account::RotateKey => rotate_key(args, out),
        Account::Passphrase(sub) => passphrase(args, sub, out),
        Account::Recovery(sub) => recovery(args, sub, out),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(args: &Args, sub: &AccountList, out: &Out) -> Result<(), Failure> {
    let office = ask::sign_in(args, out)?;
    let Answer::Station(station) = answer(&*office, Request::Station, out)? else { return Err(strange(out)) };
    if sub.json {
        let accounts: Vec<_> = station.staff.iter().map(as_json).collect();
        return out.json(&json!({ "accounts": accounts }));
    }
    // Whole, however long: what is listed here is typed elsewhere.
    let widest = station.staff.iter().map(|staff| paint::width(&staff.login)).max().unwrap_or(0);
    for staff in &station.staff {
        let login = paint::pad(&staff.login, widest.max(10));
        let role = paint::pad(&wording::role(out.cat, staff.role), 14);
        let closed = if staff.closed { format!(" ({})", out.t("accounts-closed")) } else { String::new() };
        out.line(&paint::sanitise(&format!("{login} {role} {}{closed}", staff.name)))?;
    }
    Ok(())
}

fn as_json(staff: &Staff) -> serde_json::Value {
    json!({ "login": staff.login, "name": staff.name, "role": code(staff.role), "closed": staff.closed })
}

/// As `--role` has it, and as `--json` will always have it.
fn code(role: Role) -> &'static str {
    match role {
        Role::Caseworker => "caseworker",
        Role::Supervisor => "supervisor",
        Role::Lead => "lead",
        Role::Support => "support",
    }
}

fn add(args: &Args, sub: &AccountAdd, out: &Out) -> Result<(), Failure> {
    let office = lead(args, out)?;
    let passphrase = ask::new_passphrase(sub.new_passphrase_file.as_deref(), out)?;
    let admission = Admission {
        login: sub.login.clone(),
        name: sub.name.clone(),
        role: sub.role.into(),
        passphrase: Passphrase::typed(passphrase.reveal()),
    };
    let Answer::Account(staff) = answer(&*office, Request::Admit(admission), out)? else {
        return Err(strange(out));
    };
    let role = wording::role(out.cat, staff.role);
    let said = out.cat.tn(
        "cli-account-added",
        &[("name", staff.name.into()), ("login", staff.login.into()), ("role", role.into())],
    );
    out.line(&paint::sanitise(&said))
}

/// A lead, before anybody types a passphrase for nothing; the office holds to it all the same.
fn lead(args: &Args, out: &Out) -> Result<Arc<dyn Office>, Failure> {
    let office = ask::sign_in(args, out)?;
    if office.me().role == Role::Lead { Ok(office) } else { Err(out.refused(&Refusal::NotAllowed)) }
}

fn change(args: &Args, login: &str, change: AccountChange, out: &Out) -> Result<(), Failure> {
    changed(&*lead(args, out)?, login, change, out)
}

fn reset(args: &Args, sub: &AccountReset, out: &Out) -> Result<(), Failure> {
    let office = lead(args, out)?;
    let new = ask::new_passphrase(sub.new_passphrase_file.as_deref(), out)?;
    let change = AccountChange::Passphrase(Passphrase::typed(new.reveal()));
    changed(&*office, &sub.login, change, out)
}

/// Changes somebody's account, and says what that does and what it does not do.
fn changed(office: &dyn Office, login: &str, change: AccountChange, out: &Out) -> Result<(), Failure> {
    let Answer::Station(station) = answer(office, Request::Station, out)? else { return Err(strange(out)) };
    let whose = station.staff.iter().find(|staff| staff.login.to_lowercase() == login.to_lowercase());
    let Some(before) = whose else {
        return Err(Failure::Nothing(out.cat.t1("cli-account-nobody", "login", login).into_owned()));
    };
    let key = match &change {
        AccountChange::Close => "accounts-closed-done",
        AccountChange::Open => "accounts-opened-done",
        AccountChange::Role(_) => "accounts-role-done",
        AccountChange::Passphrase(_) => "accounts-reset-done",
    };
    let (worker, could_read) = (before.worker, before.role.may_read() && !before.closed);
    let Answer::Account(staff) = answer(office, Request::ChangeAccount { worker, change }, out)? else {
        return Err(strange(out));
    };
    let role = wording::role(out.cat, staff.role);
    let said = out.cat.tn(key, &[("name", staff.name.into()), ("role", role.into())]);
    out.line(&paint::sanitise(&said))?;
    if could_read && (staff.closed || !staff.role.may_read()) {
        out.line(&out.t("cli-account-reads-no-more"))?;
        resealed(office, out)?;
    }
    Ok(())
}

fn rotate_key(args: &Args, out: &Out) -> Result<(), Failure> {
    let office = lead(args, out)?;
    answer(&*office, Request::RotateKey, out)?;
    resealed(&*office, out)
}

/// Waits until everything is under the new data key. Broken off, the next sign-in goes on.
fn resealed(office: &dyn Office, out: &Out) -> Result<(), Failure> {
    let followed = office.ask_watched(Request::FollowResealing, &Counted(out));
    followed.map_err(|refusal| out.refused(&refusal))?;
    out.line(&out.t("cli-account-rotated"))
}

/// How far it is, where somebody watches.
struct Counted<'a>(&'a Out);

impl Watch for Counted<'_> {
    fn progress(&self, done: u64, total: Option<u64>) -> bool {
        if let Some(total) = total.filter(|_| std::io::stderr().is_terminal()) {
            let args = [("done", done.to_string().into()), ("total", total.to_string().into())];
            let end = if done == total { "\n" } else { "" };
            let line = self.0.cat.tn("accounts-resealing", &args);
            let _ = write!(std::io::stderr().lock(), "\r{line} {end}");
        }
        true
    }
}

fn passphrase(args: &Args, sub: &AccountPassphrase, out: &Out) -> Result<(), Failure> {
    let (office, old) = ask::sign_in_with(args, out)?;
    let new = ask::new_passphrase(sub.new_passphrase_file.as_deref(), out)?;
    let [old, new] = [old, new].map(|secret| Passphrase::typed(secret.reveal()));
    answer(&*office, Request::ChangePassphrase { old, new }, out)?;
    out.line(&out.t("cli-account-passphrase-done"))
}

fn recovery(args: &Args, sub: &AccountRecovery, out: &Out) -> Result<(), Failure> {
    let office = ask::sign_in(args, out)?;
    let Answer::RecoveryKey(key) = answer(&*office, Request::NewRecoveryKey, out)? else {
        return Err(strange(out));
    };
    let text = Secret::new(key.to_string());
    let paper = Paper::write(&sub.recovery_file, &text, "cli-account-recovery-exists", out)?;
    if let Err(refusal) = office.ask(Request::RenewRecovery(key)) {
        paper.tear_up();
        let why = wording::refusal(out.cat, &refusal);
        return Err(Failure::Said(out.cat.t1("cli-account-not-renewed", "why", why).into_owned()));
    }
    let path = sub.recovery_file.display().to_string();
    out.line(&out.cat.t1("cli-account-recovery-done", "path", path))
}

fn answer(office: &dyn Office, request: Request, out: &Out) -> Result<Answer, Failure> {
    office.ask(request).map_err(|refusal| {
        let text = wording::refusal(out.cat, &refusal);
        match refusal {
            Refusal::Account(AccountFault::BadLogin | AccountFault::BadName) => Failure::Usage(text),
            Refusal::Account(
                AccountFault::Weak(_) | AccountFault::WrongPassphrase | AccountFault::Wait { .. },
            ) => Failure::Shut(text),
            _ => Failure::Said(text),
        }
    })
}

fn strange(out: &Out) -> Failure {
    Failure::Said(out.t("cli-strange-answer"))
}
