//! Manifests: what an integration declares, as a file. A superset of the `manifest.json` of extensions.

mod example;
mod fault;
mod file;
mod lint;
mod part;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod submission;
mod version;
mod write;

pub use example::EXAMPLE;
pub use fault::Fault;
pub use file::{
    ApiFile, CompatibilityFile, ComplianceFile, ComponentFile, EndpointFile, ExtensionFile, ManifestFile,
    PermissionFile, RateFile, StorageFile, WorkflowFile,
};
pub use lint::{Lint, Located, lint, pointer};
pub use part::{MOST_OF_A_KIND, Shown, Typed, prefilled, put, put_readable, remove, shown, typed};
pub use read::{Manifest, Refused, parse};
#[cfg(feature = "schema")]
pub use schema::{components, schema};
pub use submission::{SubmissionFile, parse_submission};
pub use version::{
    Ground, ManifestVersion, Recording, Refusal, SecurityFix, VersionFile, changes, content, parse_recorded,
    parse_version, record,
};
