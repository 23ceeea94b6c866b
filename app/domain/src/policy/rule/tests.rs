//! Each rule by a declaration with which nothing is wrong, and by the nearest one with which something is.

mod any;
mod property;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub(crate) use any::any_declaration;

use super::{Context, RULES, Rule};
use crate::{
    account::Email,
    declaration::{
        Answer, Api, Compliance, Component, ComponentKind, Declaration, DeclaredPermission, Endpoint, Extension,
        Identity, Override, Part, Percent, Question, Rate, Reliability, Retention, Storage, Workflow, WorkflowKind,
    },
    integration::{Layers, Stage},
    partner::Tier,
    permission::{Catalogue, ClassKey, FieldName, PermissionKey},
    policy::{Finding, Verdict, ask, evaluate, evaluate::tests::catalogue},
};

fn answer() -> Answer {
    Answer::parse("As agreed").unwrap()
}

fn said(text: &str) -> Option<Answer> {
    Answer::parse(text).ok()
}

fn key(text: &str) -> PermissionKey {
    PermissionKey::parse(text).unwrap()
}

fn permission(text: &str, fields: &[&str]) -> DeclaredPermission {
    DeclaredPermission {
        key: key(text),
        fields: fields.iter().map(|name| FieldName::parse(name).unwrap()).collect(),
        answers: std::array::from_fn(|_| Some(answer())),
        retention: Some(Retention::hours(24)),
        until: Some("2027-05-18".parse().unwrap()),
        reason: Some(answer()),
    }
}

/// A copy of the data of these permissions.
fn copy(hours: Option<u32>, keys: &[&str]) -> Storage {
    Storage {
        place: Some(answer()),
        permissions: keys.iter().map(|text| key(text)).collect(),
        retention: hours.map(Retention::hours),
        readers: Some(answer()),
    }
}

fn workflow(kind: WorkflowKind) -> Workflow {
    Workflow {
        name: "prepare".to_owned(),
        kind,
        version: Some(answer()),
        permissions: [key("workflow:dispute.prepare")].into(),
        idempotent: Some(answer()),
        auditable: Some(answer()),
        reversible: Some(answer()),
        is_predictive: false,
        os_decides: Some(true),
        reliability: Reliability {
            target: Some(Percent::hundredths(9950)),
            status_page: said("https://status.orbit.example"),
            when_down: Some(answer()),
        },
    }
}

/// A declaration with which nothing is wrong: all three layers, at tier 2.
pub(crate) fn sound() -> Declaration {
    let component = Component {
        name: "panel".to_owned(),
        kind: ComponentKind::Ui,
        permissions: Some([key("read:items.status")].into()),
        overrides: BTreeSet::new(),
    };
    Declaration {
        permissions: vec![
            permission("read:items.status", &["items.status"]),
            permission("workflow:dispute.prepare", &["items.id"]),
        ],
        api: Some(Api {
            contract: Some(answer()),
            validates_permissions: true,
            logs_calls: true,
            endpoints: vec![Endpoint {
                path: "GET /v1/items".to_owned(),
                permissions: [key("read:items.status")].into(),
                rate: Rate::PerMinute(60),
            }],
        }),
        workflows: [WorkflowKind::Triggered, WorkflowKind::Enhanced, WorkflowKind::Dependent].map(workflow).into(),
        extension: Some(Extension {
            id: said("example.orbit.timeline"),
            version: said("1.4.0"),
            entry: said("dist/index.js"),
            compatibility: said(">=4.2, <6"),
            sandbox: Some(answer()),
            components: vec![component],
        }),
        compliance: Compliance {
            protection: Some(answer()),
            audit_contact: Some(Email::parse("audit@orbit.example").unwrap()),
            accepts_annual_review: true,
            tracks: Some(false),
            shares_with: vec![],
            storage: vec![],
        },
        identity: Identity::default(),
    }
}

fn today() -> NaiveDate {
    "2026-11-18".parse().unwrap()
}

fn found(declaration: &Declaration, tier: Tier, layers: &[&str], stage: Stage) -> Vec<Finding> {
    let layers = Layers::parse(layers.iter().copied()).unwrap();
    let granted = [permission("read:items.status", &["items.status"])];
    let context = Context { tier, layers: &layers, stage, granted: &granted, today: today() };
    evaluate(declaration, &catalogue(), context)
}

const ALL_LAYERS: &[&str] = &["api", "workflow", "extension"];

fn ids(declaration: &Declaration) -> Vec<&'static str> {
    let found = found(declaration, Tier::Two, ALL_LAYERS, Stage::Active);
    found.into_iter().map(|finding| finding.rule.id).collect()
}

type Spoil = fn(&mut Declaration);
type Step = fn(&mut Setting);

fn of_api(spoil: fn(&mut Api), declaration: &mut Declaration) {
    spoil(declaration.api.as_mut().unwrap());
}

fn of_endpoint(spoil: fn(&mut Endpoint), declaration: &mut Declaration) {
    spoil(&mut declaration.api.as_mut().unwrap().endpoints[0]);
}

fn of_extension(spoil: fn(&mut Extension), declaration: &mut Declaration) {
    spoil(declaration.extension.as_mut().unwrap());
}

fn of_component(spoil: fn(&mut Component), declaration: &mut Declaration) {
    spoil(&mut declaration.extension.as_mut().unwrap().components[0]);
}

