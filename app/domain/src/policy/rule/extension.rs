//! §5: what extensions may add to the OS, and what they never take its place of.

use semver::{Version, VersionReq};

use super::{Check, Notes, Rule, Source, address::is_label};
use crate::{
    declaration::{Answer, Component, ComponentKind, Override},
    permission::Kind,
    policy::Verdict,
};

pub static AUTOMATION: Rule = Rule {
    id: "PIS-5.automation",
    source: Source::Specification(5, "partner workflow automation"),
    verdict: Verdict::Restricted,
    words: "Workflow automation by an extension is restricted",
    weigh: "What it runs while nobody looks, and how somebody stops it",
    checks: &[Check::Component(|component, _, notes| {
        if component.kind == ComponentKind::Automation {
            notes.add("kind", "The boards weigh every automation: expect them to ask how somebody stops it");
        }
    })],
};

pub static COMPONENT_WRITE: Rule = Rule {
    id: "PIS-5.write",
    source: Source::Specification(5, "partner write operations"),
    verdict: Verdict::Restricted,
    words: "Write operations by an extension are restricted",
    weigh: "Whether the person sees what is written before it is",
    checks: &[Check::Component(|component, _, notes| {
        if component.permissions.iter().flatten().any(|key| key.kind() == Kind::Write) {
            notes.add(
                "permissions",
                "The boards weigh every write of an extension: expect them to ask what people see of it",
            );
        }
    })],
};

pub static GLOBAL_OVERRIDE: Rule = Rule {
    id: "PIS-5.global-override",
    source: Source::Specification(5, "global UI overrides"),
    verdict: Verdict::Forbidden,
    words: "No extension changes the OS everywhere",
    weigh: "",
    checks: &[Check::Component(|component, _, notes| {
        overrides(component, Override::Global, "keep it to the places that the OS offers", notes);
    })],
};

pub static NAVIGATION_OVERRIDE: Rule = Rule {
    id: "PIS-5.navigation-override",
    source: Source::Specification(5, "navigation overrides"),
    verdict: Verdict::Forbidden,
    words: "No extension changes how people get about",
    weigh: "",
    checks: &[Check::Component(|component, _, notes| {
        overrides(component, Override::Navigation, "leave the navigation as it is", notes);
    })],
};

pub static RAW_DATA: Rule = Rule {
    id: "PIS-5.raw-data",
    source: Source::Specification(5, "raw data access"),
    verdict: Verdict::Forbidden,
    words: "No extension reaches data past the API",
    weigh: "",
    checks: &[Check::Component(|component, _, notes| {
        overrides(component, Override::RawData, "read by a permission, never past the API", notes);
    })],
};

pub static MANIFEST: Rule = Rule {
    id: "PIS-5.manifest",
    source: Source::Specification(5, "manifest"),
    verdict: Verdict::Missing,
    words: "An extension has a manifest: its identifier, its version and where it begins",
    weigh: "",
    checks: &[Check::Extension(|extension, _, notes| {
        let lacks = |answer: &Option<Answer>, is: fn(&str) -> bool| answer.as_ref().is_none_or(|it| !is(it.as_str()));
        if lacks(&extension.id, is_reverse_domain) {
            notes.add("id", "Give the extension a reverse domain that you own, such as org.example.timeline");
        }
        if lacks(&extension.version, |text| Version::parse(text).is_ok()) {
            notes.add("version", "Give the extension a version after semver, such as 1.0.0");
        }
        if extension.entry.is_none() {
            notes.add("entry", "Say where the extension begins");
        }
    })],
};

pub static COMPONENTS: Rule = Rule {
    id: "PIS-5.components",
    source: Source::Specification(5, "manifest"),
    verdict: Verdict::Missing,
    words: "The manifest of an extension names what it adds",
    weigh: "",
    checks: &[Check::Extension(|extension, _, notes| {
        if extension.components.is_empty() {
            notes.add("components", "Name what the extension adds inside the OS");
        }
    })],
};

