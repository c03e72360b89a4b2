use super::*;
use ics::Event;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn guard(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with('=') { format!("'{text}").into() } else { text.into() }
}

fn villages() -> Report {
    let row = |name: &str, children| vec![Cell::Text(name.into()), Cell::Number(children)];
    let table = Table {
        columns: vec!["村".into(), "儿童".into()],
        rows: vec![row("杨家坪", 12), row("=1+1", 3)],
        total: None,
    };
    Report {
        lang: "zh-CN",
        title: "统计表".into(),
        sections: vec![Section {
            id: "villages",
            title: "按村".into(),
            table: table.summed("合计", &[1]),
            charts: vec![Chart::Bars { columns: vec![1] }],
            ..Section::default()
        }],
        ..Report::default()
    }
}

#[test]
fn a_total_is_the_sum_of_its_rows_and_every_format_has_the_same() {
    let report = villages();
    assert_eq!(report.sections[0].table.total, Some(vec![Cell::Text("合计".into()), Cell::Number(15)]));
    let files = csv::files(&report, guard);
    let text = std::str::from_utf8(&files[0].1).unwrap();
    assert_eq!((files.len(), files[0].0), (1, "villages"));
    assert_eq!(text, "\u{feff}村,儿童\r\n杨家坪,12\r\n'=1+1,3\r\n合计,15\r\n");
    let page = html::page(&report);
    assert!(page.contains("<td>杨家坪</td><td class=\"n\">12</td>"), "{page}");
    assert!(page.contains("<td>合计</td><td class=\"n\">15</td>"));
    assert!(page.contains(">12</text>") && page.contains(">3</text>"), "the picture says the same");
}

#[test]
fn a_page_shows_the_beginning_of_a_table_that_is_too_long_for_it_and_says_so() {
    let mut report = villages();
    report.cut = "太长".into();
    let row = |nth: usize| vec![Cell::Text(format!("村{nth}号")), Cell::Number(2)];
    let with = |rows: usize| {
        let table = Table {
            columns: vec!["村".into(), "儿童".into()],
            rows: (0..rows).map(row).collect(),
            total: None,
        };
        Report {
            sections: vec![Section { table: table.summed("合计", &[1]), ..report.sections[0].clone() }],
            ..report.clone()
        }
    };
    let short = html::page(&with(html::MOST_ROWS));
    assert!(!short.contains("太长") && short.contains(&format!("村{}号", html::MOST_ROWS - 1)));
    let long = with(html::MOST_ROWS + 1);
    let page = html::page(&long);
    assert!(page.contains("<p class=\"note\">太长</p>"));
    assert!(!page.contains(&format!("村{}号", html::MOST_ROWS)));
    assert!(
        page.contains(&format!("<td class=\"n\">{}</td>", 2 * (html::MOST_ROWS + 1))),
        "the total is of all"
    );
    let text = String::from_utf8(csv::files(&long, guard)[0].1.clone()).unwrap();
    assert!(text.contains(&format!("村{}号", html::MOST_ROWS)), "nothing is left out elsewhere");
}

#[test]
fn tables_of_one_shape_share_a_file_that_says_which_they_are_from() {
    let mut report = villages();
    report.part = "部分".into();
    let again = Section { id: "again", title: "再来".into(), ..report.sections[0].clone() };
    let other = Section {
        id: "other",
        table: Table {
            columns: vec!["日期".into()],
            rows: vec![vec![Cell::Date(day("2026-01-02"))]],
            total: None,
        },
        ..Section::default()
    };
    report.sections.extend([again, other]);
    let files = csv::files(&report, guard);
    let names: Vec<&str> = files.iter().map(|(id, _)| *id).collect();
    assert_eq!(names, ["villages", "other"]);
    let text = std::str::from_utf8(&files[0].1).unwrap();
    assert!(text.starts_with("\u{feff}部分,村,儿童\r\n按村,杨家坪,12\r\n"), "{text}");
    assert_eq!(text.matches("部分").count(), 1, "one head");
    assert!(text.contains("再来,合计,15\r\n"));
    assert_eq!(files[1].1, "\u{feff}日期\r\n2026-01-02\r\n".as_bytes());
}

#[test]
fn nothing_that_somebody_wrote_becomes_a_part_of_the_page() {
    let mut report = villages();
    report.sections[0].table.rows[0][0] = Cell::Text("<script>alert(\"1\")</script>\u{1b}[2J'&".into());
    report.title = "<b>".into();
    let page = html::page(&report);
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{1b}'), "{page}");
    assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;[2J&#39;&amp;"));
    for outside in ["src=", "href=", "url(", "@import", "<link", "<img"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_line_of_scores_keeps_the_days_apart_as_they_are() {
    let row = |on: &str, points| vec![Cell::Date(day(on)), Cell::Number(points)];
    let table = Table {
        columns: vec!["日期".into(), "分数".into()],
        rows: vec![row("2026-01-01", 2), row("2026-01-11", 4), row("2026-04-11", 8)],
        total: None,
    };
    let rows = vec![0, 1, 2];
    let chart = Chart::Line { title: "我能行".into(), rows, day: 0, points: 1, least: 0, most: 10 };
    let section = Section { id: "scores", table, charts: vec![chart], ..Section::default() };
    let page = html::page(&Report { sections: vec![section], ..Report::default() });
    let xs: Vec<i64> =
        page.split("cx=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert_eq!(xs.len(), 3);
    assert_eq!((xs[2] - xs[0]) / (xs[1] - xs[0]), 10, "{xs:?}");
}

#[test]
fn sheets_have_names_that_a_spreadsheet_takes() {
    let mut report = villages();
    let named = |title: &str| Section { title: title.into(), ..report.sections[0].clone() };
    report.sections = vec![
        named("服务：[合计]/2026?"),
        named("服务：[合计]/2026?"),
        named(&"长".repeat(40)),
        named(&"长".repeat(40)),
        named("'"),
    ];
    assert!(xlsx::bytes(&report).unwrap().starts_with(b"PK"));
    assert!(xlsx::bytes(&Report::default()).unwrap().starts_with(b"PK"));
}

#[test]
fn a_calendar_says_what_is_due_and_when() {
    let stamp = day("2026-11-22").and_hms_opt(5, 6, 7).unwrap();
    let event =
        Event { uid: "7@tonghu".into(), on: day("2026-12-31"), summary: "走访; TH2026-000001".into() };
    let text = ics::text("童护", &[event], stamp);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    for line in [
        "UID:7@tonghu",
        "DTSTAMP:20261122T050607Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:走访\\; TH2026-000001",
    ] {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}: {text}");
    }
}

proptest! {
    #[test]
    fn a_folded_line_is_short_whole_and_reads_the_same(summary in "[a-z,;\\\\ 走访复核😀\n]{0,200}") {
        let event = Event { uid: "1".into(), on: day("2026-11-22"), summary: summary.clone() };
        let text = ics::text("n", &[event], day("2026-11-22").and_hms_opt(0, 0, 0).unwrap());
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let unfolded = text.replace("\r\n ", "");
        let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let mut read = String::new();
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            read.push(match c {
                '\\' => match chars.next().unwrap() { 'n' => '\n', other => other },
                c => c,
            });
        }
        prop_assert_eq!(read, summary);
    }
}
