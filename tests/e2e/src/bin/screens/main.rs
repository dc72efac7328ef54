//! Pictures of every screen of the real app, for people who look before they trust. Run by `cargo xtask screens`.

mod small;

use anyhow::{Context, bail};
use perron_e2e::walk::{Looks, Manner, through_the_desk, through_the_tablet};
use perron_e2e::{Hub, ROUND_A, Result, Size, Tablet};
use std::path::PathBuf;

/// Screens that are kept at every size; the others upright on 8 inches, unless a size is asked for.
const IN_EVERY_SIZE: &[&str] = &[
    "adresse",
    "boite",
    "cloture",
    "dasri",
    "depart",
    "doses",
    "tournee",
    "urgence",
    "visite-accord-parents",
    "visite-identite",
    "visite-injection",
    "visite-questions",
    "visite-signature",
    "visite-surveillance",
];

/// Keeps a picture of each screen whose name has a text.
struct Album {
    folder: PathBuf,
    size: &'static str,
    every: bool,
    only: Option<String>,
    written: usize,
    bytes: u64,
}

impl Looks for Album {
    async fn at(&mut self, screen: &'static str, tablet: &mut Tablet) -> Result<()> {
        let named = self.only.as_ref().is_none_or(|only| screen.contains(only.as_str()));
        if !named || !(self.every || IN_EVERY_SIZE.contains(&screen)) {
            return Ok(());
        }
        let path = self.folder.join(format!("{screen}-{}.png", self.size));
        tablet.picture(&path).await?;
        self.bytes += small::make_small(&path)?;
        self.written += 1;
        println!("{}", path.display());
        Ok(())
    }
}

/// The sizes of tablets, by name.
const SIZES: [Size; 3] = [Size::TABLET, Size::LANDSCAPE, Size::PHONE];

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("usage: perron-screens FOLDER [--name TEXT] …")?);
    let (mut only, mut size, mut theme, mut language) = (None, None, "light", "fr");
    while let Some(option) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{option} needs a value"))?;
        match (option.as_str(), value.as_str()) {
            ("--name", _) => only = Some(value),
            ("--size", _) => size = Some(value),
            ("--theme", "light") => theme = "light",
            ("--theme", "dark") => theme = "dark",
            ("--theme", "sun") => theme = "sun",
            ("--language", "fr") => language = "fr",
            ("--language", "en") => language = "en",
            _ => bail!("{option} {value} is not known"),
        }
    }
    let mut album = Album { folder, size: "", every: true, only, written: 0, bytes: 0 };
    let asked = size.is_some() || album.only.is_some();
    let wanted = |one: &Size| size.as_deref().is_none_or(|size| one.name == size);
    let manner = |size| Manner { size, theme, language };
    for size in SIZES.into_iter().filter(wanted) {
        // A visit is made once a day: each size has its own.
        let hub = Hub::start_on(ROUND_A).await?;
        album.size = size.name;
        album.every = size.name == Size::TABLET.name || asked;
        through_the_tablet(&hub, manner(size), &mut album).await?;
        if size == Size::TABLET {
            album.size = Size::DESK.name;
            through_the_desk(&hub, manner(Size::DESK), &mut album).await?;
        }
    }
    anyhow::ensure!(album.written > 0, "no screen has this name");
    println!("{} pictures, {} kB", album.written, album.bytes / 1000);
    Ok(())
}
