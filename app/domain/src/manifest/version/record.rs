//! Whether a version is recorded: without a vote, and so only where nothing is left to vote on.

use std::collections::BTreeSet;

use super::{ManifestVersion, scope};
use crate::{
    declaration::{Answer, Declaration},
    integration::Stage,
    manifest::{Fault, Lint, Manifest, ManifestFile},
    permission::{Catalogue, PermissionKey},
    policy::{Context, STORAGE_SAID, Verdict},
};

/// What a version is recorded on.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// The partner's tier, the integration's layers and stage, what is granted to it, and the day.
    pub context: Context<'g>,
    /// What there is to be asked for, with what is granted as it was then ([`Catalogue::as_granted`]).
    pub catalogue: &'g Catalogue,
    /// What the boards approved last, if they ever did.
    pub approved: Option<&'g Declaration>,
    /// The version that was recorded last, and what it declares ([`Catalogue::as_recorded`]).
    pub last: Option<(&'g ManifestVersion, &'g Declaration)>,
    /// What the recorded version of the same number declares, if there is one, read likewise.
    pub namesake: Option<&'g Declaration>,
}

/// What becomes of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nothing: it is recorded already.
    Again,
    /// It is recorded.
    New {
        /// Its number.
        version: ManifestVersion,
        /// The permissions of which it asks for less than is granted: the grants are wider than it needs.
        unneeded: Vec<PermissionKey>,
    },
}

/// Why a version is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing that it could be within: the boards approved nothing yet.
    NothingApproved,
    /// The support of the integration has ended.
    Over,
    /// The integration is deprecated, and it is no security fix.
    NotAFix,
    /// The manifest itself: what is wrong with it, and what in it is forbidden or more than there was.
    Manifest(Lint),
}

impl Refusal {
    /// Why nothing is recorded of an integration in that stage, whatever its manifest says.
    #[must_use]
    pub fn standing(stage: Stage, is_approved: bool) -> Option<Self> {
        match stage {
            Stage::EndOfSupport => Some(Self::Over),
            Stage::Active | Stage::Maintenance | Stage::Deprecation => (!is_approved).then_some(Self::NothingApproved),
        }
    }

    /// Why, in a sentence without a full stop, where it is not the manifest itself.
    #[must_use]
    pub fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::NothingApproved => {
                Some("The boards have approved nothing of this integration: submit a permission justification first")
            }
            Self::Over => Some("The support of this integration has ended, and no version of it is recorded any more"),
            Self::NotAFix => Some("In Deprecation only security fixes are recorded: say what it mends"),
            Self::Manifest(_) => None,
        }
    }
}

/// Whether a version of the manifest is recorded (`PartnerIntegrationSpec` §6, §10): one that is newer than the last,
/// in which nothing is forbidden, and which asks for no permission that is not granted. A grant runs on: what today's
/// catalogue forbids of a permission is not held against one that stays within its grant. In Maintenance and Deprecation
/// it is a patch, and adds nothing to what was approved or was in the last version; in Deprecation it is a security fix
/// besides; at the End of Support there is none. What is still missing for a review stands in nobody's way, since there
/// is no review; and what is not said of a permission is as it is granted. But no grant says how often a call is made, nor
/// what a copy of the data holds that is new or another than before; and no copy is kept for longer than its data may be.
pub fn record(file: &ManifestFile, is_security_fix: bool, ground: &Ground<'_>) -> Result<Recording, Refusal> {
    if ground.namesake.is_some_and(|namesake| is_again(file, namesake, ground.catalogue)) {
        return Ok(Recording::Again);
    }
    let manifest = Manifest::of(file, ground.catalogue);
    let stage = ground.context.stage;
    if let Some(refusal) = Refusal::standing(stage, ground.approved.is_some()) {
        return Err(refusal);
    }
    if stage == Stage::Deprecation && !is_security_fix {
        return Err(Refusal::NotAFix);
    }
    let version = ManifestVersion::parse(&file.version);
    let beyond = scope::beyond_grants(&manifest, ground.context.granted);
    let before: Vec<_> = ground.approved.into_iter().chain(ground.last.map(|(_, declaration)| declaration)).collect();
    let mut lint = refused(&manifest, &beyond, &before, ground);
    match &version {
        Ok(version) => lint.faults.extend(against_others(version, ground).map(|message| fault("/version", message))),
        Err(violation) => lint.faults.push(fault("/version", violation.message.to_string())),
    }
    lint.faults.extend(of_another(&manifest.declaration, &before).map(|message| fault("/id", message)));
    lint.faults.extend(beyond);
    lint.faults.extend(scope::copies_beyond_grants(&manifest.declaration, ground.context.granted));
    if stage != Stage::Active {
        lint.faults.extend(scope::added(&manifest.declaration, &before, stage));
    }
    match version {
        Ok(version) if lint.faults.is_empty() && lint.findings.is_empty() => {
            let unneeded = scope::unneeded(&manifest.declaration, ground.context.granted);
            Ok(Recording::New { version, unneeded })
        }
        _ => Err(Refusal::Manifest(lint)),
    }
}

