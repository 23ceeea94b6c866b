//! A partner's submissions.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::Scope,
    ballot::{Deadline, Progress},
    board::BoardKey,
    case::{CaseRef, CaseState, days_between, likely_by},
    integration::IntegrationName,
    request::Pending,
};
use kwanus_store::{
    Db, case, declaration, integration,
    precedent::{self, PaceRow},
    request,
};

use super::Turn;
use crate::{
    Caller, Error, Page, Result,
    ballot::{Asked, BoardBallot, load_all},
};

/// How many submissions stand on a page.
const PAGE: u8 = 20;

/// A submission in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSubmission {
    /// How it is called.
    pub reference: CaseRef,
    /// How far it is.
    pub state: CaseState,
    /// Which revision of what the integration declares.
    pub number: i64,
    /// The integration's name.
    pub integration: IntegrationName,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When the boards got it.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Whose turn it is.
    pub turn: Turn,
    /// When they decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// How it stands with the boards, while they have it.
    pub review: Option<Review>,
}

/// A submission before the boards, as its partner may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The boards that are still at work, by key and name.
    pub boards: Vec<(BoardKey, String)>,
    /// When the first of their ballots closes.
    pub deadline: Option<Deadline>,
    /// Whether that has passed, and the ballot is extended.
    pub is_overdue: bool,
    /// Whether a member objects.
    pub is_objected: bool,
    /// Whether its partner writes another revision meanwhile.
    pub is_revising: bool,
    /// The day by which the boards likely decide, by what they took for such cases.
    pub likely_by: Option<NaiveDate>,
    /// How many days they have had it.
    pub days: i64,
}

impl Review {
    fn new(submitted_at: DateTime<Utc>, ballots: &[BoardBallot], paces: &[PaceRow], now: DateTime<Utc>) -> Self {
        let is_at_work = |ballot: &&BoardBallot| !matches!(ballot.progress(), Progress::Carries | Progress::Lost);
        let at_work: Vec<_> = ballots.iter().filter(is_at_work).collect();
        let deadline = at_work.iter().map(|ballot| ballot.deadline).min();
        Self {
            boards: at_work.iter().map(|ballot| (ballot.board.clone(), ballot.name.clone())).collect(),
            is_overdue: deadline.is_some_and(|deadline| deadline.is_overdue(now)),
            deadline,
            is_objected: ballots.iter().any(|ballot| ballot.objections().next().is_some()),
            is_revising: false,
            likely_by: likely(submitted_at, ballots.iter().map(|ballot| &ballot.board), paces, now),
            days: days_between(submitted_at, now),
        }
    }
}

/// The day by which these boards likely decide on what they got then.
pub(super) fn likely<'b>(
    submitted_at: DateTime<Utc>,
    boards: impl Iterator<Item = &'b BoardKey>,
    paces: &[PaceRow],
    now: DateTime<Utc>,
) -> Option<NaiveDate> {
    let mut route: Vec<_> = boards.map(BoardKey::as_str).collect();
    route.sort_unstable();
    let route = route.join(" ");
    let such = paces.iter().filter(|pace| pace.boards == route);
    let likely = likely_by(submitted_at, such.map(|pace| days_between(pace.submitted_at, pace.decided_at)));
    // One that takes longer than most is not likely to be decided on any day that we could name.
    likely.filter(|day| *day >= now.date_naive())
}

/// The submissions of the caller's partner, the newest first, those before `before`.
pub async fn list(db: &Db, caller: &Caller, before: Option<CaseRef>) -> Result<Page<ListedSubmission, CaseRef>> {
    let own = caller.partner(Scope::ReadSubmissions)?;
    let mut tx = db.read().await?;
    let now = tx.now();
    let page = Page::of(case::list_of_partner(&mut tx, own.id, before, PAGE + 1).await?, PAGE, |case| case.reference);
    let open: Vec<_> = page.rows.iter().filter(|row| row.state == CaseState::Open).map(Asked::from).collect();
    let mut ballots = load_all(&mut tx, &open).await?;
    let mut pending = HashMap::<_, Vec<_>>::new();
    for row in request::list_unresolved(&mut tx, &open.iter().map(|asked| asked.case).collect::<Vec<_>>()).await? {
        let request = Pending { board: row.board, state: row.state, due_at: row.due_at };
        pending.entry(row.case).or_default().push(request);
    }
    let paces = if open.is_empty() { vec![] } else { precedent::list_paces(&mut tx).await? };
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let integration = integration::lookup(&mut tx, row.integration_id).await?.ok_or(Error::NotFound)?;
        let declaration = declaration::lookup_newest(&mut tx, row.id).await?.ok_or(Error::NotFound)?;
        let ballots = ballots.remove(&row.id).unwrap_or_default();
        let pending = pending.remove(&row.id).unwrap_or_default();
        let review = row.submitted_at.filter(|_| row.state == CaseState::Open).map(|at| Review {
            is_revising: declaration.submitted_at.is_none(),
            ..Review::new(at, &ballots, &paces, now)
        });
        rows.push(ListedSubmission {
            reference: row.reference,
            state: row.state,
            number: if row.state.is_final() { row.revision } else { declaration.number },
            integration: integration.name,
            created_at: row.created_at,
            submitted_at: row.submitted_at,
            turn: Turn::of(&row, &ballots, &pending, now),
            decided_at: row.decided_at,
            review,
        });
    }
    Ok(Page { rows, next: page.next })
}
