//! What the rules find in one declared permission.

use chrono::NaiveDate;

use super::{Finding, Rule, Verdict, limit::SHORT_RETENTION, longest_grant};
use crate::{
    declaration::{DeclaredPermission, Question},
    integration::{Layer, Layers, Stage},
    partner::Tier,
    permission::{Catalogue, Entry, Kind},
    time::show_date,
};

/// What a declaration is read against, besides the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The partner's tier.
    pub tier: Tier,
    /// Where the integration meets the OS.
    pub layers: &'c Layers,
    /// Where the integration stands in its life.
    pub stage: Stage,
    /// What was declared for the grants that the integration holds now.
    pub granted: &'c [DeclaredPermission],
    /// The day, in UTC.
    pub today: NaiveDate,
}

/// Everything that the rules find in `permission`, in the order of the form.
#[must_use]
pub fn evaluate(permission: &DeclaredPermission, catalogue: &Catalogue, context: Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(entry) = catalogue.entry(&permission.key) else {
        found(&mut findings, Rule::PartnerDefined, "permission", "Remove it: the catalogue does not hold it");
        return findings;
    };
    tier(entry, context, &mut findings);
    layer(entry, context, &mut findings);
    stage(permission, context, &mut findings);
    questions(permission, &mut findings);
    fields(permission, entry, catalogue, &mut findings);
    retention(permission, catalogue, &mut findings);
    expiry(permission, entry, context, &mut findings);
    if entry.kind() == Kind::Write {
        found(&mut findings, Rule::Write, "reason", "The boards weigh every write: say why it must be one");
    }
    let is_restricted = findings.iter().any(|finding| finding.verdict() == Verdict::Restricted);
    if is_restricted && permission.reason.is_none() {
        found(&mut findings, Rule::Reason, "reason", "Say why the boards should allow what is restricted");
    }
    if context.stage == Stage::Maintenance && permission.reason.is_none() {
        found(&mut findings, Rule::ComplianceNote, "reason", "Say how you checked compliance before this change");
    }
    findings
}

fn found(findings: &mut Vec<Finding>, rule: Rule, field: &'static str, message: impl Into<String>) {
    findings.push(Finding { rule, field, message: message.into() });
}

fn tier(entry: &Entry, context: Context<'_>, findings: &mut Vec<Finding>) {
    if context.tier >= entry.tier {
        return;
    }
    let rule = match entry.kind() {
        Kind::Read => Rule::ReadTier,
        Kind::Write => Rule::WriteTier,
        Kind::Workflow => Rule::WorkflowTier,
        Kind::Intelligence => Rule::IntelligenceTier,
    };
    let message = format!("Remove it: it is for tier {}, and yours is {}", entry.tier.number(), context.tier.number());
    found(findings, rule, "permission", message);
}

/// A read of the API is used inside a workflow or an extension as well; what is of those layers is used nowhere else.
fn layer(entry: &Entry, context: Context<'_>, findings: &mut Vec<Finding>) {
    if entry.layer != Layer::Api && !context.layers.contains(entry.layer) {
        let message = format!(
            "Remove it: it is of the {} layer, and the integration has only {}",
            entry.layer.label(),
            context.layers
        );
        found(findings, Rule::Layer, "permission", message);
    }
}

fn stage(permission: &DeclaredPermission, context: Context<'_>, findings: &mut Vec<Finding>) {
    match context.stage {
        Stage::Active => {}
        Stage::Maintenance => {
            let Some(granted) = context.granted.iter().find(|granted| granted.key == permission.key) else {
                found(findings, Rule::Stage, "permission", "Remove it: in Maintenance nothing is added");
                return;
            };
            for name in permission.fields.difference(&granted.fields) {
                let message = format!("Remove {name}: in Maintenance nothing is added to what is granted");
                found(findings, Rule::Stage, "fields", message);
            }
            if let (Some(wanted), Some(kept)) = (permission.retention, granted.retention)
                && wanted > kept
            {
                let message =
                    format!("Enter {} hours or fewer, as granted: in Maintenance nothing is added", kept.in_hours());
                found(findings, Rule::Stage, "retention", message);
            }
        }
        Stage::Deprecation | Stage::EndOfSupport => {
            let message = format!("Remove it: in {} there are no new permissions", context.stage.label());
            found(findings, Rule::Stage, "permission", message);
        }
    }
}

