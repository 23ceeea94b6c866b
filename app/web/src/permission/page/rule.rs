//! The rule book.

use kwanus_domain::policy::{RULES, RULES_VERSION, Rule, Source, coverage_of, sections};
use leptos::prelude::*;

use super::specification::{anchor, heading};
use crate::ui::{Column, DataTable, VerdictMark};

/// What every declaration is read against, by the section that each rule enforces.
#[component]
pub(super) fn Rules() -> impl IntoView {
    let chapters = sections().into_iter().filter_map(|section| {
        let rules: Vec<_> = rules_of(Some(section.number)).collect();
        let id = format!("rules-{}", section.number);
        (!rules.is_empty()).then(|| chapter(id, heading(&section), rules))
    });
    let chapters = chapters.collect_view();
    let family = chapter("rules-family".to_owned(), "Other documents".to_owned(), rules_of(None).collect());
    view! {
        <section class="section" aria-labelledby="rules">
            <div class="section-head">
                <h2 id="rules">"Rules"</h2>
                <p>"Version " {RULES_VERSION} ". Forbidden is never granted: there are no waivers."</p>
            </div>
            <p class="column">
                "Each rule quotes what it enforces. Where the specification is silent, defaults of other documents hold."
            </p>
            {chapters}
            {family}
        </section>
    }
}

/// The rules that enforce that section, or defaults of other documents.
fn rules_of(section: Option<u8>) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(move |rule| rule.section() == section)
}

fn chapter(id: String, heading: String, rules: Vec<&'static Rule>) -> impl IntoView {
    let caption = format!("Rules: {heading}");
    let rows = rules.into_iter().map(row).collect_view();
    let columns = ["Rule", "If broken", "Source", "The boards weigh"].map(Column::Text);
    view! {
        <section class="chapter">
            <h3 id=id>{heading}</h3>
            <DataTable caption class="wide rule-book" columns>{rows}</DataTable>
        </section>
    }
}

fn row(rule: &'static Rule) -> impl IntoView {
    let source = match rule.source {
        // What is no point of a list stands nowhere on the page.
        Source::Specification(section, wording) if coverage_of(section, wording).is_empty() => {
            view! { <q>{wording}</q> }.into_any()
        }
        Source::Specification(section, wording) => {
            let href = format!("#{}", anchor(section, wording));
            view! { <a href=href><q>{wording}</q></a> }.into_any()
        }
        Source::Family(document) => document.into_any(),
    };
    let label = (!rule.weigh.is_empty()).then_some("The boards weigh");
    view! {
        <tr id=format!("rule-{}", rule.id)>
            <th scope="row">
                {rule.words}
                <span class="sub"><code>{rule.id}</code></span>
            </th>
            <td data-label="If broken"><VerdictMark verdict=rule.verdict /></td>
            <td data-label="Source">{source}</td>
            <td data-label=label>{rule.weigh}</td>
        </tr>
    }
}
