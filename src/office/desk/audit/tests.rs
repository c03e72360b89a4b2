use super::super::Desk;
use crate::domain::Fields;
use crate::domain::forms::child;
use crate::office::{Answer, Office, Query, Request, demo};
use crate::platform::SystemClock;
use std::sync::Arc;

fn desk(dir: &std::path::Path) -> Arc<Desk> {
    let rows = ["王小明"].map(|name| Fields::default().with(child::NAME, name));
    demo(dir, Arc::new(SystemClock), rows.into_iter()).unwrap()
}

/// The number of the last commit.
fn commits(desk: &Desk) -> u64 {
    desk.files.as_ref().unwrap().store.health().last
}

#[test]
fn a_keystroke_in_a_search_commits_nothing_and_a_rest_commits_it() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk(dir.path());
    let before = commits(&desk);
    for words in ["w", "wx", "wxm", "wx", "wxh", "李"] {
        desk.ask(Request::Find { text: Query(words.into()), limit: 5 }).unwrap();
        desk.ask(Request::SearchNotes { text: Query(words.into()), limit: 5 }).unwrap();
    }
    assert_eq!(commits(&desk), before);
    desk.ask(Request::Rest).unwrap();
    assert_eq!(commits(&desk), before + 1);
    desk.ask(Request::Rest).unwrap();
    assert_eq!(commits(&desk), before + 1, "nothing waits any more");
}

#[test]
fn an_opening_is_durable_before_the_file_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let desk = desk(dir.path());
    let Answer::Found(found) = desk.ask(Request::Find { text: Query("wxm".into()), limit: 5 }).unwrap()
    else {
        panic!()
    };
    let before = commits(&desk);
    desk.ask(Request::File(found.lines[0].row.child)).unwrap();
    assert_eq!(commits(&desk), before + 1, "whoever pulls the plug now has looked");
}
