//! The table of rooms: for each, what it never imports.

/// A room: where its files are, and what they never name.
pub struct Room {
    /// Beginnings of paths from the project's folder.
    pub folders: &'static [&'static str],
    /// Beginnings of paths inside of `folders` that the rule leaves out.
    pub except: &'static [&'static str],
    /// Paths of code, as beginnings: `std::fs`, `leptos`. A name with `*` at its end stands for all that begin so.
    pub never: &'static [&'static str],
    /// Names that may not be anywhere in a path, because other crates hand them on.
    pub nowhere: &'static [&'static str],
    /// Words of the language that the room does without.
    pub no_words: &'static [&'static str],
}

const NONE: Room = Room { folders: &[], except: &[], never: &[], nowhere: &[], no_words: &[] };

/// What only works with a screen.
const SCREEN: &[&str] = &["leptos*", "web_sys", "js_sys", "gloo*", "wasm_bindgen*"];

/// Each line of the table, and two that follow from its words.
pub const ROOMS: &[Room] = &[
    // Pure: no async, no input or output, no clock, no randomness.
    Room {
        folders: &["crates/domain/"],
        never: &[
            "tokio*",
            "futures*",
            "async_std",
            "std::fs",
            "std::io",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "std::time::SystemTime",
            "std::time::Instant",
            "chrono::Utc",
            "chrono::Local",
            "rand*",
            "getrandom",
            "uuid",
            "fastrand",
            "sqlx*",
            "axum*",
            "reqwest",
            "hyper*",
            "perron_*",
        ],
        nowhere: &["web_sys", "js_sys", "leptos"],
        no_words: &["async", "await"],
        ..NONE
    },
    Room { folders: &["crates/domain/"], never: SCREEN, ..NONE },
    // Bytes are given to it.
    Room {
        folders: &["crates/directives/"],
        never: &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "tokio*",
            "reqwest",
            "sqlx*",
            "axum*",
            "perron_ledger",
            "perron_vault",
            "perron_store_idb",
            "perron_hub",
        ],
        ..NONE
    },
    Room { folders: &["crates/directives/"], never: SCREEN, ..NONE },
    // The ledger knows what a store promises, never how one keeps it.
    Room {
        folders: &["crates/ledger/"],
        never: &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "tokio*",
            "sqlx*",
            "axum*",
            "reqwest",
            "hyper*",
            "indexed_db*",
            "perron_vault",
            "perron_store_idb",
            "perron_hub",
            "perron_directives",
        ],
        ..NONE
    },
    Room { folders: &["crates/ledger/"], never: SCREEN, ..NONE },
    // A tablet without a screen: store, wire, time and randomness are given to it.
    Room {
        folders: &["crates/tablet/"],
        never: &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::time::SystemTime",
            "std::time::Instant",
            "tokio*",
            "rand*",
            "getrandom",
            "reqwest",
            "sqlx*",
            "axum*",
            "perron_store_idb",
            "perron_hub",
            "perron_directives",
            "perron_vault",
        ],
        ..NONE
    },
    Room { folders: &["crates/tablet/"], never: SCREEN, ..NONE },
    Room {
        folders: &["crates/store-idb/"],
        never: &["leptos*", "perron_hub", "perron_directives", "perron_vault", "sqlx*", "axum*"],
        ..NONE
    },
    // Files, clocks and the second copy are given to them.
    Room {
        folders: &["crates/store-log/", "crates/store-pair/"],
        never: &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::time::SystemTime",
            "std::time::Instant",
            "tokio*",
            "rand*",
            "getrandom",
            "sqlx*",
            "axum*",
            "indexed_db*",
            "perron_store_idb",
            "perron_hub",
            "perron_directives",
            "perron_tablet",
            "perron_vault",
        ],
        ..NONE
    },
    Room { folders: &["crates/store-log/", "crates/store-pair/"], never: SCREEN, ..NONE },
    Room { folders: &["crates/store-log/"], never: &["perron_store_pair"], ..NONE },
    // What the desk's pages and the hub say to each other: shapes only.
    Room {
        folders: &["crates/desk-api/"],
        never: &[
            "std::fs",
            "std::net",
            "std::process",
            "tokio*",
            "sqlx*",
            "axum*",
            "reqwest",
            "perron_hub",
            "perron_store_idb",
        ],
        ..NONE
    },
    Room { folders: &["crates/desk-api/"], never: SCREEN, ..NONE },
    Room { folders: &["crates/hub/"], never: &["leptos*", "web_sys", "perron_store_idb", "perron_vault"], ..NONE },
    // Handlers ask the store; only the store speaks SQL.
    Room { folders: &["crates/hub/src/"], except: &["crates/hub/src/store"], never: &["sqlx*"], ..NONE },
    // What both apps draw with: it knows neither store nor sync nor hub.
    Room {
        folders: &["crates/ui/"],
        never: &[
            "minicbor*",
            "tokio*",
            "sqlx*",
            "axum*",
            "reqwest",
            "perron_ledger",
            "perron_tablet",
            "perron_store*",
            "perron_vault",
            "perron_hub",
            "perron_desk*",
            "perron_directives",
        ],
        ..NONE
    },
    // The desk asks the hub; it holds no facts.
    Room {
        folders: &["desk/"],
        never: &[
            "minicbor*",
            "tokio*",
            "sqlx*",
            "axum*",
            "reqwest",
            "perron",
            "perron_ledger",
            "perron_tablet",
            "perron_store*",
            "perron_vault",
            "perron_hub",
            "perron_directives",
        ],
        ..NONE
    },
    // What touches the browser itself is in the rooms of that name.
    Room {
        folders: &[
            "src/pages/",
            "src/shell/",
            "src/state/",
            "desk/src/client.rs",
            "desk/src/pages/",
            "desk/src/shell.rs",
            "crates/ui/src/components/",
            "crates/ui/src/pages/",
            "crates/ui/src/words/",
        ],
        never: &["gloo*", "reqwest", "js_sys", "wasm_bindgen*", "perron_ui::browser::js"],
        nowhere: &["web_sys"],
        ..NONE
    },
    // Pages and widgets show and ask.
    Room {
        folders: &[
            "src/pages/",
            "src/shell/",
            "desk/src/pages/",
            "desk/src/shell.rs",
            "crates/ui/src/components/",
            "crates/ui/src/pages/",
            "crates/ui/src/words/",
        ],
        never: &["perron_store*", "crate::browser::network", "super::browser::network", "perron_ui::browser::network"],
        ..NONE
    },
    Room {
        folders: &["src/", "desk/src/", "crates/ui/src/"],
        except: &["src/browser", "crates/ui/src/browser"],
        no_words: &["target_arch", "target_family"],
        ..NONE
    },
    Room { folders: &["src/"], never: &["perron_hub", "perron_desk*", "axum*", "sqlx*"], ..NONE },
    // The kit of tests never ships.
    Room { folders: &["src/", "desk/", "crates/"], except: &["crates/testkit/"], never: &["perron_testkit"], ..NONE },
];

/// Whether `file` is not part of the product: tests, examples, and the suite that stores are tested by.
pub fn is_test_file(file: &str) -> bool {
    file.contains("/tests/")
        || file.contains("/examples/")
        || file.ends_with("/tests.rs")
        || file.contains("/benches/")
        || file.ends_with("/contract.rs")
        || file.contains("/contract/")
}

/// The rooms that `file` is in.
pub fn rooms_of(file: &str) -> impl Iterator<Item = &'static Room> {
    ROOMS.iter().filter(move |room| {
        let begins = |folders: &[&str]| folders.iter().any(|folder| file.starts_with(folder));
        begins(room.folders) && !begins(room.except)
    })
}

/// Whether the code path `path` begins with `rule`.
pub fn begins(path: &[String], rule: &str) -> bool {
    rule.split("::").enumerate().all(|(at, part)| match (path.get(at), part.strip_suffix('*')) {
        (Some(segment), Some(start)) => segment.starts_with(start),
        (Some(segment), None) => segment == part,
        (None, _) => false,
    })
}
