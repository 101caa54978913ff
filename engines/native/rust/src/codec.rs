//! The text and the batches that cross.

use crate::failure::{Answer, BAD_ARGUMENT, Failure, INVALID_OPTION};
use std::collections::BTreeMap;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    None,
    ProcessCrash,
    PowerLoss,
}

impl Level {
    pub fn of(number: i32) -> Answer<Level> {
        match number {
            0 => Ok(Level::None),
            1 => Ok(Level::ProcessCrash),
            2 => Ok(Level::PowerLoss),
            _ => Err(Failure::new(BAD_ARGUMENT, format!("there is no level {number}, expected 0 to 2"))),
        }
    }
}

/// What an engine is opened with.
pub struct Config {
    pub directory: String,
    pub keyspaces: Vec<String>,
    pub durability: Level,
    pub memory_budget_bytes: u64,
    options: BTreeMap<String, String>,
}

impl Config {
    pub fn parse(text: &str) -> Answer<Config> {
        let mut config = Config {
            directory: String::new(),
            keyspaces: Vec::new(),
            durability: Level::PowerLoss,
            memory_budget_bytes: 0,
            options: BTreeMap::new(),
        };
        for line in text.lines() {
            let (name, escaped) = line
                .split_once('=')
                .ok_or_else(|| bad(format!("the configuration has the line '{line}', expected name=value")))?;
            let value = unescape(escaped);
            match name {
                "directory" => config.directory = value,
                "keyspaces" => config.keyspaces = value.split(',').map(str::to_owned).collect(),
                "durability" => {
                    config.durability = match value.as_str() {
                        "none" => Level::None,
                        "process_crash" => Level::ProcessCrash,
                        "power_loss" => Level::PowerLoss,
                        _ => return Err(bad(format!("durability is '{value}', expected none, process_crash or power_loss"))),
                    }
                }
                "memory_budget_bytes" => {
                    config.memory_budget_bytes =
                        value.parse().map_err(|_| bad(format!("{name} is '{value}', expected a number")))?;
                }
                "background_threads" | "max_data_bytes" => {}
                _ => match name.strip_prefix("option.") {
                    Some(option) => {
                        config.options.insert(option.to_owned(), value);
                    }
                    None => return Err(bad(format!("the configuration names '{name}', which is not known"))),
                },
            }
        }
        if config.directory.is_empty() || config.keyspaces.is_empty() || config.keyspaces.len() > 256 {
            return Err(bad("the configuration has no directory, or not 1 to 256 keyspaces".to_owned()));
        }
        Ok(config)
    }

    /// Takes an option out.
    pub fn flag(&mut self, name: &str, otherwise: bool) -> Answer<bool> {
        match self.options.remove(name).as_deref() {
            None => Ok(otherwise),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(value) => {
                Err(Failure::new(INVALID_OPTION, format!("option {name} is '{value}', expected true or false")))
            }
        }
    }

    /// To be called when all options were taken.
    pub fn refuse_unknown(&self) -> Answer<()> {
        match self.options.keys().next() {
            Some(name) => Err(Failure::new(INVALID_OPTION, format!("option {name} is not known to this engine"))),
            None => Ok(()),
        }
    }
}

fn bad(message: String) -> Failure {
    Failure::new(BAD_ARGUMENT, message)
}

fn unescape(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => {}
            },
            _ => plain.push(c),
        }
    }
    plain
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Put,
    Delete,
    DeleteRange,
}

/// One operation of a batch; what it points at lies in the batch.
pub struct Change<'a> {
    pub kind: Kind,
    pub keyspace: usize,
    pub key: &'a [u8],
    pub value: &'a [u8],
}

const CHANGE_HEADER_BYTES: usize = 12;

/// Reads an encoded batch; the first thing that is wrong ends it.
pub struct Changes<'a> {
    rest: &'a [u8],
    keyspaces: usize,
}

impl<'a> Changes<'a> {
    /// Walks over the whole batch first, so that nothing is begun for one that is broken.
    pub fn of(batch: &'a [u8], keyspaces: usize) -> Answer<Changes<'a>> {
        let mut walk = Changes { rest: batch, keyspaces };
        while walk.next_change()?.is_some() {}
        Ok(Changes { rest: batch, keyspaces })
    }

    pub fn next_change(&mut self) -> Answer<Option<Change<'a>>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let broken = || bad(format!("the batch has no change that is known {} bytes before its end", self.rest.len()));
        let header = self.rest.get(..CHANGE_HEADER_BYTES).ok_or_else(broken)?;
        let kind = match header[0] {
            0 => Kind::Put,
            1 => Kind::Delete,
            2 => Kind::DeleteRange,
            _ => return Err(broken()),
        };
        let keyspace = header[1] as usize;
        let value_at = CHANGE_HEADER_BYTES + length_at(header, 4);
        let end = value_at + length_at(header, 8);
        if keyspace >= self.keyspaces || end > self.rest.len() {
            return Err(broken());
        }
        let (change, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(Some(Change { kind, keyspace, key: &change[CHANGE_HEADER_BYTES..value_at], value: &change[value_at..] }))
    }
}

fn length_at(header: &[u8], at: usize) -> usize {
    u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]) as usize
}