pub static PERMISSIONS: Rule = Rule {
    id: "PIS-5.permissions",
    source: Source::Specification(5, "permissions"),
    verdict: Verdict::Missing,
    words: "Each thing that an extension adds names the permissions that it needs",
    weigh: "",
    checks: &[Check::Component(|component, _, notes| {
        if component.permissions.is_none() {
            notes.add("permissions", format!("Name the permissions that {} needs, if any", component.name));
        }
    })],
};

pub static COMPATIBILITY: Rule = Rule {
    id: "PIS-5.compatibility",
    source: Source::Specification(5, "compatibility declaration"),
    verdict: Verdict::Missing,
    words: "An extension declares the versions of the OS that it works with",
    weigh: "",
    checks: &[Check::Extension(|extension, _, notes| match &extension.compatibility {
        None => notes.add("compatibility", "Say which versions of KWANUS OS it works with, such as >=4.2, <6"),
        Some(range) if !is_range(range.as_str()) => {
            notes.add("compatibility", "Write a semver range that you have tested, such as >=4.2, <6");
        }
        Some(_) => {}
    })],
};

pub static SANDBOX: Rule = Rule {
    id: "PIS-5.sandbox",
    source: Source::Specification(5, "sandboxing"),
    verdict: Verdict::Missing,
    words: "An extension runs in a sandbox, and declares it",
    weigh: "",
    checks: &[Check::Extension(|extension, _, notes| {
        if extension.sandbox.is_none() {
            notes.add("sandbox", "Say what holds it apart from the OS and from other extensions");
        }
    })],
};

fn overrides(component: &Component, what: Override, instead: &str, notes: &mut Notes<'_>) {
    if component.overrides.contains(&what) {
        notes.add("overrides", format!("Change {}: {instead}", component.name));
    }
}

/// Whether it is a domain written from its end, as nobody else can have: `org.example.timeline`.
fn is_reverse_domain(text: &str) -> bool {
    let is_top = |label: &str| label.len() > 1 && label.bytes().all(|b| b.is_ascii_alphabetic());
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(is_label)
        && text.split('.').next().is_some_and(is_top)
}

/// Whether it is a range of versions that bounds something, in commas or, as extensions have it, in spaces and `||`.
fn is_range(text: &str) -> bool {
    text.split("||").all(|range| {
        let mut comparators = String::with_capacity(range.len() + 8);
        for word in range.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()) {
            // An operator that stands apart belongs to what follows it.
            if comparators.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '*') {
                comparators.push(',');
            }
            comparators.push_str(word);
        }
        VersionReq::parse(&comparators).is_ok_and(|range| range != VersionReq::STAR)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_a_reverse_domain() {
        for (text, is) in [
            ("org.example.timeline", true),
            ("example.orbit-crm.client-timeline", true),
            ("io.Example", true),
            ("timeline", false),
            ("org..example", false),
            ("org.example.", false),
            ("org.-example", false),
            ("org.exa mple", false),
            ("1.4.0", false),
            ("https://example.org", false),
            ("org.ex\u{430}mple", false),
        ] {
            assert_eq!(is_reverse_domain(text), is, "{text}");
        }
    }

    #[test]
    fn a_range_bounds_the_versions_that_were_tested() {
        for (text, is) in [
            (">=4.2, <6", true),
            (">=4.2 <6", true),
            (">= 4.2 < 6", true),
            ("^4.2.1 || ~5.1", true),
            ("4.x", true),
            ("=4.2.0-rc.1", true),
            ("*", false),
            ("4 || *", false),
            ("All", false),
            ("4.2.0.1", false),
            (">=4.2,, <6", true),
            ("4 ||", false),
            ("newer than 4", false),
        ] {
            assert_eq!(is_range(text), is, "{text}");
        }
    }
}
