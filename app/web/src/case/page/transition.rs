//! A step to another stage, as the boards read it.

use kwanus_domain::lifecycle::Topic;
use kwanus_service::lifecycle::TransitionRow;
use leptos::prelude::*;

use crate::{lifecycle::Consequences, ui::Prose};

/// The step, why, what it will do, and the plan that belongs to it.
#[component]
pub(super) fn TransitionSection(row: TransitionRow) -> impl IntoView {
    let plan = row.plan.as_ref().map(|plan| {
        let topics = Topic::ALL.into_iter().map(|topic| {
            view! { <dt>{topic.label()}</dt><dd><Prose text=plan.text(topic).to_string() /></dd> }
        });
        let window = format!("{} months from the decision, at least", plan.window.in_months());
        view! {
            {topics.collect_view()}
            <dt>"Window"</dt>
            <dd>{window} " " <span class="cite">"PartnerDeprecationSpec"</span></dd>
        }
    });
    let step = row.step;
    view! {
        <section class="section first" aria-labelledby="h-step">
            <div class="section-head">
                <h2 id="h-step">{step.from().label()} " → " {step.to().label()}</h2>
                <p><span class="cite"><a href="/policy#pis-10">"PartnerIntegrationSpec §10"</a></span></p>
            </div>
            <Consequences step />
            <dl class="spec mt-3">
                <dt>"Why"</dt>
                <dd><Prose text=row.reason /></dd>
                {plan}
            </dl>
        </section>
    }
}
