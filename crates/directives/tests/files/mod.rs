//! The directives that ship, also where there is no folder to read. `speed_in_browser` checks that none is left out.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &[u8])] = &[$(($name, include_bytes!(concat!("../../../../directives/", $name)))),*];
    };
}

shipped!(
    "influenza-2025.toml",
    "mmr-2025.toml",
    "national-care.toml",
    "national-competence-2023.toml",
    "national-covid-2021.toml",
    "national-covid-2025.toml",
    "pneumococcus-2025.toml",
    "products.toml",
    "relay-protocol-2021.toml",
    "rsv-2025.toml",
    "shingles-2025.toml",
);

/// Returns the shipped files: name and bytes, sorted by name.
pub fn shipped() -> Vec<(String, Vec<u8>)> {
    FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}
