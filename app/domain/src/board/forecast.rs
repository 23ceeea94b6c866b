//! Whether a board can still say enough by a date.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::{BoardKey, Days, Seat};
use crate::{ballot::listed, time::show_date};

/// A member of a board, as far as a forecast of one case goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Their name.
    pub name: String,
    /// Their terms on this board.
    pub terms: Vec<Seat>,
    /// When they are away.
    pub away: Vec<Days>,
    /// When a deputy acts for them who may act on this case, and who is not away themselves.
    pub deputised: Vec<Days>,
    /// Whether they may not decide on it.
    pub is_recused: bool,
    /// Whether they have taken a position on what is before the board.
    pub has_spoken: bool,
}

impl Expected {
    fn sits(&self, day: NaiveDate) -> bool {
        self.terms.iter().any(|seat| seat.covers(day))
    }

    /// Whether their seat can speak on that day.
    fn is_present(&self, day: NaiveDate) -> bool {
        let among = |days: &[Days]| days.iter().any(|days| days.covers(day));
        self.sits(day) && (!among(&self.away) || among(&self.deputised))
    }
}

/// Whether a board reaches its quorum on a case by a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// By when.
    pub by: NaiveDate,
    /// Whether as many as are needed can have spoken by then.
    pub is_reachable: bool,
    /// How many count then: in term on that day, and not recused.
    pub eligible: usize,
    /// How many of them have spoken, or can until then, themselves or by a deputy.
    pub present: usize,
    /// How many are needed.
    pub needed: usize,
    /// Who would be needed: where it is out of reach, those who are away; where nobody can be spared, those who are there and
    /// have not spoken yet.
    pub who: Vec<String>,
}

/// The forecast of a case for the days left: from the terms, leave, recusals and deputies of the members, and from who has
/// spoken. `needed` says how many must take part of so many who may.
#[must_use]
pub fn forecast(members: &[Expected], needed: impl Fn(usize) -> usize, left: Days) -> Forecast {
    // Counted are those who sit there at the end.
    let eligible: Vec<_> = members.iter().filter(|member| !member.is_recused && member.sits(left.until)).collect();
    let is_present = |member: &Expected| member.has_spoken || left.each().any(|day| member.is_present(day));
    let (present, absent): (Vec<_>, Vec<_>) = eligible.iter().partition(|member| is_present(member));
    let needed = needed(eligible.len());
    let is_reachable = eligible.len() >= 2 && present.len() >= needed;
    let who: Vec<&&Expected> = if !is_reachable {
        absent
    } else if present.len() == needed {
        present.iter().filter(|member| !member.has_spoken).copied().collect()
    } else {
        Vec::new()
    };
    Forecast {
        by: left.until,
        is_reachable,
        eligible: eligible.len(),
        present: present.len(),
        needed,
        who: who.into_iter().map(|member| member.name.clone()).collect(),
    }
}

