//! What a rule means for a board as it is, while it is typed.

use kwanus_domain::board::RuleInput;
use leptos::prelude::*;

/// How many recused members the preview goes up to.
const MOST_RECUSED: usize = 2;

/// What the rule that is typed needs, with nobody, one and two of the members recused. The server renders it whole, for what
/// was typed as the form came back; alive, it follows the form.
#[island]
pub fn RulePreview(
    /// The id of the form.
    form: String,
    /// How many members the board has.
    members: usize,
    /// What stands in the form.
    typed: RuleInput,
) -> impl IntoView {
    let typed = RwSignal::new(typed);
    #[cfg(feature = "hydrate")]
    super::live::follow(&form, typed);
    #[cfg(not(feature = "hydrate"))]
    let _ = form;
    view! {
        <div id="rule-preview" role="group" aria-label="What the rule means" aria-live="polite" tabindex="-1">
            <table class="data stackable">
                <caption class="vh">"What the rule means for the board as it is"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Board"</th>
                        <th scope="col">"What carries"</th>
                    </tr>
                </thead>
                <tbody>{move || rows(&typed.get(), members)}</tbody>
            </table>
        </div>
    }
}

fn rows(typed: &RuleInput, members: usize) -> AnyView {
    let rule = match typed.rule() {
        Ok(rule) => rule,
        Err(wrong) => {
            let first = wrong.into_iter().next().map(|violation| format!("{}.", violation.message));
            return view! {
                <tr>
                    <td colspan="2">{first}</td>
                </tr>
            }
            .into_any();
        }
    };
    let row = |recused: usize| {
        let said = rule.said_of(members, recused);
        let (board, needs) = said.split_once(": ").unwrap_or(("", &said));
        let board = board.strip_prefix("with ").unwrap_or(board).to_owned();
        view! {
            <tr>
                <th scope="row">{board}</th>
                <td data-label="What carries">{needs.to_owned()}</td>
            </tr>
        }
    };
    (0..=MOST_RECUSED.min(members)).map(row).collect_view().into_any()
}
