//! An integration as its page shows it.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::Standing,
    ballot::{Outcome, Reason, Stance},
    case::{CaseRef, CaseState},
    integration::{Description, IntegrationName, Layers, Stage},
    lifecycle::Transition,
    partner::{PartnerName, Slug, Tier},
    review::Rung,
    suspension::{Act, Extent},
};
use kwanus_store::{
    Db, Tx,
    case::{self, CaseRow, DecisionRow},
    integration, lifecycle,
    manifest::VersionRow,
    suspension::{self, SuspensionRow},
};

use crate::{
    Caller, Error, Result,
    appeal::{self, AppealClock},
    ballot::{is_recused, of_case},
    case::Facts,
    grant::{self, Grant},
    lifecycle::may_propose,
    manifest,
    partner::find,
    review::{self, PastReview},
    submission::BoardState,
    suspension::{chairs, offered_at_once},
};

/// How many decided steps and suspensions are shown.
const DECIDED: u8 = 5;

/// An integration as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// Its name in URLs, below its partner's.
    pub slug: Slug,
    /// Its name.
    pub name: IntegrationName,
    /// What it does.
    pub description: Description,
    /// Where it meets the OS.
    pub layers: Layers,
    /// Where it stands in its life.
    pub stage: Stage,
    /// Since when.
    pub stage_since: DateTime<Utc>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Counts its edits; an edit names the one that it saw.
    pub revision: i64,
    /// Its partner's name in URLs.
    pub partner_slug: Slug,
    /// Its partner's name.
    pub partner_name: PartnerName,
    /// Its partner's tier.
    pub tier: Tier,
    /// What it may do.
    pub grants: Vec<Grant>,
    /// What it might do once, the newest first.
    pub past_grants: Vec<Grant>,
    /// The last versions of its manifest, the newest first.
    pub versions: Vec<VersionRow>,
    /// The submission that is not decided yet, if there is one; a draft is told to its partner alone.
    pub unfinished: Option<CaseRef>,
    /// The step to another stage that is before the boards, if there is one.
    pub transition: Option<OpenTransition>,
    /// Since when it is suspended, while it is.
    pub suspended_at: Option<DateTime<Utc>>,
    /// The cases about a suspension that are before the boards, the oldest first.
    pub suspensions: Vec<OpenSuspension>,
    /// The last steps and suspensions that were decided on, the newest first.
    pub decided: Vec<DecidedProposal>,
    /// Its last reviews, the newest first.
    pub reviews: Vec<PastReview>,
    /// What the boards found in the last one that is concluded: conditions, or why they went further.
    pub findings: Vec<Reason>,
    /// Until when what was revoked can be appealed, or the appeals that were made, the newest first.
    pub appeals: Vec<AppealClock>,
    /// The first instant at which support may end, while it is deprecated.
    pub window_ends_at: Option<DateTime<Utc>>,
    /// The stages that the caller may propose now.
    pub targets: Vec<Stage>,
    /// Whether the caller may propose now that its suspension, or one of its grants, is lifted.
    pub may_lift: bool,
    /// Whether the caller may suspend it, or grants of it, at once.
    pub may_suspend_at_once: bool,
    /// Whether the caller may edit it.
    pub is_editable: bool,
}

/// A step that is before the boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTransition {
    /// Its case.
    pub reference: CaseRef,
    /// To which stage.
    pub to: Stage,
    /// Why.
    pub reason: Reason,
    /// How far each board is, without who said what.
    pub boards: Vec<BoardState>,
}

/// A suspension, or the lifting of one, that is before the boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSuspension {
    /// Its case.
    pub reference: CaseRef,
    /// What it does.
    pub act: Act,
    /// How much it is about.
    pub extent: Extent,
    /// Since when the boards have it, and what it suspended at once rests.
    pub opened_at: DateTime<Utc>,
    /// When the last of its ballots ends: then what it suspended at once lapses, unless it is carried.
    pub ends_at: DateTime<Utc>,
    /// Why.
    pub reason: Reason,
    /// How far each board is, without who said what.
    pub boards: Vec<BoardState>,
}

/// A step or a suspension that was decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedProposal {
    /// Its case.
    pub reference: String,
    /// What it was about, in a line.
    pub matter: String,
    /// How it came out.
    pub outcome: Outcome,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// What members objected to, without who they are.
    pub objections: Vec<Reason>,
    /// What became impossible meanwhile.
    pub overtaken: Vec<String>,
}

impl DecidedProposal {
    fn read(row: &DecisionRow) -> Result<Self> {
        let facts = Facts::read(row)?;
        let (outcome, decided_at) = (row.outcome, row.decided_at);
        let objections =
            facts.ballots.iter().flat_map(|ballot| BoardState::of(ballot, decided_at).objections).collect();
        let matter = facts.matter();
        Ok(Self { reference: facts.reference, matter, outcome, decided_at, objections, overtaken: facts.overtaken })
    }
}

