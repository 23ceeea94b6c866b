//! What the rules find.

use std::sync::LazyLock;

use super::{
    Finding, Place, RULES, Rule,
    rule::{Check, Context, Notes, PARTNER_DEFINED, PermissionScope, Whole},
};
use crate::{
    declaration::{Declaration, DeclaredPermission, Part},
    permission::Catalogue,
};

/// Everything that the rules find in a declaration: part by part, in the order of the form.
#[must_use]
pub fn evaluate(declaration: &Declaration, catalogue: &Catalogue, context: Context<'_>) -> Vec<Finding> {
    let whole = Whole::of(declaration, catalogue, context);
    let mut findings = Vec::new();
    for (n, permission) in declaration.permissions.iter().enumerate() {
        findings.extend(of_permission(permission, n, &whole));
    }
    let mut look = |part: Part, check: &dyn Fn(&Check, &mut Notes<'_>)| {
        for rule in RULES {
            let mut notes = Notes { rule, part, findings: &mut findings };
            for each in rule.checks {
                check(each, &mut notes);
            }
        }
    };
    if let Some(api) = &declaration.api {
        look(Part::Api, &|check, notes| {
            if let Check::Api(check) = check {
                check(api, &whole, notes);
            }
        });
        for (n, endpoint) in api.endpoints.iter().enumerate() {
            look(Part::Endpoint(n), &|check, notes| {
                if let Check::Endpoint(check) = check {
                    check(endpoint, &whole, notes);
                }
            });
        }
    }
    for (n, workflow) in declaration.workflows.iter().enumerate() {
        look(Part::Workflow(n), &|check, notes| {
            if let Check::Workflow(check) = check {
                check(workflow, &whole, notes);
            }
        });
    }
    if let Some(extension) = &declaration.extension {
        look(Part::Extension, &|check, notes| {
            if let Check::Extension(check) = check {
                check(extension, &whole, notes);
            }
        });
        for (n, component) in extension.components.iter().enumerate() {
            look(Part::Component(n), &|check, notes| {
                if let Check::Component(check) = check {
                    check(component, &whole, notes);
                }
            });
        }
    }
    look(Part::Compliance, &|check, notes| match check {
        Check::Compliance(check) => check(declaration, notes),
        Check::Layers(check) => check(declaration, context.layers, notes),
        _ => {}
    });
    look(Part::Storage(0), &|check, notes| {
        if let Check::Storage(check) = check {
            check(&declaration.compliance.storage, &whole, notes);
        }
    });
    findings
}

/// The rules that look at permissions, of which there are many to look at.
static OF_PERMISSIONS: LazyLock<Vec<&Rule>> = LazyLock::new(|| {
    let looks = |rule: &&&Rule| rule.checks.iter().any(|check| matches!(check, Check::Permission(_)));
    RULES.iter().filter(looks).copied().collect()
});

/// Everything that the rules find in one permission, in the order of the form.
fn of_permission(permission: &DeclaredPermission, n: usize, whole: &Whole<'_>) -> Vec<Finding> {
    let Whole { catalogue, context, .. } = *whole;
    let part = Part::Permission(n);
    let Some(entry) = catalogue.entry(&permission.key) else {
        let message = "Remove it: the catalogue does not hold it".to_owned();
        return vec![refused(part, message)];
    };
    let predicts = whole.predicting.contains(&permission.key);
    let asked = PermissionScope { permission, entry, catalogue, context, predicts };
    let mut findings = Vec::new();
    if entry.is_retired {
        let message = format!("Remove it: {} is retired, and granted no more", entry.key);
        findings.push(refused(part, message));
    }
    for rule in &*OF_PERMISSIONS {
        rule.look_at_permission(&asked, part, &mut findings);
    }
    // Rules stand in the order of the specification, and people fill in forms from the top.
    findings.sort_by_key(|finding| (FIELDS.iter().position(|field| *field == finding.place.field), finding.verdict()));
    findings
}

/// That a permission cannot be had.
fn refused(part: Part, message: String) -> Finding {
    let place = Place { part, field: "permission" };
    Finding { rule: &PARTNER_DEFINED, place, message, is_unanswered: false }
}

