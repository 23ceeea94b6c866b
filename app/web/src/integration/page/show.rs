//! `/partners/{partner}/{integration}`

use std::cmp::Ordering;

use kwanus_domain::{ballot::Reason, integration::Stage, partner::Slug, time::show_date};
use kwanus_service::{
    Error,
    grant::Grant,
    integration::{self, Integration},
    review::PastReview,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use crate::case::PastReviews;
use crate::submission::board_state;
use crate::ui::{DoneNotice, Frame, here, refuse, take_done};

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
            integration
                .is_editable
                .then(|| {
                    let href =
                        format!("/admin/partners/{}/integrations/{}", integration.partner_slug, integration.slug);
                    view! { <a class="btn" href=href>"Edit"</a> }
                })
                .into_any()
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
        view! {
            <Frame title lead trail actions>
                <DoneNotice done />
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
                <Suspension integration=integration.clone() is_own />
                <StageTrack integration=integration.clone() is_own />
                <section class="section mt-4" aria-labelledby="what">
                    <div class="section-head"><h2 id="what">"What it does"</h2></div>
                    <p class="column">{integration.description.to_string()}</p>
                </section>
                <Reviews reviews=integration.reviews findings=integration.findings is_own />
                <Grants current=integration.grants past=integration.past_grants is_own />
            </Frame>
        }
        .into_any()
    })
}

/// That it is suspended, or is to be, and how that ends.
#[component]
fn Suspension(integration: Integration, is_own: bool) -> impl IntoView {
    let since = integration.suspended_at.map(|at| {
        let words = format!("Suspended since {}.", show_date(at.date_naive()));
        view! { <p><strong class="tone-crit">{words}</strong> " Every grant rests until that is lifted."</p> }
    });
    let open = integration.suspension.map(|(reference, boards)| {
        let what = if since.is_some() { "lifting that" } else { "suspending it" };
        let name = if is_own {
            view! { <strong>{reference.to_string()}</strong> }.into_any()
        } else {
            view! { <a href=format!("/cases/{reference}")>{reference.to_string()}</a> }.into_any()
        };
        let boards = boards.into_iter().map(board_state).collect_view();
        view! { <p>{name} " is before the boards, about " {what} ":"</p> <ul class="tasks mt-1">{boards}</ul> }
    });
    if since.is_none() && open.is_none() {
        return ().into_any();
    }
    let lift = integration.may_lift.then(|| {
        let href = format!("/partners/{}/{}/suspension", integration.partner_slug, integration.slug);
        view! { <p class="mt-2"><a class="btn" href=href>"Propose to lift the suspension"</a></p> }
    });
    view! { <div class="notice crit mt-3">{since} {open} {lift}</div> }.into_any()
}

/// How the boards reviewed it, and what they found the last time.
#[component]
fn Reviews(reviews: Vec<PastReview>, findings: Vec<Reason>, is_own: bool) -> impl IntoView {
    if reviews.is_empty() {
        return ().into_any();
    }
    let found = (!findings.is_empty()).then(|| {
        let rows = findings.into_iter().map(|reason| view! { <li class="prose">{reason.to_string()}</li> });
        view! { <h3 class="mt-2">"What the boards found in the last one"</h3> <ul class="column">{rows.collect_view()}</ul> }
    });
    view! {
        <section class="section mt-4" aria-labelledby="reviews">
            <div class="section-head">
                <h2 id="reviews">"Reviews"</h2>
                <p><span class="cite"><a href="/policy">"PartnerIntegrationSpec §9"</a></span></p>
            </div>
            <PastReviews past=reviews is_linked=!is_own />
            {found}
        </section>
    }
    .into_any()
}

/// What it may do, and what it might once.
#[component]
fn Grants(current: Vec<Grant>, past: Vec<Grant>, is_own: bool) -> impl IntoView {
    let content = if current.is_empty() {
        view! {
            <div class="empty">
                <h2>"No permission is granted"</h2>
                <p>
                    "What is not granted is not permitted. A grant stands here once the boards have decided on what the partner declared."
                </p>
                <a class="btn" href="/policy">"What can be asked for"</a>
            </div>
        }
        .into_any()
    } else {
        view! { <GrantTable grants=current caption="Grants" is_own /> }.into_any()
    };
    let past = (!past.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>"Grants that are over"</summary>
                <GrantTable grants=past caption="Grants that are over" is_own />
            </details>
        }
    });
    view! {
        <section class="section mt-4" aria-labelledby="grants">
            <div class="section-head">
                <h2 id="grants">"Grants"</h2>
                <p><span class="cite"><a href="/policy">"PartnerIntegrationSpec §6"</a></span></p>
            </div>
            {content}
            {past}
        </section>
    }
}

