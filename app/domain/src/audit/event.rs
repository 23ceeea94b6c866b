//! What an audit event says: who did what to whom. When, from where and with what details is added as it is written.

use uuid::Uuid;

use crate::{
    account::{PersonId, TokenId},
    board,
    case::CaseId,
    catalogue::ProposalId,
    integration::IntegrationId,
    meeting::MeetingId,
    partner::PartnerId,
    review::CampaignId,
    words::words,
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// The program started to serve.
    ServerStarted,
    /// A person was given an account.
    PersonAdded,
    /// A person changed what they are called.
    PersonRenamed,
    /// A person may not sign in any more.
    PersonDisabled,
    /// A person's password was made void and a new link issued.
    PersonReset,
    /// A password was set through a one-time link.
    PasswordSet,
    /// A person changed their own password.
    PasswordChanged,
    /// Somebody signed in gave a wrong current password as they wanted another.
    PasswordChangeFailed,
    /// Somebody proved who they are.
    SignedIn,
    /// Somebody tried and did not.
    SignInFailed,
    /// Somebody tried again before the wait was over; the password was not looked at. Only the first time of each wait is
    /// logged, or a flood would fill the log.
    AttemptRefused,
    /// A person signed out.
    SignedOut,
    /// A person ended one or more of their own sessions.
    SessionsEnded,
    /// A partner's user made a token for the API.
    TokenCreated,
    /// A partner's user made a token of theirs void.
    TokenRevoked,
    /// A partner was registered.
    PartnerAdded,
    /// What the register says of a partner was edited.
    PartnerEdited,
    /// An integration was registered.
    IntegrationAdded,
    /// What the register says of an integration was edited.
    IntegrationEdited,
    /// A version of an integration's manifest was recorded.
    ManifestRecorded,
    /// A partner began to declare what an integration wants.
    DraftStarted,
    /// A partner added, answered or took out a permission.
    DraftChanged,
    /// A partner gave a draft up.
    DraftDeleted,
    /// A partner attached a file or a link to a permission of a draft.
    EvidenceAttached,
    /// A partner took a file or a link out of a draft.
    EvidenceRemoved,
    /// A partner handed a declaration to the boards.
    Submitted,
    /// A partner took back what the boards had not decided yet.
    SubmissionWithdrawn,
    /// A board asked its partner for a change.
    ChangesRequested,
    /// A partner answered what a board asked for.
    RequestAnswered,
    /// A board replied to an answer.
    RequestReplied,
    /// A board has what it asked for.
    RequestResolved,
    /// A member took a position on a ballot.
    PositionTaken,
    /// A member said something about a concern, or its partner did.
    ConcernReplied,
    /// A concern was resolved by who raised it, overruled by two thirds, or dropped by all who objected with it.
    ConcernClosed,
    /// A member would overrule a concern.
    ConcernDisputed,
    /// Too few members of a board may take part: the one with the final word serves for it.
    BallotServed,
    /// A chair closed a ballot after its date.
    BallotClosed,
    /// The boards decided a case, or its time passed.
    Decided,
    /// A partner supplied evidence for a condition that binds.
    ConditionSupplied,
    /// Its owner accepted it as met.
    ConditionAccepted,
    /// Its owner returned what was supplied.
    ConditionReturned,
    /// A condition was not met by its day.
    ConditionOverdue,
    /// Grants of its case were suspended, because it is overdue.
    ConditionSuspended,
    /// Those were restored, because it is met.
    ConditionRestored,
    /// Somebody proposed that an integration moves to another stage.
    TransitionProposed,
    /// An integration moved to another stage.
    StageChanged,
    /// An administrator said when a round of reviews is held.
    CampaignScheduled,
    /// A round of reviews opened.
    CampaignOpened,
    /// An integration came up for review.
    ReviewOpened,
    /// What a review looks at has changed: what was recommended is asked again.
    ReviewRevised,
    /// Somebody proposed to suspend an integration, or to lift its suspension.
    SuspensionProposed,
    /// An integration was suspended.
    Suspended,
    /// A chair suspended an integration, or grants of it, before any vote.
    SuspendedAtOnce,
    /// What was suspended at once stays, until it is lifted.
    SuspensionRatified,
    /// What was suspended at once was not ratified, and is undone.
    SuspensionLapsed,
    /// The suspension of an integration was lifted.
    SuspensionLifted,
    /// A partner appealed a decision.
    AppealMade,
    /// A partner took back an appeal that the boards had not decided yet.
    AppealWithdrawn,
    /// A member would have the boards decide a case again.
    ReopeningProposed,
    /// A second one confirmed that, and a case was opened in its place.
    CaseReopened,
    /// A chair set the day on which the boards look at a decision again, or took it off.
    RevisitSet,
    /// That day has come.
    RevisitDue,
    /// Somebody took records out.
    RecordsExported,
    /// An administrator proposed a change of the catalogue.
    CatalogueChangeProposed,
    /// Another administrator approved it, and the catalogue has a new version.
    CatalogueChangeApproved,
    /// Another administrator declined it.
    CatalogueChangeDeclined,
    /// Its author withdrew it.
    CatalogueChangeWithdrawn,
    /// Somebody declared what they are to a partner, or a chair or an administrator did about them.
    ConflictDeclared,
    /// Somebody said when such a relation ends, and why.
    ConflictEnded,
    /// Somebody said that they have nothing else to declare.
    ConflictsConfirmed,
    /// A member said when they are away.
    LeaveTaken,
    /// A member is back early, or does not go.
    LeaveEnded,
    /// A member of a board gave their seat to a deputy for some days.
    SeatDelegated,
    /// A deputy acts for a member no longer.
    DelegationEnded,
    /// An administrator proposed a change of who sits on a board, or of how it decides.
    BoardChangeProposed,
    /// Another administrator confirmed it, and so it is.
    BoardChangeApproved,
    /// Another administrator declined it.
    BoardChangeDeclined,
    /// Its author withdrew it.
    BoardChangeWithdrawn,
    /// A chair or an administrator planned a meeting of a board.
    MeetingPlanned,
    /// A chair or an administrator changed when or where it is held, or who keeps its minutes.
    MeetingMoved,
    /// A chair or an administrator cancelled it.
    MeetingCancelled,
    /// It took place, and its agenda stands.
    MeetingHeld,
    /// Its secretary wrote down who was present, or what was said of a case.
    MinutesWritten,
    /// Its chair approved the minutes.
    MinutesApproved,
    /// A member put a case before the next meeting of their board.
    CaseDeferred,
    /// The secretary of a meeting recorded the position of a member who was present.
    PositionRecorded,
}

