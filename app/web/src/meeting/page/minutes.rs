//! `/boards/{board}/meetings/{date}/minutes`

use kwanus_domain::{
    account::PersonId,
    case::{CaseRef, CaseState},
    meeting::MeetingState,
    time::{show_date, show_instant},
};
use kwanus_service::meeting::{Item, Meeting, Minuted, recordable};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::{agenda::MeetingFacts, asked, find, trail};
use crate::{
    ballot::{OnBehalf, PositionForm},
    state::{State, Visit},
    ui::{
        DoneNotice, ErrorSummary, Frame, Glyph, HiddenField, Memory, OwnerField, PositionGlyph, Prose, TextArea,
        TickField, here, recall, refuse, take_done,
    },
};

/// What the secretary writes about, by the address.
#[derive(Clone, Copy)]
struct Writing {
    case: Option<CaseRef>,
    member: Option<PersonId>,
}

/// The minutes of a meeting: who was present, what was said of each item, and the positions that were recorded.
#[component]
pub(crate) fn MinutesPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let asked = asked();
    let query = use_query_map().read_untracked().clone();
    let writing = Writing {
        case: query.get("item").and_then(|text| CaseRef::parse(&text)),
        member: query.get("member").and_then(|text| text.parse().ok()),
    };
    Suspend::new(async move {
        let meeting = match find(&state, &visit, asked).await {
            Ok(meeting) => meeting,
            Err(error) => return refuse(error, &visit),
        };
        let (board, day) = (meeting.board.key.clone(), meeting.row.day);
        let subject = format!("{board}/{day}");
        let attending = recall(&session, &visit, "set_attendance", &subject).await;
        let approving = recall(&session, &visit, "approve_minutes", &subject).await;
        let (noting, position, recording) = written(&state, &visit, &session, &meeting, writing).await;
        let wrong = [&attending, &approving, &noting, &recording].into_iter().find(|memory| memory.is_error()).cloned();
        let wrong = wrong.unwrap_or_default();
        let done = take_done(&session).await;
        let title = format!("Minutes: {} meeting, {}", board.monogram(), show_date(day));
        let path = format!("/boards/{board}/meetings/{day}");
        let markdown = format!("{path}/minutes.md");
        let actions = view! { <a class="btn" href=markdown download="">"Minutes as Markdown"</a> }.into_any();
        let lead = match meeting.row.state {
            MeetingState::Held if meeting.secretary.is_none() => {
                "The meeting has been held, and nobody was named to keep its minutes"
            }
            state => state.told(),
        };
        let mut position = position;
        let items = meeting.items.iter().map(|item| {
            let is_written =
                meeting.may_write && writing.case.is_some_and(|case| case.to_string() == item.on_agenda.reference);
            let form = if is_written { position.take() } else { None };
            item_section(&meeting, item, is_written.then(|| noting.clone()), form)
        });
        let items = items.collect::<Vec<_>>();
        let trail = trail(&meeting, true);
        let approve = meeting.may_approve.then(|| {
            view! {
                <form class="mt-4" method="post" action="/do/approve_minutes">
                    <OwnerField />
                    <HiddenField name="board" value=board.to_string() />
                    <HiddenField name="day" value=day.to_string() />
                    <p>"Nothing in the minutes changes once they are approved, and no position is recorded any more."</p>
                    <button class="btn primary mt-1">"Approve the minutes"</button>
                </form>
            }
        });
        view! {
            <Frame title lead=format!("{lead}.") is_error=wrong.is_error() trail crumb="Minutes" actions>
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <MeetingFacts meeting=meeting.clone() />
                <Attendance meeting=meeting.clone() memory=attending />
                {items}
                {approve}
            </Frame>
        }
        .into_any()
    })
}

/// What was typed into the form of the item that is written about, and the form of the position that is recorded, if one is.
async fn written(
    state: &State,
    visit: &Visit,
    session: &Session,
    meeting: &Meeting,
    writing: Writing,
) -> (Memory, Option<AnyView>, Memory) {
    let (board, day) = (&meeting.board.key, meeting.row.day);
    let Some(case) = writing.case else { return Default::default() };
    let noting = recall(session, visit, "set_minutes_note", &format!("{board}/{day}/{case}")).await;
    let (Some(member), Ok(caller)) = (writing.member, visit.caller()) else {
        return (noting, None, Memory::default());
    };
    let mut memory = recall(session, visit, "record_position", &format!("{board}/{day}/{case}/{member}")).await;
    match recordable(&state.db, caller, (board, day), case, member).await {
        Ok((name, revision, ballot)) => {
            for violation in &mut memory.violations {
                violation.field = format!("{}-{board}", violation.field).into();
            }
            let (on_behalf, typed) = (OnBehalf { member, name, day }, memory.clone());
            let form = view! { <PositionForm case revision ballot memory=typed on_behalf /> };
            (noting, Some(form.into_any()), memory)
        }
        Err(_) => (noting, None, memory.without_fields()),
    }
}

