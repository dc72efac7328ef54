//! What a screen reader, a keyboard or weak eyes would stumble over: nothing serious, on any screen, in each theme.

use perron_e2e::steps::{By, Nurse};
use perron_e2e::walk::{Looks, Manner, through_the_desk, through_the_tablet};
use perron_e2e::{Browser, Hub, ROUND_A, Result, Size, Tablet};

const ROUND: &str = "Bondy, tournée A";

/// Everything found on the way.
#[derive(Default)]
struct Eyes {
    found: Vec<String>,
    looked: usize,
}

impl Eyes {
    /// Looks at the present screen once it is at rest.
    async fn on(&mut self, tablet: &Tablet, what: &str) -> Result<()> {
        tablet.settles().await?;
        self.looked += 1;
        self.found.extend(tablet.stumbles().await?.into_iter().map(|one| format!("{what}, {one}")));
        Ok(())
    }

    /// Goes to an address and looks once `id` is there.
    async fn on_path(&mut self, tablet: &mut Tablet, path: &str, id: &str) -> Result<()> {
        tablet.go(path).await?;
        tablet.find_id(id).await?;
        self.on(tablet, path).await
    }

    /// Says what was found; nothing, when all is well.
    fn verdict(self) -> Result<()> {
        let Self { mut found, looked } = self;
        found.sort();
        found.dedup();
        anyhow::ensure!(found.is_empty(), "{} findings on {looked} screens:\n{}", found.len(), found.join("\n"));
        Ok(())
    }
}

impl Looks for Eyes {
    async fn at(&mut self, screen: &'static str, tablet: &mut Tablet) -> Result<()> {
        self.on(tablet, screen).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_of_the_day_makes_anybody_stumble() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut eyes = Eyes::default();
    through_the_tablet(&hub, Manner::USUAL, &mut eyes).await?;
    let desk = Manner { size: Size::DESK, ..Manner::USUAL };
    through_the_desk(&hub, desk, &mut eyes).await?;
    anyhow::ensure!(eyes.looked > 70, "only {} screens were looked at", eyes.looked);
    eyes.verdict()
}

/// What the walk through the day passes by without stopping.
#[tokio::test(flavor = "multi_thread")]
async fn no_form_beside_the_way_makes_anybody_stumble() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_tablet(Browser::Chromium, &hub, ROUND_A, "Tablette 1", ROUND).await?;
    let mut eyes = Eyes::default();
    nurse.tablet.go("/depart").await?;
    nurse.tablet.fill_id("temperature", "9,1").await?;
    eyes.on(&nurse.tablet, "a box too warm at the departure").await?;
    nurse.tablet.fill_id("temperature", "").await?;
    nurse.tablet.go("/").await?;
    nurse.departs("5,0").await?;

    nurse.goes_to("Théière").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.agrees().await?;
    nurse.begins_an_agreement("Karim Théière").await?;
    for how in ["Présent", "Attestation du parent présent", "Ne peut pas signer"] {
        nurse.tablet.tap(how).await?;
        eyes.on(&nurse.tablet, &format!("agreement: {how}")).await?;
    }
    // The tile would come back with the form.
    nurse.tablet.tap("Présent").await?;
    nurse.tablet.tap_id("consent-cancel").await?;
    nurse.somebody_agrees("Rose Théière", Some("Mère"), By::Signature).await?;
    for (action, what) in [("go-physician", "a physician's decision"), ("go-history", "a history with a signature")] {
        nurse.tablet.tap_id("more-actions").await?;
        nurse.tablet.tap_id(action).await?;
        eyes.on(&nurse.tablet, what).await?;
    }
    nurse.goes_to("Chandelle").await?;
    nurse.conforms().await?;
    nurse.hears_no().await?;
    nurse.refuses().await?;
    eyes.on(&nurse.tablet, "a refusal").await?;

    nurse.reads_the_box("9,1", None, Some("Boîte restée ouverte")).await?;
    nurse.tablet.tap_id("set-apart").await?;
    eyes.on(&nurse.tablet, "one load set apart").await?;
    nurse.tablet.go("/boite/corriger").await?;
    nurse.tablet.tap("9,1").await?;
    eyes.on(&nurse.tablet, "correcting a reading").await?;
    eyes.on_path(&mut nurse.tablet, "/dasri/corriger", "written").await?;
    nurse.opens_the_closing().await?;
    for balance in ["balance-outcomes", "balance-sharps"] {
        nurse.tablet.tap_id(balance).await?;
        eyes.on(&nurse.tablet, balance).await?;
    }
    nurse.signs("Code d’entrée faux").await?;
    nurse.is_synchronised().await?;
    let clock = nurse.tablet.clock();
    let mut office = Tablet::open_for(Browser::Chromium, Size::DESK, &hub.address(), clock).await?;
    desk(&mut office, &mut eyes).await?;
    eyes.verdict()
}

/// The desk, with doses to decide on and differences to explain.
async fn desk(office: &mut Tablet, eyes: &mut Eyes) -> Result<()> {
    office.go("/relais/tournees").await?;
    office.find_id("round").await?;
    // Every page that the desk's own menu leads to, whichever they are.
    let menu = "return [...document.querySelectorAll('nav a[href^=\"/relais\"]')].map((a) => a.getAttribute('href'))";
    let menu: Vec<String> = serde_json::from_value(office.script(menu, vec![]).await?)?;
    anyhow::ensure!(menu.len() >= 5, "the desk's menu has only {menu:?}");
    for path in menu {
        office.go(&path).await?;
        eyes.on(office, &path).await?;
    }
    office.go("/relais/tournees").await?;
    office.tap(ROUND).await?;
    office.find_id("round-person").await?;
    eyes.on(office, "a round to decide on").await?;
    office.go("/relais/tournees").await?;
    office.tap_id("new-round").await?;
    office.fill_id("round-name", "Bondy nord").await?;
    office.fill_id("round-day", "20122021").await?;
    eyes.on(office, "a new round").await?;
    office.tap_id("create-round").await?;
    office.find_id("picker").await?;
    office.tap_id("tick-all").await?;
    office.tap_id("add-ticked").await?;
    office.find_id("order").await?;
    eyes.on(office, "a round in order").await?;
    office.go("/relais/personnes").await?;
    office.tap_id("add-person").await?;
    office.tap_id("save-person").await?;
    eyes.on(office, "a person with what is missing").await?;
    office.go("/relais/lots").await?;
    office.tap_id("receive").await?;
    office.find_id("lot-save").await?;
    eyes.on(office, "receiving a lot").await?;
    office.tap_in("LP4471", "Isoler").await?;
    office.find_id("reason").await?;
    eyes.on(office, "setting a lot apart").await
}
