//! Where an integration meets the OS.

use std::collections::BTreeSet;

use crate::{Violation, words::words};

/// One of the three layers of integration (`PartnerIntegrationSpec` §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Versioned APIs, bound by permissions.
    Api,
    /// Workflows that the partner triggers, enhances or serves.
    Workflow,
    /// Extensions, UI components and export tools inside the OS.
    Extension,
}

words!(Layer { Api = "api", Workflow = "workflow", Extension = "extension" });

impl Layer {
    /// The word on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Api => "API",
            Self::Workflow => "Workflow",
            Self::Extension => "Extension",
        }
    }
}

/// The layers of one integration: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers(BTreeSet<Layer>);

impl Layers {
    /// Reads the words that a form or the database holds.
    pub fn parse<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, Violation> {
        let layers: Option<BTreeSet<_>> = words.into_iter().map(Layer::from_word).collect();
        match layers {
            Some(layers) if !layers.is_empty() => Ok(Self(layers)),
            _ => Err(Violation::new("layers", "missing", "Choose at least one layer")),
        }
    }

    /// Whether the layer is among them.
    pub fn contains(&self, layer: Layer) -> bool {
        self.0.contains(&layer)
    }

    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = Layer> {
        self.0.iter().copied()
    }
}

impl std::fmt::Display for Layers {
    /// `API, Workflow`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iter().map(Layer::label).collect::<Vec<_>>().join(", "))
    }
}

/// As the database keeps them: `api,workflow`.
impl TryFrom<String> for Layers {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        Self::parse(words.split(',')).map_err(|_| format!("{words:?} are no layers"))
    }
}

impl From<Layers> for String {
    fn from(layers: Layers) -> Self {
        layers.iter().map(Layer::as_str).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_a_set_of_at_least_one_in_one_order() {
        let layers = Layers::parse(["workflow", "api", "workflow"]).unwrap();
        assert_eq!((layers.to_string(), String::from(layers.clone())), ("API, Workflow".into(), "api,workflow".into()));
        assert_eq!(Layers::try_from("api,workflow".to_owned()), Ok(layers));
        for words in [&[][..], &["database"], &["api", ""]] {
            assert!(Layers::parse(words.iter().copied()).is_err(), "{words:?}");
        }
    }
}
