//! `/admin/catalogue`

use kwanus_domain::{
    partner::Tier,
    permission::{DataClass, Limits},
    time::show_instant,
};
use kwanus_service::permission::{ProposalRow, VersionRow, lookup_catalogue};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::table::Permissions;
use crate::ui::{Column, DataTable, DoneNotice, ErrorSummary, Frame, Pager, here, recall, refuse, take_done};

/// The catalogue with its classes and limits, what is proposed of it, and its versions.
#[component]
pub(crate) fn CataloguePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| text.parse::<i64>().ok());
    Suspend::new(async move {
        let desk = match visit.caller() {
            Ok(caller) => lookup_catalogue(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let desk = match desk {
            Ok(desk) => desk,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "change", "").await;
        let done = take_done(&session).await;
        let may_act = desk.may_act;
        let lead = format!(
            "Version {}. A change is proposed by one administrator and approved by another; what is before the boards keeps what was found, unless what it asks for is withdrawn.",
            desk.catalogue.version
        );
        let next = desk.versions.next.map(|number| number.to_string());
        view! {
            <Frame title="Catalogue" lead is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory />
                <Proposals rows=desk.proposals />
                <Permissions catalogue=desk.catalogue.clone() may_act />
                <Classes classes=desk.catalogue.classes may_act />
                <LimitsTable limits=desk.catalogue.limits may_act />
                <Versions rows=desk.versions.rows />
                <Pager path="/admin/catalogue" is_later=after.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

/// What waits for a second administrator.
#[component]
fn Proposals(rows: Vec<ProposalRow>) -> impl IntoView {
    let count = rows.len();
    let items = rows.into_iter().map(|row| {
        let href = format!("/admin/catalogue/proposals/{}", row.id);
        let said = row.differences.into_iter().map(|what| view! { <li>{what}</li> });
        let title = format!("{} {}", row.change.label(), row.change.subject());
        view! {
            <li>
                <a href=href>{title}</a>
                <ul class="plain-list">{said.collect_view()}</ul>
                <p class="meta">{format!("{}, {}", row.author, show_instant(row.proposed_at))}</p>
            </li>
        }
    });
    let items = items.collect_view();
    let lead = match count {
        0 => "Nothing is proposed.".to_owned(),
        1 => "1 proposal waits for another administrator.".to_owned(),
        _ => format!("{count} proposals wait for another administrator."),
    };
    view! {
        <section class="section first" aria-labelledby="proposals">
            <div class="section-head"><h2 id="proposals">"Proposals"</h2><p>{lead}</p></div>
            {(count > 0).then(|| view! { <ul class="stack">{items}</ul> })}
            <p class="mt-2"><a href="/admin/catalogue/proposals">"See what was declined or withdrawn"</a></p>
        </section>
    }
}

#[component]
fn Classes(classes: Vec<DataClass>, may_act: bool) -> impl IntoView {
    let rows = classes.into_iter().map(|class| {
        let (kept, change) = if class.is_forbidden {
            (view! { <span class="tag crit">"Forbidden"</span> }.into_any(), None)
        } else {
            let href = format!("/admin/catalogue/classes/{}", class.key);
            let label = format!("Propose a change of {}", class.name);
            let link = may_act.then(|| view! { <a href=href aria-label=label>"Propose a change"</a> });
            (format!("{} hours", class.ceiling_hours).into_any(), link)
        };
        view! {
            <tr>
                <th scope="row">{class.name} <span class="sub"><code>{class.key.to_string()}</code></span></th>
                <td data-label="Kept for at most">{kept}</td>
                <td>{change}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [Column::Text("Class"), Column::Text("Kept for at most"), Column::Action("Change")];
    view! {
        <section class="section mt-4" aria-labelledby="classes">
            <div class="section-head">
                <h2 id="classes">"Data classes"</h2>
                <p>"Four are forbidden by PartnerIntegrationSpec §7, and nothing changes that."</p>
            </div>
            <DataTable caption="Data classes" columns>{rows}</DataTable>
        </section>
    }
}

#[component]
fn LimitsTable(limits: Limits, may_act: bool) -> impl IntoView {
    let rows = Tier::ALL.map(|tier| {
        let months = limits.months(tier);
        let months = if months == 1 { "1 month".to_owned() } else { format!("{months} months") };
        view! {
            <tr>
                <th scope="row">{format!("Tier {}, {}", tier.number(), tier.label())}</th>
                <td data-label="Granted for at most">{months}</td>
            </tr>
        }
    });
    let rows = rows.into_iter().collect_view();
    let columns = ["Permissions of", "Granted for at most"].map(Column::Text);
    let change = may_act
        .then(|| view! { <p class="mt-2"><a href="/admin/catalogue/limits">"Propose a change of the limits"</a></p> });
    view! {
        <section class="section mt-4" aria-labelledby="limits">
            <div class="section-head"><h2 id="limits">"Limits"</h2></div>
            <DataTable caption="Limits of the tiers" columns>{rows}</DataTable>
            {change}
        </section>
    }
}

#[component]
fn Versions(rows: Vec<VersionRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        let (what, who, why) = match row.made {
            Some(made) => {
                let said = made.differences.into_iter().map(|what| view! { <li>{what}</li> });
                let approved = format!("approved by {}, {}", made.approver, show_instant(made.approved_at));
                let who = view! { {made.author} <span class="sub">{approved}</span> };
                let href = format!("/admin/catalogue/proposals/{}", made.proposal);
                let what = view! {
                    <ul class="plain-list">{said.collect_view()}</ul>
                    <a href=href>"See the proposal"</a>
                };
                (what.into_any(), who.into_any(), made.reason)
            }
            None => ("As it comes with the program".into_any(), ().into_any(), String::new()),
        };
        view! {
            <tr>
                <th scope="row">{row.number}</th>
                <td data-label="What changed">{what}</td>
                <td data-label="Why"><span class="prose">{why}</span></td>
                <td data-label="Who">{who}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [Column::Newest("Version"), Column::Text("What changed"), Column::Text("Why"), Column::Text("Who")];
    view! {
        <section class="section mt-4" aria-labelledby="versions">
            <div class="section-head">
                <h2 id="versions">"Versions"</h2>
                <p>"The newest first. None is ever changed."</p>
            </div>
            <DataTable caption="Versions of the catalogue, the newest first" columns>{rows}</DataTable>
        </section>
    }
}
