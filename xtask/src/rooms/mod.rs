//! Who may import whom: reads the `use` paths and the manifests, and names the file and line of a wrong arrow.
//!
//! The table is the one of the project's design (ARCHITECTURE.md). Rules look at what is compiled into the product:
//! code under `#[cfg(test)]`, files of tests and development dependencies may use more.

mod circles;
mod manifest;
mod rules;
mod source;

use crate::{paths, sh};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::path::Path;

/// A wrong arrow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wrong {
    /// File, from the project's folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and which rule says so.
    pub sentence: String,
}

/// Fails, after naming them all, when there are wrong arrows.
pub fn check() -> Result<()> {
    sh::say("who imports whom");
    let files = read(&paths::root()?)?;
    let (sources, manifests) = count(&files);
    if sources == 0 || manifests == 0 {
        bail!("found no sources or no manifests to check");
    }
    let empty = empty_rooms(&files);
    if !empty.is_empty() {
        bail!("rooms of the table without files: {}", empty.join(", "));
    }
    let wrong = wrong_arrows(&files)?;
    for Wrong { file, line, sentence } in &wrong {
        println!("{file}:{line}: {sentence}");
    }
    if !wrong.is_empty() {
        bail!("{} wrong arrows between the rooms", wrong.len());
    }
    let circles = circles::circles(&files)?;
    for circle in &circles {
        println!("a circle: {}", circle.join(", "));
    }
    if !circles.is_empty() {
        bail!("{} circles of files", circles.len());
    }
    println!("   {sources} files and {manifests} manifests keep the rules");
    Ok(())
}

/// Returns every wrong arrow in `files` (path from the project's folder → text), in order.
pub fn wrong_arrows(files: &BTreeMap<String, String>) -> Result<Vec<Wrong>> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        let found =
            if file.ends_with("Cargo.toml") { manifest::check(file, text)? } else { source::check(file, text)? };
        wrong.extend(found);
    }
    wrong.sort();
    wrong.dedup();
    Ok(wrong)
}

/// Returns the folders of the table that no file is in: a rule about them would be kept whatever anybody writes.
fn empty_rooms(files: &BTreeMap<String, String>) -> Vec<&'static str> {
    let folders = rules::ROOMS.iter().flat_map(|room| room.folders.iter().chain(room.except)).copied();
    folders.filter(|folder| !files.keys().any(|file| file.starts_with(folder))).collect()
}

fn count(files: &BTreeMap<String, String>) -> (usize, usize) {
    let manifests = files.keys().filter(|file| file.ends_with("Cargo.toml")).count();
    (files.len() - manifests, manifests)
}

