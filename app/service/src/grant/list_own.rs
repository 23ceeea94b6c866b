//! What the caller's partner holds, over all its integrations.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use kwanus_domain::{
    Count,
    case::{CaseRef, CaseState},
    grant::{Effect, Rests, WARNING_DAYS, days_left, effect, last_day, renewal_opens_on},
    integration::{IntegrationId, IntegrationName, Stage},
    partner::Slug,
    permission::PermissionKey,
};
use kwanus_store::{
    Db,
    case::{self, CaseRow},
    grant,
};

use crate::{Caller, Error, Result};

/// How many grants are shown.
const MOST: u8 = 20;

/// What a partner holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGrants {
    /// The grants that end first.
    pub rows: Vec<OwnGrant>,
    /// How many there are.
    pub total: Count,
    /// How many of them end soon.
    pub ending: Count,
    /// Whether there are more than are shown.
    pub is_more: bool,
}

/// A grant whose time is running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnGrant {
    /// Which permission.
    pub key: PermissionKey,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs.
    pub slug: Slug,
    /// What it does now.
    pub effect: Effect,
    /// The last day on which it holds.
    pub last_day: NaiveDate,
    /// How many days are left after this one.
    pub days_left: i64,
    /// How it can be had for longer.
    pub renewal: Renewal,
}

/// How a grant can be had for longer: by declaring anew what its integration wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// From that day.
    OpensOn(NaiveDate),
    /// Now.
    Open,
    /// By a draft that is written already.
    Draft(CaseRef),
    /// By what the boards have already.
    InReview(CaseRef),
    /// No more: its integration gets no new permissions.
    Closed,
}

impl Renewal {
    fn new(stage: Stage, unfinished: Option<&CaseRow>, opens_on: NaiveDate, today: NaiveDate) -> Self {
        match unfinished {
            Some(case) if case.state == CaseState::Draft => Self::Draft(case.reference),
            Some(case) => Self::InReview(case.reference),
            None if matches!(stage, Stage::Deprecation | Stage::EndOfSupport) => Self::Closed,
            None if today >= opens_on => Self::Open,
            None => Self::OpensOn(opens_on),
        }
    }
}

/// The grants of the caller's partner, those first that end first.
pub async fn list_own(db: &Db, caller: &Caller) -> Result<OwnGrants> {
    let own = caller.person()?.partner().ok_or(Error::NotFound)?;
    let mut tx = db.read().await?;
    let now = tx.now();
    let today = now.date_naive();
    // A day ends at 24:00.
    let warned = today + Days::new(WARNING_DAYS.unsigned_abs() + 1);
    let by = warned.and_time(NaiveTime::MIN).and_utc();
    let (total, ending) = grant::count_of_partner(&mut tx, own.id, by).await?;
    let mut rows = grant::list_of_partner(&mut tx, own.id, MOST + 1).await?;
    let is_more = rows.len() > usize::from(MOST);
    rows.truncate(usize::from(MOST));
    let integrations: Vec<_> = rows.iter().map(|row| row.integration_id).collect();
    let unfinished = case::list_unfinished(&mut tx, &integrations).await?;
    let unfinished: HashMap<IntegrationId, CaseRow> =
        unfinished.into_iter().map(|case| (case.integration_id, case)).collect();
    let rows = rows.into_iter().map(|row| OwnGrant {
        effect: effect(
            row.permission_key.kind(),
            row.stage,
            (row.starts_at, row.ends_at),
            None,
            Rests { integration: row.suspended_at.is_some(), grant: row.rests_since.is_some(), condition: false },
            now,
        ),
        last_day: last_day(row.ends_at),
        days_left: days_left(row.ends_at, today),
        renewal: Renewal::new(row.stage, unfinished.get(&row.integration_id), renewal_opens_on(row.ends_at), today),
        key: row.permission_key,
        integration: row.name,
        slug: row.slug,
    });
    Ok(OwnGrants { rows: rows.collect(), total, ending, is_more })
}
