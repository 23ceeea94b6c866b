//! The calendar of reviews, and how far the boards are with them.

use chrono::{DateTime, Datelike, Utc};
use kwanus_domain::{
    account::Standing,
    board::BoardKey,
    review::{CampaignId, CampaignKey, Dates},
};
use kwanus_store::{
    Db, Tx,
    review::{self, BoardProgress, CampaignProgress, CampaignRow},
};

use crate::{Caller, Error, Result};

/// The campaigns of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The year.
    pub year: i32,
    /// Its campaigns, the quarters first. Those that were never planned are not among them.
    pub campaigns: Vec<Campaign>,
    /// Whether there are campaigns in the year before, and in the year after.
    pub neighbours: (bool, bool),
    /// Whether the caller may set dates.
    pub is_editable: bool,
}

/// A round of reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its period.
    pub key: CampaignKey,
    /// Its identifier, by which its cases are found.
    pub id: CampaignId,
    /// When it runs.
    pub dates: Dates,
    /// When it opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// Counts its edits.
    pub revision: i64,
    /// How many reviews it holds.
    pub total: i64,
    /// How many of them are concluded.
    pub done: i64,
    /// How far each board is, in the order of the boards.
    pub boards: Vec<BoardShare>,
    /// Whether its period passed and it was never opened.
    pub is_missed: bool,
}

/// How far a board is with a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardShare {
    /// The board.
    pub board: BoardKey,
    /// How many reviews it has.
    pub total: i64,
    /// Of how many of them it has recommended something.
    pub done: i64,
    /// How many of the others are past their date.
    pub overdue: i64,
}

impl Campaign {
    /// How many ballots of all boards are past their date.
    #[must_use]
    pub fn overdue(&self) -> i64 {
        self.boards.iter().map(|share| share.overdue).sum()
    }

    /// Whether it is open and not all of its reviews are concluded.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.opened_at.is_some() && self.done < self.total
    }
}

/// The calendar of a year, of this one where none is named. For the desk.
pub async fn calendar(db: &Db, caller: &Caller, year: Option<i32>) -> Result<Calendar> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let year = year.unwrap_or_else(|| tx.now().year());
    let campaigns = list(&mut tx, year).await?;
    let has = async |tx: &mut Tx, year| Ok::<_, Error>(!review::list_campaigns(tx, year, year).await?.is_empty());
    let neighbours = (has(&mut tx, year - 1).await?, has(&mut tx, year + 1).await?);
    Ok(Calendar { year, campaigns, neighbours, is_editable: person.is(Standing::Administrator) })
}

/// The campaign of that key, and whether the caller may set its dates. For the desk.
pub async fn lookup_campaign(db: &Db, caller: &Caller, key: CampaignKey) -> Result<(Campaign, bool)> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let campaign = list(&mut tx, key.year()).await?.into_iter().find(|campaign| campaign.key == key);
    let campaign = campaign.ok_or(Error::NotFound)?;
    let is_editable = person.is(Standing::Administrator) && campaign.opened_at.is_none() && !campaign.is_missed;
    Ok((campaign, is_editable))
}

async fn list(tx: &mut Tx, year: i32) -> Result<Vec<Campaign>> {
    let today = tx.now().date_naive();
    let rows = review::list_campaigns(tx, year, year).await?;
    let boards = review::count_by_board(tx, year, year).await?;
    let counts = review::count_by_campaign(tx, year, year).await?;
    let of = |row: CampaignRow| {
        let count: Option<&CampaignProgress> = counts.iter().find(|count| count.campaign_id == row.id);
        let share = |row: &BoardProgress| BoardShare {
            board: row.board_key.clone(),
            total: row.total,
            done: row.done,
            overdue: row.overdue,
        };
        Campaign {
            boards: boards.iter().filter(|share| share.campaign_id == row.id).map(share).collect(),
            is_missed: row.opened_at.is_none() && row.key.last_day() < today,
            total: count.map_or(0, |count| count.total),
            done: count.map_or(0, |count| count.done),
            dates: row.dates(),
            key: row.key,
            id: row.id,
            opened_at: row.opened_at,
            revision: row.revision,
        }
    };
    let mut campaigns: Vec<Campaign> = rows.into_iter().map(of).collect();
    campaigns.sort_by_key(|campaign| campaign.key.quarter().unwrap_or(5));
    Ok(campaigns)
}
