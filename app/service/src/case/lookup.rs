//! A case as its page shows it to the desk.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonName,
    audit::AuditEventId,
    ballot::Outcome,
    board::{BoardKey, Forecast},
    case::{CaseKind, CaseRef, CaseState},
    declaration::{Change, DeclaredPermission, change},
    integration::{IntegrationName, Stage},
    manifest::{Shown, shown},
    partner::{PartnerId, PartnerName, Slug, Tier},
    policy::{Finding, Verdict},
    request::Side,
};
use kwanus_store::{
    Db, Tx,
    account::person,
    case::{self, CaseRow},
    declaration,
    evidence::{self, EvidenceRow},
    integration,
    integration::IntegrationRow,
    lifecycle,
    lifecycle::TransitionRow,
    partner,
    partner::PartnerRow,
    suspension,
};

use super::{
    Effect, Facts, FrozenFinding, FrozenPart, MyBallot, Occurrence, Precedents,
    effect::effects,
    history::{history, is_discussion},
    informed,
    mine::{closes, mine, speaks_for},
    missing_sentence,
    precedent::Found,
    turn_of,
};
use crate::{
    Caller, Error, Page, Result,
    appeal::{self, AppealClock, AppealMatter},
    audit,
    ballot::{BoardBallot, BoundCondition, ConcernThread, Reader, SeatPosition, bound, is_recused, of_case, threads},
    board::{InConflict, conflicts_of_case, forecast_of_case},
    evidence::lines_of,
    reopening::{self, Reopening},
    request::{self, Thread},
    review::{self, ReviewMatter},
    revisit::{self, Revisit},
    submission::{WouldDiffer, catalogue, would_differ},
    suspension::SuspensionRow,
};

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// How it is called.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's name in URLs.
    pub partner_slug: Slug,
    /// The partner's tier.
    pub tier: Tier,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The integration's name in URLs.
    pub integration_slug: Slug,
    /// Its layers.
    pub layers: String,
    /// Its stage.
    pub stage: Stage,
    /// The revision before the boards.
    pub revision: i64,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who brought it before them.
    pub proposer: Option<PersonName>,
    /// What it is about.
    pub matter: Matter,
    /// The ballots: as they stand while it is open, as they were frozen once it is decided.
    pub ballots: Vec<BoardBallot>,
    /// What is missing, while it is open.
    pub missing: Option<String>,
    /// What the boards asked the partner to change; nothing for whoever is recused.
    pub requests: Vec<Thread>,
    /// What members object with, and what was said about it; nothing for whoever is recused.
    pub concerns: Vec<ConcernThread>,
    /// What the partner must meet since it was decided, and what was done about each.
    pub conditions: Vec<BoundCondition>,
    /// Whose turn it is, in one sentence for the boards, without a full stop.
    pub turn: String,
    /// The boards in whose name the caller may ask for changes.
    pub speaks_for: Vec<BoardKey>,
    /// The caller's own ballots.
    pub mine: Vec<MyBallot>,
    /// The boards whose ballot the caller can close, as their chair.
    pub closes: Vec<BoardKey>,
    /// When its partner withdrew it, if so.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The decision, with what it was decided on.
    pub decision: Option<(Outcome, DateTime<Utc>, Facts)>,
    /// What the decision was to bring about, and what of it was done.
    pub effects: Vec<Effect>,
    /// The entry of the log that says so, for those who may read that.
    pub log_entry: Option<AuditEventId>,
    /// The boards that are informed of it.
    pub informed: Vec<BoardKey>,
    /// Whether and until when its decision can be appealed, or the appeal that was made.
    pub appeal: Option<AppealClock>,
    /// When the boards look at its decision again.
    pub revisit: Revisit,
    /// Whether it was opened anew, or the caller can do something towards that.
    pub reopening: Reopening,
    /// Whether each board that still votes reaches its quorum by its date; for whoever follows the deliberation.
    pub forecasts: Vec<(BoardKey, Forecast)>,
    /// The members who are something to the partner, while the boards deliberate.
    pub conflicts: Vec<(BoardKey, InConflict)>,
    /// What happened, the newest first.
    pub history: Page<Occurrence, AuditEventId>,
}

/// What a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// What an integration wants.
    Declaration(Declaration),
    /// A step to another stage.
    Transition(TransitionRow),
    /// An integration, after a quarter or a year.
    Review(Box<ReviewMatter>),
    /// A suspension, or the lifting of one.
    Suspension(SuspensionRow),
    /// What a partner appeals.
    Appeal(Box<AppealMatter>),
}

