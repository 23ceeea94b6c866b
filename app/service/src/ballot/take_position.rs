//! A member takes a position.

use std::collections::BTreeSet;

use kwanus_domain::{
    Violation,
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    ballot::{Ask, Outcome, Reason, Stance},
    board::BoardKey,
    case::{CaseRef, CaseState},
    permission::PermissionKey,
    review::Rung,
    time::show_instant,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event, Origin},
    ballot::{self, PositionData},
    case::{self, CaseRow},
};
use serde_json::json;

use super::{
    settle::settle,
    state::{BoardBallot, load},
};
use crate::{Caller, Error, Result, retrying, review};

/// A position as typed.
#[derive(Clone, Debug, Default)]
pub struct PositionInput {
    /// The word of the stance.
    pub stance: String,
    /// Why.
    pub reason: String,
    /// The keys of the permissions that a recommendation to reduce names.
    pub permissions: Vec<String>,
    /// The revision that the member read.
    pub revision: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What was recorded.
    pub stance: Stance,
    /// The decision, if this position brought it about.
    pub outcome: Option<Outcome>,
}

impl PositionInput {
    fn parse(&self, ask: Ask) -> Result<(Stance, Option<Reason>, BTreeSet<PermissionKey>)> {
        let (stance, reason) = (ask.read(&self.stance), Reason::parse_optional(&self.reason));
        let is_reduction = stance == Ok(Stance::Recommend(Rung::Reduce));
        let keys = self.permissions.iter().filter(|_| is_reduction).map(|key| PermissionKey::parse(key));
        let keys = keys.collect::<Result<BTreeSet<_>, _>>();
        let unnamed = match &keys {
            Ok(keys) if is_reduction && keys.is_empty() => Some(("missing", "Choose the permissions that are to end")),
            Ok(_) => None,
            Err(_) => Some(("unknown", "Choose from what is granted")),
        };
        let unnamed = unnamed.map(|(code, message)| Violation::new("permissions", code, message));
        let wanted = stance.as_ref().ok().filter(|_| reason == Ok(None)).and_then(|stance| stance.reason_wanted());
        let unreasoned = wanted.map(|wanted| Violation::new("reason", "missing", wanted));
        match (stance, reason, keys) {
            (Ok(stance), Ok(reason), Ok(keys)) if unnamed.is_none() && unreasoned.is_none() => {
                Ok((stance, reason, keys))
            }
            // In the order of the form.
            (stance, reason, _) => {
                let all = [stance.err(), unnamed, unreasoned, reason.err()];
                Err(Error::Invalid(all.into_iter().flatten().collect()))
            }
        }
    }
}

/// Takes a position on a board's ballot, in the place of one's earlier one, and decides the case if that allows it. The
/// position binds to the revision that was read: another one is a conflict.
pub async fn take_position(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    board: &BoardKey,
    input: &PositionInput,
) -> Result<Recorded> {
    let person = caller.person()?;
    person.require_desk()?;
    let (stance, reason, permissions) = input.parse(reference.kind.ask())?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        match case.state {
            CaseState::Draft => return Err(Error::NotFound),
            CaseState::Open => {}
            CaseState::Withdrawn => return Err(Error::Conflict(format!("{reference} was withdrawn meanwhile"))),
            decided => {
                return Err(Error::Conflict(format!("{reference} was decided meanwhile: {}", decided.label())));
            }
        }
        // The roster is read under the lock: a term that ended a minute ago is over.
        let ballots = load(&mut tx, (&case).into()).await?;
        let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
        let seat = ballot.seat(person.id).filter(|seat| seat.is_in_term);
        let seat = seat
            .ok_or(Error::Forbidden("Only members of the board whose term is running take positions on its ballot"))?;
        if seat.is_recused {
            return Err(Error::Forbidden("Nobody decides on what they proposed themselves"));
        }
        if ballot.is_over(tx.now()) {
            let closed = show_instant(ballot.deadline.ends_at());
            return Err(Error::Conflict(format!("The ballot of {} closed on {closed}", board.monogram())));
        }
        if input.revision != case.revision {
            return Err(Error::Conflict(format!(
                "Revision {} is before the boards now, and you read revision {}. Read what changed",
                case.revision, input.revision
            )));
        }
        if let Stance::Recommend(rung) = stance {
            review::check(&mut tx, &case, rung, &permissions).await?;
        }
        let before = seat.position.as_ref().filter(|position| !position.is_stale);
        if before.is_some_and(|before| {
            before.stance == stance && before.reason == reason && before.permissions == permissions
        }) {
            // Nothing is said anew, but the roster may have changed since.
            let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
            tx.commit().await?;
            return Ok(Recorded { stance, outcome });
        }
        let data =
            PositionData { revision: case.revision, stance, reason: reason.clone(), permissions: permissions.clone() };
        record(&mut tx, &case, ballot, (person.id, caller.origin()), &data).await?;
        let outcome = settle(&mut tx, &case, caller.actor(), caller.origin()).await?;
        tx.commit().await?;
        Ok(Recorded { stance, outcome })
    })
    .await
}

/// Writes a position down, in the place of the same person's earlier one.
pub(crate) async fn record(
    tx: &mut Tx,
    case: &CaseRow,
    ballot: &BoardBallot,
    (person, origin): (PersonId, Option<&Origin>),
    data: &PositionData,
) -> Result<()> {
    let before = ballot.seat(person).and_then(|seat| seat.position.as_ref()).filter(|position| !position.is_stale);
    let position = ballot::insert_position(tx, ballot.id, person, data).await?;
    let event = Event {
        kind: EventKind::PositionTaken,
        actor: Actor::Person(person),
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": case.reference.to_string(),
            "board": ballot.board,
            "position": position,
            "stance": data.stance,
            "before": before.map(|before| before.stance),
            "permissions": data.permissions,
            "revision": data.revision,
        }),
    };
    audit::append(tx, event).await?;
    Ok(())
}