/// The fields of a permission, in the order of its form.
const FIELDS: [&str; 11] = [
    "permission",
    "fields",
    "purpose",
    "narrower",
    "consent",
    "deletion",
    "if_refused",
    "compliance_note",
    "retention",
    "until",
    "reason",
];

impl Rule {
    /// What the rule finds in a permission.
    pub(super) fn look_at_permission(
        &'static self,
        asked: &PermissionScope<'_>,
        part: Part,
        findings: &mut Vec<Finding>,
    ) {
        let mut notes = Notes { rule: self, part, findings };
        for check in self.checks {
            if let Check::Permission(check) = check {
                check(asked, &mut notes);
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use chrono::NaiveDate;

    use crate::{
        declaration::{Answer, Question, Retention},
        integration::{Layer, Layers, Stage},
        partner::Tier,
        permission::{ClassKey, DataClass, Entry, Field, FieldName, Limits, PermissionKey},
        policy::{Verdict, longest_grant, may_submit},
    };

    fn classes() -> Vec<DataClass> {
        [
            ("item_summary", "item summary", false, 720),
            ("dispute_state", "dispute state", false, 72),
            ("raw_report_text", "raw report text", true, 0),
            ("raw_parsed_items", "raw parsed items", true, 0),
        ]
        .map(|(key, name, is_forbidden, ceiling_hours)| DataClass {
            key: ClassKey::parse(key).unwrap(),
            name: name.to_owned(),
            is_forbidden,
            ceiling_hours,
        })
        .to_vec()
    }

    fn entry(key: &str, tier: Tier, fields: &[(&str, &str)]) -> Entry {
        Entry {
            key: PermissionKey::parse(key).unwrap(),
            title: String::new(),
            layer: if key.starts_with("workflow:") { Layer::Workflow } else { Layer::Api },
            tier,
            fields: fields
                .iter()
                .map(|(name, class)| Field {
                    name: FieldName::parse(name).unwrap(),
                    class: ClassKey::parse(class).unwrap(),
                })
                .collect(),
            is_retired: false,
        }
    }

    fn entries() -> Vec<Entry> {
        vec![
            entry(
                "read:items.status",
                Tier::One,
                &[("items.id", "item_summary"), ("items.status", "item_summary"), ("items.type", "item_summary")],
            ),
            entry(
                "read:items.summary",
                Tier::One,
                &[
                    ("items.id", "item_summary"),
                    ("items.opened_date", "item_summary"),
                    ("items.status", "item_summary"),
                    ("items.type", "item_summary"),
                ],
            ),
            entry("read:reports.raw_text", Tier::One, &[("reports.raw_text", "raw_report_text")]),
            entry("write:disputes.selection", Tier::Two, &[("disputes.selection", "dispute_state")]),
            entry(
                "workflow:dispute.prepare",
                Tier::Two,
                &[
                    ("items.id", "item_summary"),
                    ("items.remarks", "raw_parsed_items"),
                    ("disputes.selection", "dispute_state"),
                ],
            ),
            entry("intelligence:bureau.summary", Tier::Three, &[("items.id", "item_summary")]),
        ]
    }

    pub(crate) fn catalogue() -> Catalogue {
        Catalogue { version: 1, entries: entries(), classes: classes(), limits: Limits::default() }
    }

    fn today() -> NaiveDate {
        "2026-11-18".parse().unwrap()
    }

    /// A permission with which nothing is wrong.
    fn sound(key: &str, fields: &[&str]) -> DeclaredPermission {
        let answer = || Some(Answer::parse("Because the person asked for it.").unwrap());
        DeclaredPermission {
            key: PermissionKey::parse(key).unwrap(),
            fields: fields.iter().map(|name| FieldName::parse(name).unwrap()).collect(),
            answers: [answer(), answer(), answer(), answer(), answer(), None],
            retention: Some(Retention::hours(24)),
            until: Some("2027-05-18".parse().unwrap()),
            reason: None,
        }
    }

    /// What is found in a permission that is all that is declared.
    fn of_one(permission: &DeclaredPermission, catalogue: &Catalogue, context: Context<'_>) -> Vec<Finding> {
        let declaration = Declaration { permissions: vec![permission.clone()], ..Declaration::default() };
        of_permission(permission, 0, &Whole::of(&declaration, catalogue, context))
    }

    fn all_layers() -> Layers {
        Layers::parse(["api", "workflow", "extension"]).unwrap()
    }

    fn rules(permission: &DeclaredPermission, tier: Tier) -> Vec<&'static str> {
        rules_at(permission, tier, &all_layers(), Stage::Active, &[])
    }

    fn rules_at(
        permission: &DeclaredPermission,
        tier: Tier,
        layers: &Layers,
        stage: Stage,
        granted: &[DeclaredPermission],
    ) -> Vec<&'static str> {
        let context = Context { tier, layers, stage, granted, today: today() };
        of_one(permission, &catalogue(), context).into_iter().map(|finding| finding.rule.id).collect()
    }

    #[test]
    fn each_layer_has_its_own_permissions() {
        let workflow = sound("workflow:dispute.prepare", &["items.id"]);
        let at = |layers: &[&str], permission| {
            let layers = Layers::parse(layers.iter().copied()).unwrap();
            rules_at(permission, Tier::Two, &layers, Stage::Active, &[])
        };
        assert_eq!(at(&["api"], &workflow), ["PIS-2.layer"]);
        assert_eq!(at(&["workflow"], &workflow), [""; 0]);
        let layers = Layers::parse(["extension"]).unwrap();
        let context = Context { tier: Tier::Two, layers: &layers, stage: Stage::Active, granted: &[], today: today() };
        assert_eq!(
            of_one(&workflow, &catalogue(), context)[0].message,
            "Remove it, or have the Workflow layer registered: the integration has only Extension"
        );
        // An extension reads as well.
        assert_eq!(at(&["extension"], &sound("read:items.status", &["items.status"])), [""; 0]);
    }

    #[test]
    fn in_maintenance_only_what_is_granted_or_less_is_asked_for_with_a_note() {
        let granted = [sound("read:items.status", &["items.id", "items.status"])];
        let in_maintenance = |permission: &DeclaredPermission| {
            rules_at(permission, Tier::Two, &all_layers(), Stage::Maintenance, &granted)
        };
        let mut narrower = sound("read:items.status", &["items.status"]);
        assert_eq!(in_maintenance(&narrower), ["PIS-10.compliance-note"]);
        let answer = || Some(Answer::parse("Checked on 1 November.").unwrap());
        narrower.reason = answer();
        assert_eq!(in_maintenance(&narrower), ["PIS-10.compliance-note"], "a reason is no note");
        narrower.answers[Question::ComplianceNote as usize] = answer();
        assert_eq!(in_maintenance(&narrower), [""; 0]);
        let longer = DeclaredPermission { retention: Some(Retention::hours(48)), ..narrower.clone() };
        assert_eq!(in_maintenance(&longer), ["PIS-10.stage", "PCS.long-retention"]);
        let mut wider = narrower.clone();
        wider.fields.insert(FieldName::parse("items.type").unwrap());
        assert_eq!(in_maintenance(&wider), ["PIS-10.stage"]);
        let other = DeclaredPermission {
            reason: narrower.reason,
            answers: narrower.answers,
            ..sound("write:disputes.selection", &["disputes.selection"])
        };
        assert_eq!(in_maintenance(&other), ["PIS-10.stage", "PIS-3.write"]);
    }

    #[test]
    fn after_maintenance_nothing_new_is_asked_for() {
        let granted = [sound("read:items.status", &["items.status"])];
        for stage in [Stage::Deprecation, Stage::EndOfSupport] {
            let id = if stage == Stage::Deprecation { "PIS-10.deprecation" } else { "PIS-10.end-of-support" };
            assert_eq!(rules_at(&granted[0], Tier::Two, &all_layers(), stage, &granted), [id], "{stage:?}");
        }
    }

    #[test]
    fn nothing_is_found_in_a_sound_read() {
        assert_eq!(rules(&sound("read:items.status", &["items.status"]), Tier::One), [""; 0]);
    }

    #[test]
    fn everything_is_missing_from_an_empty_one() {
        let empty = DeclaredPermission::new(PermissionKey::parse("read:items.status").unwrap());
        let found = rules(&empty, Tier::One);
        let count = |rule| found.iter().filter(|other| **other == rule).count();
        assert_eq!(count("PIS-6.justification"), 2, "the catalogue holds nothing narrower");
        for rule in ["PIS-7.consent", "PIS-8.deletion", "PIS-8.retention"] {
            assert_eq!(count(rule), 1, "{rule}");
        }
        assert_eq!(count("PIS-3.unbounded"), 2, "neither its fields nor its end are named");
        assert_eq!(found.len(), 7);
        let broad = DeclaredPermission::new(PermissionKey::parse("read:items.summary").unwrap());
        let found = rules(&broad, Tier::One);
        assert_eq!(found.iter().filter(|rule| **rule == "PIS-6.justification").count(), 3);
    }

    #[test]
    fn tiers_open_what_the_specification_opens_to_them() {
        for (key, field, lowest, rule) in [
            ("workflow:dispute.prepare", "items.id", Tier::Two, "PIS-3.workflow-tier"),
            ("write:disputes.selection", "disputes.selection", Tier::Two, "EPS.write-tier"),
            ("intelligence:bureau.summary", "items.id", Tier::Three, "PIS-6.intelligence-tier"),
        ] {
            for tier in Tier::ALL {
                assert_eq!(rules(&sound(key, &[field]), tier).contains(&rule), tier < lowest, "{key}, {tier:?}");
            }
        }
    }

    #[test]
    fn a_read_that_the_catalogue_keeps_for_a_higher_tier_is_for_that_tier() {
        let mut catalogue = catalogue();
        catalogue.entries[0].tier = Tier::Two;
        let read = sound("read:items.status", &["items.status"]);
        let layers = all_layers();
        for (tier, expected) in [(Tier::One, &["PIS-3.read-tier"][..]), (Tier::Two, &[]), (Tier::Three, &[])] {
            let context = Context { tier, layers: &layers, stage: Stage::Active, granted: &[], today: today() };
            let found = of_one(&read, &catalogue, context);
            let ids: Vec<_> = found.iter().map(|finding| finding.rule.id).collect();
            assert_eq!(ids, expected, "{tier:?}");
        }
    }

    #[test]
    fn a_write_is_restricted_and_asks_for_a_reason() {
        let mut write = sound("write:disputes.selection", &["disputes.selection"]);
        assert_eq!(rules(&write, Tier::Two), ["PIS-3.reason", "PIS-3.write"]);
        write.reason = Some(Answer::parse("The person selects in our app.").unwrap());
        assert_eq!(rules(&write, Tier::Two), ["PIS-3.write"]);
    }

    #[test]
    fn forbidden_data_is_refused_field_by_field() {
        let workflow = sound("workflow:dispute.prepare", &["items.id", "items.remarks"]);
        assert_eq!(rules(&workflow, Tier::Two), ["PIS-7.forbidden-data"]);
        assert_eq!(rules(&sound("workflow:dispute.prepare", &["items.id"]), Tier::Two), [""; 0]);
        assert_eq!(rules(&sound("read:items.status", &["items.colour"]), Tier::One), ["PIS-7.unknown-field"]);
        assert_eq!(rules(&sound("read:items.status", &["items.remarks"]), Tier::One), ["PIS-7.forbidden-data"]);
    }

    #[test]
    fn retention_is_free_for_a_day_weighed_up_to_the_ceiling_and_forbidden_beyond() {
        for (hours, expected) in [
            (0, &[][..]),
            (24, &[]),
            (25, &["PCS.long-retention", "PCS.reason"]),
            (720, &["PCS.long-retention", "PCS.reason"]),
            (721, &["PCS.endless-retention"]),
        ] {
            let kept = DeclaredPermission {
                retention: Some(Retention::hours(hours)),
                ..sound("read:items.status", &["items.status"])
            };
            assert_eq!(rules(&kept, Tier::One), expected, "{hours}");
        }
        // The strictest class of what is chosen counts.
        let both = DeclaredPermission {
            retention: Some(Retention::hours(73)),
            ..sound("workflow:dispute.prepare", &["items.id", "disputes.selection"])
        };
        assert_eq!(rules(&both, Tier::Two), ["PCS.endless-retention"]);
    }

    #[test]
    fn access_ends_on_a_day_within_the_limit() {
        for (key, field, until, expected) in [
            ("read:items.status", "items.status", "2026-11-18", &["PIS-7.expiry"][..]),
            ("read:items.status", "items.status", "2026-11-19", &[]),
            ("read:items.status", "items.status", "2027-11-18", &[]),
            ("read:items.status", "items.status", "2027-11-19", &["KG.longest-grant"]),
            ("workflow:dispute.prepare", "items.id", "2027-05-18", &[]),
            ("workflow:dispute.prepare", "items.id", "2027-05-19", &["KG.longest-grant"]),
        ] {
            let permission = DeclaredPermission { until: Some(until.parse().unwrap()), ..sound(key, &[field]) };
            assert_eq!(rules(&permission, Tier::Three), expected, "{key} until {until}");
        }
    }

    #[test]
    fn a_bound_that_is_not_there_is_forbidden_and_only_missing_to_whoever_is_still_writing() {
        let sound = || sound("read:items.status", &["items.status"]);
        let (layers, catalogue) = (all_layers(), catalogue());
        let context = Context { tier: Tier::One, layers: &layers, stage: Stage::Active, granted: &[], today: today() };
        for (permission, expected) in [
            (sound(), None),
            (DeclaredPermission { fields: [].into(), ..sound() }, Some(("fields", Verdict::Missing))),
            (DeclaredPermission { until: None, ..sound() }, Some(("until", Verdict::Missing))),
            (DeclaredPermission { until: Some(NaiveDate::MAX), ..sound() }, Some(("until", Verdict::Forbidden))),
        ] {
            let found = of_one(&permission, &catalogue, context);
            let said: Vec<_> = found.iter().map(|it| (it.place.field, it.while_writing())).collect();
            assert_eq!(said, Vec::from_iter(expected), "{permission:?}");
            let is_unbounded = |it: &Finding| it.rule.id == "PIS-3.unbounded" && it.verdict() == Verdict::Forbidden;
            assert!(found.iter().all(is_unbounded) && may_submit(&found) == expected.is_none(), "{found:?}");
        }
    }

    #[test]
    fn what_is_retired_is_granted_no_more_and_a_limit_that_is_edited_holds() {
        let mut catalogue = catalogue();
        let permission = sound("read:items.status", &["items.status"]);
        let layers = all_layers();
        let context = Context { tier: Tier::One, layers: &layers, stage: Stage::Active, granted: &[], today: today() };
        let found = |catalogue: &Catalogue| {
            let found = of_one(&permission, catalogue, context);
            found.into_iter().map(|finding| finding.rule.id).collect::<Vec<_>>()
        };
        assert_eq!(found(&catalogue), [""; 0]);
        catalogue.limits.longest_grant_months[0] = 5;
        assert_eq!(found(&catalogue), ["KG.longest-grant"]);
        catalogue.limits.longest_grant_months[0] = 6;
        assert_eq!(found(&catalogue), [""; 0]);
        catalogue.entries[0].is_retired = true;
        assert_eq!(found(&catalogue), ["PIS-6.partner-defined"]);
    }

    /// Mostly sound, with a few things otherwise: what is submitted in earnest is rarely all wrong.
    fn any_permission() -> impl Strategy<Value = DeclaredPermission> {
        let entry = prop::sample::select(entries());
        let more = prop::sample::subsequence(vec!["items.remarks", "reports.raw_text", "items.colour"], 0..=1);
        let missing = prop::collection::vec(prop::bool::weighted(0.05), 6);
        let retention = prop_oneof![8 => (0u32..=24).prop_map(Some), 2 => (0u32..2000).prop_map(Some), 1 => Just(None)];
        let days = prop_oneof![8 => (1i64..180).prop_map(Some), 2 => (-10i64..500).prop_map(Some), 1 => Just(None)];
        (entry, any::<prop::sample::Selector>(), prop::bool::weighted(0.2), more, missing, retention, days).prop_map(
            |(entry, chosen, is_odd, more, missing, retention, days)| {
                let own: Vec<_> = entry.fields.iter().map(|field| field.name.as_str()).collect();
                let mut fields = vec![*chosen.select(&own)];
                fields.extend(more.into_iter().filter(|_| is_odd));
                let mut permission = sound(entry.key.as_str(), &fields);
                for (answer, is_missing) in permission.answers.iter_mut().zip(&missing) {
                    if *is_missing {
                        *answer = None;
                    }
                }
                permission.reason = (!missing[5]).then(|| Answer::parse("x").unwrap());
                permission.retention = retention.map(Retention::hours);
                permission.until = days.map(|days| today() + chrono::Duration::days(days));
                permission
            },
        )
    }

    proptest! {
        #[test]
        fn raising_the_tier_never_adds_a_finding(permission in any_permission()) {
            let mut before: Option<Vec<&str>> = None;
            for tier in Tier::ALL {
                let found = rules(&permission, tier);
                if let Some(before) = before {
                    prop_assert!(found.iter().all(|rule| before.contains(rule)));
                }
                before = Some(found);
            }
        }

        #[test]
        fn dropping_a_field_never_adds_a_forbidden_finding(permission in any_permission()) {
            let forbidden = |permission: &DeclaredPermission| {
                rules(permission, Tier::Two).iter().filter(|id| Rule::from_id(id).unwrap().verdict == Verdict::Forbidden).count()
            };
            // Without any, it is not bounded by its fields.
            for name in permission.fields.iter().filter(|_| permission.fields.len() > 1) {
                let mut fewer = permission.clone();
                fewer.fields.remove(name);
                prop_assert!(forbidden(&fewer) <= forbidden(&permission));
            }
        }

        #[test]
        fn a_later_stage_never_takes_a_forbidden_finding_away(permission in any_permission(), granted in any_permission()) {
            let forbidden = |stage| {
                let found = rules_at(&permission, Tier::Three, &all_layers(), stage, std::slice::from_ref(&granted));
                found.iter().filter(|id| Rule::from_id(id).unwrap().verdict == Verdict::Forbidden).count()
            };
            prop_assert!(forbidden(Stage::Active) <= forbidden(Stage::Maintenance));
            prop_assert!(forbidden(Stage::Deprecation) > 0 && forbidden(Stage::EndOfSupport) > 0);
        }
    }

    /// Counts how often it got there: a property that is never reached proves nothing.
    #[test]
    fn what_may_be_submitted_reaches_nothing_forbidden() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let reached = std::cell::Cell::new(0);
        let strategy = (any_permission(), prop::sample::select(Tier::ALL.to_vec()));
        let outcome = runner.run(&strategy, |(permission, tier)| {
            let catalogue = catalogue();
            let layers = all_layers();
            let context = Context { tier, layers: &layers, stage: Stage::Active, granted: &[], today: today() };
            if may_submit(&of_one(&permission, &catalogue, context)) {
                reached.set(reached.get() + 1);
                let entry = catalogue.entry(&permission.key).unwrap();
                prop_assert!(tier >= entry.tier && !permission.fields.is_empty());
                let is_sound = permission.fields.iter().all(|name| {
                    let is_offered = entry.fields.iter().any(|field| field.name == *name);
                    is_offered && catalogue.class_of(name).is_some_and(|class| !class.is_forbidden)
                });
                prop_assert!(is_sound);
                prop_assert!(
                    permission.until.unwrap() > today()
                        && permission.until.unwrap() <= longest_grant(entry, &catalogue.limits, today())
                );
                prop_assert!(permission.retention.unwrap().in_hours() <= 720);
            }
            Ok(())
        });
        assert!(outcome.is_ok(), "{outcome:?}");
        assert!(reached.get() > 40, "only {} of 256 may be submitted", reached.get());
    }
}
