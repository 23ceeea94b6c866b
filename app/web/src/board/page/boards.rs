//! `/boards`

use kwanus_service::board::{StaffedBoard, list_staffed};
use leptos::prelude::*;

use crate::ui::{Column, DataTable, Frame, Monogram, here, refuse};

/// All boards: who sits on them and how long they take.
#[component]
pub(crate) fn BoardsPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let boards = match visit.caller() {
            Ok(caller) => list_staffed(&state.db, caller).await,
            Err(error) => Err(error),
        };
        let boards = match boards {
            Ok(boards) => boards,
            Err(error) => return refuse(error, &visit),
        };
        let (seats, away): (usize, usize) =
            (boards.iter().map(|row| row.seats).sum(), boards.iter().map(|row| row.away).sum());
        let seats = if seats == 1 { "1 member sits".to_owned() } else { format!("{seats} members sit") };
        let away = match away {
            0 => "nobody is away today".to_owned(),
            1 => "1 seat is empty today".to_owned(),
            _ => format!("{away} seats are empty today"),
        };
        let lead = format!("{seats} on {} boards; {away}.", boards.len());
        let rows = boards.into_iter().map(row).collect_view();
        let columns = [
            Column::Text("Board"),
            Column::Text("Governs"),
            Column::Number("Seats"),
            Column::Text("Away today"),
            Column::Number("Ballot, days"),
            Column::Text("Chair"),
        ];
        view! {
            <Frame title="Boards" lead>
                <DataTable caption="Boards" columns class="wide">{rows}</DataTable>
            </Frame>
        }
        .into_any()
    })
}

fn row(staffed: StaffedBoard) -> impl IntoView {
    let StaffedBoard { board, seats, chairs, away, deputised } = staffed;
    let href = format!("/boards/{}", board.key);
    let chairs: Vec<_> = chairs.iter().map(ToString::to_string).collect();
    let away = match (away, deputised) {
        (0, _) => "Nobody".to_owned(),
        (away, 0) => format!("{away}, no deputy"),
        (away, deputised) => format!("{away}, {deputised} with a deputy"),
    };
    view! {
        <tr>
            <th scope="row"><Monogram board=board.key /> " " <a class="title" href=href>{board.name}</a></th>
            <td data-label="Governs">{board.mandate}</td>
            <td class="num" data-label="Seats">{seats}</td>
            <td data-label="Away today">{away}</td>
            <td class="num" data-label="Ballot, days">{board.ballot_days}</td>
            <td data-label="Chair">{if chairs.is_empty() { "Nobody".to_owned() } else { chairs.join(", ") }}</td>
        </tr>
    }
}
