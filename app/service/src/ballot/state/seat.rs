//! A member and their position.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{Condition, Reason, Recusal, Stance, Voter},
    permission::PermissionKey,
    review::Said,
};
use serde::{Deserialize, Deserializer, Serialize};

/// A member and their position.
#[allow(clippy::struct_excessive_bools, reason = "each is true or not whatever the others are")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatPosition {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// Whether they chair the board.
    pub is_chair: bool,
    /// Whether their term covers the moment; of those who left, the position stays visible and counts for nothing.
    pub is_in_term: bool,
    /// Whether they declared a relation to the partner that does not bar them from deciding, but from chairing the case.
    #[serde(default)]
    pub has_soft_conflict: bool,
    /// Whether they stand behind the decision that the case appeals: they take a position on it, and do not lead it.
    #[serde(default)]
    pub is_behind_decision: bool,
    /// Who acts for them.
    #[serde(default)]
    pub deputy: Option<(PersonId, PersonName)>,
    /// Why they take no part, if they do not.
    #[serde(default, alias = "is_recused", deserialize_with = "read_recusal")]
    pub recusal: Option<Recusal>,
    /// What they said last.
    pub position: Option<TakenPosition>,
}

/// A position that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenPosition {
    /// What it says.
    pub stance: Stance,
    /// Why.
    pub reason: Option<Reason>,
    /// The permissions that a recommendation to reduce names.
    #[serde(default)]
    pub permissions: BTreeSet<PermissionKey>,
    /// The concerns that an objection is made with, by number.
    #[serde(default)]
    pub concerns: BTreeSet<i64>,
    /// Whether each of those was resolved or overruled.
    #[serde(default)]
    pub is_answered: bool,
    /// The conditions that are named with an approval.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Who took it for them.
    #[serde(default)]
    pub deputy: Option<PersonName>,
    /// Who recorded it on their behalf, and at the meeting of which day.
    #[serde(default)]
    pub minuted: Option<(PersonName, NaiveDate)>,
    /// The revision that it speaks of.
    pub revision: i64,
    /// Whether another revision is before the boards now: it is shown, and not counted.
    pub is_stale: bool,
    /// When.
    pub taken_at: DateTime<Utc>,
}

impl TakenPosition {
    /// A position without a word, on what is before the boards.
    pub(super) fn plain(stance: Stance) -> Self {
        Self {
            stance,
            reason: None,
            permissions: BTreeSet::new(),
            concerns: BTreeSet::new(),
            is_answered: false,
            conditions: vec![],
            deputy: None,
            minuted: None,
            revision: 0,
            is_stale: false,
            taken_at: DateTime::UNIX_EPOCH,
        }
    }
}

impl SeatPosition {
    /// The stance that counts.
    #[must_use]
    pub fn counted(&self) -> Option<Stance> {
        self.position.as_ref().filter(|position| self.may_vote() && !position.is_stale).map(|position| position.stance)
    }

    /// Whether they declared a relation to the partner, of whatever weight.
    #[must_use]
    pub fn is_related(&self) -> bool {
        self.has_soft_conflict || self.recusal == Some(Recusal::Conflict)
    }

    /// Whether they chair the ballot of this case.
    #[must_use]
    pub const fn chairs(&self) -> bool {
        self.may_vote() && self.is_chair && !self.has_soft_conflict && !self.is_behind_decision
    }

    /// Whether this person takes part in the ballot.
    #[must_use]
    pub const fn may_vote(&self) -> bool {
        self.is_in_term && self.recusal.is_none()
    }

    /// Whether this person may take a position: who recused without having to may come back.
    #[must_use]
    pub fn may_speak(&self) -> bool {
        self.is_in_term && self.recusal.is_none_or(Recusal::is_voluntary)
    }

    /// Whether they object with the concern of that number, or did of an earlier revision.
    #[must_use]
    pub fn holds(&self, concern: i64) -> bool {
        let objects = |position: &&TakenPosition| position.stance == Stance::Object;
        self.position.as_ref().filter(objects).is_some_and(|position| position.concerns.contains(&concern))
    }

    /// Whether they object with it, and their position counts.
    #[must_use]
    pub fn counts_against(&self, concern: i64) -> bool {
        self.counted() == Some(Stance::Object) && self.holds(concern)
    }

    /// Who says that they take no part takes none.
    pub(super) fn recuse_by_position(&mut self) {
        let is_recused = self.position.as_ref().is_some_and(|position| position.stance == Stance::Recuse);
        self.recusal = match self.recusal.filter(|recusal| !recusal.is_voluntary()) {
            Some(recusal) => Some(recusal),
            None => is_recused.then_some(Recusal::Own),
        };
    }

    /// What they said to a ladder; nothing where they do not take part.
    pub(super) fn said(&self) -> Option<Said> {
        self.may_vote().then(|| match (self.counted(), &self.position) {
            (Some(Stance::Recommend(rung)), Some(position)) => Said::Recommends(rung, position.permissions.clone()),
            (Some(_), _) => Said::Abstains,
            (None, _) => Said::Nothing,
        })
    }

    pub(super) fn voter(&self) -> Option<Voter> {
        let is_answered = self.position.as_ref().is_some_and(|position| position.is_answered);
        self.is_in_term.then(|| Voter { is_recused: self.recusal.is_some(), stance: self.counted(), is_answered })
    }
}

/// Reads why somebody takes no part; records of before that was told say only whether: then they had proposed it.
fn read_recusal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Recusal>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        IsRecused(bool),
        Because(Option<Recusal>),
    }
    Ok(match Kept::deserialize(deserializer)? {
        Kept::IsRecused(is_recused) => is_recused.then_some(Recusal::Proposer),
        Kept::Because(recusal) => recusal,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_of_before_recusals_had_a_reason_still_read() {
        let seat = |kept: serde_json::Value| {
            let mut seat = json!({
                "person": "00000000-0000-7000-8000-000000000001", "name": "Ada", "is_chair": false, "is_in_term": true,
                "position": { "stance": "object", "reason": "Too much", "revision": 1, "is_stale": false,
                    "taken_at": "2026-03-10T17:00:00Z" },
            });
            seat.as_object_mut().unwrap().extend(kept.as_object().unwrap().clone());
            serde_json::from_value::<SeatPosition>(seat).unwrap()
        };
        assert_eq!(seat(json!({ "is_recused": true })).recusal, Some(Recusal::Proposer));
        assert_eq!(seat(json!({ "is_recused": false })).recusal, None);
        assert_eq!(seat(json!({ "recusal": "conflict" })).recusal, Some(Recusal::Conflict));
        let now = seat(json!({ "recusal": null }));
        assert_eq!(now.counted(), Some(Stance::Object));
        assert_eq!(serde_json::from_value::<SeatPosition>(json!(now)).unwrap(), now);
    }
}
