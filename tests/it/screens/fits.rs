//! Every screen in every terminal and both languages: whole, with its words and its footer.

use super::*;

/// What a screen shows is whole: the cursor is on it and no text is the name of a text.
#[track_caller]
fn is_sound(face: &Harness, size: (u16, u16), what: &str) {
    let screen = face.screen();
    let cursor = face.cursor();
    assert!(cursor.x < size.0 && cursor.y < size.1, "{what} at {size:?}: cursor {cursor:?}\n{screen}");
    let rooms =
        ["cmd-", "col-", "search-", "cases-", "filter-", "sort-", "health-", "backup-", "help-", "layer-"];
    let rooms = rooms.iter().chain(&[
        "today-",
        "daily-",
        "restore-",
        "act-",
        "wizard-",
        "unlock-",
        "choice-",
        "why-",
        "category-",
        "charts-",
        "export-",
    ]);
    for word in screen.split(|c: char| c.is_whitespace() || "[]|<>:".contains(c)) {
        let is_key = rooms.clone().any(|room| word.starts_with(room));
        assert!(!is_key || word == "follow-up", "{what} at {size:?} shows {word}\n{screen}");
    }
    let last = screen.lines().last().unwrap_or_default();
    assert!(!last.trim().is_empty(), "{what} at {size:?} has no footer\n{screen}");
    assert!(!last.contains('~'), "{what} at {size:?} has a cut footer\n{screen}");
}

#[test]
fn every_screen_fits_every_terminal_in_both_languages() {
    let station = Station::town();
    visit(
        &station.desk,
        the_child(&station.desk, "陈雨桐"),
        "2026-03-02",
        "孩子有点发烧，奶奶带去了卫生院。",
    );
    station.clock.advance_days(9);
    let tours = [
        "", "c", "d", "m", "h", "a", "r", "w", "/", "f5", "f5 s s", "f5 f", "f5 f up", "f2", "f1", "f1 end",
        "f5 f1",
    ];
    for size in [(80, 24), (60, 18), (132, 43)] {
        for lang in Lang::ALL {
            for theme in ["dark", "mono"] {
                let open = || {
                    let mut face = station.sized(lang, size);
                    face.app.settings.use_theme(theme);
                    face
                };
                for keys in tours {
                    let mut face = open();
                    is_sound(face.press(keys), size, keys);
                    is_sound(face.press("f11"), size, keys);
                }
                for (mode, text) in [("/", "wxm"), ("/", "5678"), ("/", "诸葛"), ("/ tab", "发烧")] {
                    let mut face = open();
                    is_sound(face.press(mode).type_text(text), size, text);
                }
                let commands = ["health", "backup", "caseload", "app.organisation", "app.quality"];
                for command in commands.into_iter().chain(["app.charts", "app.export", "zzzz"]) {
                    let mut face = open();
                    is_sound(face.press("f2").type_text(command), size, command);
                    is_sound(face.press("enter"), size, command);
                }
                let mut face = open();
                is_sound(face.press("f2").type_text("backup").press("enter ctrl-x"), size, "daily");
                is_sound(
                    at_door(Place::Restore, &station.desk, lang).resize(size.0, size.1),
                    size,
                    "restore",
                );
                for first in [Place::Unlock, Place::Wizard] {
                    let mut face = at_door(first, &station.desk, lang);
                    face.resize(size.0, size.1);
                    for keys in ["", "enter", "enter", "enter", "ctrl-e"] {
                        is_sound(face.press(keys), size, "door");
                    }
                }
            }
        }
    }
}

#[test]
fn the_words_that_matter_are_whole_on_the_home_screen() {
    let station = Station::town();
    station.clock.advance_days(2);
    for size in [(80, 24), (60, 18), (132, 43)] {
        let mut face = station.sized(Lang::Zh, size);
        face.sees("逾期1天").sees("首次响应").sees("年龄节点").sees("高风险：24小时内响应").sees("05-01");
        let mut face = station.sized(Lang::En, size);
        face.sees("1 day late").sees("first response").sees("birthday").sees("05-01");
    }
}
