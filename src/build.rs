//! The site is embedded (see `src/http/asset.rs`); cargo does not know of its folder.
fn main() {
    println!("cargo:rerun-if-changed=target/site");
}
