//! An appeal as the boards read it, and as it is frozen.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    appeal::{Appealed, NewFacts, Relief},
    case::CaseRef,
};
use kwanus_store::{Tx, appeal, case::CaseRow, integration, integration::IntegrationRow, partner, partner::PartnerRow};
use serde::{Deserialize, Serialize};

use super::{decision::Decision, prospect::prospect};
use crate::{Error, Result};

/// What is appealed, why, and what carrying that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealMatter {
    /// The case that was decided.
    pub appealed: CaseRef,
    /// What it took or refused.
    pub what: Appealed,
    /// What it was about, in a line.
    pub matter: String,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// What is new.
    pub facts: NewFacts,
    /// What is asked for.
    pub relief: Relief,
    /// What carrying it does, or did, in sentences without full stops.
    pub does: Vec<String>,
    /// Why carrying it would do nothing, while it is open.
    pub obstacles: Vec<String>,
    /// Who stands behind the decision, and does not lead.
    pub behind: Vec<String>,
}

/// An appeal as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenAppeal {
    /// The case whose decision was appealed.
    pub of: String,
    /// What was new.
    pub facts: String,
    /// What was asked for.
    pub relief: String,
    /// What carrying it would do.
    pub does: Vec<String>,
}

/// What a case appeals: as it was decided on, where that is kept, and as things are now otherwise.
pub(crate) async fn matter(tx: &mut Tx, case: &CaseRow, then: Option<&FrozenAppeal>) -> Result<AppealMatter> {
    let row = appeal::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
    let decision = Decision::of_appeal(tx, case.id).await?;
    let (does, obstacles) = if let Some(then) = then {
        (then.does.clone(), vec![])
    } else {
        let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
        let prospect = prospect(tx, &decision, (&partner, &integration)).await?;
        (prospect.effect.said(), prospect.obstacles)
    };
    Ok(AppealMatter {
        appealed: decision.case.reference,
        what: decision.what,
        matter: decision.facts.matter(),
        decided_at: decision.decided_at,
        behind: decision.stand_behind().into_iter().map(|(_, name)| name).collect(),
        facts: row.facts,
        relief: row.relief,
        does,
        obstacles,
    })
}

/// Freezes an appeal as it is decided on now; answers with it what became impossible.
pub(crate) async fn freeze(
    tx: &mut Tx,
    case: &CaseRow,
    of: (&PartnerRow, &IntegrationRow),
) -> Result<(FrozenAppeal, Vec<String>)> {
    let row = appeal::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
    let decision = Decision::of_appeal(tx, case.id).await?;
    let prospect = prospect(tx, &decision, of).await?;
    let frozen = FrozenAppeal {
        of: decision.case.reference.to_string(),
        facts: row.facts.to_string(),
        relief: row.relief.to_string(),
        does: prospect.effect.said(),
    };
    Ok((frozen, prospect.obstacles))
}
