//! How much is suspended.

use std::{collections::BTreeSet, fmt};

use crate::permission::PermissionKey;

/// How much is suspended: the whole integration, or single grants of it. Grants are named by their permission, so that a
/// suspension holds for whatever is granted in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The integration, and every grant with it.
    Integration,
    /// The grants of these permissions, one at least.
    Grants(BTreeSet<PermissionKey>),
}

impl Extent {
    /// The extent as it is kept: by the permissions that it names, and none where it is the whole.
    #[must_use]
    pub fn of(named: BTreeSet<PermissionKey>) -> Self {
        if named.is_empty() { Self::Integration } else { Self::Grants(named) }
    }

    /// The permissions that it names.
    pub fn named(&self) -> impl Iterator<Item = &PermissionKey> {
        match self {
            Self::Integration => None,
            Self::Grants(named) => Some(named),
        }
        .into_iter()
        .flatten()
    }
}

/// `the integration`, or `read:items.status, read:items.type`.
impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integration => f.write_str("the integration"),
            Self::Grants(named) => f.write_str(&named.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// What can be suspended now, or lifted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// Whether the whole integration can.
    pub integration: bool,
    /// The permissions whose grants can.
    pub grants: BTreeSet<PermissionKey>,
}

impl Offered {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.integration && self.grants.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extent_reads_back_by_what_it_names() {
        let keys = ["read:items.type", "read:items.status"].map(|key| PermissionKey::parse(key).unwrap());
        for extent in [Extent::Integration, Extent::Grants(keys.into())] {
            assert_eq!(Extent::of(extent.named().cloned().collect()), extent);
        }
    }

    #[test]
    fn an_extent_is_said_in_words() {
        let keys = ["read:items.type", "read:items.status"].map(|key| PermissionKey::parse(key).unwrap());
        assert_eq!(Extent::Grants(keys.into()).to_string(), "read:items.status, read:items.type");
        assert_eq!(Extent::Integration.to_string(), "the integration");
    }
}