/// A declaration against the one that was carried before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The carried revision that it is compared with.
    pub compared_with: Option<i64>,
    /// The revisions of the case that were submitted before it, the first one first.
    pub earlier: Vec<i64>,
    /// The version of the rules that found what is found.
    pub rules_version: Option<String>,
    /// The version of the catalogue that it was read against.
    pub catalogue_version: Option<i64>,
    /// What today's rules would find otherwise, if anything, while it is open.
    pub would_differ: Option<WouldDiffer>,
    /// What is declared.
    pub permissions: Vec<Declared>,
    /// What is declared besides, in the words of the form.
    pub parts: Vec<DeclaredPart>,
    /// What the carried revision declares and this one does not.
    pub removed: Vec<DeclaredPermission>,
}

/// A declared permission before the boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// What is declared.
    pub permission: DeclaredPermission,
    /// What it is for, in the words of the catalogue.
    pub title: String,
    /// What the rules found as it was submitted.
    pub findings: Vec<DeclaredFinding>,
    /// What its partner attached to show it.
    pub evidence: Vec<EvidenceRow>,
    /// Against the carried revision.
    pub change: Change,
    /// What was granted and decided before.
    pub precedents: Precedents,
}

/// A part of a declaration besides its permissions, before the boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredPart {
    /// What it is called.
    pub title: String,
    /// What was asked and answered, and whether it was answered otherwise in the carried revision.
    pub rows: Vec<(String, String, bool)>,
    /// What the rules found as it was submitted.
    pub findings: Vec<DeclaredFinding>,
    /// Whether the carried revision does not declare it.
    pub is_added: bool,
}

impl DeclaredPart {
    /// A part against those of the carried revision, if there is one.
    fn new(part: FrozenPart, before: Option<&[Shown]>) -> Self {
        let earlier = before.map(|before| before.iter().find(|earlier| earlier.title == part.title));
        let is_changed = |label: &str, text: &str| {
            let rows = earlier.flatten().map(|earlier| &earlier.rows);
            rows.is_some_and(|rows| !rows.iter().any(|(other, said)| *other == label && said == text))
        };
        let rows = part.rows.into_iter().map(|(label, text)| {
            let is_changed = is_changed(&label, &text);
            (label, text, is_changed)
        });
        Self {
            rows: rows.collect(),
            findings: part.findings.iter().map(DeclaredFinding::from).collect(),
            is_added: earlier.is_some_and(|earlier| earlier.is_none()),
            title: part.title,
        }
    }
}

/// What a rule found in a declared permission, as the boards read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredFinding {
    /// The id of the rule.
    pub rule: String,
    /// What it means.
    pub verdict: Verdict,
    /// The rule, as it read.
    pub words: String,
    /// Its source.
    pub citation: String,
    /// What the boards are to weigh; empty where there is nothing.
    pub weigh: String,
}

impl From<&Finding> for DeclaredFinding {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.id.to_owned(),
            verdict: finding.verdict(),
            words: finding.rule.words.to_owned(),
            citation: finding.citation(),
            weigh: finding.rule.weigh.to_owned(),
        }
    }
}

impl From<&FrozenFinding> for DeclaredFinding {
    fn from(finding: &FrozenFinding) -> Self {
        Self {
            rule: finding.rule.clone(),
            // The word of a later program's verdict is no reason to show less.
            verdict: Verdict::from_label(&finding.verdict).unwrap_or(Verdict::Restricted),
            words: finding.words.clone(),
            citation: finding.citation.clone(),
            weigh: finding.weigh.clone(),
        }
    }
}

