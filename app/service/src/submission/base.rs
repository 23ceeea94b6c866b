//! The revision that a draft was filled from, and what was changed since.

use kwanus_domain::{
    declaration::{Declaration, How, Part, PartDifference, PartKind, difference_with},
    integration::IntegrationId,
};
use kwanus_store::{
    Tx,
    declaration::{self, DeclarationRow},
};

use crate::{Result, evidence::attached};

/// The revision that a draft was filled from: the one before it, or the one that was carried in an earlier case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its number.
    pub number: i64,
    /// How each part of the draft differs from it.
    pub parts: Vec<PartDifference>,
}

impl Base {
    /// How a part that the draft declares differs.
    #[must_use]
    pub fn of(&self, part: Part) -> Option<&PartDifference> {
        self.parts.iter().find(|difference| difference.place == Some(part))
    }

    /// How a permission differs, by its key.
    #[must_use]
    pub fn of_permission(&self, key: &str) -> Option<&PartDifference> {
        self.parts.iter().find(|difference| difference.is_permission && difference.title == key)
    }

    /// What it declares and the draft does not.
    pub fn taken_out(&self) -> impl Iterator<Item = &PartDifference> {
        self.parts.iter().filter(|difference| difference.how == How::Removed)
    }

    /// How the parts of these kinds differ, taken as one.
    #[must_use]
    pub fn how(&self, kinds: &[PartKind]) -> How {
        let is_of = |difference: &&PartDifference| difference.kind.is_some_and(|kind| kinds.contains(&kind));
        let mut each = self.parts.iter().filter(is_of).map(|difference| difference.how);
        let first = each.next().unwrap_or(How::Unchanged);
        if each.all(|how| how == first) { first } else { How::Changed }
    }
}

/// What a draft was filled from, and how it differs: `revisions` are those of its case, in their order, and `declared` is what
/// it declares.
pub(super) async fn base(
    tx: &mut Tx,
    integration: IntegrationId,
    revisions: &[DeclarationRow],
    draft: &DeclarationRow,
    declared: &Declaration,
) -> Result<Option<Base>> {
    let before = match revisions.iter().rfind(|other| other.number < draft.number) {
        Some(before) => Some(before.clone()),
        None => declaration::lookup_carried(tx, integration, draft.number).await?,
    };
    let Some(before) = before else { return Ok(None) };
    let whole = declaration::lookup_whole(tx, before.id).await?;
    let (attached_before, attached) = (attached(tx, before.id).await?, attached(tx, draft.id).await?);
    Ok(Some(Base { number: before.number, parts: difference_with((&whole, &attached_before), (declared, &attached)) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: PartKind, how: How) -> PartDifference {
        let place = (how != How::Removed).then(|| kind.at(0));
        PartDifference { title: String::new(), is_permission: false, kind: Some(kind), place, how, rows: vec![] }
    }

    #[test]
    fn parts_that_differ_in_one_way_differ_so_and_others_are_changed() {
        let how = |hows: &[How]| {
            let parts = hows.iter().map(|how| part(PartKind::Workflow, *how)).collect();
            Base { number: 1, parts }.how(&[PartKind::Workflow])
        };
        assert_eq!(how(&[]), How::Unchanged);
        for one in [How::Added, How::Removed, How::Changed, How::Unchanged] {
            assert_eq!(how(&[one, one]), one);
        }
        assert_eq!(how(&[How::Unchanged, How::Added]), How::Changed);
        let base = Base { number: 1, parts: vec![part(PartKind::Api, How::Removed)] };
        assert_eq!((base.how(&[PartKind::Storage]), base.taken_out().count()), (How::Unchanged, 1));
        assert_eq!(base.of(Part::Api), None);
    }
}
