//! Addresses of the API about messages to the tablets.

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::relay::Relay;
use crate::errors::ApiError;
use perron_desk_api::{Code, NewNotice, NoticeLine, NoticeReadLine, routes};
use perron_domain::CommonCommand;
use perron_domain::fact::NoticePublished;
use perron_domain::name::FactName;
use perron_domain::state::RoundState;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::NOTICES, notices).at(routes::PUBLISH_NOTICE, publish_notice)
}

async fn notices(Caller { hub, .. }: Caller, (): (), (): ()) -> Answer<Vec<NoticeLine>> {
    let mut notices: Vec<NoticeLine> = hub.look(|relay| {
        let notices = relay.common.notices.iter();
        notices.map(|(name, notice)| notice_line(relay, *name, notice)).collect()
    });
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.at));
    Ok(notices)
}

/// Returns a message with the teams that read it, and those under way or to come that have not.
fn notice_line(relay: &Relay<'_>, name: FactName, notice: &NoticePublished) -> NoticeLine {
    let label = |round: &RoundState| round.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default();
    let read = relay.rounds.values().filter_map(|round| {
        let (by, at) = round.notices_read.get(&name)?;
        Some(NoticeReadLine { label: label(round), by: relay.common.account_name(*by), at: *at })
    });
    let open = |round: &&RoundState| {
        round.published
            && round.cancelled.is_none()
            && round.closed_at.is_none()
            && !round.notices_read.contains_key(&name)
    };
    NoticeLine {
        notice: name,
        title: notice.title.clone(),
        text: notice.text.clone(),
        link: notice.link.clone(),
        at: notice.at,
        read: read.collect(),
        unread: relay.rounds.values().filter(open).map(label).collect(),
    }
}

async fn publish_notice(Caller { hub, author }: Caller, (): (), new: NewNotice) -> Answer<()> {
    let at = crate::clock::now();
    let link = new.link.filter(|link| !link.is_empty());
    if link.as_deref().is_some_and(|link| !link.starts_with("https://")) {
        return Err(ApiError::bad_request(Code::Link, "Le lien doit commencer par https://."));
    }
    let notice = NoticePublished { title: new.title, text: new.text, link, at };
    hub.common_command(author, CommonCommand::PublishNotice(notice)).await?;
    Ok(())
}
