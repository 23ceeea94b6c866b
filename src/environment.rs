//! The real clock and the real chance of everything that is decided or kept. (The ids of sessions and the nonces of pages
//! come from the libraries that make them.)

use chrono::{DateTime, Utc};
use kwanus_service::Environment;

/// The system's clock and random bytes.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Environment for System {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[expect(clippy::expect_used, reason = "without random bytes no secret can be made: the process must not go on")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
