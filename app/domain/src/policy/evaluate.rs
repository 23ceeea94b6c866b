//! What the rules find in one declared permission.

use chrono::NaiveDate;

use super::{Finding, Rule, Verdict, limit::SHORT_RETENTION, longest_grant};
use crate::{
    declaration::{DeclaredPermission, Question},
    partner::Tier,
    permission::{DataClass, Entry, Kind},
    time::show_date,
};

/// What a declaration is read against, besides the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The partner's tier.
    pub tier: Tier,
    /// The day, in UTC.
    pub today: NaiveDate,
}

/// Everything that the rules find in `permission`, which is of `entry`, in the order of the form.
#[must_use]
pub fn evaluate(
    permission: &DeclaredPermission,
    entry: &Entry,
    classes: &[DataClass],
    context: Context,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    tier(entry, context, &mut findings);
    questions(permission, &mut findings);
    fields(permission, entry, classes, &mut findings);
    retention(permission, entry, classes, &mut findings);
    expiry(permission, entry, context, &mut findings);
    if entry.kind() == Kind::Write {
        found(&mut findings, Rule::Write, "reason", "The boards weigh every write: say why it must be one");
    }
    let is_restricted = findings.iter().any(|finding| finding.verdict() == Verdict::Restricted);
    if is_restricted && permission.reason.is_none() {
        found(&mut findings, Rule::Reason, "reason", "Say why the boards should allow what is restricted");
    }
    findings
}

fn found(findings: &mut Vec<Finding>, rule: Rule, field: &'static str, message: impl Into<String>) {
    findings.push(Finding { rule, field, message: message.into() });
}

fn tier(entry: &Entry, context: Context, findings: &mut Vec<Finding>) {
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

fn fields(permission: &DeclaredPermission, entry: &Entry, classes: &[DataClass], findings: &mut Vec<Finding>) {
    if permission.fields.is_empty() {
        found(findings, Rule::Implicit, "fields", "Choose the fields that you need");
    }
    for name in &permission.fields {
        let Some(field) = entry.fields.iter().find(|field| field.name == *name) else {
            found(findings, Rule::UnknownField, "fields", format!("Remove {name}, which {} does not offer", entry.key));
            continue;
        };
        // A class that nobody knows is no licence.
        match classes.iter().find(|class| class.key == field.class) {
            Some(class) if !class.is_forbidden => {}
            Some(class) => {
                let message = format!("Remove {name}: {} cannot be shared with partners", class.name);
                found(findings, Rule::ForbiddenData, "fields", message);
            }
            None => found(findings, Rule::ForbiddenData, "fields", format!("Remove {name}: its class is unknown")),
        }
    }
}

fn retention(permission: &DeclaredPermission, entry: &Entry, classes: &[DataClass], findings: &mut Vec<Finding>) {
    let Some(retention) = permission.retention else {
        found(findings, Rule::Retention, "retention", "Say how many hours you keep the data");
        return;
    };
    if retention <= SHORT_RETENTION {
        return;
    }
    let chosen = entry.fields.iter().filter(|field| permission.fields.contains(&field.name));
    let ceiling = chosen
        .filter_map(|field| classes.iter().find(|class| class.key == field.class))
        .filter(|class| !class.is_forbidden)
        .map(|class| class.ceiling_hours)
        .min();
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

fn expiry(permission: &DeclaredPermission, entry: &Entry, context: Context, findings: &mut Vec<Finding>) {
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
        permission::{ClassKey, Field, FieldName, PermissionKey},
        policy::may_submit,
    };

    pub(in crate::policy) fn classes() -> Vec<DataClass> {
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
            layer: Layer::Api,
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

    pub(in crate::policy) fn entries() -> Vec<Entry> {
        vec![
            entry("read:items.status", Tier::One, &[("items.id", "item_summary"), ("items.status", "item_summary")]),
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

    fn rules(permission: &DeclaredPermission, tier: Tier) -> Vec<Rule> {
        let entries = entries();
        let entry = entries.iter().find(|entry| entry.key == permission.key).unwrap();
        evaluate(permission, entry, &classes(), Context { tier, today: today() })
            .into_iter()
            .map(|finding| finding.rule)
            .collect()
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

    fn any_permission() -> impl Strategy<Value = (usize, DeclaredPermission)> {
        let names = ["items.id", "items.status", "items.remarks", "disputes.selection", "reports.raw_text"];
        let fields = proptest::sample::subsequence(names.to_vec(), 0..=5);
        let answers = proptest::collection::vec(any::<bool>(), 6);
        (0..entries().len(), fields, answers, proptest::option::of(0u32..2000), proptest::option::of(-10i64..500))
            .prop_map(|(n, fields, answers, retention, days)| {
                let mut permission = sound(entries()[n].key.as_str(), &fields);
                for (answer, is_given) in permission.answers.iter_mut().zip(&answers) {
                    if !is_given {
                        *answer = None;
                    }
                }
                permission.reason = answers[5].then(|| Answer::parse("x").unwrap());
                permission.retention = retention.map(Retention::hours);
                permission.until = days.map(|days| today() + chrono::Duration::days(days));
                (n, permission)
            })
    }

    proptest! {
        #[test]
        fn raising_the_tier_never_adds_a_finding((_, permission) in any_permission()) {
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
        fn dropping_a_field_never_adds_a_forbidden_finding((n, permission) in any_permission()) {
            let entry = &entries()[n];
            let forbidden = |permission: &DeclaredPermission| {
                let context = Context { tier: Tier::Two, today: today() };
                let found = evaluate(permission, entry, &classes(), context);
                found.iter().filter(|finding| finding.verdict() == Verdict::Forbidden).count()
            };
            for name in &permission.fields {
                let mut fewer = permission.clone();
                fewer.fields.remove(name);
                prop_assert!(forbidden(&fewer) <= forbidden(&permission));
            }
        }

        #[test]
        fn what_may_be_submitted_reaches_nothing_forbidden((n, permission) in any_permission(), tier in 0usize..3) {
            let entry = &entries()[n];
            let context = Context { tier: Tier::ALL[tier], today: today() };
            if may_submit(&evaluate(&permission, entry, &classes(), context)) {
                prop_assert!(Tier::ALL[tier] >= entry.tier && !permission.fields.is_empty());
                prop_assert!(permission.fields.iter().all(|name| !name.as_str().contains("remarks") && !name.as_str().contains("raw")));
                prop_assert!(permission.until.unwrap() <= longest_grant(entry, today()));
                prop_assert!(permission.retention.unwrap().in_hours() <= 720);
            }
        }
    }
}
