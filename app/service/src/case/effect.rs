//! What a decision was to bring about, and what of it was done.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};
use kwanus_domain::{
    audit::{AuditEventId, EventKind, Subject},
    ballot::Outcome,
    case::CaseRef,
    grant::last_day,
    integration::Stage,
    permission::PermissionKey,
    review::Rung,
    suspension::Change,
    time::show_date,
};
use kwanus_store::{
    Tx,
    audit::{self, AuditFilter, LogRow},
    case::CaseRow,
    grant::{self, GrantRow},
    suspension::SuspensionRow,
};

use super::{Facts, Matter};
use crate::{Result, appeal::AppealMatter};

/// How many events about one thing are looked at on the day of a decision.
const MOST_EVENTS: u8 = 200;

/// An effect of a decision. It is applied where the grants, or the log, say that it was; whatever they do not say was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What is done.
    pub what: String,
    /// The permission that it is done to.
    pub key: Option<PermissionKey>,
    /// When it was done.
    pub at: Option<DateTime<Utc>>,
    /// What came of it.
    pub result: String,
    /// The case that it opened.
    pub opened: Option<CaseRef>,
}

impl Effect {
    fn new(what: impl Into<String>, done: Option<(DateTime<Utc>, String)>) -> Self {
        let (at, result) = done.map_or((None, String::new()), |(at, result)| (Some(at), result));
        Self { what: what.into(), key: None, at, result, opened: None }
    }

    fn of(key: PermissionKey, what: &str, done: Option<(DateTime<Utc>, String)>) -> Self {
        Self { key: Some(key), ..Self::new(what, done) }
    }
}

/// The effects of the decision on a case, and the entry of the log that says that it was decided.
pub(super) async fn effects(
    tx: &mut Tx,
    case: &CaseRow,
    matter: &Matter,
    (outcome, decided_at, facts): (Outcome, DateTime<Utc>, &Facts),
) -> Result<(Vec<Effect>, Option<AuditEventId>)> {
    let decided = events(tx, EventKind::Decided, Subject::Case(case.id), decided_at).await?.into_iter().next();
    let entry = decided.as_ref().map(|event| event.id);
    let effects = match (matter, outcome) {
        (Matter::Suspension(row), outcome) => suspension(tx, case, (row, outcome, decided_at)).await?,
        (_, Outcome::Declined) => vec![],
        (Matter::Declaration(_), _) => {
            let wanted = facts.permissions.iter().filter_map(|permission| PermissionKey::parse(&permission.key).ok());
            granted(case.reference, &wanted.collect(), &grant::list_of_case(tx, case.id).await?)
        }
        (Matter::Appeal(matter), _) => appealed(tx, case, (matter, decided_at)).await?,
        (Matter::Transition(row), _) => {
            let moved = of_case(tx, EventKind::StageChanged, case, decided_at).await?;
            let to = row.step.to();
            let result = format!("It was in {}", row.step.from().label());
            let moved = moved.filter(|event| says(event, "to", to.as_str())).map(|event| (event.occurred_at, result));
            let mut all = vec![Effect::new(format!("Move to {}", to.label()), moved)];
            if to == Stage::EndOfSupport {
                all.extend(ended(case.reference, &BTreeSet::new(), &grant::list_of_case(tx, case.id).await?));
            }
            all
        }
        (Matter::Review(_), outcome) => {
            let ends = facts.review.as_ref().map(|review| review.ends.clone()).unwrap_or_default();
            let ends: BTreeSet<_> = ends.into_iter().collect();
            let mut all = ended(case.reference, &ends, &grant::list_of_case(tx, case.id).await?);
            all.extend(opened(outcome, decided.as_ref()));
            all
        }
    };
    Ok((effects, entry))
}

/// What was to be granted, with the grant that it became; and what ended by it.
fn granted(case: CaseRef, wanted: &BTreeSet<PermissionKey>, rows: &[GrantRow]) -> Vec<Effect> {
    let grant = |key: &PermissionKey| {
        let row = rows.iter().find(|row| row.case == case && row.key == *key);
        let done = row.map(|row| (row.starts_at, format!("Until {}", show_date(last_day(row.ends_at)))));
        Effect::of(key.clone(), "Grant", done)
    };
    let mut all: Vec<_> = wanted.iter().map(grant).collect();
    // What is granted anew runs on without a gap: its earlier grant is no end.
    all.extend(
        ended(case, &BTreeSet::new(), rows)
            .into_iter()
            .filter(|effect| effect.key.as_ref().is_none_or(|key| !wanted.contains(key))),
    );
    all
}

