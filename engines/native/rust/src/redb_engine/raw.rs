//! The work of SpiOverheadBenchmark in Rust alone, on a database that the adapter has opened, so that it has the adapter's options.

use super::{Definition, ReadTable, Redb, opened};
use crate::codec::{Config, Level};
use redb::{Durability, Range, ReadableDatabase};
use std::env;
use std::fs;
use std::time::{Duration, Instant};

const KEY_BYTES: usize = 16;
const BATCH_RECORDS: usize = 100;
const PREFILL_BATCH: usize = 500;
/// A chunk of work between two looks at the clock takes at least so long.
const CHUNK: Duration = Duration::from_millis(5);
const TABLE: &str = "kv";

/// By the names of SpiOverheadBenchmark's methods; the number is that of the records that a run counts for.
const OPERATIONS: [(&str, fn(&mut Work), usize); 4] = [
    ("get", Work::get, 1),
    ("put", |work| work.overwrite(1), 1),
    ("batch", |work| work.overwrite(BATCH_RECORDS), BATCH_RECORDS),
    ("next", Work::next, 1),
];

/// At a tiny size, so that none of them rots.
#[test]
fn every_operation_runs() {
    let folder = env::temp_dir().join(format!("quorumark-raw-{}", std::process::id()));
    fs::create_dir(&folder).expect("the folder is new");
    let text = format!(
        "directory={}\nkeyspaces={TABLE}\ndurability=power_loss\nmemory_budget_bytes=8388608\n",
        folder.display()
    );
    let mut work = Work::open(&text, 300, 24);
    work.prefill();
    for (_, operation, _) in OPERATIONS {
        for _ in 0..10 {
            operation(&mut work);
        }
    }
    let table = work.read_table();
    let entries = table.range::<&[u8]>(..).expect("redb reads").count();
    assert_eq!(entries, 300);
    drop((table, work));
    fs::remove_dir_all(&folder).expect("the folder is removed");
}

/// Prints the time of one operation, for scripts/native-overhead.
#[test]
#[ignore = "measures"]
fn work() {
    let text = fs::read_to_string(setting("CONFIG")).expect("QUORUMARK_RAW_CONFIG is a file");
    let mut work = Work::open(&text, number("RECORDS"), number("VALUE_BYTES"));
    work.prefill();
    let name = setting("OPERATION");
    let (_, operation, each) = *OPERATIONS
        .iter()
        .find(|(known, _, _)| *known == name)
        .unwrap_or_else(|| panic!("QUORUMARK_RAW_OPERATION is '{name}', expected get, put, batch or next"));
    let chunk = warm_up(&mut work, operation, Duration::from_millis(number("WARM_UP_MILLIS") as u64));
    let nanos = measure(&mut work, operation, chunk, Duration::from_millis(number("MEASURE_MILLIS") as u64));
    println!("{:.3} ns/op, digest {}", nanos / each as f64, work.digest);
}

fn setting(name: &str) -> String {
    let name = format!("QUORUMARK_RAW_{name}");
    env::var(&name).unwrap_or_else(|_| panic!("{name} is not set; use scripts/native-overhead"))
}

fn number(name: &str) -> usize {
    setting(name).parse().unwrap_or_else(|_| panic!("QUORUMARK_RAW_{name} is '{}', expected a number", setting(name)))
}

/// Answers how many operations make a chunk.
fn warm_up(work: &mut Work, operation: fn(&mut Work), least: Duration) -> u64 {
    let mut chunk = 1;
    let started = Instant::now();
    while started.elapsed() < least {
        let before = Instant::now();
        for _ in 0..chunk {
            operation(work);
        }
        if before.elapsed() < CHUNK {
            chunk *= 2;
        }
    }
    chunk
}

fn measure(work: &mut Work, operation: fn(&mut Work), chunk: u64, least: Duration) -> f64 {
    let mut done = 0;
    let started = Instant::now();
    loop {
        for _ in 0..chunk {
            operation(work);
        }
        done += chunk;
        let taken = started.elapsed();
        if taken >= least {
            return taken.as_nanos() as f64 / done as f64;
        }
    }
}

