//! What partners are asked about each part of a declaration, in the words of the form.

mod compliance;
mod layer;
mod permission;

pub use permission::{EVIDENCE_NOTE, REASON, RETENTION};

use super::PartKind;

/// A question about a part of a declaration. Its field is that of the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Prompt {
    /// The name of the field, the same in the form, the manifest and the findings.
    pub field: &'static str,
    /// The question.
    pub label: &'static str,
    /// How to answer it, or what is meant.
    pub hint: &'static str,
    /// How it is answered.
    pub control: Control,
    /// For which kind of workflow alone it is asked; empty where it always is.
    pub when: &'static str,
}

/// A good answer, and one that helps nobody.
#[derive(Clone, Copy, Debug)]
pub struct Examples {
    /// The good one, which the form takes.
    pub good: &'static str,
    /// The poor one.
    pub poor: &'static str,
}

const fn such_as(good: &'static str, poor: &'static str) -> Examples {
    Examples { good, poor }
}

/// How a question is answered. What is typed is text, and has examples; several values stand one a line. What is chosen or
/// confirmed is explained by the hint of the question or by those of its choices.
#[derive(Clone, Copy, Debug)]
pub enum Control {
    /// A line of text.
    Line(Examples),
    /// Several lines of text.
    Prose(Examples),
    /// A whole number.
    Number(Examples),
    /// How often at most: a whole number.
    Rate(Examples),
    /// A percentage.
    Percent(Examples),
    /// Something a line.
    Lines(Examples),
    /// To be confirmed: `yes`, or nothing.
    Confirm,
    /// `yes`, `no`, or nothing where it is still to be said.
    YesNo,
    /// One of these.
    Choice(&'static [Choice]),
    /// Any of these.
    Several(&'static [Choice]),
    /// Permissions, by key.
    Permissions,
}

/// Something to choose.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The word in the manifest.
    pub value: &'static str,
    /// What stands beside it.
    pub label: &'static str,
    /// What it means.
    pub hint: &'static str,
}

impl Prompt {
    const fn new(field: &'static str, label: &'static str, hint: &'static str, control: Control) -> Self {
        Self { field, label, hint, control, when: "" }
    }

    const fn only_if(self, when: &'static str) -> Self {
        Self { when, ..self }
    }

    /// A good and a poor answer, where it is typed.
    #[must_use]
    pub const fn examples(&self) -> Option<Examples> {
        match self.control {
            Control::Line(examples)
            | Control::Prose(examples)
            | Control::Number(examples)
            | Control::Rate(examples)
            | Control::Percent(examples)
            | Control::Lines(examples) => Some(examples),
            Control::Confirm | Control::YesNo | Control::Choice(_) | Control::Several(_) | Control::Permissions => None,
        }
    }

    /// What was typed, in the words of the page.
    #[must_use]
    pub fn shown(&self, typed: &str) -> String {
        let of = |choices: &'static [Choice], word: &str| {
            choices.iter().find(|choice| choice.value == word).map_or_else(|| word.to_owned(), |it| it.label.to_owned())
        };
        match self.control {
            Control::Confirm | Control::YesNo => if typed == "yes" { "Yes" } else { "No" }.to_owned(),
            Control::Percent(_) => format!("{typed} %"),
            Control::Choice(choices) => of(choices, typed),
            Control::Several(choices) => typed.lines().map(|word| of(choices, word)).collect::<Vec<_>>().join(", "),
            Control::Permissions | Control::Lines(_) => typed.lines().collect::<Vec<_>>().join(", "),
            Control::Line(_) | Control::Prose(_) | Control::Number(_) | Control::Rate(_) => typed.to_owned(),
        }
    }
}

impl PartKind {
    /// What is asked about a part of this kind, in the order of its page.
    #[must_use]
    pub const fn prompts(self) -> &'static [Prompt] {
        match self {
            Self::Api => layer::API,
            Self::Endpoint => layer::ENDPOINT,
            Self::Workflow => layer::WORKFLOW,
            Self::Extension => layer::EXTENSION,
            Self::Component => layer::COMPONENT,
            Self::Compliance => compliance::COMPLIANCE,
            Self::Storage => compliance::STORAGE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        declaration::Declaration,
        integration::{Layers, Stage},
        manifest::{Typed, put, typed},
        partner::Tier,
        permission::Catalogue,
        policy::{Context, evaluate},
    };

    #[test]
    fn whatever_is_typed_has_a_good_and_a_poor_example_and_whatever_is_chosen_is_explained() {
        for prompt in PartKind::ALL.iter().flat_map(|kind| kind.prompts()) {
            let is_explained = match (prompt.examples(), prompt.control) {
                (Some(Examples { good, poor }), _) => !good.is_empty() && !poor.is_empty() && good != poor,
                (None, Control::Choice(choices) | Control::Several(choices)) => {
                    choices.iter().all(|choice| !choice.hint.is_empty())
                }
                (None, _) => !prompt.hint.is_empty(),
            };
            assert!(is_explained, "{}", prompt.label);
        }
    }

    #[test]
    fn a_good_example_is_taken_by_its_form_and_held_against_nobody() {
        let mut declaration = Declaration::default();
        for kind in PartKind::ALL {
            let answer = |prompt: &Prompt| match (prompt.examples(), prompt.control) {
                (Some(examples), _) => examples.good,
                // The last kind of workflow is the one of which most is asked.
                (None, Control::Choice(choices)) => choices.last().map_or("", |choice| choice.value),
                (None, _) => "",
            };
            let good: Typed =
                kind.prompts().iter().map(|prompt| (prompt.field.to_owned(), answer(prompt).to_owned())).collect();
            assert_eq!(put(&mut declaration, kind.at(0), &good), Ok(()), "{}", kind.label());
            let kept = typed(&declaration, kind.at(0)).unwrap();
            for prompt in kind.prompts().iter().filter(|prompt| prompt.examples().is_some()) {
                let (field, is_nobody) = (prompt.field, matches!(prompt.control, Control::Lines(_)));
                assert!(kept[field] == good[field] || is_nobody && kept[field].is_empty(), "{}", prompt.label);
            }
        }
        let layers = Layers::parse(["api", "workflow", "extension"]).unwrap();
        let today = "2026-11-18".parse().unwrap();
        let context = Context { tier: Tier::Three, layers: &layers, stage: Stage::Active, granted: &[], today };
        for finding in evaluate(&declaration, &Catalogue::built_in().unwrap(), context) {
            let Some((kind, _)) = finding.place.part.kind() else { continue };
            let prompt = kind.prompts().iter().find(|prompt| prompt.field == finding.place.field).unwrap();
            assert!(prompt.examples().is_none() || finding.verdict().may_submit(), "{finding:?}");
        }
    }

    #[test]
    fn a_poor_number_is_no_number() {
        let is_number =
            |prompt: &&Prompt| matches!(prompt.control, Control::Number(_) | Control::Rate(_) | Control::Percent(_));
        for kind in PartKind::ALL {
            for prompt in kind.prompts().iter().filter(is_number) {
                let poor = prompt.examples().unwrap().poor.to_owned();
                let poor = Typed::from([(prompt.field.to_owned(), poor)]);
                let violations = put(&mut Declaration::default(), kind.at(0), &poor).unwrap_err();
                assert!(violations.iter().any(|violation| violation.field == prompt.field), "{}", prompt.label);
            }
        }
    }
}
