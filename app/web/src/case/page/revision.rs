//! `/cases/{ref}/revisions/{n}`

use kwanus_domain::case::CaseRef;
use kwanus_service::{Error, case::compare};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::difference::ComparisonPage;
use crate::ui::{here, refuse};

/// A case, a revision of it, and the one to compare it with.
pub(crate) type Asked = Option<(CaseRef, i64, Option<i64>)>;

/// What the address asks for: without another revision, the one before is meant; with one that is no number, nothing.
pub(crate) fn asked() -> Asked {
    let params = use_params_map().read_untracked().clone();
    let reference = params.get("case").and_then(|text| CaseRef::parse(&text))?;
    let number = params.get("revision").and_then(|text| text.parse().ok())?;
    match use_query_map().read_untracked().get("against").filter(|text| !text.is_empty()) {
        Some(text) => Some((reference, number, Some(text.parse().ok()?))),
        None => Some((reference, number, None)),
    }
}

/// A revision of a case against another, for the desk.
#[component]
pub(crate) fn RevisionPage() -> impl IntoView {
    let (state, visit) = here();
    let asked = asked();
    Suspend::new(async move {
        let comparison = match (visit.caller(), asked) {
            (Ok(caller), Some((case, number, against))) => compare(&state.db, caller, case, number, against).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let comparison = match comparison {
            Ok(comparison) => comparison,
            Err(error) => return refuse(error, &visit),
        };
        let page = format!("/cases/{}", comparison.reference);
        let trail = vec![("/cases".to_owned(), "Cases".to_owned())];
        let title = format!("{}: {}", comparison.partner, comparison.integration);
        view! { <ComparisonPage comparison title page trail /> }.into_any()
    })
}
