//! The rooms and their arrows: `src → web → service → store → domain`, and never back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn packages() -> Vec<Package> {
    MetadataCommand::new().manifest_path(top().join("Cargo.toml")).no_deps().exec().unwrap().packages
}

/// The crates that a package depends on, tests aside.
fn dependencies(package: &Package, is_optional: Option<bool>) -> BTreeSet<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .filter(|dependency| is_optional.is_none_or(|is| dependency.optional == is))
        .map(|dependency| dependency.name.clone())
        .collect()
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("tests") || path.ends_with("src/benches") {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&top().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} holds no sources");
    found
}

/// The part of a file that ships: what stands before its tests, without comments.
fn shipped(text: &str) -> String {
    let tests =
        ["mod tests", "pub(super) mod tests", "pub(crate) mod tests"].map(|tests| format!("#[cfg(test)]\n{tests}"));
    let code = tests.iter().fold(text, |code, mark| code.split(mark).next().unwrap());
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn arrows_between_rooms_run_one_way() {
    let allowed: [(&str, &[&str]); 6] = [
        ("kwanus-domain", &[]),
        ("kwanus-store", &["kwanus-domain"]),
        ("kwanus-service", &["kwanus-domain", "kwanus-store"]),
        ("kwanus-web", &["kwanus-domain", "kwanus-service"]),
        ("kwanus-client", &["kwanus-web"]),
        ("kwanus-governance", &["kwanus-domain", "kwanus-service", "kwanus-web"]),
    ];
    let packages = packages();
    assert_eq!(packages.len(), allowed.len(), "a new room needs a row here");
    for (room, may) in allowed {
        let package = packages.iter().find(|package| package.name.as_str() == room).unwrap();
        let uses: Vec<_> = dependencies(package, None).into_iter().filter(|name| name.starts_with("kwanus-")).collect();
        assert!(uses.iter().all(|name| may.contains(&&**name)), "{room} may use {may:?} and uses {uses:?}");
    }
}

#[test]
fn only_the_store_names_sqlx() {
    for package in packages() {
        let uses_sqlx = dependencies(&package, None).iter().any(|name| name.starts_with("sqlx"));
        assert_eq!(uses_sqlx, package.name.as_str() == "kwanus-store", "{}", package.name);
    }
    for folder in ["src", "app/domain", "app/service", "app/web", "app/client"] {
        for (path, text) in sources(folder) {
            assert!(!shipped(&text).contains("sqlx::"), "{} names sqlx", path.display());
        }
    }
}

#[test]
fn the_browser_never_reaches_the_service() {
    let packages = packages();
    let web = packages.iter().find(|package| package.name.as_str() == "kwanus-web").unwrap();
    assert!(!dependencies(web, Some(false)).contains("kwanus-service"), "the service must be optional");
    let hydrate = &web.features["hydrate"];
    assert!(!hydrate.iter().any(|feature| feature.contains("kwanus-service") || feature == "ssr"), "{hydrate:?}");
}

#[test]
fn the_domain_does_nothing_but_think() {
    let packages = packages();
    let domain = packages.iter().find(|package| package.name.as_str() == "kwanus-domain").unwrap();
    let uses = |is_optional| dependencies(domain, Some(is_optional)).into_iter().collect::<Vec<_>>();
    assert_eq!(
        uses(false),
        ["chrono", "semver", "serde", "serde_json", "serde_path_to_error", "thiserror", "uuid"],
        "a crate that reads, writes or waits does not belong here"
    );
    assert_eq!(uses(true), ["utoipa"], "what the browser does not carry");
    let web = packages.iter().find(|package| package.name.as_str() == "kwanus-web").unwrap();
    let domain = web.dependencies.iter().find(|dependency| dependency.name == "kwanus-domain").unwrap();
    assert!(domain.features.is_empty(), "{:?}", domain.features);
}

#[test]
fn time_and_chance_come_into_the_app_as_arguments() {
    let forbidden = [
        "Utc::now(",
        "Local::now(",
        "SystemTime::now(",
        "Instant::now(",
        "Uuid::new_v4(",
        "Uuid::now_v7(",
        "getrandom",
        "rand::",
    ];
    for (path, text) in sources("app") {
        let code = shipped(&text);
        for word in forbidden {
            assert!(!names(&code, word), "{} takes {word} by itself", path.display());
        }
    }
}

/// Whether code names a path, which is not the tail of a longer word: `Errand::` is no `rand::`.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path)
        .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

#[test]
fn a_path_is_named_by_itself_and_not_as_the_tail_of_a_word() {
    for code in ["rand::random()", "use rand::Rng;", "::rand::rng()", "(rand::random())"] {
        assert!(names(code, "rand::"), "{code}");
    }
    for code in ["Errand::Step", "my_rand::x", "randy::x"] {
        assert!(!names(code, "rand::"), "{code}");
    }
}

#[test]
fn callers_are_built_by_the_process_alone() {
    for (path, text) in sources("app") {
        let code = shipped(&text);
        for word in ["Caller::Operator", "Caller::Person(", "Caller::Token("] {
            let is_match = code.contains(&format!("{word} =>"))
                || code.contains("Self::Operator =>")
                || path.ends_with("state.rs");
            assert!(!code.contains(word) || is_match, "{} builds a caller", path.display());
        }
    }
}

#[test]
fn nothing_that_ships_unwraps_without_a_reason() {
    for folder in ["src", "app"] {
        for (path, text) in sources(folder) {
            if path.ends_with("testing.rs") || path.ends_with("tests.rs") {
                continue;
            }
            let code = shipped(&text);
            for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("] {
                for (at, _) in code.match_indices(word) {
                    let nearby: Vec<_> = code[..at].lines().rev().take(8).collect();
                    let has_reason = nearby.iter().any(|line| line.contains("clippy::") || line.contains("reason = "));
                    assert!(has_reason, "{} holds {word} without a reason", path.display());
                }
            }
        }
    }
}

#[test]
fn every_room_says_what_it_is_and_how_to_add_to_it() {
    for package in packages() {
        let library = package.targets.iter().find(|target| target.is_lib() || target.is_cdylib()).unwrap();
        let text = fs::read_to_string(&library.src_path).unwrap();
        let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(head.len() > 200 && head.contains("add"), "{} does not say how to add a feature", library.src_path);
    }
}

#[test]
fn the_top_level_holds_what_was_agreed() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "app",
        "style",
        "public",
        "migrations",
        "end2end",
        "README.md",
        "Makefile",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "target",
        "data",
    ];
    for entry in fs::read_dir(top()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} does not belong on the top level");
    }
}
