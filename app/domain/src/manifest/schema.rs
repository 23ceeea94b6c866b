//! The schema of manifests, made from the very types that read them.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::{MOST_OF_A_KIND, ManifestFile, fault::LONGEST_LINE, read::NO_END};
use crate::declaration::{Answer, ComponentKind, Override, WorkflowKind};

/// The JSON Schema (2020-12) of manifests. What it accepts can be read; what the rules say of it is another question.
#[must_use]
pub fn schema() -> Value {
    let mut parts = components();
    let mut schema = parts.remove(WHOLE).unwrap_or_default();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!("/api/v1/schema/manifest.json");
    schema["title"] = json!("Manifest");
    schema["$defs"] = parts.into();
    relocate(&mut schema);
    schema
}

/// The component that is a manifest; the others are parts of it.
const WHOLE: &str = "ManifestFile";

/// The same, as components of an OpenAPI document: schemas by name, which refer to each other.
#[must_use]
pub fn components() -> Map<String, Value> {
    let mut parts = vec![(WHOLE.to_owned(), ManifestFile::schema())];
    ManifestFile::schemas(&mut parts);
    let mut parts: Map<String, Value> = parts.into_iter().map(|(name, part)| (name, json!(part))).collect();
    // No derive knows of what is read by hand: that the key of a permission will do.
    if let Some(whole) = parts.get_mut("PermissionFile") {
        let key = json!({ "type": "string", "description": "The key alone: everything else is still to be answered." });
        *whole = json!({ "oneOf": [key, whole.take()] });
    }
    for (part, fields, words) in bounds() {
        let Some(part) = parts.get_mut(part) else { continue };
        for field in fields {
            // The two forms of a permission: what can be said of it is said of the longer one.
            let at = if part.get("oneOf").is_some() { "/oneOf/1/properties" } else { "/properties" };
            if let Some(property) = part.pointer_mut(at).and_then(|properties| properties.get_mut(*field)) {
                refine(property, &words);
            }
        }
    }
    for (part, fields) in REQUIRED {
        if let Some(part) = parts.get_mut(*part) {
            part["required"] = json!(fields);
        }
    }
    if let Some(rate) = parts.get_mut("RateFile") {
        *rate = json!({
            "description": "How often something is called at most: so many times a minute, or `unlimited`, which is refused.",
            "oneOf": [
                { "type": "integer", "minimum": 0, "maximum": u32::MAX },
                { "enum": NO_END },
            ],
        });
    }
    parts.values_mut().for_each(widen);
    parts
}

/// What must be there for the rest to mean anything.
const REQUIRED: &[(&str, &[&str])] =
    &[("EndpointFile", &["path"]), ("WorkflowFile", &["name", "kind"]), ("ComponentFile", &["name", "kind"])];

