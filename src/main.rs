//! KWANUS Governance: one executable that serves, migrates, manages people, exports records, lints manifests and describes its
//! API. See `--help`.

use std::process::ExitCode;

use clap::Parser;
use kwanus_governance::{
    cli::{Cli, Command},
    command,
};

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(arguments) => command::serve(arguments).await,
        Command::Migrate(arguments) => command::migrate(arguments).await,
        Command::User(arguments) => command::user(arguments).await,
        Command::Export(arguments) => command::export(arguments).await,
        Command::Lint(arguments) => command::lint(&arguments),
        Command::Openapi => command::openapi(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
