//! A change of a board as it is typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Violation,
    ballot::{FEWEST_APPROVALS, MOST_APPROVALS, Part, Rule, Threshold},
    time::parse_date,
};

/// How a board is to decide, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInput {
    /// What the board is to the case.
    pub part: String,
    /// `majority`, `two_thirds`, `unanimity`, or `count` where a number is asked for.
    pub threshold: String,
    /// That number.
    pub number: String,
    /// `yes` where an open concern holds the board, `no` where it does not.
    pub objection_blocks: String,
    /// `yes` where a condition that is overdue suspends what was granted, `no` where it does not.
    pub suspends_overdue: String,
    /// How many days a ballot is open.
    pub days: String,
    /// How many it is open at least.
    pub minimum_days: String,
}

/// A term as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermInput {
    /// Its first day.
    pub from: String,
    /// Its last day; empty where it has none.
    pub until: String,
    /// Whether the member chairs the board.
    pub is_chair: bool,
}

impl RuleInput {
    /// What stands in the form of a rule before anything is typed.
    #[must_use]
    pub fn of(part: Part, rule: &Rule) -> Self {
        let kept = rule.threshold.to_string();
        let (threshold, number) = kept.split_once(':').unwrap_or((&kept, ""));
        Self {
            part: part.as_str().to_owned(),
            threshold: threshold.to_owned(),
            number: number.to_owned(),
            objection_blocks: said(rule.objection_blocks),
            suspends_overdue: said(rule.suspends_overdue),
            days: rule.days.to_string(),
            minimum_days: rule.minimum_days.to_string(),
        }
    }

    /// Reads it as a rule that a board can go by; everything that is wrong is told beside its field.
    pub fn read(&self) -> Result<(Part, Rule), Vec<Violation>> {
        let part = Part::from_word(&self.part);
        let part = part.ok_or(Violation::new("part", "missing", "Choose what the board does"));
        let rule = self.rule();
        match (part, rule) {
            (Ok(part), Ok(rule)) => Ok((part, rule)),
            (part, rule) => Err(part.err().into_iter().chain(rule.err().into_iter().flatten()).collect()),
        }
    }

    /// The rule alone, as a preview shows it.
    pub fn rule(&self) -> Result<Rule, Vec<Violation>> {
        let threshold = self.threshold();
        let objection_blocks =
            yes_or_no("objection_blocks", &self.objection_blocks, "Choose whether an open concern holds the board");
        let suspends_overdue = yes_or_no(
            "suspends_overdue",
            &self.suspends_overdue,
            "Choose whether an overdue condition suspends grants",
        );
        let days = whole("days", &self.days, "Enter how many days a ballot stays open, such as 14");
        let minimum = whole("minimum_days", &self.minimum_days, "Enter how many days it is open at least, such as 0");
        match (threshold, objection_blocks, suspends_overdue, days, minimum) {
            (Ok(threshold), Ok(objection_blocks), Ok(suspends_overdue), Ok(days), Ok(minimum_days)) => {
                Rule { threshold, objection_blocks, days, minimum_days, suspends_overdue }.check()
            }
            (threshold, objection_blocks, suspends_overdue, days, minimum) => {
                let wrong =
                    [threshold.err(), objection_blocks.err(), suspends_overdue.err(), days.err(), minimum.err()];
                Err(wrong.into_iter().flatten().collect())
            }
        }
    }

    fn threshold(&self) -> Result<Threshold, Violation> {
        match &*self.threshold {
            "majority" => Ok(Threshold::MAJORITY),
            "two_thirds" => Ok(Threshold::TWO_THIRDS),
            "unanimity" => Ok(Threshold::UNANIMITY),
            "count" => self.number.trim().parse().ok().and_then(Threshold::count).ok_or_else(|| {
                let says = format!("Enter a number from {FEWEST_APPROVALS} to {MOST_APPROVALS}: nobody decides alone");
                Violation::with_message("number", "out_of_range", says)
            }),
            _ => Err(Violation::new("threshold", "missing", "Choose how many must approve")),
        }
    }
}

