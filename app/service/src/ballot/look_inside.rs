//! A case in short, for whoever decides on it without leaving their docket.

use kwanus_domain::{
    Count,
    ballot::Stance,
    case::{CaseRef, CaseState},
    declaration::Change,
    permission::{FieldName, PermissionKey},
};
use kwanus_store::{Db, case as stored_case};

use super::{docket::member, routine::asking};
use crate::{
    Caller, Error, Result,
    case::{self, Declaration, Declared, DeclaredFinding, Matter, MyBallot},
};

/// How many permissions, and how many findings, are shown of a case.
const MOST: usize = 5;

/// A case in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Which.
    pub reference: CaseRef,
    /// The revision before the boards.
    pub revision: i64,
    /// What it declares; nothing where it is about something else.
    pub declared: Option<InsideDeclaration>,
    /// The ballots on which the caller has not spoken yet, each with what an approval and an abstention would bring about.
    pub mine: Vec<MyBallot>,
    /// Whether a position can be taken here: nothing is found that the boards weigh.
    pub takes_positions: bool,
}

/// What a justification declares, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsideDeclaration {
    /// The carried revision that it is compared with.
    pub compared_with: Option<i64>,
    /// How many permissions that one has not.
    pub added: usize,
    /// How many it has otherwise.
    pub changed: usize,
    /// How many only it has.
    pub removed: usize,
    /// How many permissions there are.
    pub total: usize,
    /// The first of them.
    pub permissions: Vec<InsidePermission>,
    /// What was found, the gravest first, and where; no more than a few.
    pub findings: Vec<(String, DeclaredFinding)>,
    /// How much was found in all.
    pub found: usize,
}

/// A permission in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsidePermission {
    /// Which.
    pub key: PermissionKey,
    /// Its fields.
    pub fields: Vec<FieldName>,
    /// Against the carried revision.
    pub change: Change,
    /// How often it was granted to the partner before.
    pub granted: i64,
    /// How many integrations of other partners hold it now.
    pub holders: Count,
    /// How many cases with it were carried, and how many declined.
    pub decided: (usize, usize),
    /// An entry that reaches less and has every declared field.
    pub narrower: Option<PermissionKey>,
}

impl From<&Declared> for InsidePermission {
    fn from(declared: &Declared) -> Self {
        let precedents = &declared.precedents;
        Self {
            key: declared.permission.key.clone(),
            fields: declared.permission.fields.iter().cloned().collect(),
            change: declared.change.clone(),
            granted: precedents.granted_total,
            holders: precedents.holders,
            decided: (precedents.decided.carried, precedents.decided.declined),
            narrower: precedents.narrower.iter().find(|entry| entry.is_enough).map(|entry| entry.key.clone()),
        }
    }
}

impl From<&Declaration> for InsideDeclaration {
    fn from(declaration: &Declaration) -> Self {
        let count = |is: fn(&Change) -> bool| declaration.permissions.iter().filter(|each| is(&each.change)).count();
        let of_permissions = declaration
            .permissions
            .iter()
            .flat_map(|each| each.findings.iter().map(|finding| (each.permission.key.to_string(), finding.clone())));
        let of_parts = declaration
            .parts
            .iter()
            .flat_map(|part| part.findings.iter().map(|finding| (part.title.clone(), finding.clone())));
        let mut findings: Vec<_> = of_permissions.chain(of_parts).collect();
        findings.sort_by_key(|(_, finding)| finding.verdict);
        let found = findings.len();
        findings.truncate(MOST);
        Self {
            compared_with: declaration.compared_with,
            added: count(|change| *change == Change::Added),
            changed: count(|change| matches!(change, Change::Changed { .. })),
            removed: declaration.removed.len(),
            total: declaration.permissions.len(),
            permissions: declaration.permissions.iter().take(MOST).map(InsidePermission::from).collect(),
            findings,
            found,
        }
    }
}

/// An open case in short, for a member of a board that it goes to. What is contested or new to everybody has its own page;
/// only where the rules found nothing to weigh can a position be taken beside it.
pub async fn look_inside(db: &Db, caller: &Caller, reference: CaseRef) -> Result<Inside> {
    member(caller)?;
    let found = case::read(db, caller, reference, None).await?;
    if found.state != CaseState::Open {
        return Err(Error::NotFound);
    }
    let declared = match &found.matter {
        Matter::Declaration(declaration) => Some(InsideDeclaration::from(declaration)),
        Matter::Transition(_) | Matter::Review(_) | Matter::Suspension(_) | Matter::Appeal(_) => None,
    };
    let mut tx = db.read().await?;
    let row = stored_case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let risk = asking(&mut tx, &[(row.id, reference.kind)]).await?.remove(&row.id).unwrap_or_default().risk;
    let is_open_to = |ballot: &MyBallot| {
        ballot.refusal.is_none() && ballot.position.as_ref().is_none_or(|position| position.is_stale)
    };
    let mut mine: Vec<_> = found.mine.into_iter().filter(is_open_to).collect();
    for ballot in &mut mine {
        ballot.consequences.retain(|(stance, _)| matches!(stance, Stance::Approve | Stance::Abstain));
    }
    Ok(Inside {
        reference,
        revision: found.revision,
        // What is no justification has no findings that could say that it is routine.
        takes_positions: declared.is_some() && risk.worst().is_none(),
        declared,
        mine,
    })
}
