//! Text as an input method or a spreadsheet leaves it, made plain.

/// Full-width digits, letters, signs and spaces as their half-width twins; everything else stays.
pub fn half_width(text: &str) -> String {
    text.chars().map(half).collect()
}

fn half(ch: char) -> char {
    match ch {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        _ => ch,
    }
}

/// One line: line ends and tabs become a space, characters that a terminal would obey or that hide go, ends trimmed.
pub fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|ch| if ch.is_whitespace() && ch != '\u{3000}' { ' ' } else { ch })
        .filter(|ch| !hidden(*ch))
        .collect();
    plain.trim().to_owned()
}

/// Several lines, with `\n` between them; else as [`one_line`]. Spaces at the start of a line stay.
pub fn lines(text: &str) -> String {
    let unified = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n")
        .replace('\t', "    ");
    let plain: String = unified.chars().filter(|ch| *ch == '\n' || !hidden(*ch)).collect();
    plain.trim_end().trim_start_matches('\n').to_owned()
}

/// Controls, text-direction marks and invisible spaces: they would let a text look like another one. Joiners stay:
/// characters are made of them.
fn hidden(ch: char) -> bool {
    ch.is_control()
        || matches!(ch, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_input_reads_like_half_width() {
        assert_eq!(half_width("１３９－ｘＸ　王"), "139-xX 王");
    }

    #[test]
    fn an_escape_sequence_in_a_name_cannot_reach_the_terminal() {
        assert_eq!(one_line(" 王\u{1b}[31m小\u{202e}明\r\n"), "王[31m小明");
        assert_eq!(one_line("石\t门\n村"), "石 门 村");
    }

    #[test]
    fn notes_keep_their_lines_and_lose_the_rest() {
        assert_eq!(lines("\n\r\n一\r\n  二\r三\u{7}\n\n"), "一\n  二\n三");
    }
}
