//! The conditions that bind since their case was decided, and what was done about each. No step is overwritten.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{BallotId, Binding, ConditionAct, ConditionId, ConditionState, ConditionText, Escalation, PositionId},
    board::BoardKey,
    case::CaseId,
    evidence::EvidenceLink,
    request::Remark,
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// A binding condition as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BindingRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: ConditionId,
    /// Its number within the case.
    pub number: i64,
    /// On which ballot it was named.
    #[sqlx(try_from = "Uuid")]
    pub ballot_id: BallotId,
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// Who named it.
    #[sqlx(try_from = "String")]
    pub named_by: PersonName,
    /// What the partner must do.
    #[sqlx(try_from = "String")]
    pub text: ConditionText,
    /// Who says whether it is met.
    #[sqlx(try_from = "Uuid")]
    pub owner_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub owner: PersonName,
    due_on: NaiveDate,
    #[sqlx(try_from = "String")]
    state: ConditionState,
    state_since: DateTime<Utc>,
    /// Whether the rule of its ballot lets it suspend what was granted.
    pub suspends_overdue: bool,
    /// When it was told that it is overdue.
    pub overdue_at: Option<DateTime<Utc>>,
    /// Since when it suspends what was granted, while it does.
    pub suspended_at: Option<DateTime<Utc>>,
}

impl BindingRow {
    /// The condition, as time sees it.
    #[must_use]
    pub const fn binding(&self) -> Binding {
        Binding { state: self.state, since: self.state_since, due_on: self.due_on }
    }

    /// What time does next about it, and when.
    #[must_use]
    pub fn next(&self) -> Option<(Escalation, DateTime<Utc>)> {
        let told = self.overdue_at.map(|_| Escalation::Tell);
        let suspends = self.suspended_at.map(|_| Escalation::Suspend);
        let has: Vec<_> = told.into_iter().chain(suspends).collect();
        self.binding().next(&has, self.suspends_overdue)
    }
}

/// Something that was done about a condition, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionStepRow {
    /// About which.
    pub condition: ConditionId,
    /// What.
    pub act: ConditionAct,
    /// Who did it.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// Whether the board's chair judged in the place of its owner.
    pub is_in_place: bool,
    /// What was supplied, or why it was returned.
    pub text: Option<Remark>,
    /// Where more of what was supplied stands.
    pub link: Option<EvidenceLink>,
    /// When.
    pub taken_at: DateTime<Utc>,
}

/// Something that is done about a condition.
#[derive(Clone, Debug)]
pub struct ConditionStepData {
    /// What.
    pub act: ConditionAct,
    /// Who does it.
    pub person: PersonId,
    /// Whether the board's chair judges in the place of its owner.
    pub is_in_place: bool,
    /// What is supplied, or why it is returned.
    pub text: Option<Remark>,
    /// Where more of what is supplied stands.
    pub link: Option<EvidenceLink>,
}

