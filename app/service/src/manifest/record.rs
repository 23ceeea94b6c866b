//! Recording a version by a form.

use kwanus_domain::{
    Violation,
    manifest::{Lint, SecurityFix, parse_recorded},
    partner::Slug,
};
use kwanus_store::{Db, manifest::VersionRow};

use super::{
    keep::{Kept, keep},
    lookup::own,
};
use crate::{Caller, Error, Result, retrying, submission::told};

/// How much that is wrong with a manifest is told at once.
const MOST_TOLD: usize = 20;

/// Records a version of an integration of the caller's partner: the text of its manifest, and what it mends if it is a
/// security fix. Answers it, and whether it was recorded before. What is wrong is told with its place, and nothing is
/// kept.
pub async fn record(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    text: &str,
    security_fix: &str,
) -> Result<(VersionRow, bool)> {
    own(caller, partner)?;
    let file = parse_recorded(text).map_err(|fault| violation(told(&fault.pointer, &fault.message)));
    let (file, security_fix) = match (file, SecurityFix::parse_optional(security_fix)) {
        (Ok(file), Ok(security_fix)) => (file, security_fix),
        (file, security_fix) => {
            return Err(Error::Invalid([file.err(), security_fix.err()].into_iter().flatten().collect()));
        }
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        match keep(&mut tx, caller, slug, &file, security_fix.as_ref()).await? {
            Kept::Now(row) => {
                tx.commit().await?;
                Ok((row, false))
            }
            Kept::Before(row) => Ok((row, true)),
            Kept::Refused(lint) => Err(Error::Invalid(violations(&lint))),
        }
    })
    .await
}

fn violation(message: String) -> Violation {
    Violation::with_message("manifest", "refused", message)
}

/// What is wrong with a manifest, each with its place, and with its source where a rule finds it.
fn violations(lint: &Lint) -> Vec<Violation> {
    let faults = lint.faults.iter().map(|fault| told(&fault.pointer, &fault.message));
    let findings = lint.findings.iter().map(|found| {
        let message = format!("{} ({})", found.message, found.rule.citation());
        told(&found.pointer, &message)
    });
    faults.chain(findings).take(MOST_TOLD).map(violation).collect()
}
