//! §4: what workflows show before people rely on them.

use super::{
    Check, Rule, Source,
    address::is_public_page,
    permission::{OWN_WORKFLOWS, is_start},
};
use crate::{
    declaration::{Percent, WorkflowKind},
    policy::Verdict,
};

/// A service of the partner that answers less than this much of the time is nothing to rely on (`PartnerEnforcement`).
const LEAST_RELIABLE: Percent = Percent::hundredths(9900);

pub static PERMISSION: Rule = Rule {
    id: "PIS-4.permission",
    source: Source::Specification(4, "must follow permission rules"),
    verdict: Verdict::Missing,
    words: "A workflow that the partner triggers names the permission that starts it",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.kind == WorkflowKind::Triggered && !workflow.permissions.iter().any(is_start) {
            let message = format!(
                "Name the permission by which you start {}: a workflow permission, or {OWN_WORKFLOWS}",
                workflow.name
            );
            notes.add("permissions", message);
        }
    })],
};

pub static FINAL_OUTPUT: Rule = Rule {
    id: "PIS-4.final-output",
    source: Source::Specification(4, "OS controls final output"),
    verdict: Verdict::Forbidden,
    words: "The OS controls the final output of a workflow that a partner enhances",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.kind == WorkflowKind::Enhanced && workflow.os_decides == Some(false) {
            notes.add("os_decides", "Let the OS decide what people are shown: you provide data to it");
        }
    })],
};

pub static FINAL_OUTPUT_SAID: Rule = Rule {
    id: "PIS-4.final-output-said",
    source: Source::Specification(4, "OS controls final output"),
    verdict: Verdict::Missing,
    words: "It is declared who controls the final output of a workflow that a partner enhances",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.kind == WorkflowKind::Enhanced && workflow.os_decides.is_none() {
            notes.add("os_decides", "Confirm that the OS decides what people are shown");
        }
    })],
};

pub static RELIABILITY: Rule = Rule {
    id: "PIS-4.reliability",
    source: Source::Specification(4, "requires high reliability"),
    verdict: Verdict::Missing,
    words: "A service that the OS relies on declares its reliability, its status page and what happens while it is down",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.kind != WorkflowKind::Dependent {
            return;
        }
        let reliability = &workflow.reliability;
        if reliability.target.is_none() {
            notes.add("target_percent", "Say how much of the time your service answers");
        }
        match &reliability.status_page {
            None => notes.add("status_page", "Say where the state of your service is told"),
            Some(page) if !is_public_page(page.as_str()) => {
                notes.add("status_page", "Give the address of a public page, such as https://status.partner.example");
            }
            Some(_) => {}
        }
        if reliability.when_down.is_none() {
            notes.add("when_down", "Say what happens to people while your service does not answer");
        }
    })],
};

pub static UNRELIABLE: Rule = Rule {
    id: "PIS-4.unreliable",
    source: Source::Family("PartnerEnforcement"),
    verdict: Verdict::Forbidden,
    words: "The OS relies on no service that answers less than 99 % of the time",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        let target = workflow.reliability.target;
        if workflow.kind == WorkflowKind::Dependent && target.is_some_and(|target| target < LEAST_RELIABLE) {
            notes.add("target_percent", "Promise 99 % at least, or let the OS go on without your service");
        }
    })],
};

pub static IDEMPOTENT: Rule = Rule {
    id: "PIS-4.idempotent",
    source: Source::Specification(4, "idempotent"),
    verdict: Verdict::Missing,
    words: "A workflow is safe to run twice, and declares why",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.idempotent.is_none() {
            notes.add("idempotent", "Say what makes it safe to run twice");
        }
    })],
};

pub static AUDITABLE: Rule = Rule {
    id: "PIS-4.auditable",
    source: Source::Specification(4, "auditable"),
    verdict: Verdict::Missing,
    words: "A workflow leaves a trace that can be audited",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.auditable.is_none() {
            notes.add("auditable", "Say what shows afterwards that it ran, and on what");
        }
    })],
};

pub static REVERSIBLE: Rule = Rule {
    id: "PIS-4.reversible",
    source: Source::Specification(4, "reversible"),
    verdict: Verdict::Missing,
    words: "A workflow can be undone",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.reversible.is_none() {
            notes.add("reversible", "Say how it is undone");
        }
    })],
};

pub static VERSION: Rule = Rule {
    id: "PIS-4.versioned",
    source: Source::Specification(4, "versioned"),
    verdict: Verdict::Missing,
    words: "A workflow has a version",
    weigh: "",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.version.is_none() {
            notes.add("version", "Say which version of it you use");
        }
    })],
};
