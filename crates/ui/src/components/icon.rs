//! The app's own drawings: 24 × 24, one stroke of even weight, readable through wet glass and with gloves on.

use leptos::prelude::*;

/// What a drawing shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Glyph {
    /// An arrow back.
    Back,
    /// An arrow onwards.
    Forward,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A plus.
    Plus,
    /// A minus.
    Minus,
    /// A check mark.
    Check,
    /// A cross.
    Cross,
    /// Three dots: more.
    Dots,
    /// A front door at the top of its steps.
    Door,
    /// Steps that rise.
    Steps,
    /// A house.
    Home,
    /// A building with floors.
    Building,
    /// A key: the door code.
    Key,
    /// A telephone.
    Phone,
    /// A way from here to there.
    Route,
    /// A place.
    Pin,
    /// A syringe.
    Syringe,
    /// A vial.
    Vial,
    /// A drop: dilution.
    Drop,
    /// A thermometer.
    Thermometer,
    /// The cool box.
    CoolBox,
    /// A sharps container.
    SharpsBox,
    /// A yellow bag for soft clinical waste.
    YellowBag,
    /// Ordinary waste.
    WasteBin,
    /// A clock.
    Clock,
    /// A stopwatch.
    Stopwatch,
    /// A calendar.
    Calendar,
    /// A triangle with a mark: take care.
    Triangle,
    /// An octagon with a mark: stop.
    Octagon,
    /// A diamond with a question: to be judged.
    Diamond,
    /// Two people who agree.
    Hands,
    /// A person whose agreement is missing.
    ConsentMissing,
    /// A sheet: prescription, certificate.
    Paper,
    /// A sheet that is not there.
    PaperMissing,
    /// One for the other.
    Swap,
    /// Outside the circle: not concerned.
    Target,
    /// A person.
    Person,
    /// Several people.
    People,
    /// A person to be added.
    PersonPlus,
    /// An identity paper.
    IdCard,
    /// A question.
    Question,
    /// Something to know.
    Info,
    /// A pen.
    Pen,
    /// In step with the relay.
    Sync,
    /// The relay's hub.
    Cloud,
    /// No network.
    Offline,
    /// Everything has arrived.
    CloudDone,
    /// A battery that runs low.
    Battery,
    /// The emergency kit.
    Bag,
    /// A call for help.
    Ambulance,
    /// A reaction, how someone feels.
    Heart,
    /// The left arm.
    ArmLeft,
    /// The right arm.
    ArmRight,
    /// A funnel.
    Filter,
    /// A magnifying glass.
    Search,
    /// To be taken away as a file.
    Download,
    /// To be brought in as a file.
    Upload,
    /// A tablet.
    Tablet,
    /// Settings.
    Gear,
    /// The sun.
    Sun,
    /// The moon.
    Moon,
    /// A lamp: indoors.
    Lamp,
    /// A closed lock.
    Lock,
    /// A list.
    List,
    /// Directives.
    Book,
    /// Satisfied.
    Smile,
    /// Neither one nor the other.
    Neutral,
    /// Not satisfied.
    Frown,
    /// Figures.
    Chart,
    /// A camera.
    Camera,
    /// Postponed.
    Pause,
    /// Protective equipment.
    Mask,
    /// A flower: allergies.
    Flower,
    /// A medicine to swallow.
    Pill,
    /// Somebody who lies on the ground.
    Fainted,
    /// A pregnant woman.
    Pregnant,
    /// A shield: the body's defences.
    Shield,
}

