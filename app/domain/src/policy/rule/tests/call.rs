//! What is found in the calls of an endpoint.

use super::*;

#[test]
fn an_endpoint_that_is_declared_again_is_told_where_it_is() {
    let mut declaration = sound();
    let endpoints = &mut declaration.api.as_mut().unwrap().endpoints;
    for path in ["GET /v1/items/{id}", "get /v1/items/", "GET /v1/items/:item"] {
        endpoints.push(Endpoint { path: path.to_owned(), ..endpoints[0].clone() });
    }
    let found = found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
    let found: Vec<_> = found.into_iter().map(|it| (it.rule.id, it.place.part, it.place.field)).collect();
    let again = |n| ("KG.repeated-endpoint", Part::Endpoint(n), "path");
    assert_eq!(found, [again(2), again(3)]);
}

/// What is found of an endpoint that is called so, with these permissions.
fn of_call(path: &str, permissions: &[&str]) -> Vec<&'static str> {
    let mut declaration = sound();
    declaration.permissions.push(permission("write:disputes.selection", &["disputes.selection"]));
    let endpoint = &mut declaration.api.as_mut().unwrap().endpoints[0];
    endpoint.path = path.to_owned();
    endpoint.permissions = permissions.iter().map(|text| key(text)).collect();
    ids(&declaration).into_iter().filter(|id| *id != "PIS-3.write").collect()
}

#[test]
fn a_call_names_a_permission_that_permits_what_it_does() {
    let (read, write) = ("read:items.status", "write:disputes.selection");
    for (path, permissions, is_implicit) in [
        ("GET /v1/items", &[][..], true),
        ("POST /v1/items", &[], true),
        ("GET /v1/health", &[], false),
        ("GET /v1/items", &[read], false),
        ("POST /v1/disputes", &[read], true),
        ("POST /v1/items/search", &[read], false),
        ("DELETE /v1/items/search", &[read], true),
        ("PUT /v1/disputes", &[read, write], false),
        ("PATCH /v1/runs", &["workflow:dispute.prepare"], false),
        ("POST /v4/oauth/token", &[read], false),
        ("POST /v4/tokens", &[read], true),
        ("GET /v4/oauth/authorize", &[], false),
        ("POST /v4/oauth/revoke", &[], false),
        ("GET /v4/.well-known/jwks.json", &[], false),
        ("GET /v4/healthcheck", &[], false),
        ("GET /v4/health/items", &[], true),
        ("POST /v4/search/items/delete", &[read], true),
        ("POST /v4/lookup/create", &[read], true),
        ("POST /v4/status", &[], true),
        ("POST /v4/health", &[read], true),
        ("POST /v4/items/_search", &[read], false),
        ("POST /v4/items:batchGet", &[read], false),
        ("POST /v4/items:batchSet", &[read], true),
        ("POST /v4/graphql", &[read], true),
    ] {
        let expected = if is_implicit { &["PIS-6.implicit"][..] } else { &[] };
        assert_eq!(of_call(path, permissions), expected, "{path} {permissions:?}");
    }
}

#[test]
fn a_call_says_its_one_method() {
    let read = &["read:items.status"];
    for path in
        ["/v4/disputes", "GET,POST /v4/disputes", "GET|POST /v4/disputes", "POST: /v4/disputes", "ANY /v4/disputes"]
    {
        assert_eq!(of_call(path, read), ["PIS-3.endpoints"], "{path}");
    }
    assert_eq!(of_call("GET /v4/disputes", read), [""; 0]);
    assert_eq!(of_call("POST /v4/disputes", read), ["PIS-6.implicit"]);
}

#[test]
fn disguises_are_seen_through_and_what_only_sounds_alike_is_not_refused() {
    for (path, expected) in [
        ("GET /v1/user_db", &["PIS-3.direct-database"][..]),
        ("GET /v1/internalApi/items", &["PIS-3.internal"]),
        ("GET https://10.0.0.1/v1/items", &["PIS-3.internal"]),
        ("GET /v1/%2e%2e/items", &["PIS-3.address"]),
        ("GET /v1/items/%2A", &["PIS-6.wildcard"]),
        ("GET /items?v1", &["PIS-3.versioned"]),
        ("GET /v1/userdb/x", &["PIS-3.direct-database"]),
        ("GET /v1/admin-panel/x", &["PIS-3.internal"]),
        ("GET backend:8080/v1/items", &["PIS-3.internal"]),
        ("GET /v4/student-loans/private?kind=internal", &[]),
        ("GET /v4/{proxy+}", &["PIS-6.wildcard"]),
        ("GET /rest/v4/admin/users", &["PIS-3.internal"]),
        ("GET /v4/dbquery", &["PIS-3.direct-database"]),
        ("GET /v4/creditors/oracle", &[]),
        ("GET /v1beta1/items?to=https://partner.example/cb&name=Caf%C3%A9", &[]),
        ("GET https://api.kwanus.example/v1/items/{id}?internationally=1", &[]),
    ] {
        assert_eq!(of_call(path, &["read:items.status"]), expected, "{path}");
    }
}

