//! What was granted and decided before, beside what is asked for now.

use kwanus_domain::{case::CaseState, grant::last_day, time::show_date};
use kwanus_service::case::{DecidedBefore, EarlierGrant, NarrowerEntry, Precedents};
use leptos::prelude::*;

/// The rows of a permission's list that help to judge it.
#[component]
pub(super) fn PrecedentRows(precedents: Precedents) -> impl IntoView {
    let holders = if precedents.holders.is_zero() {
        "No other partner holds it now".to_owned()
    } else {
        let noun =
            precedents.holders.noun("integration of another partner holds", "integrations of other partners hold");
        format!("{} {noun} it now", precedents.holders)
    };
    view! {
        <dt>"Granted before"</dt>
        <dd><Granted grants=precedents.granted total=precedents.granted_total /></dd>
        <dt>"Others"</dt>
        <dd>{holders}</dd>
        <dt>"Decided before"</dt>
        <dd><Decided decided=precedents.decided /></dd>
        <dt>"Narrower in the catalogue"</dt>
        <dd><Narrower entries=precedents.narrower /></dd>
    }
}

#[component]
fn Granted(grants: Vec<EarlierGrant>, total: i64) -> impl IntoView {
    if grants.is_empty() {
        return "Never".into_any();
    }
    let more = usize::try_from(total).unwrap_or_default().saturating_sub(grants.len());
    let more = (more > 0).then(|| view! { <li class="quiet">{format!("and {more} earlier")}</li> });
    let rows = grants.into_iter().map(|grant| {
        let from = show_date(grant.starts_at.date_naive());
        let term = match grant.ended {
            Some((at, cause)) => {
                format!("{from} to {}, {}", show_date(at.date_naive()), cause.label().to_lowercase())
            }
            None => format!("{from} until {}", show_date(last_day(grant.ends_at))),
        };
        let whose = grant.other_integration.map(|name| format!(" for {name}"));
        let href = format!("/cases/{}", grant.case);
        view! { <li>{term} {whose} ", by " <a class="nowrap" href=href>{grant.case.to_string()}</a></li> }
    });
    view! { <ul class="plain-list">{rows.collect_view()} {more}</ul> }.into_any()
}

#[component]
fn Decided(decided: DecidedBefore) -> impl IntoView {
    let Some(days) = decided.median_days else {
        return "No case decided before asked for it".into_any();
    };
    let unit = if days == 1 { "day" } else { "days" };
    let (carried, declined) = (decided.carried, decided.declined);
    let of = if decided.is_cut { format!(" of the last {} decided", carried + declined) } else { String::new() };
    let summary = format!("{carried} carried, {declined} declined{of}. Median {days} {unit}");
    let last = decided.last.into_iter().map(|(case, state, at)| {
        let class = if state == CaseState::Carried { "tone-pos" } else { "tone-crit" };
        view! {
            <li>
                <a href=format!("/cases/{case}")>{case.to_string()}</a>
                " "
                <span class=class>{state.label()}</span>
                {format!(", {}", show_date(at.date_naive()))}
            </li>
        }
    });
    view! { <p>{summary}</p> <ul class="plain-list">{last.collect_view()}</ul> }.into_any()
}

#[component]
fn Narrower(entries: Vec<NarrowerEntry>) -> impl IntoView {
    if entries.is_empty() {
        return "None reaches less".into_any();
    }
    let rows = entries.into_iter().map(|entry| {
        let fields = entry.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mark = entry.is_enough.then(|| view! { " " <span class="tag cau">"Has every declared field"</span> });
        view! {
            <li>
                <code>{entry.key.to_string()}</code>
                {mark}
                <span class="meta">{format!(" {fields}")}</span>
            </li>
        }
    });
    view! { <ul class="plain-list">{rows.collect_view()}</ul> }.into_any()
}
