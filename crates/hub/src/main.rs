//! The hub program: `perron serve` runs the relay's hub.

use clap::{Parser, Subcommand};
use perron_hub::check::check;
use perron_hub::screen::screen;
use perron_hub::serve::{self, ServeOptions};
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// The hub of an outreach vaccination relay.
#[derive(Parser)]
#[command(name = "perron", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: What,
}

#[derive(Subcommand)]
enum What {
    /// Runs the hub: keeps the relay's facts, serves the app, syncs the tablets.
    Serve {
        /// Folder of the relay's data; made when it does not exist.
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Where to listen. Only addresses of this machine, until the hub can tell who asks.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Fills an empty data folder with the demo relay.
        #[arg(long)]
        demo: bool,
        /// What a new relay is called. The desk can change it.
        #[arg(long)]
        name: Option<String>,
        /// A file of addresses (an extract of the Base Adresse Nationale), kept in the data folder: given once.
        #[arg(long)]
        ban: Option<PathBuf>,
    },
    /// Shows what the import of a list would read, as the desk's preview does, without a hub: JSON, with every person.
    Import {
        /// The list.
        #[arg(long)]
        check: PathBuf,
        /// A file of addresses for missing coordinates.
        #[arg(long)]
        ban: Option<PathBuf>,
    },
    /// Answers a list of cases, one line of JSON each, by the rules that ship or those of a folder.
    Screen {
        /// The file of cases.
        #[arg(long)]
        cases: PathBuf,
        /// A folder of directives instead of those that ship.
        #[arg(long)]
        directives: Option<PathBuf>,
    },
    /// Answers again every answer that a relay keeps, and says whether the same comes out, byte for byte.
    Replay {
        /// Folder of the relay's data.
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Says that the data folder was put back from a copy, so that tablets send again what the copy lacks.
    Restored {
        /// Folder of the relay's data.
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
}

fn main() -> ExitCode {
    start_logs();
    let outcome = match Arguments::parse().command {
        What::Serve { data, listen, demo, name, ban } => {
            let kept =
                ban.map_or(Ok(()), |file| serve::keep_addresses(&data, &file).map_err(|error| error.to_string()));
            kept.and_then(|()| run(serve::serve(ServeOptions { data, listen, demo, name })))
        }
        What::Import { check: file, ban } => {
            check(&file, ban.as_deref(), std::io::stdout().lock()).map_err(|error| error.to_string())
        }
        What::Screen { cases, directives } => {
            screen(&cases, directives.as_deref(), std::io::stdout().lock()).map_err(|error| error.to_string())
        }
        What::Replay { data } => run(async move { replayed(&data).await }),
        What::Restored { data } => run(async move { serve::restored(&data).await }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("perron: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Replays a relay's answers and prints what came out; fails when one answer is another today.
async fn replayed(data: &std::path::Path) -> Result<(), ReplayFailed> {
    let replayed = serve::replay(data).await?;
    println!("{} answers replayed to the same bytes", replayed.same);
    for (round, fact, why) in &replayed.other {
        println!("round {round}, fact {fact}: {why}");
    }
    if replayed.other.is_empty() { Ok(()) } else { Err(ReplayFailed::Other(replayed.other.len())) }
}

/// Why a replay failed.
#[derive(Debug, thiserror::Error)]
enum ReplayFailed {
    #[error(transparent)]
    Serve(#[from] serve::ServeError),
    #[error("{0} answers came out otherwise")]
    Other(usize),
}

/// How long a stopping hub waits for what its threads still do.
const LAST_WORK: std::time::Duration = std::time::Duration::from_secs(2);

/// Runs `work` to its end and returns its error as a sentence.
fn run<E: std::error::Error>(work: impl Future<Output = Result<(), E>>) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| format!("the hub could not start: {error}"))?;
    let done = runtime.block_on(work).map_err(|error| error.to_string());
    // Pure work in a thread of its own, such as the reading of a long list, is not waited for: it writes nothing.
    runtime.shutdown_timeout(LAST_WORK);
    done
}

/// Logs go to standard error; `RUST_LOG` chooses how much. No log line carries a person's data.
fn start_logs() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_target(false);
    logs.with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()).init();
}
