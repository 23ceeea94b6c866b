//! The catalogue as a file: what comes with the program, and what it publishes.

use serde::{Deserialize, Serialize};

use super::{Catalogue, ClassKey, DataClass, Entry, Field, FieldName, Limits, PermissionKey};
use crate::{integration::Layer, partner::Tier};

/// The catalogue that a new database begins with.
const BUILT_IN: &str = include_str!("catalogue.json");

/// A catalogue as it is written.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// Its number: 1 is the one that comes with the program, and each change that the administrators approve makes the next.
    #[serde(default = "first")]
    version: i64,
    /// How sensitive data is.
    classes: Vec<ClassFile>,
    /// Each field that a permission reaches, in its class.
    fields: Vec<FieldFile>,
    /// What can be asked for, and what is there to be refused by name.
    permissions: Vec<EntryFile>,
    /// How much of it can be granted at most.
    #[serde(default)]
    limits: Limits,
}

const fn first() -> i64 {
    1
}

/// A class of data.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct ClassFile {
    /// Its key, such as `item_summary`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    key: ClassKey,
    /// What a finding calls it.
    name: String,
    /// Whether no partner may have it.
    is_forbidden: bool,
    /// How long a partner may keep it at most when the boards allow it, in hours.
    ceiling_hours: i64,
}

/// A field that the OS holds.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct FieldFile {
    /// Its name, such as `items.status`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    name: FieldName,
    /// The key of its class.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    class: ClassKey,
}

/// A permission.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct EntryFile {
    /// Its key, such as `read:items.status`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    key: PermissionKey,
    /// What it is for.
    title: String,
    /// The layer at which it is used.
    layer: Layer,
    /// The lowest tier that may ask for it.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 3))]
    tier: i64,
    /// The names of the fields that it can reach.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    fields: Vec<FieldName>,
    /// Whether it is granted no more.
    #[serde(default)]
    is_retired: bool,
}

impl Catalogue {
    /// The catalogue that comes with the program, and that a new database begins with.
    pub fn built_in() -> Result<Self, String> {
        Self::parse(BUILT_IN)
    }

    /// Reads a catalogue; says where it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str::<CatalogueFile>(text).map_err(|error| error.to_string())?.try_into()
    }
}

impl TryFrom<CatalogueFile> for Catalogue {
    type Error = String;

    fn try_from(file: CatalogueFile) -> Result<Self, String> {
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
            let is_retired = entry.is_retired;
            Ok::<_, String>(Entry { key: entry.key, title: entry.title, layer: entry.layer, tier, fields, is_retired })
        };
        let entries = file.permissions.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self { version: file.version, entries, classes, limits: file.limits })
    }
}

/// As it is written, so that it reads as the same.
impl From<&Catalogue> for CatalogueFile {
    fn from(catalogue: &Catalogue) -> Self {
        let mut fields: Vec<_> = catalogue.entries.iter().flat_map(|entry| &entry.fields).collect();
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        fields.dedup();
        Self {
            version: catalogue.version,
            limits: catalogue.limits.clone(),
            classes: catalogue
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
            permissions: catalogue
                .entries
                .iter()
                .map(|entry| EntryFile {
                    key: entry.key.clone(),
                    title: entry.title.clone(),
                    layer: entry.layer,
                    tier: entry.tier.number(),
                    fields: entry.fields.iter().map(|field| field.name.clone()).collect(),
                    is_retired: entry.is_retired,
                })
                .collect(),
        }
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
        assert_eq!((catalogue.version, &catalogue.limits), (1, &Limits::default()));
        for kind in Kind::ALL {
            assert!(catalogue.entries.iter().any(|entry| entry.kind() == *kind), "{}", kind.label());
        }
        assert_eq!(catalogue.classes.iter().filter(|class| class.is_forbidden).count(), 4);
        assert!(
            catalogue.entries.iter().flat_map(|entry| &entry.fields).all(|it| catalogue.class(&it.class).is_some())
        );
        let written = serde_json::to_string(&CatalogueFile::from(&catalogue)).unwrap();
        assert_eq!(Catalogue::parse(&written), Ok(catalogue));
    }

    #[test]
    fn a_file_that_is_no_catalogue_is_refused_with_its_place() {
        assert!(Catalogue::parse("{}").unwrap_err().contains("classes"));
        let lost = r#"{ "classes": [], "fields": [], "permissions": [{ "key": "read:a.b", "title": "", "layer": "api", "tier": 1, "fields": ["a.b"] }] }"#;
        assert_eq!(Catalogue::parse(lost).unwrap_err(), "the field a.b is of no class");
    }
}
