//! Key-value engines written in Rust behind quorumark_engine.h, built as a C shared library.

mod codec;
mod exports;
mod failure;
mod handles;
mod redb_engine;
