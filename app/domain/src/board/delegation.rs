//! Who acts for a member: a deputy for one board, for some days.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{BoardKey, Days, Seat, Weight};
use crate::{
    Violation,
    account::{PersonId, Roles},
    case::CaseKind,
};

crate::id::id! {
    /// A delegation of a seat.
    DelegationId
}

/// How long a delegation is at most, in days.
pub const MOST_DELEGATED_DAYS: i64 = 180;

/// The kinds of cases that a deputy acts on: all, unless some are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds(BTreeSet<CaseKind>);

impl Kinds {
    /// Reads the words that were ticked; none means all.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, Violation> {
        let kinds = words.into_iter().map(CaseKind::from_word).collect::<Option<_>>();
        kinds.map(Self).ok_or_else(|| Violation::new("kinds", "unknown", "Choose kinds of cases from the list"))
    }

    /// Whether cases of that kind are among them.
    #[must_use]
    pub fn covers(&self, kind: CaseKind) -> bool {
        self.0.is_empty() || self.0.contains(&kind)
    }

    /// The kinds that are named; none means all.
    pub fn named(&self) -> impl Iterator<Item = CaseKind> {
        self.0.iter().copied()
    }
}

impl From<Kinds> for String {
    fn from(kinds: Kinds) -> Self {
        kinds.named().map(CaseKind::as_str).collect::<Vec<_>>().join(",")
    }
}

impl TryFrom<String> for Kinds {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(text.split(',').filter(|word| !word.is_empty())).map_err(|violation| violation.message.into_owned())
    }
}

/// A seat given to a deputy for some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Of which board.
    pub board: BoardKey,
    /// Whose seat.
    pub member: PersonId,
    /// Who acts.
    pub deputy: PersonId,
    /// When.
    pub days: Days,
}

/// Somebody who takes part in a delegation, as far as its rules go.
#[derive(Clone, Copy, Debug)]
pub struct Party<'p> {
    /// What they are.
    pub roles: &'p Roles,
    /// Whether they may sign in.
    pub is_enabled: bool,
}

/// Reads the days of a delegation as typed. Nothing is delegated back in time.
pub fn parse_delegated(from: &str, until: &str, today: NaiveDate) -> Result<Days, Vec<Violation>> {
    let days = Days::parse(("from", from), ("until", until), MOST_DELEGATED_DAYS, today)?;
    if days.from < today {
        return Err(vec![Violation::new("from", "past", "Choose a first day that is today or later")]);
    }
    Ok(days)
}

impl Delegation {
    /// What is wrong with it, beside the delegations of the same board that stand. One person has one voice on a board, and a
    /// voice is given on once.
    #[must_use]
    pub fn check(&self, member: Party<'_>, deputy: Party<'_>, standing: &[Self]) -> Vec<Violation> {
        let wrong = |field, code, message| Violation::new(field, code, message);
        let on_board = |seats: &[Seat], day| seats.iter().any(|seat| seat.board == self.board && seat.covers(day));
        let others = || standing.iter().filter(|other| other.board == self.board && other.days.overlaps(self.days));
        let mut violations = Vec::new();
        if !self.days.each().all(|day| on_board(member.roles.seats(), day)) {
            violations.push(wrong("from", "no_seat", "Choose days on which your term on this board runs"));
        }
        if self.deputy == self.member {
            violations.push(wrong("deputy", "self", "Choose somebody else: nobody is their own deputy"));
            return violations;
        }
        if !deputy.is_enabled || !self.days.each().all(|day| reads_desk(deputy.roles, day)) {
            let message = "Choose a colleague who can sign in, and whose role lasts through these days";
            violations.push(wrong("deputy", "not_of_desk", message));
        }
        if self.days.each().any(|day| on_board(deputy.roles.seats(), day)) {
            let message =
                "Choose somebody who does not sit on this board in these days: each person has one voice on it";
            violations.push(wrong("deputy", "seated", message));
        }
        if others().any(|other| other.member == self.member) {
            violations.push(wrong(
                "from",
                "overlaps",
                "You have a deputy on some of these days. End that delegation first",
            ));
        }
        if others().any(|other| other.deputy == self.member) {
            let message = "You act as somebody’s deputy on this board in these days, and a deputy does not delegate on";
            violations.push(wrong("deputy", "chain", message));
        }
        if others().any(|other| other.member == self.deputy) {
            let message = "Choose somebody else: they have a deputy of their own on this board in these days";
            violations.push(wrong("deputy", "chain", message));
        }
        if others().any(|other| other.deputy == self.deputy) {
            let message = "Choose somebody else: they act for another member of this board in these days";
            violations.push(wrong("deputy", "twice", message));
        }
        violations
    }
}

