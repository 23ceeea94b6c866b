//! What of a manifest is scope, and whether it is more than there was.
//!
//! Scope is what an integration can reach and what it adds: the permissions, each with its fields, its retention, its
//! end, and what is promised of it (the purpose, the consent, the deletion); the calls of the API with their rates; the
//! workflows and the components, each by its name and its kind, with the permissions that they use; and the copies of
//! the data with the permissions that they hold it of, their retention and their readers. What is said about them
//! otherwise (contracts, arguments, versions of workflows) is not.
//!
//! What is not said asks for nothing: a permission without fields is one as it is granted. But what is said for the
//! first time is more than nothing, or a bound could be dropped by one version and set anew by the next.

use crate::{
    declaration::{Component, Declaration, DeclaredPermission, Endpoint, Question, Rate, Retention, Storage, Workflow},
    integration::Stage,
    manifest::{Fault, Manifest},
    permission::PermissionKey,
    time::show_date,
};

/// What a permission is granted on the promise of: with another, it is another.
const PROMISES: [Question; 3] = [Question::Purpose, Question::Consent, Question::Deletion];

/// The permissions of the manifest that are more than what is granted, each at its place.
pub(super) fn beyond_grants(manifest: &Manifest, granted: &[DeclaredPermission]) -> Vec<Fault> {
    let mut beyond = Vec::new();
    for (permission, place) in manifest.declaration.permissions.iter().zip(&manifest.places) {
        let mut add = |what: String| {
            let message = format!("{what}: submit a permission justification for it");
            beyond.push(Fault { pointer: format!("/permissions/{place}"), message });
        };
        let key = &permission.key;
        let Some(granted) = granted.iter().find(|granted| granted.key == *key) else {
            add(format!("{key} is not granted"));
            continue;
        };
        for name in permission.fields.difference(&granted.fields) {
            add(format!("{key} is granted without {name}"));
        }
        if permission.retention > granted.retention {
            let hours = |retention: Option<Retention>| retention.map_or(0, Retention::in_hours);
            let (kept, wanted) = (hours(granted.retention), hours(permission.retention));
            add(format!("{key} is granted with {kept} hours of retention, and this asks for {wanted}"));
        }
        if let Some(until) = granted.until.filter(|until| permission.until > Some(*until)) {
            add(format!("{key} is granted until {}, and this asks for longer", show_date(until)));
        }
        let is_other = |question: &Question| {
            permission.answer(*question).is_some_and(|answer| granted.answer(*question) != Some(answer))
        };
        for question in PROMISES.into_iter().filter(is_other) {
            add(format!("{key} is granted with another answer to “{}”", question.label()));
        }
    }
    beyond
}

/// The copies that are kept for longer than the data of what they hold may be, by what is granted.
pub(super) fn copies_beyond_grants(now: &Declaration, granted: &[DeclaredPermission]) -> Vec<Fault> {
    let hours = |retention: Option<Retention>| retention.map_or(0, Retention::in_hours);
    let mut beyond = Vec::new();
    for (n, copy) in now.compliance.storage.iter().enumerate() {
        let is_beyond = |granted: &&DeclaredPermission| {
            copy.permissions.contains(&granted.key) && hours(copy.retention) > hours(granted.retention)
        };
        beyond.extend(granted.iter().filter(is_beyond).map(|granted| {
            let (key, kept, wanted) = (&granted.key, hours(granted.retention), hours(copy.retention));
            let message = format!(
                "{key} is granted with {kept} hours of retention, and this copy is kept for {wanted}: submit a permission justification for it"
            );
            Fault { pointer: format!("/compliance/storage/{n}/retention_hours"), message }
        }));
    }
    beyond
}

/// The permissions that are granted and of which less is asked for.
pub(super) fn unneeded(now: &Declaration, granted: &[DeclaredPermission]) -> Vec<PermissionKey> {
    let is_needed = |granted: &DeclaredPermission| {
        let asked = now.permissions.iter().find(|permission| permission.key == granted.key);
        asked.is_some_and(|asked| {
            let has_fields = asked.fields.is_empty() || granted.fields.is_subset(&asked.fields);
            has_fields && asked.retention.is_none_or(|asked| Some(asked) >= granted.retention)
        })
    };
    granted.iter().filter(|granted| !is_needed(granted)).map(|granted| granted.key.clone()).collect()
}

