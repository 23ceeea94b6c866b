//! Opening rounds of reviews on their day.

use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    review::CampaignKey,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    integration::IntegrationRow,
    review::{self, CampaignRow},
};
use serde_json::json;

use crate::{
    Caller, Error, Result,
    case::{Proposer, open},
    retrying,
};

/// How many cases open in one transaction.
const BATCH: u8 = 50;

/// Writes down the calendar of the year ahead, and opens every round whose first day has come: a case for each integration
/// that was registered before it and whose support has not ended. Safe to run at any time and in two processes at once:
/// a round is opened under its lock, a batch of cases at a time, and goes on where it was left. A round of whose period less
/// than a week is left, since nobody was there to open it, is not held. Answers how many cases were opened.
pub async fn open_due(db: &Db, caller: &Caller) -> Result<usize> {
    caller.require_operator()?;
    plan(db).await?;
    let mut opened = 0;
    let due = {
        let mut tx = db.read().await?;
        let today = tx.now().date_naive();
        let due = review::list_due(&mut tx).await?;
        due.into_iter().map(|row| row.key).filter(|key| key.last_day() >= today).collect::<Vec<_>>()
    };
    for key in due {
        loop {
            let (count, is_done) = retrying(|| open_batch(db, key)).await?;
            opened += count;
            if is_done {
                break;
            }
        }
    }
    Ok(opened)
}

/// Writes down when the campaigns of the year ahead are held, as far as nobody has.
async fn plan(db: &Db) -> Result<()> {
    let is_planned = async |key: CampaignKey| {
        let mut tx = db.read().await?;
        Ok::<_, Error>(review::lookup_campaign(&mut tx, key).await?.is_some())
    };
    let today = db.read().await?.now().date_naive();
    for key in CampaignKey::planned(today) {
        if is_planned(key).await? {
            continue;
        }
        retrying(|| async {
            let mut tx = db.write().await?;
            let dates = key.default_dates();
            if review::insert_campaign(&mut tx, key, dates).await? {
                let row = review::lookup_campaign(&mut tx, key).await?.ok_or(Error::NotFound)?;
                let details =
                    json!({ "campaign": key.to_string(), "opens_on": dates.opens_on, "closes_on": dates.closes_on });
                log(&mut tx, EventKind::CampaignScheduled, Subject::Campaign(row.id), details).await?;
            }
            Ok(tx.commit().await?)
        })
        .await?;
    }
    Ok(())
}

