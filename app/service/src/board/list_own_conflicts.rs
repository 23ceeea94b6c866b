//! What the caller declared.

use chrono::{DateTime, Utc};
use kwanus_domain::board::ConflictId;
use kwanus_store::{Db, board};

use super::{confirm_nothing_to_declare::is_declaration_due, conflict::Conflict};
use crate::{Caller, Page, Result};

/// How many relations stand on a page.
const PAGE: u8 = 25;

/// What somebody declared of themselves, and what was said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnConflicts {
    /// The last declared first.
    pub page: Page<Conflict, ConflictId>,
    /// When they last said that there is nothing else.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Whether they are to say so.
    pub is_due: bool,
    /// The one that is about to be ended.
    pub ending: Option<Conflict>,
}

/// What the caller is to partners, a page of it after `after`, with the one that they want to end.
pub async fn list_own_conflicts(
    db: &Db,
    caller: &Caller,
    after: Option<ConflictId>,
    ending: Option<ConflictId>,
) -> Result<OwnConflicts> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let today = tx.now().date_naive();
    let rows = board::list_conflicts_of_person(&mut tx, person.id, after, PAGE + 1).await?;
    let rows = rows.into_iter().map(|row| Conflict::new(row, person, &person.roles, today)).collect();
    let ending = match ending {
        Some(id) => board::lookup_conflict(&mut tx, id).await?.filter(|row| row.person_id == person.id),
        None => None,
    };
    let ending = ending.map(|row| Conflict::new(row, person, &person.roles, today)).filter(|conflict| conflict.may_end);
    Ok(OwnConflicts {
        page: Page::of(rows, PAGE, |conflict| conflict.row.id),
        confirmed_at: board::last_confirmed(&mut tx, person.id).await?,
        is_due: is_declaration_due(&mut tx, person).await?,
        ending,
    })
}
