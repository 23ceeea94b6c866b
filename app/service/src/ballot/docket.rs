//! What needs a member's position.

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    Count,
    account::Standing,
    ballot::{Ask, BallotId, Deadline, Stance, outcome},
    board::BoardKey,
    case::CaseRef,
    integration::IntegrationName,
    partner::{PartnerName, Tier},
};
use kwanus_store::{
    Db,
    ballot::{self, DocketPlace, DocketRow},
    board, declaration,
};

use super::state::{Asked, BoardBallot, counts, load_all};
use crate::{Caller, Error, Page, Result, case::missing_sentence};

/// How many ballots stand on a page.
const PAGE: u8 = 25;
/// A ballot that closes within so many days is due soon.
const SOON_DAYS: i64 = 3;

/// What needs the caller's position, a page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docket {
    /// The boards that the caller sits on, by key and name.
    pub boards: Vec<(BoardKey, String)>,
    /// Every board, in order: the columns.
    pub columns: Vec<(BoardKey, String)>,
    /// The most urgent first.
    pub entries: Page<DocketEntry, (DateTime<Utc>, BallotId)>,
    /// How many there are.
    pub total: Count,
    /// How many of them are overdue.
    pub overdue: Count,
    /// How many of the others are due soon.
    pub soon: Count,
}

/// How urgent a ballot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its date has passed; it is in its extension.
    Overdue,
    /// It closes within three days.
    Soon,
    /// It closes after that.
    Later,
}

impl Urgency {
    /// The heading of its group.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Soon => "Due soon",
            Self::Later => "Later",
        }
    }

    fn of(closes_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if now >= closes_at {
            Self::Overdue
        } else if closes_at <= now + Duration::days(SOON_DAYS) {
            Self::Soon
        } else {
            Self::Later
        }
    }
}

/// A ballot that needs the caller's position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocketEntry {
    /// The case.
    pub reference: CaseRef,
    /// What it is about, in a word or two.
    pub what: &'static str,
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's tier.
    pub tier: Tier,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The revision before the boards.
    pub revision: i64,
    /// When they got it.
    pub submitted_at: DateTime<Utc>,
    /// Which of the caller's boards asks.
    pub board: BoardKey,
    /// When its ballot closes.
    pub deadline: Deadline,
    /// How urgent that is.
    pub urgency: Urgency,
    /// What is missing, in one sentence.
    pub missing: String,
    /// Whether the caller's approval would decide the case.
    pub is_decisive: bool,
    /// How many permissions are declared, and in how many of them the rules found something.
    pub findings: (i64, i64),
    /// The ballots of all its boards.
    pub ballots: Vec<BoardBallot>,
}

/// The docket of a board member after `after`: overdue, due soon, later. Only members have one.
pub async fn docket(db: &Db, caller: &Caller, after: Option<DocketPlace>) -> Result<Docket> {
    let person = caller.person()?;
    person.require_desk()?;
    if !person.is(Standing::BoardMember) {
        return Err(Error::Forbidden("Only board members have a docket"));
    }
    let mut tx = db.read().await?;
    let now = tx.now();
    let columns: Vec<_> = board::list(&mut tx).await?.into_iter().map(|row| (row.key, row.name)).collect();
    let mine = person.boards();
    let mut rows: Vec<DocketRow> = Vec::new();
    // Each by itself: beyond the limit, neither is the difference of the others.
    let (mut overdue, mut soon, mut later) = (0, 0, 0);
    let end = now + Duration::days(SOON_DAYS);
    for key in &mine {
        rows.extend(ballot::list_of_member(&mut tx, key, person.id, after, PAGE + 1).await?);
        for (count, dates) in
            [(&mut overdue, (None, Some(now))), (&mut soon, (Some(now), Some(end))), (&mut later, (Some(end), None))]
        {
            *count += ballot::count_of_member(&mut tx, key, person.id, dates, Count::LIMIT).await?;
        }
    }
    rows.sort_by_key(|row| (row.closes_at, row.ballot_id));
    rows.truncate(usize::from(PAGE) + 1);
    let page = Page::of(rows, PAGE, |row| (row.closes_at, row.ballot_id));
    let asked: Vec<_> = page.rows.iter().map(Asked::from).collect();
    let ballots = load_all(&mut tx, &asked).await?;
    let findings =
        declaration::count_findings(&mut tx, &asked.iter().map(|asked| asked.case).collect::<Vec<_>>()).await?;
    let mut entries = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        // Two of one's boards may ask about the same case.
        let ballots = ballots.get(&row.case_id).cloned().unwrap_or_default();
        let deadline = row.deadline();
        let mine = |ballot: &BoardBallot| ballot.board == row.board_key;
        let approved = ballots
            .iter()
            .map(|ballot| if mine(ballot) { ballot.with(person.id, Stance::Approve, now) } else { ballot.clone() });
        let is_approval = row.reference.kind.ask() == Ask::Approval;
        let is_decisive = is_approval && outcome(&counts(&approved.collect::<Vec<_>>(), now)).is_some();
        entries.push(DocketEntry {
            reference: row.reference,
            what: row.what(),
            partner: row.partner_name,
            tier: row.tier,
            integration: row.integration_name,
            revision: row.revision,
            submitted_at: row.submitted_at,
            board: row.board_key,
            deadline,
            urgency: Urgency::of(row.closes_at, now),
            missing: missing_sentence(&ballots, true, now),
            is_decisive,
            findings: findings.get(&row.case_id).copied().unwrap_or_default(),
            ballots,
        });
    }
    Ok(Docket {
        boards: columns.iter().filter(|(key, _)| mine.contains(key)).cloned().collect(),
        columns,
        entries: Page { rows: entries, next: page.next },
        total: Count::of(overdue + soon + later),
        overdue: Count::of(overdue),
        soon: Count::of(soon),
    })
}
