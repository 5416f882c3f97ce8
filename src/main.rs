//! Parses arguments, runs, exits.

fn main() -> std::process::ExitCode {
    scholint::cli::run()
}
