//! What the rules say of a manifest, each at its place in the file.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Fault, MOST_OF_A_KIND, Manifest, ManifestFile, parse};
use crate::{
    declaration::{Declaration, Part},
    integration::{Layers, Stage},
    partner::Tier,
    permission::Catalogue,
    policy::{Context, DECLARED, EXPLICIT, Finding, LAYER, Place, Rule, Verdict, evaluate},
};

/// The most that a manifest lists, in all its lists together. A real one lists some dozens of things; what is found in each
/// has to be told, and a small file of empty entries must not be answered with a large one.
const MOST_ENTRIES: usize = 100_000;

/// What is said of a manifest that asks for nothing.
pub(super) const NOTHING_ASKED: &str = "Declare at least one permission";

/// What was found in a manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    /// What cannot be read as what it should be.
    pub faults: Vec<Fault>,
    /// What the rules found, the gravest first.
    pub findings: Vec<Located>,
}

impl Lint {
    /// Whether it could never be submitted as it is.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        !self.faults.is_empty() || self.findings.iter().any(|found| found.rule.verdict == Verdict::Forbidden)
    }

    /// Whether it may be submitted as it is.
    #[must_use]
    pub fn may_submit(&self) -> bool {
        self.faults.is_empty() && self.findings.iter().all(|found| found.rule.verdict.may_submit())
    }
}

/// A finding at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The rule.
    pub rule: &'static Rule,
    /// What is wrong and how to mend it, in one sentence without a full stop.
    pub message: String,
    /// Whether the rule forbids that something is not said, and nothing that is.
    pub is_unanswered: bool,
}

/// Reads the text of a manifest against the rules, for a partner of that tier on that day. Any text gets an answer.
#[must_use]
pub fn lint(text: &str, tier: Tier, catalogue: &Catalogue, today: NaiveDate) -> Lint {
    match parse(text).and_then(bounded) {
        Ok(file) => lint_file(&file, tier, catalogue, today),
        Err(fault) => Lint { faults: vec![fault], findings: vec![] },
    }
}

/// Refuses a manifest that lists more than is read.
pub(super) fn bounded(file: ManifestFile) -> Result<ManifestFile, Fault> {
    let too_many = |pointer: &str, most: usize, count: usize| {
        let message = format!("List at most {most} things here; these are {count}");
        Err(Fault { pointer: pointer.to_owned(), message })
    };
    let lists = [
        ("/api/endpoints", file.api.as_ref().map_or(0, |api| api.endpoints.len())),
        ("/workflows", file.workflows.len()),
        ("/extension/components", file.extension.as_ref().map_or(0, |extension| extension.components.len())),
        ("/compliance/storage", file.compliance.as_ref().map_or(0, |compliance| compliance.storage.len())),
    ];
    if let Some((pointer, count)) = lists.into_iter().find(|(_, count)| *count > MOST_OF_A_KIND) {
        return too_many(pointer, MOST_OF_A_KIND, count);
    }
    match entries(&file) {
        ..=MOST_ENTRIES => Ok(file),
        count => too_many("", MOST_ENTRIES, count),
    }
}

/// How much a manifest lists, in all its lists together.
fn entries(file: &ManifestFile) -> usize {
    let permissions = file.permissions.iter().map(|it| 1 + it.fields.len());
    let endpoints = file.api.iter().flat_map(|api| &api.endpoints).map(|it| 1 + it.permissions.len());
    let workflows = file.workflows.iter().map(|it| 1 + it.permissions.len());
    let components = file.extension.iter().flat_map(|extension| &extension.components);
    let components = components.map(|it| 1 + it.permissions.as_ref().map_or(0, Vec::len) + it.overrides.len());
    let compliance = || file.compliance.iter();
    let sharing = compliance().map(|it| it.shares_with.len());
    let copies = compliance().flat_map(|it| &it.storage).map(|it| 1 + it.permissions.len());
    permissions.chain(endpoints).chain(workflows).chain(components).chain(sharing).chain(copies).sum()
}

