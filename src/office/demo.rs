//! A station to look at and to test with: cheap to unlock, nothing to write down.

use super::{Answer, Desk, Door, DoorError, Imported, Office, Request, Setup, Unwatched, Watch, Whole};
use crate::domain::{Fields, WorkerId, forms::station};
use crate::platform::Clock;
use crate::vault::{KdfParams, Passphrase, RecoveryKey, Role};
use std::path::Path;
use std::sync::Arc;

pub const DEMO_LOGIN: &str = "demo";
/// Shown on the screen: nothing that matters is behind it.
pub const DEMO_PASSPHRASE: &str = "look around freely";

/// Founds a throw-away station with these children in an empty directory.
pub fn demo(
    dir: &Path,
    clock: Arc<dyn Clock>,
    children: impl Iterator<Item = Fields>,
) -> Result<Arc<Desk>, DoorError> {
    let station = Fields::default().with(station::NAME, "青石镇儿童服务站");
    let desk = found(&Door::new(dir.to_owned(), clock), station, &[])?;
    let mut children = children.peekable();
    if children.peek().is_some() {
        let Imported { .. } = desk.import(&mut children, &Unwatched)?;
    }
    Ok(desk)
}

/// Founds a throw-away station with colleagues (name, login) and whole files; `files` is told who works there.
pub fn invented<I: Iterator<Item = Whole>>(
    door: &Door,
    station: Fields,
    colleagues: &[(&str, &str)],
    files: impl FnOnce(&[WorkerId]) -> I,
) -> Result<Arc<Desk>, DoorError> {
    invented_watched(door, station, colleagues, files, &Unwatched)
}

/// The same while somebody waits; stopped, it leaves a station without children.
pub fn invented_watched<I: Iterator<Item = Whole>>(
    door: &Door,
    station: Fields,
    colleagues: &[(&str, &str)],
    files: impl FnOnce(&[WorkerId]) -> I,
    watch: &dyn Watch,
) -> Result<Arc<Desk>, DoorError> {
    let desk = found(door, station, colleagues)?;
    let Answer::Station(station) = desk.ask(Request::Station)? else { return Err(DoorError::NoStation) };
    let worker =
        |login: &str| station.staff.iter().find(|staff| staff.login == login).map(|staff| staff.worker);
    let workers: Vec<WorkerId> = colleagues.iter().filter_map(|(_, login)| worker(login)).collect();
    desk.invent(files(&workers), watch)?;
    Ok(desk)
}

fn found(door: &Door, station: Fields, colleagues: &[(&str, &str)]) -> Result<Arc<Desk>, DoorError> {
    let setup = Setup {
        station,
        login: DEMO_LOGIN.to_owned(),
        staff_name: "何晓雨".to_owned(),
        passphrase: Passphrase::typed(DEMO_PASSPHRASE),
        role: Role::Lead,
        kdf: KdfParams::for_tests(),
    };
    door.found_with(setup, &RecoveryKey::generate()?, colleagues)
}
