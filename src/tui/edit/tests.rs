use proptest::prelude::*;

use super::*;

fn with_caret(buffer: &TextBuffer) -> String {
    let (before, after) = buffer.text().split_at(buffer.caret());
    format!("{before}|{after}")
}

fn start(mut buffer: TextBuffer, state: &str) -> TextBuffer {
    let (before, after) = state.split_once('|').expect("a state shows its caret as |");
    buffer.set(&format!("{before}{after}"));
    buffer.set_caret(before.len());
    buffer
}

fn act(buffer: &mut TextBuffer, step: &str) {
    let command = Command::from_name(&format!("text.{step}")).unwrap_or_else(|| panic!("no command {step}"));
    assert!(buffer.run(command), "the field has no {step}");
}

#[track_caller]
fn check_in(buffer: TextBuffer, before: &str, steps: &str, after: &str) {
    let mut buffer = start(buffer, before);
    for step in steps.split_whitespace() {
        match step.strip_prefix('+') {
            Some(text) => buffer.insert_str(text),
            None => act(&mut buffer, step),
        }
    }
    assert_eq!(with_caret(&buffer), after);
}

/// State before, steps (a command's name, or `+text` to insert), state after; `|` is the caret.
#[track_caller]
fn check(before: &str, steps: &str, after: &str) {
    check_in(TextBuffer::line(Limit::Characters(100)), before, steps, after);
}

#[track_caller]
fn check_notes(before: &str, steps: &str, after: &str) {
    check_in(TextBuffer::notes(Limit::Bytes(1000)), before, steps, after);
}

#[test]
fn a_character_is_taken_away_whole() {
    check("患者|A", "backspace", "患|A");
    check("患|者A", "delete", "患|A");
    check("e\u{301}|", "backspace", "|");
    check("👨‍👩‍👧|", "backspace", "👨👩|"); // joiners are dropped: three people
    check("|", "backspace", "|");
    check("李|", "delete", "李|");
}

#[test]
fn the_caret_walks_over_characters_and_words() {
    check("王小明|", "left left", "王|小明");
    check("王|小明", "right", "王小|明");
    check("王小明 wang xiao|", "word-left", "王小明 wang |xiao");
    check("王小明 wang| xiao", "word-right", "王小明 wang xiao|");
    check("石门村，3 组|", "word-left word-left", "石门村，|3 组");
    check("王小明|", "start", "|王小明");
    check("|王小明", "end", "王小明|");
}

#[test]
fn parts_of_a_line_are_deleted_at_once() {
    check("石门村 3 组|", "delete-word", "石门村 3 |");
    check("石门村| 3 组", "delete-to-end", "石门村|");
    check("石门村| 3 组", "delete-to-start", "| 3 组");
    check_notes("一\n二三|四\n五", "delete-to-start", "一\n|四\n五");
}

#[test]
fn one_undo_takes_back_a_phrase_and_redo_brings_it_again() {
    check("李|", "+雷 +和 undo", "李|");
    check("李|", "+雷 +和 undo redo", "李雷和|");
    check("李雷|", "+A left +B undo", "李雷|A");
    check("李雷|", "backspace undo", "李雷|");
    check("李雷|", "backspace +敏 redo", "李敏|");
}

#[test]
fn a_multi_line_paste_stays_in_one_line_where_there_is_one_line() {
    let mut field = TextBuffer::line(Limit::Characters(50));
    field.insert_str("李\r\n雷\t三\n组");
    assert_eq!(field.text(), "李 雷 三 组");
    let mut notes = TextBuffer::notes(Limit::Bytes(500));
    notes.insert_str("李\r\n雷\r三\n组");
    assert_eq!(notes.text(), "李\n雷\n三\n组");
}

#[test]
fn pasted_escape_sequences_and_reading_order_marks_are_dropped() {
    let mut field = TextBuffer::line(Limit::Characters(50));
    field.insert_str("王\u{1b}[2J小\u{202e}\u{200b}明\0");
    assert_eq!(field.text(), "王[2J小明");
}

#[test]
fn a_decomposed_accent_joins_the_letter_before_it() {
    let mut field = TextBuffer::line(Limit::Characters(50));
    field.insert_str("e");
    field.insert_str("\u{301}");
    assert_eq!(with_caret(&field), "é|");
    act(&mut field, "undo");
    assert_eq!(field.text(), "e");
}

#[test]
fn a_paste_of_a_megabyte_into_a_name_is_cut_and_says_so() {
    let mut field = TextBuffer::line(Limit::Characters(20));
    field.insert_str(&"童".repeat(350_000));
    assert_eq!(field.text(), "童".repeat(20));
    assert!(field.was_cut());
    act(&mut field, "backspace");
    assert!(!field.was_cut());
}

