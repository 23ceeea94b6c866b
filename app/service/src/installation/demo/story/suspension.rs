//! What a chair stops at once in the story.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kwanus_domain::{
    ballot::Reason,
    integration::Stage,
    suspension::{self as suspended, Extent},
};
use kwanus_store::{board as stored_board, case, grant, integration, suspension::SuspensionRow};

use super::{super::world::INTEGRATIONS, Act, Story};
use crate::{
    Error, Result,
    case::Proposer,
    suspension::{offered_at_once, open_case},
};

/// So many days before today: the board that ratifies it has time yet.
const DAYS_AGO: i64 = 2;
/// Only of an integration with so many grants, so that it is seen that the others go on.
const LEAST_GRANTS: usize = 2;
const REASON: &str = "Since Monday one of its servers answers with what it read for other people. The partner confirmed it by telephone and is looking for the cause; until it is found, nothing more is read by this permission.";

impl Story<'_> {
    /// Writes into the diary that a chair stops something shortly before `now`.
    pub(super) fn plan_stop(&mut self, now: DateTime<Utc>) {
        // Half a minute after anything else, so that no two acts share an instant.
        let time = NaiveTime::from_hms_opt(10, 0, 30).unwrap_or_default();
        let at = (now - Duration::days(DAYS_AGO)).date_naive().and_time(time).and_utc();
        self.acts.insert((at, self.acts.len()), Act::Stop);
    }

    /// A chair suspends one grant at once, of the first integration that goes on with the others. The dice lie afterwards as
    /// they lay before: nothing else in the story hangs on it.
    pub(super) async fn stop(&mut self) -> Result<()> {
        let dice = self.clock.take_other_dice();
        let stopped = self.stop_one().await;
        self.clock.put_back(dice);
        stopped
    }

    async fn stop_one(&mut self) -> Result<()> {
        let boards = stored_board::list(self.tx).await?;
        let board = boards.into_iter().find(|board| board.suspends_at_once).ok_or(Error::NotFound)?;
        // The chair comes first.
        let chair = self.boards[&board.key][0];
        for (n, planned) in INTEGRATIONS.iter().enumerate() {
            let Some(id) = self.integrations.get(&n).copied() else { continue };
            let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
            let grants = grant::list_current(self.tx, id).await?;
            let is_fit = planned.fate.is_empty() && row.stage == Stage::Active && grants.len() >= LEAST_GRANTS;
            if !is_fit || offered_at_once(self.tx, &row).await?.1.is_some() {
                continue;
            }
            let extent = Extent::Grants(grants.into_iter().take(1).map(|grant| grant.key).collect());
            let proposed = SuspensionRow { act: suspended::Act::AtOnce, extent, reason: Reason::parse(REASON)? };
            let reference = open_case(self.tx, &row, &proposed, Proposer::Person(chair, None)).await?;
            let case = case::lookup(self.tx, reference).await?.ok_or(Error::NotFound)?;
            // Nobody has said anything of it yet today.
            self.begun.insert(case.id);
            return Ok(());
        }
        Ok(())
    }
}
