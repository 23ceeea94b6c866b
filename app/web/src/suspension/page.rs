//! `/partners/{partner}/{integration}/suspension`

use kwanus_domain::partner::Slug;
use kwanus_service::{Error, suspension::lookup_lift};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, TextArea, here, recall, refuse};

/// The form that proposes to lift a suspension.
#[component]
pub(crate) fn SuspensionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    Suspend::new(async move {
        let (found, (partner, slug)) = match (visit.caller(), path) {
            (Ok(caller), Some(path)) => (lookup_lift(&state.db, caller, (&path.0, &path.1)).await, path),
            (Ok(_), None) => return refuse(Error::NotFound, &visit),
            (Err(error), _) => return refuse(error, &visit),
        };
        let proposal = match found {
            Ok(proposal) => proposal,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "suspension", &format!("{partner}/{slug}")).await;
        let base = format!("/partners/{partner}/{slug}");
        let trail = vec![(base.clone(), format!("{}: {}", proposal.partner, proposal.integration))];
        let content = if let Some(obstacle) = proposal.obstacle {
            view! {
                <div class="empty mt-3">
                    <h2>"It cannot be proposed now"</h2>
                    <p>{obstacle} "."</p>
                    <a class="btn" href=base>"Return to the integration"</a>
                </div>
            }
            .into_any()
        } else {
            view! {
                <form class="column mt-3" method="post" action="/do/propose_lift" novalidate>
                    <OwnerField />
                    <HiddenField name="partner" value=partner.to_string() />
                    <HiddenField name="integration" value=slug.to_string() />
                    <TextArea
                        name="reason"
                        label="Why?"
                        hint="What was wrong, how it was mended, and how the boards can see that. It is kept in the record."
                        value=""
                        memory=memory.clone()
                    />
                    <div class="actions mt-3">
                        <button class="btn primary">"Propose to the boards"</button>
                        <a href=base>"Return without proposing"</a>
                    </div>
                </form>
            }
            .into_any()
        };
        let lead = "The Core Governance Board decides; every grant rests until then.";
        view! {
            <Frame title="Propose to lift the suspension" lead trail is_error=memory.is_error()>
                <ErrorSummary memory />
                {content}
            </Frame>
        }
        .into_any()
    })
}