words!(EventKind {
    ServerStarted = "server_started",
    PersonAdded = "person_added",
    PersonRenamed = "person_renamed",
    PersonDisabled = "person_disabled",
    PersonReset = "person_reset",
    PasswordSet = "password_set",
    PasswordChanged = "password_changed",
    PasswordChangeFailed = "password_change_failed",
    SignedIn = "signed_in",
    SignInFailed = "sign_in_failed",
    AttemptRefused = "attempt_refused",
    SignedOut = "signed_out",
    SessionsEnded = "sessions_ended",
    TokenCreated = "token_created",
    TokenRevoked = "token_revoked",
    PartnerAdded = "partner_added",
    PartnerEdited = "partner_edited",
    IntegrationAdded = "integration_added",
    IntegrationEdited = "integration_edited",
    ManifestRecorded = "manifest_recorded",
    DraftStarted = "draft_started",
    DraftChanged = "draft_changed",
    DraftDeleted = "draft_deleted",
    EvidenceAttached = "evidence_attached",
    EvidenceRemoved = "evidence_removed",
    Submitted = "submitted",
    SubmissionWithdrawn = "submission_withdrawn",
    ChangesRequested = "changes_requested",
    RequestAnswered = "request_answered",
    RequestReplied = "request_replied",
    RequestResolved = "request_resolved",
    PositionTaken = "position_taken",
    ConcernReplied = "concern_replied",
    ConcernClosed = "concern_closed",
    ConcernDisputed = "concern_disputed",
    BallotServed = "ballot_served",
    BallotClosed = "ballot_closed",
    Decided = "decided",
    ConditionSupplied = "condition_supplied",
    ConditionAccepted = "condition_accepted",
    ConditionReturned = "condition_returned",
    ConditionOverdue = "condition_overdue",
    ConditionSuspended = "condition_suspended",
    ConditionRestored = "condition_restored",
    TransitionProposed = "transition_proposed",
    StageChanged = "stage_changed",
    CampaignScheduled = "campaign_scheduled",
    CampaignOpened = "campaign_opened",
    ReviewOpened = "review_opened",
    ReviewRevised = "review_revised",
    SuspensionProposed = "suspension_proposed",
    Suspended = "suspended",
    SuspendedAtOnce = "suspended_at_once",
    SuspensionRatified = "suspension_ratified",
    SuspensionLapsed = "suspension_lapsed",
    SuspensionLifted = "suspension_lifted",
    AppealMade = "appeal_made",
    AppealWithdrawn = "appeal_withdrawn",
    ReopeningProposed = "reopening_proposed",
    CaseReopened = "case_reopened",
    RevisitSet = "revisit_set",
    RevisitDue = "revisit_due",
    RecordsExported = "records_exported",
    CatalogueChangeProposed = "catalogue_change_proposed",
    CatalogueChangeApproved = "catalogue_change_approved",
    CatalogueChangeDeclined = "catalogue_change_declined",
    CatalogueChangeWithdrawn = "catalogue_change_withdrawn",
    ConflictDeclared = "conflict_declared",
    ConflictEnded = "conflict_ended",
    ConflictsConfirmed = "conflicts_confirmed",
    LeaveTaken = "leave_taken",
    LeaveEnded = "leave_ended",
    SeatDelegated = "seat_delegated",
    DelegationEnded = "delegation_ended",
    BoardChangeProposed = "board_change_proposed",
    BoardChangeApproved = "board_change_approved",
    BoardChangeDeclined = "board_change_declined",
    BoardChangeWithdrawn = "board_change_withdrawn",
    MeetingPlanned = "meeting_planned",
    MeetingMoved = "meeting_moved",
    MeetingCancelled = "meeting_cancelled",
    MeetingHeld = "meeting_held",
    MinutesWritten = "minutes_written",
    MinutesApproved = "minutes_approved",
    CaseDeferred = "case_deferred",
    PositionRecorded = "position_recorded",
});

