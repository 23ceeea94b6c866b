//! What members declare of their relations to partners, and what follows from it.

use chrono::{Months, NaiveDate};

use crate::{
    Violation,
    text::{prose, text},
    time::{parse_date, show_date},
    words::words,
};

crate::id::id! {
    /// A declared relation of a person to a partner.
    ConflictId
}

/// For how many months a hard relation that has ended still weighs something.
const COOLING_MONTHS: Months = Months::new(24);
/// For how many days somebody's word that they have nothing else to declare is good.
pub const DECLARATION_DAYS: i64 = 365;
/// The longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// What somebody is to a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Works for it, or is paid by it.
    Employment,
    /// Owns a share of it.
    Equity,
    /// Somebody close works for it or owns a share.
    Family,
    /// Buys from it, or sells to it.
    Client,
}

words!(Relation { Employment = "employment", Equity = "equity", Family = "family", Client = "client" });

impl Relation {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Employment => "Employment",
            Self::Equity => "Equity",
            Self::Family => "Family",
            Self::Client => "Client",
        }
    }

    /// What it takes in.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Employment => "Works for the partner, advises it for pay, or sits in its management.",
            Self::Equity => "Owns a share of the partner, or has a right to one.",
            Self::Family => "Somebody close works for the partner or owns a share of it.",
            Self::Client => "Buys from the partner, or sells to it.",
        }
    }

    /// What it weighs while it lasts. By default employment, equity and family are hard, and a client is soft.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Employment | Self::Equity | Self::Family => Weight::Hard,
            Self::Client => Weight::Soft,
        }
    }
}

/// What a relation means on a partner's case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// It is shown beside the position, and bars from chairing the case.
    Soft,
    /// It recuses.
    Hard,
}

words!(Weight { Soft = "soft", Hard = "hard" });

impl Weight {
    /// What it does.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Soft => "Soft: shown beside the position",
            Self::Hard => "Hard: recused",
        }
    }
}

text! {
    /// What else there is to say about a relation: up to 500 characters.
    ConflictNote
}

impl ConflictNote {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("note", "Write a note", LONGEST_NOTE, text).map(Self)
    }

    /// Reads what was typed where none need be given.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// A relation as it was declared: from the start of one date to the end of another, at 24:00 UTC, or open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Which.
    pub relation: Relation,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: Option<NaiveDate>,
}

impl Declared {
    /// Reads what was typed.
    pub fn parse(relation: &str, from: &str, until: &str) -> Result<Self, Vec<Violation>> {
        let relation = Relation::from_word(relation)
            .ok_or_else(|| Violation::new("relation", "missing", "Choose what the relation is"));
        let from = parse_date("from", from).and_then(|day| {
            day.ok_or_else(|| Violation::new("from", "missing", "Enter the day on which it began, such as 2025-03-01"))
        });
        let until = parse_date("until", until);
        match (relation, from, until) {
            (Ok(_), Ok(from), Ok(Some(until))) if until < from => {
                Err(vec![Violation::new("until", "backwards", "Choose a last day that is not before the first")])
            }
            (Ok(relation), Ok(from), Ok(until)) => Ok(Self { relation, from, until }),
            (relation, from, until) => Err(relation.err().into_iter().chain(from.err()).chain(until.err()).collect()),
        }
    }

