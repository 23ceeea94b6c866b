//! `/policy`: what can be asked for, and what never.

use kwanus_domain::permission::{Entry, Kind};
use kwanus_service::permission::{self, Catalogue};
use leptos::prelude::*;

use crate::ui::{Frame, here, refuse};

/// The catalogue, for anybody: partners must know it before they ask.
#[component]
pub(crate) fn PolicyPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let catalogue = match permission::catalogue(&state.db).await {
            Ok(catalogue) => catalogue,
            Err(error) => return refuse(error, &visit),
        };
        let forbidden = catalogue.entries.iter().filter(|entry| catalogue.is_forbidden(entry)).count();
        let lead = format!(
            "{} permissions can be asked for. {forbidden} are named to be refused.",
            catalogue.entries.len() - forbidden
        );
        let sections = Kind::ALL.iter().map(|kind| section(*kind, &catalogue)).collect_view();
        view! {
            <Frame title="Policy" lead>
                <p class="column mt-2">
                    "Partners choose from this catalogue and never define a permission of their own. Each names its fields: a partner declares the fewest that do, with a reason, and gets them for a time. "
                    <span class="cite">"PartnerIntegrationSpec §6"</span>
                </p>
                {sections}
            </Frame>
        }
        .into_any()
    })
}

fn section(kind: Kind, catalogue: &Catalogue) -> impl IntoView + use<> {
    let (id, rule) = match kind {
        Kind::Read => ("read", "From tier 1. PartnerIntegrationSpec §3"),
        Kind::Write => ("write", "Restricted. PartnerIntegrationSpec §3"),
        Kind::Workflow => ("workflow", "From tier 2. PartnerIntegrationSpec §3"),
        Kind::Intelligence => ("intelligence", "Tier 3 only. PartnerIntegrationSpec §6"),
    };
    let rows = catalogue.entries.iter().filter(|entry| entry.kind() == kind).map(|entry| row(entry, catalogue));
    let rows = rows.collect_view();
    view! {
        <section class="section mt-4" aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{kind.label()}</h2>
                <p>{rule}</p>
            </div>
            <div class="table-wrap">
                <table class="data stackable">
                    <caption class="vh">{kind.label()} " permissions"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Permission"</th>
                            <th scope="col">"Fields"</th>
                            <th scope="col">"Layer"</th>
                            <th scope="col">"From tier"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
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
