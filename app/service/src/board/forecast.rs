//! Whether a board reaches its quorum on its open cases.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{BallotId, Deadline},
    board::{BoardKey, Days, Expected, Forecast, Weight, forecast, may_deputise},
    case::CaseId,
    partner::PartnerId,
};
use kwanus_store::{
    Tx,
    board::{self, DelegationRow, OpenBallotRow, SeatRow},
};

use super::conflicts_of_case::weights;
use crate::Result;

/// The forecast of a board's open ballot on a case; nothing where it has none. Who may read it, the caller of this says: never
/// a partner.
pub async fn forecast_of_case(tx: &mut Tx, case: CaseId, board: &BoardKey) -> Result<Option<Forecast>> {
    let Some(row) = board::lookup_open(tx, case, board).await? else { return Ok(None) };
    Ok(forecast_all(tx, board, std::slice::from_ref(&row)).await?.pop())
}

/// The forecasts of open ballots of one board, in their order.
pub(super) async fn forecast_all(tx: &mut Tx, board: &BoardKey, rows: &[OpenBallotRow]) -> Result<Vec<Forecast>> {
    let now = tx.now();
    let windows: Vec<_> = rows.iter().map(|row| left(row.deadline(), now)).collect();
    let Some(last) = windows.iter().map(|days| days.until).max() else { return Ok(Vec::new()) };
    let partners: Vec<_> = rows.iter().map(|row| row.partner_id).collect();
    let ballots: Vec<_> = rows.iter().map(|row| row.ballot_id).collect();
    let all = Days { from: now.date_naive(), until: last };
    let facts = Facts {
        seats: board::list_seats(tx, board).await?,
        delegations: board::list_delegations_of_board(tx, board).await?,
        away: by_person(board::list_leave_of_board(tx, board, all).await?),
        weights: weights(tx, &partners, now.date_naive()).await?,
        spoken: board::list_spoken(tx, &ballots).await?.into_iter().collect(),
    };
    let needed = |row: &OpenBallotRow| {
        let threshold = row.threshold;
        move |eligible| threshold.needed(eligible)
    };
    Ok(rows.iter().zip(windows).map(|(row, left)| forecast(&facts.expected(row, left), needed(row), left)).collect())
}

fn by_person(rows: Vec<board::LeaveRow>) -> HashMap<PersonId, Vec<Days>> {
    let mut away: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        away.entry(row.person_id).or_default().push(row.days());
    }
    away
}

/// The days on which something can still be said: until the date, then until the end of the extension. A review waits beyond
/// it, for as long as it takes: it is counted as of today.
fn left(deadline: Deadline, now: DateTime<Utc>) -> Days {
    let today = now.date_naive();
    let end = if deadline.is_overdue(now) { deadline.ends_at() } else { deadline.closes_at() };
    Days { from: today, until: end.date_naive().max(today) }
}

/// What is known of a board.
struct Facts {
    seats: Vec<SeatRow>,
    delegations: Vec<DelegationRow>,
    away: HashMap<PersonId, Vec<Days>>,
    weights: HashMap<(PersonId, PartnerId), Weight>,
    spoken: HashMap<(BallotId, PersonId), bool>,
}

impl Facts {
    /// The members as they are expected at a ballot, in the order of the roster.
    fn expected(&self, row: &OpenBallotRow, left: Days) -> Vec<Expected> {
        let mut members: Vec<(PersonId, Expected)> = Vec::new();
        for seat in &self.seats {
            if let Some((_, member)) = members.iter_mut().find(|(person, _)| *person == seat.person_id) {
                member.terms.push(seat.seat());
                continue;
            }
            let person = seat.person_id;
            let spoken = self.spoken.get(&(row.ballot_id, person)).copied();
            let is_in_conflict = self.weights.get(&(person, row.partner_id)) == Some(&Weight::Hard);
            let is_recused = row.proposer() == Some(person) || is_in_conflict || spoken == Some(true);
            let member = Expected {
                name: seat.name.to_string(),
                terms: vec![seat.seat()],
                away: self.away.get(&person).cloned().unwrap_or_default(),
                deputised: self.deputised(person, row, left),
                is_recused,
                has_spoken: spoken.is_some(),
            };
            members.push((person, member));
        }
        members.into_iter().map(|(_, member)| member).collect()
    }

