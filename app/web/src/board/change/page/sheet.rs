//! `/admin/boards/{board}`

use chrono::{DateTime, Utc};
use kwanus_domain::{
    board::{BoardKey, Term},
    case::Route,
    proposal::Ruling,
    time::{show_date, show_instant},
};
use kwanus_service::{
    Error,
    board::{BoardSheet, Proposal, lookup_sheet},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{PersonField, ReasonField, counted, trail};
use crate::ui::{
    CheckboxField, Choice, Column, DataTable, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField,
    TextField, here, recall, refuse, take_done,
};

/// A board: its members, how it decides, and what is proposed of either.
#[component]
pub(crate) fn BoardSheetPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let key = use_params_map().read_untracked().get("board").and_then(|text| BoardKey::parse(&text).ok());
    Suspend::new(async move {
        let found = match (visit.caller(), key) {
            (Ok(caller), Some(key)) => lookup_sheet(&state.db, caller, &key).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let sheet = match found {
            Ok(sheet) => sheet,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "appointment", sheet.row.key.as_str()).await;
        let done = take_done(&session).await;
        let lead = format!(
            "{}. {} today. A change needs a second administrator.",
            sheet.row.mandate,
            counted(sheet.members, "member")
        );
        let (title, at) = (sheet.row.name.clone(), visit.at);
        view! {
            <Frame title lead trail=trail() is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                <div class="split">
                    <div class="main-col">
                        <Members sheet=sheet.clone() at memory />
                        <Rules sheet=sheet.clone() />
                    </div>
                    <aside class="side" aria-labelledby="waiting">
                        <Waiting proposals=sheet.proposals />
                    </aside>
                </div>
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Members(sheet: BoardSheet, at: DateTime<Utc>, memory: Memory) -> impl IntoView {
    let (key, may_act) = (sheet.row.key.clone(), sheet.may_act);
    let rows = sheet.terms.iter().map(|term| member(term, at, may_act)).collect_view();
    let columns = [Column::Text("Member"), Column::Text("From"), Column::Text("Ends"), Column::Action("Change")];
    let form = may_act.then(|| view! { <Appoint sheet=sheet.clone() at memory /> });
    let one_case = (may_act && sheet.row.has_final_word).then(|| {
        view! {
            <p class="mt-2">
                <a href=format!("/admin/boards/{key}/one-case")>"Appoint somebody for one case"</a>
                ", of which too few members may take part."
            </p>
        }
    });
    let members = if sheet.terms.is_empty() {
        view! { <p>"Nobody sits on it."</p> }.into_any()
    } else {
        view! { <DataTable caption="Members with their terms" columns>{rows}</DataTable> }.into_any()
    };
    view! {
        <section class="section first" aria-labelledby="members">
            <div class="section-head"><h2 id="members">"Members"</h2></div>
            {members}
            {one_case}
            {form}
        </section>
    }
}

fn member(term: &Term, at: DateTime<Utc>, may_act: bool) -> impl IntoView + use<> {
    let seat = &term.seat;
    let (chairs, begins) = (seat.is_chair, !seat.is_in_term(at));
    let what = match (chairs, begins) {
        (true, false) => "Chair",
        (true, true) => "Will be chair",
        (false, false) => "",
        (false, true) => "Will be member",
    };
    let href = format!("/admin/boards/{}/terms/{}", seat.board, term.id);
    let label = format!("End the term of {}", term.name);
    let end = may_act.then(|| view! { <a href=href aria-label=label>"End the term"</a> });
    let until = seat.until.map_or_else(|| "No end".to_owned(), show_date);
    view! {
        <tr>
            <th scope="row"><span class="title">{term.name.to_string()}</span> <span class="sub">{what}</span></th>
            <td data-label="From" class="nowrap">{show_date(seat.from)}</td>
            <td data-label="Ends" class="nowrap">{until}</td>
            <td>{end}</td>
        </tr>
    }
}

#[component]
fn Appoint(sheet: BoardSheet, at: DateTime<Utc>, memory: Memory) -> impl IntoView {
    let today = at.date_naive();
    let tomorrow = today.succ_opt().unwrap_or(today).to_string();
    let chair = Choice {
        value: "chair",
        label: "Chairs the board".into(),
        hint: "From that day on nobody else does. A member who is to chair it is appointed anew.",
    };
    view! {
        <form class="mt-3" method="post" action="/do/propose_appointment" novalidate aria-labelledby="appoint">
            <h3 id="appoint">"Appoint a member"</h3>
            <OwnerField />
            <HiddenField name="board" value=sheet.row.key.as_str() />
            <PersonField people=sheet.people memory=memory.clone() />
            <div class="field-row">
                <TextField name="from" label="Term starts" kind="date" hint="Tomorrow, or later." value=tomorrow memory=memory.clone() autocomplete="off" />
                <TextField name="until" label="Term ends" kind="date" hint="Empty for no end." value="" memory=memory.clone() autocomplete="off" />
            </div>
            <CheckboxField name="chairs" legend="Chair" ticked=vec![] choices=vec![chair] memory=memory.clone() />
            <ReasonField memory />
            <button class="btn">"Propose appointment"</button>
        </form>
    }
}

#[component]
fn Rules(sheet: BoardSheet) -> impl IntoView {
    let (key, members, may_act) = (sheet.row.key.clone(), sheet.members, sheet.may_act);
    let rows = sheet.routes.iter().map(|route| rule(route, &key, members, may_act)).collect_view();
    let columns = [
        Column::Text("Kind of case"),
        Column::Text("The board"),
        Column::Text("What carries today"),
        Column::Number("Days"),
        Column::Action("Change"),
    ];
    view! {
        <section class="section mt-4" aria-labelledby="rules">
            <div class="section-head">
                <h2 id="rules">"Voting rules"</h2>
                <p>{format!("Version {}. A ballot keeps the rule that it opened with.", sheet.version)}</p>
            </div>
            <DataTable caption="Voting rules by kind of case" columns class="wide">{rows}</DataTable>
        </section>
    }
}

fn rule(route: &Route, board: &BoardKey, members: usize, may_act: bool) -> impl IntoView + use<> {
    let said = route.rule.said_of(members, 0);
    let needs = said.split_once(": ").map_or(said.as_str(), |(_, needs)| needs).to_owned();
    let href = format!("/admin/boards/{board}/rules/{}", route.key.as_str());
    let label = format!("Change the rule for {}", route.key.subject());
    let change = may_act.then(|| view! { <a href=href aria-label=label>"Change"</a> });
    let some = route.needs_workflow.then(|| view! { <span class="sub">"with workflows or extensions only"</span> });
    let least = (route.rule.minimum_days > 0)
        .then(|| view! { <span class="sub">{format!("at least {}", route.rule.minimum_days)}</span> });
    let suspends =
        route.rule.suspends_overdue.then(|| view! { <span class="sub">"an overdue condition suspends"</span> });
    view! {
        <tr>
            <th scope="row">{route.key.label()} {some}</th>
            <td data-label="The board">{route.part.label()}</td>
            <td data-label="What carries today">
                {route.rule.threshold.label()} <span class="sub">{needs}</span> {suspends}
            </td>
            <td class="num" data-label="Days">{route.rule.days} {least}</td>
            <td>{change}</td>
        </tr>
    }
}

/// What waits for a second administrator: it is signed here, and declined with a reason on its own page.
#[component]
fn Waiting(proposals: Vec<Proposal>) -> impl IntoView {
    let is_empty = proposals.is_empty();
    let items = proposals.into_iter().map(waiting).collect_view();
    view! {
        <section class="section first" aria-labelledby="waiting">
            <h2 id="waiting">"Waiting for a second signature"</h2>
            {is_empty.then(|| view! { <p class="small mt-1">"Nothing is proposed of this board."</p> })}
            <ul class="stack mt-1 plain-list">{items}</ul>
        </section>
    }
}

fn waiting(proposal: Proposal) -> impl IntoView {
    let may_confirm = proposal.may_confirm();
    let Proposal { row, said, obstacle, dependence, is_own, may_act } = proposal;
    let page = format!("/admin/boards/proposals/{}", row.id);
    let said = said.into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
    let why_not = obstacle.or(dependence).map(|why| view! { <p class="small">{why} "."</p> });
    let button = match (may_confirm, may_act && is_own) {
        (true, _) => Some(("btn", Ruling::Approve, "Sign")),
        (false, true) => Some(("btn", Ruling::Withdraw, "Withdraw")),
        (false, false) => None,
    };
    let form = button.map(|(class, ruling, word)| {
        let label = format!("{word}: {}", row.differences.first().map(String::as_str).unwrap_or_default());
        view! {
            <form method="post" action="/do/decide_board_change">
                <OwnerField />
                <HiddenField name="proposal" value=row.id.to_string() />
                <button class=class name="ruling" value=ruling.as_str() aria-label=label>{word}</button>
            </form>
        }
    });
    let more = if may_act && !is_own { "Decline with a reason" } else { "See the proposal" };
    view! {
        <li>
            <ul class="plain-list small">{said}</ul>
            <p class="meta">{format!("Proposed by {}, {}", row.author, show_instant(row.proposed_at))}</p>
            {why_not}
            <div class="actions mt-1">{form} <a href=page>{more}</a></div>
        </li>
    }
}