#[test]
fn a_field_limited_in_bytes_is_cut_between_characters() {
    let mut field = TextBuffer::line(Limit::Bytes(7));
    field.insert_str("王小明");
    assert_eq!((field.text(), field.was_cut()), ("王小", true));
}

#[test]
fn enter_is_left_to_the_form_in_a_one_line_field() {
    assert!(!TextBuffer::line(Limit::Characters(5)).run(Command::Newline));
    assert!(!TextBuffer::line(Limit::Characters(5)).run(Command::TextUp));
    check_notes("一|二", "newline", "一\n|二");
}

#[test]
fn a_passphrase_is_shown_as_stars_and_cannot_be_undone_back() {
    let mut field = TextBuffer::secret(100);
    field.insert_str("春眠不觉晓");
    assert_eq!(field.strip(10).text, "*****");
    act(&mut field, "backspace");
    act(&mut field, "undo");
    assert_eq!(field.take_secret().as_str(), "春眠不觉");
    assert!(field.is_empty());
    assert!(!format!("{field:?}").contains('春'));
}

#[test]
fn a_narrow_field_scrolls_by_cells_and_keeps_the_caret_inside() {
    let field = TextBuffer::line(Limit::Characters(50)).with_text("浙江省绍兴市石门村");
    let strip = field.strip(7);
    assert_eq!((strip.text.as_str(), strip.caret), ("石门村", 6));
    assert!(strip.more_left && !strip.more_right);

    let mut field = start(TextBuffer::line(Limit::Characters(50)), "浙江|省绍兴市石门村");
    let strip = field.strip(7);
    assert_eq!((strip.text.as_str(), strip.caret, strip.more_right), ("浙江省", 4, true));
    act(&mut field, "end");
    field.strip(7);
    act(&mut field, "left");
    assert_eq!(field.strip(7).caret, 4, "moving inside the visible part does not scroll");
}

#[test]
fn a_deleted_end_brings_the_beginning_back_into_view() {
    let mut field = TextBuffer::line(Limit::Characters(50)).with_text("浙江省绍兴市");
    field.strip(7);
    for _ in 0..3 {
        act(&mut field, "backspace");
    }
    assert_eq!(field.strip(7).text, "浙江省");
}

fn rows(text: &str, width: u16) -> Vec<String> {
    let notes = TextBuffer::notes(Limit::Bytes(10_000)).with_text(text);
    let page = notes.page(width, 100);
    page.rows.iter().map(|row| notes.row_text(*row).to_owned()).collect()
}

#[test]
fn notes_wrap_at_wide_characters_and_between_words() {
    assert_eq!(rows("家访记录：母亲外出", 9), ["家访记", "录：母亲", "外出"]);
    assert_eq!(rows("the mother left", 9), ["the ", "mother ", "left"]);
    assert_eq!(rows("电话call back", 9), ["电话call ", "back"]);
    assert_eq!(rows("abcdefghijkl", 6), ["abcde", "fghij", "kl"]);
    assert_eq!(rows("一\n\n二\n", 9), ["一", "", "二", ""]);
    assert_eq!(rows("", 9), [""]);
}

#[test]
fn no_row_begins_with_a_comma_or_ends_with_an_opening_bracket_where_there_is_room() {
    assert_eq!(rows("他说：“不去。”走了", 9), ["他说：", "“不去。”", "走了"]);
    assert_eq!(rows("住址（石门村）", 7), ["住址", "（石门", "村）"]);
    assert_eq!(rows("约 2026.5，母亲", 13), ["约 2026.5，", "母亲"]);
    assert_eq!(rows("去了，他", 5), ["去", "了，", "他"]);
    assert_eq!(rows("。。。。", 5), ["。。", "。。"]);
    assert_eq!(rows("a，，，", 4), ["a，", "，", "，"]);
}

#[test]
fn up_and_down_keep_the_column_over_a_short_row() {
    let notes = TextBuffer::notes(Limit::Bytes(1000));
    check_in(notes, "家访记录\n一\n母亲外|出", "up up", "家访记|录\n一\n母亲外出");
    check_notes("家访记|录\n一\n母亲外出", "down down", "家访记录\n一\n母亲外|出");
    check_notes("家|访", "up", "|家访");
    check_notes("家|访", "down", "家访|");
}

