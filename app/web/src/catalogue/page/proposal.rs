//! `/admin/catalogue/proposals/{proposal}`

use kwanus_domain::{
    catalogue::ProposalId,
    proposal::{ProposalState, Ruling},
    time::show_instant,
};
use kwanus_service::{
    Error,
    permission::{Effect, Proposal, lookup_proposal},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::trail;
use crate::ui::{
    DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextArea, Unsent, here, recall, refuse, take_done,
};

/// A proposal: what it changes and why, what it would do, and what the reader can say of it.
#[component]
pub(crate) fn ProposalPage() -> impl IntoView {
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
        let mut memory = recall(&session, &visit, "decide_change", &row.id.to_string()).await;
        if !is_open {
            memory = memory.without_fields();
        }
        let done = take_done(&session).await;
        let title = format!("{} {}", row.change.label(), row.change.subject());
        let lead = format!("Proposed by {}, {}.", row.author, show_instant(row.proposed_at));
        let said = row.differences.into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
        let form = if is_open && proposal.may_act {
            view! { <Rulings proposal=proposal.clone() memory=memory.clone() /> }.into_any()
        } else {
            view! { <Unsent memory=memory.clone() labels=vec![("reason", "Your reason")] /> }.into_any()
        };
        view! {
            <Frame title lead trail=trail() crumb="Proposal" is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory />
                <dl class="spec mt-3">
                    <dt>"State"</dt>
                    <dd><StateTag proposal=proposal.clone() /></dd>
                    <dt>"What changes"</dt>
                    <dd><ul class="plain-list">{said}</ul></dd>
                    <dt>"Why"</dt>
                    <dd class="prose">{row.reason}</dd>
                    <dt>"Made from"</dt>
                    <dd>{format!("version {} of the catalogue", row.based_on)}</dd>
                </dl>
                {proposal.obstacle.map(|obstacle| view! { <div class="notice cau mt-3"><p>{obstacle} "."</p></div> })}
                {proposal.effect.map(|effect| view! { <div class="notice mt-3"><p>{told(effect)}</p></div> })}
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
    let made = row.version.map(|number| format!("It made version {number}. "));
    view! {
        <span class=class>{row.state.label()}</span>
        " "
        {by}
        {made}
        {row.answer.map(|answer| view! { <p class="prose mt-1">{answer}</p> })}
    }
}

/// What approving it would do to what is before the boards.
fn told(effect: Effect) -> String {
    let of = match (effect.looked_at, effect.is_cut) {
        (0, _) => return "No submission is open that it could touch.".to_owned(),
        (1, false) => "the 1 open submission".to_owned(),
        (all, false) => format!("the {all} open submissions"),
        (all, true) => format!("the {all} newest open submissions"),
    };
    let found = match effect.differing {
        0 => format!("Of {of}, none would be found otherwise under it."),
        some => format!("Of {of}, {some} would be found otherwise under it."),
    };
    let declined = declined(effect);
    // Of the others, if there are any.
    let stay = match (effect.differing > effect.declined, declined.is_some()) {
        (false, _) => None,
        (true, false) => Some("The boards decide on what was found then; the difference is shown beside."),
        (true, true) => Some("The boards decide on the others by what was found then; the difference is shown beside."),
    };
    [Some(&*found), declined.as_deref(), stay].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What approving it would end.
fn declined(effect: Effect) -> Option<String> {
    let what = match (effect.declined, effect.is_declined_cut) {
        (0, false) => return None,
        (0, true) => "open submissions that ask for what it withdraws".to_owned(),
        (1, false) => "1 open submission at once, since it asks for what is withdrawn".to_owned(),
        (some, false) => format!("{some} open submissions at once, since they ask for what is withdrawn"),
        (some, true) => format!("{some} open submissions or more at once, since they ask for what is withdrawn"),
    };
    Some(format!("Approving it declines {what}."))
}

/// What the reader can say: the author withdraws, another administrator approves or declines.
#[component]
fn Rulings(proposal: Proposal, memory: Memory) -> impl IntoView {
    let id = proposal.row.id.to_string();
    let (label, hint, buttons) = if proposal.is_own {
        let buttons = view! {
            <button class="btn" name="ruling" value=Ruling::Withdraw.as_str()>"Withdraw the proposal"</button>
        };
        ("Why do you withdraw it?", "You need not say.", buttons.into_any())
    } else {
        let approve = (proposal.obstacle.is_none() && proposal.dependence.is_none()).then(|| {
            view! { <button class="btn primary" name="ruling" value=Ruling::Approve.as_str()>"Approve"</button> }
        });
        let buttons = view! {
            {approve}
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
            <form class="column" method="post" action="/do/decide_change" novalidate>
                <OwnerField />
                <HiddenField name="proposal" value=id />
                <TextArea name="reason" label hint value="" memory />
                <div class="actions">{buttons}</div>
            </form>
        </section>
    }
}
