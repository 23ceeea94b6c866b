//! `/admin/catalogue/new`

use kwanus_domain::{catalogue::What, integration::Layer};
use leptos::prelude::*;
use tower_sessions::Session;

use super::{FieldsField, ReasonField, TierField, editable, trail};
use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, SelectField, TextField, here, recall, refuse};

/// The form that proposes a permission that was not offered before.
#[component]
pub(crate) fn NewEntryPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    Suspend::new(async move {
        let catalogue = match editable(&state, &visit).await {
            Ok(catalogue) => catalogue,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "change", "new").await;
        let layers = Layer::ALL.iter().map(|layer| (layer.as_str().to_owned(), layer.label().to_owned())).collect();
        let lead = "Another administrator approves it; until then nobody can ask for it.";
        view! {
            <Frame title="Propose a new permission" lead trail=trail() is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_change" novalidate>
                    <OwnerField />
                    <HiddenField name="what" value=What::AddEntry.as_str() />
                    <HiddenField name="version" value=catalogue.version.to_string() />
                    <TextField
                        name="key"
                        label="Key"
                        hint="Its kind, the resource, and what of it: read:items.grade. It never changes."
                        value=""
                        memory=memory.clone()
                        autocomplete="off"
                    />
                    <TextField
                        name="title"
                        label="What it is for"
                        hint="In words that a partner knows, such as: Whether an item is open or closed."
                        value=""
                        memory=memory.clone()
                        autocomplete="off"
                    />
                    <SelectField name="layer" label="Layer" value="api" options=layers memory=memory.clone() />
                    <TierField value="1".to_owned() memory=memory.clone() />
                    <FieldsField value=String::new() memory=memory.clone() />
                    <ReasonField memory />
                    <button class="btn primary">"Propose this permission"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
