//! A case as its page shows it to the desk.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonName,
    audit::{EventKind, Subject},
    ballot::{Ask, Counted, Outcome, Progress, Stance, outcome},
    board::BoardKey,
    case::{CaseKind, CaseRef, CaseState},
    declaration::{Change, DeclaredPermission, change},
    integration::{IntegrationName, Stage},
    partner::{PartnerName, Slug, Tier},
    permission::PermissionKey,
    policy::Finding,
    review::Rung,
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit,
    case::{self, CaseRow},
    declaration, integration, lifecycle,
    lifecycle::TransitionRow,
    partner, suspension,
};

use super::{Facts, missing_sentence};
use crate::{
    Caller, Error, Person, Result,
    ballot::{BoardBallot, SeatPosition, TakenPosition, of_case},
    review::{self, ReviewMatter},
    submission::catalogue,
    suspension::SuspensionRow,
};

/// How much of its history a case shows.
const HISTORY: u8 = 50;

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
    /// The caller's own ballots.
    pub mine: Vec<MyBallot>,
    /// The decision, with what it was decided on.
    pub decision: Option<(Outcome, DateTime<Utc>, Facts)>,
    /// What happened, the newest first.
    pub history: Vec<Occurrence>,
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
}

/// A declaration against the one that was carried before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The carried revision that it is compared with.
    pub compared_with: Option<i64>,
    /// The version of the rules that found what is found.
    pub rules_version: Option<String>,
    /// What is declared.
    pub permissions: Vec<Declared>,
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
    pub findings: Vec<Finding>,
    /// Against the carried revision.
    pub change: Change,
}

/// A ballot on which the caller may say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyBallot {
    /// Of which board.
    pub board: BoardKey,
    /// What the caller said last.
    pub position: Option<TakenPosition>,
    /// Why the caller may not say anything, if so.
    pub refusal: Option<String>,
    /// The permissions that a recommendation to reduce can name.
    pub grants: Vec<PermissionKey>,
    /// What each stance would bring about, were it recorded now.
    pub consequences: Vec<(Stance, String)>,
}

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// Who did it, if a person.
    pub who: Option<String>,
    /// For which board, if for one.
    pub board: Option<BoardKey>,
    /// Which stance, where one was taken.
    pub stance: Option<Stance>,
    /// Which stance it changed.
    pub before: Option<Stance>,
    /// Of which revision it speaks.
    pub revision: Option<i64>,
    /// How it was decided, if it was.
    pub outcome: Option<Outcome>,
}

