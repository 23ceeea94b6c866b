//! A manifest that is sent to be submitted, with the integration that it is for.

use std::collections::HashSet;

use serde::Deserialize;

use super::{
    Fault, Manifest, ManifestFile, Refused,
    lint::{NOTHING_ASKED, bounded},
    read::object,
};

/// What is sent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionFile {
    /// The integration's name in URLs: `client-timeline`.
    pub integration: String,
    /// What it declares, all of it: `/api/v1/schema/manifest.json` is the schema.
    pub manifest: ManifestFile,
}

/// Reads what was sent; the first thing that is not of its shape is a fault, at its place in the whole.
pub fn parse_submission(text: &str) -> Result<SubmissionFile, Fault> {
    let SubmissionFile { integration, manifest } = object(text, "Send a JSON object: begin with {")?;
    let at_its_place = |fault: Fault| Fault { pointer: format!("/manifest{}", fault.pointer), ..fault };
    Ok(SubmissionFile { integration, manifest: bounded(manifest).map_err(at_its_place)? })
}

impl Manifest {
    /// What keeps it from being what an integration declares, whatever the rules say of it. That it speaks of a layer which the
    /// integration has not is for a rule to say.
    #[must_use]
    pub fn misfits(&self) -> Vec<Fault> {
        let mut misfits = Vec::new();
        if self.is_empty() {
            misfits.push(Fault { pointer: "/permissions".to_owned(), message: NOTHING_ASKED.to_owned() });
        }
        misfits.extend(self.repeated());
        misfits
    }
}

impl Manifest {
    /// Whether it asks for nothing, not even in vain.
    pub(super) fn is_empty(&self) -> bool {
        let is_asked = |refused: &Refused| refused.pointer.starts_with("/permissions/");
        self.declaration.permissions.is_empty() && !self.refused.iter().any(is_asked)
    }

    /// The permissions that are declared more than once, but for the first time.
    pub(super) fn repeated(&self) -> Vec<Fault> {
        let mut known = HashSet::new();
        let declared = self.declaration.permissions.iter().zip(&self.places);
        let again = declared.filter(|(permission, _)| !known.insert(&permission.key));
        again
            .map(|(permission, place)| {
                let message = format!("{} is declared already", permission.key);
                Fault { pointer: format!("/permissions/{place}"), message }
            })
            .collect()
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
    fn what_is_declared_twice_or_not_at_all_does_not_fit() {
        let misfits = |text: &str| {
            let manifest = Manifest::of(&super::super::parse(text).unwrap(), &catalogue());
            let misfits = manifest.misfits();
            misfits.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        assert_eq!(misfits(r#"{ "api": {} }"#), ["/permissions"]);
        let twice = r#"{ "permissions": ["read:items.status", "read:items", "read:items.type", "read:items.status"] }"#;
        assert_eq!(misfits(twice), ["/permissions/3"]);
        assert_eq!(misfits(r#"{ "permissions": ["read:items.status"], "workflows": [{}] }"#), [""; 0]);
    }
}
