//! What cases about a step to another stage propose, and what is deprecated.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    ballot::Reason,
    case::CaseId,
    declaration::Answer,
    integration::{IntegrationId, IntegrationName, Stage},
    lifecycle::{Plan, Topic, Transition, Window},
    partner::PartnerName,
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// A proposed step as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitionRow {
    /// The step.
    pub step: Transition,
    /// Why.
    pub reason: Reason,
    /// What stands beside a step to Deprecation.
    pub plan: Option<Plan>,
    /// When support may end, once a deprecation was decided.
    pub window_ends_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "String")]
    from_stage: Stage,
    #[sqlx(try_from = "String")]
    to_stage: Stage,
    #[sqlx(try_from = "String")]
    reason: Reason,
    notice: Option<String>,
    migration: Option<String>,
    compatibility: Option<String>,
    testing: Option<String>,
    rollback: Option<String>,
    fallback: Option<String>,
    window_months: Option<i64>,
    window_ends_at: Option<DateTime<Utc>>,
}

impl Stored {
    fn read(self) -> Result<TransitionRow> {
        let inconsistent = |what: String| Error::Inconsistent(format!("a transition: {what}"));
        let texts = [self.notice, self.migration, self.compatibility, self.testing, self.rollback, self.fallback];
        let mut read: [Option<Answer>; 6] = [const { None }; 6];
        for (place, text) in read.iter_mut().zip(texts) {
            *place = text.map(Answer::try_from).transpose().map_err(inconsistent)?;
        }
        let window = match self.window_months {
            Some(months) => Some(Window::months(u32::try_from(months).unwrap_or_default()).map_err(inconsistent)?),
            None => None,
        };
        let plan = window.and_then(|window| Plan::whole(read, window));
        let step = Transition::new(self.from_stage, self.to_stage)
            .map_err(|violation| inconsistent(violation.message.into_owned()))?;
        Ok(TransitionRow { step, reason: self.reason, plan, window_ends_at: self.window_ends_at })
    }
}

/// Writes down what a case proposes.
pub async fn insert(tx: &mut Tx, case: CaseId, step: Transition, reason: &Reason, plan: Option<&Plan>) -> Result<()> {
    let text = |topic| plan.map(|plan| plan.text(topic).clone());
    tx.query(
        "INSERT INTO transition (case_id, from_stage, to_stage, reason, notice, migration, compatibility, testing, rollback,
            fallback, window_months)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(case)
    .bind(step.from())
    .bind(step.to())
    .bind(reason.clone())
    .bind(text(Topic::Notice))
    .bind(text(Topic::Migration))
    .bind(text(Topic::Compatibility))
    .bind(text(Topic::Testing))
    .bind(text(Topic::Rollback))
    .bind(text(Topic::Fallback))
    .bind(plan.map(|plan| i64::from(plan.window.in_months())))
    .execute()
    .await?;
    Ok(())
}

macro_rules! select_transition {
    () => {
        "SELECT transition.from_stage, transition.to_stage, transition.reason, transition.notice, transition.migration,
            transition.compatibility, transition.testing, transition.rollback, transition.fallback,
            transition.window_months, transition.window_ends_at FROM transition"
    };
}

/// What a case proposes, if it is about a step.
pub async fn lookup(tx: &mut Tx, case: CaseId) -> Result<Option<TransitionRow>> {
    let row: Option<Stored> =
        tx.query(concat!(select_transition!(), " WHERE case_id = $1")).bind(case).optional().await?;
    row.map(Stored::read).transpose()
}

/// The step by which an integration was deprecated last, if it ever was.
pub async fn lookup_deprecation(tx: &mut Tx, integration: IntegrationId) -> Result<Option<TransitionRow>> {
    let row: Option<Stored> = tx
        .query(concat!(
            select_transition!(),
            " JOIN review_case ON review_case.id = transition.case_id
             WHERE review_case.integration_id = $1 AND transition.window_ends_at IS NOT NULL
             ORDER BY review_case.decided_at DESC LIMIT 1"
        ))
        .bind(integration)
        .optional()
        .await?;
    row.map(Stored::read).transpose()
}