#[test]
fn what_the_os_concludes_is_asked_for_where_it_is_concluded() {
    let conclusion = "intelligence:bureau.summary";
    let finds = |path: &str| {
        let mut setting = Setting::sound();
        setting.tier = Tier::Three;
        setting.declaration.permissions.push(permission(conclusion, &["items.id"]));
        *setting.endpoint() =
            Endpoint { path: path.to_owned(), permissions: [key(conclusion)].into(), rate: Rate::PerMinute(1) };
        setting.finds("PIS-6.implicit")
    };
    assert!(!finds("POST /v4/bureau/summary") && !finds("POST /v4/bureaus/{id}") && !finds("POST /v4/intelligence"));
    assert!(finds("POST /v4/disputes") && finds("DELETE /v4/bureau/summary"));
}

#[test]
fn forbidden_data_is_found_by_the_path_that_leads_to_it() {
    let finds = |path: &str| {
        let mut setting = Setting { catalogue: Catalogue::built_in().unwrap(), ..Setting::sound() };
        path.clone_into(&mut setting.endpoint().path);
        let mut found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.forbidden-data");
        found.find(|finding| finding.place.field == "path").map(|finding| finding.message)
    };
    for (path, class) in [
        ("GET /v4/reports/{id}/raw_text", "raw report text"),
        ("GET /v4/report/{id}/rawText.json", "raw report text"),
        ("GET /v4/report-raw-text", "raw report text"),
        ("GET /v4/raw-report-text", "raw report text"),
        ("GET /v4/%72aw-report-text", "raw report text"),
        ("GET /v4/simulations/{id}/result", "simulation data"),
        ("GET /v4/simulations", "simulation data"),
        ("GET /v4/reports?include=simulations", "simulation data"),
        ("GET /v4/intelligence/model", "intelligence data"),
        ("GET /v4/intelligence-data", "intelligence data"),
        ("GET /v4/items?fields=account_number,remarks", "raw parsed items"),
        ("GET /v4/items?fields=status&fields=account-number", "raw parsed items"),
        ("GET /v4/search?fields=items.remarks", "raw parsed items"),
        ("GET /v4/items/raw", "raw parsed items"),
    ] {
        assert_eq!(finds(path), Some(format!("Remove {path}: {class} cannot be shared with partners")), "{path}");
    }
    for path in [
        "GET /v4/items",
        "GET /v4/items?limit=10&balance=1",
        "GET /v4/items/balance-band",
        "GET /v4/items?fields=balance_band,status",
        "GET /v4/items/{remarks}",
        "GET /v4/items?fields={remarks}",
        "GET /v4/reports/{id}/summary",
        "GET /v4/intelligence/summary",
        "GET /v4/models",
        "GET /v4/limits/items",
        "GET /v4/oauth/authorize?redirect_uri=https://partner.example/simulations",
        "GET https://simulations.example/v4/items",
    ] {
        assert_eq!(finds(path), None, "{path}");
    }
    let paths = |entry: &crate::permission::Entry| {
        let resource = entry.key.resource();
        let name = entry.key.as_str().split_once('.').map_or("", |(_, name)| name);
        [format!("GET /v4/{resource}"), format!("GET /v4/{resource}/{name}")]
    };
    let catalogue = Catalogue::built_in().unwrap();
    for path in catalogue.entries.iter().filter(|entry| catalogue.is_offered(entry)).flat_map(paths) {
        assert_eq!(finds(&path), None, "{path}");
    }
}

#[test]
fn a_call_is_bounded_by_its_rate() {
    for (rate, expected) in [
        (Rate::PerMinute(1), None),
        (Rate::Unsaid, Some(Verdict::Missing)),
        (Rate::Unlimited, Some(Verdict::Forbidden)),
    ] {
        let mut declaration = sound();
        declaration.api.as_mut().unwrap().endpoints[0].rate = rate;
        let found = found(&declaration, Tier::Two, ALL_LAYERS, Stage::Active);
        let said: Vec<_> = found.iter().map(|it| (it.rule.id, it.verdict(), it.while_writing())).collect();
        let expected = expected.map(|writing| ("PIS-3.unbounded", Verdict::Forbidden, writing));
        assert_eq!(said, Vec::from_iter(expected), "{rate:?}");
    }
}

#[test]
fn ten_calls_a_second_are_not_weighed() {
    let mut declaration = sound();
    of_endpoint(|endpoint| endpoint.rate = Rate::PerMinute(600), &mut declaration);
    assert_eq!(ids(&declaration), [""; 0]);
}
