//! A submission as its partner sees it, with what the rules find in it now.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::Scope,
    ballot::{Deadline, Part, Progress, Reason},
    board::BoardKey,
    case::{CaseRef, CaseState},
    declaration::{
        Declaration, DeclarationId, DeclaredPermission, DeclaredPermissionId, Part as DeclaredPart, PartKind, Question,
    },
    integration::{Description, IntegrationName, Layers, Stage},
    partner::{PartnerName, Slug, Tier},
    permission::{Catalogue, Entry, Limits},
    policy::{Context, Finding, RULES_VERSION, evaluate, may_submit},
};
use kwanus_store::{
    Db, Tx,
    case::{self, CaseRow},
    declaration::{self, DeclarationRow, StoredPermission},
    evidence::{self, EvidenceRow},
    integration, partner, revisit,
};

use super::{
    Base, Turn,
    base::base,
    draft::{catalogue, context, granted, is_draft},
    would_differ::{WouldDiffer, would_differ},
};
use crate::{
    Caller, Error, OwnPartner, Result,
    appeal::{self, AppealClock},
    ballot::{BoardBallot, BoundCondition, ConcernThread, Reader, SeatPosition, bound, of_case, threads},
    case::Facts,
    request::{self, Thread},
};

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// How it is called.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// Whether this revision can still be written.
    pub is_draft: bool,
    /// Which revision of what the integration declares.
    pub number: i64,
    /// The revision before the boards; 0 before there is one.
    pub submitted: i64,
    /// The one before it that it can be compared with.
    pub before: Option<i64>,
    /// Counts the changes of the draft; what is sent from its pages names the one that it saw.
    pub revision: i64,
    /// The revision that a draft was filled from, and how it differs from it.
    pub base: Option<Base>,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs.
    pub slug: Slug,
    /// What the integration does.
    pub description: Description,
    /// Where the integration stands in its life.
    pub stage: Stage,
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's name in URLs.
    pub partner_slug: Slug,
    /// The partner's tier.
    pub tier: Tier,
    /// What it declares, whole.
    pub declaration: Declaration,
    /// Its permissions.
    pub permissions: Vec<SubmittedPermission>,
    /// What the rules find in its other parts now, or found as it was submitted.
    pub findings: Vec<Finding>,
    /// The version of the rules that find it, or found it.
    pub rules_version: String,
    /// The layers of the integration.
    pub layers: Layers,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The boards that have it, and how far each is.
    pub boards: Vec<BoardState>,
    /// Whether a revision is before the boards while another is written.
    pub is_revising: bool,
    /// What the boards asked to change, without the names of their members.
    pub requests: Vec<Thread>,
    /// What members object with, and what was said about it, without their names.
    pub concerns: Vec<ConcernThread>,
    /// What it must meet since it was decided, and what was done about each, without their names.
    pub conditions: Vec<BoundCondition>,
    /// Whose turn it is.
    pub turn: Turn,
    /// When it was decided, or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was declined though the boards carried it: what became forbidden meanwhile.
    pub overtaken: Vec<String>,
    /// Until when its decision can be appealed, or the appeal that was made.
    pub appeal: Option<AppealClock>,
    /// When the boards look at its decision again.
    pub revisit_on: Option<NaiveDate>,
    /// The day, in UTC.
    pub today: NaiveDate,
    /// What can be asked for.
    pub entries: Vec<Entry>,
    /// How much of it can be granted at most.
    pub limits: Limits,
    /// What today's rules would find otherwise in what is before the boards, if anything.
    pub would_differ: Option<WouldDiffer>,
}

/// A board's state as the partner may know it: never who took which position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardState {
    /// Which board.
    pub board: BoardKey,
    /// Its name.
    pub name: String,
    /// What it is to the case.
    pub part: Part,
    /// How its ballot stands.
    pub progress: Progress,
    /// When it closes.
    pub deadline: Deadline,
    /// Whether that has passed, and the ballot is extended.
    pub is_overdue: bool,
    /// What its members object to, as far as they say.
    pub objections: Vec<Reason>,
}

