//! What is written to standard error: who asked for what, with which outcome; never a password, a cookie or a link.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::cli::LogFormat;

/// Starts the log. A second call changes nothing.
pub fn start(format: LogFormat, filter: &str) {
    let registry =
        tracing_subscriber::registry().with(EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info")));
    let writer = std::io::stderr;
    // Failing means that somebody, such as a test, has a log already.
    let _ = match format {
        LogFormat::Json => {
            registry.with(tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(writer)).try_init()
        }
        LogFormat::Pretty => {
            let layer = tracing_subscriber::fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_target(false);
            registry.with(layer.with_writer(writer)).try_init()
        }
    };
}
