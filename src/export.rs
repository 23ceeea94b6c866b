//! Records as files: CSV after RFC 4180, and JSON. Both are written record by record, so that their length costs no memory.

use futures_util::{Stream, stream};
use kwanus_domain::{ballot::Part, permission::PermissionKey};
use kwanus_service::{
    Error,
    record::{ExportedRecord, Records},
};

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// Everything that was decided on, as one array.
    Json,
}

impl Format {
    /// Its word, which is also the ending of the file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }
}

/// The columns of the table.
const COLUMNS: [&str; 19] = [
    "reference",
    "outcome",
    "decided_at",
    "submitted_at",
    "partner",
    "tier",
    "integration",
    "layers",
    "stage",
    "revision",
    "rules_version",
    "permissions",
    "transition",
    "campaign",
    "ended",
    "suspension",
    "appeal",
    "boards",
    "overtaken",
];

/// Writes the records, a batch a piece.
pub fn write(records: Records, format: Format) -> impl Stream<Item = Result<Vec<u8>, Error>> {
    let begin = State { records, format, written: 0, is_over: false };
    stream::try_unfold(begin, async |mut state| {
        if state.is_over {
            return Ok(None);
        }
        let batch = state.records.next().await?;
        let piece = match state.format {
            Format::Csv => table(&batch, state.written == 0)?,
            Format::Json => array(&batch, state.written == 0)?,
        };
        state.written += batch.len();
        state.is_over = batch.is_empty();
        Ok(Some((piece, state)))
    })
}

struct State {
    records: Records,
    format: Format,
    written: usize,
    is_over: bool,
}

fn table(batch: &[ExportedRecord], is_first: bool) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Nothing at all would be no table: an export without records has its head.
    if is_first {
        writer.write_record(COLUMNS).map_err(internal)?;
    }
    for record in batch {
        writer.write_record(row(record).map(inert)).map_err(internal)?;
    }
    writer.into_inner().map_err(|error| internal(error.into_error()))
}

fn row(record: &ExportedRecord) -> [String; 19] {
    let facts = &record.facts;
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let permissions = facts.permissions.iter().map(|permission| permission.key.as_str()).collect::<Vec<_>>();
    let (campaign, ended) = facts.review.as_ref().map_or((String::new(), vec![]), |review| {
        (review.campaign.clone(), review.ends.iter().map(PermissionKey::as_str).collect())
    });
    let suspension = facts.suspension.as_ref().map(|suspension| {
        let of = suspension.permissions.iter().map(|key| format!(" {key}")).collect::<Vec<_>>();
        format!("{}{}", suspension.act().as_str(), of.join(";"))
    });
    let boards = facts.ballots.iter().map(|ballot| {
        let advises = if ballot.part == Part::Advises { ", advises" } else { "" };
        let (board, tally) = (ballot.board.monogram(), ballot.tally);
        if let Some(verdict) = &ballot.verdict {
            return format!("{board} {}", verdict.rung.as_str());
        }
        format!("{board} {} of {}, {} against{advises}", tally.approvals, ballot.needed(), tally.objections)
    });
    let transition = facts.transition.as_ref().map(|step| format!("{} to {}", step.from, step.to));
    [
        record.reference.clone(),
        record.outcome.to_owned(),
        instant(record.decided_at),
        facts.submitted_at.map(instant).unwrap_or_default(),
        facts.partner.clone(),
        facts.tier.to_string(),
        facts.integration.clone(),
        facts.layers.clone(),
        facts.stage.clone(),
        facts.revision.to_string(),
        facts.rules_version.clone(),
        permissions.join("; "),
        transition.unwrap_or_default(),
        campaign,
        ended.join("; "),
        suspension.unwrap_or_default(),
        facts.appeal.as_ref().map(|appeal| appeal.of.clone()).unwrap_or_default(),
        boards.collect::<Vec<_>>().join("; "),
        facts.overtaken.join("; "),
    ]
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn array(batch: &[ExportedRecord], is_first: bool) -> Result<Vec<u8>, Error> {
    let mut piece = Vec::new();
    if is_first {
        piece.push(b'[');
    }
    for (n, record) in batch.iter().enumerate() {
        piece.extend_from_slice(if is_first && n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut piece, record).map_err(internal)?;
    }
    if batch.is_empty() {
        piece.extend_from_slice(b"\n]\n");
    }
    Ok(piece)
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Internal(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_made_inert() {
        for (cell, kept) in
            [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2", "'-2"), ("Orbit = CRM", "Orbit = CRM")]
        {
            assert_eq!(inert(cell.to_owned()), kept);
        }
    }
}
