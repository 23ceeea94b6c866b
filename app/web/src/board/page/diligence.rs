//! `/boards/{board}/diligence`

use kwanus_domain::{board::BoardKey, time::show_span};
use kwanus_service::{
    Error,
    board::{self, Figures, MemberDiligence},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::ui::{Column, DataTable, Frame, here, refuse};

/// What the positions of a board's members rest on: one's own, and for its chair everybody's.
#[component]
pub(crate) fn DiligencePage() -> impl IntoView {
    let (state, visit) = here();
    let key = use_params_map().read_untracked().get("board").unwrap_or_default();
    Suspend::new(async move {
        let read = async {
            let caller = visit.caller()?;
            let board = BoardKey::parse(&key).ok().filter(|board| board.as_str() == key).ok_or(Error::NotFound)?;
            board::diligence(&state.db, caller, &board).await
        };
        let page = match read.await {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let lead = format!(
            "What positions of the last {} days rest on. Each member reads their own figures, the chair of the board reads every member’s, and nobody else reads any.",
            page.days
        );
        let trail = vec![
            ("/boards".to_owned(), "Boards".to_owned()),
            (format!("/boards/{}", page.board.key), page.board.name.clone()),
        ];
        let caption = if page.is_of_all { "Members, chairs first, then by name" } else { "You" };
        let columns = [
            Column::Text("Member"),
            Column::Number("Positions"),
            Column::Text("Opening to position"),
            Column::Text("Approved without opening evidence"),
            Column::Text("Approvals later revoked"),
        ];
        let rows = page.members.into_iter().map(row).collect_view();
        view! {
            <Frame title="Diligence" lead trail crumb="Diligence">
                <section class="section first" aria-labelledby="figures">
                    <div class="section-head">
                        <h2 id="figures">"Figures"</h2>
                        <p>{format!("{}, the last {} days.", page.board.key.monogram(), page.days)}</p>
                    </div>
                    <DataTable caption columns>{rows}</DataTable>
                </section>
                <section class="section mt-4 column" aria-labelledby="counted">
                    <h2 id="counted">"How they are counted"</h2>
                    <p class="mt-1">
                        "Counted are positions that a member took themselves and has not changed since. Left out are recusals, and what a deputy took for them or a secretary recorded at a meeting. The time runs from when they first opened that revision, on the page of the case, in the docket or in the packet of a meeting; half of their positions took no longer than what stands here."
                    </p>
                    <p class="mt-1">
                        "Evidence counts as opened with the first file of a revision, and stays so for a later one that adds no other file. Links do not count: nobody here sees whether they are followed. An approval counts as revoked if a review later ended a permission that its case granted."
                    </p>
                </section>
            </Frame>
        }
        .into_any()
    })
}

fn row(member: MemberDiligence) -> impl IntoView {
    let figures = member.figures;
    view! {
        <tr>
            <th scope="row">
                <span class="title">{member.name.to_string()}</span>
                {member.is_chair.then(|| view! { <span class="sub">"Chair"</span> })}
            </th>
            <td class="num" data-label="Positions">{figures.positions}</td>
            <td data-label="Opening to position">
                {figures.considered_seconds.map_or_else(|| "–".to_owned(), show_span)}
                {unopened(figures).map(|said| view! { <span class="sub">{said}</span> })}
            </td>
            <td data-label="Approved without opening evidence">{of(figures.unread, figures.with_evidence)}</td>
            <td data-label="Approvals later revoked">{of(figures.revoked, figures.granted)}</td>
        </tr>
    }
}

/// How many positions were taken without opening the case at all: no time can be told of them.
fn unopened(figures: Figures) -> Option<String> {
    let count = figures.positions - figures.opened;
    (count > 0).then(|| format!("{count} of {} without opening the case", figures.positions))
}

/// `2 of 14`; a dash where there was none.
fn of(count: i64, all: i64) -> String {
    if all > 0 { format!("{count} of {all}") } else { "–".to_owned() }
}
