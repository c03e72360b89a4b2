//! The station's own rules, fields and pages go with a backup, and come back with it.

use super::*;
use crate::editing::OURS;
use tonghu::office::{OwnFault, OwnFile, OwnSave, Station};

const PAGE: &str = "# 冬衣\n\n找石桥村的田婶拿钥匙。\n";

fn save(desk: &Desk, file: OwnFile, text: &str, base: Option<&str>) {
    let base = base.map(str::to_owned);
    desk.ask(Request::SaveOwn(OwnSave { file, text: text.into(), base, draft: None })).unwrap();
}

fn station(desk: &Desk) -> Arc<Station> {
    match desk.ask(Request::Station).unwrap() {
        Answer::Station(station) => station,
        other => panic!("{other:?}"),
    }
}

fn has_rule(desk: &Desk) -> bool {
    let Answer::RuleBook(book) = desk.ask(Request::RuleBook).unwrap() else { panic!() };
    book.lines.iter().any(|line| line.entry.as_ref().is_some_and(|entry| entry.id == "ours"))
}

fn title(desk: &Desk, page: &str) -> Option<String> {
    match desk.ask(Request::Manual).unwrap() {
        Answer::Manual(manual, _) => Some(manual.page(page)?.text(Lang::Zh).title.clone()),
        other => panic!("{other:?}"),
    }
}

impl House {
    fn with_own_files() -> House {
        let house = House::new();
        save(house.desk(), OwnFile::Table("closure.toml".into()), OURS, None);
        save(house.desk(), OwnFile::Page("winter".into()), PAGE, None);
        house
    }

    fn back_up(&self) -> std::path::PathBuf {
        let to = self.stick().join("tonghu-2026-03-02.backup");
        let _ = fs::remove_file(&to);
        self.ask(Request::Backup { to: to.clone() }).unwrap();
        to
    }

    /// Another PC, on which the stick is restored.
    fn elsewhere(&self, backup: &Path) -> (std::path::PathBuf, Arc<Desk>) {
        let to = self.dir.path().join("elsewhere");
        let _ = fs::remove_dir_all(&to);
        backups::restore(backup, &to, &*self.clock, &Unwatched).unwrap();
        let desk = Door::new(to.clone(), self.clock.clone())
            .unlock("zhou", &Passphrase::typed("the river bends twice at dawn"))
            .unwrap();
        (to, desk)
    }
}

#[test]
fn own_rules_and_pages_come_back_with_a_restore_and_are_in_force_at_the_first_sign_in() {
    let house = House::with_own_files();
    let backup = house.back_up();
    let bytes = fs::read(&backup).unwrap();
    for told in ["田婶", "winter", "冬天前要问棉衣"] {
        let found = bytes.windows(told.len()).any(|window| window == told.as_bytes());
        assert!(!found, "{told} can be read in the backup");
    }
    let (dir, desk) = house.elsewhere(&backup);
    assert_eq!(fs::read_to_string(dir.join("manual/winter.md")).unwrap(), PAGE);
    assert_eq!(fs::read_to_string(dir.join("practice/closure.toml")).unwrap(), OURS);
    assert!(has_rule(&desk));
    assert_eq!(title(&desk, "winter").as_deref(), Some("冬衣"));
    assert!(station(&desk).warnings.is_empty());
    assert!(!dir.join(tonghu::store::RESTORED).exists(), "once");
}

#[test]
fn what_was_edited_by_hand_goes_along_and_what_was_taken_away_does_not_come_back() {
    let house = House::with_own_files();
    house.back_up();
    let by_hand = PAGE.replace("田婶", "崔婶");
    fs::write(house.data().join("manual/winter.md"), &by_hand).unwrap();
    fs::remove_file(house.data().join("practice/closure.toml")).unwrap();
    let (dir, desk) = house.elsewhere(&house.back_up());
    assert_eq!(fs::read_to_string(dir.join("manual/winter.md")).unwrap(), by_hand);
    assert!(!dir.join("practice/closure.toml").exists());
    assert!(!has_rule(&desk));
}

#[test]
fn a_file_with_a_mistake_comes_back_as_it_is_with_the_copy_that_is_in_force_for_it() {
    let house = House::with_own_files();
    let broken = OURS.replace("grade = \"act\"", "grade = \"soon\"");
    fs::write(house.data().join("practice/closure.toml"), &broken).unwrap();
    let (dir, desk) = house.elsewhere(&house.back_up());
    assert_eq!(fs::read_to_string(dir.join("practice/closure.toml")).unwrap(), broken);
    assert!(has_rule(&desk), "as it was before the restore");
    assert!(matches!(station(&desk).warnings[..], [OwnFault::Kept { .. }]));
}

#[test]
fn what_somebody_put_there_before_the_first_sign_in_is_not_replaced() {
    let house = House::with_own_files();
    let backup = house.back_up();
    let to = house.dir.path().join("elsewhere");
    backups::restore(&backup, &to, &*house.clock, &Unwatched).unwrap();
    fs::create_dir_all(to.join("manual")).unwrap();
    fs::write(to.join("manual/winter.md"), "# 另一页\n\n手写。\n").unwrap();
    let desk = Door::new(to.clone(), house.clock.clone())
        .unlock("zhou", &Passphrase::typed("the river bends twice at dawn"))
        .unwrap();
    assert_eq!(title(&desk, "winter").as_deref(), Some("另一页"));
    assert!(has_rule(&desk));
}

#[test]
fn at_the_shell_a_page_goes_through_backup_verification_drill_and_restore() {
    let home = Home::with_station();
    fs::create_dir_all(home.data().join("manual")).unwrap();
    fs::write(home.data().join("manual/winter.md"), PAGE).unwrap();
    home.signed_in("backup safe.backup").done();
    home.run("backup --verify safe.backup").done();
    home.signed_in("restore --dry-run safe.backup").done();
    home.run("--data fresh restore safe.backup").done();
    home.signed_in("--data fresh find nobody");
    let page = home.signed_in("--data fresh manual winter").done();
    assert!(page.contains("田婶"), "{page}");
}
