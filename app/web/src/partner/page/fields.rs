//! The fields of a partner, to register one and to edit it.

use kwanus_domain::{
    account::{Email, PersonName},
    partner::{Contact, ContactKind, PartnerStatus, Tier},
};
use leptos::prelude::*;

use crate::ui::{Choice, Memory, RadioField, TextField};

/// What stands in the fields at first.
#[derive(Clone, Default)]
pub(super) struct Values {
    pub name: String,
    pub slug: String,
    pub tier: String,
    pub status: String,
    pub contacts: Vec<Contact>,
}

/// The fields of a partner.
#[component]
pub(super) fn PartnerFields(values: Values, memory: Memory) -> impl IntoView {
    let tiers = Tier::ALL
        .into_iter()
        .zip(["1", "2", "3"])
        .zip([
            "Reads. Lowest risk.",
            "Workflow triggers and limited writes, after a security review.",
            "Intelligence and predictive workflows, after a review by all four boards.",
        ])
        .map(|((tier, value), hint)| Choice { value, label: format!("Tier {value}, {}", tier.label()), hint })
        .collect();
    let statuses = PartnerStatus::ALL
        .iter()
        .zip(["Its users may declare and submit.", "It keeps its records and begins nothing new."])
        .map(|(status, hint)| Choice { value: status.as_str(), label: status.label().to_owned(), hint })
        .collect();
    let contacts = ContactKind::ALL
        .iter()
        .map(|kind| {
            let known = values.contacts.iter().find(|contact| contact.kind == *kind);
            let name = known.map(|contact| &contact.name).map_or("", PersonName::as_str).to_owned();
            let email = known.map(|contact| &contact.email).map_or("", Email::as_str).to_owned();
            view! {
                <fieldset>
                    <legend class="label">{kind.label()}</legend>
                    <div class="field-row">
                        <TextField name=kind.name_field() label="Name" value=name memory=memory.clone() autocomplete="off" />
                        <TextField name=kind.email_field() label="Email address" kind="email" value=email memory=memory.clone() autocomplete="off" />
                    </div>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <TextField name="name" label="Name" value=values.name memory=memory.clone() autocomplete="off" />
        <TextField
            name="slug"
            label="Short name"
            hint="Stands in addresses: small letters, digits and single hyphens, such as orbit-crm."
            value=values.slug
            memory=memory.clone()
            autocomplete="off"
        />
        <RadioField name="tier" legend="Tier" value=values.tier choices=tiers memory=memory.clone() />
        <RadioField name="status" legend="Takes part" value=values.status choices=statuses memory=memory.clone() />
        {contacts}
    }
}
