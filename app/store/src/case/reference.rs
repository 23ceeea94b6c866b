//! How a case is called, as rows hold it.

use kwanus_domain::case::{CaseKind, CaseRef};

/// The three columns of a reference. A row holds it flat: `#[sqlx(flatten, try_from = "ReferenceRow")]`.
#[derive(sqlx::FromRow)]
pub(crate) struct ReferenceRow {
    #[sqlx(try_from = "String")]
    kind: CaseKind,
    year: i64,
    number: i64,
}

impl TryFrom<ReferenceRow> for CaseRef {
    type Error = std::num::TryFromIntError;

    fn try_from(ReferenceRow { kind, year, number }: ReferenceRow) -> Result<Self, Self::Error> {
        Ok(Self { kind, year: year.try_into()?, number })
    }
}
