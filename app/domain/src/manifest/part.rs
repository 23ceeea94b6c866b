//! A part of a declaration as its form shows it: the fields of the manifest, as text.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    Fault,
    fault::Faults,
    file::{ApiFile, CompatibilityFile, ComplianceFile, ExtensionFile, ManifestFile},
    read, write,
};
use crate::{
    Violation,
    declaration::{Compliance, Control, Declaration, Extension, Identity, Part, PartKind, Percent, Prompt},
};

/// How many parts of a kind a form declares at most: nobody reads more.
pub const MOST_OF_A_KIND: usize = 100;

/// What was typed about a part, by field. Several values stand one a line.
pub type Typed = BTreeMap<String, String>;

/// What is declared about a part, as its form shows it; none where it is not declared.
#[must_use]
pub fn typed(declaration: &Declaration, part: Part) -> Option<Typed> {
    let (kind, _) = part.kind()?;
    let value = match part {
        Part::Permission(_) => None,
        Part::Api => declaration.api.as_ref().map(|api| object(&write::api(api))),
        Part::Endpoint(n) => {
            declaration.api.as_ref().and_then(|api| api.endpoints.get(n)).map(|it| object(&write::endpoint(it)))
        }
        Part::Workflow(n) => declaration.workflows.get(n).map(|it| object(&write::workflow(it))),
        Part::Extension => declaration.extension.as_ref().map(|extension| {
            let file =
                ManifestFile::from(&Declaration { extension: Some(extension.clone()), ..Declaration::default() });
            let mut fields = object(&file);
            fields.extend(object(&file.extension));
            let compatibility = file.compatibility.map(|it| it.kwanus.into()).unwrap_or_default();
            fields.insert("compatibility".to_owned(), compatibility);
            fields
        }),
        Part::Component(n) => {
            let component = declaration.extension.as_ref().and_then(|extension| extension.components.get(n));
            component.map(|it| object(&write::component(it)))
        }
        Part::Compliance => Some(object(&write::compliance(&declaration.compliance))),
        Part::Storage(n) => declaration.compliance.storage.get(n).map(|it| object(&write::storage(it))),
    }?;
    let shown = |prompt: &Prompt| (prompt.field.to_owned(), value.get(prompt.field).map(text).unwrap_or_default());
    Some(kind.prompts().iter().map(shown).collect())
}

/// What the form of a part begins with: what is declared about it; of an extension that is still to come, what the manifest
/// says of itself.
#[must_use]
pub fn prefilled(declaration: &Declaration, part: Part) -> Typed {
    let begun = || {
        let mut begun = declaration.clone();
        begun.extension_mut();
        typed(&begun, part)
    };
    let before = || if part == Part::Extension { begun() } else { None };
    typed(declaration, part).or_else(before).unwrap_or_default()
}

/// A part as it is shown to whoever reads a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub part: Part,
    /// What it is called: `Workflow: Prepare a dispute`.
    pub title: String,
    /// What was asked and answered, in the words of the form.
    pub rows: Vec<(&'static str, String)>,
}

/// Everything that is declared besides permissions, in the order of the form.
#[must_use]
pub fn shown(declaration: &Declaration) -> Vec<Shown> {
    let places = |kind: &PartKind| (0..kind.count(declaration)).map(|n| kind.at(n)).collect::<Vec<_>>();
    PartKind::ALL.iter().flat_map(places).filter_map(|part| show(declaration, part)).collect()
}

fn show(declaration: &Declaration, part: Part) -> Option<Shown> {
    let (kind, _) = part.kind()?;
    let typed = typed(declaration, part)?;
    let name = ["path", "name", "place"].iter().find_map(|field| typed.get(*field)).filter(|name| !name.is_empty());
    let title = match name {
        Some(name) => format!("{}: {name}", kind.label()),
        None => kind.label().to_owned(),
    };
    let answered = kind.prompts().iter().filter_map(|prompt| {
        let text = typed.get(prompt.field).filter(|text| !text.is_empty())?;
        Some((prompt.label, prompt.shown(text)))
    });
    Some(Shown { part, title, rows: answered.collect() })
}

