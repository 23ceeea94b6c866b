//! An entry of the catalogue.

use serde::{Deserialize, Serialize};

use super::{Field, FieldName, Kind, PermissionKey};
use crate::{integration::Layer, partner::Tier};

/// A permission that can be asked for, or that is there to be refused by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its key.
    pub key: PermissionKey,
    /// What it is for, in words a partner knows.
    pub title: String,
    /// The layer at which it is used.
    pub layer: Layer,
    /// The lowest tier that may ask for it.
    pub tier: Tier,
    /// What it can reach; a partner chooses the fewest that do.
    pub fields: Vec<Field>,
    /// Whether it is granted no more. Grants that there are run on.
    #[serde(default)]
    pub is_retired: bool,
}

impl Entry {
    /// What it lets a partner do.
    pub fn kind(&self) -> Kind {
        self.key.kind()
    }

    /// Whether it reaches every one of these fields.
    pub fn reaches_all<'f>(&self, names: impl IntoIterator<Item = &'f FieldName>) -> bool {
        names.into_iter().all(|name| self.fields.iter().any(|field| field.name == *name))
    }
}
