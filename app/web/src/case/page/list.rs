//! `/cases`

use kwanus_domain::{
    Sought,
    account::PersonId,
    board::BoardKey,
    case::{CaseKind, CaseRef, CaseState},
    partner::{Slug, Tier},
    time::show_date,
};
use kwanus_service::{
    board,
    case::{CaseSearch, ListedCase, list},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    place::{read_place, show_place},
    ui::{BallotCells, BallotHeads, BallotKeys, Filter, FilterForm, Frame, Pager, here, refuse, said},
};

/// The words of the filters as they stand in the address.
#[derive(Clone, Debug, Default)]
struct Filters {
    q: String,
    state: String,
    kind: String,
    board: String,
    partner: String,
}

impl Filters {
    fn search(&self) -> CaseSearch {
        CaseSearch {
            state: CaseState::from_word(&self.state).filter(|state| *state != CaseState::Draft),
            kind: CaseKind::from_word(&self.kind),
            board: BoardKey::parse(&self.board).ok(),
            partner: Slug::parse(&self.partner).ok().filter(|_| !self.partner.is_empty()),
            campaign: None,
            text: Sought::parse(&self.q).ok(),
        }
    }

    /// Those that say something nobody knows, which are then as good as not there.
    fn unknown(&self) -> Vec<&'static str> {
        let search = self.search();
        [
            ("q", !self.q.trim().is_empty() && search.text.is_none()),
            ("state", !self.state.is_empty() && search.state.is_none()),
            ("kind", !self.kind.is_empty() && search.kind.is_none()),
            ("board", !self.board.is_empty() && search.board.is_none()),
            ("partner", !self.partner.is_empty() && search.partner.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, is_unknown)| is_unknown.then_some(name))
        .collect()
    }

    fn is_any(&self) -> bool {
        self.search() != CaseSearch::default()
    }

    fn said(&self) -> Vec<(&'static str, String)> {
        said([
            ("q", &self.q),
            ("state", &self.state),
            ("kind", &self.kind),
            ("board", &self.board),
            ("partner", &self.partner),
        ])
    }

    fn form(&self, boards: &[(BoardKey, String)]) -> Vec<Filter> {
        let states = CaseState::ALL.iter().filter(|state| **state != CaseState::Draft);
        let states = states.map(|state| (state.as_str().to_owned(), state.label().to_owned()));
        let kinds = CaseKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()));
        let boards = boards.iter().map(|(key, name)| (key.as_str().to_owned(), name.clone()));
        vec![
            Filter::search("q", "Find a case", &self.q, "Partner, integration or reference"),
            Filter::choice("state", "State", &self.state, "Every state", states),
            Filter::choice("kind", "Kind", &self.kind, "Every kind", kinds),
            Filter::choice("board", "Board", &self.board, "Every board", boards),
            Filter::text("partner", "Partner", &self.partner, "Short name"),
        ]
    }
}

/// Every case that the boards have or had.
#[component]
pub(crate) fn CasesPage() -> impl IntoView {
    let (state, visit) = here();
    let query = use_query_map().read_untracked().clone();
    let word = |name: &str| query.get(name).unwrap_or_default();
    let filters = Filters {
        q: word("q"),
        state: word("state"),
        kind: word("kind"),
        board: word("board"),
        partner: word("partner"),
    };
    let before = query.get("after").and_then(|text| read_place(&text));
    Suspend::new(async move {
        let found = match visit.caller() {
            Ok(caller) => list(&state.db, caller, &filters.search(), before).await,
            Err(error) => Err(error),
        };
        let (page, boards) = match (found, board::list(&state.db).await) {
            (Ok(page), Ok(boards)) => (page, boards),
            (Err(error), _) | (_, Err(error)) => return refuse(error, &visit),
        };
        let columns: Vec<_> = boards.into_iter().map(|board| (board.key, board.name)).collect();
        let mine = visit.person().map(kwanus_service::Person::boards).unwrap_or_default();
        let reader = visit.person().map(kwanus_service::Person::id);
        let next = page.next.map(show_place);
        let lead = if filters.is_any() {
            "Those that match, the newest submission first."
        } else {
            "The newest submission first."
        };
        let content = if page.rows.is_empty() {
            let (title, why) = match (filters.is_any(), before.is_some()) {
                (_, true) => ("Nothing on this page", "The list ends before it."),
                (true, _) => ("No case matches", "Take a filter away, or look for less."),
                (false, _) => ("No case yet", "A case stands here once a partner submits a justification."),
            };
            view! {
                <div class="empty">
                    <h2>{title}</h2>
                    <p>{why}</p>
                    <a class="btn" href="/cases">"See all cases"</a>
                </div>
            }
            .into_any()
        } else {
            view! { <CaseTable rows=page.rows columns=columns.clone() mine reader /> }.into_any()
        };
        view! {
            <Frame title="Cases" lead>
                <FilterForm action="/cases" label="Filter the cases" filters=filters.form(&columns) unknown=filters.unknown() />
                {content}
                <Pager path="/cases" query=filters.said() is_later=before.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

/// What stands behind a case's reference in a list.
pub(crate) fn case_line(reference: CaseRef, what: &str, revision: i64, tier: Tier) -> String {
    match reference.kind {
        CaseKind::PermissionJustification => format!(" · {what}, revision {revision} · tier {}", tier.number()),
        _ => format!(" · {what} · tier {}", tier.number()),
    }
}

/// Cases, each with its ballots.
#[component]
pub(crate) fn CaseTable(
    rows: Vec<ListedCase>,
    columns: Vec<(BoardKey, String)>,
    mine: Vec<BoardKey>,
    reader: Option<PersonId>,
) -> impl IntoView {
    let body = rows.into_iter().map(|case| {
        let href = format!("/cases/{}", case.reference);
        let what = case_line(case.reference, case.what, case.revision, case.tier);
        let is_open = case.state == CaseState::Open;
        let tag = match case.state {
            CaseState::Carried => "tag good",
            CaseState::Declined => "tag crit",
            CaseState::Reviewed | CaseState::Withdrawn => "tag",
            CaseState::Draft | CaseState::Open => "tag accent",
        };
        let situation = match (case.missing, case.decided_at) {
            (Some(missing), _) => missing,
            (None, Some(at)) if case.state == CaseState::Withdrawn => {
                format!("Withdrawn {}", show_date(at.date_naive()))
            }
            (None, Some(at)) => format!("Decided {}", show_date(at.date_naive())),
            (None, None) => String::new(),
        };
        view! {
            <tr>
                <th scope="row" class="case">
                    <a class="title" href=href>{format!("{}: {}", case.partner, case.integration)}</a>
                    <span class="sub"><span class="ref">{case.reference.to_string()}</span> {what}</span>
                </th>
                <td class="miss">{situation}</td>
                <td class="find"><span class=tag>{case.state.label()}</span></td>
                <BallotCells columns=columns.clone() ballots=case.ballots mine=mine.clone() reader is_open />
                <td class="due">{show_date(case.submitted_at.date_naive())}</td>
            </tr>
        }
    });
    let body = body.collect_view();
    view! {
        <div class="table-wrap">
            <table class="data docket">
                <caption class="vh">"Cases, the newest submission first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Case"</th>
                        <th scope="col">"What is missing"</th>
                        <th scope="col">"State"</th>
                        <BallotHeads columns mine />
                        <th scope="col" aria-sort="descending">"Submitted"</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <BallotKeys />
    }
}
