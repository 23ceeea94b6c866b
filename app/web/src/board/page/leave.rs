//! `/account/leave`

use kwanus_domain::{
    board::{BoardKey, MOST_DELEGATED_DAYS},
    case::CaseKind,
};
use kwanus_service::board::{ColleagueRow, DelegationRow, LeaveRow, OwnLeave, list_own_leave};
use leptos::prelude::*;
use tower_sessions::Session;

use crate::ui::{
    Column, DataTable, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, Monogram, OwnerField, SelectField,
    TextField, TickField, here, recall, refuse, take_done,
};

/// When one is away, and who acts for whom.
#[component]
pub(crate) fn LeavePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    Suspend::new(async move {
        let own = match visit.caller() {
            Ok(caller) => list_own_leave(&state.db, caller).await,
            Err(error) => Err(error),
        };
        let OwnLeave { leave, deputies, acting, boards, colleagues } = match own {
            Ok(own) => own,
            Err(error) => return refuse(error, &visit),
        };
        let taking = recall(&session, &visit, "take_leave", "").await;
        let delegating = recall(&session, &visit, "delegate", "").await;
        let done = take_done(&session).await;
        let today = visit.at.date_naive();
        let is_member = !boards.is_empty();
        let lead = match leave.iter().find(|row| row.days().covers(today)) {
            Some(row) => format!("You are away {}.", row.days()),
            None if is_member => "You are not away today.".to_owned(),
            None if acting.is_empty() => "You sit on no board, and act for nobody.".to_owned(),
            None => "You sit on no board.".to_owned(),
        };
        let own = is_member.then(|| {
            let (taking, delegating) = (taking.clone(), delegating.clone());
            view! {
                <LeaveSection leave memory=taking />
                <DeputySection deputies boards colleagues memory=delegating />
            }
        });
        let is_error = taking.is_error() || delegating.is_error();
        view! {
            <Frame title="Leave and deputies" lead is_error trail=vec![("/account".to_owned(), "Account".to_owned())]>
                <DoneNotice done />
                <ErrorSummary memory=taking />
                <ErrorSummary memory=delegating />
                {own}
                <ActingSection acting />
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn LeaveSection(leave: Vec<LeaveRow>, memory: Memory) -> impl IntoView {
    let rows = leave.into_iter().map(|row| {
        let days = row.days().to_string();
        let label = format!("End leave: {days}");
        view! {
            <tr>
                <th scope="row">{days}</th>
                <td>
                    <form method="post" action="/do/end_leave">
                        <OwnerField />
                        <HiddenField name="leave" value=row.id.to_string() />
                        <button class="btn small" aria-label=label>"End"</button>
                    </form>
                </td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let columns = [Column::Text("Days"), Column::Action("End")];
    view! {
        <section class="section first" aria-labelledby="leave">
            <div class="section-head">
                <h2 id="leave">"Leave"</h2>
                <p>"All who read what the boards read see when you are away. It takes nothing from your vote."</p>
            </div>
            {(!rows.is_empty()).then(|| view! { <DataTable caption="Your leave" columns>{rows}</DataTable> })}
            <form class="column mt-3" method="post" action="/do/take_leave" novalidate>
                <OwnerField />
                <div class="field-row">
                    <TextField name="leave_from" label="First day away" kind="date" value="" memory=memory.clone() autocomplete="off" />
                    <TextField name="leave_until" label="Last day away" kind="date" value="" memory autocomplete="off" />
                </div>
                <button class="btn">"Take leave"</button>
            </form>
        </section>
    }
}

#[component]
fn DeputySection(
    deputies: Vec<DelegationRow>,
    boards: Vec<(BoardKey, String)>,
    colleagues: Vec<ColleagueRow>,
    memory: Memory,
) -> impl IntoView {
    let table = delegations(deputies, "Who acts for you", |row| row.deputy_name.to_string());
    let first = boards.first().map(|(key, _)| key.to_string()).unwrap_or_default();
    let board = if boards.len() > 1 {
        let options = boards.into_iter().map(|(key, name)| (key.to_string(), name)).collect();
        let memory = memory.clone();
        view! { <SelectField name="board" label="Board" value=first options memory /> }.into_any()
    } else {
        view! { <HiddenField name="board" value=first /> }.into_any()
    };
    let nobody = (String::new(), "Choose a colleague".to_owned());
    let people = colleagues.into_iter().map(|row| (row.id.to_string(), format!("{} ({})", row.name, row.email)));
    let people: Vec<_> = std::iter::once(nobody).chain(people).collect();
    let kinds = CaseKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned(), "")).collect();
    let lead = format!("For at most {MOST_DELEGATED_DAYS} days at a time. Positions name both of you.");
    view! {
        <section class="section mt-4" aria-labelledby="deputies">
            <div class="section-head"><h2 id="deputies">"Who acts for you"</h2><p>{lead}</p></div>
            {table}
            <form class="column mt-3" method="post" action="/do/delegate" novalidate>
                <OwnerField />
                {board}
                <SelectField
                    name="deputy"
                    label="Deputy"
                    hint="Somebody who does not sit on this board, nor acts for another of its members. They do not act on cases of partners that they are anything to."
                    value=""
                    options=people
                    memory=memory.clone()
                />
                <div class="field-row">
                    <TextField name="from" label="First day" kind="date" value="" memory=memory.clone() autocomplete="off" />
                    <TextField name="until" label="Last day" kind="date" value="" memory=memory.clone() autocomplete="off" />
                </div>
                <TickField name="kinds" legend="Only on these kinds of cases" hint="On all, if none is ticked." chosen="" options=kinds memory />
                <button class="btn">"Name this deputy"</button>
            </form>
        </section>
    }
}

#[component]
fn ActingSection(acting: Vec<DelegationRow>) -> impl IntoView {
    (!acting.is_empty()).then(|| {
        let table = delegations(acting, "For whom you act", |row| row.member_name.to_string());
        view! {
            <section class="section mt-4" aria-labelledby="acting">
                <div class="section-head"><h2 id="acting">"For whom you act"</h2></div>
                {table}
            </section>
        }
    })
}

/// Delegations as a table, each under the name of the other one.
fn delegations(rows: Vec<DelegationRow>, caption: &'static str, other: fn(&DelegationRow) -> String) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.into_iter().map(|row| {
        let (name, days) = (other(&row), row.days().to_string());
        let label = format!("End delegation: {name}, {days}");
        let kinds: Vec<_> = row.kinds.named().map(CaseKind::label).collect();
        let kinds = if kinds.is_empty() { "All".to_owned() } else { kinds.join(", ") };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="Board"><Monogram board=row.board_key /></td>
                <td data-label="Days">{days}</td>
                <td data-label="Cases">{kinds}</td>
                <td>
                    <form method="post" action="/do/end_delegation">
                        <OwnerField />
                        <HiddenField name="delegation" value=row.id.to_string() />
                        <button class="btn small" aria-label=label>"End"</button>
                    </form>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [
        Column::Text("Who"),
        Column::Text("Board"),
        Column::Text("Days"),
        Column::Text("Cases"),
        Column::Action("End"),
    ];
    view! { <DataTable caption columns>{rows}</DataTable> }.into_any()
}
