//! `/admin/catalogue/classes/{class}`

use kwanus_domain::{catalogue::What, permission::ClassKey};
use kwanus_service::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{ReasonField, editable, trail};
use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, TextField, here, recall, refuse};

/// The form that proposes a change of a data class. What is forbidden has none.
#[component]
pub(crate) fn ClassPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("class").and_then(|text| ClassKey::parse(&text).ok());
    Suspend::new(async move {
        let found = editable(&state, &visit).await.and_then(|catalogue| {
            let class = key.and_then(|key| catalogue.class(&key).cloned()).filter(|class| !class.is_forbidden);
            class.map(|class| (catalogue.version, class)).ok_or(Error::NotFound)
        });
        let (version, class) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "change", &format!("classes/{}", class.key)).await;
        let title = format!("Propose a change of {}", class.name);
        let lead = "Another administrator approves the change; until then it stays as it is.";
        view! {
            <Frame title lead trail=trail() crumb=class.name.clone() is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_change" novalidate>
                    <OwnerField />
                    <HiddenField name="what" value=What::EditClass.as_str() />
                    <HiddenField name="key" value=class.key.to_string() />
                    <HiddenField name="version" value=version.to_string() />
                    <TextField name="name" label="Name" value=class.name memory=memory.clone() autocomplete="off" />
                    <TextField
                        name="ceiling"
                        label="How many hours may a partner keep it at most?"
                        hint="24 to 2160. Up to 24 is allowed, more is weighed by the boards, and beyond this is forbidden."
                        value=class.ceiling_hours.to_string()
                        memory=memory.clone()
                        autocomplete="off"
                    />
                    <ReasonField memory />
                    <button class="btn primary">"Propose this change"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