impl EventKind {
    /// The words on the page: `Draft changed`.
    pub fn label(self) -> String {
        let words = self.as_str().replace('_', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who has signed in, or proves who they are by this very act.
    Person(PersonId),
    /// A program that a person let in by a token of theirs.
    Token(PersonId, TokenId),
    /// Somebody unknown.
    Anonymous,
    /// Whoever runs the program, at the command line.
    Operator,
    /// The program itself.
    System,
}

impl Actor {
    /// The word in the log.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Token(..) => "token",
            Self::Anonymous => "anonymous",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }

    /// The person who did it, or in whose name it was done.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) | Self::Token(id, _) => Some(id),
            Self::Anonymous | Self::Operator | Self::System => None,
        }
    }

    /// The token by which it was done.
    pub const fn token(self) -> Option<TokenId> {
        match self {
            Self::Token(_, id) => Some(id),
            _ => None,
        }
    }
}

/// What it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A partner.
    Partner(PartnerId),
    /// An integration.
    Integration(IntegrationId),
    /// A case.
    Case(CaseId),
    /// A round of reviews.
    Campaign(CampaignId),
    /// A proposed change of the catalogue.
    Proposal(ProposalId),
    /// A proposed change of a board.
    BoardProposal(board::ProposalId),
    /// A meeting of a board.
    Meeting(MeetingId),
    /// The installation as a whole, or something unknown.
    None,
}

impl Subject {
    /// The word in the log.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Partner(_) => "partner",
            Self::Integration(_) => "integration",
            Self::Case(_) => "case",
            Self::Campaign(_) => "campaign",
            Self::Proposal(_) => "catalogue",
            Self::BoardProposal(_) => "board",
            Self::Meeting(_) => "meeting",
            Self::None => "none",
        }
    }

    /// Its identifier, if it has one.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Person(id) => Some(id.into()),
            Self::Partner(id) => Some(id.into()),
            Self::Integration(id) => Some(id.into()),
            Self::Case(id) => Some(id.into()),
            Self::Campaign(id) => Some(id.into()),
            Self::Proposal(id) => Some(id.into()),
            Self::BoardProposal(id) => Some(id.into()),
            Self::Meeting(id) => Some(id.into()),
            Self::None => None,
        }
    }
}
