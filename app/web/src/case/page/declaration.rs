//! What is declared, permission by permission, against the revision that was carried.

use kwanus_domain::{
    case::CaseRef,
    declaration::{Change, Question},
    time::show_date,
};
use kwanus_service::case::{Declaration, Declared, DeclaredFinding};
use leptos::prelude::*;

use super::{part::PartsSection, precedent::PrecedentRows};
use crate::{
    evidence::EvidenceList,
    permission::WouldDifferNotice,
    ui::{AllowedMark, Citation, Prose, VerdictMark},
};

/// The declaration, open where something is new, closed where nothing is.
#[component]
pub(super) fn DeclarationSection(reference: CaseRef, revision: i64, declaration: Declaration) -> impl IntoView {
    let count = |is: fn(&Change) -> bool| declaration.permissions.iter().filter(|each| is(&each.change)).count();
    let added = count(|change| *change == Change::Added);
    let changed = count(|change| matches!(change, Change::Changed { .. }));
    let unchanged = count(|change| *change == Change::Unchanged);
    let all = declaration.permissions.len();
    let noun = if all == 1 { "permission" } else { "permissions" };
    let summary = if declaration.compared_with.is_some() {
        let removed = declaration.removed.len();
        format!("{all} {noun}: {added} added, {changed} changed, {unchanged} unchanged. {removed} removed")
    } else {
        format!("{all} {noun}, all of them new")
    };
    let is_compared = declaration.compared_with.is_some();
    let permissions =
        declaration.permissions.iter().enumerate().map(|(n, each)| permission("", n + 1, each)).collect_view();
    let removed = declaration.removed.iter().map(|permission| {
        let key = permission.key.to_string();
        view! {
            <details class="permission">
                <summary>
                    <span class="n">"–"</span>
                    <h3><del>{key}</del></h3>
                    <span class="tag">{permission.key.kind().label()}</span>
                    <span class="change removed">"Removed"</span>
                    <span></span>
                </summary>
                <div class="body"><p>"The carried revision declares it and this one does not. If this one is carried, its grant ends."</p></div>
            </details>
        }
    });
    let removed = removed.collect_view();
    let comparison = format!("/cases/{reference}/revisions/{revision}");
    let others = declaration.compared_with.iter().chain(&declaration.earlier);
    let links = others.map(|other| (format!("{comparison}?against={other}"), format!("Compare with revision {other}")));
    let mut links: Vec<_> = links.collect();
    if links.is_empty() && revision > 1 {
        // Nothing was carried before it; what was declined or withdrawn is chosen there.
        links.push((comparison, "Compare with an earlier revision".to_owned()));
    }
    let links = links.into_iter().map(|(href, words)| view! { <li><a href=href>{words}</a></li> });
    let links: Vec<_> = links.collect();
    let comparisons = (!links.is_empty()).then(|| view! { <ul class="plain-list mt-1">{links}</ul> });
    let catalogue = declaration.catalogue_version.map(|number| format!(" and version {number} of the catalogue"));
    let rules = declaration.rules_version.map(|version| {
        view! { <p class="meta mt-1">"Findings by rules " {version} {catalogue} ", run as it was submitted."</p> }
    });
    let would_differ = declaration.would_differ.map(|would_differ| view! { <WouldDifferNotice would_differ /> });
    view! {
        <section class="section first" id="declaration" aria-labelledby="h-declaration">
            <div class="section-head">
                <h2 id="h-declaration">"Declaration"</h2>
                <p>{summary} "."</p>
            </div>
            {comparisons}
            {permissions}
            {removed}
            {rules}
            {would_differ}
        </section>
        <PartsSection parts=declaration.parts is_compared />
    }
}

/// A declared permission, whose id begins with `prefix` where a page shows several cases.
pub(super) fn permission(prefix: &str, n: usize, each: &Declared) -> impl IntoView + use<> {
    let permission = &each.permission;
    let change_class = match each.change {
        Change::Added => "change added",
        Change::Changed { .. } => "change changed",
        Change::Unchanged => "change",
    };
    let worst = each.findings.iter().map(|finding| finding.verdict).min();
    let verdict = worst
        .map_or_else(|| view! { <AllowedMark /> }.into_any(), |verdict| view! { <VerdictMark verdict /> }.into_any());
    let fields = permission.fields.iter().map(|name| {
        let class = if each.change.adds(name) { "new" } else { "" };
        view! { <li class=class>{name.to_string()}</li> }
    });
    let fields = fields.collect_view();
    let dropped = match &each.change {
        Change::Changed { dropped, .. } if !dropped.is_empty() => {
            let names = dropped.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Some(view! { <dt>"Dropped"</dt><dd><del>{names}</del></dd> })
        }
        _ => None,
    };
    // What was not asked of it has no answer.
    let answered = Question::ALL.into_iter().filter_map(|question| Some((question, permission.answer(question)?)));
    let answers = answered.map(|(question, answer)| {
        let answer = answer.to_string();
        let label = match question {
            Question::Purpose => "Purpose",
            Question::Narrower => "Why a narrower permission fails",
            Question::Consent => "Consent step",
            Question::Deletion => "Deletion",
            Question::IfRefused => "If it is refused",
            Question::ComplianceNote => "How compliance was checked",
        };
        view! { <dt>{label}</dt><dd><Prose text=answer /></dd> }
    });
    let answers = answers.collect_view();
    let reason = permission
        .reason
        .as_ref()
        .map(|reason| view! { <dt>"Why it should be allowed"</dt><dd><Prose text=reason.to_string() /></dd> });
    let retention = permission.retention.map(|retention| retention.to_string()).unwrap_or_default();
    let until = permission.until.map(show_date).unwrap_or_default();
    view! {
        <details class="permission" id=format!("{prefix}p{n}") open=each.change != Change::Unchanged>
            <summary>
                <span class="n">{n}</span>
                <h3>{permission.key.to_string()}</h3>
                <span class="tag">{permission.key.kind().label()}</span>
                <span class=change_class>{each.change.label()}</span>
                {verdict}
            </summary>
            <div class="body">
                <dl class="spec">
                    <dt>"In the catalogue"</dt>
                    <dd>{each.title.clone()}</dd>
                    <dt>"Fields"</dt>
                    <dd><ul class="keys-list">{fields}</ul></dd>
                    {dropped}
                    {answers}
                    <dt>"Retention"</dt>
                    <dd>{retention}</dd>
                    <dt>"Expiry"</dt>
                    <dd>{until}</dd>
                    {reason}
                    <dt>"Evidence"</dt>
                    <dd><EvidenceList evidence=each.evidence.clone() /></dd>
                    <PrecedentRows precedents=each.precedents.clone() />
                    <dt>"Findings"</dt>
                    <dd><Findings findings=each.findings.clone() /></dd>
                </dl>
            </div>
        </details>
    }
}

/// What the rules found in a part of the declaration, and what the boards are to weigh beside it.
#[component]
pub(super) fn Findings(findings: Vec<DeclaredFinding>) -> impl IntoView {
    if findings.is_empty() {
        return view! { <p>"Nothing is found: it is declared as the rules ask."</p> }.into_any();
    }
    let findings = findings.into_iter().map(|finding| {
        let weigh = finding.weigh;
        let weigh = (!weigh.is_empty()).then(|| view! { <span class="weigh">"To weigh: " {weigh} "."</span> });
        view! {
            <li>
                <VerdictMark verdict=finding.verdict />
                <span>{finding.words} ". " <Citation rule=finding.rule source=finding.citation /> {weigh}</span>
            </li>
        }
    });
    view! { <ul class="findings">{findings.collect_view()}</ul> }.into_any()
}
