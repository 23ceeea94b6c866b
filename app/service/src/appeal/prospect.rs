//! What carrying an appeal would do now, and what stands in its way however the boards vote.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveTime, Utc};
use kwanus_domain::{
    appeal::Appealed,
    declaration::DeclaredPermissionId,
    integration::Stage,
    permission::PermissionKey,
    policy::{Context, Verdict},
    suspension::Extent,
    time::show_date,
};
use kwanus_store::{Tx, case, declaration, grant, integration::IntegrationRow, partner::PartnerRow, suspension};

use super::decision::Decision;
use crate::{
    Error, Result,
    case::reread,
    submission::{catalogue, catalogue_then, evaluated},
};

/// Among how many decisions of an integration the last suspension of the whole is looked for.
const LATER: u8 = 50;

/// What carrying an appeal would do now.
pub(super) struct Prospect {
    /// What it would do.
    pub effect: Effect,
    /// Why it would do nothing, in sentences without full stops.
    pub obstacles: Vec<String>,
}

/// What an appeal brings about.
pub(super) enum Effect {
    /// These are granted, in the place of whatever is granted.
    Grants(Vec<Granted>),
    /// These are granted again, besides whatever is.
    Resumes(Vec<Granted>),
    /// The suspension of that is lifted.
    Lifts(Extent),
}

/// A permission that an appeal grants.
pub(super) struct Granted {
    /// What was declared.
    pub declared: DeclaredPermissionId,
    /// Which.
    pub key: PermissionKey,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
}

impl Effect {
    /// What it does, in sentences without full stops.
    pub fn said(&self) -> Vec<String> {
        let granted = |verb: &str, granted: &[Granted]| {
            let one = |one: &Granted| {
                let last = (one.ends_at - chrono::Duration::microseconds(1)).date_naive();
                format!("{} is {verb} until {}", one.key, show_date(last))
            };
            granted.iter().map(one).collect()
        };
        match self {
            Self::Grants(all) => granted("granted", all),
            Self::Resumes(all) => granted("granted again", all),
            Self::Lifts(extent) => vec![format!("The suspension of {extent} is lifted")],
        }
    }
}

/// Looks at what a decision took or refused as things are now. There are no exceptions to what is forbidden, and what has run
/// out by itself stays so.
pub(super) async fn prospect(
    tx: &mut Tx,
    decision: &Decision,
    (partner, integration): (&PartnerRow, &IntegrationRow),
) -> Result<Prospect> {
    match decision.what {
        Appealed::Justification => justification(tx, decision, (partner, integration)).await,
        Appealed::Reduction => reduction(tx, decision, (partner, integration)).await,
        Appealed::Suspension => lifting(tx, decision, integration).await,
    }
}

