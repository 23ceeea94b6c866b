//! What is said about a piece of evidence.

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    evidence::{EvidenceNote, parse_dated_on},
};

/// What was typed about a piece of evidence.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// What it shows.
    pub note: String,
    /// The day on which it was made.
    pub dated_on: String,
}

/// What a file and what a link call their fields.
pub(super) const OF_FILE: (&str, &str) = ("note", "dated_on");
pub(super) const OF_LINK: (&str, &str) = ("link_note", "link_dated_on");

impl Words {
    /// Reads both, whatever is wrong with either. A link says what it shows: its address does not.
    pub(super) fn parse(
        &self,
        fields: (&'static str, &'static str),
        today: NaiveDate,
    ) -> Result<(Option<EvidenceNote>, NaiveDate), Vec<Violation>> {
        let (note, dated_on) = fields;
        let note = if fields == OF_LINK {
            EvidenceNote::parse_in(note, &self.note).map(Some)
        } else {
            EvidenceNote::parse_optional(note, &self.note)
        };
        match (note, parse_dated_on(dated_on, &self.dated_on, today)) {
            (Ok(note), Ok(dated_on)) => Ok((note, dated_on)),
            (note, dated_on) => Err(note.err().into_iter().chain(dated_on.err()).collect()),
        }
    }
}
