//! What stands beside a deprecation: the partner's plan, and the notice to the public.

use super::Window;
use crate::{Violation, declaration::Answer};

/// What a plan speaks of, in the order of the form (`PartnerDeprecationSpec`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// What everybody reads.
    Notice,
    /// How users move on.
    Migration,
    /// What goes on working beside it.
    Compatibility,
    /// How that is tested.
    Testing,
    /// How it is undone.
    Rollback,
    /// What remains, read-only.
    Fallback,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Notice, Self::Migration, Self::Compatibility, Self::Testing, Self::Rollback, Self::Fallback];

    /// The form's field.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Migration => "migration",
            Self::Compatibility => "compatibility",
            Self::Testing => "testing",
            Self::Rollback => "rollback",
            Self::Fallback => "fallback",
        }
    }

    /// Its label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Notice => "Notice to the public",
            Self::Migration => "Migration plan",
            Self::Compatibility => "Compatibility plan",
            Self::Testing => "Testing plan",
            Self::Rollback => "Rollback plan",
            Self::Fallback => "Fallback, read-only",
        }
    }

    /// What a good one says.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Notice => "What is deprecated and why, in words its users understand. Anybody can read it.",
            Self::Migration => "Where people go, how their data moves, and by when.",
            Self::Compatibility => "What goes on working beside it until then.",
            Self::Testing => "How the partner tests that people can move.",
            Self::Rollback => "How the partner goes back if moving fails.",
            Self::Fallback => "What stays readable when writes and intelligence rest.",
        }
    }
}

/// A plan, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In the order of [`Topic::ALL`].
    pub texts: [Answer; 6],
    /// How long the deprecation lasts at least.
    pub window: Window,
}

/// A plan as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanInput {
    /// In the order of [`Topic::ALL`].
    pub texts: [String; 6],
    /// In months.
    pub window: String,
}

impl Plan {
    /// The plan, if no text is missing.
    #[must_use]
    pub fn whole(texts: [Option<Answer>; 6], window: Window) -> Option<Self> {
        let texts: Vec<_> = texts.into_iter().collect::<Option<_>>()?;
        Some(Self { texts: texts.try_into().ok()?, window })
    }

    /// The text on a topic.
    #[must_use]
    pub fn text(&self, topic: Topic) -> &Answer {
        &self.texts[topic as usize]
    }
}

impl PlanInput {
    /// Everything that is wrong at once, or the plan.
    pub fn parse(&self) -> Result<Plan, Vec<Violation>> {
        let mut violations = Vec::new();
        let read = Topic::ALL.map(|topic| {
            let missing = || {
                Violation::with_message(topic.field(), "missing", format!("Give the {}", topic.label().to_lowercase()))
            };
            match Answer::parse_draft(topic.field(), &self.texts[topic as usize]) {
                Ok(Some(text)) => Some(text),
                Ok(None) => {
                    violations.push(missing());
                    None
                }
                Err(violation) => {
                    violations.push(violation);
                    None
                }
            }
        });
        let window = Window::parse(&self.window).map_err(|violation| violations.push(violation)).ok();
        window.and_then(|window| Plan::whole(read, window)).ok_or(violations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_whole_or_everything_that_is_missing_is_said_at_once() {
        let mut input = PlanInput { texts: std::array::from_fn(|n| format!("text {n}")), window: "12".into() };
        let plan = input.parse().unwrap();
        assert_eq!((plan.text(Topic::Rollback).as_str(), plan.window.in_months()), ("text 4", 12));
        input.texts[0] = " ".into();
        input.texts[5] = "x".repeat(3000);
        input.window = "3".into();
        let violations = input.parse().unwrap_err();
        let fields: Vec<_> = violations.iter().map(|violation| &*violation.field).collect();
        assert_eq!(fields, ["notice", "fallback", "window"]);
    }
}
