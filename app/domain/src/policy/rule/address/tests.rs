//! Where paths lead, by paths that lead there and by the nearest ones that do not.

use proptest::prelude::*;

use super::*;

#[test]
fn a_database_is_one_in_any_disguise_and_what_only_sounds_like_one_is_none() {
    for path in [
        "postgres://db/v1/items",
        "mongodb+srv://cluster.example/v1",
        "cassandra://ring.example/v1",
        "GET /v1/mongo/items",
        "GET /v1/user_db",
        "GET /v1/userDb",
        "GET /v1/DBAccess",
        "GET /v1/direct-database",
        "GET /v1/%64%62/items",
        "GET /v1/%2564b/items",
        "GET /v1/redis2",
        "POST /v1/runSQL",
        "GET https://data.example:5432/v1/items",
        "GET data.example:27017/v1/items",
        "GET /v1/pgsql/x",
        "GET /v1/userdb/x",
        "GET oracle://orders/v1/x",
        "GET /v1/items?sql=all",
        "GET /v1/proxy?to=postgres://data.example/x",
        "GET /v4/dbs/items",
        "GET /v4/dbquery",
        "GET /v4/dbProxy",
        "GET /v4/sqlquery",
        "GET /v4/sqlapi",
        "GET /v4/mysqldump",
        "GET /v4/pgadmin",
        "GET /v4/phpMyAdmin",
    ] {
        assert!(Address::of(path).is_database(), "{path}");
    }
    for path in [
        "GET /v1/items",
        "GET /v1/dashboard",
        "GET /v1/feedback",
        "GET /v1/mongolia",
        "GET /v1/redistribution",
        "GET /v1/cassandra/reports",
        "GET /v1/bolts",
        "GET https://api.kwanus.example:8443/v1/items",
        "GET /v1/items:5432",
        "GET /v4/creditors/oracle",
        "GET /v1/items?from=sql",
        "GET /v1/items/{db}",
        "GET /v1/items/:db",
        "GET /v4/dba-names",
        "GET /v4/dbrs-ratings",
        "GET /v4/items/<db>",
    ] {
        assert!(!Address::of(path).is_database(), "{path}");
    }
}

#[test]
fn what_is_internal_is_found_in_any_disguise_and_what_is_public_is_not() {
    for path in [
        "GET /v1/internal/items",
        "GET /v1/internal_items",
        "GET /v1/internalApi/items",
        "GET /v1/itemsInternal",
        "GET /v1/%69nternal",
        "GET /v1/items%2finternal",
        "GET /internalapi/v1",
        "GET /v1/private",
        "GET /v1/private-api/items",
        "GET /v1/adminConsole",
        "GET /admin/v1",
        "GET /v1/proxy?url=http://10.0.0.1/items",
        "GET /v1/proxy?url=http%3A%2F%2F10.0.0.1%2Fitems",
        "GET /v1/proxy?url=https://partner.example/internal/items",
        "GET https://api.kwanus.example/v1/private/items",
        "GET /api/v4_1/private/items",
        "GET /v1/intranet/items",
        "GET /v1/adminapi/x",
        "GET /v1/admin-panel/x",
        "GET /v1/{id}/internal",
        "GET /v1/{a/internal}",
        "GET /{tenant}/v4/admin/users",
        "GET /rest/v4/admin/users",
        "GET /kwanus/admin/v4/users",
        "GET /kwanus/private/v4/users",
        "GET /rest/v4/private/users",
        "GET /v4/system/admin/users",
        "GET /v4/administration/users",
        "GET /v4/administrator/users",
        "GET /v4/sysadmin",
        "GET /v4/internalservice/x",
        "GET /v4/internaltools",
        "GET /v4/adminTools",
    ] {
        assert!(Address::of(path).is_internal(), "{path}");
    }
    for path in [
        "GET /v1/items",
        "GET /v1/international",
        "GET /v1/internally",
        "GET /v1/private_student_loans",
        "GET /v1/admin-fees",
        "GET /v1/administrators",
        "GET /v1/locals",
        "GET /v1/lan/items",
        "GET /v1/items/10.0.0.1",
        "GET /v4/loans?kind=private",
        "GET /v4/users?role=admin&network=internal",
        "GET /v4/student-loans/private",
        "GET /v4/private-student-loan-service",
        "GET /v4/{id}/private",
        "GET /v4/items/{internal_id}",
        "GET /v4/items/:internal_id",
        "GET /v4/liens/internal-revenue-service",
        "GET /v4/oauth/authorize?redirect_uri=https://partner.example/private/cb",
        "GET /v4/oauth/authorize?redirect_uri=https://{host}/cb",
        "POST: /v4/disputes",
        "GET /{tenant}/v4/items",
        "GET /v4/administration-fees",
        "GET /v4/tools/items",
        "GET /v4/oauth/authorize?redirect_uri=https://partner.example/admin/cb",
    ] {
        assert!(!Address::of(path).is_internal(), "{path}");
    }
}

