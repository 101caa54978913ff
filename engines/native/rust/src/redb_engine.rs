//! redb: each keyspace is a table of one file.

use crate::codec::{Changes, Config, Kind, Level};
use crate::failure::{Answer, CORRUPTION, Failure, NOT_FOUND, TOO_SMALL, UNSUPPORTED};
use redb::backends::FileBackend;
use redb::{
    AccessGuard, BackendError, Builder, Database, Durability, Range, ReadOnlyTable, ReadTransaction, ReadableDatabase,
    ReadableTable, StorageBackend, Table, TableDefinition, TableHandle, WriteTransaction,
};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

#[cfg(test)]
mod raw;

pub const VERSION: &str = "4.6.0";
const FILE: &str = "data.redb";
const CHECKPOINT_COMMIT_BYTES: usize = 16 << 20;

type Definition<'a> = TableDefinition<'a, &'static [u8], &'static [u8]>;
type ReadTable = ReadOnlyTable<&'static [u8], &'static [u8]>;
type WriteTable<'t> = Table<'t, &'static [u8], &'static [u8]>;

/// The file behind the database: counts its syncs, and leaves them out where commits survive the process only.
#[derive(Debug)]
struct CountedFile {
    backend: FileBackend,
    syncs: Arc<AtomicU64>,
    syncing: bool,
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

/// One state of all tables. The transaction lives as long as a table or range of it does.
pub struct View {
    tables: Vec<ReadTable>,
}

impl View {
    pub fn get(&self, keyspace: usize, key: &[u8], out: &mut [u8]) -> Answer<i64> {
        let found = self.tables[keyspace].get(key).map_err(|e| Failure::of_redb("reading", e))?;
        Ok(copy_out(found, out))
    }
}

fn copy_out(found: Option<AccessGuard<'_, &'static [u8]>>, out: &mut [u8]) -> i64 {
    let Some(guard) = found else { return NOT_FOUND };
    let value = guard.value();
    if value.len() <= out.len() {
        out[..value.len()].copy_from_slice(value);
    }
    value.len() as i64
}

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
    pub fn open(mut config: Config) -> Answer<Redb> {
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
            create(&folder, &path, &config.keyspaces)?;
        }
        let file = open_file(&path, false)?;
        let syncs = Arc::new(AtomicU64::new(0));
        let backend = CountedFile {
            backend: FileBackend::new(file.try_clone().map_err(|e| Failure::of_system("opening the file", &e))?)
                .map_err(|e| Failure::of_redb("opening the file", e))?,
            syncs: syncs.clone(),
            syncing: mode.level != Level::ProcessCrash,
        };
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
        engine.check_tables()?;
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
        let view = Arc::new(View { tables });
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
        apply(&transaction, &self.names, changes)?;
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
        Ok(copy_out(found, out))
    }

    pub fn write_in(&self, transaction: &WriteTransaction, batch: &[u8]) -> Answer<()> {
        apply(transaction, &self.names, Changes::of(batch, self.names.len())?)
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
        let path = folder.join(FILE);
        let target = Builder::new()
            .set_cache_size(self.cache_bytes)
            .create(&path)
            .map_err(|e| Failure::of_redb("making the copy", e))?;
        for (name, table) in self.names.iter().zip(&view.tables) {
            copy_table(&target, name, table)?;
        }
        target.close().map_err(|e| Failure::of_redb("closing the copy", e))
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
    Failure::new(crate::failure::CLOSED, "the engine is closed")
}

fn opened<'a>(guard: &'a RwLockReadGuard<'_, Option<Database>>) -> Answer<&'a Database> {
    guard.as_ref().ok_or_else(closed)
}

/// Makes the file with all tables under another name, so that it is there whole or not at all.
fn create(folder: &Path, path: &Path, names: &[String]) -> Answer<()> {
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

fn open_file(path: &Path, create: bool) -> Answer<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(create)
        .truncate(false)
        .open(path)
        .map_err(|e| Failure::of_system("opening the file", &e))
}

fn open_table<'t>(transaction: &'t WriteTransaction, name: &str) -> Answer<WriteTable<'t>> {
    transaction.open_table(Definition::new(name)).map_err(|e| Failure::of_redb("opening a table", e))
}

/// Each table is opened once, by its first change.
fn apply(transaction: &WriteTransaction, names: &[String], mut changes: Changes<'_>) -> Answer<()> {
    let failed = |e: redb::StorageError| Failure::of_redb("writing", e);
    let mut tables: Vec<Option<WriteTable<'_>>> = names.iter().map(|_| None).collect();
    while let Some(change) = changes.next_change()? {
        let slot = &mut tables[change.keyspace];
        let table = match slot {
            Some(table) => table,
            None => slot.insert(open_table(transaction, &names[change.keyspace])?),
        };
        match change.kind {
            Kind::Put => {
                table.insert(change.key, change.value).map_err(failed)?;
            }
            Kind::Delete => {
                table.remove(change.key).map_err(failed)?;
            }
            Kind::DeleteRange => {
                if change.key < change.value {
                    table.retain_in::<&[u8], _>(change.key..change.value, |_, _| false).map_err(failed)?;
                }
            }
        }
    }
    Ok(())
}

