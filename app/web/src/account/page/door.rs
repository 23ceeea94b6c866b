//! What stands beside the form by which one comes in, and the field for a new password.

use kwanus_service::board;
use leptos::prelude::*;

use crate::ui::{Memory, Monogram, PasswordField};

/// The boards and what they decide.
pub(super) fn about(boards: Vec<board::Board>) -> impl IntoView {
    view! {
        <p class="statement">"Four boards decide what partners may do, and keep the record of why."</p>
        <dl class="remits">
            {boards
                .into_iter()
                .map(|board| {
                    view! {
                        <div>
                            <dt><Monogram board=board.key />{board.name}</dt>
                            <dd>{board.mandate}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// A new password: its rules beside it.
#[component]
pub(super) fn NewPasswordField(memory: Memory) -> impl IntoView {
    view! {
        <PasswordField
            name="password"
            label="New password"
            hint="At least 12 characters, of any kind. A few words that only you would put together are good. Paste one from a password manager if you like."
            autocomplete="new-password"
            memory
        />
    }
}