impl Glyph {
    /// Every drawing, in the order of the gallery.
    pub const ALL: &'static [Self] = &[
        Self::Back,
        Self::Forward,
        Self::Up,
        Self::Down,
        Self::Plus,
        Self::Minus,
        Self::Check,
        Self::Cross,
        Self::Dots,
        Self::Door,
        Self::Steps,
        Self::Home,
        Self::Building,
        Self::Key,
        Self::Phone,
        Self::Route,
        Self::Pin,
        Self::Syringe,
        Self::Vial,
        Self::Drop,
        Self::Thermometer,
        Self::CoolBox,
        Self::SharpsBox,
        Self::YellowBag,
        Self::WasteBin,
        Self::Clock,
        Self::Stopwatch,
        Self::Calendar,
        Self::Triangle,
        Self::Octagon,
        Self::Diamond,
        Self::Hands,
        Self::ConsentMissing,
        Self::Paper,
        Self::PaperMissing,
        Self::Swap,
        Self::Target,
        Self::Person,
        Self::People,
        Self::PersonPlus,
        Self::IdCard,
        Self::Question,
        Self::Info,
        Self::Pen,
        Self::Sync,
        Self::Cloud,
        Self::Offline,
        Self::CloudDone,
        Self::Battery,
        Self::Bag,
        Self::Ambulance,
        Self::Heart,
        Self::ArmLeft,
        Self::ArmRight,
        Self::Filter,
        Self::Search,
        Self::Download,
        Self::Upload,
        Self::Tablet,
        Self::Gear,
        Self::Sun,
        Self::Moon,
        Self::Lamp,
        Self::Lock,
        Self::List,
        Self::Book,
        Self::Smile,
        Self::Neutral,
        Self::Frown,
        Self::Chart,
        Self::Camera,
        Self::Pause,
        Self::Mask,
        Self::Flower,
        Self::Pill,
        Self::Fainted,
        Self::Pregnant,
        Self::Shield,
    ];

    /// Returns the drawing of a pictogram that a directive names (`directives/README.md`); none for a name of a later
    /// version.
    #[must_use]
    pub fn of_pictogram(name: &str) -> Option<Self> {
        Some(match name {
            "allergy" => Self::Flower,
            "anaphylaxis" => Self::Ambulance,
            "anticoagulant" => Self::Pill,
            "blood" => Self::Drop,
            "fainting" => Self::Fainted,
            "fever" => Self::Thermometer,
            "heart" => Self::Heart,
            "pregnancy" => Self::Pregnant,
            "shield" => Self::Shield,
            _ => return None,
        })
    }

    /// Returns the strokes, as the inside of an `<svg viewBox="0 0 24 24">`.
    #[must_use]
    pub const fn strokes(self) -> &'static str {
        match self {
            Self::Back => r#"<path d="M15 4.5 7.5 12l7.5 7.5"/>"#,
            Self::Forward => r#"<path d="M9 4.5 16.5 12 9 19.5"/>"#,
            Self::Up => r#"<path d="M4.5 15 12 7.5 19.5 15"/>"#,
            Self::Down => r#"<path d="M4.5 9 12 16.5 19.5 9"/>"#,
            Self::Plus => r#"<path d="M12 4.5v15M4.5 12h15"/>"#,
            Self::Minus => r#"<path d="M4.5 12h15"/>"#,
            Self::Check => r#"<path d="m4.5 12.5 5 5 10-11"/>"#,
            Self::Cross => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::Dots => {
                r#"<circle cx="5" cy="12" r="1.6" fill="currentColor"/><circle cx="12" cy="12" r="1.6" fill="currentColor"/><circle cx="19" cy="12" r="1.6" fill="currentColor"/>"#
            }
            Self::Door => {
                r#"<path d="M7.5 16V3.5h9V16"/><path d="M13.6 10v1"/><path d="M5.5 16h13M3.5 20h17M5.5 16v4M18.5 16v4"/>"#
            }
            Self::Steps => r#"<path d="M3 20h5v-5h5v-5h5V4.5"/>"#,
            Self::Home => r#"<path d="M4 11 12 4l8 7"/><path d="M6 9.5V20h12V9.5"/><path d="M10 20v-6h4v6"/>"#,
            Self::Building => {
                r#"<path d="M5 20.5V3.5h14v17"/><path d="M9 8h1M14 8h1M9 12h1M14 12h1M3 20.5h18M10.5 20.5V16h3v4.5"/>"#
            }
            Self::Key => r#"<circle cx="8" cy="8" r="4"/><path d="m11 11 8.5 8.5M16 16l2.5-2.5M13.5 13.5 16 11"/>"#,
            Self::Phone => {
                r#"<path d="M6.2 3.5h3l1.6 4.3-2.2 1.7a12 12 0 0 0 5.9 5.9l1.7-2.2 4.3 1.6v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4.2 5.7a2 2 0 0 1 2-2.2z"/>"#
            }
            Self::Route => {
                r#"<circle cx="6" cy="18.5" r="2.3"/><circle cx="18" cy="5.5" r="2.3"/><path d="M8.3 18.5H15a3.2 3.2 0 0 0 0-6.5H9a3.2 3.2 0 0 1 0-6.5h6.7"/>"#
            }
            Self::Pin => {
                r#"<path d="M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>"#
            }
            Self::Syringe => {
                r#"<path d="m4 20 4-4M7 13l4 4M8 14l7.5-7.5 3 3L11 17zM14.5 4.500l5 5M17 7l3-3M10.5 11.500l1.5 1.500M12.8 9.200l1.5 1.5"/>"#
            }
            Self::Vial => {
                r#"<path d="M8.5 3.500h7v3h-7zM9.5 6.500v2L7.5 11v9.500h9V11l-2-2.500v-2"/><path d="M7.5 14.500h9"/>"#
            }
            Self::Drop => r#"<path d="M12 3.500s6 6.5 6 10.800a6 6 0 0 1-12 0C6 10 12 3.5 12 3.500z"/>"#,
            Self::Thermometer => {
                r#"<path d="M10 4.500a2 2 0 0 1 4 0v9.300a4 4 0 1 1-4 0z"/><path d="M12 9v7.5"/><circle cx="12" cy="17" r="1.3" fill="currentColor"/>"#
            }
            Self::CoolBox => {
                r#"<path d="M3.5 9.500h17V20h-17zM5 9.5 6.5 6h11L19 9.500M9 6V3.800h6V6"/><path d="M12 12v5.500M9.6 13.400l4.8 2.700M14.4 13.400l-4.8 2.7"/>"#
            }
            Self::SharpsBox => {
                r#"<path d="M4.5 8h15L18 20.500H6z"/><path d="M6.5 8V5h11v3M10 5V3.200h4V5"/><path d="m14.5 11.5-4.5 5M9.6 17l-.9 1M13.3 10.600l2.2 2"/>"#
            }
            Self::YellowBag => {
                r#"<path d="M9 6.500C5.5 9 4.5 12.5 4.5 16c0 3 1.5 4.5 4 4.500h7c2.5 0 4-1.5 4-4.5 0-3.5-1-7-4.5-9.5"/><path d="M9 6.500h6M9.5 6.5 8 3.500h8l-1.5 3"/><path d="M12 12v5M9.5 14.500h5"/>"#
            }
            Self::WasteBin => {
                r#"<path d="M5.5 7.500h13L17.5 20.500h-11zM3.5 7.500h17M9 7.500V4.500h6v3M10 11v6M14 11v6"/>"#
            }
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.300l3.5 2"/>"#,
            Self::Stopwatch => {
                r#"<circle cx="12" cy="13.5" r="7"/><path d="M12 9.500v4M9.5 3h5M12 3v3.500M17.3 7.700l1.4-1.4"/>"#
            }
            Self::Calendar => r#"<path d="M4 6h16v14.500H4zM4 10.500h16M8 3.500V7M16 3.500V7"/>"#,
            Self::Triangle => r#"<path d="M12 3.8 21.3 20H2.700z"/><path d="M12 10v4.500M12 17.300v.2"/>"#,
            Self::Octagon => {
                r#"<path d="M8.3 3.200h7.400l5.1 5.100v7.400l-5.1 5.100H8.300l-5.1-5.100V8.300z"/><path d="M12 7.500v5.800M12 16.500v.2"/>"#
            }
            Self::Diamond => {
                r#"<path d="M12 2.5 21.5 12 12 21.5 2.5 12z"/><path d="M9.8 9.800a2.3 2.3 0 1 1 3.3 2.100c-.8.4-1.1.9-1.1 1.800M12 16.300v.2"/>"#
            }
            Self::Hands => {
                r#"<circle cx="7.5" cy="7" r="3"/><circle cx="16.5" cy="7" r="3"/><path d="M2.5 20v-2.500a5 5 0 0 1 9.5-2.2 5 5 0 0 1 9.5 2.200V20" stroke-dasharray="none"/><path d="m9.5 19 2 2 3.5-4"/>"#
            }
            Self::ConsentMissing => {
                r#"<circle cx="9.5" cy="7.5" r="3.8"/><path d="M2.5 20.5V19a7 7 0 0 1 13.2-3.2M19.5 7v7.5M19.5 19v.2"/>"#
            }
            Self::Paper => {
                r#"<path d="M6 3.500h8.500L18.5 8v12.500H6z"/><path d="M14 3.500V8.500h4.500M9 12.500h6.500M9 16h6.5"/>"#
            }
            Self::PaperMissing => {
                r#"<path d="M6 3.500h8.500L18.5 8v12.500H6z" stroke-dasharray="2.6 2.2"/><path d="M12.2 9v5M12.2 17v.2"/>"#
            }
            Self::Swap => r#"<path d="M4 8.500h14M14.5 4.500l4 4-4 4M20 15.500H6M9.5 11.500l-4 4 4 4"/>"#,
            Self::Target => r#"<circle cx="12" cy="12" r="8.5"/><path d="m6 18 12-12"/>"#,
            Self::Person => r#"<circle cx="12" cy="7.5" r="3.8"/><path d="M4.5 20.500V19a7.5 7.5 0 0 1 15 0v1.5"/>"#,
            Self::People => {
                r#"<circle cx="9" cy="8" r="3.3"/><path d="M2.5 20v-1.500a6.5 6.5 0 0 1 13 0V20M15.5 5a3.3 3.3 0 0 1 0 6.200M18 13.500a6.5 6.5 0 0 1 3.5 5.500v1"/>"#
            }
            Self::PersonPlus => {
                r#"<circle cx="10" cy="7.5" r="3.5"/><path d="M3 20v-1.500a7 7 0 0 1 11-5.700M18.5 14v6M15.5 17h6"/>"#
            }
            Self::IdCard => {
                r#"<path d="M3 5.500h18v13H3z"/><circle cx="8.5" cy="10.8" r="2"/><path d="M5.5 15.800a3 3 0 0 1 6 0M14.5 10h4M14.5 13.500h4"/>"#
            }
            Self::Question => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.700a2.6 2.6 0 1 1 3.7 2.400c-.8.4-1.2.9-1.2 1.900M12 16.700v.2"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.500M12 7.600v.2"/>"#,
            Self::Pen => r#"<path d="m4 20 1-4.500L16.5 4 20 7.5 8.5 19z"/><path d="m14 6.5 3.5 3.5"/>"#,
            Self::Sync => {
                r#"<path d="M19.5 9.500A8 8 0 0 0 5 8.500M4.5 14.500A8 8 0 0 0 19 15.5"/><path d="M19.8 4.500v5h-5M4.2 19.500v-5h5"/>"#
            }
            Self::Cloud => r#"<path d="M7 18.500a4.3 4.3 0 0 1-.3-8.6 5.8 5.8 0 0 1 11-.6 4.6 4.6 0 0 1-.4 9.200z"/>"#,
            Self::Offline => {
                r#"<path d="M7 18.500a4.3 4.3 0 0 1-.3-8.6 5.8 5.8 0 0 1 1.8-3M12 5.500c3 0 5 1.6 5.7 3.800a4.6 4.6 0 0 1 2.3 8M4 3.500l16.5 17M7 18.500h9.5"/>"#
            }
            Self::CloudDone => {
                r#"<path d="M7 18.500a4.3 4.3 0 0 1-.3-8.6 5.8 5.8 0 0 1 11-.6 4.6 4.6 0 0 1-.4 9.200z"/><path d="m9 13.3 2.3 2.3 4-4.3"/>"#
            }
            Self::Battery => r#"<path d="M3 8h15.500v8H3zM21 10.500v3"/><path d="M5.5 10.500v3"/>"#,
            Self::Bag => r#"<path d="M4 8.500h16V20H4zM9 8.500V5h6v3.5"/><path d="M12 11.500v5.500M9.2 14.200h5.6"/>"#,
            Self::Ambulance => {
                r#"<path d="M2.5 6.500h11v10h-11zM13.5 10h4l4 3.500v3h-8z"/><circle cx="7" cy="17.5" r="2"/><circle cx="17" cy="17.5" r="2"/><path d="M8 9v4.500M5.7 11.300h4.6"/>"#
            }
            Self::Heart => {
                r#"<path d="M12 20S3.5 14.8 3.5 9A4.6 4.6 0 0 1 12 6.7 4.6 4.6 0 0 1 20.5 9c0 5.8-8.5 11-8.5 11z"/><path d="M4 11.500h4l1.5-2.5 2.5 5 1.5-2.500h3"/>"#
            }
            Self::ArmLeft => {
                r#"<path d="M14.5 3.500c-4.5 0-7 2.5-7.5 7L6 20.500M14.5 9.500c-1.8.2-2.7 1.5-3 4l-.5 7"/><path d="M17 11.500h4.500M19.2 9.200l-2.3 2.3 2.3 2.3"/>"#
            }
            Self::ArmRight => {
                r#"<path d="M9.5 3.500c4.5 0 7 2.5 7.5 7l1 10M9.5 9.500c1.8.2 2.7 1.5 3 4l.5 7"/><path d="M7 11.500H2.500M4.8 9.200l2.3 2.3-2.3 2.3"/>"#
            }
            Self::Filter => r#"<path d="M3.5 5h17L14 12.500V20l-4-2v-5.500z"/>"#,
            Self::Search => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
            Self::Download => r#"<path d="M12 3.500v11.500M7 10.500l5 5 5-5M4 20h16"/>"#,
            Self::Upload => r#"<path d="M12 16V4.500M7 9l5-5 5 5M4 20h16"/>"#,
            Self::Tablet => r#"<path d="M5.5 2.800h13v18.400h-13zM10.5 18.200h3"/>"#,
            Self::Gear => {
                r#"<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.2 2.200M16.2 16.200l2.2 2.200M5.6 18.400l2.2-2.200M16.2 7.800l2.2-2.2"/>"#
            }
            Self::Sun => {
                r#"<circle cx="12" cy="12" r="4" fill="currentColor"/><path d="M12 2.500v3M12 18.500v3M2.5 12h3M18.5 12h3M5.3 5.300l2.1 2.100M16.6 16.600l2.1 2.100M5.3 18.700l2.1-2.100M16.6 7.400l2.1-2.1"/>"#
            }
            Self::Moon => r#"<path d="M20 14.500A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.500z"/>"#,
            Self::Lamp => r#"<path d="M9 17.500h6M10 20.500h4M8.8 14.500a6 6 0 1 1 6.4 0v3H8.800z"/>"#,
            Self::Lock => r#"<path d="M5.5 10.500h13v10h-13zM8 10.500V8a4 4 0 0 1 8 0v2.500M12 14.500v2.5"/>"#,
            Self::List => r#"<path d="M9 6h11.500M9 12h11.500M9 18h11.500M4 6h.8M4 12h.8M4 18h.8"/>"#,
            Self::Book => {
                r#"<path d="M12 6.500C10 4.8 7 4.2 3.5 4.500v13.500c3.5-.3 6.5.3 8.5 2 2-1.7 5-2.3 8.5-2V4.500C17 4.2 14 4.8 12 6.500zM12 6.500V20"/>"#
            }
            Self::Smile => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.200a4.2 4.2 0 0 0 7 0M9 9.500v.3M15 9.500v.3"/>"#
            }
            Self::Neutral => r#"<circle cx="12" cy="12" r="8.5"/><path d="M8.5 15h7M9 9.500v.3M15 9.500v.3"/>"#,
            Self::Frown => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M8.5 16a4.2 4.2 0 0 1 7 0M9 9.500v.3M15 9.500v.3"/>"#
            }
            Self::Chart => r#"<path d="M4 4v16h16.500M8.5 16v-4M13 16V7.500M17.5 16v-6.5"/>"#,
            Self::Camera => r#"<path d="M3 7.500h4.500L9 5h6l1.5 2.500H21V19H3z"/><circle cx="12" cy="13" r="3.5"/>"#,
            Self::Pause => r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.8 8.500v7M14.2 8.500v7"/>"#,
            Self::Mask => {
                r#"<path d="M5 8.500c4-1 5-2.5 7-2.500s3 1.5 7 2.500v4c0 3.5-3.5 6-7 6s-7-2.5-7-6zM5 9.5 2.5 8.500M5 13l-2.5 1.500M19 9.500l2.5-1M19 13l2.5 1.500M9 11h6M9 14h6"/>"#
            }
            Self::Flower => {
                r#"<circle cx="12" cy="9.5" r="2.2"/><path d="M12 7.300a2.6 2.6 0 1 1 2.1 1.5 2.6 2.6 0 1 1-.7 2.5 2.6 2.6 0 1 1-2.8 0 2.6 2.6 0 1 1-.7-2.500A2.6 2.6 0 1 1 12 7.300M12 14.500V21M12 18.500c2 0 3.5-1 4-2.5"/>"#
            }
            Self::Pill => r#"<path d="M5 12 12 5a5 5 0 0 1 7 7l-7 7a5 5 0 0 1-7-7zM8.5 8.500l7 7"/>"#,
            Self::Fainted => {
                r#"<circle cx="5.5" cy="13.5" r="2.5"/><path d="M3 20h18M10 17h10.5M10 17c0-3.5 2-4 4-3.5 2.5.7 4 2.5 6.5 3.5"/>"#
            }
            Self::Pregnant => {
                r#"<circle cx="10.5" cy="5" r="2.5"/><path d="M8 21V11.500a2.5 2.5 0 0 1 5 0c3 .5 4.5 2.5 4.5 4.500s-2 3.5-4.5 3.500V21"/>"#
            }
            Self::Shield => {
                r#"<path d="M12 3.2 19.5 6v5.500c0 4.5-3 7.8-7.5 9.3-4.5-1.5-7.5-4.8-7.5-9.300V6z"/><path d="M12 8.500v7M8.5 12h7"/>"#
            }
        }
    }
}

/// A drawing in the colour of the text beside it.
///
/// Without a `label` it is decorative and hidden from screen readers: the word beside it speaks.
#[component]
pub fn Icon(
    /// What to show.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// What a screen reader says, where no word stands beside the drawing.
    #[prop(into, optional)]
    label: Option<Signal<String>>,
    /// Twice the size, for pictures that carry the meaning.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:icon-large=large
            viewBox="0 0 24 24"
            role=label.map(|_| "img")
            aria-label=move || label.map(|label| label.get())
            aria-hidden=if label.is_none() { Some("true") } else { None }
            focusable="false"
            inner_html=move || glyph.get().strokes()
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pictogram_of_the_directives_that_ship_has_its_drawing() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../directives");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let texts = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
        let all: String = texts.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let pictogram = |line: &str| Some(line.strip_prefix("pictogram = \"")?.strip_suffix('"')?.to_owned());
        let named: Vec<String> = all.lines().filter_map(pictogram).collect();
        assert!(named.len() > 5);
        for name in named {
            assert!(Glyph::of_pictogram(&name).is_some(), "{name}");
        }
        assert_eq!(Glyph::of_pictogram("of a later version"), None);
    }
}
