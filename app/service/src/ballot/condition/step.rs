//! Steps about a binding condition.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    ballot::{ConditionAct, Judging},
    case::CaseRef,
    request::Remark,
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    ballot::{self, BindingRow, ConditionStepData},
    case::{self, CaseRow},
};
use serde_json::json;

use super::judges::Judges;
use crate::{Caller, Error, Result};

/// The most steps about one condition.
const MOST_STEPS: usize = 50;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// The number of the condition.
    pub number: i64,
}

/// The condition of that number.
pub(super) async fn find(tx: &mut Tx, case: &CaseRow, number: i64) -> Result<BindingRow> {
    let all = ballot::list_bindings(tx, case.id).await?;
    all.into_iter().find(|row| row.number == number).ok_or(Error::NotFound)
}

/// A condition whose evidence the caller may judge, under the lock of its case, and in what part they do.
pub(super) async fn find_to_judge(
    tx: &mut Tx,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
) -> Result<(CaseRow, BindingRow, Judging)> {
    let person = caller.person()?;
    person.require_desk()?;
    let case = case::lookup_for_update(tx, reference).await?.ok_or(Error::NotFound)?;
    let row = find(tx, &case, number).await?;
    let judge = Judges::read(tx, &case).await?.of(&row, person.id());
    let judging = judge.judges().ok_or(Error::Forbidden(
        "The owner of a condition says whether it is met; the board's chair does where the owner left or is away",
    ))?;
    Ok((case, row, judging))
}

/// Takes a step, in the log and in the thread; answers how many there are now.
pub(crate) async fn take(
    tx: &mut Tx,
    (actor, origin): (Actor, Option<&Origin>),
    (case, row): (&CaseRow, &BindingRow),
    step: &ConditionStepData,
) -> Result<usize> {
    let (number, state) = (row.number, row.binding().state);
    let after = state.after(step.act).ok_or_else(|| {
        let what = state.label().to_lowercase();
        Error::Gone(format!("Condition {number} was changed meanwhile: {what}"))
    })?;
    let steps = ballot::list_condition_steps(tx, &[row.id]).await?.len() + 1;
    // Room is left for the answer to what is supplied.
    if step.act == ConditionAct::Supply && steps >= MOST_STEPS {
        return Err(Error::Gone(format!("Condition {number} holds {MOST_STEPS} steps, and takes no more")));
    }
    ballot::take_condition_step(tx, row.id, step, after).await?;
    ballot::reschedule_conditions(tx, case.id).await?;
    let kind = match step.act {
        ConditionAct::Supply => EventKind::ConditionSupplied,
        ConditionAct::Return => EventKind::ConditionReturned,
        ConditionAct::Accept => EventKind::ConditionAccepted,
    };
    let event = Event {
        kind,
        actor,
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": case.reference.to_string(),
            "board": row.board_key,
            "condition": number,
            "in_place_of": step.is_in_place.then_some(row.owner_id),
        }),
    };
    audit::append(tx, event).await?;
    Ok(steps)
}

/// A step of somebody who judges.
pub(super) fn judged(
    caller: &Caller,
    act: ConditionAct,
    judging: Judging,
    text: Option<Remark>,
) -> Result<ConditionStepData> {
    let (person, is_in_place) = (caller.person()?.id(), judging == Judging::InPlace);
    Ok(ConditionStepData { act, person, is_in_place, text, link: None })
}