/// How far each board is, as the reader may know it: a member who proposed the case does not see what the others say of it;
/// what they object to is addressed to the partner.
async fn boards(tx: &mut Tx, caller: &Caller, case: &CaseRow) -> Result<Vec<BoardState>> {
    let person = caller.person()?;
    let now = tx.now();
    let ballots = of_case(tx, case, None).await?;
    let is_recused = person.partner().is_none() && is_recused(person.id(), case.proposer(), &ballots);
    let mut boards: Vec<_> = ballots.iter().map(|ballot| BoardState::of(ballot, now)).collect();
    if is_recused {
        for board in &mut boards {
            board.objections.clear();
        }
    }
    Ok(boards)
}

/// Why the boards did not let an integration just go on, without who said it.
async fn findings(tx: &mut Tx, review: &PastReview) -> Result<Vec<Reason>> {
    let Some(case) = case::lookup(tx, review.reference).await? else { return Ok(vec![]) };
    let Some(decision) = case::lookup_decision(tx, case.id).await? else { return Ok(vec![]) };
    let ballots = Facts::read(&decision)?.ballots;
    let mut found = Vec::new();
    for ballot in ballots {
        // What a few say whom their board did not follow is the boards' business.
        let Some(rung) = ballot.verdict.map(|verdict| verdict.rung).filter(|rung| *rung > Rung::Continue) else {
            continue;
        };
        let agreed = ballot.seats.into_iter().filter(|seat| seat.counted().and_then(Stance::rung) >= Some(rung));
        found.extend(agreed.filter_map(|seat| seat.position.and_then(|position| position.reason)));
    }
    Ok(found)
}

/// The integration below its partner. A partner's user sees their own; of another there is nothing to see.
pub async fn lookup(db: &Db, caller: &Caller, partner: &Slug, slug: &Slug) -> Result<Integration> {
    let mut tx = db.read().await?;
    let partner = find(&mut tx, caller, partner).await?;
    let row = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
    let (grants, past_grants) = grant::list(&mut tx, &row).await?;
    let versions = manifest::newest(&mut tx, row.id).await?;
    let unfinished = case::lookup_unfinished(&mut tx, row.id).await?;
    let is_own = caller.person()?.partner().is_some();
    let transition = match case::lookup_open_transition(&mut tx, row.id).await? {
        Some(case) => {
            let row = lifecycle::lookup(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
            let boards = boards(&mut tx, caller, &case).await?;
            Some(OpenTransition { reference: case.reference, to: row.step.to(), reason: row.reason, boards })
        }
        None => None,
    };
    let window_ends_at = match row.stage {
        Stage::Deprecation => {
            lifecycle::lookup_deprecation(&mut tx, row.id).await?.and_then(|step| step.window_ends_at)
        }
        Stage::Active | Stage::Maintenance | Stage::EndOfSupport => None,
    };
    let mut suspensions = Vec::new();
    for case in case::list_open_suspensions(&mut tx, row.id).await? {
        let SuspensionRow { act, extent, reason } =
            suspension::lookup(&mut tx, case.id).await?.ok_or(Error::NotFound)?;
        let boards = boards(&mut tx, caller, &case).await?;
        let opened_at = case.submitted_at.unwrap_or(case.created_at);
        let ends_at = boards.iter().map(|board| board.deadline.ends_at()).max().unwrap_or(opened_at);
        suspensions.push(OpenSuspension { reference: case.reference, act, extent, opened_at, ends_at, reason, boards });
    }
    let decided = case::list_decisions_of_integration(&mut tx, row.id, DECIDED).await?;
    let reviews = {
        let now = tx.now();
        review::list_past(&mut tx, row.id, now).await?
    };
    let findings =
        match reviews.iter().filter(|review| review.concluded.is_some()).max_by_key(|review| review.concluded_at()) {
            Some(last) => findings(&mut tx, last).await?,
            None => vec![],
        };
    // What has ended rests no more.
    let suspended_at = row.suspended_at.filter(|_| row.stage != Stage::EndOfSupport);
    let is_proposer = may_propose(caller, &partner).is_ok();
    let rests = suspended_at.is_some() || grants.iter().any(|grant| grant.suspended.is_some());
    let may_suspend_at_once =
        !is_own && chairs(&mut tx, caller).await? && offered_at_once(&mut tx, &row).await?.1.is_none();
    let may_propose = transition.is_none() && is_proposer;
    let appeals = appeal::clocks(&mut tx, row.id).await?;
    Ok(Integration {
        appeals,
        may_lift: is_proposer && rests && suspensions.is_empty(),
        may_suspend_at_once,
        suspended_at,
        suspensions,
        decided: decided.iter().map(DecidedProposal::read).collect::<Result<_>>()?,
        reviews,
        findings,
        transition,
        window_ends_at,
        targets: if may_propose { Transition::targets(row.stage) } else { vec![] },
        grants,
        past_grants,
        versions,
        unfinished: unfinished.filter(|case| is_own || case.state != CaseState::Draft).map(|case| case.reference),
        slug: row.slug,
        name: row.name,
        description: row.description,
        layers: row.layers,
        stage: row.stage,
        stage_since: row.stage_since,
        created_at: row.created_at,
        revision: row.revision,
        partner_slug: partner.slug,
        partner_name: partner.name,
        tier: partner.tier,
        is_editable: caller.person()?.is(Standing::Administrator),
    })
}
