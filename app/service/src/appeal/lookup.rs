//! What a partner reads of an appeal: the form, or what became of it.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    appeal::{Appealed, NewFacts, Relief, Window},
    case::{CaseRef, CaseState},
    integration::IntegrationName,
    partner::{PartnerName, Slug},
    request::Side,
};
use kwanus_store::{Db, Tx, appeal, case};

use super::{
    find::{Found, find},
    make::obstacle,
    prospect::prospect,
};
use crate::{
    Caller, Error, Result,
    ballot::of_case,
    case::{Facts, turn_of},
    submission::BoardState,
};

/// An appeal as its partner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAppeal {
    /// The case that was decided.
    pub appealed: CaseRef,
    /// What it took or refused.
    pub what: Appealed,
    /// What it was about, in a line.
    pub matter: String,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// The time in which it can be appealed.
    pub window: Window,
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's name in URLs.
    pub partner_slug: Slug,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs.
    pub slug: Slug,
    /// What carrying it would do, in sentences without full stops.
    pub does: Vec<String>,
    /// Why it cannot be appealed now, if so.
    pub obstacle: Option<String>,
    /// The appeal, once it is made.
    pub made: Option<MadeAppeal>,
}

/// An appeal that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeAppeal {
    /// Its reference.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it was decided, or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// Whose turn it is, in one sentence without a full stop.
    pub turn: String,
    /// What is new.
    pub facts: NewFacts,
    /// What is asked for.
    pub relief: Relief,
    /// How far each board is, without who said what.
    pub boards: Vec<BoardState>,
    /// What became impossible meanwhile.
    pub overtaken: Vec<String>,
}

/// The appeal of the decision on a case of the caller's partner, or the form to make it.
pub async fn lookup(db: &Db, caller: &Caller, reference: CaseRef) -> Result<OwnAppeal> {
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let found = find(&mut tx, caller, case).await?;
    let made = made(&mut tx, &found).await?;
    let obstacle = match made {
        Some(_) => None,
        None => obstacle(&mut tx, &found).await?,
    };
    let Found { decision, integration, partner } = found;
    let prospect = prospect(&mut tx, &decision, (&partner, &integration)).await?;
    Ok(OwnAppeal {
        appealed: reference,
        what: decision.what,
        matter: decision.facts.matter(),
        decided_at: decision.decided_at,
        window: Window::of(decision.decided_at),
        partner: partner.name,
        partner_slug: partner.slug,
        integration: integration.name,
        slug: integration.slug,
        does: prospect.effect.said(),
        obstacle,
        made,
    })
}

async fn made(tx: &mut Tx, found: &Found) -> Result<Option<MadeAppeal>> {
    let Some(id) = appeal::lookup_of(tx, found.decision.case.id).await? else { return Ok(None) };
    let case = case::lookup_by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let row = appeal::lookup(tx, id).await?.ok_or(Error::NotFound)?;
    let facts = case::lookup_decision(tx, id).await?.as_ref().map(Facts::read).transpose()?;
    let ballots = of_case(tx, &case, facts.as_ref()).await?;
    let now = tx.now();
    Ok(Some(MadeAppeal {
        reference: case.reference,
        state: case.state,
        made_at: case.created_at,
        decided_at: case.decided_at,
        turn: turn_of(Side::Partner, &case, &ballots, &[], now),
        boards: ballots.iter().map(|ballot| BoardState::of(ballot, now)).collect(),
        overtaken: facts.map(|facts| facts.overtaken).unwrap_or_default(),
        facts: row.facts,
        relief: row.relief,
    }))
}