/// What besides permissions is more than in every one of these, each at its place.
pub(super) fn added(now: &Declaration, before: &[&Declaration], stage: Stage) -> Vec<Fault> {
    let mut added = ENDPOINTS.added(now, before, stage);
    added.extend(WORKFLOWS.added(now, before, stage));
    added.extend(COMPONENTS.added(now, before, stage));
    added.extend(COPIES.added(now, before, stage));
    added
}

/// A list of a declaration each entry of which is scope.
struct Listed<T: 'static> {
    /// Where it stands in the file.
    pointer: &'static str,
    list: fn(&Declaration) -> &[T],
    name: fn(&T) -> &str,
    /// Whether two entries are of the same thing.
    is_same: fn(&T, &T) -> bool,
    /// Whether the first asks for no more than the second, which is of the same thing.
    is_within: fn(&T, &T) -> bool,
}

impl<T: 'static> Listed<T> {
    fn added(&self, now: &Declaration, before: &[&Declaration], stage: Stage) -> Vec<Fault> {
        let known: Vec<&T> = before.iter().flat_map(|declaration| (self.list)(declaration)).collect();
        let mut added = Vec::new();
        for (n, item) in (self.list)(now).iter().enumerate() {
            let same: Vec<&T> = known.iter().copied().filter(|other| (self.is_same)(item, other)).collect();
            if same.iter().any(|other| (self.is_within)(item, other)) {
                continue;
            }
            let name = (self.name)(item);
            let what =
                if same.is_empty() { format!("Take out {name}") } else { format!("Narrow {name} to what it was") };
            let message = format!("{what}: in {} nothing is added", stage.label());
            added.push(Fault { pointer: format!("{}/{n}", self.pointer), message });
        }
        added
    }
}

static ENDPOINTS: Listed<Endpoint> = Listed {
    pointer: "/api/endpoints",
    list: |declaration| declaration.api.as_ref().map(|api| api.endpoints.as_slice()).unwrap_or_default(),
    name: |endpoint| &endpoint.path,
    is_same: |one, other| one.path == other.path,
    is_within: |now, before| now.permissions.is_subset(&before.permissions) && is_rate_within(now.rate, before.rate),
};

static WORKFLOWS: Listed<Workflow> = Listed {
    pointer: "/workflows",
    list: |declaration| &declaration.workflows,
    name: |workflow| &workflow.name,
    is_same: |one, other| one.name == other.name && one.kind == other.kind,
    is_within: |now, before| {
        now.permissions.is_subset(&before.permissions) && (before.is_predictive || !now.is_predictive)
    },
};

static COMPONENTS: Listed<Component> = Listed {
    pointer: "/extension/components",
    list: |declaration| {
        declaration.extension.as_ref().map(|extension| extension.components.as_slice()).unwrap_or_default()
    },
    name: |component| &component.name,
    is_same: |one, other| one.name == other.name && one.kind == other.kind,
    is_within: |now, before| {
        let has = |key: &PermissionKey| before.permissions.as_ref().is_some_and(|keys| keys.contains(key));
        now.permissions.iter().flatten().all(has) && now.overrides.is_subset(&before.overrides)
    },
};

static COPIES: Listed<Storage> = Listed {
    pointer: "/compliance/storage",
    list: |declaration| &declaration.compliance.storage,
    name: |_| "this copy of the data",
    is_same: |one, other| one.place == other.place,
    // Nobody can tell whether readers in other words are more of them.
    is_within: |now, before| {
        now.permissions.is_subset(&before.permissions)
            && now.retention <= before.retention
            && (now.readers.is_none() || now.readers == before.readers)
    },
};

