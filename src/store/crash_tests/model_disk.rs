//! A disk in memory that loses power at any point.
//!
//! What is written is live at once and durable after a sync. At a cut every write since then is kept, dropped or
//! torn between sectors, each by itself; of the changes to the directory a first part is kept.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use super::Dice;
use crate::store::disk::{Blob, Disk};

const SECTOR: usize = 64;

#[derive(Clone, Default)]
pub(super) struct Inode {
    pub(super) live: Vec<u8>,
    durable: Vec<u8>,
    /// Since the last sync.
    pub(super) writes: Vec<(usize, Vec<u8>)>,
    /// A sync failed: what was not durable then never will be.
    failed: bool,
}

#[derive(Clone)]
enum Renaming {
    Link(String, usize),
    Unlink(String),
    Rename(String, String),
}

#[derive(Default)]
pub(super) struct Model {
    pub(super) inodes: Vec<Inode>,
    pub(super) names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    renamings: Vec<Renaming>,
    pub(super) steps: usize,
    pub(super) cut_at: Option<usize>,
    pub(super) off: bool,
    pub(super) syncs: usize,
    pub(super) fail_sync: Option<usize>,
    /// A file was synced again after its sync had failed.
    pub(super) trusted_a_failed_file: bool,
    pub(super) room: Option<u64>,
}

#[derive(Clone, Default)]
pub(super) struct ModelDisk(Arc<Mutex<Model>>);

struct ModelBlob {
    disk: ModelDisk,
    inode: usize,
}

fn power_cut() -> io::Error {
    io::Error::other("power cut")
}

impl Model {
    /// Every change is a point at which the power may fail. `true`: it fails in the middle of this one.
    fn step(&mut self) -> io::Result<bool> {
        if self.off {
            return Err(power_cut());
        }
        self.steps += 1;
        self.off = self.cut_at.is_some_and(|cut| self.steps > cut);
        Ok(self.off)
    }

    fn whole_step(&mut self) -> io::Result<()> {
        if self.step()? { Err(power_cut()) } else { Ok(()) }
    }

    fn apply(names: &mut BTreeMap<String, usize>, renaming: Renaming) {
        match renaming {
            Renaming::Link(name, inode) => drop(names.insert(name, inode)),
            Renaming::Unlink(name) => drop(names.remove(&name)),
            Renaming::Rename(from, to) => {
                if let Some(inode) = names.remove(&from) {
                    names.insert(to, inode);
                }
            }
        }
    }

    fn change_names(&mut self, renaming: Renaming) {
        Model::apply(&mut self.names, renaming.clone());
        self.renamings.push(renaming);
    }
}

impl ModelDisk {
    pub(super) fn model(&self) -> MutexGuard<'_, Model> {
        self.0.lock().unwrap()
    }

    /// What a new start finds after the power was cut.
    pub(super) fn after_cut(&self, dice: &mut Dice) -> ModelDisk {
        let model = self.model();
        let mut names = model.durable_names.clone();
        let kept = dice.below(model.renamings.len() + 1);
        for renaming in &model.renamings[..kept] {
            Model::apply(&mut names, renaming.clone());
        }
        let mood = dice.below(4);
        let mut survive = |inode: &Inode| {
            let mut bytes = inode.durable.clone();
            for (at, written) in &inode.writes {
                let fate = if mood < 3 { mood } else { dice.below(3) };
                for (nth, sector) in written.chunks(SECTOR).enumerate() {
                    let kept = match fate {
                        0 => false,
                        1 => true,
                        _ => dice.below(2) == 0,
                    };
                    if kept {
                        write_into(&mut bytes, at + nth * SECTOR, sector);
                    }
                }
            }
            Inode { live: bytes.clone(), durable: bytes, ..Inode::default() }
        };
        let inodes = model.inodes.iter().map(&mut survive).collect();
        let (durable_names, room) = (names.clone(), model.room);
        ModelDisk(Arc::new(Mutex::new(Model { inodes, names, durable_names, room, ..Model::default() })))
    }
}

fn write_into(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    if bytes.len() < at + written.len() {
        bytes.resize(at + written.len(), 0);
    }
    bytes[at..at + written.len()].copy_from_slice(written);
}

impl Disk for ModelDisk {
    fn open(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        let inode = *self.model().names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Arc::new(ModelBlob { disk: self.clone(), inode }))
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn Blob>> {
        let mut model = self.model();
        model.whole_step()?;
        model.inodes.push(Inode::default());
        let inode = model.inodes.len() - 1;
        model.change_names(Renaming::Link(name.into(), inode));
        Ok(Arc::new(ModelBlob { disk: self.clone(), inode }))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut model = self.model();
        model.whole_step()?;
        model.change_names(Renaming::Rename(from.into(), to.into()));
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut model = self.model();
        model.whole_step()?;
        let inode = model.names.get(name).map(|&inode| model.inodes[inode].live.len() as u64);
        model.room = model.room.map(|room| room + inode.unwrap_or(0));
        model.change_names(Renaming::Unlink(name.into()));
        Ok(())
    }

    fn sync_dir(&self) -> io::Result<()> {
        let mut model = self.model();
        model.whole_step()?;
        model.durable_names = model.names.clone();
        model.renamings.clear();
        Ok(())
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let names = self.model().names.keys().cloned().collect::<Vec<_>>();
        Ok(names.into_iter().filter(|name| name.contains('/') != folder.is_empty()).collect())
    }

    fn free(&self) -> io::Result<u64> {
        Ok(self.model().room.unwrap_or(1 << 40))
    }

    fn modified(&self, _: &str) -> io::Result<i64> {
        Ok(0)
    }
}

impl Blob for ModelBlob {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        let model = self.disk.model();
        let bytes = model.inodes[self.inode].live.get(at as usize..).unwrap_or_default();
        let len = bytes.len().min(into.len());
        into[..len].copy_from_slice(&bytes[..len]);
        Ok(len)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let mut model = self.disk.model();
        let cut = model.step()?;
        let grows = (at + bytes.len() as u64).saturating_sub(model.inodes[self.inode].live.len() as u64);
        if let Some(room) = model.room {
            model.room = Some(room.checked_sub(grows).ok_or(io::ErrorKind::StorageFull)?);
        }
        let inode = &mut model.inodes[self.inode];
        write_into(&mut inode.live, at as usize, bytes);
        inode.writes.push((at as usize, bytes.to_vec()));
        if cut { Err(power_cut()) } else { Ok(()) }
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.model().inodes[self.inode].live.len() as u64)
    }

    fn sync(&self) -> io::Result<()> {
        let mut model = self.disk.model();
        model.whole_step()?;
        model.syncs += 1;
        let fails = model.fail_sync == Some(model.syncs);
        let inode = &mut model.inodes[self.inode];
        if inode.failed {
            // It says that all is well, as the kernel does, and keeps nothing.
            inode.writes.clear();
            model.trusted_a_failed_file = true;
            return Ok(());
        }
        if fails {
            inode.failed = true;
            return Err(io::Error::other("input/output error"));
        }
        inode.durable = inode.live.clone();
        inode.writes.clear();
        Ok(())
    }
}
