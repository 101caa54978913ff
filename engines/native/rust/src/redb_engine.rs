//! redb: each keyspace is a table of one file.

mod apply;
mod copy;
mod file;
mod pages;
mod view;

#[cfg(test)]
mod raw;

pub use pages::Pages;
pub use view::View;

use crate::codec::{Changes, Config, Level};
use crate::failure::{Answer, CLOSED, CORRUPTION, Failure, UNSUPPORTED, or_damage};
use file::CountedFile;
use redb::{
    Builder, Database, Durability, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, Table,
    TableDefinition, TableHandle, WriteTransaction,
};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

pub const VERSION: &str = "4.6.0";
const FILE: &str = "data.redb";

type Definition<'a> = TableDefinition<'a, &'static [u8], &'static [u8]>;
type ReadTable = ReadOnlyTable<&'static [u8], &'static [u8]>;
type WriteTable<'t> = Table<'t, &'static [u8], &'static [u8]>;

/// How transactions are committed.
#[derive(Clone, Copy)]
struct Mode {
    level: Level,
    quick_repair: bool,
    two_phase_commit: bool,
}

pub struct Redb {
    // Taken when the engine closes, and for itself by what needs the database alone.
    database: RwLock<Option<Database>>,
    // The newest state, opened by the first read after a commit and let go by the next commit, so that an idle reader keeps no page
    // from being used again.
    latest: RwLock<Option<Arc<View>>>,
    names: Vec<String>,
    mode: Mode,
    path: PathBuf,
    file: File,
    syncs: Arc<AtomicU64>,
    cache_bytes: usize,
}

impl Redb {
    pub fn open(config: Config) -> Answer<Redb> {
        or_damage(|| Redb::open_whole(config))
    }

    fn open_whole(mut config: Config) -> Answer<Redb> {
        let mode = Mode {
            level: config.durability,
            quick_repair: config.flag("quick_repair", false)?,
            two_phase_commit: config.flag("two_phase_commit", false)?,
        };
        config.refuse_unknown()?;
        let folder = PathBuf::from(&config.directory);
        let path = folder.join(FILE);
        let cache_bytes = config.memory_budget_bytes as usize;
        if !path.exists() {
            file::create(&folder, &path, &config.keyspaces)?;
        }
        let file = file::open(&path)?;
        let syncs = Arc::new(AtomicU64::new(0));
        let backend = CountedFile::of(&file, syncs.clone(), mode.level != Level::ProcessCrash)?;
        let database = Builder::new()
            .set_cache_size(cache_bytes)
            .create_with_backend(backend)
            .map_err(|e| Failure::of_redb("opening", e))?;
        let engine = Redb {
            database: RwLock::new(Some(database)),
            latest: RwLock::new(None),
            names: config.keyspaces,
            mode,
            path,
            file,
            syncs,
            cache_bytes,
        };
        // Apart, so that the database is closed as usual, and not by a panic.
        or_damage(|| engine.check_tables())?;
        Ok(engine)
    }

    fn check_tables(&self) -> Answer<()> {
        let transaction = self.begin_read()?;
        let mut present: Vec<String> = transaction
            .list_tables()
            .map_err(|e| Failure::of_redb("listing the tables", e))?
            .map(|table| table.name().to_owned())
            .collect();
        let mut expected = self.names.clone();
        present.sort();
        expected.sort();
        if present != expected {
            return Err(Failure::new(
                CORRUPTION,
                format!("the file has the tables {present:?}, expected {expected:?}; open it with the keyspaces it was made with"),
            ));
        }
        Ok(())
    }

    fn database(&self) -> RwLockReadGuard<'_, Option<Database>> {
        self.database.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_read(&self) -> Answer<ReadTransaction> {
        opened(&self.database())?.begin_read().map_err(|e| Failure::of_redb("beginning a read", e))
    }

    fn begin_write(&self, level: Level) -> Answer<WriteTransaction> {
        let mut transaction =
            opened(&self.database())?.begin_write().map_err(|e| Failure::of_redb("beginning a commit", e))?;
        let durability = if level == Level::None { Durability::None } else { Durability::Immediate };
        transaction.set_durability(durability).map_err(|e| Failure::of_redb("beginning a commit", e))?;
        transaction.set_two_phase_commit(self.mode.two_phase_commit);
        transaction.set_quick_repair(self.mode.quick_repair);
        Ok(transaction)
    }

