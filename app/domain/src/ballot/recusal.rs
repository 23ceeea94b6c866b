//! Why somebody takes no part in a ballot.

use crate::words::words;

/// Why a member in term takes no part. They leave the denominator, and the discussion with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recusal {
    /// They brought it before the boards themselves.
    Proposer,
    /// They declared a relation to the partner that bars them.
    Conflict,
    /// They said so themselves.
    Own,
}

words!(Recusal { Proposer = "proposer", Conflict = "conflict", Own = "own" });

impl Recusal {
    /// Beside the name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposer => "Recused, proposed it",
            Self::Conflict => "Recused by a declared conflict",
            Self::Own => "Recused",
        }
    }

    /// What the member is told, in a sentence without a full stop.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::Proposer => "You proposed this yourself, so you do not decide on it",
            Self::Conflict => "You declared a conflict with this partner, so you do not decide on it",
            Self::Own => "You recused yourself",
        }
    }

    /// Whether the member can take it back.
    #[must_use]
    pub const fn is_voluntary(self) -> bool {
        matches!(self, Self::Own)
    }
}
