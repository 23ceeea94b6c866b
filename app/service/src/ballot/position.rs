//! A position as it is typed, and what of it can be read before its case is.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::PersonId,
    ballot::{Ask, ConcernName, Condition, ConditionText, MOST_NAMED, MOST_RAISED, Reason, Stance, parse_due},
    permission::PermissionKey,
    request::Anchor,
    review::Rung,
};

use crate::{Error, Result};

/// A position as typed.
#[derive(Clone, Debug, Default)]
pub struct PositionInput {
    /// The word of the stance.
    pub stance: String,
    /// Why.
    pub reason: String,
    /// The keys of the permissions that a recommendation to reduce names.
    pub permissions: Vec<String>,
    /// The numbers of the open concerns that an objection is made with.
    pub held: Vec<String>,
    /// The concerns that an objection raises; empty ones are none.
    pub concerns: Vec<ConcernInput>,
    /// The conditions that are named with an approval; empty ones are none.
    pub conditions: Vec<ConditionInput>,
    /// The revision that the member read.
    pub revision: i64,
}

/// A concern as typed.
#[derive(Clone, Debug, Default)]
pub struct ConcernInput {
    /// What it is called.
    pub name: String,
    /// `whole`, or the key of a permission; nothing is the whole case too.
    pub about: String,
}

/// A condition as typed.
#[derive(Clone, Debug, Default)]
pub struct ConditionInput {
    /// What the partner must do.
    pub text: String,
    /// By which day.
    pub due: String,
    /// The identifier of the member who says whether it is met; nothing is who names it.
    pub owner: String,
}

impl ConditionInput {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.due.trim().is_empty()
    }
}

/// A position that was read, as far as it goes without its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub stance: Stance,
    pub reason: Option<Reason>,
    pub permissions: BTreeSet<PermissionKey>,
    pub held: BTreeSet<i64>,
    pub raised: Vec<(ConcernName, Anchor)>,
    pub conditions: Vec<Condition>,
}

impl PositionInput {
    /// Reads it, with everything that is wrong told at once, in the order of the form. What belongs to another stance is not
    /// looked at.
    pub(super) fn parse(&self, ask: Ask, me: PersonId, today: NaiveDate) -> Result<Position> {
        let mut wrong = Vec::new();
        let stance = keep(ask.read(&self.stance), &mut wrong);
        let permissions = if stance == Some(Stance::Recommend(Rung::Reduce)) {
            self.read_permissions(&mut wrong)
        } else {
            BTreeSet::new()
        };
        let (held, raised) =
            if stance == Some(Stance::Object) { self.read_concerns(&mut wrong) } else { (BTreeSet::new(), vec![]) };
        let conditions = if stance == Some(Stance::ApproveWithConditions) {
            self.read_conditions(me, today, &mut wrong)
        } else {
            vec![]
        };
        let reason = keep(Reason::parse_optional(&self.reason), &mut wrong);
        if reason == Some(None)
            && let Some(wanted) = stance.and_then(Stance::reason_wanted)
        {
            wrong.push(Violation::new("reason", "missing", wanted));
        }
        match (stance, reason) {
            (Some(stance), Some(reason)) if wrong.is_empty() => {
                Ok(Position { stance, reason, permissions, held, raised, conditions })
            }
            _ => Err(Error::Invalid(wrong)),
        }
    }

    fn read_permissions(&self, wrong: &mut Vec<Violation>) -> BTreeSet<PermissionKey> {
        let keys = self.permissions.iter().map(|key| PermissionKey::parse(key)).collect::<Result<BTreeSet<_>, _>>();
        match keys {
            Ok(keys) if keys.is_empty() => {
                wrong.push(Violation::new("permissions", "missing", "Choose the permissions that are to end"));
                keys
            }
            Ok(keys) => keys,
            Err(_) => {
                wrong.push(Violation::new("permissions", "unknown", "Choose from what is granted"));
                BTreeSet::new()
            }
        }
    }

    fn read_concerns(&self, wrong: &mut Vec<Violation>) -> (BTreeSet<i64>, Vec<(ConcernName, Anchor)>) {
        let held: Option<BTreeSet<i64>> = self.held.iter().map(|number| number.parse().ok()).collect();
        if held.is_none() {
            wrong.push(unknown_concern());
        }
        let mut raised: Vec<(ConcernName, Anchor)> = Vec::new();
        for typed in self.concerns.iter().filter(|typed| !typed.name.trim().is_empty()) {
            let about = if typed.about.is_empty() { Ok(Anchor::Whole) } else { Anchor::parse(&typed.about) };
            if let (Some(name), Some(about)) = (keep(ConcernName::parse(&typed.name), wrong), keep(about, wrong)) {
                raised.push((name, about));
            }
        }
        let named: BTreeSet<_> = raised.iter().map(|(name, _)| name).collect();
        if raised.len() > MOST_RAISED || named.len() < raised.len() {
            let what = format!("Raise up to {MOST_RAISED} concerns at once, each under a name of its own");
            wrong.push(Violation::with_message("concerns", "too_many", what));
        }
        let held = held.unwrap_or_default();
        if wrong.is_empty() && held.is_empty() && raised.is_empty() {
            wrong.push(Violation::new(
                "concerns",
                "missing",
                "Name your concern in a few words, such as “token lifetime”",
            ));
        }
        (held, raised)
    }

