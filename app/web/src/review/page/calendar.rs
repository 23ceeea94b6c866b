//! `/reviews`

use chrono::{Datelike, NaiveDate};
use kwanus_domain::time::show_date;
use kwanus_service::review::{Calendar, Campaign, calendar};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::campaign::Progress;
use crate::ui::{Column, DataTable, Frame, here, refuse};

/// The calendar of a year, and how far the boards are with what is open.
#[component]
pub(crate) fn ReviewsPage() -> impl IntoView {
    let (state, visit) = here();
    let year = use_query_map().read_untracked().get("year").and_then(|text| text.parse::<i32>().ok());
    let year = year.filter(|year| (2001..2999).contains(year));
    Suspend::new(async move {
        let calendar = match visit.caller() {
            Ok(caller) => calendar(&state.db, caller, year).await,
            Err(error) => Err(error),
        };
        let calendar = match calendar {
            Ok(calendar) => calendar,
            Err(error) => return refuse(error, &visit),
        };
        let (year, neighbours) = (calendar.year, calendar.neighbours);
        let link = |year: i32| view! { <a class="btn" href=format!("/reviews?year={year}")>{year}</a> };
        let actions = view! {
            <div class="actions">
                {neighbours.0.then(|| link(year - 1))}
                {neighbours.1.then(|| link(year + 1))}
            </div>
        };
        let today = visit.at.date_naive();
        let running: Vec<Campaign> = calendar.campaigns.iter().filter(|one| one.is_running()).cloned().collect();
        let running = running.into_iter().map(|campaign| {
            let id = format!("h-{}", campaign.key);
            let heading = id.clone();
            let href = format!("/reviews/{}", campaign.key);
            view! {
                <section class="section" aria-labelledby=id>
                    <div class="section-head">
                        <h2 id=heading><a href=href>{campaign.key.label()}</a></h2>
                        <p>{when(&campaign)}</p>
                    </div>
                    <Progress campaign today />
                </section>
            }
        });
        let running = running.collect_view();
        view! {
            <Frame title=format!("Reviews {year}") lead=lead(&calendar, today) actions=actions.into_any()>
                <Year calendar=calendar.clone() today />
                <div class="two-up mt-4">{running}</div>
                <Dates calendar />
            </Frame>
        }
        .into_any()
    })
}

fn lead(calendar: &Calendar, today: NaiveDate) -> String {
    let open = calendar.campaigns.iter().filter(|campaign| campaign.is_running()).map(|campaign| {
        let closes = campaign.dates.closes_on;
        let until = if today > closes { "was due" } else { "is open until" };
        format!("{} {until} {}.", campaign.key.label(), show_date(closes))
    });
    let open = open.collect::<Vec<_>>().join(" ");
    let next = calendar.campaigns.iter().filter(|one| one.opened_at.is_none() && !one.is_missed);
    let next = next.min_by_key(|campaign| campaign.dates.opens_on);
    match (open.is_empty(), next) {
        (false, _) => open,
        (true, Some(next)) => format!("{} opens {}.", next.key.label(), show_date(next.dates.opens_on)),
        (true, None) => "No round of reviews is open or to come.".to_owned(),
    }
}

/// When a campaign runs, in a few words.
pub(super) fn when(campaign: &Campaign) -> String {
    format!("{} to {}", show_date(campaign.dates.opens_on), show_date(campaign.dates.closes_on))
}

/// The words on a campaign's bar.
fn bar(campaign: &Campaign) -> (&'static str, String) {
    let name = campaign.key.quarter().map_or_else(|| campaign.key.year().to_string(), |quarter| format!("Q{quarter}"));
    match campaign.opened_at {
        Some(_) if campaign.total == 0 => ("run", format!("{name}, none due")),
        Some(_) => {
            let class = if campaign.is_running() { "run open" } else { "run" };
            (class, format!("{name}, {} of {}", campaign.done, campaign.total))
        }
        None if campaign.is_missed => ("run plan", format!("{name}, not held")),
        None => ("run plan", format!("{name}, opens {}", campaign.dates.opens_on.day())),
    }
}