fn lint_file(file: &ManifestFile, tier: Tier, catalogue: &Catalogue, today: NaiveDate) -> Lint {
    let manifest = Manifest::of(file, catalogue);
    // A file of permissions alone says nothing of its layers: then none is held against them, and one is asked for.
    let all = || Layers::parse(["api", "workflow", "extension"]).ok();
    let Some(layers) = manifest.layers.clone().or_else(all) else { return Lint::default() };
    let context = Context { tier, layers: &layers, stage: Stage::Active, granted: &[], today };
    let mut lint = manifest.lint(catalogue, context);
    if manifest.layers.is_none() {
        lint.findings.retain(|found| *found.rule != DECLARED);
        let message = "Say what it does in one layer at least".to_owned();
        lint.findings.push(Located { pointer: String::new(), rule: &DECLARED, message, is_unanswered: false });
    }
    if manifest.is_empty() {
        let message = NOTHING_ASKED.to_owned();
        let pointer = "/permissions".to_owned();
        lint.findings.push(Located { pointer, rule: &EXPLICIT, message, is_unanswered: false });
    }
    lint.findings.sort_by_key(|found| found.rule.verdict);
    lint.faults.extend(manifest.repeated());
    lint
}

impl Manifest {
    /// What cannot be read in it, and what the rules find in the rest, each at its place in the file.
    #[must_use]
    pub fn lint(&self, catalogue: &Catalogue, context: Context<'_>) -> Lint {
        let found = evaluate(&self.declaration, catalogue, context);
        let refused = self.refused.iter().map(|refused| Located {
            pointer: refused.pointer.clone(),
            rule: refused.rule,
            message: refused.message.clone(),
            is_unanswered: false,
        });
        // What was said and cannot be read was answered.
        let pointers = self.faults.iter().map(|it| &it.pointer).chain(self.refused.iter().map(|it| &it.pointer));
        let said: BTreeSet<_> = pointers.map(String::as_str).collect();
        let is_said = |at: &str| {
            let within = format!("{at}/");
            said.contains(at) || said.range(&*within..).next().is_some_and(|first| first.starts_with(&within))
        };
        let found = found.into_iter().map(|finding| located(finding, self));
        let found = found.filter(|located| !located.is_unanswered || !is_said(&located.pointer));
        let mut findings: Vec<_> = refused.chain(found).collect();
        findings.sort_by_key(|found| found.rule.verdict);
        Lint { faults: self.faults.clone(), findings }
    }
}

fn located(finding: Finding, manifest: &Manifest) -> Located {
    let Finding { rule, place, message, is_unanswered } = finding;
    let Manifest { declaration, places, bare, extension_at, .. } = manifest;
    let layout = Layout { declaration, places, bare, extension_at };
    Located { pointer: layout.pointer(rule, place), rule, message, is_unanswered }
}

/// Where in the manifest of a declaration, as that is exported, stands what a rule found, as a JSON pointer (RFC 6901). Of
/// what is known without its field, it is the part.
#[must_use]
pub fn pointer(rule: &Rule, place: Place, declaration: &Declaration) -> String {
    // Each permission is written at its own place, never as its key alone.
    Layout { declaration, places: &[], bare: &[], extension_at: "/extension" }.pointer(rule, place)
}

/// How a declaration stands in a file: see [`Manifest`].
struct Layout<'m> {
    declaration: &'m Declaration,
    places: &'m [usize],
    bare: &'m [bool],
    extension_at: &'m str,
}

