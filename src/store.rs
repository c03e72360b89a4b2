//! (placeholder: one file, rewritten whole)
use crate::vault::DataKeys;
use std::{collections::BTreeMap, fs, path::{Path, PathBuf}, sync::Mutex};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Key {
    pub kind: u8,
    pub owner: Uuid,
    pub id: Uuid,
}

#[derive(Clone, Debug)]
pub struct Op {
    pub key: Key,
    pub value: Option<Vec<u8>>,
}

pub type Seq = u64;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("in use")]
    InUse,
    #[error("full")]
    Full,
    #[error("newer")]
    Newer { file: &'static str, found: u16, known: u16 },
    #[error("no data here")]
    NotAStore,
    #[error("not empty")]
    NotEmpty,
    #[error("damaged")]
    Damaged { file: &'static str, why: &'static str },
    #[error("stopped")]
    Cancelled,
}

pub struct Lock(#[allow(dead_code)] fs::File);

pub fn lock(dir: &Path) -> Result<Lock, StoreError> {
    let file = fs::File::create(dir.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(_) => Err(StoreError::InUse),
    }
}

pub fn read_keyring(dir: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(dir.join("keyring")) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub struct Store {
    path: PathBuf,
    all: Mutex<BTreeMap<Key, Vec<u8>>>,
}

pub struct Opened {
    pub store: Store,
    pub pinned: Pinned,
}

pub struct Pinned(Vec<(Key, Vec<u8>)>);

impl Pinned {
    pub fn for_each(&self, mut each: impl FnMut(&Key, &[u8])) {
        self.0.iter().for_each(|(key, bytes)| each(key, bytes));
    }
}

impl Store {
    pub fn create(dir: &Path, _keys: &DataKeys, keyring: &[u8]) -> Result<Self, StoreError> {
        fs::write(dir.join("keyring"), keyring)?;
        let store = Store { path: dir.join("store.bin"), all: Mutex::default() };
        store.write(&BTreeMap::new())?;
        Ok(store)
    }

    pub fn open(dir: &Path, _keys: &DataKeys) -> Result<Opened, StoreError> {
        let path = dir.join("store.bin");
        let all: BTreeMap<Key, Vec<u8>> = rmp_serde::from_slice(&fs::read(&path)?).unwrap_or_default();
        let pinned = all.iter().filter(|(key, _)| key.kind >= 0x80).map(|(k, v)| (*k, v.clone())).collect();
        Ok(Opened { store: Store { path, all: Mutex::new(all) }, pinned: Pinned(pinned) })
    }

    fn write(&self, all: &BTreeMap<Key, Vec<u8>>) -> Result<(), StoreError> {
        fs::write(&self.path, rmp_serde::to_vec(all).unwrap_or_default())?;
        Ok(())
    }

    pub fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.all.lock().unwrap_or_else(|e| e.into_inner()).get(key).cloned())
    }

    pub fn scan(
        &self,
        kind: u8,
        owner: Option<Uuid>,
        mut each: impl FnMut(&Key, &[u8]) -> bool,
    ) -> Result<(), StoreError> {
        let all = self.all.lock().unwrap_or_else(|e| e.into_inner());
        for (key, value) in all.iter() {
            if key.kind == kind && owner.is_none_or(|owner| owner == key.owner) && !each(key, value) {
                break;
            }
        }
        Ok(())
    }

    pub fn commit(&self, ops: Vec<Op>) -> Result<Seq, StoreError> {
        let mut all = self.all.lock().unwrap_or_else(|e| e.into_inner());
        for op in ops {
            match op.value {
                Some(value) => all.insert(op.key, value),
                None => all.remove(&op.key),
            };
        }
        self.write(&all)?;
        Ok(0)
    }

    pub fn commit_bulk(
        &self,
        ops: impl Iterator<Item = Op>,
        mut progress: impl FnMut(u64) -> bool,
    ) -> Result<Seq, StoreError> {
        let mut all = self.all.lock().unwrap_or_else(|e| e.into_inner());
        let mut next = all.clone();
        for (done, op) in ops.enumerate() {
            if !progress(done as u64) {
                return Err(StoreError::Cancelled);
            }
            match op.value {
                Some(value) => next.insert(op.key, value),
                None => next.remove(&op.key),
            };
        }
        *all = next;
        self.write(&all)?;
        Ok(0)
    }

    pub fn sync_idle(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
