//! One permission as a partner declares it, answered or still to be answered.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Answer, Examples, Retention};
use crate::{
    integration::Stage,
    partner::Tier,
    permission::{Catalogue, Entry, FieldName, PermissionKey},
};

/// What is asked about a permission, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// What it will be used for.
    Purpose,
    /// Why a narrower one would not do.
    Narrower,
    /// Where the person consents.
    Consent,
    /// How the data is deleted, and how that can be checked.
    Deletion,
    /// What happens if it is refused.
    IfRefused,
    /// How compliance was checked before a change in Maintenance.
    ComplianceNote,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Purpose, Self::Narrower, Self::Consent, Self::Deletion, Self::IfRefused, Self::ComplianceNote];

    /// The form's field.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Narrower => "narrower",
            Self::Consent => "consent",
            Self::Deletion => "deletion",
            Self::IfRefused => "if_refused",
            Self::ComplianceNote => "compliance_note",
        }
    }

    /// The question.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Purpose => "What will you use it for?",
            Self::Narrower => "Why does a narrower permission fail?",
            Self::Consent => "Where does the person consent?",
            Self::Deletion => "How do you delete the data?",
            Self::IfRefused => "What happens if it is refused?",
            Self::ComplianceNote => "How did you check compliance before this change?",
        }
    }

    /// What a good answer says.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Purpose => "One purpose, in words the person giving consent would recognise.",
            Self::Narrower => "Name the narrower permission and what people could not do with it.",
            Self::Consent => "The screen, its words, and how often you ask.",
            Self::Deletion => "What deletes it, when, and which log shows that it was.",
            Self::IfRefused => "What people could not do, and what you would do instead.",
            Self::ComplianceNote => "In Maintenance a check comes before each change: whose, when, with what outcome.",
        }
    }

    /// A good answer, and one that helps nobody.
    pub const fn examples(self) -> Examples {
        match self {
            Self::Purpose => Examples {
                good: "To mark on a person’s timeline which debts are still open, so that they see what to dispute next.",
                poor: "To improve the user experience.",
            },
            Self::Narrower => Examples {
                good: "read:items.count says how many debts there are, not which are open: the timeline could mark none.",
                poor: "We need all of the data.",
            },
            Self::Consent => Examples {
                good: "Before the timeline first opens: ‘Show here which debts are open?’ We ask again each year.",
                poor: "People accept our terms of service.",
            },
            Self::Deletion => Examples {
                good: "It is held in memory and cleared as the page closes; a line in the deletion log names run and time.",
                poor: "Data is deleted regularly.",
            },
            Self::IfRefused => Examples {
                good: "The timeline shows dates without a status, and people look each debt up in KWANUS OS.",
                poor: "The product does not work.",
            },
            Self::ComplianceNote => Examples {
                good: "Our data protection officer checked the deletion log on 3 November 2026. Nothing was left open.",
                poor: "We are compliant.",
            },
        }
    }

    /// What to say where the answer is missing.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Purpose => "Say what you will use it for",
            Self::Narrower => "Say why a narrower permission fails",
            Self::Consent => "Say where the person consents",
            Self::Deletion => "Say how you delete the data",
            Self::IfRefused => "Say what happens if it is refused",
            Self::ComplianceNote => "Say how you checked compliance before this change",
        }
    }

    /// The section of the specification that asks.
    pub const fn section(self) -> u8 {
        match self {
            Self::Purpose | Self::Narrower | Self::IfRefused => 6,
            Self::Consent => 7,
            Self::Deletion => 8,
            Self::ComplianceNote => 10,
        }
    }
}

/// One permission as declared. What is `None` or empty is still to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredPermission {
    /// Which, of the catalogue.
    pub key: PermissionKey,
    /// The fields that it is wanted for.
    pub fields: BTreeSet<FieldName>,
    /// The answers, in the order of [`Question::ALL`].
    pub answers: [Option<Answer>; 6],
    /// How long the data is kept.
    pub retention: Option<Retention>,
    /// The last day on which it is wanted.
    pub until: Option<NaiveDate>,
    /// Why the boards should allow what is restricted.
    pub reason: Option<Answer>,
}

impl DeclaredPermission {
    /// A permission about which nothing is answered yet.
    #[must_use]
    pub fn new(key: PermissionKey) -> Self {
        Self { key, fields: BTreeSet::new(), answers: [const { None }; 6], retention: None, until: None, reason: None }
    }

