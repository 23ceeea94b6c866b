//! What can be asked for, and what never.

use kwanus_domain::permission::{Catalogue, Entry, Kind};
use leptos::prelude::*;

use super::specification::SectionCite;
use crate::ui::{Column, DataTable};

/// The catalogue, kind by kind.
#[component]
pub(super) fn CatalogueSection(catalogue: Catalogue) -> impl IntoView {
    let version = format!("Version {} of the catalogue. ", catalogue.version);
    let [one, two, three] = catalogue.limits.longest_grant_months;
    let limits = format!(
        "A grant of a permission lasts at most {one} months where tier 1 may ask for it, {two} where it is from tier 2, and {three} where it is for tier 3."
    );
    let chapters = Kind::ALL.iter().map(|kind| chapter(*kind, &catalogue)).collect_view();
    view! {
        <section class="section" aria-labelledby="catalogue">
            <div class="section-head">
                <h2 id="catalogue">"Catalogue"</h2>
                <p>{version} <SectionCite number=6 /></p>
            </div>
            <p class="column">
                "Partners choose from this catalogue and never define a permission of their own. Each names its fields: a partner declares the fewest that do, with a reason, and gets them for a time. " {limits}
            </p>
            {chapters}
        </section>
    }
}

fn chapter(kind: Kind, catalogue: &Catalogue) -> impl IntoView + use<> {
    let (id, rule, section) = match kind {
        Kind::Read => ("read", "From tier 1. ", 3),
        Kind::Write => ("write", "Restricted. ", 3),
        Kind::Workflow => ("workflow", "From tier 2. ", 3),
        Kind::Intelligence => ("intelligence", "Tier 3 only. ", 6),
    };
    let rows = catalogue.entries.iter().filter(|entry| entry.kind() == kind).map(|entry| row(entry, catalogue));
    let rows = rows.collect_view();
    let columns = ["Permission", "Fields", "Layer", "From tier"].map(Column::Text);
    view! {
        <section class="chapter">
            <div class="section-head">
                <h3 id=id>{kind.label()}</h3>
                <p>{rule} <SectionCite number=section /></p>
            </div>
            <DataTable caption=format!("{} permissions", kind.label()) columns>{rows}</DataTable>
        </section>
    }
}

fn row(entry: &Entry, catalogue: &Catalogue) -> impl IntoView + use<> {
    let forbidden = catalogue.forbidden_classes(entry);
    let fields = entry.fields.iter().map(|field| {
        let class = forbidden.iter().find(|class| class.key == field.class);
        let note = class.map(|class| view! { <span class="tag crit">{class.name.clone()} ": forbidden"</span> });
        view! { <li><code>{field.name.to_string()}</code> " " {note}</li> }
    });
    let tier = if catalogue.is_forbidden(entry) {
        view! { <span class="tag crit">"Forbidden"</span> }.into_any()
    } else if entry.is_retired {
        view! { <span class="tag cau">"Retired"</span> }.into_any()
    } else {
        entry.tier.number().into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <code>{entry.key.to_string()}</code>
                <span class="sub">{entry.title.clone()}</span>
            </th>
            <td data-label="Fields"><ul class="plain-list">{fields.collect_view()}</ul></td>
            <td data-label="Layer">{entry.layer.label()}</td>
            <td data-label="From tier">{tier}</td>
        </tr>
    }
}
