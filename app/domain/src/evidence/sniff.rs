//! What a file is, by what it holds.

use super::{FileName, MediaType, plain::Plain};
use crate::Violation;

/// How many of its first bytes tell what a file is.
const HEAD: usize = 12;

/// What can be attached, and what is known besides so that it can be called by its name.
const MAGIC: [(&[u8], Kind); 14] = [
    (b"%PDF-", Kind::Attachable(MediaType::Pdf)),
    (b"\x89PNG\r\n\x1a\n", Kind::Attachable(MediaType::Png)),
    (b"\xFF\xD8\xFF", Kind::Attachable(MediaType::Jpeg)),
    (b"PK\x03\x04", Kind::Other("a zip archive or an office document")),
    (b"PK\x05\x06", Kind::Other("a zip archive or an office document")),
    (b"\x1F\x8B", Kind::Other("a compressed archive")),
    (b"BZh", Kind::Other("a compressed archive")),
    (b"\xFD7zXZ", Kind::Other("a compressed archive")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Other("a compressed archive")),
    (b"Rar!", Kind::Other("a compressed archive")),
    (b"GIF8", Kind::Other("a GIF picture")),
    (b"MZ", Kind::Other("a program")),
    (b"\x7FELF", Kind::Other("a program")),
    (b"\xD0\xCF\x11\xE0", Kind::Other("an office document")),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Attachable(MediaType),
    Other(&'static str),
}

/// Reads a file piece by piece and says what it is. It keeps no more of it than its first bytes.
#[derive(Clone, Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    plain: Plain,
}

impl Sniffer {
    /// Reads the next piece.
    pub fn read(&mut self, piece: &[u8]) {
        let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..wanted]);
        self.plain.read(piece);
    }

    /// What the whole is, where its name says the same; otherwise both are named.
    pub fn judge(&self, name: &FileName) -> Result<MediaType, Violation> {
        let refuse = |code, message| Err(Violation::with_message("file", code, message));
        if self.head.is_empty() {
            return refuse("empty", format!("“{name}” is empty. Choose another file"));
        }
        match (name.media_type(), self.kind()) {
            (Some(claimed), Some(Kind::Attachable(found))) if claimed == found => Ok(found),
            (Some(claimed), kind) => {
                let found = match kind {
                    Some(Kind::Attachable(found)) => format!("is {}", found.phrase()),
                    Some(Kind::Other(what)) => format!("is {what}"),
                    None if claimed == MediaType::Text => "is no plain text in UTF-8".to_owned(),
                    None => format!("is not {}", claimed.phrase()),
                };
                let rest = "Attach a PDF, PNG, JPEG or text file, named as what it is";
                refuse("wrong_type", format!("“{name}” is named as {} and {found}. {rest}", claimed.phrase()))
            }
            (None, _) => {
                let ends = ".pdf, .png, .jpg, .txt, .md, .csv, .log or .json";
                refuse(
                    "type",
                    format!(
                        "“{name}” is none of what can be attached. Attach a PDF, PNG, JPEG or text file, whose name ends in {ends}"
                    ),
                )
            }
        }
    }

    fn kind(&self) -> Option<Kind> {
        let known = MAGIC.iter().find(|(magic, _)| self.head.starts_with(magic)).map(|(_, kind)| *kind);
        match known {
            // A text may begin with any letters, those of a program too.
            Some(Kind::Other(_)) | None if self.plain.is_text() => Some(Kind::Attachable(MediaType::Text)),
            known => known,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judge(name: &str, bytes: &[u8], cut: usize) -> Result<MediaType, Violation> {
        let mut sniffer = Sniffer::default();
        bytes.chunks(cut).for_each(|piece| sniffer.read(piece));
        sniffer.judge(&FileName::parse(name).unwrap())
    }

    const PDF: &[u8] = b"%PDF-1.7\n\xE2\xE3\xCF\xD3 ...";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0";

    #[test]
    fn a_file_is_what_its_first_bytes_say_however_it_is_cut() {
        for cut in [1, 3, 1000] {
            for (name, bytes, is) in [
                ("a.pdf", PDF, MediaType::Pdf),
                ("a.png", PNG, MediaType::Png),
                ("a.JPG", JPEG, MediaType::Jpeg),
                ("a.txt", "Gelöscht um 12:00\r\n".as_bytes(), MediaType::Text),
                ("a.md", &b"MZ is how it begins"[..], MediaType::Text),
                ("a.txt", &b"<script>alert(1)</script>"[..], MediaType::Text),
            ] {
                assert_eq!(judge(name, bytes, cut), Ok(is), "{name} {cut}");
            }
        }
    }

    #[test]
    fn what_is_not_what_it_is_named_is_refused_and_both_are_told() {
        for (name, bytes, says) in [
            ("report.pdf", ZIP, "“report.pdf” is named as a PDF and is a zip archive or an office document"),
            ("report.pdf", PNG, "is named as a PDF and is a PNG picture"),
            ("report.pdf", &b"<html>"[..], "is named as a PDF and is plain text"),
            ("report.pdf", &b"\n%PDF-1.7 \xE2\xE3"[..], "is named as a PDF and is not a PDF"),
            ("screen.png", JPEG, "is named as a PNG picture and is a JPEG picture"),
            ("screen.jpg", &b"GIF89a\x01\0"[..], "and is a GIF picture"),
            ("log.txt", &b"\x1F\x8B\x08\0"[..], "is named as plain text and is a compressed archive"),
            ("log.txt", &b"caf\xE9"[..], "is named as plain text and is no plain text in UTF-8"),
            ("log.txt", PDF, "is named as plain text and is a PDF"),
            ("page.html", &b"<html>"[..], "none of what can be attached"),
            ("picture.svg", &b"<svg/>"[..], "none of what can be attached"),
            ("bomb.zip", ZIP, "none of what can be attached"),
            ("program", &b"\x7FELF\x02"[..], "none of what can be attached"),
            ("empty.pdf", &b""[..], "is empty"),
        ] {
            let violation = judge(name, bytes, 5).unwrap_err();
            assert!(violation.message.contains(says), "{name}: {}", violation.message);
            assert_eq!(violation.field, "file");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged_and_how_they_are_cut_makes_no_difference(
            bytes: Vec<u8>,
            magic in 0..MAGIC.len(),
            name in "a\\.(pdf|png|jpg|txt|exe)",
            cut in 1..20_usize,
        ) {
            for bytes in [bytes.clone(), [MAGIC[magic].0, &bytes].concat()] {
                prop_assert_eq!(judge(&name, &bytes, cut), judge(&name, &bytes, usize::MAX));
            }
        }
    }
}
