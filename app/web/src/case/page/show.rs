//! `/cases/{ref}`

use kwanus_domain::{
    audit::AuditEventId,
    ballot::{Ask, Outcome},
    board::BoardKey,
    case::{CaseRef, CaseState},
    review::Rung,
    suspension::Act,
    time::{show_date, show_instant},
};
use kwanus_service::{
    Error,
    case::{Case, Matter, read},
    meeting::deferrals_of_case,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::{
    appeal::{self, AppealSection},
    ballots::{Ballots, rung_tone},
    declaration::DeclarationSection,
    history::History,
    reason::Reasons,
    record::Record,
    review::ReviewSection,
    suspension::{self, SuspensionSection},
    transition::TransitionSection,
};
use crate::{
    appeal::AppealNotice,
    ballot::{
        ClosingForm, ConcernMemory, ConcernSection, ConditionSection, PositionForm, UnsentPosition, island::LivePage,
        recall_closing, recall_concerns, recall_position,
    },
    condition::{BoundConditions, ConditionMemory, recall_judged},
    meeting::{DeferSection, recall_deferral},
    reopening::{ReopeningSection, recall_reopening},
    request::{RequestSection, recall_of_desk},
    revisit::{RevisitSection, recall_revisit},
    ui::{DoneNotice, ErrorSummary, Frame, Memory, Monogram, here, refuse, take_done},
};

/// A case: what is declared, how the boards stand, and what the reader can say.
#[component]
pub(crate) fn CasePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|id| id.parse::<AuditEventId>().ok());
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let case = match (visit.caller(), reference) {
            (Ok(caller), Some(reference)) => read(&state.db, caller, reference, after).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let case = match case {
            Ok(case) => case,
            Err(error) => return refuse(error, &visit),
        };
        let mut memories = Vec::with_capacity(case.mine.len());
        for ballot in &case.mine {
            memories.push(recall_position(&session, &visit, case.reference, &ballot.board).await);
        }
        // On a ballot that takes no position of the reader's any more, too: the case was decided, or their term ended, while
        // they wrote.
        let mut unsent = Memory::default();
        for board in case.ballots.iter().map(|ballot| &ballot.board) {
            if !case.mine.iter().any(|ballot| ballot.board == *board) && unsent.typed.is_empty() {
                unsent = recall_position(&session, &visit, case.reference, board).await.without_fields();
            }
        }
        let may_ask = !case.speaks_for.is_empty();
        let requests = recall_of_desk(&session, &visit, case.reference, &case.requests, may_ask).await;
        let concerns = recall_concerns(&session, &visit, case.reference, &case.concerns).await;
        let conditions = recall_judged(&session, &visit, case.reference, &case.conditions).await;
        let closing = recall_closing(&session, &visit, &case).await;
        let [reopening, confirming] = recall_reopening(&session, &visit, &case).await;
        let revisiting = recall_revisit(&session, &visit, &case).await;
        let deferrals = match visit.caller() {
            Ok(caller) => deferrals_of_case(&state.db, caller, case.reference).await.unwrap_or_default(),
            Err(_) => vec![],
        };
        let deferring = recall_deferral(&session, &visit, case.reference, &deferrals).await;
        let wrong = memories
            .iter()
            .chain([&unsent, &reopening, &confirming, &revisiting])
            .chain(requests.all())
            .chain(concerns.iter().flat_map(ConcernMemory::all))
            .chain(conditions.iter().flat_map(ConditionMemory::all))
            .chain(closing.iter().map(|(_, memory)| memory))
            .chain([&deferring])
            .find(|memory| memory.is_error())
            .cloned()
            .unwrap_or_default();
        let done = if visit.is_live() { None } else { take_done(&session).await };
        let trail = vec![("/cases".to_owned(), "Cases".to_owned())];
        let title = format!("{}: {}", case.partner, case.integration);
        let lead = lead(&case);
        let is_voting = case.mine.iter().find(|ballot| ballot.refusal.is_none()).map(|ballot| ballot.board.clone());
        let jump = is_voting.zip(case.missing.clone()).map(|(board, missing)| {
            let href = format!("#your-position-{}", board.as_str());
            view! { <div class="jump" data-live=""><span>{missing}</span><a class="btn primary" href=href>"Take your position"</a></div> }
        });
        // What binds is shown as what it is.
        let named = case.conditions.is_empty().then(|| {
            view! { <ConditionSection ballots=case.ballots.clone() is_decided=case.decision.is_some() /> }
        });
        view! {
            <Frame title lead trail crumb=case.reference.to_string() is_error=wrong.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <UnsentPosition memory=unsent />
                <LivePage href=format!("/cases/{}", case.reference) />
                <Facts case=case.clone() now=visit.at />
                <div class="split mt-4">
                    <div class="main-col">
                        {matter(&case)} <ConcernSection case=case.clone() memories=concerns />
                        {named} <BoundConditions case=case.clone() memories=conditions />
                        <RequestSection case=case.clone() memory=requests />
                        <DeferSection case=case.reference deferrals memory=deferring />
                    </div>
                    <Side case=case.clone() memories closing />
                    <div class="main-col">
                        <Decided case=case.clone() />
                        <AppealNotice clock=case.appeal.clone() is_own=false />
                        <RevisitSection case=case.clone() memory=revisiting />
                        <ReopeningSection case=case.clone() memory=reopening />
                        {case.withdrawn_at.map(withdrawn)}
                        <div data-live=""><Reasons ballots=case.ballots.clone() /></div>
                        <div data-live="">
                            <History page=case.history path=format!("/cases/{}", case.reference) is_later=after.is_some() />
                        </div>
                    </div>
                </div>
                {jump}
            </Frame>
        }
        .into_any()
    })
}

