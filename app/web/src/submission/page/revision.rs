//! `/submissions/{ref}/revisions/{n}`

use kwanus_service::{Error, submission::compare};
use leptos::prelude::*;

use crate::{
    case::{ComparisonPage, asked_revision},
    ui::{here, refuse},
};

/// A revision of a submission against another, for its partner.
#[component]
pub(crate) fn SubmissionRevisionPage() -> impl IntoView {
    let (state, visit) = here();
    let asked = asked_revision();
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
        let page = format!("/submissions/{}", comparison.reference);
        let trail =
            vec![("/".to_owned(), "Home".to_owned()), ("/submissions".to_owned(), "Your submissions".to_owned())];
        let title = format!("What changed in revision {}", comparison.number);
        view! { <ComparisonPage comparison title page trail /> }.into_any()
    })
}
