//! What a carried justification brings about.

use chrono::{Days, NaiveTime};
use kwanus_domain::grant::EndCause;
use kwanus_store::{Tx, case::CaseRow, declaration, grant};
use serde_json::json;

use crate::{Error, Result, manifest};

/// Grants every permission that the case declares, in the place of whatever was granted to its integration before: kept ones
/// run on without a gap, to their new end; missing ones end, and those that rest go on resting. The version of the manifest that was declared is recorded
/// as well. Answers what the log says of it.
pub(crate) async fn issue(tx: &mut Tx, case: &CaseRow) -> Result<serde_json::Value> {
    grant::lock(tx, case.integration_id).await?;
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let before = grant::end_all(tx, case.integration_id, case.id, EndCause::Superseded).await?;
    let mut granted = Vec::new();
    for stored in declaration::list_permissions(tx, row.id).await? {
        // What has no end is not granted; the rules let nothing without one be submitted.
        let Some(until) = stored.permission.until else { continue };
        // The day that is named ends at 24:00 UTC.
        let ends_at = (until + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
        grant::insert(tx, case.integration_id, case.id, stored.id, ends_at).await?;
        granted.push(stored.permission.key);
    }
    grant::inherit(tx, case.id, case.id).await?;
    let ended: Vec<_> = before.into_iter().filter(|key| !granted.contains(key)).collect();
    let recorded = manifest::record_approved(tx, case, &row).await?.map(|version| version.to_string());
    Ok(json!({ "granted": granted, "ended": ended, "recorded": recorded }))
}
