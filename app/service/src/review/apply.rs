//! What a concluded review brings about.

use kwanus_domain::{
    ballot::{Part, Reason, Stance},
    grant::EndCause,
    integration::Stage,
    lifecycle::Transition,
    permission::PermissionKey,
    review::{Rung, Verdict, conclude},
    suspension::{Act, Extent},
};
use kwanus_store::{
    Tx,
    case::{self, CaseRow},
    grant, integration,
    suspension::{self as stored_suspension, SuspensionRow},
};
use serde_json::json;

use crate::{Error, Result, ballot::BoardBallot, case::Proposer, lifecycle, suspension};

/// The longest text that becomes the reason of the case that a review opens, in characters.
const LONGEST_REASON: usize = 1900;

/// What the boards come to together, once each of them has said so.
pub(crate) fn concluded(ballots: &[BoardBallot]) -> Option<Verdict> {
    conclude(ballots.iter().filter(|ballot| ballot.part == Part::Decides).map(|ballot| ballot.verdict.as_ref()))
}

/// Ends the permissions that the boards ended, and opens the case that a stricter outcome asks for. Answers what the log says
/// of it.
pub(crate) async fn apply(
    tx: &mut Tx,
    case: &CaseRow,
    rung: Rung,
    ballots: &[BoardBallot],
) -> Result<serde_json::Value> {
    grant::lock(tx, case.integration_id).await?;
    let ends = concluded(ballots).map(|verdict| verdict.ends).unwrap_or_default();
    let mut ended: Vec<PermissionKey> = Vec::new();
    for row in grant::list_current(tx, case.integration_id).await? {
        if ends.contains(&row.key) {
            grant::end(tx, row.id, case.id, EndCause::Reduced).await?;
            ended.push(row.key);
        }
    }
    let opened = match rung {
        Rung::Maintenance => to_maintenance(tx, case, ballots).await?,
        Rung::Suspend => to_suspension(tx, case, ballots).await?,
        Rung::Continue | Rung::Conditions | Rung::Reduce => None,
    };
    Ok(json!({ "ended": ended, "opened": opened }))
}

/// Opens the transition to Maintenance, unless the integration is on its way already.
async fn to_maintenance(tx: &mut Tx, case: &CaseRow, ballots: &[BoardBallot]) -> Result<Option<String>> {
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let Ok(step) = Transition::new(integration.stage, Stage::Maintenance) else { return Ok(None) };
    let is_open = case::lookup_open_transition(tx, integration.id).await?.is_some();
    if is_open || step.is_back() {
        return Ok(None);
    }
    let reason = reason(case, ballots, Rung::Maintenance)?;
    let by = Proposer::Review(case.reference);
    Ok(Some(lifecycle::open_case(tx, &integration, (step, &reason, None), by).await?.to_string()))
}

/// Opens the case that suspends the integration, unless there is one, or it is suspended.
async fn to_suspension(tx: &mut Tx, case: &CaseRow, ballots: &[BoardBallot]) -> Result<Option<String>> {
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let mut is_open = false;
    for open in case::list_open_suspensions(tx, integration.id).await? {
        is_open |= stored_suspension::lookup(tx, open.id).await?.is_some_and(|row| row.act == Act::Suspend);
    }
    if is_open || integration.suspended_at.is_some() || integration.stage == Stage::EndOfSupport {
        return Ok(None);
    }
    let reason = reason(case, ballots, Rung::Suspend)?;
    let row = SuspensionRow { act: Act::Suspend, extent: Extent::Integration, reason };
    let by = Proposer::Review(case.reference);
    Ok(Some(suspension::open_case(tx, &integration, &row, by).await?.to_string()))
}

/// What those who recommend that rung say, as the reason of the case that it opens.
fn reason(case: &CaseRow, ballots: &[BoardBallot], rung: Rung) -> Result<Reason> {
    let mut text = format!("Recommended by {}.", case.reference);
    // What a few say whom their board did not follow is the boards' business: the partner reads the reason of a case.
    let agreed = |ballot: &&BoardBallot| ballot.verdict.as_ref().is_some_and(|verdict| verdict.rung >= rung);
    for ballot in ballots.iter().filter(agreed) {
        for seat in &ballot.seats {
            let position = seat.position.as_ref().filter(|_| seat.counted().and_then(Stance::rung) >= Some(rung));
            let Some(said) = position.and_then(|position| position.reason.as_ref()) else { continue };
            let line = format!("\n{}: {said}", ballot.board.monogram());
            if text.chars().count() + line.chars().count() > LONGEST_REASON {
                return Ok(Reason::parse(&format!("{text}\nThere is more in the review."))?);
            }
            text.push_str(&line);
        }
    }
    Ok(Reason::parse(&text)?)
}
