//! What was typed into the forms of concerns and not accepted. A page holds some for each, so that their fields bear its
//! number.

use kwanus_domain::case::CaseRef;
use kwanus_service::ballot::ConcernThread;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{Memory, recall},
};

/// What a reader typed into the forms of a concern.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConcernMemory {
    /// Into the one by which something is said.
    pub say: Memory,
    /// Into the one by which it is overruled.
    pub overrule: Memory,
    /// Where it could not be resolved.
    pub resolve: Memory,
}

impl ConcernMemory {
    /// All of it.
    pub(crate) fn all(&self) -> [&Memory; 3] {
        [&self.say, &self.overrule, &self.resolve]
    }
}

/// Takes out what a member typed on the page of a case, in the order of the concerns.
pub(crate) async fn recall_concerns(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    threads: &[ConcernThread],
) -> Vec<ConcernMemory> {
    let mut memories = Vec::with_capacity(threads.len());
    for thread in threads {
        let mut memory = ConcernMemory {
            say: recall_one(session, visit, "reply_concern", case, thread).await,
            overrule: recall_one(session, visit, "overrule_concern", case, thread).await,
            resolve: recall_one(session, visit, "resolve_concern", case, thread).await,
        };
        if !thread.may.reply {
            memory.say = memory.say.without_fields();
        }
        if !thread.may.overrule {
            memory.overrule = memory.overrule.without_fields();
        }
        memories.push(memory);
    }
    memories
}

/// Takes out what a partner's user typed as answers, in the order of the concerns.
pub(crate) async fn recall_answers(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    threads: &[ConcernThread],
) -> Vec<Memory> {
    let mut memories = Vec::with_capacity(threads.len());
    for thread in threads {
        let memory = recall_one(session, visit, "answer_concern", case, thread).await;
        memories.push(if thread.may.reply { memory } else { memory.without_fields() });
    }
    memories
}

async fn recall_one(session: &Session, visit: &Visit, form: &str, case: CaseRef, thread: &ConcernThread) -> Memory {
    let mut memory = recall(session, visit, form, &format!("{case}/{}", thread.number)).await;
    for violation in &mut memory.violations {
        violation.field = format!("concern-{}-{}", violation.field, thread.number).into();
    }
    memory
}
