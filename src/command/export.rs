//! `kwanus-governance export`

use std::{io::Write as _, pin::pin, sync::Arc};

use futures_util::StreamExt;
use kwanus_domain::{ballot::Outcome as Decided, board::BoardKey, case::CaseKind, partner::Slug};
use kwanus_service::{
    Caller, Db,
    record::{self, RecordSearch},
};

use super::Outcome;
use crate::{cli::Export, environment::System, export::write};

/// Writes the records to a file or to standard output, and into the log that it did.
pub async fn export(arguments: Export) -> Outcome {
    let search = search(&arguments)?;
    let db = Db::open(&arguments.database.url()?, Arc::new(System)).await?;
    let records = record::export(&db, &Caller::Operator, &search, arguments.format.as_str())
        .await
        .map_err(|error| error.chain())?;
    let mut out: Box<dyn std::io::Write> = match &arguments.output {
        Some(path) => {
            Box::new(std::fs::File::create_new(path).map_err(|error| format!("{}: {error}", path.display()))?)
        }
        None => Box::new(std::io::stdout()),
    };
    let mut pieces = pin!(write(records, arguments.format));
    while let Some(piece) = pieces.next().await {
        out.write_all(&piece.map_err(|error| error.chain())?)?;
    }
    out.flush()?;
    db.close().await;
    Ok(())
}

fn search(arguments: &Export) -> Result<RecordSearch, String> {
    /// Reads a word if there is one; `what` is what it names.
    fn read<T>(what: &str, word: Option<&String>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
        word.map(|word| read(word).ok_or_else(|| format!("there is no {what} “{word}”"))).transpose()
    }
    Ok(RecordSearch {
        outcome: read("outcome", arguments.outcome.as_ref(), Decided::from_word)?,
        kind: read("kind of case", arguments.kind.as_ref(), CaseKind::from_word)?,
        board: read("board", arguments.board.as_ref(), |word| BoardKey::parse(word).ok())?,
        partner: read("partner", arguments.partner.as_ref(), |word| Slug::parse(word).ok())?,
        from: arguments.from,
        until: arguments.until,
    })
}
