//! `/partners/{partner}/{integration}/transitions/{stage}`

use kwanus_domain::{
    integration::Stage,
    lifecycle::{RECOMMENDED_WINDOW, Topic, Transition},
    partner::Slug,
};
use kwanus_service::{Error, lifecycle::lookup_proposal};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::ProposalFrame;
use crate::ui::{HiddenField, Memory, TextArea, TextField, here, recall, refuse};

/// The form that proposes a step, which says what it will do.
#[component]
pub(crate) fn TransitionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    let to = params.get("stage").and_then(|word| Stage::from_word(&word));
    Suspend::new(async move {
        let found = match (visit.caller(), &path, to) {
            (Ok(caller), Some((partner, slug)), Some(to)) => {
                lookup_proposal(&state.db, caller, (partner, slug), to).await
            }
            (Ok(_), ..) => Err(Error::NotFound),
            (Err(error), ..) => Err(error),
        };
        let (proposal, (partner, slug), to) = match (found, path, to) {
            (Ok(proposal), Some(path), Some(to)) => (proposal, path, to),
            (Err(error), ..) => return refuse(error, &visit),
            (Ok(_), ..) => return refuse(Error::NotFound, &visit),
        };
        let subject = format!("{partner}/{slug}/{}", to.as_str());
        let memory = recall(&session, &visit, "transition", &subject).await;
        let name = format!("{}: {}", proposal.partner, proposal.integration);
        let title = if to < proposal.from {
            format!("Propose going back to {}", to.label())
        } else {
            format!("Propose {}", to.label())
        };
        let lead = format!("From {}. The boards decide; nothing changes before.", proposal.from.label());
        let fields = memory.clone();
        let labels = [("reason", "Why?")].into_iter().chain(Topic::ALL.map(|topic| (topic.field(), topic.label())));
        let labels = labels.chain([("window", "Months")]).collect();
        let (step, obstacle) = match proposal.step {
            Ok(step) => (Some(step), None),
            Err(obstacle) => (None, Some(obstacle)),
        };
        view! {
            <ProposalFrame title lead path=(partner, slug) name action="/do/propose_transition" obstacle labels memory>
                {step.map(|step| view! { <StepFields step memory=fields /> })}
            </ProposalFrame>
        }
        .into_any()
    })
}

#[component]
fn StepFields(step: Transition, memory: Memory) -> impl IntoView {
    let plan = step.needs_plan().then(|| {
        let topics = Topic::ALL.into_iter().map(|topic| {
            let memory = memory.clone();
            view! {
                <TextArea name=topic.field() label=topic.label() hint=topic.hint() value="" memory is_markdown=true />
            }
        });
        view! {
            <h2 class="mt-4">"Notice and plan"</h2>
            {topics.collect_view()}
            <TextField
                name="window"
                label="How many months does it last at least?"
                hint="Counted from the decision: at least 6, better 12. Support does not end before."
                value=RECOMMENDED_WINDOW.to_string()
                memory=memory.clone()
                autocomplete="off"
            />
        }
    });
    view! {
        <Consequences step />
        <HiddenField name="to" value=step.to().as_str() />
        <div class="mt-4">
            <TextArea
                name="reason"
                label="Why?"
                hint="The boards and the partner read it, and it is kept in the record."
                value=""
                memory
                is_markdown=true
            />
        </div>
        {plan}
    }
}

/// What the stage does, before anybody commits to it.
#[component]
pub(crate) fn Consequences(step: Transition) -> impl IntoView {
    let effects: &[&str] = match step.to() {
        Stage::Active => &["Everything holds by its grant again.", "New permissions by case."],
        Stage::Maintenance => &[
            "Reads, triggers, writes and intelligence hold by their grants.",
            "Of permissions, only narrower or equal ones, with a compliance note.",
            "Compliance is checked before any change.",
        ],
        Stage::Deprecation => &[
            "Reads go on with deprecation warnings; workflow triggers for existing users only.",
            "Writes and intelligence rest; going back restores them.",
            "No new permission, no new installs. The notice is public.",
        ],
        Stage::EndOfSupport => {
            &["The integration is disabled and every grant is revoked.", "It is final: nothing leads back."]
        }
    };
    let effects = effects.iter().map(|effect| view! { <li>{*effect}</li> });
    view! {
        <div class="notice">
            <p><strong>{format!("If it is carried, {} begins.", step.to().label())}</strong></p>
            <ul>{effects.collect_view()}</ul>
            <p class="meta"><span class="cite">"PartnerIntegrationSpec §10"</span></p>
        </div>
    }
}
