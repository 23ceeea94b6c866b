//! A proposal, and who may say what becomes of it.

use chrono::{DateTime, Duration, Utc};

use crate::{time::show_date, words::words};

/// For how many days before a proposal its author must not have let in whoever approves it.
const INDEPENDENT_DAYS: i64 = 30;

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalState {
    /// It waits for a second administrator.
    Open,
    /// It was done.
    Approved,
    /// Another administrator said no.
    Declined,
    /// Its author took it back.
    Withdrawn,
}

words!(ProposalState { Open = "open", Approved = "approved", Declined = "declined", Withdrawn = "withdrawn" });

/// What an administrator says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// It is done.
    Approve,
    /// Everything stays as it is.
    Decline,
    /// The author takes it back.
    Withdraw,
}

words!(Ruling { Approve = "approve", Decline = "decline", Withdraw = "withdraw" });

/// Why a ruling does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something became of it already.
    #[error("It was {} meanwhile", .0.as_str())]
    Over(ProposalState),
    /// Its author approved or declined it.
    #[error("Nobody decides on their own proposal: another administrator does")]
    Own,
    /// Somebody else withdrew it.
    #[error("Only its author can withdraw a proposal")]
    NotOwn,
}

impl ProposalState {
    /// The word on its tag.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Approved => "Approved",
            Self::Declined => "Declined",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// What becomes of a proposal by the ruling of its author, or of another administrator.
    pub const fn rule(self, ruling: Ruling, is_author: bool) -> Result<Self, Refusal> {
        match (self, ruling, is_author) {
            (Self::Open, Ruling::Approve, false) => Ok(Self::Approved),
            (Self::Open, Ruling::Decline, false) => Ok(Self::Declined),
            (Self::Open, Ruling::Withdraw, true) => Ok(Self::Withdrawn),
            (_, Ruling::Withdraw, false) => Err(Refusal::NotOwn),
            (_, Ruling::Approve | Ruling::Decline, true) => Err(Refusal::Own),
            (over, ..) => Err(Refusal::Over(over)),
        }
    }
}

/// From when on it counts whom the author of a proposal let in.
#[must_use]
pub fn independent_since(proposed_at: DateTime<Utc>) -> DateTime<Utc> {
    proposed_at.checked_sub_signed(Duration::days(INDEPENDENT_DAYS)).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// Why somebody does not approve what an author proposed who let them in at that instant, in a sentence without a full stop:
/// the link by which they set their password went through the author’s hands, and one administrator is not two.
#[must_use]
pub fn dependence(author: &str, let_in_at: DateTime<Utc>, proposed_at: DateTime<Utc>) -> Option<String> {
    let date = show_date(let_in_at.date_naive());
    (let_in_at >= independent_since(proposed_at))
        .then(|| format!("{author} added or reset your account on {date}: another administrator approves this"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_let_in_by_the_author_shortly_before_or_since_does_not_approve() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let proposed = at("2026-11-18T12:00:00Z");
        for let_in in ["2026-10-19T12:00:00Z", "2026-11-18T12:00:00Z", "2027-02-01T00:00:00Z"] {
            assert!(dependence("Ada Author", at(let_in), proposed).is_some(), "{let_in}");
        }
        assert_eq!(dependence("Ada Author", at("2026-10-19T11:59:59Z"), proposed), None);
        assert_eq!(
            dependence("Ada Author", at("2026-11-17T08:00:00Z"), proposed).as_deref(),
            Some("Ada Author added or reset your account on Tue 17 Nov 2026: another administrator approves this")
        );
    }

    #[test]
    fn another_administrator_decides_and_the_author_withdraws_once() {
        use ProposalState::{Approved, Declined, Open, Withdrawn};
        assert_eq!(Open.rule(Ruling::Approve, false), Ok(Approved));
        assert_eq!(Open.rule(Ruling::Decline, false), Ok(Declined));
        assert_eq!(Open.rule(Ruling::Withdraw, true), Ok(Withdrawn));
        for state in ProposalState::ALL {
            assert_eq!(state.rule(Ruling::Approve, true), Err(Refusal::Own));
            assert_eq!(state.rule(Ruling::Decline, true), Err(Refusal::Own));
            assert_eq!(state.rule(Ruling::Withdraw, false), Err(Refusal::NotOwn));
            if *state != Open {
                assert_eq!(state.rule(Ruling::Approve, false), Err(Refusal::Over(*state)));
                assert_eq!(state.rule(Ruling::Withdraw, true), Err(Refusal::Over(*state)));
            }
        }
    }
}
