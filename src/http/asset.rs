//! The site inside the executable: script, wasm, style, fonts. Every address carries one hash of all of it, so that an
//! answer may be kept for ever. Compressed forms were made as the site was built.

use std::sync::LazyLock;

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::config::LeptosOptions;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Built by `make site`. Absent on a clean clone, so that checks do not need it.
#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
struct Site;

/// What stands at an address never changes, except under `make dev`: there the browser asks again each time.
static CACHE_CONTROL: LazyLock<HeaderValue> = LazyLock::new(|| {
    let is_watched = std::env::var_os("LEPTOS_WATCH").is_some();
    HeaderValue::from_static(if is_watched { "no-cache" } else { "public, max-age=31536000, immutable" })
});

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut paths: Vec<_> = Site::iter().collect();
    paths.sort();
    for path in paths {
        hash.update(path.as_bytes());
        hash.update(Site::get(&path).map_or([0; 32], |file| file.metadata.sha256_hash()));
    }
    short(hash.finalize().into())
});

/// The first eight bytes of a hash: enough to tell one build from another.
pub(super) fn short(hash: [u8; 32]) -> String {
    hash.first_chunk().map_or_else(String::new, |bytes| format!("{:016x}", u64::from_be_bytes(*bytes)))
}

/// Leptos's settings: where the pages find script and style.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("kwanus").site_root("").site_pkg_dir(format!("pkg/{}", *VERSION)).build()
}

/// `/pkg/{version}/{path}`
pub(super) async fn serve(Path((version, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    // What is compiled stands in pkg/, what is copied beside it: the layout of cargo-leptos.
    let compiled = format!("pkg/{path}");
    let path = if Site::get(&compiled).is_some() { compiled } else { path };
    let Some(file) = (version == *VERSION).then(|| Site::get(&path)).flatten() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{}\"", short(file.metadata.sha256_hash()));
    let accepts = |what: &str| {
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(',').any(|one| {
                let (name, quality) = one.split_once(';').unwrap_or((one, ""));
                name.trim() == what && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
            })
        })
    };
    let (encoding, file) = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(name, _)| accepts(name))
        .find_map(|(name, ending)| Some((Some(name), Site::get(&format!("{path}.{ending}"))?)))
        .unwrap_or((None, file));
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag.as_str()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, CACHE_CONTROL.clone());
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    for (name, value) in [(header::CONTENT_TYPE, kind.as_ref()), (header::ETAG, &etag)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    }
    // Said even where there is none, or the compressing layer would do it over for every request.
    answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.unwrap_or("identity")));
    response
}
