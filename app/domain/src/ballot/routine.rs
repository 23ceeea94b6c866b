//! Which cases can be approved several at once: those in which nothing is weighed and nothing is new.

use std::collections::BTreeSet;

use crate::{
    case::CaseKind,
    permission::{FieldName, PermissionKey},
    policy::{Risk, Verdict},
};

/// How many cases can be approved at once.
pub const MOST_AT_ONCE: usize = 20;

/// A permission that is asked for, and what its integration was granted of it before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedBefore {
    /// Which.
    pub key: PermissionKey,
    /// The fields that are asked for.
    pub fields: BTreeSet<FieldName>,
    /// The fields of each of its earlier grants.
    pub granted: Vec<BTreeSet<FieldName>>,
}

impl AskedBefore {
    /// Whether nothing of the kind was granted before: not with all of these fields at once.
    #[must_use]
    pub fn is_first(&self) -> bool {
        !self.granted.iter().any(|earlier| self.fields.is_subset(earlier))
    }
}

/// Why a case is decided by itself, and never together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Singled {
    /// It is about something else than permissions.
    Kind(CaseKind),
    /// The rules found something in it that the boards weigh, or that is forbidden.
    Found(Verdict),
    /// It asks for something that its integration was never granted.
    First(PermissionKey),
    /// It declares nothing that could be compared with what was granted.
    Nothing,
}

impl Singled {
    /// The reason, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Kind(kind) => format!("{} is decided by itself", kind.label()),
            Self::Found(verdict) => format!("Something in it is {}", verdict.word()),
            Self::First(key) => format!("{key} was never granted to this integration with all of these fields"),
            Self::Nothing => "It declares no permission".to_owned(),
        }
    }
}

/// Why a case cannot be approved together with others; nothing where it can: it is a justification in which the rules found
/// nothing restricted or forbidden, and each of its permissions was granted to its integration before, with the same fields or
/// more.
#[must_use]
pub fn singled(kind: CaseKind, risk: Risk, asked: &[AskedBefore]) -> Option<Singled> {
    if kind != CaseKind::PermissionJustification {
        return Some(Singled::Kind(kind));
    }
    if let Some(verdict) = risk.worst() {
        return Some(Singled::Found(verdict));
    }
    if asked.is_empty() {
        return Some(Singled::Nothing);
    }
    asked.iter().find(|asked| asked.is_first()).map(|first| Singled::First(first.key.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> BTreeSet<FieldName> {
        names.iter().map(|name| FieldName::parse(name).unwrap()).collect()
    }

    fn asked(wanted: &[&str], granted: &[&[&str]]) -> AskedBefore {
        AskedBefore {
            key: PermissionKey::parse("read:items.status").unwrap(),
            fields: fields(wanted),
            granted: granted.iter().map(|names| fields(names)).collect(),
        }
    }

    const JUSTIFICATION: CaseKind = CaseKind::PermissionJustification;

    #[test]
    fn a_renewal_with_the_same_fields_or_fewer_is_routine() {
        let risk = Risk { permissions: 1, ..Risk::default() };
        let same = asked(&["items.id", "items.status"], &[&["items.id"], &["items.id", "items.status"]]);
        assert_eq!(singled(JUSTIFICATION, risk, std::slice::from_ref(&same)), None);
        let fewer = asked(&["items.id"], &[&["items.id", "items.status"]]);
        assert_eq!(singled(JUSTIFICATION, risk, &[same, fewer]), None);
    }

    #[test]
    fn what_was_never_granted_at_once_is_new() {
        let risk = Risk { permissions: 1, ..Risk::default() };
        let never = asked(&["items.id"], &[]);
        let more = asked(&["items.id", "items.status"], &[&["items.id"], &["items.status"]]);
        for first in [never, more] {
            let known = asked(&["items.id"], &[&["items.id"]]);
            let found = singled(JUSTIFICATION, risk, &[known, first.clone()]);
            assert_eq!(found, Some(Singled::First(first.key)));
        }
        assert_eq!(singled(JUSTIFICATION, risk, &[]), Some(Singled::Nothing));
    }

    #[test]
    fn what_is_found_and_what_is_no_justification_is_decided_by_itself_whatever_was_granted() {
        let known = [asked(&["items.id"], &[&["items.id"]])];
        for (risk, verdict) in [
            (Risk { permissions: 1, restricted: 1, ..Risk::default() }, Verdict::Restricted),
            (Risk { permissions: 1, forbidden: 1, ..Risk::default() }, Verdict::Forbidden),
            (Risk { permissions: 1, parts_restricted: 1, ..Risk::default() }, Verdict::Restricted),
            (Risk { permissions: 1, parts_forbidden: 1, ..Risk::default() }, Verdict::Forbidden),
        ] {
            assert_eq!(singled(JUSTIFICATION, risk, &known), Some(Singled::Found(verdict)));
        }
        for kind in CaseKind::ALL.iter().copied().filter(|kind| *kind != JUSTIFICATION) {
            assert_eq!(singled(kind, Risk::default(), &known), Some(Singled::Kind(kind)));
        }
    }
}
