//! The audit log: appended to, never changed. A trigger on each database refuses anything else.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{
    account::PersonId,
    audit::{Actor, AuditEventId, EventKind, Subject},
    uuid_v7,
};
use uuid::Uuid;

use crate::{Result, Tx};

/// Where an act came from: personal data, kept beside the log so that it can be purged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address of the client.
    pub address: String,
    /// What the client says it is.
    pub user_agent: String,
}

/// An event to be appended in the transaction of the act that it records.
#[derive(Debug)]
pub struct Event<'e> {
    /// What happened.
    pub kind: EventKind,
    /// Who did it.
    pub actor: Actor,
    /// To what.
    pub subject: Subject,
    /// From where, for acts that come over the network.
    pub origin: Option<&'e Origin>,
    /// What else there is to know. No secret.
    pub details: serde_json::Value,
}

/// Appends an event.
pub async fn append(tx: &mut Tx, event: Event<'_>) -> Result<AuditEventId> {
    let id: AuditEventId = tx.new_id();
    let now = tx.now();
    let mut details = event.details;
    if let (Some(token), Some(details)) = (event.actor.token(), details.as_object_mut()) {
        // Whoever finds a token lost finds what was done by it.
        details.insert("token".to_owned(), token.to_string().into());
    }
    tx.query(
        "INSERT INTO audit_event (id, occurred_at, kind, actor_kind, actor_id, subject_kind, subject_id, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(now)
    .bind(event.kind.as_str())
    .bind(event.actor.kind())
    .bind(event.actor.person())
    .bind(event.subject.kind())
    .bind(event.subject.id())
    .bind(details)
    .execute()
    .await?;
    if let Some(origin) = event.origin {
        tx.query("INSERT INTO audit_origin (event_id, address, user_agent) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(&*origin.address)
            .bind(&*origin.user_agent)
            .execute()
            .await?;
    }
    Ok(id)
}

/// The newest event, by which anybody who waits sees that something changed.
pub async fn newest(tx: &mut Tx) -> Result<Option<AuditEventId>> {
    let row: Option<(Uuid,)> = tx.query("SELECT id FROM audit_event ORDER BY id DESC LIMIT 1").optional().await?;
    Ok(row.map(|(id,)| id.into()))
}

/// How many events bear an identifier of the last minute.
pub async fn count_recent(tx: &mut Tx) -> Result<i64> {
    let since = uuid_v7(tx.now() - Duration::minutes(1), [0; 8]);
    let (count,): (i64,) = tx.query("SELECT COUNT(*) FROM audit_event WHERE id > $1").bind(since).one().await?;
    Ok(count)
}

/// An event read back, without its origin.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// What happened.
    pub kind: String,
    /// Who did it, in kind.
    pub actor_kind: String,
    /// Who did it, if a person.
    pub actor_id: Option<Uuid>,
    /// To what.
    pub subject_id: Option<Uuid>,
    /// What else there is to know.
    pub details: sqlx::types::Json<serde_json::Value>,
}

/// Up to `limit` of the newest events, the newest first.
pub async fn list_newest(tx: &mut Tx, limit: u8) -> Result<Vec<EventRow>> {
    tx.query("SELECT kind, actor_kind, actor_id, subject_id, details FROM audit_event ORDER BY id DESC LIMIT $1")
        .bind(i64::from(limit))
        .all()
        .await
}

/// What one looks for in the log; everything that is not said is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// What happened.
    pub kind: Option<EventKind>,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// About what.
    pub subject: Option<Uuid>,
    /// On this day or later.
    pub from: Option<NaiveDate>,
    /// On this day or earlier.
    pub until: Option<NaiveDate>,
}

/// An event as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LogRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: AuditEventId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// What happened.
    #[sqlx(try_from = "String")]
    pub kind: EventKind,
    /// Who did it, in kind.
    pub actor_kind: String,
    /// The name of the person who did it, if one did.
    pub actor_name: Option<String>,
    /// To what, in kind.
    pub subject_kind: String,
    /// To what.
    pub subject_id: Option<Uuid>,
    /// What else there is to know.
    pub details: sqlx::types::Json<serde_json::Value>,
}

macro_rules! select_log {
    () => {
        "SELECT audit_event.id, audit_event.occurred_at, audit_event.kind, audit_event.actor_kind, person.name AS actor_name,
            audit_event.subject_kind, audit_event.subject_id, audit_event.details
         FROM audit_event LEFT JOIN person ON person.id = audit_event.actor_id"
    };
}

