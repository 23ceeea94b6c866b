//! Whether a change can be made, and what the catalogue is after it.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::Change;
use crate::{
    Violation,
    permission::{Catalogue, DataClass, Entry, Field, FieldName, Limits, PermissionKey},
    policy::{Asked, SHORT_RETENTION, ask},
};

/// The most hours that a class may be kept, whatever the boards say: 90 days. Long-term storage is forbidden
/// (`PartnerIntegrationSpec` §8).
const LONGEST_CEILING: i64 = 90 * 24;

impl Change {
    /// The catalogue after the change: the next version. Or what is wrong with it, beside the fields of its form.
    pub fn check(&self, catalogue: &Catalogue) -> Result<Catalogue, Vec<Violation>> {
        let mut new = catalogue.clone();
        let mut wrong = Vec::new();
        match self {
            Self::AddEntry { entry } => {
                if catalogue.entry(&entry.key).is_some() {
                    wrong.push(Violation::new("key", "taken", "The catalogue holds a permission of this key"));
                } else {
                    new.entries.push(entry.clone());
                    new.entries.sort_by(|a, b| a.key.cmp(&b.key));
                    classify(&mut new, &entry.fields);
                    wrong.extend(name(&entry.key, &new));
                    wrong.extend(of_entry(entry, catalogue, &new));
                }
            }
            Self::EditEntry { key, title, tier, fields } => match find(&mut new, key) {
                Ok(entry) if entry.is_retired => {
                    wrong.push(Violation::new("title", "retired", "Offer it again before it is edited: it is retired"));
                }
                Ok(entry) => {
                    title.clone_into(&mut entry.title);
                    entry.tier = *tier;
                    fields.clone_into(&mut entry.fields);
                    let entry = entry.clone();
                    classify(&mut new, fields);
                    wrong.extend(of_entry(&entry, catalogue, &new));
                }
                Err(absent) => wrong.push(absent),
            },
            Self::RetireEntry { key } => match find(&mut new, key) {
                Ok(entry) => entry.is_retired = true,
                Err(absent) => wrong.push(absent),
            },
            Self::RestoreEntry { key } => match find(&mut new, key) {
                Ok(entry) => entry.is_retired = false,
                Err(absent) => wrong.push(absent),
            },
            Self::EditClass { key, name, ceiling_hours } => {
                match new.classes.iter_mut().find(|class| class.key == *key) {
                    Some(class) => wrong.extend(edit_class(class, name, *ceiling_hours)),
                    None => wrong.push(Violation::new("name", "absent", "There is no such data class")),
                }
            }
            Self::EditLimits { limits } => {
                wrong.extend(of_limits(limits));
                new.limits = limits.clone();
            }
        }
        if wrong.is_empty() && new == *catalogue {
            wrong.push(Violation::new(self.first_field(), "unchanged", "Change something: this is how it stands"));
        }
        new.version = catalogue.version + 1;
        if wrong.is_empty() { Ok(new) } else { Err(wrong) }
    }

    /// The first field of its form, beside which stands what is wrong with the whole.
    const fn first_field(&self) -> &'static str {
        match self {
            Self::AddEntry { .. } => "key",
            Self::EditEntry { .. } => "title",
            Self::EditClass { .. } => "name",
            Self::EditLimits { .. } => "months_1",
            Self::RetireEntry { .. } | Self::RestoreEntry { .. } => "reason",
        }
    }
}

fn find<'c>(catalogue: &'c mut Catalogue, key: &PermissionKey) -> Result<&'c mut Entry, Violation> {
    let absent = Violation::new("key", "absent", "The catalogue holds no permission of this key");
    catalogue.entries.iter_mut().find(|entry| entry.key == *key).ok_or(absent)
}

/// Puts the fields into their classes, in every entry that reaches them.
fn classify(catalogue: &mut Catalogue, fields: &[Field]) {
    for own in catalogue.entries.iter_mut().flat_map(|entry| &mut entry.fields) {
        if let Some(field) = fields.iter().find(|field| field.name == own.name) {
            own.class = field.class.clone();
        }
    }
}

