//! All that KWANUS OS offers.

use std::collections::BTreeSet;

use super::{ClassKey, DataClass, Entry, FieldName, Kind, Limits, PermissionKey};
use crate::{integration::Layer, partner::Tier};

/// The catalogue: what can be asked for, and what is there to be refused by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Its number: 1 is the one that comes with the program, and each change makes the next.
    pub version: i64,
    /// Its entries, by key.
    pub entries: Vec<Entry>,
    /// The classes that their fields are of, by key.
    pub classes: Vec<DataClass>,
    /// How much of it can be granted at most.
    pub limits: Limits,
}

impl Catalogue {
    /// The entry of that key.
    #[must_use]
    pub fn entry(&self, key: &PermissionKey) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// The class of that key.
    #[must_use]
    pub fn class(&self, key: &ClassKey) -> Option<&DataClass> {
        self.classes.iter().find(|class| class.key == *key)
    }

    /// The class of a field, whichever entry offers it.
    #[must_use]
    pub fn class_of(&self, name: &FieldName) -> Option<&DataClass> {
        let mut fields = self.entries.iter().flat_map(|entry| &entry.fields);
        fields.find(|field| field.name == *name).and_then(|field| self.class(&field.class))
    }

    /// The forbidden classes that the entry reaches into.
    #[must_use]
    pub fn forbidden_classes(&self, entry: &Entry) -> Vec<&DataClass> {
        let reaches = |class: &DataClass| entry.fields.iter().any(|field| field.class == class.key);
        self.classes.iter().filter(|class| class.is_forbidden && reaches(class)).collect()
    }

    /// Whether no field of the entry may be had at all.
    #[must_use]
    pub fn is_forbidden(&self, entry: &Entry) -> bool {
        let forbidden = self.forbidden_classes(entry);
        entry.fields.iter().all(|field| forbidden.iter().any(|class| class.key == field.class))
    }

    /// Whether the entry can be asked for: it is not retired, and not all of it is forbidden.
    #[must_use]
    pub fn is_offered(&self, entry: &Entry) -> bool {
        !entry.is_retired && !self.is_forbidden(entry)
    }

    /// The catalogue as it was, without what was withdrawn by today: what is retired by now, and the data that is forbidden by
    /// now. A case is decided by it, so that a later change of tiers, ceilings or limits does not decide it instead.
    #[must_use]
    pub fn bounded_by(mut self, today: &Self) -> Self {
        for entry in &mut self.entries {
            entry.is_retired |= today.entry(&entry.key).is_none_or(|now| now.is_retired);
            for field in &mut entry.fields {
                if let Some(class) = today.class_of(&field.name).filter(|class| class.is_forbidden) {
                    field.class = class.key.clone();
                }
            }
        }
        self
    }

