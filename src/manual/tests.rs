use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual")
}

/// The ids of the files of a language.
fn files(lang: Lang) -> BTreeSet<String> {
    let names = fs::read_dir(assets().join(lang.tag())).unwrap();
    let names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(".md").unwrap_or_else(|| panic!("{name}")).to_owned()).collect()
}

fn ids() -> Vec<&'static str> {
    Manual::core().all().iter().map(|page| page.id.as_str()).collect()
}

#[test]
fn every_page_of_the_index_is_written_in_both_languages_and_no_other() {
    let ids = ids();
    assert!(ids.len() >= 30, "{}", ids.len());
    let known: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for lang in Lang::ALL {
        assert_eq!(files(lang), known, "{}", lang.tag());
    }
}

#[test]
fn every_page_is_of_the_markdown_that_is_read() {
    for (lang, id) in Lang::ALL.into_iter().flat_map(|lang| files(lang).into_iter().map(move |id| (lang, id)))
    {
        let source = fs::read_to_string(assets().join(lang.tag()).join(format!("{id}.md"))).unwrap();
        let text = read(&source).unwrap_or_else(|slip| panic!("{} {id}: {slip}", lang.tag()));
        assert!(text.blocks.len() > 5, "{id}");
        for sign in ["**", "`", "]("] {
            assert!(!source.contains(sign), "{} {id}: {sign}", lang.tag());
        }
        assert_eq!(Manual::core().page(&id).unwrap().text(lang), &text);
    }
}

#[test]
fn the_languages_of_a_page_have_as_many_sections() {
    for page in Manual::core().all() {
        let sections =
            |lang| page.text(lang).blocks.iter().filter(|block| block.mark == Mark::Heading).count();
        assert_eq!(sections(Lang::Zh), sections(Lang::En), "{}", page.id);
    }
}

/// The head of the index tells what the steps are; the table, where they are taken.
#[test]
fn the_steps_of_the_pages_of_the_head_and_of_the_table_are_the_same() {
    let table: BTreeSet<&str> = STEPS.iter().map(|(step, _)| *step).collect();
    assert_eq!(table.len(), STEPS.len(), "a step stands twice");
    for page in Manual::core().all() {
        for step in &page.steps {
            assert!(table.contains(step.as_str()), "{}: no such step: {step}", page.id);
        }
    }
    for step in &table {
        assert!(Manual::core().of_step(step).next().is_some(), "no page is opened from {step}");
        let told = INDEX.lines().any(|line| {
            let named = line.trim_start_matches("# ").split(' ').next() == Some(step);
            named
                || step
                    .strip_prefix("category-")
                    .is_some_and(|code| line.starts_with('#') && line.contains(code))
        });
        assert!(told, "the head of pages.toml does not tell what {step} is");
    }
}

#[test]
fn a_place_opens_its_first_step_first() {
    let places = ["contact visit".to_owned(), "form contact".to_owned()];
    let pages = Manual::core().of_steps(&at(&places));
    let ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(ids, ["first-visit", "talking-with-a-child", "good-notes"]);
    assert!(at(&["form nothing".to_owned()]).is_empty());
}

#[test]
fn a_text_is_read_block_by_block() {
    let text = read("\u{feff}# 大雪封山怎么走访\n\n先打电话\n问路。\nAsk\nfirst.\n\n## 带什么\n- 手电\n\n12. 第十二\n> 「路滑，明天再来。」\n").unwrap();
    assert_eq!(text.title, "大雪封山怎么走访");
    let blocks: Vec<(Mark, &str)> =
        text.blocks.iter().map(|block| (block.mark.clone(), block.text.as_str())).collect();
    let item = |mark: &str| Mark::Item(mark.to_owned());
    assert_eq!(
        blocks,
        [
            (Mark::Paragraph, "先打电话问路。Ask first."),
            (Mark::Heading, "带什么"),
            (item("-"), "手电"),
            (item("12."), "第十二"),
            (Mark::Say, "「路滑，明天再来。」"),
        ]
    );
}

#[test]
fn what_is_not_understood_is_told_with_its_line() {
    for (source, line, slip) in [
        ("", 1, Slip::NoTitle),
        ("\nbegins with text\n", 2, Slip::NoTitle),
        ("## no title\n", 1, Slip::NoTitle),
        ("# a\n\n# b\n", 3, Slip::SecondTitle),
        ("# a\n### b\n", 2, Slip::Heading),
        ("# a\n##b\n", 2, Slip::Heading),
        ("# a\n\n* b\n", 3, Slip::Sign),
        ("# a\n| b |\n", 2, Slip::Sign),
        ("# a\n```\n", 2, Slip::Sign),
        ("# a\nb\u{1b}[31mc\n", 2, Slip::Control),
    ] {
        assert_eq!(read(source).unwrap_err(), Misprint { line, slip }, "{source:?}");
    }
}

#[test]
fn a_page_is_found_by_words_that_all_stand_in_it_and_by_the_pinyin_of_its_title() {
    let core = Manual::core();
    let first = |lang, words: &str| core.find(lang, words).first().map(|hit| hit.page.id.clone());
    assert_eq!(first(Lang::En, "Activities"), Some("activities".into()));
    assert_eq!(first(Lang::En, "activities GROUPS"), Some("activities".into()));
    assert_eq!(first(Lang::Zh, "寄养"), Some("foster-and-kinship".into()));
    let title = &core.page("activities").unwrap().text(Lang::Zh).title;
    assert_eq!(first(Lang::Zh, title), Some("activities".into()));
    assert!(core.find(Lang::Zh, "hd").iter().any(|hit| hit.page.id == "activities"), "{title}");
    let hits = core.find(Lang::En, "first-aid horseshoe");
    assert!(hits.is_empty(), "one of the words stands nowhere");
    let hits = core.find(Lang::En, "first-aid clinic");
    let hit = hits.iter().find(|hit| hit.page.id == "activities").unwrap();
    let line = hit.line.as_ref().unwrap();
    assert!(line.text.contains("First-aid bag") && !line.marks.is_empty(), "{line:?}");
    assert_eq!(core.find(Lang::En, "").len(), core.all().len());
    assert_eq!(first(Lang::Zh, "keys-and-backups"), Some("keys-and-backups".into()));
}

#[test]
fn a_stations_page_replaces_that_of_the_program_in_its_place_and_a_new_one_comes_last() {
    let own = |id: &str| (id.to_owned(), read("# 我们的做法\n\n先打电话。\n").unwrap());
    let manual = Manual::of_station([own("first-visit"), own("大雪")]);
    let at = |manual: &Manual, id: &str| manual.all().iter().position(|page| page.id == id);
    assert_eq!(at(&manual, "first-visit"), at(Manual::core(), "first-visit"));
    let page = manual.page("first-visit").unwrap();
    assert!(page.own && page.sources.is_empty() && page.part == Part::Process);
    assert_eq!(page.text(Lang::En).title, "我们的做法");
    assert_eq!(manual.of_step("visit").next().unwrap().id, "first-visit");
    let added = manual.all().last().unwrap();
    assert_eq!((added.id.as_str(), added.part, added.own), ("大雪", Part::Own, true));
    assert_eq!(manual.all().len(), Manual::core().all().len() + 1);
    assert_eq!(Part::ALL.len(), 4);
}
