//! What goes wrong, with the codes of quorumark_engine.h.

use redb::Error;
use std::any::Any;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub const NOT_FOUND: i64 = -1;
pub const TOO_SMALL: i64 = -2;
pub const IO: i64 = -10;
pub const CORRUPTION: i64 = -11;
pub const FULL: i64 = -12;
pub const STALLED: i64 = -13;
pub const UNSUPPORTED: i64 = -14;
pub const LIMIT: i64 = -15;
pub const CLOSED: i64 = -16;
pub const LOCKED: i64 = -19;
pub const INVALID_OPTION: i64 = -20;
pub const BUSY: i64 = -21;
pub const FAILED: i64 = -22;
pub const INTERNAL: i64 = -23;
pub const BAD_ARGUMENT: i64 = -24;

/// An error on its way to the caller.
#[derive(Debug)]
pub struct Failure {
    pub code: i64,
    pub message: String,
}

pub type Answer<T> = Result<T, Failure>;

impl Failure {
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Failure { code, message: message.into() }
    }

    pub fn of_system(action: &str, error: &io::Error) -> Self {
        Failure::new(code_of(error), format!("{action}: {error}"))
    }

    pub fn of_redb(action: &str, error: impl Into<Error>) -> Self {
        let error = error.into();
        let code = match &error {
            Error::Io(system) => code_of(system),
            Error::Corrupted(_) | Error::UpgradeRequired(_) | Error::TableTypeMismatch { .. } => CORRUPTION,
            Error::DatabaseAlreadyOpen | Error::LockProtocolMismatch => LOCKED,
            Error::TransactionInProgress => STALLED,
            Error::ValueTooLarge(_) => LIMIT,
            Error::PreviousIo => FAILED,
            _ => IO,
        };
        match code {
            LOCKED => Failure::new(code, "the folder is open already, in this process or another; close that engine first"),
            STALLED => Failure::new(
                code,
                format!("{action}: it needs the database alone, and a snapshot, cursor or transaction is open; close it"),
            ),
            _ => Failure::new(code, format!("{action}: {error}")),
        }
    }
}

fn code_of(error: &io::Error) -> i64 {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FULL,
        // What redb says of a file that is not its own, or ends too early.
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => CORRUPTION,
        _ => IO,
    }
}

pub fn words_of(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(words), _) => words,
        (_, Some(words)) => words,
        _ => "without a reason",
    }
}

/// Runs an opening: redb meets some damage with a panic.
pub fn or_damage<T>(run: impl FnOnce() -> Answer<T>) -> Answer<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        Err(Failure::new(CORRUPTION, format!("opening: redb panicked: {}", words_of(panic.as_ref()))))
    })
}
