//! How one revision differs from another: part by part, row by row, word by word.

use std::collections::{BTreeMap, BTreeSet};

use super::{Compliance, Declaration, DeclaredPermission, Mark, Part, PartKind, Question, Run, wording::compared};
use crate::{
    manifest::{Shown, shown},
    permission::PermissionKey,
    time::show_date,
};

/// What the fields of a permission are called where it is shown.
pub const FIELDS_LABEL: &str = "Fields";
/// What the time is called for which its data is kept.
pub const RETENTION_LABEL: &str = "Retention";
/// What its last day is called.
pub const UNTIL_LABEL: &str = "Until";
/// What its reason is called.
pub const REASON_LABEL: &str = "Why what is restricted should be allowed";
/// What the files and links are called that show what is declared of it.
pub const EVIDENCE_LABEL: &str = "Evidence";

/// What is attached to the permissions of a revision: by their keys, a line for each file and link.
pub type Attached = BTreeMap<PermissionKey, Vec<String>>;

/// How a part of a revision stands to the same one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The other does not declare it.
    Added,
    /// The other alone declares it.
    Removed,
    /// The other declares it otherwise.
    Changed,
    /// Both declare the same.
    Unchanged,
}

impl How {
    /// The word on its mark.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Changed => "Changed",
            Self::Unchanged => "Unchanged",
        }
    }
}

/// A part of two revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartDifference {
    /// What it is called: `read:items.status`, `Workflow: Prepare a dispute`.
    pub title: String,
    /// Whether it is a permission.
    pub is_permission: bool,
    /// What kind of part it is, if it is no permission.
    pub kind: Option<PartKind>,
    /// Where it stands in the later revision, if that declares it.
    pub place: Option<Part>,
    /// How it differs.
    pub how: How,
    /// What was asked, and what was answered in the one and in the other.
    pub rows: Vec<RowDifference>,
}

/// What was answered to a question in two revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDifference {
    /// The question, in the words of the form.
    pub label: &'static str,
    /// The words of both answers.
    pub runs: Vec<Run>,
}

impl PartDifference {
    /// How the answer to a question differs, by its label; none where both left it open.
    #[must_use]
    pub fn row(&self, label: &str) -> Option<&RowDifference> {
        self.rows.iter().find(|row| row.label == label)
    }
}

impl RowDifference {
    /// Whether the answers differ.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.runs.iter().any(|run| run.mark != Mark::Same)
    }

    /// What was answered in the earlier revision; empty where nothing was.
    #[must_use]
    pub fn before(&self) -> String {
        self.runs.iter().filter(|run| run.mark != Mark::Added).map(|run| run.text.as_str()).collect()
    }
}

