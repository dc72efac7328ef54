//! What a nurse must see at once is on the screen at once: nothing to scroll on an 8-inch tablet held upright, nothing too
//! small for a glove, nothing cut off.

use perron_e2e::walk::{Looks, Manner, through_the_tablet};
use perron_e2e::{Browser, Hub, ROUND_A, Result, Tablet};

/// Screens that are lists or long forms: these may go on below the edge.
const MAY_SCROLL: &[&str] = &[
    // The list of the doors, and what is done with several at once.
    "tournee-avant-depart",
    "tournee",
    "tournee-ordre",
    "tournee-close",
    // Another lot than planned is the exception, and unfolds below what is planned.
    "depart-autre-lot",
    // What was noted stands below everything that must stay in sight.
    "urgence-notee",
    // Street, code and floor stand above the identity; the means of checking it may end below the edge.
    "visite-identite-sans-papiers",
    // Every reason with its source.
    "visite-pourquoi",
    "visite-historique",
    "visite-corriger",
    // A dose that should not have been given: told once, in peace.
    "visite-erreur",
    "doses",
    "doses-recevoir",
    "doses-apres-coup",
    "doses-corriger",
    "doses-flacon",
    "boite-hors-plage",
    "boite-a-isoler",
    "apres-coup",
    "apres-coup-corriger",
    // The four balances stand on top; the differences below them are as many as they are.
    "cloture",
    "cloture-saisies",
    "cloture-doses",
    // What nobody explained is as much as it is.
    "cloture-signer",
    "cloture-signee",
    "attente",
    "nouvelle-adresse",
    "reglages",
];

/// Measures each screen of the walk.
#[derive(Default)]
struct Measures {
    screens: usize,
    found: Vec<String>,
}

impl Looks for Measures {
    async fn at(&mut self, screen: &'static str, tablet: &mut Tablet) -> Result<()> {
        let room = tablet.room().await?;
        self.screens += 1;
        if room.below > 0 && !MAY_SCROLL.contains(&screen) {
            self.found.push(format!("{screen}: {} px lie below the edge", room.below));
        }
        let kinds = [("smaller than 48 px", room.small), ("text under 18 px", room.fine), ("cut off", room.cut)];
        for (what, all) in kinds {
            self.found.extend(all.into_iter().map(|one| format!("{screen}: {what}: {one}")));
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_measure_sees_what_has_no_room() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut tablet = Tablet::open(Browser::Chromium, &hub.address()).await?;
    tablet.go("/enrolement").await?;
    tablet.find_id("enrol-code").await?;
    let room = tablet.room().await?;
    assert!(room.below == 0 && room.small.is_empty() && room.fine.is_empty() && room.cut.is_empty(), "{room:?}");
    let worse = "const add = (text, style) => {
        const button = document.createElement('button');
        button.textContent = text;
        for (const [name, value] of Object.entries(style)) button.style.setProperty(name, value);
        document.querySelector('main').prepend(button);
      };
      add('petit', {width: '40px', 'min-height': '60px', padding: '0'});
      add('fin', {'font-size': '15px', 'min-height': '60px', width: '200px'});
      add('coupé par le bord', {width: '900px', 'min-height': '60px', 'text-align': 'right', flex: 'none'});
      add('haut', {'min-height': '900px', flex: 'none'});";
    tablet.script(worse, vec![]).await?;
    let room = tablet.room().await?;
    assert!(room.below > 500, "{room:?}");
    assert_eq!(room.small.len(), 1, "{room:?}");
    assert_eq!(room.fine, ["fin"]);
    assert_eq!(room.cut, ["coupé par le bord"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_has_room_for_what_it_shows_and_for_a_glove() -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut measures = Measures::default();
    through_the_tablet(&hub, Manner::USUAL, &mut measures).await?;
    assert!(measures.screens > 60, "only {} screens were seen", measures.screens);
    assert!(measures.found.is_empty(), "{} findings:\n{}", measures.found.len(), measures.found.join("\n"));
    Ok(())
}
