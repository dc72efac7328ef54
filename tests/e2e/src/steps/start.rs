//! The morning: the tablet gets its round, the team leaves.

use super::{Notes, Nurse};
use crate::{Browser, Day, Desk, Hub, HubOptions, Result, Size, Tablet};

impl Hub {
    /// Starts a hub with the demo relay, on the morning of `day`.
    pub async fn start_on(day: Day) -> Result<Self> {
        Self::start_with(HubOptions { clock_ms: day.shift()?, ..HubOptions::default() }).await
    }
}

impl Nurse {
    /// Takes a new tablet, enrols it with a code of the desk, chooses `round` and her name, and opens «Ma tournée».
    pub async fn takes_a_tablet(browser: Browser, hub: &Hub, day: Day, label: &str, round: &str) -> Result<Self> {
        Self::takes_a_tablet_at(browser, &hub.address(), hub, day, label, round).await
    }

    /// The same, where the tablet reaches the hub at another address than its own.
    pub async fn takes_a_tablet_at(
        browser: Browser,
        address: &str,
        hub: &Hub,
        day: Day,
        label: &str,
        round: &str,
    ) -> Result<Self> {
        let tablet = Tablet::open_at(browser, address, day.shift()?).await?;
        Self::enrols(tablet, browser, hub, label, round).await
    }

    /// The same with a device of another size.
    pub async fn takes_a_device(size: Size, hub: &Hub, day: Day, label: &str, round: &str) -> Result<Self> {
        let tablet = Tablet::open_for(Browser::Chromium, size, &hub.address(), day.shift()?).await?;
        Self::enrols(tablet, Browser::Chromium, hub, label, round).await
    }

    async fn enrols(tablet: Tablet, browser: Browser, hub: &Hub, label: &str, round: &str) -> Result<Self> {
        // WebKitGTK's automation promises nothing, and the app says so.
        let promised = browser != Browser::WebKit;
        let mut nurse = Self { tablet, notes: Notes::default(), with: String::new(), promised };
        nurse.enrols_anew(hub, label, round).await?;
        Ok(nurse)
    }

    /// Enrols the tablet that she has, once it has no store: a new one, or one that lost it.
    pub async fn enrols_anew(&mut self, hub: &Hub, label: &str, round: &str) -> Result<()> {
        let code = Desk::of(hub).code_for(label).await?;
        let tablet = &mut self.tablet;
        tablet.go("/enrolement").await?;
        tablet.fill_id("enrol-code", &code).await?;
        tablet.fill_id("enrol-label", label).await?;
        tablet.tap_id("enrol").await?;
        tablet.see(if self.promised { "Prêt à partir hors ligne" } else { "Prêt, stockage non garanti" }).await?;
        tablet.tap(round).await?;
        tablet.tap("Nour Sarriette").await?;
        tablet.tap_id("open-tour").await
    }

    /// Leaves the relay: everything that the relay planned, a kit with its dates, the box at `degrees`.
    pub async fn departs(&mut self, degrees: &str) -> Result<()> {
        self.prepares_the_departure(degrees).await?;
        // The relay seldom plans a dose for everybody: what is short is told, what is not there at all needs a reason.
        let told = self.tablet.see_one(&["Rien ne manque", "à bord pour"]).await?;
        assert!(told != "Rien ne manque" || self.promised, "gone without a word about the storage");
        if self.tablet.has_id("depart-reason").await? {
            self.tablet.fill_id("depart-reason", "Pas d’autre tablette").await?;
        }
        self.tablet.tap_id("leave").await?;
        self.tablet.find_id("doors").await
    }

    /// The same up to the last button.
    pub async fn prepares_the_departure(&mut self, degrees: &str) -> Result<()> {
        let year = self.next_year()?;
        let tablet = &mut self.tablet;
        tablet.tap_id("next").await?;
        tablet.fill_id("temperature", degrees).await?;
        tablet.tap_id("read-temperature").await?;
        tablet.tap_id("load-all").await?;
        tablet.gone_id("load-all").await?;
        tablet.tap_id("kit-all").await?;
        tablet.fill_id("kit-expiry", &format!("3112{year}")).await?;
        tablet.fill_id("adrenaline-expiry", &format!("3006{year}")).await?;
        let tenths: f64 = degrees.replace(',', ".").parse()?;
        self.notes.temperatures.push((tenths * 10.0).round() as i16);
        Ok(())
    }
}
