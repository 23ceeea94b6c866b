//! What a board makes of its members' recommendations, and a case of its boards'.

use std::collections::BTreeSet;

use super::Rung;
use crate::permission::PermissionKey;

/// What an unrecused member of the board has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing yet.
    Nothing,
    /// Takes part and recommends nothing.
    Abstains,
    /// Recommends a rung; where it is to reduce, the permissions that are named.
    Recommends(Rung, BTreeSet<PermissionKey>),
}

/// What a board recommends, or a case comes to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Verdict {
    /// The rung.
    pub rung: Rung,
    /// The permissions that end.
    pub ends: BTreeSet<PermissionKey>,
}

/// The strictest rung that more than half of the members support at least. To reduce is supported permission by permission:
/// a permission ends where more than half name it, or recommend something stricter still; where none has more than half,
/// those who would reduce support conditions.
///
/// It stands as soon as nobody who has not spoken could change it, and at the date whoever has not spoken; silence
/// recommends nothing, so a board of which not more than half has spoken has none. Nor has one of fewer than two members.
#[must_use]
pub fn verdict(members: &[Said], is_due: bool) -> Option<Verdict> {
    if members.len() < 2 {
        return None;
    }
    let low = standing(members, None);
    let is_final = is_due || low == standing(members, Some(Rung::Suspend));
    low.filter(|_| is_final)
}

/// The verdict if everybody who has not spoken recommended `others`.
fn standing(members: &[Said], others: Option<Rung>) -> Option<Verdict> {
    let needed = members.len() / 2 + 1;
    let rungs: Vec<Rung> = members
        .iter()
        .filter_map(|member| match member {
            Said::Nothing => others,
            Said::Abstains => None,
            Said::Recommends(rung, _) => Some(*rung),
        })
        .collect();
    let is_supported = |rung: Rung| rungs.iter().filter(|other| **other >= rung).count() >= needed;
    let stricter = rungs.iter().filter(|rung| **rung > Rung::Reduce).count();
    let names = |member: &Said, key: &PermissionKey| matches!(member, Said::Recommends(Rung::Reduce, named) if named.contains(key));
    let is_ended =
        |key: &&PermissionKey| stricter + members.iter().filter(|member| names(member, key)).count() >= needed;
    let rung = Rung::ALL.iter().rev().copied().filter(|rung| *rung != Rung::Reduce).find(|rung| is_supported(*rung))?;
    if rung > Rung::Reduce {
        return Some(Verdict { rung, ends: BTreeSet::new() });
    }
    let reductions = members.iter().filter_map(|member| match member {
        Said::Recommends(Rung::Reduce, keys) => Some(keys),
        _ => None,
    });
    let ends: BTreeSet<_> = reductions.flatten().filter(is_ended).cloned().collect();
    Some(Verdict { rung: if ends.is_empty() { rung } else { Rung::Reduce }, ends })
}

