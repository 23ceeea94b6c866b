//! `/submissions/{ref}/permissions/{permission}`

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kwanus_domain::{
    case::CaseRef,
    declaration::{
        Answer, EVIDENCE_LABEL, FIELDS_LABEL, Prompt, Question, REASON, REASON_LABEL, RETENTION, RETENTION_LABEL,
        UNTIL_LABEL,
    },
    policy::{Finding, Verdict, longest_grant},
    time::show_date,
};
use kwanus_service::{evidence::EvidenceRow, submission::SubmittedPermission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{
    super::island::LiveCheck,
    find, gone,
    since::{Since, before},
};
use crate::{
    evidence::evidence_count,
    request::RequestNotice,
    ui::{
        DefaultButton, DoneNotice, ErrorSummary, Examples, FindingNotes, Frame, HiddenField, Memory, OwnerField,
        TextArea, TextField, TickField, here, recall, refuse, take_done,
    },
    wire,
};

const FIELDS_QUESTION: &str = "Which fields does it need?";
const UNTIL_QUESTION: &str = "When does it expire?";
/// What a good answer says to why a narrower permission fails, where not every choice of fields has one.
const NARROWER_OF_FEWER: &str = "Only where a narrower permission reaches every field that you chose above: name it, and what people could not do with it. Otherwise leave it empty.";

/// One permission of a draft: what is asked about it, and what the rules find.
#[component]
pub(crate) fn PermissionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let reference = params.get("case").and_then(|text| CaseRef::parse(&text));
    let key = params.get("permission").unwrap_or_default();
    Suspend::new(async move {
        let submission = match find(&state, &visit, reference).await {
            Ok(submission) => submission,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let subject = format!("{reference}/{key}");
        let is_this = |each: &&SubmittedPermission| each.permission.key.as_str() == key;
        // What was submitted is not written any more.
        let found = submission.permissions.iter().find(is_this).filter(|_| submission.is_draft).cloned();
        let Some(found) = found else {
            return gone(&submission, &session, &visit, ("permission", &subject), &key).await;
        };
        let memory = recall(&session, &visit, "permission", &subject).await;
        let memory = memory.made_from("revision", &found.revision.to_string());
        let done = take_done(&session).await;
        let page = format!("/submissions/{reference}");
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), reference.clone())];
        let is_begun = found.revision > 1;
        let findings = news(&found.findings, is_begun);
        let latest = show_date(longest_grant(&found.entry, &submission.limits, submission.today));
        let reason = text(found.permission.reason.as_ref());
        let retention = found.permission.retention.map(|kept| kept.in_hours().to_string()).unwrap_or_default();
        let until = shown_day(found.permission.until);
        let title = found.permission.key.to_string();
        let base = submission.base.as_ref();
        let since: Option<Since> = base.and_then(|base| Some((base.of_permission(&key)?.clone(), base.number)));
        let before = |label| before(since.as_ref(), label);
        let [fields_before, retention_before, until_before, reason_before, evidence_before] =
            [FIELDS_LABEL, RETENTION_LABEL, UNTIL_LABEL, REASON_LABEL, EVIDENCE_LABEL].map(before);
        let evidence = format!("{page}/permissions/{key}/evidence");
        view! {
            <Frame title lead=found.entry.title.clone() trail is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                <div class="split mt-3">
                    <div class="main-col">
                        <RequestNotice submission key=found.permission.key.clone() />
                        <FindingNotes findings=findings.clone() field="permission" />
                        <form class="mt-4" id="permission-form" method="post" action="/do/save_permission" novalidate>
                            <DefaultButton />
                            <OwnerField />
                            <HiddenField name="case" value=reference.clone() />
                            <HiddenField name="permission" value=key.clone() />
                            <HiddenField name="revision" value=memory.typed("revision", &found.revision.to_string()) />
                            <Fields found=found.clone() findings=findings.clone() memory=memory.clone() />
                            {fields_before}
                            <Questions found=found.clone() findings=findings.clone() memory=memory.clone() since />
                            <TextField
                                name=RETENTION.field
                                label=RETENTION.label
                                hint=RETENTION.hint
                                value=retention
                                memory=memory.clone()
                            />
                            {examples(&RETENTION)}
                            {retention_before}
                            <FindingNotes findings=findings.clone() field="retention" />
                            <DateField hint=format!("The last day on which you need it: {latest} or earlier.") value=until memory=memory.clone() />
                            {until_before}
                            <FindingNotes findings=findings.clone() field="until" />
                            <TextArea
                                name=REASON.field
                                label=REASON.label
                                hint=REASON.hint
                                value=reason
                                memory
                                is_markdown=true
                            />
                            {examples(&REASON)}
                            {reason_before}
                            <FindingNotes findings=findings field="reason" />
                            <div class="actions mt-3">
                                <button class="btn primary">"Save and continue"</button>
                                <button class="btn" name="then" value="check">"Save and check against policy"</button>
                            </div>
                        </form>
                        <EvidenceLine evidence=found.evidence href=evidence before=evidence_before />
                        <form class="mt-3" method="post" action="/do/remove_permission">
                            <OwnerField />
                            <HiddenField name="case" value=reference />
                            <HiddenField name="permission" value=key />
                            <HiddenField name="revision" value=found.revision.to_string() />
                            <button class="link-btn">"Take this permission out"</button>
                        </form>
                        <p class="mt-2"><a href=page>"Return to the task list"<noscript>" without saving"</noscript></a></p>
                    </div>
                    <Check findings=found.findings form="permission-form" action="/do/keep_permission" is_begun />
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// What is found, as far as it says something: before anything was answered, everything is missing.
fn news(findings: &[Finding], is_begun: bool) -> Vec<Finding> {
    findings.iter().filter(|finding| is_begun || finding.while_writing() != Verdict::Missing).cloned().collect()
}

/// A last day as its field takes it; none shows the end of the calendar, by which an imported manifest says that it never ends.
fn shown_day(until: Option<NaiveDate>) -> String {
    until.filter(|until| *until < NaiveDate::MAX).map(|until| until.to_string()).unwrap_or_default()
}

fn examples(prompt: &Prompt) -> impl IntoView + use<> {
    let label = prompt.label;
    prompt.examples().map(|examples| view! { <Examples label examples /> })
}

/// What the page calls a field.
pub(crate) fn label(field: &str) -> &'static str {
    match field {
        "fields" => FIELDS_QUESTION,
        "until" => UNTIL_QUESTION,
        _ => {
            let questions = Question::ALL.map(|question| (question.field(), question.label()));
            let others = [&RETENTION, &REASON].map(|prompt| (prompt.field, prompt.label));
            questions.into_iter().chain(others).find(|(name, _)| *name == field).map_or("", |(_, label)| label)
        }
    }
}

fn text(answer: Option<&Answer>) -> String {
    answer.map(ToString::to_string).unwrap_or_default()
}

/// What is asked about the permission.
#[component]
fn Questions(
    found: SubmittedPermission,
    findings: Vec<Finding>,
    memory: Memory,
    /// How the permission differs from what the draft was filled from.
    since: Option<Since>,
) -> impl IntoView {
    let of_fewer = &found.questions_of_fewer_fields;
    let all: BTreeSet<_> = found.questions.iter().chain(of_fewer).copied().collect();
    let questions = all.into_iter().map(|question| {
        // What is chosen above may change while the page stays as it is.
        let hint = match question {
            Question::Narrower if of_fewer.contains(&question) => NARROWER_OF_FEWER,
            question => question.hint(),
        };
        let (memory, findings) = (memory.clone(), findings.clone());
        let before = before(since.as_ref(), question.label());
        view! {
            <TextArea
                name=question.field()
                label=question.label()
                hint
                value=text(found.permission.answer(question))
                memory
                is_markdown=true
            />
            <Examples label=question.label() examples=question.examples() />
            {before}
            <FindingNotes findings field=question.field() />
        }
    });
    questions.collect_view()
}

/// How much is attached to the permission, and the page where more is.
#[component]
fn EvidenceLine(
    evidence: Vec<EvidenceRow>,
    href: String,
    /// What was attached in the revision that the draft was filled from, where it was something else.
    before: Option<AnyView>,
) -> impl IntoView {
    let attached = if evidence.is_empty() { "none yet".to_owned() } else { evidence_count(&evidence) };
    view! {
        <p class="mt-3"><a href=href>"Evidence"</a> ": " {attached} ". Save first what you typed here."</p>
        {before}
    }
}

/// The fields that the entry offers, to choose the fewest that do.
#[component]
fn Fields(found: SubmittedPermission, findings: Vec<Finding>, memory: Memory) -> impl IntoView {
    let chosen = found.permission.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let options = found.entry.fields.iter().map(|field| (field.name.to_string(), field.name.to_string(), ""));
    view! {
        <TickField
            name="fields"
            legend=FIELDS_QUESTION
            hint="Choose only those without which it cannot work."
            chosen
            options=options.collect()
            memory
            is_code=true
        />
        <FindingNotes findings field="fields" />
    }
}

#[component]
fn DateField(hint: String, value: String, memory: Memory) -> impl IntoView {
    let value = memory.typed("until", &value);
    let violation = memory.violation("until");
    let (class, invalid) = if violation.is_some() { ("field error", Some("true")) } else { ("field", None) };
    view! {
        <div class=class>
            <label for="until">{UNTIL_QUESTION}</label>
            <span class="hint" id="until-hint">{hint}</span>
            {violation
                .map(|violation| {
                    view! { <span class="error-text" id="until-error">{violation.message.into_owned()}</span> }
                })}
            <input type="date" id="until" name="until" value=value aria-describedby="until-hint" aria-invalid=invalid />
        </div>
    }
}

/// What the rules find in all, beside the form of that id.
#[component]
pub(super) fn Check(
    findings: Vec<Finding>,
    form: &'static str,
    /// Where what is typed is kept.
    action: &'static str,
    is_begun: bool,
) -> impl IntoView {
    let notes = findings.iter().map(wire::Note::from).collect();
    view! {
        <aside class="side stick" aria-labelledby="check">
            <section class="section first">
                <h2 class="small" id="check">"Policy check"</h2>
                <LiveCheck form=form.to_owned() action=action.to_owned() notes is_begun />
            </section>
        </aside>
    }
}
