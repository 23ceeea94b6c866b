//! Setting the dates of a round of reviews.

use kwanus_domain::{
    audit::{EventKind, Subject},
    review::{CampaignKey, Dates},
    time::{parse_date, show_date},
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    review,
};
use serde_json::json;

use crate::{Caller, Error, Result, error::say_now, retrying};

/// Dates as typed.
#[derive(Clone, Debug, Default)]
pub struct ScheduleInput {
    /// The first day.
    pub opens_on: String,
    /// The last day.
    pub closes_on: String,
    /// The edit that the form was made from.
    pub revision: i64,
}

/// Sets the dates of a campaign that has not opened, up to a year ahead.
pub async fn schedule(db: &Db, caller: &Caller, key: CampaignKey, input: &ScheduleInput) -> Result<()> {
    caller.require_administrator()?;
    let (opens_on, closes_on) = (required("opens_on", &input.opens_on), required("closes_on", &input.closes_on));
    let (opens_on, closes_on) = match (opens_on, closes_on) {
        (Ok(opens_on), Ok(closes_on)) => (opens_on, closes_on),
        (opens_on, closes_on) => {
            return Err(Error::Invalid([opens_on.err(), closes_on.err()].into_iter().flatten().collect()));
        }
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        let campaign = review::lookup_campaign_for_update(&mut tx, key).await?.ok_or(Error::NotFound)?;
        if campaign.opened_at.is_some() || campaign.dates().opens_on <= tx.now().date_naive() {
            return Err(Error::Conflict(format!("{} has opened, and its dates hold", key.label())));
        }
        let dates = Dates::new(key, opens_on, closes_on, tx.now().date_naive()).map_err(Error::Invalid)?;
        let before = campaign.dates();
        if !review::schedule(&mut tx, campaign.id, dates, input.revision).await? {
            let now = say_now([
                ("opens_on", before.opens_on == opens_on, show_date(before.opens_on)),
                ("closes_on", before.closes_on == closes_on, show_date(before.closes_on)),
            ]);
            return Err(Error::Changed { what: "Somebody else set these dates meanwhile".to_owned(), now });
        }
        if before == dates {
            return Ok(());
        }
        let event = Event {
            kind: EventKind::CampaignScheduled,
            actor: caller.actor(),
            subject: Subject::Campaign(campaign.id),
            origin: caller.origin(),
            details: json!({
                "campaign": key.to_string(),
                "opens_on": dates.opens_on,
                "closes_on": dates.closes_on,
                "before": { "opens_on": before.opens_on, "closes_on": before.closes_on },
            }),
        };
        audit::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    })
    .await
}

fn required(field: &'static str, text: &str) -> Result<chrono::NaiveDate, kwanus_domain::Violation> {
    parse_date(field, text)?.ok_or_else(|| kwanus_domain::Violation::new(field, "missing", "Enter a date"))
}
