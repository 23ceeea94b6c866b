//! Deciding a case, once its ballots allow it.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    ballot::{Ask, Outcome, outcome},
    case::{CaseKind, CaseRef, CaseState},
    integration::IntegrationId,
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    ballot,
    case::{self, CaseRow},
    review as stored_review,
};
use serde_json::json;

use super::{
    concern::overrule_due,
    condition::bind,
    open::serve,
    state::{BoardBallot, counts, load},
};
use crate::{
    Result, appeal,
    case::{Facts, freeze},
    grant, lifecycle, notice, review, suspension,
};

/// Decides the case, held by the caller's transaction, if its ballots allow it now: freezes what it is decided on, closes the
/// ballots, and does what the decision says, all in that transaction.
pub(crate) async fn settle(
    tx: &mut Tx,
    case: &CaseRow,
    actor: Actor,
    origin: Option<&Origin>,
) -> Result<Option<Outcome>> {
    let now = tx.now();
    let mut ballots = load(tx, case.into()).await?;
    if overrule_due(tx, case, &ballots).await? | serve(tx, case, &ballots).await? {
        ballots = load(tx, case.into()).await?;
    }
    let voted = match case.reference.kind.ask() {
        Ask::Approval => outcome(&counts(&ballots, now)),
        Ask::Ladder => {
            for ballot in &ballots {
                stored_review::set_verdict(tx, ballot.id, ballot.verdict.as_ref().map(|verdict| verdict.rung)).await?;
            }
            review::concluded(&ballots).map(|verdict| Outcome::Reviewed(verdict.rung))
        }
    };
    let Some(voted) = voted else { return Ok(None) };
    let facts = freeze(tx, case, ballots).await?;
    // What became forbidden while the boards deliberated is not done: there are no waivers.
    let outcome = if facts.overtaken.is_empty() { voted } else { Outcome::Declined };
    if conclude(tx, case, outcome, &facts, (actor, origin)).await? {
        revise_reviews(tx, case.integration_id, case.reference).await?;
        decline_overtaken(tx, case).await?;
    }
    Ok(Some(outcome))
}

/// Writes the decision down, closes the ballots, and does what it says. Answers whether the integration is another by it.
async fn conclude(
    tx: &mut Tx,
    case: &CaseRow,
    outcome: Outcome,
    facts: &Facts,
    (actor, origin): (Actor, Option<&Origin>),
) -> Result<bool> {
    let reference = case.reference;
    case::insert_decision(tx, case.id, outcome, json!(facts)).await?;
    case::decide(tx, case.id, outcome).await?;
    ballot::close_of_case(tx, case.id).await?;
    let (effects, is_another) = match (reference.kind, outcome) {
        // Declined, too: what was suspended at once then lapses.
        (CaseKind::Suspension, Outcome::Carried | Outcome::Declined) => {
            suspension::conclude(tx, case, outcome, (actor, origin)).await?
        }
        (_, Outcome::Declined) => (json!({}), false),
        (CaseKind::Appeal, Outcome::Carried) => (appeal::conclude(tx, case, (actor, origin)).await?, true),
        (CaseKind::PermissionJustification, Outcome::Carried) => (grant::issue(tx, case).await?, true),
        (CaseKind::LifecycleTransition, Outcome::Carried) => (lifecycle::apply(tx, case, actor, origin).await?, true),
        (CaseKind::QuarterlyReview | CaseKind::AnnualReview, Outcome::Reviewed(rung)) => {
            let effects = review::apply(tx, case, rung, &facts.ballots).await?;
            let has_ended = effects["ended"].as_array().is_some_and(|ended| !ended.is_empty());
            (effects, has_ended)
        }
        (_, Outcome::Carried | Outcome::Reviewed(_)) => {
            let what = format!("{reference} cannot end as {}", outcome.as_str());
            return Err(kwanus_store::Error::Inconsistent(what).into());
        }
    };
    let conditions = bind(tx, (case.id, reference), outcome, &facts.ballots).await?;
    let event = Event {
        kind: EventKind::Decided,
        actor,
        subject: Subject::Case(case.id),
        origin,
        details: json!({
            "reference": reference.to_string(),
            "outcome": outcome,
            "revision": case.revision,
            "boards": votes(facts),
            "effects": effects,
            "conditions": conditions,
            "overtaken": facts.overtaken,
        }),
    };
    audit::append(tx, event).await?;
    notice::tell_decided(tx, case, outcome, &facts.ballots).await?;
    Ok(is_another)
}

/// What the open reviews of an integration look at is another by now: what was recommended of it is asked again.
pub(crate) async fn revise_reviews(tx: &mut Tx, integration: IntegrationId, because_of: CaseRef) -> Result<()> {
    for review in stored_review::revise_open(tx, integration).await? {
        let event = Event {
            kind: EventKind::ReviewRevised,
            actor: Actor::System,
            subject: Subject::Case(review),
            origin: None,
            details: json!({ "because_of": because_of.to_string() }),
        };
        audit::append(tx, event).await?;
    }
    Ok(())
}

/// Once an integration has moved to another stage, or lost a grant, what its partner asks for may be open to it no more: then
/// the boards need not deliberate any further.
async fn decline_overtaken(tx: &mut Tx, decided: &CaseRow) -> Result<()> {
    if let Some(open) = case::lookup_unfinished(tx, decided.integration_id).await? {
        decline_if_overtaken(tx, &open).await?;
    }
    Ok(())
}

/// Declines a case before the boards, under its lock, if something in it became impossible; answers whether.
pub(crate) async fn decline_if_overtaken(tx: &mut Tx, open: &CaseRow) -> Result<bool> {
    let held = case::lookup_for_update(tx, open.reference).await?.filter(|case| case.state == CaseState::Open);
    let Some(case) = held else { return Ok(false) };
    let ballots = load(tx, (&case).into()).await?;
    let facts = freeze(tx, &case, ballots).await?;
    let is_overtaken = !facts.overtaken.is_empty();
    if is_overtaken {
        conclude(tx, &case, Outcome::Declined, &facts, (Actor::System, None)).await?;
    }
    Ok(is_overtaken)
}

/// Each board's count, for the log.
fn votes(facts: &Facts) -> serde_json::Value {
    let of = |ballot: &BoardBallot| {
        let (tally, rung) = (ballot.tally, ballot.verdict.as_ref().map(|verdict| verdict.rung));
        match ballot.ask {
            Ask::Approval => {
                json!({ "board": ballot.board, "approvals": tally.approvals, "needed": ballot.needed(), "objections": tally.objections })
            }
            Ask::Ladder => json!({ "board": ballot.board, "recommends": rung }),
        }
    };
    facts.ballots.iter().map(of).collect()
}
