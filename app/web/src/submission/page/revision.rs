//! `/submissions/{ref}/revisions/{n}`

use kwanus_service::{Error, submission::compare};
use leptos::prelude::*;

use crate::{
    case::{DifferenceSections, asked_revision, difference_lead},
    ui::{Frame, here, refuse},
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
        let trail = vec![
            ("/".to_owned(), "Home".to_owned()),
            ("/submissions".to_owned(), "Your submissions".to_owned()),
            (page.clone(), comparison.reference.to_string()),
        ];
        let title = format!("What changed in revision {}", comparison.number);
        let crumb = format!("Revision {}", comparison.number);
        let lead = difference_lead(&comparison);
        let path = format!("{page}/revisions/{}", comparison.number);
        view! {
            <Frame title lead trail crumb>
                <DifferenceSections comparison path />
            </Frame>
        }
        .into_any()
    })
}
