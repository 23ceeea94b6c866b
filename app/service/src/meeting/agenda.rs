//! The agenda of a meeting, built from the open ballots of its board.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    ballot::{Ask, Progress},
    case::{CaseId, CaseState},
    meeting::{Candidate, Why, agenda, due_until},
};
use kwanus_store::{
    Tx,
    board::{self, OpenBallotRow},
    case,
    meeting::{self, DeferralRow, MeetingRow},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Person, Result,
    ballot::{Asked, BoardBallot, is_recused, load, load_all},
    case::missing_sentence,
};

/// How many open ballots are read at once.
const BATCH: u8 = 200;

/// An item of an agenda. The same is shown while the meeting is planned, and kept in its minutes once it was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Its number, from 1.
    pub number: usize,
    /// The case.
    pub case: CaseId,
    /// How the case is called.
    pub reference: String,
    /// The partner's name.
    pub partner: String,
    /// The integration's name.
    pub integration: String,
    /// Why it is on the agenda.
    pub why: Why,
    /// When the board's ballot on it closes.
    pub closes_at: DateTime<Utc>,
    /// How that stands, in a few words.
    pub standing: String,
    /// What is missing, in one sentence.
    pub missing: String,
    /// The same for whoever takes no part in the case.
    pub missing_unnamed: String,
    /// Who deferred it to the meeting, and why.
    pub deferred: Vec<Deferred>,
}

/// That a case was deferred to the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl From<&DeferralRow> for Deferred {
    fn from(row: &DeferralRow) -> Self {
        Self { by: row.name.to_string(), reason: row.reason.to_string(), at: row.deferred_at }
    }
}

/// The agenda as it would be if the meeting were held now.
pub(crate) async fn build(tx: &mut Tx, row: &MeetingRow) -> Result<Vec<AgendaItem>> {
    let deferrals = meeting::list_of_meeting(tx, row.id).await?;
    let open = list_open(tx, row, &deferrals).await?;
    let deferred = |case: CaseId| deferrals.iter().filter(move |deferral| deferral.case_id == case);
    let mut rows: HashMap<_, _> = HashMap::with_capacity(open.len());
    let mut candidates = Vec::with_capacity(open.len());
    for ballot in open {
        let Some(case) = case::lookup(tx, ballot.reference).await? else { continue };
        let is_deferred = deferred(case.id).next().is_some();
        candidates.push(Candidate { reference: ballot.reference, closes_at: ballot.closes_at, is_deferred });
        rows.insert(ballot.reference, (ballot, case));
    }
    let asked: Vec<_> = rows.values().map(|(_, case)| Asked::from(case)).collect();
    let mut ballots = load_all(tx, &asked).await?;
    let now = tx.now();
    let mut items = Vec::new();
    for (why, candidate) in agenda(candidates, row.starts_at, now) {
        let (ballot, case) = rows.remove(&candidate.reference).ok_or(Error::NotFound)?;
        let mut ballots = ballots.remove(&case.id).unwrap_or_default();
        let missing = missing_sentence(&ballots, true, now);
        let own = ballots.iter().find(|other| other.board == row.board_key).ok_or(Error::NotFound)?;
        let standing = standing(own);
        for ballot in &mut ballots {
            ballot.concerns.clear();
        }
        items.push(AgendaItem {
            number: items.len() + 1,
            case: case.id,
            reference: candidate.reference.to_string(),
            partner: ballot.partner_name.to_string(),
            integration: ballot.integration_name.to_string(),
            why,
            closes_at: ballot.closes_at,
            standing,
            missing,
            missing_unnamed: missing_sentence(&ballots, false, now),
            deferred: deferred(case.id).map(Deferred::from).collect(),
        });
    }
    Ok(items)
}

/// The open ballots of a meeting's board that close soon after it, and those whose case is deferred to it.
async fn list_open(tx: &mut Tx, row: &MeetingRow, deferrals: &[DeferralRow]) -> Result<Vec<OpenBallotRow>> {
    let now = tx.now();
    let (by, mut after) = (due_until(row.starts_at).max(now), None);
    let mut open: Vec<OpenBallotRow> = Vec::new();
    loop {
        let batch = board::list_open(tx, &row.board_key, by, after, BATCH).await?;
        let is_last = batch.len() < usize::from(BATCH);
        after = batch.last().map(|last| (last.closes_at, last.ballot_id));
        open.extend(batch);
        if is_last {
            break;
        }
    }
    for deferral in deferrals {
        open.extend(board::lookup_open(tx, deferral.case_id, &row.board_key).await?);
    }
    Ok(open)
}

/// How a ballot stands, in a few words.
fn standing(ballot: &BoardBallot) -> String {
    let count = format!("{} of {}", ballot.tally.approvals, ballot.needed());
    match (ballot.progress(), &ballot.verdict) {
        (_, Some(verdict)) => verdict.rung.label().to_owned(),
        (Progress::Carries, None) => format!("{count}, carries"),
        (Progress::Held, None) => format!("{count}, held by an objection"),
        (Progress::Lost, None) => format!("{count}, declines"),
        (Progress::Short, None) => "Too few members".to_owned(),
        (Progress::Open, None) if ballot.ask == Ask::Ladder => "Has not spoken".to_owned(),
        (Progress::Open, None) => format!("{count}, needs {} more", ballot.short_of()),
    }
}

/// The agenda of a meeting: as it stands while that is planned, as it stood once it was held.
pub(super) async fn of_meeting(tx: &mut Tx, row: &MeetingRow) -> Result<Vec<AgendaItem>> {
    match row.agenda() {
        Some(frozen) => {
            let read = serde_json::from_value(frozen.clone());
            read.map_err(|error| Error::Internal(Box::new(error)))
        }
        None => build(tx, row).await,
    }
}

/// How far a case is, and whether somebody reads what is said of it: not while the boards deliberate, if they take no part.
pub(super) async fn reads(tx: &mut Tx, person: &Person, case: CaseId) -> Result<(CaseState, bool)> {
    let case = case::lookup_by_id(tx, case).await?.ok_or(Error::NotFound)?;
    if case.state != CaseState::Open {
        return Ok((case.state, true));
    }
    let ballots = load(tx, (&case).into()).await?;
    Ok((case.state, !is_recused(person.id, case.proposer(), &ballots)))
}
