//! Every address of the desk's API, once. The hub mounts them, the desk asks by them, the description of the API and the
//! test of who may ask walk them.
//!
//! Each reads: its name, method and path, what the braces of the path are filled with, what goes there `=>` what comes
//! back, and who may ask.

use crate::route::{Entry, Method, Route};
use crate::travel::{Answered, Csv, Events, PeopleFile, Sent};
use crate::*;
use perron_domain::fact::{AccountNo, Role};
use perron_domain::name::FactName;
use perron_domain::people::PersonRecord;

/// Everybody with an account: nothing changes.
const READ: &[Role] = &[Role::Nurse, Role::Coordinator, Role::Head, Role::Physician, Role::Preparer];
/// Whoever plans, supplies and follows the rounds.
const COORDINATE: &[Role] = &[Role::Coordinator, Role::Head];
/// Whoever answers for the relay.
const LEAD: &[Role] = &[Role::Head];
/// A physician of the relay.
const CONFIRM: &[Role] = &[Role::Physician];

macro_rules! routes {
    ($($subject:ident {
        $($(#[doc = $says:literal])+
        $name:ident: $method:ident $path:literal ($($arg:ident: $type:ty),*) $sent:ty => $got:ty, $roles:ident;)+
    })+) => {
        $($(
            $(#[doc = $says])+
            pub const $name: Route<($($type,)*), $sent, $got> = {
                static ENTRY: Entry = Entry {
                    name: stringify!($name),
                    method: Method::$method,
                    path: $path,
                    args: &[$(stringify!($arg)),*],
                    roles: $roles,
                    subject: stringify!($subject),
                    says: concat!($($says),+).trim_ascii(),
                    sent: <$sent as Sent>::FORM,
                    got: <$got as Answered>::FORM,
                    #[cfg(feature = "openapi")]
                    describe_sent: <$sent as Sent>::describe,
                    #[cfg(feature = "openapi")]
                    describe_got: <$got as Answered>::describe,
                };
                Route::new(&ENTRY)
            };
        )+)+

        /// All of them.
        pub const ALL: &[&Entry] = &[$($($name.entry),+),+];
    };
}

routes! {
    people {
        /// Lists people.
        PEOPLE: Get "/api/people" () PeopleQuery => PeoplePage, READ;
        /// Adds somebody by hand, and returns her name in the relay.
        ADD_PERSON: Post "/api/people" () PersonRecord => FactName, COORDINATE;
        /// Says whom somebody typed by hand may be, before she is added.
        ALIKE: Post "/api/people/alike" () PersonRecord => Vec<AlikeLine>, COORDINATE;
        /// Reads one person's record.
        PERSON: Get "/api/people/{person}" (person: FactName) () => PersonRecord, READ;
        /// Corrects what is known of a person: what the form was filled from, and what it says now.
        CHANGE_PERSON: Put "/api/people/{person}" (person: FactName) ChangePerson => PersonChanged, COORDINATE;
        /// Erases what the relay knows of a person, on her request. What the law keeps stays, and is named.
        ERASE_PERSON: Delete "/api/people/{person}" (person: FactName) () => ErasedView, COORDINATE;
        /// Reads what came back of a person from rounds, what must be seen beside her name, and what is possible next.
        PERSON_FILE: Get "/api/people/{person}/file" (person: FactName) () => PersonFile, READ;
        /// Joins another record of the same person with hers, and returns the one that stays.
        JOIN_PERSON: Post "/api/people/{person}/join" (person: FactName) JoinPerson => FactName, COORDINATE;
        /// Says that a person may be called again, whatever her last visits ended with.
        MAY_CALL: Post "/api/people/{person}/may-call" (person: FactName) Because => (), COORDINATE;
    }
    import {
        /// Shows what a list would do, before anything goes in.
        PREVIEW_IMPORT: Post "/api/people/import/preview" () PeopleFile => ImportPreview, COORDINATE;
        /// Adds the people of a list. The same list again adds nobody.
        IMPORT: Post "/api/people/import" () PeopleFile => ImportDone, COORDINATE;
        /// Gives the rows of a list that cannot go in, as a list of their own with the reason beside each.
        REFUSED_ROWS: Post "/api/people/import/refused" () PeopleFile => Csv, COORDINATE;
        /// Gives an empty list with every heading, to be filled in.
        IMPORT_MODEL: Get "/api/people/import/model.csv" () () => Csv, READ;
    }
    draft {
        /// Starts the draft of a round.
        NEW_ROUND: Post "/api/rounds" () NewRound => DraftView, COORDINATE;
        /// Reads a draft.
        DRAFT: Get "/api/rounds/{number}/draft" (number: u32) () => DraftView, READ;
        /// Saves a draft. A saving that does not know the last one is refused: somebody else works on the same round.
        SAVE_DRAFT: Put "/api/rounds/{number}/draft" (number: u32) RoundDraft => DraftView, COORDINATE;
        /// Throws a draft away.
        DROP_DRAFT: Delete "/api/rounds/{number}/draft" (number: u32) () => (), COORDINATE;
        /// Adds people to a draft; who lives at one address shares a stop.
        ADD_PEOPLE: Post "/api/rounds/{number}/draft/people" (number: u32) AddPeople => DraftView, COORDINATE;
        /// Puts the addresses of a draft in a short order, «au plus proche», the first one staying the first.
        NEAREST: Post "/api/rounds/{number}/draft/nearest" (number: u32) () => DraftView, COORDINATE;
        /// Publishes a draft: its dossiers become facts of the round, and its tablets may take it.
        PUBLISH_ROUND: Post "/api/rounds/{number}/publish" (number: u32) () => RoundView, COORDINATE;
    }
    round {
        /// Lists rounds, the latest day first.
        ROUNDS: Get "/api/rounds" () () => Vec<RoundLine>, READ;
        /// Reads a published round as it is now.
        ROUND: Get "/api/rounds/{number}" (number: u32) () => RoundView, READ;
        /// Gives a published round to these tablets and no others.
        ASSIGN_ROUND: Put "/api/rounds/{number}/tablets" (number: u32) AssignTablets => RoundView, COORDINATE;
        /// Gives a round up.
        CANCEL_ROUND: Post "/api/rounds/{number}/cancel" (number: u32) Because => RoundView, COORDINATE;
        /// Takes a round that is published and not over back into preparation, as it stands; publishing sends what differs.
        CHANGE_ROUND: Post "/api/rounds/{number}/change" (number: u32) () => DraftView, COORDINATE;
        /// Takes over the doses of a tablet that is lost.
        TAKE_OVER: Post "/api/rounds/{number}/custody" (number: u32) TakeOver => RoundView, COORDINATE;
        /// Decides on doses set apart after a temperature outside 2–8 °C.
        DECIDE_APART: Post "/api/rounds/{number}/apart/{load}" (number: u32, load: FactName) DecideApart => RoundView, COORDINATE;
        /// Confirms or contradicts a decision by telephone that a team noted about doses set apart.
        ANSWER_PHONE: Post "/api/rounds/{number}/phone/{decision}" (number: u32, decision: FactName) AnswerPhone => RoundView, COORDINATE;
        /// Gives doses back to the tablet that another took them over from: its data was not gone.
        GIVE_BACK: Post "/api/rounds/{number}/custody/{taken}" (number: u32, taken: FactName) Because => RoundView, COORDINATE;
        /// Explains a difference, of a signed round or one that does not wait for the signature, or says what was done about something
        /// that happened.
        EXPLAIN_GAP: Post "/api/rounds/{number}/gaps" (number: u32) ExplainGap => RoundView, COORDINATE;
    }
    export {
        /// Gives a table of a round: totaux, personnes, issues, doses, lots, contenants, temperatures, decisions-froid,
        /// difficultes, saisies, ecarts or attente, with or without .csv.
        EXPORT_ROUND: Get "/api/rounds/{number}/export/{table}" (number: u32, table: String) () => Csv, READ;
    }
    stock {
        /// Reads lots, products and what waits for a decision.
        STOCK: Get "/api/stock" () OnDay => StockView, READ;
        /// Receives doses of a lot.
        RECEIVE_LOT: Post "/api/stock/lots" () ReceiveLot => (), COORDINATE;
        /// Reads a lot: what was said of it, where its doses are, who received them.
        LOT: Get "/api/stock/lots/{lot}" (lot: String) OfProduct => LotView, READ;
        /// Sets a lot apart: no tablet may use it once it knows.
        ISOLATE_LOT: Post "/api/stock/lots/{lot}/isolate" (lot: String) ChangeLot => (), COORDINATE;
        /// Releases a lot that was set apart.
        RELEASE_LOT: Post "/api/stock/lots/{lot}/release" (lot: String) ChangeLot => (), COORDINATE;
    }
    said {
        /// Lists what the desk said of other things than lots, with every version, the latest first.
        SAID: Get "/api/said" () () => Vec<Said>, READ;
        /// Corrects what the desk said, or withdraws it. Both versions stay readable.
        CORRECT_SAID: Post "/api/said/{fact}" (fact: FactName) CorrectSaid => (), COORDINATE;
    }
    tablet {
        /// Lists tablets and the codes that wait for one.
        TABLETS: Get "/api/tablets" () () => TabletsView, READ;
        /// Makes a code that lets a tablet in.
        NEW_TABLET: Post "/api/tablets" () NewTablet => CodeLine, COORDINATE;
        /// Takes the pen from a tablet: lost, broken, replaced. What it wrote stays.
        RETIRE_TABLET: Post "/api/tablets/{device}/retire" (device: u32) Because => (), COORDINATE;
        /// Accepts or rejects a fact in quarantine.
        DECIDE_QUARANTINE: Post "/api/quarantine" () DecideQuarantine => (), COORDINATE;
    }
    team {
        /// Reads the relay in short.
        RELAY: Get "/api/relay" () () => RelayView, READ;
        /// Names the relay and says where it is.
        NAME_RELAY: Put "/api/relay" () NameRelay => (), COORDINATE;
        /// Names the physician on call.
        NAME_ON_CALL: Put "/api/relay/on-call" () NameOnCall => (), COORDINATE;
        /// Keeps the emergency protocol: the text that a physician wrote, dated and signed beforehand.
        SIGN_PROTOCOL: Put "/api/relay/protocol" () ProtocolLine => (), COORDINATE;
        /// Adds somebody to the relay, or changes her.
        SAVE_ACCOUNT: Post "/api/accounts" () SaveAccount => AccountNo, COORDINATE;
    }
    message {
        /// Lists the relay's messages, the latest first.
        NOTICES: Get "/api/notices" () () => Vec<NoticeLine>, READ;
        /// Sends a message to the relay's teams.
        PUBLISH_NOTICE: Post "/api/notices" () NewNotice => (), COORDINATE;
    }
    directive {
        /// Reads the directives, those in force on a day first.
        DIRECTIVES: Get "/api/directives" () OnDay => DirectivesView, READ;
        /// Reads the JSON Schema of a directive file.
        DIRECTIVE_SCHEMA: Get "/api/directives/schema.json" () () => serde_json::Value, READ;
        /// Reads the text from which a new version of a directive is written; `new` for one that does not exist yet.
        DIRECTIVE_DRAFT: Get "/api/directives/{id}/draft" (id: String) () => DirectiveDraft, READ;
        /// Keeps a text for later, whatever is wrong with it.
        KEEP_DIRECTIVE: Put "/api/directives/{id}/draft" (id: String) DirectiveText => DirectiveDraft, COORDINATE;
        /// Forgets a text that was kept: the next one begins with the version in force.
        DROP_DIRECTIVE: Delete "/api/directives/{id}/draft" (id: String) () => (), COORDINATE;
        /// Looks at a text: problems with their place, differences, worked examples, the grid, the people concerned.
        CHECK_DIRECTIVE: Post "/api/directives/check" () DirectiveText => DirectiveCheck, READ;
        /// Writes a form into its text.
        WRITE_FORM: Post "/api/directives/form" () DirectiveFormIn => DirectiveText, READ;
        /// Publishes a version of a directive of the relay, in the name of its head.
        PUBLISH_DIRECTIVE: Post "/api/directives/publish" () PublishDirective => (), LEAD;
        /// Confirms a version in the name of a physician of the relay: screens no longer say «à valider par un médecin».
        CONFIRM_DIRECTIVE: Post "/api/directives/confirm" () ConfirmDirective => (), CONFIRM;
    }
    season {
        /// Reads the campaigns that are over on a day, each as the form of its next season.
        SEASONS: Get "/api/seasons" () OnDay => SeasonsView, READ;
        /// Writes the text of the season that a form describes, and looks at it from every side.
        SEASON_TEXT: Post "/api/seasons/text" () SeasonForm => SeasonText, READ;
        /// Reads a file of directives from elsewhere: gives its version a name of the relay's own, and looks at it.
        SEASON_FILE: Post "/api/seasons/file" () DirectiveFile => SeasonText, READ;
        /// Adopts a national version in the name of the head of the relay; it counts once a physician confirmed it.
        ADOPT_SEASON: Post "/api/seasons/adopt" () AdoptDirective => (), LEAD;
        /// Reads a version that ships and waits for the head of the relay: what it would replace, and says otherwise.
        HELD_VERSION: Get "/api/seasons/accept" () Shipped => HeldView, READ;
        /// Accepts a version that ships in the place of those that the relay had adopted, in the name of its head.
        ACCEPT_VERSION: Post "/api/seasons/accept" () AcceptShipped => (), LEAD;
    }
    todo {
        /// Reads what waits for the head of the relay.
        TODO_LIST: Get "/api/todo" () () => TodoView, READ;
        /// Counts what waits, line by line.
        TODO_COUNT: Get "/api/todo/count" () () => TodoCount, READ;
    }
    typed {
        /// Lists what this account typed in a form and has not saved, in any of its windows, the newest first.
        TYPED: Get "/api/typed/{form}" (form: String) () => Vec<TypedForm>, COORDINATE;
        /// Keeps what this account types in a form in one window, in the place of what it typed there before. The answer says when.
        KEEP_TYPED: Put "/api/typed/{form}/{window}" (form: String, window: String) TypedForm => TypedForm, COORDINATE;
        /// Forgets what this account typed in a form in one window: it was saved, or thrown away.
        DROP_TYPED: Delete "/api/typed/{form}/{window}" (form: String, window: String) () => (), COORDINATE;
    }
    waiting {
        /// Lists everybody who waits for a later date.
        WAITING: Get "/api/waiting" () () => Vec<WaitingLine>, READ;
        /// Puts somebody of a round's waiting list on the relay's list. Asked twice it adds nobody.
        TAKE_UP: Post "/api/waiting/{round}/{entry}" (round: u32, entry: FactName) () => (), COORDINATE;
    }
    news {
        /// Tells an open desk which scope changed, as it happens: `change` with the scope, or `reload` after too many at once.
        LIVE: Get "/api/live" () () => Events, READ;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Form;

    #[test]
    fn an_address_carries_any_name() {
        assert_eq!(LOT.address(&("Rue Noémie & Cie".to_owned(),)), "/api/stock/lots/Rue%20No%C3%A9mie%20%26%20Cie");
        assert_eq!(EXPORT_ROUND.address(&(3, "issues.csv".to_owned())), "/api/rounds/3/export/issues.csv");
    }

    #[test]
    fn nothing_is_asked_twice_and_every_brace_is_filled() {
        let mut asked: Vec<_> = ALL.iter().map(|entry| (entry.path, entry.method.name())).collect();
        asked.sort_unstable();
        assert!(asked.windows(2).all(|pair| pair[0] != pair[1]));
        for entry in ALL {
            let braces: Vec<_> = entry.path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
            assert_eq!(braces, entry.args, "{}", entry.name);
        }
    }

    #[test]
    fn only_reading_is_open_to_everybody() {
        for entry in ALL.iter().filter(|entry| entry.roles == READ) {
            let works_out = ["CHECK_DIRECTIVE", "WRITE_FORM", "SEASON_TEXT", "SEASON_FILE"];
            assert!(entry.method == Method::Get || works_out.contains(&entry.name), "{}", entry.name);
            assert!(entry.method == Method::Get || entry.got == Form::Json, "{}", entry.name);
        }
    }
}
