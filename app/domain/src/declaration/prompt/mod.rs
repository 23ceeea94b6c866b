//! What partners are asked about each part of a declaration, in the words of the form.

mod compliance;
mod layer;

use super::PartKind;

/// A question about a part of a declaration. Its field is that of the manifest.
#[derive(Clone, Copy, Debug)]
pub struct Prompt {
    /// The name of the field, the same in the form, the manifest and the findings.
    pub field: &'static str,
    /// The question.
    pub label: &'static str,
    /// How to answer it.
    pub hint: &'static str,
    /// A good answer, and one that helps nobody; empty where a hint is enough.
    pub examples: (&'static str, &'static str),
    /// How it is answered.
    pub control: Control,
    /// For which kind of workflow alone it is asked; empty where it always is.
    pub when: &'static str,
}

/// How a question is answered. What is typed is text; several values stand one a line.
#[derive(Clone, Copy, Debug)]
pub enum Control {
    /// A line of text.
    Line,
    /// Several lines of text.
    Prose,
    /// A whole number.
    Number,
    /// How often at most: a whole number.
    Rate,
    /// A percentage.
    Percent,
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
    /// Something a line.
    Lines,
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
        Self { field, label, hint, examples: ("", ""), control, when: "" }
    }

    const fn such_as(self, good: &'static str, bad: &'static str) -> Self {
        Self { examples: (good, bad), ..self }
    }

    const fn only_if(self, when: &'static str) -> Self {
        Self { when, ..self }
    }

    /// What was typed, in the words of the page.
    #[must_use]
    pub fn shown(&self, typed: &str) -> String {
        let of = |choices: &'static [Choice], word: &str| {
            choices.iter().find(|choice| choice.value == word).map_or_else(|| word.to_owned(), |it| it.label.to_owned())
        };
        match self.control {
            Control::Confirm | Control::YesNo => if typed == "yes" { "Yes" } else { "No" }.to_owned(),
            Control::Percent => format!("{typed} %"),
            Control::Choice(choices) => of(choices, typed),
            Control::Several(choices) => typed.lines().map(|word| of(choices, word)).collect::<Vec<_>>().join(", "),
            Control::Permissions | Control::Lines => typed.lines().collect::<Vec<_>>().join(", "),
            Control::Line | Control::Prose | Control::Number | Control::Rate => typed.to_owned(),
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
