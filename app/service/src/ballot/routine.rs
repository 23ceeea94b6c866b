//! Which cases can be approved together with others.

use std::collections::HashMap;

use chrono::NaiveDate;
use kwanus_domain::{
    ballot::{AskedBefore, Singled, singled},
    case::{CaseId, CaseKind},
    policy::Risk,
};
use kwanus_store::{Tx, declaration};

use crate::Result;

/// What decides whether a case can be approved together with others.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    /// What the rules found.
    pub risk: Risk,
    /// What is asked for, each with what was granted of it before and with its end.
    pub asked: Vec<(AskedBefore, Option<NaiveDate>)>,
    /// Why it cannot, if so.
    pub singled: Option<Singled>,
}

/// The same of each of these cases, by as many queries as of one.
pub(super) async fn asking(tx: &mut Tx, cases: &[(CaseId, CaseKind)]) -> Result<HashMap<CaseId, Asking>> {
    let ids: Vec<_> = cases.iter().map(|(id, _)| *id).collect();
    let risks = declaration::count_findings(tx, &ids).await?;
    let mut asked = declaration::list_asked(tx, &ids).await?;
    let of = |(id, kind): &(CaseId, CaseKind)| {
        let risk = risks.get(id).copied().unwrap_or_default();
        let asked = asked.remove(id).unwrap_or_default();
        let before: Vec<_> = asked.iter().map(|(asked, _)| asked.clone()).collect();
        (*id, Asking { risk, singled: singled(*kind, risk, &before), asked })
    };
    Ok(cases.iter().map(of).collect())
}
