//! A member takes a position.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    ballot::{Outcome, PositionId, Recusal, Stance},
    board::BoardKey,
    case::{CaseKind, CaseRef, CaseState},
    meeting::MeetingId,
    permission::PermissionKey,
    request::Anchor,
    time::show_instant,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event, Origin},
    ballot::{self, Considered, PositionData},
    case::{self, CaseRow},
    declaration,
};
use serde_json::json;

use super::{
    concern::{drop_concerns, raise},
    position::{Position, PositionInput, unknown_concern, unknown_owner},
    settle::settle,
    state::{BoardBallot, SeatPosition, TakenPosition, load},
};
use crate::{Caller, Error, Result, notice, retrying, review};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What was recorded.
    pub stance: Stance,
    /// The decision, if this position brought it about.
    pub outcome: Option<Outcome>,
}

/// For whose seat a position is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Voice {
    /// One's own, or a member's whose deputy one is.
    Own,
    /// A member's who was present at a meeting, whose secretary records it.
    Minuted(PersonId, MeetingId),
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
    retrying(|| async {
        let mut tx = db.write().await?;
        // What cannot be read is told whatever the case has to say.
        input.parse(reference.kind.ask(), person.id, tx.now().date_naive())?;
        let case = case::lookup_for_update(&mut tx, reference).await?.ok_or(Error::NotFound)?;
        let (recorded, _) = take(&mut tx, caller, &case, board, input, Voice::Own).await?;
        tx.commit().await?;
        Ok(recorded)
    })
    .await
}

/// The same of a case that is held, for whichever seat; answers the position too, unless it repeats the one before it.
pub(crate) async fn take(
    tx: &mut Tx,
    caller: &Caller,
    case: &CaseRow,
    board: &BoardKey,
    input: &PositionInput,
    voice: Voice,
) -> Result<(Recorded, Option<PositionId>)> {
    let person = caller.person()?;
    let ask = case.reference.kind.ask();
    require_open(case)?;
    // The roster is read under the lock: a term that ended a minute ago is over.
    let ballots = load(tx, case.into()).await?;
    let ballot = ballots.iter().find(|ballot| ballot.board == *board).ok_or(Error::NotFound)?;
    let seat = require_seat(ballot, person.id, voice, tx.now())?;
    let said = input.parse(ask, seat.person, tx.now().date_naive())?;
    let stance = said.stance;
    if input.revision != case.revision {
        return Err(Error::Conflict(format!(
            "Revision {} is before the boards now, and you read revision {}. Read what changed",
            case.revision, input.revision
        )));
    }
    if let Stance::Recommend(rung) = stance {
        review::check(tx, case, rung, &said.permissions).await?;
    }
    check(tx, case, ballot, &said).await?;
    let before = seat.position.as_ref().filter(|position| !position.is_stale);
    let position = if before.is_some_and(|before| is_same(before, &said)) {
        None
    } else {
        let speaker = Speaker { person: person.id, voice, origin: caller.origin() };
        Some(record(tx, case, ballot, (seat, speaker), said).await?)
    };
    // Even if nothing is said anew, the roster may have changed since.
    let outcome = settle(tx, case, caller.actor(), caller.origin()).await?;
    Ok((Recorded { stance, outcome }, position))
}

/// Refuses what comes before or after the boards have a case.
pub(crate) fn require_open(case: &CaseRow) -> Result<()> {
    let reference = case.reference;
    match case.state {
        CaseState::Draft => Err(Error::NotFound),
        CaseState::Open => Ok(()),
        CaseState::Withdrawn => Err(Error::Conflict(format!("{reference} was withdrawn meanwhile"))),
        decided => Err(Error::Conflict(format!("{reference} was decided meanwhile: {}", decided.label()))),
    }
}

/// The seat of somebody who may take a position on a ballot now.
fn require_seat(ballot: &BoardBallot, person: PersonId, voice: Voice, now: DateTime<Utc>) -> Result<&SeatPosition> {
    let seat = match voice {
        Voice::Own => ballot.seat_of(person),
        Voice::Minuted(member, _) => ballot.seat(member).filter(|seat| seat.is_in_term),
    };
    let seat =
        seat.ok_or(Error::Forbidden("Only members of the board whose term is running take positions on its ballot"))?;
    match seat.recusal.filter(|_| !seat.may_speak()) {
        Some(Recusal::Proposer) => return Err(Error::Forbidden("Nobody decides on what they proposed themselves")),
        Some(_) => {
            return Err(Error::Forbidden("Nobody decides on a case of a partner with which they have a conflict"));
        }
        None => {}
    }
    require_running(ballot, now)?;
    Ok(seat)
}

