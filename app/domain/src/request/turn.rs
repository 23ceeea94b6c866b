//! Whose turn it is with a case, and by when, in one sentence.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{RequestState, Side};
use crate::{
    ballot::{Ask, Deadline, Part, listed},
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

/// A board whose word a case waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Which.
    pub board: BoardKey,
    /// What it is to the case.
    pub part: Part,
    /// When its ballot closes.
    pub deadline: Deadline,
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
    /// The boards whose word it waits for.
    pub awaited: &'s [Awaited],
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
    if case.deciding().any(|awaited| awaited.deadline.is_over(now)) {
        return "It is nobody’s turn: a board’s ballot ended without carrying it, and the case is being closed"
            .to_owned();
    }
    if let Some(asked) = Waiting::of(RequestState::Open, case.pending) {
        let by = match (reader, now >= asked.due_at) {
            (Side::Partner, false) => "answer by",
            (Side::Partner, true) => "your answer was due",
            (Side::Board, false) => "the answer is due",
            (Side::Board, true) => "the answer was due",
        };
        let (boards, changes) = (named(&asked.boards), asked.changes());
        let due = asked.due_at.date_naive();
        // An answer that comes after the case is declined answers nothing.
        let when = match case.first_end() {
            Some((day, ends)) if day < due => format!("{}, when {ends}", show_date(day)),
            _ => show_date(due),
        };
        return format!("It is {yours} turn: {boards} asked for {changes}; {by} {when}");
    }
    let mut boards: Vec<_> = case.awaited.iter().map(|awaited| &awaited.board).collect();
    if let Some(answered) = Waiting::of(RequestState::Answered, case.pending) {
        // Who has an answer to look at may have carried the case already; then the date is that of the others.
        let others = named(&boards);
        let carried = answered.boards.iter().copied().filter(|board| !boards.contains(board)).collect::<Vec<_>>();
        let whose = (!carried.is_empty()).then(|| format!("{others}’s"));
        boards.extend(carried);
        let close = case.closing(whose.as_deref(), now).map(|when| format!("; {when}")).unwrap_or_default();
        return format!("It is {}’s turn: {you} answered {}{close}", named(&boards), answered.changes());
    }
    let Some(when) = case.closing(None, now) else {
        return "It is nobody’s turn: the ballots have closed, and are counted".to_owned();
    };
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

impl Situation<'_> {
    /// The boards whose ballots decline the case where they end without carrying it. A review waits until its boards have
    /// spoken, however late: its ballots never end.
    fn deciding(&self) -> impl Iterator<Item = &Awaited> {
        self.awaited.iter().filter(|awaited| self.ask == Ask::Approval && awaited.part == Part::Decides)
    }

    /// The first day on which the case may be declined, and how that comes: `TSC’s ballot ends`.
    fn first_end(&self) -> Option<(NaiveDate, String)> {
        let end = |awaited: &Awaited| awaited.deadline.ends_at().date_naive();
        let day = self.deciding().map(end).min()?;
        let boards: Vec<_> = self.deciding().filter(|each| end(each) == day).map(|each| &each.board).collect();
        let ends = if boards.len() == 1 { "ballot ends" } else { "ballots end" };
        Some((day, format!("{}’s {ends}", named(&boards))))
    }

    /// When the last ballot closes: `their ballots close Wed 2 Dec 2026`, or whose they are besides. What is overdue is extended,
    /// except a review: that was due. Nothing where there is none.
    fn closing(&self, whose: Option<&str>, now: DateTime<Utc>) -> Option<String> {
        let is_extended = |deadline: Deadline| self.ask == Ask::Approval && deadline.is_overdue(now);
        let end = |deadline: Deadline| if is_extended(deadline) { deadline.ends_at() } else { deadline.closes_at() };
        let days: BTreeSet<_> = self.awaited.iter().map(|awaited| end(awaited.deadline).date_naive()).collect();
        let last = show_date(*days.last()?);
        let is_late = self.awaited.iter().all(|awaited| awaited.deadline.is_overdue(now));
        let is_one = self.awaited.len() == 1;
        let whose = whose.unwrap_or(if is_one { "its" } else { "their" });
        let when = match (self.ask, is_late) {
            (Ask::Ladder, true) if is_one => "recommendation was due",
            (Ask::Ladder, true) => "recommendations were due",
            // On several days, some of them extended or not.
            _ if days.len() > 1 => "ballots close by",
            (_, true) if is_one => "ballot is extended to",
            (_, true) => "ballots are extended to",
            (_, false) if is_one => "ballot closes",
            (_, false) => "ballots close",
        };
        Some(format!("{whose} {when} {last}"))
    }
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

    fn awaited_on(key: &str, day: &str) -> Awaited {
        Awaited { board: board(key), part: Part::Decides, deadline: Deadline::on(day.parse().unwrap()) }
    }

    /// What each side reads: the partner, and the boards.
    fn said(state: CaseState, ask: Ask, awaited: &[(&str, &str)], pending: &[Pending]) -> [String; 2] {
        let awaited: Vec<_> = awaited.iter().map(|(key, day)| awaited_on(key, day)).collect();
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
                // The day by which it is answered is not that of its ballot.
                &[asked("sco", Open, "2026-12-09")],
                "It is your turn: SCO asked for 1 change; answer by Wed 9 Dec 2026",
                "It is the partner’s turn: SCO asked for 1 change; the answer is due Wed 9 Dec 2026",
            ),
            (
                // Both boards are still to vote, whichever asked, and all over again where another revision answered it.
                &[asked("tsc", Answered, "2026-11-30")],
                "It is TSC and SCO’s turn: you answered 1 change; their ballots close Wed 2 Dec 2026",
                "It is TSC and SCO’s turn: the partner answered 1 change; their ballots close Wed 2 Dec 2026",
            ),
            (
                &[asked("sco", Answered, "2026-11-30"), asked("tsc", Answered, "2026-11-30")],
                "It is TSC and SCO’s turn: you answered 2 changes; their ballots close Wed 2 Dec 2026",
                "It is TSC and SCO’s turn: the partner answered 2 changes; their ballots close Wed 2 Dec 2026",
            ),
            (
                // It has carried the case, and is still to resolve what it asked.
                &[asked("cgb", Answered, "2026-11-30")],
                "It is TSC, SCO and CGB’s turn: you answered 1 change; TSC and SCO’s ballots close Wed 2 Dec 2026",
                "It is TSC, SCO and CGB’s turn: the partner answered 1 change; TSC and SCO’s ballots close Wed 2 Dec 2026",
            ),
        ] {
            assert_eq!(said(CaseState::Open, Ask::Approval, &both, pending), [partner, desk], "{pending:?}");
        }
    }

    #[test]
    fn one_board_that_is_left_to_vote_is_named_with_those_that_have_an_answer_to_look_at() {
        let pending = |key| [asked(key, RequestState::Answered, "2026-11-30")];
        for (asker, expected) in [
            ("sco", "It is SCO’s turn: you answered 1 change; its ballot closes Wed 2 Dec 2026"),
            ("tsc", "It is SCO and TSC’s turn: you answered 1 change; SCO’s ballot closes Wed 2 Dec 2026"),
        ] {
            let [partner, _] = said(CaseState::Open, Ask::Approval, &[("sco", "2026-12-02")], &pending(asker));
            assert_eq!(partner, expected);
        }
    }

    #[test]
    fn nobody_is_promised_more_days_than_the_ballots_have() {
        let pending = [asked("tsc", RequestState::Open, "2026-12-15")];
        for (awaited, partner, desk) in [
            (
                &[("tsc", "2026-12-04"), ("sco", "2026-12-07")][..],
                "answer by Fri 11 Dec 2026, when TSC’s ballot ends",
                "the answer is due Fri 11 Dec 2026, when TSC’s ballot ends",
            ),
            (
                &[("tsc", "2026-12-04"), ("sco", "2026-12-04")],
                "answer by Fri 11 Dec 2026, when TSC and SCO’s ballots end",
                "the answer is due Fri 11 Dec 2026, when TSC and SCO’s ballots end",
            ),
            (&[("tsc", "2026-12-08")], "answer by Tue 15 Dec 2026", "the answer is due Tue 15 Dec 2026"),
        ] {
            let expected = [
                format!("It is your turn: TSC asked for 1 change; {partner}"),
                format!("It is the partner’s turn: TSC asked for 1 change; {desk}"),
            ];
            assert_eq!(said(CaseState::Open, Ask::Approval, awaited, &pending), expected, "{awaited:?}");
        }
        // The ballots of a review never end, and those of boards that advise decline nothing.
        let by_the_day = "It is your turn: TSC asked for 1 change; answer by Tue 15 Dec 2026";
        let [of_review, _] = said(CaseState::Open, Ask::Ladder, &[("tsc", "2026-12-04")], &pending);
        assert_eq!(of_review, by_the_day);
        let awaited = [Awaited { part: Part::Advises, ..awaited_on("sco", "2026-12-04") }];
        let case = Situation {
            state: CaseState::Open,
            ended_at: None,
            ask: Ask::Approval,
            awaited: &awaited,
            pending: &pending,
        };
        assert_eq!(turn(Side::Partner, &case, at(NOW)), by_the_day);
    }

    #[test]
    fn what_a_ballot_ended_without_carrying_is_nobodys_whatever_is_still_to_be_answered() {
        use RequestState::{Answered, Open};
        let says = "It is nobody’s turn: a board’s ballot ended without carrying it, and the case is being closed";
        for awaited in [&[("tsc", "2026-11-10")][..], &[("tsc", "2026-11-10"), ("cgb", "2026-11-17")]] {
            for pending in [&[][..], &[asked("cgb", Open, "2026-11-30")], &[asked("cgb", Answered, "2026-11-30")]] {
                assert_eq!(
                    said(CaseState::Open, Ask::Approval, awaited, pending),
                    [says; 2],
                    "{awaited:?} {pending:?}"
                );
            }
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
