//! Calls of the API that are one, however they are written.

use std::collections::HashSet;

use super::{
    Check, OURS, Rule,
    address::{decoded, literal},
};
use crate::{declaration::Part, policy::Verdict};

pub static REPEATED: Rule = Rule {
    id: "KG.repeated-endpoint",
    source: OURS,
    verdict: Verdict::Forbidden,
    words: "An endpoint is declared once, with all of its calls: what is declared twice is bounded by nothing",
    weigh: "",
    checks: &[Check::Api(|api, _, notes| {
        let mut known = HashSet::new();
        for (n, endpoint) in api.endpoints.iter().enumerate() {
            if !known.insert(call(&endpoint.path)) {
                let message =
                    format!("Declare {} once: say with the first how often you call it in all", endpoint.path);
                notes.add_to(Part::Endpoint(n), "path", message);
            }
        }
    })],
};

/// The method and the path of an endpoint, without what makes no other call of it: the host, the query, letters that are
/// small or not or encoded, a slash more, and what parameters are called.
fn call(path: &str) -> String {
    let plain = decoded(path.trim()).to_lowercase();
    let (method, target) = plain.split_once(char::is_whitespace).unwrap_or(("", &plain));
    let target = target.split(['?', '#']).next().unwrap_or_default().trim();
    let target = target.split_once("://").map_or(target, |(_, target)| target);
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    // A path that begins with no slash may be one without a host.
    let is_host = first.is_empty() || first.contains(['.', ':']);
    let path = format!("/{}", if is_host { rest } else { target });
    let path = literal(&path);
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    format!("{method} /{}", segments.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_the_same_however_it_is_written_and_another_is_another() {
        for path in [
            "get /v1/items/:item",
            "GET  /V1/items/{id}/",
            "GET //v1//items/{id}?page=2",
            "GET https://api.kwanus.example/v1/items/{id}#first",
            "GET api.kwanus.example:8443/v1/items/{id}",
            "GET v1/items/{id}",
            "GET /v1/%69tems/{id}",
            "GET /v1/items/<id>",
        ] {
            assert_eq!(call(path), call("GET /v1/items/{item}"), "{path}");
        }
        for path in [
            "POST /v1/items/{id}",
            "GET /v1/items",
            "GET /v2/items/{id}",
            "GET /v1/items/{id}/notes",
            "GET /v1/items/{id}:close",
            "GET /v1/items/{id",
            "/v1/items/{id}",
            "",
        ] {
            assert_ne!(call(path), call("GET /v1/items/{item}"), "{path}");
        }
    }
}
