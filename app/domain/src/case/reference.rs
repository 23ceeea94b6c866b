//! How a case is called everywhere.

use super::CaseKind;

/// `PJ-2026-0042`: kind, year, and a number of at least four digits. Ordered by year and number within a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseRef {
    /// What it is about.
    pub kind: CaseKind,
    /// The year in which its draft was started, in UTC.
    pub year: i32,
    /// Its number within kind and year, from 1.
    pub number: i64,
}

impl CaseRef {
    /// Reads a reference, in capitals or not. One that we would write otherwise is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (kind, rest) = text.split_once('-')?;
        let (year, number) = rest.split_once('-')?;
        let case = Self { kind: CaseKind::from_word(kind)?, year: year.parse().ok()?, number: number.parse().ok()? };
        (case.number > 0 && case.to_string() == text).then_some(case)
    }
}

impl std::fmt::Display for CaseRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:04}-{:04}", self.kind.as_str(), self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reference_reads_as_it_is_written_and_nothing_else_is_one() {
        let case = CaseRef::parse("pj-2026-0042").unwrap();
        assert_eq!((case.to_string(), case.number), ("PJ-2026-0042".into(), 42));
        assert_eq!(CaseRef::parse("PJ-2026-12345").unwrap().to_string(), "PJ-2026-12345");
        for text in
            ["", "PJ", "PJ-2026-42", "PJ-2026-0000", "PJ-2026--001", "XX-2026-0042", "PJ-2026-00042", "PJ-2026-0042-1"]
        {
            assert_eq!(CaseRef::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_is_total(text in "(PJ-[0-9]{1,5}-[0-9]{1,6})|.{0,20}") {
            if let Some(case) = CaseRef::parse(&text) {
                prop_assert_eq!(CaseRef::parse(&case.to_string()), Some(case));
            }
        }

        #[test]
        fn references_are_ordered_by_year_and_number(a in (2000i32..2100, 1i64..99_999), b in (2000i32..2100, 1i64..99_999)) {
            let case = |(year, number)| CaseRef { kind: CaseKind::PermissionJustification, year, number };
            prop_assert_eq!(case(a).cmp(&case(b)), a.cmp(&b));
        }
    }
}
