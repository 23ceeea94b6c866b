//! A declared relation ends. It is never deleted.

use chrono::NaiveDate;
use kwanus_domain::{
    audit::{EventKind, Subject},
    ballot::Reason,
    board::ConflictId,
};
use kwanus_store::{
    Db,
    account::person,
    audit::{self, Event},
    board,
};
use serde_json::json;

use super::conflict::{look_again, may_end, may_manage};
use crate::{Caller, Error, Result, retrying};

/// Says on which day a relation ends, and why; answers the day. What others said of somebody is ended by others.
pub async fn end_conflict(db: &Db, caller: &Caller, id: ConflictId, last_day: &str, reason: &str) -> Result<NaiveDate> {
    let person = caller.person()?;
    person.require_desk()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let row = board::lookup_conflict(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let whose = person::lookup(&mut tx, row.person_id).await?.ok_or(Error::NotFound)?;
        if !may_end(&row, person, &whose.roles) {
            let knows = row.person_id == person.id || may_manage(person, &whose.roles);
            let who = "Somebody else added this about you: an administrator or a chair of your board ends it";
            return Err(if knows { Error::Forbidden(who) } else { Error::NotFound });
        }
        let declared = row.declared();
        let ended = declared.end(last_day, row.declared_at.date_naive(), tx.now().date_naive());
        let (day, reason) = match (ended, Reason::parse(reason)) {
            (Ok(day), Ok(reason)) => (day, reason),
            (day, reason) => return Err(Error::Invalid(day.err().into_iter().chain(reason.err()).collect())),
        };
        if !board::end_conflict(&mut tx, id, day, person.id, &reason).await? {
            return Err(Error::Conflict("Somebody ended it earlier meanwhile".to_owned()));
        }
        let event = Event {
            kind: EventKind::ConflictEnded,
            actor: caller.actor(),
            subject: Subject::Person(row.person_id),
            origin: caller.origin(),
            details: json!({
                "conflict": id,
                "partner": row.partner_slug,
                "relation": declared.relation,
                "before": declared.until,
                "until": day,
                "reason": reason,
            }),
        };
        audit::append(&mut tx, event).await?;
        look_again(&mut tx, &whose).await?;
        tx.commit().await?;
        Ok(day)
    })
    .await
}
