//! What one version of the catalogue says otherwise than another.

use std::collections::BTreeMap;

use crate::{
    partner::Tier,
    permission::{Catalogue, ClassKey, Entry, FieldName},
};

/// What is changed from the old to the new, a sentence each, without a full stop.
#[must_use]
pub fn differences(old: &Catalogue, new: &Catalogue) -> Vec<String> {
    let mut said = Vec::new();
    for entry in &new.entries {
        if let Some(before) = old.entry(&entry.key) {
            of_entry(before, entry, &mut said);
        } else {
            let (tier, fields) = (entry.tier.number(), names(entry.fields.iter().map(|field| &field.name)));
            said.push(format!("{}: added, from tier {tier}, with {fields}", entry.key));
        }
    }
    let before = classes(old);
    for (name, class) in classes(new) {
        if let Some(was) = before.get(name).filter(|was| **was != class) {
            said.push(format!("{name}: {was} → {class}"));
        }
    }
    for class in &new.classes {
        let Some(was) = old.class(&class.key) else { continue };
        if was.name != class.name {
            said.push(format!("{}: called “{}” → “{}”", class.key, was.name, class.name));
        }
        if was.ceiling_hours != class.ceiling_hours {
            let (from, to) = (was.ceiling_hours, class.ceiling_hours);
            said.push(format!("{}: kept for at most {from} → {to} hours", class.key));
        }
    }
    for tier in Tier::ALL {
        let (from, to) = (old.limits.months(tier), new.limits.months(tier));
        if from != to {
            said.push(format!("Tier {}: granted for at most {from} → {to} months", tier.number()));
        }
    }
    said
}

fn of_entry(before: &Entry, entry: &Entry, said: &mut Vec<String>) {
    let key = &entry.key;
    if before.title != entry.title {
        said.push(format!("{key}: called “{}” → “{}”", before.title, entry.title));
    }
    if before.tier != entry.tier {
        said.push(format!("{key}: tier {} → {}", before.tier.number(), entry.tier.number()));
    }
    let lacks = |other: &Entry, name: &FieldName| !other.reaches_all([name]);
    let more = names(entry.fields.iter().map(|field| &field.name).filter(|name| lacks(before, name)));
    if !more.is_empty() {
        said.push(format!("{key}: reaches {more} as well"));
    }
    let fewer = names(before.fields.iter().map(|field| &field.name).filter(|name| lacks(entry, name)));
    if !fewer.is_empty() {
        said.push(format!("{key}: reaches {fewer} no more"));
    }
    let order = |entry: &Entry| entry.fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    if more.is_empty() && fewer.is_empty() && order(before) != order(entry) {
        said.push(format!("{key}: its fields stand in another order"));
    }
    match (before.is_retired, entry.is_retired) {
        (false, true) => said.push(format!("{key}: retired")),
        (true, false) => said.push(format!("{key}: offered again")),
        _ => {}
    }
}

fn names<'n>(names: impl Iterator<Item = &'n FieldName>) -> String {
    names.map(FieldName::as_str).collect::<Vec<_>>().join(", ")
}

fn classes(catalogue: &Catalogue) -> BTreeMap<&FieldName, &ClassKey> {
    catalogue.entries.iter().flat_map(|entry| &entry.fields).map(|field| (&field.name, &field.class)).collect()
}