/// What the reader holds to besides types: of these fields of a part, in the words of a schema.
fn bounds() -> Vec<(&'static str, &'static [&'static str], Value)> {
    let answer = json!({ "maxLength": Answer::LONGEST });
    let line = json!({ "minLength": 1, "maxLength": LONGEST_LINE, "pattern": "\\S" });
    let list = json!({ "maxItems": MOST_OF_A_KIND });
    let workflow_kinds: Vec<_> = WorkflowKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let component_kinds: Vec<_> = ComponentKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let overrides: Vec<_> = Override::ALL.iter().map(|what| what.as_str()).collect();
    // An asterisk is read so that a rule refuses it, as are the words for no end.
    let field = json!({ "maxLength": 80, "pattern": "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$|\\*" });
    // The years of which a day means something.
    let day = json!({ "type": "string", "format": "date", "pattern": "^2[0-9]{3}-[0-9]{2}-[0-9]{2}$" });
    let until = json!({ "anyOf": [day, { "enum": NO_END }, { "const": "" }, { "type": "null" }] });
    let answers: &[&str] = &["purpose", "narrower", "consent", "deletion", "if_refused", "compliance_note", "reason"];
    vec![
        ("ManifestFile", &["$schema"], json!({ "format": "uri-reference" })),
        ("ManifestFile", &["id", "version", "entry"], answer.clone()),
        ("ManifestFile", &["workflows"], list.clone()),
        ("CompatibilityFile", &["kwanus"], answer.clone()),
        ("PermissionFile", answers, answer.clone()),
        ("PermissionFile", &["fields"], json!({ "items": field })),
        ("PermissionFile", &["until"], until),
        ("ApiFile", &["contract"], answer.clone()),
        ("ApiFile", &["endpoints"], list.clone()),
        ("EndpointFile", &["path"], line.clone()),
        ("WorkflowFile", &["name"], line.clone()),
        ("WorkflowFile", &["kind"], json!({ "enum": workflow_kinds })),
        (
            "WorkflowFile",
            &["version", "idempotent", "auditable", "reversible", "status_page", "when_down"],
            answer.clone(),
        ),
        ("WorkflowFile", &["target_percent"], json!({ "minimum": 0, "maximum": 100 })),
        ("ExtensionFile", &["sandbox"], answer.clone()),
        ("ExtensionFile", &["components"], list.clone()),
        ("ComponentFile", &["name"], line),
        ("ComponentFile", &["kind"], json!({ "enum": component_kinds })),
        ("ComponentFile", &["overrides"], json!({ "items": { "enum": overrides } })),
        ("ComplianceFile", &["protection"], answer.clone()),
        ("ComplianceFile", &["shares_with"], json!({ "items": answer })),
        (
            "ComplianceFile",
            &["audit_contact"],
            json!({ "format": "email", "maxLength": 254, "pattern": "^\\s*[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)*\\s*$" }),
        ),
        ("ComplianceFile", &["storage"], list),
        ("StorageFile", &["place", "readers"], answer),
    ]
}

/// Puts words into a schema, those of its items into that of its items. What is one of several is no longer of one type.
fn refine(schema: &mut Value, words: &Value) {
    let Some(words) = words.as_object() else { return };
    if words.contains_key("anyOf")
        && let Some(schema) = schema.as_object_mut()
    {
        schema.remove("type");
    }
    for (word, value) in words {
        match (word.as_str(), schema.get_mut(word)) {
            ("items", Some(items)) => refine(items, value),
            _ => schema[word] = value.clone(),
        }
    }
}

/// Says where the parts are in a schema that stands alone.
fn relocate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(relocate),
        Value::Object(words) => {
            if let Some(Value::String(reference)) = words.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            words.values_mut().for_each(relocate);
        }
        _ => {}
    }
}

