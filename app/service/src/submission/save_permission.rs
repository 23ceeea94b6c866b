//! Answering what is asked about a permission, as far as one has got.

use kwanus_domain::{
    Violation,
    audit::{EventKind, Subject},
    case::CaseRef,
    declaration::{Answer, DeclaredPermission, Question, Retention},
    permission::{FieldName, PermissionKey},
    time::parse_date,
};
use kwanus_store::{
    Db,
    audit::{self, Event},
    declaration,
};
use serde_json::json;

use super::draft::{find, taken_out};
use crate::{Caller, Error, Result, error::say_now, retrying};

/// What was typed about a permission.
#[derive(Clone, Debug, Default)]
pub struct PermissionInput {
    /// The names of the fields, with commas or spaces between them.
    pub fields: String,
    /// The answers, in the order of [`Question::ALL`].
    pub answers: [String; 6],
    /// Whole hours.
    pub retention: String,
    /// A date.
    pub until: String,
    /// Why the boards should allow what is restricted.
    pub reason: String,
}

impl PermissionInput {
    /// The permission as it is typed: where that cannot be read it says what it said before, and that is told.
    fn read(&self, mut permission: DeclaredPermission) -> (DeclaredPermission, Vec<Violation>) {
        let mut violations = Vec::new();
        let names = self.fields.split([',', ' ', '\n', '\r', '\t']).filter(|name| !name.is_empty());
        put(&mut permission.fields, names.map(FieldName::parse).collect(), &mut violations);
        for ((question, typed), answer) in Question::ALL.into_iter().zip(&self.answers).zip(&mut permission.answers) {
            put(answer, Answer::parse_draft(question.field(), typed), &mut violations);
        }
        put(&mut permission.retention, Retention::parse_draft(&self.retention), &mut violations);
        put(&mut permission.until, parse_date("until", &self.until), &mut violations);
        put(&mut permission.reason, Answer::parse_draft("reason", &self.reason), &mut violations);
        (permission, violations)
    }
}

/// Puts what was read in its place.
fn put<T>(place: &mut T, read: Result<T, Violation>, violations: &mut Vec<Violation>) {
    match read {
        Ok(read) => *place = read,
        Err(violation) => violations.push(violation),
    }
}

/// Where what is kept now differs from what was typed.
fn differences(typed: &DeclaredPermission, now: &DeclaredPermission) -> Vec<Violation> {
    let text = |answer: Option<&Answer>| answer.map(ToString::to_string).unwrap_or_default();
    let names = now.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let hours = now.retention.map(|retention| retention.in_hours().to_string()).unwrap_or_default();
    let until = now.until.map(|until| until.to_string()).unwrap_or_default();
    let answers = Question::ALL.map(|question| {
        let (typed, now) = (typed.answer(question), now.answer(question));
        (question.field(), typed == now, text(now))
    });
    let others = [
        ("retention", typed.retention == now.retention, hours),
        ("until", typed.until == now.until, until),
        ("reason", typed.reason == now.reason, text(now.reason.as_ref())),
    ];
    say_now([("fields", typed.fields == now.fields, names)].into_iter().chain(answers).chain(others))
}

/// Keeps what was typed about a permission of a draft, which the writer saw at `revision`. What is missing may come later.
pub async fn save_permission(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    key: &PermissionKey,
    input: &PermissionInput,
    revision: i64,
) -> Result<()> {
    change(db, caller, reference, key, revision, |_| {
        let (permission, violations) = input.read(DeclaredPermission::new(key.clone()));
        if violations.is_empty() { Ok((permission, ())) } else { Err(Error::Invalid(violations)) }
    })
    .await
}

/// Keeps as much of it as can be read, while it is being typed: the other fields keep what they say, and are told.
pub async fn keep_permission(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    key: &PermissionKey,
    input: &PermissionInput,
    revision: i64,
) -> Result<Vec<Violation>> {
    change(db, caller, reference, key, revision, |stored| Ok(input.read(stored.clone()))).await
}

/// Changes a permission in one transaction, under the lock of its case. The change says what came of it; it is not asked of
/// what cannot be written any more.
async fn change<T>(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    key: &PermissionKey,
    revision: i64,
    change: impl Fn(&DeclaredPermission) -> Result<(DeclaredPermission, T)>,
) -> Result<T> {
    retrying(|| async {
        let mut tx = db.write().await?;
        let draft = find(&mut tx, caller, reference).await?;
        let all = declaration::list_permissions(&mut tx, draft.declaration.id).await?;
        let stored = all.into_iter().find(|stored| stored.permission.key == *key).ok_or_else(|| taken_out(key))?;
        let (permission, outcome) = change(&stored.permission)?;
        // Sent twice, or again after an answer that never came, it is done once.
        if stored.permission == permission {
            return Ok(outcome);
        }
        if !declaration::update_permission(&mut tx, stored.id, &permission, revision).await? {
            let what = "This permission was changed in another tab, or by a colleague, while you were writing";
            return Err(Error::Changed { what: what.to_owned(), now: differences(&permission, &stored.permission) });
        }
        declaration::touch(&mut tx, draft.declaration.id).await?;
        let event = Event {
            kind: EventKind::DraftChanged,
            actor: caller.actor(),
            subject: Subject::Case(draft.case.id),
            origin: caller.origin(),
            details: json!({ "saved": key }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(outcome)
    })
    .await
}
