//! One query, on whichever of the two databases the transaction is.

use std::borrow::Cow;

use sqlx::{
    Arguments, AssertSqlSafe, Encode, FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Type,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};

use crate::{Error, Result, Value};

/// One SQL text, or a pair where the dialects differ. Parameters are `$1`, `$2` … in both.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// A text for each dialect.
    #[must_use]
    pub const fn pair(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    pub(crate) const fn sqlite(self) -> &'static str {
        self.sqlite
    }

    pub(crate) const fn postgres(self) -> &'static str {
        self.postgres
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
}

/// A row that both databases yield: `#[derive(sqlx::FromRow)]` is generic over rows already.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A query being put together and then run, once.
#[must_use = "a query does nothing until it is run"]
pub enum Query<'t> {
    /// On SQLite.
    Sqlite(&'t mut SqliteConnection, Cow<'static, str>, SqliteArguments),
    /// On Postgres.
    Postgres(&'t mut PgConnection, Cow<'static, str>, PgArguments),
}

/// The one place where binding can fail is a value too large to encode.
fn add<'v, A, T>(arguments: &mut A, value: T) -> Result<()>
where
    A: Arguments,
    T: Encode<'v, A::Database> + Type<A::Database>,
{
    arguments.add(value).map_err(|error| Error::Driver(sqlx::Error::Encode(error)))
}

impl Query<'_> {
    /// Binds the next parameter.
    pub fn bind(mut self, value: impl Value) -> Self {
        let value = value.stored();
        let bound = match &mut self {
            Self::Sqlite(_, _, arguments) => add(arguments, value),
            Self::Postgres(_, _, arguments) => add(arguments, value),
        };
        if let Err(error) = bound {
            // The statement then fails for its missing parameter, with this line before it.
            tracing::error!(%error, "a parameter could not be encoded");
        }
        self
    }

    /// Appends a clause that holds a parameter: each `{}` in it stands for `value`.
    ///
    /// Where a list is filtered by what is asked for, a clause stands only where it filters, so that the database may use the
    /// index that fits. Clauses are literals; what people typed is only ever bound.
    pub fn append(mut self, clause: &'static str, value: impl Value) -> Self {
        let (text, number) = match &mut self {
            Self::Sqlite(_, text, arguments) => (text, arguments.len() + 1),
            Self::Postgres(_, text, arguments) => (text, arguments.len() + 1),
        };
        text.to_mut().push_str(&clause.replace("{}", &format!("${number}")));
        self.bind(value)
    }

    /// Appends the clause where there is a value for it.
    pub fn append_if<V: Value>(self, clause: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.append(clause, value),
            None => self,
        }
    }

    /// Appends that what the text ends in is one of these.
    pub fn among<V: Value>(self, values: impl IntoIterator<Item = V>) -> Self {
        // Nothing is in an empty list, which Postgres does not read: nothing equals NULL either.
        let begun = self.append_text(" IN (NULL");
        values.into_iter().fold(begun, |query, value| query.append(", {}", value)).append_text(")")
    }

    /// Appends a clause without parameters.
    pub fn append_text(mut self, clause: &'static str) -> Self {
        let (Self::Sqlite(_, text, _) | Self::Postgres(_, text, _)) = &mut self;
        text.to_mut().push_str(clause);
        self
    }

    /// The row, if there is one.
    pub async fn optional<T: Record>(self) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite(connection, sql, arguments) => {
                sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .fetch_optional(connection)
                    .await?
            }
            Self::Postgres(connection, sql, arguments) => {
                sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .fetch_optional(connection)
                    .await?
            }
        })
    }

    /// The one row that must be there.
    pub async fn one<T: Record>(self) -> Result<T> {
        self.optional().await?.ok_or(Error::Driver(sqlx::Error::RowNotFound))
    }

    /// All rows.
    pub async fn all<T: Record>(self) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(connection, sql, arguments) => {
                sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .fetch_all(connection)
                    .await?
            }
            Self::Postgres(connection, sql, arguments) => {
                sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .fetch_all(connection)
                    .await?
            }
        })
    }

    /// Runs the statement and counts the rows that it touched.
    pub async fn execute(self) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(connection, sql, arguments) => {
                sqlx::query_with::<Sqlite, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .execute(connection)
                    .await?
                    .rows_affected()
            }
            Self::Postgres(connection, sql, arguments) => {
                sqlx::query_with::<Postgres, _>(AssertSqlSafe(sql.into_owned()), arguments)
                    .execute(connection)
                    .await?
                    .rows_affected()
            }
        })
    }
}
