//! Sessions: tower-sessions in front, our own database behind.

use async_trait::async_trait;
use kwanus_service::{Db, session};
use tower_sessions::{
    Expiry, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::Shared;

/// Keeps sessions through the service, by the hash of their id.
#[derive(Clone, Debug)]
pub(super) struct Store(Db);

/// The layer that reads and writes the cookie.
pub(super) fn layer(shared: &Shared) -> SessionManagerLayer<Store> {
    let is_https = shared.config.reach.is_https();
    SessionManagerLayer::new(Store(shared.state.db.clone()))
        .with_name(shared.state.site.session_cookie())
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // Gone with the browser. How long a session lives is the domain's rule, kept by the store.
        .with_expiry(Expiry::OnSessionEnd)
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        session::create(&self.0, record.id.0, &data(record)?).await.map_err(|error| backend(&error))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        session::save(&self.0, record.id.0, &data(record)?).await.map_err(|error| backend(&error))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(data) = session::load(&self.0, id.0).await.map_err(|error| backend(&error))? else { return Ok(None) };
        let data = serde_json::from_value(data).map_err(|error| Error::Decode(error.to_string()))?;
        // The date means nothing to us, and lies far enough ahead to mean nothing to others.
        let expiry_date =
            tower_sessions::cookie::time::OffsetDateTime::now_utc() + tower_sessions::cookie::time::Duration::days(1);
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        session::delete(&self.0, id.0).await.map_err(|error| backend(&error))
    }
}

fn data(record: &Record) -> Result<serde_json::Value> {
    serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn backend(error: &kwanus_service::Error) -> Error {
    Error::Backend(error.chain())
}
