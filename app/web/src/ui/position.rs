//! What people say, and how their boards stand. Circles are people; squares would be the policy engine.

use kwanus_domain::{
    account::PersonId,
    ballot::{Progress, Stance},
    board::BoardKey,
    review::Rung,
};
use kwanus_service::ballot::BoardBallot;
use leptos::prelude::*;

/// The glyph of a position, of a ballot, or of who has not said anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    Approve,
    Conditions,
    Object,
    Abstain,
    Recuse,
    Waiting,
    Part,
}

impl From<Stance> for Glyph {
    fn from(stance: Stance) -> Self {
        match stance {
            Stance::Approve => Self::Approve,
            Stance::ApproveWithConditions => Self::Conditions,
            Stance::Object => Self::Object,
            Stance::Abstain => Self::Abstain,
            Stance::Recuse => Self::Recuse,
            Stance::Recommend(rung) => Self::from(rung),
        }
    }
}

impl From<Rung> for Glyph {
    fn from(rung: Rung) -> Self {
        match rung {
            Rung::Continue => Self::Approve,
            Rung::Conditions => Self::Conditions,
            Rung::Reduce | Rung::Maintenance | Rung::Suspend => Self::Object,
        }
    }
}

impl Glyph {
    /// The class that colours it.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Conditions => "conditions",
            Self::Object => "object",
            Self::Abstain => "abstain",
            Self::Recuse => "recuse",
            Self::Waiting => "waiting",
            Self::Part => "part",
        }
    }
}

/// Draws it. Its word stands beside it, always.
#[component]
pub(crate) fn PositionGlyph(glyph: Glyph, #[prop(default = "")] tone: &'static str) -> impl IntoView {
    let ring =
        || view! { <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"></circle> };
    let disc = || view! { <circle cx="8" cy="8" r="7" fill="currentColor"></circle> };
    let shape = match glyph {
        Glyph::Approve => view! {
            {disc()}
            <path d="M4.7 8.3l2.2 2.2 4.4-4.8" fill="none" stroke="var(--canvas)" stroke-width="1.8"></path>
        }
        .into_any(),
        Glyph::Conditions => view! {
            {ring()}
            <path d="M4.9 8.2l2.1 2.1 4.1-4.4" fill="none" stroke="currentColor" stroke-width="1.7"></path>
        }
        .into_any(),
        Glyph::Object => view! {
            {disc()}
            <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="var(--canvas)" stroke-width="1.8"></path>
        }
        .into_any(),
        Glyph::Abstain => view! {
            {ring()}
            <path d="M5 8h6" stroke="currentColor" stroke-width="1.6"></path>
        }
        .into_any(),
        Glyph::Recuse => view! {
            {ring()}
            <path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="1.6"></path>
        }
        .into_any(),
        Glyph::Waiting => view! {
            <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.43 2.43"></circle>
        }
        .into_any(),
        Glyph::Part => view! {
            {ring()}
            <path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor"></path>
        }
        .into_any(),
    };
    let class = if tone.is_empty() { format!("glyph {}", glyph.class()) } else { format!("glyph {tone}") };
    view! { <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shape}</svg> }
}

/// How a board's ballot stands: its glyph and its words.
fn ballot_state(ballot: &BoardBallot) -> (Glyph, &'static str) {
    let said = ballot.tally.eligible - ballot.tally.waiting();
    if let Some(verdict) = &ballot.verdict {
        return (Glyph::from(verdict.rung), verdict.rung.label());
    }
    match ballot.progress() {
        Progress::Carries => (Glyph::Approve, "carried"),
        Progress::Held => (Glyph::Object, "held by an objection"),
        Progress::Lost => (Glyph::Object, "declined"),
        Progress::Short => (Glyph::Waiting, "too few members"),
        Progress::Open if said > 0 => (Glyph::Part, "in progress"),
        Progress::Open => (Glyph::Waiting, "no positions yet"),
    }
}

/// The cells of a case's ballots, a column a board; the reader's own are tinted, and outlined where their position is missing.
#[component]
pub(crate) fn BallotCells(
    columns: Vec<(BoardKey, String)>,
    ballots: Vec<BoardBallot>,
    mine: Vec<BoardKey>,
    reader: Option<PersonId>,
    is_open: bool,
) -> impl IntoView {
    let cells = columns.into_iter().map(|(board, _)| {
        let is_mine = mine.contains(&board);
        let class = if is_mine { "ballot mine" } else { "ballot" };
        let monogram = board.monogram();
        let content = match ballots.iter().find(|ballot| ballot.board == board) {
            None => view! {
                <span class="pos waiting" title=format!("{monogram}: not needed for this case")>
                    <span aria-hidden="true">"–"</span>
                    <span class="vh">"Not needed for this case"</span>
                </span>
            }
            .into_any(),
            Some(ballot) => {
                let (glyph, words) = ballot_state(ballot);
                let own = reader.filter(|_| is_mine && is_open).and_then(|reader| ballot.seat(reader));
                let needs_you = own.is_some_and(|seat| seat.may_vote() && seat.counted().is_none());
                let class = format!("pos {}{}", glyph.class(), if needs_you { " needs-you" } else { "" });
                let also = if needs_you { ", your position is missing" } else { "" };
                let count = format!("{}/{}", ballot.tally.approvals, ballot.needed());
                view! {
                    <span class=class title=format!("{monogram}: {words}{also}")>
                        <PositionGlyph glyph />
                        <span class="vh">{words} ", "</span>
                        {count}
                        <span class="vh">{also}</span>
                    </span>
                }
                .into_any()
            }
        };
        let (key, label) = (board.as_str().to_owned(), board.monogram());
        view! { <td class=class data-board=key data-label=label>{content}</td> }
    });
    cells.collect_view()
}

/// The heads of those columns.
#[component]
pub(crate) fn BallotHeads(columns: Vec<(BoardKey, String)>, mine: Vec<BoardKey>) -> impl IntoView {
    let heads = columns.into_iter().map(|(board, name)| {
        let is_mine = mine.contains(&board);
        let class = if is_mine { "ballot mine" } else { "ballot" };
        view! {
            <th scope="col" class=class>
                <super::Monogram board name />
                {is_mine.then(|| view! { <span class="vh">" your board"</span> })}
            </th>
        }
    });
    heads.collect_view()
}

/// How to read the columns.
#[component]
pub(crate) fn BallotKeys() -> impl IntoView {
    let keys = [
        (Glyph::Approve, "carried, or goes on"),
        (Glyph::Conditions, "goes on with conditions"),
        (Glyph::Part, "in progress, those in favour of those needed"),
        (Glyph::Waiting, "no positions yet"),
        (Glyph::Object, "held, declined, or goes on with less"),
    ];
    let keys = keys.map(|(glyph, words)| {
        view! { <li class=format!("pos {}", glyph.class())><PositionGlyph glyph /> {words}</li> }
    });
    view! {
        <ul class="keys mt-3" aria-label="How to read the columns">
            {keys.into_iter().collect_view()}
            <li>"– not needed for this case"</li>
        </ul>
    }
}
