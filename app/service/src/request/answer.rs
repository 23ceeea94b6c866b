//! A partner answers.

use kwanus_domain::{
    audit::{EventKind, Subject},
    case::CaseRef,
    request::{Remark, Side},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    request,
};
use serde_json::json;

use super::find::{is_said, own_submission, require_open, resolved, say, thread};
use crate::{Caller, Result, retrying, submission::own_partner};

/// Answers what a board asked of the caller's partner. It is the board's turn then.
pub async fn answer(db: &Db, caller: &Caller, reference: CaseRef, number: i64, text: &str) -> Result<()> {
    let person = caller.person()?;
    own_partner(caller)?;
    let text = Remark::parse(text)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = own_submission(&mut tx, caller, reference).await?;
        let (row, entries) = thread(&mut tx, &case, number).await?;
        if is_said(&entries, person.id(), &text) {
            return Ok(());
        }
        require_open(&case)?;
        row.state.answer().map_err(resolved(&row))?;
        say(&mut tx, (&row, &entries[..]), Side::Partner, person.id(), text.clone()).await?;
        request::answer(&mut tx, row.id).await?;
        let event = Event {
            kind: EventKind::RequestAnswered,
            actor: caller.actor(),
            subject: Subject::Case(case.id),
            origin: caller.origin(),
            details: json!({
                "reference": reference.to_string(),
                "request": row.id,
                "number": number,
                "board": row.board,
            }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}
