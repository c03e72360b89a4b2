//! What each leap costs. Lower is nearer; the figures were tuned on 100,000 rows, recall first.

/// A query letter stands for a whole syllable: `w`, `zh`.
pub(super) const INITIAL: u8 = 2;
/// The last syllable is not typed to its end.
pub(super) const UNFINISHED: u8 = 1;
/// Another reading of a polyphone; `lu` for `lü`.
pub(super) const OTHER_READING: u8 = 1;
/// Confused sounds: n/l, f/h, zh/z, ch/c, sh/s, in/ing, en/eng, an/ang.
pub(super) const NEAR: u8 = 6;
/// Rarer ones: r/l, ü/i.
pub(super) const FAR: u8 = 9;
pub(super) const NEAR_INITIAL: u8 = 8;
/// One letter of a syllable wrong, missing, extra or swapped.
pub(super) const TYPO: u8 = 10;
/// Another character: same sound and tone, same sound, near sound, rarer near sound, any other.
pub(super) const SAME_TONE: u8 = 3;
pub(super) const SAME_SOUND: u8 = 4;
pub(super) const NEAR_CHAR: u8 = 8;
pub(super) const FAR_CHAR: u8 = 11;
pub(super) const WRONG_CHAR: u8 = 14;
/// A character was typed that the name does not have.
pub(super) const EXTRA_CHAR: u8 = 16;
pub(super) const SWAPPED: u8 = 9;

/// Characters of the name that were not typed: before, between, after.
pub(super) const LEFT_OUT_FIRST: u8 = 3;
pub(super) const LEFT_OUT: u8 = 3;
pub(super) const LEFT_OUT_LAST: u8 = 1;

pub(super) const GUARDIAN: u8 = 5;
pub(super) const VILLAGE: u8 = 9;
pub(super) const SCHOOL: u8 = 10;

/// Digits: the end of the ID, of the case number, of the phone; a birth date; the start; a month and day; inside.
pub(super) const ID_END: u8 = 0;
pub(super) const CASE_END: u8 = 1;
pub(super) const PHONE_END: u8 = 2;
pub(super) const BIRTH: u8 = 3;
pub(super) const START: u8 = 4;
pub(super) const DAY: u8 = 5;
pub(super) const INSIDE: u8 = 7;
/// A wrong digit and two swapped ones; `*_END` comes on top.
pub(super) const DIGIT_WRONG: u8 = 10;
pub(super) const DIGITS_SWAPPED: u8 = 9;

/// Rows at or above it are not found at all.
pub(super) const CEILING: u8 = 47;
/// A name dearer than this is no match any more.
pub(super) const DEAREST: u8 = 31;
/// With enough rows below this the search does not look for mistakes.
pub(super) const GOOD: u8 = 20;
/// "No match": larger than every sum that still counts.
pub(super) const NEVER: u8 = 255;
