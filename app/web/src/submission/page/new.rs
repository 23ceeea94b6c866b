//! `/submissions/new`

use kwanus_domain::partner::Slug;
use kwanus_service::{Error, integration, partner};
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
        // The one that was asked for stands among them also where there are more than fit a page.
        let asked = match (visit.caller(), chosen) {
            (Ok(caller), Some(slug)) => integration::lookup(&state.db, caller, &found.slug, &slug).await.ok(),
            _ => None,
        };
        let asked = asked.map(|integration| (integration.slug.to_string(), integration.name.to_string()));
        let value = asked.as_ref().map(|(slug, _)| slug.clone()).unwrap_or_default();
        let rows = found.integrations.rows.into_iter().map(|row| (row.slug.to_string(), row.name.to_string()));
        let rows = rows.filter(|row| asked.as_ref() != Some(row)).collect::<Vec<_>>();
        let none = (String::new(), "Choose an integration".to_owned());
        let options = [none].into_iter().chain(asked.clone()).chain(rows).collect();
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
