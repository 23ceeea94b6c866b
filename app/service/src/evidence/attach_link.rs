//! Attaching a link to a permission of a draft.

use kwanus_domain::{
    case::CaseRef,
    evidence::{EvidenceLink, Exhibit},
    permission::PermissionKey,
};
use kwanus_store::{Db, evidence::EvidenceData};

use super::{Words, place::Place, words::OF_LINK};
use crate::{Caller, Error, Result, retrying};

/// Attaches the address of a page. We do not look at what stands there. The same address is attached once.
pub async fn attach_link(
    db: &Db,
    caller: &Caller,
    (reference, key): (CaseRef, &PermissionKey),
    url: &str,
    words: &Words,
) -> Result<()> {
    let person = caller.person()?.id();
    retrying(|| async {
        let mut tx = db.write().await?;
        let place = Place::find(&mut tx, caller, reference, key).await?;
        let now = tx.now();
        let (link, (note, dated_on)) = match (EvidenceLink::parse(url), words.parse(OF_LINK, now.date_naive())) {
            (Ok(link), Ok(said)) => (link, said),
            (link, said) => {
                let wrong = link.err().into_iter().chain(said.err().into_iter().flatten());
                return Err(Error::Invalid(wrong.collect()));
            }
        };
        let exhibit = Exhibit::Link(link);
        if place.same(&exhibit).is_none() {
            place.require_room(&exhibit, "url")?;
        }
        let data = EvidenceData { exhibit, note, dated_on, added_by: person, added_at: now };
        place.attach(&mut tx, caller, &data).await?;
        Ok(tx.commit().await?)
    })
    .await
}
