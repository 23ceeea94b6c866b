//! What administrators propose to change of a board.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::Reason,
    board::{Change, ProposalId},
    proposal::ProposalState,
};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: ProposalId,
    based_on: i64,
    change: Json<serde_json::Value>,
    differences: Json<serde_json::Value>,
    reason: String,
    #[sqlx(try_from = "String")]
    state: ProposalState,
    #[sqlx(try_from = "Uuid")]
    proposed_by: PersonId,
    author: String,
    proposed_at: DateTime<Utc>,
    decided_by: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    answer: Option<String>,
    version: Option<i64>,
}

/// A proposal as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRow {
    /// Its identifier.
    pub id: ProposalId,
    /// The version of the rules that its author saw.
    pub based_on: i64,
    /// What is to be changed.
    pub change: Change,
    /// What that does, in sentences, the first one first.
    pub differences: Vec<String>,
    /// Why.
    pub reason: String,
    /// How far it is.
    pub state: ProposalState,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// What they are called.
    pub author: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// What whoever decided on it is called, once somebody has.
    pub decided_by: Option<String>,
    /// When they did.
    pub decided_at: Option<DateTime<Utc>>,
    /// What they said.
    pub answer: Option<String>,
    /// The version of the rules that it made, where it changed them.
    pub version: Option<i64>,
}

impl Stored {
    fn read(self) -> Result<ProposalRow> {
        let change = serde_json::from_value(self.change.0)
            .map_err(|error| Error::Inconsistent(format!("proposal {}: {error}", self.id)))?;
        Ok(ProposalRow {
            id: self.id,
            based_on: self.based_on,
            change,
            differences: sentences(self.differences)?,
            reason: self.reason,
            state: self.state,
            proposed_by: self.proposed_by,
            author: self.author,
            proposed_at: self.proposed_at,
            decided_by: self.decided_by,
            decided_at: self.decided_at,
            answer: self.answer,
            version: self.version,
        })
    }
}

/// What a change does, as it was written down.
pub(super) fn sentences(Json(value): Json<serde_json::Value>) -> Result<Vec<String>> {
    serde_json::from_value(value).map_err(|error| Error::Inconsistent(format!("the sentences of a proposal: {error}")))
}

/// A proposal as it is made.
#[derive(Clone, Debug)]
pub struct ProposalData<'p> {
    /// The version of the rules that its author saw.
    pub based_on: i64,
    /// What is to be changed.
    pub change: &'p Change,
    /// That in sentences.
    pub differences: Vec<String>,
    /// Why.
    pub reason: Reason,
    /// Who proposes it.
    pub proposed_by: PersonId,
}

