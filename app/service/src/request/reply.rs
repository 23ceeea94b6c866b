//! A board replies.

use kwanus_domain::{
    audit::{EventKind, Subject},
    case::CaseRef,
    request::{Remark, RequestState, Side, answer_by},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    request,
};
use serde_json::json;

use super::find::{is_said, require_open, require_seat, resolved, say, submission, thread};
use crate::{Caller, Result, notice, retrying};

/// Replies in a thread of a board of the caller's. It is the partner's turn then, who has as much time again once they had
/// answered.
pub async fn reply(db: &Db, caller: &Caller, reference: CaseRef, number: i64, text: &str) -> Result<()> {
    let person = caller.person()?;
    person.require_desk()?;
    let text = Remark::parse(text)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = submission(&mut tx, reference).await?;
        let (row, entries) = thread(&mut tx, &case, number).await?;
        require_open(&case)?;
        require_seat(&mut tx, person, &case, &row.board).await?;
        if is_said(&entries, person.id(), &text) {
            return Ok(());
        }
        row.state.reply().map_err(resolved(&row))?;
        say(&mut tx, (&row, &entries[..]), Side::Board, person.id(), text.clone()).await?;
        let due_at = if row.state == RequestState::Answered { answer_by(tx.now()) } else { row.due_at };
        request::reopen(&mut tx, row.id, due_at).await?;
        notice::tell_replied(&mut tx, &case, &row, entries.len(), due_at).await?;
        let event = Event {
            kind: EventKind::RequestReplied,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({
                "reference": reference.to_string(),
                "request": row.id,
                "number": number,
                "board": row.board,
                "due_at": due_at,
            }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
