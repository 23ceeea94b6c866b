//! Tables of data.

use leptos::prelude::*;

/// The heading of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column {
    /// Of words.
    Text(&'static str),
    /// Of numbers, which stand on the right.
    Number(&'static str),
    /// By which the rows are sorted, the newest first.
    Newest(&'static str),
    /// Of buttons: named for those who do not see that.
    Action(&'static str),
}

/// A table, which becomes a list on a narrow screen: each cell then names its column by `data-label`.
#[component]
pub(crate) fn DataTable(
    /// What it holds, for those who do not see that.
    #[prop(into)]
    caption: String,
    /// The headings of its columns.
    columns: impl IntoIterator<Item = Column>,
    /// More classes of the table.
    #[prop(default = "")]
    class: &'static str,
    /// Its rows.
    children: Children,
) -> impl IntoView {
    let heads = columns.into_iter().map(|column| match column {
        Column::Text(name) => view! { <th scope="col">{name}</th> }.into_any(),
        Column::Number(name) => view! { <th scope="col" class="num">{name}</th> }.into_any(),
        Column::Newest(name) => view! { <th scope="col" aria-sort="descending">{name}</th> }.into_any(),
        Column::Action(name) => view! { <th scope="col"><span class="vh">{name}</span></th> }.into_any(),
    });
    let heads = heads.collect_view();
    view! {
        <div class="table-wrap">
            <table class=format!("data stackable {class}")>
                <caption class="vh">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
