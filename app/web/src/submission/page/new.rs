//! `/submissions/new`

use kwanus_domain::partner::Slug;
use kwanus_service::{Error, partner};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::ui::{ErrorSummary, Frame, OwnerField, SelectField, here, recall, refuse};

/// Choosing the integration that a submission is for.
#[component]
pub(crate) fn NewSubmissionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let chosen = use_query_map().read_untracked().get("integration").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let found = match (visit.caller(), visit.person().and_then(|person| person.partner().cloned())) {
            (Ok(caller), Some(own)) => partner::lookup(&state.db, caller, &own.slug, None).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "start_submission", "").await;
        let trail =
            vec![("/".to_owned(), "Home".to_owned()), ("/submissions".to_owned(), "Your submissions".to_owned())];
        let value = chosen.map(|slug| slug.to_string()).unwrap_or_default();
        let rows = found.integrations.rows;
        let options = rows.into_iter().map(|row| (row.slug.to_string(), row.name.to_string())).collect();
        view! {
            <Frame
                title="Start a submission"
                lead="You declare all the permissions that the integration wants, each with a reason. We save each page as you go on."
                trail
                is_error=memory.is_error()
            >
                <ErrorSummary memory=memory.clone() />
                <form class="mt-4 column" method="post" action="/do/start_submission" novalidate>
                    <OwnerField />
                    <SelectField
                        name="integration"
                        label="For which integration?"
                        hint="One submission at a time: if one is open, you go on with it."
                        value
                        options
                        memory
                    />
                    <button class="btn primary">"Start"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
