//! Doses, box and waste, as the team handles them between the doors.

use super::Nurse;
use crate::{Result, Tablet};
use std::cmp::Ordering;

impl Nurse {
    /// Writes down a reading of the box: `degrees` as typed, the hour when it was not now, `reason` when it was too warm
    /// or too cold.
    pub async fn reads_the_box(&mut self, degrees: &str, hour: Option<&str>, reason: Option<&str>) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap("Perron").await?;
        tablet.tap("Boîte").await?;
        tablet.fill_id("box-degrees", degrees).await?;
        if let Some(hour) = hour {
            tablet.fill_id("box-hour", hour).await?;
        }
        if let Some(reason) = reason {
            tablet.fill_id("box-reason", reason).await?;
        }
        tablet.tap_id("box-save").await?;
        tablet.find_id("box-saved").await?;
        let tenths: f64 = degrees.replace(',', ".").parse()?;
        self.notes.temperatures.push((tenths * 10.0).round() as i16);
        Ok(())
    }

    /// Draws one syringe more out of the open vial of `lot` than it is expected to give: `drawn` in all.
    pub async fn draws(&mut self, lot: &str, drawn: u32, extra: u32) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap("Perron").await?;
        tablet.tap("Doses").await?;
        tablet.tap_id_of("source", lot).await?;
        tablet.tap_id("do-draw").await?;
        counts(tablet, "draw-count", drawn).await?;
        tablet.tap_id("draw-save").await?;
        tablet.gone_id("draw-save").await?;
        *self.notes.extra.entry(lot.to_owned()).or_default() += extra;
        Ok(())
    }

    /// Writes off what is left of `lot` in the vial that is open.
    pub async fn loses(&mut self, lot: &str, doses: u32, reason: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap("Perron").await?;
        tablet.tap("Doses").await?;
        tablet.tap_id_of("source", lot).await?;
        tablet.tap_id("do-lose").await?;
        counts(tablet, "lose-count", doses).await?;
        tablet.fill_id("lose-reason", reason).await?;
        tablet.tap_id("lose-save").await?;
        tablet.gone_id("lose-save").await?;
        *self.notes.lost.entry(lot.to_owned()).or_default() += doses;
        Ok(())
    }

    /// Gives doses of `lot` to another team.
    pub async fn cedes(&mut self, lot: &str, doses: u32, to: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap("Perron").await?;
        tablet.tap("Doses").await?;
        tablet.tap_id_of("source", lot).await?;
        tablet.tap_id("do-cede").await?;
        counts(tablet, "cede-count", doses).await?;
        tablet.fill_id("cede-to", to).await?;
        tablet.tap_id("cede-save").await?;
        tablet.gone_id("cede-save").await?;
        *self.notes.ceded.entry(lot.to_owned()).or_default() += doses;
        Ok(())
    }

    /// Closes the sharps box for good and hands it over.
    pub async fn hands_over_the_sharps(&mut self, kilograms: &str, to: &str) -> Result<()> {
        let tablet = &mut self.tablet;
        tablet.tap("Perron").await?;
        tablet.tap("DASRI").await?;
        tablet.tap_id_of("container", "aiguilles").await?;
        tablet.tap_id("container-close").await?;
        tablet.tap_id("container-close-yes").await?;
        tablet.fill_id("hand-weight", kilograms).await?;
        tablet.fill_id("hand-to", to).await?;
        tablet.tap_id("hand-save").await?;
        tablet.gone_id("hand-save").await
    }
}

/// Brings a stepper to `wanted`, one touch after the other.
async fn counts(tablet: &mut Tablet, id: &str, wanted: u32) -> Result<()> {
    loop {
        let shown: u32 = tablet.read_id(id).await?.trim().parse()?;
        match shown.cmp(&wanted) {
            Ordering::Less => tablet.tap_id(&format!("{id}-more")).await?,
            Ordering::Greater => tablet.tap_id(&format!("{id}-less")).await?,
            Ordering::Equal => return Ok(()),
        }
    }
}
