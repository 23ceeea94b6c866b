//! The manifest as it is written: a superset of the `manifest.json` of extensions, which is read as it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Number, Value};

/// A manifest. What is not there is still to be said; what nobody knows is refused by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct ManifestFile {
    /// The schema that it was written by, for editors: read and kept for nobody.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The identifier of the integration, a reverse domain: `org.example.timeline`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its version, after semver: `1.4.0`.
    pub version: String,
    /// What it does, in a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where an extension begins: `dist/index.js`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What it works with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compatibility: Option<CompatibilityFile>,
    /// What it may do: keys, or keys with their justification.
    pub permissions: Vec<PermissionFile>,
    /// How it uses the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<ApiFile>,
    /// The workflows that it triggers, enhances or serves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workflows: Vec<WorkflowFile>,
    /// What it adds inside the OS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<ExtensionFile>,
    /// How the partner protects what it gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compliance: Option<ComplianceFile>,
}

/// What an integration works with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct CompatibilityFile {
    /// The versions of KWANUS OS, as a semver range: `>=4.2, <6`.
    pub kwanus: String,
}

/// A permission: a key alone is a permission of which everything is still to be answered.
// It is read by hand, below, to the same rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PermissionFile {
    /// Which, of the catalogue: `read:items.status`.
    pub key: String,
    /// The fields that it is wanted for: `items.status`.
    pub fields: Vec<String>,
    /// What it will be used for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Why a narrower permission would not do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrower: Option<String>,
    /// Where the person consents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// How the data is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion: Option<String>,
    /// What happens if it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_refused: Option<String>,
    /// How compliance was checked before a change in Maintenance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compliance_note: Option<String>,
    /// How long the data is kept, in hours after the workflow is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_hours: Option<u32>,
    /// The last day on which it is wanted, `2027-03-31`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Why the boards should allow what is restricted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether the key stood alone, as a text.
    #[serde(skip)]
    pub is_bare: bool,
}

/// How an integration uses the API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct ApiFile {
    /// The contract that it keeps, by name and version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Whether the partner checks the permission before each call.
    pub validates_permissions: bool,
    /// Whether the partner logs each call, without personal data.
    pub logs_calls: bool,
    /// What it calls.
    pub endpoints: Vec<EndpointFile>,
}

/// A call of the API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct EndpointFile {
    /// Where: `GET /v1/items`.
    pub path: String,
    /// The permissions that it needs, by key.
    pub permissions: Vec<String>,
    /// How often it is called at most: a number, or `unlimited`, which is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_per_minute: Option<RateFile>,
}

/// How often something is called at most.
// It is read by hand, below, so that it says what is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum RateFile {
    /// So many times a minute.
    Number(u32),
    /// `unlimited`, which is refused.
    Word(String),
}

/// A workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct WorkflowFile {
    /// What it is called.
    pub name: String,
    /// `triggered`, `enhanced` or `dependent`.
    pub kind: String,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The permissions that it needs, by key.
    pub permissions: Vec<String>,
    /// What makes it safe to run twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent: Option<String>,
    /// What shows afterwards that it ran, and on what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auditable: Option<String>,
    /// How it is undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reversible: Option<String>,
    /// Whether it predicts what somebody will do.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub predictive: bool,
    /// Of an enhanced one: whether the OS controls the final output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_decides: Option<bool>,
    /// Of a dependent one: how much of the time the service answers, in percent: `99.95`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_percent: Option<f64>,
    /// Of a dependent one: where its state is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_page: Option<String>,
    /// Of a dependent one: what happens to people while it does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_down: Option<String>,
}

/// What an integration adds inside the OS.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct ExtensionFile {
    /// What holds it apart from the OS and from other extensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<String>,
    /// What it adds.
    pub components: Vec<ComponentFile>,
}

/// Something that an extension adds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct ComponentFile {
    /// What it is called.
    pub name: String,
    /// `ui`, `export`, `processor` or `automation`.
    pub kind: String,
    /// The permissions that it needs, by key: none is an empty list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
    /// What of the OS it puts itself in the place of: `global`, `navigation`, `raw-data`, each of which is refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<String>,
}

