//! `kwanus-governance openapi`

use std::io::Write as _;

use super::Outcome;
use crate::http;

/// Prints the description of the REST API, as the site publishes it.
pub fn openapi() -> Outcome {
    std::io::stdout().write_all(http::openapi().as_bytes())?;
    Ok(())
}
