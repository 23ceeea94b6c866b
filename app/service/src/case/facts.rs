//! What a decision freezes: everything that it was decided on, as it was then. It is read back as it stands, whatever
//! happens to partners, people or rules later.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    board::BoardKey,
    case::CaseKind,
    declaration::{DeclaredPermission, Question, Retention},
    evidence::Exhibit,
    integration::Stage,
    lifecycle::{Plan, Topic},
    manifest::{Shown, shown},
    permission::PermissionKey,
    policy::{Finding, RULES_VERSION},
    suspension::{Act, Extent},
};
use kwanus_store::{
    Tx,
    case::{CaseRow, DecisionRow},
    declaration,
    evidence::EvidenceRow,
    integration,
    lifecycle::{self, TransitionRow},
    partner,
    suspension::{self as stored_suspension, SuspensionRow},
};
use serde::{Deserialize, Serialize};

use super::overtaken::{Reread, reread};
use crate::{
    Error, Result,
    appeal::{self, FrozenAppeal},
    ballot::BoardBallot,
    case::informed,
    lifecycle::obstacle,
    review::{self, ReviewedGrant},
    submission::{SubmittedPermission, catalogue},
};

/// The facts of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The reference.
    pub reference: String,
    /// The partner's name.
    pub partner: String,
    /// The partner's name in URLs.
    pub partner_slug: String,
    /// The partner's tier.
    pub tier: i64,
    /// The integration's name.
    pub integration: String,
    /// The integration's name in URLs.
    pub integration_slug: String,
    /// Its layers.
    pub layers: String,
    /// Its stage.
    pub stage: String,
    /// The revision that was decided on.
    pub revision: i64,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The version of the rules that it was submitted under.
    pub rules_version: String,
    /// The version of the catalogue that it was submitted under; nothing where nothing was declared.
    #[serde(default)]
    pub catalogue_version: Option<i64>,
    /// What was declared, with what was found in it.
    pub permissions: Vec<FrozenPermission>,
    /// What was declared besides, with what was found in it.
    #[serde(default)]
    pub parts: Vec<FrozenPart>,
    /// The step to another stage that was proposed.
    #[serde(default)]
    pub transition: Option<FrozenTransition>,
    /// What was reviewed.
    #[serde(default)]
    pub review: Option<FrozenReview>,
    /// Whether it was about suspending the integration, or lifting that, and why.
    #[serde(default)]
    pub suspension: Option<FrozenSuspension>,
    /// What was appealed, and with what.
    #[serde(default)]
    pub appeal: Option<FrozenAppeal>,
    /// What became impossible after it was submitted: then it is declined, however the boards voted.
    pub overtaken: Vec<String>,
    /// Each board's roster, positions and count.
    pub ballots: Vec<BoardBallot>,
    /// The boards that were informed of it.
    #[serde(default)]
    pub informed: Vec<BoardKey>,
}

/// A proposed step as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenTransition {
    /// From which stage.
    pub from: String,
    /// To which.
    pub to: String,
    /// Why.
    pub reason: String,
    /// The notice and the plan, topic by topic.
    pub plan: Vec<(String, String)>,
    /// How long the deprecation lasts at least, in months.
    pub window_months: Option<u32>,
}

/// What a review looked at as it was concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenReview {
    /// The campaign.
    pub campaign: String,
    /// What was granted.
    pub grants: Vec<ReviewedGrant>,
    /// What the boards ended.
    pub ends: Vec<PermissionKey>,
}

/// A proposed suspension, or the lifting of one, as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenSuspension {
    /// Whether it was to be lifted.
    pub is_lift: bool,
    /// Whether it took effect at once, and was to be ratified.
    #[serde(default)]
    pub is_emergency: bool,
    /// The permissions whose grants it was about; none where it was about the whole integration.
    #[serde(default)]
    pub permissions: BTreeSet<PermissionKey>,
    /// Why.
    pub reason: String,
}

impl FrozenSuspension {
    fn new(row: SuspensionRow) -> Self {
        Self {
            is_lift: row.act == Act::Lift,
            is_emergency: row.act == Act::AtOnce,
            permissions: row.extent.named().cloned().collect(),
            reason: row.reason.to_string(),
        }
    }

    /// What the case did.
    #[must_use]
    pub fn act(&self) -> Act {
        match (self.is_lift, self.is_emergency) {
            (true, _) => Act::Lift,
            (false, true) => Act::AtOnce,
            (false, false) => Act::Suspend,
        }
    }

    /// What it was about, in a line.
    fn matter(&self) -> String {
        let of = match Extent::of(self.permissions.clone()) {
            Extent::Integration => String::new(),
            grants @ Extent::Grants(_) => format!(" of {grants}"),
        };
        match self.act() {
            Act::Suspend => format!("suspension{of}"),
            Act::AtOnce => format!("emergency suspension{of}"),
            Act::Lift => format!("suspension{of} lifted"),
        }
    }
}