#[test]
fn a_host_that_only_those_beside_it_reach_is_internal_however_it_is_written() {
    for path in [
        "GET http://localhost:8080/v1/items",
        "GET http://items.local/v1/items",
        "GET https://api.corp.internal./v1",
        "GET http://backend/v1/items",
        "GET items.lan/v1",
        "GET 10.1.2.3/v1/items",
        "GET //10.1.2.3/v1/items",
        "GET http://172.16.0.1/v1",
        "GET http://172.31.255.255/v1",
        "GET http://192.168.0.1:8080/v1",
        "GET http://127.0.0.1/v1",
        "GET http://127.1/v1",
        "GET http://0x7f000001/v1",
        "GET http://2130706433/v1",
        "GET http://0177.0.0.1/v1",
        "GET http://169.254.169.254/v1",
        "GET http://100.64.0.1/v1",
        "GET http://0.0.0.0/v1",
        "GET http://[::1]/v1",
        "GET http://[::1]:8080/v1",
        "GET ::1/v1",
        "GET http://[fd00::1]/v1",
        "GET http://[fe80::1%25eth0]/v1",
        "GET http://[::ffff:10.0.0.1]/v1",
        "GET http://user@10.0.0.1/v1",
        "GET http:/10.0.0.1/v1/items",
        "GET http:10.0.0.1/v1/items",
        "GET backend:8080/v1/items",
        "GET https://{tenant}/v1/items",
        "GET https://admin.kwanus.example/v1/items",
        "GET http://[::10.0.0.1]/v4",
        "GET http://[64:ff9b::10.0.0.1]/v4",
        "GET http://[64:ff9b:1::1]/v4",
        "GET http://[2002:a00:1::]/v4",
        "GET http://[fec0::1]/v4",
        "GET http://[ff02::1]/v4",
        "GET http://198.18.0.1/v4",
        "GET http://198.19.255.255/v4",
        "GET http://192.0.0.1/v4",
        "GET http://224.0.0.1/v4",
        "GET http://255.255.255.255/v4",
        "GET https://backend.prod.svc/v4/items",
    ] {
        assert!(Address::of(path).is_internal(), "{path}");
    }
    for path in [
        "GET v1.2/items",
        "GET https://api.kwanus.example/v1/items",
        "GET https://locals.example/v1/items",
        "GET http://11.0.0.1/v1",
        "GET http://172.15.0.1/v1",
        "GET http://172.32.0.1/v1",
        "GET http://192.169.0.1/v1",
        "GET http://100.128.0.1/v1",
        "GET http://[2001:db8::1]/v1",
        "GET http://198.17.255.255/v4",
        "GET http://198.20.0.1/v4",
        "GET http://192.0.1.1/v4",
        "GET http://[::ffff:11.0.0.1]/v4",
        "GET http://[64:ff9b::11.0.0.1]/v4",
        "GET https://svc.example/v4/items",
    ] {
        assert!(!Address::of(path).is_internal(), "{path}");
    }
}