fn unanswered(question: Question, declaration: &mut Declaration) {
    declaration.permissions[0].answers[question as usize] = None;
}

/// What breaks each rule, and as little else as can be.
const SPOILS: &[(&str, Spoil)] = &[
    ("PIS-3.write", |d| d.permissions.push(permission("write:disputes.selection", &["disputes.selection"]))),
    ("PIS-3.advanced", |d| d.permissions.push(permission("intelligence:bureau.summary", &["items.id"]))),
    ("PIS-6.intelligence-tier", |d| d.permissions.push(permission("intelligence:bureau.summary", &["items.id"]))),
    ("PIS-3.predictive", |d| d.workflows[0].is_predictive = true),
    ("PIS-3.reason", |d| {
        let write = permission("write:disputes.selection", &["disputes.selection"]);
        d.permissions.push(DeclaredPermission { reason: None, ..write });
    }),
    ("PCS.reason", |d| {
        d.permissions[0].retention = Some(Retention::hours(25));
        d.permissions[0].reason = None;
    }),
    ("PIS-3.direct-database", |d| of_endpoint(|e| e.path = "postgres://db/v1/items".to_owned(), d)),
    ("PIS-3.internal", |d| of_endpoint(|e| e.path = "GET /v1/internal/items".to_owned(), d)),
    ("PIS-3.address", |d| of_endpoint(|e| e.path = "GET /v1/it\u{435}ms".to_owned(), d)),
    ("PIS-6.wildcard", |d| of_endpoint(|e| e.path = "GET /v1/items/*".to_owned(), d)),
    ("PIS-3.unbounded", |d| of_endpoint(|e| e.rate = Rate::Unlimited, d)),
    ("PIS-3.versioned", |d| of_endpoint(|e| e.path = "GET /items".to_owned(), d)),
    ("PIS-3.unbounded", |d| of_endpoint(|e| e.rate = Rate::Unsaid, d)),
    ("KG.frequent", |d| of_endpoint(|e| e.rate = Rate::PerMinute(601), d)),
    ("KG.repeated-endpoint", |d| of_api(|api| api.endpoints.push(api.endpoints[0].clone()), d)),
    ("PIS-3.contract", |d| of_api(|api| api.contract = None, d)),
    ("PIS-3.validation", |d| of_api(|api| api.validates_permissions = false, d)),
    ("PIS-3.audit-logging", |d| of_api(|api| api.logs_calls = false, d)),
    ("PIS-4.permission", |d| d.workflows[0].permissions = [key("read:items.status")].into()),
    ("PIS-4.final-output", |d| d.workflows[1].os_decides = Some(false)),
    ("PIS-4.final-output-said", |d| d.workflows[1].os_decides = None),
    ("PIS-4.reliability", |d| d.workflows[2].reliability.when_down = None),
    ("PIS-4.unreliable", |d| d.workflows[2].reliability.target = Some(Percent::hundredths(9899))),
    ("PIS-4.idempotent", |d| d.workflows[0].idempotent = None),
    ("PIS-4.auditable", |d| d.workflows[0].auditable = None),
    ("PIS-4.reversible", |d| d.workflows[0].reversible = None),
    ("PIS-4.versioned", |d| d.workflows[0].version = None),
    ("PIS-5.automation", |d| of_component(|c| c.kind = ComponentKind::Automation, d)),
    ("PIS-5.write", |d| of_component(|c| c.permissions = Some([key("write:disputes.selection")].into()), d)),
    ("PIS-5.global-override", |d| of_component(|c| c.overrides = [Override::Global].into(), d)),
    ("PIS-5.navigation-override", |d| of_component(|c| c.overrides = [Override::Navigation].into(), d)),
    ("PIS-5.raw-data", |d| of_component(|c| c.overrides = [Override::RawData].into(), d)),
    ("PIS-5.manifest", |d| of_extension(|e| e.version = None, d)),
    ("PIS-5.permissions", |d| of_component(|c| c.permissions = None, d)),
    ("PIS-5.compatibility", |d| of_extension(|e| e.compatibility = None, d)),
    ("PIS-5.sandbox", |d| of_extension(|e| e.sandbox = None, d)),
    ("PIS-6.implicit", |d| of_endpoint(|e| e.permissions = [key("read:items.summary")].into(), d)),
    ("PIS-3.unbounded", |d| d.permissions[0].fields.clear()),
    ("PIS-6.partner-defined", |d| d.permissions[0].key = key("read:items.colour")),
    ("PIS-6.narrower", |d| d.permissions[0] = permission("read:items.summary", &["items.status"])),
    ("PIS-6.justification", |d| unanswered(Question::Purpose, d)),
    ("PIS-7.consent", |d| unanswered(Question::Consent, d)),
    ("PIS-7.unknown-field", |d| {
        d.permissions[0].fields.insert(FieldName::parse("items.colour").unwrap());
    }),
    ("PIS-7.minimal", |d| {
        let all = ["items.id", "items.opened_date", "items.status", "items.type"];
        d.permissions[0] = permission("read:items.summary", &all);
    }),
    ("PIS-3.unbounded", |d| d.permissions[0].until = None),
    ("PIS-7.expiry", |d| d.permissions[0].until = Some("2026-11-18".parse().unwrap())),
    ("KG.longest-grant", |d| d.permissions[0].until = Some("2027-11-19".parse().unwrap())),
    ("PIS-7.workflow-write", |d| {
        d.workflows[0].permissions.insert(key("write:disputes.selection"));
    }),
    ("PIS-7.storage", |d| {
        d.compliance.storage = vec![copy(Some(24), &["read:items.status"])];
    }),
    ("PIS-7.storage-said", |d| d.compliance.storage = vec![Storage { place: Some(answer()), ..Storage::default() }]),
    ("PIS-7.copy-declared", |d| d.permissions[0].retention = Some(Retention::hours(25))),
    ("PIS-7.copy-retention", |d| d.compliance.storage = vec![copy(Some(25), &["read:items.status"])]),
    ("PIS-7.forbidden-data", |d| {
        d.permissions[0].fields.insert(FieldName::parse("items.remarks").unwrap());
    }),
    ("PIS-8.protection", |d| d.compliance.protection = None),
    ("PIS-8.retention", |d| d.permissions[0].retention = None),
    ("PCS.long-retention", |d| d.permissions[0].retention = Some(Retention::hours(25))),
    ("PCS.endless-retention", |d| d.permissions[0].retention = Some(Retention::hours(721))),
    ("PIS-8.deletion", |d| unanswered(Question::Deletion, d)),
    ("PIS-8.audit-contact", |d| d.compliance.audit_contact = None),
    ("PIS-8.annual-review", |d| d.compliance.accepts_annual_review = false),
    ("PIS-8.export", |d| d.compliance.shares_with = vec![Answer::parse("A data broker").unwrap()]),
    ("PIS-8.tracking", |d| d.compliance.tracks = Some(true)),
    ("PIS-8.tracking-said", |d| d.compliance.tracks = None),
    // Last, since the others change what these take out.
    ("PIS-2.declared", |d| d.workflows.clear()),
    ("PIS-3.endpoints", |d| of_api(|api| api.endpoints.clear(), d)),
    ("PIS-5.components", |d| of_extension(|e| e.components.clear(), d)),
];

