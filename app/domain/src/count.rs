//! How many, as far as anybody counts.

/// A count that stops at 1,000: beyond, counting costs more than knowing is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(i64);

impl Count {
    /// How many to look for: one more than is told.
    pub const LIMIT: i64 = 1001;

    /// What was found, looking for no more than [`Count::LIMIT`].
    #[must_use]
    pub const fn of(found: i64) -> Self {
        Self(found)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The noun behind the count: `case`, `cases`.
    #[must_use]
    pub const fn noun(self, one: &'static str, several: &'static str) -> &'static str {
        if self.0 == 1 { one } else { several }
    }
}

impl std::fmt::Display for Count {
    /// `7`, `1,000+`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 < Self::LIMIT { self.0.fmt(f) } else { f.write_str("1,000+") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_stops_at_a_thousand() {
        let show = |found| Count::of(found).to_string();
        assert_eq!((show(0), show(1000), show(1001)), ("0".into(), "1000".into(), "1,000+".into()));
    }
}
