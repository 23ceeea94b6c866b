//! §10: what a stage leaves open.

use super::{Check, Notes, PermissionScope, Rule, Source};
use crate::{declaration::Question, integration::Stage, policy::Verdict};

pub static STAGE: Rule = Rule {
    id: "PIS-10.stage",
    source: Source::Specification(10, "limited updates"),
    verdict: Verdict::Forbidden,
    words: "In Maintenance only what is granted or less can be asked for",
    weigh: "",
    checks: &[Check::Permission(maintenance)],
};

pub static DEPRECATION: Rule = Rule {
    id: "PIS-10.deprecation",
    source: Source::Specification(10, "migration or remediation required"),
    verdict: Verdict::Forbidden,
    words: "In Deprecation people are led away from the integration: nothing new can be asked for",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| nothing_new(asked, Stage::Deprecation, notes))],
};

pub static END_OF_SUPPORT: Rule = Rule {
    id: "PIS-10.end-of-support",
    source: Source::Specification(10, "access revoked"),
    verdict: Verdict::Forbidden,
    words: "At End of Support access is revoked: nothing can be asked for",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| nothing_new(asked, Stage::EndOfSupport, notes))],
};

pub static COMPLIANCE_NOTE: Rule = Rule {
    id: "PIS-10.compliance-note",
    source: Source::Specification(10, "compliance checks required"),
    verdict: Verdict::Missing,
    words: "In Maintenance, compliance is checked before any change",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        let note = Question::ComplianceNote;
        if asked.context.stage == Stage::Maintenance && asked.permission.answer(note).is_none() {
            notes.add(note.field(), note.missing());
        }
    })],
};

fn maintenance(asked: &PermissionScope<'_>, notes: &mut Notes<'_>) {
    let (permission, context) = (asked.permission, asked.context);
    if context.stage != Stage::Maintenance {
        return;
    }
    let Some(granted) = context.granted.iter().find(|granted| granted.key == permission.key) else {
        notes.add("permission", "Remove it: in Maintenance nothing is added");
        return;
    };
    for name in permission.fields.difference(&granted.fields) {
        notes.add("fields", format!("Remove {name}: in Maintenance nothing is added to what is granted"));
    }
    if let (Some(wanted), Some(kept)) = (permission.retention, granted.retention)
        && wanted > kept
    {
        let hours = kept.in_hours();
        notes.add("retention", format!("Enter {hours} hours or fewer, as granted: in Maintenance nothing is added"));
    }
}

fn nothing_new(asked: &PermissionScope<'_>, stage: Stage, notes: &mut Notes<'_>) {
    if asked.context.stage == stage {
        notes.add("permission", format!("Remove it: in {} there are no new permissions", stage.label()));
    }
}
