//! A partner shows that a condition is met.

use kwanus_domain::{Violation, ballot::ConditionAct, case::CaseRef, evidence::EvidenceLink, request::Remark};
use kwanus_store::{Db, ballot::ConditionStepData};

use super::{
    judges::Judges,
    step::{Stepped, find, take},
};
use crate::{Caller, Error, Result, notice, request::own_submission, retrying};

/// Evidence as typed.
#[derive(Clone, Debug, Default)]
pub struct EvidenceInput {
    /// What shows that the condition is met.
    pub text: String,
    /// Where more of it stands; nothing where it is all there.
    pub link: String,
}

impl EvidenceInput {
    /// Reads it, with everything that is wrong told at once.
    fn parse(&self) -> Result<(Remark, Option<EvidenceLink>)> {
        let text = Remark::parse(&self.text).map_err(|wrong| match &*wrong.code {
            "missing" => Violation::new("text", "missing", "Say what shows that the condition is met"),
            _ => wrong,
        });
        let link = match self.link.trim() {
            "" => Ok(None),
            link => EvidenceLink::parse(link).map(Some),
        };
        let link = link.map_err(|wrong| Violation { field: "link".into(), ..wrong });
        match (text, link) {
            (Ok(text), Ok(link)) => Ok((text, link)),
            (text, link) => Err(Error::Invalid(text.err().into_iter().chain(link.err()).collect())),
        }
    }
}

/// Supplies evidence for an open condition of a submission of the caller's own partner, and tells who judges it.
pub async fn supply(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    input: &EvidenceInput,
) -> Result<Stepped> {
    let person = caller.person()?.id();
    retrying(|| async {
        let mut tx = db.write().await?;
        // Whose it is comes before what they say of it.
        let case = own_submission(&mut tx, caller, reference).await?;
        let row = find(&mut tx, &case, number).await?;
        let (text, link) = input.parse()?;
        let act = ConditionAct::Supply;
        let step = ConditionStepData { act, person, is_in_place: false, text: Some(text), link };
        let steps = take(&mut tx, (caller.actor(), caller.origin()), (&case, &row), &step).await?;
        let judges = Judges::read(&mut tx, &case).await?.told(&row);
        notice::tell_supplied(&mut tx, case.reference, number, steps, judges).await?;
        tx.commit().await?;
        Ok(Stepped { number })
    })
    .await
}