/// Who was present.
#[component]
fn Attendance(meeting: Meeting, memory: Memory) -> impl IntoView {
    let names = |people: &mut dyn Iterator<Item = String>| {
        let names: Vec<_> = people.collect();
        if names.is_empty() { "Nobody".to_owned() } else { names.join(", ") }
    };
    let is_present = |id| meeting.present.iter().any(|(present, _)| *present == id);
    let present = names(&mut meeting.present.iter().map(|(_, name)| name.to_string()));
    let absent =
        names(&mut meeting.members.iter().filter(|(id, _)| !is_present(*id)).map(|(_, name)| name.to_string()));
    let said = if meeting.row.state.was_held() {
        view! {
            <dl class="spec"><dt>"Present"</dt><dd>{present}</dd><dt>"Absent"</dt><dd>{absent}</dd></dl>
        }
        .into_any()
    } else {
        view! { <p>"It is said once the meeting was held."</p> }.into_any()
    };
    let form = meeting.may_write.then(|| {
        let chosen: Vec<_> = meeting.present.iter().map(|(id, _)| id.to_string()).collect();
        let options = meeting.members.iter().map(|(id, name)| (id.to_string(), name.to_string(), "")).collect();
        view! {
            <form class="column mt-3" method="post" action="/do/set_attendance" novalidate>
                <OwnerField />
                <HiddenField name="board" value=meeting.board.key.to_string() />
                <HiddenField name="day" value=meeting.row.day.to_string() />
                <TickField
                    name="present"
                    legend="Who was present?"
                    hint="Positions are recorded for those only."
                    chosen=chosen.join("\n")
                    options
                    memory
                />
                <button class="btn">"Save attendance"</button>
            </form>
        }
    });
    view! {
        <section class="section" aria-labelledby="attendance">
            <div class="section-head"><h2 id="attendance">"Attendance"</h2></div>
            {said}
            {form}
        </section>
    }
}

/// An item, with what the minutes say of it; with its forms where the secretary writes about it.
fn item_section(
    meeting: &Meeting,
    item: &Item,
    noting: Option<Memory>,
    position: Option<AnyView>,
) -> impl IntoView + use<> {
    let on = &item.on_agenda;
    let id = format!("item-{}", on.number);
    let head = format!("{}. {}: {} of {}", on.number, on.reference, on.integration, on.partner);
    let href = format!("/cases/{}", on.reference);
    let closes = format!(
        "{}, the ballot closes on {}. {}. {}.",
        on.why.label(),
        show_instant(on.closes_at),
        on.standing,
        on.missing
    );
    let now = format!("Now: {}", item.state.label());
    let deferred = on.deferred.iter().map(|deferred| {
        let words = format!("Deferred by {}: {}", deferred.by, deferred.reason);
        view! { <p class="prose">{words}</p> }
    });
    let deferred = deferred.collect::<Vec<_>>();
    let hidden = (!item.is_for_reader)
        .then(|| view! { <p class="mt-1">"You take no part in this case, so what was said of it is left out."</p> });
    let note = item.note.as_ref().map(|note| view! { <Prose text=note.to_string() /> });
    let positions = item.positions.iter().map(recorded).collect::<Vec<_>>();
    let positions = (!positions.is_empty()).then(|| {
        view! { <h3 class="mt-3">"Positions recorded on behalf of members"</h3> <ol class="thread">{positions}</ol> }
    });
    let page = format!("/boards/{}/meetings/{}/minutes?item={}", meeting.board.key, meeting.row.day, on.reference);
    let may_write = meeting.may_write && item.is_for_reader;
    let writes = noting.filter(|_| may_write);
    let link = (may_write && writes.is_none()).then(|| {
        let (href, label) = (format!("{page}#{id}"), format!("Write about {}", on.reference));
        view! { <p class="mt-2 no-print"><a href=href>{label}</a></p> }
    });
    let forms = writes.map(|memory| {
        let (_, visit) = here();
        let me = visit.person().map(kwanus_service::Person::id);
        let others = meeting.present.iter().filter(|(member, _)| Some(*member) != me && item.state == CaseState::Open);
        let others = others.map(|(member, name)| {
            let (href, label) = (format!("{page}&member={member}#{id}"), format!("Record the position of {name}"));
            view! { <li><a href=href>{label}</a></li> }
        });
        let others = others.collect::<Vec<_>>();
        let note = item.note.as_ref().map(ToString::to_string).unwrap_or_default();
        view! {
            <form class="column mt-3" method="post" action="/do/set_minutes_note" novalidate>
                <OwnerField />
                <HiddenField name="board" value=meeting.board.key.to_string() />
                <HiddenField name="day" value=meeting.row.day.to_string() />
                <HiddenField name="case" value=on.reference.clone() />
                <TextArea name="note" label="What do the minutes say of it?" hint="A few sentences. Empty, nothing." value=note memory />
                <button class="btn">"Save the note"</button>
            </form>
            {(!others.is_empty()).then(|| view! { <ul class="plain-list mt-2 no-print">{others}</ul> })}
            {position}
        }
    });
    let labelled = format!("h-{id}");
    let heading = labelled.clone();
    view! {
        <section class="section mt-4" id=id aria-labelledby=labelled>
            <div class="section-head"><h2 id=heading><a href=href>{head}</a></h2><p>{now}</p></div>
            <p>{closes}</p>
            {deferred}
            {hidden}
            {note}
            {positions}
            {link}
            {forms}
        </section>
    }
}

/// A position as the minutes say it.
fn recorded(position: &Minuted) -> impl IntoView + use<> {
    let said = format!(" {}, recorded by {}, ", position.stance.verb(), position.recorder);
    let reason = position.reason.as_ref().map(|reason| view! { <Prose text=reason.to_string() /> });
    let concerns = position.concerns.iter().map(|name| view! { <li>"Concern: " {name.to_string()}</li> });
    let conditions = position.conditions.iter().map(|condition| {
        let words = format!("Condition, to be met by {}: {}", show_date(condition.due_on), condition.text);
        view! { <li>{words}</li> }
    });
    let more: Vec<_> = concerns.map(IntoAny::into_any).chain(conditions.map(IntoAny::into_any)).collect();
    let more = (!more.is_empty()).then(|| view! { <ul>{more}</ul> });
    view! {
        <li>
            <PositionGlyph glyph=Glyph::from(position.stance) />
            <div>
                <p class="by"><strong>{position.name.to_string()}</strong> {said} {show_instant(position.at)}</p>
                {reason}
                {more}
            </div>
        </li>
    }
}
