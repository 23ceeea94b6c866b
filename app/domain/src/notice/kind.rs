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
    /// A change of the catalogue waits for another administrator.
    CatalogueChangeProposed,
    /// A board asked their partner for a change.
    ChangesRequested,
    /// A board replied to their partner.
    RequestReplied,
    /// What their partner submitted was decided.
    SubmissionDecided,
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
    CatalogueChangeProposed = "catalogue_change_proposed",
    ChangesRequested = "changes_requested",
    RequestReplied = "request_replied",
    SubmissionDecided = "submission_decided",
    StageChanged = "stage_changed",
    Suspended = "suspended",
    SuspensionLifted = "suspension_lifted",
    MeetingPlanned = "meeting_planned",
    MeetingCancelled = "meeting_cancelled",
    CaseDeferred = "case_deferred",
    PositionRecorded = "position_recorded",
});
