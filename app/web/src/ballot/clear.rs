//! What a member does to clear their docket: forms that are posted to `/do/<verb>`. Each carries along where on the docket it
//! stands, and leads back there.

use leptos::prelude::*;

use crate::wire;

/// The address of the docket with these parts of a query, those that say something.
#[cfg(feature = "ssr")]
fn docket_with(parts: &[String]) -> String {
    let said: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    let page = if said.is_empty() { "/docket".to_owned() } else { format!("/docket?{}", said.join("&")) };
    crate::ui::local_path(&page).to_owned()
}

/// A part of a query; nothing where it says nothing.
#[cfg(feature = "ssr")]
fn part(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{name}={value}") }
}

/// Takes a position from the docket, and opens the case that follows. Fields: `owner`, `case` (its reference), `board` (its
/// key), `revision` (that was read), `position` (`approve`, `abstain`), `reason`; and where that is: `filter` (what is looked
/// for, as in the address), `after` (the page), `next` (the reference of what follows, empty at the end of the page).
#[server(prefix = "/do", endpoint = "record_and_open_next")]
pub async fn record_and_open_next(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] revision: String,
    #[server(default)] position: String,
    #[server(default)] reason: String,
    #[server(default)] filter: String,
    #[server(default)] after: String,
    #[server(default)] next: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{Violation, ballot::Stance, board::BoardKey, case::CaseRef};
    use kwanus_service::{
        Error,
        ballot::{self, PositionInput},
    };

    use crate::ui::Form;

    let page = docket_with(&[filter.clone(), part("after", &after), part("open", &case)]);
    let mut form = Form::new("quick", &format!("{case}.{board}"), &page)
        .typed("position", &position)
        .typed("reason", &reason)
        .made_from("revision", &revision);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let is_offered = [Stance::Approve, Stance::Abstain].iter().any(|stance| stance.as_str() == position);
    let input = PositionInput {
        stance: position,
        reason,
        revision: revision.parse().unwrap_or_default(),
        ..PositionInput::default()
    };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(_), Ok(_)) if !is_offered => {
            Err(Violation::new("position", "missing", "Choose a position, or open the case to say otherwise").into())
        }
        (Some(case), Ok(board)) => ballot::take_position(&form.state().db, &caller, case, &board, &input).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map_or_else(
        |_| String::new(),
        |recorded| {
            let decided = recorded
                .outcome
                .map_or_else(String::new, |outcome| format!(" {case} is decided: {}.", outcome.label().to_lowercase()));
            format!("Your position on {case} is recorded: {}.{decided}", recorded.stance.label().to_lowercase())
        },
    );
    // At the end of a page it goes on from the beginning: what stood before has a position by now, or waits to be looked at.
    let next = if next.is_empty() {
        docket_with(&[filter, part("open", "first")])
    } else {
        docket_with(&[filter, part("after", &after), part("open", &next)])
    };
    form.answer(outcome, &format!("{next}#inside"), &done).await
}

