//! `/partners/{partner}/{integration}`

use kwanus_domain::{ballot::Reason, partner::Slug, time::show_date};
use kwanus_service::{Error, integration, review::PastReview};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{grant::Grants, stage::StageTrack, suspension::Suspension};
use crate::{
    appeal::OwnAppeals,
    case::PastReviews,
    manifest::VersionSection,
    ui::{DoneNotice, Frame, Prose, here, refuse, take_done},
};

/// An integration, its stage and what it may do: for the desk, and for its partner's users.
#[component]
pub(crate) fn IntegrationPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let slug = |name| use_params_map().read_untracked().get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    Suspend::new(async move {
        let integration = match (visit.caller(), &path) {
            (Ok(caller), Some((partner, slug))) => integration::lookup(&state.db, caller, partner, slug).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let integration = match integration {
            Ok(integration) => integration,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let is_own = visit.person().is_some_and(|person| person.partner().is_some());
        let above = if is_own { ("/", "Home") } else { ("/partners", "Partners") };
        let partner = (format!("/partners/{}", integration.partner_slug), integration.partner_name.to_string());
        let trail = vec![(above.0.to_owned(), above.1.to_owned()), partner.clone()];
        let since = show_date(integration.stage_since.date_naive());
        let start = format!("/submissions/new?integration={}", integration.slug);
        let actions = if is_own {
            match integration.unfinished {
                Some(case) => view! { <a class="btn primary" href=format!("/submissions/{case}")>{format!("Go on with {case}")}</a> }.into_any(),
                None => view! { <a class="btn primary" href=start>"Start a submission"</a> }.into_any(),
            }
        } else {
            let edit = integration.is_editable.then(|| {
                let href = format!("/admin/partners/{}/integrations/{}", integration.partner_slug, integration.slug);
                view! { <a class="btn" href=href>"Edit"</a> }
            });
            let suspend = integration.may_suspend_at_once.then(|| {
                let href = format!("/partners/{}/{}/suspension/emergency", integration.partner_slug, integration.slug);
                view! { <a class="btn danger" href=href>"Suspend at once…"</a> }
            });
            view! { {edit} {suspend} }.into_any()
        };
        let open_case = integration.unfinished.filter(|_| !is_own).map(|case| {
            let href = format!("/cases/{case}");
            view! {
                <div>
                    <dt>"Before the boards"</dt>
                    <dd><a href=href>{case.to_string()}</a></dd>
                </div>
            }
        });
        let title = format!("{}: {}", integration.partner_name, integration.name);
        let held = integration.grants.iter().filter(|grant| grant.effect.permits()).count();
        let held = match held {
            0 => "No permission is granted".to_owned(),
            1 => "1 permission is in force".to_owned(),
            n => format!("{n} permissions are in force"),
        };
        let lead = format!("{} since {since}. {held}.", integration.stage.label());
        let path = format!("{}/{}", partner.0, integration.slug);
        view! {
            <Frame title lead trail actions>
                <DoneNotice done />
                <Suspension integration=integration.clone() is_own />
                <dl class="facts mt-2">
                    <div>
                        <dt>"Partner"</dt>
                        <dd><a href=partner.0>{partner.1}</a> {format!(", tier {}", integration.tier.number())}</dd>
                    </div>
                    <div>
                        <dt>"Layers"</dt>
                        <dd>{integration.layers.to_string()}</dd>
                    </div>
                    {open_case}
                    <div>
                        <dt>"Registered"</dt>
                        <dd>{show_date(integration.created_at.date_naive())}</dd>
                    </div>
                </dl>
                <StageTrack integration=integration.clone() is_own />
                <section class="section mt-4" aria-labelledby="what">
                    <div class="section-head"><h2 id="what">"What it does"</h2></div>
                    <p class="column">{integration.description.to_string()}</p>
                </section>
                <Reviews reviews=integration.reviews findings=integration.findings is_own />
                <OwnAppeals clocks=integration.appeals path=path.clone() is_own />
                <Grants current=integration.grants past=integration.past_grants is_own />
                <VersionSection versions=integration.versions stage=integration.stage path is_own />
            </Frame>
        }
        .into_any()
    })
}

/// How the boards reviewed it, and what they found the last time.
#[component]
fn Reviews(reviews: Vec<PastReview>, findings: Vec<Reason>, is_own: bool) -> impl IntoView {
    if reviews.is_empty() {
        return ().into_any();
    }
    let found = (!findings.is_empty()).then(|| {
        let rows = findings.into_iter().map(|text| view! { <li><Prose text /></li> });
        view! { <h3 class="mt-2">"What the boards found in the last one"</h3> <ul class="column">{rows.collect_view()}</ul> }
    });
    view! {
        <section class="section mt-4" aria-labelledby="reviews">
            <div class="section-head">
                <h2 id="reviews">"Reviews"</h2>
                <p><span class="cite"><a href="/policy#pis-9">"PartnerIntegrationSpec §9"</a></span></p>
            </div>
            <PastReviews past=reviews is_linked=!is_own />
            {found}
        </section>
    }
    .into_any()
}
