//! The head of the relay changes its protocol, over a real connection: form, text, checks, publication, confirmation.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use perron_desk_api::{
    Changed, DirectiveCheck, DirectiveDraft, DirectiveForm, DirectiveText, DirectivesView, NoticeLine, RoundView,
    SeasonForm, SeasonOver, SeasonText, SeasonsView,
};
use perron_domain::Command;
use perron_domain::command::GiveDose;
use perron_domain::fact::{AccountNo, Answered, ConsentBy, ConsentManner, DoseForm, DosesLoaded, IdentityMeans, Site};
use perron_domain::rules::Outcome;
use perron_domain::time::Wall;
use perron_domain::zone::Zone;
use perron_hub::replay::replay_all;
use perron_hub::serve::{Running, ServeOptions, start};
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::SystemTime;
use tempfile::TempDir;

/// The accounts of the relay of demonstration.
const HEAD: u32 = 1;
const NURSE: u32 = 2;
const PHYSICIAN: u32 = 4;
const PROTOCOL: &str = "relay-protocol-2021";

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

    async fn send(&self, method: &str, path: &str, by: u32, body: Value) -> Response {
        let request = self.client.request(method.parse().unwrap(), self.at(path));
        request.header("x-perron-account", by.to_string()).json(&body).send().await.unwrap()
    }

    async fn draft(&self) -> DirectiveDraft {
        self.begun(PROTOCOL).await
    }

    /// Begins to write: what is proposed takes effect today, and is moved to the day of the demonstration's first round.
    async fn begun(&self, id: &str) -> DirectiveDraft {
        let mut draft: DirectiveDraft = self.get(&format!("/api/directives/{id}/draft")).await;
        let zone = self.running.hub.read(|cache| Zone::of(cache.common.relay.as_ref().unwrap()));
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let today = zone.day(Wall(i64::try_from(since.as_millis()).unwrap()));
        assert_ne!(draft.first_day, today);
        if !draft.kept {
            let proposed = format!("from = \"{today}\"");
            assert!(draft.text.contains(&proposed), "{}", draft.text);
            // What ended before today begins again without an end; on the day of the story it still had one.
            let ends = if id == PROTOCOL { "\nuntil = \"2022-07-31\"" } else { "" };
            draft.text = draft.text.replace(&proposed, &format!("from = \"{}\"{ends}", draft.first_day));
            draft.check = self.check(&draft.text).await;
        }
        draft
    }

    async fn check(&self, text: &str) -> DirectiveCheck {
        self.send("POST", "/api/directives/check", HEAD, json!({ "text": text })).await.json().await.unwrap()
    }

    /// Changes the form of the draft and returns the text.
    async fn with(&self, draft: &DirectiveDraft, change: impl FnOnce(&mut DirectiveForm)) -> String {
        let mut form = draft.check.form.clone().unwrap();
        change(&mut form);
        let answer = self
            .send("POST", "/api/directives/form", HEAD, json!({ "text": draft.text, "form": form }))
            .await
            .json::<DirectiveText>()
            .await;
        answer.unwrap().text
    }

    async fn publish(&self, by: u32, text: &str, urgent: bool) -> (StatusCode, Value) {
        let answer = self.send("POST", "/api/directives/publish", by, json!({ "text": text, "urgent": urgent })).await;
        (answer.status(), answer.json().await.unwrap_or_default())
    }
}