/// Writes a proposal down.
pub async fn insert(tx: &mut Tx, data: ProposalData<'_>) -> Result<ProposalId> {
    let id: ProposalId = tx.new_id();
    let now = tx.now();
    let change = serde_json::to_value(data.change)
        .map_err(|error| Error::Inconsistent(format!("a change that cannot be written: {error}")))?;
    tx.query(
        "INSERT INTO board_proposal (id, based_on, change, differences, reason, state, proposed_by, proposed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(data.based_on)
    .bind(change)
    .bind(serde_json::Value::from(data.differences))
    .bind(data.reason)
    .bind(ProposalState::Open)
    .bind(data.proposed_by)
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

macro_rules! select_proposal {
    () => {
        "SELECT board_proposal.id, board_proposal.based_on, board_proposal.change,
            board_proposal.differences, board_proposal.reason, board_proposal.state,
            board_proposal.proposed_by, author.name AS author, board_proposal.proposed_at,
            decider.name AS decided_by, board_proposal.decided_at, board_proposal.answer,
            rule_version.number AS version
         FROM board_proposal
         JOIN person AS author ON author.id = board_proposal.proposed_by
         LEFT JOIN person AS decider ON decider.id = board_proposal.decided_by
         LEFT JOIN rule_version ON rule_version.proposal_id = board_proposal.id"
    };
}

/// The proposal of that identifier.
pub async fn lookup(tx: &mut Tx, id: ProposalId) -> Result<Option<ProposalRow>> {
    let row: Option<Stored> =
        tx.query(concat!(select_proposal!(), " WHERE board_proposal.id = $1")).bind(id).optional().await?;
    row.map(Stored::read).transpose()
}

/// The proposals that wait for a decision, the first one first. There are never many.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<ProposalRow>> {
    let rows: Vec<Stored> = tx
        .query(concat!(select_proposal!(), " WHERE board_proposal.state = 'open' ORDER BY board_proposal.id"))
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// Up to `limit` proposals of which something became: the newest first, those before `before`.
pub async fn list_closed(tx: &mut Tx, before: Option<ProposalId>, limit: u8) -> Result<Vec<ProposalRow>> {
    let rows: Vec<Stored> = tx
        .query(concat!(select_proposal!(), " WHERE board_proposal.state <> 'open'"))
        .append_if(" AND board_proposal.id < {}", before)
        .append(" ORDER BY board_proposal.id DESC LIMIT {}", i64::from(limit))
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// Writes down what became of a proposal, under the lock of the boards.
pub async fn decide(
    tx: &mut Tx,
    id: ProposalId,
    state: ProposalState,
    by: PersonId,
    answer: Option<Reason>,
) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE board_proposal SET state = $1, decided_by = $2, decided_at = $3, answer = $4
         WHERE id = $5 AND state = 'open'",
    )
    .bind(state)
    .bind(by)
    .bind(now)
    .bind(answer)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        board::BoardKey,
    };

    use super::*;
    use crate::{account::person, testing::on_both_databases};

    /// A proposal about the second of two administrators, whom the first one is the author of.
    pub async fn a_proposal(tx: &mut Tx, change: impl FnOnce(PersonId) -> Change) -> (ProposalId, PersonId, PersonId) {
        let mut people = Vec::new();
        for (email, name) in [("ada@kwanus.example", "Ada Author"), ("bo@kwanus.example", "Bo Second")] {
            let (email, name) = (Email::parse(email).unwrap(), PersonName::parse(name).unwrap());
            let roles = Roles::new(true, false, vec![], None).unwrap();
            people.push(person::insert(tx, &email, &name, &roles).await.unwrap());
        }
        let change = change(people[1]);
        let id = insert(tx, data(&change, people[0])).await.unwrap();
        (id, people[0], people[1])
    }

    fn data(change: &Change, proposed_by: PersonId) -> ProposalData<'_> {
        let reason = Reason::parse("The board asked for it").unwrap();
        ProposalData { based_on: 1, change, differences: vec!["It is another".into()], reason, proposed_by }
    }

    fn appointed(person: PersonId) -> Change {
        let board = BoardKey::parse("sco").unwrap();
        Change::Appoint { person, board, from: "2027-01-01".parse().unwrap(), until: None, is_chair: true }
    }

    #[tokio::test]
    async fn a_proposal_is_open_until_it_is_decided_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (id, author, other) = a_proposal(&mut tx, appointed).await;
            let second = insert(&mut tx, data(&appointed(author), author)).await.unwrap();
            let open = list_open(&mut tx).await.unwrap();
            assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [id, second]);
            assert_eq!((&open[0].change, open[0].proposed_by), (&appointed(other), author));
            assert_eq!(
                (open[0].author.as_str(), &*open[0].differences),
                ("Ada Author", &["It is another".to_owned()][..])
            );
            let answer = Some(Reason::parse("There is somebody else").unwrap());
            decide(&mut tx, id, ProposalState::Declined, other, answer).await.unwrap();
            decide(&mut tx, id, ProposalState::Withdrawn, author, None).await.unwrap();
            let row = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!((row.state, row.version), (ProposalState::Declined, None));
            assert_eq!(row.decided_by.as_deref(), Some("Bo Second"));
            assert_eq!(row.answer.as_deref(), Some("There is somebody else"));
            assert_eq!(list_open(&mut tx).await.unwrap().len(), 1);
            let closed = async |tx: &mut Tx, before| {
                list_closed(tx, before, 1).await.unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            assert_eq!(closed(&mut tx, None).await, [id]);
            decide(&mut tx, second, ProposalState::Withdrawn, author, None).await.unwrap();
            assert_eq!(closed(&mut tx, None).await, [second], "the newest first");
            assert_eq!(closed(&mut tx, Some(second)).await, [id]);
        })
        .await;
    }
}