/// Approves the cases that were selected on the docket, each in a transaction of its own, and says of each what came of it.
/// Fields: `owner`, `cases` (several, such as `PJ-2026-0042.sco`), and of each in their order `revisions` (that was read) and
/// `reasons`; `shared_reason` for those that have none, `back` (what was looked for on the docket, as in the address).
#[server(prefix = "/do", endpoint = "approve_selected")]
pub async fn approve_selected(
    #[server(default)] owner: String,
    #[server(default)] cases: Vec<String>,
    #[server(default)] revisions: Vec<String>,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] shared_reason: String,
    #[server(default)] back: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::Violation;
    use kwanus_service::{
        Error,
        ballot::{self, Approval, Selection},
    };

    use crate::ui::{Form, address};

    let approvals = cases.iter().enumerate().filter_map(|(n, case)| {
        let selection: Selection = case.parse().ok()?;
        let revision = revisions.get(n).and_then(|revision| revision.parse().ok()).unwrap_or_default();
        Some(Approval { selection, revision, reason: reasons.get(n).cloned().unwrap_or_default() })
    });
    let approvals: Vec<Approval> = approvals.collect();
    let page = |selections: &mut dyn Iterator<Item = &Selection>| {
        address("/docket/approve", &selections.map(|selection| ("case", selection.to_string())).collect::<Vec<_>>())
    };
    let all = page(&mut approvals.iter().map(|approval| &approval.selection));
    let mut form = Form::new("approve_selected", "", &all).typed("shared_reason", &shared_reason).typed("back", &back);
    for approval in &approvals {
        form = form.typed(&format!("reason-{}", approval.selection), &approval.reason);
    }
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let approved = match ballot::approve_selected(&form.state().db, &caller, &approvals, &shared_reason).await {
        Ok(approved) => approved,
        Err(error) => return form.answer::<()>(Err(error), "", "").await,
    };
    let recorded: Vec<_> = approved
        .iter()
        .filter_map(|(selection, outcome)| {
            let outcome = outcome.as_ref().ok()?.outcome;
            let decided = outcome.map_or_else(String::new, |outcome| format!(" ({})", outcome.label().to_lowercase()));
            Some(format!("{}{decided}", selection.case))
        })
        .collect();
    let noun = if recorded.len() == 1 { "approval is" } else { "approvals are" };
    let done = if recorded.is_empty() {
        String::new()
    } else {
        format!("{} {noun} recorded: {}.", recorded.len(), recorded.join(", "))
    };
    let (mut refused, mut wrong) = (Vec::new(), Vec::new());
    for (selection, outcome) in approved {
        let Err(error) = outcome else { continue };
        let why = match error {
            Error::Conflict(why) | Error::Gone(why) => why,
            Error::Forbidden(why) => why.to_owned(),
            Error::NotFound => "There is no such ballot of yours".to_owned(),
            Error::Invalid(wrong) => wrong.iter().map(|wrong| &*wrong.message).collect::<Vec<_>>().join("; "),
            error => {
                let request = &form.visit().request_id;
                tracing::error!(request, error = error.chain(), "a selected case could not be approved");
                format!("The fault is ours. Try again; if it fails again, report reference {request}")
            }
        };
        wrong.push(Violation {
            field: format!("reason-{selection}").into(),
            code: "not_approved".into(),
            message: format!("{} was not approved: {why}", selection.case).into(),
        });
        refused.push(selection);
    }
    if wrong.is_empty() {
        return form.answer(Ok(()), &docket_with(&[back]), &done).await;
    }
    if !done.is_empty() {
        form.note_done(&done).await?;
    }
    let page = page(&mut refused.iter());
    form.on(&page).answer::<()>(Err(Error::Invalid(wrong)), "", "").await
}

/// Keeps what is looked for on the docket under a name. Fields: `owner`, `name`, `filter` (as in the address).
#[server(prefix = "/do", endpoint = "save_filter")]
pub async fn save_filter(
    #[server(default)] owner: String,
    #[server(default)] name: String,
    #[server(default)] filter: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let page = docket_with(std::slice::from_ref(&filter));
    let mut form = Form::new("save_filter", "", &page).typed("name", &name);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = account::save_filter(&form.state().db, &caller, &name, &filter).await;
    let done = outcome.as_ref().map_or_else(|_| String::new(), |name| format!("The filter “{name}” is saved."));
    form.answer(outcome, &page, &done).await
}

/// Forgets a filter of one's own. Fields: `owner`, `name`, `filter` (what is looked for now, as in the address).
#[server(prefix = "/do", endpoint = "delete_filter")]
pub async fn delete_filter(
    #[server(default)] owner: String,
    #[server(default)] name: String,
    #[server(default)] filter: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let page = docket_with(&[filter]);
    let mut form = Form::new("delete_filter", "", &page);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = account::delete_filter(&form.state().db, &caller, &name).await;
    let done = outcome.as_ref().map_or_else(|_| String::new(), |name| format!("The filter “{name}” is deleted."));
    form.answer(outcome, &page, &done).await
}

/// Switches keys that do something by themselves on the docket. Fields: `owner`, `shortcuts` (`on`, `off`), `filter` (what is
/// looked for now, as in the address).
#[server(prefix = "/do", endpoint = "set_shortcuts")]
pub async fn set_shortcuts(
    #[server(default)] owner: String,
    #[server(default)] shortcuts: String,
    #[server(default)] filter: String,
) -> Result<(), wire::Error> {
    use kwanus_service::account;

    use crate::ui::Form;

    let page = docket_with(&[filter]);
    let mut form = Form::new("set_shortcuts", "", &page);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let is_on = shortcuts != "off";
    let outcome = account::set_shortcuts(&form.state().db, &caller, is_on).await;
    let done = if is_on { "Keyboard shortcuts are on." } else { "Keyboard shortcuts are off." };
    form.answer(outcome, &page, done).await
}
