//! A page's text: a small part of Markdown.

/// A text as it is read, block by block.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub title: String,
    pub blocks: Vec<Block>,
    /// As it was written.
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub mark: Mark,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Heading,
    Paragraph,
    /// `-`, or a number with its dot.
    Item(String),
    /// Words to say, or an example.
    Say,
}

/// What is wrong with a page, and in which line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {slip}")]
pub struct Misprint {
    pub line: usize,
    pub slip: Slip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Slip {
    #[error("a page begins with # and its title")]
    NoTitle,
    #[error("a page has one title; sections begin with ##")]
    SecondTitle,
    #[error("a heading is # or ##, a blank and its text")]
    Heading,
    #[error("a line begins with text, #, ##, -, 1. or >")]
    Sign,
    #[error("a character that nobody sees")]
    Control,
}

/// # Errors
/// At the first line that is none of these: `# title` first and once, `## heading`, `- item`, `1. item`,
/// `> words to say`, text. A text that goes on in the next line is one paragraph or item.
pub fn read(source: &str) -> Result<Text, Misprint> {
    let source = source.trim_start_matches('\u{feff}');
    let (mut title, mut blocks, mut open) = (None, Vec::<Block>::new(), false);
    for (at, line) in source.lines().enumerate() {
        let slip = |slip| Err(Misprint { line: at + 1, slip });
        let line = line.trim();
        if line.chars().any(char::is_control) {
            return slip(Slip::Control);
        }
        if line.is_empty() {
            open = false;
            continue;
        }
        if title.is_none() {
            match line.strip_prefix("# ") {
                Some(text) => title = Some(text.trim().to_owned()),
                None => return slip(Slip::NoTitle),
            }
            continue;
        }
        let (mark, text) = match parts(line) {
            Ok(parts) => parts,
            Err(of) => return slip(of),
        };
        match blocks.last_mut().filter(|_| open && mark == Mark::Paragraph) {
            Some(last) => join(&mut last.text, text),
            None => blocks.push(Block { text: text.to_owned(), mark }),
        }
        open = blocks.last().is_some_and(|block| block.mark != Mark::Heading);
    }
    let title = title.ok_or(Misprint { line: 1, slip: Slip::NoTitle })?;
    Ok(Text { title, blocks, source: source.to_owned() })
}

/// A line's sign and what stands behind it.
fn parts(line: &str) -> Result<(Mark, &str), Slip> {
    /// Markdown that is not of this part of it.
    const OTHERS: [&str; 9] = ["* ", "+ ", "```", "~~~", "|", "![", "<", "---", "==="];
    if let Some(text) = line.strip_prefix("## ") {
        return Ok((Mark::Heading, text.trim_start()));
    }
    if line.starts_with("# ") {
        return Err(Slip::SecondTitle);
    }
    if line.starts_with('#') {
        return Err(Slip::Heading);
    }
    if let Some(text) = line.strip_prefix("- ") {
        return Ok((Mark::Item("-".to_owned()), text.trim_start()));
    }
    if let Some(text) = line.strip_prefix('>') {
        return Ok((Mark::Say, text.trim_start()));
    }
    if let Some((number, text)) = line.split_once(". ")
        && (1..=3).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Ok((Mark::Item(format!("{number}.")), text.trim_start()));
    }
    if OTHERS.iter().any(|sign| line.starts_with(sign)) {
        return Err(Slip::Sign);
    }
    Ok((Mark::Paragraph, line))
}

/// Goes on in the next line: words of letters are kept apart, hanzi are not.
fn join(text: &mut String, more: &str) {
    if text.ends_with(|c: char| c.is_ascii()) && more.starts_with(|c: char| c.is_ascii()) {
        text.push(' ');
    }
    text.push_str(more);
}
