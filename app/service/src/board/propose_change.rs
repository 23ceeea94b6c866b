//! Proposing a change of a board.

use kwanus_domain::{
    Violation,
    account::{Email, PersonId},
    audit::{EventKind, Subject},
    ballot::Reason,
    board::{AskedCase, BoardKey, Candidate, Change, Checked, ProposalId, RuleInput, SeatId, TermInput, parse_end},
    case::{CaseRef, Route, RouteKey},
    proposal::MOST_OPEN,
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit::{self, Event},
    board::{self, ProposalData},
    case,
};
use serde_json::json;

use super::situation::situation;
use crate::{Caller, Error, Result, retrying};

/// A change of a board as it was typed.
#[derive(Clone, Debug)]
pub enum ChangeInput {
    /// How it decides on what a route sends to it.
    Rule {
        /// The route.
        route: RouteKey,
        /// The version of the rules that the form was made from.
        seen: i64,
        /// The rule.
        typed: RuleInput,
    },
    /// Somebody is appointed.
    Appoint {
        /// Their address.
        email: String,
        /// The term.
        term: TermInput,
    },
    /// A term ends.
    EndTerm {
        /// Which.
        seat: SeatId,
        /// Its last day.
        until: String,
    },
    /// Somebody is appointed for one case.
    AdHoc {
        /// The reference of the case.
        case: String,
        /// Their address.
        email: String,
    },
}

/// A change that is proposed, with what its author saw and why.
pub(crate) struct New {
    pub change: Change,
    pub checked: Checked,
    pub based_on: i64,
    pub reason: Reason,
}

/// Proposes what was typed of a board. Nothing changes before another administrator confirms it.
pub async fn propose_change(
    db: &Db,
    caller: &Caller,
    board: &BoardKey,
    input: &ChangeInput,
    reason: &str,
) -> Result<ProposalId> {
    caller.require_administrator()?;
    caller.person()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        board::lock_all(&mut tx).await?;
        if !board::list(&mut tx).await?.iter().any(|row| row.key == *board) {
            return Err(Error::NotFound);
        }
        let newest = board::newest_version(&mut tx).await?;
        if let ChangeInput::Rule { route, seen, .. } = input {
            require_fresh(&mut tx, (*route, board), *seen).await?;
        }
        let change = match read(&mut tx, board, input).await? {
            Ok(change) => {
                let now = situation(&mut tx, &change).await?;
                change.check(&now).map(|checked| (change, checked))
            }
            Err(wrong) => Err(wrong),
        };
        let new = match (change, Reason::parse(reason)) {
            (Ok((change, checked)), Ok(reason)) => New { change, checked, based_on: newest, reason },
            (change, reason) => {
                return Err(Error::Invalid(change.err().into_iter().flatten().chain(reason.err()).collect()));
            }
        };
        let id = propose(&mut tx, caller, new).await?;
        tx.commit().await?;
        Ok(id)
    })
    .await
}

/// Writes a proposal down, under the lock of the boards, in the caller's transaction. Sent twice, it is proposed once.
pub(crate) async fn propose(tx: &mut Tx, caller: &Caller, new: New) -> Result<ProposalId> {
    let person = caller.person()?;
    let New { change, checked, based_on, reason } = new;
    let open = board::list_open_proposals(tx).await?;
    if let Some(same) = open.iter().find(|row| row.change == change && row.proposed_by == person.id()) {
        return Ok(same.id);
    }
    if open.len() >= MOST_OPEN {
        return Err(Error::Conflict(format!("{MOST_OPEN} proposals are open. Decide on some of them first")));
    }
    let details = json!({ "change": change, "differences": checked.said, "reason": reason });
    let data = ProposalData { based_on, change: &change, differences: checked.said, reason, proposed_by: person.id() };
    let id = board::insert_proposal(tx, data).await?;
    let event = Event {
        kind: EventKind::BoardChangeProposed,
        actor: caller.actor(),
        subject: Subject::BoardProposal(id),
        origin: caller.origin(),
        details,
    };
    audit::append(tx, event).await?;
    Ok(id)
}

/// Refuses what was typed over a rule that is another by now. Told before what is wrong with it: the form that is filled in
/// again bears the version of today.
async fn require_fresh(tx: &mut Tx, (route, board): (RouteKey, &BoardKey), seen: i64) -> Result<()> {
    // A version that is none of ours was never seen.
    let base = board::lookup_rules(tx, seen).await?.ok_or(Error::NotFound)?;
    let routes = case::list_routes(tx).await?;
    let now = Route::find(&routes, route, board).ok_or(Error::NotFound)?;
    if Route::find(&base, route, board).is_some_and(|before| before != now) {
        return Err(Error::Conflict("The rule was changed while you were writing".to_owned()));
    }
    Ok(())
}

async fn read(tx: &mut Tx, board: &BoardKey, input: &ChangeInput) -> Result<Result<Change, Vec<Violation>>> {
    let board = board.clone();
    Ok(match input {
        ChangeInput::Rule { route, typed, .. } => {
            typed.read().map(|(part, rule)| Change::Rule { route: *route, board, part, rule })
        }
        ChangeInput::Appoint { email, term } => {
            let person = somebody(tx, email).await?;
            match (person, term.read()) {
                (Ok(person), Ok((from, until))) => {
                    Ok(Change::Appoint { person, board, from, until, is_chair: term.is_chair })
                }
                (person, days) => Err(person.err().into_iter().chain(days.err().into_iter().flatten()).collect()),
            }
        }
        ChangeInput::EndTerm { seat, until } => {
            parse_end(until).map(|until| Change::EndTerm { seat: *seat, board, until }).map_err(|wrong| vec![wrong])
        }
        ChangeInput::AdHoc { case, email } => {
            let person = somebody(tx, email).await?;
            let found = match CaseRef::parse(case) {
                Some(reference) => case::lookup(tx, reference).await?,
                None => None,
            };
            match (found.ok_or_else(|| AskedCase::unknown(&board)), person) {
                (Ok(found), Ok(person)) => Ok(Change::AdHoc { case: found.id, board, person }),
                (found, person) => Err(found.err().into_iter().chain(person.err()).collect()),
            }
        }
    })
}

/// Who has that address.
async fn somebody(tx: &mut Tx, email: &str) -> Result<Result<PersonId, Violation>> {
    let Ok(email) = Email::parse(email) else { return Ok(Err(Candidate::unknown())) };
    let found = person::lookup_by_email(tx, &email).await?;
    Ok(found.map(|person| person.id).ok_or(Candidate::unknown()))
}
