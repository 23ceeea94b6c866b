//! The pages of meetings.

mod agenda;
mod defer;
mod fields;
mod list;
mod minutes;
mod packet;
mod show;

pub(crate) use defer::{DeferSection, recall_deferral};
pub(crate) use list::MeetingsPage;
pub(crate) use minutes::MinutesPage;
pub(crate) use packet::PacketPage;
pub(crate) use show::MeetingPage;

use chrono::NaiveDate;
use kwanus_domain::{board::BoardKey, time::parse_date};
use kwanus_service::{
    Error, Result,
    meeting::{self, Meeting},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::state::{State, Visit};

/// The board and the day in an address, as they are written and no other way.
fn asked() -> Result<(BoardKey, NaiveDate)> {
    let params = use_params_map().read_untracked().clone();
    let (board, day) = (params.get("board").unwrap_or_default(), params.get("date").unwrap_or_default());
    let key = BoardKey::parse(&board).ok().filter(|key| key.as_str() == board);
    let date = parse_date("date", &day).ok().flatten().filter(|date| date.to_string() == day);
    key.zip(date).ok_or(Error::NotFound)
}

/// The meeting that is asked for.
async fn find(state: &State, visit: &Visit, asked: Result<(BoardKey, NaiveDate)>) -> Result<Meeting> {
    let caller = visit.caller()?;
    let (board, day) = asked?;
    meeting::lookup(&state.db, caller, &board, day).await
}

/// The pages above a page of a meeting.
fn trail(meeting: &Meeting, is_below: bool) -> Vec<(String, String)> {
    let board = format!("/boards/{}", meeting.board.key);
    let meetings = format!("{board}/meetings");
    let own = (format!("{meetings}/{}", meeting.row.day), meeting.row.day.to_string());
    let above = [
        ("/boards".to_owned(), "Boards".to_owned()),
        (board, meeting.board.name.clone()),
        (meetings, "Meetings".to_owned()),
    ];
    above.into_iter().chain(is_below.then_some(own)).collect()
}
