//! Each rule by a declaration with which nothing is wrong, and by the nearest one with which something is.

mod any;
mod call;
mod case;
mod copy;
mod property;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub(crate) use any::any_declaration;
use case::{NEAREST, SPOILS, Setting, Step, is_copied, is_kept, of_endpoint, of_extension, unanswered};

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
fn what_can_never_be_had_is_told_wherever_it_is_named_though_it_is_declared() {
    let mut declaration = sound();
    declaration.permissions.push(permission("read:reports.raw_text", &["reports.raw_text"]));
    declaration.workflows[0].permissions.insert(key("read:reports.raw_text"));
    assert_eq!(ids(&declaration), ["PIS-7.forbidden-data", "PIS-7.forbidden-data"]);
    declaration.permissions.pop();
    assert_eq!(ids(&declaration), ["PIS-7.forbidden-data"], "to take it out of one place adds nothing in another");
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
