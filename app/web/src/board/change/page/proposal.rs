//! `/admin/boards/proposals/{proposal}`

use kwanus_domain::{
    board::ProposalId,
    proposal::{ProposalState, Ruling},
    time::show_instant,
};
use kwanus_service::{
    Error,
    board::{Proposal, lookup_proposal},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::trail;
use crate::ui::{
    DoneNotice, ErrorSummary, Frame, HiddenField, Memory, Monogram, OwnerField, TextArea, Unsent, here, recall, refuse,
    take_done,
};

/// A proposal: what it does and why, and what the reader can say of it.
#[component]
pub(crate) fn BoardProposalPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let id = use_params_map().read_untracked().get("proposal").and_then(|text| text.parse::<ProposalId>().ok());
    Suspend::new(async move {
        let proposal = match (visit.caller(), id) {
            (Ok(caller), Some(id)) => lookup_proposal(&state.db, caller, id).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let proposal = match proposal {
            Ok(proposal) => proposal,
            Err(error) => return refuse(error, &visit),
        };
        let row = proposal.row.clone();
        let is_open = row.state == ProposalState::Open;
        let mut memory = recall(&session, &visit, "decide_board_change", &row.id.to_string()).await;
        if !is_open {
            memory = memory.without_fields();
        }
        let done = take_done(&session).await;
        let board = row.change.board().clone();
        let title = format!("Proposed of {}", board.monogram());
        let lead = format!("Proposed by {}, {}.", row.author, show_instant(row.proposed_at));
        let said = proposal.said.clone().into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
        let obstacle = proposal.obstacle.clone();
        let form = if is_open && proposal.may_act {
            view! { <Rulings proposal=proposal.clone() memory=memory.clone() /> }.into_any()
        } else {
            view! { <Unsent memory=memory.clone() labels=vec![("reason", "Your reason")] /> }.into_any()
        };
        let href = format!("/admin/boards/{board}");
        view! {
            <Frame title lead trail=trail() crumb="Proposal" is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory />
                <dl class="spec mt-3">
                    <dt>"Board"</dt>
                    <dd><a href=href><Monogram board /></a></dd>
                    <dt>"State"</dt>
                    <dd><StateTag proposal /></dd>
                    <dt>"What changes"</dt>
                    <dd><ul class="plain-list">{said}</ul></dd>
                    <dt>"Why"</dt>
                    <dd class="prose">{row.reason}</dd>
                </dl>
                {obstacle.map(|obstacle| view! { <div class="notice cau mt-3"><p>{obstacle} "."</p></div> })}
                {form}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn StateTag(proposal: Proposal) -> impl IntoView {
    let row = proposal.row;
    let class = match row.state {
        ProposalState::Open => "tag accent",
        ProposalState::Approved => "tag good",
        ProposalState::Declined => "tag crit",
        ProposalState::Withdrawn => "tag",
    };
    let by = row.decided_by.zip(row.decided_at).map(|(name, at)| format!("by {name}, {}. ", show_instant(at)));
    let made = row.version.map(|number| format!("It made version {number} of the rules. "));
    view! {
        <span class=class>{row.state.label()}</span>
        " "
        {by}
        {made}
        {row.answer.map(|answer| view! { <p class="prose mt-1">{answer}</p> })}
    }
}

/// What the reader can say: the author withdraws, another administrator signs or declines.
#[component]
fn Rulings(proposal: Proposal, memory: Memory) -> impl IntoView {
    let id = proposal.row.id.to_string();
    let may_confirm = proposal.may_confirm();
    let (label, hint, buttons) = if proposal.is_own {
        let buttons = view! {
            <button class="btn" name="ruling" value=Ruling::Withdraw.as_str()>"Withdraw the proposal"</button>
        };
        ("Why do you withdraw it?", "You need not say.", buttons.into_any())
    } else {
        let sign = may_confirm.then(
            || view! { <button class="btn primary" name="ruling" value=Ruling::Approve.as_str()>"Sign"</button> },
        );
        let buttons = view! {
            {sign}
            <button class="btn danger" name="ruling" value=Ruling::Decline.as_str()>"Decline"</button>
        };
        ("Your reason", "To decline you must give one. It is kept in the record.", buttons.into_any())
    };
    let own = proposal.is_own.then(|| view! { <p>"You proposed it, so another administrator decides."</p> });
    let dependence = proposal.dependence.map(|why| view! { <p>{why} "."</p> });
    view! {
        <section class="section mt-4" aria-labelledby="decide">
            <div class="section-head"><h2 id="decide">"Decide"</h2></div>
            {own}
            {dependence}
            <form class="column" method="post" action="/do/decide_board_change" novalidate>
                <OwnerField />
                <HiddenField name="proposal" value=id />
                <TextArea name="reason" label hint value="" memory />
                <div class="actions">{buttons}</div>
            </form>
        </section>
    }
}
