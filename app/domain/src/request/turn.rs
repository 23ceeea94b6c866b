//! Whose turn it is with a case, and by when, in one sentence.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{RequestState, Side};
use crate::{
    ballot::{Ask, Deadline, listed},
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

/// A case as the sentence needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation<'s> {
    /// How far it is.
    pub state: CaseState,
    /// When it was decided, or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
    /// What its ballots ask.
    pub ask: Ask,
    /// The boards whose word it waits for, each with its deadline.
    pub awaited: &'s [(BoardKey, Deadline)],
    /// What waits to be answered or resolved.
    pub pending: &'s [Pending],
}

/// Whose turn it is, said to one side: `It is your turn: TSC and SCO asked for 3 changes; answer by Mon 30 Nov 2026`. Without
/// a full stop.
#[must_use]
pub fn turn(reader: Side, case: &Situation<'_>, now: DateTime<Utc>) -> String {
    let (yours, you) = match reader {
        Side::Partner => ("your", "you"),
        Side::Board => ("the partner’s", "the partner"),
    };
    match case.state {
        CaseState::Draft => {
            return match reader {
                Side::Partner => "It is your turn: finish and submit it".to_owned(),
                Side::Board => "It is the partner’s turn: it is a draft, which no board has".to_owned(),
            };
        }
        CaseState::Open => {}
        CaseState::Withdrawn => return over(&format!("{you} withdrew it"), case.ended_at),
        CaseState::Carried | CaseState::Declined | CaseState::Reviewed => {
            return over(&format!("it was {}", case.state.label().to_lowercase()), case.ended_at);
        }
    }
    if let Some(asked) = Waiting::of(RequestState::Open, case.pending) {
        let by = match (reader, now >= asked.due_at) {
            (Side::Partner, false) => "answer by",
            (Side::Partner, true) => "your answer was due",
            (Side::Board, false) => "the answer is due",
            (Side::Board, true) => "the answer was due",
        };
        let (boards, changes, day) = (named(&asked.boards), asked.changes(), show_day(asked.due_at));
        return format!("It is {yours} turn: {boards} asked for {changes}; {by} {day}");
    }
    // A review waits until its boards have spoken, however late: its ballots are never over.
    let is_running = |(_, deadline): &&(BoardKey, Deadline)| case.ask == Ask::Ladder || !deadline.is_over(now);
    let running: Vec<_> = case.awaited.iter().filter(is_running).collect();
    if let Some(answered) = Waiting::of(RequestState::Answered, case.pending) {
        let own: Vec<_> = running.into_iter().filter(|(board, _)| answered.boards.contains(&board)).collect();
        let close = closing(&own, case.ask, now).map(|when| format!("; {when}")).unwrap_or_default();
        let (boards, changes) = (named(&answered.boards), answered.changes());
        return format!("It is {boards}’s turn: {you} answered {changes}{close}");
    }
    let Some(when) = closing(&running, case.ask, now) else {
        return "It is nobody’s turn: the ballots have closed, and are counted".to_owned();
    };
    let boards: Vec<_> = running.iter().map(|(board, _)| board).collect();
    match reader {
        Side::Partner if boards.len() > 1 => format!("It is the boards’ turn: {when}"),
        Side::Partner | Side::Board => format!("It is {}’s turn: {when}", named(&boards)),
    }
}