fn lead(case: &Case) -> String {
    match &case.matter {
        Matter::Declaration(declaration) => {
            let what = format!("{}, revision {}", case.reference.kind.label(), case.revision);
            match declaration.compared_with {
                Some(before) => format!("{what}, compared with revision {before}, which was carried"),
                None => format!("{what}, the first that comes before the boards"),
            }
        }
        Matter::Transition(row) => {
            format!("{} from {} to {}", case.reference.kind.label(), row.step.from().label(), row.step.to().label())
        }
        Matter::Review(matter) => {
            let last = matter.last.as_ref();
            let last = last.and_then(|review| review.concluded.map(|(rung, _)| (review.campaign, rung)));
            let last = last.map_or_else(
                || "none of this integration was concluded before".to_owned(),
                |(campaign, rung)| format!("the last was {}: {}", campaign.label(), rung.label().to_lowercase()),
            );
            let what = match matter.campaign.quarter() {
                Some(_) => format!("{}, {}", case.reference.kind.label(), matter.campaign.label()),
                None => format!("{} {}", case.reference.kind.label(), matter.campaign.year()),
            };
            format!("{what}; {last}")
        }
        Matter::Suspension(row) if row.act == Act::AtOnce => {
            format!("{}; the Core Governance Board ratifies it, or it lapses", row.act.label())
        }
        Matter::Appeal(matter) => format!("Appeal of {}: {}", matter.appealed, matter.matter),
        Matter::Suspension(row) => format!("{}; the Core Governance Board decides", row.act.label()),
    }
}

fn matter(case: &Case) -> AnyView {
    match case.matter.clone() {
        Matter::Declaration(declaration) => {
            let (reference, revision) = (case.reference, case.revision);
            view! { <DeclarationSection reference revision declaration /> }.into_any()
        }
        Matter::Transition(row) => view! { <TransitionSection row /> }.into_any(),
        Matter::Review(matter) => {
            view! { <ReviewSection matter=*matter is_open=case.state == CaseState::Open /> }.into_any()
        }
        Matter::Suspension(row) => view! { <SuspensionSection case=case.clone() row /> }.into_any(),
        Matter::Appeal(matter) => view! { <AppealSection case=case.clone() matter=*matter /> }.into_any(),
    }
}