    /// The answer to a question, if there is one.
    #[must_use]
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.answers[question as usize].as_ref()
    }

    /// What is asked about it of a partner of that tier, for an integration in that stage. Why a narrower permission fails
    /// is asked only where the catalogue holds one; how compliance was checked, only in Maintenance.
    #[must_use]
    pub fn questions(&self, catalogue: &Catalogue, tier: Tier, stage: Stage) -> Vec<Question> {
        let has_narrower = || {
            let Some(entry) = catalogue.entry(&self.key) else { return false };
            // Before fields are chosen, all that it reaches is wanted.
            let wanted = if self.fields.is_empty() { reached(entry) } else { self.fields.clone() };
            !catalogue.narrower(entry, &wanted, tier).is_empty()
        };
        let is_asked = |question: &Question| match question {
            Question::Narrower => has_narrower(),
            Question::ComplianceNote => stage == Stage::Maintenance,
            Question::Purpose | Question::Consent | Question::Deletion | Question::IfRefused => true,
        };
        Question::ALL.into_iter().filter(is_asked).collect()
    }

    /// What is asked about it where some of its fields are chosen and not where all are. A form has room for it from the
    /// beginning: what is chosen there is known only when it is sent.
    #[must_use]
    pub fn questions_of_fewer_fields(&self, catalogue: &Catalogue, tier: Tier) -> Vec<Question> {
        let Some(entry) = catalogue.entry(&self.key) else { return vec![] };
        let has_narrower = |wanted: &BTreeSet<FieldName>| !catalogue.narrower(entry, wanted, tier).is_empty();
        // What holds several fields holds each of them.
        let is_of_fewer = !has_narrower(&reached(entry))
            && reached(entry).into_iter().any(|one| has_narrower(&BTreeSet::from([one])));
        if is_of_fewer { vec![Question::Narrower] } else { vec![] }
    }
}

/// All fields that an entry reaches.
fn reached(entry: &Entry) -> BTreeSet<FieldName> {
    entry.fields.iter().map(|field| field.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(key: &str, fields: &[&str], tier: Tier, stage: Stage) -> Vec<Question> {
        let fields = fields.iter().map(|name| FieldName::parse(name).unwrap()).collect();
        let permission = DeclaredPermission { fields, ..DeclaredPermission::new(PermissionKey::parse(key).unwrap()) };
        permission.questions(&Catalogue::built_in().unwrap(), tier, stage)
    }

    #[test]
    fn why_a_narrower_one_fails_is_asked_where_there_is_a_narrower_one() {
        for (key, fields, is_asked) in [
            ("read:items.summary", &[][..], true),
            ("read:items.summary", &["items.status"], true),
            ("read:disputes.selection", &[], false),
            ("read:disputes.selection", &["disputes.selection"], false),
            ("write:disputes.selection", &["disputes.selection"], false),
            ("workflow:dispute.prepare", &["items.id"], false),
            // What the catalogue does not hold is refused for that.
            ("read:of.nothing", &[], false),
        ] {
            let asked = asked(key, fields, Tier::Three, Stage::Active);
            assert_eq!(asked.contains(&Question::Narrower), is_asked, "{key} {fields:?}");
        }
    }

    #[test]
    fn what_is_asked_of_fewer_fields_alone_is_told_apart() {
        let catalogue = Catalogue::built_in().unwrap();
        for (key, is_of_fewer) in [
            // All of it is reached by nothing narrower, and one of its fields is.
            ("read:reports.summary", true),
            // It is asked whatever is chosen.
            ("read:items.summary", false),
            // It is never asked.
            ("read:disputes.selection", false),
            ("read:of.nothing", false),
        ] {
            let permission = DeclaredPermission::new(PermissionKey::parse(key).unwrap());
            let asked = permission.questions_of_fewer_fields(&catalogue, Tier::Three);
            assert_eq!(asked == [Question::Narrower], is_of_fewer, "{key}");
        }
        assert!(asked("read:reports.summary", &["reports.id"], Tier::One, Stage::Active).contains(&Question::Narrower));
        assert!(!asked("read:reports.summary", &[], Tier::One, Stage::Active).contains(&Question::Narrower));
    }

    #[test]
    fn a_compliance_note_is_asked_for_in_maintenance_alone() {
        let is_asked = |stage| asked("read:items.status", &[], Tier::One, stage).contains(&Question::ComplianceNote);
        let stages: Vec<_> = Stage::ALL.iter().copied().filter(|stage| is_asked(*stage)).collect();
        assert_eq!(stages, [Stage::Maintenance]);
    }

    #[test]
    fn every_question_has_a_good_and_a_poor_answer_which_the_form_takes() {
        for question in Question::ALL {
            let Examples { good, poor } = question.examples();
            assert!(good.len() > poor.len() && !question.hint().is_empty(), "{question:?}");
            assert!(Answer::parse(good).is_ok() && Answer::parse(poor).is_ok(), "{question:?}");
        }
    }
}