/// How the partner protects what it gets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct ComplianceFile {
    /// How the data is protected, on its way and at rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protection: Option<String>,
    /// The address of whoever answers auditors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit_contact: Option<String>,
    /// Whether the annual compliance review is accepted.
    pub accepts_annual_review: bool,
    /// Whether people are tracked beyond the integration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracks: Option<bool>,
    /// Who else gets the data, each of whom is refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shares_with: Vec<String>,
    /// Where the partner stores data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage: Vec<StorageFile>,
}

/// Data that the partner stores.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(remote = "Self", deny_unknown_fields, default)]
pub struct StorageFile {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The permissions whose data it holds, by key.
    pub permissions: Vec<String>,
    /// For how long, in hours.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "hours")]
    pub retention_hours: Option<u32>,
    /// Who can read it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readers: Option<String>,
}

/// The fields of a permission that is more than its key.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Justified {
    key: String,
    fields: Vec<String>,
    purpose: Option<String>,
    narrower: Option<String>,
    consent: Option<String>,
    deletion: Option<String>,
    if_refused: Option<String>,
    compliance_note: Option<String>,
    #[serde(deserialize_with = "hours")]
    retention_hours: Option<u32>,
    until: Option<String>,
    reason: Option<String>,
}

impl<'de> Deserialize<'de> for PermissionFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyOrMore;

        impl<'de> de::Visitor<'de> for KeyOrMore {
            type Value = PermissionFile;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the key of a permission, or an object with it and its justification")
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<PermissionFile, E> {
                Ok(PermissionFile { key: key.to_owned(), is_bare: true, ..PermissionFile::default() })
            }

            // Not by an untagged enum, which would lose the place of what is wrong.
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<PermissionFile, A::Error> {
                let file = Justified::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(PermissionFile {
                    key: file.key,
                    fields: file.fields,
                    purpose: file.purpose,
                    narrower: file.narrower,
                    consent: file.consent,
                    deletion: file.deletion,
                    if_refused: file.if_refused,
                    compliance_note: file.compliance_note,
                    retention_hours: file.retention_hours,
                    until: file.until,
                    reason: file.reason,
                    is_bare: false,
                })
            }
        }

        deserializer.deserialize_any(KeyOrMore)
    }
}

/// Has files read by the names of their fields alone: derived, they could be written as lists of values too, whose meaning
/// nobody sees and no schema knows.
macro_rules! by_name {
    ($($file:ident),+) => {$(
        impl Serialize for $file {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $file {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ByName;

                impl<'de> de::Visitor<'de> for ByName {
                    type Value = $file;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object, with its fields by name")
                    }

                    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<$file, A::Error> {
                        // That of the derive, which stands before that of the trait.
                        <$file>::deserialize(de::value::MapAccessDeserializer::new(map))
                    }
                }

                deserializer.deserialize_map(ByName)
            }
        }
    )+};
}

by_name!(
    ManifestFile,
    CompatibilityFile,
    ApiFile,
    EndpointFile,
    WorkflowFile,
    ExtensionFile,
    ComponentFile,
    ComplianceFile,
    StorageFile
);

impl<'de> Deserialize<'de> for RateFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let malformed = || de::Error::custom("Write a whole number of calls a minute, such as 60");
        match Value::deserialize(deserializer)? {
            Value::Number(number) => whole(&number).map(Self::Number).ok_or_else(malformed),
            Value::String(word) => Ok(Self::Word(word)),
            _ => Err(malformed()),
        }
    }
}

/// How many hours something is kept, if that is said.
fn hours<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let hours = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(None),
        Value::Number(number) => whole(&number),
        _ => None,
    };
    hours.map(Some).ok_or_else(|| de::Error::custom("Write whole hours, such as 24"))
}

/// A whole number, however it is written: to a JSON Schema 24.0 is an integer, as it is to whoever writes it.
fn whole(number: &Number) -> Option<u32> {
    if let Some(number) = number.as_u64() {
        return number.try_into().ok();
    }
    // Nothing less than nothing is nothing: -0.0 is 0.
    (number.as_f64()? + 0.0).to_string().parse().ok()
}
