//! The threads of a case, as each side may read them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    board::BoardKey,
    case::CaseId,
    request::{Anchor, Pending, RequestId, RequestState, Said, Side},
};
use kwanus_store::{
    Tx,
    request::{self, EntryRow, RequestRow},
};

use crate::Result;

/// How many threads stand on a page: all that wait for somebody, and the newest of those that are resolved.
const MOST: u8 = 100;

/// A change that a board asks for, with what was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its number within the case.
    pub number: i64,
    /// Which board asks.
    pub board: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// What it is about.
    pub anchor: Anchor,
    /// The revision that it was asked on.
    pub revision: i64,
    /// How far it is.
    pub state: RequestState,
    /// Until when the partner is to answer.
    pub due_at: DateTime<Utc>,
    /// Whether that has passed without an answer.
    pub is_overdue: bool,
    /// When it was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who resolved it, where the reader may know.
    pub resolved_by: Option<String>,
    /// What was said; first what is asked.
    pub entries: Vec<Entry>,
}

/// What somebody said in a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// For whose side.
    pub side: Side,
    /// Who, where the reader may know: a partner knows boards, and never their members.
    pub who: Option<String>,
    /// What.
    pub said: Said,
    /// When.
    pub at: DateTime<Utc>,
}

/// The threads of a case; with the names of members only for those who may know them.
pub(crate) async fn list(tx: &mut Tx, case: CaseId, is_named: bool) -> Result<Vec<Thread>> {
    let rows = request::list_of_case(tx, case, MOST).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut entries: HashMap<RequestId, Vec<Entry>> = HashMap::new();
    for row in request::list_entries(tx, &ids).await? {
        entries.entry(row.request).or_default().push(entry(row, is_named));
    }
    let now = tx.now();
    let thread = |row: RequestRow| Thread {
        entries: entries.remove(&row.id).unwrap_or_default(),
        is_overdue: row.state == RequestState::Open && now >= row.due_at,
        resolved_by: row.resolved_by.filter(|_| is_named),
        number: row.number,
        board: row.board,
        board_name: row.board_name,
        anchor: row.anchor,
        revision: row.revision,
        state: row.state,
        due_at: row.due_at,
        resolved_at: row.resolved_at,
    };
    Ok(rows.into_iter().map(thread).collect())
}

fn entry(row: EntryRow, is_named: bool) -> Entry {
    let may_be_known = is_named || row.side == Side::Partner;
    Entry { side: row.side, who: may_be_known.then(|| row.name.to_string()), said: row.said, at: row.created_at }
}

/// What waits for somebody among these threads.
pub(crate) fn pending(threads: &[Thread]) -> Vec<Pending> {
    let unresolved = threads.iter().filter(|thread| thread.state != RequestState::Resolved);
    let pending = |thread: &Thread| Pending { board: thread.board.clone(), state: thread.state, due_at: thread.due_at };
    unresolved.map(pending).collect()
}
