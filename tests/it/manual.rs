//! The manual: read at the step where one is, searched, at the shell, and with pages of the station's own.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tonghu::domain::Fields;
use tonghu::domain::forms::child;
use tonghu::i18n::Lang;
use tonghu::manual::{Manual, STEPS};
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::practice::flags::{FlagRules, read_facts};
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::ManualAt;
use tonghu::vault::Passphrase;

use crate::at_door::{door, morning};
use crate::fake::{FakeOffice, case_file, now, open_file, open_file_sized, today, visit};
use crate::station::Home;

fn with_file() -> Arc<FakeOffice> {
    FakeOffice::with(|inside| inside.file = Some(case_file()))
}

#[test]
fn whoever_writes_down_a_visit_reads_how_and_goes_on_with_what_is_typed() {
    let mut harness = visit(&with_file());
    harness.press("ctrl-n").sees("手册 - 第一次上门").sees("这一步还有：和孩子说话、写好记录");
    harness.press("tab").sees("手册 - 和孩子说话").press("shift-tab").sees("手册 - 第一次上门");
    harness.press("end").sees("依据").sees("100%");
    harness.press("esc").sees("王小明").sees_no("手册 - ");
    harness.press("shift-tab ctrl-u").type_text("昨天").sees("[昨天");
    harness.press("ctrl-n").sees("第一次上门").press("esc").sees("[昨天");
}

#[test]
fn a_file_opens_the_page_of_the_step_its_case_is_at_and_tells_the_pages_of_its_categories() {
    for (lang, plan, prison) in [
        (Lang::Zh, "服务计划和目标", "父母在服刑的孩子"),
        (Lang::En, "The service plan and its goals", "Children whose parent is in prison"),
    ] {
        let mut harness = open_file_sized(&with_file(), lang, (80, 24));
        harness.press("ctrl-n").sees(plan).sees(prison);
        harness.press("esc ctrl-t ctrl-n").sees(plan).sees_no(prison);
        harness.press("esc ctrl-t right i").sees_no(plan);
        let page = Manual::core().of_step("member").next().unwrap();
        harness.sees(&page.text(lang).title);
    }
}

#[test]
fn help_names_the_page_and_its_key() {
    let mut harness = visit(&with_file());
    harness.press("f1").sees("Ctrl-N 手册：第一次上门").press("ctrl-n").sees("手册 - 第一次上门");
    harness.press("esc esc").sees("[");
}

#[test]
fn a_rules_window_opens_the_page_that_the_rule_names() {
    let facts = r#"{"birth": "2016-05-01", "parents": [{"circumstance": "dead"}, {"circumstance": "out-of-contact", "reported": "2025-12-01"}]}"#;
    let facts = read_facts(&serde_json::from_str(facts).unwrap(), today()).unwrap();
    let rules = FlagRules::core().unwrap();
    let look = rules.look(&facts, today());
    let flag = look.flags.iter().find(|flag| flag.rule.page.as_deref() == Some("unattended-papers")).unwrap();
    let line = FlagLine {
        rule: flag.rule.id.clone(),
        grade: flag.rule.grade,
        about: None,
        now: flag.now,
        span: flag.span,
        text: flag.rule.text.clone(),
        act: flag.rule.act.clone(),
        source: flag.rule.source.clone(),
        certainty: flag.rule.certainty,
        page: flag.rule.page.clone(),
        because: vec![],
        overruled: None,
    };
    let office = FakeOffice::with(|inside| {
        let mut file = case_file();
        file.flags = vec![line];
        inside.file = Some(file);
    });
    let title = &Manual::core().page("unattended-papers").unwrap().text(Lang::Zh).title;
    let mut harness = open_file(&office);
    harness.press("home enter").sees(&format!("Ctrl-N 手册：{title}"));
    harness.press("i").sees(&format!("手册 - {title}")).press("esc").sees("Ctrl-N 手册：");
}

#[test]
fn every_page_is_in_the_list_and_opens_at_every_size() {
    for lang in Lang::ALL {
        for size in [(80, 24), (60, 18), (132, 43)] {
            let mut harness = Harness::sized(FakeOffice::new(), lang, now(), size);
            harness.press("i ctrl-n");
            for page in Manual::core().all() {
                harness.press("ctrl-u").paste(&page.id).press("enter");
                harness.sees(&page.text(lang).title).press("end esc");
            }
        }
    }
}

#[test]
fn a_page_is_found_by_words_of_its_text_and_by_the_pinyin_of_its_title() {
    let mut harness = Harness::new(FakeOffice::new(), Lang::Zh, now());
    harness.press("f4 i").sees("手册 - 一天、一周、一年").press("ctrl-n").sees("这一步").sees("服务模式");
    harness.type_text("qzbg").press("enter").sees("手册 - 强制报告").press("esc").sees("qzbg");
    harness.press("ctrl-u").type_text("手电筒 海马").sees("没有这样的页");
    harness.press("ctrl-u").type_text("急救包").sees("活动").press("enter").sees("急救包");
    harness.press("esc esc").sees("我的 [全站]");
}

