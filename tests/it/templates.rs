//! A site's forms, rules, manual and directory go to another site, and nobody's name goes with them.

use crate::registers::{House, add, choice, register};
use crate::station::Home;
use std::path::{Path, PathBuf};
use std::{fs, sync::Arc};
use tonghu::domain::forms::{agency, child, volunteer};
use tonghu::domain::{Fields, RecordKind};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;

const DEADLINES: &str = "practice/aid.toml";
const PAGE: &str = "manual/own-page.md";

fn ask(desk: &Desk, ask: TemplateAsk) -> Result<TemplateAnswer, Refusal> {
    match desk.ask(Request::Template(ask))? {
        Answer::Template(answer) => Ok(answer),
        other => panic!("{other:?}"),
    }
}

fn export(desk: &Desk, to: &Path, anyway: bool) -> Result<(usize, usize), Refusal> {
    match ask(desk, TemplateAsk::Export { to: to.to_owned(), anyway })? {
        TemplateAnswer::Exported { files, agencies, .. } => Ok((files, agencies)),
        other => panic!("{other:?}"),
    }
}

fn import(desk: &Desk, from: &Path, take: bool) -> Result<TemplateLook, Refusal> {
    match ask(desk, TemplateAsk::Import { from: from.to_owned(), take })? {
        TemplateAnswer::Looked(look) => Ok(look),
        other => panic!("{other:?}"),
    }
}

