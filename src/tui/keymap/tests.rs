use super::*;
use crate::i18n::catalogue;

fn chord(text: &str) -> Chord {
    text.parse().unwrap()
}

#[test]
fn our_own_keymap_has_no_complaints() {
    let mut keymap = Keymap { commands: HashMap::new(), keys: HashMap::new() };
    assert_eq!(keymap.merge(DEFAULT), []);
}

#[test]
fn a_slash_searches_in_a_list_and_is_a_slash_in_a_field() {
    let keymap = Keymap::default();
    let slash = chord("/");
    assert_eq!(keymap.resolve(&[Layer::List, Layer::Browse, Layer::Global], slash), Some(Command::Search));
    assert_eq!(keymap.resolve(&[Layer::Text, Layer::Form, Layer::Global], slash), None);
    assert_eq!(slash.text(), Some('/'));
}

/// Somebody comes in at the door: there is no time to look where one is.
#[test]
fn no_layer_takes_a_key_that_hides_what_is_on_the_screen() {
    let keymap = Keymap::default();
    for command in [Command::Lock, Command::MaskNames, Command::Discreet] {
        let keys = &keymap.keys[&(Layer::Global, command)];
        assert!(!keys.is_empty());
        for layer in Layer::ALL {
            for key in keys {
                let means = keymap.resolve(&[layer, Layer::Global], *key);
                assert_eq!(means, Some(command), "{key} in {layer:?}");
            }
        }
    }
}

#[test]
fn f3_searches_from_everywhere() {
    let keymap = Keymap::default();
    for layer in Layer::ALL {
        assert_eq!(keymap.resolve(&[layer, Layer::Global], chord("f3")), Some(Command::Search), "{layer:?}");
    }
}

#[test]
fn enter_goes_on_in_a_form_and_breaks_the_line_in_a_note() {
    let keymap = Keymap::default();
    let enter = chord("enter");
    assert_eq!(keymap.resolve(&[Layer::Text, Layer::Form, Layer::Global], enter), Some(Command::NextField));
    assert_eq!(keymap.resolve(&[Layer::Notes, Layer::Form, Layer::Global], enter), Some(Command::Newline));
}

#[test]
fn every_command_can_be_reached_by_key_or_by_palette() {
    let keymap = Keymap::default();
    for command in Command::ALL {
        let bound = Layer::ALL.iter().any(|layer| keymap.keys.contains_key(&(*layer, *command)));
        assert!(bound || command.in_palette(), "{}", command.name());
    }
}

#[test]
fn what_only_a_function_key_does_the_palette_does_too() {
    let keymap = Keymap::default();
    for layer in Layer::ALL {
        for (command, keys) in keymap.bindings(layer) {
            let only_function_keys = keys.iter().all(|chord| matches!(chord.key, Key::F(_)));
            assert!(!only_function_keys || command.in_palette(), "{}", command.name());
        }
    }
}

#[test]
fn command_names_are_unique_and_read_back() {
    for command in Command::ALL {
        assert_eq!(Command::from_name(command.name()), Some(*command));
    }
}

#[test]
fn every_command_has_a_title_and_a_help_line_in_both_languages() {
    for lang in Lang::ALL {
        let texts = catalogue(lang);
        for command in Command::ALL {
            let key = command.key();
            assert!(texts.has(&key) && texts.has(&format!("{key}-help")), "{key} in {lang:?}");
            assert!(crate::tui::paint::width(&command.title(texts)) <= 20, "{key} is too long for a footer");
        }
    }
}

#[test]
fn a_station_moves_a_command_to_another_key() {
    let mut keymap = Keymap::default();
    assert_eq!(keymap.merge("[cases]\n\"list.sort\" = [\"o\"]\n"), []);
    assert_eq!(keymap.resolve(&[Layer::Cases], chord("o")), Some(Command::Sort));
    assert_eq!(keymap.resolve(&[Layer::Cases], chord("s")), None);
}

