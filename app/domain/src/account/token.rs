//! A token by which a partner's program uses the API in the name of one of the partner's users.

use std::{collections::BTreeSet, fmt};

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::{
    Violation,
    text::{line, text},
    time::parse_date,
    words::words,
};

crate::id::id! {
    /// A token as its owner may name it; not its secret.
    TokenId
}

/// The most live tokens of one person.
pub const MOST_TOKENS: usize = 10;
/// How long a token lasts at most, in months.
const LONGEST: Months = Months::new(12);

text! {
    /// What a token is called by its owner: 1 to 60 characters.
    TokenName
}

impl TokenName {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line("token_name", "Give the token a name, by which you know it again", 60, text).map(Self)
    }
}

/// Something that a token lets a program do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// To read the partner's submissions.
    ReadSubmissions,
    /// To submit in the partner's name.
    WriteSubmissions,
}

words!(Scope { ReadSubmissions = "submissions:read", WriteSubmissions = "submissions:write" });

impl Scope {
    /// What stands beside its box.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReadSubmissions => "Read submissions",
            Self::WriteSubmissions => "Submit manifests",
        }
    }

    /// What a program without it is told.
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::ReadSubmissions => "The token lacks the scope submissions:read",
            Self::WriteSubmissions => "The token lacks the scope submissions:write",
        }
    }
}

/// What one token lets a program do: at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Scopes together.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, Violation> {
        let scopes: BTreeSet<_> = scopes.into_iter().collect();
        if scopes.is_empty() {
            return Err(Violation::new("scopes", "missing", "Choose what the token is for"));
        }
        Ok(Self(scopes))
    }

    /// Whether the scope is among them.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

/// As the database keeps them: `submissions:read submissions:write`.
impl TryFrom<String> for Scopes {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        let scopes: Option<Vec<_>> = words.split(' ').map(Scope::from_word).collect();
        scopes.and_then(|scopes| Self::new(scopes).ok()).ok_or_else(|| format!("{words:?} are no scopes"))
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.iter().map(Scope::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The last day of a token: today or later, and at most a year ahead.
pub fn parse_token_end(text: &str, today: NaiveDate) -> Result<NaiveDate, Violation> {
    let latest = today + LONGEST;
    match parse_date("ends", text)? {
        None => Err(Violation::new("ends", "missing", "Choose the last day of the token")),
        Some(day) if day < today => Err(Violation::new("ends", "past", "Choose a day that is still to come")),
        Some(day) if day > latest => {
            Err(Violation::with_message("ends", "too_late", format!("Choose {latest} or an earlier day")))
        }
        Some(day) => Ok(day),
    }
}

/// Whether a token whose last day is `ends_on` still counts at `now`: a date ends at 24:00 UTC.
#[must_use]
pub fn is_token_live(ends_on: NaiveDate, now: DateTime<Utc>) -> bool {
    now.date_naive() <= ends_on
}

/// What stands before the random part, so that scanners of source code find a token that was left there.
const PREFIX: &str = "kwanus_";
/// The letters of base64 that need no escaping anywhere.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// So many of them hold 32 bytes.
const LENGTH: usize = 43;

/// The token itself, by which a program is let in: shown once, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

impl TokenSecret {
    /// A secret of unpredictable bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        let letters = bytes.chunks(3).flat_map(|chunk| {
            let bits = chunk.iter().fold(0, |bits, byte| (bits << 8) | usize::from(*byte)) << (8 * (3 - chunk.len()));
            (0..=chunk.len()).map(move |n| char::from(LETTERS[(bits >> (18 - 6 * n)) & 63]))
        });
        Self(PREFIX.chars().chain(letters).collect())
    }

    /// Reads what a program sends; what has another form opens nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.strip_prefix(PREFIX)?;
        let is_sound = letters.len() == LENGTH && letters.bytes().all(|letter| LETTERS.contains(&letter));
        is_sound.then(|| Self(text.to_owned()))
    }

    /// The secret itself: to be shown once and to be hashed.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scopes_are_a_set_of_at_least_one_in_one_order() {
        let both = Scopes::new([Scope::WriteSubmissions, Scope::ReadSubmissions]).unwrap();
        assert_eq!(String::from(both.clone()), "submissions:read submissions:write");
        assert_eq!(Scopes::try_from(String::from(both.clone())), Ok(both));
        assert_eq!(Scopes::new([]).unwrap_err().field, "scopes");
        for words in ["", "submissions", "submissions:read "] {
            assert!(Scopes::try_from(words.to_owned()).is_err(), "{words:?}");
        }
    }

    #[test]
    fn a_token_ends_within_a_year_at_the_end_of_its_last_day() {
        let today = "2026-11-18".parse().unwrap();
        for (text, code) in [
            ("2026-11-18", ""),
            ("2027-11-18", ""),
            ("2027-11-19", "too_late"),
            ("2026-11-17", "past"),
            ("", "missing"),
            ("soon", "malformed"),
        ] {
            let code_of = parse_token_end(text, today).err().map(|violation| violation.code);
            assert_eq!(code_of.as_deref().unwrap_or_default(), code, "{text}");
        }
        let at = |text: &str| text.parse().unwrap();
        assert!(is_token_live(today, at("2026-11-18T23:59:59Z")));
        assert!(!is_token_live(today, at("2026-11-19T00:00:00Z")));
    }

    #[test]
    fn a_secret_is_written_as_base64_and_debugging_shows_nothing_of_it() {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&[0xfb, 0xff, 0xbf, 0x01]);
        let secret = TokenSecret::from_random(bytes);
        assert_eq!(secret.expose(), format!("kwanus_-_-_AQ{}", "A".repeat(37)));
        assert_eq!(format!("{secret:?}"), "TokenSecret(…)");
    }

    proptest! {
        #[test]
        fn a_secret_is_read_as_it_is_written(bytes in any::<[u8; 32]>()) {
            let secret = TokenSecret::from_random(bytes);
            prop_assert_eq!(secret.expose().len(), 50);
            prop_assert_eq!(TokenSecret::parse(secret.expose()), Some(secret));
        }

        #[test]
        fn reading_is_total(text in "(kwanus_[A-Za-z0-9_=/+-]{40,45})|.{0,60}") {
            if let Some(secret) = TokenSecret::parse(&text) {
                prop_assert_eq!(secret.expose(), text);
            }
        }
    }
}