/// The case of that reference, for the desk, with the page of its history after `after`. A draft is its partner's alone.
pub async fn lookup(db: &Db, caller: &Caller, reference: CaseRef, after: Option<AuditEventId>) -> Result<Case> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    if case.state == CaseState::Draft {
        return Err(Error::NotFound);
    }
    let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(&mut tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    let proposer = match case.proposer() {
        Some(id) => person::lookup(&mut tx, id).await?.map(|person| person.name),
        None => None,
    };
    let decision = match case::lookup_decision(&mut tx, case.id).await? {
        Some(row) => Some((row.outcome, row.decided_at, Facts::read(&row)?)),
        None => None,
    };
    let mut ballots = of_case(&mut tx, &case, decision.as_ref().map(|(_, _, facts)| facts)).await?;
    let matter = matter(&mut tx, &case, (&partner, &integration), decision.as_ref().map(|(_, _, facts)| facts)).await?;
    let mut history = history(&mut tx, &case, after).await?;
    let is_open = case.state == CaseState::Open;
    let is_recused = is_open && is_recused(person.id(), case.proposer(), &ballots);
    let now = tx.now();
    if is_recused {
        // Recusal ends the view of what the others say, for as long as they deliberate.
        for ballot in &mut ballots {
            ballot.concerns.clear();
        }
    }
    let missing = is_open.then(|| missing_sentence(&ballots, !is_recused, now));
    let mine = if is_open { mine(person, &ballots, &matter, now) } else { vec![] };
    if is_recused {
        history.rows.retain(|occurrence| !is_discussion(occurrence.kind));
        ballots.iter_mut().flat_map(|ballot| &mut ballot.seats).for_each(|seat| seat.position = None);
    }
    let concerns =
        if is_recused { vec![] } else { threads(&mut tx, &case, &ballots, Reader::Desk(person.id())).await? };
    let conditions = bound(&mut tx, &case, Reader::Desk(person.id())).await?;
    let requests = if is_recused { vec![] } else { request::list(&mut tx, case.id, true).await? };
    let informed = match &decision {
        Some((_, _, facts)) => facts.informed.clone(),
        None => informed(&mut tx, &case, &integration, &ballots).await?,
    };
    let deliberating: &[BoardBallot] = if is_open && !is_recused { &ballots } else { &[] };
    let (forecasts, conflicts) = outlook(&mut tx, &case, partner.id, deliberating).await?;
    let appeal = appeal::clock(&mut tx, &case).await?;
    let reopening = reopening::lookup(&mut tx, person, &case, decision.as_ref().map(|(_, _, facts)| facts)).await?;
    let (effects, entry) = match &decision {
        Some((outcome, at, facts)) => effects(&mut tx, &case, &matter, (*outcome, *at, facts)).await?,
        None => (vec![], None),
    };
    let then = decision.as_ref().map(|(_, _, facts)| facts);
    Ok(Case {
        forecasts,
        conflicts,
        appeal,
        revisit: revisit::lookup(&mut tx, person, &case, then).await?,
        reopening,
        effects,
        log_entry: entry.filter(|_| audit::authorise(caller).is_ok()),
        reference,
        state: case.state,
        turn: turn_of(Side::Board, &case, &ballots, &request::pending(&requests), now),
        speaks_for: if is_open { speaks_for(reference, person, &ballots, now) } else { vec![] },
        closes: if is_open { closes(person, &ballots, now) } else { vec![] },
        requests,
        concerns,
        conditions,
        // A decided case is shown as it was decided.
        partner: then.and_then(|then| PartnerName::parse(&then.partner).ok()).unwrap_or(partner.name),
        partner_slug: partner.slug,
        tier: then.and_then(|then| Tier::try_from(then.tier).ok()).unwrap_or(partner.tier),
        integration: then.and_then(|then| IntegrationName::parse(&then.integration).ok()).unwrap_or(integration.name),
        integration_slug: integration.slug,
        layers: then.map_or_else(|| integration.layers.to_string(), |then| then.layers.clone()),
        stage: then.and_then(|then| Stage::from_word(&then.stage)).unwrap_or(integration.stage),
        revision: case.revision,
        submitted_at: case.submitted_at,
        proposer,
        matter,
        missing,
        ballots,
        mine,
        withdrawn_at: case.withdrawn_at(),
        decision,
        informed,
        history,
    })
}

/// What a case is about; once it is decided, as it was then.
async fn matter(
    tx: &mut Tx,
    case: &CaseRow,
    (partner, integration): (&PartnerRow, &IntegrationRow),
    then: Option<&Facts>,
) -> Result<Matter> {
    Ok(match case.reference.kind {
        CaseKind::PermissionJustification => {
            Matter::Declaration(declaration(tx, case, (partner, integration), then).await?)
        }
        CaseKind::LifecycleTransition => {
            Matter::Transition(lifecycle::lookup(tx, case.id).await?.ok_or(Error::NotFound)?)
        }
        CaseKind::QuarterlyReview | CaseKind::AnnualReview => {
            let mut matter = review::lookup(tx, case).await?;
            if let Some(frozen) = then.and_then(|facts| facts.review.clone()) {
                matter.grants = frozen.grants;
            }
            Matter::Review(Box::new(matter))
        }
        CaseKind::Suspension => Matter::Suspension(suspension::lookup(tx, case.id).await?.ok_or(Error::NotFound)?),
        CaseKind::Appeal => {
            let then = then.and_then(|facts| facts.appeal.as_ref());
            Matter::Appeal(Box::new(appeal::matter(tx, case, then).await?))
        }
    })
}

