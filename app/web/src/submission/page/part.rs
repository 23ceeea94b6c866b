//! `/submissions/{ref}/{part}`: a part of a draft besides its permissions, or the list of those of its kind.

use kwanus_domain::{
    case::CaseRef,
    declaration::{Choice as Offered, Control, Part, PartKind, Prompt},
    manifest::{Typed, prefilled, shown, typed},
    policy::{Finding, Verdict},
};
use kwanus_service::{
    Error,
    submission::{Submission, mark},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{
    find, gone,
    parts::{Parts, PartsPage, list_label},
    permission::Check,
    since::{Since, before},
};
use crate::ui::{
    Choice, ConfirmField, DefaultButton, DoneNotice, ErrorSummary, Examples, FindingNotes, Frame, HiddenField, Memory,
    OwnerField, RadioField, TextArea, TextField, TickField, here, recall, refuse, take_done,
};

/// The page of a part: `/submissions/{ref}/api`, `/submissions/{ref}/workflows/1`.
pub(crate) fn address(case: &str, part: Part) -> String {
    match part.kind() {
        Some((kind, n)) if kind.is_list() => format!("/submissions/{case}/{}/{}", kind.as_str(), n + 1),
        Some((kind, _)) => format!("/submissions/{case}/{}", kind.as_str()),
        None => format!("/submissions/{case}"),
    }
}

/// The page from which one comes to a part.
pub(crate) fn above(case: &str, part: Part) -> String {
    match part {
        Part::Endpoint(_) => address(case, Part::Api),
        Part::Component(_) => address(case, Part::Extension),
        Part::Workflow(_) => format!("/submissions/{case}/workflows"),
        Part::Storage(_) => format!("/submissions/{case}/storage"),
        _ => format!("/submissions/{case}"),
    }
}

/// The part that an address names: by its number from 1, or `new` after the last.
fn part(submission: &Submission, kind: PartKind, place: &str) -> Option<Part> {
    let count = kind.count(&submission.declaration);
    match place {
        "new" => Some(kind.at(count)),
        place => place.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < count).map(|n| kind.at(n)),
    }
}

/// What the form at an address is about, whether it is there or not.
fn subject(case: &str, kind: PartKind, place: Option<&str>) -> String {
    match place {
        Some("new") => format!("{case}/{}/new", kind.as_str()),
        Some(place) => {
            let n = place.parse::<usize>().unwrap_or_default().saturating_sub(1);
            format!("{case}/{}", kind.at(n))
        }
        None => format!("{case}/{}", kind.at(0)),
    }
}

/// A part of a draft: what is asked about it, and what the rules find.
#[component]
pub(crate) fn PartPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let reference = params.get("case").and_then(|text| CaseRef::parse(&text));
    let kind = params.get("kind").and_then(|word| PartKind::from_word(&word));
    let place = params.get("place");
    Suspend::new(async move {
        let found = find(&state, &visit, reference).await;
        let (submission, kind) = match found.and_then(|found| Ok((found, kind.ok_or(Error::NotFound)?))) {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let case = submission.reference.to_string();
        let named = subject(&case, kind, place.as_deref());
        // What was submitted is not written any more.
        if !submission.is_draft {
            return gone(&submission, &session, &visit, ("part", &named), kind.label()).await;
        }
        let done = take_done(&session).await;
        let part = match (&place, kind.is_list()) {
            (None, true) => return view! { <PartsPage submission kind done /> }.into_any(),
            (None, false) => Some(kind.at(0)),
            (Some(place), true) => part(&submission, kind, place),
            (Some(_), false) => None,
        };
        let Some(part) = part else {
            return gone(&submission, &session, &visit, ("part", &named), kind.label()).await;
        };
        let seen = mark(&submission.declaration, part);
        let mut memory = recall(&session, &visit, "part", &format!("{case}/{part}")).await.made_from("seen", &seen);
        if place.as_deref() == Some("new") && memory.typed.is_empty() {
            memory = recall(&session, &visit, "part", &named).await.made_from("seen", &seen);
        }
        view! { <PartForm submission part memory done /> }.into_any()
    })
}

