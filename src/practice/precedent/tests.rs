use super::*;

#[test]
fn the_table_ships_whole_and_a_station_changes_what_it_says_and_adds_words() {
    let core = Precedents::core().unwrap();
    assert!(core.weights.category > core.weights.sex && core.few == 5);
    let own = "[weights]\ncategory = 9\n[few]\nchildren = 3\n[words]\ntitles = [\"幺爸\"]\n";
    let station = Precedents::of_station(Some(own)).unwrap();
    assert_eq!((station.weights.category, station.weights.age, station.few), (9, core.weights.age, 3));
    assert!(station.titles.len() == core.titles.len() + 1 && station.neutral == core.neutral);
    let fault = Precedents::of_station(Some("[weights]\ncolour = 1\n")).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.line), ("precedents.toml", 2));
}

#[test]
fn a_neutral_word_speaks_the_language_of_its_line_and_holds_its_numbers() {
    let table = Precedents::core().unwrap();
    assert_eq!(table.neutral("child", true, &[]), "[孩子]");
    assert_eq!(table.neutral("month", true, &[3]), "[第3个月]");
    assert_eq!(table.neutral("age", false, &[6, 8]), "[aged 6 to 8]");
}

#[test]
fn bands_begin_where_they_say() {
    assert_eq!(
        [2, 3, 8, 9, 17, 18, 400].map(age_band),
        ["0-2", "3-5", "6-8", "9-11", "15-17", "18-up", "18-up"]
    );
    assert_eq!([1, 2, 5, 6, 20, 21].map(times), ["once", "few", "few", "some", "some", "many"]);
    assert_eq!(
        [0, 2, 3, 6, 12, 23, 24].map(length)[2..],
        ["from-3", "from-6", "from-12", "from-12", "from-24"]
    );
}

#[test]
fn what_two_children_have_in_common_is_weighed_and_named_and_nothing_known_is_like_nothing() {
    let weights = Precedents::core().unwrap().weights;
    let codes = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect();
    let one = Profile {
        sex: "f".into(),
        age: "9-11".into(),
        categories: codes(&["prisoner", "poverty"]),
        circumstances: codes(&["prison"]),
        lives: "kin".into(),
        risk: "high".into(),
    };
    let (sum, why) = likeness(&one, &one, &weights);
    assert_eq!(sum, 5 + 5 + 4 + 3 + 3 + 2 + 1);
    assert_eq!(why.len(), 7);
    assert!(matches!(why[0], Like::Category(_)) && matches!(why[6], Like::Sex(_)), "the weightiest first");
    let other = Profile { categories: codes(&["poverty"]), ..Profile::default() };
    assert_eq!(likeness(&one, &other, &weights), (5, vec![Like::Category("poverty".into())]));
    assert_eq!(likeness(&Profile::default(), &Profile::default(), &weights), (0, vec![]));
}
