//! What was typed into the forms of threads and not accepted. A page holds a form for each, so that their fields bear the
//! number of the request.

use kwanus_domain::case::CaseRef;
use kwanus_service::request::Thread;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{Memory, recall},
};

/// What a member typed on the page of a case.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeskMemory {
    /// Into the form that asks.
    pub ask: Memory,
    /// Into the form of each thread, in their order.
    pub threads: Vec<Memory>,
    /// Where a thread could not be resolved.
    pub resolving: Memory,
}

impl DeskMemory {
    /// All of it.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Memory> {
        self.threads.iter().chain([&self.ask, &self.resolving])
    }
}

/// Takes out what a member typed on the page of a case.
pub(crate) async fn recall_of_desk(
    session: &Session,
    visit: &Visit,
    case: CaseRef,
    threads: &[Thread],
    may_ask: bool,
) -> DeskMemory {
    let mut memory = DeskMemory {
        ask: recall(session, visit, "ask_for_change", &case.to_string()).await,
        threads: recall_threads(session, visit, "reply_request", case, threads).await,
        resolving: Memory::default(),
    };
    if !may_ask {
        memory.ask = memory.ask.without_fields();
    }
    let resolving = recall_threads(session, visit, "resolve_request", case, threads).await;
    memory.resolving = resolving.into_iter().find(Memory::is_error).unwrap_or_default();
    memory
}

/// Takes out what a partner's user typed as answers, in the order of the threads.
pub(crate) async fn recall_answers(session: &Session, visit: &Visit, case: CaseRef, threads: &[Thread]) -> Vec<Memory> {
    recall_threads(session, visit, "answer_request", case, threads).await
}

async fn recall_threads(
    session: &Session,
    visit: &Visit,
    form: &str,
    case: CaseRef,
    threads: &[Thread],
) -> Vec<Memory> {
    let mut memories = Vec::with_capacity(threads.len());
    for thread in threads {
        let mut memory = recall(session, visit, form, &format!("{case}/{}", thread.number)).await;
        for violation in &mut memory.violations {
            violation.field = format!("{}-{}", violation.field, thread.number).into();
        }
        memories.push(memory);
    }
    memories
}
