//! `tonghu precedent` and `tonghu template`: what is given to other stations and taken from them.

use super::args::{Args, Precedent, Template};
use super::ask;
use super::out::{Failure, Out};
use crate::office::{
    Answer, Coming, PrecedentAnswer, PrecedentAsk, PrecedentLook, Request, TemplateAnswer, TemplateAsk,
    TemplateLook,
};
use crate::wording;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// The audit says where it went, and so whole.
fn whole(path: &Path) -> Result<std::path::PathBuf, Failure> {
    Ok(std::path::absolute(path)?)
}

fn answer(args: &Args, out: &Out, request: Request) -> Result<Answer, Failure> {
    ask::sign_in(args, out)?.ask(request).map_err(|refusal| out.refused(&refusal))
}

pub(super) fn precedent(args: &Args, sub: &Precedent, out: &Out) -> Result<ExitCode, Failure> {
    let strange = || Failure::Said(out.t("cli-strange-answer"));
    match sub {
        Precedent::Export(sub) => {
            let request = Request::Precedent(PrecedentAsk::Export { to: whole(&sub.file)? });
            let answer = answer(args, out, request)?;
            let Answer::Precedent(PrecedentAnswer::Exported { count, path }) = answer else {
                return Err(strange());
            };
            let path = path.display().to_string();
            if sub.json {
                out.json(&json!({ "precedents": count, "path": path }))?;
            } else {
                let args = [("n", count.to_string().into()), ("path", path.into())];
                out.line(&out.cat.tn("precedents-given", &args))?;
            }
        }
        Precedent::Import(sub) => {
            let ask = PrecedentAsk::Import { from: whole(&sub.file)?, take: sub.yes };
            let Answer::Precedent(PrecedentAnswer::Looked(look)) =
                answer(args, out, Request::Precedent(ask))?
            else {
                return Err(strange());
            };
            looked(&look, sub.json, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn looked(look: &PrecedentLook, as_json: bool, out: &Out) -> Result<(), Failure> {
    if as_json {
        let flawed = look.flawed.iter().map(|(at, flaw)| json!({ "place": at, "flaw": flaw.to_string() }));
        let flawed: Vec<_> = flawed.collect();
        return out
            .json(&json!({ "new": look.new, "known": look.known, "flawed": flawed, "taken": look.taken }));
    }
    for line in wording::precedent_look(out.cat, look) {
        out.line(&line)?;
    }
    match (look.taken, look.new) {
        (true, _) => out.line(&out.cat.t1("precedents-taken", "n", look.new.to_string())),
        (false, 0) => Ok(()),
        (false, _) => out.line(&out.t("cli-handout-say-yes")),
    }
}

pub(super) fn template(args: &Args, sub: &Template, out: &Out) -> Result<ExitCode, Failure> {
    let strange = || Failure::Said(out.t("cli-strange-answer"));
    match sub {
        Template::Export(sub) => {
            let ask = TemplateAsk::Export { to: whole(&sub.file)?, anyway: sub.anyway };
            let answer = answer(args, out, Request::Template(ask))?;
            let Answer::Template(TemplateAnswer::Exported { files, agencies, path }) = answer else {
                return Err(strange());
            };
            let path = path.display().to_string();
            if sub.json {
                out.json(&json!({ "files": files, "agencies": agencies, "path": path }))?;
            } else {
                let args = [
                    ("files", files.to_string().into()),
                    ("agencies", agencies.to_string().into()),
                    ("path", path.into()),
                ];
                out.line(&out.cat.tn("template-given", &args))?;
            }
        }
        Template::Import(sub) => {
            let ask = TemplateAsk::Import { from: whole(&sub.file)?, take: sub.yes };
            let Answer::Template(TemplateAnswer::Looked(look)) = answer(args, out, Request::Template(ask))?
            else {
                return Err(strange());
            };
            seen(&look, sub.json, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn seen(look: &TemplateLook, as_json: bool, out: &Out) -> Result<(), Failure> {
    let code = |coming: Coming| match coming {
        Coming::New => "new",
        Coming::Changed => "changed",
        Coming::Same => "same",
    };
    if as_json {
        let files: Vec<_> =
            look.files.iter().map(|(name, coming)| json!({ "file": name, "is": code(*coming) })).collect();
        return out.json(&json!({ "files": files, "agencies": look.agencies, "taken": look.taken }));
    }
    for (name, coming) in &look.files {
        let word = out.t(match coming {
            Coming::New => "template-is-new",
            Coming::Changed => "template-is-changed",
            Coming::Same => "template-is-same",
        });
        out.line(&format!("{} {name}", crate::tui::paint::pad(&word, 8)))?;
    }
    for line in wording::template_look(out.cat, look) {
        out.line(&line)?;
    }
    match (look.taken, look.changes()) {
        (true, _) => out.line(&out.t("template-taken")),
        (false, false) => Ok(()),
        (false, true) => out.line(&out.t("cli-handout-say-yes")),
    }
}
