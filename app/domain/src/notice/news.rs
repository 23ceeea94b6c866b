//! What happened, in the words of whom it is told to.

use chrono::{DateTime, NaiveDate, Utc};

use super::{NoticeKind, Said};
use crate::{
    account::PersonName,
    ballot::{Outcome, PositionId, Stance, listed},
    board::BoardKey,
    case::CaseRef,
    catalogue::ProposalId,
    integration::{IntegrationName, Stage},
    partner::{PartnerName, Slug},
    permission::PermissionKey,
    time::{show_date, show_instant},
};

/// Which integration of which partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's name in URLs.
    pub partner_slug: Slug,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs, below its partner's.
    pub slug: Slug,
}

impl About {
    fn path(&self) -> String {
        format!("/partners/{}/{}", self.partner_slug, self.slug)
    }
}

/// Something of which people are told. What a partner is told holds nothing that its pages do not show: no names of members,
/// and nobody's position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// To members: a revision of a case is before their board.
    CaseSubmitted {
        /// Which case.
        case: CaseRef,
        /// Which revision of it.
        revision: i64,
        /// Whose.
        about: About,
    },
    /// To who asked: the partner answered in writing, as the thread's entry of that number.
    RequestAnswered {
        /// On which case.
        case: CaseRef,
        /// The number of the request.
        number: i64,
        /// How many entries its thread holds now.
        entries: usize,
    },
    /// To who asked: the partner answered by another revision.
    RequestAnsweredByRevision {
        /// On which case.
        case: CaseRef,
        /// The number of the request.
        number: i64,
        /// Which revision.
        revision: i64,
    },
    /// To members who have taken no position: the ballot passed its date and is extended.
    BallotExtended {
        /// On which case.
        case: CaseRef,
        /// Of which board.
        board: BoardKey,
        /// When it ends for good.
        ends_at: DateTime<Utc>,
    },
    /// To members: a case was decided.
    CaseDecided {
        /// Which.
        case: CaseRef,
        /// How.
        outcome: Outcome,
        /// Whose.
        about: About,
    },
    /// To administrators: another one proposed a change of the catalogue.
    CatalogueChangeProposed {
        /// Which.
        proposal: ProposalId,
        /// What it does, and to what: `Edit read:items.status`.
        what: String,
    },
    /// To a partner: a board asked for a change.
    ChangesRequested {
        /// On which case.
        case: CaseRef,
        /// Which board.
        board: BoardKey,
        /// The number of the request.
        number: i64,
        /// Until when it is to be answered.
        due_at: DateTime<Utc>,
    },
    /// To a partner: a board replied.
    RequestReplied {
        /// On which case.
        case: CaseRef,
        /// Which board.
        board: BoardKey,
        /// The number of the request.
        number: i64,
        /// How many entries its thread holds now.
        entries: usize,
        /// Until when it is to be answered.
        due_at: DateTime<Utc>,
    },
    /// To a partner: what it submitted was decided.
    SubmissionDecided {
        /// Which case.
        case: CaseRef,
        /// How.
        outcome: Outcome,
        /// About what.
        about: About,
    },
    /// To a partner: an integration moved to another stage.
    StageChanged {
        /// By which case.
        case: CaseRef,
        /// To which stage.
        to: Stage,
        /// Which integration.
        about: About,
    },
    /// To a partner: an integration was suspended, or some of its grants.
    Suspended {
        /// By which case.
        case: CaseRef,
        /// Which integration.
        about: About,
        /// The permissions whose grants rest; none where the whole integration does.
        named: Vec<PermissionKey>,
        /// When it lapses by itself, unless it is ratified.
        lapses_at: Option<DateTime<Utc>>,
    },
    /// To a partner: the suspension of an integration ended, or that of some of its grants.
    SuspensionLifted {
        /// By which case.
        case: CaseRef,
        /// Which integration.
        about: About,
        /// The permissions whose grants rested; none where the whole integration did.
        named: Vec<PermissionKey>,
    },
    /// To members: a meeting of their board is planned, or moved.
    MeetingPlanned {
        /// Of which board.
        board: BoardKey,
        /// When it begins.
        starts_at: DateTime<Utc>,
        /// Where.
        place: String,
        /// From which day it was moved, if it was.
        before: Option<NaiveDate>,
    },
    /// To members: a meeting of their board is cancelled.
    MeetingCancelled {
        /// Of which board.
        board: BoardKey,
        /// On which day it would have been.
        day: NaiveDate,
        /// Why.
        reason: String,
    },
    /// To members: a case is on the agenda of a meeting of their board.
    CaseDeferred {
        /// Which.
        case: CaseRef,
        /// Of which board.
        board: BoardKey,
        /// On which day.
        day: NaiveDate,
    },
    /// To a member: the secretary of a meeting recorded their position.
    PositionRecorded {
        /// The position.
        position: PositionId,
        /// On which case.
        case: CaseRef,
        /// For which board.
        board: BoardKey,
        /// At the meeting of which day.
        day: NaiveDate,
        /// What it says.
        stance: Stance,
        /// Who recorded it.
        by: PersonName,
    },
}