fn fault(pointer: &str, message: String) -> Fault {
    Fault { pointer: pointer.to_owned(), message }
}

/// Whether a file declares what the recorded version of its number does, whatever was withdrawn since.
fn is_again(file: &ManifestFile, namesake: &Declaration, catalogue: &Catalogue) -> bool {
    let manifest = Manifest::of(file, &catalogue.clone().as_recorded());
    let is_read = manifest.faults.is_empty() && manifest.refused.is_empty();
    is_read && sorted(namesake) == sorted(&manifest.declaration)
}

/// What cannot be read, does not fit the integration, or is forbidden whenever it is asked for, but for what is found in a
/// permission that stays within its grant; and what is not said of a copy that was not there before as it is. What the stage
/// leaves open is another question.
fn refused(manifest: &Manifest, beyond: &[Fault], before: &[&Declaration], ground: &Ground<'_>) -> Lint {
    let mut lint = manifest.lint(ground.catalogue, Context { stage: Stage::Active, ..ground.context });
    let beyond: BTreeSet<_> = beyond.iter().filter_map(|fault| permission_at(&fault.pointer)).collect();
    // What is refused by its name is none of the declaration: no grant holds it.
    let is_named = |at: &str| manifest.refused.iter().any(|refused| refused.pointer == at);
    let within: BTreeSet<_> = manifest.places.iter().copied().filter(|place| !beyond.contains(place)).collect();
    lint.findings.retain(|found| {
        let is_granted = || permission_at(&found.pointer).is_some_and(|place| within.contains(&place));
        let is_unsaid = || found.is_unanswered && permission_at(&found.pointer).is_some();
        let is_allowed = || !is_named(&found.pointer) && (is_unsaid() || is_granted());
        let is_forbidden = || found.rule.verdict == Verdict::Forbidden && !is_allowed();
        let is_other_copy = |place: usize| {
            let copy = manifest.declaration.compliance.storage.get(place);
            copy.is_some_and(|copy| before.iter().all(|before| !before.compliance.storage.contains(copy)))
        };
        let lacks = || {
            *found.rule == STORAGE_SAID && place_in("/compliance/storage/", &found.pointer).is_some_and(is_other_copy)
        };
        is_forbidden() || lacks()
    });
    lint.faults.extend(manifest.misfits());
    lint
}

/// The place in the file of the permission that a pointer leads to or into.
fn permission_at(pointer: &str) -> Option<usize> {
    place_in("/permissions/", pointer)
}

/// The place in that list of the file that a pointer leads to or into.
fn place_in(list: &str, pointer: &str) -> Option<usize> {
    pointer.strip_prefix(list)?.split('/').next()?.parse().ok()
}