fn is_rate_within(now: Rate, before: Rate) -> bool {
    match (now, before) {
        (Rate::Unsaid, _) | (_, Rate::Unlimited) => true,
        (Rate::PerMinute(now), Rate::PerMinute(before)) => now <= before,
        (Rate::Unlimited, _) | (Rate::PerMinute(_), Rate::Unsaid) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        manifest::parse,
        policy::tests::{any_declaration, catalogue},
    };

    const BEFORE: &str = r#"{
        "permissions": [{
            "key": "read:items.status", "fields": ["items.id", "items.status"],
            "retention_hours": 24, "until": "2027-03-31", "purpose": "To show what is open"
        }],
        "api": { "endpoints": [{ "path": "GET /v1/items", "rate_per_minute": 60 }] },
        "workflows": [{ "name": "Prepare", "kind": "triggered", "permissions": ["workflow:dispute.prepare"] }],
        "extension": { "components": [{ "name": "Panel", "kind": "ui", "permissions": ["read:items.status"] }] },
        "compliance": { "storage": [{
            "place": "Frankfurt", "permissions": ["read:items.status"], "retention_hours": 24, "readers": "Two people"
        }] }
    }"#;

    fn of(text: &str) -> Manifest {
        Manifest::of(&parse(text).unwrap(), &catalogue())
    }

    fn told(faults: Vec<Fault>) -> Vec<String> {
        faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.message)).collect()
    }

    #[test]
    fn more_than_is_granted_is_named() {
        let granted = of(BEFORE).declaration.permissions;
        let beyond = |text: &str| told(beyond_grants(&of(text), &granted));
        for within in [
            BEFORE,
            r#"{ "permissions": ["read:items.status"] }"#,
            r#"{ "permissions": [{ "key": "read:items.status", "fields": ["items.id"], "until": "2027-01-01" }] }"#,
            r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 0 }] }"#,
            r#"{ "permissions": [{ "key": "read:items.status", "if_refused": "People call us" }] }"#,
            "{}",
        ] {
            assert_eq!(beyond(within), [""; 0], "{within}");
        }
        let wider = r#"{ "permissions": ["read:items.none", "write:disputes.selection", {
            "key": "read:items.status", "fields": ["items.id", "items.type"],
            "retention_hours": 25, "until": "2027-04-01", "purpose": "To sell it", "consent": "Once" }] }"#;
        let says = [
            "/permissions/1 write:disputes.selection is not granted",
            "/permissions/2 read:items.status is granted without items.type",
            "/permissions/2 read:items.status is granted with 24 hours of retention, and this asks for 25",
            "/permissions/2 read:items.status is granted until Wed 31 Mar 2027, and this asks for longer",
            "/permissions/2 read:items.status is granted with another answer to “What will you use it for?”",
            "/permissions/2 read:items.status is granted with another answer to “Where does the person consent?”",
        ];
        assert_eq!(beyond(wider), says.map(|says| format!("{says}: submit a permission justification for it")));
    }

    #[test]
    fn less_than_is_granted_is_told() {
        let granted = of(BEFORE).declaration.permissions;
        for (text, is_less) in [
            (BEFORE, false),
            (r#"{ "permissions": ["read:items.status"] }"#, false),
            (r#"{ "permissions": ["read:items.summary"] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "fields": ["items.id"] }] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 23 }] }"#, true),
            (r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 24 }] }"#, false),
        ] {
            let keys = unneeded(&of(text).declaration, &granted);
            assert_eq!(keys.iter().any(|key| key.as_str() == "read:items.status"), is_less, "{text}");
        }
    }

    #[test]
    fn each_thing_that_is_new_or_wider_is_named_at_its_place() {
        let before = of(BEFORE).declaration;
        let added = |text: &str| told(added(&of(text).declaration, &[&before], Stage::Maintenance));
        let endpoints = |list: &str| format!(r#"{{ "api": {{ "endpoints": [{list}] }} }}"#);
        let workflow = |fields: &str| format!(r#"{{ "workflows": [{{ "name": "Prepare", {fields} }}] }}"#);
        let components = |list: &str| format!(r#"{{ "extension": {{ "components": [{list}] }} }}"#);
        let copies = |list: &str| format!(r#"{{ "compliance": {{ "storage": [{list}] }} }}"#);
        for (text, says) in [
            (BEFORE.to_owned(), &[][..]),
            ("{}".to_owned(), &[]),
            (endpoints(r#"{ "path": "GET /v1/items" }"#), &[]),
            (
                endpoints(r#"{ "path": "GET /v1/items", "rate_per_minute": 60 }, { "path": "GET /v1/notes" }"#),
                &["/api/endpoints/1 Take out GET /v1/notes"],
            ),
            (
                endpoints(r#"{ "path": "GET /v1/items", "rate_per_minute": 61 }"#),
                &["/api/endpoints/0 Narrow GET /v1/items to what it was"],
            ),
            (
                endpoints(r#"{ "path": "GET /v1/items", "permissions": ["read:items.status"] }"#),
                &["/api/endpoints/0 Narrow GET /v1/items to what it was"],
            ),
            (workflow(r#""kind": "triggered", "version": "2""#), &[]),
            (workflow(r#""kind": "triggered", "predictive": true"#), &["/workflows/0 Narrow Prepare to what it was"]),
            (workflow(r#""kind": "dependent""#), &["/workflows/0 Take out Prepare"]),
            (components(r#"{ "name": "Panel", "kind": "ui" }"#), &[]),
            (
                components(r#"{ "name": "Panel", "kind": "ui", "permissions": ["read:items.type"] }"#),
                &["/extension/components/0 Narrow Panel to what it was"],
            ),
            (
                copies(r#"{ "place": "Frankfurt", "retention_hours": 24, "readers": "Everybody" }"#),
                &["/compliance/storage/0 Narrow this copy of the data to what it was"],
            ),
            (copies(r#"{ "place": "Frankfurt", "permissions": ["read:items.status"], "retention_hours": 24 }"#), &[]),
            (
                copies(r#"{ "place": "Frankfurt", "permissions": ["read:items.type"] }"#),
                &["/compliance/storage/0 Narrow this copy of the data to what it was"],
            ),
            (
                copies(r#"{ "place": "Frankfurt", "retention_hours": 25 }, { "place": "Dublin" }"#),
                &[
                    "/compliance/storage/0 Narrow this copy of the data to what it was",
                    "/compliance/storage/1 Take out this copy of the data",
                ],
            ),
        ] {
            let says: Vec<_> = says.iter().map(|says| format!("{says}: in Maintenance nothing is added")).collect();
            assert_eq!(added(&text), says, "{text}");
        }
    }

    #[test]
    fn a_bound_that_was_dropped_is_not_set_anew() {
        let unbounded = of(r#"{ "api": { "endpoints": [{ "path": "GET /v1/items" }] } }"#).declaration;
        let again = of(r#"{ "api": { "endpoints": [{ "path": "GET /v1/items", "rate_per_minute": 6000 }] } }"#);
        assert_eq!(added(&again.declaration, &[&unbounded], Stage::Maintenance).len(), 1);
        let approved = of(BEFORE).declaration;
        let back = of(r#"{ "api": { "endpoints": [{ "path": "GET /v1/items", "rate_per_minute": 60 }] } }"#);
        let before = [&approved, &unbounded];
        assert_eq!(added(&back.declaration, &before, Stage::Maintenance), [], "what was approved is not added");
    }

    proptest! {
        #[test]
        fn nothing_is_more_than_itself_and_less_adds_nothing(
            declaration in any_declaration(), at in any::<prop::sample::Index>(),
        ) {
            prop_assert_eq!(added(&declaration, &[&declaration], Stage::Maintenance), vec![]);
            let mut fewer = declaration.clone();
            if !fewer.workflows.is_empty() {
                fewer.workflows.remove(at.index(declaration.workflows.len()));
            }
            fewer.api = None;
            fewer.compliance.storage.clear();
            prop_assert_eq!(added(&fewer, &[&declaration], Stage::Maintenance), vec![]);
        }

        #[test]
        fn more_that_was_before_never_adds_anything(
            now in any_declaration(), before in any_declaration(), other in any_declaration(),
        ) {
            let few = added(&now, &[&before], Stage::Maintenance).len();
            prop_assert!(added(&now, &[&before, &other], Stage::Maintenance).len() <= few);
        }

        #[test]
        fn whatever_is_within_the_grants_is_within_each_of_them(now in any_declaration(), before in any_declaration()) {
            let manifest = Manifest {
                places: (0..now.permissions.len()).collect(),
                bare: vec![false; now.permissions.len()],
                declaration: now,
                refused: vec![],
                faults: vec![],
                layers: None,
                extension_at: "/extension",
            };
            let is_within = beyond_grants(&manifest, &before.permissions).is_empty();
            let is_subset = manifest.declaration.permissions.iter().all(|permission| {
                let granted = before.permissions.iter().find(|granted| granted.key == permission.key);
                let is_kept = |granted: &DeclaredPermission, question| {
                    permission.answer(question).is_none() || permission.answer(question) == granted.answer(question)
                };
                granted.is_some_and(|granted| {
                    PROMISES.into_iter().all(|question| is_kept(granted, question))
                        && permission.fields.is_subset(&granted.fields)
                        && permission.retention <= granted.retention
                        && (permission.until <= granted.until || granted.until.is_none())
                })
            });
            prop_assert_eq!(is_within, is_subset);
        }
    }
}
