//! Accessibility by axe-core: what a screen reader, a keyboard or weak eyes would stumble over.

use crate::Result;
use crate::tablet::Tablet;
use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use std::fmt;
use std::path::PathBuf;

/// One rule that a screen breaks.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    /// In which theme: `light`, `dark` or `sun`.
    pub theme: String,
    /// The rule's name, such as `color-contrast`.
    pub id: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What is wrong, in a sentence.
    pub help: String,
    /// Where: a selector and the element's first characters.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})\n  {}", self.theme, self.id, self.help, self.places.join("\n  "))
    }
}

/// Looks at the present screen in each theme: every rule in the first, colours in the others. In full sun a contrast of
/// 7:1 is promised, which is axe-core's stricter rule.
const LOOK: &str = "const done = arguments[arguments.length - 1];
const root = document.documentElement;
const before = root.getAttribute('data-theme');
const once = async (theme, options) => {
  root.setAttribute('data-theme', theme);
  // Colours that are still fading are nobody's colours.
  document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } });
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  const result = await axe.run(document, {resultTypes: ['violations'], ...options});
  return result.violations.map((one) => ({
    theme, id: one.id, impact: one.impact, help: one.help,
    places: one.nodes.map((node) => node.target.join(' ') + '  ' + node.html.slice(0, 160) + '  ' +
      (node.any[0]?.message ?? '').slice(0, 160)),
  }));
};
const only = (...rules) => ({runOnly: {type: 'rule', values: rules}});
(async () => {
  const found = await once('light', {});
  found.push(...await once('dark', only('color-contrast')));
  found.push(...await once('sun', only('color-contrast', 'color-contrast-enhanced')));
  return found;
})().then(
  (found) => { root.setAttribute('data-theme', before); done(found); },
  (error) => done([{theme: before, id: 'axe', impact: 'critical', help: String(error), places: []}]));";

impl Tablet {
    /// Returns the serious and critical findings of axe-core on the present screen, in each theme.
    pub async fn stumbles(&self) -> Result<Vec<Violation>> {
        let web = self.web()?;
        if self.script("return !window.axe", vec![]).await? == json!(true) {
            let path = std::env::var_os("PERRON_AXE").map(PathBuf::from);
            let path = path.context("PERRON_AXE does not name axe-core: run the journeys by `cargo xtask test`")?;
            let axe = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            web.execute(axe, vec![]).await?;
        }
        let found: Vec<Violation> = web.execute_async(LOOK, vec![]).await?.convert()?;
        Ok(found.into_iter().filter(|one| matches!(one.impact.as_deref(), Some("serious" | "critical"))).collect())
    }
}
