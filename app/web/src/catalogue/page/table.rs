//! The permissions of the catalogue, resource by resource.

use std::collections::BTreeMap;

use kwanus_domain::permission::{Catalogue, Entry};
use leptos::prelude::*;

/// The permissions, each with what leads to a change of it.
#[component]
pub(super) fn Permissions(catalogue: Catalogue, may_act: bool) -> impl IntoView {
    let mut resources: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &catalogue.entries {
        resources.entry(entry.key.resource()).or_default().push(entry);
    }
    let groups = resources.into_iter().map(|(resource, entries)| {
        let rows = entries.into_iter().map(|entry| row(entry, &catalogue, may_act)).collect_view();
        view! {
            <tbody>
                <tr class="group">
                    <th scope="rowgroup" colspan="4">{resource.to_owned()}</th>
                </tr>
                {rows}
            </tbody>
        }
    });
    let groups = groups.collect_view();
    view! {
        <section class="section mt-4" aria-labelledby="permissions">
            <div class="section-head"><h2 id="permissions">"Permissions"</h2></div>
            <div class="table-wrap">
                <table class="data stackable">
                    <caption class="vh">"Permissions, by resource"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Permission"</th>
                            <th scope="col">"Fields"</th>
                            <th scope="col">"From tier"</th>
                            <th scope="col"><span class="vh">"Change"</span></th>
                        </tr>
                    </thead>
                    {groups}
                </table>
            </div>
            {may_act
                .then(|| view! { <p class="mt-2"><a href="/admin/catalogue/new">"Propose a new permission"</a></p> })}
        </section>
    }
}

fn row(entry: &Entry, catalogue: &Catalogue, may_act: bool) -> impl IntoView + use<> {
    let fields = entry.fields.iter().map(|field| {
        let class = catalogue.class(&field.class).map(|class| class.name.clone());
        view! { <li><code>{field.name.to_string()}</code> " " <span class="quiet">{class}</span></li> }
    });
    let fields = fields.collect_view();
    let tag = match (entry.is_retired, catalogue.is_forbidden(entry)) {
        (_, true) => Some(("tag crit", "Forbidden")),
        (true, _) => Some(("tag cau", "Retired")),
        _ => None,
    };
    let tag = tag.map(|(class, word)| view! { <span class=class>{word}</span> });
    let change = may_act.then(|| {
        let href = format!("/admin/catalogue/{}", entry.key);
        let label = format!("Propose a change of {}", entry.key);
        view! { <a href=href aria-label=label>"Propose a change"</a> }
    });
    view! {
        <tr>
            <th scope="row">
                <code>{entry.key.to_string()}</code>
                <span class="sub">{entry.title.clone()}</span>
            </th>
            <td data-label="Fields"><ul class="plain-list">{fields}</ul></td>
            <td data-label="From tier">{entry.tier.number()} " " {tag}</td>
            <td>{change}</td>
        </tr>
    }
}
