//! The reviews of the story.

use chrono::{Days, NaiveDate, NaiveTime};
use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Stance,
    case::{CaseId, CaseState},
    integration::IntegrationId,
    review::{CampaignKey, Rung},
};
use kwanus_store::{
    case::{self, CaseFilter},
    review::{self as stored_review, CampaignRow},
};

use super::{
    super::{log, world::INTEGRATIONS},
    Act, ENOUGH, Story,
};
use crate::{Error, Result, review::open_next};

/// A round of reviews that closed no more than so many days ago still has some that are open: the next one opens sooner,
/// so that there are some on every day.
const FRESH_DAYS: i64 = 60;
/// So many days before today a round of the quarter opened in which the boards found more than in others: there is always
/// one such round.
const HARD_ROUND: std::ops::Range<i64> = 130..222;
/// What they found in it.
const HARD: [(&str, Rung); 4] = [
    ("claims-reader", Rung::Suspend),
    ("readiness-check", Rung::Reduce),
    ("matter-file", Rung::Reduce),
    ("offer-match", Rung::Maintenance),
];

impl Story<'_> {
    pub(super) async fn open_reviews(&mut self, day: NaiveDate) -> Result<()> {
        for key in CampaignKey::planned(day) {
            let dates = key.default_dates();
            if stored_review::insert_campaign(self.tx, key, dates).await? {
                let row = stored_review::lookup_campaign(self.tx, key).await?.ok_or(Error::NotFound)?;
                log(self.tx, EventKind::CampaignScheduled, Subject::Campaign(row.id)).await?;
            }
        }
        let due = stored_review::list_due(self.tx).await?;
        for campaign in due.into_iter().filter(|campaign| campaign.key.last_day() >= day) {
            while !open_next(self.tx, campaign.key).await?.1 {}
            let is_fresh = (self.now.date_naive() - campaign.dates().closes_on).num_days() < FRESH_DAYS;
            // One round in every year's story is worse than the others.
            let opened_ago = (self.now.date_naive() - campaign.dates().opens_on).num_days();
            let is_hard = campaign.key.quarter().is_some() && HARD_ROUND.contains(&opened_ago);
            for (case, integration) in self.open_cases(&campaign).await? {
                let slug = self.planned(integration).map_or("", |n| INTEGRATIONS[n].slug);
                let worst = HARD.into_iter().find(|(of, _)| is_hard && *of == slug).map(|(_, rung)| rung);
                self.review(case, worst, is_fresh).await?;
            }
            if !is_fresh {
                let at = campaign.dates().closes_on - Days::new(9);
                self.later(at.and_time(NaiveTime::MIN).and_utc(), Act::Remind(campaign.key));
            }
        }
        Ok(())
    }

    /// Which of the planned integrations it is.
    pub(super) fn planned(&self, id: IntegrationId) -> Option<usize> {
        self.integrations.iter().find(|(_, other)| **other == id).map(|(n, _)| *n)
    }

    pub(super) async fn open_cases(&mut self, campaign: &CampaignRow) -> Result<Vec<(CaseId, IntegrationId)>> {
        let filter = CaseFilter { campaign: Some(campaign.id), state: Some(CaseState::Open), ..CaseFilter::default() };
        let mut cases = Vec::new();
        for row in case::list(self.tx, &filter, None, u8::MAX).await? {
            let case = case::lookup_by_id(self.tx, row.id).await?.ok_or(Error::NotFound)?;
            cases.push((case.id, case.integration_id));
        }
        Ok(cases)
    }

    /// How the boards go about a review. Of a round that is fresh, some have not got to it.
    pub(super) async fn review(&mut self, case: CaseId, worst: Option<Rung>, is_fresh: bool) -> Result<()> {
        let boards = self.asked(case).await?;
        let (hard, roll) = (self.clock.throw(boards.len()), self.clock.throw(100));
        let is_waiting = is_fresh && self.clock.throw(2) == 0;
        for (n, board) in boards.iter().enumerate() {
            let rung = match roll {
                _ if n != hard => Rung::Continue,
                _ if worst.is_some() => worst.unwrap_or(Rung::Continue),
                0..62 => Rung::Continue,
                62..84 => Rung::Conditions,
                84..96 => Rung::Reduce,
                _ => Rung::Maintenance,
            };
            let is_behind = is_waiting && (n == hard || self.clock.throw(2) == 0);
            let count = if is_behind { self.clock.throw(ENOUGH) } else { ENOUGH };
            self.some(case, board, Stance::Recommend(rung), count, 16);
        }
        Ok(())
    }

    pub(super) async fn remind(&mut self, key: CampaignKey) -> Result<()> {
        let campaign = stored_review::lookup_campaign(self.tx, key).await?.ok_or(Error::NotFound)?;
        for (case, _) in self.open_cases(&campaign).await? {
            for board in self.asked(case).await? {
                self.agree(case, &board, Stance::Recommend(Rung::Continue), 6);
            }
        }
        Ok(())
    }
}
