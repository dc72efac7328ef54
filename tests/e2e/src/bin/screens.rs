//! Pictures of every screen of the real app, for people who look before they trust. Run by `cargo xtask screens`.

use anyhow::Context;
use perron_e2e::{Browser, Hub, HubOptions, Result, Size, Tablet};
use std::path::PathBuf;

/// A screen worth a picture: its file's name, its address, and the sizes that it is used at.
struct Screen {
    name: &'static str,
    path: &'static str,
    sizes: &'static [Size],
}

const EVERY: &[Size] = &[Size::TABLET, Size::LANDSCAPE, Size::PHONE];

const DESK: &[Size] = &[Size::DESK];

/// One line per page.
const SCREENS: &[Screen] = &[
    Screen { name: "plus", path: "/plus", sizes: EVERY },
    Screen { name: "reglages", path: "/reglages", sizes: EVERY },
    Screen { name: "relais-reglages", path: "/relais/reglages", sizes: DESK },
];

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("usage: perron-screens FOLDER [NAME]")?);
    let only = arguments.next();
    let hub = Hub::start_with(HubOptions::default()).await?;
    let mut written = 0;
    for size in [Size::TABLET, Size::LANDSCAPE, Size::PHONE, Size::DESK] {
        let wanted = |screen: &&Screen| {
            screen.sizes.contains(&size) && only.as_deref().is_none_or(|only| screen.name.contains(only))
        };
        let screens: Vec<&Screen> = SCREENS.iter().filter(wanted).collect();
        if screens.is_empty() {
            continue;
        }
        let mut tablet = Tablet::open_sized(Browser::Chromium, size, &hub.address()).await?;
        for screen in screens {
            tablet.go(screen.path).await?;
            settled(&tablet).await?;
            let path = folder.join(format!("{}-{}.png", screen.name, size.name));
            tablet.picture(&path).await?;
            println!("{}", path.display());
            written += 1;
        }
        tablet.close().await?;
    }
    anyhow::ensure!(written > 0, "no screen has this name");
    Ok(())
}

/// Waits until the page says something and has stopped changing.
async fn settled(tablet: &Tablet) -> Result<()> {
    let mut before = String::new();
    for _ in 0..50 {
        let now = tablet.text().await?;
        if !now.is_empty() && now == before {
            return Ok(());
        }
        before = now;
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    }
    anyhow::bail!("the page never came to rest; it says: {before}")
}
