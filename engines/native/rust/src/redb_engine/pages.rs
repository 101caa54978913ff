//! Cursors, whose entries cross in pages.

use super::view::View;
use crate::failure::{Answer, BAD_ARGUMENT, Failure, TOO_SMALL};
use redb::{AccessGuard, Range};
use std::ops::Bound;
use std::sync::Arc;

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
            let (header, content) = target.split_at_mut(ENTRY_HEADER_BYTES);
            header.copy_from_slice(&(k.len() as u64 | (v.len() as u64) << 32).to_le_bytes());
            content[..k.len()].copy_from_slice(k);
            content[k.len()..].copy_from_slice(v);
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
                    _ => Err(Failure::new(BAD_ARGUMENT, format!("move {movement} has no page of its order before it"))),
                };
            }
            _ => return Err(Failure::new(BAD_ARGUMENT, format!("there is no move {movement}"))),
        };
        let range = self.view.tables()[self.keyspace]
            .range::<&[u8]>(bounds)
            .map_err(|e| Failure::of_redb("moving a cursor", e))?;
        self.walk = Some(Walk { range, descending: movement >= 4, waiting: None });
        Ok(())
    }
}
