//! Putting a store in order: what is damaged is moved aside and made again from what is sound. Nothing is deleted,
//! and no key is needed, but for the roster file, which is made again when somebody who may read signs in.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::backup::{self, BackupInfo};
use super::disk::{Disk, RealDisk};
use super::engine::{Base, Engine, Tuning, held};
use super::error::{Result, StoreError};
use super::examine::{Examination, Harm, Part, Soundness, Stages, examine};
use super::files::{KEYRINGS, clear_directories, read_copy, read_keyring_on, set_aside, write_keyring_on};
use super::kv::KvError;
use super::opening;
use super::roster;
use super::unsealed;
use super::{Progress, Store};
use crate::vault::DataKeys;

/// Something that was put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    pub part: Part,
    /// What was moved aside for it, by its name in the directory.
    pub aside: Option<String>,
}

/// Looks at everything and puts in order what can be, without any key. The caller holds the lock. `stages` hears how
/// far it is; stopped, the next start goes on with it.
pub fn mend(dir: &Path, stages: Stages<'_>) -> Result<Vec<Mended>> {
    if !dir.is_dir() {
        return Err(StoreError::NotAStore);
    }
    clear_directories(&RealDisk::existing(dir)).map_err(StoreError::io("moving a directory aside"))?;
    let examination = examine(dir, None, stages)?;
    let (sealed, mut mended) = Sealed::assemble(dir)?;
    let engine = &sealed.engine;
    engine.mend_files(&examination, &mut mended)?;
    if engine_is_harmed(&examination) && engine.can_rebuild() {
        engine.with_progress(stages, |engine| engine.rebuild_engine(NOT_AS_WRITTEN))?;
        if matches!(engine.base_when_known(), Base::Engine(_)) {
            mended.push(Mended { part: Part::Engine, aside: None });
        }
    } else {
        engine.with_progress(stages, Engine::open_engine)?;
    }
    engine.apply_pending();
    engine.sync_engine();
    engine.mend_snapshots(&mut mended)?;
    Ok(mended)
}

/// A store opened without any key: it can be copied, and nothing in it can be read.
pub struct Sealed {
    pub(crate) engine: Arc<Engine>,
}

impl Sealed {
    /// Opens what is there; the caller holds the lock. What cannot be used is moved aside on the way.
    pub fn open(dir: &Path) -> Result<Sealed> {
        Ok(Sealed::assemble(dir)?.0)
    }

    fn assemble(dir: &Path) -> Result<(Sealed, Vec<Mended>)> {
        if !dir.is_dir() {
            return Err(StoreError::NotAStore);
        }
        let (disk, place) = opening::on_disk(dir)?;
        let mut mended = Vec::new();
        let (engine, _, report) = Engine::assemble(disk.clone(), place, DataKeys::none(), Tuning::default())?;
        mend_accounts(&*disk, &mut mended)?;
        if report.marker_restored {
            mended.push(Mended { part: Part::Marker, aside: None });
        }
        let moved = |part| move |name| Mended { part, aside: Some(name) };
        mended.extend(report.damaged_snapshots.into_iter().map(moved(Part::Snapshot)));
        mended.extend(report.roster_aside.into_iter().map(moved(Part::Roster)));
        Ok((Sealed { engine }, mended))
    }

    /// A sealed copy of all records with the accounts, verified by reading it back.
    pub fn backup(&self, to: &Path, progress: Progress<'_>) -> Result<BackupInfo> {
        match backup::backup(&self.engine, to, progress) {
            // The engine may have what the journal lost.
            Err(StoreError::Damaged { file: "the journal", .. }) => {
                self.engine.open_engine();
                backup::backup(&self.engine, to, progress)
            }
            made => made,
        }
    }
}

impl Store {
    /// Looks at all files while work goes on, and opens every record.
    pub fn examine(&self, stages: Stages<'_>) -> Result<Examination> {
        self.engine.examine(stages)
    }

    /// Puts the copies of the accounts in order: nobody may change them meanwhile.
    pub fn mend_accounts(&self) -> Result<Vec<Mended>> {
        let mut mended = Vec::new();
        mend_accounts(&*self.engine.disk, &mut mended)?;
        Ok(mended)
    }

