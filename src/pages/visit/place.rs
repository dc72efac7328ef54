//! Where the door is: code, floor, telephone, directions. Nothing here is sent by itself: each link waits for a finger.

use leptos::prelude::*;
use perron_domain::{name::FactName, people::Address, state::Round};

use super::link::Link;
use crate::{
    browser::platform,
    components::{Glyph, Icon, LinkButton, Show},
    i18n::{label, t, t_string},
};

/// What helps to find a door.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// Name of a collective place.
    pub place: Option<String>,
    /// Number and street.
    pub line: String,
    /// Postal code and town.
    pub town: String,
    /// Door codes, each once.
    pub codes: Vec<String>,
    /// Floors, each once.
    pub floors: Vec<String>,
    /// Telephones with who answers.
    pub phones: Vec<(String, String)>,
    /// What to know about access.
    pub access: Vec<String>,
    /// Where a map opens; none without coordinates, since an address in words would leave with the link.
    pub map: Option<String>,
}

/// Returns what helps to find the door of a stop; none when the stop is not on the round.
#[must_use]
pub fn place(round: &Round, stop: FactName) -> Option<Place> {
    let stop = round.stops.get(&stop)?;
    let mut place = Place {
        place: stop.place.clone(),
        line: stop.address.line.clone(),
        town: format!("{} {}", stop.address.postcode, stop.address.city).trim().to_owned(),
        map: map_link(&stop.address, platform::is_apple_touch()),
        ..Place::default()
    };
    for visit in stop.people.iter().filter_map(|person| round.people.get(person)) {
        let record = &visit.record;
        add(&mut place.codes, record.door_code.as_deref());
        add(&mut place.floors, record.floor.as_deref());
        add(&mut place.access, record.mobility.as_deref());
        if let Some(phone) = record.phone.as_deref().filter(|phone| !phone.trim().is_empty())
            && place.phones.iter().all(|(known, _)| known != phone)
        {
            place.phones.push((phone.to_owned(), record.display_name()));
        }
    }
    Some(place)
}

fn add(list: &mut Vec<String>, text: Option<&str>) {
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty())
        && list.iter().all(|known| known != text)
    {
        list.push(text.to_owned());
    }
}

/// Returns a link that hands a place to the tablet's own maps: RFC 5870 on Android, the maps' own scheme on an iPad, which
/// does not know the first. Only coordinates leave; never a number, a street or a name, and never to an address of the web.
#[must_use]
pub fn map_link(address: &Address, apple: bool) -> Option<String> {
    let (lat, lon) = (address.lat?, address.lon?);
    Some(if apple { format!("maps:?q={lat},{lon}") } else { format!("geo:{lat},{lon}?q={lat},{lon}") })
}

/// Returns a link that dials a number.
#[must_use]
pub fn tel(phone: &str) -> String {
    let digits: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    format!("tel:{digits}")
}

/// The strip that helps to find a door.
#[component]
pub fn PlaceStrip(
    /// The way to the replica.
    link: Link,
    /// Which stop.
    stop: Signal<Option<FactName>>,
) -> impl IntoView {
    let i18n = link.i18n;
    let place = Memo::new(move |_| stop.get().and_then(|stop| link.round(|round| place(round, stop))));
    let list = |texts: &[String]| texts.join(" · ");
    let calls = move || {
        let phones = place.with(|place| place.as_ref().map(|place| place.phones.clone())).unwrap_or_default();
        let alone = phones.len() == 1;
        phones
            .into_iter()
            .take(3)
            .enumerate()
            .map(|(index, (phone, who))| {
                let label = move || {
                    if alone {
                        t_string!(i18n, visit.call).to_owned()
                    } else {
                        t_string!(i18n, visit.call_who, who = who.clone())
                    }
                };
                view! { <LinkButton label=label href=tel(&phone) icon=Glyph::Phone testid=format!("call-{index}") /> }
            })
            .collect_view()
    };
    view! {
        <div class="card place" data-testid="place">
            <dl class="facts">
                <dt>
                    <Icon glyph=Glyph::Pin />
                    " "
                    {t!(i18n, visit.street)}
                </dt>
                <dd data-testid="street">
                    {move || {
                        place.with(|place| {
                            let place = place.as_ref()?;
                            let parts = [place.place.as_deref(), Some(&place.line), Some(&place.town)];
                            let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
                            Some(parts.collect::<Vec<_>>().join(" · "))
                        })
                    }}
                </dd>
                <dt>
                    <Icon glyph=Glyph::Key />
                    " "
                    {t!(i18n, visit.door_code)}
                </dt>
                <dd data-testid="door-code">
                    {move || {
                        place
                            .with(|place| place.as_ref().map(|place| list(&place.codes)))
                            .filter(|codes| !codes.is_empty())
                            .unwrap_or_else(|| t_string!(i18n, visit.none_known).to_owned())
                    }}
                </dd>
                <dt>
                    <Icon glyph=Glyph::Building />
                    " "
                    {t!(i18n, visit.floor)}
                </dt>
                <dd data-testid="floor">
                    {move || {
                        place
                            .with(|place| place.as_ref().map(|place| list(&place.floors)))
                            .filter(|floors| !floors.is_empty())
                            .unwrap_or_else(|| t_string!(i18n, visit.none_known).to_owned())
                    }}
                </dd>
            </dl>
            <Show when=move || place.with(|place| place.as_ref().is_some_and(|place| !place.access.is_empty()))>
                <p class="muted">
                    {move || place.with(|place| place.as_ref().map(|place| list(&place.access)))}
                </p>
            </Show>
            <div class="actions">
                {calls}
                {move || {
                    let map = place.with(|place| place.as_ref().and_then(|place| place.map.clone()))?;
                    Some(
                        view! {
                            <LinkButton
                                label=label!(i18n, visit.directions)
                                href=Signal::stored(map)
                                icon=Glyph::Route
                                testid="directions"
                            />
                        },
                    )
                }}
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_carry_coordinates_and_nothing_else() {
        let mut address =
            Address { line: "12 bis Rue Été".to_owned(), city: "Bondy".to_owned(), ..Address::default() };
        assert_eq!(map_link(&address, false), None);
        (address.lat, address.lon) = (Some(48.9), Some(2.48));
        assert_eq!(map_link(&address, false).as_deref(), Some("geo:48.9,2.48?q=48.9,2.48"));
        assert_eq!(map_link(&address, true).as_deref(), Some("maps:?q=48.9,2.48"));
    }

    #[test]
    fn a_number_is_dialled_without_its_dots() {
        assert_eq!(tel("01.23.45 67 89"), "tel:0123456789");
        assert_eq!(tel("+33 6 00 00 00 00"), "tel:+33600000000");
    }
}