/// In commits of a bounded size, the last one durable.
fn copy_table(target: &Database, name: &str, source: &ReadTable) -> Answer<()> {
    let failed = |e: redb::StorageError| Failure::of_redb("copying a table", e);
    let mut entries = source.range::<&[u8]>(..).map_err(failed)?;
    let mut more = true;
    while more {
        let transaction = target.begin_write().map_err(|e| Failure::of_redb("copying a table", e))?;
        {
            let mut table = open_table(&transaction, name)?;
            let mut bytes = 0;
            while bytes < CHECKPOINT_COMMIT_BYTES {
                let Some(entry) = entries.next() else {
                    more = false;
                    break;
                };
                let (key, value) = entry.map_err(failed)?;
                bytes += key.value().len() + value.value().len();
                table.insert(key.value(), value.value()).map_err(failed)?;
            }
        }
        transaction.commit().map_err(|e| Failure::of_redb("copying a table", e))?;
    }
    Ok(())
}

type Entry = (AccessGuard<'static, &'static [u8]>, AccessGuard<'static, &'static [u8]>);

struct Walk {
    range: Range<'static, &'static [u8], &'static [u8]>,
    descending: bool,
    /// An entry that did not fit.
    waiting: Option<Entry>,
}

/// Hands out the entries of one state in pages.
pub struct Pages {
    view: Arc<View>,
    keyspace: usize,
    walk: Option<Walk>,
}

pub struct Page {
    pub entries: i64,
    pub bytes: usize,
    pub end: bool,
}

const ENTRY_HEADER_BYTES: usize = 8;

impl Pages {
    pub fn new(view: Arc<View>, keyspace: usize) -> Pages {
        Pages { view, keyspace, walk: None }
    }

    /// The second value is what is needed, with a failure of [`TOO_SMALL`].
    pub fn page(&mut self, movement: i32, key: &[u8], out: &mut [u8], most: i32) -> Result<Page, (Failure, usize)> {
        self.arrive(movement, key).map_err(|failure| (failure, 0))?;
        let Some(walk) = self.walk.as_mut() else { unreachable!("arrive leaves a walk") };
        let mut page = Page { entries: 0, bytes: 0, end: false };
        while page.entries < i64::from(most) {
            let next = match walk.waiting.take() {
                Some(entry) => Some(Ok(entry)),
                None if walk.descending => walk.range.next_back(),
                None => walk.range.next(),
            };
            let Some(found) = next else {
                page.end = true;
                return Ok(page);
            };
            let entry = found.map_err(|e| (Failure::of_redb("moving a cursor", e), 0))?;
            let (k, v) = (entry.0.value(), entry.1.value());
            let size = ENTRY_HEADER_BYTES + k.len() + v.len();
            if size > out.len() - page.bytes {
                walk.waiting = Some(entry);
                if page.entries == 0 {
                    return Err((Failure::new(TOO_SMALL, ""), size));
                }
                return Ok(page);
            }
            let target = &mut out[page.bytes..page.bytes + size];
            target[..4].copy_from_slice(&(k.len() as u32).to_le_bytes());
            target[4..8].copy_from_slice(&(v.len() as u32).to_le_bytes());
            target[8..8 + k.len()].copy_from_slice(k);
            target[8 + k.len()..].copy_from_slice(v);
            page.bytes += size;
            page.entries += 1;
        }
        Ok(page)
    }

    fn arrive(&mut self, movement: i32, key: &[u8]) -> Answer<()> {
        let bounds: (Bound<&[u8]>, Bound<&[u8]>) = match movement {
            0 | 4 => (Bound::Unbounded, Bound::Unbounded),
            1 => (Bound::Included(key), Bound::Unbounded),
            2 => (Bound::Excluded(key), Bound::Unbounded),
            5 => (Bound::Unbounded, Bound::Included(key)),
            6 => (Bound::Unbounded, Bound::Excluded(key)),
            3 | 7 => {
                return match &self.walk {
                    Some(walk) if walk.descending == (movement == 7) => Ok(()),
                    _ => Err(Failure::new(
                        crate::failure::BAD_ARGUMENT,
                        format!("move {movement} has no page of its order before it"),
                    )),
                };
            }
            _ => return Err(Failure::new(crate::failure::BAD_ARGUMENT, format!("there is no move {movement}"))),
        };
        let range = self.view.tables[self.keyspace]
            .range::<&[u8]>(bounds)
            .map_err(|e| Failure::of_redb("moving a cursor", e))?;
        self.walk = Some(Walk { range, descending: movement >= 4, waiting: None });
        Ok(())
    }
}