fn questions(permission: &DeclaredPermission, findings: &mut Vec<Finding>) {
    for question in Question::ALL {
        if permission.answer(question).is_none() {
            let rule = match question {
                Question::Consent => Rule::Consent,
                Question::Deletion => Rule::Deletion,
                Question::Purpose | Question::Narrower | Question::IfRefused => Rule::Justification,
            };
            found(findings, rule, question.field(), question.missing());
        }
    }
}

fn fields(permission: &DeclaredPermission, entry: &Entry, catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    if permission.fields.is_empty() {
        found(findings, Rule::Implicit, "fields", "Choose the fields that you need");
    }
    for name in &permission.fields {
        let offered = entry.fields.iter().find(|field| field.name == *name);
        // What is forbidden is refused as such, whether or not this entry offers it.
        match catalogue.class_of(name) {
            Some(class) if class.is_forbidden => {
                let message = format!("Remove {name}: {} cannot be shared with partners", class.name);
                found(findings, Rule::ForbiddenData, "fields", message);
            }
            _ if offered.is_none() => {
                let message = format!("Remove {name}, which {} does not offer", entry.key);
                found(findings, Rule::UnknownField, "fields", message);
            }
            Some(_) => {}
            // A class that nobody knows is no licence.
            None => found(findings, Rule::ForbiddenData, "fields", format!("Remove {name}: its class is unknown")),
        }
    }
}

fn retention(permission: &DeclaredPermission, catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    let Some(retention) = permission.retention else {
        found(findings, Rule::Retention, "retention", "Say how many hours you keep the data");
        return;
    };
    if retention <= SHORT_RETENTION {
        return;
    }
    // The strictest class of what is chosen counts.
    let classes = permission.fields.iter().filter_map(|name| catalogue.class_of(name));
    let ceiling = classes.filter(|class| !class.is_forbidden).map(|class| class.ceiling_hours).min();
    match ceiling {
        Some(ceiling) if i64::from(retention.in_hours()) > ceiling => {
            let message = format!("Enter {ceiling} hours or fewer: longer is never allowed for this data");
            found(findings, Rule::EndlessRetention, "retention", message);
        }
        _ => {
            let message = "More than 24 hours is weighed by SCO: shorten it, or say why it must be so long";
            found(findings, Rule::LongRetention, "retention", message);
        }
    }
}