#[test]
fn a_call_is_one_method_and_one_path() {
    for path in ["GET /v4/disputes", "post  /v4/disputes", " OPTIONS https://api.kwanus.example/v4/items "] {
        assert!(Address::of(path).is_call(), "{path}");
    }
    for path in [
        "",
        "GET",
        "/v4/disputes",
        "GET,POST /v4/disputes",
        "GET|POST /v4/disputes",
        "GET or POST /v4/disputes",
        "GET /v4/items POST /v4/disputes",
        "POST: /v4/disputes",
        "ANY /v4/disputes",
        "%50OST /v4/disputes",
    ] {
        assert!(!Address::of(path).is_call(), "{path}");
    }
}

#[test]
fn a_path_is_written_plainly() {
    for path in [
        "GET /v1/items",
        "/v1/items/{id}?since=a%20b",
        "https://api.kwanus.example/v1/a..b",
        "GET /v1/:id/_x",
        "GET /v4/oauth/authorize?redirect_uri=https://partner.example/cb",
        "GET /v4/oauth/authorize?redirect_uri=org.partner.app://cb",
        "GET /v1/items?name=Caf%C3%A9",
    ] {
        assert!(Address::of(path).is_plain(), "{path}");
    }
    for path in [
        "GET /v1/\u{456}tems",
        "GET /v1/%D1%96tems",
        "GET /v1/items/../accounts",
        "GET /v1/%2e%2e/accounts",
        "GET /v1/..;/accounts",
        "GET /v1\\items",
        "GET /v1/items%00",
        "GET /v1/%ff",
        "ftp://files.example/v1",
        "GET file:///v1/items",
        "GET https://ex\u{430}mple.com/v1",
        "GET /v1/items%3Fname=Caf%C3%A9",
        "GET /v1/items?name=Caf\u{e9}",
        "GET /v1/items?name=a%0D%0Ab",
    ] {
        assert!(!Address::of(path).is_plain(), "{path}");
    }
}

#[test]
fn a_version_stands_in_the_path_and_a_star_for_anything() {
    for (path, is_versioned) in [
        ("GET /v1/items", true),
        ("GET /items-v2", true),
        ("GET /api/V12", true),
        ("GET /items?version=v1", false),
        ("GET /items%3Fapi=v1", false),
        ("GET /items#v1", false),
        ("GET /vital/items", false),
        ("GET /v/items", false),
        ("GET /v1beta1/items", true),
        ("GET /v1rc/items", true),
        ("GET /v4_1/items", true),
        ("GET /api_v4/items", true),
        ("GET /2026-01-01/items", true),
        ("GET /v1gamma/items", false),
        ("GET /2026-13-01/items", false),
        ("GET /items/2026-01-01", false),
    ] {
        assert_eq!(Address::of(path).names_version(), is_versioned, "{path}");
    }
    for (path, is_wild) in [
        ("GET /v1/*", true),
        ("GET /v1/items/%2A", true),
        ("GET /v1/items/%252a", true),
        ("GET /v1/items/\u{FF0A}", true),
        ("GET /v1/items/{id}?a=b%20c", false),
        ("GET /v4/{proxy+}", true),
        ("GET /v4/items/{path:.+}", true),
        ("GET /v4/items/{...rest}", true),
        ("GET /v4/items/<path:rest>", true),
        ("GET /v4/{items,reports}", true),
        ("GET /v4/items|reports", true),
        ("GET /v4/{resource}", true),
        ("GET /v4/:resource/:id", true),
        ("GET /v4/{kind}.json", true),
        ("GET /api/v4/api/{x}", true),
        ("GET /v4/{resource}/{id}/status", true),
        ("GET /v4/...", true),
        ("GET /v4/items/...", true),
        ("GET /v4/all", true),
        ("GET /v4/[a-z]", true),
        ("GET /v4/%25", true),
        ("GET /v4/{a/b}", true),
        ("GET /v4/items/all", false),
        ("GET /v4/allowances", false),
        ("GET /v4/{tenant}/items", false),
        ("GET /{tenant}/v4/items", false),
        ("GET /v4/services/{id}", false),
        ("GET /disputes/v1/{id}", false),
        ("GET /disputes/v1/{resource}", true),
        ("GET /api/v1/{id}", true),
        ("GET /v4/items/<id>", false),
        ("GET /v4/items/{id:int}", false),
        ("GET /v4/items/{resource_id}:cancel", false),
        ("GET /v4/.well-known/jwks.json", false),
        ("GET /v4/items?filter[a]=b+c", false),
        ("GET http://[2001:db8::1]/v4/items", false),
        ("GET|POST /v4/items", false),
        ("GET /v4", false),
    ] {
        assert_eq!(Address::of(path).is_wild(), is_wild, "{path}");
    }
}