/// A partner must be able to ask for it: by the narrow name of something, which the rules do not read as a wildcard.
fn name(key: &PermissionKey, new: &Catalogue) -> Option<Violation> {
    if !key.as_str().contains('.') {
        let message = "Name what of the resource it is, such as read:items.status: a whole resource is too broad";
        return Some(Violation::new("key", "broad", message));
    }
    let entry = new.entry(key)?;
    match ask(key.as_str(), new) {
        Asked::Refused { message, .. } if !new.is_forbidden(entry) => {
            let message = format!("Choose another name. The rules refuse it: {message}");
            Some(Violation::with_message("key", "refused", message))
        }
        Asked::Refused { .. } | Asked::Entry(_) => None,
    }
}

fn of_entry(entry: &Entry, old: &Catalogue, new: &Catalogue) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let (kind, floor) = (entry.kind(), entry.kind().lowest_tier());
    if entry.tier < floor {
        let (tier, kind) = (floor.number(), kind.as_str());
        let message = format!("Choose tier {tier} at least: {kind} permissions are for no lower one");
        wrong.push(Violation::with_message("tier", "floor", message));
    }
    let mut fields = |code: &'static str, message: String| {
        wrong.push(Violation::with_message("fields", code, message));
    };
    if entry.fields.is_empty() {
        fields("missing", "Name at least one field".to_owned());
    }
    let mut seen = BTreeSet::new();
    for field in &entry.fields {
        if !seen.insert(&field.name) {
            fields("twice", format!("Name {} once", field.name));
        }
        if new.class(&field.class).is_none() {
            fields("class", format!("Name another data class for {}: there is no {}", field.name, field.class));
        }
    }
    let all = old.entries.iter().flat_map(|entry| &entry.fields);
    for name in all.map(|field| &field.name).collect::<BTreeSet<&FieldName>>() {
        let is_kept = new.class_of(name).is_some_and(|class| class.is_forbidden);
        if let Some(class) = old.class_of(name).filter(|class| class.is_forbidden && !is_kept) {
            let message = format!("Leave {name} as it is: {} is forbidden by PartnerIntegrationSpec §7", class.name);
            fields("forbidden", message);
        }
    }
    wrong
}

fn edit_class(class: &mut DataClass, name: &str, ceiling_hours: i64) -> Option<Violation> {
    if class.is_forbidden {
        let message = format!("Leave {} as it is: it is forbidden by PartnerIntegrationSpec §7", class.name);
        return Some(Violation::with_message("name", "forbidden", message));
    }
    let allowed = i64::from(SHORT_RETENTION.in_hours())..=LONGEST_CEILING;
    name.clone_into(&mut class.name);
    class.ceiling_hours = ceiling_hours;
    outside("ceiling", &allowed, &ceiling_hours, "hours")
}

fn of_limits(limits: &Limits) -> Vec<Violation> {
    let fields = ["months_1", "months_2", "months_3"].into_iter().zip(&limits.longest_grant_months);
    fields.filter_map(|(field, months)| outside(field, &Limits::MONTHS, months, "months")).collect()
}