fn expiry(permission: &DeclaredPermission, entry: &Entry, context: Context<'_>, findings: &mut Vec<Finding>) {
    let latest = longest_grant(entry, context.today);
    match permission.until {
        None => {
            let message = format!("Choose the last day on which you need it, {} or earlier", show_date(latest));
            found(findings, Rule::Expiry, "until", message);
        }
        Some(until) if until <= context.today => {
            found(findings, Rule::Expiry, "until", "Choose a day that is still to come");
        }
        Some(until) if until > latest => {
            found(findings, Rule::Expiry, "until", format!("Choose {} or an earlier day", show_date(latest)));
        }
        Some(_) => {}
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        declaration::{Answer, Retention},
        integration::Layer,
        permission::{ClassKey, DataClass, Field, FieldName, PermissionKey},
        policy::may_submit,
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
        }
    }

    fn entries() -> Vec<Entry> {
        vec![
            entry(
                "read:items.status",
                Tier::One,
                &[("items.id", "item_summary"), ("items.status", "item_summary"), ("items.type", "item_summary")],
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

    pub(in crate::policy) fn catalogue() -> Catalogue {
        Catalogue { entries: entries(), classes: classes() }
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
            answers: [answer(), answer(), answer(), answer(), answer()],
            retention: Some(Retention::hours(24)),
            until: Some("2027-05-18".parse().unwrap()),
            reason: None,
        }
    }

    fn all_layers() -> Layers {
        Layers::parse(["api", "workflow", "extension"]).unwrap()
    }

    fn rules(permission: &DeclaredPermission, tier: Tier) -> Vec<Rule> {
        rules_at(permission, tier, &all_layers(), Stage::Active, &[])
    }

    fn rules_at(
        permission: &DeclaredPermission,
        tier: Tier,
        layers: &Layers,
        stage: Stage,
        granted: &[DeclaredPermission],
    ) -> Vec<Rule> {
        let context = Context { tier, layers, stage, granted, today: today() };
        evaluate(permission, &catalogue(), context).into_iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn each_layer_has_its_own_permissions() {
        let workflow = sound("workflow:dispute.prepare", &["items.id"]);
        let at = |layers: &[&str], permission| {
            let layers = Layers::parse(layers.iter().copied()).unwrap();
            rules_at(permission, Tier::Two, &layers, Stage::Active, &[])
        };
        assert_eq!(at(&["api"], &workflow), [Rule::Layer]);
        assert_eq!(at(&["workflow"], &workflow), []);
        // An extension reads as well.
        assert_eq!(at(&["extension"], &sound("read:items.status", &["items.status"])), []);
    }

    #[test]
    fn in_maintenance_only_what_is_granted_or_less_is_asked_for_with_a_note() {
        let granted = [sound("read:items.status", &["items.id", "items.status"])];
        let in_maintenance = |permission: &DeclaredPermission| {
            rules_at(permission, Tier::Two, &all_layers(), Stage::Maintenance, &granted)
        };
        let mut narrower = sound("read:items.status", &["items.status"]);
        assert_eq!(in_maintenance(&narrower), [Rule::ComplianceNote]);
        narrower.reason = Some(Answer::parse("Checked on 1 November.").unwrap());
        assert_eq!(in_maintenance(&narrower), []);
        let longer = DeclaredPermission { retention: Some(Retention::hours(48)), ..narrower.clone() };
        assert_eq!(in_maintenance(&longer), [Rule::Stage, Rule::LongRetention]);
        let mut wider = narrower.clone();
        wider.fields.insert(FieldName::parse("items.type").unwrap());
        assert_eq!(in_maintenance(&wider), [Rule::Stage]);
        let other = DeclaredPermission {
            reason: narrower.reason,
            ..sound("write:disputes.selection", &["disputes.selection"])
        };
        assert_eq!(in_maintenance(&other), [Rule::Stage, Rule::Write]);
    }

    #[test]
    fn after_maintenance_nothing_new_is_asked_for() {
        let granted = [sound("read:items.status", &["items.status"])];
        for stage in [Stage::Deprecation, Stage::EndOfSupport] {
            assert_eq!(rules_at(&granted[0], Tier::Two, &all_layers(), stage, &granted), [Rule::Stage], "{stage:?}");
        }
    }

    #[test]
    fn nothing_is_found_in_a_sound_read() {
        assert_eq!(rules(&sound("read:items.status", &["items.status"]), Tier::One), []);
    }

    #[test]
    fn everything_is_missing_from_an_empty_one() {
        let empty = DeclaredPermission::new(PermissionKey::parse("read:items.status").unwrap());
        let found = rules(&empty, Tier::One);
        let count = |rule| found.iter().filter(|other| **other == rule).count();
        assert_eq!(count(Rule::Justification), 3);
        for rule in [Rule::Consent, Rule::Deletion, Rule::Implicit, Rule::Retention, Rule::Expiry] {
            assert_eq!(count(rule), 1, "{}", rule.id());
        }
        assert_eq!(found.len(), 8);
    }

    #[test]
    fn tiers_open_what_the_specification_opens_to_them() {
        for (key, field, lowest, rule) in [
            ("workflow:dispute.prepare", "items.id", Tier::Two, Rule::WorkflowTier),
            ("write:disputes.selection", "disputes.selection", Tier::Two, Rule::WriteTier),
            ("intelligence:bureau.summary", "items.id", Tier::Three, Rule::IntelligenceTier),
        ] {
            for tier in Tier::ALL {
                assert_eq!(rules(&sound(key, &[field]), tier).contains(&rule), tier < lowest, "{key}, {tier:?}");
            }
        }
    }

    #[test]
    fn a_write_is_restricted_and_asks_for_a_reason() {
        let mut write = sound("write:disputes.selection", &["disputes.selection"]);
        assert_eq!(rules(&write, Tier::Two), [Rule::Write, Rule::Reason]);
        write.reason = Some(Answer::parse("The person selects in our app.").unwrap());
        assert_eq!(rules(&write, Tier::Two), [Rule::Write]);
    }

    #[test]
    fn forbidden_data_is_refused_field_by_field() {
        let workflow = sound("workflow:dispute.prepare", &["items.id", "items.remarks"]);
        assert_eq!(rules(&workflow, Tier::Two), [Rule::ForbiddenData]);
        assert_eq!(rules(&sound("workflow:dispute.prepare", &["items.id"]), Tier::Two), []);
        assert_eq!(rules(&sound("read:items.status", &["items.colour"]), Tier::One), [Rule::UnknownField]);
        assert_eq!(rules(&sound("read:items.status", &["items.remarks"]), Tier::One), [Rule::ForbiddenData]);
    }

    #[test]
    fn retention_is_free_for_a_day_weighed_up_to_the_ceiling_and_forbidden_beyond() {
        for (hours, expected) in [
            (0, &[][..]),
            (24, &[]),
            (25, &[Rule::LongRetention, Rule::Reason]),
            (720, &[Rule::LongRetention, Rule::Reason]),
            (721, &[Rule::EndlessRetention]),
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
        assert_eq!(rules(&both, Tier::Two), [Rule::EndlessRetention]);
    }

    #[test]
    fn access_ends_on_a_day_within_the_limit() {
        for (key, field, until, is_sound) in [
            ("read:items.status", "items.status", "2026-11-18", false),
            ("read:items.status", "items.status", "2026-11-19", true),
            ("read:items.status", "items.status", "2027-11-18", true),
            ("read:items.status", "items.status", "2027-11-19", false),
            ("workflow:dispute.prepare", "items.id", "2027-05-18", true),
            ("workflow:dispute.prepare", "items.id", "2027-05-19", false),
        ] {
            let permission = DeclaredPermission { until: Some(until.parse().unwrap()), ..sound(key, &[field]) };
            assert_eq!(rules(&permission, Tier::Three).is_empty(), is_sound, "{key} until {until}");
        }
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
            let mut before: Option<Vec<Rule>> = None;
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
                rules(permission, Tier::Two).iter().filter(|rule| rule.verdict() == Verdict::Forbidden).count()
            };
            for name in &permission.fields {
                let mut fewer = permission.clone();
                fewer.fields.remove(name);
                prop_assert!(forbidden(&fewer) <= forbidden(&permission));
            }
        }

        #[test]
        fn a_later_stage_never_takes_a_forbidden_finding_away(permission in any_permission(), granted in any_permission()) {
            let forbidden = |stage| {
                let found = rules_at(&permission, Tier::Three, &all_layers(), stage, std::slice::from_ref(&granted));
                found.iter().filter(|rule| rule.verdict() == Verdict::Forbidden).count()
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
            if may_submit(&evaluate(&permission, &catalogue, context)) {
                reached.set(reached.get() + 1);
                let entry = catalogue.entry(&permission.key).unwrap();
                prop_assert!(tier >= entry.tier && !permission.fields.is_empty());
                let is_sound = permission.fields.iter().all(|name| {
                    let is_offered = entry.fields.iter().any(|field| field.name == *name);
                    is_offered && catalogue.class_of(name).is_some_and(|class| !class.is_forbidden)
                });
                prop_assert!(is_sound);
                prop_assert!(
                    permission.until.unwrap() > today() && permission.until.unwrap() <= longest_grant(entry, today())
                );
                prop_assert!(permission.retention.unwrap().in_hours() <= 720);
            }
            Ok(())
        });
        assert!(outcome.is_ok(), "{outcome:?}");
        assert!(reached.get() > 40, "only {} of 256 may be submitted", reached.get());
    }
}
