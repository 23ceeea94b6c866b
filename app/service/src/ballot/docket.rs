//! What needs a member's position, and what they have spoken on that waits for others.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count, Sought,
    account::{PersonName, Standing},
    ballot::{Ask, BallotId, Claim, Deadline, Stance, Urgency, outcome, why_mine},
    board::BoardKey,
    case::{CaseKind, CaseRef},
    integration::IntegrationName,
    partner::{PartnerName, Tier},
    policy::{Risk, Worst},
};
use kwanus_store::{
    Db,
    account::{filter, person},
    ballot::{self, DocketFilter, DocketPlace, DocketRow, Waits},
    board,
};

use super::{
    desk::{Desk, desks},
    routine::{Asking, asking},
    state::{Asked, BoardBallot, counts, load_all},
};
use crate::{Caller, Error, Page, Person, Result, case::missing_sentence};

/// How many ballots stand on a page.
const PAGE: u8 = 25;

/// What a member looks for on their docket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocketSearch {
    /// For whom the ballots wait.
    pub waits: Waits,
    /// What the case is about.
    pub kind: Option<CaseKind>,
    /// The gravest that the rules found.
    pub worst: Option<Worst>,
    /// The partner's tier.
    pub tier: Option<Tier>,
    /// Which of the member's boards asks.
    pub board: Option<BoardKey>,
    /// A reference, or part of the name of the partner or the integration.
    pub text: Option<Sought>,
}

impl DocketSearch {
    fn filter(&self) -> DocketFilter {
        let reference = self.text.as_ref().and_then(|text| CaseRef::parse(text.as_str()));
        DocketFilter {
            waits: self.waits,
            kind: self.kind,
            reference,
            name: self.text.clone().filter(|_| reference.is_none()),
            tier: self.tier,
            worst: self.worst,
            ..DocketFilter::default()
        }
    }
}

/// The docket of a member, a page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docket {
    /// The boards that the caller sits on, by key and name.
    pub boards: Vec<(BoardKey, String)>,
    /// Every board, in order: the columns.
    pub columns: Vec<(BoardKey, String)>,
    /// The most urgent first.
    pub entries: Page<DocketEntry, DocketPlace>,
    /// How many of those looked for are in each group, whatever page they stand on.
    pub groups: [(Urgency, Count); 3],
    /// How many are looked for.
    pub total: Count,
    /// The filters that the caller keeps: what each is called, and what stands in the address.
    pub saved: Vec<(String, String)>,
    /// Whether keys alone do something.
    pub has_shortcuts: bool,
}

impl Docket {
    /// How many of a group there are.
    #[must_use]
    pub fn count(&self, urgency: Urgency) -> Count {
        self.groups.iter().find(|(group, _)| *group == urgency).map_or(Count::of(0), |(_, count)| *count)
    }
}

/// An open ballot of one of the caller's boards.
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
    /// Why it is the caller's, or what they said, in one line.
    pub why: String,
    /// The revision on which the caller took a position that counts no more.
    pub spoke_on: Option<i64>,
    /// What the rules found.
    pub risk: Risk,
    /// The member for whom the caller acts.
    pub acts_for: Option<PersonName>,
    /// Whether it can be approved together with others.
    pub is_routine: bool,
    /// The ballots of all its boards.
    pub ballots: Vec<BoardBallot>,
}

