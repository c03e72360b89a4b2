//! Each number of the tables is the length of a list that somebody can look at.

use super::*;
use tonghu::office::{Agenda, Dues, NOBODY};

fn agenda(station: &Station) -> Agenda {
    match station.desk.ask(Request::Agenda(Scope::Station)).unwrap() {
        Answer::Agenda(agenda) => agenda,
        other => panic!("{other:?}"),
    }
}

#[test]
fn children_are_counted_as_the_roster_lists_them() {
    let station = Station::new();
    let tables = station.tables();
    assert_eq!(tables.children, station.cases(Filter::default()).total);
    for (code, count) in tables.categories.iter().filter(|(code, _)| !code.is_empty()) {
        let listed = station.cases(Filter { category: Some((*code).into()), ..Filter::default() });
        assert_eq!(*count, listed.total, "{code}");
    }
    let uncategorised =
        station.cases(Filter::default()).rows.iter().filter(|row| row.categories == 0).count();
    assert_eq!(tables.categories.last(), Some(&("", uncategorised)));
    for (risk, counts) in &tables.standing {
        for (status, count) in Status::ALL.into_iter().zip(counts) {
            let filter = Filter { risk: Some((*risk).into()), status: Some(status), ..Filter::default() };
            assert_eq!(*count, station.cases(filter).total, "{risk} {status:?}");
        }
    }
    for (worker, load) in &tables.workers {
        let worker = Some(worker.unwrap_or(NOBODY));
        let of = |overdue| station.cases(Filter { worker, overdue, ..Filter::default() }).rows;
        let (rows, behind) = (of(false), of(true));
        assert_eq!((load.children, load.behind), (rows.len(), behind.len()));
        assert_eq!(load.closed, rows.iter().filter(|row| row.status == Status::Closed).count());
        assert_eq!(load.high, rows.iter().filter(|row| row.risk == "high").count());
    }
    let mut all = 0;
    for (village, load) in &tables.villages {
        let of = |overdue| {
            station.cases(Filter { whole_village: Some(village.clone()), overdue, ..Filter::default() }).total
        };
        assert_eq!((load.children, load.behind), (of(false), of(true)), "{village}");
        all += load.children;
    }
    assert_eq!(all, tables.children);
}

#[test]
fn follow_ups_are_counted_as_the_agenda_lists_them() {
    let station = Station::new();
    let (tables, agenda) = (station.tables(), agenda(&station));
    let sum = |loads: Vec<Dues>| {
        let of = |part: fn(&Dues) -> usize| loads.iter().map(part).sum::<usize>();
        (of(|due| due.overdue), of(|due| due.today), of(|due| due.week), of(|due| due.later))
    };
    let totals = agenda.totals;
    let totals = (totals.overdue, totals.today, totals.week, totals.later);
    assert!(totals.0 > 5 && totals.2 > 5, "{totals:?}");
    assert_eq!(sum(tables.villages.iter().map(|(_, load)| load.due).collect()), totals);
    assert_eq!(sum(tables.workers.iter().map(|(_, load)| load.due).collect()), totals);
    let lists = |holds: &dyn Fn(&AgendaLine) -> bool| {
        [&agenda.overdue, &agenda.today, &agenda.week]
            .map(|list| list.iter().filter(|line| holds(line)).count())
    };
    let told = |due: Dues| [due.overdue, due.today, due.week];
    for (village, load) in &tables.villages {
        assert_eq!(told(load.due), lists(&|line| line.village == *village), "{village}");
    }
    for (worker, load) in &tables.workers {
        assert_eq!(told(load.due), lists(&|line| line.worker == *worker));
    }
}

#[test]
fn a_calendar_holds_each_follow_up_that_is_open_on_its_day() {
    let station = Station::new();
    let agenda = agenda(&station);
    let calendar = |lang| station.text(lang, office::Export::Calendar(Scope::Station), Format::Ics, false);
    let text = calendar(Lang::Zh);
    let totals = agenda.totals;
    let all = totals.overdue + totals.today + totals.week + totals.later;
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), all);
    for line in agenda.overdue.iter().chain(&agenda.today).chain(&agenda.week) {
        let uid = format!("UID:{}@tonghu\r\n", line.follow_up);
        let event = text.split("BEGIN:VEVENT\r\n").find(|event| event.contains(&uid)).expect(&uid);
        assert!(event.contains(&format!("DTSTART;VALUE=DATE:{}\r\n", line.due.format("%Y%m%d"))), "{event}");
    }
    let uids = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(uids(&text), uids(&calendar(Lang::En)), "the same things have the same names");
    assert_eq!(uids(&text).len(), all);
}

