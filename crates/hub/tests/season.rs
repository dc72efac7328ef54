//! The head of the relay opens a season that no Perron shipped, over a real connection: the form, the text that follows, a
//! file from elsewhere, the physician's confirmation, and what ships later.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk::{DirectiveView, DirectivesView, SeasonForm, SeasonOver, SeasonText, SeasonsView};
use perron_domain::fact::AccountNo;
use perron_domain::rules::{Answer, Case, Directive, EVALUATOR_VERSION, Outcome, evaluate, replay};
use perron_domain::{CommonCommand, NewDirective};
use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The accounts of the relay of demonstration, whose rounds let a version take effect from December 2021 on.
const HEAD: u32 = 1;
const NURSE: u32 = 2;
const PHYSICIAN: u32 = 4;
const FLU: &str = "influenza-2025";

struct Desk {
    running: Running,
    client: Client,
    _folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = ServeOptions {
            data: folder.path().join("data"),
            listen: "127.0.0.1:0".parse().unwrap(),
            demo: true,
            name: None,
        };
        Self { running: start(options).await.unwrap(), client: Client::new(), _folder: folder }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.client.get(self.at(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    async fn post(&self, path: &str, by: u32, body: Value) -> Response {
        let request = self.client.post(self.at(path));
        request.header("x-perron-account", by.to_string()).json(&body).send().await.unwrap()
    }

    /// The campaign of influenza, as it is offered on 28 November 2026.
    async fn over(&self) -> SeasonOver {
        let seasons: SeasonsView = self.get("/api/seasons?on=2026-11-28").await;
        seasons.campaigns.into_iter().find(|one| one.form.id == FLU).unwrap()
    }

    async fn text(&self, form: &SeasonForm) -> SeasonText {
        let answer = self.post("/api/seasons/text", HEAD, json!(form)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// The text of a season that may be adopted: examples that do not hold any more are left out.
    async fn season(&self) -> String {
        let mut form = self.over().await.form;
        form.source = "Instruction de la DGS du 1er octobre 2026".into();
        let written = self.text(&form).await;
        let failing = written.check.examples.iter().filter(|one| !one.holds).map(|one| one.name.clone());
        form.without = failing.collect();
        let written = self.text(&form).await;
        assert!(written.check.publishable, "{:?} {:?}", written.check.problems, written.check.findings);
        written.text
    }

    async fn adopt(&self, by: u32, text: &str) -> (StatusCode, Value) {
        let origin = json!({ "season": { "id": FLU, "version": "2025-10-14" } });
        let answer = self.post("/api/seasons/adopt", by, json!({ "text": text, "origin": origin })).await;
        (answer.status(), answer.json().await.unwrap_or_default())
    }

    async fn confirm(&self, by: u32, version: &str) -> StatusCode {
        self.post("/api/directives/confirm", by, json!({ "id": FLU, "version": version })).await.status()
    }

    async fn versions(&self, on: &str) -> Vec<DirectiveView> {
        let view: DirectivesView = self.get(&format!("/api/directives?on={on}")).await;
        view.directives.into_iter().filter(|one| one.id == FLU).collect()
    }

    fn answer(&self, case: &Case) -> Answer {
        self.running.hub.read(|cache| evaluate(cache.common.counting(), case))
    }
}

/// A woman of 80, all known, all asked, agreed.
fn at_her_door(on: &str) -> Case {
    let no = ["allergy_component", "anaphylaxis_previous_dose", "anaphylaxis_other_vaccine", "fever", "anticoagulant"];
    let answers: serde_json::Map<String, Value> =
        no.into_iter().chain(["fainting"]).map(|code| (code.to_owned(), json!(false))).collect();
    serde_json::from_value(json!({
        "on": on,
        "territory": "FR-93",
        "product": "efluelda",
        "person": { "birth_date": "1946-03-03", "sex": "F" },
        "answers": answers,
        "consents": [{ "by": "self", "given": true }],
    }))
    .unwrap()
}

const IN_SEASON: &str = "2026-11-28";
const VERSION: &str = "2026-10-14-relais";

#[tokio::test]
async fn the_head_opens_a_season_from_last_years_and_the_physician_lets_it_count() {
    let desk = Desk::open().await;
    let over = desk.over().await;
    assert_eq!(over.form.version, VERSION);
    assert!(over.form.title_fr.contains("2026–2027"), "{}", over.form.title_fr);
    assert_eq!(over.form.dates.len(), 1);
    assert_eq!(
        (over.form.dates[0].from.to_string(), over.form.dates[0].until.to_string()),
        ("2026-10-14".to_owned(), "2027-02-28".to_owned())
    );
    assert!(over.form.products.iter().any(|one| one.code == "efluelda" && one.keep));
    let case = at_her_door(IN_SEASON);
    assert!(desk.answer(&case).outcome < Outcome::Judge, "every shipped campaign is over: {:?}", desk.answer(&case));

    let text = desk.season().await;
    assert!(text.contains("title = \"Instruction de la DGS du 1er octobre 2026\""), "{text}");
    assert!(text.contains("season = { from = \"2026-10-14\", until = \"2027-02-28\" }"), "{text}");
    assert!(text.contains("day = \"2026-09-01\""), "«déjà vacciné» moves with the season: {text}");
    assert!(text.contains("28 février 2027") && !text.contains("28 février 2026)"), "{text}");
    let (status, error) = desk.adopt(NURSE, &text).await;
    assert_eq!((status, error["code"].as_str()), (StatusCode::FORBIDDEN, Some("role_needed")));
    assert_eq!(desk.adopt(HEAD, &text).await.0, StatusCode::NO_CONTENT);

    let adopted = |versions: Vec<DirectiveView>| versions.into_iter().find(|one| one.version == VERSION).unwrap();
    let shown = adopted(desk.versions(IN_SEASON).await);
    assert!(shown.standing.waits_for_physician && !shown.in_force);
    assert!(shown.standing.adopted.unwrap().by.len() > 3, "who adopted is shown");
    assert!(desk.answer(&case).outcome < Outcome::Judge, "not before the confirmation");

    assert_eq!(desk.confirm(NURSE, VERSION).await, StatusCode::FORBIDDEN);
    assert_eq!(desk.confirm(PHYSICIAN, VERSION).await, StatusCode::NO_CONTENT);
    assert!(adopted(desk.versions(IN_SEASON).await).in_force);
    assert_eq!(desk.answer(&case).outcome, Outcome::Eligible, "{:?}", desk.answer(&case));
    assert_eq!(desk.answer(&at_her_door("2027-02-28")).outcome, Outcome::Eligible, "the last day");
    assert!(desk.answer(&at_her_door("2027-03-01")).outcome < Outcome::Judge, "closed again after its end");
}

#[tokio::test]
async fn what_was_decided_by_last_years_campaign_replays_to_the_same_bytes() {
    let desk = Desk::open().await;
    let case = at_her_door("2026-01-20");
    let before = desk.answer(&case);
    assert_eq!(before.outcome, Outcome::Eligible);
    let text = desk.season().await;
    assert_eq!(desk.adopt(HEAD, &text).await.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.confirm(PHYSICIAN, VERSION).await, StatusCode::NO_CONTENT);
    let again = desk
        .running
        .hub
        .read(|cache| replay(&cache.common.directives, &before.directives, EVALUATOR_VERSION, &case).unwrap());
    assert_eq!(again.digest(), before.digest());
    assert_eq!(desk.answer(&case).digest(), before.digest(), "last winter is judged by last winter's campaign");
}

#[tokio::test]
async fn a_version_that_ships_later_is_seen_and_waits_for_the_head() {
    let desk = Desk::open().await;
    let text = desk.season().await;
    assert_eq!(desk.adopt(HEAD, &text).await.0, StatusCode::NO_CONTENT);
    assert_eq!(desk.confirm(PHYSICIAN, VERSION).await, StatusCode::NO_CONTENT);
    // The next Perron knows the season too, and says that it begins in December.
    let mut shipped: Directive = desk
        .running
        .hub
        .read(|cache| cache.common.directives.iter().find(|one| one.version == VERSION).unwrap().clone());
    shipped.version = "2026-12-01".into();
    shipped.from = "2026-12-01".parse().unwrap();
    let new = NewDirective { directive: shipped, text: None, urgent: false, adopted: None };
    let publish = CommonCommand::PublishDirective(Box::new(new));
    desk.running.hub.common_command(AccountNo(0), publish).await.unwrap();

    let version = async |name: &str| {
        let versions = desk.versions("2026-12-02").await;
        versions.into_iter().find(|one| one.version == name).unwrap()
    };
    let waiting = version("2026-12-01").await;
    assert!(waiting.standing.waits_for_head && !waiting.in_force, "held back, and seen");
    assert!(version(VERSION).await.in_force);
    let accept = async |by, name: &str| {
        desk.post("/api/seasons/accept", by, json!({ "id": FLU, "version": name })).await.status()
    };
    assert_eq!(accept(NURSE, "2026-12-01").await, StatusCode::FORBIDDEN);
    assert_eq!(accept(HEAD, VERSION).await, StatusCode::CONFLICT, "that one does not wait");
    assert_eq!(accept(HEAD, "2026-12-01").await, StatusCode::NO_CONTENT);
    assert!(version("2026-12-01").await.in_force);
    let replaced = version(VERSION).await;
    assert!(replaced.standing.replaced && !replaced.in_force);
}

#[tokio::test]
async fn vaccines_are_taken_over_left_out_or_replaced() {
    let desk = Desk::open().await;
    let mut form = desk.over().await.form;
    form.source = "Instruction de la DGS".into();
    form.products.iter_mut().find(|one| one.code == "fluad").unwrap().keep = false;
    let written = desk.text(&form).await;
    assert!(written.text.contains("code = \"not-of-this-season\""), "{}", written.text);
    assert!(written.text.contains("product = [\"fluad\"]"), "{}", written.text);
    form.products.iter_mut().for_each(|one| one.keep = false);
    let none = desk.post("/api/seasons/text", HEAD, json!(form)).await;
    assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().await.unwrap().contains("en garder au moins un"));
    form.products.iter_mut().for_each(|one| one.keep = true);
    form.products.iter_mut().find(|one| one.code == "efluelda").unwrap().instead = Some("fluad".into());
    let written = desk.text(&form).await;
    assert!(!written.text.contains("\"efluelda\""), "{}", written.text);
    form.dates[0].until = form.dates[0].from.plus_days(-1);
    let backwards = desk.post("/api/seasons/text", HEAD, json!(form)).await;
    assert!(backwards.text().await.unwrap().contains("avant le premier"));
}

#[tokio::test]
async fn a_file_from_a_partner_is_checked_like_any_and_every_refusal_names_its_line() {
    let desk = Desk::open().await;
    let theirs = desk.season().await.replace(VERSION, "2026-10-14");
    let read = async |text: &str| {
        let answer = desk.post("/api/seasons/file", HEAD, json!({ "text": text })).await;
        answer.json::<SeasonText>().await.unwrap()
    };
    let file = read(&theirs).await;
    assert!(file.text.contains(&format!("version = \"{VERSION}\"")), "it gets a name of this relay's own");
    assert!(file.check.publishable, "{:?}", file.check.problems);

    let line =
        |text: &str, word: &str| u32::try_from(text.lines().position(|line| line.contains(word)).unwrap() + 1).ok();
    for (old, new, said) in [
        ("layer = \"national\"", "layer = \"relay\"", "est nationale"),
        ("from = \"2026-10-14\"\n", "from = \"2020-10-14\"\n", "passée"),
        ("product = [\"efluelda\", \"fluad\"]", "product = [\"efluelda\", \"inconnu\"]", "aucun produit"),
    ] {
        assert!(theirs.contains(old), "{old}");
        let file = read(&theirs.replacen(old, new, 1)).await;
        let found = file.check.problems.iter().find(|problem| problem.fr.contains(said));
        assert!(found.is_some_and(|problem| problem.line.is_some()), "{new}: {:?}", file.check.problems);
        let (status, error) = desk.adopt(HEAD, &file.text).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(error["message"].as_str().unwrap().starts_with("Ligne "), "{error}");
    }
    let unnamed = desk.adopt(HEAD, &theirs).await;
    assert_eq!(unnamed.0, StatusCode::UNPROCESSABLE_ENTITY, "a name that might ship is not adopted");
    assert!(
        unnamed.1["message"]
            .as_str()
            .unwrap()
            .starts_with(&format!("Ligne {} ", line(&theirs, "version = \"2026-10-14\"").unwrap()))
    );
    let broken = desk.post("/api/seasons/file", HEAD, json!({ "text": "id = \"a\"\nlayer = \n" })).await;
    assert_eq!(broken.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.json::<Value>().await.unwrap()["message"].as_str().unwrap().starts_with("Ligne 2"));

    let nobody = json!({ "text": file.text, "origin": { "file": { "name": "grippe.toml", "given_by": "" } } });
    assert_eq!(desk.post("/api/seasons/adopt", HEAD, nobody).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let origin = json!({ "file": { "name": "grippe.toml", "given_by": "Relais des Tilleuls (inventé)" } });
    let adopted = json!({ "text": file.text, "origin": origin });
    assert_eq!(desk.post("/api/seasons/adopt", HEAD, adopted).await.status(), StatusCode::NO_CONTENT);
    let kept = desk.versions(IN_SEASON).await.into_iter().find(|one| one.version == VERSION).unwrap();
    assert_eq!(serde_json::to_value(kept.standing.adopted.unwrap().origin).unwrap(), origin);
}

#[tokio::test]
async fn covid_is_offered_too_and_says_which_examples_do_not_hold() {
    let desk = Desk::open().await;
    let seasons: SeasonsView = desk.get("/api/seasons?on=2026-11-28").await;
    let covid = seasons.campaigns.iter().find(|one| one.form.id == "national-covid-2025").unwrap();
    let mut form = covid.form.clone();
    form.source = "Instruction de la DGS".into();
    let written = desk.text(&form).await;
    assert!(written.check.problems.is_empty(), "{:?}", written.check.problems);
    let held = written.check.examples.iter().filter(|one| one.holds).count();
    assert!(held * 10 >= written.check.examples.len() * 9, "{:?}", written.check.examples);
    let early: SeasonsView = desk.get("/api/seasons?on=2026-01-20").await;
    assert!(!early.campaigns.iter().any(|one| one.form.id == FLU), "it is not over yet");
}