/// A declaration with what it is read against.
#[derive(Clone, Debug)]
struct Setting {
    declaration: Declaration,
    catalogue: Catalogue,
    tier: Tier,
    layers: Layers,
    stage: Stage,
    granted: Vec<DeclaredPermission>,
}

impl Setting {
    /// One in which nothing is wrong.
    fn sound() -> Self {
        Self {
            declaration: sound(),
            catalogue: catalogue(),
            tier: Tier::Two,
            layers: Layers::parse(ALL_LAYERS.iter().copied()).unwrap(),
            stage: Stage::Active,
            granted: sound().permissions,
        }
    }

    fn found(&self) -> Vec<Finding> {
        let Self { tier, layers, stage, granted, .. } = self;
        let context = Context { tier: *tier, layers, stage: *stage, granted, today: today() };
        evaluate(&self.declaration, &self.catalogue, context)
    }

    fn finds(&self, id: &str) -> bool {
        self.found().iter().any(|finding| finding.rule.id == id)
    }

    fn endpoint(&mut self) -> &mut Endpoint {
        &mut self.declaration.api.as_mut().unwrap().endpoints[0]
    }
}

fn is_kept(setting: &mut Setting, hours: u32) {
    setting.declaration.permissions[0].retention = Some(Retention::hours(hours));
}

fn is_copied(setting: &mut Setting, hours: u32, keys: &[&str]) {
    setting.declaration.compliance.storage = vec![copy(Some(hours), keys)];
}