impl BoardState {
    pub(crate) fn of(ballot: &BoardBallot, now: DateTime<Utc>) -> Self {
        let reason = |seat: &SeatPosition| seat.position.as_ref().and_then(|position| position.reason.clone());
        Self {
            board: ballot.board.clone(),
            name: ballot.name.clone(),
            part: ballot.part,
            progress: ballot.progress(),
            deadline: ballot.deadline,
            is_overdue: ballot.deadline.is_overdue(now),
            objections: ballot.objections().filter_map(reason).collect(),
        }
    }
}

/// A permission of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedPermission {
    /// Counts its edits; an edit names the one that it saw.
    pub revision: i64,
    /// What is declared.
    pub permission: DeclaredPermission,
    /// The entry of the catalogue.
    pub entry: Entry,
    /// What is asked about it, and what was answered though it is not asked any more.
    pub questions: Vec<Question>,
    /// What is asked about it only where some of its fields are chosen and not all.
    pub questions_of_fewer_fields: Vec<Question>,
    /// What the rules find in a draft now, or found as it was submitted.
    pub findings: Vec<Finding>,
    /// What shows what is declared, in the order in which it was attached.
    pub evidence: Vec<EvidenceRow>,
}

impl Submission {
    /// Whether nothing stands in the way of submitting.
    #[must_use]
    pub fn may_submit(&self) -> bool {
        self.is_draft
            && !self.permissions.is_empty()
            && self.permissions.iter().all(|permission| may_submit(&permission.findings))
            && may_submit(&self.findings)
    }

    /// What the rules find in parts of that kind.
    pub fn findings_of(&self, kind: PartKind) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.place.part.kind().is_some_and(|(of, _)| of == kind))
    }
}

