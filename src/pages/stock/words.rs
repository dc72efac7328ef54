//! Forms, containers, streams and volumes in words.

use perron_domain::{
    fact::{ContainerKind, DecidedAs, DoseForm, PhoneDecisionNoted, WasteStream},
    state::Common,
};

use crate::{
    components::{Glyph, Stream, fr},
    i18n::{I18n, t_string},
    pages::words::{self},
};

/// Returns how doses travel.
#[must_use]
pub fn form_word(i18n: I18n, form: DoseForm) -> &'static str {
    match form {
        DoseForm::Vial => t_string!(i18n, stock.form_vial),
        DoseForm::PreparedSyringe => t_string!(i18n, stock.form_prepared),
        DoseForm::Prefilled => t_string!(i18n, stock.form_prefilled),
        DoseForm::PowderSolvent => t_string!(i18n, stock.form_powder),
    }
}

/// Returns the drawing of a form.
#[must_use]
pub const fn form_glyph(form: DoseForm) -> Glyph {
    match form {
        DoseForm::Vial => Glyph::Vial,
        DoseForm::PreparedSyringe | DoseForm::Prefilled => Glyph::Syringe,
        DoseForm::PowderSolvent => Glyph::Drop,
    }
}

/// Returns a container's name.
#[must_use]
pub fn container_word(i18n: I18n, kind: ContainerKind) -> &'static str {
    match kind {
        ContainerKind::SharpsBox => t_string!(i18n, stock.kind_sharps_box),
        ContainerKind::YellowBag => t_string!(i18n, stock.kind_yellow_bag),
        ContainerKind::Drum => t_string!(i18n, stock.kind_drum),
        ContainerKind::Carton => t_string!(i18n, stock.kind_carton),
        ContainerKind::OrdinaryBag => t_string!(i18n, stock.kind_ordinary_bag),
    }
}

/// Returns the standard of a container; none for ordinary waste.
#[must_use]
pub const fn container_standard(kind: ContainerKind) -> Option<&'static str> {
    match kind {
        ContainerKind::SharpsBox => Some("NF EN ISO 23907"),
        ContainerKind::YellowBag => Some("NF X30-501"),
        ContainerKind::Drum => Some("NF X30-505"),
        ContainerKind::Carton => Some("NF X30-507"),
        ContainerKind::OrdinaryBag => None,
    }
}

/// Returns the drawing of a container: its stream's.
#[must_use]
pub const fn container_glyph(kind: ContainerKind) -> Glyph {
    match kind.stream() {
        WasteStream::Sharps => Glyph::SharpsBox,
        WasteStream::Soft => Glyph::YellowBag,
        WasteStream::Ordinary => Glyph::WasteBin,
    }
}

/// Returns the picture of a stream.
#[must_use]
pub const fn picture(stream: WasteStream) -> Stream {
    match stream {
        WasteStream::Sharps => Stream::Sharps,
        WasteStream::Soft => Stream::Soft,
        WasteStream::Ordinary => Stream::Ordinary,
    }
}

/// Returns where a stream goes.
#[must_use]
pub fn stream_word(i18n: I18n, stream: WasteStream) -> &'static str {
    match stream {
        WasteStream::Sharps => t_string!(i18n, stock.stream_sharps),
        WasteStream::Soft => t_string!(i18n, stock.stream_soft),
        WasteStream::Ordinary => t_string!(i18n, stock.stream_ordinary),
    }
}

/// Returns what goes into a stream.
#[must_use]
pub fn stream_detail(i18n: I18n, stream: WasteStream) -> &'static str {
    match stream {
        WasteStream::Sharps => t_string!(i18n, stock.stream_sharps_detail),
        WasteStream::Soft => t_string!(i18n, stock.stream_soft_detail),
        WasteStream::Ordinary => t_string!(i18n, stock.stream_ordinary_detail),
    }
}

/// Returns a count of doses: «1 dose», «3 doses».
#[must_use]
pub fn doses(i18n: I18n, count: i32) -> String {
    if one(count) {
        t_string!(i18n, stock.doses_count_single, count = count)
    } else {
        t_string!(i18n, stock.doses_count_several, count = count)
    }
}

/// Says whether French takes the singular: none and one do, on either side of zero.
#[must_use]
pub const fn one(count: i32) -> bool {
    -2 < count && count < 2
}

/// Returns a volume from tenths of a litre: 6 is «0,6 l».
#[must_use]
pub fn litres(i18n: I18n, decilitres: u16) -> String {
    format!("{}{}l", fr::short_number(i18n.get_locale(), decilitres.into(), 1), fr::NBSP)
}

/// Returns a weight from grams: 1250 is «1,25 kg».
#[must_use]
pub fn kilograms(i18n: I18n, grams: u32) -> String {
    format!("{}{}kg", fr::short_number(i18n.get_locale(), grams.into(), 3), fr::NBSP)
}

/// Returns in which quality somebody decides.
#[must_use]
pub fn quality(i18n: I18n, quality: DecidedAs) -> &'static str {
    match quality {
        DecidedAs::Head => t_string!(i18n, stock.as_head),
        DecidedAs::Physician => t_string!(i18n, stock.as_physician),
        DecidedAs::Pharmacist => t_string!(i18n, stock.as_pharmacist),
    }
}

/// Returns a decision by telephone in a line: what, who, when, why.
#[must_use]
pub fn call_line(i18n: I18n, common: &Common, noted: &PhoneDecisionNoted) -> String {
    let quality = quality(i18n, noted.quality);
    // «Hélène Armoise, responsable du relais» says it already.
    let who = noted.by.strip_suffix(quality).map_or(noted.by.as_str(), |name| name.trim_end_matches([',', ' ']));
    t_string!(
        i18n,
        stock.call_line,
        word = if noted.usable { t_string!(i18n, stock.released) } else { t_string!(i18n, stock.to_destroy) },
        who = who.to_owned(),
        quality = quality,
        hour = words::hour(i18n, common, noted.at),
        reason = noted.reason.clone()
    )
}