    /// The days left on which a deputy acts for that member who may act on that case, and is there.
    fn deputised(&self, member: PersonId, row: &OpenBallotRow, left: Days) -> Vec<Days> {
        let acts = |delegation: &&DelegationRow| {
            let deputy = delegation.deputy_id;
            let weight = self.weights.get(&(deputy, row.partner_id)).copied();
            delegation.member_id == member
                && delegation.is_enabled
                && delegation.kinds.covers(row.reference.kind)
                && may_deputise(weight, row.proposer() == Some(deputy))
        };
        let is_free = |deputy: PersonId, day| {
            let is_away = self.away.get(&deputy).is_some_and(|away| away.iter().any(|days| days.covers(day)));
            let is_seated = self.seats.iter().any(|seat| seat.person_id == deputy && seat.seat().covers(day));
            !is_away && !is_seated
        };
        let acting = self.delegations.iter().filter(acts).flat_map(|delegation| {
            let days = delegation.days();
            left.each().filter(move |day| days.covers(*day) && is_free(delegation.deputy_id, *day))
        });
        acting.map(|day| Days { from: day, until: day }).collect()
    }
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        ballot::{Part, Rule, Stance},
        board::{Declared, Kinds, Relation, Seat},
        case::CaseKind,
    };
    use kwanus_store::{
        account::person,
        ballot::{self, BallotData, PositionData},
        board::{ConflictData, DelegationData},
        case,
        testing::{on_both_databases_with_clock, register},
    };

    use super::*;

    fn key(board: &str) -> BoardKey {
        BoardKey::parse(board).unwrap()
    }

    async fn member(tx: &mut Tx, name: &str, board: &str) -> PersonId {
        let seat = Seat { board: key(board), from: "2026-01-01".parse().unwrap(), until: None, is_chair: false };
        let roles = Roles::new(false, false, vec![seat], None).unwrap();
        let email = Email::parse(&format!("{name}@x.example")).unwrap();
        person::insert(tx, &email, &PersonName::parse(name).unwrap(), &roles).await.unwrap()
    }

    /// A case of a partner before SCO for a fortnight, brought by somebody.
    async fn a_case(tx: &mut Tx, partner: &str, proposer: Option<PersonId>) -> (PartnerId, CaseId, BallotId) {
        let (partner, integrations) = register(tx, partner, &["one"]).await;
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        case::submit(tx, case, 1, proposer).await.unwrap();
        let data = BallotData {
            board: key("sco"),
            part: Part::Decides,
            rule: Rule::majority(14),
            deadline: Deadline::after(tx.now(), 14),
        };
        (partner, case, ballot::insert(tx, case, &data).await.unwrap())
    }

    async fn says(tx: &mut Tx, case: CaseId) -> String {
        forecast_of_case(tx, case, &key("sco")).await.unwrap().unwrap().sentence(&key("sco"))
    }

    fn days(from: &str, until: &str) -> Days {
        Days { from: from.parse().unwrap(), until: until.parse().unwrap() }
    }

    #[tokio::test]
    async fn leave_puts_a_quorum_out_of_reach_and_a_deputy_brings_it_back() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let mut board = Vec::new();
            for name in ["Ada", "Ben", "Cem"] {
                board.push(member(&mut tx, name, "sco").await);
            }
            let tim = member(&mut tx, "Tim", "tsc").await;
            let (orbit, case, vote) = a_case(&mut tx, "orbit", None).await;
            let plain = "SCO can reach its quorum of 2 by Wed 2 Dec 2026: 3 members have spoken or can";
            assert_eq!(says(&mut tx, case).await, plain);
            assert_eq!(forecast_of_case(&mut tx, case, &key("tsc")).await.unwrap(), None);
            for person in &board[1..] {
                board::insert_leave(&mut tx, *person, days("2026-11-18", "2026-12-02")).await.unwrap();
            }
            let missed = "SCO misses its quorum of 2 by Wed 2 Dec 2026: 1 member can speak until then, and 1 of Ben and Cem would be needed, or a deputy";
            assert_eq!(says(&mut tx, case).await, missed);
            // A deputy for other kinds of cases helps nothing, nor does one who is away, or is something to the partner.
            let lend = |from, until, kinds: &[&str]| DelegationData {
                board: key("sco"),
                member: board[1],
                deputy: tim,
                days: days(from, until),
                kinds: Kinds::parse(kinds.iter().copied()).unwrap(),
            };
            board::insert_delegation(&mut tx, &lend("2026-11-18", "2026-11-19", &["QR"])).await.unwrap();
            assert_eq!(says(&mut tx, case).await, missed);
            board::insert_leave(&mut tx, tim, days("2026-11-20", "2026-11-22")).await.unwrap();
            board::insert_delegation(&mut tx, &lend("2026-11-20", "2026-11-22", &[])).await.unwrap();
            assert_eq!(says(&mut tx, case).await, missed);
            board::insert_delegation(&mut tx, &lend("2026-11-23", "2026-11-24", &["PJ"])).await.unwrap();
            let only = "SCO reaches its quorum of 2 by Wed 2 Dec 2026 only with Ada and Ben";
            assert_eq!(says(&mut tx, case).await, only);
            let declared =
                Declared { relation: Relation::Client, from: "2026-01-01".parse().unwrap(), until: None };
            let related = ConflictData { person: tim, partner: orbit, declared, note: None, declared_by: tim };
            board::insert_conflict(&mut tx, &related).await.unwrap();
            assert_eq!(says(&mut tx, case).await, missed);
            // What was said stays said.
            let said = PositionData::plain(1, Stance::Approve);
            ballot::insert_position(&mut tx, vote, board[2], &said).await.unwrap();
            assert_eq!(says(&mut tx, case).await, "SCO reaches its quorum of 2 by Wed 2 Dec 2026 only with Ada");
            // In the extension both are back.
            clock.advance(chrono::Duration::days(15));
            let extended = "SCO can reach its quorum of 2 by Wed 9 Dec 2026: 3 members have spoken or can";
            assert_eq!(says(&mut tx, case).await, extended);
        })
        .await;
    }

    #[tokio::test]
    async fn who_is_in_conflict_or_brought_the_case_does_not_count() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let ada = member(&mut tx, "Ada", "sco").await;
            for name in ["Ben", "Cem"] {
                member(&mut tx, name, "sco").await;
            }
            let (_, brought, _) = a_case(&mut tx, "orbit", Some(ada)).await;
            let both = "SCO reaches its quorum of 2 by Wed 2 Dec 2026 only with Ben and Cem";
            assert_eq!(says(&mut tx, brought).await, both);
            let (helio, case, _) = a_case(&mut tx, "helio", None).await;
            let (_, other, _) = a_case(&mut tx, "lumen", None).await;
            for (relation, expected) in [
                (Relation::Client, "SCO can reach its quorum of 2 by Wed 2 Dec 2026: 3 members have spoken or can"),
                (Relation::Equity, both),
            ] {
                let declared = Declared { relation, from: "2026-01-01".parse().unwrap(), until: None };
                let data = ConflictData { person: ada, partner: helio, declared, note: None, declared_by: ada };
                board::insert_conflict(&mut tx, &data).await.unwrap();
                assert_eq!(says(&mut tx, case).await, expected, "{relation:?}");
            }
            assert!(says(&mut tx, other).await.ends_with("3 members have spoken or can"));
        })
        .await;
    }
}
