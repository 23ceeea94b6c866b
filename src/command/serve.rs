//! `kwanus-governance serve`

use std::sync::Arc;

use kwanus_service::installation::DEMO_PASSWORD;
use tokio::signal::unix::{SignalKind, signal};

use super::Outcome;
use crate::{
    application::Application,
    cli::Serve,
    config::{Config, Reach},
    environment::System,
    logging,
};

/// Serves until interrupted or terminated.
pub async fn serve(arguments: Serve) -> Outcome {
    let config = Config::new(&arguments)?;
    logging::start(arguments.log_format, &arguments.log);
    let (is_demo, reach) = (config.demo.is_some(), config.reach.clone());
    let application = Application::build(config, &arguments.database.url()?, Arc::new(System)).await?;
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let at = match reach {
        Reach::Loopback => format!("http://{}", application.address()),
        Reach::Public { origin, .. } => origin,
    };
    println!("KWANUS Governance {} serves at {at}", env!("CARGO_PKG_VERSION"));
    if is_demo {
        println!(
            "This is a demonstration. Choose somebody on the sign-in page, or sign in as admin@demo.example with the password {DEMO_PASSWORD}."
        );
    } else if !application.is_anybody_there() {
        println!(
            "Nobody can sign in yet. Add the first person: kwanus-governance user add you@example.org --name \"Your Name\" --administrator"
        );
    }
    println!("Stop it with Ctrl-C.");
    application
        .run_until_stopped(async {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
        })
        .await;
    Ok(())
}
