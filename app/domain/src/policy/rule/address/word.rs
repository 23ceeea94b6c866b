//! What addresses are made of: segments, their words, and versions.

use std::borrow::Cow;

use chrono::NaiveDate;

/// What a version is called before it is one.
const STAGES: &[&str] = &["alpha", "beta", "rc"];

/// The text with nothing in it percent-encoded. What is encoded twice is decoded twice: each time it gets shorter, so that
/// this ends.
pub fn decoded(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    while let Some(decoded) = decode(&bytes) {
        bytes = decoded;
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The text with what is percent-encoded in it decoded; none where nothing is.
fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let code = (*byte == b'%').then(|| digit(text.get(at + 1)).zip(digit(text.get(at + 2)))).flatten();
        if let Some(code) = code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            out.push(code);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    (out.len() < text.len()).then_some(out)
}

/// `v1`, `v12`, `v1beta1`
pub fn is_version(word: &str) -> bool {
    let Some(number) = word.strip_prefix(['v', 'V']) else { return false };
    let stage = number.trim_start_matches(|c: char| c.is_ascii_digit());
    stage.len() < number.len() && (stage.is_empty() || is_among(stage, STAGES))
}

/// `2026-01-01`
pub fn is_date(segment: &str) -> bool {
    segment.len() == 10 && segment.parse::<NaiveDate>().is_ok()
}

/// Whether a segment of a path names a version and nothing else: `v1`, `v4_1`, `v1.2-beta`, `2026-01-01`.
pub fn is_version_segment(segment: &str) -> bool {
    let is_more = |part: &str| is_version(part) || is_among(part, STAGES) || part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = segment.split(['.', '_', '-']);
    parts.next().is_some_and(is_version) && parts.all(is_more) || is_date(segment)
}

/// Whether it is one of these words, in whatever case, with a number behind it or without.
pub fn is_among(word: &str, words: &[&str]) -> bool {
    let bare = without_number(word);
    words.iter().any(|other| other.eq_ignore_ascii_case(word) || other.eq_ignore_ascii_case(bare))
}

/// Whether it ends in one of these words, in whatever case, with a number behind it or without.
pub fn ends_in(word: &str, endings: &[&str]) -> bool {
    let bare = without_number(word);
    let end = |ending: &str| bare.len().checked_sub(ending.len()).and_then(|at| bare.get(at..));
    endings.iter().any(|ending| end(ending).is_some_and(|end| end.eq_ignore_ascii_case(ending)))
}

fn without_number(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The path with a line in the place of each parameter, `{id}`, `<id>` or `:id`: what those are called leads nowhere.
pub fn literal(path: &str) -> Cow<'_, str> {
    if !path.contains(['{', '<']) && !path.contains("/:") {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len());
    for (n, mut segment) in path.split('/').enumerate() {
        if n > 0 {
            out.push('/');
        }
        if n > 0 && segment.starts_with(':') {
            segment = "_";
        }
        while let Some((before, (_, after))) =
            segment.split_once(['{', '<']).and_then(|(before, rest)| Some((before, rest.split_once(['}', '>'])?)))
        {
            out.push_str(before);
            out.push('_');
            segment = after;
        }
        out.push_str(segment);
    }
    Cow::Owned(out)
}

/// The parameters of a path, by what stands between their brackets.
pub fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split(['{', '<']).skip(1).filter_map(|rest| rest.split_once(['}', '>'])).map(|(name, _)| name)
}

/// Whether nothing but a parameter stands in a segment, an ending aside: `{id}`, `{resource}.json`.
pub fn is_parameter(segment: &str) -> bool {
    let name = segment.split(['.', ':']).next().unwrap_or(segment);
    !name.is_empty() && name.bytes().all(|b| b == b'_')
}

/// What stands between slashes, dots and the like.
pub fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').filter(|segment| !segment.is_empty())
}

/// The words of a text, each whole.
pub fn wholes(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a text, by the capitals in them: `internalApi` is `internal` and `Api`.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    wholes(text).flat_map(humps)
}

/// The words of a text, each whole and by the capitals in it.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    wholes(text).flat_map(|word| std::iter::once(word).chain(humps(word)))
}

/// Each word with the next.
pub fn pairs<'t>(words: impl Iterator<Item = &'t str>) -> impl Iterator<Item = (&'t str, Option<&'t str>)> {
    let mut words = words.peekable();
    std::iter::from_fn(move || Some((words.next()?, words.peek().copied())))
}

/// The parts of a word that capitals begin: the whole, where none does.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    // `userDb` begins anew before the D, `DBAccess` before the A.
    let begins = move |at: &usize| {
        let is = |at: usize, kind: fn(&u8) -> bool| bytes.get(at).is_some_and(kind);
        let after_small = !is(at - 1, u8::is_ascii_uppercase) && is(at - 1, u8::is_ascii_alphanumeric);
        is(*at, u8::is_ascii_uppercase) && (after_small || is(at + 1, u8::is_ascii_lowercase))
    };
    let mut ends = (1..word.len()).filter(begins).chain([word.len()]);
    let mut begin = 0;
    std::iter::from_fn(move || {
        let end = ends.next()?;
        let hump = word.get(begin..end);
        begin = end;
        hump
    })
}
