//! Light, dark, or as the system is: a form that works without JavaScript.

use kwanus_domain::account::Theme;
use leptos::prelude::*;

use super::{answer::here, field::HiddenField};

/// The cookie in which the choice stands before signing in.
pub const THEME_COOKIE: &str = "theme";

/// The switch. `:has()` in the style previews a choice at once; saving makes it last.
#[component]
pub(crate) fn ThemeForm() -> impl IntoView {
    let (_, visit) = here();
    let chosen = visit.theme();
    view! {
        <form class="theme" method="post" action="/do/set_theme">
            <HiddenField name="next" value=visit.path.clone() />
            <fieldset class="segments">
                <legend class="vh">"Theme"</legend>
                {Theme::ALL
                    .into_iter()
                    .map(|theme| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="theme"
                                    value=theme.as_str()
                                    id=format!("theme-{}", theme.as_str())
                                    checked=theme == chosen
                                />
                                {theme.label()}
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <button class="btn small">"Save" <span class="vh">" theme"</span></button>
        </form>
    }
}
