//! Answering what is asked about a part of a declaration besides its permissions, as far as one has got.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    declaration::{Declaration, Part},
    manifest::{self, Typed},
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    declaration,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::draft::{Draft, find};
use crate::{Caller, Error, Result, error::say_now, retrying};

/// Stands for a part as a page shows it: what is sent from the page names it, and is refused where it shows another by now.
/// Empty where nothing is declared yet.
#[must_use]
pub fn mark(declaration: &Declaration, part: Part) -> String {
    let Some(typed) = manifest::typed(declaration, part) else { return String::new() };
    let mut hash = Sha256::new();
    for (field, text) in typed {
        hash.update(format!("{field}={}:{text};", text.len()));
    }
    let hash = hash.finalize();
    let start = hash.iter().take(8).fold(0, |start, byte| (start << 8) | u64::from(*byte));
    format!("{start:016x}")
}

/// Keeps what was typed about a part of a draft, of which the writer saw `seen` (see [`mark`]), or adds another part after
/// the last. What is missing may come later.
pub async fn save_part(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    part: Part,
    typed: &Typed,
    seen: &str,
) -> Result<()> {
    change(db, caller, reference, part, seen, |declaration| {
        let before = manifest::typed(declaration, part);
        manifest::put(declaration, part, typed).map_err(Error::Invalid)?;
        Ok(((), differences(part, before.as_ref(), &manifest::typed(declaration, part).unwrap_or_default())))
    })
    .await
}

/// Keeps as much of it as can be read, while it is being typed: the other fields keep what they say, and are told.
pub async fn keep_part(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    part: Part,
    typed: &Typed,
    seen: &str,
) -> Result<Vec<Violation>> {
    change(db, caller, reference, part, seen, |declaration| {
        let before = manifest::typed(declaration, part);
        let unread = manifest::put_readable(declaration, part, typed).map_err(Error::Invalid)?;
        Ok((unread, differences(part, before.as_ref(), &manifest::typed(declaration, part).unwrap_or_default())))
    })
    .await
}

/// Takes a part out of a draft, of which the writer saw `seen`.
pub async fn remove_part(db: &Db, caller: &Caller, reference: CaseRef, part: Part, seen: &str) -> Result<()> {
    change(db, caller, reference, part, seen, |declaration| {
        manifest::remove(declaration, part);
        Ok(((), vec![]))
    })
    .await
}

/// Changes a part in one transaction, under the lock of its case. The change says what came of it, and where what is kept
/// differs from what was wanted, for whoever saw something else.
async fn change<T>(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    part: Part,
    seen: &str,
    change: impl Fn(&mut Declaration) -> Result<(T, Vec<Violation>)>,
) -> Result<T> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        let before = declaration::lookup_parts(&mut tx, draft.declaration.id).await?;
        if part.kind().is_none_or(|(kind, n)| kind.is_list() && n > kind.count(&before)) {
            return Err(gone(part));
        }
        let mut after = before.clone();
        let (outcome, now) = change(&mut after)?;
        // Sent twice, it is done once.
        if after == before {
            return Ok(outcome);
        }
        if mark(&before, part) != seen {
            if !seen.is_empty() && manifest::typed(&before, part).is_none() {
                return Err(gone(part));
            }
            let what = "This was changed in another tab, or by a colleague, while you were writing".to_owned();
            return Err(Error::Changed { what, now });
        }
        keep(&mut tx, caller, &draft, part, &after).await?;
        tx.commit().await?;
        Ok(outcome)
    })
    .await
}

fn gone(part: Part) -> Error {
    let what = part.kind().map_or_else(|| "It".to_owned(), |(kind, _)| format!("This {}", kind.label().to_lowercase()));
    Error::Gone(format!("{what} was taken out in another tab, or by a colleague"))
}

async fn keep(tx: &mut Tx, caller: &Caller, draft: &Draft, part: Part, after: &Declaration) -> Result<()> {
    declaration::update_parts(tx, draft.declaration.id, after).await?;
    declaration::touch(tx, draft.declaration.id).await?;
    let event = Event {
        kind: EventKind::DraftChanged,
        actor: caller.actor(),
        subject: Subject::Case(draft.case.id),
        origin: caller.origin(),
        details: json!({ "part": part.to_string() }),
    };
    audit::append(tx, event).await?;
    Ok(())
}

/// Where what is kept now differs from what was typed.
fn differences(part: Part, now: Option<&Typed>, typed: &Typed) -> Vec<Violation> {
    let prompts = part.kind().map_or(&[][..], |(kind, _)| kind.prompts());
    say_now(prompts.iter().map(|prompt| {
        let of = |typed: &Typed| typed.get(prompt.field).cloned().unwrap_or_default();
        let now = now.map(of).unwrap_or_default();
        (prompt.field, of(typed) == now, now)
    }))
}
