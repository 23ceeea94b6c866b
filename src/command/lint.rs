//! `kwanus-governance lint`

use std::{
    fmt::Display,
    io::{Read as _, Write as _},
    path::Path,
};

use chrono::Utc;
use kwanus_domain::{
    manifest::{self, Located},
    partner::Tier,
    permission::Catalogue,
    policy::{RULES, RULES_VERSION, RulesFile, Verdict},
};
use serde_json::{Value, json};

use super::Outcome;
use crate::{
    cli::{Lint, LintFormat},
    lint::{self, Report},
};

/// Reads a manifest against the rules and says what they find. Needs no server and no database.
pub fn lint(arguments: &Lint) -> Outcome {
    let path = &arguments.manifest;
    let manifest = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        bytes
    } else {
        std::fs::read(path).map_err(|error| at(path, error))?
    };
    let (catalogue, other_rules) = match &arguments.rules {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| at(path, error))?;
            RulesFile::read(&text).map_err(|error| at(path, error))?
        }
        None => (Catalogue::built_in()?, None),
    };
    if let Some(version) = &other_rules {
        eprintln!("{}", beside(version));
    }
    let is_by_other_rules = other_rules.is_some();
    let found = lint::lint(&manifest, arguments.tier, &catalogue, Utc::now().date_naive());
    let report = match arguments.format {
        LintFormat::Human => human(&found, arguments.tier, &catalogue),
        LintFormat::Json => Report::of(&found, arguments.tier, &catalogue).beside(other_rules).to_json(),
        LintFormat::Sarif => {
            let mut sarif = as_sarif(&found, &catalogue, &path.display().to_string());
            if let Some(version) = other_rules {
                sarif["runs"][0]["tool"]["driver"]["properties"]["fileRulesVersion"] = version.into();
            }
            format!("{sarif:#}\n")
        }
    };
    std::io::stdout().write_all(report.as_bytes())?;
    if found.is_forbidden() || arguments.strict && !found.may_submit() {
        return Err("it cannot be submitted as it is".into());
    }
    if arguments.strict && is_by_other_rules {
        let why = "the site may refuse what these rules accept: lint with a program of its version, or ask it, at /api/v1/lint";
        return Err(why.into());
    }
    Ok(())
}

fn at(path: &Path, error: impl Display) -> String {
    format!("{}: {error}", path.display())
}

/// That the catalogue was read from beside rules of another version.
fn beside(version: &str) -> String {
    format!(
        "warning: the file holds the catalogue beside the rules {version}, and this program reads by its own, {RULES_VERSION}: the site may find something else"
    )
}

fn human(found: &manifest::Lint, tier: Tier, catalogue: &Catalogue) -> String {
    let mut lines =
        vec![format!("Rules {RULES_VERSION}, version {} of the catalogue, tier {}", catalogue.version, tier.number())];
    for fault in &found.faults {
        let (place, message) = (place(&fault.pointer), escaped(&fault.message));
        lines.push(format!("Unreadable  {place}\n            {message}"));
    }
    for Located { pointer, rule, message, is_unanswered } in &found.findings {
        let (place, message) = (place(pointer), escaped(message));
        let verdict = rule.verdict.label();
        let verdict = if *is_unanswered { format!("{verdict}, unanswered") } else { verdict.to_owned() };
        lines.push(format!("{verdict:<11} {place}\n            {message}. {} ({})", rule.citation(), rule.id));
    }
    let count = |verdict| found.findings.iter().filter(|found| found.rule.verdict == verdict).count();
    let counts = Verdict::ALL.map(|verdict| format!("{} {}", count(verdict), verdict.label().to_lowercase()));
    if found.faults.is_empty() && found.findings.is_empty() {
        lines.push("Nothing is found: it can be submitted.".to_owned());
    } else {
        lines.push(format!("{} unreadable, {}", found.faults.len(), counts.join(", ")));
        lines.push(conclusion(found).to_owned());
    }
    lines.join("\n") + "\n"
}

/// What follows from what was found.
fn conclusion(found: &manifest::Lint) -> &'static str {
    if found.is_forbidden() {
        "It cannot be submitted as it is."
    } else if found.may_submit() {
        "It can be submitted: the boards weigh what is restricted."
    } else {
        "It cannot be submitted as it is: something is missing. Nothing in it is forbidden."
    }
}

fn place(pointer: &str) -> String {
    if pointer.is_empty() { "the whole".to_owned() } else { escaped(pointer) }
}

/// The text as a terminal shows it and does nothing else: some of it is the manifest's own.
fn escaped(text: &str) -> String {
    // Besides what moves the cursor and colours, what turns the direction of the text.
    let is_command = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().fold(String::with_capacity(text.len()), |mut plain, c| {
        if is_command(c) {
            plain.extend(c.escape_debug());
        } else {
            plain.push(c);
        }
        plain
    })
}

/// SARIF 2.1.0, which code hosts show beside the lines of a change.
fn as_sarif(found: &manifest::Lint, catalogue: &Catalogue, uri: &str) -> Value {
    let result = |rule: &str, level: &str, pointer: &str, message: &str| {
        json!({
            "ruleId": rule,
            "level": level,
            "message": { "text": message },
            "locations": [{
                "physicalLocation": { "artifactLocation": { "uri": uri } },
                "logicalLocations": [{ "fullyQualifiedName": pointer, "kind": "value" }],
            }],
        })
    };
    let level = |verdict| match verdict {
        Verdict::Forbidden | Verdict::Missing => "error",
        Verdict::Restricted => "warning",
        Verdict::Advisory => "note",
    };
    let faults = found.faults.iter().map(|fault| result("manifest", "error", &fault.pointer, &fault.message));
    let findings = found.findings.iter().map(|found| {
        let Located { pointer, rule, message, is_unanswered } = found;
        let mut result = result(rule.id, level(rule.verdict), pointer, &format!("{message}. {}", rule.citation()));
        result["properties"] = json!({ "isUnanswered": is_unanswered });
        result
    });
    let rules = RULES.iter().map(|rule| json!({ "id": rule.id, "shortDescription": { "text": rule.words } }));
    json!({
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kwanus-governance",
                "version": env!("CARGO_PKG_VERSION"),
                "properties": { "rulesVersion": RULES_VERSION, "catalogueVersion": catalogue.version },
                "rules": rules.collect::<Vec<_>>(),
            } },
            "results": faults.chain(findings).collect::<Vec<_>>(),
        }],
    })
}
