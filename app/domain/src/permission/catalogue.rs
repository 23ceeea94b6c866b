//! All that KWANUS OS offers.

use super::{ClassKey, DataClass, Entry, FieldName, PermissionKey};

/// The catalogue: what can be asked for, and what is there to be refused by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Its entries, by key.
    pub entries: Vec<Entry>,
    /// The classes that their fields are of, by key.
    pub classes: Vec<DataClass>,
}

impl Catalogue {
    /// The entry of that key.
    #[must_use]
    pub fn entry(&self, key: &PermissionKey) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// The class of that key.
    #[must_use]
    pub fn class(&self, key: &ClassKey) -> Option<&DataClass> {
        self.classes.iter().find(|class| class.key == *key)
    }

    /// The class of a field, whichever entry offers it.
    #[must_use]
    pub fn class_of(&self, name: &FieldName) -> Option<&DataClass> {
        let mut fields = self.entries.iter().flat_map(|entry| &entry.fields);
        fields.find(|field| field.name == *name).and_then(|field| self.class(&field.class))
    }

    /// The forbidden classes that the entry reaches into.
    #[must_use]
    pub fn forbidden_classes(&self, entry: &Entry) -> Vec<&DataClass> {
        let reaches = |class: &DataClass| entry.fields.iter().any(|field| field.class == class.key);
        self.classes.iter().filter(|class| class.is_forbidden && reaches(class)).collect()
    }

    /// Whether no field of the entry may be had at all.
    #[must_use]
    pub fn is_forbidden(&self, entry: &Entry) -> bool {
        let forbidden = self.forbidden_classes(entry);
        entry.fields.iter().all(|field| forbidden.iter().any(|class| class.key == field.class))
    }
}
