//! What members are to partners. Nothing is deleted: a relation ends.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::Reason,
    board::{BoardKey, ConflictId, ConflictNote, Declared, Relation, weighs_since},
    partner::{PartnerId, PartnerName, Slug},
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A declared relation as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConflictRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: ConflictId,
    /// Whose.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub person_name: PersonName,
    /// To which partner.
    #[sqlx(try_from = "Uuid")]
    pub partner_id: PartnerId,
    /// Its name in URLs.
    #[sqlx(try_from = "String")]
    pub partner_slug: Slug,
    /// Its name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    #[sqlx(try_from = "String")]
    relation: Relation,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
    note: Option<String>,
    /// Who declared it: the person, or somebody about them.
    #[sqlx(try_from = "Uuid")]
    pub declared_by: PersonId,
    /// The name of who did.
    #[sqlx(try_from = "String")]
    pub declared_by_name: PersonName,
    /// When.
    pub declared_at: DateTime<Utc>,
    /// Why it ended, where somebody said that it does.
    pub end_reason: Option<String>,
}

impl ConflictRow {
    /// What was declared.
    #[must_use]
    pub fn declared(&self) -> Declared {
        Declared { relation: self.relation, from: self.from_date, until: self.until_date }
    }

    /// What else was said of it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

/// A relation as it is declared.
#[derive(Clone, Debug)]
pub struct ConflictData {
    /// Whose.
    pub person: PersonId,
    /// To which partner.
    pub partner: PartnerId,
    /// Which, and when.
    pub declared: Declared,
    /// What else there is to say.
    pub note: Option<ConflictNote>,
    /// Who declares it.
    pub declared_by: PersonId,
}

macro_rules! select_conflict {
    () => {
        "SELECT conflict.id, conflict.person_id, person.name AS person_name, conflict.partner_id,
            partner.slug AS partner_slug, partner.name AS partner_name, conflict.relation, conflict.from_date,
            conflict.until_date, conflict.note, conflict.declared_by, declarer.name AS declared_by_name,
            conflict.declared_at, conflict.end_reason
         FROM conflict JOIN person ON person.id = conflict.person_id JOIN partner ON partner.id = conflict.partner_id
            JOIN person AS declarer ON declarer.id = conflict.declared_by"
    };
}

/// Declares a relation.
pub async fn insert(tx: &mut Tx, data: &ConflictData) -> Result<ConflictId> {
    let id: ConflictId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO conflict (id, person_id, partner_id, relation, from_date, until_date, note, declared_by, declared_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(data.person)
    .bind(data.partner)
    .bind(data.declared.relation)
    .bind(data.declared.from)
    .bind(data.declared.until)
    .bind(data.note.clone())
    .bind(data.declared_by)
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

/// Ends a relation on that day, where it does not end earlier already; answers whether it did.
pub async fn end(tx: &mut Tx, id: ConflictId, last_day: NaiveDate, by: PersonId, reason: &Reason) -> Result<bool> {
    let now = tx.now();
    let ended = tx
        .query(
            "UPDATE conflict SET until_date = $1, ended_at = $2, ended_by = $3, end_reason = $4
             WHERE id = $5 AND (until_date IS NULL OR until_date >= $6)",
        )
        .bind(last_day)
        .bind(now)
        .bind(by)
        .bind(reason.clone())
        .bind(id)
        .bind(last_day)
        .execute()
        .await?;
    Ok(ended == 1)
}

/// The relation with that identifier.
pub async fn lookup(tx: &mut Tx, id: ConflictId) -> Result<Option<ConflictRow>> {
    tx.query(concat!(select_conflict!(), " WHERE conflict.id = $1")).bind(id).optional().await
}

/// Up to `limit` relations of a person, the last declared first, those before `before`.
pub async fn list_of_person(
    tx: &mut Tx,
    person: PersonId,
    before: Option<ConflictId>,
    limit: u8,
) -> Result<Vec<ConflictRow>> {
    tx.query(concat!(select_conflict!(), " WHERE conflict.person_id = $1"))
        .bind(person)
        .append_if(" AND conflict.id < {}", before)
        .append(" ORDER BY conflict.id DESC LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// How many relations of a person were declared.
pub async fn count_of_person(tx: &mut Tx, person: PersonId) -> Result<i64> {
    let (count,): (i64,) = tx.query("SELECT COUNT(*) FROM conflict WHERE person_id = $1").bind(person).one().await?;
    Ok(count)
}

/// What was declared of a person's relations to a partner.
pub async fn list_with(tx: &mut Tx, person: PersonId, partner: PartnerId) -> Result<Vec<ConflictRow>> {
    tx.query(concat!(
        select_conflict!(),
        " WHERE conflict.person_id = $1 AND conflict.partner_id = $2 ORDER BY conflict.id"
    ))
    .bind(person)
    .bind(partner)
    .all()
    .await
}

/// Up to `limit` relations of the members of a board, of now and to come, that weigh something or will, the last declared
/// first, those before `before`.
pub async fn list_of_board(
    tx: &mut Tx,
    board: &BoardKey,
    before: Option<ConflictId>,
    limit: u8,
) -> Result<Vec<ConflictRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_conflict!(),
        " WHERE (conflict.until_date IS NULL OR conflict.until_date >= $1) AND EXISTS (SELECT 1 FROM seat
            WHERE seat.person_id = conflict.person_id AND seat.board_key = $2
                AND (seat.until_date IS NULL OR seat.until_date >= $3))"
    ))
    .bind(weighs_since(today))
    .bind(board.clone())
    .bind(today)
    .append_if(" AND conflict.id < {}", before)
    .append(" ORDER BY conflict.id DESC LIMIT {}", i64::from(limit))
    .all()
    .await
}

/// What somebody is or was to a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RelatedRow {
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// To which partner.
    #[sqlx(try_from = "Uuid")]
    pub partner_id: PartnerId,
    #[sqlx(try_from = "String")]
    relation: Relation,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
}