/// Puts what was typed in the place of a part of the declaration, or after the last of its kind. What cannot be read is told
/// beside its field, and nothing is changed.
pub fn put(declaration: &mut Declaration, part: Part, typed: &Typed) -> Result<(), Vec<Violation>> {
    let Some((kind, n)) = part.kind() else { return Ok(()) };
    if n >= MOST_OF_A_KIND {
        let message = format!("Declare at most {MOST_OF_A_KIND}: take out what is not needed any more");
        return Err(vec![Violation::with_message("part", "too_many", message)]);
    }
    if kind.is_list() && n > kind.count(declaration) {
        return Err(vec![Violation::new("part", "gone", "It was taken out meanwhile")]);
    }
    let mut faults = Faults::default();
    let mut fields = Map::new();
    for prompt in kind.prompts() {
        let text = typed.get(prompt.field).map_or("", String::as_str);
        match value(prompt, text.trim()) {
            Ok(Some(value)) => {
                fields.insert(prompt.field.to_owned(), value);
            }
            Ok(None) => {}
            Err(violation) => faults.add(format!("/{}", prompt.field), violation),
        }
    }
    let mut changed = declaration.clone();
    match part {
        Part::Permission(_) => {}
        Part::Api => {
            let endpoints = changed.api.take().map(|api| api.endpoints).unwrap_or_default();
            let api = read::api(&file::<ApiFile>(fields, &mut faults), &mut faults);
            changed.api = Some(crate::declaration::Api { endpoints, ..api });
        }
        Part::Endpoint(n) => {
            let endpoint = read::endpoint(n, &file(fields, &mut faults), &mut faults);
            set(&mut changed.api.get_or_insert_default().endpoints, n, endpoint);
        }
        Part::Workflow(n) => {
            let workflow = read::workflow(n, &file(fields, &mut faults), &mut faults);
            set(&mut changed.workflows, n, workflow);
        }
        Part::Extension => {
            let components = changed.extension.take().map(|extension| extension.components).unwrap_or_default();
            // The form says all of it, and a manifest says it in one place.
            changed.identity = Identity::default();
            let extension = read::extension(&extension_file(fields, &mut faults), &mut faults);
            changed.extension = Some(Extension { components, ..extension });
        }
        Part::Component(n) => {
            let component = read::component(n, &file(fields, &mut faults), &mut faults);
            set(&mut changed.extension_mut().components, n, component);
        }
        Part::Compliance => {
            let storage = std::mem::take(&mut changed.compliance.storage);
            let compliance = read::compliance(&file::<ComplianceFile>(fields, &mut faults), &mut faults);
            changed.compliance = Compliance { storage, ..compliance };
        }
        Part::Storage(n) => {
            let storage = read::storage(n, &file(fields, &mut faults), &mut faults);
            set(&mut changed.compliance.storage, n, storage);
        }
    }
    let mut violations: Vec<_> = faults.into_all().0.into_iter().map(|fault| beside(kind, fault)).collect();
    violations.sort_by_key(|violation| kind.prompts().iter().position(|prompt| prompt.field == violation.field));
    if violations.is_empty() {
        *declaration = changed;
        Ok(())
    } else {
        Err(violations)
    }
}

/// Puts as much of it there as can be read: a field that cannot be says what it said before, and is told. What is new and has
/// no name yet is not put anywhere.
pub fn put_readable(
    declaration: &mut Declaration,
    part: Part,
    typed: &Typed,
) -> Result<Vec<Violation>, Vec<Violation>> {
    let Err(violations) = put(declaration, part, typed) else { return Ok(vec![]) };
    let before = self::typed(declaration, part).unwrap_or_default();
    let mut readable = typed.clone();
    for violation in &violations {
        let text = before.get(&*violation.field).cloned().unwrap_or_default();
        readable.insert(violation.field.to_string(), text);
    }
    match put(declaration, part, &readable) {
        Ok(()) => Ok(violations),
        Err(_) => Err(violations),
    }
}

/// Takes a part out; of what there is one of, it is as if it had never been declared. What the manifest says of itself stays
/// where there is no extension any more.
pub fn remove(declaration: &mut Declaration, part: Part) {
    fn take<T>(all: &mut Vec<T>, n: usize) {
        if n < all.len() {
            all.remove(n);
        }
    }
    match part {
        Part::Permission(n) => take(&mut declaration.permissions, n),
        Part::Api => declaration.api = None,
        Part::Endpoint(n) => take(&mut declaration.api.get_or_insert_default().endpoints, n),
        Part::Workflow(n) => take(&mut declaration.workflows, n),
        Part::Extension => {
            if let Some(Extension { id, version, compatibility, .. }) = declaration.extension.take() {
                declaration.identity = Identity { id, version, compatibility };
            }
        }
        Part::Component(n) => {
            if let Some(extension) = &mut declaration.extension {
                take(&mut extension.components, n);
            }
        }
        Part::Compliance => declaration.compliance = Compliance::default(),
        Part::Storage(n) => take(&mut declaration.compliance.storage, n),
    }
}

