//! What was given out, by number.

use crate::failure::{Answer, BUSY, CLOSED, FAILED, Failure, STALLED};
use crate::redb_engine::{Pages, Redb, View};
use redb::WriteTransaction;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Bounds what may be open at once in the process.
const MOST: usize = 1 << 16;

/// The number of children of what is closing.
const CLOSING: i64 = -1;

/// What all handles of one engine share.
pub struct OpenEngine {
    pub engine: Redb,
    pub keyspaces: usize,
    failed: OnceLock<String>,
}

impl OpenEngine {
    pub fn new(engine: Redb, keyspaces: usize) -> OpenEngine {
        OpenEngine { engine, keyspaces, failed: OnceLock::new() }
    }

    pub fn fail(&self, reason: &str) {
        // The first reason stays.
        let _ = self.failed.set(reason.to_owned());
    }
}

pub enum Value {
    Engine,
    Session,
    Snapshot(Arc<View>),
    Cursor(Mutex<Pages>),
    /// Empty once it has ended.
    Transaction(Mutex<Option<WriteTransaction>>),
}

pub struct Node {
    pub handle: u64,
    parent: Option<Arc<Node>>,
    pub owner: Arc<OpenEngine>,
    children: AtomicI64,
    pub value: Value,
}

static SLOTS: [Mutex<Option<Arc<Node>>>; MOST] = [const { Mutex::new(None) }; MOST];
static NUMBERS: Mutex<Numbers> = Mutex::new(Numbers { free: Vec::new(), used: 1, generation: 0 });

struct Numbers {
    free: Vec<usize>,
    used: usize,
    generation: u64,
}

/// A panic while a lock was held leaves these simple values whole.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn register(parent: Option<&Arc<Node>>, owner: Arc<OpenEngine>, value: Value) -> Answer<u64> {
    if let Some(parent) = parent {
        parent
            .children
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |count| (count != CLOSING).then_some(count + 1))
            .map_err(|_| Failure::new(CLOSED, "the handle it was opened on is closed"))?;
    }
    let mut numbers = lock(&NUMBERS);
    let slot = match numbers.free.pop() {
        Some(slot) => slot,
        None if numbers.used < MOST => {
            numbers.used += 1;
            numbers.used - 1
        }
        None => {
            if let Some(parent) = parent {
                parent.children.fetch_sub(1, Ordering::AcqRel);
            }
            return Err(Failure::new(STALLED, format!("{MOST} handles are open, which is the most; close some")));
        }
    };
    numbers.generation += 1;
    let handle = numbers.generation << 16 | slot as u64;
    let node = Node { handle, parent: parent.cloned(), owner, children: AtomicI64::new(0), value };
    *lock(&SLOTS[slot]) = Some(Arc::new(node));
    Ok(handle)
}

pub fn find(handle: u64) -> Option<Arc<Node>> {
    lock(&SLOTS[handle as usize % MOST]).as_ref().filter(|node| node.handle == handle).cloned()
}

/// What a handle stands for, if its engine is well.
pub fn usable(handle: u64) -> Answer<Arc<Node>> {
    let node = find(handle).ok_or_else(closed)?;
    check(&node)?;
    Ok(node)
}

/// Runs a call on what belongs to one thread. Its slot stays locked meanwhile, so that no reference to it needs counting.
pub fn with<T>(handle: u64, run: impl FnOnce(&Arc<Node>) -> Answer<T>) -> Answer<T> {
    let slot = lock(&SLOTS[handle as usize % MOST]);
    let node = slot.as_ref().filter(|node| node.handle == handle).ok_or_else(closed)?;
    check(node)?;
    run(node)
}

fn closed() -> Failure {
    Failure::new(CLOSED, "the handle is closed")
}

fn check(node: &Node) -> Answer<()> {
    match node.owner.failed.get() {
        None => Ok(()),
        Some(reason) => {
            Err(Failure::new(FAILED, format!("the engine failed before ({reason}); close it and open it again")))
        }
    }
}

impl Node {
    /// From here on, nothing is opened on it.
    pub fn begin_closing(&self) -> Answer<()> {
        self.children
            .compare_exchange(0, CLOSING, Ordering::AcqRel, Ordering::Acquire)
            .map(|_| ())
            .map_err(|count| Failure::new(BUSY, format!("{count} handles are open on it; close them first")))
    }

    /// Takes it out of the table.
    pub fn release(&self) {
        let slot = self.handle as usize % MOST;
        *lock(&SLOTS[slot]) = None;
        lock(&NUMBERS).free.push(slot);
        if let Some(parent) = &self.parent {
            parent.children.fetch_sub(1, Ordering::AcqRel);
        }
    }
}
