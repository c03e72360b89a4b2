//! `tonghu import`: first a look, with `--yes` the import itself.

use super::args::{Args, Import, Twice};
use super::ask;
use super::backup::Progress;
use super::out::{Failure, Out};
use crate::domain::FieldId;
use crate::exchange::{
    self, Bad, Columns, Duplicates, ImportFault, Importer, Mappings, Options, Plan, Report, Sheet, Source,
};
use crate::office::Office;
use crate::platform::{Clock, SystemClock, dirs};
use crate::wording;
use serde_json::json;
use std::{path::PathBuf, process::ExitCode};

/// Faults that are shown one by one; the rest is counted.
const SHOWN: usize = 20;

pub(super) fn run(args: &Args, sub: &Import, out: &Out) -> Result<ExitCode, Failure> {
    let office = ask::sign_in(args, out)?;
    let data = dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))?;
    let remembered = data.join(exchange::map::FILE);
    let failed = |fault: ImportFault| Failure::Said(exchange::import_fault(out.cat, &fault));
    let importer = Importer::new(&*office, SystemClock.today()).map_err(failed)?;
    let sheet = importer.open(Source::File(sub.file.clone())).map_err(failed)?;
    let mut mappings = Mappings::read(&remembered);
    let mut columns = importer.columns(&sheet, &mappings);
    map(&importer, &sheet, &mut columns, sub, out)?;
    let progress = Progress::new();
    let plan = importer.plan(&sheet, &columns, &progress).map_err(failed)?;
    let options = Options {
        bad: if sub.skip_bad { Bad::Skip } else { Bad::Refuse },
        duplicates: match sub.duplicates {
            Twice::Refuse => Duplicates::Refuse,
            Twice::Skip => Duplicates::Skip,
            Twice::Keep => Duplicates::Keep,
        },
    };
    if plan.sound(options) == 0 && options.duplicates == Duplicates::Skip && plan.bad == 0 {
        // A roster that is all on file already: a script that sends it again has what it wants.
        done(&Report { children: 0, change: None, left_out: plan.rows, rejects: None }, sub, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !sub.yes {
        look(&importer, &sheet, &columns, &plan, options, sub, out)?;
        return Ok(if plan.allowed(options) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let rejects = sub.rejects.clone().unwrap_or_else(|| exchange::rejects_path(&sub.file, out.cat));
    match importer.import(&sheet, &columns, &plan, options, &rejects, out.cat, &progress) {
        Ok(report) => {
            mappings.keep(&remembered, &sheet.headers, &columns);
            done(&report, sub, out)?;
            rest(&*office);
            Ok(ExitCode::SUCCESS)
        }
        Err(fault @ ImportFault::Rows { .. }) => {
            look(&importer, &sheet, &columns, &plan, options, sub, out)?;
            if sub.json { Ok(ExitCode::FAILURE) } else { Err(failed(fault)) }
        }
        Err(fault) => Err(failed(fault)),
    }
}

/// The next start is quick if the roster file is written now.
fn rest(office: &dyn Office) {
    let _ = office.ask(crate::office::Request::Rest);
}

/// Takes `--map HEADER=FIELD` over what was recognised; `FIELD` is an id or a label, empty for "leave out".
fn map(
    importer: &Importer,
    sheet: &Sheet,
    columns: &mut Columns,
    sub: &Import,
    out: &Out,
) -> Result<(), Failure> {
    for pair in &sub.maps {
        let unknown = || Failure::Usage(out.cat.t1("cli-import-bad-map", "map", pair.as_str()).into_owned());
        let (header, field) = pair.split_once('=').ok_or_else(unknown)?;
        let at = sheet.headers.iter().position(|have| have.trim() == header.trim()).ok_or_else(unknown)?;
        let id = FieldId::owned(field.trim().to_owned());
        columns[at] = match field.trim() {
            "" => None,
            text => Some(
                importer
                    .form()
                    .field(&id)
                    .map(|spec| spec.id.clone())
                    .or_else(|| importer.field_called(text))
                    .ok_or_else(unknown)?,
            ),
        };
    }
    Ok(())
}

fn look(
    importer: &Importer,
    sheet: &Sheet,
    columns: &Columns,
    plan: &Plan,
    options: Options,
    sub: &Import,
    out: &Out,
) -> Result<(), Failure> {
    if sub.json {
        let faults: Vec<_> = plan
            .faults
            .iter()
            .map(|fault| {
                json!({
                    "line": fault.line, "column": fault.column, "header": fault.header, "value": fault.value,
                    "problem": fault.problem.code(), "grave": fault.grave,
                    "text": exchange::row_fault(out.cat, importer.form(), fault),
                })
            })
            .collect();
        let mapped: Vec<_> = sheet
            .headers
            .iter()
            .zip(columns)
            .map(|(header, field)| {
                json!({
                    "header": header, "field": field.as_ref().map(FieldId::as_str),
                })
            })
            .collect();
        return out.json(&json!({
            "rows": plan.rows, "bad": plan.bad, "duplicates": plan.duplicates, "would_import": plan.sound(options),
            "allowed": plan.allowed(options), "columns": mapped, "faults": faults,
        }));
    }
    out.line(&out.t("cli-import-columns"))?;
    for (header, field) in sheet.headers.iter().zip(columns) {
        let field = match field.as_ref().and_then(|id| importer.form().field(id)) {
            Some(spec) => wording::field_label(out.cat, "child", spec),
            None => out.t("cli-import-ignored"),
        };
        out.line(&format!(
            "  {} = {field}",
            crate::tui::paint::pad(&crate::tui::paint::sanitise(header), 20)
        ))?;
    }
    for fault in plan.faults.iter().take(SHOWN) {
        out.line(&exchange::row_fault(out.cat, importer.form(), fault))?;
    }
    if plan.faults.len() > SHOWN {
        out.line(&out.cat.t1("cli-import-more-faults", "n", plan.faults.len() - SHOWN))?;
    }
    out.line(&out.cat.tn(
        "cli-import-would",
        &[
            ("rows", plan.rows.to_string().into()),
            ("sound", plan.sound(options).to_string().into()),
            ("bad", plan.bad.to_string().into()),
            ("duplicates", plan.duplicates.to_string().into()),
        ],
    ))?;
    if plan.allowed(options) && !sub.yes {
        out.line(&out.t("cli-import-say-yes"))?;
    }
    Ok(())
}

fn done(report: &Report, sub: &Import, out: &Out) -> Result<(), Failure> {
    let rejects = report.rejects.as_ref().map(|path: &PathBuf| path.display().to_string());
    if sub.json {
        return out
            .json(&json!({ "imported": report.children, "left_out": report.left_out, "rejects": rejects }));
    }
    out.line(&out.cat.t1("cli-import-done", "n", report.children.to_string()))?;
    if let Some(path) = rejects {
        out.line(
            &out.cat.tn(
                "cli-import-rejected",
                &[("n", report.left_out.to_string().into()), ("path", path.into())],
            ),
        )?;
    }
    Ok(())
}
