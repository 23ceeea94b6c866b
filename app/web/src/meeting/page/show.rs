//! `/boards/{board}/meetings/{date}`

use kwanus_domain::{
    meeting::{DUE_DAYS, MeetingState},
    time::show_date,
};
use kwanus_service::meeting::Meeting;
use leptos::prelude::*;
use tower_sessions::Session;

use super::{
    agenda::{AgendaTable, MeetingFacts},
    asked,
    fields::MeetingFields,
    find, trail,
};
use crate::ui::{
    DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextArea, here, recall, refuse, take_done,
};

/// A meeting of a board: when and where, and its agenda.
#[component]
pub(crate) fn MeetingPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let asked = asked();
    Suspend::new(async move {
        let meeting = match find(&state, &visit, asked).await {
            Ok(meeting) => meeting,
            Err(error) => return refuse(error, &visit),
        };
        let subject = format!("{}/{}", meeting.board.key, meeting.row.day);
        let moving = recall(&session, &visit, "reschedule_meeting", &subject).await;
        let cancelling = recall(&session, &visit, "cancel_meeting", &subject).await;
        let holding = recall(&session, &visit, "hold_meeting", &subject).await;
        let wrong = [&moving, &cancelling, &holding].into_iter().find(|memory| memory.is_error()).cloned();
        let wrong = wrong.unwrap_or_default();
        let done = take_done(&session).await;
        let path = format!("/boards/{}/meetings/{}", meeting.board.key, meeting.row.day);
        let (minutes, packet, markdown) =
            (format!("{path}/minutes"), format!("{path}/packet"), format!("{path}/agenda.md"));
        let title = format!("{} meeting, {}", meeting.board.key.monogram(), show_date(meeting.row.day));
        let lead = match (&meeting.cancelled, meeting.items.len()) {
            (Some(reason), _) => format!("It was cancelled: {}", reason.as_str().trim_end_matches('.')),
            (None, 0) => "Nothing is on its agenda".to_owned(),
            (None, 1) => "1 case is on its agenda".to_owned(),
            (None, count) => format!("{count} cases are on its agenda"),
        };
        let actions = view! {
            <a class="btn" href=packet>"Packet"</a>
            " "
            <a class="btn" href=minutes>"Minutes"</a>
            " "
            <a class="btn" href=markdown download="">"Agenda as Markdown"</a>
        };
        let stands = if meeting.row.state == MeetingState::Planned {
            format!(
                "Overdue cases, those that are deferred to it, and those whose ballot closes within {DUE_DAYS} days after it. No date moves because of it."
            )
        } else {
            "As it stood when the meeting was marked held.".to_owned()
        };
        let agenda = (meeting.row.state != MeetingState::Cancelled).then(|| {
            view! {
                <section class="section" aria-labelledby="agenda">
                    <div class="section-head"><h2 id="agenda">"Agenda"</h2><p>{stands}</p></div>
                    <AgendaTable items=meeting.items.clone() />
                </section>
            }
        });
        let trail = trail(&meeting, false);
        view! {
            <Frame
                title
                lead=format!("{lead}.")
                is_error=wrong.is_error()
                trail
                crumb=meeting.row.day.to_string()
                actions=actions.into_any()
            >
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <MeetingFacts meeting=meeting.clone() />
                {agenda}
                <Acts meeting moving cancelling />
            </Frame>
        }
        .into_any()
    })
}

/// What the reader can do about the meeting.
#[component]
fn Acts(meeting: Meeting, moving: Memory, cancelling: Memory) -> impl IntoView {
    let (board, day) = (meeting.board.key.to_string(), meeting.row.day.to_string());
    let named = move || {
        view! {
            <OwnerField />
            <HiddenField name="board" value=board.clone() />
            <HiddenField name="day" value=day.clone() />
        }
    };
    let hold = meeting.may_hold.then(|| {
        view! {
            <form class="mt-4" method="post" action="/do/hold_meeting">
                {named()}
                <p>"Once it is marked held, its agenda stands, and its secretary writes the minutes."</p>
                <button class="btn primary mt-1">"Mark the meeting held"</button>
            </form>
        }
    });
    let change = meeting.may_plan.then(|| {
        let is_moving = moving.is_error();
        let is_cancelling = cancelling.is_error();
        let revision = moving.typed("revision", &meeting.row.revision.to_string());
        view! {
            <details class="more mt-4" id="move" open=is_moving>
                <summary>"Move the meeting, or name its secretary"</summary>
                <form class="column mt-2" method="post" action="/do/reschedule_meeting" novalidate>
                    {named()}
                    <HiddenField name="revision" value=revision />
                    <MeetingFields row=meeting.row.clone() secretaries=meeting.secretaries.clone() memory=moving />
                    <button class="btn primary">"Save the meeting"</button>
                </form>
            </details>
            <details class="more mt-2" id="cancel" open=is_cancelling>
                <summary>"Cancel the meeting"</summary>
                <form class="column mt-2" method="post" action="/do/cancel_meeting" novalidate>
                    {named()}
                    <TextArea
                        name="reason"
                        label="Why is it cancelled?"
                        hint="The members of the board read it. What was deferred to it can be deferred again."
                        value=""
                        memory=cancelling
                    />
                    <button class="btn danger">"Cancel the meeting"</button>
                </form>
            </details>
        }
    });
    view! { {hold} {change} }
}
