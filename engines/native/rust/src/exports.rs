//! The functions of quorumark_engine.h. A panic in a body is caught: it fails the engine, and not the process.

use crate::codec::{Config, Level};
use crate::failure::*;
use crate::handles::{Node, OpenEngine, Value, find, lock, register, usable, with};
use crate::redb_engine::{Pages, Redb, VERSION};
use redb::WriteTransaction;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::slice;
use std::sync::{Arc, Once};

const ABI_VERSION: u32 = 2;

#[unsafe(no_mangle)]
#[allow(non_upper_case_globals)]
pub static qm_abi: u32 = ABI_VERSION;

const END: u32 = 1;

/// qm_call of the header.
#[repr(C)]
pub struct Call {
    key: *const u8,
    key_length: i64,
    out: *mut u8,
    capacity: i64,
    handle: u64,
    needed: u64,
    bytes: u64,
    flags: u32,
    message_length: u32,
    message: [u8; 448],
}

const _: () = assert!(size_of::<Call>() == 512);

impl Call {
    fn key(&self) -> Answer<&'static [u8]> {
        bytes_at(self.key, self.key_length)
    }

    fn out(&self) -> Answer<&'static mut [u8]> {
        if self.capacity == 0 {
            return Ok(&mut []);
        }
        check_buffer(self.out, self.capacity)?;
        // SAFETY: the caller gives a buffer of that many bytes, for the length of the call.
        Ok(unsafe { slice::from_raw_parts_mut(self.out, self.capacity as usize) })
    }

    fn refuse(&mut self, failure: &Failure) -> i64 {
        let line = failure.message.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut length = line.len().min(self.message.len());
        while !line.is_char_boundary(length) {
            length -= 1;
        }
        self.message[..length].copy_from_slice(&line.as_bytes()[..length]);
        self.message_length = length as u32;
        failure.code
    }
}

fn check_buffer(address: *const u8, length: i64) -> Answer<()> {
    if address.is_null() || length < 0 {
        return Err(Failure::new(BAD_ARGUMENT, format!("a buffer of {length} bytes is at address {address:?}")));
    }
    Ok(())
}

/// The caller's memory, which must not be kept: its lifetime is that of the call.
fn bytes_at(address: *const u8, length: i64) -> Answer<&'static [u8]> {
    if length == 0 {
        return Ok(&[]);
    }
    check_buffer(address, length)?;
    // SAFETY: the caller gives a buffer of that many bytes, for the length of the call.
    Ok(unsafe { slice::from_raw_parts(address, length as usize) })
}

fn text_at(address: *const u8, length: i64) -> Answer<&'static str> {
    std::str::from_utf8(bytes_at(address, length)?).map_err(|_| Failure::new(BAD_ARGUMENT, "a text is not UTF-8"))
}

/// Runs a call on the handle's engine.
fn guarded(handle: u64, call: *mut Call, run: impl FnOnce(&mut Call) -> Answer<i64>) -> i64 {
    if call.is_null() {
        return BAD_ARGUMENT;
    }
    // SAFETY: the caller gives a call record, for the length of the call.
    let call = unsafe { &mut *call };
    match catch_unwind(AssertUnwindSafe(|| run(call))) {
        Ok(Ok(answer)) => answer,
        Ok(Err(failure)) => call.refuse(&failure),
        Err(panic) => {
            let reason = words_of(panic.as_ref());
            if let Some(node) = find(handle) {
                node.owner.fail(reason);
            }
            call.refuse(&Failure::new(INTERNAL, format!("the engine panicked: {reason}")))
        }
    }
}

fn of_another_kind() -> Failure {
    Failure::new(CLOSED, "the handle is not of the kind that the call takes")
}

fn keyspace_of(node: &Node, number: i32) -> Answer<usize> {
    usize::try_from(number).ok().filter(|&n| n < node.owner.keyspaces).ok_or_else(|| {
        Failure::new(BAD_ARGUMENT, format!("there is no keyspace {number}, expected 0 to {}", node.owner.keyspaces - 1))
    })
}

/// An engine whose device failed in a commit takes no more: what the system holds of the file is unknown from then on. The same is so if
/// the device is full, as redb refuses everything after a write that failed.
fn committed(node: &Node, result: Answer<()>) -> Answer<i64> {
    let Err(mut failure) = result else { return Ok(0) };
    if matches!(failure.code, IO | FULL) {
        node.owner.fail(&failure.message);
    }
    if failure.code == FULL {
        failure.message.push_str("; the engine takes no more until it is closed and opened again");
    }
    Err(failure)
}

fn write_text(call: &mut Call, text: &str) -> Answer<i64> {
    let out = call.out()?;
    if text.len() > out.len() {
        call.needed = text.len() as u64;
        return Ok(TOO_SMALL);
    }
    out[..text.len()].copy_from_slice(text.as_bytes());
    Ok(text.len() as i64)
}

