//! A suspension, or the lifting of one, as typed.

use std::collections::BTreeSet;

use super::{Extent, Offered};
use crate::{Violation, ballot::Reason, permission::PermissionKey};

/// The whole integration.
const INTEGRATION: &str = "integration";
/// Single grants.
const GRANTS: &str = "grants";

/// How much, as typed.
#[derive(Clone, Debug, Default)]
pub struct ExtentInput {
    /// `integration` or `grants`.
    pub what: String,
    /// The keys of the permissions whose grants are meant; of a whole integration they say nothing.
    pub permissions: Vec<String>,
}

impl ExtentInput {
    /// How much of what is offered.
    pub fn parse(&self, offered: &Offered) -> Result<Extent, Violation> {
        match &*self.what {
            INTEGRATION if offered.integration => Ok(Extent::Integration),
            GRANTS if !offered.grants.is_empty() => self.grants(offered).map(Extent::Grants),
            INTEGRATION | GRANTS => {
                Err(Violation::new("what", "not_offered", "That cannot be chosen any more: choose from what is left"))
            }
            _ => Err(Violation::new("what", "missing", "Choose the whole integration, or single grants")),
        }
    }

    fn grants(&self, offered: &Offered) -> Result<BTreeSet<PermissionKey>, Violation> {
        let typed = self.permissions.iter().filter(|key| !key.is_empty());
        let keys = typed.map(|key| PermissionKey::parse(key)).collect::<Result<BTreeSet<_>, _>>();
        let keys = keys.map_err(|_| Violation::new("permissions", "malformed", "Choose from the list"))?;
        if let Some(other) = keys.difference(&offered.grants).next() {
            let message = format!("{other} cannot be chosen any more");
            return Err(Violation::with_message("permissions", "not_offered", message));
        }
        if keys.is_empty() {
            return Err(Violation::new("permissions", "missing", "Choose one grant at least"));
        }
        Ok(keys)
    }
}

/// What is to be suspended at once, as typed.
#[derive(Clone, Debug, Default)]
pub struct AtOnceInput {
    /// How much.
    pub extent: ExtentInput,
    /// Why.
    pub reason: String,
    /// Whether it is confirmed that what stops was read.
    pub has_read: bool,
}

impl AtOnceInput {
    /// How much, and why; everything that is wrong with it otherwise.
    pub fn parse(&self, offered: &Offered) -> Result<(Extent, Reason), Vec<Violation>> {
        let missing = Violation::new("has_read", "missing", "Read what stops, and confirm that you did");
        both(self.extent.parse(offered), Reason::parse(&self.reason), (!self.has_read).then_some(missing))
    }
}

/// What is to be lifted, as typed.
#[derive(Clone, Debug, Default)]
pub struct LiftInput {
    /// How much.
    pub extent: ExtentInput,
    /// Why.
    pub reason: String,
}

impl LiftInput {
    /// How much, and why; everything that is wrong with it otherwise.
    pub fn parse(&self, offered: &Offered) -> Result<(Extent, Reason), Vec<Violation>> {
        both(self.extent.parse(offered), Reason::parse(&self.reason), None)
    }
}

fn both(
    extent: Result<Extent, Violation>,
    reason: Result<Reason, Violation>,
    other: Option<Violation>,
) -> Result<(Extent, Reason), Vec<Violation>> {
    match (extent, reason, other) {
        (Ok(extent), Ok(reason), None) => Ok((extent, reason)),
        (extent, reason, other) => Err(extent.err().into_iter().chain(reason.err()).chain(other).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[&str]) -> BTreeSet<PermissionKey> {
        keys.iter().map(|key| PermissionKey::parse(key).unwrap()).collect()
    }

    fn input(what: &str, permissions: &[&str]) -> ExtentInput {
        ExtentInput { what: what.into(), permissions: permissions.iter().map(|key| (*key).to_owned()).collect() }
    }

    #[test]
    fn only_what_is_offered_is_chosen_and_grants_are_named() {
        let all = Offered { integration: true, grants: keys(&["read:items.status", "read:items.type"]) };
        let none = Offered::default();
        let whole = Offered { integration: true, ..Offered::default() };
        let chosen = |input: ExtentInput, offered: &Offered| {
            input
                .parse(offered)
                .map(|extent| extent.to_string())
                .map_err(|wrong| format!("{} {}", wrong.field, wrong.code))
        };
        for (typed, offered, expected) in [
            (input("integration", &[]), &all, Ok("the integration")),
            (input("integration", &["read:items.status"]), &all, Ok("the integration")),
            (input("grants", &["read:items.type", "", "read:items.type"]), &all, Ok("read:items.type")),
            (input("grants", &[]), &all, Err("permissions missing")),
            (input("grants", &["read:items.dates"]), &all, Err("permissions not_offered")),
            (input("grants", &["*"]), &all, Err("permissions malformed")),
            (input("grants", &["read:items.type"]), &whole, Err("what not_offered")),
            (input("integration", &[]), &none, Err("what not_offered")),
            (input("", &["read:items.type"]), &all, Err("what missing")),
            (input("everything", &[]), &all, Err("what missing")),
        ] {
            let expected = expected.map(ToOwned::to_owned).map_err(ToOwned::to_owned);
            assert_eq!(chosen(typed.clone(), offered), expected, "{typed:?}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let whole = Offered { integration: true, ..Offered::default() };
        let fields = |input: AtOnceInput| {
            let wrong = input.parse(&whole).err().unwrap_or_default();
            wrong.into_iter().map(|one| one.field.into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(fields(AtOnceInput::default()), ["what", "reason", "has_read"]);
        let typed = AtOnceInput { extent: input("integration", &[]), reason: "A leak".into(), has_read: false };
        assert_eq!(fields(typed.clone()), ["has_read"]);
        assert_eq!(fields(AtOnceInput { has_read: true, ..typed }), Vec::<String>::new());
        let lift = LiftInput { extent: input("integration", &[]), reason: " ".into() };
        assert_eq!(lift.parse(&whole).unwrap_err().len(), 1);
    }
}
