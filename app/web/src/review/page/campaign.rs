//! `/reviews/{campaign}`

use chrono::NaiveDate;
use kwanus_domain::{case::CaseState, review::CampaignKey, time::show_date};
use kwanus_service::{
    Error, board,
    case::{CaseSearch, list},
    review::{Campaign, lookup_campaign},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::calendar::when;
use crate::{
    case::CaseTable,
    place::{read_place, show_place},
    ui::{
        DoneNotice, ErrorSummary, Filter, FilterForm, Frame, HiddenField, Memory, Monogram, OwnerField, Pager,
        TextField, here, recall, refuse, said, take_done,
    },
};

/// A round of reviews: its cases, how far each board is, and its dates.
#[component]
pub(crate) fn CampaignPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("campaign").and_then(|text| CampaignKey::parse(&text));
    let query = use_query_map().read_untracked().clone();
    let word = query.get("state").unwrap_or_default();
    let only = CaseState::from_word(&word).filter(|state| matches!(state, CaseState::Open | CaseState::Reviewed));
    let before = query.get("after").and_then(|text| read_place(&text));
    Suspend::new(async move {
        let found = match (visit.caller(), key) {
            (Ok(caller), Some(key)) => lookup_campaign(&state.db, caller, key).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let (campaign, is_editable) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let search = CaseSearch { campaign: Some(campaign.id), state: only, ..CaseSearch::default() };
        let found = match visit.caller() {
            Ok(caller) => list(&state.db, caller, &search, before).await,
            Err(error) => Err(error),
        };
        let (page, boards) = match (found, board::list(&state.db).await) {
            (Ok(page), Ok(boards)) => (page, boards),
            (Err(error), _) | (_, Err(error)) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "schedule", &campaign.key.to_string()).await;
        let done = take_done(&session).await;
        let columns: Vec<_> = boards.into_iter().map(|board| (board.key, board.name)).collect();
        let mine = visit.person().map(kwanus_service::Person::boards).unwrap_or_default();
        let reader = visit.person().map(kwanus_service::Person::id);
        let next = page.next.map(show_place);
        let path = format!("/reviews/{}", campaign.key);
        let choices =
            [CaseState::Open, CaseState::Reviewed].map(|state| (state.as_str().to_owned(), state.label().to_owned()));
        let filters = vec![Filter::choice("state", "State", &word, "Every state", choices.into_iter())];
        let unknown = if !word.is_empty() && only.is_none() { vec!["state"] } else { vec![] };
        let is_filtered = only.is_some();
        let content = match (campaign.opened_at, page.rows.is_empty()) {
            (None, _) => view! { <NotOpen campaign=campaign.clone() /> }.into_any(),
            (Some(_), true) => {
                let why = if is_filtered || before.is_some() {
                    "No review stands here. Take the filter away, or go back to the beginning."
                } else {
                    "No integration was registered before it opened, so none was due."
                };
                view! { <div class="empty"><h2>"No review here"</h2><p>{why}</p><a class="btn" href=path.clone()>"See all of this round"</a></div> }.into_any()
            }
            (Some(_), false) => view! {
                <FilterForm action=path.clone() label="Filter the reviews" filters unknown />
                <CaseTable rows=page.rows columns mine reader />
            }
            .into_any(),
        };
        let query = said([("state", &word)]);
        let trail = vec![("/reviews".to_owned(), "Reviews".to_owned())];
        let today = visit.at.date_naive();
        let progress = (campaign.total > 0).then(|| {
            let campaign = campaign.clone();
            view! {
                <section class="section first" aria-labelledby="h-progress">
                    <div class="section-head"><h2 id="h-progress">"Progress by board"</h2><p>{when(&campaign)}</p></div>
                    <Progress campaign today />
                </section>
            }
        });
        let dates = is_editable.then(|| view! { <Schedule campaign=campaign.clone() memory=memory.clone() /> });
        view! {
            <Frame title=campaign.key.label() lead=lead(&campaign, today) trail is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                {progress}
                <section class="section mt-4" aria-labelledby="h-reviews">
                    <div class="section-head"><h2 id="h-reviews">"Reviews"</h2></div>
                    {content}
                    <Pager path query is_later=before.is_some() next />
                </section>
                {dates}
            </Frame>
        }
        .into_any()
    })
}

fn lead(campaign: &Campaign, today: NaiveDate) -> String {
    let dates = campaign.dates;
    match campaign.opened_at {
        None if campaign.is_missed => "It was not held: nobody was there to open it in its time.".to_owned(),
        None => format!("It opens {} and closes {}.", show_date(dates.opens_on), show_date(dates.closes_on)),
        Some(_) if !campaign.is_running() => format!("Every review is concluded: {}.", campaign.done),
        Some(_) => {
            let left = campaign.total - campaign.done;
            let left = if left == 1 { "1 review is".to_owned() } else { format!("{left} reviews are") };
            let when = if today > dates.closes_on { "They were due" } else { "It closes" };
            format!("{left} not concluded of {}. {when} {}.", campaign.total, show_date(dates.closes_on))
        }
    }
}

#[component]
fn NotOpen(campaign: Campaign) -> impl IntoView {
    let (title, why) = if campaign.is_missed {
        ("It was not held", "A round whose period is over does not open any more.".to_owned())
    } else {
        let on = show_date(campaign.dates.opens_on);
        (
            "It has not opened",
            format!(
                "On {on} every integration that is registered by then, and not at the end of its support, gets its case."
            ),
        )
    };
    view! { <div class="empty"><h2>{title}</h2><p>{why}</p><a class="btn" href="/reviews">"See the calendar"</a></div> }
}

/// How far each board is: of how many reviews it has recommended something.
#[component]
pub(super) fn Progress(campaign: Campaign, today: NaiveDate) -> impl IntoView {
    let day = (today - campaign.dates.opens_on).num_days() + 1;
    let days = (campaign.dates.closes_on - campaign.dates.opens_on).num_days() + 1;
    let pace = (day > 0 && day <= days).then(|| format!("Day {day} of {days}."));
    let concluded = format!("{} of {} reviews are concluded.", campaign.done, campaign.total);
    let rows = campaign.boards.into_iter().map(|share| {
        let label = format!("{}, {} of {}", share.board.monogram(), share.done, share.total);
        let class = if share.overdue > 0 { "tone-crit num" } else { "num" };
        view! {
            <tr>
                <th scope="row"><Monogram board=share.board /></th>
                <td data-label="Done">
                    <span class="lasts short">
                        <progress max=share.total.to_string() value=share.done.to_string() aria-label=label></progress>
                        <span>{share.done}</span>
                    </span>
                </td>
                <td data-label="Reviews" class="num">{share.total}</td>
                <td data-label="Overdue" class=class>{share.overdue}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <p class="small quiet">{concluded} " " {pace}</p>
        <table class="data mt-1">
            <caption class="vh">"Progress by board"</caption>
            <thead>
                <tr>
                    <th scope="col">"Board"</th>
                    <th scope="col">"Has recommended"</th>
                    <th scope="col" class="num">"Reviews"</th>
                    <th scope="col" class="num">"Overdue"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="meta mt-1">"A review is concluded when every board that it needs has recommended."</p>
    }
}

/// The dates, as long as it has not opened.
#[component]
fn Schedule(campaign: Campaign, memory: Memory) -> impl IntoView {
    let hint = format!(
        "Within {} to {}, at least a week.",
        show_date(campaign.key.first_day()),
        show_date(campaign.key.last_day())
    );
    view! {
        <section class="section mt-4" aria-labelledby="dates">
            <div class="section-head"><h2 id="dates">"Dates"</h2><p>{hint}</p></div>
            <form class="column" method="post" action="/do/schedule_campaign" novalidate>
                <OwnerField />
                <HiddenField name="campaign" value=campaign.key.to_string() />
                <HiddenField name="revision" value=campaign.revision.to_string() />
                <TextField
                    name="opens_on"
                    label="Opens on"
                    kind="date"
                    value=campaign.dates.opens_on.to_string()
                    memory=memory.clone()
                    autocomplete="off"
                />
                <TextField
                    name="closes_on"
                    label="Closes on"
                    hint="Ballots close at 17:00 UTC."
                    kind="date"
                    value=campaign.dates.closes_on.to_string()
                    memory
                    autocomplete="off"
                />
                <div class="actions mt-3"><button class="btn primary">"Set the dates"</button></div>
            </form>
        </section>
    }
}
