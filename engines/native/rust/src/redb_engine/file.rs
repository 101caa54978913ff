//! The file behind a database.

use super::open_table;
use crate::failure::{Answer, Failure};
use redb::backends::FileBackend;
use redb::{BackendError, Database, StorageBackend};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The file behind the database: counts its syncs, and leaves them out if commits survive the process only.
#[derive(Debug)]
pub struct CountedFile {
    backend: FileBackend,
    syncs: Arc<AtomicU64>,
    syncing: bool,
}

impl CountedFile {
    pub fn of(file: &File, syncs: Arc<AtomicU64>, syncing: bool) -> Answer<CountedFile> {
        let own = file.try_clone().map_err(|e| Failure::of_system("opening the file", &e))?;
        let backend = FileBackend::new(own).map_err(|e| Failure::of_redb("opening the file", e))?;
        Ok(CountedFile { backend, syncs, syncing })
    }
}

type Range64 = Bound<u64>;

impl StorageBackend for CountedFile {
    fn len(&self) -> Result<u64, io::Error> {
        self.backend.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        self.backend.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        self.backend.set_len(len)
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        if self.syncing {
            self.syncs.fetch_add(1, Ordering::Relaxed);
            self.backend.sync_data()?;
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        self.backend.write(offset, data)
    }

    fn close(&self) -> Result<(), io::Error> {
        self.backend.close()
    }

    fn try_lock_range(&self, start: Range64, end: Range64) -> Result<bool, BackendError> {
        self.backend.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Range64, end: Range64) -> Result<bool, BackendError> {
        self.backend.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Range64, end: Range64) -> Result<(), BackendError> {
        self.backend.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Range64, end: Range64) -> Result<(), BackendError> {
        self.backend.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Range64, end: Range64) -> Result<(), BackendError> {
        self.backend.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Range64, end: Range64) -> Result<bool, BackendError> {
        self.backend.query_lock_range(start, end)
    }
}

/// Makes the file with all tables under another name, so that it is there whole or not at all.
pub fn create(folder: &Path, path: &Path, names: &[String]) -> Answer<()> {
    let unfinished = path.with_extension("redb.unfinished");
    let failed = |e: io::Error| Failure::of_system("making the file", &e);
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(failed)?;
    }
    let database = Database::create(&unfinished).map_err(|e| Failure::of_redb("making the file", e))?;
    let transaction = database.begin_write().map_err(|e| Failure::of_redb("making the file", e))?;
    for name in names {
        open_table(&transaction, name)?;
    }
    transaction.commit().map_err(|e| Failure::of_redb("making the file", e))?;
    database.close().map_err(|e| Failure::of_redb("making the file", e))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(failed)?;
    fs::rename(&unfinished, path).map_err(failed)?;
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(failed)
}

pub fn open(path: &Path) -> Answer<File> {
    OpenOptions::new().read(true).write(true).open(path).map_err(|e| Failure::of_system("opening the file", &e))
}
