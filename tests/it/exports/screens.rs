//! On the screens: what goes out is chosen there, and where children and deadlines pile up is seen there.

use super::*;
use tonghu::tui::harness::Harness;

fn face(station: &Station, lang: Lang, size: (u16, u16)) -> Harness {
    let office: Arc<dyn Office> = station.desk.clone();
    Harness::sized(office, lang, today().and_hms_opt(9, 0, 0).unwrap(), size)
}

fn by_palette(face: &mut Harness, command: &str) {
    face.press("f2").type_text(command).press("enter");
}

fn files_in(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn tables_go_to_the_folder_that_is_typed_and_it_is_said_where_they_lie() {
    let station = Station::new();
    let folder = station.out.path().to_str().unwrap();
    for (lang, command, title, done) in [
        (Lang::Zh, "导出", "站点统计表", "已存到"),
        (Lang::En, "Export", "The station in tables", "Written to"),
    ] {
        let mut face = face(&station, lang, (80, 24));
        by_palette(&mut face, command);
        face.sees(title).sees("HTML");
        face.press("tab right").sees("XLSX").press("tab tab ctrl-u").type_text(folder).press("enter");
        face.sees(done).sees("tonghu-programme-");
        face.press("enter").sees_no(done);
    }
    let names = ["tonghu-programme-2026-11-23-2.xlsx", "tonghu-programme-2026-11-23.xlsx"];
    assert_eq!(files_in(station.out.path()), names);
}

#[test]
fn in_a_file_the_file_is_what_goes_out_and_discreet_mode_asks_for_the_discreet_variant() {
    let station = Station::new();
    let folder = station.out.path().to_str().unwrap();
    let mut face = face(&station, Lang::Zh, (80, 24));
    face.press("ctrl-t f5 enter y").sees("这个孩子的档案").sees("< 是 >");
    face.press("tab tab tab ctrl-u").type_text(folder).press("enter").sees("已存到");
    let names = files_in(station.out.path());
    assert!(names.len() == 1 && names[0].ends_with("-discreet.html"), "{names:?}");
    face.press("esc").sees_no("已存到");
}

#[test]
fn a_calendar_has_one_format_and_a_stick_is_a_key_away() {
    let station = Station::new();
    let mut face = face(&station, Lang::Zh, (80, 24));
    face.sticks = vec![station.out.path().to_owned(), "/media/second".into()];
    by_palette(&mut face, "导出");
    face.press("right").sees("全站到期事项").sees("ICS").sees_no("HTML");
    face.press("ctrl-o ctrl-o").sees("/media/second").press("enter").sees("没有文件夹");
    face.press("ctrl-o").sees("[~").press("ctrl-o enter").sees("已存到");
    assert_eq!(files_in(station.out.path()), ["tonghu-due-2026-11-23.ics"]);
}

#[test]
fn an_export_goes_on_when_its_window_is_left_and_says_when_it_is_done() {
    let station = Station::new();
    let mut face = face(&station, Lang::Zh, (80, 24));
    by_palette(&mut face, "导出");
    face.press("tab tab tab ctrl-u").type_text(station.out.path().to_str().unwrap());
    face.slow = true;
    face.press("enter").sees("正在导出").press("esc").sees_no("正在导出");
    face.go_on().sees("导出");
    assert_eq!(files_in(station.out.path()), ["tonghu-programme-2026-11-23.html"]);
}

/// What stands behind the bars: name and numbers.
fn bars(face: &Harness) -> Vec<(String, Vec<usize>)> {
    let bar = |line: &str| {
        let (name, rest) = line.split_once('#')?;
        let name = name.trim_start_matches(['>', ' ']).trim();
        let numbers = rest.trim_start_matches(['#', '.']).split(|c: char| !c.is_ascii_digit());
        let numbers: Vec<usize> = numbers.filter_map(|number| number.parse().ok()).collect();
        let is_heading = name.ends_with(['(', '（']);
        (!numbers.is_empty() && !is_heading).then(|| (name.to_owned(), numbers))
    };
    face.screen().lines().filter_map(bar).collect()
}

#[test]
fn behind_each_bar_is_the_list_of_its_children_and_beneath_are_the_other_pictures() {
    let station = Station::new();
    for (lang, command, others) in [
        (Lang::Zh, "图表", ["工作量", "需求调查", "评估成效"]),
        (Lang::En, "Charts", ["Caseload", "Needs study", "Evaluation"]),
    ] {
        let mut face = face(&station, lang, (80, 40));
        by_palette(&mut face, command);
        let all = bars(&face);
        let behind = station.tables().villages.iter().filter(|(_, load)| load.behind > 0).count();
        assert_eq!(all.len(), behind, "{all:?}\n{}", face.screen());
        face.press("home");
        for (name, numbers) in all.iter().take(4) {
            let children = numbers[0];
            let listed = face.press("enter").screen();
            assert!(listed.contains(&format!("1/{children}")), "{name} {children}:\n{listed}");
            // The filter stays as long as the list is there.
            face.press("esc down");
            assert_eq!(bars(&face).len(), all.len());
        }
        face.press("tab");
        for title in others {
            let opened = face.press("enter").screen();
            assert!(opened.starts_with(&format!(" {title}")), "{opened}");
            face.press("esc down");
        }
    }
}

#[test]
fn charts_fit_a_small_and_a_wide_terminal() {
    let station = Station::new();
    for size in [(60, 18), (80, 24), (120, 40)] {
        for (lang, command) in [(Lang::Zh, "图表"), (Lang::En, "Charts")] {
            let mut face = face(&station, lang, size);
            by_palette(&mut face, command);
            let seen = bars(&face);
            assert!(!seen.is_empty(), "{size:?}\n{}", face.screen());
            for line in face.screen().lines() {
                assert!(!line.contains('~') || size.0 < 80, "{size:?}: cut: {line}");
            }
        }
    }
}