/// What the number of the version is against, among those that are recorded.
fn against_others(version: &ManifestVersion, ground: &Ground<'_>) -> Option<String> {
    let (last, _) = ground.last?;
    let stage = ground.context.stage;
    if ground.namesake.is_some() {
        return Some(format!("{version} is recorded with another content: give this one a number of its own"));
    }
    if !version.is_newer_than(last) {
        return Some(format!("{version} is not newer than {last}, which is the last version on record"));
    }
    let is_patch = stage == Stage::Active || version.is_patch_of(last);
    (!is_patch).then(|| {
        let (stage, line) = (stage.label(), last.line());
        format!("In {stage} only patches are recorded: give it a number of {line}, after {last}")
    })
}

/// That it is the manifest of something else, by its identifier.
fn of_another(now: &Declaration, before: &[&Declaration]) -> Option<String> {
    fn id(declaration: &Declaration) -> Option<&Answer> {
        declaration.extension.as_ref().map_or(&declaration.identity.id, |extension| &extension.id).as_ref()
    }
    let (now, last) = (id(now)?, before.iter().rev().find_map(|declaration| id(declaration))?);
    let is_known = before.iter().any(|declaration| id(declaration) == Some(now));
    (!is_known).then(|| format!("This is the manifest of {now}, and the integration is {last}"))
}

