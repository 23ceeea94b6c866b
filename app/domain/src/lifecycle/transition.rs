//! A step from one stage to another.

use crate::{Violation, integration::Stage};

/// A single step. Every one is reversible until End of Support, which is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transition {
    from: Stage,
    to: Stage,
}

impl Transition {
    /// The step, if it is one.
    pub fn new(from: Stage, to: Stage) -> Result<Self, Violation> {
        if Self::targets(from).contains(&to) {
            return Ok(Self { from, to });
        }
        let message = if from == Stage::EndOfSupport {
            "End of Support is final".to_owned()
        } else {
            format!(
                "From {} it goes {}",
                from.label(),
                Self::targets(from).iter().map(|to| format!("to {}", to.label())).collect::<Vec<_>>().join(" or ")
            )
        };
        Err(Violation::with_message("to", "step", message))
    }

    /// The stages that are one step away.
    pub fn targets(from: Stage) -> Vec<Stage> {
        let next = Stage::ALL.iter().copied().find(|stage| *stage > from);
        let back = Stage::ALL.iter().copied().rev().find(|stage| *stage < from);
        if from == Stage::EndOfSupport { vec![] } else { next.into_iter().chain(back).collect() }
    }

    /// From where.
    #[must_use]
    pub const fn from(self) -> Stage {
        self.from
    }

    /// To where.
    #[must_use]
    pub const fn to(self) -> Stage {
        self.to
    }

    /// Whether it goes back.
    #[must_use]
    pub fn is_back(self) -> bool {
        self.to < self.from
    }

    /// Whether a plan and a public notice belong to it.
    #[must_use]
    pub fn needs_plan(self) -> bool {
        self.to == Stage::Deprecation && !self.is_back()
    }

    /// Whether the window of the deprecation must have passed.
    #[must_use]
    pub fn needs_window(self) -> bool {
        self.to == Stage::EndOfSupport
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_move_by_single_steps_and_never_from_the_last() {
        for from in Stage::ALL {
            for to in Stage::ALL {
                let distance = (*from as i32 - *to as i32).abs();
                let is_step = distance == 1 && *from != Stage::EndOfSupport;
                assert_eq!(Transition::new(*from, *to).is_ok(), is_step, "{from:?} {to:?}");
            }
        }
        let refused = Transition::new(Stage::Maintenance, Stage::EndOfSupport).unwrap_err();
        assert_eq!(refused.message, "From Maintenance it goes to Deprecation or to Active");
    }

    #[test]
    fn only_entering_deprecation_needs_a_plan_and_only_the_end_a_window() {
        let step = |from, to| Transition::new(from, to).unwrap();
        assert!(step(Stage::Maintenance, Stage::Deprecation).needs_plan());
        assert!(!step(Stage::Deprecation, Stage::Maintenance).needs_plan());
        assert!(step(Stage::Deprecation, Stage::EndOfSupport).needs_window());
        assert!(step(Stage::Deprecation, Stage::Maintenance).is_back());
    }
}
