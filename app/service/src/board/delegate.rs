//! A member gives their seat to a deputy for some days.

use kwanus_domain::{
    Violation,
    account::{PersonId, Standing},
    audit::{EventKind, Subject},
    board::{BoardKey, Delegation, Kinds, Party, parse_delegated},
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event},
    ballot,
    board::{self, DelegationData, DelegationRow},
};
use serde_json::json;

use crate::{Caller, Error, Result, retrying};

/// A delegation as typed.
#[derive(Clone, Debug, Default)]
pub struct DelegateInput {
    /// The board's key.
    pub board: String,
    /// The identifier of the deputy.
    pub deputy: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The words of the kinds of cases; none means all.
    pub kinds: Vec<String>,
}

/// Gives the caller's seat on a board to a deputy for some days.
pub async fn delegate(db: &Db, caller: &Caller, input: &DelegateInput) -> Result<Delegation> {
    let person = caller.person()?;
    person.require_desk()?;
    if !person.is(Standing::BoardMember) {
        return Err(Error::Forbidden("Only board members have deputies"));
    }
    let board = BoardKey::parse(&input.board)
        .map_err(|_| Violation::new("board", "missing", "Choose the board whose seat you give"));
    let deputy = input.deputy.parse::<PersonId>().map_err(|_| Violation::new("deputy", "missing", "Choose a deputy"));
    let kinds = Kinds::parse(input.kinds.iter().map(String::as_str));
    retrying(|| async {
        let mut tx = db.write().await?;
        let days = parse_delegated(&input.from, &input.until, tx.now().date_naive());
        let (board, deputy, days, kinds) = match (board.clone(), deputy.clone(), days, kinds.clone()) {
            (Ok(board), Ok(deputy), Ok(days), Ok(kinds)) => (board, deputy, days, kinds),
            (board, deputy, days, kinds) => {
                let wrong = board.err().into_iter().chain(deputy.err()).chain(days.err().into_iter().flatten());
                return Err(Error::Invalid(wrong.chain(kinds.err()).collect()));
            }
        };
        // Held, so that two members who delegate at once see each other.
        if !board::lock(&mut tx, &board).await? {
            return Err(Error::NotFound);
        }
        let member = person::lookup(&mut tx, person.id).await?.ok_or(Error::NotFound)?;
        let Some(found) = person::lookup(&mut tx, deputy).await?.filter(|found| found.roles.partner().is_none()) else {
            return Err(Violation::new("deputy", "unknown", "Choose a deputy from the list").into());
        };
        let delegation = Delegation { board: board.clone(), member: person.id, deputy, days };
        let standing = board::list_delegations_of_board(&mut tx, &board).await?;
        let standing: Vec<_> = standing.iter().map(DelegationRow::delegation).collect();
        let wrong = delegation.check(party(&member), party(&found), &standing);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let data = DelegationData { board: board.clone(), member: person.id, deputy, days, kinds: kinds.clone() };
        let id = board::insert_delegation(&mut tx, &data).await?;
        let kinds: Vec<_> = kinds.named().collect();
        let event = Event {
            kind: EventKind::SeatDelegated,
            actor: caller.actor(),
            subject: Subject::Person(person.id),
            origin: caller.origin(),
            details: json!({
                "delegation": id, "board": board, "deputy": deputy, "from": days.from, "until": days.until, "kinds": kinds,
            }),
        };
        audit::append(&mut tx, event).await?;
        ballot::look_again(&mut tx, &board).await?;
        tx.commit().await?;
        Ok(delegation)
    })
    .await
}

fn party(person: &person::Person) -> Party<'_> {
    Party { roles: &person.roles, is_enabled: person.disabled_at.is_none() }
}
