//! A walk through every screen, each with real content: for pictures, for measuring, for accessibility. Whoever walks
//! along says what is done at each screen; the way is the same for all.
//!
//! Everything is touched by its test id, so that the walk can be made in any language and theme.

mod day;
mod desk;
mod things;
mod visit;

use crate::steps::Nurse;
use crate::{Browser, Desk, Hub, ROUND_A, Result, Size, Tablet};
use serde_json::json;
use std::time::Duration;

/// The round that is walked.
const ROUND: &str = "Bondy, tournée A";

/// Somebody who does something at each screen.
pub trait Looks {
    /// Is called once per screen, when the screen has come to rest.
    fn at(&mut self, screen: &'static str, tablet: &mut Tablet) -> impl Future<Output = Result<()>>;
}

/// How the screens are to be: size, theme (`light`, `dark`, `sun`) and language (`fr`, `en`).
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// The screen's size.
    pub size: Size,
    /// The theme's name in the preferences.
    pub theme: &'static str,
    /// The language's name in the preferences.
    pub language: &'static str,
}

impl Manner {
    /// An 8-inch tablet upright, light, French: what is in a nurse's hand.
    pub const USUAL: Self = Self { size: Size::TABLET, theme: "light", language: "fr" };
}

/// A walk under way.
struct Walk<'a, L> {
    nurse: Nurse,
    looks: &'a mut L,
}

/// Walks through every screen of the tablet: the whole day of a round, beginning with a new tablet. The hub was started
/// on [`ROUND_A`].
pub async fn through_the_tablet(hub: &Hub, manner: Manner, looks: &mut impl Looks) -> Result<()> {
    let mut tablet = Tablet::open_for(Browser::Chromium, manner.size, &hub.address(), ROUND_A.shift()?).await?;
    prefers(&mut tablet, manner).await?;
    day::enrols(&mut tablet, &Desk::of(hub).code_for("Tablette 1").await?, looks).await?;
    let mut walk = Walk { nurse: Nurse::with_tablet(tablet), looks };
    walk.departure().await?;
    walk.visits().await?;
    walk.things().await?;
    walk.evening().await?;
    walk.nurse.tablet.close().await
}

/// Walks through every screen of the desk, after the tablet's day so that there is something to see.
pub async fn through_the_desk(hub: &Hub, manner: Manner, looks: &mut impl Looks) -> Result<()> {
    let mut office = Tablet::open_for(Browser::Chromium, manner.size, &hub.address(), ROUND_A.shift()?).await?;
    prefers(&mut office, manner).await?;
    desk::pages(&mut office, looks).await?;
    office.close().await
}

/// Sets theme and language as the settings' page does.
async fn prefers(tablet: &mut Tablet, manner: Manner) -> Result<()> {
    let set = "localStorage.setItem('perron.prefs', JSON.stringify(arguments[0]))";
    tablet.script(set, vec![json!({"theme": manner.theme, "language": manner.language})]).await?;
    tablet.reload().await
}

impl<L: Looks> Walk<'_, L> {
    /// Stops at the present screen.
    async fn at(&mut self, screen: &'static str) -> Result<()> {
        stops(&mut self.nurse.tablet, screen, self.looks).await
    }

    /// Goes to `path` and stops there once `id` is on the screen.
    async fn at_path(&mut self, screen: &'static str, path: &str, id: &str) -> Result<()> {
        self.nurse.tablet.go(path).await?;
        self.nurse.tablet.find_id(id).await?;
        self.at(screen).await
    }

    async fn tap(&mut self, id: &str) -> Result<()> {
        self.nurse.tablet.tap_id(id).await
    }

    async fn fill(&mut self, id: &str, text: &str) -> Result<()> {
        self.nurse.tablet.fill_id(id, text).await
    }
}

async fn stops(tablet: &mut Tablet, screen: &'static str, looks: &mut impl Looks) -> Result<()> {
    tablet.settles().await?;
    // The marks of the finger go.
    tokio::time::sleep(Duration::from_millis(100)).await;
    looks.at(screen, tablet).await
}
