//! The pages of the catalogue, a file a page.

mod class;
mod closed;
mod desk;
mod entry;
mod limits;
mod new;
mod proposal;
mod table;

use kwanus_domain::{
    partner::Tier,
    permission::{Catalogue, Entry},
};
use kwanus_service::{Error, permission};
use leptos::prelude::*;

pub(crate) use self::{
    class::ClassPage, closed::ClosedProposalsPage, desk::CataloguePage, entry::EntryPage, limits::LimitsPage,
    new::NewEntryPage, proposal::ProposalPage,
};
use crate::{
    state::{State, Visit},
    ui::{Memory, SelectField, TextArea},
};

/// The catalogue, for whoever may propose a change of it.
async fn editable(state: &State, visit: &Visit) -> Result<Catalogue, Error> {
    visit.administrator()?;
    Ok(permission::policy(&state.db).await?.catalogue)
}

/// What leads to each of these pages.
fn trail() -> Vec<(String, String)> {
    vec![("/admin/catalogue".to_owned(), "Catalogue".to_owned())]
}

/// Why it is proposed: the last field of every form.
#[component]
fn ReasonField(memory: Memory) -> impl IntoView {
    view! {
        <TextArea
            name="reason"
            label="Why?"
            hint="The administrator who decides reads it, and it is kept in the record."
            value=""
            memory
        />
    }
}

/// The lowest tier that may ask for a permission.
#[component]
fn TierField(value: String, memory: Memory) -> impl IntoView {
    let options = Tier::ALL.map(|tier| (tier.number().to_string(), format!("{}, {}", tier.number(), tier.label())));
    view! {
        <SelectField
            name="tier"
            label="From tier"
            hint="Writes and workflow triggers from tier 2, intelligence at tier 3 only (PartnerIntegrationSpec §3, §6)."
            value
            options=options.to_vec()
            memory
        />
    }
}

/// What a permission can reach.
#[component]
fn FieldsField(value: String, memory: Memory) -> impl IntoView {
    view! {
        <TextArea
            name="fields"
            label="Fields"
            hint="One a line, such as items.status. Behind a field that is new, or of another class from now on, stands its data class: items.grade item_summary. A field is of one class in every permission."
            value
            memory
        />
    }
}

/// The fields of an entry as they are typed: each with its class.
fn typed_fields(entry: &Entry) -> String {
    entry.fields.iter().map(|field| format!("{} {}", field.name, field.class)).collect::<Vec<_>>().join("\n")
}
