//! Reading the ballots of cases, and counting them.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{Ask, BallotId, ConcernId, Recusal, Stance, Tally},
    board::{Weight, may_deputise},
    case::{CaseId, CaseKind},
    partner::PartnerId,
};
use kwanus_store::{
    Tx,
    ballot::{self, BallotRow, ConcernRow, DocketRow, PositionRow},
    board::{self as stored_board, ActingRow, AdHocRow, MemberRow},
    case::{self, CaseRow, ListedCaseRow},
};

use super::{BoardBallot, Concern, SeatPosition, TakenPosition};
use crate::{Result, appeal::behind, board::weights, case::Facts};

/// What ballots are counted on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The case.
    pub case: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// The revision before the boards.
    pub revision: i64,
    /// Who brought it before them, and is recused.
    pub proposer: Option<PersonId>,
    /// When it was withdrawn: from then on they stand as they did.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl From<&CaseRow> for Asked {
    fn from(case: &CaseRow) -> Self {
        Self {
            case: case.id,
            kind: case.reference.kind,
            revision: case.revision,
            proposer: case.proposer(),
            withdrawn_at: case.withdrawn_at(),
        }
    }
}

impl From<&ListedCaseRow> for Asked {
    fn from(case: &ListedCaseRow) -> Self {
        Self {
            case: case.id,
            kind: case.reference.kind,
            revision: case.revision,
            proposer: case.proposer(),
            withdrawn_at: case.withdrawn_at(),
        }
    }
}

impl From<&DocketRow> for Asked {
    fn from(row: &DocketRow) -> Self {
        Self {
            case: row.case_id,
            kind: row.reference.kind,
            revision: row.revision,
            proposer: row.proposer(),
            withdrawn_at: None,
        }
    }
}

/// The ballots of a case, counted from the roster and the positions on the revision before the boards.
pub(crate) async fn load(tx: &mut Tx, asked: Asked) -> Result<Vec<BoardBallot>> {
    Ok(load_all(tx, &[asked]).await?.remove(&asked.case).unwrap_or_default())
}

/// The same of a page of cases at once.
pub(crate) async fn load_all(tx: &mut Tx, asked: &[Asked]) -> Result<HashMap<CaseId, Vec<BoardBallot>>> {
    let now = tx.now();
    let cases: Vec<_> = asked.iter().map(|asked| asked.case).collect();
    let rows = ballot::list_of_cases(tx, &cases).await?;
    let mut positions: HashMap<BallotId, Vec<PositionRow>> = HashMap::new();
    for position in ballot::list_positions(tx, &cases).await? {
        if position.superseded_at.is_none() {
            positions.entry(position.ballot).or_default().push(position);
        }
    }
    let mut concerns: HashMap<BallotId, Vec<ConcernRow>> = HashMap::new();
    for concern in ballot::list_concerns(tx, &cases).await? {
        concerns.entry(concern.ballot).or_default().push(concern);
    }
    let appeals = asked.iter().filter(|asked| asked.kind == CaseKind::Appeal).map(|asked| asked.case);
    let behind = behind(tx, &appeals.collect::<Vec<_>>()).await?;
    let partners = case::list_partners(tx, &cases).await?;
    let mut rosters: HashMap<DateTime<Utc>, Roster> = HashMap::new();
    let ad_hoc = stored_board::list_ad_hoc(tx, &cases).await?;
    let mut ballots: HashMap<CaseId, Vec<BoardBallot>> = HashMap::new();
    for row in rows {
        let Some(asked) = asked.iter().find(|asked| asked.case == row.case_id) else { continue };
        let said = positions.remove(&row.id).unwrap_or_default();
        let concerns = concerns.remove(&row.id).unwrap_or_default();
        let case = row.case_id;
        let mut ballot = unseated(row, asked.kind.ask());
        // Of a ballot that has ended, those count who sat on the board as it did, whenever it is looked at.
        let at = [ballot.ended_at(now), asked.withdrawn_at].into_iter().flatten().min().unwrap_or(now);
        let roster = match rosters.entry(at) {
            Entry::Occupied(roster) => roster.into_mut(),
            Entry::Vacant(place) => place.insert(Roster::read(tx, at, &partners).await?),
        };
        let ad_hoc = ad_hoc.iter().filter(|one| one.case_id == case && one.is_seated(at));
        let ad_hoc: Vec<_> = ad_hoc.map(AdHocRow::member).collect();
        seat(&mut ballot, asked, (roster, &ad_hoc, partners.get(&case).copied()), (said, &concerns));
        if let Some(behind) = behind.get(&case) {
            for seat in &mut ballot.seats {
                seat.is_behind_decision = behind.contains(&seat.person);
            }
        }
        ballot.concerns = concerns.into_iter().map(Concern::from).collect();
        ballot.count(now);
        ballots.entry(case).or_default().push(ballot);
    }
    Ok(ballots)
}

/// Who sits on the boards at an instant, who acts for them, and what they are to partners.
struct Roster {
    members: Vec<MemberRow>,
    acting: Vec<ActingRow>,
    weights: HashMap<(PersonId, PartnerId), Weight>,
}

