//! The conditions that are named with approvals.

use std::collections::HashMap;

use chrono::NaiveDate;
use kwanus_domain::{
    account::PersonId,
    ballot::{Condition, ConditionId, ConditionText, PositionId},
    case::CaseId,
};
use uuid::Uuid;

use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    position_id: PositionId,
    #[sqlx(try_from = "String")]
    text: ConditionText,
    #[sqlx(try_from = "Uuid")]
    owner_id: PersonId,
    due_on: NaiveDate,
}

/// Names a condition with a position.
pub(super) async fn insert(tx: &mut Tx, position: PositionId, condition: &Condition) -> Result<ConditionId> {
    let id: ConditionId = tx.new_id();
    tx.query("INSERT INTO condition (id, position_id, text, owner_id, due_on) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(position)
        .bind(condition.text.clone())
        .bind(condition.owner)
        .bind(condition.due_on)
        .execute()
        .await?;
    Ok(id)
}

/// The conditions of every position on the ballots of some cases, in the order in which they were named.
pub(super) async fn list_of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<HashMap<PositionId, Vec<Condition>>> {
    let rows: Vec<Stored> = tx
        .query(
            "SELECT condition.position_id, condition.text, condition.owner_id, condition.due_on
             FROM ballot JOIN position ON position.ballot_id = ballot.id
             JOIN condition ON condition.position_id = position.id
             WHERE ballot.case_id",
        )
        .among(cases.iter().copied())
        .append_text(" ORDER BY condition.id")
        .all()
        .await?;
    let mut conditions: HashMap<PositionId, Vec<Condition>> = HashMap::new();
    for row in rows {
        let condition = Condition { text: row.text, owner: row.owner_id, due_on: row.due_on };
        conditions.entry(row.position_id).or_default().push(condition);
    }
    Ok(conditions)
}