/// The first identifier of a day: identifiers sort as their events happened.
fn begin(day: NaiveDate) -> AuditEventId {
    uuid_v7(day.and_time(NaiveTime::MIN).and_utc(), [0; 8]).into()
}

/// Up to `limit` events that the filter lets through, the newest first, those before `before`.
pub async fn list(tx: &mut Tx, filter: &AuditFilter, before: Option<AuditEventId>, limit: u8) -> Result<Vec<LogRow>> {
    tx.query(concat!(select_log!(), " WHERE TRUE"))
        .append_if(" AND audit_event.kind = {}", filter.kind.map(EventKind::as_str))
        .append_if(" AND audit_event.actor_id = {}", filter.actor)
        .append_if(" AND audit_event.subject_id = {}", filter.subject)
        .append_if(" AND audit_event.id >= {}", filter.from.map(begin))
        .append_if(" AND audit_event.id < {}", filter.until.and_then(|day| day.succ_opt()).map(begin))
        .append_if(" AND audit_event.id < {}", before)
        .append(" ORDER BY audit_event.id DESC LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// The event of that identifier.
pub async fn lookup(tx: &mut Tx, id: AuditEventId) -> Result<Option<LogRow>> {
    tx.query(concat!(select_log!(), " WHERE audit_event.id = $1")).bind(id).optional().await
}

/// An event of the history of something.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HistoryRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: AuditEventId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// What happened.
    #[sqlx(try_from = "String")]
    pub kind: EventKind,
    /// The name of the person who did it, if one did.
    pub actor_name: Option<String>,
    /// What else there is to know.
    pub details: sqlx::types::Json<serde_json::Value>,
}

/// Up to `limit` events about something, the newest first, those before `before`, without what a partner did to a draft.
pub async fn list_of_subject(
    tx: &mut Tx,
    subject: Subject,
    before: Option<AuditEventId>,
    limit: u8,
) -> Result<Vec<HistoryRow>> {
    tx.query(
        "SELECT audit_event.id, audit_event.occurred_at, audit_event.kind, person.name AS actor_name, audit_event.details
         FROM audit_event LEFT JOIN person ON person.id = audit_event.actor_id
         WHERE audit_event.subject_id = $1
            AND audit_event.kind NOT IN ('draft_started', 'draft_changed', 'draft_deleted')",
    )
    .bind(subject.id())
    .append_if(" AND audit_event.id < {}", before)
    .append(" ORDER BY audit_event.id DESC LIMIT {}", i64::from(limit))
    .all()
    .await
}

/// When somebody last added a person's account, or reset it, which lets in again who was disabled: at that instant or later.
pub async fn last_let_in(
    tx: &mut Tx,
    person: PersonId,
    by: PersonId,
    since: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let first: AuditEventId = uuid_v7(since, [0; 8]).into();
    let row: Option<(DateTime<Utc>,)> = tx
        .query(
            "SELECT occurred_at FROM audit_event
             WHERE subject_id = $1 AND actor_id = $2 AND kind IN ('person_added', 'person_reset') AND id >= $3
             ORDER BY id DESC LIMIT 1",
        )
        .bind(person)
        .bind(by)
        .bind(first)
        .optional()
        .await?;
    Ok(row.map(|(at,)| at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Sql,
        testing::{on_both_databases, on_both_databases_with_clock},
    };

    fn started() -> Event<'static> {
        Event {
            kind: EventKind::ServerStarted,
            actor: Actor::System,
            subject: Subject::None,
            origin: None,
            details: serde_json::json!({"version": "1"}),
        }
    }

    #[tokio::test]
    async fn an_event_is_read_as_it_was_written() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let id = append(&mut tx, started()).await.unwrap();
            assert_eq!(newest(&mut tx).await.unwrap(), Some(id));
            let rows = list_newest(&mut tx, 10).await.unwrap();
            assert_eq!(
                (rows[0].kind.as_str(), &rows[0].details.0),
                ("server_started", &serde_json::json!({"version": "1"}))
            );
        })
        .await;
    }

    #[tokio::test]
    async fn the_history_of_a_thing_is_its_own() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, helio): (Uuid, Uuid) = (tx.new_id(), tx.new_id());
            for (partner, kind) in
                [(orbit, EventKind::PartnerAdded), (helio, EventKind::PartnerAdded), (orbit, EventKind::PartnerEdited)]
            {
                append(&mut tx, Event { kind, subject: Subject::Partner(partner.into()), ..started() }).await.unwrap();
            }
            let history = list_of_subject(&mut tx, Subject::Partner(orbit.into()), None, 10).await.unwrap();
            let kinds: Vec<_> = history.iter().map(|row| row.kind).collect();
            assert_eq!(kinds, [EventKind::PartnerEdited, EventKind::PartnerAdded]);
            assert_eq!((history[0].occurred_at, &history[0].actor_name), (tx.now(), &None));
            let earlier =
                list_of_subject(&mut tx, Subject::Partner(orbit.into()), Some(history[0].id), 10).await.unwrap();
            assert_eq!(earlier, history[1..]);
        })
        .await;
    }

    #[tokio::test]
    async fn who_let_somebody_in_is_known_with_when() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (author, second): (PersonId, PersonId) = (tx.new_id(), tx.new_id());
            let begin = tx.now();
            for (by, kind) in [
                (author, EventKind::PersonAdded),
                (author, EventKind::PersonReset),
                (second, EventKind::PersonReset),
                (author, EventKind::PersonDisabled),
            ] {
                let actor = Actor::Person(by);
                let event = Event { kind, actor, subject: Subject::Person(second), ..started() };
                append(&mut tx, event).await.unwrap();
                clock.advance(Duration::days(1));
            }
            let reset = begin + Duration::days(1);
            assert_eq!(last_let_in(&mut tx, second, author, begin).await.unwrap(), Some(reset));
            assert_eq!(last_let_in(&mut tx, second, author, reset).await.unwrap(), Some(reset));
            assert_eq!(last_let_in(&mut tx, second, author, reset + Duration::hours(1)).await.unwrap(), None);
            assert_eq!(last_let_in(&mut tx, author, second, begin).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn the_log_is_filtered_and_paged_by_its_identifiers() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let mut ids = Vec::new();
            for kind in [EventKind::ServerStarted, EventKind::PartnerAdded, EventKind::ServerStarted] {
                ids.push(append(&mut tx, Event { kind, ..started() }).await.unwrap());
                clock.advance(Duration::days(1));
            }
            let found = async |tx: &mut Tx, filter: AuditFilter, before| {
                list(tx, &filter, before, 10).await.unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            let all = AuditFilter::default();
            assert_eq!(found(&mut tx, all.clone(), None).await, [ids[2], ids[1], ids[0]]);
            assert_eq!(found(&mut tx, all, Some(ids[1])).await, [ids[0]]);
            let started = AuditFilter { kind: Some(EventKind::ServerStarted), ..AuditFilter::default() };
            assert_eq!(found(&mut tx, started, None).await, [ids[2], ids[0]]);
            let day = Some("2026-11-19".parse().unwrap());
            let then = AuditFilter { from: day, until: day, ..AuditFilter::default() };
            assert_eq!(found(&mut tx, then, None).await, [ids[1]]);
            assert_eq!(lookup(&mut tx, ids[1]).await.unwrap().unwrap().kind, EventKind::PartnerAdded);
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_changes_or_deletes_an_event_but_its_origin_can_be_purged() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let origin = Origin { address: "192.0.2.7".into(), user_agent: "Test".into() };
            append(&mut tx, Event { origin: Some(&origin), ..started() }).await.unwrap();
            tx.commit().await.unwrap();
            let copy = "INTO audit_event SELECT id, occurred_at, 'forged', actor_kind, actor_id, subject_kind, subject_id, details FROM audit_event WHERE TRUE";
            let replace = Sql::pair(
                format!("REPLACE {copy}").leak(),
                format!("INSERT {copy} ON CONFLICT (id) DO UPDATE SET kind = excluded.kind").leak(),
            );
            for sql in ["UPDATE audit_event SET kind = 'other'".into(), "DELETE FROM audit_event".into(), replace] {
                let mut tx = db.write().await.unwrap();
                assert!(tx.query(sql).execute().await.is_err());
            }
            assert_eq!(list_newest(&mut db.read().await.unwrap(), 1).await.unwrap()[0].kind, "server_started");
            let mut tx = db.write().await.unwrap();
            assert_eq!(tx.query("DELETE FROM audit_origin").execute().await.unwrap(), 1);
        })
        .await;
    }
}
