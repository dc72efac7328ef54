//! The description of the API, served at `/api/openapi.json` and kept as a snapshot in `openapi.json`.
//!
//! What the desk asks is described from the one list of its addresses, [`perron_desk_api::routes`].

use crate::errors::ErrorBody;
use crate::sync::SyncApi;
use perron_desk_api::route::{Entry, Method};
use perron_desk_api::routes::ALL;
use perron_desk_api::{Described, Form};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::{ContentBuilder, Ref, Required, ResponseBuilder};
use utoipa::{OpenApi, PartialSchema, ToSchema};

/// The parts that are common to the whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Perron",
        description = "The hub of an outreach vaccination relay.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ErrorBody))
)]
struct Common;

/// Returns the description of everything the hub serves under `/api` and `/sync`.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    let mut api = Common::openapi();
    api.merge(SyncApi::openapi());
    for entry in ALL {
        describe(&mut api, entry);
    }
    api
}

/// Adds an address of the desk, with the types that it names.
fn describe(api: &mut utoipa::openapi::OpenApi, entry: &Entry) {
    let (sent, got) = ((entry.describe_sent)(), (entry.describe_got)());
    let mut operation = OperationBuilder::new()
        .tag(entry.subject)
        .summary(Some(entry.says))
        .operation_id(Some(entry.name.to_ascii_lowercase()))
        .description(Some(format!("For: {}.", roles(entry))));
    for arg in entry.args {
        let parameter = ParameterBuilder::new().name(*arg).parameter_in(ParameterIn::Path).required(Required::True);
        operation = operation.parameter(parameter.schema(Some(String::schema())));
    }
    for parameter in sent.parameters {
        operation = operation.parameter(parameter);
    }
    if let Some(kind) = media(entry.sent) {
        let body = RequestBodyBuilder::new().content(kind, ContentBuilder::new().schema(sent.body).build());
        operation = operation.request_body(Some(body.required(Some(Required::True)).build()));
    }
    let done = ResponseBuilder::new().description("Done");
    let (status, success) = match media(entry.got) {
        Some(kind) => ("200", done.content(kind, ContentBuilder::new().schema(got.body).build())),
        None => ("204", done),
    };
    let error = ContentBuilder::new().schema(Some(Ref::from_schema_name(ErrorBody::name()))).build();
    let refused = ResponseBuilder::new().description("Refused, with the reason").content("application/json", error);
    operation = operation.response(status, success).response("4XX", refused);
    api.paths.add_path_operation(entry.path, vec![http(entry.method)], operation.build());
    let components = api.components.get_or_insert_default();
    let Described { schemas, .. } = sent;
    components.schemas.extend(schemas.into_iter().chain(got.schemas));
}

/// Returns the roles that may ask, as they are written.
fn roles(entry: &Entry) -> String {
    let names: Vec<String> = entry.roles.iter().map(|role| format!("{role:?}").to_lowercase()).collect();
    names.join(", ")
}

const fn media(form: Form) -> Option<&'static str> {
    match form {
        Form::Nothing | Form::Query => None,
        Form::Json => Some("application/json"),
        Form::Csv => Some("text/csv"),
        Form::Events => Some("text/event-stream"),
    }
}

const fn http(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Delete => HttpMethod::Delete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The description is a contract: a change of it must be seen in the review. `UPDATE=1 cargo test` writes it anew.
    #[test]
    fn the_description_is_the_one_in_the_repository() {
        let mut now = serde_json::to_string_pretty(&description()).unwrap();
        now.push('\n');
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &now).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            kept == now,
            "openapi.json differs: run UPDATE=1 cargo test -p perron-hub openapi, and look at the difference"
        );
    }
}
