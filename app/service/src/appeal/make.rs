//! A partner appeals.

use kwanus_domain::{
    appeal::{AppealInput, Window},
    audit::EventKind,
    case::CaseRef,
    partner::PartnerStatus,
    time::show_date,
};
use kwanus_store::{Db, Tx, appeal, appeal::AppealRow, case, grant};
use serde_json::json;

use super::{
    find::{Found, find, hold},
    prospect::prospect,
};
use crate::{
    Caller, Error, Result,
    case::{Proposer, open_appeal},
    retrying,
    submission::own_partner,
};

/// Appeals the decision on a case of the caller's partner: in time, once, and with something that is new. It goes to the
/// boards that decided, and to the one that appeals go to; answers its reference.
pub async fn make(db: &Db, caller: &Caller, reference: CaseRef, input: &AppealInput) -> Result<CaseRef> {
    own_partner(caller)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let case = hold(&mut tx, reference).await?;
        grant::lock(&mut tx, case.integration_id).await?;
        let found = find(&mut tx, caller, case).await?;
        if let Some(obstacle) = obstacle(&mut tx, &found).await? {
            return Err(Error::Gone(obstacle));
        }
        let (facts, relief) = input.parse().map_err(Error::Invalid)?;
        let by = Proposer::Person(caller.person()?.id(), caller.origin());
        let boards = found.decision.boards();
        let opened = open_appeal(&mut tx, &found.integration, &boards, by).await?;
        let row = AppealRow { appealed_id: found.decision.case.id, facts, relief };
        appeal::insert(&mut tx, opened.id, &row).await?;
        let details = json!({ "appealed": reference.to_string(), "what": found.decision.what.word() });
        let made = opened.log(&mut tx, EventKind::AppealMade, details).await?;
        tx.commit().await?;
        Ok(made)
    })
    .await
}

/// Why a decision cannot be appealed now, in a sentence without a full stop.
pub(super) async fn obstacle(tx: &mut Tx, found: &Found) -> Result<Option<String>> {
    let decision = &found.decision;
    if let Some(made) = appeal::lookup_of(tx, decision.case.id).await? {
        let made = case::lookup_by_id(tx, made).await?.ok_or(Error::NotFound)?;
        return Ok(Some(format!(
            "{} was appealed, as {}: a decision is appealed once",
            decision.case.reference, made.reference
        )));
    }
    let window = Window::of(decision.decided_at);
    if !window.is_open(tx.now()) {
        let last = show_date(window.last_day());
        return Ok(Some(format!("The time to appeal {} ended on {last}, 24:00 UTC", decision.case.reference)));
    }
    if found.partner.status == PartnerStatus::Inactive {
        return Ok(Some("Only users of active partners can appeal".to_owned()));
    }
    let prospect = prospect(tx, decision, (&found.partner, &found.integration)).await?;
    Ok((!prospect.obstacles.is_empty()).then(|| prospect.obstacles.join(". ")))
}
