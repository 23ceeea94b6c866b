//! `/docket`

mod approve;
mod filters;
mod inside;
mod kept;
mod table;

pub(crate) use approve::ApprovePage;

use kwanus_domain::{ballot::Urgency, board::BoardKey, case::CaseRef};
use kwanus_service::{
    Error,
    ballot::{Docket, DocketEntry, Inside, Selection, Waits, docket, look_inside},
    board::needs_declaration,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use self::{
    filters::Filters,
    kept::{Kept, ShortcutSwitch},
    table::DocketTable,
};
use super::position::UnsentPosition;
use crate::{
    ballot::island::{DocketKeys, LivePage},
    board::DeclarationNotice,
    place::{read_place, show_place},
    state::Visit,
    ui::{
        DoneNotice, ErrorSummary, FilterForm, Frame, Memory, Monogram, Pager, address, here, recall, refuse, take_done,
    },
};

/// The word in the address for the first case of the page, whichever that is.
const FIRST: &str = "first";

/// The case that is looked at in place, with what was typed into its forms, in the order of its ballots.
#[derive(Clone, Debug)]
struct Open {
    /// The row below which it stands.
    row: String,
    inside: Inside,
    memories: Vec<Memory>,
}

/// Where the reader is on the docket: what every link and form of it leads back to.
#[derive(Clone, Debug)]
struct Place {
    filters: Vec<(&'static str, String)>,
    /// The same as it stands in an address.
    query: String,
    after: String,
}

impl Place {
    /// The address of this page of the docket, with that case open.
    fn page(&self, open: Option<CaseRef>) -> String {
        let after = (!self.after.is_empty()).then(|| ("after", self.after.clone()));
        let open = open.map(|case| ("open", case.to_string()));
        let said: Vec<_> = self.filters.iter().cloned().chain(after).chain(open).collect();
        address("/docket", &said)
    }

    /// The same, with the element that takes the focus.
    fn address(&self, open: Option<CaseRef>, focus: &str) -> String {
        format!("{}#{focus}", self.page(open))
    }
}

/// The element of a row that takes the focus.
fn row_id(entry: &DocketEntry) -> String {
    Selection { case: entry.reference, board: entry.board.clone() }.to_string()
}

/// What needs the position of a board member, the most urgent first.
#[component]
pub(crate) fn DocketPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let query = use_query_map().read_untracked().clone();
    let filters = Filters::read(&query);
    let after = query.get("after").and_then(|text| read_place(&text));
    let asked = query.get("open").unwrap_or_default();
    Suspend::new(async move {
        let search = filters.search();
        let found = match visit.caller() {
            Ok(caller) => docket(&state.db, caller, &search, after).await.map(|docket| (caller.clone(), docket)),
            Err(error) => Err(error),
        };
        let (caller, docket) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let is_due = match needs_declaration(&state.db, &caller).await {
            Ok(is_due) => is_due,
            Err(error) => return refuse(error, &visit),
        };
        let mut entries = docket.entries.rows.iter();
        let row =
            if asked == FIRST { entries.next() } else { entries.find(|entry| entry.reference.to_string() == asked) };
        let mut open = None;
        if let Some(row) = row {
            match look_inside(&state.db, &caller, row.reference).await {
                Ok(inside) => {
                    let memories = recall_all(&session, &visit, &inside).await;
                    open = Some(Open { row: row_id(row), inside, memories });
                }
                // It was decided a moment ago.
                Err(Error::NotFound) => {}
                Err(error) => return refuse(error, &visit),
            }
        }
        // It was decided, or left the docket otherwise, while they wrote.
        let mut unsent = Memory::default();
        if let (None, Some(case)) = (&open, CaseRef::parse(&asked)) {
            for (board, _) in &docket.boards {
                if unsent.typed.is_empty() {
                    unsent =
                        recall(&session, &visit, "quick", &format!("{case}.{}", board.as_str())).await.without_fields();
                }
            }
        }
        let kept = recall(&session, &visit, "save_filter", "").await;
        let written =
            open.iter().flat_map(|open| &open.memories).chain([&unsent, &kept]).find(|memory| memory.is_error());
        let wrong = written.cloned().unwrap_or_default();
        let done = if visit.is_live() { None } else { take_done(&session).await };
        let next = docket.entries.next.map(show_place);
        let place =
            Place { filters: filters.said(), query: filters.query(), after: after.map(show_place).unwrap_or_default() };
        let lead = lead(&docket, &filters);
        let shown = open.as_ref().map(|open| open.inside.reference);
        let reader = visit.person().map(kwanus_service::Person::id);
        let (boards, has_shortcuts) = (docket.boards.clone(), docket.has_shortcuts);
        let saved = docket.saved.clone();
        // How many there are is counted where they are looked at: to count them reads every open ballot of the board.
        let others = (search.waits == Waits::ForMember).then(|| {
            view! { <p class="more"><a href="/docket?show=waiting">"Open cases that have your position and wait for others"</a></p> }
        });
        let content = if docket.entries.rows.is_empty() {
            view! { <Empty boards=docket.boards is_later=after.is_some() waits=search.waits is_filtered=filters.is_any() /> }
                .into_any()
        } else {
            view! { <DocketTable docket open place=place.clone() reader now=visit.at /> }.into_any()
        };
        view! {
            <Frame title="Docket" lead is_error=wrong.is_error()>
                <DoneNotice done />
                <DeclarationNotice is_due />
                <ErrorSummary memory=wrong />
                <UnsentPosition memory=unsent />
                <LivePage href=place.page(shown) />
                <FilterForm action="/docket" label="Filter the docket" filters=filters.form(&boards) unknown=filters.unknown() />
                <Kept saved query=place.query.clone() is_any=filters.is_any() memory=kept />
                <div id="docket" data-live="">{content}{others}</div>
                <Pager path="/docket" query=place.filters.clone() is_later=after.is_some() next />
                {has_shortcuts.then(|| view! { <DocketKeys /> })}
                <ShortcutSwitch is_on=has_shortcuts query=place.query />
            </Frame>
        }
        .into_any()
    })
}

/// What was typed into the forms of a case that is open, whose fields bear the name of their ballot.
async fn recall_all(session: &Session, visit: &Visit, inside: &Inside) -> Vec<Memory> {
    let mut memories = Vec::with_capacity(inside.mine.len());
    for ballot in &inside.mine {
        let selection = Selection { case: inside.reference, board: ballot.board.clone() };
        let mut memory = recall(session, visit, "quick", &selection.to_string()).await;
        for violation in &mut memory.violations {
            violation.field = format!("{}-{selection}", violation.field).into();
        }
        memories.push(memory);
    }
    memories
}

fn lead(docket: &Docket, filters: &Filters) -> String {
    let total = docket.total;
    if filters.search().waits == Waits::ForOthers {
        let words = total.noun("open case has your position and waits", "open cases have your position and wait");
        return if total.is_zero() {
            "No open case has your position.".to_owned()
        } else {
            format!("{total} {words} for others.")
        };
    }
    match (total.is_zero(), filters.is_any()) {
        (true, false) => return "No case needs your position.".to_owned(),
        (true, true) => return "No case that matches needs your position.".to_owned(),
        (false, _) => {}
    }
    let which = if filters.is_any() { " that match" } else { "" };
    let which = if filters.is_any() && total.noun("", "s").is_empty() { " that matches" } else { which };
    let many = format!("{total} {}{which} {} your position.", total.noun("case", "cases"), total.noun("needs", "need"));
    let (overdue, week) = (docket.count(Urgency::Overdue), docket.count(Urgency::ThisWeek));
    let late = format!("{overdue} {} overdue", overdue.noun("is", "are"));
    let soon = format!("{week} {} within seven days", week.noun("closes", "close"));
    match (overdue.is_zero(), week.is_zero()) {
        (true, true) => many,
        (false, true) => format!("{many} {late}."),
        (true, false) => format!("{many} {soon}."),
        (false, false) => format!("{many} {late} and {soon}."),
    }
}

#[component]
fn Empty(boards: Vec<(BoardKey, String)>, is_later: bool, waits: Waits, is_filtered: bool) -> impl IntoView {
    let told = match (is_later, is_filtered, waits) {
        (true, ..) => {
            Some(("Nothing on this page any more", "What stood here was decided, or has your position by now."))
        }
        (_, true, _) => Some(("No case matches", "Take a filter away, or look for less.")),
        (.., Waits::ForOthers) => Some((
            "Nothing waits for others",
            "A case stands here once you have taken a position, until it is decided.",
        )),
        (.., Waits::ForMember) => None,
    };
    if let Some((heading, why)) = told {
        return view! {
            <div class="empty">
                <h2>{heading}</h2>
                <p>{why}</p>
                <a class="btn" href="/docket">"See the docket from its beginning"</a>
            </div>
        }
        .into_any();
    }
    let boards = boards.into_iter().map(|(board, name)| view! { <Monogram board name=name.clone() /> " " {name} " " });
    view! {
        <div class="empty">
            <h2>"No case needs your position"</h2>
            <p>
                "A case comes here when a partner submits a justification and it is routed to a board of yours: "
                {boards.collect_view()}
            </p>
            <a class="btn" href="/cases">"See all cases"</a>
        </div>
    }
    .into_any()
}
