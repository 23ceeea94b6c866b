//! The wasm entry point: hydrates the islands of [`kwanus_web`], nothing else.
//!
//! Nothing is ever added here. Islands live in their feature's folder in `web`; this crate only mentions that one, or the
//! linker would drop every island.

use kwanus_web as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's script.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