    fn read_conditions(&self, me: PersonId, today: NaiveDate, wrong: &mut Vec<Violation>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (n, typed) in self.conditions.iter().enumerate().filter(|(_, typed)| !typed.is_empty()) {
            let owner = match &*typed.owner {
                "" => Ok(me),
                id => id.parse().map_err(|_| unknown_owner(n)),
            };
            let at = |violation| beside(violation, n);
            let text = keep(ConditionText::parse(&typed.text).map_err(at), wrong);
            let due = keep(parse_due(&typed.due, today).map_err(at), wrong);
            if let (Some(text), Some(due_on), Some(owner)) = (text, due, keep(owner, wrong)) {
                conditions.push(Condition { text, owner, due_on });
            }
        }
        if conditions.len() > MOST_NAMED {
            let what = format!("Name up to {MOST_NAMED} conditions at once");
            wrong.push(Violation::with_message("conditions", "too_many", what));
        } else if conditions.is_empty() && wrong.is_empty() {
            wrong.push(Violation::new(
                "conditions",
                "missing",
                "Say what the partner must do, and how it is shown to be done",
            ));
        }
        conditions
    }
}

/// A concern that is none of the board's open ones.
pub(super) fn unknown_concern() -> Violation {
    Violation::new("concerns", "unknown", "Choose from the concerns that are open")
}

/// An owner who cannot be one.
pub(super) fn unknown_owner(n: usize) -> Violation {
    beside(Violation::new("owner", "unknown", "Choose a member of the board who takes part"), n)
}

/// The first condition's fields bear no number.
fn beside(violation: Violation, n: usize) -> Violation {
    if n == 0 { violation } else { Violation { field: format!("{}-{n}", violation.field).into(), ..violation } }
}

fn keep<T>(read: Result<T, Violation>, wrong: &mut Vec<Violation>) -> Option<T> {
    read.map_err(|violation| wrong.push(violation)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> PersonId {
        "00000000-0000-7000-8000-000000000001".parse().unwrap()
    }

    fn read(input: &PositionInput) -> Result<Position, Vec<String>> {
        let today = "2026-11-18".parse().unwrap();
        input.parse(Ask::Approval, me(), today).map_err(|error| match error {
            Error::Invalid(wrong) => wrong.iter().map(|one| format!("{} {}", one.field, one.code)).collect(),
            other => panic!("{other}"),
        })
    }

    fn said(stance: &str) -> PositionInput {
        PositionInput { stance: stance.to_owned(), revision: 1, ..PositionInput::default() }
    }

    fn concern(name: &str, about: &str) -> ConcernInput {
        ConcernInput { name: name.to_owned(), about: about.to_owned() }
    }

    fn condition(text: &str, due: &str, owner: &str) -> ConditionInput {
        ConditionInput { text: text.to_owned(), due: due.to_owned(), owner: owner.to_owned() }
    }

    #[test]
    fn an_objection_names_concerns_and_says_why() {
        assert_eq!(read(&said("object")), Err(vec!["concerns missing".to_owned(), "reason missing".to_owned()]));
        let reason = "Nothing is rolled back".to_owned();
        let concerns = vec![concern("rollback", "read:items.status"), concern("", "whole"), concern("retention", "")];
        let position = read(&PositionInput { reason: reason.clone(), concerns, ..said("object") }).unwrap();
        assert_eq!(position.raised.len(), 2);
        let shares = PositionInput { reason: reason.clone(), held: vec!["3".to_owned()], ..said("object") };
        assert_eq!(read(&shares).unwrap().held, [3].into());
        let twice = PositionInput { concerns: vec![concern("a", ""), concern("a ", "")], ..shares.clone() };
        assert_eq!(read(&twice), Err(vec!["concerns too_many".to_owned()]));
        let odd = PositionInput { held: vec!["x".to_owned()], concerns: vec![concern("a", "??")], ..shares };
        assert_eq!(read(&odd), Err(vec!["concerns unknown".to_owned(), "about unknown".to_owned()]));
    }

    #[test]
    fn an_approval_with_conditions_names_them_with_a_day_and_an_owner() {
        assert_eq!(read(&said("approve_with_conditions")), Err(vec!["conditions missing".to_owned()]));
        let conditions = vec![condition("Show the log", "2026-12-15", ""), condition("", " ", "")];
        let position = read(&PositionInput { conditions, ..said("approve_with_conditions") }).unwrap();
        assert_eq!(position.conditions.iter().map(|one| one.owner).collect::<Vec<_>>(), [me()]);
        let conditions = vec![condition("Show the log", "", ""), condition("", "2026-12-15", "somebody")];
        let wrong = read(&PositionInput { conditions, ..said("approve_with_conditions") });
        assert_eq!(wrong, Err(["due missing", "conditions-1 missing", "owner-1 unknown"].map(str::to_owned).into()));
    }

    #[test]
    fn what_belongs_to_another_stance_is_not_looked_at() {
        let typed = PositionInput {
            concerns: vec![concern("a", "??")],
            conditions: vec![condition("x", "never", "nobody")],
            permissions: vec!["?".to_owned()],
            held: vec!["x".to_owned()],
            ..said("approve")
        };
        let position = read(&typed).unwrap();
        assert!(position.raised.is_empty() && position.conditions.is_empty() && position.permissions.is_empty());
        assert_eq!(read(&said("recuse")), Err(vec!["reason missing".to_owned()]));
        assert_eq!(read(&said("maybe")), Err(vec!["position missing".to_owned()]));
    }
}
