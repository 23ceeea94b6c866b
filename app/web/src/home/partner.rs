//! `/` of a partner: what is asked of it, how its submissions stand, and what it holds.

use kwanus_domain::{Count, grant::WARNING_DAYS, partner::Slug};
use kwanus_service::{
    Caller, Error, OwnPartner,
    grant::{self, OwnGrants},
    partner::{self, Partner},
    submission::{self, ListedSubmission, Unfinished},
};
use leptos::prelude::*;

use super::grant::GrantSection;
use crate::{
    partner::IntegrationTable,
    state::State,
    submission::SubmissionTable,
    ui::{Frame, here, refuse},
};

/// What a partner's home shows.
struct Home {
    partner: Partner,
    unfinished: Unfinished,
    submissions: Vec<ListedSubmission>,
    is_more: bool,
    grants: OwnGrants,
}

async fn find(state: &State, caller: &Caller, slug: &Slug) -> Result<Home, Error> {
    let submissions = submission::list(&state.db, caller, None).await?;
    Ok(Home {
        partner: partner::lookup(&state.db, caller, slug, None).await?,
        unfinished: submission::count(&state.db, caller).await?,
        is_more: submissions.next.is_some(),
        submissions: submissions.rows,
        grants: grant::list_own(&state.db, caller).await?,
    })
}

/// Where a partner's users begin.
#[component]
pub(super) fn PartnerHome(own: OwnPartner) -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let home = match visit.caller() {
            Ok(caller) => find(&state, caller, &own.slug).await,
            Err(error) => Err(error),
        };
        let Home { partner, unfinished, submissions, is_more, grants } = match home {
            Ok(home) => home,
            Err(error) => return refuse(error, &visit),
        };
        let lead = lead(unfinished, grants.ending);
        let path = format!("/partners/{}", own.slug);
        let may_start = !partner.integrations.rows.is_empty();
        view! {
            <Frame title=own.name.as_str() lead>
                <section class="mt-4" aria-labelledby="submissions">
                    <div class="section-head">
                        <h2 id="submissions">"Your submissions"</h2>
                        {may_start.then(|| view! { <a class="btn small" href="/submissions/new">"Start a submission"</a> })}
                    </div>
                    <SubmissionTable rows=submissions />
                    {is_more.then(|| view! { <p class="mt-2"><a href="/submissions">"See them all"</a></p> })}
                </section>
                <GrantSection grants base=path.clone() />
                <Integrations partner path />
            </Frame>
        }
        .into_any()
    })
}

/// What is asked of the partner, and what is about to happen.
fn lead(unfinished: Unfinished, ending: Count) -> String {
    let drafts = match unfinished.drafts {
        0 => None,
        1 => Some("1 draft waits for you.".to_owned()),
        n => Some(format!("{n} drafts wait for you.")),
    };
    let objected = match unfinished.objected {
        0 => None,
        1 => Some("A board objects to 1 submission.".to_owned()),
        n => Some(format!("Boards object to {n} submissions.")),
    };
    let asked = match unfinished.asked {
        0 => None,
        1 => Some("The boards asked you to change 1 submission.".to_owned()),
        n => Some(format!("The boards asked you to change {n} submissions.")),
    };
    let open = match unfinished.open {
        0 => None,
        1 => Some("The boards decide on 1 submission.".to_owned()),
        n => Some(format!("The boards decide on {n} submissions.")),
    };
    let ending = (!ending.is_zero())
        .then(|| format!("{ending} {} within {WARNING_DAYS} days.", ending.noun("grant ends", "grants end")));
    let said: Vec<_> = [asked, objected, drafts, open, ending].into_iter().flatten().collect();
    if said.is_empty() { "Nothing is asked of you.".to_owned() } else { said.join(" ") }
}

#[component]
fn Integrations(partner: Partner, path: String) -> impl IntoView {
    let tier = format!("Tier {}, {}. ", partner.tier.number(), partner.tier.label());
    let more = if partner.integrations.next.is_some() { "See them all" } else { "Contacts and details" };
    let integrations = if partner.integrations.rows.is_empty() {
        view! {
            <div class="empty">
                <h2>"No integration is registered"</h2>
                <p>"An administrator registers your first integration; then you declare what it needs."</p>
                <a class="btn" href="/help">"How it works"</a>
            </div>
        }
        .into_any()
    } else {
        view! { <IntegrationTable rows=partner.integrations.rows base=path.clone() /> }.into_any()
    };
    view! {
        <section class="mt-4" aria-labelledby="integrations">
            <div class="section-head">
                <h2 id="integrations">"Your integrations"</h2>
                <p>{tier} <a href=path>{more}</a></p>
            </div>
            {integrations}
        </section>
    }
}