/// A declared permission as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPermission {
    /// Its key.
    pub key: String,
    /// What it was for, in the words of the catalogue.
    #[serde(default)]
    pub title: String,
    /// Its fields.
    pub fields: Vec<String>,
    /// What was asked and answered.
    pub answers: Vec<(String, String)>,
    /// How long the data is kept, in hours.
    pub retention_hours: Option<u32>,
    /// Until when it was wanted.
    pub until: Option<NaiveDate>,
    /// Why what is restricted should be allowed.
    pub reason: Option<String>,
    /// What the rules found as it was submitted.
    pub findings: Vec<FrozenFinding>,
    /// What was attached to it.
    #[serde(default)]
    pub evidence: Vec<FrozenEvidence>,
}

/// A piece of evidence as it was decided on: a file by its name, its hash and its size, or a link by its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenEvidence {
    /// What a file was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The SHA-256 of what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// How large it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Where a link leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What it shows.
    pub note: Option<String>,
    /// The day on which it was made.
    pub dated_on: NaiveDate,
    /// When it was attached.
    pub added_at: DateTime<Utc>,
}

/// A part of a declaration besides its permissions, as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPart {
    /// What it was called.
    pub title: String,
    /// What was asked and answered.
    pub rows: Vec<(String, String)>,
    /// What the rules found as it was submitted.
    pub findings: Vec<FrozenFinding>,
}

/// A finding as it was decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFinding {
    /// The rule.
    pub rule: String,
    /// Its verdict.
    pub verdict: String,
    /// Its source.
    pub citation: String,
    /// The rule, as it read.
    #[serde(default)]
    pub words: String,
    /// What it said.
    pub message: String,
    /// What the boards were to weigh; empty where there was nothing, and in records of before this was frozen.
    #[serde(default)]
    pub weigh: String,
}

impl Facts {
    /// The facts of a decision that was kept.
    pub(crate) fn read(row: &DecisionRow) -> Result<Self> {
        Self::from_value(&row.facts.0)
    }

    /// What it was about, in a line.
    #[must_use]
    pub fn matter(&self) -> String {
        if let Some(appeal) = &self.appeal {
            return format!("appeal of {}", appeal.of);
        }
        let list = |keys: Vec<&str>| keys.join(", ");
        match (&self.transition, &self.review, &self.suspension) {
            (Some(step), ..) => format!("{} to {}", step.from.replace('_', " "), step.to.replace('_', " ")),
            (_, Some(review), _) if review.ends.is_empty() => review.campaign.clone(),
            (_, Some(review), _) => {
                format!("{}, ended {}", review.campaign, list(review.ends.iter().map(PermissionKey::as_str).collect()))
            }
            (.., Some(suspension)) => suspension.matter(),
            (None, None, None) => list(self.permissions.iter().map(|permission| permission.key.as_str()).collect()),
        }
    }

    /// The facts as they were kept.
    pub(crate) fn from_value(value: &serde_json::Value) -> Result<Self> {
        Self::deserialize(value)
            .map_err(|error| kwanus_store::Error::Inconsistent(format!("the facts of a decision: {error}")).into())
    }
}

impl FrozenPart {
    /// A part, with its own of what was found.
    pub(crate) fn new(part: Shown, found: &[Finding]) -> Self {
        let rows = part.rows.into_iter().map(|(label, text)| (label.to_owned(), text));
        let own = found.iter().filter(|finding| finding.place.part == part.part);
        Self { title: part.title, rows: rows.collect(), findings: own.map(FrozenFinding::from).collect() }
    }
}

impl From<&EvidenceRow> for FrozenEvidence {
    fn from(row: &EvidenceRow) -> Self {
        let data = &row.data;
        let (file, link) = match &data.exhibit {
            Exhibit::File(file) => (Some(file), None),
            Exhibit::Link(link) => (None, Some(link.to_string())),
        };
        Self {
            name: file.map(|file| file.name.to_string()),
            sha256: file.map(|file| file.hash.to_string()),
            bytes: file.map(|file| file.bytes),
            link,
            note: data.note.as_ref().map(ToString::to_string),
            dated_on: data.dated_on,
            added_at: data.added_at,
        }
    }
}

impl From<&Finding> for FrozenFinding {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.id.to_owned(),
            verdict: finding.verdict().label().to_owned(),
            citation: finding.citation(),
            words: finding.rule.words.to_owned(),
            message: finding.message.clone(),
            weigh: finding.rule.weigh.to_owned(),
        }
    }
}

