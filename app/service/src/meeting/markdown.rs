//! The agenda and the minutes of a meeting as Markdown files. What people typed stands in them as text, whatever it looks like.

use std::fmt::Write;

use kwanus_domain::{
    meeting::{escape_block, escape_line},
    time::{show_date, show_instant},
};

use super::{Item, Meeting, Minuted};

/// The agenda of a meeting.
#[must_use]
pub fn agenda_markdown(meeting: &Meeting) -> String {
    let mut text = head(meeting, "Agenda");
    if meeting.items.is_empty() {
        text.push_str("\nNothing is on the agenda.\n");
    }
    for item in &meeting.items {
        on_agenda(&mut text, item);
    }
    text
}

/// The minutes of a meeting: who was present, and what was said of each item.
#[must_use]
pub fn minutes_markdown(meeting: &Meeting) -> String {
    let mut text = head(meeting, "Minutes");
    let names = |people: Vec<&str>| {
        let people: Vec<_> = people.into_iter().map(escape_line).collect();
        if people.is_empty() { "nobody".to_owned() } else { people.join(", ") }
    };
    let is_present = |id| meeting.present.iter().any(|(present, _)| *present == id);
    let present = meeting.present.iter().map(|(_, name)| name.as_str()).collect();
    let absent = meeting.members.iter().filter(|(id, _)| !is_present(*id)).map(|(_, name)| name.as_str()).collect();
    let _ = write!(text, "- Present: {}\n- Absent: {}\n", names(present), names(absent));
    let approval = match (meeting.row.closed_at, meeting.row.closer()) {
        (Some(at), Some(name)) => format!("approved by {} on {}", escape_line(name), show_instant(at)),
        _ => "not approved yet".to_owned(),
    };
    let _ = writeln!(text, "- Minutes: {approval}");
    for item in &meeting.items {
        on_agenda(&mut text, item);
        if !item.is_for_reader {
            text.push_str("\nYou take no part in this case, so what was said of it is left out.\n");
        }
        if let Some(note) = &item.note {
            let _ = write!(text, "\n{}\n", escape_block(note.as_str()));
        }
        if !item.positions.is_empty() {
            text.push_str("\nPositions recorded on behalf of members:\n\n");
        }
        for position in &item.positions {
            recorded(&mut text, position);
        }
    }
    text
}

fn head(meeting: &Meeting, what: &str) -> String {
    let (board, row) = (&meeting.board, &meeting.row);
    let mut text = format!("# {what}: {}, {}\n\n", escape_line(&board.name), show_date(row.day));
    let _ = writeln!(text, "- Begins: {}", show_instant(row.starts_at));
    let _ = writeln!(text, "- Place: {}", escape_line(row.place.as_str()));
    let secretary =
        meeting.secretary.as_ref().map_or_else(|| "not named".to_owned(), |name| escape_line(name.as_str()));
    let _ = writeln!(text, "- Secretary: {secretary}");
    let _ = writeln!(text, "- State: {}", row.state.label());
    if let Some(reason) = &meeting.cancelled {
        let _ = writeln!(text, "- Cancelled because: {}", escape_line(reason.as_str()));
    }
    text
}

fn on_agenda(text: &mut String, item: &Item) {
    let on = &item.on_agenda;
    let what = format!("{} of {}", escape_line(&on.integration), escape_line(&on.partner));
    let _ = write!(text, "\n## {}\\. {}, {what}\n\n", on.number, escape_line(&on.reference));
    let _ = writeln!(text, "- {}, the ballot closes on {}", on.why.label(), show_instant(on.closes_at));
    let _ = writeln!(text, "- Ballot: {}", escape_line(&on.standing));
    let _ = writeln!(text, "- Missing: {}", escape_line(&on.missing));
    for deferred in &on.deferred {
        let (by, why) = (escape_line(&deferred.by), escape_line(&deferred.reason));
        let _ = writeln!(text, "- Deferred by {by}: {why}");
    }
}

fn recorded(text: &mut String, position: &Minuted) {
    let (name, recorder) = (escape_line(position.name.as_str()), escape_line(position.recorder.as_str()));
    let _ = write!(text, "- {name}: {}, recorded by {recorder}", position.stance.label());
    if let Some(reason) = &position.reason {
        let _ = write!(text, ". {}", escape_line(reason.as_str()));
    }
    text.push('\n');
    for concern in &position.concerns {
        let _ = writeln!(text, "    - Concern: {}", escape_line(concern.as_str()));
    }
    for condition in &position.conditions {
        let what = escape_line(condition.text.as_str());
        let _ = writeln!(text, "    - Condition, by {}: {what}", show_date(condition.due_on));
    }
}