impl TermInput {
    /// Reads its days; what is wrong with them is told beside their fields.
    pub fn read(&self) -> Result<(NaiveDate, Option<NaiveDate>), Vec<Violation>> {
        let from = parse_date("from", &self.from);
        let from = from.and_then(|day| day.ok_or(Violation::new("from", "missing", "Enter the first day of the term")));
        match (from, parse_date("until", &self.until)) {
            (Ok(from), Ok(until)) => Ok((from, until)),
            (from, until) => Err(from.err().into_iter().chain(until.err()).collect()),
        }
    }
}

/// Reads the last day of a term that is to end.
pub fn parse_end(text: &str) -> Result<NaiveDate, Violation> {
    parse_date("until", text)?.ok_or(Violation::new("until", "missing", "Enter the last day of the term"))
}

fn said(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

fn yes_or_no(field: &'static str, text: &str, says: &'static str) -> Result<bool, Violation> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Violation::new(field, "missing", says)),
    }
}

fn whole(field: &'static str, text: &str, says: &'static str) -> Result<i64, Violation> {
    text.trim().parse().map_err(|_| Violation::new(field, "malformed", says))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed() -> RuleInput {
        RuleInput::of(Part::Decides, &Rule::majority(14))
    }

    fn fields(input: &RuleInput) -> Vec<String> {
        let wrong = input.read().err().into_iter().flatten();
        wrong.map(|violation| violation.field.into_owned()).collect()
    }

    #[test]
    fn everything_that_is_wrong_with_a_rule_is_told_at_once() {
        assert_eq!(fields(&typed()), Vec::<String>::new());
        let all = ["part", "threshold", "objection_blocks", "suspends_overdue", "days", "minimum_days"];
        assert_eq!(fields(&RuleInput::default()), all);
        for number in ["", "1", "51", "-3", "many"] {
            let count = RuleInput { threshold: "count".to_owned(), number: number.to_owned(), ..typed() };
            assert_eq!(fields(&count), ["number"], "{number}");
        }
        assert_eq!(fields(&RuleInput { days: "91".to_owned(), minimum_days: "92".to_owned(), ..typed() }).len(), 2);
    }

    #[test]
    fn a_number_is_looked_at_only_where_it_is_asked_for() {
        let majority = RuleInput { number: "nonsense".to_owned(), ..typed() };
        assert_eq!(majority.read(), Ok((Part::Decides, Rule::majority(14))));
    }

    #[test]
    fn a_term_has_a_first_day_and_may_have_no_last() {
        let input = |from: &str, until: &str| TermInput { from: from.into(), until: until.into(), is_chair: false };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(input("2027-01-01", "").read(), Ok((day("2027-01-01"), None)));
        assert_eq!(input("2027-01-01", "2028-12-31").read(), Ok((day("2027-01-01"), Some(day("2028-12-31")))));
        assert_eq!(input("", "31.12.2027").read().unwrap_err().len(), 2);
        assert_eq!(parse_end("").unwrap_err().code, "missing");
        assert_eq!(parse_end("2027-06-30"), Ok(day("2027-06-30")));
    }

    proptest! {
        #[test]
        fn a_rule_that_can_be_typed_reads_back_as_it_stands(
            threshold in prop_oneof![
                Just(Threshold::MAJORITY),
                Just(Threshold::TWO_THIRDS),
                Just(Threshold::UNANIMITY),
                (FEWEST_APPROVALS..=MOST_APPROVALS).prop_map(|number| Threshold::count(number).unwrap()),
            ],
            [objection_blocks, suspends_overdue] in any::<[bool; 2]>(),
            days in 1i64..=90,
            part in prop::sample::select(Part::ALL.to_vec()),
        ) {
            let rule = Rule { threshold, objection_blocks, days, minimum_days: days / 2, suspends_overdue };
            prop_assert_eq!(RuleInput::of(part, &rule).read(), Ok((part, rule)));
        }
    }
}
