//! What happened, in the words of whom it is told to.

use chrono::{DateTime, NaiveDate, Utc};

use super::{NoticeKind, Said};
use crate::{
    account::PersonName,
    ballot::{ConcernState, Outcome, PositionId, Reason, Stance, listed},
    board::BoardKey,
    case::{CaseKind, CaseRef},
    catalogue::ProposalId,
    integration::{IntegrationName, Stage},
    partner::{PartnerName, Slug},
    permission::PermissionKey,
    request::Side,
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
    /// To who judges conditions: somebody named them with an approval.
    ConditionNamed {
        /// On which case.
        case: CaseRef,
        /// For which board.
        board: BoardKey,
        /// With which position.
        position: PositionId,
    },
    /// To a partner: a board raised a concern.
    ConcernRaised {
        /// On which case.
        case: CaseRef,
        /// Which board.
        board: BoardKey,
        /// The number of the concern.
        number: i64,
    },
    /// To who raised a concern, and to the partner: something was said about it.
    ConcernReplied {
        /// On which case.
        case: CaseRef,
        /// The number of the concern.
        number: i64,
        /// How many entries its thread holds now.
        entries: usize,
        /// To which side.
        side: Side,
    },
    /// To who raised a concern, and to the partner: it was closed.
    ConcernClosed {
        /// On which case.
        case: CaseRef,
        /// The number of the concern.
        number: i64,
        /// What became of it.
        state: ConcernState,
        /// To which side.
        side: Side,
    },
    /// To members who took a position: the partner withdrew the case.
    CaseWithdrawn {
        /// Which.
        case: CaseRef,
        /// Whose.
        about: About,
    },
    /// To who judges a condition: the partner supplied evidence.
    ConditionSupplied {
        /// On which case.
        case: CaseRef,
        /// The number of the condition.
        number: i64,
        /// How many steps were taken about it.
        steps: usize,
    },
    /// To a partner: a board accepted a condition as met, or returned what was supplied.
    ConditionJudged {
        /// On which case.
        case: CaseRef,
        /// Which board.
        board: BoardKey,
        /// The number of the condition.
        number: i64,
        /// Whether it is met.
        is_met: bool,
        /// How many steps were taken about it.
        steps: usize,
    },
    /// To both sides: a condition was not met by its day.
    ConditionOverdue {
        /// On which case.
        case: CaseRef,
        /// The number of the condition.
        number: i64,
        /// When it suspends grants, if it does.
        suspends_at: Option<DateTime<Utc>>,
        /// To which side.
        side: Side,
    },
    /// To both sides: grants were suspended, because a condition is overdue.
    ConditionSuspended {
        /// On which case.
        case: CaseRef,
        /// The number of the condition.
        number: i64,
        /// The permissions whose grants rest.
        named: Vec<PermissionKey>,
        /// To which side.
        side: Side,
    },
    /// To a partner: what was suspended for conditions of a case is restored.
    ConditionRestored {
        /// On which case.
        case: CaseRef,
        /// The number of the condition that is met.
        number: i64,
        /// The permissions whose grants rested.
        named: Vec<PermissionKey>,
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
        /// The last day on which it can be appealed, where it can.
        appeal_until: Option<NaiveDate>,
    },
    /// To a partner: what it appealed was decided.
    AppealDecided {
        /// Which case.
        case: CaseRef,
        /// How.
        outcome: Outcome,
        /// The case whose decision it appealed.
        appealed: CaseRef,
        /// Whose.
        about: About,
    },
    /// To members, and to a partner: what was decided is before the boards again.
    CaseReopened {
        /// What was decided.
        case: CaseRef,
        /// The case in its place.
        opened: CaseRef,
        /// Whose.
        about: About,
        /// Whether the partner is told.
        is_own: bool,
    },
    /// To members: the day has come on which they look at a decision again.
    RevisitDue {
        /// Which case.
        case: CaseRef,
        /// Whose.
        about: About,
        /// The day.
        day: NaiveDate,
        /// Why.
        reason: Reason,
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
            Self::ConditionNamed { .. } => NoticeKind::ConditionNamed,
            Self::ConcernRaised { .. } => NoticeKind::ConcernRaised,
            Self::ConcernReplied { .. } => NoticeKind::ConcernReplied,
            Self::ConcernClosed { .. } => NoticeKind::ConcernClosed,
            Self::CaseWithdrawn { .. } => NoticeKind::CaseWithdrawn,
            Self::ConditionSupplied { .. } => NoticeKind::ConditionSupplied,
            Self::ConditionJudged { is_met: true, .. } => NoticeKind::ConditionAccepted,
            Self::ConditionJudged { is_met: false, .. } => NoticeKind::ConditionReturned,
            Self::ConditionOverdue { .. } => NoticeKind::ConditionOverdue,
            Self::ConditionSuspended { .. } => NoticeKind::ConditionSuspended,
            Self::ConditionRestored { .. } => NoticeKind::ConditionRestored,
            Self::CatalogueChangeProposed { .. } => NoticeKind::CatalogueChangeProposed,
            Self::ChangesRequested { .. } => NoticeKind::ChangesRequested,
            Self::RequestReplied { .. } => NoticeKind::RequestReplied,
            Self::SubmissionDecided { .. } => NoticeKind::SubmissionDecided,
            Self::AppealDecided { .. } => NoticeKind::AppealDecided,
            Self::CaseReopened { .. } => NoticeKind::CaseReopened,
            Self::RevisitDue { .. } => NoticeKind::RevisitDue,
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
            Self::ConditionNamed { case, position, .. } => format!("{case}/{position}"),
            Self::ConcernReplied { case, number, entries, .. } => format!("{case}/{number}/{entries}"),
            Self::ConditionSupplied { case, number, steps } | Self::ConditionJudged { case, number, steps, .. } => {
                format!("{case}/{number}/{steps}")
            }
            Self::ChangesRequested { case, number, .. }
            | Self::ConcernRaised { case, number, .. }
            | Self::ConcernClosed { case, number, .. }
            | Self::ConditionOverdue { case, number, .. }
            | Self::ConditionSuspended { case, number, .. }
            | Self::ConditionRestored { case, number, .. } => format!("{case}/{number}"),
            Self::CatalogueChangeProposed { proposal, .. } => proposal.to_string(),
            Self::CaseDecided { case, .. }
            | Self::CaseWithdrawn { case, .. }
            | Self::SubmissionDecided { case, .. }
            | Self::AppealDecided { case, .. }
            | Self::StageChanged { case, .. }
            | Self::Suspended { case, .. }
            | Self::SuspensionLifted { case, .. } => case.to_string(),
            Self::CaseReopened { opened, .. } => opened.to_string(),
            Self::RevisitDue { case, day, .. } => format!("{case}/{day}"),
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
            Self::CaseDecided { case, outcome, .. }
            | Self::SubmissionDecided { case, outcome, .. }
            | Self::AppealDecided { case, outcome, .. } => match outcome {
                Outcome::Carried => format!("{case} is carried"),
                Outcome::Declined => format!("{case} is declined"),
                Outcome::Reviewed(rung) => format!("{case} is reviewed: {}", rung.label()),
            },
            Self::ConditionNamed { case, board, .. } => format!("{case}: a condition of {} is yours", board.monogram()),
            Self::ConcernRaised { case, board, .. } => format!("{case}: {} raised a concern", board.monogram()),
            Self::ConcernReplied { case, number, .. } => format!("{case}: a reply to concern {number}"),
            Self::ConcernClosed { case, number, state, .. } => {
                format!("{case}: concern {number} is {}", state.label().to_lowercase())
            }
            Self::CaseWithdrawn { case, .. } => format!("{case} was withdrawn"),
            Self::ConditionSupplied { case, number, .. } => format!("{case}: evidence for condition {number}"),
            Self::ConditionJudged { case, number, is_met: true, .. } => format!("{case}: condition {number} is met"),
            Self::ConditionJudged { case, board, number, .. } => {
                format!("{case}: {} returned your evidence for condition {number}", board.monogram())
            }
            Self::ConditionOverdue { case, number, .. } => format!("{case}: condition {number} is overdue"),
            Self::ConditionSuspended { case, number, .. } => {
                format!("{case}: grants are suspended for condition {number}")
            }
            Self::ConditionRestored { case, .. } => format!("{case}: its grants are restored"),
            Self::CatalogueChangeProposed { .. } => {
                "A change of the catalogue waits for another administrator".to_owned()
            }
            Self::ChangesRequested { case, board, .. } => format!("{case}: {} asks for a change", board.monogram()),
            Self::RequestReplied { case, board, .. } => format!("{case}: {} replied", board.monogram()),
            Self::CaseReopened { case, opened, .. } => format!("{case} is reopened, as {opened}"),
            Self::RevisitDue { case, about, .. } => format!("{case} is to be looked at again: {}", about.integration),
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

    #[allow(clippy::too_many_lines, reason = "an arm for each piece of news")]
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
            Self::ConditionNamed { .. } => "Once the case is carried, you say whether it is met.".to_owned(),
            Self::ConcernRaised { number, .. } => format!("It holds the board. Answer concern {number}."),
            Self::ConcernReplied { side: Side::Board, .. } => "Resolve it once it is answered, or reply.".to_owned(),
            Self::ConcernReplied { .. } => "Read what the boards say, and answer.".to_owned(),
            Self::ConcernClosed { .. } => "It holds the board no longer.".to_owned(),
            Self::CaseWithdrawn { about, .. } => {
                format!(
                    "{} withdrew what it asked for {}. Your position counts for nothing.",
                    about.partner, about.integration
                )
            }
            Self::ConditionSupplied { .. } => "Accept the condition as met, or return what was supplied.".to_owned(),
            Self::ConditionJudged { board, is_met: true, .. } => {
                format!("{} accepted what you supplied.", board.monogram())
            }
            Self::ConditionJudged { .. } => "Read why, and supply other evidence.".to_owned(),
            Self::ConditionOverdue { suspends_at, side, .. } => {
                let what = match side {
                    Side::Partner => "You have not shown that it is met, and its day is over.",
                    Side::Board => "The partner has not shown that it is met, and its day is over.",
                };
                match suspends_at {
                    Some(at) => format!("{what} Left so, it suspends the grants of the case on {}.", show_instant(*at)),
                    None => what.to_owned(),
                }
            }
            Self::ConditionSuspended { number, named, .. } => {
                format!("No grant of {} is in effect until condition {number} is met.", keys(named))
            }
            Self::CatalogueChangeProposed { what, .. } => format!("What is proposed: {what}."),
            Self::ChangesRequested { number, due_at, .. } | Self::RequestReplied { number, due_at, .. } => {
                format!("Answer request {number} by {}.", show_date(due_at.date_naive()))
            }
            Self::SubmissionDecided { outcome: Outcome::Carried, about, .. } => {
                format!("The boards granted what you asked for {}.", about.integration)
            }
            Self::SubmissionDecided { about, appeal_until, .. } => {
                let declined = format!("The boards did not grant what you asked for {}.", about.integration);
                match appeal_until {
                    Some(day) => format!("{declined} You can appeal until {}.", show_date(*day)),
                    None => declined,
                }
            }
            Self::AppealDecided { outcome: Outcome::Carried, appealed, .. } => {
                format!("The boards carried your appeal of {appealed}: what it asks for is in effect.")
            }
            Self::AppealDecided { appealed, .. } => {
                format!("The boards declined your appeal of {appealed}. Nothing changes, and that is final.")
            }
            Self::CaseReopened { opened, about, .. } => {
                let kind = opened.kind.label();
                format!("{kind} about {} of {}: two members gave new facts.", about.integration, about.partner)
            }
            Self::RevisitDue { day, reason, .. } => format!("It was set for {}. Why: {reason}", show_date(*day)),
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
            Self::SuspensionLifted { named, .. } | Self::ConditionRestored { named, .. } => {
                format!("In effect again: {}.", keys(named))
            }
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
            | Self::CaseWithdrawn { case, .. }
            | Self::RevisitDue { case, .. }
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
            Self::ConditionNamed { case, .. } => format!("/cases/{case}#h-conditions"),
            Self::ConcernReplied { case, number, side: Side::Board, .. }
            | Self::ConcernClosed { case, number, side: Side::Board, .. } => format!("/cases/{case}#concern-{number}"),
            Self::ConcernRaised { case, number, .. }
            | Self::ConcernReplied { case, number, .. }
            | Self::ConcernClosed { case, number, .. } => format!("/submissions/{case}#concern-{number}"),
            Self::ConditionSupplied { case, number, .. }
            | Self::ConditionOverdue { case, number, side: Side::Board, .. }
            | Self::ConditionSuspended { case, number, side: Side::Board, .. } => {
                format!("/cases/{case}#condition-{number}")
            }
            Self::ConditionJudged { case, number, .. }
            | Self::ConditionOverdue { case, number, .. }
            | Self::ConditionSuspended { case, number, .. }
            | Self::ConditionRestored { case, number, .. } => format!("/submissions/{case}#condition-{number}"),
            Self::CatalogueChangeProposed { proposal, .. } => format!("/admin/catalogue/proposals/{proposal}"),
            Self::ChangesRequested { case, number, .. } | Self::RequestReplied { case, number, .. } => {
                format!("/submissions/{case}#request-{number}")
            }
            Self::SubmissionDecided { case, appeal_until: Some(_), .. } => format!("/submissions/{case}#appeal"),
            Self::SubmissionDecided { case, .. } => format!("/submissions/{case}"),
            Self::AppealDecided { appealed, .. } if appealed.kind == CaseKind::PermissionJustification => {
                format!("/submissions/{appealed}/appeal")
            }
            Self::AppealDecided { appealed, about, .. } => format!("{}/appeal/{appealed}", about.path()),
            Self::CaseReopened { opened, is_own: false, .. } => format!("/cases/{opened}"),
            Self::CaseReopened { opened, .. } if opened.kind == CaseKind::PermissionJustification => {
                format!("/submissions/{opened}")
            }
            Self::CaseReopened { about, .. } => about.path(),
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
            &News::SubmissionDecided {
                case: case("PJ-2026-0042"),
                outcome: Outcome::Declined,
                about: about(),
                appeal_until: None,
            },
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
    fn a_partner_reads_until_when_it_can_appeal_and_what_came_of_it() {
        says(
            &News::SubmissionDecided {
                case: case("PJ-2026-0042"),
                outcome: Outcome::Declined,
                about: about(),
                appeal_until: Some("2026-12-18".parse().unwrap()),
            },
            "PJ-2026-0042 is declined",
            "The boards did not grant what you asked for Client Timeline. You can appeal until Fri 18 Dec 2026.",
            "/submissions/PJ-2026-0042#appeal",
        );
        let decided = |outcome, appealed| News::AppealDecided {
            case: case("AP-2026-0003"),
            outcome,
            appealed: case(appealed),
            about: about(),
        };
        says(
            &decided(Outcome::Carried, "PJ-2026-0042"),
            "AP-2026-0003 is carried",
            "The boards carried your appeal of PJ-2026-0042: what it asks for is in effect.",
            "/submissions/PJ-2026-0042/appeal",
        );
        says(
            &decided(Outcome::Declined, "EM-2026-0001"),
            "AP-2026-0003 is declined",
            "The boards declined your appeal of EM-2026-0001. Nothing changes, and that is final.",
            "/partners/orbit-crm/client-timeline/appeal/EM-2026-0001",
        );
    }

    #[test]
    fn each_side_reads_of_a_condition_on_its_own_page() {
        let overdue = |side| News::ConditionOverdue {
            case: case("PJ-2026-0042"),
            number: 2,
            suspends_at: Some("2026-12-09T00:00:00Z".parse().unwrap()),
            side,
        };
        says(
            &overdue(Side::Partner),
            "PJ-2026-0042: condition 2 is overdue",
            "You have not shown that it is met, and its day is over. Left so, it suspends the grants of the case on \
             Wed 9 Dec 2026, 00:00 UTC.",
            "/submissions/PJ-2026-0042#condition-2",
        );
        assert_eq!(overdue(Side::Board).said().path, "/cases/PJ-2026-0042#condition-2");
        let judged =
            |is_met| News::ConditionJudged { case: case("PJ-2026-0042"), board: board(), number: 2, is_met, steps: 2 };
        assert_eq!(judged(false).said().title, "PJ-2026-0042: SCO returned your evidence for condition 2");
        assert_ne!(judged(false).kind(), judged(true).kind());
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
