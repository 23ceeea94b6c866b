//! Whose turn it is with a submission, and by when, in one sentence.

use chrono::{DateTime, Utc};

use super::RequestState;
use crate::{
    ballot::{Deadline, listed},
    board::BoardKey,
    case::CaseState,
    time::show_date,
};

/// A request that is not resolved, as the sentence needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Which board asked.
    pub board: BoardKey,
    /// How far it is.
    pub state: RequestState,
    /// Until when the partner is to answer.
    pub due_at: DateTime<Utc>,
}

/// Whose turn it is, said to the partner: `It is your turn: TSC and SCO asked for 3 changes; answer by Mon 30 Nov 2026`.
/// `ballots` are those that the case has, each with its deadline.
#[must_use]
pub fn turn_of_partner(
    state: CaseState,
    ballots: &[(BoardKey, Deadline)],
    pending: &[Pending],
    now: DateTime<Utc>,
) -> String {
    match state {
        CaseState::Draft => return "It is your turn: finish and submit it".to_owned(),
        CaseState::Open => {}
        decided => return format!("It was {}", decided.label().to_lowercase()),
    }
    if let Some(asked) = Waiting::of(RequestState::Open, pending) {
        let (boards, changes) = (asked.boards(), asked.changes());
        return match asked.due_at {
            due_at if now >= due_at => {
                format!("It is your turn: {boards} asked for {changes}; your answer was due {}", show_day(due_at))
            }
            due_at => format!("It is your turn: {boards} asked for {changes}; answer by {}", show_day(due_at)),
        };
    }
    if let Some(answered) = Waiting::of(RequestState::Answered, pending) {
        let (boards, changes) = (answered.boards(), answered.changes());
        let own: Vec<_> = ballots.iter().filter(|(board, _)| answered.asks(board)).cloned().collect();
        let close = closing(&own, now).map(|when| match own.len() {
            1 => format!("; its ballot closes {when}"),
            _ => format!("; their ballots close {when}"),
        });
        return format!("It is {boards}’s turn: you answered {changes}{}", close.unwrap_or_default());
    }
    match closing(ballots, now) {
        Some(when) => format!("It is the boards’ turn: their ballots close {when}"),
        None => "It is nobody’s turn: the ballots have closed, and are counted".to_owned(),
    }
}

/// What the boards wait for, said to the desk; nothing where nothing is asked.
#[must_use]
pub fn turn_of_desk(pending: &[Pending], now: DateTime<Utc>) -> Option<String> {
    let asked = Waiting::of(RequestState::Open, pending).map(|asked| {
        let (boards, day) = (asked.boards(), show_day(asked.due_at));
        if now >= asked.due_at {
            format!("The partner has not answered {boards}, which was due {day}")
        } else {
            format!("Waiting for the partner to answer {boards} until {day}")
        }
    });
    let answered = || {
        let answered = Waiting::of(RequestState::Answered, pending)?;
        let boards = answered.boards();
        Some(format!("The partner has answered {boards}: it is {boards}’s turn"))
    };
    asked.or_else(answered)
}

/// The requests that wait for the same side.
struct Waiting<'p> {
    boards: Vec<&'p BoardKey>,
    count: usize,
    /// The first date.
    due_at: DateTime<Utc>,
}

impl<'p> Waiting<'p> {
    fn of(state: RequestState, pending: &'p [Pending]) -> Option<Self> {
        let all = pending.iter().filter(|request| request.state == state);
        let mut boards: Vec<&BoardKey> = Vec::new();
        for request in all.clone() {
            if !boards.contains(&&request.board) {
                boards.push(&request.board);
            }
        }
        let due_at = all.clone().map(|request| request.due_at).min()?;
        Some(Self { boards, count: all.count(), due_at })
    }

    fn asks(&self, board: &BoardKey) -> bool {
        self.boards.contains(&board)
    }

    fn boards(&self) -> String {
        listed(&self.boards.iter().map(|board| board.monogram()).collect::<Vec<_>>())
    }