/// Freezes what a case is decided on now, in the transaction that decides it.
pub(crate) async fn freeze(tx: &mut Tx, case: &CaseRow, ballots: Vec<BoardBallot>) -> Result<Facts> {
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    let mut permissions = Vec::new();
    let mut overtaken = Vec::new();
    let (mut rules_version, mut catalogue_version) = (RULES_VERSION.to_owned(), None);
    let mut parts = Vec::new();
    let (mut transition, mut reviewed, mut suspension, mut appealed) = (None, None, None, None);
    match case.reference.kind {
        CaseKind::PermissionJustification => {
            let today = catalogue(tx).await?;
            let Reread { row, evaluated: now, overtaken: told } =
                reread(tx, case, (&partner, &integration), &today).await?;
            overtaken = told;
            catalogue_version = row.catalogue_version;
            for (id, SubmittedPermission { permission, entry, evidence, .. }) in now.permissions {
                let found = declaration::list_findings(tx, id).await?;
                permissions.push(frozen(&permission, entry.title, &found, &evidence));
            }
            let found = declaration::list_part_findings(tx, row.id).await?;
            parts = shown(&now.declaration).into_iter().map(|part| FrozenPart::new(part, &found)).collect();
            rules_version = row.rules_version.unwrap_or(rules_version);
        }
        CaseKind::LifecycleTransition => {
            let row = lifecycle::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
            overtaken.extend(obstacle(tx, &integration, row.step).await?);
            transition = Some(frozen_step(&row));
        }
        CaseKind::QuarterlyReview | CaseKind::AnnualReview => {
            let matter = review::lookup(tx, case).await?;
            let mut ends = review::concluded(&ballots).map(|verdict| verdict.ends).unwrap_or_default();
            // What ran out meanwhile is not ended by it.
            ends.retain(|key| matter.grants.iter().any(|grant| grant.key == *key));
            let (campaign, grants) = (matter.campaign.to_string(), matter.grants);
            reviewed = Some(FrozenReview { campaign, grants, ends: ends.into_iter().collect() });
        }
        CaseKind::Suspension => {
            let row = stored_suspension::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
            if integration.stage == Stage::EndOfSupport {
                overtaken.push("Its support has ended, and every grant with it".to_owned());
            }
            suspension = Some(FrozenSuspension::new(row));
        }
        CaseKind::Appeal => {
            let (frozen, obstacles) = appeal::freeze(tx, case, (&partner, &integration)).await?;
            (appealed, overtaken) = (Some(frozen), obstacles);
        }
    }
    Ok(Facts {
        reference: case.reference.to_string(),
        partner: partner.name.to_string(),
        partner_slug: partner.slug.to_string(),
        tier: partner.tier.number(),
        integration: integration.name.to_string(),
        integration_slug: integration.slug.to_string(),
        layers: integration.layers.to_string(),
        stage: integration.stage.as_str().to_owned(),
        revision: case.revision,
        submitted_at: case.submitted_at,
        rules_version,
        catalogue_version,
        permissions,
        parts,
        transition,
        review: reviewed,
        suspension,
        appeal: appealed,
        overtaken,
        informed: informed(tx, case, &integration, &ballots).await?,
        ballots,
    })
}

fn frozen_step(row: &TransitionRow) -> FrozenTransition {
    let text = |plan: &Plan, topic: Topic| (topic.field().to_owned(), plan.text(topic).to_string());
    FrozenTransition {
        from: row.step.from().as_str().to_owned(),
        to: row.step.to().as_str().to_owned(),
        reason: row.reason.to_string(),
        plan: row.plan.iter().flat_map(|plan| Topic::ALL.map(|topic| text(plan, topic))).collect(),
        window_months: row.plan.as_ref().map(|plan| plan.window.in_months()),
    }
}

fn frozen(
    permission: &DeclaredPermission,
    title: String,
    findings: &[Finding],
    evidence: &[EvidenceRow],
) -> FrozenPermission {
    let answer = |question: Question| {
        permission.answer(question).map(|answer| (question.field().to_owned(), answer.to_string()))
    };
    FrozenPermission {
        key: permission.key.to_string(),
        title,
        fields: permission.fields.iter().map(ToString::to_string).collect(),
        answers: Question::ALL.into_iter().filter_map(answer).collect(),
        retention_hours: permission.retention.map(Retention::in_hours),
        until: permission.until,
        reason: permission.reason.as_ref().map(ToString::to_string),
        findings: findings.iter().map(FrozenFinding::from).collect(),
        evidence: evidence.iter().map(FrozenEvidence::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::case::DeclaredFinding;

    #[test]
    fn a_record_of_a_suspension_says_what_it_was_about_and_an_older_one_of_the_whole() {
        let matter = |kept: serde_json::Value| FrozenSuspension::deserialize(kept).unwrap().matter();
        assert_eq!(matter(json!({ "is_lift": false, "reason": "" })), "suspension");
        assert_eq!(matter(json!({ "is_lift": true, "reason": "" })), "suspension lifted");
        let keys = ["read:items.status", "read:items.type"];
        for (is_lift, is_emergency, expected) in [
            (false, true, "emergency suspension of read:items.status, read:items.type"),
            (true, false, "suspension of read:items.status, read:items.type lifted"),
        ] {
            let kept = json!({ "is_lift": is_lift, "is_emergency": is_emergency, "permissions": keys, "reason": "" });
            assert_eq!(matter(kept), expected);
        }
    }

    #[test]
    fn a_finding_is_weighed_in_the_words_of_its_record_and_in_none_where_it_has_none() {
        let mut kept = json!({
            "rule": "PIS-3.write", "verdict": "Restricted", "citation": "", "words": "", "message": "",
        });
        let read = |kept: &serde_json::Value| DeclaredFinding::from(&FrozenFinding::deserialize(kept).unwrap()).weigh;
        assert_eq!(read(&kept), "");
        kept["weigh"] = "What was weighed then".into();
        assert_eq!(read(&kept), "What was weighed then");
    }
}