/// The docket of a board member after `after`: overdue, due this week, later. Only members and their deputies have one.
pub async fn docket(
    db: &Db,
    caller: &Caller,
    search: &DocketSearch,
    after: Option<(DateTime<Utc>, BallotId)>,
) -> Result<Docket> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let desks = desks(&mut tx, person).await?;
    let now = tx.now();
    let columns: Vec<_> = board::list(&mut tx).await?.into_iter().map(|row| (row.key, row.name)).collect();
    let filter = search.filter();
    let mut rows: Vec<(DocketRow, &Desk)> = Vec::new();
    // Each by itself: beyond the limit, none is the difference of the others.
    let mut counts = [0; 3];
    for desk in desks.iter().filter(|desk| search.board.as_ref().is_none_or(|board| *board == desk.board)) {
        let (key, member, filter) = (&desk.board, desk.member, desk.filter(&filter));
        let waiting = ballot::list_of_member(&mut tx, key, member, &filter, after, PAGE + 1).await?;
        rows.extend(waiting.into_iter().map(|row| (row, desk)));
        for (count, urgency) in counts.iter_mut().zip(Urgency::ALL) {
            let window = urgency.window(now);
            *count += ballot::count_of_member(&mut tx, key, member, &filter, window, Count::LIMIT).await?;
        }
    }
    rows.sort_by_key(|(row, _)| (row.closes_at, row.ballot_id));
    rows.truncate(usize::from(PAGE) + 1);
    let page = Page::of(rows, PAGE, |(row, _)| (row.closes_at, row.ballot_id));
    let ballots = load_all(&mut tx, &page.rows.iter().map(|(row, _)| Asked::from(row)).collect::<Vec<_>>()).await?;
    let cases: Vec<_> = page.rows.iter().map(|(row, _)| (row.case_id, row.reference.kind)).collect();
    let asking = asking(&mut tx, &cases).await?;
    let entries = page.rows.into_iter().map(|(row, desk)| {
        // Two of one's boards may ask about the same case.
        let ballots = ballots.get(&row.case_id).cloned().unwrap_or_default();
        let asking = asking.get(&row.case_id);
        entry(row, ballots, desk, asking, search.waits, now)
    });
    let entries = Page { rows: entries.collect(), next: page.next };
    let saved = filter::list(&mut tx, person.id).await?.into_iter();
    let [overdue, this_week, later] = counts;
    Ok(Docket {
        boards: columns.iter().filter(|(key, _)| desks.iter().any(|desk| desk.board == *key)).cloned().collect(),
        columns,
        entries,
        groups: [
            (Urgency::Overdue, Count::of(overdue)),
            (Urgency::ThisWeek, Count::of(this_week)),
            (Urgency::Later, Count::of(later)),
        ],
        total: Count::of(overdue + this_week + later),
        saved: saved.map(|row| (row.name.to_string(), row.query.to_string())).collect(),
        has_shortcuts: person::has_shortcuts(&mut tx, person.id).await?,
    })
}

/// The caller, if a member of a board; or the refusal.
pub(crate) fn member(caller: &Caller) -> Result<&Person> {
    let person = caller.person()?;
    person.require_desk()?;
    if person.is(Standing::BoardMember) {
        Ok(person)
    } else {
        Err(Error::Forbidden("Only board members have a docket"))
    }
}

fn entry(
    row: DocketRow,
    ballots: Vec<BoardBallot>,
    desk: &Desk,
    asking: Option<&Asking>,
    waits: Waits,
    now: DateTime<Utc>,
) -> DocketEntry {
    let (reader, mine) = (desk.member, |ballot: &&BoardBallot| ballot.board == row.board_key);
    let approved = ballots
        .iter()
        .map(|ballot| if mine(&ballot) { ballot.with(reader, Stance::Approve, now) } else { ballot.clone() });
    let is_approval = row.reference.kind.ask() == Ask::Approval;
    let is_decisive =
        is_approval && waits == Waits::ForMember && outcome(&counts(&approved.collect::<Vec<_>>(), now)).is_some();
    let own = ballots.iter().find(mine);
    let position = own.and_then(|ballot| ballot.seat(reader)).and_then(|seat| seat.position.as_ref());
    let spoke_on = position.filter(|position| position.is_stale).map(|position| position.revision);
    let said = position.filter(|position| !position.is_stale && waits == Waits::ForOthers);
    let why = match (own, said) {
        (_, Some(position)) => format!("You said: {}", position.stance.label().to_lowercase()),
        (Some(ballot), None) => why_mine(&Claim {
            board: ballot.board.clone(),
            part: ballot.part,
            ask: ballot.ask,
            is_decisive,
            stale: spoke_on,
        }),
        (None, None) => String::new(),
    };
    let deadline = row.deadline();
    DocketEntry {
        reference: row.reference,
        what: row.what(),
        partner: row.partner_name,
        tier: row.tier,
        integration: row.integration_name,
        revision: row.revision,
        submitted_at: row.submitted_at,
        deadline,
        urgency: Urgency::of(row.closes_at, now),
        missing: missing_sentence(&ballots, true, now),
        why,
        spoke_on,
        risk: asking.map(|asking| asking.risk).unwrap_or_default(),
        is_routine: waits == Waits::ForMember
            && desk.acts_for.is_none()
            && asking.is_some_and(|asking| asking.singled.is_none()),
        board: row.board_key,
        acts_for: desk.acts_for.clone(),
        ballots,
    }
}
