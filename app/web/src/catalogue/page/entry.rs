//! `/admin/catalogue/{permission}`

use kwanus_domain::{
    catalogue::What,
    permission::{Entry, PermissionKey},
};
use kwanus_service::Error;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{FieldsField, ReasonField, TierField, editable, trail, typed_fields};
use crate::ui::{ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextField, here, recall, refuse};

/// The form that proposes a change of a permission.
#[component]
pub(crate) fn EntryPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("permission").and_then(|text| PermissionKey::parse(&text).ok());
    Suspend::new(async move {
        let found = editable(&state, &visit).await.and_then(|catalogue| {
            let entry = key.and_then(|key| catalogue.entry(&key).cloned());
            entry.map(|entry| (catalogue.version, entry)).ok_or(Error::NotFound)
        });
        let (version, entry) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "change", entry.key.as_str()).await;
        let lead = if entry.is_retired {
            "It is retired: nobody is granted it any more, and grants that there are run on."
        } else {
            "Another administrator approves the change; until then it stays as it is."
        };
        let title = format!("Propose a change of {}", entry.key);
        view! {
            <Frame title lead trail=trail() crumb=entry.key.to_string() is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_change" novalidate>
                    <OwnerField />
                    <HiddenField name="key" value=entry.key.to_string() />
                    <HiddenField name="version" value=version.to_string() />
                    {if entry.is_retired {
                        view! { <Restore memory /> }.into_any()
                    } else {
                        view! { <Fields entry memory /> }.into_any()
                    }}
                </form>
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Fields(entry: Entry, memory: Memory) -> impl IntoView {
    view! {
        <TextField
            name="title"
            label="What it is for"
            value=entry.title.clone()
            memory=memory.clone()
            autocomplete="off"
        />
        <TierField value=entry.tier.number().to_string() memory=memory.clone() />
        <FieldsField value=typed_fields(&entry) memory=memory.clone() />
        <ReasonField memory />
        <div class="actions">
            <button class="btn primary" name="what" value=What::EditEntry.as_str()>"Propose this change"</button>
            <button class="btn danger" name="what" value=What::RetireEntry.as_str()>"Propose to retire it instead"</button>
        </div>
        <p class="hint mt-2">
            "What is retired is granted no more: open submissions that ask for it are declined, and grants that there are run on to their end."
        </p>
    }
}

#[component]
fn Restore(memory: Memory) -> impl IntoView {
    view! {
        <ReasonField memory />
        <button class="btn primary" name="what" value=What::RestoreEntry.as_str()>"Propose to offer it again"</button>
    }
}
