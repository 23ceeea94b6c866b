//! Conditions that bind, on the partner's page of a submission.

use kwanus_service::submission::Submission;
use leptos::prelude::*;

use super::{field::ConditionField, thread::condition_view};
use crate::ui::{DefaultButton, HiddenField, Memory, OwnerField, Unsent};

/// What the partner must meet, and a form to show that it is.
#[component]
pub(crate) fn PartnerConditions(submission: Submission, memories: Vec<Memory>) -> impl IntoView {
    if submission.conditions.is_empty() {
        return ().into_any();
    }
    let partner = submission.partner.to_string();
    let case = submission.reference.to_string();
    let all = submission.conditions.iter().zip(memories).map(|(condition, memory)| {
        let form = if condition.may_supply {
            view! { <SupplyForm case=case.clone() number=condition.number memory /> }.into_any()
        } else {
            view! { <Unsent memory labels=vec![("text", "What shows that it is met"), ("link", "A link to more")] /> }
                .into_any()
        };
        condition_view(condition, &partner, form)
    });
    let all = all.collect_view();
    view! {
        <section aria-labelledby="conditions">
            <h2 class="mt-4" id="conditions">"Conditions"</h2>
            <p class="mt-1">
                "The boards granted what you asked for on these conditions. Show that each is met by its day, which ends at 24:00 UTC; its board accepts that, or returns it and says why."
            </p>
            {all}
        </section>
    }
    .into_any()
}

#[component]
fn SupplyForm(case: String, number: i64, memory: Memory) -> impl IntoView {
    let text = format!("What shows that condition {number} is met");
    let link = format!("A link to more for condition {number} (optional)");
    view! {
        <form class="mt-2 column" method="post" action="/do/supply_evidence" novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="case" value=case />
            <HiddenField name="condition" value=number.to_string() />
            <ConditionField number name="text" label=text hint="Up to 2,000 characters. All boards of the case read it." memory=memory.clone() />
            <ConditionField
                number
                name="link"
                label=link
                hint="A whole address that begins with https:// and that the boards can open."
                memory
                is_line=true
            />
            <div class="actions"><button class="btn primary">"Supply evidence"</button></div>
        </form>
    }
}