    fn changes(&self) -> String {
        format!("{} change{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

/// The day on which the last of these ballots closes, the extension of what is overdue included; nothing where all are over.
fn closing(ballots: &[(BoardKey, Deadline)], now: DateTime<Utc>) -> Option<String> {
    let running = ballots.iter().map(|(_, deadline)| *deadline).filter(|deadline| !deadline.is_over(now));
    let ends = running.map(|deadline| if deadline.is_overdue(now) { deadline.ends_at() } else { deadline.closes_at() });
    let ends = ends.collect::<std::collections::BTreeSet<_>>();
    let last = ends.last().copied().map(show_day)?;
    Some(if ends.len() > 1 { format!("by {last}") } else { last })
}

fn show_day(at: DateTime<Utc>) -> String {
    show_date(at.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn board(key: &str) -> BoardKey {
        BoardKey::parse(key).unwrap()
    }

    fn asked(key: &str, state: RequestState, day: &str) -> Pending {
        Pending { board: board(key), state, due_at: at(&format!("{day}T17:00:00Z")) }
    }

    #[test]
    fn the_partner_reads_whose_turn_it_is_and_by_when() {
        use RequestState::{Answered, Open};
        let now = at("2026-11-18T09:42:00Z");
        let on = |key, day: &str| (board(key), Deadline::on(day.parse().unwrap()));
        let ballots = [on("tsc", "2026-12-02"), on("sco", "2026-12-02")];
        let open = |ballots: &[_], pending: &[_]| turn_of_partner(CaseState::Open, ballots, pending, now);
        assert_eq!(turn_of_partner(CaseState::Draft, &[], &[], now), "It is your turn: finish and submit it");
        assert_eq!(turn_of_partner(CaseState::Carried, &ballots, &[], now), "It was carried");
        assert_eq!(open(&ballots, &[]), "It is the boards’ turn: their ballots close Wed 2 Dec 2026");
        let later = [ballots[0].clone(), on("cgb", "2026-12-09")];
        assert_eq!(open(&later, &[]), "It is the boards’ turn: their ballots close by Wed 9 Dec 2026");
        let overdue = [on("tsc", "2026-11-16")];
        assert_eq!(open(&overdue, &[]), "It is the boards’ turn: their ballots close Mon 23 Nov 2026");
        let over = [on("tsc", "2026-11-10")];
        assert_eq!(open(&over, &[]), "It is nobody’s turn: the ballots have closed, and are counted");
        let three = [
            asked("tsc", Open, "2026-12-01"),
            asked("sco", Open, "2026-11-30"),
            asked("tsc", Open, "2026-12-01"),
            asked("sco", Answered, "2026-11-20"),
        ];
        assert_eq!(
            open(&ballots, &three),
            "It is your turn: TSC and SCO asked for 3 changes; answer by Mon 30 Nov 2026"
        );
        assert_eq!(
            open(&ballots, &[asked("tsc", Open, "2026-11-17")]),
            "It is your turn: TSC asked for 1 change; your answer was due Tue 17 Nov 2026"
        );
        assert_eq!(
            open(&ballots, &[asked("tsc", Answered, "2026-11-30")]),
            "It is TSC’s turn: you answered 1 change; its ballot closes Wed 2 Dec 2026"
        );
    }

    #[test]
    fn the_desk_reads_what_it_waits_for() {
        use RequestState::{Answered, Open};
        let now = at("2026-11-18T09:42:00Z");
        assert_eq!(turn_of_desk(&[], now), None);
        let said = |pending: &[_]| turn_of_desk(pending, now).unwrap();
        assert_eq!(
            said(&[asked("tsc", Open, "2026-11-30"), asked("sco", Answered, "2026-11-20")]),
            "Waiting for the partner to answer TSC until Mon 30 Nov 2026"
        );
        assert_eq!(
            said(&[asked("tsc", Open, "2026-11-17")]),
            "The partner has not answered TSC, which was due Tue 17 Nov 2026"
        );
        assert_eq!(said(&[asked("sco", Answered, "2026-11-20")]), "The partner has answered SCO: it is SCO’s turn");
    }
}
