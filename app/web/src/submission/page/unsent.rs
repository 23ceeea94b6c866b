//! What was typed into the forms of a draft that was submitted meanwhile.

use kwanus_domain::declaration::{FIELDS_LABEL, PartKind, Question, REASON_LABEL, RETENTION_LABEL, UNTIL_LABEL};
use leptos::prelude::*;

use crate::{
    evidence::{DATED_ON_LABEL, NOTE_LABEL, URL_LABEL},
    ui::{Memory, Unsent},
};

/// It waits in its form besides, for the next revision.
#[component]
pub(super) fn UnsentForms(memories: Vec<Memory>) -> impl IntoView {
    let forms = memories.into_iter().map(|memory| {
        let labels = labels(&memory.form, &memory.subject);
        view! { <Unsent memory labels /> }
    });
    forms.collect_view()
}

/// The fields of a form, in its order; of one that is not of a draft, nothing.
fn labels(form: &str, subject: &str) -> Vec<(&'static str, &'static str)> {
    match form {
        "permission" => {
            let questions = Question::ALL.into_iter().map(|question| (question.field(), question.label()));
            let last = [("retention", RETENTION_LABEL), ("until", UNTIL_LABEL), ("reason", REASON_LABEL)];
            [("fields", FIELDS_LABEL)].into_iter().chain(questions).chain(last).collect()
        }
        "part" => {
            let kind = subject.split('/').nth(1).and_then(PartKind::from_word);
            let prompts = kind.map_or(&[][..], PartKind::prompts);
            prompts.iter().map(|prompt| (prompt.field, prompt.label)).collect()
        }
        "import_manifest" => vec![("manifest", "The manifest")],
        "attach_evidence" => vec![("dated_on", DATED_ON_LABEL), ("note", NOTE_LABEL)],
        "attach_link" => vec![("url", URL_LABEL), ("link_dated_on", DATED_ON_LABEL), ("link_note", NOTE_LABEL)],
        _ => vec![],
    }
}
