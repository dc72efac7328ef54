//! How the desk's types travel: which go as JSON, which behind the question mark, which as a file.

use crate::*;
use perron_domain::fact::AccountNo;
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// As what something travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Nothing travels.
    Nothing,
    /// Pairs behind the question mark of the address.
    Query,
    /// JSON.
    Json,
    /// A file of a spreadsheet.
    Csv,
    /// Server-sent events, for as long as the asker listens.
    Events,
}

/// Why what travelled cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// The pairs behind the question mark.
    Query,
    /// The body.
    Body,
}

/// What goes to the hub.
pub trait Sent: Sized {
    /// As what it travels.
    const FORM: Form;

    /// Returns the pairs behind the question mark.
    ///
    /// # Errors
    /// When a value has no text.
    fn query(&self) -> Result<String, Unreadable> {
        Ok(String::new())
    }

    /// Returns the body.
    ///
    /// # Errors
    /// When a value has no JSON.
    fn body(self) -> Result<Vec<u8>, Unreadable> {
        Ok(Vec::new())
    }

    /// Reads it where it arrives.
    ///
    /// # Errors
    /// Which part of it cannot be read.
    fn read(query: &str, body: Vec<u8>) -> Result<Self, Unreadable>;

    /// Describes it for programs.
    #[cfg(feature = "openapi")]
    fn describe() -> Described;
}

/// What the hub answers, as far as a description says it.
pub trait Answered {
    /// As what it travels.
    const FORM: Form;

    /// Describes it for programs.
    #[cfg(feature = "openapi")]
    fn describe() -> Described;
}

/// What comes back from the hub whole.
pub trait Got: Answered + Sized {
    /// Returns the body, and what the file is called where it is one.
    ///
    /// # Errors
    /// When a value has no JSON.
    fn into_body(self) -> Result<(Vec<u8>, Option<String>), Unreadable>;

    /// Reads it where it arrives.
    ///
    /// # Errors
    /// When it is something else.
    fn read(body: Vec<u8>) -> Result<Self, Unreadable>;
}

/// What a question or an answer is made of.
#[cfg(feature = "openapi")]
#[derive(Default)]
#[allow(missing_debug_implementations, reason = "the parts have none")]
pub struct Described {
    /// The pairs behind the question mark.
    pub parameters: Vec<utoipa::openapi::path::Parameter>,
    /// The body, where there is one.
    pub body: Option<utoipa::openapi::RefOr<utoipa::openapi::Schema>>,
    /// The types that it names.
    pub schemas: Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>,
}

/// Nothing, in either direction.
impl Sent for () {
    const FORM: Form = Form::Nothing;

    fn read(_: &str, _: Vec<u8>) -> Result<Self, Unreadable> {
        Ok(())
    }

    #[cfg(feature = "openapi")]
    fn describe() -> Described {
        Described::default()
    }
}

impl Answered for () {
    const FORM: Form = Form::Nothing;

    #[cfg(feature = "openapi")]
    fn describe() -> Described {
        Described::default()
    }
}

impl Got for () {
    fn into_body(self) -> Result<(Vec<u8>, Option<String>), Unreadable> {
        Ok((Vec::new(), None))
    }

    fn read(_: Vec<u8>) -> Result<Self, Unreadable> {
        Ok(())
    }
}

/// A type that travels as JSON.
pub trait Json: Serialize + DeserializeOwned {
    /// Describes it for programs.
    #[cfg(feature = "openapi")]
    fn described() -> Described;
}

macro_rules! json {
    ($($type:ty),+ $(,)?) => { $(
        impl Json for $type {
            #[cfg(feature = "openapi")]
            fn described() -> Described {
                named::<$type>()
            }
        }
        json!(@travels [] $type);
    )+ };
    (plain $($type:ty as $schema:ty),+ $(,)?) => { $(
        impl Json for $type {
            #[cfg(feature = "openapi")]
            fn described() -> Described {
                Described { body: Some(<$schema as utoipa::PartialSchema>::schema()), ..Described::default() }
            }
        }
        json!(@travels [] $type);
    )+ };
    (@travels [$($generic:tt)*] $type:ty) => {
        impl $($generic)* Sent for $type {
            const FORM: Form = Form::Json;

            fn body(self) -> Result<Vec<u8>, Unreadable> {
                serde_json::to_vec(&self).map_err(|_| Unreadable::Body)
            }

            fn read(_: &str, body: Vec<u8>) -> Result<Self, Unreadable> {
                serde_json::from_slice(&body).map_err(|_| Unreadable::Body)
            }

            #[cfg(feature = "openapi")]
            fn describe() -> Described {
                <Self as Json>::described()
            }
        }

        impl $($generic)* Answered for $type {
            const FORM: Form = Form::Json;

            #[cfg(feature = "openapi")]
            fn describe() -> Described {
                <Self as Json>::described()
            }
        }

        impl $($generic)* Got for $type {
            fn into_body(self) -> Result<(Vec<u8>, Option<String>), Unreadable> {
                Ok((<Self as Sent>::body(self)?, None))
            }

            fn read(body: Vec<u8>) -> Result<Self, Unreadable> {
                <Self as Sent>::read("", body)
            }
        }
    };
}

impl<T: Json> Json for Vec<T> {
    #[cfg(feature = "openapi")]
    fn described() -> Described {
        let one = T::described();
        let items = one.body.unwrap_or_default();
        let all = utoipa::openapi::schema::ArrayBuilder::new().items(items);
        Described { body: Some(all.into()), ..one }
    }
}