#[test]
fn every_form_and_category_of_the_program_has_a_page_or_none_on_purpose() {
    let places: Vec<&str> = STEPS.iter().flat_map(|(_, places)| places.iter().copied()).collect();
    for form in tonghu::domain::forms::all().iter().filter(|form| form.id != "case") {
        let place = format!("form {}", form.id);
        assert!(ManualAt::of([place.clone()]).page().is_some(), "{place}");
    }
    for code in tonghu::domain::forms::CATEGORIES {
        assert!(ManualAt::of([format!("category {code}")]).page().is_some(), "{code}");
    }
    for place in places {
        let (kind, name) = place.split_once(' ').unwrap();
        let known = match kind {
            "form" => tonghu::domain::forms::all().iter().any(|form| form.id == name),
            "category" => tonghu::domain::forms::CATEGORIES.contains(&name),
            _ => ["contact", "act", "case", "tab", "screen"].contains(&kind),
        };
        assert!(known, "{place}");
    }
}

#[test]
fn every_rule_that_names_a_page_names_one_that_there_is() {
    for rule in FlagRules::core().unwrap().all() {
        let Some(page) = &rule.page else { continue };
        assert!(Manual::core().page(page).is_some(), "{}: {page}", rule.id);
    }
}

const OWN: &str = "# 大雪封山怎么走访\n\n先打电话给村主任。\n\n- 带手电\n";

fn write_pages(data: &Path) {
    let pages = data.join("manual");
    fs::create_dir_all(&pages).unwrap();
    fs::write(pages.join("first-visit.md"), "# 我们怎么上门\n\n奶奶说不用来了，也去。\n").unwrap();
    fs::write(pages.join("大雪.md"), OWN).unwrap();
    fs::write(pages.join("referral.md"), "# 转介\n\n### 三级标题\n").unwrap();
    fs::write(pages.join("consent.md"), vec![b'a'; (64 << 10) + 1]).unwrap();
    fs::write(pages.join("notes.txt"), "not a page").unwrap();
}

/// A station with pages of its own, and somebody for remote support.
fn station(data: &Path) -> Arc<Desk> {
    let child = Fields::default().with(child::NAME, "王小明");
    let lead = demo(data, Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap();
    let passphrase = Passphrase::typed("a key under the mat");
    let admission = Admission { login: "fix".into(), name: "远程".into(), role: Role::Support, passphrase };
    lead.ask(Request::Admit(admission)).unwrap();
    write_pages(data);
    lead
}

#[test]
fn a_stations_own_pages_stand_in_the_manual_and_what_is_wrong_with_one_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let lead = station(dir.path());
    let mut harness = Harness::new(lead, Lang::Zh, morning());
    harness
        .press("ctrl-n ctrl-n")
        .sees("manual/referral.md 第3行")
        .sees("manual/consent.md：文件超过 64 KiB");
    harness.type_text("上门").sees("我们怎么上门  [本站]").press("enter");
    harness.sees("本站写的一页，代替程序原有的").sees("奶奶说不用来了").press("esc ctrl-u");
    harness
        .type_text("手电")
        .press("enter")
        .sees("大雪封山怎么走访")
        .sees("本站写的一页")
        .press("esc ctrl-u");
    let title = &Manual::core().page("referral").unwrap().text(Lang::Zh).title;
    harness.type_text("referral").press("enter").sees(&format!("手册 - {title}")).sees_no("本站写的");
    harness
        .press("esc ctrl-u page-down page-down page-down page-down")
        .sees("本站自己的")
        .sees("大雪封山怎么走访");

    fs::write(dir.path().join("manual/大雪.md"), OWN.replace("带手电", "带头灯")).unwrap();
    harness.press("esc ctrl-n ctrl-n").type_text("头灯").press("enter").sees("带头灯");
}

#[test]
fn support_reads_the_manual_and_the_faults_are_told_at_sign_in() {
    let dir = tempfile::tempdir().unwrap();
    drop(station(dir.path()));
    let lead = door(dir.path()).unlock(DEMO_LOGIN, &Passphrase::typed(DEMO_PASSPHRASE)).unwrap();
    let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
    assert_eq!(known.warnings.len(), 2, "{:?}", known.warnings);
    drop(lead);
    let fix = door(dir.path()).unlock("fix", &Passphrase::typed("a key under the mat")).unwrap();
    let mut harness = Harness::new(fix, Lang::En, morning());
    harness.press("ctrl-n ctrl-n").type_text("大雪").press("enter").sees("大雪封山怎么走访");
}

#[test]
fn at_the_shell_pages_are_listed_and_the_one_that_fits_is_printed_without_a_passphrase() {
    let home = Home::new();
    for (lang, part, title, words) in [
        ("zh", "服务模式", "第一次上门", "强制报告"),
        ("en", "The model", "The first home visit", "mandatory report"),
    ] {
        let run = |line: &str| home.run(&format!("--lang {lang} manual {line}"));
        let list = run("").done();
        assert!(list.starts_with(part) && list.contains(title), "{list}");
        assert_eq!(list.lines().count(), Manual::core().all().len() + 3);
        let page = run("first-visit").done();
        assert!(page.starts_with(&format!("# {title}\n")), "{page}");
        let report = run(words).done();
        let known = Manual::core().page("mandatory-report").unwrap();
        assert!(report.contains(&known.sources[0]) && report.starts_with("# "), "{report}");
    }
    home.run("manual 海马 手电筒").refused(3, &["手册里没有"]);
    assert!(!home.data().exists(), "no station is made");

    write_pages(&home.data());
    let list = home.run("manual");
    assert_eq!(list.code, 0);
    assert!(list.out.contains("大雪封山怎么走访  [本站]") && list.err.contains("manual/referral.md 第3行"));
    assert_eq!(home.run("manual 大雪").out.trim_end(), OWN.trim_end());
}
