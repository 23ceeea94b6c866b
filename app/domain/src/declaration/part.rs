//! The parts of a declaration: a page of the form each.

use super::Declaration;
use crate::words::words;

/// What a part of a declaration is about, besides its permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// The use of the API.
    Api,
    /// The calls of it.
    Endpoint,
    /// The workflows.
    Workflow,
    /// The extension.
    Extension,
    /// What it adds.
    Component,
    /// How the partner protects what it gets.
    Compliance,
    /// Where the partner stores data.
    Storage,
}

words!(PartKind {
    Api = "api",
    Endpoint = "endpoints",
    Workflow = "workflows",
    Extension = "extension",
    Component = "components",
    Compliance = "compliance",
    Storage = "storage",
});

impl PartKind {
    /// What one of them is called on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Api => "Use of the API",
            Self::Endpoint => "Endpoint",
            Self::Workflow => "Workflow",
            Self::Extension => "Extension",
            Self::Component => "Component",
            Self::Compliance => "Compliance",
            Self::Storage => "Copy of the data",
        }
    }

    /// Whether there can be several of them.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Endpoint | Self::Workflow | Self::Component | Self::Storage)
    }

    /// How many of them a declaration holds.
    #[must_use]
    pub fn count(self, declaration: &Declaration) -> usize {
        match self {
            Self::Api => usize::from(declaration.api.is_some()),
            Self::Endpoint => declaration.api.as_ref().map_or(0, |api| api.endpoints.len()),
            Self::Workflow => declaration.workflows.len(),
            Self::Extension => usize::from(declaration.extension.is_some()),
            Self::Component => declaration.extension.as_ref().map_or(0, |extension| extension.components.len()),
            Self::Compliance => 1,
            Self::Storage => declaration.compliance.storage.len(),
        }
    }

    /// The part of this kind at that place; of what there is one of, the place does not matter.
    #[must_use]
    pub const fn at(self, n: usize) -> Part {
        match self {
            Self::Api => Part::Api,
            Self::Endpoint => Part::Endpoint(n),
            Self::Workflow => Part::Workflow(n),
            Self::Extension => Part::Extension,
            Self::Component => Part::Component(n),
            Self::Compliance => Part::Compliance,
            Self::Storage => Part::Storage(n),
        }
    }
}

/// A part of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A permission, by its place.
    Permission(usize),
    /// The use of the API.
    Api,
    /// A call of the API, by its place.
    Endpoint(usize),
    /// A workflow, by its place.
    Workflow(usize),
    /// The extension.
    Extension,
    /// Something that it adds, by its place.
    Component(usize),
    /// How the partner protects what it gets.
    Compliance,
    /// A place where the partner stores data, by its place.
    Storage(usize),
}

impl Part {
    /// What it is about, and its place where there are several; none of a permission.
    #[must_use]
    pub const fn kind(self) -> Option<(PartKind, usize)> {
        Some(match self {
            Self::Permission(_) => return None,
            Self::Api => (PartKind::Api, 0),
            Self::Endpoint(n) => (PartKind::Endpoint, n),
            Self::Workflow(n) => (PartKind::Workflow, n),
            Self::Extension => (PartKind::Extension, 0),
            Self::Component(n) => (PartKind::Component, n),
            Self::Compliance => (PartKind::Compliance, 0),
            Self::Storage(n) => (PartKind::Storage, n),
        })
    }
}

/// As the database keeps it: `permissions/0`, `workflows/2`, `api`.
impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self, self.kind()) {
            (Self::Permission(n), _) => write!(f, "permissions/{n}"),
            (_, Some((kind, n))) if kind.is_list() => write!(f, "{}/{n}", kind.as_str()),
            (_, Some((kind, _))) => f.write_str(kind.as_str()),
            (_, None) => Ok(()),
        }
    }
}

impl TryFrom<String> for Part {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, n) = text.split_once('/').map_or((text.as_str(), Ok(0)), |(kind, n)| (kind, n.parse()));
        let n = n.map_err(|_| format!("{text:?} is no part of a declaration"))?;
        match PartKind::from_word(kind) {
            _ if kind == "permissions" => Ok(Self::Permission(n)),
            Some(kind) => Ok(kind.at(n)),
            None => Err(format!("{text:?} is no part of a declaration")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_is_written() {
        let parts = PartKind::ALL.iter().map(|kind| kind.at(7)).chain([Part::Permission(3)]);
        for part in parts {
            assert_eq!(Part::try_from(part.to_string()), Ok(part));
        }
        for text in ["", "permissions/", "workflows/x", "people", "people/1"] {
            assert!(Part::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