impl RelatedRow {
    /// What was declared.
    #[must_use]
    pub fn declared(&self) -> Declared {
        Declared { relation: self.relation, from: self.from_date, until: self.until_date }
    }
}

/// Every relation to these partners that has begun, and runs or has ended within the last 24 months. What each weighs is
/// for the domain to say.
pub async fn list_conflicts_of(tx: &mut Tx, partners: &[PartnerId]) -> Result<Vec<RelatedRow>> {
    let today = tx.now().date_naive();
    tx.query(
        "SELECT person_id, partner_id, relation, from_date, until_date FROM conflict
         WHERE from_date <= $1 AND (until_date IS NULL OR until_date >= $2) AND partner_id",
    )
    .bind(today)
    .bind(weighs_since(today))
    .among(partners.iter().copied())
    .append_text(" ORDER BY partner_id, person_id, id")
    .all()
    .await
}

/// Every relation of somebody that has begun, and runs or has ended within the last 24 months.
pub async fn list_conflicts_by(tx: &mut Tx, person: PersonId) -> Result<Vec<RelatedRow>> {
    let today = tx.now().date_naive();
    tx.query(
        "SELECT person_id, partner_id, relation, from_date, until_date FROM conflict
         WHERE person_id = $1 AND from_date <= $2 AND (until_date IS NULL OR until_date >= $3) ORDER BY partner_id, id",
    )
    .bind(person)
    .bind(today)
    .bind(weighs_since(today))
    .all()
    .await
}

