//! An integration as an administrator types it.

use kwanus_domain::{
    Violation,
    integration::{Description, IntegrationName, Layers},
    partner::Slug,
};
use kwanus_store::integration::IntegrationData;

use crate::{Error, Result};

/// An integration as typed.
#[derive(Clone, Debug, Default)]
pub struct IntegrationInput {
    /// Its name in URLs, below its partner's.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// The words of its layers.
    pub layers: Vec<String>,
}

impl IntegrationInput {
    /// Everything that is wrong at once, or what to keep.
    pub(super) fn parse(&self) -> Result<IntegrationData> {
        let parsed = (
            IntegrationName::parse(&self.name),
            Slug::parse(self.slug.trim()),
            Layers::parse(self.layers.iter().map(String::as_str)),
            Description::parse(&self.description),
        );
        match parsed {
            (Ok(name), Ok(slug), Ok(layers), Ok(description)) => {
                Ok(IntegrationData { slug, name, description, layers })
            }
            (name, slug, layers, description) => Err(Error::Invalid(
                [name.err(), slug.err(), layers.err(), description.err()].into_iter().flatten().collect(),
            )),
        }
    }
}

/// What to say of a short name that is in use.
pub(super) fn taken() -> Violation {
    Violation::new("slug", "taken", "Another integration of this partner has this short name")
}
