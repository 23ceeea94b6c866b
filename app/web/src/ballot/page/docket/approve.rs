//! `/docket/approve`

use kwanus_domain::time::show_date;
use kwanus_service::{
    Error,
    ballot::{SelectedCase, Selection, list_selected},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::filters::Filters;
use crate::ui::{
    DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextField, here, recall, refuse, take_done,
};

/// The cases that a member selected, before they approve them: what each asks for, and why they do.
#[component]
pub(crate) fn ApprovePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let query = use_query_map().read_untracked().clone();
    let mut selections: Vec<Selection> = Vec::new();
    for selection in query.get_all("case").unwrap_or_default().iter().filter_map(|text| text.parse().ok()) {
        if !selections.contains(&selection) {
            selections.push(selection);
        }
    }
    // What was looked for on the docket comes along, to go back to.
    let back = Filters::read(&query).query();
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => list_selected(&state.db, caller, &selections).await,
            Err(error) => Err(error),
        };
        let (cases, wrong) = match found {
            Ok(cases) => (cases, None),
            Err(Error::Invalid(wrong)) => (vec![], wrong.into_iter().next()),
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "approve_selected", "").await;
        let memory = if cases.is_empty() { memory.without_fields() } else { memory };
        let done = take_done(&session).await;
        let back = memory.typed("back", &back);
        let href = if back.is_empty() { "/docket".to_owned() } else { format!("/docket?{back}") };
        let (ready, held): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.obstacle.is_none());
        let noun = if ready.len() == 1 { "case" } else { "cases" };
        let lead = match (&wrong, ready.len()) {
            (Some(wrong), _) => format!("{}.", wrong.message),
            (None, 0) => "None of the selected cases can be approved together with others.".to_owned(),
            (None, count) => format!("{count} {noun}: read what each asks for, and say why you approve it."),
        };
        let button = format!("Approve {} {noun}", ready.len());
        let is_error = memory.is_error();
        let form = (!ready.is_empty()).then(|| {
            let rows = ready.into_iter().enumerate().map(|(n, case)| selected(n, case, &memory)).collect_view();
            view! {
                <form method="post" action="/do/approve_selected" novalidate>
                    <OwnerField />
                    <HiddenField name="back" value=back />
                    {rows}
                    <div class="section">
                        <TextField
                            name="shared_reason"
                            label="Reason for all that have none of their own"
                            value=""
                            memory=memory.clone()
                            hint="Kept in the record of each, in your name."
                        />
                        <div class="actions">
                            <button class="btn primary">{button}</button>
                            <a href=href.clone()>"Back to the docket"</a>
                        </div>
                    </div>
                </form>
            }
        });
        let back =
            form.is_none().then(|| view! { <p class="mt-3"><a class="btn" href=href>"Back to the docket"</a></p> });
        let held = (!held.is_empty()).then(|| view! { <Held cases=held memory=memory.clone() /> });
        let trail = vec![("/docket".to_owned(), "Docket".to_owned())];
        view! {
            <Frame title="Approve selected cases" lead trail is_error>
                <DoneNotice done />
                <ErrorSummary memory />
                {form}
                {held}
                {back}
            </Frame>
        }
        .into_any()
    })
}

fn reason_field(selection: &Selection) -> String {
    format!("reason-{selection}")
}

/// A case that can be approved: what it asks for, and why it is.
fn selected(n: usize, case: SelectedCase, memory: &Memory) -> impl IntoView + use<> {
    let reference = case.selection.case;
    let field = reason_field(&case.selection);
    let violation = memory.violation(&field);
    let typed = memory.typed(&field, "");
    let class = if violation.is_some() { "field error" } else { "field" };
    let error_id = format!("{field}-error");
    let described = violation.is_some().then(|| error_id.clone());
    let invalid = violation.is_some().then_some("true");
    let error = violation.map(|violation| {
        view! {
            <span class="error-text" id=error_id>
                <span class="vh">"Error: "</span>
                {violation.message.into_owned()}
            </span>
        }
    });
    let permissions = case.permissions.into_iter().map(|(key, fields, until)| {
        let fields = fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let until = until.map(|until| format!(" until {}", show_date(until)));
        view! { <li><code>{key.to_string()}</code> " " <span class="meta">{fields}</span> {until}</li> }
    });
    let permissions = permissions.collect_view();
    let heading = format!("h-{}", case.selection);
    let labelled_by = heading.clone();
    let board = case.selection.board.monogram();
    view! {
        <section class="section" aria-labelledby=labelled_by>
            <div class="section-head">
                <h2 id=heading>{format!("{}: {}", case.partner, case.integration)}</h2>
                <p><a href=format!("/cases/{reference}")>{reference.to_string()}</a> {format!(", revision {}, for {board}", case.revision)}</p>
            </div>
            <p>"It asks for what was granted to it before:"</p>
            <ul>{permissions}</ul>
            <input type="hidden" name=format!("cases[{n}]") value=case.selection.to_string() />
            <input type="hidden" name=format!("revisions[{n}]") value=case.revision.to_string() />
            <div class=format!("{class} mt-2")>
                <label for=field.clone()>"Reason" <span class="vh">{format!(" for {reference}")}</span></label>
                {error}
                <input type="text" id=field name=format!("reasons[{n}]") value=typed aria-describedby=described aria-invalid=invalid />
            </div>
        </section>
    }
}

/// What was selected and is decided by itself, or not by the reader.
#[component]
fn Held(cases: Vec<SelectedCase>, memory: Memory) -> impl IntoView {
    let rows = cases.into_iter().map(|case| {
        let reference = case.selection.case;
        let field = reason_field(&case.selection);
        let typed = memory.typed(&field, "");
        let typed = (!typed.is_empty())
            .then(|| view! { <p class="quiet">"You wrote: " <span class="typed">{typed}</span></p> });
        view! {
            <li id=field>
                <a href=format!("/cases/{reference}")>{reference.to_string()}</a>
                {format!(", {}: {}. {}.", case.partner, case.integration, case.obstacle.unwrap_or_default())}
                {typed}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="h-held">
            <div class="section-head"><h2 id="h-held">"Not approved here"</h2></div>
            <ul>{rows}</ul>
        </section>
    }
}
