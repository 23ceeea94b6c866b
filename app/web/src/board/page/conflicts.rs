//! `/account/conflicts`

use kwanus_domain::{
    board::ConflictId,
    time::{show_ago, show_date},
};
use kwanus_service::{board::list_own_conflicts, partner};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::conflict::{ConflictTable, DeclareForm, EndForm};
use crate::ui::{DoneNotice, ErrorSummary, Frame, OwnerField, Pager, here, recall, refuse, take_done};

const PATH: &str = "/account/conflicts";

/// What one is to partners: declared by oneself, or by others about one.
#[component]
pub(crate) fn ConflictsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let asked = |name| use_query_map().read_untracked().get(name).and_then(|text| text.parse::<ConflictId>().ok());
    let (after, end) = (asked("after"), asked("end"));
    Suspend::new(async move {
        let read = async {
            let caller = visit.caller()?;
            let own = list_own_conflicts(&state.db, caller, after, end).await?;
            let partners = partner::list(&state.db, caller, None).await?;
            Ok::<_, kwanus_service::Error>((own, partners.rows))
        };
        let (own, partners) = match read.await {
            Ok(read) => read,
            Err(error) => return refuse(error, &visit),
        };
        let declare = recall(&session, &visit, "declare_conflict", "").await;
        let ending_of = own.ending.as_ref().map(|conflict| conflict.row.id.to_string()).unwrap_or_default();
        let ending = recall(&session, &visit, "end_conflict", &ending_of).await;
        let done = take_done(&session).await;
        let today = visit.at.date_naive();
        let lead = match own.confirmed_at {
            None => "You have not said yet that you have nothing else to declare.".to_owned(),
            Some(at) => {
                let (on, ago) = (show_date(at.date_naive()), show_ago(at, visit.at));
                let due = if own.is_due { " It is time to say so again." } else { "" };
                format!("You last said that you have nothing else to declare on {on}, {ago}.{due}")
            }
        };
        let partners = partners.into_iter().map(|row| (row.slug.to_string(), row.name.to_string())).collect();
        let is_error = declare.is_error() || ending.is_error();
        let next = own.page.next.map(|id| id.to_string());
        let rows = own.page.rows;
        view! {
            <Frame title="What you are to partners" crumb="Partners" lead is_error trail=vec![("/account".to_owned(), "Account".to_owned())]>
                <DoneNotice done />
                <ErrorSummary memory=declare.clone() />
                <ErrorSummary memory=ending.clone() />
                {own.ending.map(|conflict| view! { <EndForm conflict board="" today memory=ending /> })}
                <section class="section first" aria-labelledby="declared">
                    <div class="section-head">
                        <h2 id="declared">"Declared"</h2>
                        <p>"Your chair, administrators and auditors read it. Partners never do."</p>
                    </div>
                    {if rows.is_empty() {
                        view! { <p class="mt-2">"Nothing is declared."</p> }.into_any()
                    } else {
                        view! { <ConflictTable rows path=PATH.to_owned() today is_of_several=false /> }.into_any()
                    }}
                    <Pager path=PATH is_later=after.is_some() next />
                    <form class="mt-3" method="post" action="/do/confirm_nothing_to_declare">
                        <OwnerField />
                        <button class="btn primary">"I have nothing else to declare"</button>
                    </form>
                </section>
                <section class="section mt-4" aria-labelledby="declare">
                    <div class="section-head">
                        <h2 id="declare">"Declare a relation"</h2>
                        <p>"A hard one recuses you from the partner’s cases while it lasts. For two years after it, it is shown beside your position."</p>
                    </div>
                    <DeclareForm action="/do/declare_conflict" partners button="Declare" memory=declare />
                </section>
            </Frame>
        }
        .into_any()
    })
}