/// What is declared of a part: each question with its answer.
type Rows = Vec<(&'static str, String)>;

/// How `now` differs from `before`: the permissions by their keys, then the other parts in the order of the form, those of a
/// kind that are gone after those that are there.
#[must_use]
pub fn difference(before: &Declaration, now: &Declaration) -> Vec<PartDifference> {
    let nothing = Attached::new();
    difference_with((before, &nothing), (now, &nothing))
}

/// The same of two revisions, each with what is attached to it.
#[must_use]
pub fn difference_with(
    (before, attached_before): (&Declaration, &Attached),
    (now, attached_now): (&Declaration, &Attached),
) -> Vec<PartDifference> {
    let keys: BTreeSet<_> =
        before.permissions.iter().chain(&now.permissions).map(|permission| &permission.key).collect();
    let permissions = keys.into_iter().map(|key| {
        let of = |declaration: &Declaration, attached: &Attached| {
            let permission = declaration.permissions.iter().find(|permission| permission.key == *key)?;
            Some(declared(permission, attached.get(key).map(Vec::as_slice).unwrap_or_default()))
        };
        let after = [RETENTION_LABEL, UNTIL_LABEL, REASON_LABEL, EVIDENCE_LABEL];
        let labels = [FIELDS_LABEL].into_iter().chain(Question::ALL.map(Question::label)).chain(after);
        let place = now.permissions.iter().position(|permission| permission.key == *key).map(Part::Permission);
        let (before, now) = (of(before, attached_before), of(now, attached_now));
        part(key.to_string(), (None, place), labels, before.as_ref(), now.as_ref())
    });
    let (mut earlier, later) = (parts(before), parts(now));
    let mut pairs = Vec::new();
    for kind in PartKind::ALL {
        let is_of = |part: &Shown| part.part.kind().is_some_and(|(of, _)| of == *kind);
        for after in later.iter().filter(|part| is_of(part)) {
            // Of several that are called the same, the first is the first.
            let place = earlier.iter().position(|other| is_of(other) && other.title == after.title);
            pairs.push((*kind, place.map(|place| earlier.remove(place)), Some(after.clone())));
        }
        let (gone, others): (Vec<_>, Vec<_>) = earlier.into_iter().partition(is_of);
        pairs.extend(gone.into_iter().map(|gone| (*kind, Some(gone), None)));
        earlier = others;
    }
    let others = pairs.into_iter().filter_map(|(kind, before, now)| {
        let title = now.as_ref().or(before.as_ref())?.title.clone();
        let place = now.as_ref().map(|now| now.part);
        let rows = |shown: Option<Shown>| shown.map(|shown| shown.rows);
        let labels = kind.prompts().iter().map(|prompt| prompt.label);
        Some(part(title, (Some(kind), place), labels, rows(before).as_ref(), rows(now).as_ref()))
    });
    permissions.chain(others).collect()
}

/// Everything that is declared besides permissions. There always is a page about compliance: nothing may stand on it.
fn parts(declaration: &Declaration) -> Vec<Shown> {
    let is_said = |part: &Shown| part.part != Part::Compliance || declaration.compliance != Compliance::default();
    shown(declaration).into_iter().filter(is_said).collect()
}

/// What is declared of a permission, and what is attached to it. Its fields are a list: each stands on a line, which ends.
fn declared(permission: &DeclaredPermission, attached: &[String]) -> Rows {
    let answer = |question: Question| Some((question.label(), permission.answer(question)?.to_string()));
    let fields: String = permission.fields.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    let mut rows = vec![(FIELDS_LABEL, fields)];
    rows.extend(Question::ALL.into_iter().filter_map(answer));
    rows.extend(permission.retention.map(|retention| (RETENTION_LABEL, retention.to_string())));
    rows.extend(permission.until.map(|until| (UNTIL_LABEL, show_date(until))));
    rows.extend(permission.reason.as_ref().map(|reason| (REASON_LABEL, reason.to_string())));
    rows.push((EVIDENCE_LABEL, attached.iter().flat_map(|line| [line.as_str(), "\n"]).collect()));
    rows
}

fn part(
    title: String,
    (kind, place): (Option<PartKind>, Option<Part>),
    labels: impl Iterator<Item = &'static str>,
    before: Option<&Rows>,
    now: Option<&Rows>,
) -> PartDifference {
    let said = |rows: Option<&Rows>, label: &str| {
        let row = rows.and_then(|rows| rows.iter().find(|(other, _)| *other == label));
        row.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let rows = labels.map(|label| RowDifference { label, runs: compared(&said(before, label), &said(now, label)) });
    let rows: Vec<_> = rows.filter(|row| !row.runs.is_empty()).collect();
    let is_same = rows.iter().flat_map(|row| &row.runs).all(|run| run.mark == Mark::Same);
    let how = match (before, now) {
        (None, _) => How::Added,
        (_, None) => How::Removed,
        _ if is_same => How::Unchanged,
        _ => How::Changed,
    };
    PartDifference { title, is_permission: kind.is_none(), kind, place, how, rows }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        declaration::{Answer, Api, Endpoint, Retention},
        permission::FieldName,
        policy::tests::any_declaration,
    };

    fn permission(key: &str, fields: &[&str], purpose: &str) -> DeclaredPermission {
        let fields = fields.iter().map(|name| FieldName::parse(name).unwrap()).collect();
        let mut permission =
            DeclaredPermission { fields, ..DeclaredPermission::new(PermissionKey::parse(key).unwrap()) };
        permission.answers[Question::Purpose as usize] = Some(Answer::parse(purpose).unwrap());
        permission
    }

    fn endpoint(path: &str) -> Api {
        let endpoints = vec![Endpoint { path: path.to_owned(), ..Endpoint::default() }];
        Api { endpoints, ..Api::default() }
    }

    /// The part as it would be, had the revisions been given the other way round.
    fn flipped(mut part: PartDifference) -> PartDifference {
        part.how = match part.how {
            How::Added => How::Removed,
            How::Removed => How::Added,
            how => how,
        };
        for run in part.rows.iter_mut().flat_map(|row| &mut row.runs) {
            run.mark = match run.mark {
                Mark::Added => Mark::Removed,
                Mark::Removed => Mark::Added,
                Mark::Same => Mark::Same,
            };
        }
        part
    }

    /// Each part as words that can be sorted, however its runs are ordered.
    fn told(parts: Vec<PartDifference>) -> Vec<String> {
        let of = |part: PartDifference| {
            let mut runs: Vec<_> = part
                .rows
                .iter()
                .flat_map(|row| row.runs.iter().map(move |run| format!("{} {run:?}", row.label)))
                .collect();
            runs.sort();
            format!("{} {:?} {runs:?}", part.title, part.how)
        };
        let mut told: Vec<_> = parts.into_iter().map(of).collect();
        told.sort();
        told
    }

    #[test]
    fn each_part_is_added_removed_changed_or_as_it_was() {
        let kept = permission("read:items.type", &["items.type"], "As agreed");
        let before = Declaration {
            permissions: vec![
                permission("read:items.status", &["items.id", "items.status"], "To show what is open"),
                kept.clone(),
                permission("write:disputes.selection", &["disputes.selection"], "To select"),
            ],
            api: Some(endpoint("GET /v4/items")),
            ..Declaration::default()
        };
        let changed = DeclaredPermission {
            retention: Some(Retention::hours(24)),
            ..permission("read:items.status", &["items.status"], "To show what is due")
        };
        let now = Declaration {
            permissions: vec![kept, changed],
            api: Some(endpoint("GET /v5/items")),
            ..Declaration::default()
        };
        let parts = difference(&before, &now);
        let said: Vec<_> = parts.iter().map(|part| (part.title.as_str(), part.how)).collect();
        assert_eq!(
            said,
            [
                ("read:items.status", How::Changed),
                ("read:items.type", How::Unchanged),
                ("write:disputes.selection", How::Removed),
                ("Use of the API", How::Unchanged),
                ("Endpoint: GET /v5/items", How::Added),
                ("Endpoint: GET /v4/items", How::Removed),
            ]
        );
        let run = |mark, text: &str| Run { mark, text: text.to_owned() };
        let rows: Vec<_> = parts[0].rows.iter().map(|row| (row.label, row.runs.clone())).collect();
        assert_eq!(
            rows,
            [
                ("Fields", vec![run(Mark::Removed, "items.id\n"), run(Mark::Same, "items.status\n")]),
                (
                    "What will you use it for?",
                    vec![run(Mark::Same, "To show what is"), run(Mark::Removed, " open"), run(Mark::Added, " due")]
                ),
                ("Retention", vec![run(Mark::Added, "24 hours")]),
            ]
        );
        let places: Vec<_> = parts.iter().map(|part| (part.kind, part.place)).collect();
        assert_eq!(
            places,
            [
                (None, Some(Part::Permission(1))),
                (None, Some(Part::Permission(0))),
                (None, None),
                (Some(PartKind::Api), Some(Part::Api)),
                (Some(PartKind::Endpoint), Some(Part::Endpoint(0))),
                (Some(PartKind::Endpoint), None),
            ]
        );
        let said = |label| parts[0].row(label).map(|row| (row.is_changed(), row.before()));
        assert_eq!(said(FIELDS_LABEL), Some((true, "items.id\nitems.status\n".to_owned())));
        assert_eq!(said(RETENTION_LABEL), Some((true, String::new())), "nothing was said before");
        assert_eq!(said(REASON_LABEL), None);
        assert!(parts[1].rows.iter().all(|row| !row.is_changed()));
    }

    #[test]
    fn against_nothing_everything_is_new() {
        let now = Declaration {
            permissions: vec![permission("read:items.type", &["items.type"], "As agreed")],
            compliance: Compliance { accepts_annual_review: true, ..Compliance::default() },
            ..Declaration::default()
        };
        let parts = difference(&Declaration::default(), &now);
        assert!(parts.len() == 2 && parts.iter().all(|part| part.how == How::Added), "{parts:?}");
    }

    #[test]
    fn what_is_attached_is_declared_too() {
        let status = permission("read:items.status", &["items.status"], "To show what is open");
        let now = Declaration { permissions: vec![status], ..Declaration::default() };
        let attached = |lines: &[&str]| {
            let lines = lines.iter().map(|line| (*line).to_owned()).collect();
            Attached::from([(PermissionKey::parse("read:items.status").unwrap(), lines)])
        };
        let (two, one) = (attached(&["a.pdf", "https://a.example/"]), attached(&["b.pdf", "https://a.example/"]));
        let how = |before: &Attached, after: &Attached| difference_with((&now, before), (&now, after)).remove(0);
        assert_eq!(how(&two, &two).how, How::Unchanged);
        assert_eq!(how(&Attached::new(), &attached(&[])).how, How::Unchanged);
        let changed = how(&two, &one);
        let said = changed.row(EVIDENCE_LABEL).map(|row| (row.is_changed(), row.before()));
        assert_eq!((changed.how, said), (How::Changed, Some((true, "a.pdf\nhttps://a.example/\n".to_owned()))));
        assert_eq!(how(&two, &Attached::new()).how, How::Changed, "all of it is removed");
    }

    proptest! {
        #[test]
        fn a_declaration_differs_from_itself_in_nothing(declaration in any_declaration()) {
            let parts = difference(&declaration, &declaration);
            prop_assert!(parts.iter().all(|part| part.how == How::Unchanged));
        }

        #[test]
        fn to_swap_the_revisions_turns_added_into_removed(one in any_declaration(), other in any_declaration()) {
            let back = difference(&other, &one).into_iter().map(flipped).collect();
            prop_assert_eq!(told(difference(&one, &other)), told(back));
        }
    }
}
