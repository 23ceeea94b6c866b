//! An appeal, as the boards read it.

use kwanus_domain::{ballot::Outcome, case::CaseState, time::show_instant};
use kwanus_service::{appeal::AppealMatter, case::Case};
use leptos::prelude::*;

use crate::ui::Prose;

/// What is appealed, what is new, and what carrying it would do.
#[component]
pub(super) fn AppealSection(case: Case, matter: AppealMatter) -> impl IntoView {
    let facts = facts(&matter);
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}"."</li> }).collect::<Vec<_>>();
    let obstacles = lines(matter.obstacles);
    let notice = if obstacles.is_empty() {
        let head = if case.state == CaseState::Open { "If it is carried" } else { "What carrying it does" };
        view! { <div class="notice"><p><strong>{head}</strong></p><ul>{lines(matter.does)}</ul></div> }.into_any()
    } else {
        view! {
            <div class="notice crit">
                <p><strong>"It cannot be carried as things stand"</strong></p>
                <ul>{obstacles}</ul>
            </div>
        }
        .into_any()
    };
    let behind = (!matter.behind.is_empty()).then(|| {
        let names = matter.behind.join(", ");
        view! { <dt>"Do not lead it"</dt><dd>{names} ": they stand behind the decision. They take a position, and close no ballot."</dd> }
    });
    view! {
        <section class="section first" aria-labelledby="h-appeal">
            <div class="section-head">
                <h2 id="h-appeal">"Appeal of the " {matter.what.word()}</h2>
                <p><span class="cite">"PartnerGovCharter"</span></p>
            </div>
            {notice}
            <dl class="spec mt-3">{facts} {behind}</dl>
        </section>
    }
}

/// What is appealed, with what, as items of a list of descriptions.
pub(super) fn facts(matter: &AppealMatter) -> impl IntoView + use<> {
    let appealed = matter.appealed.to_string();
    let href = format!("/cases/{appealed}");
    let decided = format!(", {}, decided {}", matter.matter, show_instant(matter.decided_at));
    view! {
        <dt>"What is appealed"</dt>
        <dd><a href=href>{appealed}</a> {decided}</dd>
        <dt>"What is new"</dt>
        <dd><Prose text=matter.facts.clone() /></dd>
        <dt>"What is asked for"</dt>
        <dd><Prose text=matter.relief.clone() /></dd>
    }
}

/// What the decision changed, in a sentence.
pub(super) fn decided(outcome: Outcome, is_overtaken: bool) -> &'static str {
    match (outcome, is_overtaken) {
        (Outcome::Carried, _) => "It was carried, and took effect at once. What was appealed stays decided as it was.",
        (_, true) => "Something became impossible meanwhile, and is not done however the boards vote. Nothing changes.",
        (_, false) => "It was declined, or a ballot ended short or blocked. Nothing changes, and that is final.",
    }
}
