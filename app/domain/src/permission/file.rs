//! The catalogue as a file: what comes with the program, and what it publishes.

use serde::{Deserialize, Serialize};

use super::{Catalogue, ClassKey, DataClass, Entry, Field, FieldName, PermissionKey};
use crate::{integration::Layer, partner::Tier};

/// The catalogue that a new database begins with.
const BUILT_IN: &str = include_str!("catalogue.json");

/// A catalogue as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    classes: Vec<ClassFile>,
    fields: Vec<FieldFile>,
    permissions: Vec<EntryFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    key: ClassKey,
    name: String,
    is_forbidden: bool,
    ceiling_hours: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    name: FieldName,
    class: ClassKey,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryFile {
    key: PermissionKey,
    title: String,
    layer: Layer,
    tier: i64,
    fields: Vec<FieldName>,
}

impl Catalogue {
    /// The catalogue that comes with the program, and that a new database begins with.
    pub fn built_in() -> Result<Self, String> {
        Self::parse(BUILT_IN)
    }

    /// Reads a catalogue; says where it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: CatalogueFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let classes = file.classes.into_iter().map(|class| DataClass {
            key: class.key,
            name: class.name,
            is_forbidden: class.is_forbidden,
            ceiling_hours: class.ceiling_hours,
        });
        let classes: Vec<_> = classes.collect();
        let field = |name: FieldName| {
            let known = file.fields.iter().find(|field| field.name == name);
            let known = known.ok_or_else(|| format!("the field {name} is of no class"))?;
            Ok::<_, String>(Field { name, class: known.class.clone() })
        };
        let entry = |entry: EntryFile| {
            let fields = entry.fields.into_iter().map(field).collect::<Result<_, _>>()?;
            let tier = Tier::try_from(entry.tier)?;
            Ok::<_, String>(Entry { key: entry.key, title: entry.title, layer: entry.layer, tier, fields })
        };
        let entries = file.permissions.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self { entries, classes })
    }

    /// Writes it, so that it reads as the same.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let mut fields: Vec<_> = self.entries.iter().flat_map(|entry| &entry.fields).collect();
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        fields.dedup();
        let file = CatalogueFile {
            classes: self
                .classes
                .iter()
                .map(|class| ClassFile {
                    key: class.key.clone(),
                    name: class.name.clone(),
                    is_forbidden: class.is_forbidden,
                    ceiling_hours: class.ceiling_hours,
                })
                .collect(),
            fields: fields
                .into_iter()
                .map(|field| FieldFile { name: field.name.clone(), class: field.class.clone() })
                .collect(),
            permissions: self
                .entries
                .iter()
                .map(|entry| EntryFile {
                    key: entry.key.clone(),
                    title: entry.title.clone(),
                    layer: entry.layer,
                    tier: entry.tier.number(),
                    fields: entry.fields.iter().map(|field| field.name.clone()).collect(),
                })
                .collect(),
        };
        serde_json::to_string_pretty(&file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::Kind;

    #[test]
    fn the_catalogue_of_the_program_is_whole_and_is_the_same_after_it_was_written() {
        let catalogue = Catalogue::built_in().unwrap();
        assert!(catalogue.entries.len() >= 30);
        for kind in Kind::ALL {
            assert!(catalogue.entries.iter().any(|entry| entry.kind() == *kind), "{}", kind.label());
        }
        assert_eq!(catalogue.classes.iter().filter(|class| class.is_forbidden).count(), 4);
        assert!(
            catalogue.entries.iter().flat_map(|entry| &entry.fields).all(|it| catalogue.class(&it.class).is_some())
        );
        assert_eq!(Catalogue::parse(&catalogue.to_json().unwrap()), Ok(catalogue));
    }

    #[test]
    fn a_file_that_is_no_catalogue_is_refused_with_its_place() {
        assert!(Catalogue::parse("{}").unwrap_err().contains("classes"));
        let lost = r#"{ "classes": [], "fields": [], "permissions": [{ "key": "read:a.b", "title": "", "layer": "api", "tier": 1, "fields": ["a.b"] }] }"#;
        assert_eq!(Catalogue::parse(lost).unwrap_err(), "the field a.b is of no class");
    }
}
