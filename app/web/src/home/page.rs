//! Where each role begins.

use kwanus_domain::{account::Standing, case::CaseState};
use kwanus_service::{Error, partner, submission};
use leptos::prelude::*;

use crate::{
    partner::IntegrationTable,
    submission::SubmissionTable,
    ui::{Frame, here, refuse, see_other},
};

/// `/`: the docket for members, the overview for administrators and auditors, a page of its own for partners.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let (state, visit) = here();
    let Some(person) = visit.person() else { return refuse(Error::SignIn, &visit) };
    if person.is(Standing::BoardMember) {
        see_other("/docket");
        return ().into_any();
    }
    let standings = person.standings();
    if standings.is_empty() {
        return view! {
            <Frame title="Nothing to do here" lead="You hold no role today.">
                <div class="empty mt-2">
                    <h2>"Your term is over, or has not begun"</h2>
                    <p>"If you should be on a board now, ask an administrator to look at your term. Your account page still works."</p>
                    <a class="btn" href="/account">"Go to your account"</a>
                </div>
            </Frame>
        }
        .into_any();
    }
    let Some(own) = person.partner().cloned() else {
        see_other("/overview");
        return ().into_any();
    };
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => partner::lookup(&state.db, caller, &own.slug, None).await,
            Err(error) => Err(error),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let submissions = match visit.caller() {
            Ok(caller) => submission::list(&state.db, caller, None).await,
            Err(error) => Err(error),
        };
        let submissions = match submissions {
            Ok(submissions) => submissions,
            Err(error) => return refuse(error, &visit),
        };
        let path = format!("/partners/{}", own.slug);
        let drafts = submissions.rows.iter().filter(|row| row.state == CaseState::Draft).count();
        let waiting = match drafts {
            0 => "No draft waits for you.".to_owned(),
            1 => "1 draft waits for you.".to_owned(),
            n => format!("{n} drafts wait for you."),
        };
        let asked = match submissions.rows.iter().filter(|row| row.turn.is_asked).count() {
            0 => String::new(),
            1 => " The boards asked you to change 1 submission.".to_owned(),
            n => format!(" The boards asked you to change {n} submissions."),
        };
        let lead = format!("Tier {}, {}. {waiting}{asked}", found.tier.number(), found.tier.label());
        let may_start = !found.integrations.rows.is_empty();
        let is_more = found.integrations.next.is_some();
        let integrations = if found.integrations.rows.is_empty() {
            view! {
                <div class="empty">
                    <h2>"No integration is registered"</h2>
                    <p>"An administrator registers your first integration; then you declare what it needs."</p>
                    <a class="btn" href="/help">"How it works"</a>
                </div>
            }
            .into_any()
        } else {
            view! { <IntegrationTable rows=found.integrations.rows base=path.clone() /> }.into_any()
        };
        view! {
            <Frame title=own.name.as_str() lead>
                <section class="mt-4" aria-labelledby="integrations">
                    <div class="section-head">
                        <h2 id="integrations">"Your integrations"</h2>
                        <p><a href=path>{if is_more { "See them all" } else { "Contacts and details" }}</a></p>
                    </div>
                    {integrations}
                </section>
                <section class="mt-4" aria-labelledby="submissions">
                    <div class="section-head">
                        <h2 id="submissions">"Your submissions"</h2>
                        {may_start.then(|| view! { <a class="btn small" href="/submissions/new">"Start a submission"</a> })}
                    </div>
                    <SubmissionTable rows=submissions.rows />
                    {submissions.next.map(|_| view! { <p class="mt-2"><a href="/submissions">"See them all"</a></p> })}
                </section>
            </Frame>
        }
        .into_any()
    })
    .into_any()
}
