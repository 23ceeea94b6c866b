//! How much is suspended, or lifted: the whole integration, or single grants.

use kwanus_domain::suspension::Offered;
use leptos::prelude::*;

use crate::ui::{Choice, Memory, RadioField, TickField};

/// What is offered. Where there is one thing alone it is chosen at first.
#[component]
pub(super) fn ExtentFields(
    offered: Offered,
    /// The question.
    legend: &'static str,
    /// What it means for the whole integration.
    whole: &'static str,
    /// What it means for single grants.
    single: &'static str,
    memory: Memory,
) -> impl IntoView {
    let chosen = match (offered.integration, offered.grants.is_empty()) {
        (true, true) => "integration",
        (false, false) => "grants",
        _ => "",
    };
    let choices = [
        (offered.integration, "integration", "The whole integration", whole),
        (!offered.grants.is_empty(), "grants", "Single grants, chosen below", single),
    ];
    let choices = choices.into_iter().filter(|(is_offered, ..)| *is_offered);
    let choices = choices.map(|(_, value, label, hint)| Choice { value, label: label.to_owned(), hint }).collect();
    let grants = (!offered.grants.is_empty()).then(|| {
        let options = offered.grants.iter().map(|key| (key.to_string(), key.to_string(), "")).collect();
        view! {
            <TickField
                name="permissions"
                legend="Which grants?"
                hint="Only where single grants are chosen above."
                chosen=""
                options
                memory=memory.clone()
                is_code=true
            />
        }
    });
    view! {
        <RadioField name="what" legend value=chosen choices memory=memory.clone() />
        {grants}
    }
}
