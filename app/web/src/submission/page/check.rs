//! `/submissions/{ref}/check`

use std::collections::BTreeSet;

use kwanus_domain::{
    case::CaseRef,
    declaration::{EVIDENCE_LABEL, FIELDS_LABEL, REASON_LABEL, RETENTION_LABEL, UNTIL_LABEL},
    manifest::{Shown, shown},
    policy::Finding,
    time::show_date,
};
use kwanus_service::submission::{Base, Submission, SubmittedPermission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{
    above, address, find,
    since::{SinceMark, changed},
    task::taken_out,
};
use crate::{
    evidence::EvidenceList,
    ui::{Citation, ErrorSummary, Frame, HiddenField, OwnerField, Prose, VerdictMark, answered, here, recall, refuse},
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
        let base = submission.base.as_ref();
        let change = is_draft.then_some(&page);
        let sections = submission.permissions.iter().map(|each| section(each, base, change)).collect_view();
        let parts = parts(&submission, change.is_some());
        let taken_out = taken_out_section(base);
        let print = format!("{page}/print");
        view! {
            <Frame title lead trail is_error=memory.is_error()>
                <ErrorSummary memory />
                <div class="column">
                    <p class="mt-2"><a href=print>"Print it, or save it as a PDF"</a></p>
                    {sections}
                    {parts}
                    {taken_out}
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

/// One permission, marked where it differs from `base`, with a link to change it below `page`, where it can be.
pub(super) fn section(each: &SubmittedPermission, base: Option<&Base>, page: Option<&String>) -> impl IntoView + use<> {
    let key = each.permission.key.to_string();
    let difference = base.and_then(|base| base.of_permission(&key));
    let since = base.zip(difference).map(|(base, difference)| {
        view! { <SinceMark how=difference.how number=base.number /> }
    });
    let mark = |label| changed(difference, label);
    let dash = || "Not answered".to_owned();
    let rows = each.questions.iter().map(|question| {
        let answer = each.permission.answer(*question).map_or_else(dash, ToString::to_string);
        view! {
            <dt>{question.label()} " " {mark(question.label())}</dt>
            <dd><Prose text=answer /></dd>
        }
    });
    let rows = rows.collect_view();
    let fields = each.permission.fields.iter().map(|name| view! { <li><code>{name.to_string()}</code></li> });
    let fields = fields.collect_view();
    let retention = each.permission.retention.map_or_else(dash, |retention| retention.to_string());
    let until = each.permission.until.map_or_else(dash, show_date);
    let reason = each.permission.reason.as_ref().map(|reason| {
        view! {
            <dt>{REASON_LABEL} " " {mark(REASON_LABEL)}</dt>
            <dd><Prose text=reason.to_string() /></dd>
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
                {since}
                {change}
            </div>
            {findings}
            <dl class="spec mt-2">
                <dt>{FIELDS_LABEL} " " {mark(FIELDS_LABEL)}</dt>
                <dd><ul class="plain-list">{fields}</ul></dd>
                {rows}
                <dt>{RETENTION_LABEL} " " {mark(RETENTION_LABEL)}</dt>
                <dd>{retention}</dd>
                <dt>{UNTIL_LABEL} " " {mark(UNTIL_LABEL)}</dt>
                <dd>{until}</dd>
                {reason}
                <dt>{EVIDENCE_LABEL} " " {mark(EVIDENCE_LABEL)}</dt>
                <dd><EvidenceList evidence=each.evidence.clone() /></dd>
            </dl>
        </section>
    }
}

/// What is declared besides permissions: what was answered, and what is missing even where nothing was; marked where it
/// differs from the revision that a draft was filled from, with links to change it where `may_change`.
pub(super) fn parts(submission: &Submission, may_change: bool) -> impl IntoView + use<> {
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
        let base = submission.base.as_ref();
        let difference = base.and_then(|base| base.of(shown.part));
        let since = base.zip(difference).map(|(base, difference)| {
            view! { <SinceMark how=difference.how number=base.number /> }
        });
        let rows = shown.rows.into_iter().map(|(label, text)| {
            view! {
                <dt>{label} " " {changed(difference, label)}</dt>
                <dd>{answered(label, text)}</dd>
            }
        });
        let change = may_change.then(|| {
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
                    {since}
                    {change}
                </div>
                {findings(&found)}
                <dl class="spec mt-2">{rows.collect_view()}</dl>
            </section>
        }
    });
    sections.collect_view()
}

/// What the revision declares from which a draft was filled, and the draft does not.
pub(super) fn taken_out_section(base: Option<&Base>) -> impl IntoView + use<> {
    let rows = taken_out(base, |_| true);
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section mt-4" aria-labelledby="taken-out">
                <div class="section-head"><h2 id="taken-out">"Taken out"</h2></div>
                <ul class="tasks">{rows}</ul>
            </section>
        }
    })
}

/// What the rules find, each with its source.
pub(super) fn findings(found: &[Finding]) -> impl IntoView + use<> {
    let rows = found.iter().map(|finding| {
        view! {
            <li>
                <VerdictMark verdict=finding.while_writing() />
                <span>{finding.message.clone()} ". " <Citation rule=finding.rule.id source=finding.citation() /></span>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!found.is_empty()).then(|| view! { <ul class="findings">{rows}</ul> })
}
