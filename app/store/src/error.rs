//! What goes wrong between us and a database.

/// An error of reading or writing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database or its driver said no.
    #[error(transparent)]
    Driver(sqlx::Error),
    /// What is stored breaks a rule of the domain.
    #[error("stored data is inconsistent: {0}")]
    Inconsistent(String),
    /// A value that must be unique is there already.
    #[error("already there: {0}")]
    Conflict(String),
}

impl Error {
    /// Whether running the whole action again may succeed: a deadlock, a serialisation failure, or a busy file.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let Self::Driver(sqlx::Error::Database(error)) = self else { return false };
        // Postgres: serialization_failure, deadlock_detected. SQLite: SQLITE_BUSY and its extended codes.
        error.code().is_some_and(|code| match code.as_ref() {
            "40001" | "40P01" => true,
            code => code.parse::<u32>().is_ok_and(|code| code & 0xff == 5 && code < 10_000),
        })
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Conflict(inner.message().to_owned()),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Inconsistent(error.to_string()),
            _ => Self::Driver(error),
        }
    }
}
