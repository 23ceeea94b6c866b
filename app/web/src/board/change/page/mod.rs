//! The pages on which boards are changed, a file a page.

mod closed;
mod desk;
mod history;
mod one_case;
mod proposal;
mod rule;
mod sheet;
mod term;

use kwanus_domain::{
    account::{Email, PersonName},
    board::BoardKey,
};
use kwanus_service::{
    Error,
    board::{BoardSheet, lookup_sheet},
};
use leptos::prelude::*;

pub(crate) use self::{
    closed::BoardProposalsPage, desk::BoardDeskPage, history::RulesHistoryPage, one_case::OneCasePage,
    proposal::BoardProposalPage, rule::RulePage, sheet::BoardSheetPage, term::TermPage,
};
use crate::{
    state::{State, Visit},
    ui::{Memory, TextArea, TextField},
};

/// A board, for whoever may propose a change of it.
async fn editable(state: &State, visit: &Visit, board: Option<BoardKey>) -> Result<BoardSheet, Error> {
    let caller = visit.administrator()?;
    lookup_sheet(&state.db, caller, &board.ok_or(Error::NotFound)?).await
}

/// What leads to each of these pages.
fn trail() -> Vec<(String, String)> {
    vec![("/admin/boards".to_owned(), "Boards".to_owned())]
}

/// What leads to the pages of a board.
fn trail_of(sheet: &BoardSheet) -> Vec<(String, String)> {
    let own = (format!("/admin/boards/{}", sheet.row.key), sheet.row.name.clone());
    trail().into_iter().chain([own]).collect()
}

/// Why it is proposed: the last field of every form.
#[component]
fn ReasonField(memory: Memory) -> impl IntoView {
    view! {
        <TextArea
            name="reason"
            label="Why?"
            hint="The administrator who confirms it reads it, and it is kept in the record."
            value=""
            memory
        />
    }
}

/// Who is to be appointed.
#[component]
fn PersonField(people: Vec<(Email, PersonName)>, memory: Memory) -> impl IntoView {
    let people =
        people.into_iter().map(|(email, name)| view! { <option value=email.to_string()>{name.to_string()}</option> });
    let people = people.collect_view();
    view! {
        <TextField
            name="person"
            label="Person"
            hint="Their work email address. They are among the people already."
            value=""
            memory
            autocomplete="off"
            list="people"
        />
        <datalist id="people">{people}</datalist>
    }
}

/// A number of things in words: `1 member`, `5 members`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