fn put(house: &House, name: &str, text: &str) {
    let path = house.dir().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(house: &House, name: &str) -> String {
    fs::read_to_string(house.dir().join(name)).unwrap()
}

fn page(text: &str) -> String {
    format!("# 本站的一页\n\n{text}\n")
}

/// A site with a rule, a page, a field and two agencies of its own.
fn site(house: &House) -> Arc<Desk> {
    let desk = house.station();
    add(&desk, RecordKind::Volunteer, Fields::default().with(volunteer::NAME, "何秀兰")).unwrap();
    for (name, service) in [("石门镇卫生院", "康复训练"), ("县残联", "康复训练"), ("青苗社工站", "课后辅导")]
    {
        let fields = Fields::default()
            .with(agency::NAME, name)
            .with(agency::KIND, choice(if service == "课后辅导" { "social" } else { "health" }))
            .with(agency::SERVICE, service)
            .with(agency::PERSON, "韩冰")
            .with(agency::PHONE, "10012345678");
        add(&desk, RecordKind::Agency, fields).unwrap();
    }
    put(house, DEADLINES, "repeat-days = 60\n");
    put(house, PAGE, &page("先问孩子。"));
    put(
        house,
        "fields.toml",
        "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"宗族\"\n",
    );
    desk
}

/// A file as a station writes it, with another body or version.
fn handed(house: &House, version: u32, body: &str) -> PathBuf {
    let hash = blake3::hash(body.as_bytes()).to_hex();
    let head = format!("{{\"format\":\"tonghu-template\",\"version\":{version},\"blake3\":\"{hash}\"}}\n");
    let path = house.dir().join("in.json");
    fs::write(&path, head + body).unwrap();
    path
}

fn fault(refusal: Refusal) -> TemplateFault {
    match refusal {
        Refusal::Template(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_site_gets_forms_rules_manual_and_kinds_of_help_and_nobody_with_them() {
    let (house, there) = (House::new(), House::new());
    let desk = site(&house);
    let file = house.dir().join("out.json");
    assert_eq!(export(&desk, &file, false).unwrap(), (3, 2));
    let text = fs::read_to_string(&file).unwrap();
    for told in ["石门", "韩冰", "10012345678", "县残联", "青苗", "何秀兰"] {
        assert!(!text.contains(told), "{told} is in {text}");
    }

    let desk = there.station();
    put(&there, DEADLINES, "repeat-days = 10\n");
    let look = import(&desk, &file, false).unwrap();
    let files: Vec<_> = look.files.iter().map(|(name, coming)| (name.as_str(), *coming)).collect();
    let expected = [("fields.toml", Coming::New), (PAGE, Coming::New), (DEADLINES, Coming::Changed)];
    assert_eq!((files, look.agencies, look.taken), (expected.to_vec(), 2, false));
    assert_eq!(read(&there, DEADLINES), "repeat-days = 10\n", "a look writes nothing");

    let look = import(&desk, &file, true).unwrap();
    assert_eq!(read(&there, DEADLINES), "repeat-days = 60\n");
    assert_eq!(read(&there, PAGE), page("先问孩子。"));
    assert!(look.taken);
    assert_eq!(read(&there, &format!("kept/old/{DEADLINES}.1")), "repeat-days = 10\n", "the old one is kept");
    let agencies = register(&desk, RecordKind::Agency);
    let names: Vec<&str> = agencies.iter().map(|line| line.record.fields.text(&agency::NAME)).collect();
    assert_eq!((names.len(), names.contains(&"课后辅导")), (2, true), "{names:?}");
    assert!(agencies.iter().all(|line| line.record.fields.get(&agency::PHONE).is_none()));
    let again = import(&desk, &file, true).unwrap();
    assert!(!again.changes() && !again.taken, "all is there already: {again:?}");
    drop(desk);
    let desk = there.reopen();
    let Answer::Station(station) = desk.ask(Request::Station).unwrap() else { panic!() };
    assert_eq!(station.warnings, []);
    assert!(station.form("child").unwrap().fields.iter().any(|field| field.id.as_str() == "x-clan"));
}

#[test]
fn a_page_that_names_somebody_stops_the_template_and_a_place_asks_first() {
    let house = House::new();
    let desk = site(&house);
    let (file, child) = (house.dir().join("out.json"), Fields::default().with(child::NAME, "王晓明"));
    let child = child.with(child::VILLAGE, "石门村");
    add(&desk, RecordKind::Child, child).unwrap();
    let doubt = |line, tells| Doubt { file: PAGE.to_owned(), line, tells };
    for (text, tells) in [
        ("志愿者何秀兰去过。", Tells::Volunteer),
        ("例如王晓明。", Tells::OtherChild),
        ("打电话100 1234 5678。", Tells::Phone),
    ] {
        put(&house, PAGE, &page(text));
        for anyway in [false, true] {
            let refused = fault(export(&desk, &file, anyway).unwrap_err());
            assert_eq!(refused, TemplateFault::Doubts(vec![doubt(3, tells)]), "{text}");
        }
    }
    put(&house, PAGE, &page("在石门村先找村医。2020年起，8岁以上要问本人，热线12345。"));
    let refused = fault(export(&desk, &file, false).unwrap_err());
    assert_eq!(refused, TemplateFault::Doubts(vec![doubt(3, Tells::Place)]));
    assert!(!file.exists());
    export(&desk, &file, true).unwrap();
    assert!(file.exists());
}

#[test]
fn a_template_that_is_newer_or_has_a_bad_rule_is_refused_with_file_line_and_reason_and_nothing_is_written() {
    let house = House::new();
    let desk = site(&house);
    let before = (read(&house, DEADLINES), read(&house, PAGE), read(&house, "fields.toml"));
    let newer = handed(&house, 2, "whatever a newer one has");
    let refused = fault(import(&desk, &newer, true).unwrap_err());
    assert_eq!(refused, TemplateFault::File(HandoutFault::Newer { version: 2 }));
    for (name, text, line) in [
        (DEADLINES, "# 一行\\nrepeat-days = \\\"x\\\"\\n", 2),
        ("practice/deadlines.toml", "[[rule]]\\nid = \\\"a b\\\"\\nnonsense = 1\\n", 3),
        ("practice/triage.toml", "\\n\\nno table\\n", 3),
        ("practice/days/2030.toml", "year = \\\"x\\\"\\n", 1),
    ] {
        let body = format!(
            "{{\"files\":{{\"{PAGE}\":\"# 别的\\n\\n别的\\n\",\"{name}\":\"{text}\"}},\"directory\":[{{\"kind\":\"health\",\"service\":\"新的\"}}]}}"
        );
        match fault(import(&desk, &handed(&house, 1, &body), true).unwrap_err()) {
            TemplateFault::Wrong(OwnFault::Rule(fault)) => {
                assert_eq!((fault.file.as_str(), fault.line), (name, line))
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    let field = "{\"files\":{\"fields.toml\":\"[[field]]\\nform = \\\"nothing\\\"\\n\"}}";
    let refused = fault(import(&desk, &handed(&house, 1, field), true).unwrap_err());
    assert!(matches!(refused, TemplateFault::Wrong(OwnFault::Field(_))), "{refused:?}");
    assert_eq!((read(&house, DEADLINES), read(&house, PAGE), read(&house, "fields.toml")), before);
    assert!(!house.dir().join("practice/deadlines.toml").exists() && !house.dir().join("kept/old").exists());
    assert!(!house.dir().join("template.part").exists(), "what was tried out is gone");
    assert_eq!(register(&desk, RecordKind::Agency).len(), 3, "nor was anything added to the directory");
}

#[test]
fn no_template_reaches_out_of_the_folder_or_brings_what_is_none() {
    let house = House::new();
    let desk = house.station();
    for name in [
        "../evil.toml",
        "/etc/passwd",
        "practice/../../x.toml",
        "practice/a/b.toml",
        "manual/.md",
        "manual/a.b.md",
        "keyring",
        "store",
        "practice/.toml",
        "settings.toml",
    ] {
        let body = format!("{{\"files\":{{\"{name}\":\"\"}}}}");
        let refused = fault(import(&desk, &handed(&house, 1, &body), true).unwrap_err());
        assert_eq!(refused, TemplateFault::Name, "{name}");
    }
    for help in [
        "{\"kind\":\"nothing\",\"service\":\"a\"}".to_owned(),
        "{\"kind\":\"health\",\"service\":\"\"}".to_owned(),
        "{\"kind\":\"health\",\"service\":\"a\\u001b[2J\"}".to_owned(),
        format!("{{\"kind\":\"health\",\"service\":\"{}\"}}", "长".repeat(201)),
    ] {
        let body = format!("{{\"files\":{{}},\"directory\":[{help}]}}");
        let refused = fault(import(&desk, &handed(&house, 1, &body), true).unwrap_err());
        assert_eq!(refused, TemplateFault::Agency(1), "{help}");
    }
}

/// What the windows say on the way, in a language.
struct Said {
    lang: Lang,
    give: &'static str,
    names_somebody: &'static str,
    names_a_place: &'static str,
    given: &'static str,
    there_already: &'static str,
    take: &'static str,
    no_file: &'static str,
    would_change: [&'static str; 2],
    taken: &'static str,
    nothing_new: &'static str,
}

#[test]
fn at_the_keyboard_a_template_asks_before_a_place_goes_out_and_before_anything_is_replaced() {
    for said in [
        Said {
            lang: Lang::Zh,
            give: "交出模板",
            names_somebody: "服务目录「何秀兰",
            names_a_place: "再按一次回车",
            given: "已写出 3 个文件",
            there_already: "已有同名文件",
            take: "取入模板",
            no_file: "没有这个文件",
            would_change: ["要换的 1 个", "practice/aid.toml"],
            taken: "模板已取入",
            nothing_new: "一样的 3 个",
        },
        Said {
            lang: Lang::En,
            give: "Give a template",
            names_somebody: "directory, \"何秀兰",
            names_a_place: "press Enter again",
            given: "Files: 3",
            there_already: "There is a file of this name",
            take: "Take a template",
            no_file: "There is no such file",
            would_change: ["other than here: 1", "practice/aid.toml"],
            taken: "The template is taken",
            nothing_new: "the same: 3",
        },
    ] {
        a_template_goes_from_window_to_window(&said);
    }
}

fn a_template_goes_from_window_to_window(said: &Said) {
    let (house, there) = (House::new(), House::new());
    let desk = site(&house);
    let face = |desk: Arc<Desk>| Harness::sized(desk, said.lang, crate::fake::now(), (80, 24));
    let file = house.dir().join("site.json");
    let path = file.to_str().unwrap();

    let tutor = Fields::default()
        .with(agency::NAME, "志愿辅导")
        .with(agency::KIND, choice("social"))
        .with(agency::SERVICE, "何秀兰每周来辅导");
    add(&desk, RecordKind::Agency, tutor).unwrap();
    let mut here = face(desk.clone());
    here.press("f2").type_text(said.give).press("enter").sees("tonghu-template-");
    here.press("ctrl-u").type_text(path).press("enter").sees(said.names_somebody);
    here.press("enter").sees(said.names_somebody).press("esc");
    assert!(!file.exists(), "nobody's name goes out, however often one asks");
    drop(here);

    let (house, desk) = {
        let other = House::new();
        let desk = site(&other);
        (other, desk)
    };
    add(
        &desk,
        RecordKind::Child,
        Fields::default().with(child::NAME, "王晓明").with(child::VILLAGE, "石门村"),
    )
    .unwrap();
    put(&house, PAGE, &page("在石门村先找村医。"));
    let mut here = face(desk);
    here.press("f2").type_text(said.give).press("enter ctrl-u").type_text(path).press("enter");
    here.sees("manual/own-page.md").sees(said.names_a_place);
    assert!(!file.exists(), "a place is asked about first");
    here.press("enter").sees(said.given).sees_no("manual/own-page.md");
    assert!(file.exists());
    here.press("f2").type_text(said.give).press("enter ctrl-u").type_text(path).press("enter enter");
    here.sees(said.there_already).press("esc");

    let desk = there.station();
    put(&there, DEADLINES, "repeat-days = 10\n");
    let mut there_face = face(desk);
    there_face.press("f2").type_text(said.take).press("enter");
    there_face.type_text("/nowhere/site.json").press("enter").sees(said.no_file);
    there_face.press("ctrl-u").type_text(path).press("enter");
    there_face.sees(said.would_change[0]).sees(said.would_change[1]);
    assert_eq!(read(&there, DEADLINES), "repeat-days = 10\n", "a look writes nothing");
    there_face.press("enter").sees(said.taken);
    assert_eq!(read(&there, DEADLINES), "repeat-days = 60\n");
    there_face.press("f2").type_text(said.take).press("enter").type_text(path).press("enter");
    there_face.sees(said.nothing_new).press("esc").sees_no(said.nothing_new);
}

#[test]
fn at_the_shell_a_template_and_precedents_are_looked_at_before_they_are_taken() {
    let (here, there) = (Home::with_station(), Home::with_station());
    fs::create_dir_all(here.data().join("practice")).unwrap();
    fs::write(here.data().join(DEADLINES), "repeat-days = 60\n").unwrap();
    let said = here.signed_in("--lang en template export site.json").done();
    assert!(said.contains("Files: 1, kinds of help: 0"), "{said}");
    fs::copy(here.path("site.json"), there.path("site.json")).unwrap();
    let said = there.signed_in("--lang en template import site.json").done();
    assert!(said.contains("new      practice/aid.toml") && said.contains("Add --yes"), "{said}");
    assert!(!there.data().join(DEADLINES).exists());
    let took = there.signed_in("template import site.json --yes --json").json();
    assert_eq!((took["taken"].as_bool(), took["files"][0]["is"].as_str()), (Some(true), Some("new")));
    assert!(there.data().join(DEADLINES).exists());
    there
        .signed_in("--lang en precedent export out.json")
        .refused(1, &["was let go yet", "no file was written"]);
    there.signed_in("--lang en precedent import site.json").refused(1, &["not of this kind"]);
    there.signed_in("--lang zh precedent import nowhere.json").refused(1, &["没有这个文件"]);
    there.write("new.json", "{\"format\":\"tonghu-precedents\",\"version\":9,\"blake3\":\"\"}\n{}");
    there.signed_in("--lang zh precedent import new.json").refused(1, &["格式 9", "先更新本程序"]);
}
