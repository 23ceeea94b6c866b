//! §2: three layers, each with its own rules.

use super::{Check, Notes, PermissionScope, Rule, Source};
use crate::{
    declaration::{Declaration, Part},
    integration::{Layer, Layers},
    policy::Verdict,
};

pub static LAYER: Rule = Rule {
    id: "PIS-2.layer",
    source: Source::Specification(2, "Each layer has its own rules, boundaries, and governance."),
    verdict: Verdict::Forbidden,
    words: "Each layer has its own permissions: an integration asks for those of its layers",
    weigh: "Whether the integration should have that layer at all",
    checks: &[Check::Permission(layer), Check::Layers(undeclared)],
};

pub static DECLARED: Rule = Rule {
    id: "PIS-2.declared",
    source: Source::Specification(2, "Each layer has its own rules, boundaries, and governance."),
    verdict: Verdict::Missing,
    words: "What an integration does in each of its layers is declared",
    weigh: "",
    checks: &[Check::Layers(declared)],
};

fn declared(declaration: &Declaration, layers: &Layers, notes: &mut Notes<'_>) {
    if layers.contains(Layer::Api) && declaration.api.is_none() {
        notes.add_to(Part::Api, "contract", "Say how the integration uses the API");
    }
    if layers.contains(Layer::Workflow) && declaration.workflows.is_empty() {
        notes.add_to(Part::Workflow(0), "name", "Declare the workflows that the integration takes part in");
    }
    if layers.contains(Layer::Extension) && declaration.extension.is_none() {
        notes.add_to(Part::Extension, "id", "Say what the integration adds inside the OS");
    }
}

/// What is declared of a layer that the integration has not: the boards are asked by its layers, and what is of another would
/// pass them by.
fn undeclared(declaration: &Declaration, layers: &Layers, notes: &mut Notes<'_>) {
    let of = [
        (Layer::Api, declaration.api.is_some(), Part::Api, "contract"),
        (Layer::Workflow, !declaration.workflows.is_empty(), Part::Workflow(0), "name"),
        (Layer::Extension, declaration.extension.is_some(), Part::Extension, "id"),
    ];
    for (layer, is_declared, part, field) in of {
        if is_declared && !layers.contains(layer) {
            let message = format!(
                "Take it out, or have the {} layer registered: the integration has only {layers}",
                layer.label()
            );
            notes.add_to(part, field, message);
        }
    }
}

/// A read of the API is used inside a workflow or an extension as well; what is of those layers is used nowhere else.
fn layer(asked: &PermissionScope<'_>, notes: &mut Notes<'_>) {
    let (entry, layers) = (asked.entry, asked.context.layers);
    if entry.layer != Layer::Api && !layers.contains(entry.layer) {
        let layer = entry.layer.label();
        let message = format!("Remove it, or have the {layer} layer registered: the integration has only {layers}");
        notes.add("permission", message);
    }
}
