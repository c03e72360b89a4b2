use super::*;
use crate::domain::forms;
use proptest::prelude::*;

fn read(text: &str) -> Result<Vec<Extra>, Vec<Misprint>> {
    parse(text, &forms::all())
}

fn mistakes(text: &str) -> Vec<(usize, Mistake)> {
    read(text).unwrap_err().into_iter().map(|misprint| (misprint.line, misprint.mistake)).collect()
}

const CLAN: &str = r#"# our fields
[[field]]
form = "child"
id = "x-clan"
kind = "choice"
zh = "宗族"
en = "Clan"
help-zh = "按村里的叫法"
section = "more"
columns = ["宗族"]
choices = [{ code = "upper", zh = "上房", en = "Upper" }, { code = "lower", zh = "下房" }]

[[field]]
form = "child"
id = "x-elder"
kind = "line"
max = 40
need = "expected"
zh = "族中长辈"
personal = true
shown-when = { field = "x-clan", is = ["upper"] }

[[field]]
form = "contact"
id = "x-road"
kind = "number"
min = 1
max = 5
en = "Road"
"#;

#[test]
fn a_station_adds_its_own_fields() {
    let extras = read(CLAN).unwrap();
    let mut forms = forms::all();
    extend(&mut forms, &extras);

    let child = forms.iter().find(|form| form.id == "child").unwrap();
    let clan = child.field(&FieldId::new("x-clan")).unwrap();
    let FieldKind::One(choices) = &clan.kind else {
        panic!("a choice");
    };
    assert_eq!(choices.codes, ["upper", "lower"]);
    assert_eq!(choices.own[1], ("下房".to_owned(), "下房".to_owned()), "one language serves for both");
    let at = |id: &str| child.fields.iter().position(|field| field.id.as_str() == id).unwrap();
    assert_eq!(at("x-clan"), at("remarks") + 1, "behind the last field of its section");

    let elder = child.field(&FieldId::new("x-elder")).unwrap();
    assert_eq!((elder.need, elder.section.as_ref(), elder.personal), (Need::Expected, SECTION, true));
    assert_eq!(elder.when, Some(Condition::Is(FieldId::new("x-clan"), vec!["upper".into()])));

    let contact = forms.iter().find(|form| form.id == "contact").unwrap();
    let road = contact.field(&FieldId::new("x-road")).unwrap();
    assert_eq!(road.kind, FieldKind::Number { min: 1, max: 5 });
    assert!(matches!(&road.label, Label::Own { zh, en, .. } if zh == "Road" && en == "Road"));
}

#[test]
fn extending_twice_adds_nothing_twice() {
    let extras = read(CLAN).unwrap();
    let mut once = forms::all();
    extend(&mut once, &extras);
    let mut twice = once.clone();
    extend(&mut twice, &extras);
    assert_eq!(once, twice);
}

#[test]
fn an_empty_file_adds_nothing() {
    assert_eq!(read("# nothing yet\n"), Ok(vec![]));
}

#[test]
fn a_mistake_in_the_toml_has_its_line() {
    let found = mistakes("[[field]]\nform = \"child\"\nid = \n");
    assert!(matches!(&found[..], [(3, Mistake::Syntax(_))]), "{found:?}");
    let found = mistakes("[[field]]\nform = \"child\"\nid = \"x-a\"\nkind = \"line\"\ncolour = 1\n");
    assert!(matches!(&found[..], [(5, Mistake::Syntax(_))]), "{found:?}");
}

#[test]
fn every_other_mistake_is_named_at_once_with_its_line() {
    let text = r#"[[field]]
form = "child"
id = "clan"
kind = "line"
max = 0
zh = "宗族"

[[field]]
form = "visit"
id = "x-a"
kind = "line"
zh = "甲"

[[field]]
form = "child"
id = "x-b"
kind = "colour"
need = "wanted"
section = "standing-orders"

[[field]]
form = "child"
id = "x-c"
kind = "choice"
zh = "丙"

[[field]]
form = "child"
id = "x-d"
kind = "choices"
zh = "丁"
choices = [{ code = "a", zh = "一" }, { code = "a", zh = "二" }, { code = "B", zh = "三" }]

[[field]]
form = "child"
id = "x-e"
kind = "date"
zh = "戊"
min = 3
shown-when = { field = "sex", is = ["x"] }

[[field]]
form = "child"
id = "x-f"
kind = "number"
zh = "己"
min = 3
max = 2
shown-when = { field = "x-g" }
"#;
    let expected = [
        (3, Mistake::Id("clan".to_owned())),
        (5, Mistake::Bounds { most: LONGEST_LINE }),
        (9, Mistake::Form("visit".to_owned())),
        (14, Mistake::NoLabel),
        (17, Mistake::Kind("colour".to_owned())),
        (18, Mistake::Need("wanted".to_owned())),
        (19, Mistake::Section("standing-orders".to_owned())),
        (21, Mistake::NoChoices),
        (32, Mistake::ChoiceCode("a".to_owned())),
        (32, Mistake::ChoiceCode("B".to_owned())),
        (39, Mistake::NotForKind("min")),
        (40, Mistake::ShownWhenCode { field: "sex".to_owned(), code: "x".to_owned() }),
        (48, Mistake::Bounds { most: LONGEST_NOTES }),
        (49, Mistake::ShownWhen("x-g".to_owned())),
    ];
    assert_eq!(mistakes(text), expected);
}

#[test]
fn an_id_is_there_once_in_a_form() {
    let one = "[[field]]\nform = \"child\"\nid = \"x-a\"\nkind = \"yes\"\nzh = \"甲\"\n";
    assert_eq!(mistakes(&one.repeat(2)), [(8, Mistake::TwiceId("x-a".to_owned()))]);
    assert!(read(&format!("{one}{}", one.replace("child", "note"))).is_ok(), "another form is another field");
}

#[test]
fn sixty_fields_are_enough() {
    let some = |count: usize| {
        (0..count).fold(String::new(), |text, at| {
            text + &format!("[[field]]\nform = \"child\"\nid = \"x-{at}\"\nkind = \"yes\"\nzh = \"甲\"\n")
        })
    };
    assert_eq!(read(&some(60)).unwrap().len(), 60);
    assert_eq!(mistakes(&some(62)), [(301, Mistake::TooMany)]);
}

#[test]
fn the_stations_own_record_is_not_a_form_to_extend() {
    let text = "[[field]]\nform = \"station\"\nid = \"x-a\"\nkind = \"yes\"\nzh = \"甲\"\n";
    assert_eq!(mistakes(text), [(2, Mistake::Form("station".to_owned()))]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(cut in 0usize..700, put in "\\PC{0,6}") {
        let at = (0..=cut.min(CLAN.len())).rev().find(|at| CLAN.is_char_boundary(*at)).unwrap();
        let _ = read(&format!("{}{put}{}", &CLAN[..at], &CLAN[at..]));
        let _ = read(&format!("{}{put}", &CLAN[..at]));
    }
}