#[component]
fn Year(calendar: Calendar, today: NaiveDate) -> impl IntoView {
    let this = (calendar.year == today.year()).then(|| today.month());
    let heads = (1..=12).map(|month| {
        let name = NaiveDate::from_ymd_opt(2026, month, 1).map(|day| day.format("%b").to_string()).unwrap_or_default();
        let is_this = this == Some(month);
        view! { <th scope="col" class=is_this.then_some("this") aria-current=is_this.then_some("date")>{name}</th> }
    });
    let heads = heads.collect_view();
    let row = |label: &'static str, is_annual: bool| {
        let campaigns: Vec<&Campaign> =
            calendar.campaigns.iter().filter(|campaign| campaign.key.quarter().is_none() == is_annual).collect();
        let mut cells = Vec::new();
        let mut month = 1;
        while month <= 12 {
            let begins = |campaign: &&&Campaign| campaign.dates.opens_on.month() == month;
            let Some(campaign) = campaigns.iter().find(begins) else {
                cells.push(view! { <td></td> }.into_any());
                month += 1;
                continue;
            };
            let span = campaign.dates.closes_on.month().saturating_sub(month) + 1;
            let (class, words) = bar(campaign);
            let (href, title) = (format!("/reviews/{}", campaign.key), when(campaign));
            let bar = view! { <a class=class href=href title=title>{words}</a> };
            cells.push(view! { <td colspan=span.to_string()>{bar}</td> }.into_any());
            month += span;
        }
        view! { <tr><th scope="row">{label}</th>{cells}</tr> }
    };
    let (quarterly, annual) = (row("Quarterly", false), row("Annual", true));
    let region = format!("Review calendar {}, scrollable table", calendar.year);
    view! {
        <section class="section first" aria-labelledby="h-year">
            <div class="section-head">
                <h2 id="h-year">"Year"</h2>
                <p>"Quarterly and annual reviews are required. " <span class="cite"><a href="/policy#pis-9">"PartnerIntegrationSpec §9"</a></span></p>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=region>
                <table class="cal">
                    <caption class="vh">{format!("Rounds of reviews in {}", calendar.year)}</caption>
                    <thead><tr><td></td>{heads}</tr></thead>
                    <tbody>{quarterly} {annual}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Every round of the year with its dates: the calendar in words.
#[component]
fn Dates(calendar: Calendar) -> impl IntoView {
    let is_editable = calendar.is_editable;
    let rows = calendar.campaigns.into_iter().map(|campaign| {
        let href = format!("/reviews/{}", campaign.key);
        let (class, state) = match (campaign.opened_at, campaign.is_missed) {
            (Some(_), _) if campaign.total == 0 => ("tag", "Nothing was due".to_owned()),
            (Some(_), _) if campaign.is_running() => {
                ("tag accent", format!("{} of {} concluded", campaign.done, campaign.total))
            }
            (Some(_), _) => ("tag good", format!("{} concluded", campaign.done)),
            (None, true) => ("tag crit", "Not held".to_owned()),
            (None, false) => ("tag", "To come".to_owned()),
        };
        let overdue = campaign.overdue();
        let tone = if overdue > 0 { "tone-crit" } else { "quiet" };
        let overdue = match overdue {
            0 => "None".to_owned(),
            1 => "1 recommendation overdue".to_owned(),
            count => format!("{count} recommendations overdue"),
        };
        let set = (is_editable && campaign.opened_at.is_none() && !campaign.is_missed).then(|| {
            let (href, label) = (format!("/reviews/{}#dates", campaign.key), campaign.key.label());
            view! { <a href=href>"Set the dates" <span class="vh">" of " {label}</span></a> }
        });
        view! {
            <tr>
                <th scope="row"><a class="title" href=href>{campaign.key.label()}</a></th>
                <td data-label="Opens" class="nowrap">{show_date(campaign.dates.opens_on)}</td>
                <td data-label="Closes" class="nowrap">{show_date(campaign.dates.closes_on)}</td>
                <td data-label="State"><span class=class>{state}</span></td>
                <td data-label="Overdue"><span class=tone>{overdue}</span></td>
                {is_editable.then(|| view! { <td data-label="Dates">{set}</td> })}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Round", "Opens", "Closes", "State", "Overdue"].map(Column::Text).into_iter();
    let columns = columns.chain(is_editable.then_some(Column::Text("Change")));
    view! {
        <section class="section mt-4" aria-labelledby="h-dates">
            <div class="section-head"><h2 id="h-dates">"Dates"</h2></div>
            <DataTable caption="Rounds of reviews and their dates" columns>{rows}</DataTable>
        </section>
    }
}