/// The nearest case in which a rule finds nothing, and what breaks it: where a sound declaration is not the nearest, and of
/// the rules that bind a declaration by its partner, its integration and the catalogue.
const NEAREST: &[(&str, Step, Step)] = &[
    ("PIS-2.layer", |_| {}, |s| s.layers = Layers::parse(["api", "extension"]).unwrap()),
    ("PIS-3.read-tier", |s| s.catalogue.entries[0].tier = Tier::Two, |s| s.tier = Tier::One),
    ("PIS-3.workflow-tier", |_| {}, |s| s.tier = Tier::One),
    (
        "EPS.write-tier",
        |s| s.declaration.permissions.push(permission("write:disputes.selection", &["disputes.selection"])),
        |s| s.tier = Tier::One,
    ),
    (
        "PIS-6.intelligence-tier",
        |s| {
            s.tier = Tier::Three;
            s.declaration.permissions.push(permission("intelligence:bureau.summary", &["items.id"]));
        },
        |s| s.tier = Tier::Two,
    ),
    (
        "EPS.predictive-tier",
        |s| {
            s.tier = Tier::Three;
            s.declaration.workflows[0].is_predictive = true;
        },
        |s| s.tier = Tier::Two,
    ),
    (
        "PIS-3.reason",
        |s| {
            s.tier = Tier::Three;
            s.declaration.permissions[1].reason = None;
        },
        |s| s.declaration.workflows[2].is_predictive = true,
    ),
    ("KG.frequent", |s| s.endpoint().rate = Rate::PerMinute(600), |s| s.endpoint().rate = Rate::PerMinute(601)),
    (
        "PIS-4.permission",
        |s| {
            s.declaration.workflows[0].kind = WorkflowKind::Enhanced;
            s.declaration.workflows[0].permissions = [key("read:items.status")].into();
        },
        |s| s.declaration.workflows[0].kind = WorkflowKind::Triggered,
    ),
    (
        "PIS-4.permission",
        |s| s.declaration.workflows[0].permissions = [key("write:workflows.run")].into(),
        |s| s.declaration.workflows[0].permissions = [key("write:disputes.selection")].into(),
    ),
    (
        "PIS-4.final-output",
        |s| s.declaration.workflows[0].os_decides = Some(false),
        |s| s.declaration.workflows[0].kind = WorkflowKind::Enhanced,
    ),
    (
        "PIS-4.unreliable",
        |s| s.declaration.workflows[2].reliability.target = Some(Percent::hundredths(9900)),
        |s| s.declaration.workflows[2].reliability.target = Some(Percent::hundredths(9899)),
    ),
    (
        "PIS-6.broad",
        |s| s.endpoint().permissions = [key("read:items.status")].into(),
        |s| s.endpoint().permissions = [key("read:items")].into(),
    ),
    ("PIS-6.implicit", |s| is_copied(s, 24, &["read:items.status"]), |s| is_copied(s, 24, &["read:items.summary"])),
    (
        "PIS-6.narrower",
        |s| s.catalogue.entries[0].is_retired = true,
        |s| {
            s.catalogue.entries[0].is_retired = false;
            s.declaration.permissions[0] = permission("read:items.summary", &["items.status"]);
        },
    ),
    (
        "PIS-7.minimal",
        |s| {
            s.declaration.permissions[0] =
                permission("read:items.summary", &["items.id", "items.opened_date", "items.status"]);
        },
        |s| {
            s.declaration.permissions[0].fields.insert(FieldName::parse("items.type").unwrap());
        },
    ),
    (
        "KG.longest-grant",
        |s| s.declaration.permissions[0].until = Some("2027-11-18".parse().unwrap()),
        |s| s.declaration.permissions[0].until = Some("2027-11-19".parse().unwrap()),
    ),
    ("PIS-7.copy-declared", |s| is_kept(s, 24), |s| is_kept(s, 25)),
    ("PCS.long-retention", |s| is_kept(s, 24), |s| is_kept(s, 25)),
    ("PCS.reason", |s| is_kept(s, 25), |s| s.declaration.permissions[0].reason = None),
    ("PCS.endless-retention", |s| is_kept(s, 720), |s| is_kept(s, 721)),
    (
        "PCS.endless-retention",
        |s| is_copied(s, 720, &["read:items.status"]),
        |s| is_copied(s, 721, &["read:items.status"]),
    ),
    ("PCS.endless-retention", |s| is_copied(s, 720, &[]), |s| is_copied(s, 721, &[])),
    (
        "PIS-7.copy-retention",
        |s| {
            is_kept(s, 720);
            is_copied(s, 720, &["read:items.status"]);
        },
        |s| is_kept(s, 719),
    ),
    (
        "PIS-10.stage",
        |s| s.stage = Stage::Maintenance,
        |s| {
            s.granted.pop();
        },
    ),
    (
        "PIS-10.compliance-note",
        |s| s.stage = Stage::Maintenance,
        |s| {
            unanswered(Question::ComplianceNote, &mut s.declaration);
        },
    ),
    ("PIS-10.deprecation", |s| s.stage = Stage::Maintenance, |s| s.stage = Stage::Deprecation),
    ("PIS-10.end-of-support", |s| s.stage = Stage::Deprecation, |s| s.stage = Stage::EndOfSupport),
];

#[test]
fn the_nearest_case_breaks_no_rule_and_one_step_more_does() {
    for (id, near, spoil) in NEAREST {
        let mut setting = Setting::sound();
        near(&mut setting);
        assert!(!setting.finds(id), "{id}: {:?}", setting.found());
        spoil(&mut setting);
        assert!(setting.finds(id), "{id}: {:?}", setting.found());
    }
}

#[test]
fn a_copy_is_bound_by_the_strictest_of_what_it_holds_and_is_declared() {
    let strict = ClassKey::parse("dispute_state").unwrap();
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    for (keys, ceiling) in [
        (&[status][..], 720),
        (&[prepare], 72),
        (&[status, prepare], 72),
        // Of what is not declared nothing is known but that it is not.
        (&[status, "write:disputes.selection"], 720),
        // Whatever it is, no data is kept for longer than the highest ceiling.
        (&["write:disputes.selection"], 720),
        (&[], 720),
    ] {
        let mut setting = Setting::sound();
        for field in setting.catalogue.entries.iter_mut().flat_map(|entry| &mut entry.fields) {
            if field.name.as_str() == "items.id" {
                field.class = strict.clone();
            }
        }
        is_copied(&mut setting, ceiling, keys);
        assert!(!setting.finds("PCS.endless-retention"), "{keys:?}");
        is_copied(&mut setting, ceiling + 1, keys);
        assert!(setting.finds("PCS.endless-retention"), "{keys:?}");
    }
}

