//! Searches, noted once each although every keystroke asks, and lists of children, noted once in a sitting although they
//! are drawn anew after every save. Until it is known that somebody types on no more, the words wait here: the keystroke
//! pays for comparing two short texts, not for a seal or the disk.

use crate::office::audit::{Deed, Verb};
use chrono::NaiveDate;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who types on after so long searches anew.
const PAUSE: i64 = 10_000;
/// Searches that wait for something else to be noted. More are noted by whoever types on.
const MOST: usize = 128;

#[derive(Default)]
pub(super) struct Searches(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    typing: Option<Typing>,
    /// Lists that were looked at in this sitting, and the day.
    lists: Vec<(Verb, NaiveDate)>,
    over: Vec<Search>,
}

/// A search that somebody may still be typing at.
struct Typing {
    verb: Verb,
    /// The most that stood there. Whoever takes back and types on otherwise has searched for it.
    most: String,
    last: String,
    /// Milliseconds of the last keystroke.
    at: i64,
}

/// A search that is over, or a look at a list.
pub(super) struct Search {
    pub deed: Deed,
    pub at: i64,
}

impl Searches {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody asks for these words. `true`: so many wait that they must be noted now.
    pub(super) fn typed(&self, verb: Verb, words: &str, now: i64) -> bool {
        let mut waiting = self.lock();
        if !waiting.typing.as_mut().is_some_and(|typing| typing.goes_on(verb, words, now)) {
            waiting.end();
            let (most, last) = (words.to_owned(), words.to_owned());
            waiting.typing = Some(Typing { verb, most, last, at: now });
        }
        waiting.over.len() >= MOST
    }

    /// Somebody looks at a list that shows children.
    pub(super) fn looked(&self, list: Verb, today: NaiveDate, now: i64) {
        let mut waiting = self.lock();
        if !waiting.lists.contains(&(list, today)) {
            waiting.lists.retain(|(other, _)| *other != list);
            waiting.lists.push((list, today));
            waiting.over.push(Search { deed: Deed::of(list, None), at: now });
        }
    }

    /// Somebody sits down: what is looked at from now on is looked at anew.
    pub(super) fn sit_down(&self) {
        self.lock().lists.clear();
    }

    /// All that were made, the oldest first: something else happens, and comes behind them.
    pub(super) fn take(&self) -> Vec<Search> {
        let mut waiting = self.lock();
        waiting.end();
        std::mem::take(&mut waiting.over)
    }
}

impl Waiting {
    fn end(&mut self) {
        self.over.extend(self.typing.take().filter(|typing| !typing.most.trim().is_empty()).map(|typing| {
            let deed = Deed::about(typing.verb, &typing.most);
            Search { deed, at: typing.at }
        }));
    }
}

impl Typing {
    /// Whether these words are the same search, a keystroke on; if so, takes them in.
    fn goes_on(&mut self, verb: Verb, words: &str, now: i64) -> bool {
        let soon = (0..=PAUSE).contains(&(now - self.at));
        let on = self.last == self.most && is_less(&self.last, words);
        let back = words == self.last || is_less(words, &self.last);
        let again = words == self.most || is_less(words, &self.most);
        if verb != self.verb || !soon || !(on || back || again) {
            return false;
        }
        if on {
            words.clone_into(&mut self.most);
        }
        words.clone_into(&mut self.last);
        self.at = now;
        true
    }
}

