//! For which day something is asked.

use perron_domain::date::Day;
use serde::Deserialize;

/// The day that is asked about.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// `YYYY-MM-DD`; today unless said.
    #[param(value_type = Option<String>)]
    pub on: Option<Day>,
}