#[test]
fn a_copy_is_kept_no_longer_than_is_said_with_each_permission() {
    let found = |hours, keys: &[&str]| {
        let mut setting = Setting::sound();
        is_kept(&mut setting, 0);
        is_copied(&mut setting, hours, keys);
        let found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.copy-retention");
        found.map(|finding| (finding.place.part, finding.message)).collect::<Vec<_>>()
    };
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    let say =
        |hours: u32, key: &str| (Part::Storage(0), format!("Say {hours} hours with {key}, or keep the copy for less"));
    assert_eq!(found(0, &[status, prepare]), []);
    assert_eq!(found(24, &[status, prepare]), [say(24, status)]);
    assert_eq!(found(720, &[status, prepare]), [say(720, status), say(720, prepare)]);
    assert_eq!(found(720, &["read:items.summary"]), [], "of what is not declared nothing is said");
}

#[test]
fn what_a_workflow_predicts_with_is_asked_for_with_a_reason() {
    let asked = |spoil: Step| {
        let mut setting = Setting::sound();
        setting.tier = Tier::Three;
        for permission in &mut setting.declaration.permissions {
            permission.reason = None;
        }
        spoil(&mut setting);
        let found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-3.reason");
        found.map(|finding| finding.place.part).collect::<Vec<_>>()
    };
    assert_eq!(asked(|_| {}), []);
    assert_eq!(asked(|s| s.declaration.workflows[0].is_predictive = true), [Part::Permission(1)]);
    let of_both: Step = |s| {
        for workflow in &mut s.declaration.workflows {
            workflow.is_predictive = true;
            workflow.permissions.insert(key("read:items.status"));
        }
    };
    assert_eq!(asked(of_both), [Part::Permission(0), Part::Permission(1)], "each once");
}

#[test]
fn an_endpoint_that_is_declared_again_is_told_where_it_is() {
    let mut declaration = sound();
    let endpoints = &mut declaration.api.as_mut().unwrap().endpoints;
    for path in ["GET /v1/items/{id}", "get /v1/items/", "GET /v1/items/:item"] {
        endpoints.push(Endpoint { path: path.to_owned(), ..endpoints[0].clone() });
    }
    let found = found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
    let found: Vec<_> = found.into_iter().map(|it| (it.rule.id, it.place.part, it.place.field)).collect();
    let again = |n| ("KG.repeated-endpoint", Part::Endpoint(n), "path");
    assert_eq!(found, [again(2), again(3)]);
}

#[test]
fn a_copy_names_what_it_holds_and_that_is_declared() {
    let found = |keys: &[&str]| {
        let mut setting = Setting::sound();
        is_copied(&mut setting, 24, keys);
        let found = setting.found().into_iter().map(|finding| (finding.rule.id, finding.message));
        found.filter(|(id, _)| *id != "PIS-7.storage").collect::<Vec<_>>()
    };
    assert_eq!(found(&["read:items.status"]), []);
    for (keys, id, says) in [
        (&[][..], "PIS-7.storage-said", "Name the permissions whose data the copy holds"),
        (&["read:items.summary"], "PIS-6.implicit", "Declare read:items.summary, or let the copy do without it"),
        (&["read:reports.raw_text"], "PIS-7.forbidden-data", "Take read:reports.raw_text out: it is never granted"),
    ] {
        assert_eq!(found(keys), [(id, says.to_owned())]);
    }
}

#[test]
fn what_can_never_be_had_is_told_wherever_it_is_named_though_it_is_declared() {
    let mut declaration = sound();
    declaration.permissions.push(permission("read:reports.raw_text", &["reports.raw_text"]));
    declaration.workflows[0].permissions.insert(key("read:reports.raw_text"));
    assert_eq!(ids(&declaration), ["PIS-7.forbidden-data", "PIS-7.forbidden-data"]);
    declaration.permissions.pop();
    assert_eq!(ids(&declaration), ["PIS-7.forbidden-data"], "to take it out of one place adds nothing in another");
}

/// What is found of an endpoint that is called so, with these permissions.
fn of_call(path: &str, permissions: &[&str]) -> Vec<&'static str> {
    let mut declaration = sound();
    declaration.permissions.push(permission("write:disputes.selection", &["disputes.selection"]));
    let endpoint = &mut declaration.api.as_mut().unwrap().endpoints[0];
    endpoint.path = path.to_owned();
    endpoint.permissions = permissions.iter().map(|text| key(text)).collect();
    ids(&declaration).into_iter().filter(|id| *id != "PIS-3.write").collect()
}

#[test]
fn a_call_names_a_permission_that_permits_what_it_does() {
    let (read, write) = ("read:items.status", "write:disputes.selection");
    for (path, permissions, is_implicit) in [
        ("GET /v1/items", &[][..], true),
        ("POST /v1/items", &[], true),
        ("GET /v1/health", &[], false),
        ("GET /v1/items", &[read], false),
        ("POST /v1/disputes", &[read], true),
        ("POST /v1/items/search", &[read], false),
        ("DELETE /v1/items/search", &[read], true),
        ("PUT /v1/disputes", &[read, write], false),
        ("PATCH /v1/runs", &["workflow:dispute.prepare"], false),
        ("POST /v4/oauth/token", &[read], false),
        ("POST /v4/tokens", &[read], true),
        ("GET /v4/oauth/authorize", &[], false),
        ("POST /v4/oauth/revoke", &[], false),
        ("GET /v4/.well-known/jwks.json", &[], false),
        ("GET /v4/healthcheck", &[], false),
        ("GET /v4/health/items", &[], true),
        ("POST /v4/search/items/delete", &[read], true),
        ("POST /v4/lookup/create", &[read], true),
        ("POST /v4/status", &[], true),
        ("POST /v4/health", &[read], true),
        ("POST /v4/items/_search", &[read], false),
        ("POST /v4/items:batchGet", &[read], false),
        ("POST /v4/items:batchSet", &[read], true),
        ("POST /v4/graphql", &[read], true),
    ] {
        let expected = if is_implicit { &["PIS-6.implicit"][..] } else { &[] };
        assert_eq!(of_call(path, permissions), expected, "{path} {permissions:?}");
    }
}