    /// Puts in order what else can be, while work goes on: snapshot and journal answer until the engine is there again.
    pub fn mend(&self, stages: Stages<'_>) -> Result<Vec<Mended>> {
        let mut mended = Vec::new();
        let examination = self.engine.examine(stages)?;
        self.engine.mend_files(&examination, &mut mended)?;
        if engine_is_harmed(&examination) && self.engine.can_rebuild() {
            if let Base::Engine(kv) = self.engine.base_when_known() {
                self.engine.engine_failed(&kv, KvError::Damaged(NOT_AS_WRITTEN.into()));
            }
            // Asked for by a person: also a second time.
            held(&self.engine.notes).rebuild = Some(NOT_AS_WRITTEN.to_owned());
            self.worker.settle();
            while held(&self.engine.notes).rebuild.as_ref().is_some_and(|why| !why.is_empty())
                || matches!(held(&self.engine.base).base, Base::Snapshot { rebuilding: true, .. })
            {
                if stages(Part::Engine, self.engine.rebuilt.load(Ordering::Relaxed)).is_break() {
                    break;
                }
                thread::sleep(LOOK_AGAIN);
            }
            if matches!(self.engine.base_when_known(), Base::Engine(_)) {
                mended.push(Mended { part: Part::Engine, aside: None });
            }
        }
        self.worker.settle();
        self.engine.mend_snapshots(&mut mended)?;
        Ok(mended)
    }
}

const NOT_AS_WRITTEN: &str = "its records are not what snapshot and journal say";
const LOOK_AGAIN: Duration = Duration::from_millis(50);

fn engine_is_harmed(examination: &Examination) -> bool {
    let harmed = |state: &Soundness| {
        matches!(state, Soundness::Harmed(Harm::Gone | Harm::WentBack | Harm::Records(_) | Harm::Shut(_)))
    };
    examination.looked.iter().any(|looked| looked.part == Part::Engine && harmed(&looked.state))
}

/// Both copies from the newer good one, or from the newest snapshot; a damaged one is moved aside.
fn mend_accounts(disk: &dyn Disk, mended: &mut Vec<Mended>) -> Result<()> {
    let copies: Vec<_> = KEYRINGS.iter().map(|name| read_copy(disk, name)).collect::<Result<_>>()?;
    if let [Some(first), Some(second)] = copies.as_slice()
        && first == second
    {
        return Ok(());
    }
    // Without a good copy anywhere they stay as they are: the examination says so.
    let Ok(accounts) = read_keyring_on(disk) else { return Ok(()) };
    for (name, _) in KEYRINGS.iter().zip(&copies).filter(|(_, copy)| copy.is_none()) {
        let there = disk.modified(name).is_ok();
        let moved = there.then(|| set_aside(disk, name, "damaged")).transpose();
        let aside = moved.map_err(StoreError::io("moving the accounts aside"))?;
        mended.push(Mended { part: Part::Accounts, aside });
    }
    write_keyring_on(disk, &accounts)
}

impl Engine {
    /// Snapshots and roster file that the examination found damaged, if opening has not moved them aside already.
    fn mend_files(&self, examination: &Examination, mended: &mut Vec<Mended>) -> Result<()> {
        for looked in &examination.looked {
            let is_there = self.disk.modified(&looked.name).is_ok();
            if !is_there || !matches!(looked.state, Soundness::Harmed(_)) {
                continue;
            }
            match looked.part {
                Part::Snapshot => {
                    let seq = looked.name.rsplit('-').next().and_then(|digits| digits.parse().ok());
                    self.drop_snapshot(seq.unwrap_or(0))?;
                }
                Part::Roster => {
                    set_aside(&*self.disk, roster::NAME, "damaged")
                        .map_err(StoreError::io("moving the roster file aside"))?;
                    held(&self.notes).roster_unusable = true;
                }
                Part::Unsealed if looked.state != Soundness::Harmed(Harm::Newer) => {
                    unsealed::aside(&*self.disk)?;
                }
                _ => continue,
            }
            mended.push(Mended { part: looked.part, aside: Some(looked.name.clone()) });
        }
        Ok(())
    }

    /// Without a snapshot that reaches the journal, the engine alone has what came before: a new one is made from it.
    fn mend_snapshots(&self, mended: &mut Vec<Mended>) -> Result<()> {
        // Without a key the rows, which the engine does not hold, are out of reach: the next sign-in makes it.
        let out_of_reach = self.roster_keys().is_none() && self.newest_snapshot().is_none();
        if !self.can_rebuild() && !out_of_reach && matches!(self.base_when_known(), Base::Engine(_)) {
            self.snapshot(&mut |_| ControlFlow::Continue(()))?;
            mended.push(Mended { part: Part::Snapshot, aside: None });
        }
        Ok(())
    }

    /// Work that rebuilds the engine, and how many records it has back.
    fn with_progress(&self, stages: Stages<'_>, work: impl FnOnce(&Engine) + Send) -> Result<()> {
        let stopped = thread::scope(|scope| {
            let working = scope.spawn(|| work(self));
            while !working.is_finished() {
                if stages(Part::Engine, self.rebuilt.load(Ordering::Relaxed)).is_break() {
                    self.stopping.store(true, Ordering::Relaxed);
                    let _ = working.join();
                    return true;
                }
                thread::sleep(LOOK_AGAIN);
            }
            let _ = working.join();
            false
        });
        if stopped { Err(StoreError::Cancelled) } else { Ok(()) }
    }
}
