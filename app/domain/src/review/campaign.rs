//! When reviews are held.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};

use crate::{
    Violation,
    ballot::Deadline,
    case::{CaseKind, RouteKey},
};

/// The last day of a campaign by default, within the last month of its period.
const LAST_DAY: u32 = 11;

/// A round of reviews, by its period in UTC: a quarter `2026-q4`, or a year `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CampaignKey {
    year: i32,
    /// 1 to 4; none for the year.
    quarter: Option<u32>,
}

/// When a campaign runs: from the beginning of its first day to the closing hour of its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The day on which its cases open.
    pub opens_on: NaiveDate,
    /// The day on which its ballots close.
    pub closes_on: NaiveDate,
}

impl CampaignKey {
    /// Reads a key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = match text.split_once("-q") {
            Some((year, quarter)) => (year, Some(quarter.parse().ok()?)),
            None => (text, None),
        };
        let key = Self { year: year.parse().ok()?, quarter };
        let is_sound = (2000..3000).contains(&key.year) && key.quarter.is_none_or(|quarter| (1..=4).contains(&quarter));
        (is_sound && key.to_string() == text).then_some(key)
    }

    /// The campaigns of a year: its quarters, then the year itself.
    #[must_use]
    pub fn of_year(year: i32) -> [Self; 5] {
        [Some(1), Some(2), Some(3), Some(4), None].map(|quarter| Self { year, quarter })
    }

    /// The campaigns whose dates are set on that day: those whose period is not over, to the same day of the next year.
    #[must_use]
    pub fn planned(today: NaiveDate) -> Vec<Self> {
        let ahead = today.checked_add_months(chrono::Months::new(12)).unwrap_or(today);
        let all = [today.year(), today.year() + 1].into_iter().flat_map(Self::of_year);
        all.filter(|key| key.last_day() >= today && key.first_day() <= ahead).collect()
    }

    /// The year that it is in.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its quarter, if it is one.
    #[must_use]
    pub const fn quarter(self) -> Option<u32> {
        self.quarter
    }

    /// The words on the page: `Q4 2026`, `Annual 2026`.
    #[must_use]
    pub fn label(self) -> String {
        match self.quarter {
            Some(quarter) => format!("Q{quarter} {}", self.year),
            None => format!("Annual {}", self.year),
        }
    }

    /// What its cases are.
    #[must_use]
    pub const fn kind(self) -> CaseKind {
        match self.quarter {
            Some(_) => CaseKind::QuarterlyReview,
            None => CaseKind::AnnualReview,
        }
    }

    /// By which route its cases go.
    #[must_use]
    pub const fn route(self) -> RouteKey {
        match self.quarter {
            Some(_) => RouteKey::QuarterlyReview,
            None => RouteKey::AnnualReview,
        }
    }

    /// The first day of its period.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        day(self.year, self.quarter.map_or(1, |quarter| 3 * quarter - 2), 1)
    }

    /// The last day of its period.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        match self.quarter {
            Some(quarter) if quarter < 4 => day(self.year, 3 * quarter + 1, 1).pred_opt().unwrap_or_default(),
            _ => day(self.year, 12, 31),
        }
    }

    /// When it runs unless somebody says otherwise: a quarter's from its second month to the middle of its third, a year's
    /// in the last quarter.
    #[must_use]
    pub fn default_dates(self) -> Dates {
        let first = self.quarter.map_or(10, |quarter| 3 * quarter - 1);
        let last = self.quarter.map_or(12, |quarter| 3 * quarter);
        Dates { opens_on: day(self.year, first, 1), closes_on: day(self.year, last, LAST_DAY) }
    }
}

/// A day that is one: every caller names the first of a month, or one before the 29th.
fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

impl Dates {
    /// The dates of a round that opens on this day: as they are where the boards have a week, and otherwise, since nobody was
    /// there to open it on its day, up to two weeks from now within its period. None where that leaves less than a week.
    #[must_use]
    pub fn opening(self, key: CampaignKey, today: NaiveDate) -> Option<Self> {
        let is_enough = |closes_on: NaiveDate| (closes_on - today).num_days() >= 7;
        let late = (today + Duration::days(14)).min(key.last_day());
        [self.closes_on, late]
            .into_iter()
            .find(|closes_on| is_enough(*closes_on))
            .map(|closes_on| Self { closes_on, ..self })
    }

