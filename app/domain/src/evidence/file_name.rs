//! What a file is called.

use super::MediaType;
use crate::{
    Violation,
    text::{text, verbatim},
};

/// The longest name, in characters.
const LONGEST: usize = 200;

text! {
    /// The name of a file: 1 to 200 characters of one line, without a folder. It names nothing on our disks.
    FileName
}

impl FileName {
    /// Reads what was sent beside a file.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let name = verbatim("file", "Choose a file", LONGEST, text)?;
        if name.contains(['/', '\\']) || matches!(name.as_str(), "." | "..") {
            return Err(Violation::new(
                "file",
                "path",
                "A file is called by its name alone, without a folder. Rename it",
            ));
        }
        Ok(Self(name))
    }

    /// What the end of the name says that it is, where that can be attached.
    #[must_use]
    pub fn media_type(&self) -> Option<MediaType> {
        let (stem, extension) = self.0.rsplit_once('.')?;
        if stem.is_empty() { None } else { MediaType::from_extension(extension) }
    }

    /// The name as `Content-Disposition` carries it (RFC 6266): in ASCII for programs of old, and as it is for all others.
    #[must_use]
    pub fn disposition(&self) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ');
        let plain: String = self.0.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let is_bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let encoded: String =
            self.0.bytes().map(|b| if is_bare(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_kept_as_it_was_given() {
        for name in
            ["a.pdf", "Consent  screen (v2).PNG", "Löschprotokoll 2026-11.txt", "证据.jpeg", "a%00.pdf", "..a", "noend"]
        {
            assert_eq!(FileName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(FileName::parse(" a.pdf ").unwrap().as_str(), "a.pdf");
    }

    #[test]
    fn what_leads_elsewhere_or_hides_something_is_no_name() {
        for (name, code) in [
            ("../../etc/passwd", "path"),
            ("/etc/passwd", "path"),
            ("..\\..\\boot.ini", "path"),
            ("C:\\a.pdf", "path"),
            ("..", "path"),
            (".", "path"),
            ("a\0.pdf", "invisible"),
            ("a\r\nContent-Type: x.pdf", "invisible"),
            ("a\u{202E}fdp.exe", "invisible"),
            ("", "missing"),
            ("  ", "missing"),
            (&*"x".repeat(201), "too_long"),
        ] {
            let violation = FileName::parse(name).unwrap_err();
            assert_eq!((&*violation.code, &*violation.field), (code, "file"), "{name:?}");
        }
    }

    #[test]
    fn the_end_of_a_name_says_what_it_claims_to_be() {
        let claims = |name: &str| FileName::parse(name).unwrap().media_type();
        assert_eq!(claims("a.PDF"), Some(MediaType::Pdf));
        assert_eq!(claims("a.b.jpeg"), Some(MediaType::Jpeg));
        for name in ["a", ".pdf", "a.", "a.pdf.exe", "a.zip", "a.svg", "a.html"] {
            assert_eq!(claims(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_is_carried_in_both_forms() {
        let carried = FileName::parse("Löschung \"2\".pdf").unwrap().disposition();
        assert_eq!(carried, "attachment; filename=\"L_schung _2_.pdf\"; filename*=UTF-8''L%C3%B6schung%20%222%22.pdf");
    }

    proptest! {
        #[test]
        fn whatever_is_a_name_can_stand_in_a_header_and_breaks_out_of_nothing(typed in "\\PC{0,40}|.{0,40}|[./\\\\\"';%a\\r\\n]{0,20}") {
            if let Ok(name) = FileName::parse(&typed) {
                let carried = name.disposition();
                prop_assert!(carried.bytes().all(|b| matches!(b, b' '..=b'~')));
                prop_assert_eq!(carried.matches('"').count(), 2);
                prop_assert_eq!(carried.matches(';').count(), 2);
                prop_assert!(!name.as_str().contains(['/', '\\']));
                prop_assert_eq!(FileName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
