//! The rules as whoever edits them reads them, and where examples differ from them.

use super::{own, why, word};
use crate::i18n::Catalogue;
use crate::office::{Difference, OwnFile, Rule, RuleLine, Standing};
use chrono::NaiveDate;

/// What a rule is called: what it says; a name or a file by what it is.
pub fn rule_title(cat: &Catalogue, line: &RuleLine) -> String {
    if let Some(text) = &line.text {
        return own(cat, &text.zh, &text.en);
    }
    match (&line.entry, &line.file) {
        (Some(entry), _) if entry.kind == "name" => {
            cat.t1("rules-a-name", "id", entry.id.as_str()).into_owned()
        }
        (Some(entry), _) => entry.id.clone(),
        (None, file) => own_file(cat, file),
    }
}

/// What one of the station's own files is for.
pub fn own_file(cat: &Catalogue, file: &OwnFile) -> String {
    match file {
        OwnFile::Fields => word(cat, "rules-file-fields"),
        OwnFile::Page(id) => cat.t1("rules-file-page", "id", id.as_str()).into_owned(),
        OwnFile::Table(name) => match name.strip_prefix("days/") {
            Some(year) => cat.t1("rules-file-days", "year", year.trim_end_matches(".toml")).into_owned(),
            None => word(cat, &format!("rules-file-{}", name.trim_end_matches(".toml"))),
        },
    }
}

/// Whether the program's or the station's own is in force.
pub fn standing(cat: &Catalogue, standing: Standing) -> String {
    word(
        cat,
        match standing {
            Standing::Core => "rules-core",
            Standing::Replaced => "rules-replaced",
            Standing::Added => "rules-added",
            Standing::Off => "rules-off",
        },
    )
}

/// The whole of a rule, without how it is written: a line each.
pub fn rule_whole(cat: &Catalogue, line: &RuleLine) -> Vec<String> {
    let colon = cat.t("value-colon");
    let mut said = vec![];
    if line.entry.as_ref().is_some_and(|entry| entry.kind == "name") {
        said.push(word(cat, "rules-a-name-is"));
    }
    if let Some(act) = &line.act {
        said.push(format!("{}{colon}{}", cat.t("flag-do"), own(cat, &act.zh, &act.en)));
    }
    if let Some(grade) = line.grade {
        said.push(format!("{}{colon}{}", cat.t("rules-col-grade"), cat.t(&format!("flag-{}", grade.code()))));
    }
    if let (Some(text), Some(source), Some(certainty)) = (&line.text, &line.source, line.certainty) {
        let rule = Rule {
            id: String::new(),
            zh: text.zh.clone(),
            en: text.en.clone(),
            source_zh: source.zh.clone(),
            source_en: source.en.clone(),
            sure: certainty.code().into(),
        };
        let mut why = why(cat, &rule).into_iter().skip(1);
        said.extend(why.next());
        said.extend(why.map(|sure| format!("{}{colon}{sure}", cat.t("rules-col-sure"))));
    }
    said.push(format!("{}{colon}{}", cat.t("rules-col-whose"), standing(cat, line.standing)));
    said.push(format!("{}{colon}{}", cat.t("rules-col-table"), own_file(cat, &line.file)));
    said.extend(line.entry.as_ref().map(|entry| format!("{}{colon}{}", cat.t("rules-col-id"), entry.id)));
    said
}

/// What a rule says, whole, its table, and how sure its source is: for below a list.
pub fn rule_short(cat: &Catalogue, line: &RuleLine) -> Vec<String> {
    let sure = line.certainty.map(|certainty| match certainty.code() {
        "V" => "certainty-read",
        "E" => "certainty-excerpt",
        "M" => "certainty-memory",
        _ => "certainty-default",
    });
    let sure =
        sure.zip(line.certainty).map(|(key, certainty)| format!("{}: {}", certainty.code(), cat.t(key)));
    let behind: Vec<String> = [own_file(cat, &line.file)].into_iter().chain(sure).collect();
    vec![rule_title(cat, line), behind.join("  ")]
}

/// Where the rules say something else than an example expects.
pub fn difference(cat: &Catalogue, difference: &Difference) -> String {
    let (key, rule, wanted, is) = match difference {
        Difference::Missing(rule) => ("cli-rules-missing", rule, None, None),
        Difference::Unexpected(rule) => ("cli-rules-unexpected", rule, None, None),
        Difference::Day { rule, begins: true, wanted, is } => ("cli-rules-begins", rule, Some(wanted), *is),
        Difference::Day { rule, begins: false, wanted, is } => ("cli-rules-ends", rule, Some(wanted), *is),
    };
    let never = word(cat, "cli-rules-never");
    let day = |day: Option<NaiveDate>| day.map_or(never.clone(), |day| day.to_string());
    let args =
        [("rule", rule.as_str().into()), ("wanted", day(wanted.copied()).into()), ("is", day(is).into())];
    cat.tn(key, &args).into_owned()
}