impl News {
    /// Of what kind it is.
    #[must_use]
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Self::CaseSubmitted { .. } => NoticeKind::CaseSubmitted,
            Self::RequestAnswered { .. } | Self::RequestAnsweredByRevision { .. } => NoticeKind::RequestAnswered,
            Self::BallotExtended { .. } => NoticeKind::BallotExtended,
            Self::CaseDecided { .. } => NoticeKind::CaseDecided,
            Self::CatalogueChangeProposed { .. } => NoticeKind::CatalogueChangeProposed,
            Self::ChangesRequested { .. } => NoticeKind::ChangesRequested,
            Self::RequestReplied { .. } => NoticeKind::RequestReplied,
            Self::SubmissionDecided { .. } => NoticeKind::SubmissionDecided,
            Self::StageChanged { .. } => NoticeKind::StageChanged,
            Self::Suspended { .. } => NoticeKind::Suspended,
            Self::SuspensionLifted { .. } => NoticeKind::SuspensionLifted,
            Self::MeetingPlanned { .. } => NoticeKind::MeetingPlanned,
            Self::MeetingCancelled { .. } => NoticeKind::MeetingCancelled,
            Self::CaseDeferred { .. } => NoticeKind::CaseDeferred,
            Self::PositionRecorded { .. } => NoticeKind::PositionRecorded,
        }
    }

    /// What makes it this and no other of its kind: nobody is told the same twice.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::CaseSubmitted { case, revision, .. } => format!("{case}/{revision}"),
            Self::RequestAnswered { case, number, entries } | Self::RequestReplied { case, number, entries, .. } => {
                format!("{case}/{number}/{entries}")
            }
            Self::RequestAnsweredByRevision { case, number, revision } => {
                format!("{case}/{number}/revision {revision}")
            }
            Self::BallotExtended { case, board, ends_at } => format!("{case}/{board}/{}", ends_at.date_naive()),
            Self::ChangesRequested { case, number, .. } => format!("{case}/{number}"),
            Self::CatalogueChangeProposed { proposal, .. } => proposal.to_string(),
            Self::CaseDecided { case, .. }
            | Self::SubmissionDecided { case, .. }
            | Self::StageChanged { case, .. }
            | Self::Suspended { case, .. }
            | Self::SuspensionLifted { case, .. } => case.to_string(),
            Self::MeetingPlanned { board, starts_at, place, .. } => {
                format!("{board}/{}/{place}", starts_at.format("%Y-%m-%dT%H:%M"))
            }
            Self::MeetingCancelled { board, day, .. } => format!("{board}/{day}"),
            Self::CaseDeferred { case, board, day } => format!("{case}/{board}/{day}"),
            Self::PositionRecorded { position, .. } => position.to_string(),
        }
    }

    /// What it says, and where it leads.
    #[must_use]
    pub fn said(&self) -> Said {
        Said { title: self.title(), line: self.line(), path: self.path() }
    }

    fn title(&self) -> String {
        match self {
            Self::CaseSubmitted { case, revision: 1, .. } => format!("{case} is before your board"),
            Self::CaseSubmitted { case, revision, .. } => format!("{case}: revision {revision} is before your board"),
            Self::RequestAnswered { case, number, .. } | Self::RequestAnsweredByRevision { case, number, .. } => {
                format!("{case}: request {number} is answered")
            }
            Self::BallotExtended { case, board, .. } => {
                format!("{case}: the ballot of {} is extended", board.monogram())
            }
            Self::CaseDecided { case, outcome, .. } | Self::SubmissionDecided { case, outcome, .. } => match outcome {
                Outcome::Carried => format!("{case} is carried"),
                Outcome::Declined => format!("{case} is declined"),
                Outcome::Reviewed(rung) => format!("{case} is reviewed: {}", rung.label()),
            },
            Self::CatalogueChangeProposed { .. } => {
                "A change of the catalogue waits for another administrator".to_owned()
            }
            Self::ChangesRequested { case, board, .. } => format!("{case}: {} asks for a change", board.monogram()),
            Self::RequestReplied { case, board, .. } => format!("{case}: {} replied", board.monogram()),
            Self::StageChanged { case, to, about } => format!("{case}: {} is in {}", about.integration, to.label()),
            Self::Suspended { case, about, named, .. } if named.is_empty() => {
                format!("{case}: {} is suspended", about.integration)
            }
            Self::Suspended { case, about, .. } => format!("{case}: grants of {} are suspended", about.integration),
            Self::SuspensionLifted { case, about, named } if named.is_empty() => {
                format!("{case}: the suspension of {} has ended", about.integration)
            }
            Self::SuspensionLifted { case, about, .. } => {
                format!("{case}: the suspension of grants of {} has ended", about.integration)
            }
            Self::MeetingPlanned { board, starts_at, before: None, .. } => {
                format!("{} meets on {}", board.monogram(), show_date(starts_at.date_naive()))
            }
            Self::MeetingPlanned { board, starts_at, .. } => {
                format!("The meeting of {} is now on {}", board.monogram(), show_date(starts_at.date_naive()))
            }
            Self::MeetingCancelled { board, day, .. } => {
                format!("The meeting of {} on {} is cancelled", board.monogram(), show_date(*day))
            }
            Self::CaseDeferred { case, board, .. } => {
                format!("{case} is deferred to the next meeting of {}", board.monogram())
            }
            Self::PositionRecorded { case, board, .. } => {
                format!("{case}: your position for {} was recorded for you", board.monogram())
            }
        }
    }

    fn line(&self) -> String {
        match self {
            Self::CaseSubmitted { case, revision, about } => {
                let what = format!("{} about {} of {}", case.kind.label(), about.integration, about.partner);
                if *revision == 1 {
                    format!("{what}.")
                } else {
                    format!("{what}. Positions on earlier revisions count no more.")
                }
            }
            Self::RequestAnswered { .. } => "The partner answered what you asked. It is your board's turn.".to_owned(),
            Self::RequestAnsweredByRevision { revision, .. } => {
                format!("The partner answered what you asked by revision {revision}. It is your board's turn.")
            }
            Self::BallotExtended { ends_at, .. } => {
                format!("It passed its date without your position. It ends on {}.", show_instant(*ends_at))
            }
            Self::CaseDecided { case, about, .. } => {
                format!("{} about {} of {}.", case.kind.label(), about.integration, about.partner)
            }
            Self::CatalogueChangeProposed { what, .. } => format!("What is proposed: {what}."),
            Self::ChangesRequested { number, due_at, .. } | Self::RequestReplied { number, due_at, .. } => {
                format!("Answer request {number} by {}.", show_date(due_at.date_naive()))
            }
            Self::SubmissionDecided { outcome: Outcome::Carried, about, .. } => {
                format!("The boards granted what you asked for {}.", about.integration)
            }
            Self::SubmissionDecided { about, .. } => {
                format!("The boards did not grant what you asked for {}.", about.integration)
            }
            Self::StageChanged { .. } => "The boards carried the step to that stage.".to_owned(),
            Self::Suspended { named, lapses_at, .. } => {
                let until = match lapses_at {
                    Some(at) => {
                        format!("until that is lifted; unless the boards ratify it, it lapses on {}", show_instant(*at))
                    }
                    None => "until that is lifted".to_owned(),
                };
                format!(
                    "{} is in effect {until}.",
                    if named.is_empty() {
                        "Nothing that was granted to it".to_owned()
                    } else {
                        format!("No grant of {}", keys(named))
                    }
                )
            }
            Self::SuspensionLifted { named, .. } if named.is_empty() => {
                "What was granted to it is in effect again.".to_owned()
            }
            Self::SuspensionLifted { named, .. } => format!("In effect again: {}.", keys(named)),
            Self::MeetingPlanned { starts_at, place, before: None, .. } => {
                format!("It begins on {}, {place}.", show_instant(*starts_at))
            }
            Self::MeetingPlanned { starts_at, place, before: Some(before), .. } => {
                format!(
                    "It was planned for {}. It begins on {}, {place}.",
                    show_date(*before),
                    show_instant(*starts_at)
                )
            }
            Self::MeetingCancelled { reason, .. } => format!("Why: {reason}"),
            Self::CaseDeferred { day, .. } => {
                format!("It is on the agenda of {}. Its ballot closes when it would have.", show_date(*day))
            }
            Self::PositionRecorded { day, stance, by, .. } => format!(
                "{by} recorded “{}” at the meeting of {}. Your own position takes its place if you take another.",
                stance.label(),
                show_date(*day)
            ),
        }
    }

    fn path(&self) -> String {
        match self {
            Self::CaseSubmitted { case, .. }
            | Self::BallotExtended { case, .. }
            | Self::CaseDecided { case, .. }
            | Self::PositionRecorded { case, .. } => format!("/cases/{case}"),
            Self::MeetingPlanned { board, starts_at, .. } => {
                format!("/boards/{board}/meetings/{}", starts_at.date_naive())
            }
            Self::MeetingCancelled { board, day, .. } | Self::CaseDeferred { board, day, .. } => {
                format!("/boards/{board}/meetings/{day}")
            }
            Self::RequestAnswered { case, number, .. } | Self::RequestAnsweredByRevision { case, number, .. } => {
                format!("/cases/{case}#request-{number}")
            }
            Self::CatalogueChangeProposed { proposal, .. } => format!("/admin/catalogue/proposals/{proposal}"),
            Self::ChangesRequested { case, number, .. } | Self::RequestReplied { case, number, .. } => {
                format!("/submissions/{case}#request-{number}")
            }
            Self::SubmissionDecided { case, .. } => format!("/submissions/{case}"),
            Self::StageChanged { about, .. } | Self::Suspended { about, .. } | Self::SuspensionLifted { about, .. } => {
                about.path()
            }
        }
    }
}