#[test]
fn a_call_says_its_one_method() {
    let read = &["read:items.status"];
    for path in
        ["/v4/disputes", "GET,POST /v4/disputes", "GET|POST /v4/disputes", "POST: /v4/disputes", "ANY /v4/disputes"]
    {
        assert_eq!(of_call(path, read), ["PIS-3.endpoints"], "{path}");
    }
    assert_eq!(of_call("GET /v4/disputes", read), [""; 0]);
    assert_eq!(of_call("POST /v4/disputes", read), ["PIS-6.implicit"]);
}

#[test]
fn what_is_named_and_cannot_be_declared_is_told_so() {
    for (name, id, says) in [
        ("read:items.colour", "PIS-6.partner-defined", "Take read:items.colour out: there is no such permission"),
        ("read:reports.raw_text", "PIS-7.forbidden-data", "Take read:reports.raw_text out: it is never granted"),
        (
            "read:items",
            "PIS-6.broad",
            "Name the narrower entry instead of read:items: one of read:items.status, read:items.summary",
        ),
        (
            "read:items.all",
            "PIS-6.wildcard",
            "Name one entry of the catalogue instead of read:items.all: nothing stands for several",
        ),
        (
            "intelligence:bureau.summary",
            "PIS-6.implicit",
            "Declare intelligence:bureau.summary, or let prepare do without it",
        ),
    ] {
        let mut declaration = sound();
        declaration.workflows[0].permissions.insert(key(name));
        let found = found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
        let [finding] = &found[..] else { panic!("{name}: {found:?}") };
        assert_eq!((finding.rule.id, &*finding.message), (id, says));
    }
    let mut setting = Setting::sound();
    setting.catalogue.entries[1].is_retired = true;
    setting.endpoint().permissions.insert(key("read:items.summary"));
    let found: Vec<_> = setting.found().into_iter().map(|finding| (finding.rule.id, finding.message)).collect();
    let retired = "Choose another permission: read:items.summary is retired, and granted no more";
    assert_eq!(found, [("PIS-6.partner-defined", retired.to_owned())]);
}

#[test]
fn automation_names_what_it_starts_and_what_exports_or_processes_what_it_gets() {
    let found = |kind, permissions: Option<&[&str]>| {
        let mut declaration = sound();
        let component = &mut declaration.extension.as_mut().unwrap().components[0];
        component.kind = kind;
        component.permissions = permissions.map(|texts| texts.iter().map(|text| key(text)).collect());
        ids(&declaration)
    };
    assert_eq!(found(ComponentKind::Automation, Some(&[])), ["PIS-5.automation", "PIS-6.implicit"]);
    assert_eq!(found(ComponentKind::Automation, Some(&["workflow:dispute.prepare"])), ["PIS-5.automation"]);
    assert_eq!(found(ComponentKind::Automation, None), ["PIS-5.automation", "PIS-5.permissions"]);
    assert_eq!(found(ComponentKind::Automation, Some(&["read:items.status"])), ["PIS-5.automation", "PIS-6.implicit"]);
    let writes = |kind, text: &str| {
        let mut declaration = sound();
        declaration.permissions.push(permission(text, &["disputes.selection"]));
        let component = &mut declaration.extension.as_mut().unwrap().components[0];
        (component.kind, component.permissions) = (kind, Some([key(text)].into()));
        let found = super::tests::found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
        found.iter().any(|finding| finding.message.contains("starts what it runs"))
    };
    assert!(!writes(ComponentKind::Automation, "write:workflows.run"), "to start one's own is to start");
    assert!(writes(ComponentKind::Automation, "write:disputes.selection"));
    for kind in [ComponentKind::Export, ComponentKind::Processor] {
        assert_eq!(found(kind, Some(&[])), ["PIS-6.implicit"]);
        assert_eq!(found(kind, Some(&["read:items.status"])), [""; 0]);
    }
    assert_eq!(found(ComponentKind::Ui, Some(&[])), [""; 0]);
}

#[test]
fn disguises_are_seen_through_and_what_only_sounds_alike_is_not_refused() {
    for (path, expected) in [
        ("GET /v1/user_db", &["PIS-3.direct-database"][..]),
        ("GET /v1/internalApi/items", &["PIS-3.internal"]),
        ("GET https://10.0.0.1/v1/items", &["PIS-3.internal"]),
        ("GET /v1/%2e%2e/items", &["PIS-3.address"]),
        ("GET /v1/items/%2A", &["PIS-6.wildcard"]),
        ("GET /items?v1", &["PIS-3.versioned"]),
        ("GET /v1/userdb/x", &["PIS-3.direct-database"]),
        ("GET /v1/admin-panel/x", &["PIS-3.internal"]),
        ("GET backend:8080/v1/items", &["PIS-3.internal"]),
        ("GET /v4/student-loans/private?kind=internal", &[]),
        ("GET /v4/{proxy+}", &["PIS-6.wildcard"]),
        ("GET /rest/v4/admin/users", &["PIS-3.internal"]),
        ("GET /v4/dbquery", &["PIS-3.direct-database"]),
        ("GET /v4/creditors/oracle", &[]),
        ("GET /v1beta1/items?to=https://partner.example/cb&name=Caf%C3%A9", &[]),
        ("GET https://api.kwanus.example/v1/items/{id}?internationally=1", &[]),
    ] {
        assert_eq!(of_call(path, &["read:items.status"]), expected, "{path}");
    }
}