json!(@travels [<T: Json>] Vec<T>);

json! {
    AcceptShipped, AddPeople, AdoptDirective, AlikeLine, AnswerPhone, AssignTablets, Because, ChangeLot, ChangePerson, CodeLine, ConfirmDirective,
    CorrectSaid, DecideApart, DecideQuarantine, DirectiveCheck, DirectiveDraft, DirectiveFile, DirectiveFormIn,
    DirectiveText, DirectivesView, DraftView, ErasedView, ExplainGap, HeldView, ImportDone, ImportPreview, JoinPerson, LotView,
    NameOnCall, NameRelay, NewNotice, NewRound, NewTablet, NoticeLine, PeoplePage, PersonChanged, PersonFile, ProtocolLine,
    PublishDirective, ReceiveLot, RelayView, RoundDraft, RoundLine, RoundView, Said, SaveAccount, SeasonForm, SeasonText,
    SeasonsView, StockView, TabletsView, TakeOver, TodoCount, TodoView, TypedForm, WaitingLine,
}

json! { plain FactName as String, AccountNo as u32, PersonRecord as serde_json::Value, serde_json::Value as serde_json::Value }

#[cfg(feature = "openapi")]
fn named<T: utoipa::ToSchema>() -> Described {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    Described { body: Some(utoipa::openapi::Ref::from_schema_name(T::name()).into()), schemas, ..Described::default() }
}

macro_rules! query {
    ($($type:ty),+ $(,)?) => { $(
        impl Sent for $type {
            const FORM: Form = Form::Query;

            fn query(&self) -> Result<String, Unreadable> {
                serde_urlencoded::to_string(self).map_err(|_| Unreadable::Query)
            }

            fn read(query: &str, _: Vec<u8>) -> Result<Self, Unreadable> {
                serde_urlencoded::from_str(query).map_err(|_| Unreadable::Query)
            }

            #[cfg(feature = "openapi")]
            fn describe() -> Described {
                pairs::<Self>(None)
            }
        }
    )+ };
}

query! { OfProduct, OnDay, PeopleQuery, Shipped }

#[cfg(feature = "openapi")]
fn pairs<T: utoipa::IntoParams>(body: Option<utoipa::openapi::RefOr<utoipa::openapi::Schema>>) -> Described {
    let parameters = T::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query));
    Described { parameters, body, schemas: Vec::new() }
}

/// A list of people as a file, what of it was mended, and which of its doubtful rows go in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFile {
    /// The file as it was chosen.
    pub file: Vec<u8>,
    /// Refused rows, mended on the screen. They travel behind the file, as JSON.
    pub mended: Vec<MendedRow>,
    /// What becomes of doubtful rows.
    pub kept: Kept,
}

/// What becomes of the rows of a list that a person decides about. A preview does not look at `keep` and `take`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct Kept {
    /// Likely duplicates that go in as people of their own: `none`, `all`, or their lines, separated by commas. A line of
    /// somebody known but different may stand here too.
    pub keep: String,
    /// Rows that are somebody whom the relay knows, and whose differences it takes: `line@person`, separated by commas.
    pub take: String,
    /// How many bytes behind the file are the mended rows, as JSON.
    pub mended: usize,
}

impl PeopleFile {
    fn mended(&self) -> Result<Vec<u8>, Unreadable> {
        if self.mended.is_empty() {
            return Ok(Vec::new());
        }
        serde_json::to_vec(&self.mended).map_err(|_| Unreadable::Body)
    }
}

impl Sent for PeopleFile {
    const FORM: Form = Form::Csv;

    fn query(&self) -> Result<String, Unreadable> {
        let kept = Kept { mended: self.mended()?.len(), ..self.kept.clone() };
        serde_urlencoded::to_string(kept).map_err(|_| Unreadable::Query)
    }

    fn body(self) -> Result<Vec<u8>, Unreadable> {
        let mended = self.mended()?;
        let mut body = self.file;
        body.extend(mended);
        Ok(body)
    }

    fn read(query: &str, mut file: Vec<u8>) -> Result<Self, Unreadable> {
        let kept: Kept = serde_urlencoded::from_str(query).map_err(|_| Unreadable::Query)?;
        let length = file.len().checked_sub(kept.mended).ok_or(Unreadable::Query)?;
        let mended = file.split_off(length);
        let mended = if mended.is_empty() {
            Vec::new()
        } else {
            serde_json::from_slice(&mended).map_err(|_| Unreadable::Body)?
        };
        Ok(Self { file, mended, kept })
    }

    #[cfg(feature = "openapi")]
    fn describe() -> Described {
        pairs::<Kept>(Some(<Vec<u8> as utoipa::PartialSchema>::schema()))
    }
}

/// A file for a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Answered for Csv {
    const FORM: Form = Form::Csv;

    #[cfg(feature = "openapi")]
    fn describe() -> Described {
        Described { body: Some(<Vec<u8> as utoipa::PartialSchema>::schema()), ..Described::default() }
    }
}

impl Got for Csv {
    fn into_body(self) -> Result<(Vec<u8>, Option<String>), Unreadable> {
        Ok((self.bytes, Some(self.name)))
    }

    fn read(body: Vec<u8>) -> Result<Self, Unreadable> {
        Ok(Self { name: String::new(), bytes: body })
    }
}

/// News, as they happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Events;

impl Answered for Events {
    const FORM: Form = Form::Events;

    #[cfg(feature = "openapi")]
    fn describe() -> Described {
        Described { body: Some(<String as utoipa::PartialSchema>::schema()), ..Described::default() }
    }
}
