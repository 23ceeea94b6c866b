//! How two revisions differ: part by part, the words marked.

use kwanus_domain::{
    case::CaseState,
    declaration::{How, Mark, PartDifference, RowDifference, Run},
    time::show_date,
};
use kwanus_service::case::{ComparedRevision, Comparison};
use leptos::prelude::*;

use crate::ui::{Filter, FilterForm, Frame};

/// A comparison, below the page of its case or its submission.
#[component]
pub(crate) fn ComparisonPage(
    comparison: Comparison,
    /// The heading.
    title: String,
    /// The address of the page above it.
    page: String,
    /// The pages above that one.
    trail: Vec<(String, String)>,
) -> impl IntoView {
    let path = format!("{page}/revisions/{}", comparison.number);
    let trail = trail.into_iter().chain([(page, comparison.reference.to_string())]).collect();
    let crumb = format!("Revision {}", comparison.number);
    let lead = lead(&comparison);
    view! {
        <Frame title lead trail crumb>
            <DifferenceSections comparison path />
        </Frame>
    }
}

/// What differs, in a sentence: `Revision 3 against revision 2: 1 permission changed, 1 added.`
fn lead(comparison: &Comparison) -> String {
    let Some(against) = comparison.against else {
        return format!("Revision {}. Nothing was carried before it, so all of it is new.", comparison.number);
    };
    let (permissions, others): (Vec<&PartDifference>, Vec<_>) =
        comparison.parts.iter().partition(|part| part.is_permission);
    let said = [counted(&permissions, ["permission", "permissions"]), counted(&others, ["other part", "other parts"])];
    let said: Vec<_> = said.into_iter().flatten().collect();
    let said = if said.is_empty() { "nothing differs".to_owned() } else { said.join("; ") };
    format!("Revision {} against revision {against}: {said}.", comparison.number)
}

/// `1 permission changed, 2 added`; none where nothing differs.
fn counted(parts: &[&PartDifference], [one, several]: [&str; 2]) -> Option<String> {
    let count = |how: How| parts.iter().filter(|part| part.how == how).count();
    let counts = [How::Changed, How::Added, How::Removed].map(|how| (count(how), how.label().to_lowercase()));
    let mut said = String::new();
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        said = match (said.is_empty(), count) {
            (true, 1) => format!("1 {one} {what}"),
            (true, _) => format!("{count} {several} {what}"),
            (false, _) => format!("{said}, {count} {what}"),
        };
    }
    (!said.is_empty()).then_some(said)
}

/// The choice of the other revision, and everything that is declared.
#[component]
fn DifferenceSections(
    comparison: Comparison,
    /// The address of the page.
    path: String,
) -> impl IntoView {
    let chosen = comparison.against.map(|against| against.to_string()).unwrap_or_default();
    let choice = (!comparison.others.is_empty()).then(|| {
        let options = comparison.others.iter().map(|other| (other.number.to_string(), option(other)));
        let filters = vec![Filter::choice("against", "Compare with", &chosen, "The one before it", options)];
        view! { <FilterForm action=path label="Choose the other revision" filters unknown=vec![] /> }
    });
    let (permissions, others): (Vec<_>, Vec<_>) = comparison.parts.into_iter().partition(|part| part.is_permission);
    view! {
        {choice}
        {section("permissions", "Permissions", permissions)}
        {section("parts", "How it works", others)}
    }
}

fn option(other: &ComparedRevision) -> String {
    let what = match other.submitted_at {
        Some(at) => format!("submitted {}", show_date(at.date_naive())),
        None => "a draft".to_owned(),
    };
    let case = match other.other_case {
        Some((case, Some(CaseState::Open))) => format!(" in {case}, which is in review"),
        Some((case, Some(state))) => format!(" in {case}, {}", state.label().to_lowercase()),
        Some((case, None)) => format!(" in {case}, followed by another"),
        None => String::new(),
    };
    format!("Revision {}, {what}{case}", other.number)
}

fn section(id: &'static str, title: &'static str, parts: Vec<PartDifference>) -> impl IntoView {
    let heading = format!("h-{id}");
    let labelled_by = heading.clone();
    (!parts.is_empty()).then(|| {
        let parts = parts.into_iter().map(part).collect_view();
        view! {
            <section class="section" id=id aria-labelledby=labelled_by>
                <div class="section-head"><h2 id=heading>{title}</h2></div>
                {parts}
            </section>
        }
    })
}

/// A part: closed where nothing of it differs.
fn part(part: PartDifference) -> impl IntoView {
    let class = match part.how {
        How::Added => "change added",
        How::Removed => "change removed",
        How::Changed => "change changed",
        How::Unchanged => "change",
    };
    let title = match part.how {
        How::Removed => view! { <del>{part.title}</del> }.into_any(),
        _ => part.title.into_any(),
    };
    let rows = part.rows.into_iter().map(row).collect_view();
    view! {
        <details class="permission part" open=part.how != How::Unchanged>
            <summary>
                <h3>{title}</h3>
                <span class=class>{part.how.label()}</span>
            </summary>
            <div class="body">
                <dl class="spec">{rows}</dl>
            </div>
        </details>
    }
}

fn row(row: RowDifference) -> impl IntoView {
    let runs = row.runs.into_iter().map(run).collect_view();
    view! { <dt>{row.label}</dt><dd class="typed">{runs}</dd> }
}

/// Words, marked for those who see the mark and for those who hear it.
fn run(Run { mark, text }: Run) -> AnyView {
    match mark {
        Mark::Same => text.into_any(),
        Mark::Added => view! { <ins><span class="vh">" added: "</span>{text}</ins> }.into_any(),
        Mark::Removed => view! { <del><span class="vh">" removed: "</span>{text}</del> }.into_any(),
    }
}