/// Lets the conditions of these positions bind from now on, numbered in the order in which they were named. The case is held.
pub async fn bind(tx: &mut Tx, case: CaseId, positions: &[PositionId]) -> Result<()> {
    let now = tx.now();
    let rows: Vec<(Uuid,)> = tx
        .query("SELECT id FROM condition WHERE position_id")
        .among(positions.iter().copied())
        .append_text(" ORDER BY id")
        .all()
        .await?;
    for (number, (id,)) in (1i64..).zip(rows) {
        tx.query(
            "INSERT INTO binding_condition (condition_id, case_id, number, state, state_since) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(ConditionId::from(id))
        .bind(case)
        .bind(number)
        .bind(ConditionState::Open)
        .bind(now)
        .execute()
        .await?;
    }
    reschedule(tx, case).await
}

/// The conditions that bind a decided case, by number.
pub async fn list_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<BindingRow>> {
    tx.query(
        "SELECT condition.id, binding_condition.number, ballot.id AS ballot_id, ballot.board_key,
            board.name AS board_name, namer.name AS named_by, condition.text, condition.owner_id, owner.name AS owner,
            condition.due_on, binding_condition.state, binding_condition.state_since, ballot.suspends_overdue,
            binding_condition.overdue_at, binding_condition.suspended_at
         FROM binding_condition
         JOIN condition ON condition.id = binding_condition.condition_id
         JOIN position ON position.id = condition.position_id
         JOIN ballot ON ballot.id = position.ballot_id
         JOIN board ON board.key = ballot.board_key
         JOIN person AS namer ON namer.id = position.person_id
         JOIN person AS owner ON owner.id = condition.owner_id
         WHERE binding_condition.case_id = $1 ORDER BY binding_condition.number",
    )
    .bind(case)
    .all()
    .await
}

/// Takes a step about a condition, after which it is in that state. The case is held.
pub async fn take_step(tx: &mut Tx, id: ConditionId, step: &ConditionStepData, state: ConditionState) -> Result<()> {
    let now = tx.now();
    let step_id: Uuid = tx.new_id();
    tx.query(
        "INSERT INTO condition_step (id, condition_id, act, person_id, is_in_place, text, link, taken_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(step_id)
    .bind(id)
    .bind(step.act)
    .bind(step.person)
    .bind(step.is_in_place)
    .bind(step.text.clone())
    .bind(step.link.clone())
    .bind(now)
    .execute()
    .await?;
    tx.query("UPDATE binding_condition SET state = $1, state_since = $2 WHERE condition_id = $3")
        .bind(state)
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct StoredStep {
    #[sqlx(try_from = "Uuid")]
    condition_id: ConditionId,
    #[sqlx(try_from = "String")]
    act: ConditionAct,
    #[sqlx(try_from = "Uuid")]
    person_id: PersonId,
    #[sqlx(try_from = "String")]
    name: PersonName,
    is_in_place: bool,
    text: Option<String>,
    link: Option<String>,
    taken_at: DateTime<Utc>,
}

/// What was done about these conditions, in that order.
pub async fn list_steps(tx: &mut Tx, conditions: &[ConditionId]) -> Result<Vec<ConditionStepRow>> {
    let rows: Vec<StoredStep> = tx
        .query(
            "SELECT condition_step.condition_id, condition_step.act, condition_step.person_id, person.name,
                condition_step.is_in_place, condition_step.text, condition_step.link, condition_step.taken_at
             FROM condition_step JOIN person ON person.id = condition_step.person_id
             WHERE condition_step.condition_id",
        )
        .among(conditions.iter().copied())
        .append_text(" ORDER BY condition_step.id")
        .all()
        .await?;
    let read = |row: StoredStep| {
        Ok(ConditionStepRow {
            condition: row.condition_id,
            act: row.act,
            person: row.person_id,
            name: row.name,
            is_in_place: row.is_in_place,
            text: row.text.map(Remark::try_from).transpose().map_err(Error::Inconsistent)?,
            link: row.link.map(EvidenceLink::try_from).transpose().map_err(Error::Inconsistent)?,
            taken_at: row.taken_at,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Says that it was told that a condition is overdue.
pub async fn set_overdue(tx: &mut Tx, id: ConditionId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE binding_condition SET overdue_at = $1 WHERE condition_id = $2")
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Says whether a condition suspends what was granted, from now on.
pub async fn set_suspended(tx: &mut Tx, id: ConditionId, is_suspended: bool) -> Result<()> {
    let since = is_suspended.then(|| tx.now());
    tx.query("UPDATE binding_condition SET suspended_at = $1 WHERE condition_id = $2")
        .bind(since)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Up to `limit` cases with a condition about which time has changed something, the longest ago first.
pub async fn list_to_escalate(tx: &mut Tx, limit: u8) -> Result<Vec<CaseId>> {
    let now = tx.now();
    let rows: Vec<(Uuid,)> = tx
        .query(
            "SELECT case_id FROM binding_condition WHERE escalates_at IS NOT NULL AND escalates_at <= $1
             ORDER BY escalates_at, condition_id LIMIT $2",
        )
        .bind(now)
        .bind(i64::from(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Says of each condition of a case when time next changes something about it.
pub async fn reschedule(tx: &mut Tx, case: CaseId) -> Result<()> {
    for row in list_of_case(tx, case).await? {
        tx.query("UPDATE binding_condition SET escalates_at = $1 WHERE condition_id = $2")
            .bind(row.next().map(|(_, at)| at))
            .bind(row.id)
            .execute()
            .await?;
    }
    Ok(())
}

/// Looks at the conditions of a case again at that instant, those about which time may change something.
pub async fn postpone(tx: &mut Tx, case: CaseId, at: DateTime<Utc>) -> Result<()> {
    tx.query("UPDATE binding_condition SET escalates_at = $1 WHERE case_id = $2 AND escalates_at IS NOT NULL")
        .bind(at)
        .bind(case)
        .execute()
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, Roles},
        ballot::{Condition, Stance},
    };

    use super::*;
    use crate::{
        account::person,
        ballot::{PositionData, a_ballot, insert_position},
        testing::on_both_databases_with_clock,
    };

    #[tokio::test]
    async fn a_condition_binds_is_shown_returned_and_met_and_every_step_stays() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let ada = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let due_on: NaiveDate = (tx.now() + Duration::days(3)).date_naive();
            let named = |text: &str| Condition { text: ConditionText::parse(text).unwrap(), owner: ada, due_on };
            let approves = |conditions: Vec<Condition>| PositionData {
                conditions,
                ..PositionData::plain(1, Stance::ApproveWithConditions)
            };
            insert_position(&mut tx, ballot, ada, &approves(vec![named("Left out")])).await.unwrap();
            let both = approves(vec![named("Show the log"), named("Show the release")]);
            let position = insert_position(&mut tx, ballot, ada, &both).await.unwrap();
            bind(&mut tx, case, &[position]).await.unwrap();
            let rows = list_of_case(&mut tx, case).await.unwrap();
            let read: Vec<_> = rows.iter().map(|row| (row.number, row.text.as_str(), row.board_key.as_str())).collect();
            assert_eq!(read, [(1, "Show the log", "sco"), (2, "Show the release", "sco")]);
            assert!(bind(&mut tx, case, &[position]).await.is_err(), "once");
            drop(tx);

            let mut tx = db.write().await.unwrap();
            let (case, ballot) = a_ballot(&mut tx, "comet", "sco", 14).await;
            let ada = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let position = insert_position(
                &mut tx,
                ballot,
                ada,
                &approves(vec![Condition { owner: ada, ..named("Show the log") }]),
            )
            .await
            .unwrap();
            bind(&mut tx, case, &[position]).await.unwrap();
            let id = list_of_case(&mut tx, case).await.unwrap()[0].id;
            let step = |act| ConditionStepData {
                act,
                person: ada,
                is_in_place: act == ConditionAct::Return,
                text: Some(Remark::parse("The log of May").unwrap()),
                link: Some(EvidenceLink::parse("https://docs.partner.example/log").unwrap()),
            };
            assert_eq!(list_to_escalate(&mut tx, 9).await.unwrap(), []);
            clock.advance(Duration::days(4));
            assert_eq!(list_to_escalate(&mut tx, 9).await.unwrap(), [case]);
            set_overdue(&mut tx, id).await.unwrap();
            reschedule(&mut tx, case).await.unwrap();
            assert_eq!(list_to_escalate(&mut tx, 9).await.unwrap(), [], "its rule does not suspend");
            let mut state = ConditionState::Open;
            for act in [ConditionAct::Supply, ConditionAct::Return, ConditionAct::Supply, ConditionAct::Accept] {
                state = state.after(act).unwrap();
                take_step(&mut tx, id, &step(act), state).await.unwrap();
                reschedule(&mut tx, case).await.unwrap();
                set_suspended(&mut tx, id, act == ConditionAct::Return).await.unwrap();
                let row = list_of_case(&mut tx, case).await.unwrap().remove(0);
                assert_eq!((row.binding().state, row.binding().since), (state, tx.now()));
                assert_eq!(row.suspended_at.is_some(), act == ConditionAct::Return);
            }
            let steps = list_steps(&mut tx, &[id]).await.unwrap();
            assert_eq!(steps.len(), 4);
            assert_eq!((steps[1].act, steps[1].is_in_place), (ConditionAct::Return, true));
            assert_eq!((&steps[0].text, &steps[0].link), (&step(steps[0].act).text, &step(steps[0].act).link));
        })
        .await;
    }
}