/// `whole` is `part` with something typed into it at one place.
fn is_less(part: &str, whole: &str) -> bool {
    let begin = part.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
    let end = part.bytes().rev().zip(whole.bytes().rev()).take_while(|(a, b)| a == b).count();
    part.len() < whole.len() && begin + end >= part.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verb::{Search as Find, SearchNotes};

    /// What is noted after these words were asked for, each so many milliseconds after the one before.
    fn noted(typed: &[(Verb, &str, i64)]) -> Vec<String> {
        let searches = Searches::default();
        let mut now = 0;
        for (verb, words, after) in typed {
            now += after;
            searches.typed(*verb, words, now);
        }
        searches.take().into_iter().filter_map(|search| search.deed.what).collect()
    }

    fn find(words: &[&str]) -> Vec<String> {
        noted(&words.iter().map(|words| (Find, *words, 200)).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_that_is_typed_letter_by_letter_is_one_search() {
        assert_eq!(find(&["w", "wx", "wxm"]), ["wxm"]);
        assert_eq!(find(&["王", "王小", "王小明", "王小明 石门"]), ["王小明 石门"]);
        assert_eq!(find(&["wm", "wxm"]), ["wxm"], "a letter put in between");
        assert_eq!(find(&["wxm", "wxm"]), ["wxm"], "asked again because a record changed");
        assert_eq!(find(&[]), Vec::<String>::new());
    }

    #[test]
    fn what_was_typed_in_full_is_not_hidden_by_taking_it_back() {
        assert_eq!(find(&["王", "王小明", "王小", "王", "王五"]), ["王小明", "王五"]);
        assert_eq!(find(&["王小明", "王小", "王小明", "王小明 石门"]), ["王小明 石门"], "typed again");
        assert_eq!(find(&["wxm", "wx", "w"]), ["wxm"]);
        assert_eq!(find(&["wxm", "李四"]), ["wxm", "李四"]);
    }

    #[test]
    fn another_kind_of_search_and_a_pause_begin_a_new_one() {
        assert_eq!(noted(&[(Find, "fa", 0), (SearchNotes, "fas", 100)]), ["fa", "fas"]);
        assert_eq!(noted(&[(Find, "wx", 0), (Find, "wxm", PAUSE + 1)]), ["wx", "wxm"]);
        assert_eq!(noted(&[(Find, "wx", 5_000), (Find, "wxm", -4_000)]), ["wx", "wxm"], "a clock set back");
        assert_eq!(noted(&[(Find, "  ", 0), (Find, "", 10)]), Vec::<String>::new(), "nothing was asked");
    }

    #[test]
    fn a_list_is_looked_at_once_in_a_sitting_and_again_on_another_day() {
        let searches = Searches::default();
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let noted = || searches.take().into_iter().map(|look| (look.deed.verb, look.at)).collect::<Vec<_>>();
        for (list, on, at) in [(Verb::Today, 2, 1), (Verb::Cases, 2, 2), (Verb::Today, 2, 3)] {
            searches.looked(list, day(on), at);
        }
        assert_eq!(noted(), [(Verb::Today, 1), (Verb::Cases, 2)]);
        searches.looked(Verb::Cases, day(2), 4);
        assert_eq!(noted(), [], "also when it was written meanwhile");
        searches.looked(Verb::Cases, day(3), 5);
        assert_eq!(noted(), [(Verb::Cases, 5)]);
        searches.sit_down();
        searches.looked(Verb::Cases, day(3), 6);
        assert_eq!(noted(), [(Verb::Cases, 6)]);
    }

    #[test]
    fn a_look_at_a_list_does_not_cut_a_search_in_two() {
        let searches = Searches::default();
        searches.typed(Find, "wx", 100);
        searches.looked(Verb::Today, NaiveDate::MIN, 150);
        searches.typed(Find, "wxm", 200);
        let words: Vec<_> = searches.take().into_iter().filter_map(|search| search.deed.what).collect();
        assert_eq!(words, ["wxm"]);
    }

    #[test]
    fn searches_that_pile_up_are_to_be_noted() {
        let searches = Searches::default();
        let full = (0..=MOST).map(|n| searches.typed(Find, &format!("{n}"), n as i64 * 20_000));
        let full: Vec<bool> = full.collect();
        assert!(!full[MOST - 1] && full[MOST]);
        assert_eq!(searches.take().len(), MOST + 1);
    }
}