    /// The newest committed state. Opened under the lock under which a commit lets it go: it is never older than an acknowledged commit.
    pub fn latest(&self) -> Answer<Arc<View>> {
        if let Some(view) = self.latest.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(view.clone());
        }
        let mut latest = self.latest.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = latest.as_ref() {
            return Ok(view.clone());
        }
        let transaction = self.begin_read()?;
        let tables = self
            .names
            .iter()
            .map(|name| transaction.open_table(Definition::new(name)).map_err(|e| Failure::of_redb("opening a table", e)))
            .collect::<Answer<Vec<_>>>()?;
        let view = Arc::new(View::of(tables));
        *latest = Some(view.clone());
        Ok(view)
    }

    fn forget_latest(&self) {
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn check_level(&self, level: Level) -> Answer<()> {
        if level == self.mode.level {
            return Ok(());
        }
        Err(Failure::new(UNSUPPORTED, "a file is opened for one level of commits; open it at the level of its commits"))
    }

    pub fn write(&self, batch: &[u8], level: Level) -> Answer<()> {
        self.check_level(level)?;
        let changes = Changes::of(batch, self.names.len())?;
        let transaction = self.begin_write(level)?;
        apply::all(&transaction, &self.names, changes)?;
        self.commit(transaction)
    }

    fn commit(&self, transaction: WriteTransaction) -> Answer<()> {
        let committed = transaction.commit().map_err(|e| Failure::of_redb("committing", e));
        self.forget_latest();
        committed
    }

    pub fn begin(&self) -> Answer<WriteTransaction> {
        self.begin_write(self.mode.level)
    }

    pub fn get_in(&self, transaction: &WriteTransaction, keyspace: usize, key: &[u8], out: &mut [u8]) -> Answer<i64> {
        let table = open_table(transaction, &self.names[keyspace])?;
        let found = table.get(key).map_err(|e| Failure::of_redb("reading in a transaction", e))?;
        Ok(view::copy_out(found, out))
    }

    pub fn write_in(&self, transaction: &WriteTransaction, batch: &[u8]) -> Answer<()> {
        apply::all(transaction, &self.names, Changes::of(batch, self.names.len())?)
    }

    pub fn commit_of(&self, transaction: WriteTransaction, level: Level) -> Answer<()> {
        self.check_level(level)?;
        self.commit(transaction)
    }

    /// What commits without durability have left in redb's memory goes with the next durable one, which may be empty.
    pub fn sync(&self) -> Answer<()> {
        if self.mode.level == Level::None {
            return self.commit(self.begin_write(Level::PowerLoss)?);
        }
        self.file.sync_data().map_err(|e| Failure::of_system("syncing", &e))?;
        self.syncs.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Runs what needs the database alone: commits and new reads wait.
    fn alone<T>(&self, run: impl FnOnce(&mut Database) -> Answer<T>) -> Answer<T> {
        let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
        self.forget_latest();
        run(database.as_mut().ok_or_else(closed)?)
    }

    pub fn compact(&self) -> Answer<()> {
        self.alone(|database| database.compact().map_err(|e| Failure::of_redb("compacting", e))).map(|_| ())
    }

    pub fn verify(&self) -> Answer<()> {
        // The check reads the file again: what is in memory only must be there.
        if self.mode.level == Level::None {
            self.sync()?;
        }
        let whole =
            self.alone(|database| database.check_integrity().map_err(|e| Failure::of_redb("checking", e)))?;
        if whole {
            return Ok(());
        }
        Err(Failure::new(CORRUPTION, "a checksum or the list of free pages was wrong, and has been repaired from the newest whole commit"))
    }

    pub fn checkpoint(&self, folder: &Path) -> Answer<()> {
        let view = self.latest()?;
        copy::all(&view, &self.names, &folder.join(FILE), self.cache_bytes)
    }

    pub fn stats(&self) -> Answer<Vec<(&'static str, &'static str, &'static str, u64)>> {
        let bytes = self.file.metadata().map_err(|e| Failure::of_system("asking the file for its length", &e))?.len();
        let guard = self.database();
        let cache = opened(&guard)?.cache_stats();
        Ok(vec![
            ("data.file.bytes", "bytes", "gauge", bytes),
            ("log.syncs", "count", "counter", self.syncs.load(Ordering::Relaxed)),
            ("cache.hits", "count", "counter", cache.read_hits()),
            ("cache.misses", "count", "counter", cache.read_misses()),
            ("cache.write.hits", "count", "counter", cache.write_hits()),
            ("cache.write.misses", "count", "counter", cache.write_misses()),
            ("cache.evictions", "count", "counter", cache.evictions()),
            ("cache.bytes", "bytes", "gauge", cache.used_bytes() as u64),
        ])
    }

    pub fn options(&self) -> Vec<(&'static str, String)> {
        let durability = if self.mode.level == Level::None { "None" } else { "Immediate" };
        vec![
            ("cache_size", self.cache_bytes.to_string()),
            ("durability", durability.to_owned()),
            ("file", self.path.display().to_string()),
            ("quick_repair", self.mode.quick_repair.to_string()),
            ("sync_data", (self.mode.level != Level::ProcessCrash).to_string()),
            ("two_phase_commit", self.mode.two_phase_commit.to_string()),
        ]
    }

    pub fn close(&self) -> Answer<()> {
        self.forget_latest();
        match self.database.write().unwrap_or_else(PoisonError::into_inner).take() {
            Some(database) => database.close().map_err(|e| Failure::of_redb("closing", e)),
            None => Ok(()),
        }
    }
}

fn closed() -> Failure {
    Failure::new(CLOSED, "the engine is closed")
}

fn opened<'a>(guard: &'a RwLockReadGuard<'_, Option<Database>>) -> Answer<&'a Database> {
    guard.as_ref().ok_or_else(closed)
}

fn open_table<'t>(transaction: &'t WriteTransaction, name: &str) -> Answer<WriteTable<'t>> {
    transaction.open_table(Definition::new(name)).map_err(|e| Failure::of_redb("opening a table", e))
}
