//! §2: three layers, each with its own rules.

use super::{Check, Notes, PermissionScope, Rule, Source};
use crate::{integration::Layer, policy::Verdict};

pub static LAYER: Rule = Rule {
    id: "PIS-2.layer",
    source: Source::Specification(2, "Each layer has its own rules, boundaries, and governance."),
    verdict: Verdict::Forbidden,
    words: "Each layer has its own permissions: an integration asks for those of its layers",
    weigh: "Whether the integration should have that layer at all",
    checks: &[Check::Permission(layer)],
};

/// A read of the API is used inside a workflow or an extension as well; what is of those layers is used nowhere else.
fn layer(asked: &PermissionScope<'_>, notes: &mut Notes<'_>) {
    let (entry, layers) = (asked.entry, asked.context.layers);
    if entry.layer != Layer::Api && !layers.contains(entry.layer) {
        let layer = entry.layer.label();
        notes
            .add("permission", format!("Remove it: it is of the {layer} layer, and the integration has only {layers}"));
    }
}