fn outside<N: PartialOrd + std::fmt::Display>(
    field: &'static str,
    allowed: &RangeInclusive<N>,
    number: &N,
    unit: &str,
) -> Option<Violation> {
    let message = || format!("Enter {} to {} {unit}", allowed.start(), allowed.end());
    (!allowed.contains(number)).then(|| Violation::with_message(field, "range", message()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        catalogue::differences,
        partner::Tier,
        permission::{ClassKey, Kind},
    };

    fn catalogue() -> Catalogue {
        Catalogue::built_in().unwrap()
    }

    fn key(text: &str) -> PermissionKey {
        PermissionKey::parse(text).unwrap()
    }

    fn field(name: &str, class: &str) -> Field {
        Field { name: FieldName::parse(name).unwrap(), class: ClassKey::parse(class).unwrap() }
    }

    /// The change that leaves an entry as it is.
    fn edit(text: &str) -> Change {
        let entry = catalogue().entry(&key(text)).unwrap().clone();
        Change::EditEntry { key: entry.key, title: entry.title, tier: entry.tier, fields: entry.fields }
    }

    fn with_tier(text: &str, to: Tier) -> Change {
        let Change::EditEntry { key, title, fields, .. } = edit(text) else { unreachable!() };
        Change::EditEntry { key, title, tier: to, fields }
    }

    fn with_fields(text: &str, to: Vec<Field>) -> Change {
        let Change::EditEntry { key, title, tier, .. } = edit(text) else { unreachable!() };
        Change::EditEntry { key, title, tier, fields: to }
    }

    fn added(text: &str, tier: Tier, fields: Vec<Field>) -> Change {
        let layer = crate::integration::Layer::Api;
        let entry = Entry { key: key(text), title: "New".into(), layer, tier, fields, is_retired: false };
        Change::AddEntry { entry }
    }

    fn class(text: &str, ceiling_hours: i64) -> Change {
        let key = ClassKey::parse(text).unwrap();
        let name = catalogue().class(&key).unwrap().name.clone();
        Change::EditClass { key, name, ceiling_hours }
    }

    fn codes(change: &Change) -> Vec<(String, String)> {
        let wrong = change.check(&catalogue()).unwrap_err();
        wrong.into_iter().map(|violation| (violation.field.into_owned(), violation.code.into_owned())).collect()
    }

    fn is(field: &str, code: &str) -> Vec<(String, String)> {
        vec![(field.to_owned(), code.to_owned())]
    }

    #[test]
    fn a_change_makes_the_next_version_and_touches_nothing_else() {
        let old = catalogue();
        let new = with_tier("read:items.dates", Tier::Two).check(&old).unwrap();
        assert_eq!((old.version, new.version), (1, 2));
        assert_eq!(differences(&old, &new), ["read:items.dates: tier 1 → 2"]);
        let new = class("item_summary", 48).check(&old).unwrap();
        assert_eq!(differences(&old, &new), ["item_summary: kept for at most 720 → 48 hours"]);
        let new = Change::RetireEntry { key: key("read:items.dates") }.check(&old).unwrap();
        assert_eq!(differences(&old, &new), ["read:items.dates: retired"]);
        assert!(!new.is_offered(new.entry(&key("read:items.dates")).unwrap()));
        let again = Change::RestoreEntry { key: key("read:items.dates") }.check(&new).unwrap();
        assert_eq!(Catalogue { version: 1, ..again }, old);
        let limits = Limits { longest_grant_months: [12, 3, 6] };
        let new = Change::EditLimits { limits }.check(&old).unwrap();
        assert_eq!(differences(&old, &new), ["Tier 2: granted for at most 6 → 3 months"]);
    }

    #[test]
    fn what_is_added_is_offered_in_its_place() {
        let fields = vec![field("items.id", "item_summary"), field("items.grade", "advice")];
        let old = catalogue();
        let new = added("read:items.grade", Tier::One, fields).check(&old).unwrap();
        assert!(new.entries.is_sorted_by_key(|entry| &entry.key));
        assert_eq!(ask("read:items.grade", &new), Asked::Entry(key("read:items.grade")));
        assert_eq!(differences(&old, &new), ["read:items.grade: added, from tier 1, with items.id, items.grade"]);
    }

    #[test]
    fn the_floors_of_the_specification_hold() {
        assert_eq!(codes(&with_tier("write:disputes.selection", Tier::One)), is("tier", "floor"));
        assert_eq!(codes(&with_tier("workflow:letter.render", Tier::One)), is("tier", "floor"));
        assert_eq!(codes(&with_tier("intelligence:bureau.summary", Tier::Two)), is("tier", "floor"));
        assert_eq!(codes(&class("raw_parsed_items", 24)), is("name", "forbidden"));
        assert_eq!(codes(&class("item_summary", 23)), is("ceiling", "range"));
        assert_eq!(codes(&class("item_summary", 2161)), is("ceiling", "range"));
        // What is forbidden is neither put into another class nor lost from sight.
        let freed = with_fields("read:reports.raw_text", vec![field("reports.raw_text", "report_metadata")]);
        assert_eq!(codes(&freed), is("fields", "forbidden"));
        let lost = with_fields("read:reports.raw_text", vec![field("reports.id", "report_metadata")]);
        assert_eq!(codes(&lost), is("fields", "forbidden"));
        // Another entry still names it.
        let Change::EditEntry { fields, .. } = edit("workflow:dispute.prepare") else { unreachable!() };
        let fewer = fields.into_iter().filter(|field| field.name.as_str() != "items.remarks").collect();
        assert!(with_fields("workflow:dispute.prepare", fewer).check(&catalogue()).is_ok());
        let limits = Limits { longest_grant_months: [0, 6, 13] };
        let wrong = Change::EditLimits { limits }.check(&catalogue()).unwrap_err();
        assert_eq!(wrong.iter().map(|violation| &*violation.field).collect::<Vec<_>>(), ["months_1", "months_3"]);
    }

    #[test]
    fn a_change_that_makes_no_sense_is_refused_beside_its_field() {
        let fields = || vec![field("items.id", "item_summary")];
        assert_eq!(codes(&edit("read:items.dates")), is("title", "unchanged"));
        assert_eq!(codes(&class("item_summary", 720)), is("name", "unchanged"));
        assert_eq!(codes(&Change::EditLimits { limits: Limits::default() }), is("months_1", "unchanged"));
        assert_eq!(codes(&Change::RestoreEntry { key: key("read:items.dates") }), is("reason", "unchanged"));
        assert_eq!(codes(&Change::RetireEntry { key: key("read:items.colour") }), is("key", "absent"));
        assert_eq!(codes(&added("read:items.dates", Tier::One, fields())), is("key", "taken"));
        assert_eq!(codes(&added("read:items", Tier::One, fields())), is("key", "broad"));
        assert_eq!(codes(&added("read:items.all", Tier::One, fields())), is("key", "refused"));
        assert_eq!(codes(&with_fields("read:items.dates", vec![])), is("fields", "missing"));
        let twice = vec![field("items.id", "item_summary"), field("items.id", "item_summary")];
        assert_eq!(codes(&with_fields("read:items.dates", twice)), is("fields", "twice"));
        let unknown = vec![field("items.id", "nonsense")];
        assert!(codes(&with_fields("read:items.dates", unknown)).contains(&("fields".into(), "class".into())));
        let retired = Change::RetireEntry { key: key("read:items.dates") }.check(&catalogue()).unwrap();
        let wrong = with_tier("read:items.dates", Tier::Two).check(&retired).unwrap_err();
        assert_eq!(wrong[0].code, "retired");
    }

    #[test]
    fn a_field_is_of_one_class_wherever_it_stands() {
        let old = catalogue();
        let fields = vec![field("items.id", "person"), field("items.status", "item_summary")];
        let new = with_fields("read:items.status", fields).check(&old).unwrap();
        assert_eq!(differences(&old, &new), ["items.id: item_summary → person"]);
        let classes = new.entries.iter().flat_map(|entry| &entry.fields).filter(|it| it.name.as_str() == "items.id");
        assert!(classes.clone().count() > 3 && classes.clone().all(|it| it.class.as_str() == "person"));
    }

    #[test]
    fn a_change_is_stale_once_something_that_it_touches_is_another() {
        let old = catalogue();
        let change = with_tier("read:items.dates", Tier::Two);
        let elsewhere = with_tier("read:funding.lenders", Tier::Two).check(&old).unwrap();
        assert!(!change.is_stale(&old, &elsewhere));
        let same = Change::RetireEntry { key: key("read:items.dates") }.check(&old).unwrap();
        assert!(change.is_stale(&old, &same));
        // The class of a field that it names is another by now.
        let fields = vec![field("items.id", "person")];
        let moved = with_fields("read:items.count", fields).check(&old).unwrap();
        assert!(change.is_stale(&old, &moved));
        assert!(added("read:items.new", Tier::One, vec![field("items.id", "item_summary")]).is_stale(&old, &moved));
        assert!(!class("item_summary", 48).is_stale(&old, &moved));
    }

    #[test]
    fn a_change_reads_as_it_is_written() {
        for change in [
            with_tier("read:items.dates", Tier::Two),
            added("read:items.grade", Tier::One, vec![field("items.id", "item_summary")]),
            Change::RetireEntry { key: key("read:items.dates") },
            class("item_summary", 48),
            Change::EditLimits { limits: Limits::default() },
        ] {
            let written = serde_json::to_value(&change).unwrap();
            assert_eq!(serde_json::from_value::<Change>(written.clone()).unwrap(), change, "{written}");
        }
    }

    fn any_fields() -> impl Strategy<Value = Vec<Field>> {
        let old = catalogue();
        let fields = old.entries.iter().flat_map(|entry| &entry.fields);
        let names: Vec<_> = fields.map(|field| field.name.clone()).collect();
        let classes: Vec<_> = old.classes.iter().map(|class| class.key.clone()).collect();
        let one = (prop::sample::select(names), prop::sample::select(classes), prop::bool::weighted(0.2));
        let one = one.prop_map(move |(name, class, is_moved)| {
            let own = old.class_of(&name).filter(|_| !is_moved).map(|class| class.key.clone());
            Field { class: own.unwrap_or(class), name }
        });
        prop::collection::vec(one, 0..4)
    }

    fn any_change() -> impl Strategy<Value = Change> {
        let old = catalogue();
        let entries = prop::sample::select(old.entries.clone());
        let classes = prop::sample::select(old.classes);
        let tiers = || prop::sample::select(Tier::ALL.to_vec());
        let keys = vec!["read:items.new", "write:items.new", "intelligence:items.new", "read:x.any"];
        let keys = prop::sample::select(keys);
        prop_oneof![
            (entries.clone(), tiers(), any_fields()).prop_map(|(entry, tier, fields)| Change::EditEntry {
                key: entry.key,
                title: entry.title,
                tier,
                fields
            }),
            (keys, tiers(), any_fields()).prop_map(|(key, tier, fields)| added(key, tier, fields)),
            entries.clone().prop_map(|entry| Change::RetireEntry { key: entry.key }),
            entries.prop_map(|entry| Change::RestoreEntry { key: entry.key }),
            (classes, 0_i64..3000).prop_map(|(class, ceiling_hours)| Change::EditClass {
                key: class.key,
                name: class.name,
                ceiling_hours
            }),
            [0_u32..15, 0_u32..15, 0_u32..15]
                .prop_map(|longest_grant_months| Change::EditLimits { limits: Limits { longest_grant_months } }),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_agreed_on_the_floors_hold(changes in prop::collection::vec(any_change(), 1..8)) {
            let first = catalogue();
            let mut now = first.clone();
            for change in changes {
                let Ok(next) = change.check(&now) else { continue };
                prop_assert_eq!(next.version, now.version + 1);
                prop_assert!(!differences(&now, &next).is_empty());
                now = next;
            }
            for entry in &now.entries {
                prop_assert!(entry.tier >= entry.kind().lowest_tier() && !entry.fields.is_empty());
                prop_assert!(entry.fields.iter().all(|field| now.class(&field.class).is_some()));
                prop_assert!(entry.kind() != Kind::Intelligence || entry.tier == Tier::Three);
            }
            for field in first.entries.iter().flat_map(|entry| &entry.fields) {
                let was = first.class_of(&field.name).unwrap();
                prop_assert!(!was.is_forbidden || now.class_of(&field.name).is_some_and(|class| class.is_forbidden));
            }
            for (class, was) in now.classes.iter().zip(&first.classes) {
                prop_assert_eq!((&class.key, class.is_forbidden), (&was.key, was.is_forbidden));
                prop_assert!(class.is_forbidden && class == was || (24..=2160).contains(&class.ceiling_hours));
            }
            prop_assert!(now.limits.longest_grant_months.iter().all(|months| Limits::MONTHS.contains(months)));
            let written = serde_json::to_string(&crate::permission::CatalogueFile::from(&now)).unwrap();
            prop_assert_eq!(Catalogue::parse(&written), Ok(now));
        }
    }
}