fn on_engine(handle: u64, call: *mut Call, run: impl FnOnce(&Redb, &mut Call) -> Answer<i64>) -> i64 {
    guarded(handle, call, |call| {
        let node = usable(handle)?;
        match node.value {
            Value::Engine => run(&node.owner.engine, call),
            _ => Err(of_another_kind()),
        }
    })
}

fn close(handle: u64, call: *mut Call, fits: fn(&Value) -> bool, end: fn(&Node) -> Answer<()>) -> i64 {
    guarded(handle, call, |_| {
        let node = find(handle).ok_or_else(|| Failure::new(CLOSED, "the handle is closed"))?;
        if !fits(&node.value) {
            return Err(of_another_kind());
        }
        node.begin_closing()?;
        let ended = catch_unwind(AssertUnwindSafe(|| end(&node)));
        node.release();
        match ended {
            Ok(result) => result.map(|()| 0),
            Err(panic) => Err(Failure::new(INTERNAL, format!("the engine panicked: {}", words_of(panic.as_ref())))),
        }
    })
}

fn open_child(parent: &Arc<Node>, call: &mut Call, value: Value) -> Answer<i64> {
    call.handle = register(Some(parent), parent.owner.clone(), value)?;
    Ok(0)
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_abi_version() -> u32 {
    // A panic is an answer here; what the hook would print of it is not wanted.
    static QUIET: Once = Once::new();
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    ABI_VERSION
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_describe(call: *mut Call) -> i64 {
    guarded(0, call, |call| {
        write_text(
            call,
            &format!(
                "library\tquorumark_rust\ntoolchain\t{}\nredb.version\t{VERSION}\nredb.licence\tMIT OR Apache-2.0\n",
                env!("QUORUMARK_RUSTC")
            ),
        )
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_open(id: *const u8, id_length: i64, config: *const u8, config_length: i64, call: *mut Call) -> i64 {
    guarded(0, call, |call| {
        let id = text_at(id, id_length)?;
        if id != "redb" {
            return Err(Failure::new(UNSUPPORTED, format!("this library has no engine '{id}'")));
        }
        let config = Config::parse(text_at(config, config_length)?)?;
        let keyspaces = config.keyspaces.len();
        let engine = OpenEngine::new(Redb::open(config)?, keyspaces);
        call.handle = register(None, Arc::new(engine), Value::Engine)?;
        Ok(0)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_close(engine: u64, call: *mut Call) -> i64 {
    close(engine, call, |value| matches!(value, Value::Engine), |node| node.owner.engine.close())
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_sync(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, _| engine.sync().map(|()| 0))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_compact(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, _| engine.compact().map(|()| 0))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_verify(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, _| engine.verify().map(|()| 0))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_checkpoint(engine: u64, folder: *const u8, length: i64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, _| engine.checkpoint(Path::new(text_at(folder, length)?)).map(|()| 0))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_stats(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, call| {
        let lines: String = engine
            .stats()?
            .into_iter()
            .map(|(name, unit, kind, value)| format!("{name}\t{unit}\t{kind}\t{value}\n"))
            .collect();
        write_text(call, &lines)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_options(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |engine, call| {
        let lines: String = engine.options().into_iter().map(|(name, value)| format!("{name}\t{value}\n")).collect();
        write_text(call, &lines)
    })
}

/// redb has no thread of its own that could fail unseen: the room on the device is the caller's to look at.
#[unsafe(no_mangle)]
pub extern "C" fn qm_health(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |_, call| write_text(call, ""))
}

/// redb does everything inside its calls.
#[unsafe(no_mangle)]
pub extern "C" fn qm_background_work(engine: u64, call: *mut Call) -> i64 {
    on_engine(engine, call, |_, _| Ok(0))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_session_open(engine: u64, call: *mut Call) -> i64 {
    guarded(engine, call, |call| {
        let node = usable(engine)?;
        match node.value {
            Value::Engine => open_child(&node, call, Value::Session),
            _ => Err(of_another_kind()),
        }
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_session_close(session: u64, call: *mut Call) -> i64 {
    close(session, call, |value| matches!(value, Value::Session), |_| Ok(()))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_snapshot_open(session: u64, call: *mut Call) -> i64 {
    guarded(session, call, |call| {
        with(session, |node| match node.value {
            Value::Session => open_child(node, call, Value::Snapshot(node.owner.engine.latest()?)),
            _ => Err(of_another_kind()),
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_snapshot_close(snapshot: u64, call: *mut Call) -> i64 {
    close(snapshot, call, |value| matches!(value, Value::Snapshot(_)), |_| Ok(()))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_get(view: u64, keyspace: i32, call: *mut Call) -> i64 {
    guarded(view, call, |call| {
        with(view, |node| {
            let keyspace = keyspace_of(node, keyspace)?;
            let (key, out) = (call.key()?, call.out()?);
            match &node.value {
                Value::Session => node.owner.engine.latest()?.get(keyspace, key, out),
                Value::Snapshot(view) => view.get(keyspace, key, out),
                Value::Transaction(slot) => {
                    let transaction = lock(slot);
                    node.owner.engine.get_in(transaction.as_ref().ok_or_else(has_ended)?, keyspace, key, out)
                }
                _ => Err(of_another_kind()),
            }
        })
    })
}

fn has_ended() -> Failure {
    Failure::new(CLOSED, "the transaction has ended")
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_write(session: u64, batch: *const u8, length: i64, level: i32, call: *mut Call) -> i64 {
    guarded(session, call, |_| {
        with(session, |node| match node.value {
            Value::Session => {
                committed(node, node.owner.engine.write(bytes_at(batch, length)?, Level::of(level)?))
            }
            _ => Err(of_another_kind()),
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_cursor_open(view: u64, keyspace: i32, call: *mut Call) -> i64 {
    guarded(view, call, |call| {
        with(view, |node| {
            let keyspace = keyspace_of(node, keyspace)?;
            let state = match &node.value {
                Value::Session => node.owner.engine.latest()?,
                Value::Snapshot(view) => view.clone(),
                _ => return Err(of_another_kind()),
            };
            open_child(node, call, Value::Cursor(Pages::new(state, keyspace).into()))
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_cursor_close(cursor: u64, call: *mut Call) -> i64 {
    close(cursor, call, |value| matches!(value, Value::Cursor(_)), |_| Ok(()))
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_cursor_page(cursor: u64, movement: i32, most: i32, call: *mut Call) -> i64 {
    guarded(cursor, call, |call| {
        with(cursor, |node| {
            let Value::Cursor(pages) = &node.value else { return Err(of_another_kind()) };
            if most < 1 {
                return Err(Failure::new(BAD_ARGUMENT, format!("a page of at most {most} entries, expected 1 or more")));
            }
            match lock(pages).page(movement, call.key()?, call.out()?, most) {
                Ok(page) => {
                    call.bytes = page.bytes as u64;
                    call.flags = if page.end { END } else { 0 };
                    Ok(page.entries)
                }
                Err((failure, needed)) if failure.code == TOO_SMALL => {
                    call.needed = needed as u64;
                    Ok(TOO_SMALL)
                }
                Err((failure, _)) => Err(failure),
            }
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_txn_open(session: u64, call: *mut Call) -> i64 {
    guarded(session, call, |call| {
        with(session, |node| match node.value {
            Value::Session => {
                let transaction = node.owner.engine.begin()?;
                open_child(node, call, Value::Transaction(Some(transaction).into()))
            }
            _ => Err(of_another_kind()),
        })
    })
}

/// Runs a call on a transaction, which is taken out of its slot if the call ends it.
fn in_transaction(
    txn: u64,
    call: *mut Call,
    run: impl FnOnce(&Node, &mut Option<WriteTransaction>) -> Answer<i64>,
) -> i64 {
    guarded(txn, call, |_| {
        with(txn, |node| match &node.value {
            Value::Transaction(slot) => run(node, &mut lock(slot)),
            _ => Err(of_another_kind()),
        })
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_txn_write(txn: u64, batch: *const u8, length: i64, call: *mut Call) -> i64 {
    in_transaction(txn, call, |node, slot| {
        let transaction = slot.as_ref().ok_or_else(has_ended)?;
        committed(node, node.owner.engine.write_in(transaction, bytes_at(batch, length)?))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_txn_commit(txn: u64, level: i32, call: *mut Call) -> i64 {
    in_transaction(txn, call, |node, slot| {
        let transaction = slot.take().ok_or_else(has_ended)?;
        committed(node, node.owner.engine.commit_of(transaction, Level::of(level)?))
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_txn_close(txn: u64, call: *mut Call) -> i64 {
    close(
        txn,
        call,
        |value| matches!(value, Value::Transaction(_)),
        |node| {
            if let Value::Transaction(slot) = &node.value
                && let Some(transaction) = lock(slot).take()
            {
                return transaction.abort().map_err(|e| Failure::of_redb("rolling back", e));
            }
            Ok(())
        },
    )
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_test_nothing(handle: u64) -> i64 {
    handle as i64
}

#[unsafe(no_mangle)]
pub extern "C" fn qm_test_panic(kind: i32, call: *mut Call) -> i64 {
    guarded(0, call, |_| match kind {
        0 => panic!("asked for by qm_test_panic"),
        _ => Err(Failure::new(UNSUPPORTED, "a fault in Rust ends the process")),
    })
}
