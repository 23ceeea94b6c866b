//! A version as it is sent, and as it is kept.

use serde::Deserialize;
use serde_json::json;

use crate::{
    Violation,
    manifest::{Fault, ManifestFile, lint::bounded, parse, read::object},
    text::{prose, text},
};

/// The longest text about a security fix, in characters.
const LONGEST: usize = 2000;

text! {
    /// What a security fix mends, in up to 2,000 characters.
    SecurityFix
}

impl SecurityFix {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        prose("security_fix", "Say what the security fix mends", LONGEST, text).map(Self)
    }

    /// Reads what was typed; nothing is said of what is no security fix.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Violation> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// What is sent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VersionFile {
    /// The manifest, with its version: `/api/v1/schema/manifest.json` is the schema.
    pub manifest: ManifestFile,
    /// What it mends, if it is a security fix. In Deprecation nothing else is recorded.
    #[serde(default)]
    pub security_fix: Option<String>,
}

/// Reads what was sent; the first thing that is not of its shape is a fault, at its place in the whole.
pub fn parse_version(text: &str) -> Result<VersionFile, Fault> {
    let VersionFile { manifest, security_fix } = object(text, "Send a JSON object: begin with {")?;
    let at_its_place = |fault: Fault| Fault { pointer: format!("/manifest{}", fault.pointer), ..fault };
    Ok(VersionFile { manifest: bounded(manifest).map_err(at_its_place)?, security_fix })
}

/// Reads the text of a manifest alone, which lists no more than is read of any; the first thing that is not of its
/// shape is a fault.
pub fn parse_recorded(text: &str) -> Result<ManifestFile, Fault> {
    parse(text).and_then(bounded)
}

/// The manifest as it is kept and given out, however it was laid out.
#[must_use]
pub fn content(file: &ManifestFile) -> String {
    format!("{:#}\n", json!(file))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::tests::any_declaration;

    #[test]
    fn a_fault_is_told_at_its_place_in_what_was_sent() {
        for (text, pointer) in [
            ("[]", ""),
            ("{}", ""),
            (r#"{ "manifest": 7 }"#, "/manifest"),
            (r#"{ "manifest": { "permissions": [7] } }"#, "/manifest/permissions/0"),
            (r#"{ "manifest": {}, "security_fix": true }"#, "/security_fix"),
            (r#"{ "manifest": {}, "version": "1.0.0" }"#, "/version"),
        ] {
            assert_eq!(parse_version(text).unwrap_err().pointer, pointer, "{text}");
        }
        let many = format!(r#"{{ "workflows": [{}{{}}] }}"#, "{},".repeat(100));
        assert_eq!(parse_recorded(&many).unwrap_err().pointer, "/workflows");
        let whole = format!(r#"{{ "manifest": {many} }}"#);
        assert_eq!(parse_version(&whole).unwrap_err().pointer, "/manifest/workflows");
        let sent = parse_version(r#"{ "manifest": { "version": "1.0.0" }, "security_fix": "A hole" }"#).unwrap();
        assert_eq!((&*sent.manifest.version, sent.security_fix.as_deref()), ("1.0.0", Some("A hole")));
    }

    #[test]
    fn how_a_manifest_is_laid_out_makes_no_difference() {
        let of = |text: &str| content(&parse_recorded(text).unwrap());
        let plain = of(r#"{"version":"1.0.0","permissions":["read:items.status"],"api":null}"#);
        assert_eq!(of("{ \"permissions\": [{ \"key\": \"read:items.status\" }],\n\"version\": \"1.0.0\" }"), plain);
        assert_ne!(of(r#"{"version":"1.0.1","permissions":["read:items.status"]}"#), plain);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_as_it_was(declaration in any_declaration()) {
            let file = ManifestFile::from(&declaration);
            prop_assert_eq!(parse_recorded(&content(&file)), Ok(file));
        }
    }
}
