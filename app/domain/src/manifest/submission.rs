//! A manifest that is sent to be submitted, with the integration that it is for.

use std::collections::HashSet;

use serde::Deserialize;

use super::{Fault, Manifest, ManifestFile, lint::bounded, read::object};
use crate::integration::{Layer, Layers};

/// What is sent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionFile {
    /// The integration's name in URLs: `client-timeline`.
    pub integration: String,
    /// What it declares, all of it: `/api/v1/schema/manifest.json` is the schema.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub manifest: ManifestFile,
}

/// Reads what was sent; the first thing that is not of its shape is a fault, at its place in the whole.
pub fn parse_submission(text: &str) -> Result<SubmissionFile, Fault> {
    let SubmissionFile { integration, manifest } = object(text, "Send a JSON object: begin with {")?;
    let at_its_place = |fault: Fault| Fault { pointer: format!("/manifest{}", fault.pointer), ..fault };
    Ok(SubmissionFile { integration, manifest: bounded(manifest).map_err(at_its_place)? })
}

impl Manifest {
    /// What keeps it from being what an integration of these layers declares, whatever the rules say of it.
    #[must_use]
    pub fn misfits(&self, layers: &Layers) -> Vec<Fault> {
        let mut misfits = Vec::new();
        if self.declaration.permissions.is_empty() && self.refused.is_empty() {
            let message = "Declare at least one permission".to_owned();
            misfits.push(Fault { pointer: "/permissions".to_owned(), message });
        }
        let mut known = HashSet::new();
        for (permission, place) in self.declaration.permissions.iter().zip(&self.places) {
            if !known.insert(&permission.key) {
                let message = format!("{} is declared already", permission.key);
                misfits.push(Fault { pointer: format!("/permissions/{place}"), message });
            }
        }
        // The boards are asked by the layers that are registered: what is of another would pass them by.
        let foreign = self.layers.iter().flat_map(Layers::iter).filter(|layer| !layers.contains(*layer));
        misfits.extend(foreign.map(|layer| {
            let pointer = match layer {
                Layer::Api => "/api",
                Layer::Workflow => "/workflows",
                Layer::Extension => "/extension",
            };
            let message = format!("Take it out: the integration is registered for {layers} only");
            Fault { pointer: pointer.to_owned(), message }
        }));
        misfits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::tests::catalogue;

    #[test]
    fn a_fault_is_told_at_its_place_in_what_was_sent() {
        for (text, pointer) in [
            ("[]", ""),
            ("{}", ""),
            (r#"{ "integration": 7, "manifest": {} }"#, "/integration"),
            (r#"{ "integration": "a", "manifest": { "permissions": [7] } }"#, "/manifest/permissions/0"),
            (r#"{ "integration": "a", "manifest": {}, "draft": true }"#, "/draft"),
        ] {
            assert_eq!(parse_submission(text).unwrap_err().pointer, pointer, "{text}");
        }
        let many = format!(r#"{{ "integration": "a", "manifest": {{ "workflows": [{}{{}}] }} }}"#, "{},".repeat(100));
        assert_eq!(parse_submission(&many).unwrap_err().pointer, "/manifest/workflows");
        assert_eq!(parse_submission(r#"{ "integration": "a", "manifest": {} }"#).unwrap().integration, "a");
    }

    #[test]
    fn what_is_declared_twice_not_at_all_or_in_a_foreign_layer_does_not_fit() {
        let misfits = |text: &str| {
            let manifest = Manifest::of(&super::super::parse(text).unwrap(), &catalogue());
            let misfits = manifest.misfits(&Layers::parse(["api"]).unwrap());
            misfits.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        assert_eq!(misfits(r#"{ "api": {} }"#), ["/permissions"]);
        let twice = r#"{ "permissions": ["read:items.status", "read:items", "read:items.type", "read:items.status"] }"#;
        assert_eq!(misfits(twice), ["/permissions/3"]);
        let foreign = r#"{ "permissions": ["read:items.status"], "workflows": [{}], "entry": "index.js" }"#;
        assert_eq!(misfits(foreign), ["/workflows", "/extension"]);
    }
}
