//! Every point of the specification, and what enforces it.

use kwanus_domain::policy::{By, COVERAGE, List, Section, coverage_of, sections};
use leptos::prelude::*;

use crate::ui::VerdictMark;

/// The sections that are enforced, list by list.
#[component]
pub(super) fn Specification() -> impl IntoView {
    let is_covered = |section: &Section| COVERAGE.iter().any(|covered| covered.section == section.number);
    let sections: Vec<_> = sections().into_iter().filter(is_covered).collect();
    let links = sections.iter().map(|section| {
        let href = format!("#pis-{}", section.number);
        view! { <li><a href=href>{heading(section)}</a></li> }
    });
    let links = links.collect_view();
    let chapters = sections.iter().map(chapter).collect_view();
    view! {
        <section class="section mt-4" aria-labelledby="specification">
            <div class="section-head">
                <h2 id="specification">"The specification"</h2>
                <p>"The mark beside a rule says what breaking it means."</p>
            </div>
            <ul class="chapters">{links}</ul>
            {chapters}
        </section>
    }
}

/// The heading of a section, with its number.
pub(super) fn heading(section: &Section) -> String {
    format!("§{} {}", section.number, section.title)
}

/// Where a point stands on the page: `pis-3-direct-db-access`.
pub(super) fn anchor(section: u8, point: &str) -> String {
    let words: Vec<_> = point.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("pis-{section}-{}", words.join("-").to_lowercase())
}

/// A section of the specification, cited where it stands on the same page.
#[component]
pub(super) fn SectionCite(number: u8) -> impl IntoView {
    let href = format!("#pis-{number}");
    let citation = format!("PartnerIntegrationSpec\u{a0}§{number}");
    view! { <span class="cite"><a href=href>{citation}</a></span> }
}

fn chapter(section: &Section) -> impl IntoView + use<> {
    let id = format!("pis-{}", section.number);
    let heading = heading(section);
    let caption = format!("{heading}, point by point");
    let lists = section.lists.iter().map(|list| group(section.number, list)).collect_view();
    view! {
        <section class="chapter">
            <h3 id=id>{heading}</h3>
            <div class="table-wrap">
                <table class="data stackable coverage">
                    <caption class="vh">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Point"</th>
                            <th scope="col">"Enforced by"</th>
                        </tr>
                    </thead>
                    {lists}
                </table>
            </div>
        </section>
    }
}

fn group(section: u8, list: &List) -> impl IntoView + use<> {
    let rows = list.points.iter().map(|point| {
        let enforced_by = coverage_of(section, point).iter().copied().map(enforcement).collect_view();
        view! {
            <tr id=anchor(section, point)>
                <th scope="row">{point.clone()}</th>
                <td><ul class="findings">{enforced_by}</ul></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="2">{list.title}</th>
            </tr>
            {rows}
        </tbody>
    }
}

fn enforcement(by: By) -> impl IntoView {
    match by {
        By::Rule(rule) => {
            let href = format!("#rule-{}", rule.id);
            view! {
                <li>
                    <VerdictMark verdict=rule.verdict />
                    <span>{rule.words} ". " <a href=href><code>{rule.id}</code></a></span>
                </li>
            }
            .into_any()
        }
        By::Place(words, href) => view! {
            <li>
                <span class="quiet">"Product"</span>
                <span><a href=href>{words}</a></span>
            </li>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_found_by_its_words() {
        assert_eq!(anchor(3, "direct DB access"), "pis-3-direct-db-access");
        assert_eq!(anchor(3, "read-only access (Tier 1+)"), "pis-3-read-only-access-tier-1");
        assert_eq!(anchor(11, "SCO: security & compliance"), "pis-11-sco-security-compliance");
    }
}