#[component]
fn PartForm(submission: Submission, part: Part, memory: Memory, done: Option<String>) -> impl IntoView {
    let case = submission.reference.to_string();
    let is_there = typed(&submission.declaration, part).is_some();
    // Before anything was answered, everything is missing: that is no news.
    let is_begun = is_begun(&submission, part);
    let findings: Vec<Finding> = submission
        .findings
        .iter()
        .filter(|finding| finding.place.part == part && (is_begun || finding.while_writing() != Verdict::Missing))
        .cloned()
        .collect();
    let (kind, title) = match part.kind() {
        Some((kind, _)) => (kind, shown_title(&submission, part).unwrap_or_else(|| kind.label().to_owned())),
        None => return ().into_any(),
    };
    let mut trail =
        vec![("/".to_owned(), "Home".to_owned()), (format!("/submissions/{case}"), submission.reference.to_string())];
    let up = above(&case, part);
    if up != trail[1].0 {
        trail.push((up.clone(), list_label(kind).to_owned()));
    }
    let seen = mark(&submission.declaration, part);
    let made_from = memory.typed("seen", &seen);
    let values = prefilled(&submission.declaration, part);
    let base = submission.base.as_ref();
    let since: Option<Since> = base.and_then(|base| Some((base.of(part)?.clone(), base.number)));
    let keys: Vec<_> = submission.permissions.iter().map(|each| each.permission.key.to_string()).collect();
    let reasons = reasons(&case, &keys, values.get("permissions"), &findings);
    let questions = kind.prompts().iter().map(|prompt| {
        let (values, findings, memory) = (values.clone(), findings.clone(), memory.clone());
        let before = before(since.as_ref(), prompt.label);
        view! { <Question prompt case=case.clone() keys=keys.clone() values before findings memory /> }
    });
    let questions = questions.collect_view();
    let within = match part {
        Part::Api => Some(PartKind::Endpoint),
        Part::Extension => Some(PartKind::Component),
        _ => None,
    };
    let within = within.map(|kind| view! { <Parts submission=submission.clone() kind findings=findings.clone() /> });
    let remove = (is_there && kind != PartKind::Compliance).then(|| {
        view! {
            <form class="mt-3" method="post" action="/do/remove_part">
                <OwnerField />
                <HiddenField name="case" value=case.clone() />
                <HiddenField name="part" value=part.to_string() />
                <HiddenField name="seen" value=seen.clone() />
                <button class="link-btn">"Take it out"</button>
            </form>
        }
    });
    view! {
        <Frame title lead=lead(kind) trail is_error=memory.is_error()>
            <DoneNotice done />
            <ErrorSummary memory />
            <div class="split mt-3">
                <div class="main-col">
                    <form class="mt-4" id="part-form" method="post" action="/do/save_part" novalidate>
                        <DefaultButton />
                        <OwnerField />
                        <HiddenField name="case" value=case.clone() />
                        <HiddenField name="part" value=part.to_string() />
                        <HiddenField name="seen" value=made_from />
                        {questions}
                        <div class="actions mt-3">
                            <button class="btn primary">"Save and continue"</button>
                            <button class="btn" name="then" value="check">"Save and check against policy"</button>
                        </div>
                    </form>
                    {reasons}
                    {within}
                    {remove}
                    <p class="mt-2"><a href=up>"Return"<noscript>" without saving"</noscript></a></p>
                </div>
                <Check findings form="part-form" action="/do/keep_part" is_begun />
            </div>
        </Frame>
    }
    .into_any()
}

/// Where the reason is given for what is restricted in a part: with the permissions that it names of those declared, or with
/// any of them where it names none.
fn reasons(case: &str, declared: &[String], named: Option<&String>, findings: &[Finding]) -> Option<AnyView> {
    if findings.iter().all(|finding| finding.verdict() != Verdict::Restricted) {
        return None;
    }
    let named = named.map_or("", String::as_str);
    let mut keys: Vec<_> = named.lines().filter(|key| declared.iter().any(|other| other == key)).collect();
    if keys.is_empty() {
        keys = declared.iter().map(String::as_str).collect();
    }
    let links = keys.into_iter().map(|key| {
        let href = format!("/submissions/{case}/permissions/{key}#reason");
        view! { <li><a href=href><code>{key.to_owned()}</code></a></li> }
    });
    let links = links.collect_view();
    let view = view! {
        <div class="notice cau mt-3">
            <p>
                "The boards weigh what is restricted here. There is no field for your reason on this page: give it with the permission that is used, under “Why should the boards allow what is restricted?”."
            </p>
            <ul class="plain-list">{links}</ul>
        </div>
    };
    Some(view.into_any())
}

