//! The schema of manifests, made from the very types that read them.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::ManifestFile;

/// The JSON Schema (2020-12) of manifests. What it accepts can be read; what the rules say of it is another question.
#[must_use]
pub fn schema() -> Value {
    let mut parts = Vec::new();
    ManifestFile::schemas(&mut parts);
    let mut parts: Map<String, Value> = parts.into_iter().map(|(name, part)| (name, json!(part))).collect();
    // No derive knows of what is read by hand: that the key of a permission will do.
    if let Some(whole) = parts.get_mut("PermissionFile") {
        let key = json!({ "type": "string", "description": "The key alone: everything else is still to be answered." });
        *whole = json!({ "oneOf": [key, whole.take()] });
    }
    let mut schema = json!(ManifestFile::schema());
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!("/api/v1/schema/manifest.json");
    schema["title"] = json!("Manifest");
    schema["$defs"] = parts.into();
    translate(&mut schema);
    schema
}

/// From what OpenAPI means to what JSON Schema says: where the parts are, and how large a number can be.
fn translate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(words) => {
            if let Some(Value::String(reference)) = words.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            // The numbers of a manifest are all `u32`, for which OpenAPI has no name.
            if words.get("format").is_some_and(|format| format == "int32") {
                words.remove("format");
                words.insert("maximum".to_owned(), json!(u32::MAX));
            }
            words.values_mut().for_each(translate);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use boon::{Compiler, SchemaIndex, Schemas};
    use proptest::prelude::*;

    use super::*;
    use crate::{manifest::parse, policy::tests::any_declaration};

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

    #[test]
    fn the_schema_accepts_what_can_be_read_and_nothing_else() {
        let validator = Validator::new();
        for (text, is_sound) in [
            ("{}", true),
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
            (r#"{ "api": null, "extension": { "components": [{ "permissions": null }] } }"#, true),
            (r#"{ "api": { "endpoints": [{ "rate_per_minute": 60 }, { "rate_per_minute": "unlimited" }] } }"#, true),
            (r#"{ "compliance": { "storage": [{ "retention_hours": 4294967295 }], "tracks": false } }"#, true),
            ("[]", false),
            (r#"{ "permisions": [] }"#, false),
            (r#"{ "permissions": [7] }"#, false),
            (r#"{ "permissions": [{ "key": "read:items.status", "field": [] }] }"#, false),
            (r#"{ "permissions": [{ "key": null }] }"#, false),
            (r#"{ "name": null }"#, false),
            (r#"{ "workflows": null }"#, false),
            (r#"{ "workflows": [{ "versoin": "1" }] }"#, false),
            (r#"{ "api": { "endpoints": [{ "rate_per_minute": -1 }] } }"#, false),
            (r#"{ "api": { "endpoints": [{ "rate_per_minute": 4294967296 }] } }"#, false),
            (r#"{ "compliance": { "storage": [{ "retention_hours": 4294967296 }] } }"#, false),
        ] {
            assert_eq!(parse(text).is_ok(), is_sound, "{text}");
            assert_eq!(validator.accepts(&serde_json::from_str(text).unwrap()), is_sound, "{text}");
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
