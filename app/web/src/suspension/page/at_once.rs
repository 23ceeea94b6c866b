//! `/partners/{partner}/{integration}/suspension/emergency`

use kwanus_domain::{partner::Slug, time::show_instant};
use kwanus_service::{
    Error,
    suspension::{AtOnceForm, lookup_at_once},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::extent::ExtentFields;
use crate::{
    lifecycle::ProposalFrame,
    ui::{ConfirmField, Memory, TextArea, here, recall, refuse},
};

/// The form that suspends an integration, or grants of it, before any vote: what stops stands before the button.
#[component]
pub(crate) fn AtOncePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    Suspend::new(async move {
        let (found, (partner, slug)) = match (visit.caller(), path) {
            (Ok(caller), Some(path)) => (lookup_at_once(&state.db, caller, (&path.0, &path.1)).await, path),
            (Ok(_), None) => return refuse(Error::NotFound, &visit),
            (Err(error), _) => return refuse(error, &visit),
        };
        let form = match found {
            Ok(form) => form,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "at-once", &format!("{partner}/{slug}")).await;
        let name = format!("{}: {}", form.partner, form.integration);
        let obstacle = form.obstacle.clone();
        let fields = memory.clone();
        view! {
            <ProposalFrame
                title="Suspend at once"
                lead="It takes effect the moment you send it, before any vote."
                path=(partner, slug)
                name
                action="/do/suspend_at_once"
                button="Suspend at once"
                back="Return without suspending"
                refused="Nothing can be suspended now"
                obstacle
                labels=vec![("reason", "Why?")]
                memory
            >
                <AtOnceFields form memory=fields />
            </ProposalFrame>
        }
        .into_any()
    })
}

#[component]
fn AtOnceFields(form: AtOnceForm, memory: Memory) -> impl IntoView {
    view! {
        <div class="mt-3">
            <ExtentFields
                offered=form.offered.clone()
                legend="What is to be suspended?"
                whole="Every grant rests, and so does whatever is granted meanwhile."
                single="They rest, and the others go on."
                memory=memory.clone()
            />
            <TextArea
                name="reason"
                label="Why can it not wait?"
                hint="What happened, how you know, and what has to be mended. The boards and the partner read it, and it is kept in the record."
                value=""
                memory=memory.clone()
                is_markdown=true
            />
        </div>
        <Stops form />
        <div class="mt-3">
            <ConfirmField name="has_read" label="I have read what stops" value="" memory sent_as="has_read" />
        </div>
    }
}

/// What stops for the partner, and how that ends.
#[component]
fn Stops(form: AtOnceForm) -> impl IntoView {
    let held = form.grants.into_iter().filter(|grant| grant.effect.permits());
    let held: Vec<_> = held
        .map(|grant| {
            let does = format!(", {}", grant.effect.label().to_lowercase());
            view! { <li><code>{grant.key.to_string()}</code> {does}</li> }
        })
        .collect();
    let held = if held.is_empty() {
        view! { <p>"No grant holds now. The whole integration suspended, none will while it rests."</p> }.into_any()
    } else {
        view! { <p>"Of these, all or those that you chose rest the moment you send this:"</p> <ul>{held}</ul> }
            .into_any()
    };
    let until = show_instant(form.lapses_at);
    view! {
        <section class="notice crit mt-3" aria-labelledby="stops">
            <h2 id="stops">{format!("What stops for {}", form.partner)}</h2>
            {held}
            <p>
                "Nothing is revoked. Sent now, it lapses by itself on " <strong>{until}</strong>
                " unless the Core Governance Board carries it before, and that is not extended. If it declines, it lapses then. Everything is then as it was before."
            </p>
            <p>"You take no part in that ballot. Once it is carried, the suspension stays until the board lifts it."</p>
        </section>
    }
}