/// What a case comes to once each of its boards has a verdict: the strictest rung, and whatever any of them ends.
#[must_use]
pub fn conclude<'a>(boards: impl IntoIterator<Item = Option<&'a Verdict>>) -> Option<Verdict> {
    let verdicts: Vec<&Verdict> = boards.into_iter().collect::<Option<_>>()?;
    let rung = verdicts.iter().map(|verdict| verdict.rung).max()?;
    Some(Verdict { rung, ends: verdicts.iter().flat_map(|verdict| verdict.ends.clone()).collect() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(name: char) -> PermissionKey {
        PermissionKey::parse(&format!("read:items.{name}")).unwrap()
    }

    /// `c` continue, `n` conditions, `m` maintenance, `s` suspend, `-` abstains, `.` nothing; `x`, `y` reduce naming that
    /// permission, `z` naming both.
    fn said(of: char) -> Said {
        let reduce = |names: &str| Said::Recommends(Rung::Reduce, names.chars().map(key).collect());
        match of {
            'c' => Said::Recommends(Rung::Continue, BTreeSet::new()),
            'n' => Said::Recommends(Rung::Conditions, BTreeSet::new()),
            'm' => Said::Recommends(Rung::Maintenance, BTreeSet::new()),
            's' => Said::Recommends(Rung::Suspend, BTreeSet::new()),
            'x' => reduce("x"),
            'y' => reduce("y"),
            'z' => reduce("xy"),
            '-' => Said::Abstains,
            _ => Said::Nothing,
        }
    }

    fn of(text: &str, is_due: bool) -> Option<Verdict> {
        verdict(&text.chars().map(said).collect::<Vec<_>>(), is_due)
    }

    fn shown(text: &str, is_due: bool) -> String {
        of(text, is_due).map_or_else(
            || "open".to_owned(),
            |verdict| {
                let ends = verdict.ends.iter().map(|key| key.as_str().chars().last().unwrap()).collect::<String>();
                format!("{} {ends}", verdict.rung.as_str()).trim().to_owned()
            },
        )
    }

    #[test]
    fn the_strictest_rung_that_more_than_half_support_at_least_stands() {
        for (members, outcome) in [
            ("ccc..", "continue"),
            ("cc...", "open"),
            ("cn...", "open"),
            ("ccn..", "open"),
            ("cccn.", "continue"),
            ("ccnnn", "conditions"),
            ("ccnms", "conditions"),
            ("cnmms", "maintenance"),
            ("csss.", "suspend"),
            ("cxx..", "open"),
            ("ccxxx", "reduce x"),
            ("ccxyz", "conditions"),
            ("cxyzz", "reduce xy"),
            ("ccxxm", "reduce x"),
            ("ccxym", "conditions"),
            ("ccxmm", "reduce x"),
            ("xxmmm", "maintenance"),
            ("cc---", "open"),
            ("ccc--", "continue"),
            ("cc", "continue"),
            ("c", "open"),
            ("", "open"),
        ] {
            assert_eq!(shown(members, false), outcome, "{members}");
        }
    }

    #[test]
    fn at_the_date_those_who_have_spoken_decide_if_they_are_more_than_half() {
        for (members, outcome) in [
            ("ccn..", "continue"),
            ("cnn..", "continue"),
            ("nnn..", "conditions"),
            ("ss...", "open"),
            ("cxx..", "continue"),
            (".....", "open"),
        ] {
            assert_eq!(shown(members, true), outcome, "{members}");
        }
    }

    #[test]
    fn a_case_comes_to_the_strictest_of_its_boards_and_keeps_what_any_of_them_ends() {
        let (reduce, maintenance) = (of("xxx", false), of("mmm", false));
        let verdict = conclude([reduce.as_ref(), maintenance.as_ref()]).unwrap();
        assert_eq!((verdict.rung, verdict.ends.len()), (Rung::Maintenance, 1));
        assert_eq!(conclude([reduce.as_ref(), None]), None);
        assert_eq!(conclude([]), None);
    }

    #[test]
    fn what_would_change_nothing_is_not_offered() {
        use crate::integration::Stage;
        let offered = |stage, grants, is_suspended| {
            let all = Rung::ALL.iter().filter(|rung| rung.is_offered(stage, grants, is_suspended));
            all.map(|rung| rung.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(offered(Stage::Active, 1, false), "continue conditions reduce maintenance suspend");
        assert_eq!(offered(Stage::Maintenance, 0, false), "continue conditions suspend");
        assert_eq!(offered(Stage::Active, 1, true), "continue conditions reduce maintenance");
        assert_eq!(offered(Stage::EndOfSupport, 0, false), "continue conditions");
    }

    proptest! {
        #[test]
        fn what_stands_before_the_date_nobody_who_speaks_later_changes(
            members in "[cnmsxyz.-]{2,9}", later in "[cnmsxyz-]{9}",
        ) {
            if let Some(standing) = of(&members, false) {
                let mut later = later.chars();
                let spoken: String = members.chars().map(|c| if c == '.' { later.next().unwrap() } else { c }).collect();
                prop_assert_eq!(of(&spoken, true), Some(standing));
            }
        }

        #[test]
        fn the_order_of_arrival_changes_nothing(members in "[cnmsxyz.-]{0,9}", is_due: bool) {
            prop_assert_eq!(of(&members, is_due), of(&members.chars().rev().collect::<String>(), is_due));
        }

        #[test]
        fn once_all_have_recommended_there_is_a_verdict(members in "[cnmsxyz]{2,9}") {
            prop_assert!(of(&members, false).is_some());
        }

        #[test]
        fn a_stricter_word_never_makes_the_verdict_milder(members in "[cnmsxyz.-]{2,9}", at in any::<prop::sample::Index>()) {
            let mut stricter: Vec<char> = members.chars().collect();
            let place = at.index(stricter.len());
            stricter[place] = 's';
            let rung = |text: &str| of(text, true).map(|verdict| verdict.rung);
            prop_assert!(rung(&stricter.into_iter().collect::<String>()) >= rung(&members));
        }

        #[test]
        fn a_permission_ends_only_by_more_than_half(members in "[cnmsxyz.-]{2,9}", is_due: bool) {
            if let Some(verdict) = of(&members, is_due) {
                prop_assert_eq!(verdict.ends.is_empty(), verdict.rung != Rung::Reduce);
                let against = |name: char| members.chars().filter(|c| *c == name || "zms".contains(*c)).count();
                for end in &verdict.ends {
                    let name = end.as_str().chars().last().unwrap();
                    prop_assert!(2 * against(name) > members.len());
                }
            }
        }
    }
}
