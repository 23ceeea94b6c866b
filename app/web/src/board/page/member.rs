//! Who sits on a board, who is away until when, and who acts for them.

use chrono::NaiveDate;
use kwanus_domain::time::{show_date, show_days_off};
use kwanus_service::board::{Member, SeatRow};
use leptos::prelude::*;

use super::term::{TermLine, first_year, last_year};

/// From how many days before its end on a term is pointed out.
const ENDS_SOON_DAYS: i64 = 60;

/// The members of a board.
#[component]
pub(super) fn Members(members: Vec<Member>, past: Vec<SeatRow>, today: NaiveDate) -> impl IntoView {
    let lead = match members.len() {
        0 => "Nobody sits on it.".to_owned(),
        1 => "1 member.".to_owned(),
        count => format!("{count} members."),
    };
    let is_empty = members.is_empty();
    let rows = members.into_iter().map(|member| row(member, today)).collect_view();
    let term = format!("Term, {} to {}", first_year(today), last_year(today));
    let table = (!is_empty).then(|| {
        view! {
            <div class="table-wrap">
                <table class="data stackable">
                    <caption class="vh">"Members with terms"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Member"</th>
                            <th scope="col">{term}</th>
                            <th scope="col">"Ends"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section class="section first" aria-labelledby="members">
            <div class="section-head"><h2 id="members">"Members"</h2><p>{lead}</p></div>
            {table}
            <Past past />
        </section>
    }
}

fn row(member: Member, today: NaiveDate) -> impl IntoView {
    let is_chair = member.terms.iter().any(|seat| seat.is_chair && seat.covers(today));
    let term = member.term(today);
    let coming = term.filter(|seat| seat.from > today).map(|seat| format!("From {}", show_date(seat.from)));
    let roles: Vec<_> = is_chair.then(|| "Chair".to_owned()).into_iter().chain(coming).collect();
    let said = said(&member, today);
    let ends = match term.and_then(|seat| seat.until) {
        None => "No end".into_any(),
        Some(until) => {
            let days = (until - today).num_days();
            let date = show_date(until);
            if days <= ENDS_SOON_DAYS {
                view! { <strong class="tone-cau">{date}</strong> <span class="sub">{show_days_off(days)}</span> }
                    .into_any()
            } else {
                date.into_any()
            }
        }
    };
    view! {
        <tr>
            <th scope="row">
                <span class="title">{member.name.to_string()}</span>
                {(!roles.is_empty()).then(|| view! { <span class="sub">{roles.join(", ")}</span> })}
                {said.into_iter().map(|line| view! { <span class="sub">{line}</span> }).collect_view()}
            </th>
            <td data-label="Term"><TermLine terms=member.terms today /></td>
            <td class="nowrap" data-label="Ends">{ends}</td>
        </tr>
    }
}

/// When they are away, and who acts for them, each in a line.
fn said(member: &Member, today: NaiveDate) -> Vec<String> {
    let leave = member.leave.iter().map(|days| {
        let when = if days.covers(today) { format!("until {}", show_date(days.until)) } else { days.to_string() };
        let is_deputised = member.deputies.iter().any(|row| row.days().overlaps(*days));
        format!("Away {when}{}", if is_deputised { "" } else { ", no deputy" })
    });
    let deputies = member.deputies.iter().map(|row| {
        let days = row.days();
        let name = &row.deputy_name;
        if days.covers(today) {
            format!("{name} acts for them until {}", show_date(days.until))
        } else {
            format!("{name} acts for them {days}")
        }
    });
    leave.chain(deputies).collect()
}

/// The terms that are over.
#[component]
fn Past(past: Vec<SeatRow>) -> impl IntoView {
    (!past.is_empty()).then(|| {
        let summary = if past.len() == 1 { "1 past member".to_owned() } else { format!("{} past members", past.len()) };
        let rows = past.into_iter().map(|row| {
            let seat = row.seat();
            let until = seat.until.map_or_else(|| "no end".to_owned(), show_date);
            let what = if seat.is_chair { ", chair" } else { "" };
            view! { <li>{format!("{}{what}, {} to {until}", row.name, show_date(seat.from))}</li> }
        });
        let rows = rows.collect_view();
        view! {
            <details class="more mt-2" id="past">
                <summary>{summary}</summary>
                <ul class="plain-list mt-2">{rows}</ul>
            </details>
        }
    })
}
