//! The pages of the versions of a manifest.

mod list;
mod new;
mod table;

pub(crate) use list::VersionsPage;
pub(crate) use new::RecordVersionPage;
pub(crate) use table::VersionSection;

use kwanus_domain::partner::Slug;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The partner and the integration that the address names.
fn asked() -> Option<(Slug, Slug)> {
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    slug("partner").zip(slug("integration"))
}
