//! Addresses of the API for the directives: to be read, and those of the relay written, checked, published, confirmed.

pub mod season;
pub mod view;

use crate::clock;
use crate::desk::access::Author;
use crate::desk::day::DayQuery;
use crate::errors::{ApiError, Body, ErrorBody, Query};
use crate::hub::{AppState, Hub};
use crate::publish::{self, Checked, Ground, Whose};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use perron_desk_api::{
    ConfirmDirective, DirectiveCheck, DirectiveDraft, DirectiveFormIn, DirectiveText, DirectivesView, ExampleLine,
    PublishDirective,
};
use perron_domain::date::Day;
use perron_domain::fact::AccountNo;
use perron_domain::rules::version_order;
use perron_domain::{CommonCommand, Context, NewDirective, Refusal, first_day_of_effect};
use perron_ledger::Store;

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
            self.look(|relay| match id {
                NEW => Some(publish::blank(relay.common.relay.as_ref().map_or("FR", |one| &one.territory), first_day)),
                id => publish::start(relay.common, &shipped, id, first_day),
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
            let known = relay.common.directives.iter().filter(|known| known.id == id && known.from <= first_day);
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

/// Reads the directives, those in force on a day first.
#[utoipa::path(get, path = "/api/directives", tag = "directives", params(DayQuery), responses((status = 200, body = DirectivesView)))]
pub async fn list(
    State(hub): State<AppState>,
    Query(query): Query<DayQuery>,
) -> Result<Json<DirectivesView>, ApiError> {
    let drafts = hub.store.names(DRAFTS).await?;
    let drafts = drafts.iter().filter_map(|name| name.strip_prefix(DRAFTS)).map(str::to_owned).collect();
    let shipped = crate::demo::directive_files();
    Ok(Json(hub.look(|relay| view::directives(relay, &shipped, query.on.unwrap_or_else(|| relay.today()), drafts))))
}

/// Reads the JSON Schema of a directive file.
#[utoipa::path(get, path = "/api/directives/schema.json", tag = "directives", responses((status = 200, body = serde_json::Value)))]
pub async fn schema() -> Json<serde_json::Value> {
    Json(perron_directives::schema())
}

/// Reads the text from which a new version of a directive is written; `new` for one that does not exist yet.
#[utoipa::path(
    get, path = "/api/directives/{id}/draft", tag = "directives", params(("id" = String, Path)),
    responses((status = 200, body = DirectiveDraft), (status = 404, body = ErrorBody))
)]
pub async fn read_draft(State(hub): State<AppState>, Path(id): Path<String>) -> Result<Json<DirectiveDraft>, ApiError> {
    Ok(Json(hub.directive_draft(&id).await?))
}

/// Keeps a text for later, whatever is wrong with it.
#[utoipa::path(
    put, path = "/api/directives/{id}/draft", tag = "directives", params(("id" = String, Path)),
    request_body = DirectiveText, responses((status = 200, body = DirectiveDraft), (status = 404, body = ErrorBody))
)]
pub async fn keep_draft(
    State(hub): State<AppState>,
    Path(id): Path<String>,
    Body(kept): Body<DirectiveText>,
) -> Result<Json<DirectiveDraft>, ApiError> {
    let known = id == NEW || hub.look(|relay| relay.common.directives.iter().any(|known| known.id == id));
    if !known {
        return Err(ApiError::not_found("Cette directive n’est pas connue."));
    }
    hub.store.set_named(&format!("{DRAFTS}{id}"), kept.text.as_bytes()).await?;
    Ok(Json(hub.directive_draft(&id).await?))
}

/// Forgets a text that was kept: the next one begins with the version in force.
#[utoipa::path(delete, path = "/api/directives/{id}/draft", tag = "directives", params(("id" = String, Path)), responses((status = 204)))]
pub async fn drop_draft(State(hub): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    hub.store.delete_named(&format!("{DRAFTS}{id}")).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Looks at a text: problems with their place, differences, worked examples, the grid, the people concerned.
#[utoipa::path(post, path = "/api/directives/check", tag = "directives", request_body = DirectiveText, responses((status = 200, body = DirectiveCheck)))]
pub async fn check(
    State(hub): State<AppState>,
    Body(text): Body<DirectiveText>,
) -> Result<Json<DirectiveCheck>, ApiError> {
    Ok(Json(hub.checked(text.text, Whose::Own).await?.check))
}

/// Writes a form into its text.
#[utoipa::path(
    post, path = "/api/directives/form", tag = "directives", request_body = DirectiveFormIn,
    responses((status = 200, body = DirectiveText), (status = 422, body = ErrorBody))
)]
pub async fn write_form(Body(form): Body<DirectiveFormIn>) -> Result<Json<DirectiveText>, ApiError> {
    let text = publish::with_form(&form.text, &form.form)
        .map_err(|wrong| ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "not_written", wrong.0))?;
    Ok(Json(DirectiveText { text }))
}

/// Publishes a version of a directive of the relay, in the name of its head.
#[utoipa::path(
    post, path = "/api/directives/publish", tag = "directives", request_body = PublishDirective,
    responses(
        (status = 204), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody),
        (status = 422, body = ErrorBody)
    )
)]
pub async fn publish(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(new): Body<PublishDirective>,
) -> Result<StatusCode, ApiError> {
    let Checked { check, directive } = hub.checked(new.text.clone(), Whose::Own).await?;
    let Some(directive) = directive else { return Err(not_publishable(&check)) };
    let id = directive.id.clone();
    let command = NewDirective { directive, text: Some(new.text), urgent: new.urgent, adopted: None };
    hub.common_command(author, CommonCommand::PublishDirective(Box::new(command))).await.map_err(refused)?;
    let replaced = [id.as_str(), NEW].map(|name| format!("{DRAFTS}{name}"));
    for name in replaced {
        hub.store.delete_named(&name).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Confirms a version in the name of a physician of the relay: screens no longer say «à valider par un médecin».
#[utoipa::path(
    post, path = "/api/directives/confirm", tag = "directives", request_body = ConfirmDirective,
    responses((status = 204), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody))
)]
pub async fn confirm(
    State(hub): State<AppState>,
    Author(author): Author,
    Body(one): Body<ConfirmDirective>,
) -> Result<StatusCode, ApiError> {
    let command = CommonCommand::ConfirmDirective { id: one.id, version: one.version };
    hub.common_command(author, command).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
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
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "problems", sentence)
}

/// Who may not gets 403 and a sentence; the rest as every refusal.
pub(super) fn refused(error: crate::hub::CommandError) -> ApiError {
    let sentence = match &error {
        crate::hub::CommandError::Refused(Refusal::RoleNeeded { role: perron_domain::fact::Role::Head }) => {
            "Seul un compte « responsable » du relais publie une directive."
        }
        crate::hub::CommandError::Refused(Refusal::RoleNeeded { .. }) => {
            "Seul un compte « médecin » du relais confirme une directive."
        }
        _ => return error.into(),
    };
    ApiError::new(StatusCode::FORBIDDEN, "role_needed", sentence)
}
