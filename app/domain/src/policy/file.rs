//! The rule book and the catalogue as one document: what a site publishes, and what the command line reads instead of the
//! catalogue of the program.

use serde::{Deserialize, Serialize};

use super::{RULES, RULES_VERSION, Rule, Source};
use crate::permission::{Catalogue, CatalogueFile};

/// The rules, and the catalogue that declarations are read against, as they are written.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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
    /// What it means for a declaration that it finds fault with.
    #[cfg_attr(feature = "schema", schema(value_type = super::Verdict))]
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

    /// Reads the catalogue out of such a document, with its classes and limits, and the version of the document's rules where
    /// that is not the program's. The rules themselves are always the program's. A sentence says what is wrong.
    pub fn read(text: &str) -> Result<(Catalogue, Option<String>), String> {
        /// What is read of it.
        #[derive(Deserialize)]
        struct Read {
            version: String,
            catalogue: CatalogueFile,
        }

        let Read { version, catalogue } = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let other = Some(version).filter(|version| version != RULES_VERSION);
        Ok((catalogue.try_into()?, other))
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
            verdict: rule.verdict.word(),
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
        assert_eq!(RulesFile::read(&written), Ok((catalogue, None)));
    }

    #[test]
    fn of_another_version_the_catalogue_is_read_and_the_version_is_told() {
        let catalogue = Catalogue::built_in().unwrap();
        let other = RulesFile { version: "1999.1".to_owned(), ..RulesFile::of(&catalogue) };
        let mut other = serde_json::json!(other);
        other["laws"] = other["rules"].take();
        assert_eq!(RulesFile::read(&other.to_string()), Ok((catalogue, Some("1999.1".to_owned()))));
        assert!(RulesFile::read("{}").unwrap_err().contains("version"));
        assert!(RulesFile::read("rules").is_err());
        assert!(RulesFile::read(&format!(r#"{{ "version": "{RULES_VERSION}" }}"#)).unwrap_err().contains("catalogue"));
    }
}
