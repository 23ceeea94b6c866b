//! How one revision differs from another.

use std::collections::BTreeSet;

use super::DeclaredPermission;
use crate::permission::FieldName;

/// How a permission differs from the same one in the revision that was carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not declared then.
    Added,
    /// It was declared otherwise.
    Changed {
        /// The fields that are new.
        added: BTreeSet<FieldName>,
        /// The fields that are not wanted any more.
        dropped: BTreeSet<FieldName>,
    },
    /// It stands as it did, but for its end.
    Unchanged,
}

impl Change {
    /// The word on its mark.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed { .. } => "Changed",
            Self::Unchanged => "Unchanged",
        }
    }

    /// Whether the field is new.
    #[must_use]
    pub fn adds(&self, name: &FieldName) -> bool {
        match self {
            Self::Added => true,
            Self::Changed { added, .. } => added.contains(name),
            Self::Unchanged => false,
        }
    }
}

/// How `now` differs from what was carried. Another end alone is a renewal, and no change.
#[must_use]
pub fn change(before: Option<&DeclaredPermission>, now: &DeclaredPermission) -> Change {
    let Some(before) = before else { return Change::Added };
    let renewed = DeclaredPermission { until: now.until, ..before.clone() };
    if renewed == *now {
        return Change::Unchanged;
    }
    Change::Changed {
        added: now.fields.difference(&before.fields).cloned().collect(),
        dropped: before.fields.difference(&now.fields).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{declaration::Answer, permission::PermissionKey};

    fn permission(fields: &[&str]) -> DeclaredPermission {
        let key = PermissionKey::parse("read:items.status").unwrap();
        let fields = fields.iter().map(|name| FieldName::parse(name).unwrap()).collect();
        DeclaredPermission { fields, ..DeclaredPermission::new(key) }
    }

    #[test]
    fn a_renewal_is_no_change_and_anything_else_is() {
        let before = permission(&["items.id", "items.status"]);
        assert_eq!(change(None, &before), Change::Added);
        let renewed = DeclaredPermission { until: Some("2027-05-31".parse().unwrap()), ..before.clone() };
        assert_eq!(change(Some(&before), &renewed), Change::Unchanged);
        let changed = change(Some(&before), &permission(&["items.id", "items.type"]));
        let name = |text| FieldName::parse(text).unwrap();
        assert!(changed.adds(&name("items.type")) && !changed.adds(&name("items.id")));
        assert!(matches!(changed, Change::Changed { dropped, .. } if dropped.contains(&name("items.status"))));
        let reworded = DeclaredPermission { reason: Some(Answer::parse("x").unwrap()), ..before.clone() };
        assert!(matches!(change(Some(&before), &reworded), Change::Changed { added, .. } if added.is_empty()));
    }
}
