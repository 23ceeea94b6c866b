//! Until when a decision can be appealed, or the appeal that was made.

use kwanus_domain::{case::CaseState, time::show_date};
use kwanus_service::appeal::AppealClock;
use leptos::prelude::*;

/// What the clock says, to its partner or to the boards, with a link to the appeal or to its form.
fn sentence(clock: AppealClock, is_own: bool, form: String) -> AnyView {
    let last = show_date(clock.window.last_day());
    match clock.made {
        Some((made, state)) => {
            let how = match state {
                CaseState::Open => "the boards have it".to_owned(),
                state => state.label().to_lowercase(),
            };
            let (who, href) = if is_own { ("You", form) } else { ("Its partner", format!("/cases/{made}")) };
            view! { {who} " appealed it, as " <a href=href>{made.to_string()}</a> ": " {how} "." }.into_any()
        }
        None if clock.is_open && is_own => {
            let words = format!("Appeal {}", clock.appealed);
            view! { "You can appeal it once, with new facts, until " <strong>{last} ", 24:00 UTC"</strong> ". " <a href=form>{words}</a> }
            .into_any()
        }
        None if clock.is_open => {
            view! { "Its partner can appeal it once, with new facts, until " <strong>{last} ", 24:00 UTC"</strong> "." }
                .into_any()
        }
        None => view! { "It was not appealed. The time for that ended on " {last} ", 24:00 UTC." }.into_any(),
    }
}

/// The clock of one decision, as a notice with an anchor.
#[component]
pub(crate) fn AppealNotice(
    /// The clock, if the decision can be appealed.
    clock: Option<AppealClock>,
    /// Whether its own partner reads it.
    is_own: bool,
) -> impl IntoView {
    clock.map(|clock| {
        let form = format!("/submissions/{}/appeal", clock.appealed);
        view! { <div class="notice mt-3" id="appeal"><p><strong>"Appeal"</strong></p><p>{sentence(clock, is_own, form)}</p></div> }
    })
}

/// What was revoked of an integration, each with its clock.
#[component]
pub(crate) fn OwnAppeals(
    /// The clocks, the newest decision first.
    clocks: Vec<AppealClock>,
    /// The page of the integration.
    path: String,
    /// Whether its own partner reads it.
    is_own: bool,
) -> impl IntoView {
    if clocks.is_empty() {
        return ().into_any();
    }
    let rows = clocks.into_iter().map(|clock| {
        let reference = clock.appealed.to_string();
        let name = if is_own {
            view! { <strong>{reference.clone()}</strong> }.into_any()
        } else {
            view! { <a href=format!("/cases/{reference}")>{reference.clone()}</a> }.into_any()
        };
        let matter = format!(", {}: ", clock.matter);
        let form = format!("{path}/appeal/{reference}");
        view! { <li>{name} {matter} {sentence(clock, is_own, form)}</li> }
    });
    view! {
        <section class="section mt-4" aria-labelledby="appeals">
            <div class="section-head"><h2 id="appeals">"Appeals"</h2></div>
            <ul class="column">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
