//! What members declare, when they are away, and whom they let act for them: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

#[cfg(feature = "ssr")]
use {
    crate::ui::{Form, local_path},
    kwanus_domain::time::show_date,
    kwanus_service::{
        Error,
        board::{self as service, ConflictInput, DelegateInput},
    },
};

/// Declares what one is to a partner. Fields: `owner`, `partner` (its short name), `relation` (`employment`, `equity`, `family`
/// or `client`), `from` and `until` (dates; the second may be empty), `note`.
#[server(prefix = "/do", endpoint = "declare_conflict")]
pub async fn declare_conflict(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] relation: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] note: String,
) -> Result<(), wire::Error> {
    let input = ConflictInput { partner, relation, from, until, note };
    let mut form = remember(Form::new("declare_conflict", "", "/account/conflicts"), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = service::declare_conflict(&form.state().db, &caller, &input).await;
    form.answer(outcome, "/account/conflicts", "Your relation is declared.").await
}

/// Adds what somebody else is to a partner, as a chair of their board or an administrator. Fields: `owner`, `board` (the key of
/// the board on whose page the form stands), `person` (an identifier), and `partner`, `relation`, `from`, `until`, `note` as
/// where one declares it oneself.
#[server(prefix = "/do", endpoint = "add_conflict")]
pub async fn add_conflict(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] person: String,
    #[server(default)] partner: String,
    #[server(default)] relation: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] note: String,
) -> Result<(), wire::Error> {
    let input = ConflictInput { partner, relation, from, until, note };
    let page = format!("/boards/{board}");
    let form = Form::new("add_conflict", &board, local_path(&page)).typed("person", &person);
    let mut form = remember(form, &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match person.parse() {
        Ok(person) => service::add_conflict(&form.state().db, &caller, person, &input).await,
        Err(_) => Err(Error::NotFound),
    };
    let next = format!("{page}#conflicts");
    form.answer(outcome, local_path(&next), "The relation is added. The member reads it on their own page.").await
}

#[cfg(feature = "ssr")]
fn remember(form: Form, input: &ConflictInput) -> Form {
    form.typed("partner", &input.partner)
        .typed("relation", &input.relation)
        .typed("from", &input.from)
        .typed("until", &input.until)
        .typed("note", &input.note)
}

/// Says when a declared relation ends, and why. Fields: `owner`, `conflict` (its identifier), `board` (the key of the board on
/// whose page the form stands; empty on one's own), `last_day` (a date), `reason`.
#[server(prefix = "/do", endpoint = "end_conflict")]
pub async fn end_conflict(
    #[server(default)] owner: String,
    #[server(default)] conflict: String,
    #[server(default)] board: String,
    #[server(default)] last_day: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    let list = if board.is_empty() { "/account/conflicts".to_owned() } else { format!("/boards/{board}") };
    let page = format!("{list}?end={conflict}");
    let mut form =
        Form::new("end_conflict", &conflict, local_path(&page)).typed("last_day", &last_day).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match conflict.parse() {
        Ok(conflict) => service::end_conflict(&form.state().db, &caller, conflict, &last_day, &reason).await,
        Err(_) => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|day| format!("The relation ends on {}.", show_date(*day))).unwrap_or_default();
    form.answer(outcome, local_path(&list), &done).await
}

/// Says that one has nothing to declare, beyond what one has declared. Fields: `owner`.
#[server(prefix = "/do", endpoint = "confirm_nothing_to_declare")]
pub async fn confirm_nothing_to_declare(#[server(default)] owner: String) -> Result<(), wire::Error> {
    let mut form = Form::new("confirm_nothing_to_declare", "", "/account/conflicts");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = service::confirm_nothing_to_declare(&form.state().db, &caller).await;
    let done = "It is kept that you have nothing else to declare. You are asked again in a year.";
    form.answer(outcome, "/account/conflicts", done).await
}

/// Says when one is away. Fields: `owner`, `leave_from` and `leave_until` (dates).
#[server(prefix = "/do", endpoint = "take_leave")]
pub async fn take_leave(
    #[server(default)] owner: String,
    #[server(default)] leave_from: String,
    #[server(default)] leave_until: String,
) -> Result<(), wire::Error> {
    let mut form = Form::new("take_leave", "", "/account/leave")
        .typed("leave_from", &leave_from)
        .typed("leave_until", &leave_until);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = service::take_leave(&form.state().db, &caller, &leave_from, &leave_until).await;
    let done = outcome.as_ref().map(|days| format!("You are away {days}.")).unwrap_or_default();
    form.answer(outcome, "/account/leave", &done).await
}

/// Ends a leave as of today. Fields: `owner`, `leave` (its identifier).
#[server(prefix = "/do", endpoint = "end_leave")]
pub async fn end_leave(#[server(default)] owner: String, #[server(default)] leave: String) -> Result<(), wire::Error> {
    let mut form = Form::new("end_leave", "", "/account/leave");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match leave.parse() {
        Ok(leave) => service::end_leave(&form.state().db, &caller, leave).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/account/leave", "Your leave is ended. You count as present from today.").await
}

/// Gives one's seat on a board to a deputy for some days. Fields: `owner`, `board` (its key), `deputy` (an identifier), `from`
/// and `until` (dates), `kinds` (several words, such as `PJ`; none means all).
#[server(prefix = "/do", endpoint = "delegate")]
pub async fn delegate(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] deputy: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] kinds: Vec<String>,
) -> Result<(), wire::Error> {
    let mut form = Form::new("delegate", "", "/account/leave")
        .typed("board", &board)
        .typed("deputy", &deputy)
        .typed("from", &from)
        .typed("until", &until)
        .typed("kinds", &kinds.join("\n"));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = DelegateInput { board, deputy, from, until, kinds };
    let outcome = service::delegate(&form.state().db, &caller, &input).await;
    let done = outcome.as_ref().map(|made| format!("Your deputy acts for {} {}.", made.board.monogram(), made.days));
    let done = done.unwrap_or_default();
    form.answer(outcome, "/account/leave", &done).await
}

/// Ends a delegation at once, as its member or its deputy. Fields: `owner`, `delegation` (its identifier).
#[server(prefix = "/do", endpoint = "end_delegation")]
pub async fn end_delegation(
    #[server(default)] owner: String,
    #[server(default)] delegation: String,
) -> Result<(), wire::Error> {
    let mut form = Form::new("end_delegation", "", "/account/leave");
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match delegation.parse() {
        Ok(delegation) => service::end_delegation(&form.state().db, &caller, delegation).await,
        Err(_) => Err(Error::NotFound),
    };
    form.answer(outcome, "/account/leave", "The delegation is ended.").await
}