/// What was to end by the case, or ended by it.
fn ended(case: CaseRef, wanted: &BTreeSet<PermissionKey>, rows: &[GrantRow]) -> Vec<Effect> {
    let rows: Vec<_> = rows.iter().filter(|row| row.case != case).collect();
    let keys: BTreeSet<_> = wanted.iter().chain(rows.iter().map(|row| &row.key)).collect();
    let end = |key: &PermissionKey| {
        let ended = rows.iter().find(|row| row.key == *key).and_then(|row| row.ended);
        Effect::of(key.clone(), "End", ended.map(|(at, cause)| (at, cause.label().to_owned())))
    };
    keys.into_iter().map(end).collect()
}

/// The case that a strict review opens.
fn opened(outcome: Outcome, decided: Option<&LogRow>) -> Option<Effect> {
    let what = match outcome {
        Outcome::Reviewed(Rung::Maintenance) => "Open a case to move it to Maintenance",
        Outcome::Reviewed(Rung::Suspend) => "Open a case to suspend it",
        _ => return None,
    };
    let reference =
        decided.and_then(|event| event.details.0.get("effects")?.get("opened")?.as_str()).and_then(CaseRef::parse);
    let done = decided.filter(|_| reference.is_some()).map(|event| (event.occurred_at, String::new()));
    Some(Effect { opened: reference, ..Effect::new(what, done) })
}

/// What a carried appeal granted or lifted; what neither the grants nor the log show is not applied.
async fn appealed(
    tx: &mut Tx,
    case: &CaseRow,
    (matter, decided_at): (&AppealMatter, DateTime<Utc>),
) -> Result<Vec<Effect>> {
    let lifted = of_case(tx, EventKind::SuspensionLifted, case, decided_at).await?;
    let rows = grant::list_of_case(tx, case.id).await?;
    let wanted = rows.iter().filter(|row| row.case == case.reference).map(|row| row.key.clone()).collect();
    let all = granted(case.reference, &wanted, &rows);
    if !all.is_empty() {
        return Ok(all);
    }
    let done = lifted.map(|event| (event.occurred_at, event.kind.label()));
    Ok(matter.does.iter().map(|what| Effect::new(what.clone(), done.clone())).collect())
}

async fn suspension(
    tx: &mut Tx,
    case: &CaseRow,
    (row, outcome, decided_at): (&SuspensionRow, Outcome, DateTime<Utc>),
) -> Result<Vec<Effect>> {
    let (what, kind) = match row.act.decided(outcome) {
        Change::Begins => ("Suspend", EventKind::Suspended),
        Change::Stays => ("Ratify the suspension of", EventKind::SuspensionRatified),
        Change::Lapses => ("Undo the suspension of", EventKind::SuspensionLapsed),
        Change::Ends => ("Lift the suspension of", EventKind::SuspensionLifted),
        Change::Nothing => return Ok(vec![]),
    };
    let event = of_case(tx, kind, case, decided_at).await?;
    let done = event.map(|event| (event.occurred_at, kind.label()));
    Ok(vec![Effect::new(format!("{what} {}", row.extent), done)])
}

/// The event of that kind about the integration of a case that names the case, on the day of its decision or the next.
async fn of_case(tx: &mut Tx, kind: EventKind, case: &CaseRow, at: DateTime<Utc>) -> Result<Option<LogRow>> {
    let reference = case.reference.to_string();
    let all = events(tx, kind, Subject::Integration(case.integration_id), at).await?;
    Ok(all.into_iter().find(|event| says(event, "case", &reference)))
}

async fn events(tx: &mut Tx, kind: EventKind, subject: Subject, at: DateTime<Utc>) -> Result<Vec<LogRow>> {
    // A transaction may run past midnight.
    let (from, until) = (at.date_naive(), (at + Days::new(1)).date_naive());
    let filter = AuditFilter {
        kind: Some(kind),
        subject: subject.id(),
        from: Some(from),
        until: Some(until),
        ..AuditFilter::default()
    };
    Ok(audit::list(tx, &filter, None, MOST_EVENTS).await?)
}

fn says(event: &LogRow, field: &str, word: &str) -> bool {
    event.details.0.get(field).and_then(serde_json::Value::as_str) == Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_grant_shows_was_not_applied() {
        let key = PermissionKey::parse("read:items.status").unwrap();
        let case = CaseRef::parse("PJ-2026-0001").unwrap();
        let wanted = BTreeSet::from([key.clone()]);
        let effects = ended(case, &wanted, &[]);
        assert_eq!(effects, [Effect::of(key, "End", None)]);
        assert_eq!(effects[0].at, None);
        let opened = opened(Outcome::Reviewed(Rung::Suspend), None).unwrap();
        assert_eq!((opened.at, opened.opened), (None, None));
    }
}
