//! `tonghu account`: who may come in.

use super::args::{Account, AccountAdd, AccountList, AccountPassphrase, AccountRecovery, Args, RoleWord};
use super::ask;
use super::out::{Failure, Out};
use super::paper::Paper;
use crate::office::{AccountFault, Admission, Answer, Office, Passphrase, Refusal, Request, Role, Staff};
use crate::tui::{paint, screen::Secret};
use crate::wording;
use serde_json::json;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Account, out: &Out) -> Result<ExitCode, Failure> {
    match sub {
        Account::List(sub) => list(args, sub, out),
        Account::Add(sub) => add(args, sub, out),
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
        out.line(&paint::sanitise(&format!("{login} {role} {}", staff.name)))?;
    }
    Ok(())
}

fn as_json(staff: &Staff) -> serde_json::Value {
    json!({ "login": staff.login, "name": staff.name, "role": code(staff.role) })
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
    let office = ask::sign_in(args, out)?;
    if office.me().role != Role::Lead {
        // Before anybody types a passphrase for nothing; the office holds to it all the same.
        return Err(out.refused(&Refusal::NotAllowed));
    }
    let role = match sub.role {
        RoleWord::Caseworker => Role::Caseworker,
        RoleWord::Supervisor => Role::Supervisor,
        RoleWord::Lead => Role::Lead,
        RoleWord::Support => Role::Support,
    };
    let passphrase = ask::new_passphrase(sub.new_passphrase_file.as_deref(), out)?;
    let admission = Admission {
        login: sub.login.clone(),
        name: sub.name.clone(),
        role,
        passphrase: Passphrase::typed(passphrase.reveal()),
    };
    let Answer::Admitted(staff) = answer(&*office, Request::Admit(admission), out)? else {
        return Err(strange(out));
    };
    let role = wording::role(out.cat, staff.role);
    let said = out.cat.tn(
        "cli-account-added",
        &[("name", staff.name.into()), ("login", staff.login.into()), ("role", role.into())],
    );
    out.line(&paint::sanitise(&said))
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
            Refusal::Account(AccountFault::Weak(_) | AccountFault::WrongPassphrase) => Failure::Shut(text),
            _ => Failure::Said(text),
        }
    })
}

fn strange(out: &Out) -> Failure {
    Failure::Said(out.t("cli-strange-answer"))
}
