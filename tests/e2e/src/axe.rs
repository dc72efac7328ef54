//! Accessibility by axe-core: what a screen reader, a keyboard or weak eyes would stumble over.

use crate::Result;
use crate::tablet::Tablet;
use anyhow::Context;
use serde::Deserialize;
use std::path::PathBuf;

/// One rule that a screen breaks.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    /// The rule's name, such as `color-contrast`.
    pub id: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What is wrong, in a sentence.
    pub help: String,
    /// Where: a selector and the element's first characters.
    pub places: Vec<String>,
}

impl Tablet {
    /// Returns the serious and critical findings of axe-core on the present screen.
    pub async fn stumbles(&self) -> Result<Vec<Violation>> {
        let path = std::env::var_os("PERRON_AXE").map(PathBuf::from);
        let path = path.context("PERRON_AXE does not name axe-core: run the journeys by `cargo xtask test`")?;
        let axe = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let web = self.web()?;
        web.execute(format!("if (!window.axe) {{ {axe} }}"), vec![]).await?;
        let found = web
            .execute_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations.map((one) => ({
                   id: one.id, impact: one.impact, help: one.help,
                   places: one.nodes.map((node) => node.target.join(' ') + '  ' + node.html.slice(0, 120)),
                 }))), (error) => done([{id: 'axe', impact: 'critical', help: String(error), places: []}]));",
                vec![],
            )
            .await?;
        let found: Vec<Violation> = found.convert()?;
        Ok(found.into_iter().filter(|one| matches!(one.impact.as_deref(), Some("serious" | "critical"))).collect())
    }
}
