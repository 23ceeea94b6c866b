//! The rule book and the catalogue as one document: what a site publishes, and what the command line reads instead of the
//! catalogue of the program.

use serde::{Deserialize, Serialize};

use super::{RULES, RULES_VERSION, Rule, Source};
use crate::permission::{Catalogue, CatalogueFile};

/// The rules, and the catalogue that declarations are read against, as they are written.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RulesFile {
    /// The version of the rule book.
    version: String,
    /// The rules, in the order of the specification.
    rules: Vec<RuleFile>,
    /// What there is to be asked for.
    catalogue: CatalogueFile,
}

/// A rule.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
struct RuleFile {
    /// Its id, by which findings name it.
    id: String,
    /// The document that it comes from.
    document: String,
    /// The section of that document; none where the specification is silent, and it is a default of another document.
    section: Option<u8>,
    /// The words of that section.
    wording: Option<String>,
    /// What it means for a declaration that it finds fault with: `forbidden`, `missing`, `restricted` or `advice`.
    verdict: String,
    /// The rule, in a sentence without a full stop.
    words: String,
    /// What the boards weigh where it finds something.
    weigh: String,
}

impl RulesFile {
    /// The rules of the program, with a catalogue.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let rules = RULES.iter().map(|rule| RuleFile::from(*rule)).collect();
        Self { version: RULES_VERSION.to_owned(), rules, catalogue: catalogue.into() }
    }

    /// Reads the catalogue out of such a document. The rules themselves are the program's, so a document of another version
    /// of them is refused; a sentence says what is wrong.
    pub fn read(text: &str) -> Result<Catalogue, String> {
        /// What the documents of all versions have in common.
        #[derive(Deserialize)]
        struct Versioned {
            version: String,
        }

        let Versioned { version } = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if version != RULES_VERSION {
            return Err(format!(
                "these are the rules {version}, and this program holds {RULES_VERSION}: use the program of that version"
            ));
        }
        let file: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        file.catalogue.try_into()
    }
}

impl From<&Rule> for RuleFile {
    fn from(rule: &Rule) -> Self {
        let (document, section, wording) = match rule.source {
            Source::Specification(section, wording) => {
                ("PartnerIntegrationSpec", Some(section), Some(wording.to_owned()))
            }
            Source::Family(document) => (document, None, None),
        };
        Self {
            id: rule.id.to_owned(),
            document: document.to_owned(),
            section,
            wording,
            verdict: rule.verdict.label().to_lowercase(),
            words: rule.words.to_owned(),
            weigh: rule.weigh.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_written_whole_and_their_catalogue_reads_as_the_same() {
        let catalogue = Catalogue::built_in().unwrap();
        let file = RulesFile::of(&catalogue);
        assert_eq!(file.rules.len(), RULES.len());
        assert!(file.rules.iter().all(|rule| rule.section.is_some() == rule.wording.is_some()));
        let written = serde_json::to_string(&file).unwrap();
        assert_eq!(RulesFile::read(&written), Ok(catalogue));
    }

    #[test]
    fn rules_of_another_version_are_refused_whatever_else_is_in_them() {
        let refusal = RulesFile::read(r#"{ "version": "1999.1", "laws": [] }"#).unwrap_err();
        assert!(refusal.contains("1999.1") && refusal.contains(RULES_VERSION), "{refusal}");
        assert!(RulesFile::read("{}").unwrap_err().contains("version"));
        assert!(RulesFile::read("rules").is_err());
        assert!(RulesFile::read(&format!(r#"{{ "version": "{RULES_VERSION}" }}"#)).unwrap_err().contains("rules"));
    }
}
