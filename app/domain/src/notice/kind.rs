//! Of what a person is told.

use crate::words::words;

/// Of what a person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// A case, or another revision of it, is before a board of theirs.
    CaseSubmitted,
    /// The partner answered what they asked.
    RequestAnswered,
    /// A ballot passed its date without their position, and is extended.
    BallotExtended,
    /// A case of a board of theirs was decided.
    CaseDecided,
    /// A condition was named that they judge.
    ConditionNamed,
    /// A concern was raised about what their partner submitted.
    ConcernRaised,
    /// Somebody said something about a concern of theirs, or about what their partner submitted.
    ConcernReplied,
    /// A concern of theirs was closed, or one about what their partner submitted.
    ConcernClosed,
    /// A case was withdrawn on which they took a position.
    CaseWithdrawn,
    /// Their partner supplied evidence for a condition of theirs.
    ConditionSupplied,
    /// A condition that they wait for, or have to meet, is overdue.
    ConditionOverdue,
    /// Grants were suspended, because a condition is overdue.
    ConditionSuspended,
    /// What was suspended for a condition is restored.
    ConditionRestored,
    /// A condition of their partner's is met.
    ConditionAccepted,
    /// A board returned what their partner supplied for a condition.
    ConditionReturned,
    /// A change of the catalogue waits for another administrator.
    CatalogueChangeProposed,
    /// A board asked their partner for a change.
    ChangesRequested,
    /// A board replied to their partner.
    RequestReplied,
    /// What their partner submitted was decided.
    SubmissionDecided,
    /// What their partner appealed was decided.
    AppealDecided,
    /// What was decided is before the boards again.
    CaseReopened,
    /// The day has come on which a board of theirs looks at a decision again.
    RevisitDue,
    /// An integration of their partner's moved to another stage.
    StageChanged,
    /// An integration of their partner's was suspended.
    Suspended,
    /// The suspension of an integration of their partner's was lifted.
    SuspensionLifted,
    /// A meeting of a board of theirs was planned or moved.
    MeetingPlanned,
    /// It does not take place.
    MeetingCancelled,
    /// A case was put before the next meeting of a board of theirs.
    CaseDeferred,
    /// The secretary of a meeting recorded their position.
    PositionRecorded,
}

words!(NoticeKind {
    CaseSubmitted = "case_submitted",
    RequestAnswered = "request_answered",
    BallotExtended = "ballot_extended",
    CaseDecided = "case_decided",
    ConditionNamed = "condition_named",
    ConcernRaised = "concern_raised",
    ConcernReplied = "concern_replied",
    ConcernClosed = "concern_closed",
    CaseWithdrawn = "case_withdrawn",
    ConditionSupplied = "condition_supplied",
    ConditionOverdue = "condition_overdue",
    ConditionSuspended = "condition_suspended",
    ConditionRestored = "condition_restored",
    ConditionAccepted = "condition_accepted",
    ConditionReturned = "condition_returned",
    CatalogueChangeProposed = "catalogue_change_proposed",
    ChangesRequested = "changes_requested",
    RequestReplied = "request_replied",
    SubmissionDecided = "submission_decided",
    AppealDecided = "appeal_decided",
    CaseReopened = "case_reopened",
    RevisitDue = "revisit_due",
    StageChanged = "stage_changed",
    Suspended = "suspended",
    SuspensionLifted = "suspension_lifted",
    MeetingPlanned = "meeting_planned",
    MeetingCancelled = "meeting_cancelled",
    CaseDeferred = "case_deferred",
    PositionRecorded = "position_recorded",
});
