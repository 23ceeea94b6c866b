//! `/submissions/{ref}/check`

use std::collections::BTreeSet;

use kwanus_domain::{
    case::CaseRef,
    declaration::Question,
    manifest::{Shown, shown},
    policy::Finding,
    time::show_date,
};
use kwanus_service::submission::{Submission, SubmittedPermission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{above, address, find};
use crate::{
    evidence::EvidenceList,
    ui::{Citation, ErrorSummary, Frame, HiddenField, OwnerField, VerdictMark, here, recall, refuse},
};

/// Everything that was answered, before it is submitted.
#[component]
pub(crate) fn CheckPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let submission = match find(&state, &visit, reference).await {
            Ok(submission) => submission,
            Err(error) => return refuse(error, &visit),
        };
        let reference = submission.reference.to_string();
        let is_draft = submission.is_draft;
        let memory = recall(&session, &visit, "submit", &reference).await;
        let page = format!("/submissions/{reference}");
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), reference.clone())];
        let may_submit = submission.may_submit();
        let (title, lead) = match (is_draft, may_submit) {
            (false, _) => ("What you submitted", "The boards have it as it stands here, with what the rules found."),
            (_, true) => ("Check your answers", "Once submitted, the boards have it: what you declared is then fixed."),
            (_, false) => ("Check your answers", "It cannot be submitted yet: something is forbidden or missing."),
        };
        let sections =
            submission.permissions.iter().map(|each| section(each, is_draft.then_some(&page))).collect_view();
        let parts = parts(&submission);
        view! {
            <Frame title lead trail is_error=memory.is_error()>
                <ErrorSummary memory />
                <div class="column">
                    {sections}
                    {parts}
                    {if may_submit {
                        view! {
                            <form class="mt-4" method="post" action="/do/submit">
                                <OwnerField />
                                <HiddenField name="case" value=reference />
                                <HiddenField name="revision" value=submission.revision.to_string() />
                                <button class="btn primary">"Submit to the boards"</button>
                            </form>
                        }
                        .into_any()
                    } else {
                        view! { <p class="mt-4"><a class="btn" href=page>"Return to the submission"</a></p> }.into_any()
                    }}
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// One permission, with a link to change it below `page`, where it can be.
fn section(each: &SubmittedPermission, page: Option<&String>) -> impl IntoView + use<> {
    let key = each.permission.key.to_string();
    let dash = || "Not answered".to_owned();
    let rows = Question::ALL.into_iter().map(|question| {
        let answer = each.permission.answer(question).map_or_else(dash, ToString::to_string);
        view! {
            <dt>{question.label()}</dt>
            <dd>{answer}</dd>
        }
    });
    let rows = rows.collect_view();
    let fields = each.permission.fields.iter().map(|name| view! { <li><code>{name.to_string()}</code></li> });
    let fields = fields.collect_view();
    let retention = each.permission.retention.map_or_else(dash, |retention| retention.to_string());
    let until = each.permission.until.map_or_else(dash, show_date);
    let reason = each.permission.reason.as_ref().map(|reason| {
        view! {
            <dt>"Why what is restricted should be allowed"</dt>
            <dd>{reason.to_string()}</dd>
        }
    });
    let findings = findings(&each.findings);
    let change = page.map(|page| {
        let href = format!("{page}/permissions/{key}");
        view! { <p><a href=href>"Change" <span class="vh">" " {key.clone()}</span></a></p> }
    });
    let id = format!("p-{}", key.replace([':', '.'], "-"));
    let labelled_by = id.clone();
    view! {
        <section class="section mt-4" aria-labelledby=labelled_by>
            <div class="section-head">
                <h2 id=id><code>{key.clone()}</code></h2>
                {change}
            </div>
            {findings}
            <dl class="spec mt-2">
                <dt>"Fields"</dt>
                <dd><ul class="plain-list">{fields}</ul></dd>
                {rows}
                <dt>"Kept"</dt>
                <dd>{retention}</dd>
                <dt>"Until"</dt>
                <dd>{until}</dd>
                {reason}
                <dt>"Evidence"</dt>
                <dd><EvidenceList evidence=each.evidence.clone() /></dd>
            </dl>
        </section>
    }
}

/// What is declared besides permissions: what was answered, and what is missing even where nothing was.
fn parts(submission: &Submission) -> impl IntoView + use<> {
    let reference = submission.reference.to_string();
    let declared = shown(&submission.declaration);
    let undeclared = submission.findings.iter().map(|finding| finding.place.part);
    let undeclared: BTreeSet<_> = undeclared.filter(|part| declared.iter().all(|shown| shown.part != *part)).collect();
    let undeclared = undeclared
        .into_iter()
        .filter_map(|part| Some(Shown { part, title: part.kind()?.0.label().to_owned(), rows: vec![] }));
    let sections = declared.into_iter().chain(undeclared).map(|shown| {
        let found: Vec<_> =
            submission.findings.iter().filter(|finding| finding.place.part == shown.part).cloned().collect();
        let rows = shown.rows.into_iter().map(|(label, text)| {
            view! {
                <dt>{label}</dt>
                <dd>{text}</dd>
            }
        });
        let change = submission.is_draft.then(|| {
            let is_there = shown.part.kind().is_some_and(|(kind, n)| n < kind.count(&submission.declaration));
            let href = if is_there { address(&reference, shown.part) } else { above(&reference, shown.part) };
            view! { <p><a href=href>"Change" <span class="vh">" " {shown.title.clone()}</span></a></p> }
        });
        let id = format!("p-{}", shown.part.to_string().replace('/', "-"));
        let labelled_by = id.clone();
        view! {
            <section class="section mt-4" aria-labelledby=labelled_by>
                <div class="section-head">
                    <h2 id=id>{shown.title.clone()}</h2>
                    {change}
                </div>
                {findings(&found)}
                <dl class="spec mt-2">{rows.collect_view()}</dl>
            </section>
        }
    });
    sections.collect_view()
}

fn findings(found: &[Finding]) -> impl IntoView + use<> {
    let rows = found.iter().map(|finding| {
        view! {
            <li>
                <VerdictMark verdict=finding.verdict() />
                <span>{finding.message.clone()} ". " <Citation rule=finding.rule.id source=finding.citation() /></span>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!found.is_empty()).then(|| view! { <ul class="findings">{rows}</ul> })
}