/// Refuses what would change how a ballot stands that has ended: as it ended, so it counts, though nobody may have looked at
/// its case since.
pub(crate) fn require_running(ballot: &BoardBallot, now: DateTime<Utc>) -> Result<()> {
    let Some(ended_at) = ballot.ended_at(now) else { return Ok(()) };
    let closed = show_instant(ended_at);
    Err(Error::Conflict(format!("The ballot of {} closed on {closed}", ballot.board.monogram())))
}

/// What the case itself has to say to a position: concerns are about what it declares and open ones are shared, and who owns a
/// condition takes part.
async fn check(tx: &mut Tx, case: &CaseRow, ballot: &BoardBallot, said: &Position) -> Result<()> {
    let mut wrong = Vec::new();
    let is_open = |number: &i64| ballot.concerns.iter().any(|one| one.number == *number && one.state.is_open());
    if !said.held.iter().all(is_open) {
        wrong.push(unknown_concern());
    }
    let keys: BTreeSet<_> = said.raised.iter().filter_map(|(_, about)| about.key()).collect();
    if !keys.is_empty() {
        let declared = declared_keys(tx, case).await?;
        if !keys.iter().all(|key| declared.contains(*key)) {
            wrong.push(Anchor::unknown());
        }
    }
    let takes_part = |owner: PersonId| ballot.seat(owner).is_some_and(SeatPosition::may_speak);
    let foreign = said.conditions.iter().enumerate().filter(|(_, condition)| !takes_part(condition.owner));
    wrong.extend(foreign.map(|(n, _)| unknown_owner(n)));
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

async fn declared_keys(tx: &mut Tx, case: &CaseRow) -> Result<BTreeSet<PermissionKey>> {
    if case.reference.kind != CaseKind::PermissionJustification {
        return Ok(BTreeSet::new());
    }
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let declared = declaration::list_permissions(tx, row.id).await?;
    Ok(declared.into_iter().map(|stored| stored.permission.key).collect())
}

/// Whether this is what was said before: a form that is sent twice says it once.
fn is_same(before: &TakenPosition, said: &Position) -> bool {
    let has_same_words = before.stance == said.stance && before.reason == said.reason;
    let has_same_objects = before.permissions == said.permissions && before.conditions == said.conditions;
    has_same_words && has_same_objects && said.raised.is_empty() && before.concerns == said.held
}

/// Who writes a position down, for whose seat, and from where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker<'o> {
    /// Who does.
    pub person: PersonId,
    /// For whose seat.
    pub voice: Voice,
    /// From where.
    pub origin: Option<&'o Origin>,
}

/// Writes a position down for a seat, by its member, their deputy or the secretary of a meeting, in the place of the earlier one,
/// with the concerns that it raises; those that nobody objects with any more are dropped.
pub(crate) async fn record(
    tx: &mut Tx,
    case: &CaseRow,
    ballot: &BoardBallot,
    (seat, speaker): (&SeatPosition, Speaker<'_>),
    said: Position,
) -> Result<PositionId> {
    let Speaker { person, voice, origin } = speaker;
    let minuted = match voice {
        Voice::Own => None,
        Voice::Minuted(_, meeting) => Some((person, meeting)),
    };
    let data = PositionData {
        revision: case.revision,
        stance: said.stance,
        concerns: raise(tx, case, ballot, (seat.person, person), &said).await?,
        reason: said.reason,
        permissions: said.permissions,
        conditions: said.conditions,
        deputy: (seat.person != person && minuted.is_none()).then_some(person),
        minuted,
        considered: match voice {
            Voice::Own => ballot::consider(tx, case.id, person, case.revision).await?,
            // What its secretary opened says nothing of the member.
            Voice::Minuted(..) => Considered::default(),
        },
    };
    let before = seat.position.as_ref().filter(|position| !position.is_stale);
    let position = ballot::insert_position(tx, ballot.id, seat.person, &data).await?;
    let event = Event {
        kind: if minuted.is_some() { EventKind::PositionRecorded } else { EventKind::PositionTaken },
        actor: Actor::Person(person),
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": case.reference.to_string(),
            "board": ballot.board,
            "position": position,
            "stance": data.stance,
            "for": (seat.person != person).then_some(seat.person),
            "meeting": minuted.map(|(_, meeting)| meeting),
            "before": before.map(|before| before.stance),
            "permissions": data.permissions,
            "concerns": data.concerns,
            "conditions": data.conditions,
            "revision": data.revision,
        }),
    };
    audit::append(tx, event).await?;
    let owners = data.conditions.iter().map(|condition| condition.owner).filter(|owner| *owner != person).collect();
    notice::tell_named(tx, case.reference, &ballot.board, position, owners).await?;
    drop_concerns(tx, case, &ballot.board, (person, origin)).await?;
    Ok(position)
}