    /// What it weighs on that day. A hard relation that has ended within the last 24 months stays soft; a soft one weighs
    /// nothing once it has ended, and none weighs anything before it begins.
    #[must_use]
    pub fn weight(self, today: NaiveDate) -> Option<Weight> {
        let weight = self.relation.weight();
        if today < self.from {
            return None;
        }
        match self.until {
            Some(until) if until < today => {
                let is_recent = until.checked_add_months(COOLING_MONTHS).is_none_or(|end| today <= end);
                (weight == Weight::Hard && is_recent).then_some(Weight::Soft)
            }
            _ => Some(weight),
        }
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Whether both say the same of some day.
    #[must_use]
    pub fn repeats(self, other: Self) -> bool {
        let last = |declared: Self| declared.until.unwrap_or(NaiveDate::MAX);
        self.relation == other.relation && self.from <= last(other) && other.from <= last(self)
    }

    /// The last day that was typed for a relation that was declared on a day: it ends no earlier than it was said to last, and
    /// no later than it was to end.
    pub fn end(self, last_day: &str, declared_on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Violation> {
        let violation = |code, message| Violation::with_message("last_day", code, message);
        if self.is_over(today) {
            return Err(violation("over", "It has ended already".to_owned()));
        }
        let day = parse_date("last_day", last_day)?
            .ok_or_else(|| violation("missing", "Enter its last day, such as 2026-11-30".to_owned()))?;
        // Whoever could end it earlier could undo what it meant in the meantime.
        let earliest = self.from.max(declared_on);
        if day < earliest {
            let message = format!("Choose {} or later: until then it was declared", show_date(earliest));
            Err(violation("too_early", message))
        } else if let Some(until) = self.until.filter(|until| day > *until) {
            Err(violation("too_late", format!("Choose {} or earlier: it ends then by itself", show_date(until))))
        } else {
            Ok(day)
        }
    }
}

/// What somebody's relations to a partner weigh together on that day: the heaviest counts.
#[must_use]
pub fn weight(declared: &[Declared], today: NaiveDate) -> Option<Weight> {
    declared.iter().filter_map(|declared| declared.weight(today)).max()
}

/// The earliest last day of a relation that can weigh anything on that day.
#[must_use]
pub fn weighs_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(COOLING_MONTHS).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn declared(relation: Relation, from: &str, until: Option<&str>) -> Declared {
        Declared { relation, from: day(from), until: until.map(day) }
    }

    #[test]
    fn a_hard_relation_recuses_and_stays_soft_for_two_years() {
        let job = declared(Relation::Employment, "2025-01-01", Some("2026-11-18"));
        for (today, weight) in [
            ("2024-12-31", None),
            ("2025-01-01", Some(Weight::Hard)),
            ("2026-11-18", Some(Weight::Hard)),
            ("2026-11-19", Some(Weight::Soft)),
            ("2028-11-18", Some(Weight::Soft)),
            ("2028-11-19", None),
        ] {
            assert_eq!(job.weight(day(today)), weight, "{today}");
        }
        let client = declared(Relation::Client, "2025-01-01", Some("2026-11-18"));
        assert_eq!(client.weight(day("2026-11-18")), Some(Weight::Soft));
        assert_eq!(client.weight(day("2026-11-19")), None);
        assert_eq!(declared(Relation::Family, "2025-01-01", None).weight(day("2999-01-01")), Some(Weight::Hard));
    }

    #[test]
    fn the_heaviest_relation_counts() {
        let client = declared(Relation::Client, "2025-01-01", None);
        let equity = declared(Relation::Equity, "2025-01-01", Some("2026-11-01"));
        assert_eq!(weight(&[], day("2026-11-01")), None);
        assert_eq!(weight(&[client, equity], day("2026-11-01")), Some(Weight::Hard));
        assert_eq!(weight(&[client, equity], day("2026-11-02")), Some(Weight::Soft));
    }

    #[test]
    fn what_is_typed_is_read_whole_or_told_whole() {
        let read = Declared::parse("client", "2025-03-01", "").unwrap();
        assert_eq!(read, declared(Relation::Client, "2025-03-01", None));
        let wrong = Declared::parse("friend", "", "soon").unwrap_err();
        assert_eq!(wrong.iter().map(|violation| &*violation.field).collect::<Vec<_>>(), ["relation", "from", "until"]);
        assert_eq!(Declared::parse("client", "2025-03-02", "2025-03-01").unwrap_err()[0].field, "until");
        assert_eq!(ConflictNote::parse_optional(" "), Ok(None));
        assert_eq!(ConflictNote::parse_optional(&"a".repeat(501)).unwrap_err().code, "too_long");
    }

    #[test]
    fn a_relation_ends_no_earlier_than_it_was_said_to_last() {
        let job = declared(Relation::Employment, "2025-01-01", None);
        let end = |job: Declared, text| job.end(text, day("2026-06-01"), day("2026-11-18"));
        assert_eq!(end(job, "2026-06-01"), Ok(day("2026-06-01")));
        assert_eq!(end(job, "2027-01-31"), Ok(day("2027-01-31")));
        assert_eq!(end(job, "2026-05-31").unwrap_err().code, "too_early");
        assert_eq!(end(job, "").unwrap_err().code, "missing");
        let short = declared(Relation::Employment, "2025-01-01", Some("2026-12-31"));
        assert_eq!(end(short, "2027-01-01").unwrap_err().code, "too_late");
        let over = declared(Relation::Employment, "2025-01-01", Some("2026-11-17"));
        assert_eq!(end(over, "2026-11-17").unwrap_err().code, "over");
        // What is to begin later ends on its first day at the earliest.
        let coming = declared(Relation::Employment, "2027-01-01", None);
        assert_eq!(end(coming, "2026-12-31").unwrap_err().code, "too_early");
        assert_eq!(end(coming, "2027-01-01"), Ok(day("2027-01-01")));
    }

    #[test]
    fn the_same_relation_is_said_once_of_a_day() {
        let job = declared(Relation::Employment, "2025-01-01", Some("2026-11-18"));
        assert!(job.repeats(declared(Relation::Employment, "2026-11-18", None)));
        assert!(!job.repeats(declared(Relation::Employment, "2026-11-19", None)));
        assert!(!job.repeats(declared(Relation::Client, "2025-01-01", None)));
    }

    fn any_declared() -> impl Strategy<Value = Declared> {
        (0..4_usize, 0..2000_i64, prop::option::of(0..1500_i64)).prop_map(|(relation, from, length)| {
            let from = day("2023-01-01") + chrono::Duration::days(from);
            let until = length.map(|length| from + chrono::Duration::days(length));
            Declared { relation: Relation::ALL[relation], from, until }
        })
    }

    proptest! {
        #[test]
        fn another_declaration_never_makes_it_lighter(
            declared in prop::collection::vec(any_declared(), 0..6), more in any_declared(), days in 0..3000_i64,
        ) {
            let today = day("2023-01-01") + chrono::Duration::days(days);
            let before = weight(&declared, today);
            let after = weight(&[declared, vec![more]].concat(), today);
            prop_assert!(after >= before);
        }

        #[test]
        fn what_ended_before_the_limit_weighs_nothing(declared in any_declared(), days in 0..3000_i64) {
            let today = day("2023-01-01") + chrono::Duration::days(days);
            if declared.until.is_some_and(|until| until < weighs_since(today)) {
                prop_assert_eq!(declared.weight(today), None);
            }
        }
    }
}
