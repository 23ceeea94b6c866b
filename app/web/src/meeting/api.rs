//! What is done about meetings: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

#[cfg(feature = "ssr")]
use {
    crate::ui::{Form, local_path},
    chrono::NaiveDate,
    kwanus_domain::{
        board::BoardKey,
        case::CaseRef,
        time::{parse_date, show_date},
    },
    kwanus_service::{
        Error,
        meeting::{self as service, MeetingInput},
    },
};

/// How many fields of one name a form has at most that are kept where it fails.
#[cfg(feature = "ssr")]
const FIELDS: usize = 10;

#[cfg(feature = "ssr")]
fn place(board: &str, day: &str) -> Result<(BoardKey, NaiveDate), Error> {
    let day = parse_date("day", day).ok().flatten();
    BoardKey::parse(board).ok().zip(day).ok_or(Error::NotFound)
}

#[cfg(feature = "ssr")]
fn remember(form: Form, input: &MeetingInput) -> Form {
    form.typed("date", &input.date)
        .typed("time", &input.time)
        .typed("place", &input.place)
        .typed("secretary", &input.secretary)
}

/// Plans a meeting of a board. Fields: `owner`, `board` (its key), `date`, `time` (`14:00`, in UTC), `place`, `secretary` (a
/// person's identifier; empty is nobody yet, and only a chair's is looked at).
#[server(prefix = "/do", endpoint = "plan_meeting")]
pub async fn plan_meeting(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] place: String,
    #[server(default)] secretary: String,
) -> Result<(), wire::Error> {
    let input = MeetingInput { date, time, place, secretary };
    let page = format!("/boards/{board}/meetings");
    let mut form = remember(Form::new("plan_meeting", &board, local_path(&page)), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match BoardKey::parse(&board) {
        Ok(board) => service::plan(&form.state().db, &caller, &board, &input).await,
        Err(_) => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map_or_else(|_| page.clone(), |day| format!("{page}/{day}"));
    let done = outcome.as_ref().map(|day| format!("The meeting of {} is planned.", show_date(*day)));
    let done = done.unwrap_or_default();
    form.answer(outcome, local_path(&next), &done).await
}

/// Says anew when and where a planned meeting is held, and who keeps its minutes. Fields: `owner`, `board` (its key), `day` (the
/// date that names it), `revision` (that was seen), and `date`, `time`, `place`, `secretary` as where one is planned.
#[server(prefix = "/do", endpoint = "reschedule_meeting")]
#[allow(clippy::too_many_arguments, reason = "each is a field of the form")]
pub async fn reschedule_meeting(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
    #[server(default)] revision: String,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] place: String,
    #[server(default)] secretary: String,
) -> Result<(), wire::Error> {
    let input = MeetingInput { date, time, place, secretary };
    let page = format!("/boards/{board}/meetings/{day}");
    let form = Form::new("reschedule_meeting", &format!("{board}/{day}"), local_path(&page));
    let mut form = remember(form, &input).made_from("revision", &revision);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match self::place(&board, &day) {
        Ok((board, day)) => {
            let revision = revision.parse().unwrap_or_default();
            service::reschedule(&form.state().db, &caller, &board, day, revision, &input).await
        }
        Err(error) => Err(error),
    };
    let next = outcome.as_ref().map_or_else(|_| page.clone(), |day| format!("/boards/{board}/meetings/{day}"));
    form.answer(outcome, local_path(&next), "The meeting is saved.").await
}

/// Cancels a planned meeting. Fields: `owner`, `board` (its key), `day` (the date that names it), `reason`.
#[server(prefix = "/do", endpoint = "cancel_meeting")]
pub async fn cancel_meeting(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    let page = format!("/boards/{board}/meetings/{day}");
    let mut form = Form::new("cancel_meeting", &format!("{board}/{day}"), local_path(&page)).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match place(&board, &day) {
        Ok((board, day)) => service::cancel(&form.state().db, &caller, &board, day, &reason).await,
        Err(error) => Err(error),
    };
    form.answer(outcome, local_path(&page), "The meeting is cancelled. The members are told.").await
}

/// Marks a meeting held that has begun: its agenda stands from then on. Fields: `owner`, `board` (its key), `day` (the date that
/// names it).
#[server(prefix = "/do", endpoint = "hold_meeting")]
pub async fn hold_meeting(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
) -> Result<(), wire::Error> {
    let page = format!("/boards/{board}/meetings/{day}");
    let mut form = Form::new("hold_meeting", &format!("{board}/{day}"), local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match place(&board, &day) {
        Ok((board, day)) => service::hold(&form.state().db, &caller, &board, day).await,
        Err(error) => Err(error),
    };
    let next = format!("{page}/minutes");
    form.answer(outcome, local_path(&next), "The meeting is marked held. Its agenda stands.").await
}

/// Defers a case to the next meeting of a board. Fields: `owner`, `case` (its reference), `board` (its key), `reason`.
#[server(prefix = "/do", endpoint = "defer_case")]
pub async fn defer_case(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    let page = format!("/cases/{case}");
    let mut form = Form::new("defer_case", &case, local_path(&page)).typed("board", &board).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(case), Ok(board)) => service::defer(&form.state().db, &caller, case, &board, &reason).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome
        .as_ref()
        .map(|day| format!("{case} is on the agenda of {}. Its ballot closes when it would have.", show_date(*day)));
    let done = done.unwrap_or_default();
    form.answer(outcome, local_path(&page), &done).await
}

/// Says who was present at a meeting. Fields: `owner`, `board` (its key), `day` (the date that names it), `present` (several, a
/// person's identifier each).
#[server(prefix = "/do", endpoint = "set_attendance")]
pub async fn set_attendance(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
    #[server(default)] present: Vec<String>,
) -> Result<(), wire::Error> {
    let page = format!("/boards/{board}/meetings/{day}/minutes");
    let mut form =
        Form::new("set_attendance", &format!("{board}/{day}"), local_path(&page)).typed("present", &present.join("\n"));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match place(&board, &day) {
        Ok((board, day)) => service::set_attendance(&form.state().db, &caller, &board, day, &present).await,
        Err(error) => Err(error),
    };
    form.answer(outcome, local_path(&page), "Attendance is saved.").await
}

/// Writes what the minutes say of a case. Fields: `owner`, `board` (its key), `day` (the date that names the meeting), `case` (its
/// reference), `note`.
#[server(prefix = "/do", endpoint = "set_minutes_note")]
pub async fn set_minutes_note(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
    #[server(default)] case: String,
    #[server(default)] note: String,
) -> Result<(), wire::Error> {
    let page = format!("/boards/{board}/meetings/{day}/minutes?item={case}");
    let subject = format!("{board}/{day}/{case}");
    let mut form = Form::new("set_minutes_note", &subject, local_path(&page)).typed("note", &note);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (place(&board, &day), CaseRef::parse(&case)) {
        (Ok((board, day)), Some(case)) => service::set_note(&form.state().db, &caller, &board, day, case, &note).await,
        _ => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), &format!("The minutes of {case} are saved.")).await
}

/// Records a position on behalf of a member who was present at a meeting. Fields: `owner`, `board` (its key), `day` (the date that
/// names the meeting), `member` (a person's identifier), and those of `take_position`.
#[server(prefix = "/do", endpoint = "record_position")]
#[allow(clippy::too_many_arguments, reason = "each is a field of the form")]
pub async fn record_position(
    #[server(default)] owner: String,
    #[server(default)] day: String,
    #[server(default)] member: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] revision: String,
    #[server(default)] position: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] conditions: Vec<String>,
    #[server(default)] dues: Vec<String>,
    #[server(default)] owners: Vec<String>,
    #[server(default)] held: Vec<String>,
    #[server(default)] concerns: Vec<String>,
    #[server(default)] abouts: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_service::ballot::{ConcernInput, ConditionInput, PositionInput};

    let list = format!("/boards/{board}/meetings/{day}/minutes?item={case}");
    let page = format!("{list}&member={member}");
    let mut form = Form::new("record_position", &format!("{board}/{day}/{case}/{member}"), local_path(&page))
        .typed("position", &position)
        .typed("permissions", &permissions.join(","))
        .typed("held", &held.join(","))
        .typed("reason", &reason)
        .preview(&preview)
        .made_from("revision", &revision);
    for (field, values) in
        [("condition", &conditions), ("due", &dues), ("owner", &owners), ("concern", &concerns), ("about", &abouts)]
    {
        for (n, value) in values.iter().enumerate().take(FIELDS) {
            form = form.typed(&format!("{field}-{n}"), value);
        }
    }
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let at = |values: &[String], n: usize| values.get(n).cloned().unwrap_or_default();
    let conditions = conditions.into_iter().enumerate();
    let named = concerns.into_iter().enumerate();
    let input = PositionInput {
        conditions: conditions
            .map(|(n, text)| ConditionInput { text, due: at(&dues, n), owner: at(&owners, n) })
            .collect(),
        concerns: named.map(|(n, name)| ConcernInput { name, about: at(&abouts, n) }).collect(),
        stance: position,
        reason,
        permissions,
        held,
        revision: revision.parse().unwrap_or_default(),
    };
    let outcome = match (place(&board, &day), CaseRef::parse(&case), member.parse()) {
        (Ok((board, day)), Some(case), Ok(member)) => {
            service::record_position(&form.state().db, &caller, (&board, day), case, member, &input).await
        }
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map_or_else(
        |_| String::new(),
        |recorded| {
            let decided = recorded
                .outcome
                .map_or_else(String::new, |outcome| format!(" {case} is decided: {}.", outcome.label().to_lowercase()));
            format!(
                "The position is recorded: {}. The member is told.{decided}",
                recorded.stance.label().to_lowercase()
            )
        },
    );
    form.answer(outcome, local_path(&list), &done).await
}

/// Approves the minutes of a meeting. Fields: `owner`, `board` (its key), `day` (the date that names it).
#[server(prefix = "/do", endpoint = "approve_minutes")]
pub async fn approve_minutes(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] day: String,
) -> Result<(), wire::Error> {
    let page = format!("/boards/{board}/meetings/{day}/minutes");
    let mut form = Form::new("approve_minutes", &format!("{board}/{day}"), local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match place(&board, &day) {
        Ok((board, day)) => service::approve_minutes(&form.state().db, &caller, &board, day).await,
        Err(error) => Err(error),
    };
    form.answer(outcome, local_path(&page), "The minutes are approved. Nothing in them changes any more.").await
}