#[component]
fn GrantTable(grants: Vec<Grant>, caption: &'static str, is_own: bool) -> impl IntoView {
    let rows = grants.into_iter().map(|grant| {
        let href = if is_own { format!("/submissions/{}", grant.case) } else { format!("/cases/{}", grant.case) };
        let fields = grant.fields.iter().map(|name| view! { <li>{name.to_string()}</li> }).collect_view();
        // The last day on which it holds: the instant that is kept is the one after it.
        let last = show_date((grant.ends_at - chrono::Duration::microseconds(1)).date_naive());
        let until = match grant.ended {
            Some((at, cause)) => format!("{} {}", cause.label(), show_date(at.date_naive())),
            None => last,
        };
        let class = if grant.effect.permits() { "tag good" } else { "tag" };
        view! {
            <tr>
                <th scope="row"><code>{grant.key.to_string()}</code></th>
                <td data-label="Fields"><ul class="keys-list">{fields}</ul></td>
                <td data-label="Effect"><span class=class>{grant.effect.label()}</span></td>
                <td data-label="From">{show_date(grant.starts_at.date_naive())}</td>
                <td data-label="Until">{until}</td>
                <td data-label="Decided by" class="nowrap"><a href=href>{grant.case.to_string()}</a></td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="data stackable">
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Permission"</th>
                        <th scope="col">"Fields"</th>
                        <th scope="col">"Effect"</th>
                        <th scope="col">"From"</th>
                        <th scope="col">"Until"</th>
                        <th scope="col">"Decided by"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// The four stages, and which of them it is in.
#[component]
fn StageTrack(integration: Integration, is_own: bool) -> impl IntoView {
    let now = integration.stage;
    let since = show_date(integration.stage_since.date_naive());
    let stages = Stage::ALL.iter().map(move |stage| {
        let what = match stage {
            Stage::Active => "Full access, workflows enabled",
            Stage::Maintenance => "Limited updates, compliance checks required",
            Stage::Deprecation => "Workflows restricted, migration or remediation required",
            Stage::EndOfSupport => "Disabled, access revoked",
        };
        let class = match stage.cmp(&now) {
            Ordering::Less => "past",
            Ordering::Equal => "now",
            Ordering::Greater => "",
        };
        view! {
            <li class=class aria-current=(*stage == now).then_some("step")>
                <h3>{stage.label()}</h3>
                <p>{what}</p>
                {(*stage == now).then(|| view! { <p>"Since " {since.clone()}</p> })}
            </li>
        }
    });
    let window = integration.window_ends_at.map(|ends_at| {
        view! { <p class="mt-2">"Support may end on " <strong>{show_date(ends_at.date_naive())}</strong> " at the earliest. " <a href="/deprecations">"The public notice"</a></p> }
    });
    let open = integration.transition.map(|open| {
        let words = format!("{} proposes {}", open.reference, open.to.label());
        let case = if is_own {
            view! { <strong>{words}</strong> }.into_any()
        } else {
            view! { <a href=format!("/cases/{}", open.reference)>{words}</a> }.into_any()
        };
        let boards = open.boards.into_iter().map(board_state).collect_view();
        view! {
            <div class="mt-3">
                <p>{case} ", and is before the boards:"</p>
                <ul class="tasks mt-1">{boards}</ul>
            </div>
        }
    });
    let base = format!("/partners/{}/{}/transitions", integration.partner_slug, integration.slug);
    let proposals = integration.targets.into_iter().map(|to| {
        let words =
            if to < now { format!("Propose going back to {}", to.label()) } else { format!("Propose {}", to.label()) };
        view! { <a class="btn" href=format!("{base}/{}", to.as_str())>{words}</a> }
    });
    let proposals = proposals.collect_view();
    let proposals = view! { <div class="actions mt-3">{proposals}</div> };
    view! {
        <section class="section mt-4" aria-labelledby="stage">
            <div class="section-head">
                <h2 id="stage">"Stage"</h2>
                <p><span class="cite"><a href="/policy">"PartnerIntegrationSpec §10"</a></span></p>
            </div>
            <ol class="track">{stages.collect_view()}</ol>
            {window}
            {open}
            {proposals}
        </section>
    }
}
