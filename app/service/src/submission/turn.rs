//! Whose turn it is with a submission, and by when.

use chrono::{DateTime, Utc};
use kwanus_domain::request::{Pending, RequestState, Side};
use kwanus_store::case::CaseRow;

use crate::{ballot::BoardBallot, case::turn_of};

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// In one sentence for the partner, without a full stop.
    pub sentence: String,
    /// Whether a board waits for the partner.
    pub is_asked: bool,
}

impl Turn {
    pub(super) fn of(case: &CaseRow, ballots: &[BoardBallot], pending: &[Pending], now: DateTime<Utc>) -> Self {
        Self {
            sentence: turn_of(Side::Partner, case, ballots, pending, now),
            is_asked: !case.state.is_final() && pending.iter().any(|request| request.state == RequestState::Open),
        }
    }
}
