//! `/policy`: what can be asked for, and what never.

use kwanus_domain::{
    ballot::{Part, Threshold},
    case::{Route, RouteKey},
    permission::{Catalogue, Entry, Kind},
    policy::{RULES, RULES_VERSION},
};
use kwanus_service::permission;
use leptos::prelude::*;

use crate::ui::{Column, DataTable, Frame, Monogram, VerdictMark, here, refuse};

/// The catalogue, for anybody: partners must know it before they ask.
#[component]
pub(crate) fn PolicyPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let policy = match permission::policy(&state.db).await {
            Ok(policy) => policy,
            Err(error) => return refuse(error, &visit),
        };
        let catalogue = policy.catalogue;
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
                <Rules />
                <Routes routes=policy.routes />
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
    let columns = ["Permission", "Fields", "Layer", "From tier"].map(Column::Text);
    view! {
        <section class="section mt-4" aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{kind.label()}</h2>
                <p>{rule}</p>
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

/// What every declaration is read against.
#[component]
fn Rules() -> impl IntoView {
    let rows = RULES.iter().filter(|rule| rule.is_of_permissions()).map(|rule| {
        view! {
            <tr>
                <th scope="row">{rule.words}</th>
                <td data-label="If broken"><VerdictMark verdict=rule.verdict /></td>
                <td data-label="Source"><span class="cite">{rule.citation()}</span></td>
                <td data-label="Id"><code>{rule.id}</code></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Rule", "If broken", "Source", "Id"].map(Column::Text);
    view! {
        <section class="section mt-4" aria-labelledby="rules">
            <div class="section-head">
                <h2 id="rules">"Rules"</h2>
                <p>"Version " {RULES_VERSION} ". Forbidden is never granted: there are no waivers."</p>
            </div>
            <DataTable caption="Rules" columns>{rows}</DataTable>
        </section>
    }
}

/// Which boards a case goes to.
#[component]
fn Routes(routes: Vec<Route>) -> impl IntoView {
    let rows = RouteKey::ALL.iter().map(|key| {
        let of = |part: Part| {
            let boards = routes.iter().filter(|route| route.key == *key && route.part == part).map(|route| {
                let note = route.needs_workflow.then_some(" if it has workflows or extensions");
                view! { <Monogram board=route.board.clone() /> {note} " " }
            });
            boards.collect_view()
        };
        let threshold = routes.iter().filter(|route| route.key == *key).map(|route| route.threshold).max();
        let threshold = threshold.map_or("", Threshold::label);
        view! {
            <tr>
                <th scope="row">{key.label()}</th>
                <td data-label="Decide">{of(Part::Decides)}</td>
                <td data-label="Advise">{of(Part::Advises)}</td>
                <td data-label="Informed">{of(Part::Informed)}</td>
                <td data-label="By">{threshold}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["What", "Decide", "Advise", "Informed", "By"].map(Column::Text);
    view! {
        <section class="section mt-4" aria-labelledby="routes">
            <div class="section-head">
                <h2 id="routes">"Which boards decide"</h2>
                <p><span class="cite">"PartnerIntegrationSpec §11"</span>", PartnerGovCharter"</p>
            </div>
            <DataTable caption="Routes" columns>{rows}</DataTable>
            <p class="note mt-1">
                "A majority is more than half of the unrecused members in term. An objection blocks until it is withdrawn. A ballot is open for 14 days, CGB's for 21, is extended once by 7, and then stands as declined: silence never approves."
            </p>
        </section>
    }
}
