//! The number of a version, after semver.

use semver::Version;

use crate::Violation;

/// The longest version, in bytes.
const LONGEST: usize = 60;

/// A version after semver 2: `1.4.0`, `2.0.0-rc.1`, of up to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ManifestVersion(Version);

impl ManifestVersion {
    /// Reads what was written.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Violation::new("version", "missing", "Give the manifest a version, such as 1.4.0"));
        }
        let version = Version::parse(text).ok().filter(|_| text.len() <= LONGEST);
        let message = "Write the version after semver, such as 1.4.0, in up to 60 characters";
        version.map(Self).ok_or(Violation::new("version", "malformed", message))
    }

    /// Whether it comes after the other: by precedence, which knows nothing of what was built.
    #[must_use]
    pub fn is_newer_than(&self, other: &Self) -> bool {
        self.0.cmp_precedence(&other.0).is_gt()
    }

    /// Whether the two differ by no more than a patch.
    #[must_use]
    pub const fn is_patch_of(&self, other: &Self) -> bool {
        self.0.major == other.0.major && self.0.minor == other.0.minor
    }

    /// What its patches have in common: `1.4`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}.{}", self.0.major, self.0.minor)
    }
}

impl std::fmt::Display for ManifestVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// As the database keeps it.
impl TryFrom<String> for ManifestVersion {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|_| format!("{text:?} is no version"))
    }
}

impl From<ManifestVersion> for String {
    fn from(version: ManifestVersion) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(text: &str) -> ManifestVersion {
        ManifestVersion::parse(text).unwrap()
    }

    #[test]
    fn versions_stand_in_the_order_of_semver() {
        let all = ["0.9.9", "1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"];
        for (n, one) in all.iter().enumerate() {
            for (m, other) in all.iter().enumerate() {
                assert_eq!(version(one).is_newer_than(&version(other)), n > m, "{one} {other}");
            }
        }
        assert!(!version("1.0.0+b").is_newer_than(&version("1.0.0+a")), "what was built comes in no order");
    }

    #[test]
    fn a_patch_leaves_the_line_as_it_is() {
        for (text, is_patch) in [("1.4.7", true), ("1.4.1-rc.1", true), ("1.5.0", false), ("2.4.0", false)] {
            assert_eq!(version(text).is_patch_of(&version("1.4.0")), is_patch, "{text}");
        }
        assert_eq!(version("1.4.7-rc.1").line(), "1.4");
    }

    #[test]
    fn what_is_no_version_is_told() {
        for (text, code) in [
            ("", "missing"),
            (" ", "missing"),
            ("1", "malformed"),
            ("1.4", "malformed"),
            ("v1.4.0", "malformed"),
            ("1.04.0", "malformed"),
            ("latest", "malformed"),
            ("1.0.99999999999999999999", "malformed"),
            (&format!("1.0.0-{}", "a".repeat(60)), "malformed"),
        ] {
            assert_eq!(ManifestVersion::parse(text).unwrap_err().code, code, "{text}");
        }
        assert_eq!(version(" 1.4.0 ").to_string(), "1.4.0");
    }

    proptest! {
        #[test]
        fn reading_is_total_and_what_was_read_reads_as_itself(
            text in "[0-9]{1,2}(\\.[0-9]{1,2}){2}([-+][a-z0-9.]{0,5}){0,2}|.{0,20}",
        ) {
            if let Ok(version) = ManifestVersion::parse(&text) {
                prop_assert_eq!(version.to_string(), text.trim());
                prop_assert_eq!(ManifestVersion::try_from(String::from(version.clone())), Ok(version.clone()));
                prop_assert!(!version.is_newer_than(&version) && version.is_patch_of(&version));
            }
        }
    }
}