    /// The dates an administrator sets for a campaign that has not opened: still to come, within its period, at least a week
    /// long.
    pub fn new(
        key: CampaignKey,
        opens_on: NaiveDate,
        closes_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Vec<Violation>> {
        let mut violations = Vec::new();
        if opens_on <= today {
            violations.push(Violation::new("opens_on", "past", "Choose a day after today"));
        } else if opens_on < key.first_day() || opens_on > key.last_day() {
            violations.push(Violation::new("opens_on", "outside", "Choose a day within the period that is reviewed"));
        }
        if closes_on > key.last_day() {
            violations.push(Violation::new("closes_on", "outside", "Choose a day within the period that is reviewed"));
        } else if (closes_on - opens_on).num_days() < 7 {
            violations.push(Violation::new("closes_on", "short", "Leave the boards a week at least"));
        }
        if violations.is_empty() { Ok(Self { opens_on, closes_on }) } else { Err(violations) }
    }

    /// The first instant of its first day.
    #[must_use]
    pub fn opens_at(self) -> DateTime<Utc> {
        self.opens_on.and_time(NaiveTime::MIN).and_utc()
    }

    /// When its ballots close.
    #[must_use]
    pub fn deadline(self) -> Deadline {
        Deadline::on(self.closes_on)
    }
}

impl std::fmt::Display for CampaignKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.quarter {
            Some(quarter) => write!(f, "{:04}-q{quarter}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl TryFrom<String> for CampaignKey {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("no campaign is called {text}"))
    }
}

impl From<CampaignKey> for String {
    fn from(key: CampaignKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_reads_as_it_is_written_and_nothing_else_is_one() {
        for text in ["2026-q4", "2026", "2027-q1"] {
            assert_eq!(CampaignKey::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "2026-q0", "2026-q5", "2026-Q4", "26", "2026-q", "2026-q04", "02026", "x-q1", "1999", "+2026"]
        {
            assert_eq!(CampaignKey::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_quarter_is_reviewed_from_its_second_month_and_a_year_in_its_last_quarter() {
        let of = |text| {
            let key = CampaignKey::parse(text).unwrap();
            let dates = key.default_dates();
            [key.first_day(), dates.opens_on, dates.closes_on, key.last_day()].map(|day| day.to_string())
        };
        assert_eq!(of("2026-q4"), ["2026-10-01", "2026-11-01", "2026-12-11", "2026-12-31"]);
        assert_eq!(of("2026-q1"), ["2026-01-01", "2026-02-01", "2026-03-11", "2026-03-31"]);
        assert_eq!(of("2026"), ["2026-01-01", "2026-10-01", "2026-12-11", "2026-12-31"]);
    }

    #[test]
    fn the_calendar_is_set_a_year_ahead() {
        let planned = |today: &str| {
            CampaignKey::planned(date(today)).into_iter().map(|key| key.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(planned("2026-11-18"), "2026-q4 2026 2027-q1 2027-q2 2027-q3 2027-q4 2027");
        assert_eq!(planned("2027-01-01"), "2027-q1 2027-q2 2027-q3 2027-q4 2027 2028-q1 2028");
    }

    #[test]
    fn dates_are_to_come_within_the_period_and_a_week_apart() {
        let key = CampaignKey::parse("2027-q1").unwrap();
        let codes = |opens, closes| match Dates::new(key, date(opens), date(closes), date("2027-01-10")) {
            Ok(_) => String::new(),
            Err(all) => all.iter().map(|one| format!("{} {}", one.field, one.code)).collect::<Vec<_>>().join(", "),
        };
        assert_eq!(codes("2027-01-11", "2027-01-18"), "");
        assert_eq!(codes("2027-01-10", "2027-02-18"), "opens_on past");
        assert_eq!(codes("2027-04-01", "2027-04-18"), "opens_on outside, closes_on outside");
        assert_eq!(codes("2027-02-01", "2027-02-07"), "closes_on short");
    }

    proptest! {
        #[test]
        fn every_day_lies_in_one_quarter_and_one_year_that_are_planned_on_it(days in 0i64..3650) {
            let today = date("2024-01-01") + chrono::Duration::days(days);
            let around = |key: &&CampaignKey| key.first_day() <= today && today <= key.last_day();
            let planned = CampaignKey::planned(today);
            prop_assert_eq!(planned.iter().filter(around).count(), 2);
            for key in planned {
                let dates = key.default_dates();
                prop_assert!(key.first_day() <= dates.opens_on && dates.opens_on < dates.closes_on);
                prop_assert!(dates.closes_on <= key.last_day());
                prop_assert_eq!(CampaignKey::parse(&key.to_string()), Some(key));
            }
        }
    }
}
