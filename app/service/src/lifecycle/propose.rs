//! Proposing that an integration moves to another stage.

use kwanus_domain::{
    Violation,
    account::Standing,
    audit::EventKind,
    ballot::Reason,
    case::{CaseKind, CaseRef, RouteKey},
    integration::{IntegrationName, Stage},
    lifecycle::{Plan, PlanInput, Transition},
    partner::{PartnerName, PartnerStatus, Slug},
    time::show_date,
};
use kwanus_store::{Db, Tx, case, grant, integration, integration::IntegrationRow, lifecycle, partner::PartnerRow};
use serde_json::json;

use crate::{
    Caller, Error, Result,
    case::{Proposer, open},
    partner::find,
    retrying,
};

/// A step as typed.
#[derive(Clone, Debug, Default)]
pub struct TransitionInput {
    /// The word of the stage to move to.
    pub to: String,
    /// Why.
    pub reason: String,
    /// What stands beside a step to Deprecation.
    pub plan: PlanInput,
}

/// What a form that proposes a step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The stage that it is in.
    pub from: Stage,
    /// The step, or why it cannot be proposed now.
    pub step: Result<Transition, String>,
}

/// Lets those pass who may propose a step of this partner's integrations: its own users while it is active, and members of
/// the boards.
pub(crate) fn may_propose(caller: &Caller, partner: &PartnerRow) -> Result<()> {
    let person = caller.person()?;
    match person.partner() {
        Some(own) if own.id == partner.id && partner.status == PartnerStatus::Active => Ok(()),
        Some(_) => Err(Error::Forbidden("Only users of active partners can propose a transition")),
        None if person.is(Standing::BoardMember) => Ok(()),
        None => Err(Error::Forbidden("Only members of the boards, and the partner itself, propose transitions")),
    }
}

/// What stands in the way of a step now, in a sentence: another stage than it begins from, or a window that is still open.
pub(crate) async fn obstacle(tx: &mut Tx, integration: &IntegrationRow, step: Transition) -> Result<Option<String>> {
    if integration.stage != step.from() {
        return Ok(Some(format!("The integration is in {} by now", integration.stage.label())));
    }
    if !step.needs_window() {
        return Ok(None);
    }
    let deprecation = lifecycle::lookup_deprecation(tx, integration.id).await?;
    Ok(match deprecation.and_then(|row| row.window_ends_at) {
        // Never silent: without an announced window there is no end of support.
        None => Some("No deprecation with a window was announced".to_owned()),
        Some(ends_at) if tx.now() < ends_at => {
            Some(format!("Support may end on {} at the earliest", show_date(ends_at.date_naive())))
        }
        Some(_) => None,
    })
}

async fn locate(tx: &mut Tx, caller: &Caller, partner: &Slug, slug: &Slug) -> Result<(PartnerRow, IntegrationRow)> {
    let partner = find(tx, caller, partner).await?;
    let integration = integration::lookup_by_slug(tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    may_propose(caller, &partner)?;
    Ok((partner, integration))
}

/// The step to that stage, for whoever may propose it.
pub async fn lookup_proposal(db: &Db, caller: &Caller, (partner, slug): (&Slug, &Slug), to: Stage) -> Result<Proposal> {
    let mut tx = db.read().await?;
    let (partner, integration) = locate(&mut tx, caller, partner, slug).await?;
    let from = integration.stage;
    let open = case::lookup_open_transition(&mut tx, integration.id).await?;
    let step = match (Transition::new(from, to), open) {
        (_, Some(open)) => Err(format!("{} is before the boards: one step at a time", open.reference)),
        (Err(_), None) if from == Stage::EndOfSupport => {
            Err("Its support has ended, and nothing leads back".to_owned())
        }
        (Err(_), None) if from == to => Err(format!("The integration is in {} already", to.label())),
        (Err(_), None) => Err(format!("The integration is in {}, and stages move one step at a time", from.label())),
        (Ok(step), None) => obstacle(&mut tx, &integration, step).await?.map_or(Ok(step), Err),
    };
    Ok(Proposal { partner: partner.name, integration: integration.name, from, step })
}

/// Proposes a step to the boards; answers the reference of its case.
pub async fn propose(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    input: &TransitionInput,
) -> Result<CaseRef> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let (_, integration) = locate(&mut tx, caller, partner, slug).await?;
        // Two who propose at once wait for each other here.
        grant::lock(&mut tx, integration.id).await?;
        let integration = integration::lookup(&mut tx, integration.id).await?.ok_or(Error::NotFound)?;
        if let Some(open) = case::lookup_open_transition(&mut tx, integration.id).await? {
            return Err(Error::Conflict(format!("{} is before the boards: one step at a time", open.reference)));
        }
        let (step, reason, plan) = input.parse(integration.stage)?;
        if let Some(obstacle) = obstacle(&mut tx, &integration, step).await? {
            return Err(Violation::with_message("to", "obstacle", obstacle).into());
        }
        let by = Proposer::Person(caller.person()?.id(), caller.origin());
        let reference = open_case(&mut tx, &integration, (step, &reason, plan.as_ref()), by).await?;
        tx.commit().await?;
        Ok(reference)
    })
    .await
}

/// Opens a case about a step. The caller holds the integration and has seen that none is open.
pub(crate) async fn open_case(
    tx: &mut Tx,
    integration: &IntegrationRow,
    (step, reason, plan): (Transition, &Reason, Option<&Plan>),
    by: Proposer<'_>,
) -> Result<CaseRef> {
    let key = RouteKey::of_transition(step.from(), step.to());
    let opened = open(tx, CaseKind::LifecycleTransition, integration, (key, None), by).await?;
    lifecycle::insert(tx, opened.id, step, reason, plan).await?;
    opened.log(tx, EventKind::TransitionProposed, json!({ "from": step.from(), "to": step.to() })).await
}

impl TransitionInput {
    fn parse(&self, from: Stage) -> Result<(Transition, Reason, Option<Plan>)> {
        let step = Stage::from_word(&self.to)
            .ok_or_else(|| Violation::new("to", "missing", "Choose a stage"))
            .and_then(|to| Transition::new(from, to));
        let reason = Reason::parse(&self.reason);
        let plan = match step {
            Ok(step) if step.needs_plan() => self.plan.parse().map(Some),
            _ => Ok(None),
        };
        match (step, reason, plan) {
            (Ok(step), Ok(reason), Ok(plan)) => Ok((step, reason, plan)),
            (step, reason, plan) => {
                let others = plan.err().unwrap_or_default();
                Err(Error::Invalid(step.err().into_iter().chain(reason.err()).chain(others).collect()))
            }
        }
    }
}