/// The same with its permissions in one order: in which they are written makes no difference.
fn sorted(declaration: &Declaration) -> Declaration {
    let mut sorted = declaration.clone();
    sorted.permissions.sort_by(|one, other| one.key.cmp(&other.key));
    sorted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        declaration::DeclaredPermission,
        integration::Layers,
        manifest::parse,
        partner::Tier,
        policy::tests::{any_declaration, catalogue},
    };

    const APPROVED: &str = r#"{
        "id": "org.example.timeline", "version": "1.4.0", "entry": "dist/index.js",
        "permissions": [
            { "key": "read:items.status", "fields": ["items.id", "items.status"], "retention_hours": 24 },
            { "key": "write:disputes.selection", "fields": ["disputes.selection"], "until": "2027-03-31" }
        ],
        "api": { "endpoints": [{ "path": "GET /v1/items", "permissions": ["read:items.status"], "rate_per_minute": 60 }] },
        "workflows": [{ "name": "Prepare", "kind": "triggered" }]
    }"#;

    /// The manifest that was approved, with some of it replaced.
    fn with(version: &str, replaced: &[(&str, &str)]) -> ManifestFile {
        let text = APPROVED.replace("1.4.0", version);
        let text = replaced.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, &to.replace("NEEDS", r#""permissions": ["read:items.status"]"#))
        });
        parse(&text).unwrap()
    }

    fn declared(file: &ManifestFile) -> Declaration {
        Manifest::of(file, &catalogue()).declaration
    }

    /// What becomes of the manifest after what was approved was recorded as 1.4.0.
    fn at(stage: Stage, is_security_fix: bool, file: &ManifestFile) -> Result<Recording, Refusal> {
        let (catalogue, layers) = (catalogue(), Layers::parse(["api", "workflow", "extension"]).unwrap());
        let (approved, last) = (declared(&with("1.4.0", &[])), ManifestVersion::parse("1.4.0").unwrap());
        let today = "2026-11-18".parse().unwrap();
        let context = Context { tier: Tier::Two, layers: &layers, stage, granted: &approved.permissions, today };
        let ground = Ground {
            context,
            catalogue: &catalogue,
            approved: Some(&approved),
            last: Some((&last, &approved)),
            namesake: (file.version == "1.4.0").then_some(&approved),
        };
        record(file, is_security_fix, &ground)
    }

    fn is_new(outcome: &Result<Recording, Refusal>) -> bool {
        matches!(outcome, Ok(Recording::New { .. }))
    }

    /// What is wrong, by its place or its rule.
    fn wrong(outcome: Result<Recording, Refusal>) -> Vec<String> {
        let Err(Refusal::Manifest(lint)) = outcome else { panic!("{outcome:?}") };
        let faults = lint.faults.into_iter().map(|fault| fault.pointer);
        faults.chain(lint.findings.into_iter().map(|found| found.rule.id.to_owned())).collect()
    }

    #[test]
    fn a_newer_version_with_unchanged_permissions_is_recorded() {
        for version in ["1.4.1", "1.5.0", "2.0.0", "1.4.1-rc.1"] {
            let recorded = at(Stage::Active, false, &with(version, &[]));
            let version = ManifestVersion::parse(version).unwrap();
            assert_eq!(recorded, Ok(Recording::New { version, unneeded: vec![] }));
        }
        let more = with("1.5.0", &[("60 }", "60 }, { \"path\": \"GET /v1/notes\", NEEDS, \"rate_per_minute\": 10 }")]);
        assert!(is_new(&at(Stage::Active, false, &more)), "what uses the same permissions may be added");
        let unbounded = with("1.5.0", &[("60 }", "60 }, { \"path\": \"GET /v1/notes\", NEEDS }")]);
        assert_eq!(wrong(at(Stage::Active, false, &unbounded)), ["PIS-3.unbounded"]);
        // The manifest of an extension as it is.
        let plain = parse(
            r#"{ "id": "org.example.timeline", "name": "Timeline", "version": "1.5.0", "entry": "dist/index.js",
                "permissions": ["read:items.status", "write:disputes.selection"] }"#,
        );
        assert!(is_new(&at(Stage::Active, false, &plain.unwrap())));
    }

    #[test]
    fn what_is_recorded_is_recorded_once() {
        let same = with("1.4.0", &[("\"1.4.0\"", "\"1.4.0\", \"name\": \"Timeline\"")]);
        for stage in Stage::ALL {
            assert_eq!(at(*stage, false, &same), Ok(Recording::Again), "{stage:?}");
        }
        let other = with("1.4.0", &[("dist/index.js", "dist/main.js")]);
        assert_eq!(wrong(at(Stage::Active, false, &other)), ["/version"]);
        for old in ["1.3.9", "1.4.0-rc.1", "1.4.0+build.2", "latest", ""] {
            assert_eq!(wrong(at(Stage::Active, false, &with(old, &[]))), ["/version"], "{old}");
        }
    }

    #[test]
    fn a_permission_that_is_added_or_widened_is_voted_on() {
        let added = with("1.5.0", &[("\"permissions\": [\n", "\"permissions\": [\n\"read:items.summary\",")]);
        assert_eq!(wrong(at(Stage::Active, false, &added)), ["/permissions/0"]);
        let widened = with("1.5.0", &[("\"items.id\", ", "\"items.id\", \"items.type\", ")]);
        assert_eq!(wrong(at(Stage::Active, false, &widened)), ["/permissions/0"]);
        let kept = with("1.5.0", &[("\"retention_hours\": 24", "\"retention_hours\": 48")]);
        assert_eq!(wrong(at(Stage::Active, false, &kept)), ["/permissions/0"]);
        let narrower = with("1.5.0", &[("\"items.id\", ", "")]);
        let Ok(Recording::New { unneeded, .. }) = at(Stage::Active, false, &narrower) else { panic!("it is less") };
        assert_eq!(unneeded.iter().map(PermissionKey::as_str).collect::<Vec<_>>(), ["read:items.status"]);
    }

    #[test]
    fn what_is_forbidden_or_of_something_else_is_never_recorded() {
        let forbidden = with("1.5.0", &[("GET /v1/items", "postgres://db/v1/items")]);
        assert_eq!(wrong(at(Stage::Active, false, &forbidden))[0], "PIS-3.direct-database");
        let unknown = with("1.5.0", &[("\"permissions\": [\n", "\"permissions\": [\n\"read:*\",")]);
        assert_eq!(wrong(at(Stage::Active, false, &unknown)), ["PIS-6.wildcard"]);
        let any_field = with("1.5.0", &[("\"fields\": [", "\"fields\": [\"items.*\", ")]);
        assert_eq!(wrong(at(Stage::Active, false, &any_field)), ["PIS-6.wildcard"; 2], "no grant is of any field");
        let foreign = with("1.5.0", &[("org.example.timeline", "org.example.other")]);
        assert_eq!(wrong(at(Stage::Active, false, &foreign)), ["/id"]);
    }

    /// The manifest that was approved, with these copies of the data.
    fn with_copies(version: &str, copies: &str) -> ManifestFile {
        let storage = format!("\"compliance\": {{ \"storage\": [{copies}] }}, \"workflows\"");
        with(version, &[("\"workflows\"", &storage)])
    }

    #[test]
    fn a_copy_that_says_less_than_everything_or_is_kept_for_longer_than_its_data_is_never_recorded() {
        let said = |fields: &str| format!(r#"{{ "place": "Dublin", "readers": "Two people", {fields} }}"#);
        let wrong_with = |copy: &str| wrong(at(Stage::Active, false, &with_copies("1.5.0", copy)));
        let whole = said(r#""permissions": ["read:items.status"], "retention_hours": 24"#);
        assert!(is_new(&at(Stage::Active, false, &with_copies("1.5.0", &whole))));
        for copy in [
            said(r#""permissions": [], "retention_hours": 24"#),
            said(r#""permissions": ["read:items.status"]"#),
            r#"{ "permissions": ["read:items.status"], "retention_hours": 24, "readers": "Two people" }"#.to_owned(),
        ] {
            assert_eq!(wrong_with(&copy), ["PIS-7.storage-said"], "{copy}");
        }
        let endless = said(r#""permissions": [], "retention_hours": 4000000000"#);
        assert_eq!(wrong_with(&endless), ["PCS.endless-retention", "PIS-7.storage-said"]);
        let longer = said(r#""permissions": ["read:items.status"], "retention_hours": 25"#);
        let never = said(r#""permissions": ["write:disputes.selection"], "retention_hours": 1"#);
        for (copy, stage) in [&longer, &never].into_iter().zip([Stage::Active, Stage::Maintenance]) {
            let places = wrong(at(stage, false, &with_copies("1.4.1", copy)));
            assert_eq!(places[0], "/compliance/storage/0/retention_hours", "{copy}");
        }
    }

    #[test]
    fn a_copy_that_was_approved_as_it_is_is_asked_nothing_unless_it_is_kept_for_longer_than_its_data() {
        let (catalogue, layers) = (catalogue(), Layers::parse(["api", "workflow", "extension"]).unwrap());
        let (last, today) = (ManifestVersion::parse("1.4.0").unwrap(), "2026-11-18".parse().unwrap());
        let outcome = |before: &str, now: &str| {
            let approved = declared(&with_copies("1.4.0", before));
            let (tier, stage, granted) = (Tier::Two, Stage::Active, &approved.permissions[..]);
            let context = Context { tier, layers: &layers, stage, granted, today };
            let last = Some((&last, &approved));
            let ground = Ground { context, catalogue: &catalogue, approved: Some(&approved), last, namesake: None };
            record(&with_copies("1.5.0", now), false, &ground)
        };
        let (bare, moved) = (r#"{ "place": "Dublin" }"#, r#"{ "place": "Cork" }"#);
        assert!(is_new(&outcome(bare, bare)));
        assert_eq!(wrong(outcome(bare, moved)), ["PIS-7.storage-said"; 3]);
        let two = format!("{bare}, {moved}");
        assert_eq!(wrong(outcome(bare, &two)), ["PIS-7.storage-said"; 3], "only what is new is asked");
        let long = r#"{ "permissions": ["read:items.status"], "retention_hours": 720 }"#;
        assert_eq!(wrong(outcome(long, long)), ["/compliance/storage/0/retention_hours"]);
    }

    #[test]
    fn the_manifest_of_something_else_is_known_by_its_identifier_without_an_extension_too() {
        let (catalogue, layers) = (catalogue(), Layers::parse(["api", "workflow"]).unwrap());
        let api = |version: &str, id: &str| {
            with(version, &[("\"entry\": \"dist/index.js\",", ""), ("org.example.timeline", id)])
        };
        let approved = declared(&api("1.4.0", "org.example.timeline"));
        let (last, today) = (ManifestVersion::parse("1.4.0").unwrap(), "2026-11-18".parse().unwrap());
        let granted = &approved.permissions[..];
        let context = Context { tier: Tier::Two, layers: &layers, stage: Stage::Active, granted, today };
        let before = Some((&last, &approved));
        let ground = Ground { context, catalogue: &catalogue, approved: Some(&approved), last: before, namesake: None };
        assert!(is_new(&record(&api("1.5.0", "org.example.timeline"), false, &ground)));
        assert_eq!(wrong(record(&api("1.5.0", "com.someone.else"), false, &ground)), ["/id"]);
    }

    #[test]
    fn a_grant_runs_on_whatever_the_catalogue_says_by_now() {
        let then = catalogue();
        let layers = Layers::parse(["api", "workflow", "extension"]).unwrap();
        let approved = declared(&with("1.4.0", &[]));
        let (last, day) = (ManifestVersion::parse("1.4.0").unwrap(), "2026-11-18".parse().unwrap());
        let mut today = then.clone();
        for entry in &mut today.entries {
            entry.is_retired = true;
            entry.tier = Tier::Three;
            entry.fields.retain(|field| field.name.as_str() != "items.id");
        }
        today.limits.longest_grant_months = [1, 1, 1];
        let at = |stage, granted: &[DeclaredPermission], file: &ManifestFile| {
            let read = today.clone().as_granted(&then, granted.iter().map(|permission| &permission.key));
            let context = Context { tier: Tier::Two, layers: &layers, stage, granted, today: day };
            let ground = Ground {
                context,
                catalogue: &read,
                approved: Some(&approved),
                last: Some((&last, &approved)),
                namesake: (file.version == "1.4.0").then_some(&approved),
            };
            record(file, true, &ground)
        };
        let granted = &approved.permissions[..];
        for stage in [Stage::Active, Stage::Maintenance, Stage::Deprecation] {
            assert!(is_new(&at(stage, granted, &with("1.4.1", &[]))), "{stage:?}");
            assert_eq!(at(stage, granted, &with("1.4.0", &[])), Ok(Recording::Again), "{stage:?}");
        }
        // Once it has ended, what is retired is refused by name; what is on record stays there.
        assert_eq!(at(Stage::Active, &[], &with("1.4.0", &[])), Ok(Recording::Again));
        let refused = wrong(at(Stage::Active, &granted[..1], &with("1.4.1", &[])));
        assert_eq!(refused, ["PIS-6.partner-defined"]);
        // What goes beyond the grant, or is wrong beside it, is told as ever.
        let more = with("1.4.1", &[("\"items.id\", ", "\"items.id\", \"items.none\", ")]);
        assert_eq!(wrong(at(Stage::Active, granted, &more)), ["/permissions/0", "PIS-7.unknown-field"]);
        let direct = with("1.4.1", &[("GET /v1/items", "postgres://db/v1/items")]);
        assert_eq!(wrong(at(Stage::Active, granted, &direct))[0], "PIS-3.direct-database");
    }

    #[test]
    fn in_maintenance_only_a_patch_that_adds_nothing_is_recorded() {
        let at = |file: &ManifestFile| at(Stage::Maintenance, false, file);
        assert!(is_new(&at(&with("1.4.1", &[]))));
        let reworded = with("1.4.1", &[("\"triggered\"", "\"triggered\", \"reversible\": \"By hand\"")]);
        assert!(is_new(&at(&reworded)), "how it is done is no scope");
        for version in ["1.5.0", "2.0.0"] {
            assert_eq!(wrong(at(&with(version, &[]))), ["/version"], "{version}");
        }
        let endpoint =
            with("1.4.1", &[("60 }", "60 }, { \"path\": \"GET /v1/notes\", NEEDS, \"rate_per_minute\": 10 }")]);
        assert_eq!(wrong(at(&endpoint)), ["/api/endpoints/1"]);
        let workflow = with("1.4.1", &[("Prepare", "Send")]);
        assert_eq!(wrong(at(&workflow)), ["/workflows/0"]);
    }

    #[test]
    fn in_deprecation_only_a_security_fix_is_recorded_and_later_nothing() {
        let patch = with("1.4.1", &[]);
        assert_eq!(at(Stage::Deprecation, false, &patch), Err(Refusal::NotAFix));
        assert!(is_new(&at(Stage::Deprecation, true, &patch)));
        assert_eq!(wrong(at(Stage::Deprecation, true, &with("1.5.0", &[]))), ["/version"]);
        assert_eq!(wrong(at(Stage::Deprecation, true, &with("1.4.1", &[("Prepare", "Send")]))), ["/workflows/0"]);
        assert_eq!(at(Stage::EndOfSupport, true, &patch), Err(Refusal::Over));
    }

    #[test]
    fn nothing_is_recorded_before_anything_is_approved_and_then_anything_of_it_is() {
        let (catalogue, layers) = (catalogue(), Layers::parse(["api", "workflow", "extension"]).unwrap());
        let file = with("0.1.0", &[]);
        let declaration = declared(&file);
        let (stage, today) = (Stage::Active, "2026-11-18".parse().unwrap());
        let context = Context { tier: Tier::Two, layers: &layers, stage, granted: &declaration.permissions, today };
        let ground = Ground { context, catalogue: &catalogue, approved: None, last: None, namesake: None };
        assert_eq!(record(&file, true, &ground), Err(Refusal::NothingApproved));
        assert!(is_new(&record(&file, false, &Ground { approved: Some(&declaration), ..ground })));
        let api = Layers::parse(["api"]).unwrap();
        let context = Context { layers: &api, ..context };
        let foreign = record(&file, false, &Ground { approved: Some(&declaration), context, ..ground });
        assert!(matches!(foreign, Err(Refusal::Manifest(_))), "what is of another layer passes its boards by");
    }

    proptest! {
        #[test]
        fn whatever_is_recorded_needs_no_vote(
            approved in any_declaration(), now in any_declaration(), stage in prop::sample::select(Stage::ALL),
            is_security_fix: bool, number in 0_u64..3, is_the_same in prop::bool::weighted(0.5),
        ) {
            let (catalogue, layers) = (catalogue(), Layers::parse(["api", "workflow", "extension"]).unwrap());
            let now = if is_the_same { approved.clone() } else { now };
            let file = ManifestFile { version: format!("1.{number}.1"), ..ManifestFile::from(&now) };
            let last = ManifestVersion::parse("1.1.0").unwrap();
            let today = "2026-11-18".parse().unwrap();
            let context = Context { tier: Tier::Two, layers: &layers, stage, granted: &approved.permissions, today };
            let before = Some((&last, &approved));
            let ground =
                Ground { context, catalogue: &catalogue, approved: Some(&approved), last: before, namesake: None };
            if let Ok(Recording::New { version, .. }) = record(&file, is_security_fix, &ground) {
                prop_assert!(version.is_newer_than(&last) && stage != Stage::EndOfSupport);
                prop_assert!(stage == Stage::Active || version.is_patch_of(&last));
                prop_assert!(stage != Stage::Deprecation || is_security_fix);
                let manifest = Manifest::of(&file, &catalogue);
                prop_assert_eq!(scope::beyond_grants(&manifest, &approved.permissions), vec![]);
                prop_assert_eq!(scope::copies_beyond_grants(&now, &approved.permissions), vec![]);
                prop_assert!(manifest.refused.is_empty());
                prop_assert!(stage == Stage::Active || scope::added(&now, &[&approved], stage).is_empty());
                // Each of its permissions is within what is granted, and so nothing is asked of it.
                let mut found = manifest.lint(&catalogue, Context { stage: Stage::Active, ..context });
                found.findings.retain(|found| permission_at(&found.pointer).is_none());
                prop_assert!(!found.is_forbidden());
            } else if is_the_same && stage == Stage::Active && number > 0 {
                let manifest = Manifest::of(&file, &catalogue);
                let found = manifest.lint(&catalogue, context);
                let copies = scope::copies_beyond_grants(&now, &approved.permissions);
                let is_odd = found.is_forbidden() || !manifest.misfits().is_empty() || !copies.is_empty();
                prop_assert!(is_odd, "the same again is refused only for what is wrong with it");
            }
        }
    }
}