impl Roster {
    async fn read(tx: &mut Tx, at: DateTime<Utc>, partners: &HashMap<CaseId, PartnerId>) -> Result<Self> {
        let partners: Vec<_> = partners.values().copied().collect();
        Ok(Self {
            members: stored_board::roster(tx, at).await?,
            acting: stored_board::list_delegations_at(tx, at).await?,
            weights: weights(tx, &partners, at.date_naive()).await?,
        })
    }
}

fn unseated(row: BallotRow, ask: Ask) -> BoardBallot {
    BoardBallot {
        id: row.id,
        rule: row.rule(),
        rule_version: row.rule_version,
        deadline: row.deadline(),
        board: row.board_key,
        name: row.board_name,
        has_final_word: row.has_final_word,
        part: row.part,
        decides_from: row.decides_from,
        closed_at: row.closed_at,
        ask,
        tally: Tally::default(),
        verdict: None,
        concerns: vec![],
        seats: vec![],
    }
}

/// Seats the members of a ballot's board and those who were appointed for its case alone, with what they said.
fn seat(
    ballot: &mut BoardBallot,
    asked: &Asked,
    (roster, ad_hoc, partner): (&Roster, &[MemberRow], Option<PartnerId>),
    (said, concerns): (Vec<PositionRow>, &[ConcernRow]),
) {
    // Who was appointed for the case may have become a member since.
    let sits = |one: &MemberRow| {
        roster.members.iter().any(|other| (&other.board_key, other.person_id) == (&one.board_key, one.person_id))
    };
    let all = roster.members.iter().chain(ad_hoc.iter().filter(|one| !sits(one)));
    let members = all.filter(|member| member.board_key == ballot.board);
    let weight = |person: PersonId| partner.and_then(|partner| roster.weights.get(&(person, partner)).copied());
    let seats = members.map(|member| {
        let weight_of_member = weight(member.person_id);
        let recusal = if Some(member.person_id) == asked.proposer {
            Some(Recusal::Proposer)
        } else {
            (weight_of_member == Some(Weight::Hard)).then_some(Recusal::Conflict)
        };
        let acts = |acting: &&ActingRow| {
            let may = may_deputise(weight(acting.deputy_id), Some(acting.deputy_id) == asked.proposer);
            let is_of_seat = acting.board_key == member.board_key && acting.member_id == member.person_id;
            is_of_seat && may && acting.kinds.covers(asked.kind)
        };
        let deputy = roster.acting.iter().find(acts).map(|acting| (acting.deputy_id, acting.deputy_name.clone()));
        SeatPosition {
            person: member.person_id,
            name: member.name.clone(),
            is_chair: member.is_chair,
            is_in_term: true,
            has_soft_conflict: weight_of_member == Some(Weight::Soft),
            is_behind_decision: false,
            deputy,
            recusal,
            position: None,
        }
    });
    ballot.seats = seats.collect();
    for row in said {
        let (person, name) = (row.person, row.name.clone());
        let taken = taken(row, asked.revision, concerns);
        match ballot.seats.iter_mut().find(|seat| seat.person == person) {
            Some(seat) => {
                seat.position = Some(taken);
                seat.recuse_by_position();
            }
            None => ballot.seats.push(SeatPosition {
                person,
                name,
                is_chair: false,
                is_in_term: false,
                has_soft_conflict: false,
                is_behind_decision: false,
                deputy: None,
                recusal: None,
                position: Some(taken),
            }),
        }
    }
}

fn taken(row: PositionRow, revision: i64, concerns: &[ConcernRow]) -> TakenPosition {
    let held = |id: &ConcernId| concerns.iter().find(|concern| concern.id == *id);
    let held: Vec<_> = row.concerns.iter().filter_map(held).collect();
    TakenPosition {
        stance: row.stance,
        reason: row.reason,
        permissions: row.permissions,
        // Of before concerns had names, an objection without any holds until it is taken back.
        is_answered: row.stance == Stance::Object && !held.is_empty() && held.iter().all(|one| !one.state.is_open()),
        concerns: held.into_iter().map(|concern| concern.number).collect(),
        conditions: row.conditions,
        deputy: row.deputy.map(|(_, name)| name),
        minuted: row.minuted.map(|minuted| (minuted.recorder, minuted.day)),
        revision: row.revision,
        is_stale: row.revision != revision && row.stance.binds_to_revision(),
        taken_at: row.taken_at,
    }
}

impl From<ConcernRow> for Concern {
    fn from(row: ConcernRow) -> Self {
        Self {
            number: row.number,
            name: row.name,
            permission: row.permission,
            revision: row.revision,
            raised_by: row.raised_by,
            raiser: row.raiser,
            raised_at: row.raised_at,
            state: row.state,
            closed_at: row.closed_at,
            closer: row.closer,
        }
    }
}

/// The ballots of a case: as they were frozen once it is decided, as they stand while it is open.
pub(crate) async fn of_case(tx: &mut Tx, case: &CaseRow, facts: Option<&Facts>) -> Result<Vec<BoardBallot>> {
    if let Some(facts) = facts {
        return Ok(facts.ballots.clone());
    }
    load(tx, case.into()).await
}
