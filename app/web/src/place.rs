//! Where a page of a list that is ordered by time begins, as it stands in an address.

use std::{fmt::Display, str::FromStr};

use chrono::{DateTime, Datelike, Utc};

/// Reads it; what cannot be read begins at the beginning.
pub(crate) fn read_place<Id: FromStr>(text: &str) -> Option<(DateTime<Utc>, Id)> {
    let (micros, id) = text.split_once('.')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    // What no database keeps is no place.
    let is_sound = (2000..3000).contains(&at.year());
    is_sound.then_some((at, id.parse().ok()?))
}

/// Writes it.
pub(crate) fn show_place<Id: Display>((at, id): (DateTime<Utc>, Id)) -> String {
    format!("{}.{id}", at.timestamp_micros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_is_written_and_nothing_else_is_one() {
        let place = (DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap(), 7_u8);
        assert_eq!(read_place::<u8>(&show_place(place)), Some(place));
        for text in ["", "1", "x.y", "9223372036854775807.7", "1800000000123456."] {
            assert_eq!(read_place::<u8>(text), None, "{text}");
        }
    }
}