fn keys(named: &[PermissionKey]) -> String {
    listed(&named.iter().map(ToString::to_string).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(text: &str) -> CaseRef {
        CaseRef::parse(text).unwrap()
    }

    fn about() -> About {
        About {
            partner: PartnerName::parse("Orbit CRM").unwrap(),
            partner_slug: Slug::parse("orbit-crm").unwrap(),
            integration: IntegrationName::parse("Client Timeline").unwrap(),
            slug: Slug::parse("client-timeline").unwrap(),
        }
    }

    fn board() -> BoardKey {
        BoardKey::parse("sco").unwrap()
    }

    fn says(news: &News, title: &str, line: &str, path: &str) {
        assert_eq!(news.said(), Said { title: title.into(), line: line.into(), path: path.into() });
    }

    #[test]
    fn a_member_reads_what_is_before_their_board_and_where() {
        let submitted = |revision| News::CaseSubmitted { case: case("PJ-2026-0042"), revision, about: about() };
        says(
            &submitted(1),
            "PJ-2026-0042 is before your board",
            "Permission justification about Client Timeline of Orbit CRM.",
            "/cases/PJ-2026-0042",
        );
        says(
            &submitted(2),
            "PJ-2026-0042: revision 2 is before your board",
            "Permission justification about Client Timeline of Orbit CRM. Positions on earlier revisions count no more.",
            "/cases/PJ-2026-0042",
        );
        assert_ne!(submitted(1).key(), submitted(2).key());
        says(
            &News::BallotExtended {
                case: case("PJ-2026-0042"),
                board: board(),
                ends_at: "2026-12-09T17:00:00Z".parse().unwrap(),
            },
            "PJ-2026-0042: the ballot of SCO is extended",
            "It passed its date without your position. It ends on Wed 9 Dec 2026, 17:00 UTC.",
            "/cases/PJ-2026-0042",
        );
    }

    #[test]
    fn a_partner_is_led_to_its_own_pages() {
        says(
            &News::ChangesRequested {
                case: case("PJ-2026-0042"),
                board: board(),
                number: 3,
                due_at: "2026-12-02T17:00:00Z".parse().unwrap(),
            },
            "PJ-2026-0042: SCO asks for a change",
            "Answer request 3 by Wed 2 Dec 2026.",
            "/submissions/PJ-2026-0042#request-3",
        );
        says(
            &News::SubmissionDecided { case: case("PJ-2026-0042"), outcome: Outcome::Declined, about: about() },
            "PJ-2026-0042 is declined",
            "The boards did not grant what you asked for Client Timeline.",
            "/submissions/PJ-2026-0042",
        );
        says(
            &News::StageChanged { case: case("LT-2026-0007"), to: Stage::Maintenance, about: about() },
            "LT-2026-0007: Client Timeline is in Maintenance",
            "The boards carried the step to that stage.",
            "/partners/orbit-crm/client-timeline",
        );
    }

    #[test]
    fn each_answer_in_a_thread_is_told_and_none_twice() {
        let answered = |entries| News::RequestAnswered { case: case("PJ-2026-0042"), number: 1, entries }.key();
        let revised = News::RequestAnsweredByRevision { case: case("PJ-2026-0042"), number: 1, revision: 2 };
        assert_eq!(answered(2), answered(2));
        assert!(answered(2) != answered(4) && answered(2) != revised.key());
        assert_eq!(revised.kind(), NoticeKind::RequestAnswered);
    }
}
