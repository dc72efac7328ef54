//! The desk's requests about what was said in the common part, and about one lot.

use super::{Answer, get, part, send};
use perron_desk_api::{CorrectSaid, LotView, Said};
use perron_domain::name::FactName;

/// Reads a lot with all that is known of it.
///
/// # Errors
/// [`super::DeskError`].
pub async fn lot(number: String, product: Option<String>) -> Answer<LotView> {
    let product = product.map(|code| format!("?product={}", part(&code))).unwrap_or_default();
    get(&format!("/api/stock/lots/{}{product}", part(&number))).await
}

/// Lists what the desk said of other things than lots.
///
/// # Errors
/// [`super::DeskError`].
pub async fn said() -> Answer<Vec<Said>> {
    get("/api/said").await
}

/// Corrects what was said, or withdraws it.
///
/// # Errors
/// [`super::DeskError`].
pub async fn correct(fact: FactName, correction: CorrectSaid) -> Answer<()> {
    send("POST", &format!("/api/said/{fact}"), &correction).await.map(drop)
}
