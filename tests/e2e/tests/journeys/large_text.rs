//! A whole visit with text twice as large, on a phone and on a lying tablet: nothing hides what must be read.

use perron_e2e::steps::{Arm, Nurse};
use perron_e2e::{Hub, ROUND_A, Result, Size, Tablet};
use serde_json::json;

/// Returns every text of the page that something stands over once it was brought to the middle, and every text that is cut.
async fn hidden(tablet: &Tablet, screen: &str) -> Result<Vec<String>> {
    let script = r#"
        const found = [];
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
            const element = text.parentElement;
            if (!text.textContent.trim() || element.closest('.visually-hidden, .skip, [hidden], details:not([open]) > :not(summary)')) continue;
            if (!element.getClientRects().length || getComputedStyle(element).visibility === 'hidden') continue;
            element.scrollIntoView({block: 'center'});
            const range = document.createRange();
            range.selectNodeContents(text);
            const line = range.getClientRects()[0];
            if (!line || line.width === 0) continue;
            const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
            if (!top || !(element.contains(top) || top.contains(element))) found.push(text.textContent.trim().slice(0, 50));
        }
        document.querySelector('main').scrollTop = 0;
        return found;"#;
    let over = tablet.script(script, vec![]).await?;
    let mut found: Vec<String> = serde_json::from_value(over)?;
    found.extend(tablet.room().await?.cut);
    // The bars leave the page most of a phone's height.
    let left = "const main = document.querySelector('main').getBoundingClientRect();
        const bar = document.querySelector('.main-action')?.getBoundingClientRect().height ?? 0;
        return Math.round(100 * (main.height - bar) / innerHeight)";
    let left: u32 = serde_json::from_value(tablet.script(left, vec![]).await?)?;
    if left < 45 {
        found.push(format!("the page has {left} % of the screen"));
    }
    if let (false, Some(folder)) = (found.is_empty(), std::env::var_os("PERRON_EVIDENCE")) {
        std::fs::create_dir_all(&folder)?;
        tablet.picture(&std::path::Path::new(&folder).join(format!("large-text-{screen}.png"))).await?;
    }
    Ok(found.into_iter().map(|one| format!("{screen}: {one}")).collect())
}

async fn a_visit(size: Size) -> Result<()> {
    let hub = Hub::start_on(ROUND_A).await?;
    let mut nurse = Nurse::takes_a_device(size, &hub, ROUND_A, "Tablette 1", "Bondy, tournée A").await?;
    let mut found = Vec::new();
    nurse.departs("5,0").await?;
    found.extend(hidden(&nurse.tablet, "tournée").await?);
    nurse.goes_to("Parapluie").await?;
    found.extend(hidden(&nurse.tablet, "identité").await?);
    nurse.conforms().await?;
    nurse.tablet.find_id("no-to-all").await?;
    // What was never on the screen was not read.
    let questions = nurse.tablet.script("return document.querySelectorAll('.questions > *').length", vec![]).await?;
    let fits = "const bar = document.querySelector('.main-action').getBoundingClientRect().top;
        return [...document.querySelectorAll('.questions > *')].every((one) => one.getBoundingClientRect().bottom <= bar)";
    if nurse.tablet.script(fits, vec![]).await? == json!(false) {
        assert!(
            !nurse.tablet.can_press("no-to-all").await?,
            "{questions} questions count as read, not all were on screen"
        );
    }
    found.extend(hidden(&nurse.tablet, "questions").await?);
    nurse.hears_no().await?;
    found.extend(hidden(&nurse.tablet, "accord").await?);
    nurse.agrees().await?;
    nurse.opens_a_vial().await?;
    found.extend(hidden(&nurse.tablet, "injection").await?);
    nurse.injects(Arm::Left, "FH0151").await?;
    found.extend(hidden(&nurse.tablet, "surveillance").await?);
    nurse.waits(15).await?;
    nurse.tablet.tap_id("end-observation").await?;
    nurse.traces().await?;
    found.extend(hidden(&nurse.tablet, "tracée").await?);
    assert!(found.is_empty(), "{}: {} texts are hidden or cut:\n{}", size.name, found.len(), found.join("\n"));
    assert_eq!(nurse.tablet.complaints().await?, Vec::<String>::new());
    nurse.tablet.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn text_at_200_percent_hides_nothing_that_must_be_read() -> Result<()> {
    a_visit(Size::LARGE_TEXT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_hides_nothing_that_must_be_read() -> Result<()> {
    a_visit(Size::PHONE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_lying_hides_nothing_that_must_be_read() -> Result<()> {
    a_visit(Size::LANDSCAPE).await
}
