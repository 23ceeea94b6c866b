//! `/boards/{board}/meetings`

use chrono::NaiveDate;
use kwanus_domain::{
    board::BoardKey,
    time::{parse_date, show_date, show_instant},
};
use kwanus_service::{
    Error,
    meeting::{self, MeetingRow},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::fields::MeetingFields;
use crate::ui::{
    Column, DataTable, DoneNotice, ErrorSummary, Frame, HiddenField, OwnerField, Pager, here, recall, refuse, take_done,
};

/// The meetings of a board: those that are planned, and those that were held or cancelled.
#[component]
pub(crate) fn MeetingsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("board").unwrap_or_default();
    let query = use_query_map().read_untracked().clone();
    let day = |name| query.get(name).and_then(|text| parse_date("date", &text).ok().flatten());
    let place: (Option<NaiveDate>, Option<NaiveDate>) = (day("after"), day("before"));
    Suspend::new(async move {
        let read = async {
            let caller = visit.caller()?;
            let board = BoardKey::parse(&key).ok().filter(|board| board.as_str() == key).ok_or(Error::NotFound)?;
            meeting::list(&state.db, caller, &board, place).await
        };
        let page = match read.await {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "plan_meeting", &key).await;
        let done = take_done(&session).await;
        let board = format!("/boards/{key}");
        let path = format!("{board}/meetings");
        let title = format!("Meetings of {}", page.board.key.monogram());
        let lead = match page.planned.rows.first() {
            Some(row) => format!("The next begins on {}.", show_instant(row.starts_at)),
            None => "None is planned.".to_owned(),
        };
        let trail = vec![("/boards".to_owned(), "Boards".to_owned()), (board, page.board.name.clone())];
        let next = [page.planned.next, page.past.next].map(|day| day.map(|day| day.to_string()));
        let [planned_next, past_next] = next;
        let is_begun = memory.is_error();
        let plan = page.may_plan.then(|| {
            let (secretaries, memory) = (page.secretaries.clone(), memory.clone());
            view! {
                <details class="more mt-4" id="plan" open=is_begun>
                    <summary>"Plan a meeting"</summary>
                    <form class="column mt-2" method="post" action="/do/plan_meeting" novalidate>
                        <OwnerField />
                        <HiddenField name="board" value=key.clone() />
                        <MeetingFields secretaries memory />
                        <p class="quiet">"The members of the board are told. No ballot closes later because of it."</p>
                        <button class="btn primary">"Plan the meeting"</button>
                    </form>
                </details>
            }
        });
        view! {
            <Frame title lead is_error=memory.is_error() trail crumb="Meetings">
                <DoneNotice done />
                <ErrorSummary memory />
                <section class="section first" aria-labelledby="planned">
                    <div class="section-head"><h2 id="planned">"Planned"</h2><p>"The next first."</p></div>
                    <MeetingTable caption="Planned meetings, the next first" path=path.clone() rows=page.planned.rows />
                    <Pager path=path.clone() is_later=place.0.is_some() next=planned_next />
                </section>
                <section class="section mt-4" aria-labelledby="past">
                    <div class="section-head"><h2 id="past">"Held and cancelled"</h2><p>"The last first."</p></div>
                    <MeetingTable caption="Meetings held and cancelled, the last first" path=path.clone() rows=page.past.rows />
                    <Pager path name="before" is_later=place.1.is_some() next=past_next />
                </section>
                {plan}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn MeetingTable(caption: &'static str, path: String, rows: Vec<MeetingRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="mt-2">"There is none."</p> }.into_any();
    }
    let rows = rows.into_iter().map(|row| {
        let href = format!("{path}/{}", row.day);
        let secretary =
            row.secretary_name().ok().flatten().map_or_else(|| "Not named".to_owned(), |name| name.to_string());
        view! {
            <tr>
                <th scope="row"><a class="title" href=href>{show_date(row.day)}</a></th>
                <td data-label="Begins" class="nowrap">{row.starts_at.format("%H:%M UTC").to_string()}</td>
                <td data-label="Place">{row.place.to_string()}</td>
                <td data-label="Secretary">{secretary}</td>
                <td data-label="State"><span class="tag">{row.state.label()}</span></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Day", "Begins", "Place", "Secretary", "State"].map(Column::Text);
    view! { <DataTable caption columns>{rows}</DataTable> }.into_any()
}