impl Layout<'_> {
    /// Where in the file a place of the declaration stands; what is not there has the place where it belongs.
    fn pointer(&self, rule: &Rule, place: Place) -> String {
        let Place { part, field } = place;
        // What is there or is not as a whole has no field; nor has a key that stands alone.
        let is_whole = || *rule == DECLARED || *rule == LAYER;
        let within = |at: String| if field.is_empty() { at } else { format!("{at}/{field}") };
        match part {
            Part::Permission(n) => {
                let at = format!("/permissions/{}", self.places.get(n).copied().unwrap_or(n));
                match field {
                    _ if self.bare.get(n).is_some_and(|is_bare| *is_bare) => at,
                    "permission" => format!("{at}/key"),
                    "retention" => format!("{at}/retention_hours"),
                    _ => within(at),
                }
            }
            Part::Api if is_whole() => "/api".to_owned(),
            Part::Api => within("/api".to_owned()),
            Part::Endpoint(n) => within(format!("/api/endpoints/{n}")),
            Part::Workflow(_) if is_whole() => "/workflows".to_owned(),
            Part::Workflow(n) => within(format!("/workflows/{n}")),
            Part::Extension if *rule == LAYER => self.extension_at.to_owned(),
            Part::Extension if is_whole() => "/extension".to_owned(),
            Part::Extension => match field {
                "" | "sandbox" | "components" => within("/extension".to_owned()),
                "compatibility" => "/compatibility/kwanus".to_owned(),
                field => format!("/{field}"),
            },
            Part::Component(n) => within(format!("/extension/components/{n}")),
            Part::Compliance => within("/compliance".to_owned()),
            Part::Storage(n) if n >= self.declaration.compliance.storage.len() => "/compliance/storage".to_owned(),
            Part::Storage(n) => within(format!("/compliance/storage/{n}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::{
        Asked, ask,
        tests::{any_declaration, catalogue},
    };

    fn linted(text: &str) -> Lint {
        lint(text, Tier::Two, &catalogue(), "2026-11-18".parse().unwrap())
    }

    fn at(lint: &Lint, id: &str) -> Vec<String> {
        lint.findings.iter().filter(|found| found.rule.id == id).map(|found| found.pointer.clone()).collect()
    }

    #[test]
    fn the_manifest_of_an_extension_is_read_as_it_is_and_what_is_missing_is_said() {
        let lint = linted(
            r#"{ "id": "org.example.timeline", "name": "Timeline", "version": "1.4.0", "description": "Shows debts",
                "permissions": ["read:items.status", "read:items", "read:raw-report-text"],
                "entry": "dist/index.js", "compatibility": { "kwanus": ">=4.2, <6" } }"#,
        );
        assert_eq!(lint.faults, []);
        assert!(lint.is_forbidden());
        assert_eq!(at(&lint, "PIS-6.broad"), ["/permissions/1"]);
        assert_eq!(at(&lint, "PIS-7.forbidden-data"), ["/permissions/2"]);
        let open = lint.findings.iter().filter(|found| found.rule.id == "PIS-3.unbounded");
        let open: Vec<_> = open.map(|found| (&*found.pointer, found.is_unanswered, &*found.message)).collect();
        let latest = "Choose the last day on which you need it, Thu 18 Nov 2027 or earlier";
        // A key alone has no fields to point at.
        let expected = [("/permissions/0", true, "Choose the fields that you need"), ("/permissions/0", true, latest)];
        assert_eq!(open, expected, "each once");
        assert_eq!(at(&lint, "PIS-5.sandbox"), ["/extension/sandbox"]);
        assert_eq!(at(&lint, "PIS-5.manifest"), [""; 0]);
        assert_eq!(at(&lint, "PIS-8.protection"), ["/compliance/protection"]);
        assert_eq!(lint.findings[0].rule.verdict, Verdict::Forbidden, "the gravest first");
    }

    #[test]
    fn what_nobody_knows_is_refused_by_name_and_place() {
        for (text, pointer, says) in [
            (r#"{ "permisions": [] }"#, "/permisions", "permisions"),
            (r#"{ "workflows": [{ "name": "a" }, { "versoin": "1" }] }"#, "/workflows/1/versoin", "versoin"),
            (r#"{ "permissions": [{ "key": "read:items.status", "field": [] }] }"#, "/permissions/0/field", "field"),
            (r#"{ "permissions": [7] }"#, "/permissions/0", "the key of a permission"),
            ("{", "", "EOF"),
            ("{} x", "", "trailing"),
            ("[]", "", "JSON object"),
        ] {
            let lint = linted(text);
            let [fault] = &lint.faults[..] else { panic!("{text}: {lint:?}") };
            assert_eq!(fault.pointer, pointer, "{text}: {fault:?}");
            assert!(fault.message.contains(says), "{text}: {fault:?}");
        }
    }

    #[test]
    fn every_value_that_cannot_be_read_is_a_fault_at_its_place() {
        let lint = linted(
            r#"{ "permissions": [{ "key": "read:items.status", "fields": ["items", "items.*"], "until": "soon", "purpose": "a\u202eb" }],
                "workflows": [{ "name": "a", "kind": "other" }],
                "api": { "endpoints": [{ "path": "GET /v1/a", "permissions": ["*"], "rate_per_minute": "often" }] },
                "extension": { "components": [{ "name": "b", "kind": "page", "overrides": ["all"] }] },
                "compliance": { "audit_contact": "nobody" } }"#,
        );
        let pointers: Vec<_> = lint.faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/permissions/0/fields/0",
                "/permissions/0/purpose",
                "/permissions/0/until",
                "/api/endpoints/0/rate_per_minute",
                "/workflows/0/kind",
                "/extension/components/0/overrides/0",
                "/extension/components/0/kind",
                "/compliance/audit_contact",
            ]
        );
        assert_eq!(at(&lint, "PIS-6.wildcard"), ["/permissions/0/fields/1", "/api/endpoints/0/permissions/0"]);
        assert_eq!(at(&lint, "PIS-3.unbounded"), [""; 0], "what was said and cannot be read was answered");
    }

    #[test]
    fn what_a_part_needs_is_asked_for_as_in_the_list_of_permissions() {
        let lint = linted(
            r#"{ "permissions": ["read:items.status"], "api": { "endpoints": [
                { "path": "GET /v1/items", "permissions": [" Read:Items.Status "] },
                { "path": "GET /v1/items", "permissions": ["read:items", "items", "read:items.type"] }
            ] } }"#,
        );
        assert_eq!(lint.faults, []);
        assert_eq!(at(&lint, "PIS-6.implicit"), [""; 0]);
        assert_eq!(at(&lint, "PIS-6.broad"), ["/api/endpoints/1/permissions/1", "/api/endpoints/1/permissions"]);
        assert_eq!(at(&lint, "PIS-6.partner-defined"), ["/api/endpoints/1/permissions"]);
        assert!(
            lint.findings
                .iter()
                .filter(|found| found.rule.id == "PIS-6.broad")
                .all(|found| found.message.contains("read:items.status"))
        );
    }

    #[test]
    fn a_finding_points_at_what_is_there_or_where_it_belongs() {
        let text = r#"{ "permissions": ["workflow:dispute.prepare", { "key": "read:items.*" },
            { "key": "workflow:dispute.prepare", "fields": [] }, { "key": "read:items.status", "retention_hours": 30 }],
            "workflows": [{ "name": "a", "kind": "triggered" }], "entry": "index.js" }"#;
        let manifest = Manifest::of(&parse(text).unwrap(), &catalogue());
        let layers = Layers::parse(["api"]).unwrap();
        let today = "2026-11-18".parse().unwrap();
        let context = Context { tier: Tier::One, layers: &layers, stage: Stage::Active, granted: &[], today };
        let lint = manifest.lint(&catalogue(), context);
        assert_eq!(at(&lint, "PIS-2.layer"), ["/permissions/0", "/permissions/2/key", "/workflows", "/entry"]);
        assert_eq!(at(&lint, "PIS-2.declared"), ["/api"]);
        assert_eq!(at(&lint, "PIS-6.wildcard"), ["/permissions/1/key"]);
        assert_eq!(at(&lint, "PIS-3.workflow-tier"), ["/permissions/0", "/permissions/2/key"]);
        assert_eq!(at(&lint, "PCS.long-retention"), ["/permissions/3/retention_hours"]);
        assert_eq!(at(&lint, "PIS-7.copy-declared"), ["/compliance/storage"]);
        let all = Layers::parse(["api", "workflow", "extension"]).unwrap();
        let none = Manifest::of(&parse("{}").unwrap(), &catalogue());
        let lint = none.lint(&catalogue(), Context { layers: &all, ..context });
        assert_eq!(at(&lint, "PIS-2.declared"), ["/api", "/workflows", "/extension"]);
        let nested = Manifest::of(&parse(r#"{ "extension": {} }"#).unwrap(), &catalogue());
        assert_eq!(at(&nested.lint(&catalogue(), context), "PIS-2.layer"), ["/extension"]);
    }

    #[test]
    fn what_is_known_without_its_field_stands_at_its_part() {
        let declaration = crate::policy::tests::sound();
        let copies = declaration.compliance.storage.len();
        for (part, expected) in [
            (Part::Permission(1), "/permissions/1"),
            (Part::Api, "/api"),
            (Part::Endpoint(0), "/api/endpoints/0"),
            (Part::Workflow(0), "/workflows/0"),
            (Part::Extension, "/extension"),
            (Part::Component(0), "/extension/components/0"),
            (Part::Compliance, "/compliance"),
            (Part::Storage(copies), "/compliance/storage"),
        ] {
            assert_eq!(pointer(&EXPLICIT, Place { part, field: "" }, &declaration), expected);
        }
        let retention = Place { part: Part::Permission(0), field: "retention" };
        assert_eq!(pointer(&EXPLICIT, retention, &declaration), "/permissions/0/retention_hours");
    }

    #[test]
    fn what_a_site_would_not_take_is_not_passed_over() {
        assert_eq!(at(&linted("{}"), "PIS-6.explicit"), ["/permissions"]);
        assert!(!linted("{}").is_forbidden() && !linted("{}").may_submit());
        let refused = linted(r#"{ "permissions": ["read:items"] }"#);
        assert_eq!(at(&refused, "PIS-6.explicit"), [""; 0], "something is asked for, if in vain");
        let elsewhere = linted(r#"{ "workflows": [{ "name": "a", "kind": "triggered", "permissions": ["*"] }] }"#);
        assert_eq!(at(&elsewhere, "PIS-6.explicit"), ["/permissions"]);
        let twice = linted(r#"{ "permissions": ["read:items.status", "read:items", "read:items.status"] }"#);
        assert_eq!(twice.faults.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>(), ["/permissions/2"]);
        let once = linted(r#"{ "permissions": ["read:items.status", "read:items.summary"] }"#);
        assert_eq!(once.faults, []);
    }

    #[test]
    fn a_manifest_says_what_it_does_in_one_layer_at_least() {
        let whole = ManifestFile::from(&crate::policy::tests::sound());
        let of_permissions =
            ManifestFile { api: None, workflows: vec![], extension: None, entry: None, ..whole.clone() };
        let text = |file: &ManifestFile| serde_json::to_string(file).unwrap();
        assert!(linted(&text(&whole)).may_submit());
        let lint = linted(&text(&of_permissions));
        let said: Vec<_> = lint.findings.iter().map(|it| (it.rule.id, &*it.pointer, &*it.message)).collect();
        assert_eq!(said, [("PIS-2.declared", "", "Say what it does in one layer at least")]);
        assert!(!lint.may_submit() && !lint.is_forbidden());
        let one = linted(&text(&ManifestFile { api: whole.api.clone(), ..of_permissions }));
        assert_eq!(at(&one, "PIS-2.declared"), [""; 0]);
    }

    #[test]
    fn a_last_day_that_is_none_or_beyond_what_can_be_kept_is_a_fault() {
        let faults = |until: &str| {
            linted(&format!(r#"{{ "permissions": [{{ "key": "read:items.status", "until": "{until}" }}] }}"#)).faults
        };
        for until in ["soon", "-9999-01-01", "+262142-12-31", "2027-3-1", "2027-02-30"] {
            assert_eq!(faults(until).len(), 1, "{until}");
        }
        for until in ["2027-03-31", " 2027-03-31 ", "", "never", "Forever", "Indefinitely"] {
            assert_eq!(faults(until), [], "{until}");
        }
    }

    #[test]
    fn what_has_no_bound_is_refused_by_the_rule_that_wants_one() {
        for (said, pointer) in [
            (r#""permissions": [{ "key": "read:items.status", "fields": ["*"], "until": "2027-03-31" }]"#, ""),
            (
                r#""permissions": [{ "key": "read:items.status", "fields": ["items.status"], "until": "indefinitely" }]"#,
                "/permissions/0/until",
            ),
            (
                r#""api": { "endpoints": [{ "path": "GET /v1/items", "rate_per_minute": "Unlimited" }] }"#,
                "/api/endpoints/0/rate_per_minute",
            ),
        ] {
            let lint = linted(&format!("{{ {said} }}"));
            assert_eq!(lint.faults, [], "{said}");
            let open = lint.findings.iter().filter(|found| found.rule.id == "PIS-3.unbounded");
            let open: Vec<_> = open.map(|found| (&*found.pointer, found.is_unanswered)).collect();
            let expected = if pointer.is_empty() { vec![] } else { vec![(pointer, false)] };
            assert_eq!(open, expected, "{said}");
            let wild = if pointer.is_empty() { vec!["/permissions/0/fields/0".to_owned()] } else { vec![] };
            assert_eq!(at(&lint, "PIS-6.wildcard"), wild, "{said}");
        }
    }

    #[test]
    fn a_number_that_is_none_is_told_what_to_write() {
        let (hours, calls) = ("Write whole hours, such as 24", "Write a whole number of calls a minute, such as 60");
        for typed in ["-1", "24.5", "1e300", "4294967296", "[]", "true"] {
            for (text, pointer, says) in [
                (r#"{ "permissions": [{ "retention_hours": N }] }"#, "/permissions/0/retention_hours", hours),
                (
                    r#"{ "compliance": { "storage": [{ "retention_hours": N }] } }"#,
                    "/compliance/storage/0/retention_hours",
                    hours,
                ),
                (
                    r#"{ "api": { "endpoints": [{ "rate_per_minute": N }] } }"#,
                    "/api/endpoints/0/rate_per_minute",
                    calls,
                ),
            ] {
                let text = text.replace('N', typed);
                let fault = Fault { pointer: pointer.to_owned(), message: says.to_owned() };
                assert_eq!(linted(&text).faults, [fault], "{text}");
            }
        }
        let lint = linted(r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": "24" }] }"#);
        assert_eq!(lint.faults[0].message, hours);
        let lint = linted(r#"{ "permissions": [{ "key": "read:items.status", "retention_hours": 25.0 }] }"#);
        assert_eq!((lint.faults.len(), at(&lint, "PCS.long-retention").len()), (0, 1));
    }

    #[test]
    fn what_has_fields_is_an_object_and_never_a_list_of_their_values() {
        for (text, pointer) in [
            (r#"{ "api": ["contract", true, true, []] }"#, "/api"),
            (r#"{ "api": { "endpoints": [["GET /v1/items", [], 60]] } }"#, "/api/endpoints/0"),
            (r#"{ "workflows": [[]] }"#, "/workflows/0"),
            (r#"{ "compatibility": [">=4.2"] }"#, "/compatibility"),
            (r#"{ "extension": [] }"#, "/extension"),
            (r#"{ "extension": { "components": [["a", "ui"]] } }"#, "/extension/components/0"),
            (r#"{ "compliance": [] }"#, "/compliance"),
            (r#"{ "compliance": { "storage": [["here", 1]] } }"#, "/compliance/storage/0"),
            (r#"{ "permissions": [["read:items.status"]] }"#, "/permissions/0"),
        ] {
            let lint = linted(text);
            let [fault] = &lint.faults[..] else { panic!("{text}: {lint:?}") };
            assert_eq!(fault.pointer, pointer, "{text}: {fault:?}");
            assert!(fault.message.contains("sequence") && fault.message.contains("object"), "{text}: {fault:?}");
        }
        assert_eq!(linted(r#"{ "$schema": "https://kwanus.example/api/v1/schema/manifest.json" }"#).faults, []);
        assert_eq!(linted(r#"{ "$schema": 7 }"#).faults[0].pointer, "/$schema");
        assert_eq!(
            linted(r#"{ "api": { "endpoints": [{ "rate_per_minute": -1 }] } }"#).faults[0].pointer,
            "/api/endpoints/0/rate_per_minute"
        );
    }

    #[test]
    fn what_lists_or_says_too_much_is_told_so_and_nothing_is_repeated_at_length() {
        let many = format!(r#"{{ "api": {{ "endpoints": [{}{{}}] }} }}"#, "{},".repeat(100));
        let permissions = format!(r#"{{ "permissions": [{}""] }}"#, "\"\",".repeat(100_000));
        for (text, pointer, count) in [(many, "/api/endpoints", "101"), (permissions, "", "100001")] {
            let lint = linted(&text);
            let [fault] = &lint.faults[..] else { panic!("{}", lint.faults.len()) };
            assert_eq!((fault.pointer.as_str(), lint.findings.len()), (pointer, 0));
            assert!(fault.message.contains(count), "{fault:?}");
        }
        let long = format!(r#"{{ "workflows": [{{ "name": "{}", "kind": "triggered" }}] }}"#, "a".repeat(100_000));
        let lint = linted(&long);
        assert_eq!(lint.faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/workflows/0/name"]);
        assert!(!lint.findings.is_empty() && lint.findings.iter().all(|found| found.message.len() < 400), "{lint:?}");
    }

    proptest! {
        #[test]
        fn a_declaration_is_the_same_after_it_was_written_and_read(declaration in any_declaration()) {
            // What can never be had is in no declaration that was read.
            let catalogue = catalogue();
            let mut declaration = declaration;
            declaration.permissions.retain(|it| matches!(ask(it.key.as_str(), &catalogue), Asked::Entry(_)));
            let text = serde_json::to_string_pretty(&ManifestFile::from(&declaration)).unwrap();
            let manifest = Manifest::of(&parse(&text).unwrap(), &catalogue);
            prop_assert_eq!(manifest.faults, vec![]);
            prop_assert_eq!(manifest.declaration, declaration);
        }

        #[test]
        fn what_is_found_stands_where_it_does_in_what_is_exported(declaration in any_declaration()) {
            let catalogue = catalogue();
            let mut declaration = declaration;
            declaration.permissions.retain(|it| matches!(ask(it.key.as_str(), &catalogue), Asked::Entry(_)));
            let (layers, today) = (Layers::parse(["api"]).unwrap(), "2026-11-18".parse().unwrap());
            let context = Context { tier: Tier::Two, layers: &layers, stage: Stage::Active, granted: &[], today };
            let mut found = evaluate(&declaration, &catalogue, context);
            found.sort_by_key(Finding::verdict);
            let pointers: Vec<_> = found.iter().map(|it| pointer(it.rule, it.place, &declaration)).collect();
            let exported = Manifest::of(&ManifestFile::from(&declaration), &catalogue);
            let linted = exported.lint(&catalogue, context).findings.into_iter().map(|it| it.pointer);
            prop_assert_eq!(pointers, linted.collect::<Vec<_>>());
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC{0,200}") {
            linted(&text);
        }

        #[test]
        fn any_manifest_gets_an_answer(declaration in any_declaration(), cut in any::<prop::sample::Index>(), typed in ".{0,5}") {
            let mut text = serde_json::to_string(&ManifestFile::from(&declaration)).unwrap();
            let places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
            text.insert_str(*cut.get(&places), &typed);
            linted(&text);
        }
    }
}
