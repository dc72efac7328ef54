//! Addresses of the API for the directives: to be read, and those of the relay written, checked, published, confirmed.

pub mod publish;
pub mod season;
pub mod view;

use crate::clock;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::Hub;
use axum::http::StatusCode;
use perron_desk_api::{
    Code, ConfirmDirective, DirectiveCheck, DirectiveDraft, DirectiveFormIn, DirectiveText, DirectivesView,
    ExampleLine, OnDay, PublishDirective, routes,
};
use perron_domain::date::Day;
use perron_domain::fact::AccountNo;
use perron_domain::rules::version_order;
use perron_domain::{CommonCommand, Context, NewDirective, first_day_of_effect};
use perron_ledger::Store;
use publish::{Checked, Ground, Whose};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::DIRECTIVES, list)
        .at(routes::DIRECTIVE_SCHEMA, schema)
        .at(routes::DIRECTIVE_DRAFT, read_draft)
        .at(routes::KEEP_DIRECTIVE, keep_draft)
        .at(routes::DROP_DIRECTIVE, drop_draft)
        .at(routes::CHECK_DIRECTIVE, check)
        .at(routes::WRITE_FORM, write_form)
        .at(routes::PUBLISH_DIRECTIVE, publish)
        .at(routes::CONFIRM_DIRECTIVE, confirm)
}

/// Texts that are being written are kept under this name and the directive's.
const DRAFTS: &str = "desk/directive/";

/// The name under which a directive that does not exist yet is written.
const NEW: &str = "new";

impl Hub {
    /// Returns the first day on which a directive may take effect.
    pub(super) fn first_day(&self) -> Day {
        let context = Context { device: self.device, next: 1, now: clock::now(), author: AccountNo(0) };
        self.read(|cache| first_day_of_effect(&cache.common, &context))
    }

    /// Looks at a text from every side, without holding anybody up.
    pub(super) async fn checked(&self, text: String, whose: Whose) -> Result<Checked, ApiError> {
        let first_day = self.first_day();
        let ground = self.look(|relay| Ground::of(relay, first_day));
        tokio::task::spawn_blocking(move || publish::check(&ground, &text, whose)).await.map_err(ApiError::internal)
    }

    async fn directive_draft(&self, id: &str) -> Result<DirectiveDraft, ApiError> {
        let first_day = self.first_day();
        let kept = self.store.named(&format!("{DRAFTS}{id}")).await?;
        let kept = kept.and_then(|bytes| String::from_utf8(bytes).ok());
        let begun = || {
            let shipped = crate::demo::directive_files();
            // In a relay of demonstration a version may begin earlier; what is proposed is today all the same.
            self.look(|relay| match id {
                NEW => {
                    let territory = relay.common.relay.as_ref().map_or("FR", |one| &one.territory);
                    Some(publish::blank(territory, relay.today()))
                }
                id => publish::start(relay.common, &shipped, id, relay.today()),
            })
        };
        let is_kept = kept.is_some();
        let text = match kept {
            Some(text) => Some(text),
            None => begun(),
        };
        let text =
            text.ok_or_else(|| ApiError::not_found("Cette directive n’est pas de celles que le relais écrit."))?;
        let in_force = self.look(|relay| {
            let today = relay.today();
            let known = relay.common.directives.iter().filter(|known| known.id == id && known.from <= today);
            let last = known.max_by(|one, other| {
                one.from.cmp(&other.from).then_with(|| version_order(&one.version, &other.version))
            });
            last.map(|known| (known.version.clone(), known.from))
        });
        let check = self.checked(text.clone(), Whose::Own).await?.check;
        let id = if id == NEW { String::new() } else { id.to_owned() };
        Ok(DirectiveDraft { id, text, in_force, first_day, kept: is_kept, check })
    }
}

async fn list(Caller { hub, .. }: Caller, (): (), query: OnDay) -> Answer<DirectivesView> {
    let drafts = hub.store.names(DRAFTS).await?;
    let drafts = drafts.iter().filter_map(|name| name.strip_prefix(DRAFTS)).map(str::to_owned).collect();
    let shipped = crate::demo::directive_files();
    Ok(hub.look(|relay| view::directives(relay, &shipped, query.on.unwrap_or_else(|| relay.today()), drafts)))
}

async fn schema(_: Caller, (): (), (): ()) -> Answer<serde_json::Value> {
    Ok(perron_directives::schema())
}

async fn read_draft(Caller { hub, .. }: Caller, (id,): (String,), (): ()) -> Answer<DirectiveDraft> {
    hub.directive_draft(&id).await
}

async fn keep_draft(Caller { hub, .. }: Caller, (id,): (String,), kept: DirectiveText) -> Answer<DirectiveDraft> {
    let known = id == NEW || hub.look(|relay| relay.common.directives.iter().any(|known| known.id == id));
    if !known {
        return Err(ApiError::not_found("Cette directive n’est pas connue."));
    }
    hub.store.set_named(&format!("{DRAFTS}{id}"), kept.text.as_bytes()).await?;
    hub.directive_draft(&id).await
}

async fn drop_draft(Caller { hub, .. }: Caller, (id,): (String,), (): ()) -> Answer<()> {
    hub.store.delete_named(&format!("{DRAFTS}{id}")).await?;
    Ok(())
}

async fn check(Caller { hub, .. }: Caller, (): (), text: DirectiveText) -> Answer<DirectiveCheck> {
    Ok(hub.checked(text.text, Whose::Own).await?.check)
}

async fn write_form(_: Caller, (): (), form: DirectiveFormIn) -> Answer<DirectiveText> {
    let text = publish::with_form(&form.text, &form.form)
        .map_err(|wrong| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Code::NotWritten, wrong.0))?;
    Ok(DirectiveText { text })
}

async fn publish(Caller { hub, author }: Caller, (): (), new: PublishDirective) -> Answer<()> {
    let Checked { check, directive } = hub.checked(new.text.clone(), Whose::Own).await?;
    let Some(directive) = directive else { return Err(not_publishable(&check)) };
    let id = directive.id.clone();
    let command = NewDirective { directive, text: Some(new.text), urgent: new.urgent, adopted: None };
    hub.common_command(author, CommonCommand::PublishDirective(Box::new(command))).await?;
    let replaced = [id.as_str(), NEW].map(|name| format!("{DRAFTS}{name}"));
    for name in replaced {
        hub.store.delete_named(&name).await?;
    }
    Ok(())
}

async fn confirm(Caller { hub, author }: Caller, (): (), one: ConfirmDirective) -> Answer<()> {
    let command = CommonCommand::ConfirmDirective { id: one.id, version: one.version };
    hub.common_command(author, command).await?;
    Ok(())
}

/// Says in one sentence, with its line, why a text is not published.
pub(super) fn not_publishable(check: &DirectiveCheck) -> ApiError {
    let sentence = match check.problems.first() {
        Some(problem) => match problem.line {
            Some(line) => format!("Ligne {line} : {}", problem.fr),
            None => problem.fr.clone(),
        },
        None if !check.findings.is_empty() => {
            "Des âges, des rangs ou des compétences restent sans réponse, ou en ont deux.".to_owned()
        }
        None => match check.examples.iter().find(|example| !example.holds) {
            Some(ExampleLine { name, line: Some(line), .. }) => {
                format!("Ligne {line} : l’exemple « {name} » ne tient pas.")
            }
            _ => "Des exemples travaillés ne tiennent pas.".to_owned(),
        },
    };
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Problems, sentence)
}
