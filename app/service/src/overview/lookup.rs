//! The figures of the overview.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{Count, ballot::Outcome, board::BoardKey, integration::Stage, partner::Tier};
use kwanus_store::{Db, overview, partner};

use crate::{Caller, Result};

/// How many months are shown, the current one last.
const MONTHS: u32 = 12;

/// How the whole stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// How many partners are registered.
    pub partners: Count,
    /// How many integrations there are.
    pub integrations: i64,
    /// Their stages, by tier.
    pub stages: Vec<StageShare>,
    /// The open ballots by board.
    pub boards: Vec<BoardLoad>,
    /// The decisions of twelve months, the current one last.
    pub months: Vec<Month>,
    /// The median of the time to decision in those months, in hours.
    pub median_hours: Option<i64>,
}

/// The stages of the integrations of one tier, in the order of [`Stage::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageShare {
    /// The tier.
    pub tier: Tier,
    /// How many are in each stage.
    pub counts: [i64; 4],
}

/// What a board has before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardLoad {
    /// The board.
    pub board: BoardKey,
    /// Its name.
    pub name: String,
    /// How many of its ballots are open.
    pub open: i64,
    /// How many of those are overdue.
    pub overdue: i64,
    /// The date of the one that is due first.
    pub first_at: Option<DateTime<Utc>>,
}

/// The decisions of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub begins: NaiveDate,
    /// How many cases were carried.
    pub carried: i64,
    /// How many were declined.
    pub declined: i64,
    /// How many reviews were concluded.
    pub reviewed: i64,
}

/// The figures, for the desk.
pub async fn lookup(db: &Db, caller: &Caller) -> Result<Overview> {
    caller.person()?.require_desk()?;
    let mut tx = db.read().await?;
    let today = tx.now().date_naive();
    let this = today.with_day(1).unwrap_or(today);
    let begins = |ago: u32| this.checked_sub_months(Months::new(ago)).unwrap_or(this);
    let since = begins(MONTHS - 1).and_time(NaiveTime::MIN).and_utc();
    let counted = overview::count_stages(&mut tx).await?;
    let stages: Vec<_> = Tier::ALL
        .into_iter()
        .map(|tier| {
            let mut counts = [0; 4];
            for row in counted.iter().filter(|row| row.tier == tier) {
                counts[row.stage as usize] = row.count;
            }
            StageShare { tier, counts }
        })
        .collect();
    debug_assert_eq!(Stage::ALL.len(), 4);
    let decisions = overview::count_decisions(&mut tx, since).await?;
    let months = (0..MONTHS).rev().map(|ago| {
        let begins = begins(ago);
        let month = begins.format("%Y-%m").to_string();
        let of = |is_counted: fn(Outcome) -> bool| {
            let rows = decisions.iter().filter(|row| row.month == month && is_counted(row.outcome));
            rows.map(|row| row.count).sum()
        };
        Month {
            begins,
            carried: of(|outcome| outcome == Outcome::Carried),
            declined: of(|outcome| outcome == Outcome::Declined),
            reviewed: of(|outcome| outcome.rung().is_some()),
        }
    });
    Ok(Overview {
        partners: partner::count(&mut tx).await?,
        integrations: stages.iter().flat_map(|share| share.counts).sum(),
        stages,
        boards: overview::count_open(&mut tx)
            .await?
            .into_iter()
            .map(|row| BoardLoad {
                board: row.key,
                name: row.name,
                open: row.open,
                overdue: row.overdue,
                first_at: row.first_at,
            })
            .collect(),
        months: months.collect(),
        median_hours: overview::median_hours(&mut tx, since).await?,
    })
}