impl Forecast {
    /// How it stands for that board, in one sentence without a full stop.
    #[must_use]
    pub fn sentence(&self, board: &BoardKey) -> String {
        let (board, by, needed) = (board.monogram(), show_date(self.by), self.needed);
        let members = |count: usize| if count == 1 { "1 member".to_owned() } else { format!("{count} members") };
        if self.eligible < 2 {
            return format!("{board} has fewer than two members who may take part by {by}");
        }
        if self.is_reachable {
            return if self.who.is_empty() {
                let can = members(self.present);
                format!("{board} can reach its quorum of {needed} by {by}: {can} have spoken or can")
            } else {
                format!("{board} reaches its quorum of {needed} by {by} only with {}", listed(&self.who))
            };
        }
        let (can, short) = (members(self.present), needed - self.present);
        let what = match self.who.len().cmp(&short) {
            Ordering::Less => "there are not enough others".to_owned(),
            Ordering::Equal => format!("{} would be needed, or a deputy", listed(&self.who)),
            Ordering::Greater => format!("{short} of {} would be needed, or a deputy", listed(&self.who)),
        };
        format!("{board} misses its quorum of {needed} by {by}: {can} can speak until then, and {what}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(from: &str, until: &str) -> Days {
        Days { from: day(from), until: day(until) }
    }

    fn sco() -> BoardKey {
        BoardKey::parse("sco").unwrap()
    }

    fn member(name: &str) -> Expected {
        let term = Seat { board: sco(), from: day("2026-01-01"), until: None, is_chair: false };
        Expected {
            name: name.to_owned(),
            terms: vec![term],
            away: vec![],
            deputised: vec![],
            is_recused: false,
            has_spoken: false,
        }
    }

    fn away(name: &str) -> Expected {
        Expected { away: vec![days("2026-11-01", "2026-12-31")], ..member(name) }
    }

    fn majority(eligible: usize) -> usize {
        eligible / 2 + 1
    }

    fn week() -> Days {
        days("2026-11-18", "2026-11-25")
    }

    #[test]
    fn enough_who_are_there_reach_it() {
        let board: Vec<_> = ["Ada", "Ben", "Cem", "Dana"].map(member).into();
        let found = forecast(&board, majority, week());
        assert!(found.is_reachable && found.who.is_empty());
        assert_eq!(
            found.sentence(&sco()),
            "SCO can reach its quorum of 3 by Wed 25 Nov 2026: 4 members have spoken or can"
        );
    }

    #[test]
    fn where_nobody_can_be_spared_each_who_has_not_spoken_is_named() {
        let spoken = Expected { has_spoken: true, ..away("Ada") };
        let board = [spoken, member("Ben"), member("Cem"), away("Dana")];
        let found = forecast(&board, majority, week());
        assert_eq!((found.is_reachable, found.present, found.needed), (true, 3, 3));
        assert_eq!(found.sentence(&sco()), "SCO reaches its quorum of 3 by Wed 25 Nov 2026 only with Ben and Cem");
    }

    #[test]
    fn where_too_many_are_away_it_says_who_would_be_needed() {
        let board = [member("Ada"), member("Ben"), away("Cem"), away("Dana")];
        let found = forecast(&board, majority, week());
        assert!(!found.is_reachable);
        let says = "SCO misses its quorum of 3 by Wed 25 Nov 2026: 2 members can speak until then, and 1 of Cem and Dana would be needed, or a deputy";
        assert_eq!(found.sentence(&sco()), says);
        let one = [member("Ada"), away("Ben")];
        assert!(forecast(&one, majority, week()).sentence(&sco()).ends_with("and Ben would be needed, or a deputy"));
        let few = forecast(&board[..2], |_| 3, week());
        assert!(few.sentence(&sco()).ends_with("2 members can speak until then, and there are not enough others"));
    }

    #[test]
    fn one_day_or_a_deputy_on_one_day_is_enough() {
        let back = Expected { away: vec![days("2026-11-01", "2026-11-24")], ..member("Ben") };
        assert!(forecast(&[member("Ada"), back], majority, week()).is_reachable);
        let deputised = Expected { deputised: vec![days("2026-11-20", "2026-11-20")], ..away("Ben") };
        assert!(forecast(&[member("Ada"), deputised], majority, week()).is_reachable);
        let late = Expected { deputised: vec![days("2026-11-26", "2026-11-30")], ..away("Ben") };
        assert!(!forecast(&[member("Ada"), late], majority, week()).is_reachable);
    }

    #[test]
    fn whoever_is_recused_or_has_left_by_then_does_not_count() {
        let mut leaving = Expected { has_spoken: true, ..member("Ada") };
        leaving.terms[0].until = Some(day("2026-11-24"));
        let recused = Expected { is_recused: true, ..member("Ben") };
        let mut coming = member("Cem");
        coming.terms[0].from = day("2026-11-25");
        let found = forecast(&[leaving.clone(), recused.clone(), coming, member("Dana")], majority, week());
        assert_eq!((found.eligible, found.present, found.is_reachable), (2, 2, true));
        let alone = forecast(&[leaving, recused, member("Dana")], majority, week());
        assert!(!alone.is_reachable);
        let says = "SCO has fewer than two members who may take part by Wed 25 Nov 2026";
        assert_eq!(alone.sentence(&sco()), says);
    }

    fn any_member() -> impl Strategy<Value = Expected> {
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(is_away, is_deputised, recused, spoken)| {
                let one = if is_away { away("X") } else { member("X") };
                let deputised = if is_deputised { vec![week()] } else { vec![] };
                Expected { deputised, is_recused: recused, has_spoken: spoken, ..one }
            },
        )
    }

    fn two_thirds(eligible: usize) -> usize {
        (eligible * 2).div_ceil(3)
    }

    proptest! {
        #[test]
        fn another_member_who_is_there_never_puts_it_out_of_reach(board in prop::collection::vec(any_member(), 0..9)) {
            for needed in [majority, two_thirds, |_| 3] {
                let before = forecast(&board, needed, week());
                let after = forecast(&[board.clone(), vec![member("New")]].concat(), needed, week());
                prop_assert!(!before.is_reachable || after.is_reachable);
            }
        }

        #[test]
        fn who_comes_back_speaks_or_finds_a_deputy_never_puts_it_out_of_reach(
            board in prop::collection::vec(any_member(), 1..9), who in any::<prop::sample::Index>(), how in 0..3,
        ) {
            let mut better = board.clone();
            let one = &mut better[who.index(board.len())];
            match how {
                0 => one.away.clear(),
                1 => one.has_spoken = true,
                _ => one.deputised = vec![week()],
            }
            for needed in [majority, two_thirds, |_| 3] {
                let (before, after) = (forecast(&board, needed, week()), forecast(&better, needed, week()));
                prop_assert!(after.present >= before.present && after.needed == before.needed);
                prop_assert!(!before.is_reachable || after.is_reachable);
            }
        }

        #[test]
        fn with_all_who_would_be_needed_back_a_majority_is_in_reach(board in prop::collection::vec(any_member(), 0..9)) {
            let found = forecast(&board, majority, week());
            prop_assert_eq!(found.is_reachable, found.eligible >= 2 && found.present >= found.needed);
            if !found.is_reachable && found.eligible >= 2 {
                let back: Vec<_> = board.iter().map(|one| Expected { away: vec![], ..one.clone() }).collect();
                prop_assert!(forecast(&back, majority, week()).is_reachable);
                prop_assert!(found.present + found.who.len() >= found.needed);
            }
        }

        #[test]
        fn the_order_of_members_changes_nothing_but_the_order_of_names(board in prop::collection::vec(any_member(), 0..9)) {
            let turned: Vec<_> = board.iter().rev().cloned().collect();
            prop_assert_eq!(forecast(&board, majority, week()), forecast(&turned, majority, week()));
        }

        #[test]
        fn there_is_always_one_sentence(board in prop::collection::vec(any_member(), 0..9)) {
            let says = forecast(&board, two_thirds, week()).sentence(&sco());
            prop_assert!(says.starts_with("SCO ") && !says.ends_with('.'));
        }
    }
}