#[test]
fn the_page_follows_the_caret() {
    let mut notes = TextBuffer::notes(Limit::Bytes(10_000)).with_text("一\n二\n三\n四\n五");
    let page = notes.page(10, 3);
    assert_eq!((page.first, page.total, page.caret), (2, 5, (2, 2)));
    act(&mut notes, "top");
    let page = notes.page(10, 3);
    assert_eq!((page.first, page.caret), (0, (0, 0)));
    act(&mut notes, "page-down");
    assert_eq!(with_caret(&notes), "一\n二\n三\n|四\n五");
}

#[test]
fn a_file_of_a_hundred_thousand_characters_is_one_page_like_any_other() {
    let mut notes = TextBuffer::notes(Limit::Bytes(400_000)).with_text(&"家访记录".repeat(25_000));
    assert!(!notes.was_cut());
    let page = notes.page(80, 20);
    assert_eq!(page.total, 100_000usize.div_ceil(39));
    act(&mut notes, "top");
    notes.insert_str("今天");
    assert_eq!(notes.page(80, 20).caret, (4, 0));
    act(&mut notes, "undo");
    assert_eq!(notes.text().chars().count(), 100_000);
}

#[test]
fn a_field_that_was_scrolled_never_begins_with_half_a_character() {
    let mut name = TextBuffer::line(Limit::Characters(30)).with_text("aaaa\u{fe0f}，");
    assert_eq!(name.strip(3).caret, 2);
    for _ in 0..4 {
        act(&mut name, "left");
    }
    name.insert_str("王");
    act(&mut name, "end");
    for width in 1..9 {
        assert!(name.strip(width).caret < width);
    }
}

#[derive(Clone, Debug)]
enum Step {
    Insert(String),
    Run(Command),
    Caret(usize),
}

/// Hanzi, letters, blanks, accents, joiners, halves of flags, Hangul parts, controls.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "王", "小", "a", "e", " ", "\n", "\r\n", "\t", "\u{301}", "\u{323}", "\u{200d}", "👨", "\u{fe0f}",
        "🇨", "🇳", "\u{1100}", "\u{1161}", "\u{11a8}", "\u{1b}", "，", "—", "ﾞ", "か", "\u{3099}", "\u{958}",
    ]);
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

fn step() -> impl Strategy<Value = Step> {
    let commands: Vec<Command> =
        Command::ALL.iter().copied().filter(|command| command.name().starts_with("text.")).collect();
    prop_oneof![
        3 => hostile().prop_map(Step::Insert),
        4 => prop::sample::select(commands).prop_map(Step::Run),
        1 => (0usize..80).prop_map(Step::Caret),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_typed_the_caret_stands_between_characters_and_inside_the_field(
        steps in prop::collection::vec(step(), 1..40),
        multiline: bool,
        width in 1u16..20,
        height in 1u16..5,
    ) {
        let limit = Limit::Characters(30);
        let mut buffer = if multiline { TextBuffer::notes(limit) } else { TextBuffer::line(limit) };
        for step in steps {
            match step {
                Step::Insert(text) => buffer.insert_str(&text),
                Step::Run(command) => { buffer.run(command); }
                Step::Caret(at) => buffer.set_caret(at),
            }
            let text = buffer.text();
            prop_assert!(buffer.is_boundary(buffer.caret()), "{:?} at {}", text, buffer.caret());
            prop_assert_eq!(text.nfc().collect::<String>(), text);
            prop_assert!(text.graphemes(true).count() <= 30);
            prop_assert!(multiline || !text.contains('\n'));
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
            if multiline {
                let page = buffer.page(width, height);
                prop_assert!(page.caret.0 < width && page.caret.1 < height);
                prop_assert!(page.rows.len() <= usize::from(height));
                let all = buffer.page(width, u16::MAX);
                let whole: String = all.rows.iter().map(|row| &text[row.start..row.end]).collect();
                prop_assert_eq!(whole, text);
            } else {
                let strip = buffer.strip(width);
                prop_assert!(strip.caret < width);
                prop_assert!(paint::width(&strip.text) <= usize::from(width));
            }
        }
    }

    #[test]
    fn undo_goes_back_to_the_beginning_and_redo_to_the_end(texts in prop::collection::vec(hostile(), 1..12)) {
        let mut buffer = TextBuffer::notes(Limit::Bytes(10_000));
        for (n, text) in texts.iter().enumerate() {
            buffer.insert_str(text);
            if n % 3 == 1 {
                buffer.run(Command::Backspace);
                buffer.run(Command::TextLeft);
            }
        }
        let end = buffer.text().to_owned();
        for _ in 0..40 {
            buffer.run(Command::Undo);
        }
        prop_assert_eq!(buffer.text(), "");
        for _ in 0..40 {
            buffer.run(Command::Redo);
        }
        prop_assert_eq!(buffer.text(), end);
    }
}
