//! What is due about the conditions of a case.

use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    ballot::Escalation,
    case::CaseId,
};
use kwanus_store::{
    Tx,
    audit::{self, Event},
    ballot::{self, BindingRow},
    case::{self, CaseRow},
    grant,
};
use serde_json::json;

use super::{super::settle::revise_reviews, judges::Judges};
use crate::{Result, notice};

/// Does what is due about the conditions of a case, under its lock, and says when to look again; answers how much that was.
pub(crate) async fn escalate(tx: &mut Tx, id: CaseId) -> Result<usize> {
    let Some(row) = case::lookup_by_id(tx, id).await? else { return Ok(0) };
    let Some(case) = case::lookup_for_update(tx, row.reference).await? else { return Ok(0) };
    let mut done = 0;
    // Where the clock stood still, one condition may have both to come.
    loop {
        let now = tx.now();
        let due = ballot::list_bindings(tx, id).await?.into_iter().find_map(|row| {
            let (what, at) = row.next()?;
            (at <= now).then_some((what, row))
        });
        match due {
            None => break,
            Some((Escalation::Tell, row)) => tell(tx, &case, &row).await?,
            Some((Escalation::Suspend, row)) => suspend(tx, &case, &row).await?,
        }
        done += 1;
    }
    ballot::reschedule_conditions(tx, id).await?;
    Ok(done)
}

async fn tell(tx: &mut Tx, case: &CaseRow, row: &BindingRow) -> Result<()> {
    ballot::set_condition_overdue(tx, row.id).await?;
    let suspends_at = row.suspends_overdue.then(|| row.binding().suspends_at());
    log(
        tx,
        EventKind::ConditionOverdue,
        case,
        json!({
            "reference": case.reference.to_string(),
            "board": row.board_key,
            "condition": row.number,
            "suspends_at": suspends_at,
        }),
    )
    .await?;
    let members = members(tx, case, row).await?;
    notice::tell_overdue(tx, case, row.number, suspends_at, members).await
}

async fn suspend(tx: &mut Tx, case: &CaseRow, row: &BindingRow) -> Result<()> {
    grant::lock(tx, case.integration_id).await?;
    let named = grant::withhold(tx, case.id).await?;
    ballot::set_condition_suspended(tx, row.id, true).await?;
    log(
        tx,
        EventKind::ConditionSuspended,
        case,
        json!({
            "reference": case.reference.to_string(),
            "board": row.board_key,
            "condition": row.number,
            "permissions": named,
        }),
    )
    .await?;
    if named.is_empty() {
        return Ok(());
    }
    let members = members(tx, case, row).await?;
    notice::tell_withheld(tx, case, row.number, named, members).await?;
    revise_reviews(tx, case.integration_id, case.reference).await
}

/// The owner of a condition, and who chairs its board.
async fn members(tx: &mut Tx, case: &CaseRow, row: &BindingRow) -> Result<Vec<PersonId>> {
    let judges = Judges::read(tx, case).await?;
    Ok(judges.chairs(&row.board_key).chain([row.owner_id]).collect())
}

async fn log(tx: &mut Tx, kind: EventKind, case: &CaseRow, details: serde_json::Value) -> Result<()> {
    let subject = Subject::Case(case.id);
    audit::append(tx, Event { kind, actor: Actor::System, subject, origin: None, details }).await?;
    Ok(())
}
