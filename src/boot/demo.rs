//! A throw-away station: made in a temporary directory that goes with the program.

use super::{Looks, Start, on_terminal};
use crate::domain::WorkerId;
use crate::exchange;
use crate::office::{self, Door, DoorError, Office, Watch, Way};
use crate::platform::{Clock, SystemClock, origin};
use crate::tui::screen::{DoorView, Place};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
};

/// Makes the station and opens its screens; removes it afterwards. Nothing is opened if `watch` stops the making.
pub fn demo(children: u32, looks: &Looks, watch: impl Watch) -> io::Result<()> {
    let dir = Temporary::new()?;
    let home = dir.0.join("station");
    fs::create_dir(&home)?;
    let clock = Arc::new(SystemClock);
    let today = clock.today();
    let files = |workers: &[WorkerId]| exchange::demo::files(SEED, children as usize, today, workers);
    let station = exchange::demo::station();
    let door = Door::new(home, clock.clone()).known(&origin(), Way::Screen);
    let stopped = Stopped { watch, total: u64::from(children), said: AtomicBool::new(false) };
    let made = office::invented_watched(&door, station, exchange::demo::STAFF, files, &stopped);
    if stopped.said.into_inner() {
        return Ok(());
    }
    // What the signals do from here on, the screens say.
    drop(stopped.watch);
    let desk = made.map_err(io::Error::other)?;
    let refused = |no| io::Error::other(DoorError::from(no));
    exchange::demo::keep_registers(&*desk, today).map_err(refused)?;
    exchange::demo::keep_precedents(&*desk).map_err(refused)?;
    let (next, theirs) = (Door::new(dir.0.join("neighbour"), clock), dir.0.join("neighbour.json"));
    exchange::demo::neighbour(&next, today, &theirs).map_err(io::Error::other)?;
    exchange::demo::take_over(&*desk, theirs).map_err(refused)?;
    let office: Arc<dyn Office> = desk;
    let report = std::env::temp_dir().join("tonghu-demo-crash.txt");
    let start = Start {
        door: Some(Arc::new(door)),
        office: Some(office),
        view: DoorView { warnings: vec!["door-demo".to_owned()], demo: true, ..DoorView::default() },
        first: Place::Today,
        report,
        mappings: dir.0.join(exchange::map::FILE),
    };
    on_terminal(start, looks)
}

/// The same children every time.
const SEED: u64 = 20_261_121;

/// Somebody who watches, told of how many there will be.
struct Stopped<W> {
    watch: W,
    total: u64,
    said: AtomicBool,
}

impl<W: Watch> Watch for Stopped<W> {
    fn progress(&self, done: u64, _: Option<u64>) -> bool {
        let goes_on = self.watch.progress(done, Some(self.total));
        self.said.fetch_or(!goes_on, Ordering::Relaxed);
        goes_on
    }
}

/// A directory that is removed when dropped.
struct Temporary(PathBuf);

impl Temporary {
    /// In memory where the system has such a place: a demo needs no disk.
    fn new() -> io::Result<Self> {
        let shm = Path::new("/dev/shm");
        let base = if shm.is_dir() { shm.to_owned() } else { std::env::temp_dir() };
        let name = format!("tonghu-demo-{}", uuid::Uuid::now_v7().simple());
        let dir = base.join(&name);
        if fs::create_dir(&dir).is_ok() {
            return Ok(Self(dir));
        }
        let dir = std::env::temp_dir().join(name);
        fs::create_dir(&dir)?;
        Ok(Self(dir))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