#[tokio::test]
async fn the_head_writes_checks_and_publishes_a_version_of_the_relays_protocol() {
    let desk = Desk::open().await;
    let draft = desk.draft().await;
    assert_eq!(draft.in_force.as_ref().unwrap().0, "2021-4", "what is in force on the day of the first round");
    assert!(draft.check.problems.is_empty(), "{:?}", draft.check.problems);
    assert!(
        draft.check.publishable && draft.check.differences.is_empty(),
        "nothing was changed yet: {:?}",
        draft.check
    );
    assert!(draft.text.contains("# Le protocole du relais"), "comments stay");
    let form = draft.check.form.clone().unwrap();
    assert_eq!(form.version, "2021-5");
    assert!(form.rules.iter().all(|rule| rule.code != "relay-spikevax-under-30"), "the rule that ended is gone");

    // 20 minutes, and Comirnaty under 30 is to be judged.
    let text = desk
        .with(&draft, |form| {
            form.observation_minutes = "20".into();
            let rule = form.rules.iter_mut().find(|rule| rule.code == "relay-comirnaty-under-30").unwrap();
            rule.outcome = Outcome::Judge;
        })
        .await;
    let check = desk.check(&text).await;
    let changed: Vec<(&str, &str, Changed)> =
        check.differences.iter().map(|one| (one.what.as_str(), one.code.as_str(), one.changed)).collect();
    assert_eq!(
        changed,
        [("observation_minutes", "", Changed::Altered), ("rule", "relay-comirnaty-under-30", Changed::Altered),]
    );
    let failing: Vec<&str> = check.examples.iter().filter(|one| !one.holds).map(|one| one.name.as_str()).collect();
    assert!(failing.iter().any(|name| name.starts_with("Pendule")), "a worked example says otherwise: {failing:?}");
    assert!(!check.publishable);
    let pendule = check.affected.iter().find(|one| one.person.contains("Pendule")).unwrap();
    assert_eq!((pendule.round, pendule.before, pendule.after), (1, Outcome::Eligible, Outcome::Judge));
    let (status, error) = desk.publish(HEAD, &text, false).await;
    assert_eq!((status, error["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("problems")));

    // Only the minutes: everything holds.
    let text = desk.with(&draft, |form| form.observation_minutes = "20".into()).await;
    assert!(desk.check(&text).await.publishable);
    let (status, error) = desk.publish(NURSE, &text, false).await;
    assert_eq!((status, error["code"].as_str()), (StatusCode::FORBIDDEN, Some("role_needed")));
    let kept = desk.send("PUT", &format!("/api/directives/{PROTOCOL}/draft"), HEAD, json!({ "text": text })).await;
    assert!(kept.json::<DirectiveDraft>().await.unwrap().kept);
    assert_eq!(desk.get::<DirectivesView>("/api/directives").await.drafts, [PROTOCOL]);
    assert_eq!(desk.publish(HEAD, &text, false).await.0, StatusCode::NO_CONTENT);

    let view: DirectivesView = desk.get("/api/directives?on=2021-12-16").await;
    assert!(view.drafts.is_empty());
    let now = view.directives.iter().find(|one| one.in_force && one.id == PROTOCOL).unwrap();
    assert_eq!((now.version.as_str(), now.observation_minutes), ("2021-5", Some(20)));
    assert!(now.standing.published_by.is_some() && now.standing.confirmed.is_none());
    let again = desk.draft().await;
    assert!(again.text.contains("observation_minutes = 20") && again.text.contains("2021-6"), "the next begins there");

    // A physician confirms; nobody else may.
    let version = json!({ "id": PROTOCOL, "version": "2021-5" });
    let by = async |account| desk.send("POST", "/api/directives/confirm", account, version.clone()).await.status();
    assert_eq!(by(HEAD).await, StatusCode::FORBIDDEN);
    assert_eq!(by(PHYSICIAN).await, StatusCode::NO_CONTENT);
    let view: DirectivesView = desk.get("/api/directives?on=2021-12-16").await;
    let now = view.directives.iter().find(|one| one.in_force && one.id == PROTOCOL).unwrap();
    assert!(now.standing.confirmed.is_some());
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_line_and_a_sentence() {
    let desk = Desk::open().await;
    let draft = desk.draft().await;
    let line =
        |text: &str, word: &str| u32::try_from(text.lines().position(|line| line.contains(word)).unwrap() + 1).ok();
    for (old, new, at, said) in [
        ("layer = \"relay\"", "layer = \"national\"", "layer = \"national\"", "propre couche"),
        ("from = \"2021-12-16\"", "from = \"2021-12-15\"", "from = \"2021-12-15\"", "passée"),
        ("version = \"2021-5\"", "version = \"2021-1\"", "version = \"2021-1\"", "existe"),
        ("age = \"..16y\"", "age = \"..16y\", use = \"personne\"", "use = \"personne\"", "aucune définition"),
        ("age = \"12y..30y\"", "age = \"30y..12y\"", "30y..12y", "aucun âge"),
        ("kit_not_checked = true", "yes = \"trousse\"", "relay-adrenaline", "aucune question"),
        ("product = \"spikevax-02\"", "product = \"spikevax\"", "relay-spikevax-under-30-excluded", "aucun produit"),
        ("age = \"..16y\"", "age = \"..16y\", not = { age = \"..16y\" }", "relay-both-parents-under-16", "jamais"),
        (
            "en = \"Below 30 the relay vaccinates with Comirnaty, not with Spikevax.\"",
            "en = \"\"",
            "relay-spikevax-under-30-excluded",
            "anglais",
        ),
    ] {
        assert!(draft.text.contains(old), "{old}");
        let text = draft.text.replacen(old, new, 1);
        let check = desk.check(&text).await;
        let found = check.problems.iter().find(|problem| problem.fr.contains(said));
        assert_eq!(found.and_then(|problem| problem.line), line(&text, at), "{new}: {:?}", check.problems);
        assert!(!check.publishable);
        assert_eq!(desk.publish(HEAD, &text, false).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let contradicts = draft.text.clone()
        + "\n[[rules]]\ncode = \"autre\"\nwhen = { age = \"..30y\", product = \"spikevax-02\" }\noutcome = \"judge\"\n\
           fr = \"f\"\nen = \"e\"\nsource = \"s\"\n";
    let check = desk.check(&contradicts).await;
    assert!(check.problems[0].fr.contains("contredit"), "{:?}", check.problems);
}

#[tokio::test]
async fn a_new_directive_begins_with_a_blank_and_may_be_urgent() {
    let desk = Desk::open().await;
    let draft = desk.begun("new").await;
    assert_eq!(draft.id, "");
    assert!(!draft.check.publishable, "a blank says nothing, and is not called checked");
    assert!(draft.check.problems[0].fr.contains("vide"), "{:?}", draft.check.problems);
    let text = draft.text.clone()
        + "\n[[rules]]\ncode = \"comirnaty-arrete\"\nwhen = { product = \"comirnaty-30-purple\" }\noutcome = \"other_product\"\n\
           instead = [\"spikevax-02\"]\nfr = \"Comirnaty suspendu au relais.\"\nen = \"Comirnaty suspended.\"\n\
           source = \"Note du relais\"\n";
    let check = desk.check(&text).await;
    assert!(check.publishable, "{:?}", check.problems);
    assert!(!check.affected.is_empty(), "most of the round was to get Comirnaty");
    assert_eq!(desk.publish(HEAD, &text, true).await.0, StatusCode::NO_CONTENT);
    let view: DirectivesView = desk.get("/api/directives?on=2021-12-16").await;
    assert!(view.directives.iter().any(|one| one.in_force && one.standing.urgent));
    let schema: Value = desk.get("/api/directives/schema.json").await;
    assert!(schema["properties"]["rules"].is_object());
}

/// Checks the season that a form describes, leaving out whatever does not hold, and returns what was left out.
async fn season(desk: &Desk, form: &mut SeasonForm) -> SeasonText {
    loop {
        let sent = serde_json::to_value(&*form).unwrap();
        let answer: SeasonText = desk.send("POST", "/api/seasons/text", HEAD, sent).await.json().await.unwrap();
        let bad: Vec<String> =
            answer.check.examples.iter().filter(|one| !one.holds).map(|one| one.name.clone()).collect();
        if bad.is_empty() {
            return answer;
        }
        form.without.extend(bad);
    }
}

async fn campaign(desk: &Desk, id: &str) -> SeasonOver {
    let over: SeasonsView = desk.get("/api/seasons?on=2027-06-30").await;
    let mut found = over.campaigns.into_iter().find(|one| one.form.id == id).unwrap();
    found.form.source = "Instruction DGS du 5 octobre 2027".into();
    found
}

#[tokio::test]
async fn the_physician_who_confirms_a_season_sees_what_it_left_out() {
    let desk = Desk::open().await;
    let mut over = campaign(&desk, "influenza-2025").await;
    over.form.without = vec!["Efluelda à 60 ans".into()];
    let text = season(&desk, &mut over.form).await;
    let origin = json!({ "season": { "id": over.form.id, "version": over.version } });
    let sent = json!({ "text": text.text, "origin": origin });
    assert_eq!(desk.send("POST", "/api/seasons/adopt", HEAD, sent).await.status(), StatusCode::NO_CONTENT);
    let known: DirectivesView = desk.get("/api/directives").await;
    let mut left_out = over.form.without.clone();
    left_out.sort();
    for one in &known.directives {
        let adopted = one.id == over.form.id && one.version == over.form.version;
        assert_eq!(
            one.standing.left_out,
            if adopted { left_out.clone() } else { Vec::new() },
            "{} {}",
            one.id,
            one.version
        );
        assert_eq!(one.standing.waits_for_physician, adopted);
    }
}

#[tokio::test]
async fn the_sentences_of_a_season_name_its_own_vaccines() {
    let desk = Desk::open().await;
    let mut over = campaign(&desk, "national-covid-2025").await;
    // Every strength of the old vaccine has another in its place.
    let (old, new) = ("Comirnaty LP.8.1", "Comirnaty JN.1");
    for one in over.form.products.iter_mut().filter(|one| one.name.starts_with(old)) {
        one.instead = Some("comirnaty-jn1-30".into());
    }
    let answer = season(&desk, &mut over.form).await;
    let sentences = |text: &str| -> Vec<String> {
        let said = text.lines().filter(|line| line.starts_with("fr = ") || line.starts_with("en = "));
        said.map(str::to_owned).collect()
    };
    let said = sentences(&answer.text);
    assert!(said.iter().any(|line| line.contains(new)), "{said:?}");
    assert!(said.iter().all(|line| !line.contains(old)), "{said:?}");
    assert_eq!(answer.to_read, Vec::<String>::new());
    // Left out with nothing in its place, its sentences are to be read again.
    let mut flu = campaign(&desk, "influenza-2025").await;
    flu.form.products.iter_mut().find(|one| one.code == "efluelda").unwrap().keep = false;
    let answer = season(&desk, &mut flu.form).await;
    assert!(
        !answer.to_read.is_empty() && answer.to_read.iter().all(|said| said.contains("Efluelda")),
        "{:?}",
        answer.to_read
    );
}

#[tokio::test]
async fn the_relay_sees_which_teams_read_a_message() {
    let desk = Desk::open().await;
    let sent = desk
        .send("POST", "/api/notices", HEAD, json!({ "title": "DGS-Urgent", "text": "Rappel.", "link": null }))
        .await;
    assert_eq!(sent.status(), StatusCode::NO_CONTENT);
    let notices: Vec<NoticeLine> = desk.get("/api/notices").await;
    assert_eq!((notices[0].read.len(), notices[0].unread.len()), (0, 3));
    let round: RoundView = desk.get("/api/rounds/1").await;
    let read = Command::ReadNotice(notices[0].notice);
    desk.running.hub.command(1, AccountNo(NURSE), read).await.unwrap();
    let notices: Vec<NoticeLine> = desk.get("/api/notices").await;
    assert_eq!(notices[0].read[0].label, round.line.label);
    assert!(notices[0].read[0].by.starts_with("Nour"));
    assert_eq!(notices[0].unread.len(), 2);
}

#[tokio::test]
async fn every_decision_of_the_demonstrations_rounds_replays_to_the_same_bytes() {
    let desk = Desk::open().await;
    let hub = &desk.running.hub;
    let nurse = AccountNo(NURSE);
    let (mut given, mut stopped) = (0, 0);
    for number in [1, 2, 3] {
        let round = hub.read(|cache| cache.rounds[&number].view().clone());
        let plan = round.plan.clone().unwrap();
        let mut sources = std::collections::BTreeMap::new();
        for lot in &plan.lots {
            let (product, expiry) = hub.read(|cache| {
                let known = &cache.common.lots[&perron_domain::lot::LotId::new(&lot.product, &lot.lot)];
                let product = perron_domain::door::product(&cache.common, &lot.product, plan.on).unwrap().clone();
                (product, known.expiry)
            });
            let form = match product.form {
                perron_domain::rules::Form::Vial => DoseForm::Vial,
                perron_domain::rules::Form::Prefilled => DoseForm::Prefilled,
                perron_domain::rules::Form::PowderSolvent => DoseForm::PowderSolvent,
            };
            let loaded = DosesLoaded {
                product: product.code.clone(),
                lot: lot.lot.clone(),
                expiry,
                form,
                units: 40,
                doses_per_unit: product.doses_per_vial,
                preparation: None,
                received_from: None,
                range: None,
                confirmed: None,
            };
            let Ok(load) = hub.command(number, nurse, Command::Load(loaded)).await else { continue };
            sources.entry(product.code.clone()).or_insert((load[0], form));
        }
        let depart = Command::Depart { reason: Some("essai".into()), battery: None, storage_guaranteed: true };
        hub.command(number, nurse, depart).await.unwrap();
        for (person, visit) in &round.people {
            hub.command(number, nurse, Command::CheckIdentity { person: *person, means: IdentityMeans::Declared })
                .await
                .unwrap();
            for act in &visit.acts {
                let consent = Command::Consent {
                    act: *act,
                    by: ConsentBy::Own,
                    name: None,
                    relation: None,
                    manner: ConsentManner::Oral,
                };
                hub.command(number, nurse, consent).await.unwrap();
                let asked = hub.read(|cache| {
                    let (round, common) = (&cache.rounds[&number], &cache.common);
                    let answered = perron_domain::door::answer(round, common, *act, nurse, perron_hub::clock::now());
                    let asked = answered.map(|(case, _)| {
                        let asked = perron_domain::door::questions(round, common, *act, &case);
                        asked.iter().map(|question| question.code.clone()).collect::<Vec<_>>()
                    });
                    asked.unwrap_or_default()
                });
                let answers = asked.into_iter().map(|question| Answered { question, yes: false }).collect();
                let _ = hub.command(number, nurse, Command::Answer { act: *act, answers }).await;
                let judge = Command::Judge { act: *act, vaccinate: true, reason: "essai".into() };
                hub.command(number, nurse, judge).await.unwrap();
                let product = &round.acts[act].wish.product;
                let source = match sources.get(product) {
                    Some((load, DoseForm::Vial)) => {
                        let open = Command::OpenVial { load: *load, diluted: true, at: None };
                        let opened = hub.command(number, nurse, open).await;
                        let plain = Command::OpenVial { load: *load, diluted: false, at: None };
                        match opened {
                            Ok(opened) => Some(opened[0]),
                            Err(_) => hub.command(number, nurse, plain).await.ok().map(|opened| opened[0]),
                        }
                    }
                    Some((load, _)) => Some(*load),
                    None => None,
                };
                let give = Command::Give(GiveDose {
                    act: *act,
                    source,
                    lot: None,
                    product: None,
                    site: Site::LeftArm,
                    done_at: perron_hub::clock::now(),
                    injected_by: nurse,
                    prepared_by: None,
                    error: None,
                });
                if hub.command(number, nurse, give).await.is_ok() {
                    given += 1;
                    continue;
                }
                let end = Command::End {
                    person: *person,
                    act: Some(*act),
                    outcome: perron_domain::fact::Outcome::Postponed,
                    reason: None,
                    call_again: true,
                    again_on: None,
                };
                stopped += usize::from(hub.command(number, nurse, end).await.unwrap().len() > 1);
            }
        }
    }
    assert!(given > 20 && stopped > 10, "{given} doses, {stopped} answers that stopped");

    // What is published since changes nothing of what was answered.
    let text = desk.with(&desk.draft().await, |form| form.observation_minutes = "30".into()).await;
    assert_eq!(desk.publish(HEAD, &text, true).await.0, StatusCode::NO_CONTENT);
    let replayed = hub.read(|cache| replay_all(&cache.common.directives, &cache.rounds));
    assert_eq!(replayed.other, []);
    assert_eq!(replayed.same, given + stopped);

    // A changed rule is found.
    let bent = hub.read(|cache| {
        let mut directives = cache.common.directives.clone();
        directives.iter_mut().flat_map(|one| &mut one.rules).for_each(|rule| rule.fr.push('!'));
        replay_all(&directives, &cache.rounds)
    });
    assert!(!bent.other.is_empty());
}
