//! What is read.

use super::ReadTable;
use crate::failure::{Answer, Failure, NOT_FOUND};
use redb::AccessGuard;

/// One state of all tables. The transaction lives as long as a table or range of it does.
pub struct View {
    tables: Vec<ReadTable>,
}

impl View {
    /// In the order of the keyspaces.
    pub fn of(tables: Vec<ReadTable>) -> View {
        View { tables }
    }

    pub fn tables(&self) -> &[ReadTable] {
        &self.tables
    }

    pub fn get(&self, keyspace: usize, key: &[u8], out: &mut [u8]) -> Answer<i64> {
        let found = self.tables[keyspace].get(key).map_err(|e| Failure::of_redb("reading", e))?;
        Ok(copy_out(found, out))
    }
}

pub fn copy_out(found: Option<AccessGuard<'_, &'static [u8]>>, out: &mut [u8]) -> i64 {
    let Some(guard) = found else { return NOT_FOUND };
    let value = guard.value();
    if value.len() <= out.len() {
        out[..value.len()].copy_from_slice(value);
    }
    value.len() as i64
}