/// Says how large a number can be.
fn widen(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(widen),
        Value::Object(words) => {
            // The numbers of a manifest are all `u32`, for which OpenAPI has no name.
            if words.get("format").is_some_and(|format| format == "int32") {
                words.remove("format");
                words.insert("maximum".to_owned(), json!(u32::MAX));
            }
            words.values_mut().for_each(widen);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use boon::{Compiler, SchemaIndex, Schemas};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        declaration::Question,
        manifest::{Manifest, parse},
        policy::tests::{any_declaration, catalogue},
    };

    /// The schema as somebody else understands it.
    struct Validator(Schemas, SchemaIndex);

    impl Validator {
        fn new() -> Self {
            let place = "https://kwanus.example/api/v1/schema/manifest.json";
            let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
            compiler.add_resource(place, schema()).unwrap();
            let index = compiler.compile(place, &mut schemas).unwrap();
            Self(schemas, index)
        }

        fn accepts(&self, manifest: &Value) -> bool {
            self.0.validate(manifest, self.1).is_ok()
        }
    }

    /// Whether the reader takes it.
    fn reads(text: &str) -> bool {
        let file = parse(text).and_then(crate::manifest::lint::bounded);
        file.is_ok_and(|file| Manifest::of(&file, &catalogue()).faults.is_empty())
    }

    #[test]
    fn the_schema_accepts_what_can_be_read_and_nothing_else() {
        let validator = Validator::new();
        let long = |count: usize| "x".repeat(count);
        let listed =
            |list: &str, one: &str, count: usize| format!(r#"{{ "{list}": [{}] }}"#, vec![one; count].join(","));
        let workflow = r#"{ "name": "a", "kind": "enhanced" }"#;
        for (text, is_sound) in [
            (format!(r#"{{ "api": {{ "contract": "{}" }} }}"#, long(2000)), true),
            (format!(r#"{{ "api": {{ "contract": "{}" }} }}"#, long(2001)), false),
            (format!(r#"{{ "api": {{ "endpoints": [{{ "path": "{}" }}] }} }}"#, long(200)), true),
            (format!(r#"{{ "api": {{ "endpoints": [{{ "path": "{}" }}] }} }}"#, long(201)), false),
            (listed("workflows", workflow, 100), true),
            (listed("workflows", workflow, 101), false),
            (format!(r#"{{ "compliance": {{ "shares_with": ["{}"] }} }}"#, long(2001)), false),
            (format!(r#"{{ "permissions": [{{ "key": "read:items.status", "purpose": "{}" }}] }}"#, long(2001)), false),
        ] {
            assert_eq!(reads(&text), is_sound, "{text}");
            assert_eq!(validator.accepts(&serde_json::from_str(&text).unwrap()), is_sound, "{text}");
        }
        for (text, is_sound) in [
            ("{}", true),
            (r#"{ "$schema": "https://kwanus.example/api/v1/schema/manifest.json" }"#, true),
            (r#"{ "$schema": 7 }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "fields": ["items.*"] }] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "fields": ["items"] }] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 24.0 }] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 24.5 }] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": "24" }] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "until": "indefinitely" }] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "until": "2027-03-31" }] }"#, true),
            (
                r#"{ "permissions": [{ "key": "read:items.status", "until": "never" }, { "key": "read:items.summary", "until": "" }] }"#,
                true,
            ),
            (r#"{ "permissions": [{ "key": "read:items.status", "until": "31.3.2027" }] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "until": "1999-12-31" }] }"#, false),
            (r#"{ "permissions": [["read:items.status"]] }"#, false),
            (r#"{ "api": { "endpoints": [{}] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": " " }] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": "often" }] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "permissions": ["any", "read:items"] }] } }"#, true),
            (r#"{ "api": [] }"#, false),
            (r#"{ "workflows": [{ "name": "a", "kind": "triggered", "target_percent": 99.95 }] }"#, true),
            (r#"{ "workflows": [{ "name": "a", "kind": "triggered", "target_percent": 101 }] }"#, false),
            (r#"{ "workflows": [{ "name": "a", "kind": "triggered", "target_percent": -1 }] }"#, false),
            (r#"{ "workflows": [{ "name": "a", "kind": "sudden" }] }"#, false),
            (r#"{ "workflows": [{ "name": "a" }] }"#, false),
            (r#"{ "extension": { "components": [{ "name": "a", "kind": "page" }] } }"#, false),
            (
                r#"{ "extension": { "components": [{ "name": "a", "kind": "ui", "overrides": ["navigation"] }] } }"#,
                true,
            ),
            (r#"{ "extension": { "components": [{ "name": "a", "kind": "ui", "overrides": ["all"] }] } }"#, false),
            (r#"{ "compliance": { "audit_contact": "audit@partner.example" } }"#, true),
            (r#"{ "compliance": { "audit_contact": null } }"#, true),
            (r#"{ "compliance": { "audit_contact": "nobody" } }"#, false),
            (r#"{ "compliance": { "audit_contact": "a@b..example" } }"#, false),
            (
                r#"{ "id": "org.example.timeline", "name": "Timeline", "version": "1.4.0", "description": "Shows debts",
                    "permissions": ["read:items.status", "read:items"], "entry": "dist/index.js",
                    "compatibility": { "kwanus": ">=4.2, <6" } }"#,
                true,
            ),
            (
                r#"{ "permissions": ["read:items.status", { "key": "read:items.status", "fields": ["items.status"],
                    "retention_hours": 24, "until": null }] }"#,
                true,
            ),
            (
                r#"{ "api": null, "extension": { "components": [{ "name": "a", "kind": "ui", "permissions": null }] } }"#,
                true,
            ),
            (
                r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": 60 },
                    { "path": "GET /v1/b", "rate_per_minute": "unlimited" }, { "path": "c", "rate_per_minute": null }] } }"#,
                true,
            ),
            (r#"{ "compliance": { "storage": [{ "retention_hours": 4294967295 }], "tracks": false } }"#, true),
            ("[]", false),
            (r#"{ "permisions": [] }"#, false),
            (r#"{ "permissions": [7] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "field": [] }] }"#, false),
            (r#"{ "permissions": [{ "key": null }] }"#, false),
            (r#"{ "name": null }"#, false),
            (r#"{ "workflows": null }"#, false),
            (r#"{ "workflows": [{ "versoin": "1" }] }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": -1 }] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": 4294967296 }] } }"#, false),
            (r#"{ "compliance": { "storage": [{ "retention_hours": 4294967296 }] } }"#, false),
            (r#"{ "compliance": { "storage": [{ "retention_hours": 2.4e1 }] } }"#, true),
            (r#"{ "compliance": { "storage": [{ "retention_hours": null }, { "retention_hours": -1 }] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": 60.0 }] } }"#, true),
            (r#"{ "api": { "endpoints": [{ "path": "GET /v1/a", "rate_per_minute": "no limit" }] } }"#, true),
        ] {
            assert_eq!(reads(text), is_sound, "{text}");
            assert_eq!(validator.accepts(&serde_json::from_str(text).unwrap()), is_sound, "{text}");
        }
    }

    #[test]
    fn answers_and_percentages_are_bounded_as_they_are_read() {
        let validator = Validator::new();
        for answer in Question::ALL.map(Question::field).into_iter().chain(["reason"]) {
            for (count, is_sound) in [(2000, true), (2001, false)] {
                let manifest = json!({ "permissions": [{ "key": "read:items.status", answer: "x".repeat(count) }] });
                assert_eq!(reads(&manifest.to_string()), is_sound, "{answer}: {count}");
                assert_eq!(validator.accepts(&manifest), is_sound, "{answer}: {count}");
            }
        }
        for (percent, is_sound) in [
            ("99.999", true),
            ("0.0000001", true),
            ("100.0", true),
            ("-0.0", true),
            ("100.001", false),
            ("-0.001", false),
        ] {
            let text =
                format!(r#"{{ "workflows": [{{ "name": "a", "kind": "triggered", "target_percent": {percent} }}] }}"#);
            assert_eq!(reads(&text), is_sound, "{text}");
            assert_eq!(validator.accepts(&serde_json::from_str(&text).unwrap()), is_sound, "{text}");
        }
    }

    #[test]
    fn every_property_is_described_and_no_other_is_allowed() {
        fn walk(schema: &Value, objects: &mut usize) {
            if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
                *objects += 1;
                assert_eq!(schema["additionalProperties"], false, "{schema}");
                for (name, property) in properties {
                    assert!(property.to_string().contains("\"description\""), "{name}: {property}");
                }
            }
            match schema {
                Value::Array(items) => items.iter().for_each(|item| walk(item, objects)),
                Value::Object(words) => words.values().for_each(|word| walk(word, objects)),
                _ => {}
            }
        }
        let mut objects = 0;
        walk(&schema(), &mut objects);
        assert_eq!(objects, 10, "as many as there are structs in the file");
        assert!(!schema().to_string().contains("#/components/"));
        assert!(!schema().to_string().contains("is_bare"), "what is of the program alone is nobody's to write");
    }

    #[test]
    fn everything_that_is_bounded_is_there_to_be() {
        let schema = schema();
        for (part, fields, words) in bounds() {
            for field in fields {
                let at = match part {
                    "ManifestFile" => "/properties".to_owned(),
                    "PermissionFile" => format!("/$defs/{part}/oneOf/1/properties"),
                    part => format!("/$defs/{part}/properties"),
                };
                let property = schema.pointer(&at).and_then(|properties| properties.get(*field));
                let property = property.unwrap_or_else(|| panic!("{part} has no {field}"));
                for word in words.as_object().unwrap().keys() {
                    assert!(property.get(word).is_some(), "{part}.{field}: {property}");
                }
            }
        }
    }

    thread_local! {
        static VALIDATOR: Validator = Validator::new();
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_of_the_schema(declaration in any_declaration()) {
            let manifest = json!(ManifestFile::from(&declaration));
            prop_assert!(VALIDATOR.with(|validator| validator.accepts(&manifest)), "{}", manifest);
        }
    }
}