/// Opens the next cases of a campaign; answers how many, and whether it has all of them.
async fn open_batch(db: &Db, key: CampaignKey) -> Result<(usize, bool)> {
    let mut tx = db.write().await?;
    let opened = open_next(&mut tx, key).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The same, in a transaction.
pub(crate) async fn open_next(tx: &mut Tx, key: CampaignKey) -> Result<(usize, bool)> {
    let mut campaign = review::lookup_campaign_for_update(tx, key).await?.ok_or(Error::NotFound)?;
    let (before, today) = (campaign.dates(), tx.now().date_naive());
    if campaign.opened_at.is_some() || before.opens_on > today {
        return Ok((0, true));
    }
    let has_begun = {
        let counts = review::count_by_campaign(tx, key.year(), key.year()).await?;
        counts.iter().any(|count| count.campaign_id == campaign.id && count.total > 0)
    };
    if !has_begun {
        // Too late to be held at all.
        let Some(dates) = before.opening(key, today) else { return Ok((0, true)) };
        if dates != before {
            review::schedule(tx, campaign.id, dates, campaign.revision).await?;
            campaign = review::lookup_campaign(tx, key).await?.ok_or(Error::NotFound)?;
            let details = json!({
                "campaign": key.to_string(),
                "closes_on": dates.closes_on,
                "before": { "closes_on": before.closes_on },
            });
            log(tx, EventKind::CampaignScheduled, Subject::Campaign(campaign.id), details).await?;
        }
    }
    let lacking = review::list_lacking(tx, &campaign, BATCH).await?;
    for integration in &lacking {
        open_case(tx, &campaign, integration).await?;
    }
    let is_done = lacking.len() < usize::from(BATCH);
    if is_done {
        review::mark_opened(tx, campaign.id).await?;
        let count = review::count_by_campaign(tx, key.year(), key.year()).await?;
        let count = count.iter().find(|row| row.campaign_id == campaign.id).map_or(0, |row| row.total);
        let details = json!({ "campaign": key.to_string(), "reviews": count, "closes_on": campaign.dates().closes_on });
        log(tx, EventKind::CampaignOpened, Subject::Campaign(campaign.id), details).await?;
    }
    Ok((lacking.len(), is_done))
}

/// Opens the review of one integration.
async fn open_case(tx: &mut Tx, campaign: &CampaignRow, integration: &IntegrationRow) -> Result<()> {
    let (key, closes) = (campaign.key, Some(campaign.dates().deadline()));
    let opened = open(tx, key.kind(), integration, (key.route(), closes), Proposer::Calendar).await?;
    review::assign(tx, opened.id, campaign.id).await?;
    opened.log(tx, EventKind::ReviewOpened, json!({ "campaign": key.to_string() })).await?;
    Ok(())
}

async fn log(tx: &mut Tx, kind: EventKind, subject: Subject, details: serde_json::Value) -> Result<()> {
    audit::append(tx, Event { kind, actor: Actor::System, subject, origin: None, details }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Duration;
    use kwanus_store::testing::{Fresh, on_both_databases_with_clock, register};

    use super::*;

    async fn opened(db: &Db) -> BTreeMap<String, (i64, bool)> {
        let mut tx = db.read().await.unwrap();
        let counts = review::count_by_campaign(&mut tx, 2020, 2040).await.unwrap();
        let campaigns = review::list_campaigns(&mut tx, 2020, 2040).await.unwrap();
        let count =
            |row: &CampaignRow| counts.iter().find(|count| count.campaign_id == row.id).map_or(0, |count| count.total);
        let row = |row: CampaignRow| (row.key.to_string(), (count(&row), row.opened_at.is_some()));
        campaigns.into_iter().map(row).collect()
    }

    #[tokio::test]
    async fn two_years_of_reviews_open_on_their_days_and_never_twice() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            register(&mut tx, "orbit", &["one", "two"]).await;
            tx.commit().await.unwrap();
            // 18 November 2026, after the fourth quarter's round and the year's have begun: both were registered too late.
            let mut total = 0;
            for day in 0..731 {
                if day == 100 {
                    let mut tx = db.write().await.unwrap();
                    register(&mut tx, "helio", &["three"]).await;
                    tx.commit().await.unwrap();
                }
                // Every few days, and twice on the same: a process that was away catches up.
                if day % 3 == 0 {
                    total += open_due(&db, &Caller::Operator).await.unwrap();
                    total += open_due(&db, &Caller::Operator).await.unwrap();
                }
                clock.advance(Duration::days(1));
            }
            let all = opened(&db).await;
            let held: Vec<_> = all
                .iter()
                .filter(|(_, (_, is_open))| *is_open)
                .map(|(key, (count, _))| format!("{key} {count}"))
                .collect();
            assert_eq!(
                held,
                [
                    "2026 0",
                    "2026-q4 0",
                    "2027 3",
                    "2027-q1 2",
                    "2027-q2 3",
                    "2027-q3 3",
                    "2027-q4 3",
                    "2028 3",
                    "2028-q1 3",
                    "2028-q2 3",
                    "2028-q3 3",
                    "2028-q4 3"
                ]
            );
            assert_eq!(total, 29, "what was opened is what is there");
            let mut tx = db.read().await.unwrap();
            let events = audit::list_newest(&mut tx, 200).await.unwrap();
            assert_eq!(events.iter().filter(|event| event.kind == "campaign_opened").count(), 12);
            assert_eq!(events.iter().filter(|event| event.kind == "review_opened").count(), 29);
        })
        .await;
    }

    #[tokio::test]
    async fn a_round_that_opens_late_leaves_the_boards_a_week_or_is_not_held() {
        let key = CampaignKey::parse("2027-q1").unwrap();
        let planned = key.default_dates();
        let last_day = key.last_day();
        for (today, closes_on) in [
            (planned.closes_on - Duration::days(7), Some(planned.closes_on)),
            (planned.closes_on - Duration::days(6), Some((planned.closes_on + Duration::days(8)).min(last_day))),
            (last_day - Duration::days(7), Some(last_day)),
            (last_day - Duration::days(6), None),
        ] {
            on_both_databases_with_clock(async |db, clock| {
                let mut tx = db.write().await.unwrap();
                register(&mut tx, "orbit", &["one"]).await;
                tx.commit().await.unwrap();
                open_due(&db, &Caller::Operator).await.unwrap();
                let now = db.read().await.unwrap().now();
                clock.advance(today.and_hms_opt(12, 0, 0).unwrap().and_utc() - now);
                open_due(&db, &Caller::Operator).await.unwrap();
                let row = review::lookup_campaign(&mut db.read().await.unwrap(), key).await.unwrap().unwrap();
                assert_eq!(row.opened_at.map(|_| row.dates().closes_on), closes_on, "{today}");
            })
            .await;
        }
    }

    #[tokio::test]
    async fn two_servers_that_open_a_round_at_once_open_each_case_once() {
        for fresh in Fresh::both().await {
            let clock = kwanus_store::testing::Fixed::at("2027-01-20T00:00:00Z");
            let one = Db::open(&fresh.url, clock.clone()).await.unwrap();
            let other = Db::open(&fresh.url, clock.clone()).await.unwrap();
            let mut tx = one.write().await.unwrap();
            let names: Vec<String> = (0..70).map(|n| format!("part-{n:02}")).collect();
            register(&mut tx, "orbit", &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
            tx.commit().await.unwrap();
            clock.advance(Duration::days(15));
            let (a, b) = tokio::join!(open_due(&one, &Caller::Operator), open_due(&other, &Caller::Operator));
            assert_eq!(a.unwrap() + b.unwrap(), 70);
            assert_eq!(opened(&one).await["2027-q1"], (70, true));
            one.close().await;
            other.close().await;
        }
    }
}