/// Reads the sources and manifests of the rooms.
fn read(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for folder in ["Cargo.toml", "src", "desk", "crates"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry = entry?;
            let name = entry.path().strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() && (name.ends_with(".rs") || name.ends_with("Cargo.toml")) {
                files.insert(name, std::fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn arrows(file: &str, text: &str) -> Vec<(usize, String)> {
        let files = BTreeMap::from([(file.to_owned(), text.to_owned())]);
        wrong_arrows(&files).unwrap().into_iter().map(|wrong| (wrong.line, wrong.sentence)).collect()
    }

    #[track_caller]
    fn wrong(file: &str, text: &str, line: usize) {
        let found = arrows(file, text);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [line], "{found:?}");
    }

    #[track_caller]
    fn right(file: &str, text: &str) {
        assert_eq!(arrows(file, text), []);
    }

    #[test]
    fn the_domain_reads_no_clock_and_does_no_input() {
        wrong("crates/domain/src/state.rs", "//! State.\nuse std::time::SystemTime;\n", 2);
        wrong("crates/domain/src/state.rs", "use std::{fmt, fs};\n", 1);
        wrong("crates/domain/src/state.rs", "fn now() -> u64 {\n    chrono::Utc::now().timestamp()\n}\n", 2);
        wrong("crates/domain/src/state.rs", "\n\nasync fn later() {}\n", 3);
        wrong("crates/domain/src/state.rs", "use rand::Rng as _;\n", 1);
        right("crates/domain/src/state.rs", "use chrono::NaiveDate;\nuse std::collections::BTreeMap;\n");
    }

    #[test]
    fn a_path_inside_a_macro_or_a_group_is_seen() {
        wrong("src/pages/round.rs", "fn page() { view! { <p on:click=move |_| { web_sys::window(); }>a</p> }; }", 1);
        wrong("crates/ui/src/components/x.rs", "use crate::{words, browser::{clock, network}};", 1);
        wrong("crates/ui/src/components/x.rs", "use leptos::{prelude::*,\n web_sys};", 2);
        wrong("src/shell/x.rs", "fn f() { leptos::web_sys::window(); }", 1);
        wrong("src/state/x.rs", "fn f() { leptos::web_sys::window(); }", 1);
        right("src/pages/round.rs", "use leptos::prelude::*;\nuse crate::state::use_replica;\n");
    }

    #[test]
    fn words_in_comments_and_texts_are_not_imports() {
        right("src/pages/round.rs", "//! Never web_sys::window.\n/// web_sys::x\nconst A: &str = \"web_sys::y\";");
    }

    #[test]
    fn pages_do_not_reach_the_store_or_the_network() {
        wrong("src/pages/round.rs", "use perron_store_idb::IdbStore;", 1);
        wrong("src/pages/round.rs", "use gloo_net::http::Request;", 1);
        right("src/browser/network.rs", "use gloo_net::http::Request;\nuse web_sys::Response;\n");
    }

    #[test]
    fn the_desk_holds_no_facts() {
        wrong("desk/src/client.rs", "use perron_ledger::Record;", 1);
        wrong("desk/src/pages/people.rs", "use crate::browser::network::exchange;", 1);
        right("desk/src/client.rs", "use crate::browser::network::exchange;");
        right("desk/src/pages/people.rs", "use perron_domain::date::Day;\nuse perron_desk_api::PersonLine;");
    }

    #[test]
    fn a_room_without_files_is_found() {
        assert!(empty_rooms(&BTreeMap::from([("src/lib.rs".to_owned(), String::new())])).contains(&"crates/domain/"));
    }

    #[test]
    fn conditions_on_the_machine_stay_in_the_browser_s_room() {
        wrong("src/state/clock.rs", "#[cfg(target_arch = \"wasm32\")]\nfn f() {}", 1);
        right("src/browser/clock.rs", "#[cfg(target_arch = \"wasm32\")]\nfn f() {}");
    }

    #[test]
    fn only_the_hub_s_store_speaks_sql() {
        wrong("crates/hub/src/sync/push.rs", "fn f() { sqlx::query(\"\"); }", 1);
        right("crates/hub/src/store/sqlite.rs", "use sqlx::SqlitePool;");
    }

    #[test]
    fn tests_may_use_more() {
        let text = "#[cfg(test)]\nmod tests {\n    use std::fs;\n    use perron_testkit::relay;\n}\n";
        right("crates/domain/src/state.rs", text);
        right("crates/directives/tests/grid.rs", "use std::fs;\nuse perron_testkit::relay;\n");
        wrong("crates/ledger/src/a.rs", "#[cfg(test)]\nuse std::fs;\nuse perron_testkit::relay;\n", 3);
        wrong("crates/domain/src/a.rs", "#[cfg(test)]\n#[derive(Debug)]\nstruct T { a: u8 }\nuse std::fs;\n", 4);
    }

    #[test]
    fn manifests_point_downwards() {
        wrong("crates/domain/Cargo.toml", "[package]\nname = \"perron-domain\"\n\n[dependencies]\ntokio = \"1\"\n", 5);
        wrong("crates/ledger/Cargo.toml", "[dependencies]\nperron-hub.workspace = true\n", 2);
        wrong(
            "desk/Cargo.toml",
            "[dependencies]\nhidden = { package = \"perron-ledger\", path = \"../crates/ledger\" }\n",
            2,
        );
        wrong("desk/Cargo.toml", "[dependencies]\nminicbor.workspace = true\n", 2);
        wrong("crates/ledger/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nsqlx = \"0.9\"\n", 2);
        wrong("Cargo.toml", "[package]\nname = \"perron\"\n[dependencies]\nperron-testkit.workspace = true\n", 4);
        wrong("crates/ledger/Cargo.toml", "[dependencies.axum]\nversion = \"0.8\"\n", 1);
        right(
            "crates/ledger/Cargo.toml",
            "[dependencies]\nperron-domain.workspace = true\n[dev-dependencies]\ntokio = \"1\"\n",
        );
        right("Cargo.toml", "[workspace.dependencies]\nperron-testkit = { path = \"crates/testkit\" }\n");
    }
}