#[test]
fn what_the_os_concludes_is_asked_for_where_it_is_concluded() {
    let conclusion = "intelligence:bureau.summary";
    let finds = |path: &str| {
        let mut setting = Setting::sound();
        setting.tier = Tier::Three;
        setting.declaration.permissions.push(permission(conclusion, &["items.id"]));
        *setting.endpoint() =
            Endpoint { path: path.to_owned(), permissions: [key(conclusion)].into(), rate: Rate::PerMinute(1) };
        setting.finds("PIS-6.implicit")
    };
    assert!(!finds("POST /v4/bureau/summary") && !finds("POST /v4/bureaus/{id}") && !finds("POST /v4/intelligence"));
    assert!(finds("POST /v4/disputes") && finds("DELETE /v4/bureau/summary"));
}

#[test]
fn forbidden_data_is_found_by_the_path_that_leads_to_it() {
    let finds = |path: &str| {
        let mut setting = Setting { catalogue: Catalogue::built_in().unwrap(), ..Setting::sound() };
        path.clone_into(&mut setting.endpoint().path);
        let mut found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.forbidden-data");
        found.find(|finding| finding.place.field == "path").map(|finding| finding.message)
    };
    for (path, class) in [
        ("GET /v4/reports/{id}/raw_text", "raw report text"),
        ("GET /v4/report/{id}/rawText.json", "raw report text"),
        ("GET /v4/report-raw-text", "raw report text"),
        ("GET /v4/raw-report-text", "raw report text"),
        ("GET /v4/%72aw-report-text", "raw report text"),
        ("GET /v4/simulations/{id}/result", "simulation data"),
        ("GET /v4/simulations", "simulation data"),
        ("GET /v4/reports?include=simulations", "simulation data"),
        ("GET /v4/intelligence/model", "intelligence data"),
        ("GET /v4/intelligence-data", "intelligence data"),
        ("GET /v4/items?fields=account_number,remarks", "raw parsed items"),
        ("GET /v4/items?fields=status&fields=account-number", "raw parsed items"),
        ("GET /v4/search?fields=items.remarks", "raw parsed items"),
        ("GET /v4/items/raw", "raw parsed items"),
    ] {
        assert_eq!(finds(path), Some(format!("Remove {path}: {class} cannot be shared with partners")), "{path}");
    }
    for path in [
        "GET /v4/items",
        "GET /v4/items?limit=10&balance=1",
        "GET /v4/items/balance-band",
        "GET /v4/items?fields=balance_band,status",
        "GET /v4/items/{remarks}",
        "GET /v4/items?fields={remarks}",
        "GET /v4/reports/{id}/summary",
        "GET /v4/intelligence/summary",
        "GET /v4/models",
        "GET /v4/limits/items",
        "GET /v4/oauth/authorize?redirect_uri=https://partner.example/simulations",
        "GET https://simulations.example/v4/items",
    ] {
        assert_eq!(finds(path), None, "{path}");
    }
    let paths = |entry: &crate::permission::Entry| {
        let resource = entry.key.resource();
        let name = entry.key.as_str().split_once('.').map_or("", |(_, name)| name);
        [format!("GET /v4/{resource}"), format!("GET /v4/{resource}/{name}")]
    };
    let catalogue = Catalogue::built_in().unwrap();
    for path in catalogue.entries.iter().filter(|entry| catalogue.is_offered(entry)).flat_map(paths) {
        assert_eq!(finds(&path), None, "{path}");
    }
}

#[test]
fn a_call_is_bounded_by_its_rate() {
    for (rate, expected) in [
        (Rate::PerMinute(1), None),
        (Rate::Unsaid, Some(Verdict::Missing)),
        (Rate::Unlimited, Some(Verdict::Forbidden)),
    ] {
        let mut declaration = sound();
        declaration.api.as_mut().unwrap().endpoints[0].rate = rate;
        let found = found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
        let said: Vec<_> = found.iter().map(|it| (it.rule.id, it.verdict(), it.while_writing())).collect();
        let expected = expected.map(|writing| ("PIS-3.unbounded", Verdict::Forbidden, writing));
        assert_eq!(said, Vec::from_iter(expected), "{rate:?}");
    }
}

#[test]
fn ten_calls_a_second_are_not_weighed() {
    let mut declaration = sound();
    of_endpoint(|endpoint| endpoint.rate = Rate::PerMinute(600), &mut declaration);
    assert_eq!(ids(&declaration), [""; 0]);
}