/// Whether something was answered in the part already.
fn is_begun(submission: &Submission, part: Part) -> bool {
    let declaration = &submission.declaration;
    match part {
        Part::Compliance => declaration.compliance != kwanus_domain::declaration::Compliance::default(),
        part => typed(declaration, part).is_some(),
    }
}

fn shown_title(submission: &Submission, part: Part) -> Option<String> {
    shown(&submission.declaration).into_iter().find(|shown| shown.part == part).map(|shown| shown.title)
}

fn lead(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Api => "What the integration calls, and how you keep to what was granted.",
        PartKind::Endpoint => "A call of the API. Only versioned, public endpoints can be called.",
        PartKind::Workflow => "What it is, what it needs, and how it stays safe to run.",
        PartKind::Extension => "What the OS loads, with what it works, and what holds it apart.",
        PartKind::Component => "Something that the extension adds inside the OS.",
        PartKind::Compliance => "How you protect the data, and whom auditors reach.",
        PartKind::Storage => "A copy of people’s data on your side. It is restricted: the boards weigh each.",
    }
}

/// A question, its answer, and what the rules find in it.
#[component]
fn Question(
    prompt: &'static Prompt,
    case: String,
    /// The permissions that are declared.
    keys: Vec<String>,
    values: Typed,
    /// What was answered in the revision that the draft was filled from, where it was something else.
    before: Option<AnyView>,
    findings: Vec<Finding>,
    memory: Memory,
) -> impl IntoView {
    let Prompt { field: name, label, hint, control, when } = *prompt;
    let value = values.get(name).cloned().unwrap_or_default();
    let all = format!("typed[{name}]");
    let one = format!("{all}[0]");
    let offered = |choices: &'static [Offered]| {
        choices.iter().map(|it| (it.value.to_owned(), it.label.to_owned(), it.hint)).collect::<Vec<_>>()
    };
    let input = match control {
        Control::Prose(_) => {
            view! { <TextArea name label hint value memory sent_as=one is_markdown=true /> }.into_any()
        }
        Control::Lines(_) => view! { <TextArea name label hint value memory sent_as=one /> }.into_any(),
        Control::Line(_) | Control::Number(_) | Control::Rate(_) | Control::Percent(_) => {
            view! { <TextField name label hint value memory sent_as=one /> }.into_any()
        }
        Control::Choice(choices) => {
            let choices =
                choices.iter().map(|it| Choice { value: it.value, label: it.label.to_owned(), hint: it.hint });
            view! { <RadioField name legend=label hint value choices=choices.collect() memory sent_as=one /> }
                .into_any()
        }
        Control::YesNo => {
            let choices = [("yes", "Yes"), ("no", "No")];
            let choices = choices.map(|(value, label)| Choice { value, label: label.to_owned(), hint: "" }).into();
            view! { <RadioField name legend=label hint value choices memory sent_as=one /> }.into_any()
        }
        Control::Confirm => view! { <ConfirmField name label hint value memory sent_as=one /> }.into_any(),
        Control::Several(choices) => {
            view! { <TickField name legend=label hint chosen=value options=offered(choices) memory sent_as=all /> }
                .into_any()
        }
        Control::Permissions => {
            // One that was taken out meanwhile is still named here, until it is named no more.
            let gone: Vec<_> =
                value.lines().filter(|key| keys.iter().all(|other| other != key)).map(str::to_owned).collect();
            let keys: Vec<_> = keys.into_iter().chain(gone).collect();
            if keys.is_empty() {
                view! {
                    <p class="field quiet">
                        {label} " None is declared yet: " <a href=format!("/submissions/{case}")>"declare the permissions"</a>
                        " first, then choose among them here."
                    </p>
                }
                .into_any()
            } else {
                let options = keys.into_iter().map(|key| (key.clone(), key, "")).collect();
                view! { <TickField name legend=label hint chosen=value options memory sent_as=all is_code=true /> }
                    .into_any()
            }
        }
    };
    let examples = prompt.examples().map(|examples| view! { <Examples label examples /> });
    let class = match when {
        "enhanced" => "if-enhanced",
        "dependent" => "if-dependent",
        _ => "",
    };
    view! {
        <div class=class>
            {input}
            {examples}
            {before}
            <FindingNotes findings field=name />
        </div>
    }
}
