//! `/admin/catalogue/limits`

use kwanus_domain::{catalogue::What, partner::Tier};
use leptos::prelude::*;
use tower_sessions::Session;

use super::{ReasonField, editable, trail};
use crate::ui::{ErrorSummary, Frame, HiddenField, OwnerField, TextField, here, recall, refuse};

/// The form that proposes other limits of the tiers.
#[component]
pub(crate) fn LimitsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    Suspend::new(async move {
        let catalogue = match editable(&state, &visit).await {
            Ok(catalogue) => catalogue,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "change", "limits").await;
        let limits = catalogue.limits;
        let fields = Tier::ALL.map(|tier| {
            let (name, label) = match tier {
                Tier::One => ("months_1", "Tier 1: months that a grant lasts at most"),
                Tier::Two => ("months_2", "Tier 2: months that a grant lasts at most"),
                Tier::Three => ("months_3", "Tier 3: months that a grant lasts at most"),
            };
            let (value, memory) = (limits.months(tier).to_string(), memory.clone());
            view! { <TextField name label hint="1 to 12." value memory autocomplete="off" /> }
        });
        let fields = fields.into_iter().collect_view();
        let lead = "A permission is of the lowest tier that may ask for it. Another administrator approves the change; until then the limits stay as they are.";
        view! {
            <Frame title="Propose a change of the limits" lead trail=trail() crumb="Limits" is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/propose_change" novalidate>
                    <OwnerField />
                    <HiddenField name="what" value=What::EditLimits.as_str() />
                    <HiddenField name="version" value=catalogue.version.to_string() />
                    {fields}
                    <ReasonField memory />
                    <button class="btn primary">"Propose this change"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