#[component]
fn Facts(case: Case, now: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let partner = format!("/partners/{}", case.partner_slug);
    let integration = format!("{partner}/{}", case.integration_slug);
    let submitted = case.submitted_at.map(|at| show_date(at.date_naive())).unwrap_or_default();
    let informed = (!case.informed.is_empty()).then(|| {
        let boards = case.informed.iter().map(|board| view! { <Monogram board=board.clone() /> " " }).collect_view();
        view! { <div><dt>"Informed"</dt><dd>{boards}</dd></div> }
    });
    let by = case.proposer.as_ref().map(|name| format!(" by {name}"));
    let last = match (&case.decision, case.ballots.iter().map(|ballot| ballot.deadline).min()) {
        (Some((outcome, at, _)), _) => {
            let class = outcome_tone(*outcome);
            let words = format!("{}, {}", outcome.label(), show_instant(*at));
            view! { <div><dt>"Decision"</dt><dd><strong class=class>{words}</strong></dd></div> }.into_any()
        }
        (None, _) if let Some(at) = case.withdrawn_at => {
            view! { <div><dt>"Withdrawn"</dt><dd><strong>{show_instant(at)}</strong></dd></div> }.into_any()
        }
        (None, Some(first)) => {
            let is_review = case.reference.kind.ask() == Ask::Ladder;
            let (class, words) = if first.is_overdue(now) && is_review {
                ("tone-crit", format!("overdue since {}", show_instant(first.closes_at())))
            } else if first.is_overdue(now) {
                ("tone-crit", format!("extended to {}", show_instant(first.ends_at())))
            } else {
                ("", show_instant(first.closes_at()))
            };
            view! { <div><dt>"First ballot closes"</dt><dd><strong class=class>{words}</strong></dd></div> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <dl class="facts">
            <div><dt>"Case"</dt><dd>{case.reference.to_string()}</dd></div>
            <div><dt>"Partner"</dt><dd><a href=partner>{case.partner.to_string()}</a> {format!(", tier {}", case.tier.number())}</dd></div>
            <div><dt>"Layers"</dt><dd>{case.layers.clone()}</dd></div>
            <div><dt>"Stage"</dt><dd><a href=integration>{case.stage.label()}</a></dd></div>
            <div><dt>"Submitted"</dt><dd>{submitted} {by}</dd></div>
            {informed}
            {last}
        </dl>
    }
}

/// What is missing, how the boards stand, and the reader's own positions.
#[component]
fn Side(case: Case, memories: Vec<Memory>, closing: Vec<(BoardKey, Memory)>) -> impl IntoView {
    let closing = closing.into_iter().map(|(board, memory)| {
        let may_close = case.closes.contains(&board);
        view! { <ClosingForm case=case.reference board may_close memory /> }
    });
    let closing = closing.collect_view();
    let (reference, revision, mine) = (case.reference, case.revision, case.mine.clone());
    let forms = mine.into_iter().zip(memories).map(move |(ballot, memory)| {
        view! { <PositionForm case=reference revision ballot memory /> }
    });
    let forms = forms.collect_view();
    // What somebody writes is never overwritten: that another revision is before the boards, or that they have decided, is told.
    let mark = format!("{}, revision {revision}", case.state.as_str());
    view! {
        <aside class="side stick" aria-label="Ballots">
            <div data-live=""><Ballots case /></div>
            <div data-live="told" data-mark=mark>{forms} {closing}</div>
        </aside>
    }
}

/// What it means that the case was withdrawn.
fn withdrawn(at: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="h-withdrawn">
            <div class="section-head">
                <h2 id="h-withdrawn">"Withdrawn"</h2>
                <p>{show_instant(at)} "."</p>
            </div>
            <p>"Its partner withdrew it before the boards had decided. Nothing is granted by it, and the ballots stand as they stood."</p>
        </section>
    }
}

fn outcome_tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Carried => "tone-pos",
        Outcome::Declined => "tone-crit",
        Outcome::Reviewed(rung) => rung_tone(Some(rung)),
    }
}