/// The case of that reference, for the desk. A draft is its partner's alone.
pub async fn lookup(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Case> {
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
    let matter = match reference.kind {
        CaseKind::PermissionJustification => Matter::Declaration(declaration(&mut tx, &case).await?),
        CaseKind::LifecycleTransition => {
            Matter::Transition(lifecycle::lookup(&mut tx, case.id).await?.ok_or(Error::NotFound)?)
        }
        CaseKind::QuarterlyReview | CaseKind::AnnualReview => {
            let mut matter = review::lookup(&mut tx, &case).await?;
            if let Some(frozen) = decision.as_ref().and_then(|(_, _, facts)| facts.review.clone()) {
                matter.grants = frozen.grants;
            }
            Matter::Review(Box::new(matter))
        }
        CaseKind::Suspension => Matter::Suspension(suspension::lookup(&mut tx, case.id).await?.ok_or(Error::NotFound)?),
    };
    let mut history = history(&mut tx, &case).await?;
    let is_open = case.state == CaseState::Open;
    let is_recused = is_open && case.proposer() == Some(person.id());
    let missing = is_open.then(|| missing_sentence(&ballots, !is_recused));
    if is_recused {
        // Recusal ends the view of what the others say, for as long as they deliberate.
        history.retain(|occurrence| occurrence.kind != EventKind::PositionTaken);
        ballots.iter_mut().flat_map(|ballot| &mut ballot.seats).for_each(|seat| seat.position = None);
    }
    let then = decision.as_ref().map(|(_, _, facts)| facts);
    let now = tx.now();
    let mine = if is_open { mine(person, &ballots, &matter, now) } else { vec![] };
    Ok(Case {
        reference,
        state: case.state,
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
        decision,
        history,
    })
}

/// What the revision before the boards declares, against the one that was carried before it.
async fn declaration(tx: &mut Tx, case: &CaseRow) -> Result<Declaration> {
    let catalogue = catalogue(tx).await?;
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let carried = declaration::lookup_carried(tx, case.integration_id, case.revision).await?;
    let before = match &carried {
        Some(carried) => declaration::list_permissions(tx, carried.id).await?,
        None => vec![],
    };
    let mut permissions = Vec::new();
    for stored in declaration::list_permissions(tx, row.id).await? {
        let earlier = before.iter().find(|other| other.permission.key == stored.permission.key);
        permissions.push(Declared {
            title: catalogue.entry(&stored.permission.key).map(|entry| entry.title.clone()).unwrap_or_default(),
            findings: declaration::list_findings(tx, stored.id).await?,
            change: change(earlier.map(|earlier| &earlier.permission), &stored.permission),
            permission: stored.permission,
        });
    }
    let is_kept = |earlier: &DeclaredPermission| permissions.iter().any(|each| each.permission.key == earlier.key);
    Ok(Declaration {
        compared_with: carried.map(|carried| carried.number),
        rules_version: row.rules_version,
        removed: before.into_iter().map(|stored| stored.permission).filter(|earlier| !is_kept(earlier)).collect(),
        permissions,
    })
}

/// What happened to a case, without what its partner did before it was submitted.
async fn history(tx: &mut Tx, case: &CaseRow) -> Result<Vec<Occurrence>> {
    let rows = audit::list_of_subject(tx, Subject::Case(case.id), HISTORY).await?;
    let is_told = |kind| {
        matches!(
            kind,
            EventKind::Submitted
                | EventKind::TransitionProposed
                | EventKind::SuspensionProposed
                | EventKind::ReviewOpened
                | EventKind::ReviewRevised
                | EventKind::PositionTaken
                | EventKind::Decided
        )
    };
    let occurrences = rows.into_iter().filter(|row| is_told(row.kind)).map(|row| {
        let text = |name: &str| row.details.0.get(name).and_then(|value| value.as_str());
        Occurrence {
            at: row.occurred_at,
            kind: row.kind,
            board: text("board").and_then(|board| BoardKey::parse(board).ok()),
            stance: text("stance").and_then(Stance::from_word),
            before: text("before").and_then(Stance::from_word),
            revision: row.details.0.get("revision").and_then(serde_json::Value::as_i64),
            outcome: text("outcome").and_then(Outcome::from_word),
            who: row.actor_name,
        }
    });
    Ok(occurrences.collect())
}

/// The ballots of the caller's boards, and what each stance would bring about.
fn mine(person: &Person, ballots: &[BoardBallot], matter: &Matter, now: DateTime<Utc>) -> Vec<MyBallot> {
    let grants = match matter {
        Matter::Review(matter) => matter.grants.iter().map(|grant| grant.key.clone()).collect(),
        _ => vec![],
    };
    let of = |ballot: &BoardBallot| {
        let seat = ballot.seat(person.id()).filter(|seat| seat.is_in_term)?;
        let refusal = if seat.is_recused {
            Some("You proposed this yourself, so you do not decide on it".to_owned())
        } else if ballot.is_over(now) {
            Some("The ballot has closed".to_owned())
        } else {
            None
        };
        Some(MyBallot {
            board: ballot.board.clone(),
            position: seat.position.clone(),
            consequences: consequences(person, seat, ballot, ballots, matter, now),
            grants: grants.clone(),
            refusal,
        })
    };
    ballots.iter().filter_map(of).collect()
}

fn consequences(
    person: &Person,
    seat: &SeatPosition,
    ballot: &BoardBallot,
    ballots: &[BoardBallot],
    matter: &Matter,
    now: DateTime<Utc>,
) -> Vec<(Stance, String)> {
    if !seat.may_vote() {
        return vec![];
    }
    let consequence = |stance: &Stance| {
        let with = ballot.with(person.id(), *stance, now);
        let others: Vec<BoardBallot> = ballots
            .iter()
            .map(|other| if other.board == ballot.board { with.clone() } else { other.clone() })
            .collect();
        if ballot.ask == Ask::Ladder {
            return (*stance, effect_on_ladder(*stance, &with, &others));
        }
        let counted: Vec<Counted> = others.iter().map(|other| other.counted(now)).collect();
        let board = ballot.board.monogram();
        let effect = match (outcome(&counted), with.progress()) {
            (Some(outcome), _) => format!("the case is decided: {}", outcome.label().to_lowercase()),
            (None, Progress::Carries) => {
                format!(
                    "{board} carries, {} of {}. {}",
                    with.tally.approvals,
                    with.tally.needed(),
                    missing_sentence(&others, true)
                )
            }
            (None, Progress::Held) => format!("{board} is held until the objection is withdrawn"),
            (None, _) if *stance == Stance::Object => {
                format!("{board} is held until you withdraw the objection, by taking another position")
            }
            (None, _) => missing_sentence(&others, true),
        };
        (*stance, effect)
    };
    let is_offered = |stance: &&Stance| match (stance.rung(), matter) {
        (Some(rung), Matter::Review(matter)) => matter.offered.contains(&rung),
        _ => true,
    };
    ballot.ask.stances().iter().filter(is_offered).map(consequence).collect()
}

/// What a recommendation would bring about.
fn effect_on_ladder(stance: Stance, with: &BoardBallot, others: &[BoardBallot]) -> String {
    if stance == Stance::Recommend(Rung::Reduce) {
        // Which permissions end depends on what is named with it.
        let board = with.board.monogram();
        return format!("what you name ends when the review is concluded, if more than half of {board} would end it");
    }
    match (review::concluded(others), &with.verdict) {
        (Some(verdict), _) => format!("the review is concluded: {}", verdict.rung.label().to_lowercase()),
        (None, Some(verdict)) => {
            let board = with.board.monogram();
            format!("{board} recommends: {}. {}", verdict.rung.label().to_lowercase(), missing_sentence(others, true))
        }
        (None, None) => missing_sentence(others, true),
    }
}
