//! What the layers and the machines' routes share.

use std::sync::Arc;

use kwanus_service::Environment;
use kwanus_web::State;
use tokio::sync::watch;

use crate::config::Config;

/// What the layers and the machines' routes share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The installation.
    pub state: State,
    /// How it is served.
    pub config: Arc<Config>,
    /// The clock.
    pub environment: Arc<dyn Environment>,
    /// Counts the changes of the log.
    pub changes: watch::Sender<u64>,
    /// Whether the process is to end.
    pub stop: watch::Sender<bool>,
}