fn over(how: &str, at: Option<DateTime<Utc>>) -> String {
    let on = at.map(|at| format!(" on {}", show_day(at))).unwrap_or_default();
    format!("It is nobody’s turn: {how}{on}")
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

    fn changes(&self) -> String {
        format!("{} change{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

/// When the last of these ballots closes: `their ballots close Wed 2 Dec 2026`. What is overdue is extended, except a review:
/// that was due. Nothing where there is none.
fn closing(ballots: &[&(BoardKey, Deadline)], ask: Ask, now: DateTime<Utc>) -> Option<String> {
    let is_extended = |deadline: Deadline| ask == Ask::Approval && deadline.is_overdue(now);
    let end = |deadline: Deadline| if is_extended(deadline) { deadline.ends_at() } else { deadline.closes_at() };
    let days: BTreeSet<_> = ballots.iter().map(|(_, deadline)| end(*deadline).date_naive()).collect();
    let last = show_date(*days.last()?);
    let is_late = ballots.iter().all(|(_, deadline)| deadline.is_overdue(now));
    let is_one = ballots.len() == 1;
    let when = match (ask, is_late) {
        (Ask::Ladder, true) if is_one => "its recommendation was due",
        (Ask::Ladder, true) => "their recommendations were due",
        // On several days, some of them extended or not.
        _ if days.len() > 1 => "their ballots close by",
        (_, true) if is_one => "its ballot is extended to",
        (_, true) => "their ballots are extended to",
        (_, false) if is_one => "its ballot closes",
        (_, false) => "their ballots close",
    };
    Some(format!("{when} {last}"))
}

fn named(boards: &[&BoardKey]) -> String {
    listed(&boards.iter().map(|board| board.monogram()).collect::<Vec<_>>())
}

fn show_day(at: DateTime<Utc>) -> String {
    show_date(at.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-18T09:42:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn board(key: &str) -> BoardKey {
        BoardKey::parse(key).unwrap()
    }

    fn asked(key: &str, state: RequestState, day: &str) -> Pending {
        Pending { board: board(key), state, due_at: at(&format!("{day}T17:00:00Z")) }
    }

    /// What each side reads: the partner, and the boards.
    fn said(state: CaseState, ask: Ask, awaited: &[(&str, &str)], pending: &[Pending]) -> [String; 2] {
        let awaited: Vec<_> =
            awaited.iter().map(|(key, day)| (board(key), Deadline::on(day.parse().unwrap()))).collect();
        let ended_at = state.is_final().then(|| at("2026-11-16T12:00:00Z"));
        let case = Situation { state, ended_at, ask, awaited: &awaited, pending };
        [Side::Partner, Side::Board].map(|reader| turn(reader, &case, at(NOW)))
    }

    #[test]
    fn in_every_state_both_sides_read_whose_turn_it_is() {
        for state in CaseState::ALL {
            let expected = match state {
                CaseState::Draft => [
                    "It is your turn: finish and submit it",
                    "It is the partner’s turn: it is a draft, which no board has",
                ],
                CaseState::Open => [
                    "It is SCO’s turn: its ballot closes Wed 2 Dec 2026",
                    "It is SCO’s turn: its ballot closes Wed 2 Dec 2026",
                ],
                CaseState::Carried => ["It is nobody’s turn: it was carried on Mon 16 Nov 2026"; 2],
                CaseState::Declined => ["It is nobody’s turn: it was declined on Mon 16 Nov 2026"; 2],
                CaseState::Reviewed => ["It is nobody’s turn: it was reviewed on Mon 16 Nov 2026"; 2],
                CaseState::Withdrawn => [
                    "It is nobody’s turn: you withdrew it on Mon 16 Nov 2026",
                    "It is nobody’s turn: the partner withdrew it on Mon 16 Nov 2026",
                ],
            };
            // What was never resolved is nobody's any more.
            let pending = [asked("tsc", RequestState::Open, "2026-11-30")];
            let pending = if *state == CaseState::Open { &[][..] } else { &pending[..] };
            assert_eq!(said(*state, Ask::Approval, &[("sco", "2026-12-02")], pending), expected, "{state:?}");
        }
    }

    #[test]
    fn while_the_boards_have_it_the_day_is_that_of_their_ballots() {
        for (awaited, partner, desk) in [
            (
                &[("tsc", "2026-12-02"), ("sco", "2026-12-02")][..],
                "It is the boards’ turn: their ballots close Wed 2 Dec 2026",
                "It is TSC and SCO’s turn: their ballots close Wed 2 Dec 2026",
            ),
            (
                &[("tsc", "2026-12-02"), ("cgb", "2026-12-09")],
                "It is the boards’ turn: their ballots close by Wed 9 Dec 2026",
                "It is TSC and CGB’s turn: their ballots close by Wed 9 Dec 2026",
            ),
            (
                &[("tsc", "2026-11-16")],
                "It is TSC’s turn: its ballot is extended to Mon 23 Nov 2026",
                "It is TSC’s turn: its ballot is extended to Mon 23 Nov 2026",
            ),
            (
                &[("tsc", "2026-11-16"), ("sco", "2026-11-16")],
                "It is the boards’ turn: their ballots are extended to Mon 23 Nov 2026",
                "It is TSC and SCO’s turn: their ballots are extended to Mon 23 Nov 2026",
            ),
            (
                &[("tsc", "2026-11-16"), ("sco", "2026-11-20")],
                "It is the boards’ turn: their ballots close by Mon 23 Nov 2026",
                "It is TSC and SCO’s turn: their ballots close by Mon 23 Nov 2026",
            ),
            (
                &[("tsc", "2026-11-10")],
                "It is nobody’s turn: the ballots have closed, and are counted",
                "It is nobody’s turn: the ballots have closed, and are counted",
            ),
            (
                &[("tsc", "2026-11-10"), ("cgb", "2026-11-17")],
                "It is CGB’s turn: its ballot is extended to Tue 24 Nov 2026",
                "It is CGB’s turn: its ballot is extended to Tue 24 Nov 2026",
            ),
            (
                &[],
                "It is nobody’s turn: the ballots have closed, and are counted",
                "It is nobody’s turn: the ballots have closed, and are counted",
            ),
        ] {
            assert_eq!(said(CaseState::Open, Ask::Approval, awaited, &[]), [partner, desk], "{awaited:?}");
        }
    }

    #[test]
    fn what_a_board_asks_is_the_partners_turn_until_its_day_and_then_the_boards_again() {
        use RequestState::{Answered, Open};
        let both = [("tsc", "2026-12-02"), ("sco", "2026-12-02")];
        for (pending, partner, desk) in [
            (
                &[
                    asked("tsc", Open, "2026-12-01"),
                    asked("sco", Open, "2026-11-30"),
                    asked("tsc", Open, "2026-12-01"),
                    asked("sco", Answered, "2026-11-20"),
                ][..],
                "It is your turn: TSC and SCO asked for 3 changes; answer by Mon 30 Nov 2026",
                "It is the partner’s turn: TSC and SCO asked for 3 changes; the answer is due Mon 30 Nov 2026",
            ),
            (
                &[asked("tsc", Open, "2026-11-17")],
                "It is your turn: TSC asked for 1 change; your answer was due Tue 17 Nov 2026",
                "It is the partner’s turn: TSC asked for 1 change; the answer was due Tue 17 Nov 2026",
            ),
            (
                &[asked("tsc", Answered, "2026-11-30")],
                "It is TSC’s turn: you answered 1 change; its ballot closes Wed 2 Dec 2026",
                "It is TSC’s turn: the partner answered 1 change; its ballot closes Wed 2 Dec 2026",
            ),
            (
                &[asked("tsc", Answered, "2026-11-30"), asked("sco", Answered, "2026-11-30")],
                "It is TSC and SCO’s turn: you answered 2 changes; their ballots close Wed 2 Dec 2026",
                "It is TSC and SCO’s turn: the partner answered 2 changes; their ballots close Wed 2 Dec 2026",
            ),
            (
                // It has carried the case, and is still to resolve what it asked.
                &[asked("cgb", Answered, "2026-11-30")],
                "It is CGB’s turn: you answered 1 change",
                "It is CGB’s turn: the partner answered 1 change",
            ),
        ] {
            assert_eq!(said(CaseState::Open, Ask::Approval, &both, pending), [partner, desk], "{pending:?}");
        }
    }

    #[test]
    fn a_review_is_waited_for_however_late_it_is() {
        for (awaited, expected) in [
            (&[("tsc", "2026-12-02")][..], "It is TSC’s turn: its ballot closes Wed 2 Dec 2026"),
            (&[("tsc", "2026-10-01")], "It is TSC’s turn: its recommendation was due Thu 1 Oct 2026"),
            (
                &[("tsc", "2026-10-01"), ("sco", "2026-10-01")],
                "It is TSC and SCO’s turn: their recommendations were due Thu 1 Oct 2026",
            ),
        ] {
            let [_, desk] = said(CaseState::Open, Ask::Ladder, awaited, &[]);
            assert_eq!(desk, expected);
        }
    }
}
