//! What there is to say of the command line itself: its manual page, and completions for shells.

use super::Failure;
use super::args::Cli;
use clap::CommandFactory as _;

/// The script that completes commands and options in a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "scholint", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page: the program's, then what each command takes.
pub(super) fn page() -> Result<String, Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let unwritten = |reason| Failure::Output { path: "the manual".to_owned(), reason };
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(unwritten)?;
    for each in command.get_subcommands().filter(|each| each.get_name() != "help") {
        let man = clap_mangen::Man::new(each.clone());
        let mut options = Vec::new();
        man.render_synopsis_section(&mut options).map_err(unwritten)?;
        man.render_options_section(&mut options).map_err(unwritten)?;
        let name = each.get_name().to_uppercase();
        let options = String::from_utf8_lossy(&options).replace(".SH SYNOPSIS", &format!(".SH {name}"));
        page.extend_from_slice(options.replace(".SH OPTIONS", ".PP").as_bytes());
    }
    Ok(String::from_utf8_lossy(&page).into_owned())
}
