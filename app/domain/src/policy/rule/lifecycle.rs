//! §10: what a stage leaves open.

use super::{Check, Notes, PermissionScope, Rule, Source};
use crate::{declaration::Question, integration::Stage, policy::Verdict};

pub static STAGE: Rule = Rule {
    id: "PIS-10.stage",
    source: Source::Specification(10, "limited updates"),
    verdict: Verdict::Forbidden,
    words: "In Maintenance only what is granted or less can be asked for; after it nothing new",
    weigh: "",
    checks: &[Check::Permission(stage)],
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

fn stage(asked: &PermissionScope<'_>, notes: &mut Notes<'_>) {
    let (permission, context) = (asked.permission, asked.context);
    match context.stage {
        Stage::Active => {}
        Stage::Maintenance => {
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
                notes.add(
                    "retention",
                    format!("Enter {hours} hours or fewer, as granted: in Maintenance nothing is added"),
                );
            }
        }
        Stage::Deprecation | Stage::EndOfSupport => {
            let stage = context.stage.label();
            notes.add("permission", format!("Remove it: in {stage} there are no new permissions"));
        }
    }
}