#[test]
fn two_commands_can_trade_their_keys() {
    let mut keymap = Keymap::default();
    assert_eq!(keymap.merge("[cases]\n\"list.sort\" = [\"f\"]\n\"list.filter\" = [\"s\"]\n"), []);
    assert_eq!(keymap.resolve(&[Layer::Cases], chord("f")), Some(Command::Sort));
    assert_eq!(keymap.resolve(&[Layer::Cases], chord("s")), Some(Command::Filter));
}

#[test]
fn each_wrong_line_is_named_and_the_right_ones_hold() {
    let source = "[cases]\n\"list.sort\" = [\"f\"]\n\"list.fly\" = [\"x\"]\n\"list.why\" = [\"hyper-q\"]\n\
                  [text]\n\"text.start\" = [\"a\"]\n[lists]\n\"list.up\" = [\"i\"]\n[file]\n\"list.why\" = [\"?\"]\n";
    let mut keymap = Keymap::default();
    let complaints = keymap.merge(source);
    let seen: Vec<_> = complaints.iter().map(|c| (c.line, c.problem.clone())).collect();
    assert_eq!(
        seen,
        [
            (2, Problem::Conflict(chord("f"), Command::Filter)),
            (3, Problem::UnknownCommand("list.fly".into())),
            (4, Problem::BadChord("hyper-q".into())),
            (6, Problem::LetterInText(chord("a"))),
            (7, Problem::UnknownLayer("lists".into())),
        ]
    );
    assert_eq!(keymap.resolve(&[Layer::File], chord("?")), Some(Command::Why));
    assert_eq!(complaints[0].message(catalogue(Lang::Zh)), "按键文件第 2 行：f 已用于 筛选");
}

#[test]
fn a_file_that_is_not_toml_is_named_by_its_line_and_changes_nothing() {
    let mut keymap = Keymap::default();
    assert_eq!(keymap.merge("[cases]\nsort = \n"), [Complaint { line: 2, problem: Problem::Syntax }]);
    assert_eq!(keymap.resolve(&[Layer::Cases], chord("s")), Some(Command::Sort));
}

#[test]
fn keys_a_terminal_cannot_send_are_refused() {
    for text in ["ctrl-i", "ctrl-m", "ctrl-h", "ctrl-S", "shift-a", "f13", "f0", "", "ctrl-", "ab"] {
        assert!(text.parse::<Chord>().is_err(), "{text}");
    }
}

#[test]
fn keys_are_named_as_people_name_them() {
    assert_eq!(chord("ctrl-s").to_string(), "Ctrl-S");
    assert_eq!(chord("shift-tab").to_string(), "Shift-Tab");
    assert_eq!(chord("f2").label(catalogue(Lang::Zh)), "F2");
    assert_eq!(chord("enter").label(catalogue(Lang::Zh)), "回车");
    assert_eq!(chord("enter").label(catalogue(Lang::En)), "Enter");
}

#[test]
fn the_terminal_library_s_events_become_chords() {
    let event = |code, modifiers| Chord::from_event(KeyEvent::new(code, modifiers));
    assert_eq!(event(KeyCode::BackTab, KeyModifiers::SHIFT), Some(chord("shift-tab")));
    assert_eq!(event(KeyCode::Char('R'), KeyModifiers::SHIFT), Some(chord("R")));
    assert_eq!(event(KeyCode::Char('7'), KeyModifiers::CONTROL), Some(chord("ctrl-_")));
    let release = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
    assert_eq!(Chord::from_event(release), None);
}

#[test]
fn a_footer_shows_only_keys_that_work_there() {
    let keymap = Keymap::default();
    let layers = [Layer::Text, Layer::Form, Layer::Global];
    assert_eq!(keymap.first_key(&layers, Command::Search), Some(chord("f3")));
    // Undo takes Ctrl-Z where one types, so nothing there suspends.
    assert_eq!(keymap.first_key(&layers, Command::Suspend), None);
}
