//! What a batch changes in a transaction.

use super::{WriteTable, open_table};
use crate::codec::{Changes, Kind};
use crate::failure::{Answer, Failure};
use redb::WriteTransaction;

/// Each table is opened once, by its first change.
pub fn all(transaction: &WriteTransaction, names: &[String], mut changes: Changes<'_>) -> Answer<()> {
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
