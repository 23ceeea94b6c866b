//! What the rules would find today in what they read before.

use std::collections::BTreeMap;

use super::Finding;
use crate::declaration::Part;

/// What would be found otherwise in one part of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// In which part.
    pub part: Part,
    /// What was not found then, and would be now.
    pub added: Vec<Finding>,
    /// What was found then, and would not be now.
    pub gone: Vec<Finding>,
}

/// Where findings differ, part by part: by the rule, the part and the field. A rule that found something beside a field then,
/// and finds nothing there now, or the other way round. Neither the words of a finding are compared, nor how often a rule finds
/// something beside one field.
#[must_use]
pub fn differing(then: &[Finding], now: &[Finding]) -> Vec<Differing> {
    let mut parts: BTreeMap<Part, (Vec<Finding>, Vec<Finding>)> = BTreeMap::new();
    let is_in = |others: &[Finding], finding: &Finding| {
        others.iter().any(|other| (other.place, other.rule) == (finding.place, finding.rule))
    };
    for finding in now.iter().filter(|finding| !is_in(then, finding)) {
        parts.entry(finding.place.part).or_default().0.push(finding.clone());
    }
    for finding in then.iter().filter(|finding| !is_in(now, finding)) {
        parts.entry(finding.place.part).or_default().1.push(finding.clone());
    }
    parts.into_iter().map(|(part, (added, gone))| Differing { part, added, gone }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Place, Rule};

    fn finding(rule: &str, n: usize, message: &str) -> Finding {
        let place = Place { part: Part::Permission(n), field: "fields" };
        Finding { rule: Rule::from_id(rule).unwrap(), place, message: message.to_owned(), is_unanswered: false }
    }

    #[test]
    fn what_is_found_now_alone_and_what_was_found_then_alone_are_told_part_by_part() {
        let then = [finding("PIS-3.write", 0, "Weighed"), finding("PIS-7.minimal", 1, "All 6")];
        let now = [
            finding("PIS-3.write", 0, "The boards weigh it"),
            finding("EPS.write-tier", 0, "Remove it"),
            finding("PIS-7.minimal", 0, "All 4"),
        ];
        assert_eq!(
            differing(&then, &now),
            [
                Differing { part: Part::Permission(0), added: vec![now[1].clone(), now[2].clone()], gone: vec![] },
                Differing { part: Part::Permission(1), added: vec![], gone: vec![then[1].clone()] },
            ]
        );
        assert_eq!(differing(&then, &then), []);
    }

    #[test]
    fn what_is_found_beside_another_field_is_told() {
        let then = finding("PIS-8.retention", 0, "Say how long");
        let now = Finding { place: Place { field: "retention", ..then.place }, ..then.clone() };
        let (added, gone) = (vec![now.clone()], vec![then.clone()]);
        assert_eq!(differing(&[then], &[now]), [Differing { part: Part::Permission(0), added, gone }]);
    }
}
