//! The copy that a checkpoint is.

use super::view::View;
use super::{ReadTable, open_table};
use crate::failure::{Answer, Failure};
use redb::{Builder, Database};
use std::path::Path;

const COMMIT_BYTES: usize = 16 << 20;

/// Makes a new file at the path, with all that a view shows.
pub fn all(view: &View, names: &[String], path: &Path, cache_bytes: usize) -> Answer<()> {
    let target = Builder::new()
        .set_cache_size(cache_bytes)
        .create(path)
        .map_err(|e| Failure::of_redb("making the copy", e))?;
    for (name, table) in names.iter().zip(view.tables()) {
        copy_table(&target, name, table)?;
    }
    target.close().map_err(|e| Failure::of_redb("closing the copy", e))
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
            while bytes < COMMIT_BYTES {
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
