//! Noting that somebody who may vote opened a case, or what is attached to it.
//!
//! A measurement of how positions come about, and no act: it changes nothing of the case, nobody is told of it, and it stands in
//! no log. It is taken where pages are read, so nothing of it may keep a page from its reader.

use std::time::Duration;

use kwanus_domain::{
    account::PersonId,
    case::{CaseRef, CaseState},
};
use kwanus_store::{
    Db, Tx, ballot,
    case::{self, CaseRow},
    evidence::EvidencePlace,
};

use super::state::{BoardBallot, SeatPosition, load};
use crate::{Result, retrying};

/// How long a page waits for others who write.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was opened of a case, by its revision.
#[derive(Clone, Copy, Debug)]
enum Opened {
    Case(CaseRef, i64),
    Evidence(EvidencePlace),
}

/// Notes that somebody who may vote on a case has its revision before them.
pub(crate) async fn note_opened(db: &Db, person: PersonId, reference: CaseRef, revision: i64) {
    note(db, person, Opened::Case(reference, revision)).await;
}

/// Notes that somebody opened a file that is attached there, if they may vote on its case.
pub(crate) async fn note_evidence_opened(db: &Db, person: PersonId, place: EvidencePlace) {
    note(db, person, Opened::Evidence(place)).await;
}

async fn note(db: &Db, person: PersonId, opened: Opened) {
    match tokio::time::timeout(PATIENCE, record(db, person, opened)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(?opened, error = error.chain(), "an opening was not noted"),
        Err(_) => tracing::warn!(?opened, "an opening was not noted: others write for too long"),
    }
}

/// Only the first time is written: whoever looks again waits for nobody who writes.
async fn record(db: &Db, person: PersonId, opened: Opened) -> Result<()> {
    let mut tx = db.read().await?;
    let found = match opened {
        Opened::Case(reference, revision) => case::lookup(&mut tx, reference).await?.map(|case| (case, revision)),
        Opened::Evidence(place) => case::lookup_by_id(&mut tx, place.case_id).await?.map(|case| (case, place.number)),
    };
    let Some((case, revision)) = found else { return Ok(()) };
    let before = ballot::lookup_reading(&mut tx, case.id, person, revision).await?;
    let is_noted = match opened {
        Opened::Case(..) => before.is_some(),
        Opened::Evidence(_) => before.is_some_and(|reading| reading.evidence_opened_at.is_some()),
    };
    // Whose page it is knows already whether they may vote.
    let is_left_out = is_noted || matches!(opened, Opened::Evidence(_)) && !may_vote(&mut tx, person, &case).await?;
    if is_left_out {
        return Ok(());
    }
    drop(tx);
    retrying(|| async {
        let mut tx = db.write().await?;
        match opened {
            Opened::Case(..) => ballot::open_reading(&mut tx, case.id, person, revision).await?,
            Opened::Evidence(_) => ballot::open_evidence(&mut tx, case.id, person, revision).await?,
        }
        Ok(tx.commit().await?)
    })
    .await
}

/// Whether somebody may take a position on an open case, for their own seat or for a member whose deputy they are.
async fn may_vote(tx: &mut Tx, person: PersonId, case: &CaseRow) -> Result<bool> {
    if case.state != CaseState::Open {
        return Ok(false);
    }
    let now = tx.now();
    let ballots = load(tx, case.into()).await?;
    let may =
        |ballot: &BoardBallot| !ballot.is_over(now) && ballot.seat_of(person).is_some_and(SeatPosition::may_speak);
    Ok(ballots.iter().any(may))
}