#[test]
fn what_is_kept_for_long_is_held_by_a_copy_that_is_kept_as_long() {
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    let missing = |hours, copies: Vec<Storage>| {
        let mut setting = Setting::sound();
        is_kept(&mut setting, hours);
        setting.declaration.compliance.storage = copies;
        let found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.copy-declared");
        found.map(|finding| (finding.place.part, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(missing(24, vec![]), []);
    let declare = "Declare the copy: say where the data of read:items.status is kept for 25 hours".to_owned();
    assert_eq!(missing(25, vec![]), [(Part::Storage(0), declare.clone())]);
    assert_eq!(missing(25, vec![copy(Some(25), &[prepare])]), [(Part::Storage(1), declare)], "of something else");
    let longer = "Say 25 hours of a copy with the data of read:items.status, or keep that data for less".to_owned();
    assert_eq!(missing(25, vec![copy(Some(24), &[status])]), [(Part::Storage(1), longer)]);
    assert_eq!(missing(25, vec![copy(Some(24), &[status]), copy(Some(25), &[prepare, status])]), []);
    assert_eq!(missing(25, vec![copy(None, &[status])]), [], "how long is asked beside it");
}

#[test]
fn what_an_extension_says_of_itself_is_what_it_should_be() {
    for (spoil, expected) in [
        ((|e| e.id = said("timeline")) as fn(&mut Extension), &["PIS-5.manifest"][..]),
        (|e| e.version = said("1.4"), &["PIS-5.manifest"]),
        (|e| e.version = said("1.4.0-beta.1"), &[]),
        (|e| e.compatibility = said("All"), &["PIS-5.compatibility"]),
        (|e| e.compatibility = said("^4.2"), &[]),
    ] {
        let mut declaration = sound();
        of_extension(spoil, &mut declaration);
        assert_eq!(ids(&declaration), expected);
    }
    let mut declaration = sound();
    declaration.workflows[2].reliability.status_page = said("http://status.orbit.example");
    assert_eq!(ids(&declaration), ["PIS-4.reliability"]);
}

#[test]
fn nothing_is_found_in_a_sound_declaration() {
    assert_eq!(ids(&sound()), [""; 0]);
}

/// The rules that look at what is declared. That nothing is declared is shown where manifests are linted.
fn with_checks() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| !rule.checks.is_empty())
}

#[test]
fn every_rule_is_broken_by_the_nearest_case_and_by_no_nearer() {
    for (id, spoil) in SPOILS {
        let mut declaration = sound();
        spoil(&mut declaration);
        assert!(ids(&declaration).contains(id), "{id}: {:?}", ids(&declaration));
        for Finding { rule, place, .. } in found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active) {
            let Some((kind, _)) = place.part.kind() else { continue };
            let is_asked = kind.prompts().iter().any(|prompt| prompt.field == place.field);
            assert!(is_asked || ["endpoints", "components"].contains(&place.field), "{}: {place:?}", rule.id);
        }
    }
    let shown: BTreeSet<_> = SPOILS.iter().map(|(id, _)| *id).chain(NEAREST.iter().map(|(id, ..)| *id)).collect();
    let book: BTreeSet<_> = with_checks().map(|rule| rule.id).collect();
    assert_eq!(shown, book);
}

#[test]
fn tier_layer_and_stage_bind_what_is_declared() {
    let has = |id: &str, tier, layers, stage| found(&sound(), tier, layers, stage).iter().any(|it| it.rule.id == id);
    assert!(has("PIS-3.workflow-tier", Tier::One, ALL_LAYERS, Stage::Active));
    assert!(has("PIS-2.layer", Tier::Two, &["api", "extension"], Stage::Active));
    assert!(has("PIS-10.stage", Tier::Two, ALL_LAYERS, Stage::Maintenance));
    assert!(has("PIS-10.deprecation", Tier::Two, ALL_LAYERS, Stage::Deprecation));
    assert!(has("PIS-10.end-of-support", Tier::Two, ALL_LAYERS, Stage::EndOfSupport));
    for (stage, id) in [(Stage::Deprecation, "PIS-10.stage"), (Stage::EndOfSupport, "PIS-10.deprecation")] {
        assert!(!has(id, Tier::Two, ALL_LAYERS, stage), "each stage quotes its own words");
    }
    assert!(!has("PIS-10.compliance-note", Tier::Two, ALL_LAYERS, Stage::Maintenance), "each has its note");
    let mut silent = sound();
    unanswered(Question::ComplianceNote, &mut silent);
    let found = found(&silent, Tier::Two, ALL_LAYERS, Stage::Maintenance);
    assert!(found.iter().any(|finding| finding.rule.id == "PIS-10.compliance-note"));
    assert!(
        matches!(ask("read:*", &catalogue()), crate::policy::Asked::Refused { rule, .. } if rule.id == "PIS-6.wildcard")
    );
}

#[test]
fn what_is_left_to_the_boards_is_said_in_words_to_weigh() {
    for rule in RULES.iter().filter(|rule| rule.verdict.may_submit()) {
        assert_ne!(rule.weigh, "", "{}", rule.id);
    }
}

#[test]
fn every_place_is_kept_by_the_name_of_its_field() {
    for (_, spoil) in SPOILS {
        let mut declaration = sound();
        spoil(&mut declaration);
        for Finding { place, rule, .. } in found(&declaration, Tier::One, ALL_LAYERS, Stage::Maintenance) {
            assert_eq!(crate::policy::Place::kept(place.part, place.field), place, "{}", rule.id);
        }
    }
}
