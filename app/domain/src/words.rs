//! Enums that stand as one word in the database, in forms, in URLs and in records.

/// The schema of what is one of these words.
#[cfg(feature = "schema")]
pub fn one_of<W: Into<serde_json::Value>>(
    words: impl IntoIterator<Item = W>,
) -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    let schema = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String);
    schema.enum_values(Some(words)).into()
}

/// Declares the word of each variant: `as_str`, `ALL`, reading it back, and the schema of them all.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// All of them, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the database, in forms and in URLs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word back.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::one_of([$($word),+])
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}

        $crate::words::conversions!($name);
    };
    // An enum one of whose variants holds another such enum, whose words are its own.
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? } or $other:ident($inner:ty)) => {
        impl $name {
            /// The word in the database, in forms and in URLs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ Self::$other(inner) => inner.as_str() }
            }

            /// Reads the word back.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => <$inner>::from_word(word).map(Self::$other) }
            }
        }

        $crate::words::conversions!($name);
    };
}

/// What follows from `as_str` and `from_word`.
macro_rules! conversions {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(word: String) -> Result<Self, String> {
                Self::from_word(&word).ok_or_else(|| format!(concat!(stringify!($name), " knows no {}"), word))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }
    };
}
pub(crate) use conversions;
pub(crate) use words;
