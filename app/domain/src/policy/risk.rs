//! How much the rules found in a declaration that is before the boards, in numbers.

use super::Verdict;
use crate::words::words;

/// How many permissions are declared, and in how many of them and of the other parts the rules found something that the boards
/// weigh, or that is forbidden. Each counts once, by the gravest that was found in it; advice is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// The permissions.
    pub permissions: i64,
    /// The permissions in which something is restricted, and nothing forbidden.
    pub restricted: i64,
    /// The permissions in which something is forbidden.
    pub forbidden: i64,
    /// The other parts in which something is restricted, and nothing forbidden.
    pub parts_restricted: i64,
    /// The other parts in which something is forbidden.
    pub parts_forbidden: i64,
}

impl Risk {
    /// The permissions in which nothing is found.
    #[must_use]
    pub const fn allowed(self) -> i64 {
        self.permissions - self.restricted - self.forbidden
    }

    /// In how many permissions and other parts something of that verdict is the gravest that was found.
    #[must_use]
    pub const fn count(self, verdict: Verdict) -> i64 {
        match verdict {
            Verdict::Forbidden => self.forbidden + self.parts_forbidden,
            Verdict::Restricted => self.restricted + self.parts_restricted,
            Verdict::Missing | Verdict::Advisory => 0,
        }
    }

    /// The gravest that was found in it; nothing where the boards have nothing to weigh.
    #[must_use]
    pub fn worst(self) -> Option<Verdict> {
        [Verdict::Forbidden, Verdict::Restricted].into_iter().find(|verdict| self.count(*verdict) > 0)
    }
}

/// What somebody looks for by the gravest that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worst {
    /// Nothing that the boards weigh.
    Nothing,
    /// Something that they weigh, and nothing forbidden.
    Restricted,
    /// Something forbidden.
    Forbidden,
}

words!(Worst { Nothing = "allowed", Restricted = "restricted", Forbidden = "forbidden" });

impl Worst {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nothing => "Allowed only",
            Self::Restricted => "Restricted",
            Self::Forbidden => "Forbidden",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_counts_wherever_it_was_found() {
        let risk = Risk { permissions: 5, restricted: 2, forbidden: 0, parts_restricted: 1, parts_forbidden: 0 };
        assert_eq!((risk.allowed(), risk.count(Verdict::Restricted), risk.worst()), (3, 3, Some(Verdict::Restricted)));
        let risk = Risk { parts_forbidden: 1, ..risk };
        assert_eq!((risk.count(Verdict::Forbidden), risk.worst()), (1, Some(Verdict::Forbidden)));
        assert_eq!((Risk { permissions: 5, ..Risk::default() }).worst(), None);
    }
}
