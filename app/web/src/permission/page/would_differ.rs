//! What today's rules would find otherwise, beside what was found.

use kwanus_domain::policy::Finding;
use kwanus_service::submission::{DifferingPart, WouldDiffer};
use leptos::prelude::*;

use crate::ui::{Citation, VerdictMark};

/// Beside what was found as something was submitted: what would be found today, which decides nothing.
#[component]
pub(crate) fn WouldDifferNotice(would_differ: WouldDiffer) -> impl IntoView {
    let today = format!(
        "Today’s rules are {}, with version {} of the catalogue. The boards decide on what was found as it was submitted; only what was retired or forbidden since is not granted.",
        would_differ.rules_version, would_differ.catalogue_version
    );
    let parts = would_differ.parts.into_iter().map(part).collect_view();
    view! {
        <section class="notice neutral mt-3" aria-labelledby="h-would-differ">
            <h3 id="h-would-differ">"Would differ under today’s rules"</h3>
            <p>{today}</p>
            {parts}
        </section>
    }
}

fn part(part: DifferingPart) -> impl IntoView {
    let title = if part.is_permission { view! { <code>{part.title}</code> }.into_any() } else { part.title.into_any() };
    let added = part.added.into_iter().map(|finding| {
        let message = finding.message.clone();
        row(&finding, "Would be found", message)
    });
    let gone = part.gone.into_iter().map(|finding| row(&finding, "Would not be found", finding.rule.words.to_owned()));
    view! {
        <p class="mt-2"><strong>{title}</strong></p>
        <ul class="findings mt-1">{added.collect_view()} {gone.collect_view()}</ul>
    }
}

fn row(finding: &Finding, what: &'static str, words: String) -> impl IntoView + use<> {
    view! {
        <li>
            <VerdictMark verdict=finding.verdict() />
            <span>{what} ": " {words} ". " <Citation rule=finding.rule.id source=finding.citation() /></span>
        </li>
    }
}