fn set<T>(all: &mut Vec<T>, n: usize, one: T) {
    match all.get_mut(n) {
        Some(place) => *place = one,
        None => all.push(one),
    }
}

/// What stands in a field of a file, as text.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(is) => if *is { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// What was typed, as it stands in a file; none where nothing was.
fn value(prompt: &Prompt, typed: &str) -> Result<Option<Value>, Violation> {
    let malformed = |message| Err(Violation::new("", "malformed", message));
    Ok(match prompt.control {
        Control::Confirm => Some((typed == "yes").into()),
        Control::Permissions | Control::Lines(_) | Control::Several(_) => {
            Some(typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().into())
        }
        _ if typed.is_empty() => None,
        Control::Line(_) | Control::Prose(_) | Control::Choice(_) => Some(typed.into()),
        Control::YesNo => match typed {
            "yes" => Some(true.into()),
            "no" => Some(false.into()),
            _ => None,
        },
        Control::Number(_) => match typed.parse::<u32>() {
            Ok(number) => Some(number.into()),
            Err(_) => return malformed("Enter a whole number, such as 24"),
        },
        // The word for no bound is read, so that the rule that forbids it says why.
        Control::Rate(_) => Some(typed.parse::<u32>().map_or_else(|_| typed.to_lowercase().into(), Value::from)),
        Control::Percent(_) => Some(Percent::parse(typed)?.as_number().into()),
    })
}

