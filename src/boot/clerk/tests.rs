use super::*;
use crate::domain::Fields;
use crate::office::{Admission, DEMO_LOGIN, DEMO_PASSPHRASE, Imported, Role, demo};
use crate::tui::screen::Secret;
use std::sync::mpsc::Receiver;

/// A desk at which a backup, or what reads through all files, lasts until it is told to end.
struct Slow {
    desk: Arc<crate::office::Desk>,
    end: Mutex<Receiver<()>>,
}

impl Office for Slow {
    fn me(&self) -> &Me {
        self.desk.me()
    }

    fn ask_watched(&self, request: Request, watch: &dyn Watch) -> Result<Answer, Refusal> {
        if matches!(
            request,
            Request::Backup { .. } | Request::Needs | Request::Evaluation { .. } | Request::Register(_)
        ) {
            let _ = self.end.lock().unwrap().recv();
        }
        self.desk.ask_watched(request, watch)
    }

    fn import(&self, rows: &mut dyn Iterator<Item = Fields>, watch: &dyn Watch) -> Result<Imported, Refusal> {
        self.desk.import(rows, watch)
    }
}

#[test]
fn a_backup_goes_on_behind_a_locked_screen_and_who_began_it_comes_back_in_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let desk = demo(dir.path(), Arc::new(SystemClock), std::iter::empty()).unwrap();
    let passphrase = Passphrase::typed("a key under the mat");
    let (login, name) = ("chen".into(), "陈静".into());
    desk.ask(Request::Admit(Admission { login, name, role: Role::Caseworker, passphrase })).unwrap();
    let (end, ending) = mpsc::channel();
    let (events, happened) = mpsc::channel();
    let door = Arc::new(Door::new(dir.path().to_owned(), Arc::new(SystemClock)));
    let slow = Arc::new(Slow { desk, end: Mutex::new(ending) });
    let files = Files { settings: None, mappings: dir.path().join("columns") };
    let mut clerk = Threads::new(events, Some(door), Some(slow), Lang::En, files);

    let to = dir.path().join("copy.backup");
    clerk.take(Job::Ask { screen: 1, ticket: Ticket(1), request: Request::Backup { to: to.clone() } });
    clerk.take(Job::SignOut);
    let mut unlock = |login: &str, passphrase: &str| {
        let (login, passphrase) = (login.to_owned(), Secret::new(passphrase.to_owned()));
        let ask = DoorAsk::Unlock { login, passphrase };
        clerk.take(Job::Door { screen: 2, ticket: Ticket(2), ask });
        match happened.recv().unwrap() {
            Happened::App(AppEvent::Door { answer, me, .. }) => answer.map(|_| me.unwrap().login),
            other => panic!("{other:?}"),
        }
    };
    assert!(unlock("chen", "a key under the mat").unwrap_err().0.contains("still running"));
    assert!(unlock(DEMO_LOGIN, "not this one").unwrap_err().0.contains("Wrong"));
    assert_eq!(unlock("Demo", DEMO_PASSPHRASE).unwrap(), DEMO_LOGIN);

    end.send(()).unwrap();
    match happened.recv().unwrap() {
        Happened::App(AppEvent::Answer { answer: Ok(Answer::BackedUp(_)), .. }) => {}
        other => panic!("{other:?}"),
    }
    assert!(to.is_file());
    clerk.finish();
}

#[test]
fn whoever_opens_a_file_does_not_wait_until_all_files_have_been_read_for_another_screen() {
    let volunteers = Request::Register(RecordKind::Volunteer);
    for long in [Request::Needs, Request::Evaluation { instrument: None }, volunteers] {
        let dir = tempfile::tempdir().unwrap();
        let desk = demo(dir.path(), Arc::new(SystemClock), std::iter::empty()).unwrap();
        let (end, ending) = mpsc::channel();
        let (events, happened) = mpsc::channel();
        let slow = Arc::new(Slow { desk, end: Mutex::new(ending) });
        let files = Files { settings: None, mappings: dir.path().join("columns") };
        let mut clerk = Threads::new(events, None, Some(slow), Lang::En, files);
        let next = || match happened.recv_timeout(Duration::from_secs(60)).unwrap() {
            Happened::App(AppEvent::Answer { screen, .. }) => screen,
            other => panic!("{other:?}"),
        };
        clerk.take(Job::Ask { screen: 1, ticket: Ticket(1), request: long });
        clerk.take(Job::Ask { screen: 2, ticket: Ticket(1), request: Request::Caseload });
        assert_eq!(next(), 2);
        end.send(()).unwrap();
        assert_eq!(next(), 1);
        clerk.finish();
    }
}