/// Whether the boards of these ballots reach their quorum, and what their members are to the partner.
async fn outlook(
    tx: &mut Tx,
    case: &CaseRow,
    partner: PartnerId,
    ballots: &[BoardBallot],
) -> Result<(Vec<(BoardKey, Forecast)>, Vec<(BoardKey, InConflict)>)> {
    let (mut forecasts, mut conflicts) = (vec![], vec![]);
    for ballot in ballots {
        let board = &ballot.board;
        forecasts.extend(forecast_of_case(tx, case.id, board).await?.map(|forecast| (board.clone(), forecast)));
        if ballot.seats.iter().any(SeatPosition::is_related) {
            let related = conflicts_of_case(tx, partner, board).await?;
            conflicts.extend(related.into_iter().map(|one| (board.clone(), one)));
        }
    }
    Ok((forecasts, conflicts))
}

/// What the revision before the boards declares, against the one that was carried before it; once it is decided, with the
/// words of the catalogue and of the rules by which it was.
async fn declaration(
    tx: &mut Tx,
    case: &CaseRow,
    (partner, integration): (&PartnerRow, &IntegrationRow),
    then: Option<&Facts>,
) -> Result<Declaration> {
    let catalogue = catalogue(tx).await?;
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let carried = declaration::lookup_carried(tx, case.integration_id, case.revision).await?;
    let before = match &carried {
        Some(carried) => declaration::list_permissions(tx, carried.id).await?,
        None => vec![],
    };
    let declared = declaration::list_permissions(tx, row.id).await?;
    let keys: Vec<_> = declared.iter().map(|stored| stored.permission.key.clone()).collect();
    let would_differ = would_differ(tx, case, &row, (partner, integration), &catalogue).await?;
    let precedents = Found::look(tx, case, partner, &keys).await?;
    let attached = evidence::list_of_declaration(tx, row.id).await?;
    let attached_before = match &carried {
        Some(carried) => evidence::list_of_declaration(tx, carried.id).await?,
        None => vec![],
    };
    let mut permissions = Vec::with_capacity(declared.len());
    for stored in declared {
        let earlier = before.iter().find(|other| other.permission.key == stored.permission.key);
        let lines_before = earlier.map(|earlier| lines_of(&attached_before, earlier.id)).unwrap_or_default();
        let lines = lines_of(&attached, stored.id);
        let key = &stored.permission.key;
        let frozen = then.and_then(|then| then.permissions.iter().find(|frozen| frozen.key == key.as_str()));
        // Records of before this was frozen have no words of their own.
        let frozen = frozen.filter(|frozen| !frozen.title.is_empty());
        let (title, findings) = match frozen {
            Some(frozen) => (frozen.title.clone(), frozen.findings.iter().map(DeclaredFinding::from).collect()),
            None => (
                catalogue.entry(key).map(|entry| entry.title.clone()).unwrap_or_default(),
                declaration::list_findings(tx, stored.id).await?.iter().map(DeclaredFinding::from).collect(),
            ),
        };
        permissions.push(Declared {
            title,
            findings,
            evidence: attached.iter().filter(|row| row.declared == stored.id).cloned().collect(),
            precedents: precedents.of(&stored.permission, &catalogue)?,
            change: change(
                earlier.map(|earlier| (&earlier.permission, lines_before.as_slice())),
                (&stored.permission, lines.as_slice()),
            ),
            permission: stored.permission,
        });
    }
    let parts = if let Some(then) = then {
        then.parts.clone()
    } else {
        let found = declaration::list_part_findings(tx, row.id).await?;
        let parts = shown(&declaration::lookup_parts(tx, row.id).await?);
        parts.into_iter().map(|part| FrozenPart::new(part, &found)).collect()
    };
    let parts_before = match &carried {
        Some(carried) => Some(shown(&declaration::lookup_parts(tx, carried.id).await?)),
        None => None,
    };
    let earlier = declaration::list_of_case(tx, case.id).await?.into_iter().map(|row| row.number);
    let is_kept = |earlier: &DeclaredPermission| permissions.iter().any(|each| each.permission.key == earlier.key);
    Ok(Declaration {
        compared_with: carried.map(|carried| carried.number),
        // Only the newest can be a draft, and none of those is.
        earlier: earlier.filter(|number| *number < case.revision).collect(),
        rules_version: row.rules_version,
        catalogue_version: row.catalogue_version,
        would_differ,
        parts: parts.into_iter().map(|part| DeclaredPart::new(part, parts_before.as_deref())).collect(),
        removed: before.into_iter().map(|stored| stored.permission).filter(|earlier| !is_kept(earlier)).collect(),
        permissions,
    })
}
