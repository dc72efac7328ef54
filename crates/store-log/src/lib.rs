//! The ledger's store in an append-only log: every change is one frame at the end of a file, and is flushed before it
//! counts as saved. What is read comes from an index in memory, built from the log when it is opened.
//!
//! Two files are made once and never renamed or deleted. One holds the log; the other is empty, until the log is written
//! anew into it, shorter, without what was erased or replaced ([`log`]). What a file is does not matter here
//! ([`files`]): the browser's private file system, or memory.
//!
//! A torn end is cut. Damage in the middle costs the frames that it hit and is reported, never silent ([`frame`]).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod files;
pub mod frame;
pub mod header;
pub mod log;
pub mod memory;
pub mod store;

pub use files::{File, Files};
pub use frame::{Damage, Reading};
pub use log::{Found, Glance, Log, glance, is_whole};
pub use memory::MemoryFiles;
pub use store::LogStore;