/// SplitMix64, which Java's SplittableRandom is too.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

struct Record {
    key: [u8; KEY_BYTES],
    value: Vec<u8>,
}

impl Record {
    /// As Records.fillKey.
    fn name(&mut self, number: u64) {
        self.key[..8].copy_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        self.key[8..].copy_from_slice(&number.to_be_bytes());
    }

    fn change(&mut self, to: u64) {
        self.value[..8].copy_from_slice(&to.to_be_bytes());
    }
}

struct Work {
    durability: Durability,
    // A reader keeps its table from one get to the next, as nothing is committed in between.
    table: Option<ReadTable>,
    range: Option<Range<'static, &'static [u8], &'static [u8]>>,
    random: Random,
    records: usize,
    batch: Vec<Record>,
    out: Vec<u8>,
    /// Keeps what was read from being left out.
    digest: u64,
    // Last, as what reads it goes before it does.
    engine: Redb,
}

impl Work {
    fn open(text: &str, records: usize, value_bytes: usize) -> Work {
        let config = Config::parse(text).expect("the configuration is the bridge's");
        let durability = if config.durability == Level::None { Durability::None } else { Durability::Immediate };
        let mut random = Random(7);
        let batch = (0..PREFILL_BATCH)
            .map(|_| Record { key: [0; KEY_BYTES], value: (0..value_bytes).map(|_| random.next() as u8).collect() })
            .collect();
        Work {
            engine: Redb::open(config).expect("the adapter opens redb"),
            durability,
            table: None,
            range: None,
            random,
            records,
            batch,
            out: vec![0; value_bytes],
            digest: 0,
        }
    }

    fn prefill(&mut self) {
        for first in (0..self.records).step_by(PREFILL_BATCH) {
            let count = PREFILL_BATCH.min(self.records - first);
            for (i, record) in self.batch[..count].iter_mut().enumerate() {
                record.name((first + i) as u64);
                record.change(self.random.next());
            }
            self.commit(count);
        }
    }

    fn commit(&self, count: usize) {
        let database = self.engine.database();
        let mut transaction =
            opened(&database).expect("redb is open").begin_write().expect("redb begins a commit");
        transaction.set_durability(self.durability).expect("redb takes a durability");
        {
            let mut table = transaction.open_table(Definition::new(TABLE)).expect("the table is there");
            for record in &self.batch[..count] {
                table.insert(record.key.as_slice(), record.value.as_slice()).expect("redb takes a record");
            }
        }
        transaction.commit().expect("redb commits");
    }

    fn read_table(&self) -> ReadTable {
        let database = self.engine.database();
        let transaction = opened(&database).expect("redb is open").begin_read().expect("redb begins a read");
        transaction.open_table(Definition::new(TABLE)).expect("the table is there")
    }

    fn some_number(&mut self) -> u64 {
        self.random.next() % self.records as u64
    }

    fn get(&mut self) {
        let number = self.some_number();
        self.batch[0].name(number);
        if self.table.is_none() {
            self.table = Some(self.read_table());
        }
        let table = self.table.as_ref().expect("it was opened above");
        let found = table.get(self.batch[0].key.as_slice()).expect("redb reads").expect("the record is there");
        let value = found.value();
        self.out[..value.len()].copy_from_slice(value);
        self.digest = self.digest.wrapping_add(u64::from(self.out[0]));
    }

    fn overwrite(&mut self, count: usize) {
        for i in 0..count {
            let number = self.some_number();
            let to = self.random.next();
            self.batch[i].name(number);
            self.batch[i].change(to);
        }
        self.commit(count);
    }

    /// Moves to the next record, at first and after the last to the first one.
    fn next(&mut self) {
        let mut entry = self.range.as_mut().and_then(Iterator::next);
        if entry.is_none() {
            let mut range = self.read_table().range::<&[u8]>(..).expect("redb reads");
            entry = range.next();
            self.range = Some(range);
        }
        let (key, value) = entry.expect("there are records").expect("redb reads");
        self.digest = self.digest.wrapping_add(u64::from(key.value()[0]) + u64::from(value.value()[0]));
    }
}
