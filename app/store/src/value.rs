//! What a bound value is stored as.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{
        Email, FilterName, FilterQuery, IdempotencyKey, PersonId, PersonName, Scopes, SessionId, TokenId, TokenName,
    },
    appeal::{NewFacts, Relief},
    audit::AuditEventId,
    ballot::{
        BallotId, ConcernId, ConcernName, ConcernState, ConditionAct, ConditionId, ConditionState, ConditionText,
        Outcome, Part, PositionId, Reason, Stance, Threshold,
    },
    board::{self, BoardKey, ConflictId, ConflictNote, DelegationId, Kinds, LeaveId, Relation, SeatId},
    case::{CaseId, CaseKind, CaseState, RouteKey},
    catalogue::ProposalId,
    declaration::{Answer, DeclarationId, DeclaredPermissionId},
    evidence::{EvidenceId, EvidenceLink, EvidenceNote, FileName, MediaType},
    grant::{EndCause, GrantId},
    integration::{Description, IntegrationId, IntegrationName, Layers, Stage},
    manifest::{ManifestVersion, SecurityFix},
    meeting::{DeferralId, MeetingId, MeetingPlace, MeetingState, MinutesNote},
    notice::{Delivery, Failure, MailId, NoticeId, NoticeKind},
    partner::{ContactKind, PartnerId, PartnerName, PartnerStatus, Slug, Tier},
    permission::PermissionKey,
    proposal::ProposalState,
    request::{Remark, RequestId, RequestState, Side},
    review::{CampaignId, CampaignKey, Rung},
    suspension::Act,
};
use sqlx::{Encode, Postgres, Sqlite, Type, types::Json};
use uuid::Uuid;

/// A value that can be bound to a query: primitives as themselves, the domain's newtypes by their primitive (the domain
/// may not name sqlx). Rows come back through `#[sqlx(try_from = "String")]` and the like.
pub trait Value {
    /// The primitive that both databases know.
    type Stored: for<'q> Encode<'q, Sqlite>
        + Type<Sqlite>
        + for<'q> Encode<'q, Postgres>
        + Type<Postgres>
        + Send
        + 'static;

    /// The value as it is stored.
    fn stored(self) -> Self::Stored;
}

macro_rules! stored_as_itself {
    ($($type:ty),*) => {$(
        impl Value for $type {
            type Stored = Self;
            fn stored(self) -> Self { self }
        }
    )*};
}

macro_rules! stored_as {
    ($primitive:ty: $($type:ty),*) => {$(
        impl Value for $type {
            type Stored = $primitive;
            fn stored(self) -> $primitive { self.into() }
        }
    )*};
}

stored_as_itself!(bool, i32, i64, String, Vec<u8>, NaiveDate, Uuid);
stored_as!(
    Uuid:
    AuditEventId, BallotId, board::ProposalId, CampaignId, CaseId, ConcernId, ConditionId, ConflictId,
    DeclarationId, DeclaredPermissionId, DeferralId, DelegationId, EvidenceId, GrantId, IntegrationId, LeaveId, MailId, MeetingId,
    NoticeId, PartnerId, PersonId, PositionId, ProposalId, RequestId, SeatId, SessionId, TokenId
);
stored_as!(i64: Tier);
stored_as!(
    String:
    &str, Act, Answer, BoardKey, CampaignKey, CaseKind, CaseState, ConcernName, ConcernState, ConditionAct,
    ConditionState, ConditionText,
    ConflictNote, ContactKind, Delivery, Description, Email, EndCause, EvidenceLink, EvidenceNote, Failure,
    FileName, FilterName, FilterQuery, IdempotencyKey, IntegrationName, Kinds, Layers, ManifestVersion, MediaType,
    MeetingPlace, MeetingState, MinutesNote, NewFacts, NoticeKind, Outcome, Part, PartnerName, PartnerStatus,
    PermissionKey, PersonName, ProposalState, Reason, Relation, Relief, Remark, RequestState, RouteKey, Rung, Scopes,
    SecurityFix, Side, Slug, Stage, Stance, Threshold,
    TokenName
);

/// Instants are cut to microseconds, which is all that Postgres keeps.
impl Value for DateTime<Utc> {
    type Stored = Self;
    fn stored(self) -> Self {
        kwanus_domain::time::to_microseconds(self)
    }
}

/// JSON: `jsonb` on Postgres, text on SQLite.
impl Value for serde_json::Value {
    type Stored = Json<Self>;
    fn stored(self) -> Json<Self> {
        Json(self)
    }
}

impl<T: Value> Value for Option<T>
where
    Option<T::Stored>: for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres>,
{
    type Stored = Option<T::Stored>;
    fn stored(self) -> Self::Stored {
        self.map(Value::stored)
    }
}
