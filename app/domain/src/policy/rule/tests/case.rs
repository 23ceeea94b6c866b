//! The cases that break each rule, and the nearest that do not.

use super::*;

pub(super) type Spoil = fn(&mut Declaration);
pub(super) type Step = fn(&mut Setting);

pub(super) fn of_api(spoil: fn(&mut Api), declaration: &mut Declaration) {
    spoil(declaration.api.as_mut().unwrap());
}

pub(super) fn of_endpoint(spoil: fn(&mut Endpoint), declaration: &mut Declaration) {
    spoil(&mut declaration.api.as_mut().unwrap().endpoints[0]);
}

pub(super) fn of_extension(spoil: fn(&mut Extension), declaration: &mut Declaration) {
    spoil(declaration.extension.as_mut().unwrap());
}

pub(super) fn of_component(spoil: fn(&mut Component), declaration: &mut Declaration) {
    spoil(&mut declaration.extension.as_mut().unwrap().components[0]);
}

pub(super) fn unanswered(question: Question, declaration: &mut Declaration) {
    declaration.permissions[0].answers[question as usize] = None;
}

/// What breaks each rule, and as little else as can be.
pub(super) const SPOILS: &[(&str, Spoil)] = &[
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
pub(super) struct Setting {
    pub(super) declaration: Declaration,
    pub(super) catalogue: Catalogue,
    pub(super) tier: Tier,
    pub(super) layers: Layers,
    pub(super) stage: Stage,
    pub(super) granted: Vec<DeclaredPermission>,
}

impl Setting {
    /// One in which nothing is wrong.
    pub(super) fn sound() -> Self {
        Self {
            declaration: sound(),
            catalogue: catalogue(),
            tier: Tier::Two,
            layers: Layers::parse(ALL_LAYERS.iter().copied()).unwrap(),
            stage: Stage::Active,
            granted: sound().permissions,
        }
    }

    pub(super) fn found(&self) -> Vec<Finding> {
        let Self { tier, layers, stage, granted, .. } = self;
        let context = Context { tier: *tier, layers, stage: *stage, granted, today: today() };
        evaluate(&self.declaration, &self.catalogue, context)
    }

    pub(super) fn finds(&self, id: &str) -> bool {
        self.found().iter().any(|finding| finding.rule.id == id)
    }

    pub(super) fn endpoint(&mut self) -> &mut Endpoint {
        &mut self.declaration.api.as_mut().unwrap().endpoints[0]
    }
}

pub(super) fn is_kept(setting: &mut Setting, hours: u32) {
    setting.declaration.permissions[0].retention = Some(Retention::hours(hours));
}

pub(super) fn is_copied(setting: &mut Setting, hours: u32, keys: &[&str]) {
    setting.declaration.compliance.storage = vec![copy(Some(hours), keys)];
}

/// The nearest case in which a rule finds nothing, and what breaks it: where a sound declaration is not the nearest, and of
/// the rules that bind a declaration by its partner, its integration and the catalogue.
pub(super) const NEAREST: &[(&str, Step, Step)] = &[
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