async fn justification(tx: &mut Tx, decision: &Decision, of: (&PartnerRow, &IntegrationRow)) -> Result<Prospect> {
    let mut obstacles = Vec::new();
    let carried = declaration::lookup_carried(tx, of.1.id, i64::MAX).await?;
    if let Some(later) = carried.filter(|carried| carried.number > decision.case.revision) {
        obstacles.push(format!("Revision {} was carried since, and declares the whole set", later.number));
    }
    let today = catalogue(tx).await?;
    let now = tx.now();
    let read = reread(tx, &decision.case, of, &today).await?.evaluated;
    let mut granted = Vec::new();
    for (declared, submitted) in read.permissions {
        // What had a day that has passed is not granted any more; the others are.
        let Some(until) = submitted.permission.until else { continue };
        let ends_at = (until + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
        if ends_at <= now {
            continue;
        }
        let key = submitted.permission.key;
        let forbidden = submitted.findings.iter().filter(|finding| !finding.verdict().may_submit());
        obstacles.extend(forbidden.map(|finding| format!("{key}: {}", finding.message)));
        granted.push(Granted { declared, key, ends_at });
    }
    let forbidden = read.findings.iter().filter(|finding| finding.verdict() == Verdict::Forbidden);
    obstacles.extend(forbidden.map(|finding| finding.message.clone()));
    if granted.is_empty() {
        obstacles.push("Every day until which something was asked for has passed".to_owned());
    }
    Ok(Prospect { effect: Effect::Grants(granted), obstacles })
}

async fn reduction(
    tx: &mut Tx,
    decision: &Decision,
    (partner, integration): (&PartnerRow, &IntegrationRow),
) -> Result<Prospect> {
    if integration.stage == Stage::EndOfSupport {
        return Ok(Prospect { effect: Effect::Resumes(vec![]), obstacles: vec![ended()] });
    }
    let now = tx.now();
    let held: BTreeSet<_> = grant::list_current(tx, integration.id).await?.into_iter().map(|grant| grant.key).collect();
    let today = catalogue(tx).await?;
    let (mut resumed, mut obstacles) = (Vec::new(), Vec::new());
    for row in grant::list_reduced(tx, decision.case.id).await? {
        if row.ends_at <= now || held.contains(&row.key) {
            continue;
        }
        let revision = declaration::lookup_of_permission(tx, row.declared).await?.ok_or(Error::NotFound)?;
        let then = catalogue_then(tx, &revision).await?.bounded_by(&today);
        // It was granted before: what a stage says of what is asked for anew is not asked.
        let context = Context {
            tier: partner.tier,
            layers: &integration.layers,
            stage: Stage::Active,
            granted: &[],
            today: now.date_naive(),
        };
        let read = evaluated(tx, revision.id, &then, context).await?;
        let found = read.permissions.iter().filter(|(id, _)| *id == row.declared).flat_map(|(_, one)| &one.findings);
        let forbidden: Vec<_> = found.filter(|finding| finding.verdict() == Verdict::Forbidden).collect();
        obstacles.extend(forbidden.iter().map(|finding| format!("{}: {}", row.key, finding.message)));
        if forbidden.is_empty() {
            resumed.push(Granted { declared: row.declared, key: row.key, ends_at: row.ends_at });
        }
    }
    if resumed.is_empty() {
        if obstacles.is_empty() {
            obstacles.push("Every grant that it ended would have run out by now, or was granted anew".to_owned());
        }
    } else {
        // The others are resumed.
        obstacles.clear();
    }
    Ok(Prospect { effect: Effect::Resumes(resumed), obstacles })
}

async fn lifting(tx: &mut Tx, decision: &Decision, integration: &IntegrationRow) -> Result<Prospect> {
    let row = suspension::lookup(tx, decision.case.id).await?.ok_or(Error::NotFound)?;
    let rests = match &row.extent {
        Extent::Integration => integration.suspended_at.is_some() && is_last(tx, decision, integration).await?,
        Extent::Grants(_) => {
            let by = decision.case.reference;
            let current = grant::list_current(tx, integration.id).await?;
            current.iter().any(|grant| grant.suspended.is_some_and(|(_, case)| case == by))
        }
    };
    let obstacle = if integration.stage == Stage::EndOfSupport {
        Some(ended())
    } else {
        (!rests).then(|| "What it suspended is not suspended by it any more".to_owned())
    };
    Ok(Prospect { effect: Effect::Lifts(row.extent), obstacles: obstacle.into_iter().collect() })
}

/// Whether no later case lifted the suspension of the whole integration: then another one suspended it again.
async fn is_last(tx: &mut Tx, decision: &Decision, integration: &IntegrationRow) -> Result<bool> {
    for case in case::list_revoking(tx, integration.id, LATER).await? {
        let row = suspension::lookup(tx, case.id).await?;
        if row.is_some_and(|row| row.extent == Extent::Integration) {
            return Ok(case.id == decision.case.id);
        }
    }
    Ok(false)
}

fn ended() -> String {
    "Its support has ended, and every grant with it".to_owned()
}