/// Keeps that somebody has nothing else to declare.
pub async fn confirm(tx: &mut Tx, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.query("INSERT INTO conflict_declaration (person_id, declared_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(person)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// When somebody last said that they have nothing else to declare.
pub async fn last_confirmed(tx: &mut Tx, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    let row: Option<(DateTime<Utc>,)> = tx
        .query("SELECT declared_at FROM conflict_declaration WHERE person_id = $1 ORDER BY declared_at DESC LIMIT 1")
        .bind(person)
        .optional()
        .await?;
    Ok(row.map(|(at,)| at))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        board::testing::{key, member},
        testing::{on_both_databases, on_both_databases_with_clock, register},
    };

    fn data(person: PersonId, partner: PartnerId, relation: Relation, from: &str, until: Option<&str>) -> ConflictData {
        let declared = Declared { relation, from: from.parse().unwrap(), until: until.map(|day| day.parse().unwrap()) };
        ConflictData { person, partner, declared, note: None, declared_by: person }
    }

    #[tokio::test]
    async fn a_relation_is_read_as_it_was_declared_and_ends_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, _) = register(&mut tx, "orbit", &[]).await;
            let (ada, hanna) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Hanna", &["sco"]).await);
            let note = ConflictNote::parse("Adviser\nsince spring").unwrap();
            let mut given = data(ada, orbit, Relation::Employment, "2025-03-01", None);
            (given.note, given.declared_by) = (Some(note), hanna);
            let id = insert(&mut tx, &given).await.unwrap();
            let row = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!(row.declared(), given.declared);
            assert_eq!((row.person_id, row.person_name.as_str(), row.partner_slug.as_str()), (ada, "Ada", "orbit"));
            assert_eq!((row.declared_by, row.declared_by_name.as_str()), (hanna, "Hanna"));
            assert_eq!((row.note(), row.end_reason.as_deref()), (Some("Adviser\nsince spring"), None));
            let (reason, last) = (Reason::parse("The contract is over").unwrap(), "2026-11-30".parse().unwrap());
            assert!(end(&mut tx, id, last, hanna, &reason).await.unwrap());
            let row = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!((row.declared().until, row.end_reason.as_deref()), (Some(last), Some("The contract is over")));
            // What has an end is not made longer.
            assert!(!end(&mut tx, id, "2026-12-31".parse().unwrap(), ada, &reason).await.unwrap());
            assert_eq!(lookup(&mut tx, id).await.unwrap().unwrap().declared().until, Some(last));
            assert_eq!(count_of_person(&mut tx, ada).await.unwrap(), 1);
            assert_eq!(list_with(&mut tx, ada, orbit).await.unwrap().len(), 1);
            assert_eq!(list_with(&mut tx, hanna, orbit).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn what_has_begun_and_did_not_end_two_years_ago_counts() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, _) = register(&mut tx, "orbit", &[]).await;
            let (helio, _) = register(&mut tx, "helio", &[]).await;
            let ada = member(&mut tx, "Ada", &["sco"]).await;
            for (partner, relation, from, until) in [
                (orbit, Relation::Employment, "2020-01-01", Some("2024-11-17")),
                (orbit, Relation::Equity, "2020-01-01", Some("2024-11-18")),
                (orbit, Relation::Family, "2026-11-18", None),
                (orbit, Relation::Client, "2026-11-19", None),
                (helio, Relation::Client, "2020-01-01", None),
            ] {
                insert(&mut tx, &data(ada, partner, relation, from, until)).await.unwrap();
            }
            let found = list_conflicts_of(&mut tx, &[orbit]).await.unwrap();
            let relations: Vec<_> = found.iter().map(|row| row.declared().relation).collect();
            assert_eq!(relations, [Relation::Equity, Relation::Family]);
            assert!(found.iter().all(|row| row.person_id == ada && row.partner_id == orbit));
            assert_eq!(list_conflicts_of(&mut tx, &[orbit, helio]).await.unwrap().len(), 3);
            assert_eq!(list_conflicts_of(&mut tx, &[]).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn relations_are_listed_the_last_first_a_page_at_a_time() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, _) = register(&mut tx, "orbit", &[]).await;
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["tsc"]).await);
            let mut ids = Vec::new();
            for (person, until) in [(ada, None), (tim, None), (ada, Some("2024-11-17")), (ada, Some("2024-11-18"))] {
                ids.push(insert(&mut tx, &data(person, orbit, Relation::Equity, "2020-01-01", until)).await.unwrap());
            }
            let of = |rows: Vec<ConflictRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
            assert_eq!(of(list_of_person(&mut tx, ada, None, 2).await.unwrap()), [ids[3], ids[2]]);
            assert_eq!(of(list_of_person(&mut tx, ada, Some(ids[2]), 2).await.unwrap()), [ids[0]]);
            // What weighs nothing any more is not the board's business.
            assert_eq!(of(list_of_board(&mut tx, &key("sco"), None, 9).await.unwrap()), [ids[3], ids[0]]);
            assert_eq!(of(list_of_board(&mut tx, &key("sco"), Some(ids[3]), 9).await.unwrap()), [ids[0]]);
            assert_eq!(of(list_of_board(&mut tx, &key("tsc"), None, 9).await.unwrap()), [ids[1]]);
        })
        .await;
    }

    #[tokio::test]
    async fn the_last_word_that_there_is_nothing_else_is_kept_of_each() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["tsc"]).await);
            assert_eq!(last_confirmed(&mut tx, ada).await.unwrap(), None);
            confirm(&mut tx, ada).await.unwrap();
            // Sent twice, it is said once.
            confirm(&mut tx, ada).await.unwrap();
            clock.advance(Duration::days(300));
            confirm(&mut tx, ada).await.unwrap();
            assert_eq!(last_confirmed(&mut tx, ada).await.unwrap(), Some(tx.now()));
            assert_eq!(last_confirmed(&mut tx, tim).await.unwrap(), None);
        })
        .await;
    }
}