/// Says when support may end, as a deprecation is decided.
pub async fn set_window(tx: &mut Tx, case: CaseId, ends_at: DateTime<Utc>) -> Result<()> {
    tx.query("UPDATE transition SET window_ends_at = $1 WHERE case_id = $2 AND window_ends_at IS NULL")
        .bind(ends_at)
        .bind(case)
        .execute()
        .await?;
    Ok(())
}

/// Moves an integration to a stage.
pub async fn set_stage(tx: &mut Tx, integration: IntegrationId, stage: Stage) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE integration SET stage = $1, stage_since = $2, revision = revision + 1 WHERE id = $3")
        .bind(stage)
        .bind(now)
        .bind(integration)
        .execute()
        .await?;
    Ok(())
}

/// Where a page of the deprecations begins: after the one that entered its stage then.
pub type DeprecationPlace = (DateTime<Utc>, IntegrationId);

/// An integration that is deprecated, or whose support has ended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeprecatedRow {
    /// Which.
    #[sqlx(try_from = "Uuid")]
    pub id: IntegrationId,
    /// Its name.
    #[sqlx(try_from = "String")]
    pub name: IntegrationName,
    /// Its partner's name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    /// Its stage.
    #[sqlx(try_from = "String")]
    pub stage: Stage,
    /// Since when.
    pub stage_since: DateTime<Utc>,
}

/// Up to `limit` integrations that are deprecated or whose support has ended, the newest change first, those before `before`.
pub async fn list_deprecated(tx: &mut Tx, before: Option<DeprecationPlace>, limit: u8) -> Result<Vec<DeprecatedRow>> {
    let (at, id) = before.unzip();
    tx.query(
        "SELECT integration.id, integration.name, partner.name AS partner_name, integration.stage, integration.stage_since
         FROM integration JOIN partner ON partner.id = integration.partner_id
         WHERE integration.stage IN ('deprecation', 'end_of_support')",
    )
    .append_if(" AND (integration.stage_since, integration.id) < ({}, ", at)
    .append_if("{})", id)
    .append(" ORDER BY integration.stage_since DESC, integration.id DESC LIMIT {}", i64::from(limit))
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{ballot::Outcome, case::CaseKind, lifecycle::PlanInput};

    use super::*;
    use crate::{
        case, integration,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn a_deprecation_is_read_as_it_was_proposed_and_found_by_its_integration() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["timeline", "other"]).await;
            let (id, _) = case::insert(&mut tx, CaseKind::LifecycleTransition, integrations[0]).await.unwrap();
            let step = Transition::new(Stage::Maintenance, Stage::Deprecation).unwrap();
            let reason = Reason::parse("It has a successor").unwrap();
            let texts = std::array::from_fn(|n| format!("text {n}"));
            let plan = PlanInput { texts, window: "12".into() }.parse().unwrap();
            insert(&mut tx, id, step, &reason, Some(&plan)).await.unwrap();
            let row = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!((row.step, &row.plan, row.window_ends_at), (step, &Some(plan.clone()), None));
            assert_eq!(lookup_deprecation(&mut tx, integrations[0]).await.unwrap(), None, "not decided yet");
            case::submit(&mut tx, id, 1, None).await.unwrap();
            case::decide(&mut tx, id, Outcome::Carried).await.unwrap();
            let ends_at = plan.window.ends_at(tx.now());
            set_window(&mut tx, id, ends_at).await.unwrap();
            set_stage(&mut tx, integrations[0], Stage::Deprecation).await.unwrap();
            let row = lookup_deprecation(&mut tx, integrations[0]).await.unwrap().unwrap();
            assert_eq!((row.window_ends_at, row.reason), (Some(ends_at), reason));
            let moved = integration::lookup(&mut tx, integrations[0]).await.unwrap().unwrap();
            assert_eq!((moved.stage, moved.stage_since), (Stage::Deprecation, tx.now()));
            clock.advance(Duration::days(1));
            set_stage(&mut tx, integrations[1], Stage::EndOfSupport).await.unwrap();
            let all = list_deprecated(&mut tx, None, 10).await.unwrap();
            let names: Vec<_> = all.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, ["other", "timeline"]);
            let rest = list_deprecated(&mut tx, Some((all[0].stage_since, all[0].id)), 10).await.unwrap();
            assert_eq!(rest.len(), 1);
        })
        .await;
    }
}
