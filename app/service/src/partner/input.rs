//! A partner as an administrator types it.

use kwanus_domain::{
    Violation,
    partner::{Contact, ContactKind, PartnerName, PartnerStatus, Slug, Tier},
};
use kwanus_store::partner::PartnerData;

use crate::{Error, Result};

/// A partner as typed.
#[derive(Clone, Debug, Default)]
pub struct PartnerInput {
    /// Its name in URLs.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// 1, 2 or 3.
    pub tier: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Name and address of each contact, in the order of [`ContactKind::ALL`].
    pub contacts: [(String, String); 3],
}

impl PartnerInput {
    /// Everything that is wrong at once, or what to keep.
    pub(super) fn parse(&self) -> Result<(PartnerData, Vec<Contact>)> {
        let name = PartnerName::parse(&self.name);
        let slug = Slug::parse(self.slug.trim());
        let tier = Tier::parse(&self.tier);
        let status = PartnerStatus::from_word(&self.status).ok_or(Violation::new(
            "status",
            "missing",
            "Choose whether the partner takes part",
        ));
        let contacts: Vec<_> = ContactKind::ALL
            .iter()
            .zip(&self.contacts)
            .map(|(kind, (name, email))| Contact::parse(*kind, name, email))
            .collect();
        if let (Ok(name), Ok(slug), Ok(tier), Ok(status)) = (&name, &slug, tier.as_ref(), status.as_ref())
            && contacts.iter().all(Result::is_ok)
        {
            let data = PartnerData { slug: slug.clone(), name: name.clone(), tier: *tier, status: *status };
            return Ok((data, contacts.into_iter().filter_map(Result::ok).flatten().collect()));
        }
        let violations = [name.err(), slug.err(), tier.err(), status.err()].into_iter().flatten();
        Err(Error::Invalid(violations.chain(contacts.into_iter().filter_map(Result::err).flatten()).collect()))
    }
}

/// What to say of a short name that is in use.
pub(super) fn taken() -> Violation {
    Violation::new("slug", "taken", "Another partner has this short name")
}
