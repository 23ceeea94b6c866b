//! Evidence: files and links that show what a partner says of a permission (`PartnerIntegrationSpec` §6, §7, §8). What a file
//! is called is its partner's word; what it is, its first bytes say.

mod file_name;
mod hash;
mod link;
mod media_type;
mod plain;
mod sniff;
mod upload;
mod word;

pub use file_name::FileName;
pub use hash::ContentHash;
pub use link::EvidenceLink;
pub use media_type::MediaType;
pub use sniff::Sniffer;
pub use upload::{MOST_BYTES_OF_DAY, UPLOAD_MEMORY, UploadHour, upload_again_at};
pub use word::{EvidenceNote, parse_dated_on};

crate::id::id! {
    /// A piece of evidence.
    EvidenceId
}

/// How large a file may be, in bytes.
pub const MOST_BYTES_OF_FILE: u64 = 10 * MEGABYTE;
/// How large all files of a submission may be together, in bytes.
pub const MOST_BYTES_OF_SUBMISSION: u64 = 50 * MEGABYTE;
/// How many files and links a permission may have.
pub const MOST_OF_PERMISSION: usize = 20;

const MEGABYTE: u64 = 1024 * 1024;

/// What shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exhibit {
    /// A file that we keep.
    File(EvidenceFile),
    /// An address elsewhere.
    Link(EvidenceLink),
}

impl Exhibit {
    /// The file, if it is one.
    #[must_use]
    pub const fn file(&self) -> Option<&EvidenceFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Link(_) => None,
        }
    }
}

/// A file as it was attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// What its partner calls it.
    pub name: FileName,
    /// What it is.
    pub media_type: MediaType,
    /// How large it is.
    pub bytes: u64,
    /// The SHA-256 of what it holds.
    pub hash: ContentHash,
}

/// `812 bytes`, `64 KB`, `9.5 MB`
#[must_use]
pub fn show_size(bytes: u64) -> String {
    const KILOBYTE: u64 = 1024;
    if bytes < KILOBYTE {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    }
    let kilobytes = bytes.div_ceil(KILOBYTE);
    if kilobytes < KILOBYTE {
        return format!("{kilobytes} KB");
    }
    // Rounded up, so that nothing is told as smaller than it is.
    let tenths = (bytes * 10).div_ceil(MEGABYTE);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits_and_never_too_small() {
        let said =
            [0, 1, 812, 1024, 65_536, 1_048_575, 1_048_576, 9_900_000, MOST_BYTES_OF_FILE, MOST_BYTES_OF_FILE + 1];
        assert_eq!(
            said.map(show_size),
            ["0 bytes", "1 byte", "812 bytes", "1 KB", "64 KB", "1 MB", "1 MB", "9.5 MB", "10 MB", "10.1 MB"]
        );
    }
}
