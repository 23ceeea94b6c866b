//! `/boards/{board}`

use chrono::NaiveDate;
use kwanus_domain::board::{BoardKey, ConflictId};
use kwanus_service::{
    Error,
    board::{self, BoardPlace, Oversight},
    partner,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::{
    conflict::{ConflictTable, DeclareForm, EndForm},
    forecast::ForecastSection,
    member::Members,
};
use crate::{
    place::read_place,
    ui::{DoneNotice, ErrorSummary, Frame, Memory, Pager, here, recall, refuse, take_done},
};

/// A board: its members, and for its chairs, administrators and auditors what they are to partners and what is to come.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("board").unwrap_or_default();
    let query = use_query_map().read_untracked().clone();
    let conflict = |name| query.get(name).and_then(|text| text.parse::<ConflictId>().ok());
    let place = BoardPlace {
        case: query.get("after").and_then(|text| read_place(&text)),
        conflict: conflict("conflicts"),
        ending: conflict("end"),
    };
    Suspend::new(async move {
        let read = async {
            let caller = visit.caller()?;
            // A key in another case is another address.
            let board = BoardKey::parse(&key).ok().filter(|board| board.as_str() == key).ok_or(Error::NotFound)?;
            let page = board::lookup(&state.db, caller, &board, place).await?;
            let may_add = page.oversight.as_ref().is_some_and(|oversight| !oversight.people.is_empty());
            let partners = if may_add { partner::list(&state.db, caller, None).await?.rows } else { Vec::new() };
            Ok::<_, Error>((page, partners))
        };
        let (page, partners) = match read.await {
            Ok(read) => read,
            Err(error) => return refuse(error, &visit),
        };
        let adding = recall(&session, &visit, "add_conflict", &key).await;
        let ending = page.oversight.as_ref().and_then(|oversight| oversight.ending.as_ref());
        let ending_of = ending.map(|conflict| conflict.row.id.to_string()).unwrap_or_default();
        let ending = recall(&session, &visit, "end_conflict", &ending_of).await;
        let done = take_done(&session).await;
        let today = visit.at.date_naive();
        let partners = partners.into_iter().map(|row| (row.slug.to_string(), row.name.to_string())).collect();
        let lead = format!("{}. Ballots are open for up to {} days.", page.board.mandate, page.board.ballot_days);
        let is_error = adding.is_error() || ending.is_error();
        let key = page.board.key;
        let meetings = format!("/boards/{key}/meetings");
        let diligence = page.reads_diligence.then(|| {
            view! { <a class="btn" href=format!("/boards/{key}/diligence")>"Diligence"</a> }
        });
        let actions = view! {
            <a class="btn" href=meetings>"Meetings"</a>
            {diligence}
        }
        .into_any();
        let oversight = page.oversight.map(|oversight| {
            let memories = (adding.clone(), ending.clone());
            view! { <OversightSections key oversight partners place today memories /> }
        });
        view! {
            <Frame title=page.board.name lead is_error trail=vec![("/boards".to_owned(), "Boards".to_owned())] actions>
                <DoneNotice done />
                <ErrorSummary memory=adding />
                <ErrorSummary memory=ending />
                <Members members=page.members past=page.past today />
                {oversight}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn OversightSections(
    key: BoardKey,
    oversight: Oversight,
    partners: Vec<(String, String)>,
    place: BoardPlace,
    today: NaiveDate,
    /// What was typed into the form that adds, and into the one that ends.
    memories: (Memory, Memory),
) -> impl IntoView {
    let Oversight { conflicts, ending, people, cases } = oversight;
    let (adding, ending_memory) = memories;
    let path = format!("/boards/{key}");
    let next = conflicts.next.map(|id| id.to_string());
    let table = if conflicts.rows.is_empty() {
        view! { <p class="mt-2">"Nothing is declared."</p> }.into_any()
    } else {
        view! { <ConflictTable rows=conflicts.rows path=path.clone() today is_of_several=true /> }.into_any()
    };
    let end = ending.map(|conflict| {
        view! { <EndForm conflict board=key.as_str() today memory=ending_memory /> }
    });
    let add = (!people.is_empty()).then(|| {
        let carried = vec![("board", key.to_string())];
        let is_begun = adding.is_error();
        view! {
            <details class="more mt-2" id="add" open=is_begun>
                <summary>"Add what a member is to a partner"</summary>
                <DeclareForm action="/do/add_conflict" carried people partners button="Add" memory=adding />
            </details>
        }
    });
    view! {
        <ForecastSection board=key.clone() cases is_later=place.case.is_some() today />
        <section class="section mt-4" aria-labelledby="conflicts">
            <div class="section-head">
                <h2 id="conflicts">"What members are to partners"</h2>
                <p>"Read by its chairs, administrators and auditors."</p>
            </div>
            {table}
            <Pager path name="conflicts" is_later=place.conflict.is_some() next />
            {add}
        </section>
        {end}
    }
}