/// Name of a need and of a village, and the children whom the needs study lists there.
fn listed(station: &Station, lang: Lang) -> (usize, BTreeMap<(String, String), usize>) {
    let Answer::Needs(found) = station.desk.ask(Request::Needs).unwrap() else { panic!() };
    let mut lists = BTreeMap::new();
    for (at, need) in found.rules.needs().iter().enumerate() {
        let name = if lang == Lang::Zh { &need.name.zh } else { &need.name.en };
        for one in found.children.iter().filter(|one| one.told.unmet() >> at & 1 == 1) {
            *lists.entry((name.clone(), one.row.village.clone())).or_default() += 1;
        }
    }
    (found.rules.few, lists)
}

#[test]
fn unmet_needs_go_out_as_the_needs_study_lists_them_but_for_what_could_point_at_somebody() {
    let station = Station::of(600);
    for (lang, format) in [(Lang::Zh, Format::Html), (Lang::En, Format::Html), (Lang::Zh, Format::Xlsx)] {
        let (few, lists) = listed(&station, lang);
        let cat = catalogue(lang);
        let path = &station.write(lang, office::Export::Programme, format, false)[0];
        let (kinds, villages) = match format {
            Format::Html => {
                let page = tables_of(&text_of(path));
                (page[5].clone(), page[6].clone())
            }
            _ => {
                let sheets = sheets(path);
                let rows = |at: usize, head: &str| {
                    let from = sheets[at].iter().position(|row| row.first().is_some_and(|cell| cell == head));
                    sheets[at][from.unwrap() + 1..].to_vec()
                };
                (rows(5, &cat.t("needs-col-need")), rows(6, &cat.t("col-village")))
            }
        };
        let (total, villages) = villages.split_last().unwrap();
        let (mut shown, mut hidden) = (0, 0);
        for (at, row) in kinds.iter().enumerate() {
            let (name, all) = (&row[0], row[1].parse::<usize>().unwrap());
            let sum: usize = lists.iter().filter(|((need, _), _)| need == name).map(|(_, count)| count).sum();
            assert!(all <= sum && sum < all + few, "{name}: {all} of {sum}");
            assert_eq!(total[at + 1], row[1]);
            for village in villages {
                let count = lists.get(&(name.clone(), village[0].clone())).copied().unwrap_or(0);
                match count {
                    1.. if count < few => {
                        assert_eq!(village[at + 1], format!("<{few}"), "{name} in {}", village[0]);
                        hidden += 1;
                    }
                    _ => assert_eq!(village[at + 1], count.to_string(), "{name} in {}", village[0]),
                }
                shown += count;
            }
        }
        assert_eq!(shown, lists.values().sum::<usize>(), "no village is left out");
        assert!(hidden > 10 && shown > 100, "{shown} {hidden}");
    }
}

#[test]
fn a_discreet_page_names_neither_the_needs_nor_the_villages_and_numbers_both_as_elsewhere() {
    let station = Station::of(600);
    for lang in Lang::ALL {
        let (_, lists) = listed(&station, lang);
        let page = station.text(lang, office::Export::Programme, Format::Html, true);
        let needs = page.split("<section id=\"lacking").skip(1).collect::<Vec<_>>();
        assert_eq!(needs.len(), 2);
        for (need, village) in lists.keys() {
            assert!(
                !page.contains(&format!(">{need}<")) && !page.contains(village.as_str()),
                "{need} {village}"
            );
        }
        let tables = tables_of(&page);
        let villages: BTreeSet<&String> = tables[1].iter().map(|row| &row[0]).collect();
        let (_, rows) = tables[5].split_last().unwrap();
        assert!(rows.len() > 5 && rows.iter().all(|row| villages.contains(&row[0])));
    }
}