/// Whether somebody reads what the boards read on that day.
fn reads_desk(roles: &Roles, day: NaiveDate) -> bool {
    let holds = roles.is_administrator() || roles.is_auditor() || roles.seats().iter().any(|seat| seat.covers(day));
    roles.partner().is_none() && holds
}

/// Whether a deputy acts on a case: not who brought it, nor who is anything to its partner, hard or soft. Members weigh a soft
/// conflict in the open; whoever stands in for one has no need to.
#[must_use]
pub const fn may_deputise(weight: Option<Weight>, is_proposer: bool) -> bool {
    weight.is_none() && !is_proposer
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::partner::PartnerId;

    fn person(n: u128) -> PersonId {
        Uuid::from_u128(n).into()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn roles(boards: &[(&str, Option<&str>)]) -> Roles {
        let seats = boards.iter().map(|(board, until)| Seat {
            board: BoardKey::parse(board).unwrap(),
            from: day("2026-01-01"),
            until: until.map(day),
            is_chair: false,
        });
        Roles::new(false, false, seats.collect(), None).unwrap()
    }

    fn delegation(member: u128, deputy: u128, from: &str, until: &str) -> Delegation {
        let days = Days { from: day(from), until: day(until) };
        Delegation { board: BoardKey::parse("sco").unwrap(), member: person(member), deputy: person(deputy), days }
    }

    fn codes(wanted: &Delegation, member: &Roles, deputy: &Roles, standing: &[Delegation]) -> Vec<String> {
        let party = |roles| Party { roles, is_enabled: true };
        let wrong = wanted.check(party(member), party(deputy), standing);
        wrong.into_iter().map(|violation| format!("{} {}", violation.field, violation.code)).collect()
    }

    #[test]
    fn a_member_of_another_board_an_administrator_and_an_auditor_may_be_deputies() {
        let (wanted, member) = (delegation(1, 2, "2026-11-18", "2026-11-30"), roles(&[("sco", None)]));
        assert_eq!(codes(&wanted, &member, &roles(&[("tsc", None)]), &[]), Vec::<String>::new());
        for (is_administrator, is_auditor) in [(true, false), (false, true)] {
            let roles = Roles::new(is_administrator, is_auditor, vec![], None).unwrap();
            assert_eq!(codes(&wanted, &member, &roles, &[]), Vec::<String>::new());
        }
    }

    #[test]
    fn who_is_no_colleague_or_sits_there_already_is_no_deputy() {
        let (wanted, member) = (delegation(1, 2, "2026-11-18", "2026-11-30"), roles(&[("sco", None)]));
        let partner = Roles::new(false, false, vec![], Some(PartnerId::from(Uuid::nil()))).unwrap();
        assert_eq!(codes(&wanted, &member, &partner, &[]), ["deputy not_of_desk"]);
        assert_eq!(codes(&wanted, &member, &roles(&[]), &[]), ["deputy not_of_desk"]);
        assert_eq!(codes(&wanted, &member, &roles(&[("tsc", Some("2026-11-29"))]), &[]), ["deputy not_of_desk"]);
        assert_eq!(codes(&wanted, &member, &roles(&[("sco", None)]), &[]), ["deputy seated"]);
        assert_eq!(
            codes(&wanted, &member, &roles(&[("tsc", None), ("sco", Some("2026-11-18"))]), &[]),
            ["deputy seated"]
        );
        let colleague = roles(&[("tsc", None)]);
        let disabled = Party { roles: &colleague, is_enabled: false };
        let wrong = wanted.check(Party { roles: &member, is_enabled: true }, disabled, &[]);
        assert_eq!(wrong.iter().map(|violation| &*violation.code).collect::<Vec<_>>(), ["not_of_desk"]);
        let own = delegation(1, 1, "2026-11-18", "2026-11-30");
        assert_eq!(codes(&own, &member, &member, &[]), ["deputy self"]);
        assert_eq!(codes(&wanted, &roles(&[("sco", Some("2026-11-29"))]), &colleague, &[]), ["from no_seat"]);
    }

    #[test]
    fn a_voice_is_given_on_once_and_to_one_alone() {
        let (member, deputy) = (roles(&[("sco", None)]), roles(&[("tsc", None)]));
        let wanted = delegation(1, 2, "2026-11-18", "2026-11-30");
        for (other, found) in [
            (delegation(1, 3, "2026-11-30", "2026-12-10"), vec!["from overlaps"]),
            (delegation(3, 1, "2026-11-30", "2026-12-10"), vec!["deputy chain"]),
            (delegation(2, 3, "2026-11-01", "2026-11-18"), vec!["deputy chain"]),
            (delegation(3, 2, "2026-11-01", "2026-11-18"), vec!["deputy twice"]),
            (delegation(3, 4, "2026-11-01", "2026-12-18"), vec![]),
            (delegation(1, 2, "2026-12-01", "2026-12-10"), vec![]),
        ] {
            assert_eq!(codes(&wanted, &member, &deputy, std::slice::from_ref(&other)), found, "{other:?}");
            let elsewhere = Delegation { board: BoardKey::parse("erc").unwrap(), ..other };
            assert_eq!(codes(&wanted, &member, &deputy, &[elsewhere]), Vec::<String>::new());
        }
    }

    #[test]
    fn nothing_is_delegated_back_in_time_or_for_more_than_half_a_year() {
        let today = day("2026-11-18");
        let code = |from, until| parse_delegated(from, until, today).unwrap_err().remove(0).code.into_owned();
        assert!(parse_delegated("2026-11-18", "2027-05-16", today).is_ok());
        assert_eq!(code("2026-11-17", "2026-11-20"), "past");
        assert_eq!(code("2026-11-18", "2027-05-17"), "too_long");
        assert_eq!(code("2026-11-18", ""), "missing");
    }

    #[test]
    fn a_deputy_acts_on_the_kinds_that_are_named_or_on_all() {
        let (all, some) = (Kinds::default(), Kinds::parse(["QR", "AR"]).unwrap());
        assert!(all.covers(CaseKind::PermissionJustification) && !some.covers(CaseKind::PermissionJustification));
        for kinds in [all, some] {
            assert_eq!(Kinds::try_from(String::from(kinds.clone())), Ok(kinds));
        }
        assert_eq!(Kinds::parse(["XX"]).unwrap_err().field, "kinds");
    }

    #[test]
    fn who_is_anything_to_the_partner_or_brought_the_case_does_not_act_as_deputy() {
        assert!(may_deputise(None, false));
        assert!(!may_deputise(Some(Weight::Soft), false) && !may_deputise(Some(Weight::Hard), false));
        assert!(!may_deputise(None, true));
    }

    proptest! {
        /// However many ask for whatever, in whatever order: what is let through never gives one person two voices, and
        /// never passes a voice on twice.
        #[test]
        fn on_no_day_has_anybody_two_voices(
            wishes in prop::collection::vec((0..5_u128, 0..8_u128, 0..30_u64, 0..15_u64), 0..25),
        ) {
            let (seated, guest) = (roles(&[("sco", None)]), roles(&[("tsc", None)]));
            let of = |n: u128| if n < 5 { &seated } else { &guest };
            let mut standing: Vec<Delegation> = Vec::new();
            for (member, deputy, from, length) in wishes {
                let from = day("2026-11-18") + chrono::Days::new(from);
                let wanted = Delegation {
                    days: Days { from, until: from + chrono::Days::new(length) },
                    ..delegation(member, deputy, "2026-11-18", "2026-11-18")
                };
                let party = |roles| Party { roles, is_enabled: true };
                if wanted.check(party(of(member)), party(of(deputy)), &standing).is_empty() {
                    standing.push(wanted);
                }
            }
            for today in day("2026-11-18").iter_days().take(50) {
                let acting: Vec<_> = standing.iter().filter(|each| each.days.covers(today)).collect();
                let deputies: BTreeSet<_> = acting.iter().map(|each| each.deputy).collect();
                let members: BTreeSet<_> = acting.iter().map(|each| each.member).collect();
                prop_assert_eq!(deputies.len(), acting.len());
                prop_assert_eq!(members.len(), acting.len());
                prop_assert!(deputies.is_disjoint(&members));
                prop_assert!(deputies.iter().all(|deputy| *deputy >= person(5)));
            }
        }
    }
}
