//! A term drawn on a line of years.

use chrono::{Datelike, NaiveDate};
use kwanus_domain::board::Seat;
use leptos::prelude::*;

/// How wide the drawing is, in tenths.
const WIDTH: i64 = 2400;
/// How many years it spans, from two before this one on.
const YEARS: i32 = 5;

/// The first year of the line.
pub(super) fn first_year(today: NaiveDate) -> i32 {
    today.year() - 2
}

/// The last year of the line.
pub(super) fn last_year(today: NaiveDate) -> i32 {
    first_year(today) + YEARS - 1
}

/// Where a day stands on the line, in tenths; what is beyond its ends stands at them.
fn place(day: NaiveDate, today: NaiveDate) -> i64 {
    let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
    let (first, end) = (year(first_year(today)), year(last_year(today) + 1));
    let whole = (end - first).num_days().max(1);
    ((day - first).num_days() * WIDTH / whole).clamp(0, WIDTH)
}

/// `120.5`
fn show(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The terms of a member, with today. The dates stand beside it in words.
#[component]
pub(super) fn TermLine(terms: Vec<Seat>, today: NaiveDate) -> impl IntoView {
    let bars = terms.into_iter().map(|seat| {
        let from = place(seat.from, today);
        let until = seat.until.and_then(|day| day.succ_opt()).map_or(WIDTH, |day| place(day, today));
        view! { <rect x=show(from) y="3" width=show(until - from) height="6" class="t-bar"></rect> }
    });
    let bars = bars.collect_view();
    let now = format!("M{} 0V12", show(place(today, today)));
    view! {
        <svg class="term" viewBox="0 0 240 12" preserveAspectRatio="none" aria-hidden="true">
            <path class="t-grid" d="M0 0V12M48 0V12M96 0V12M144 0V12M192 0V12"></path>
            {bars}
            <path class="t-now" d=now></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_where_it_is_and_never_beyond_the_line() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = |text: &str| show(place(day(text), day("2026-11-18")));
        assert_eq!((first_year(day("2026-11-18")), last_year(day("2026-11-18"))), (2024, 2028));
        assert_eq!(
            (at("2024-01-01"), at("2028-12-31"), at("2020-01-01"), at("2040-01-01")),
            ("0.0".into(), "239.8".into(), "0.0".into(), "240.0".into())
        );
        assert_eq!(at("2026-11-18"), "138.1");
    }
}