#[test]
fn what_asks_is_told_from_what_changes_and_what_is_anybodys_from_what_is_somebodys() {
    for (path, is_write) in [
        ("POST /v1/items", true),
        ("post /v1/items", true),
        ("PUT /v1/items/search", true),
        ("DELETE /v1/items", true),
        ("PATCH /v1/items", true),
        ("POST /v1/items/search", false),
        ("POST /v1/items:query?all=no", false),
        ("GET /v1/items", false),
        ("/v1/post", false),
        ("POST /v4/search/items", true),
        ("POST /v4/items/_search", false),
        ("POST /v4/items:batchGet", false),
        ("POST /v4/graphql", true),
        ("POST /v4/search/items/delete", true),
        ("POST /v4/lookup/create", true),
        ("POST /v4/items/count/reset", true),
        ("POST /v4/disputes/filter/submit", true),
        ("POST /v4/items/search:delete", true),
        ("POST /v4/items/search;do=delete", true),
        ("POST /v4/items/search/{index}", false),
        ("POST /v4/items/search.json", false),
        ("POST /v4/items/search/", false),
        ("POST /v4/research", true),
        ("POST /v4/{search}", true),
        ("POST /v4/items?search=1", true),
        ("POST https://search.example/v4/items", true),
    ] {
        assert_eq!(Address::of(path).is_write(), is_write, "{path}");
    }
    for (path, is_open) in [
        ("GET /v4/health", true),
        ("GET https://api.kwanus.example/v4/openapi.json", true),
        ("POST /v1/oauth/token", true),
        ("GET /v4/items", false),
        ("GET /v4/items/status", false),
        ("GET /v4", false),
        ("GET /v4/?health", false),
        ("GET https://health.example/v4/items", false),
        ("GET /v4/oauth/authorize", true),
        ("POST /v4/oauth/revoke", true),
        ("GET /v4/.well-known/jwks.json", true),
        ("GET /v4/healthcheck", true),
        ("GET /v4_1/health", true),
        ("GET api.kwanus.example/v4/health", true),
        ("POST /v4/revoke", false),
        ("GET /v4/oauth/userinfo", false),
        ("GET /v4/{status}", false),
        ("GET /v4/health%3Fx/items", false),
        ("DELETE /v4/status", false),
        ("POST /v4/status", false),
        ("POST /v4/version", false),
        ("POST /v4/json", false),
        ("POST /v4/health", false),
        ("POST /v4/token", false),
        ("POST /v4/oauth/status", false),
        ("DELETE /v4/oauth/token", false),
        ("GET /v4/token", true),
        ("POST /oauth2/v1/token", true),
    ] {
        assert_eq!(Address::of(path).is_open(), is_open, "{path}");
    }
}

proptest! {
    #[test]
    fn any_path_is_read_as_something(path in "\\PC{0,60}|(GET |POST )?(https?://)?[a-zA-Z0-9%./:@?#*_\\[\\]-]{0,40}") {
        let address = Address::of(&path);
        let _ = (address.is_plain(), address.is_database(), address.is_internal(), address.is_open(), address.is_write());
        let _ = (address.names_version(), address.is_wild(), address.is_call(), is_public_page(&path));
        prop_assert!(address.decoded.len() <= path.len() * 3);
    }

    #[test]
    fn what_is_encoded_is_what_it_says(path in "[a-z/._]{1,20}", is_encoded in prop::collection::vec(any::<bool>(), 20)) {
        use std::fmt::Write as _;
        let mut encoded = String::new();
        for (letter, is_encoded) in path.chars().zip(is_encoded) {
            if is_encoded {
                write!(encoded, "%{:02x}", u32::from(letter)).unwrap();
            } else {
                encoded.push(letter);
            }
        }
        prop_assert_eq!(Address::of(&encoded).decoded, path);
    }
}
