//! Where evidence is attached: a permission of the caller's own draft, under the lock of its case.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    declaration::DeclaredPermissionId,
    evidence::{EvidenceFile, Exhibit, MOST_BYTES_OF_SUBMISSION, MOST_OF_PERMISSION, show_size},
    permission::PermissionKey,
};
use kwanus_store::{
    Tx,
    audit::{self, Event},
    declaration,
    evidence::{self, EvidenceData, EvidenceRow},
};
use serde_json::json;

use crate::{
    Caller, Result,
    submission::{Draft, find_draft, taken_out},
};

/// A permission of a draft, held to the end of the transaction, with all the evidence of the draft.
pub(super) struct Place<'k> {
    draft: Draft,
    key: &'k PermissionKey,
    declared: DeclaredPermissionId,
    all: Vec<EvidenceRow>,
}

impl<'k> Place<'k> {
    /// The permission of the caller's draft. Another's is not there.
    pub(super) async fn find(tx: &mut Tx, caller: &Caller, case: CaseRef, key: &'k PermissionKey) -> Result<Self> {
        let draft = find_draft(tx, caller, case).await?;
        let permissions = declaration::list_permissions(tx, draft.declaration.id).await?;
        let stored = permissions.iter().find(|stored| stored.permission.key == *key).ok_or_else(|| taken_out(key))?;
        let all = evidence::list_of_declaration(tx, draft.declaration.id).await?;
        Ok(Self { declared: stored.id, draft, key, all })
    }

    /// What is attached to the permission.
    pub(super) fn evidence(&self) -> impl Iterator<Item = &EvidenceRow> {
        self.all.iter().filter(|row| row.declared == self.declared)
    }

    /// The same, where it is attached already.
    pub(super) fn same(&self, exhibit: &Exhibit) -> Option<&EvidenceRow> {
        self.evidence().find(|row| row.data.exhibit == *exhibit)
    }

    /// Refuses what is one too many, or too large beside the others; told beside `field`.
    pub(super) fn require_room(&self, exhibit: &Exhibit, field: &'static str) -> Result<()> {
        if self.evidence().count() >= MOST_OF_PERMISSION {
            let message = format!(
                "A permission has at most {MOST_OF_PERMISSION} files and links. Remove one of them, or put several into one file"
            );
            return Err(Violation::with_message(field, "too_many", message).into());
        }
        let Some(file) = exhibit.file() else { return Ok(()) };
        let files = self.all.iter().filter_map(|row| row.data.exhibit.file());
        let left = MOST_BYTES_OF_SUBMISSION.saturating_sub(files.map(|file| file.bytes).sum());
        if file.bytes <= left {
            return Ok(());
        }
        let EvidenceFile { name, bytes, .. } = file;
        let message = format!(
            "The files of a submission have at most {} together. “{name}” has {} and {} left. Remove a file, or attach a smaller one",
            show_size(MOST_BYTES_OF_SUBMISSION),
            show_size(*bytes),
            // Rounded up, it would promise what is not there.
            if left < 1024 { "nothing is".to_owned() } else { format!("{} KB are", left / 1024) },
        );
        Err(Violation::with_message(field, "over_quota", message).into())
    }

    /// Attaches it, or says anew of what is attached already what is said of it now.
    pub(super) async fn attach(&self, tx: &mut Tx, caller: &Caller, data: &EvidenceData) -> Result<()> {
        match self.same(&data.exhibit) {
            // Sent twice, or again after an answer that never came, it is done once.
            Some(row) if (&row.data.note, row.data.dated_on) == (&data.note, data.dated_on) => return Ok(()),
            Some(row) => evidence::update_words(tx, row.id, data.note.clone(), data.dated_on).await?,
            None => {
                evidence::insert(tx, self.declared, data).await?;
            }
        }
        self.log(tx, caller, EventKind::EvidenceAttached, &data.exhibit).await
    }

    /// Takes it out.
    pub(super) async fn remove(&self, tx: &mut Tx, caller: &Caller, row: &EvidenceRow) -> Result<()> {
        evidence::delete(tx, row.id).await?;
        self.log(tx, caller, EventKind::EvidenceRemoved, &row.data.exhibit).await
    }

    /// Counts the change of the draft and writes it down.
    async fn log(&self, tx: &mut Tx, caller: &Caller, kind: EventKind, exhibit: &Exhibit) -> Result<()> {
        declaration::touch(tx, self.draft.declaration.id).await?;
        let details = match exhibit {
            Exhibit::File(file) => json!({
                "permission": self.key,
                "file": file.name,
                "sha256": file.hash.to_string(),
                "bytes": file.bytes,
            }),
            Exhibit::Link(link) => json!({ "permission": self.key, "link": link }),
        };
        let subject = Subject::Case(self.draft.case.id);
        audit::append(tx, Event { kind, actor: caller.actor(), subject, origin: caller.origin(), details }).await?;
        Ok(())
    }
}