fn object(file: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(file) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn file<F: DeserializeOwned + Default>(fields: Map<String, Value>, faults: &mut Faults<'_>) -> F {
    serde_json::from_value(Value::Object(fields)).unwrap_or_else(|error| {
        let message = format!("It cannot be read: {error}");
        faults.add(String::new(), Violation::with_message("part", "malformed", message));
        F::default()
    })
}

/// The fields of an extension stand at the top of its manifest.
fn extension_file(mut fields: Map<String, Value>, faults: &mut Faults<'_>) -> ManifestFile {
    let mut take = |field: &str| fields.remove(field).map(|value| text(&value));
    let (compatibility, sandbox) = (take("compatibility"), take("sandbox"));
    ManifestFile {
        compatibility: compatibility.map(|kwanus| CompatibilityFile { kwanus }),
        extension: Some(ExtensionFile { sandbox, components: vec![] }),
        ..file(fields, faults)
    }
}

/// What is wrong, beside the field of the form that it is about.
fn beside(kind: PartKind, fault: Fault) -> Violation {
    let is_asked = |segment: &&str| kind.prompts().iter().any(|prompt| prompt.field == *segment);
    let field = fault.pointer.split('/').rev().find(is_asked).unwrap_or("part").to_owned();
    Violation { field: field.into(), code: "malformed".into(), message: fault.message.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::tests::any_declaration;

    fn parts(declaration: &Declaration) -> Vec<Part> {
        PartKind::ALL.iter().flat_map(|kind| (0..kind.count(declaration)).map(|n| kind.at(n))).collect()
    }

    fn of(fields: &[(&str, &str)]) -> Typed {
        fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_cannot_be_read_is_told_beside_its_field_and_changes_nothing() {
        let mut declaration = Declaration::default();
        let bad = of(&[
            ("path", "GET /v1/items"),
            ("permissions", "read:*\nread:items.status"),
            ("rate_per_minute", "often"),
        ]);
        let violations = put(&mut declaration, Part::Endpoint(0), &bad).unwrap_err();
        let fields: Vec<_> = violations.iter().map(|violation| &*violation.field).collect();
        assert_eq!(fields, ["permissions", "rate_per_minute"]);
        assert_eq!(declaration, Declaration::default());
        for (part, field, text) in [
            (Part::Workflow(0), "kind", "sudden"),
            (Part::Workflow(0), "target_percent", "always"),
            (Part::Workflow(0), "name", ""),
            (Part::Component(0), "overrides", "everything"),
            (Part::Compliance, "audit_contact", "nobody"),
            (Part::Storage(0), "retention_hours", "a day"),
            (Part::Storage(0), "place", "\u{202e}"),
            (Part::Extension, "compatibility", "\u{202e}"),
        ] {
            let violations = put(&mut declaration, part, &of(&[(field, text)])).unwrap_err();
            assert!(violations.iter().any(|violation| violation.field == field), "{field}: {violations:?}");
        }
        assert!(put(&mut declaration, Part::Workflow(1), &Typed::new()).is_err(), "there is no first");
    }

    #[test]
    fn what_can_be_read_is_put_there_and_the_rest_says_what_it_said_before() {
        let mut declaration = Declaration::default();
        let (path, rate) = (("path", "GET /v4/items"), ("rate_per_minute", "60"));
        let nameless = of(&[rate]);
        assert!(put_readable(&mut declaration, Part::Endpoint(0), &nameless).is_err(), "it is new, and has no name");
        assert_eq!(declaration, Declaration::default());
        for (typed, field, kept) in [
            (of(&[path, ("rate_per_minute", "often")]), "rate_per_minute", [path, ("rate_per_minute", "")]),
            (of(&[path, rate]), "", [path, rate]),
            (of(&[("path", ""), ("rate_per_minute", "61")]), "path", [path, ("rate_per_minute", "61")]),
            (
                of(&[("path", "GET /v4/notes"), ("rate_per_minute", "often")]),
                "rate_per_minute",
                [("path", "GET /v4/notes"), ("rate_per_minute", "61")],
            ),
        ] {
            let unread = put_readable(&mut declaration, Part::Endpoint(0), &typed).unwrap();
            assert_eq!(unread.first().map_or("", |violation| &*violation.field), field);
            let now = super::typed(&declaration, Part::Endpoint(0)).unwrap();
            assert_eq!(kept.map(|(field, _)| now[field].as_str()), kept.map(|(_, text)| text));
        }
    }

    proptest! {
        #[test]
        fn a_form_sent_as_it_is_shown_changes_nothing(declaration in any_declaration()) {
            for part in parts(&declaration) {
                // What is not said of a component is said by sending its form.
                if matches!(part, Part::Component(_)) && declaration.extension.iter().flat_map(|it| &it.components).any(|it| it.permissions.is_none()) {
                    continue;
                }
                let mut other = declaration.clone();
                let shown = typed(&declaration, part).unwrap();
                prop_assert_eq!(put(&mut other, part, &shown), Ok(()));
                prop_assert_eq!(&other, &declaration);
            }
        }

        #[test]
        fn whatever_is_typed_is_read_or_told_beside_a_field(
            declaration in any_declaration(), at in any::<prop::sample::Index>(), field in any::<prop::sample::Index>(), text in "\\PC{0,40}",
        ) {
            let mut declaration = declaration;
            let part = *at.get(&parts(&declaration));
            let prompts = part.kind().unwrap().0.prompts();
            let mut shown = typed(&declaration, part).unwrap();
            shown.insert(field.get(prompts).field.to_owned(), text);
            match put(&mut declaration, part, &shown) {
                // What is read is shown in the same way ever after.
                Ok(()) => {
                    let again = typed(&declaration, part).unwrap();
                    let mut other = declaration.clone();
                    prop_assert_eq!(put(&mut other, part, &again), Ok(()));
                    prop_assert_eq!(other, declaration);
                }
                Err(violations) => {
                    prop_assert!(violations.iter().all(|violation| prompts.iter().any(|prompt| prompt.field == violation.field)), "{:?}", violations);
                }
            }
        }

        #[test]
        fn an_extension_that_is_declared_and_taken_out_leaves_what_the_manifest_says_of_itself(
            declaration in any_declaration(), component in any::<prop::sample::Index>(),
        ) {
            let says = |declaration: &Declaration| {
                let file = ManifestFile::from(declaration);
                (file.id, file.version, file.compatibility)
            };
            let mut without = declaration.clone();
            remove(&mut without, Part::Extension);
            prop_assert_eq!(says(&without), says(&declaration));
            let mut other = without.clone();
            // By its own form, or by that of the first thing that it adds.
            let part = *component.get(&[Part::Extension, Part::Component(0)]);
            let mut shown = prefilled(&other, part);
            if part != Part::Extension {
                shown = of(&[("name", "Panel"), ("kind", "ui")]);
            }
            prop_assert_eq!(put(&mut other, part, &shown), Ok(()));
            prop_assert_eq!(says(&other), says(&declaration));
            prop_assert!(other.extension.is_some() && other.identity == Identity::default());
            remove(&mut other, Part::Extension);
            prop_assert_eq!(other, without);
        }

        #[test]
        fn a_part_taken_out_is_not_there(declaration in any_declaration(), at in any::<prop::sample::Index>()) {
            let part = *at.get(&parts(&declaration));
            let (kind, _) = part.kind().unwrap();
            let mut fewer = declaration.clone();
            remove(&mut fewer, part);
            prop_assert!(kind.count(&fewer) < kind.count(&declaration) || kind == PartKind::Compliance);
        }
    }
}