/// The caller's submission of that reference. Another's is not there.
pub async fn lookup(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Submission> {
    let own = caller.partner(Scope::ReadSubmissions)?;
    read(&mut db.read().await?, own, reference).await
}

/// The partner's submission of that reference, as it is in this transaction.
pub(super) async fn read(tx: &mut Tx, own: &OwnPartner, reference: CaseRef) -> Result<Submission> {
    let case = case::lookup(tx, reference).await?.ok_or(Error::NotFound)?;
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    if integration.partner_id != own.id {
        return Err(Error::NotFound);
    }
    let partner = partner::lookup(tx, own.id).await?.ok_or(Error::NotFound)?;
    // Once it is decided, what was decided on is shown, and not a draft that came too late.
    let row = if case.state.is_final() {
        declaration::lookup_number(tx, case.id, case.revision).await?
    } else {
        declaration::lookup_newest(tx, case.id).await?
    };
    let row = row.ok_or(Error::NotFound)?;
    let catalogue = catalogue(tx).await?;
    let now = tx.now();
    let granted = granted(tx, &integration, now).await?;
    let context = context(tx, &partner, &integration, &granted);
    let today = context.today;
    let Evaluated { declaration, mut permissions, mut findings } = evaluated(tx, row.id, &catalogue, context).await?;
    let would_differ = would_differ(tx, &case, &row, (&partner, &integration), &catalogue).await?;
    let is_draft = is_draft(&case, &row);
    if !is_draft {
        // What was found then is what the boards go by, whatever the rules would say today.
        for (id, each) in &mut permissions {
            each.findings = declaration::list_findings(tx, *id).await?;
            let SubmittedPermission { permission, questions, .. } = each;
            questions.retain(|question| permission.answer(*question).is_some());
        }
        findings = declaration::list_part_findings(tx, row.id).await?;
    }
    let decision = case::lookup_decision(tx, case.id).await?;
    let facts = decision.as_ref().map(Facts::read).transpose()?;
    let ballots = of_case(tx, &case, facts.as_ref()).await?;
    let revisions = readable(tx, &case).await?;
    let base = if is_draft { base(tx, integration.id, &revisions, &row, &declaration).await? } else { None };
    let earlier = revisions.iter().map(|other| other.number).rfind(|number| *number < row.number);
    let requests = request::list(tx, case.id, false).await?;
    let concerns = threads(tx, &case, &ballots, Reader::Partner).await?;
    let appeal = appeal::clock(tx, &case).await?;
    let revisit_on = revisit::lookup(tx, case.id).await?.map(|row| row.on_date);
    let conditions = bound(tx, &case, Reader::Partner).await?;
    Ok(Submission {
        appeal,
        revisit_on,
        concerns,
        conditions,
        turn: Turn::of(&case, &ballots, &request::pending(&requests), now),
        requests,
        boards: ballots.iter().map(|ballot| BoardState::of(ballot, now)).collect(),
        is_revising: is_draft && case.state == CaseState::Open,
        decided_at: case.decided_at,
        overtaken: facts.map(|facts| facts.overtaken).unwrap_or_default(),
        reference,
        state: case.state,
        is_draft,
        number: row.number,
        submitted: case.revision,
        before: base.as_ref().map(|base| base.number).or(earlier),
        revision: row.revision,
        base,
        integration: integration.name,
        slug: integration.slug,
        description: integration.description,
        stage: integration.stage,
        partner: partner.name,
        partner_slug: partner.slug,
        tier: partner.tier,
        declaration,
        permissions: permissions.into_iter().map(|(_, permission)| permission).collect(),
        findings,
        rules_version: row.rules_version.unwrap_or_else(|| RULES_VERSION.to_owned()),
        layers: integration.layers,
        submitted_at: row.submitted_at,
        today,
        entries: catalogue.entries.iter().filter(|entry| catalogue.is_offered(entry)).cloned().collect(),
        limits: catalogue.limits,
        would_differ,
    })
}

/// The revisions of a case that its own partner reads: what was submitted, and a draft while it can be written.
pub(super) async fn readable(tx: &mut Tx, case: &CaseRow) -> Result<Vec<DeclarationRow>> {
    let mut revisions = declaration::list_of_case(tx, case.id).await?;
    revisions.retain(|revision| revision.submitted_at.is_some() || is_draft(case, revision));
    Ok(revisions)
}

/// A revision with what the rules find in it.
pub(crate) struct Evaluated {
    /// What it declares.
    pub declaration: Declaration,
    /// Its permissions, each with what is found in it.
    pub permissions: Vec<(DeclaredPermissionId, SubmittedPermission)>,
    /// What is found in its other parts.
    pub findings: Vec<Finding>,
}

/// Evaluates a revision.
pub(crate) async fn evaluated(
    tx: &mut Tx,
    id: DeclarationId,
    catalogue: &Catalogue,
    context: Context<'_>,
) -> Result<Evaluated> {
    let stored = declaration::list_permissions(tx, id).await?;
    let permissions = stored.iter().map(|stored| stored.permission.clone()).collect();
    let declaration = Declaration { permissions, ..declaration::lookup_parts(tx, id).await? };
    let attached = evidence::list_of_declaration(tx, id).await?;
    let mut permissions = Vec::with_capacity(stored.len());
    for stored in stored {
        // The database holds the key as a reference into the catalogue.
        let entry = catalogue.entry(&stored.permission.key).cloned().ok_or(Error::NotFound)?;
        let mut questions = stored.permission.questions(catalogue, context.tier, context.stage);
        let is_answered = |question: &Question| stored.permission.answer(*question).is_some();
        questions.extend(Question::ALL.into_iter().filter(is_answered));
        questions.sort_unstable();
        questions.dedup();
        let questions_of_fewer_fields = stored.permission.questions_of_fewer_fields(catalogue, context.tier);
        let evidence = attached.iter().filter(|row| row.declared == stored.id).cloned().collect();
        let StoredPermission { id, revision, permission } = stored;
        let submitted = SubmittedPermission {
            revision,
            permission,
            entry,
            questions,
            questions_of_fewer_fields,
            findings: vec![],
            evidence,
        };
        permissions.push((id, submitted));
    }
    let mut findings = Vec::new();
    for finding in evaluate(&declaration, catalogue, context) {
        let permission = match finding.place.part {
            DeclaredPart::Permission(n) => permissions.get_mut(n).map(|(_, permission)| &mut permission.findings),
            _ => None,
        };
        permission.unwrap_or(&mut findings).push(finding);
    }
    Ok(Evaluated { declaration, permissions, findings })
}
