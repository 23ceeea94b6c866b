//! The whole server, for `main` and for tests alike: build, port, run until stopped.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use kwanus_service::{
    Caller, DatabaseUrl, Db, Environment, OpenError,
    account::Hasher,
    evidence::Vault,
    installation::{self, StartError},
};
use kwanus_web::{Site, State};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::{
    config::Config,
    http::{self, Shared},
    job,
    mail::Post,
    server,
};

/// A server that listens and has not begun to answer.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    router: axum::Router,
    db: Db,
    vault: Vault,
    post: Post,
    address: SocketAddr,
    is_anybody_there: bool,
    changes: watch::Sender<u64>,
    stop: watch::Sender<bool>,
}

/// Why a server does not start, in one line.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The database is refused.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The installation is refused.
    #[error(transparent)]
    Start(StartError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder of evidence cannot be written.
    #[error("cannot keep evidence in {}: {source}", .folder.display())]
    Evidence {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Passwords cannot be hashed.
    #[error("cannot hash passwords: {0}")]
    Hash(String),
}

/// How long a start waits for reviews to open.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

impl Application {
    /// Opens the database, claims it, and listens.
    pub async fn build(
        config: Config,
        url: &DatabaseUrl,
        environment: Arc<dyn Environment>,
    ) -> Result<Self, BuildError> {
        // First the port: a second server by mistake shall not touch the database of the first.
        let listener = TcpListener::bind(config.address)
            .await
            .map_err(|source| BuildError::Listen { address: config.address, source })?;
        let address = listener.local_addr().map_err(|source| BuildError::Listen { address: config.address, source })?;
        let hasher = Hasher::new(config.hash_cost).map_err(|error| BuildError::Hash(error.chain()))?;
        let db = Db::open(url, Arc::clone(&environment)).await?;
        let version = env!("CARGO_PKG_VERSION");
        let is_anybody_there = installation::start(&db, &hasher, &Caller::Operator, config.demo, version)
            .await
            .map_err(|error| match error {
                StartError::Write(error) => BuildError::Open(OpenError::from_write(url, error)),
                other => BuildError::Start(other),
            })?;
        let folder = config.evidence(url);
        let vault = Vault::open(&folder, Arc::clone(&environment))
            .await
            .map_err(|source| BuildError::Evidence { folder, source })?;
        // Whoever comes first finds the calendar written down and what is due open; where that takes long it goes on behind.
        let _ = tokio::time::timeout(PATIENCE, job::open_reviews(&db)).await;
        let site = Arc::new(Site {
            leptos: http::leptos_options(),
            is_demo: config.demo.is_some(),
            is_https: config.reach.is_https(),
            version,
        });
        let post = config.post(url, address);
        let (changes, stop) = (watch::Sender::new(0), watch::Sender::new(false));
        let shared = Shared {
            state: State { db: db.clone(), vault: vault.clone(), hasher, site },
            config: Arc::new(config),
            environment,
            changes: changes.clone(),
            stop: stop.clone(),
        };
        Ok(Self { listener, router: http::router(shared), db, vault, post, address, is_anybody_there, changes, stop })
    }

    /// Where it listens; the port is the one the system gave when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether there is anybody who could sign in.
    pub fn is_anybody_there(&self) -> bool {
        self.is_anybody_there
    }

    /// Answers until `stopped` is, then lets answers in progress finish.
    pub async fn run_until_stopped(self, stopped: impl Future<Output = ()> + Send) {
        let mut jobs = JoinSet::new();
        jobs.spawn(job::purge(self.db.clone(), self.vault));
        jobs.spawn(job::settle(self.db.clone()));
        jobs.spawn(job::send_mail(self.db.clone(), self.post));
        jobs.spawn(job::watch_changes(self.db.clone(), self.changes));
        let stop = self.stop;
        let serving = server::run(self.listener, self.router, stop.subscribe());
        let stopping = async {
            stopped.await;
            tracing::info!("stopping");
            stop.send_replace(true);
        };
        tokio::join!(serving, stopping);
        jobs.shutdown().await;
        // A statement that hangs shall not keep the process: the database rolls back what was not committed.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.db.close()).await;
    }
}
