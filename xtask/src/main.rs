//! `cargo xtask …`: what a newcomer and the checks run. Each command does the set-up that it needs by itself.

mod bench;
mod build;
mod ci;
mod features;
mod hygiene;
mod journeys;
mod kinds;
mod long;
mod paths;
mod rooms;
mod run;
mod screens;
mod setup;
mod sh;
mod sim;
mod test;
mod words;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and checks Perron")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets everything up, builds the app, starts the hub with the demo relay and prints the address to open.
    Run(run::Options),
    /// Builds the app into dist/, ready for the hub.
    Build(build::Options),
    /// Runs every test: native, in the browser's engine, and whole journeys in three browsers.
    Test(test::Options),
    /// Checks who imports whom.
    CheckRooms,
    /// Checks that no file names a machine's folder or a registry's host.
    CheckFiles,
    /// Everything that must hold before a change is taken.
    Ci,
    /// Measures; without a name, everything that can be measured.
    Bench(bench::Options),
    /// Tells simulated stories of bad days, and replays one that ended badly.
    Sim(sim::Options),
    /// The full counts of faults, kills and wrong bytes, with a dated report in docs/reports/.
    Long(long::Options),
    /// Writes a picture of every screen to docs/screens/.
    Screens(screens::Options),
    /// Writes the kinds of facts into docs/protocol.md.
    Kinds,
    /// Prints every French sentence of both apps on one page.
    Words,
    /// Installs what the build and the tests need, and nothing else.
    Setup,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Task::Run(options) => run::run(&options),
        Task::Build(options) => build::build(&options).map(drop),
        Task::Test(options) => test::test(&options),
        Task::CheckRooms => rooms::check(),
        Task::CheckFiles => hygiene::check(),
        Task::Ci => ci::ci(),
        Task::Bench(options) => bench::bench(&options),
        Task::Sim(options) => sim::sim(&options),
        Task::Long(options) => long::long(&options),
        Task::Screens(options) => screens::screens(&options),
        Task::Kinds => kinds::write(),
        Task::Words => words::print(),
        Task::Setup => setup::everything().map(drop),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
