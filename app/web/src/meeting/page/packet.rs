//! `/boards/{board}/meetings/{date}/packet`

use kwanus_domain::{
    case::CaseRef,
    time::{show_date, show_instant},
};
use kwanus_service::case;
use leptos::prelude::*;

use super::{
    agenda::{AgendaTable, MeetingFacts},
    asked, find, trail,
};
use crate::{
    case::PacketCase,
    ui::{Frame, here, refuse},
};

/// Every case on the agenda of a meeting, each on a page of its own, to be printed or to be kept as a PDF.
#[component]
pub(crate) fn PacketPage() -> impl IntoView {
    let (state, visit) = here();
    let asked = asked();
    Suspend::new(async move {
        let read = async {
            let meeting = find(&state, &visit, asked).await?;
            let caller = visit.caller()?;
            let mut cases = Vec::with_capacity(meeting.items.len());
            for item in &meeting.items {
                let Some(reference) = CaseRef::parse(&item.on_agenda.reference) else { continue };
                cases.push((item.on_agenda.number, case::read(&state.db, caller, reference, None).await?));
            }
            Ok((meeting, cases))
        };
        let (meeting, cases) = match read.await {
            Ok(read) => read,
            Err(error) => return refuse(error, &visit),
        };
        let page = format!("/boards/{}/meetings/{}", meeting.board.key, meeting.row.day);
        let title = format!("Packet: {} meeting, {}", meeting.board.key.monogram(), show_date(meeting.row.day));
        let lead = format!("As of {}.", show_instant(visit.at));
        let trail = trail(&meeting, true);
        let cases = cases.into_iter().map(|(number, case)| view! { <PacketCase number case /> }).collect_view();
        view! {
            <Frame title lead trail crumb="Packet">
                <p class="no-print quiet mt-2">
                    "Print it with your browser: each case begins on a page of its own. To keep it as a PDF, choose “Save as PDF” in the place of a printer. "
                    <a href=page>"Return to the meeting"</a>
                </p>
                <MeetingFacts meeting=meeting.clone() />
                <AgendaTable items=meeting.items />
                {cases}
            </Frame>
        }
        .into_any()
    })
}
