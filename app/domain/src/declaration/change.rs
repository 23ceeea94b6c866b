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

/// How `now` differs from what was carried, each with a line for each file and link that is attached to it. Another end alone
/// is a renewal, and no change.
#[must_use]
pub fn change(
    before: Option<(&DeclaredPermission, &[String])>,
    (now, attached): (&DeclaredPermission, &[String]),
) -> Change {
    let Some((before, attached_before)) = before else { return Change::Added };
    let renewed = DeclaredPermission { until: now.until, ..before.clone() };
    if renewed == *now && attached_before == attached {
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

    /// Without anything that is attached.
    fn alone(before: Option<&DeclaredPermission>, now: &DeclaredPermission) -> Change {
        let nothing: &[String] = &[];
        change(before.map(|before| (before, nothing)), (now, nothing))
    }

    #[test]
    fn a_renewal_is_no_change_and_anything_else_is() {
        let before = permission(&["items.id", "items.status"]);
        assert_eq!(alone(None, &before), Change::Added);
        let renewed = DeclaredPermission { until: Some("2027-05-31".parse().unwrap()), ..before.clone() };
        assert_eq!(alone(Some(&before), &renewed), Change::Unchanged);
        let changed = alone(Some(&before), &permission(&["items.id", "items.type"]));
        let name = |text| FieldName::parse(text).unwrap();
        assert!(changed.adds(&name("items.type")) && !changed.adds(&name("items.id")));
        assert!(matches!(changed, Change::Changed { dropped, .. } if dropped.contains(&name("items.status"))));
        let reworded = DeclaredPermission { reason: Some(Answer::parse("x").unwrap()), ..before.clone() };
        assert!(matches!(alone(Some(&before), &reworded), Change::Changed { added, .. } if added.is_empty()));
    }

    #[test]
    fn other_evidence_is_a_change() {
        let now = permission(&["items.status"]);
        let (one, other) = (["a.pdf".to_owned()], ["b.pdf".to_owned()]);
        let before = Some((&now, one.as_slice()));
        assert_eq!(change(before, (&now, one.as_slice())), Change::Unchanged);
        for attached in [other.as_slice(), &[]] {
            assert!(matches!(change(before, (&now, attached)), Change::Changed { .. }), "{attached:?}");
        }
    }
}
