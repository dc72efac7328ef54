//! Addresses of the API to open a season without a new Perron: from last year's campaign, or from a file.

use crate::desk::directive::not_publishable;
use crate::desk::directive::publish::{self, Checked, Last, NotWritten, Whose};
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::Hub;
use axum::http::StatusCode;
use perron_desk_api::{
    AcceptShipped, AdoptDirective, Code, DirectiveFile, HeldView, OnDay, SeasonForm, SeasonText, SeasonsView, Shipped,
    routes,
};
use perron_domain::fact::Origin;
use perron_domain::{CommonCommand, NewDirective};

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::SEASONS, seasons)
        .at(routes::SEASON_TEXT, season_text)
        .at(routes::SEASON_FILE, season_file)
        .at(routes::ADOPT_SEASON, adopt)
        .at(routes::HELD_VERSION, held)
        .at(routes::ACCEPT_VERSION, accept)
}

impl Hub {
    /// Returns a text that the relay might adopt, with everything that is looked at before.
    async fn season_checked(&self, text: String, to_read: Vec<String>) -> Result<SeasonText, ApiError> {
        let check = self.checked(text.clone(), Whose::Adopted).await?.check;
        Ok(SeasonText { text, check, to_read })
    }
}

fn not_written(wrong: NotWritten) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Code::NotWritten, wrong.0)
}

async fn seasons(Caller { hub, .. }: Caller, (): (), query: OnDay) -> Answer<SeasonsView> {
    let shipped = crate::demo::directive_files();
    let first_day = hub.first_day();
    Ok(hub.look(|relay| {
        let on = query.on.unwrap_or_else(|| relay.today());
        SeasonsView { on, first_day, campaigns: publish::last_seasons(relay.common, &shipped, on) }
    }))
}

async fn season_text(Caller { hub, .. }: Caller, (): (), form: SeasonForm) -> Answer<SeasonText> {
    let shipped = crate::demo::directive_files();
    let first_day = hub.first_day();
    let written = hub.look(|relay| {
        let last = Last::of(relay.common, &shipped, &form.id)?;
        let text = publish::season_text(relay.common, &last, &form, first_day);
        Some(text.map(|text| (publish::still_named(relay.common, &form, &text), text)))
    });
    let written = written.ok_or_else(|| ApiError::not_found("Cette campagne n’est pas connue du relais."))?;
    let (to_read, text) = written.map_err(not_written)?;
    hub.season_checked(text, to_read).await
}

async fn season_file(Caller { hub, .. }: Caller, (): (), file: DirectiveFile) -> Answer<SeasonText> {
    let text = publish::renamed(&file.text).map_err(not_written)?;
    hub.season_checked(text, Vec::new()).await
}

async fn adopt(Caller { hub, author }: Caller, (): (), new: AdoptDirective) -> Answer<()> {
    if let Origin::File { name, given_by } = &new.origin
        && (name.trim().is_empty() || given_by.trim().is_empty())
    {
        let said = "Dire le nom du fichier, et de qui il vient.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Unattributed, said));
    }
    let Checked { check, directive } = hub.checked(new.text.clone(), Whose::Adopted).await?;
    let Some(directive) = directive else { return Err(not_publishable(&check)) };
    let command = NewDirective { directive, text: Some(new.text), urgent: false, adopted: Some(new.origin) };
    hub.common_command(author, CommonCommand::PublishDirective(Box::new(command))).await?;
    Ok(())
}

async fn held(Caller { hub, .. }: Caller, (): (), one: Shipped) -> Answer<HeldView> {
    let found = hub.look(|relay| publish::held(relay.common, &one.id, &one.version));
    found.ok_or_else(|| ApiError::not_found("Cette version n’attend l’accord de personne."))
}

async fn accept(Caller { hub, author }: Caller, (): (), one: AcceptShipped) -> Answer<()> {
    let command = CommonCommand::AcceptShipped { id: one.id, version: one.version };
    hub.common_command(author, command).await?;
    Ok(())
}
