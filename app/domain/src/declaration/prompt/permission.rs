//! What is asked about a permission besides its questions, and of its evidence (`PartnerIntegrationSpec` §6, §8).

use super::{Control, Examples, Prompt, such_as};

/// How long the data is kept.
pub const RETENTION: Prompt = Prompt::new(
    "retention",
    "How many hours do you keep the data?",
    "Counted from the end of the workflow; 0 if it is deleted with it. Up to 24 is allowed, more is weighed.",
    Control::Number(such_as("24", "As long as we need it")),
);

/// Why the boards should allow what is restricted.
pub const REASON: Prompt = Prompt::new(
    "reason",
    "Why should the boards allow what is restricted?",
    "Only where something above is restricted, or a workflow, a component or a copy of the data that uses this permission. Otherwise leave it empty.",
    Control::Prose(such_as(
        "A dispute takes up to 30 days to be answered. Without the copy people would type eleven values again; it is deleted with the answer.",
        "Our product needs it.",
    )),
);

/// What somebody says that evidence shows.
pub const EVIDENCE_NOTE: Examples = such_as(
    "The screen on which people consent, in version 1.4. Its second line names the data and for how long we keep it.",
    "A screenshot.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::{Answer, Retention};

    #[test]
    fn a_good_example_is_taken_and_a_poor_number_is_none() {
        let Examples { good, poor } = RETENTION.examples().unwrap();
        assert_eq!(Retention::parse_draft(good), Ok(Some(Retention::hours(24))));
        assert!(Retention::parse_draft(poor).is_err());
        for Examples { good, poor } in [REASON.examples().unwrap(), EVIDENCE_NOTE] {
            assert!(Answer::parse(good).is_ok() && Answer::parse(poor).is_ok() && good.len() > poor.len(), "{good}");
        }
    }
}
