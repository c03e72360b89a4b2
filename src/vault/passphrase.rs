//! What a person types to unlock.

use std::collections::BTreeSet;
use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase in memory: overwritten when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

/// Why a passphrase is refused when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    #[error("shorter than {} characters", Passphrase::MIN_CHARS)]
    Short,
    #[error("made of one or two characters repeated")]
    Repeated,
    #[error("on the list of common passphrases")]
    Common,
}

impl Passphrase {
    pub const MIN_CHARS: usize = 10;

    /// A passphrase as someone types it to unlock: not judged.
    /// The same text typed on another terminal may arrive decomposed, so it is brought into one form.
    pub fn typed(text: &str) -> Passphrase {
        let mut form = Zeroizing::new(String::with_capacity(text.len() * 2));
        form.extend(text.nfc());
        Passphrase(form)
    }

    /// A passphrase that someone chooses: at least ten characters, not one that everybody tries first.
    pub fn check(text: &str) -> Result<Passphrase, Weak> {
        let pass = Passphrase::typed(text);
        pass.strength().map(|()| pass)
    }

    /// Judges one that somebody has chosen already.
    pub fn strength(&self) -> Result<(), Weak> {
        let chars = Zeroizing::new(self.0.trim().to_lowercase());
        if chars.chars().count() < Passphrase::MIN_CHARS {
            return Err(Weak::Short);
        }
        if chars.chars().collect::<BTreeSet<_>>().len() <= 2 {
            return Err(Weak::Repeated);
        }
        if is_common(&chars) { Err(Weak::Common) } else { Ok(()) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Made only of words from the list and of runs (1234…, abcd…, a keyboard row, either direction)?
/// "woaini1314520" and "password2024" are; a sentence of one's own is not.
fn is_common(text: &str) -> bool {
    let flat = Zeroizing::new(text.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    let chars = Zeroizing::new(flat.chars().collect::<Vec<_>>());
    // reached[i]: the first i characters are made of common parts.
    let mut reached = vec![false; chars.len() + 1];
    reached[0] = true;
    for at in 0..chars.len() {
        if !reached[at] {
            continue;
        }
        let rest: Zeroizing<String> = Zeroizing::new(chars[at..].iter().collect());
        for word in COMMON.split_whitespace() {
            if rest.starts_with(word) {
                reached[at + word.chars().count()] = true;
            }
        }
        for len in 3..=run_length(&chars[at..]) {
            reached[at + len] = true;
        }
    }
    reached[chars.len()]
}

/// How many characters from the start are one run: equal, or neighbours on one of the rows in one direction.
fn run_length(chars: &[char]) -> usize {
    let neighbours = |a: char, b: char, row: &str| {
        let mut pairs = row.chars().zip(row.chars().skip(1));
        pairs.any(|pair| pair == (a, b))
    };
    let longest = |holds: &dyn Fn(char, char) -> bool| {
        1 + chars.windows(2).take_while(|pair| holds(pair[0], pair[1])).count()
    };
    let mut best = longest(&|a, b| a == b);
    for row in ROWS {
        best = best.max(longest(&|a, b| neighbours(a, b, row))).max(longest(&|a, b| neighbours(b, a, row)));
    }
    best.min(chars.len())
}

const ROWS: [&str; 6] = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
];

/// Parts that common passphrases in China and elsewhere are made of. Every digit is one: numbers alone (phones,
/// birth dates, 5201314) are what is tried first.
const COMMON: &str = "
    password passwd passw0rd p4ssword pass word admin administrator root user guest login welcome letmein master
    monkey dragon shadow sunshine princess football baseball superman batman iloveyou love you lovely hello world
    computer internet secret test demo default changeme qwerty asdf zxcv qaz wsx edc abc aaa xyz
    woaini woaiwojia aini woai wo ai ni nishi woshi shui shishui mima wodemima dengmima kouling tamade caonima
    zhongguo beijing shanghai woaizhongguo zuguo renmin laopo laogong baobao baobei tianshi kuaile shengri wang
    zhang li liu chen yang xiaoming nihao nihaoma haha hehe dashabi shabi laoshi xuexiao ertong tonghu guanai
    ertongzhujia fuwuzhan jiuzhu minzheng gongzuo gongzuozhan diannao
    密码 我爱你 我的密码 中国 你好 儿童 童护 老师 工作站
    1q 2w 3e 4r 5t 6y 7u 8i 9o 0p a q 0 1 2 3 4 5 6 7 8 9
";