/// What the decision says, once there is one.
#[component]
fn Decided(case: Case) -> impl IntoView {
    let Some((outcome, at, facts)) = case.decision.clone() else { return ().into_any() };
    let integration = format!("/partners/{}/{}", case.partner_slug, case.integration_slug);
    let effect = match outcome {
        Outcome::Reviewed(rung) => {
            let ends = facts.review.map(|review| review.ends).unwrap_or_default();
            let what = match rung {
                Rung::Continue => "The integration goes on as it is.",
                Rung::Conditions => "The integration goes on, if the conditions are met that the members named.",
                Rung::Reduce => "The integration goes on with less.",
                Rung::Maintenance => "The boards are asked in a case of its own to move the integration to Maintenance.",
                Rung::Suspend => "The Core Governance Board is asked in a case of its own to suspend the integration.",
            };
            let ended = (!ends.is_empty()).then(|| {
                let keys = ends.into_iter().map(|key| view! { <li><code>{key.to_string()}</code></li> });
                view! { <p class="mt-1">"These permissions ended at once:"</p> <ul>{keys.collect_view()}</ul> }
            });
            view! { <p>{what} " " <a href=integration>"See the integration"</a></p> {ended} }.into_any()
        }
        outcome if matches!(case.matter, Matter::Appeal(_)) => {
            let what = appeal::decided(outcome, !facts.overtaken.is_empty());
            let overtaken: Vec<_> = facts.overtaken.into_iter().map(|what| view! { <li>{what}</li> }).collect();
            let overtaken = (!overtaken.is_empty()).then(|| view! { <ul>{overtaken}</ul> });
            view! { <p>{what} " " <a href=integration>"See the integration"</a></p> {overtaken} }.into_any()
        }
        outcome if let Matter::Suspension(row) = &case.matter => {
            let what = suspension::decided(row, outcome);
            let overtaken: Vec<_> = facts.overtaken.into_iter().map(|what| view! { <li>{what}</li> }).collect();
            let overtaken = (!overtaken.is_empty()).then(|| view! { <ul>{overtaken}</ul> });
            view! { <p>{what} " " <a href=integration>"See the integration"</a></p> {overtaken} }.into_any()
        }
        Outcome::Carried if matches!(case.matter, Matter::Transition(_)) => view! {
            <p>"It was carried, and " <a href=integration>"the integration"</a> " moved to its new stage at once."</p>
        }
        .into_any(),
        Outcome::Declined if facts.overtaken.is_empty() && matches!(case.matter, Matter::Transition(_)) => view! {
            <p>"It was declined, or a ballot ended short or blocked. The integration stays in its stage."</p>
        }
        .into_any(),
        Outcome::Carried => view! {
            <p>"Every board that decides carried it. What it declares is granted: " <a href=integration>"see the grants"</a> "."</p>
        }
        .into_any(),
        Outcome::Declined if facts.overtaken.is_empty() => view! {
            <p>"A board declined it, or its ballot ended short or blocked. Nothing is granted by it."</p>
        }
        .into_any(),
        Outcome::Declined => {
            let overtaken = facts.overtaken.into_iter().map(|what| view! { <li>{what}</li> });
            view! {
                <p>"Something in it became impossible meanwhile, and is not done however the boards vote:"</p>
                <ul>{overtaken.collect_view()}</ul>
            }
            .into_any()
        }
    };
    debug_assert_ne!(case.state, CaseState::Open);
    let catalogue = facts.catalogue_version.map(|number| format!(", version {number} of the catalogue"));
    view! {
        <section class="section" aria-labelledby="h-decision">
            <div class="section-head">
                <h2 id="h-decision">"Decision"</h2>
                <p>{outcome.label()} ", " {show_instant(at)} ". Rules " {facts.rules_version} {catalogue}</p>
            </div>
            {effect}
            <Record case />
        </section>
    }
    .into_any()
}
