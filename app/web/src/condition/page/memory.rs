//! What was typed into the forms of conditions and not accepted. A page holds some for each, so that their fields bear its
//! number.

use kwanus_domain::case::CaseRef;
use kwanus_service::ballot::BoundCondition;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{Memory, recall},
};

/// What a member typed into the forms of a condition.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConditionMemory {
    /// Into the one by which evidence is returned.
    pub returned: Memory,
    /// Where it could not be accepted.
    pub accepted: Memory,
}

impl ConditionMemory {
    /// All of it.
    pub(crate) fn all(&self) -> [&Memory; 2] {
        [&self.returned, &self.accepted]
    }
}

/// Takes out what a member typed on the page of a case, in the order of its conditions.
pub(crate) async fn recall_judged(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    conditions: &[BoundCondition],
) -> Vec<ConditionMemory> {
    let mut memories = Vec::with_capacity(conditions.len());
    for condition in conditions {
        let returned = recall_one(session, visit, "return_evidence", case, condition.number).await;
        let accepted = recall_one(session, visit, "accept_condition", case, condition.number).await;
        let returned = if condition.judging.is_some() { returned } else { returned.without_fields() };
        memories.push(ConditionMemory { returned, accepted });
    }
    memories
}

/// Takes out what a partner's user typed as evidence, in the order of the conditions.
pub(crate) async fn recall_supplied(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    conditions: &[BoundCondition],
) -> Vec<Memory> {
    let mut memories = Vec::with_capacity(conditions.len());
    for condition in conditions {
        let memory = recall_one(session, visit, "supply_evidence", case, condition.number).await;
        memories.push(if condition.may_supply { memory } else { memory.without_fields() });
    }
    memories
}

async fn recall_one(session: &Session, visit: &Visit, form: &str, case: CaseRef, number: i64) -> Memory {
    let mut memory = recall(session, visit, form, &format!("{case}/{number}")).await;
    for violation in &mut memory.violations {
        violation.field = format!("condition-{}-{number}", violation.field).into();
    }
    memory
}