    /// The catalogue with what is granted as it was in the one that it was granted under: grants run on, whatever was retired
    /// or moved since.
    #[must_use]
    pub fn as_granted<'k>(mut self, then: &Self, granted: impl IntoIterator<Item = &'k PermissionKey>) -> Self {
        for key in granted {
            let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == *key) else { continue };
            if let Some(before) = then.entry(key) {
                entry.clone_from(before);
            }
            entry.is_retired = false;
        }
        self
    }

    /// The catalogue in which whatever was ever offered can be read: what is on record says what it said, whatever was
    /// withdrawn since. Nothing is granted by it.
    #[must_use]
    pub fn as_recorded(mut self) -> Self {
        self.entries.iter_mut().for_each(|entry| entry.is_retired = false);
        self.classes.iter_mut().for_each(|class| class.is_forbidden = false);
        self
    }

    /// The keys of which something is withdrawn in the next version: what is retired there, and what reaches a field that is
    /// forbidden there, and is not so here.
    #[must_use]
    pub fn withdrawn_in(&self, next: &Self) -> Vec<PermissionKey> {
        let bounded = self.clone().bounded_by(next);
        let pairs = self.entries.iter().zip(bounded.entries);
        pairs.filter(|(now, bounded)| *now != bounded).map(|(now, _)| now.key.clone()).collect()
    }

    /// The entries that a partner of that tier could have in the place of this one, and that reach less: with fewer fields,
    /// which hold all that is wanted, or nothing but what this one reaches too. The narrowest first.
    ///
    /// What it is wanted for is written in prose, and is the boards' to read. What of it the catalogue knows is compared:
    /// what is done (the kind), with what (the resource), and where (the layer). Another entry of these can serve the same
    /// purpose; one of others is for something else, whatever its fields. A workflow does what its name says, and reads its
    /// fields only for that: none stands in for another.
    #[must_use]
    pub fn narrower(&self, entry: &Entry, wanted: &BTreeSet<FieldName>, tier: Tier) -> Vec<&Entry> {
        let (kind, resource) = (entry.key.kind(), entry.key.resource());
        let is_narrower = |other: &&Entry| {
            let is_alike = || other.key.kind() == kind && other.key.resource() == resource;
            // What is of the API is used in the other layers too.
            let is_at_hand = other.layer == entry.layer || other.layer == Layer::Api;
            let is_part = || entry.reaches_all(other.fields.iter().map(|field| &field.name));
            // What costs least is asked first: each permission is compared with the whole catalogue.
            other.fields.len() < entry.fields.len()
                && kind != Kind::Workflow
                && is_at_hand
                && other.tier <= tier
                && is_alike()
                && self.is_offered(other)
                && (other.reaches_all(wanted) || is_part())
        };
        let mut narrower: Vec<_> = self.entries.iter().filter(is_narrower).collect();
        narrower.sort_by_key(|other| (other.fields.len(), &other.key));
        narrower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_less_is_named_the_narrowest_first_and_what_is_forbidden_never() {
        let catalogue = Catalogue::built_in().unwrap();
        let key = |text| PermissionKey::parse(text).unwrap();
        let name = |text| FieldName::parse(text).unwrap();
        let summary = catalogue.entry(&key("read:items.summary")).unwrap();
        let narrower = catalogue.narrower(summary, &[name("items.status")].into(), Tier::Three);
        let keys: Vec<_> = narrower.iter().map(|entry| entry.key.as_str()).collect();
        assert!(keys.contains(&"read:items.status") && keys.contains(&"read:items.type"), "{keys:?}");
        assert!(!keys.contains(&"read:items.raw") && !keys.contains(&"read:items.summary"), "{keys:?}");
        assert!(narrower.windows(2).all(|pair| pair[0].fields.len() <= pair[1].fields.len()));
        assert!(narrower.iter().all(|entry| entry.kind() == summary.kind()));
        let covers = narrower.iter().find(|entry| entry.reaches_all(&[name("items.status")]));
        assert_eq!(covers.unwrap().key.as_str(), "read:items.status");
        let single = catalogue.entry(&key("read:disputes.selection")).unwrap();
        assert_eq!(catalogue.narrower(single, &BTreeSet::new(), Tier::Three), Vec::<&Entry>::new());
        let mut without = catalogue.clone();
        without.entries.iter_mut().for_each(|entry| entry.is_retired = entry.key == key("read:items.status"));
        let narrower = without.narrower(summary, &[name("items.status")].into(), Tier::Three);
        assert!(narrower.iter().all(|entry| entry.key != key("read:items.status")), "what is retired is no advice");
    }

    #[test]
    fn what_is_narrower_does_the_same_with_the_same_thing_where_this_is_used() {
        let catalogue = Catalogue::built_in().unwrap();
        let key = |text: &str| PermissionKey::parse(text).unwrap();
        let narrower = |of: &str, named: &str, layer| {
            let mut catalogue = catalogue.clone();
            let entry = catalogue.entry(&key(of)).unwrap().clone();
            // The same fields but one, under another name.
            let other = Entry { key: key(named), layer, fields: entry.fields[1..].to_vec(), ..entry.clone() };
            catalogue.entries.push(other.clone());
            let wanted = other.fields.iter().map(|field| field.name.clone()).collect();
            catalogue.narrower(&entry, &wanted, Tier::Three).iter().any(|it| it.key == other.key)
        };
        for (of, named, layer, is_narrower) in [
            ("read:items.summary", "read:items.part", Layer::Api, true),
            ("read:items.summary", "read:debts.part", Layer::Api, false),
            ("read:items.summary", "write:items.part", Layer::Api, false),
            ("read:items.summary", "read:items.part", Layer::Extension, false),
            ("read:exports.status", "read:exports.part", Layer::Extension, true),
            ("read:exports.status", "read:exports.part", Layer::Api, true),
            ("write:recommendations.status", "write:recommendations.part", Layer::Api, true),
            ("write:recommendations.status", "read:recommendations.part", Layer::Api, false),
            ("workflow:dispute.prepare", "workflow:dispute.cancel", Layer::Workflow, false),
        ] {
            assert_eq!(narrower(of, named, layer), is_narrower, "{named} for {of}, {layer:?}");
        }
    }

    #[test]
    fn what_was_withdrawn_since_bounds_a_catalogue_and_nothing_else_of_today_does() {
        let then = Catalogue::built_in().unwrap();
        let mut today = then.clone();
        today.limits.longest_grant_months = [1, 1, 1];
        for class in &mut today.classes {
            class.ceiling_hours = 24;
        }
        for entry in &mut today.entries {
            entry.tier = Tier::Three;
            entry.is_retired = entry.key.as_str() == "read:items.type";
            for field in entry.fields.iter_mut().filter(|field| field.name.as_str() == "items.balance_band") {
                field.class = ClassKey::parse("raw_parsed_items").unwrap();
            }
        }
        let bounded = then.clone().bounded_by(&today);
        assert_eq!((&bounded.limits, &bounded.classes), (&then.limits, &then.classes));
        for (entry, before) in bounded.entries.iter().zip(&then.entries) {
            assert_eq!(entry.tier, before.tier, "{}", entry.key);
            assert_eq!(entry.is_retired, entry.key.as_str() == "read:items.type", "{}", entry.key);
        }
        let band = FieldName::parse("items.balance_band").unwrap();
        assert!(bounded.class_of(&band).unwrap().is_forbidden && !then.class_of(&band).unwrap().is_forbidden);
        assert_eq!(then.clone().bounded_by(&then), then);
        let withdrawn = then.withdrawn_in(&today);
        let reaches = |key: &PermissionKey| then.entry(key).is_some_and(|entry| entry.reaches_all([&band]));
        assert!(withdrawn.iter().any(|key| key.as_str() == "read:items.type"));
        assert!(withdrawn.iter().any(reaches), "{withdrawn:?}");
        assert!(withdrawn.iter().all(|key| key.as_str() == "read:items.type" || reaches(key)), "{withdrawn:?}");
        assert!(then.withdrawn_in(&then).is_empty());
    }

    #[test]
    fn what_is_granted_stays_as_it_was_and_what_is_on_record_can_be_read() {
        let then = Catalogue::built_in().unwrap();
        let key = |text| PermissionKey::parse(text).unwrap();
        let (granted, other) = (key("read:items.type"), key("read:items.status"));
        let mut today = then.clone();
        for entry in &mut today.entries {
            entry.tier = Tier::Three;
            entry.is_retired = true;
            for field in &mut entry.fields {
                field.class = ClassKey::parse("raw_parsed_items").unwrap();
            }
        }
        let read = today.clone().as_granted(&then, [&granted]);
        assert_eq!(read.entry(&granted), then.entry(&granted));
        assert_eq!(read.entry(&other), today.entry(&other));
        let retired = then.clone().as_granted(&today, [&granted]);
        assert!(!retired.entry(&granted).unwrap().is_retired, "a grant runs on");
        let read = today.clone().as_recorded();
        for entry in &read.entries {
            assert!(read.is_offered(entry), "{}", entry.key);
        }
    }
}
