//! `tonghu manual`: the pages of the manual, or the one that fits some words. No passphrase: no file of a child is read.

use super::args::{Args, Manual as Sub};
use super::out::{Failure, Out};
use crate::manual::{Hit, Manual, Page, Part};
use crate::office::pages;
use crate::platform::dirs;
use crate::wording;
use std::process::ExitCode;

pub(super) fn run(args: &Args, sub: &Sub, out: &Out) -> Result<ExitCode, Failure> {
    let dir = dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))?;
    let (manual, faults) = pages::read(&dir);
    for fault in &faults {
        out.note(&wording::own_fault(out.cat, fault));
    }
    if sub.words.is_empty() {
        list(&manual, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let hits = manual.find(out.cat.lang(), &sub.words.join(" "));
    let mut by_title = hits.iter().filter(|hit| hit.by_title);
    match (&hits[..], by_title.next(), by_title.next()) {
        ([], _, _) => return Err(Failure::Nothing(out.t("manual-none"))),
        ([hit], _, _) | (_, Some(hit), None) => page(hit.page, out)?,
        (hits, _, _) => found(hits, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(manual: &Manual, out: &Out) -> Result<(), Failure> {
    for part in Part::ALL {
        let pages: Vec<_> = manual.all().iter().filter(|page| page.part == part).collect();
        if pages.is_empty() {
            continue;
        }
        out.line(&out.t(&format!("manual-part-{}", part.code())))?;
        for page in pages {
            out.line(&named(page, out))?;
        }
    }
    Ok(())
}

/// The id comes first: it finds the page again, and has no wide characters to line up.
fn named(page: &Page, out: &Out) -> String {
    let own = if page.own { out.t("manual-own-mark") } else { String::new() };
    format!("  {:<24} {}{own}", page.id, page.text(out.cat.lang()).title)
}

fn found(hits: &[Hit], out: &Out) -> Result<(), Failure> {
    for hit in hits {
        out.line(&named(hit.page, out))?;
        if let Some(line) = &hit.line {
            out.line(&format!("    {}", line.text))?;
        }
    }
    Ok(())
}

fn page(page: &Page, out: &Out) -> Result<(), Failure> {
    out.line(page.text(out.cat.lang()).source.trim_end())?;
    if !page.sources.is_empty() {
        out.line(&format!("\n## {}\n", out.t("manual-sources")))?;
    }
    for source in &page.sources {
        out.line(&format!("- {source}"))?;
    }
    Ok(())
}
