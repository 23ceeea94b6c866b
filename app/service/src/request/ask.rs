//! A board asks for a change.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    board::BoardKey,
    case::CaseRef,
    request::{Anchor, MOST_UNRESOLVED, Remark, Said, Side, answer_by},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event, Origin},
    case::CaseRow,
    declaration,
    request::{self, RequestData, RequestRow},
};
use serde_json::json;

use super::find::{is_said, require_open, require_seat, submission};
use crate::{Caller, Error, Result, notice, retrying};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct AskInput {
    /// `whole`, or the key of a permission.
    pub about: String,
    /// What should change.
    pub text: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The number of the request.
    pub number: i64,
    /// Until when the partner is to answer.
    pub due_at: DateTime<Utc>,
}

impl AskInput {
    fn parse(&self) -> Result<(Anchor, Remark)> {
        match (Anchor::parse(&self.about), Remark::parse(&self.text)) {
            (Ok(anchor), Ok(text)) => Ok((anchor, text)),
            (anchor, text) => Err(Error::Invalid([anchor.err(), text.err()].into_iter().flatten().collect())),
        }
    }
}

/// Asks the partner of a submission for a change, in the name of a board that decides or advises on it. It is the partner's
/// turn then; the ballots go on.
pub async fn ask(db: &Db, caller: &Caller, reference: CaseRef, board: &BoardKey, input: &AskInput) -> Result<Asked> {
    let person = caller.person()?;
    person.require_desk()?;
    let (anchor, text) = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = submission(&mut tx, reference).await?;
        require_open(&case)?;
        require_seat(&mut tx, person, &case, board).await?;
        let unresolved = request::list_unresolved(&mut tx, &[case.id]).await?;
        let own = |row: &&RequestRow| row.board == *board && row.anchor == anchor && row.asked_by == person.id();
        let own: Vec<_> = unresolved.iter().filter(own).collect();
        if let Some(row) = find_same(&mut tx, &own, person.id(), &text).await? {
            return Ok(Asked { number: row.number, due_at: row.due_at });
        }
        if unresolved.len() >= MOST_UNRESOLVED {
            return Err(Error::Conflict(format!(
                "{MOST_UNRESOLVED} requests of {reference} are not resolved yet. Resolve one before you ask for more"
            )));
        }
        require_declared(&mut tx, &case, &anchor).await?;
        let by = (person.id(), caller.origin());
        let asked = record_request(&mut tx, &case, board, by, (&anchor, text.clone())).await?;
        tx.commit().await?;
        Ok(asked)
    })
    .await
}

/// Writes down what a person asks in the name of a board, about something that the case declares. The caller holds the case.
pub(crate) async fn record_request(
    tx: &mut Tx,
    case: &CaseRow,
    board: &BoardKey,
    (person, origin): (PersonId, Option<&Origin>),
    (anchor, text): (&Anchor, Remark),
) -> Result<Asked> {
    let due_at = answer_by(tx.now());
    let data =
        RequestData { board: board.clone(), asked_by: person, anchor: anchor.clone(), revision: case.revision, due_at };
    let (id, number) = request::insert(tx, case.id, &data).await?;
    request::insert_entry(tx, id, Side::Board, person, &Said::Text(text)).await?;
    let event = Event {
        kind: EventKind::ChangesRequested,
        actor: Actor::Person(person),
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": case.reference.to_string(),
            "request": id,
            "number": number,
            "board": board,
            "about": anchor.as_str(),
            "revision": case.revision,
            "due_at": due_at,
        }),
    };
    audit::append(tx, event).await?;
    let asked = Asked { number, due_at };
    notice::tell_asked(tx, case, board, asked).await?;
    Ok(asked)
}

/// The one among these requests that this person has asked in these words, and to which nothing was said since.
async fn find_same<'r>(
    tx: &mut Tx,
    rows: &[&'r RequestRow],
    person: PersonId,
    text: &Remark,
) -> Result<Option<&'r RequestRow>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let entries = request::list_entries(tx, &ids).await?;
    let is_same = |row: &&&RequestRow| {
        let thread: Vec<_> = entries.iter().filter(|entry| entry.request == row.id).cloned().collect();
        thread.len() == 1 && is_said(&thread, person, text)
    };
    Ok(rows.iter().find(is_same).copied())
}

/// Refuses a permission that the revision before the boards does not declare.
async fn require_declared(tx: &mut Tx, case: &CaseRow, anchor: &Anchor) -> Result<()> {
    let Some(key) = anchor.key() else { return Ok(()) };
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let declared = declaration::list_permissions(tx, row.id).await?;
    let is_declared = declared.iter().any(|stored| stored.permission.key == *key);
    if is_declared { Ok(()) } else { Err(Anchor::unknown().into()) }
}
