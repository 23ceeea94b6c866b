//! What can be attached.

use crate::words::words;

/// What a file is, of what can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaType {
    /// A document.
    Pdf,
    /// A picture, such as of a screen.
    Png,
    /// A photograph.
    Jpeg,
    /// Plain text in UTF-8, such as a log.
    Text,
}

words!(MediaType { Pdf = "application/pdf", Png = "image/png", Jpeg = "image/jpeg", Text = "text/plain" });

impl MediaType {
    /// What a form's field offers to choose from.
    pub const ACCEPT: &str =
        ".pdf,.png,.jpg,.jpeg,.txt,.md,.csv,.log,.json,application/pdf,image/png,image/jpeg,text/plain";

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Text => "text",
        }
    }

    /// The same with its article.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF",
            Self::Png => "a PNG picture",
            Self::Jpeg => "a JPEG picture",
            Self::Text => "plain text",
        }
    }

    /// As `Content-Type` says it. Text is told as nothing but text, whatever is marked up in it.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            other => other.as_str(),
        }
    }

    /// What a name that ends in this claims to be.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "txt" | "md" | "csv" | "log" | "json" => Some(Self::Text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_offers_what_a_name_can_claim() {
        let offered = MediaType::ACCEPT.split(',').filter_map(|one| one.strip_prefix('.'));
        assert_eq!(offered.filter_map(MediaType::from_extension).count(), 9);
        for media_type in MediaType::ALL {
            assert!(MediaType::ACCEPT.split(',').any(|one| one == media_type.as_str()));
        }
    }
}
