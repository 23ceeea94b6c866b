//! One change of the catalogue.

use serde::{Deserialize, Serialize};

use crate::{
    partner::Tier,
    permission::{Catalogue, ClassKey, DataClass, Entry, Field, Limits, PermissionKey},
};

/// A change that is proposed, and applied as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// A permission is offered that was not.
    AddEntry {
        /// The permission.
        entry: Entry,
    },
    /// A permission is described otherwise.
    EditEntry {
        /// Which.
        key: PermissionKey,
        /// What it is for.
        title: String,
        /// The lowest tier that may ask for it.
        tier: Tier,
        /// What it can reach. The class of a field is the same in every permission that reaches it.
        fields: Vec<Field>,
    },
    /// A permission is granted no more; grants that there are run on.
    RetireEntry {
        /// Which.
        key: PermissionKey,
    },
    /// A retired permission is offered again.
    RestoreEntry {
        /// Which.
        key: PermissionKey,
    },
    /// A data class is called otherwise, or may be kept for another time.
    EditClass {
        /// Which.
        key: ClassKey,
        /// Its name.
        name: String,
        /// How long a partner may keep it at most, in hours.
        ceiling_hours: i64,
    },
    /// The tiers have other limits.
    EditLimits {
        /// All of them.
        limits: Limits,
    },
}

/// What a change touches, as a catalogue has it.
#[derive(PartialEq, Eq)]
struct Touched<'c> {
    entry: Option<&'c Entry>,
    class: Option<&'c DataClass>,
    limits: Option<&'c Limits>,
    /// The classes of the fields that it names.
    fields: Vec<Option<&'c ClassKey>>,
}

impl Change {
    /// What it is about: a permission, a data class, or the limits.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::AddEntry { entry } => entry.key.as_str(),
            Self::EditEntry { key, .. } | Self::RetireEntry { key } | Self::RestoreEntry { key } => key.as_str(),
            Self::EditClass { key, .. } => key.as_str(),
            Self::EditLimits { .. } => "limits",
        }
    }

    /// What it does, in words that go before its subject: `Edit read:items.status`.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::AddEntry { .. } => "Add",
            Self::EditEntry { .. } | Self::EditClass { .. } | Self::EditLimits { .. } => "Edit",
            Self::RetireEntry { .. } => "Retire",
            Self::RestoreEntry { .. } => "Offer again",
        }
    }

    /// Whether something that it touches was changed between the version that its author saw and another: then applying it
    /// would undo what they did not know of.
    #[must_use]
    pub fn is_stale(&self, seen: &Catalogue, now: &Catalogue) -> bool {
        self.touched(seen) != self.touched(now)
    }

    fn touched<'c>(&self, catalogue: &'c Catalogue) -> Touched<'c> {
        const NO_FIELDS: &[Field] = &[];
        let class_of = |field: &Field| catalogue.class_of(&field.name).map(|class| &class.key);
        let (entry, class, limits, fields) = match self {
            Self::AddEntry { entry } => (catalogue.entry(&entry.key), None, None, &entry.fields[..]),
            Self::EditEntry { key, fields, .. } => (catalogue.entry(key), None, None, &fields[..]),
            Self::RetireEntry { key } | Self::RestoreEntry { key } => (catalogue.entry(key), None, None, NO_FIELDS),
            Self::EditClass { key, .. } => (None, catalogue.class(key), None, NO_FIELDS),
            Self::EditLimits { .. } => (None, None, Some(&catalogue.limits), NO_FIELDS),
        };
        Touched { entry, class, limits, fields: fields.iter().map(class_of).collect() }
    }
}
