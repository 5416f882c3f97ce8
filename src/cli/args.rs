//! The arguments of the command line.

use crate::diagnostic::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// The linter that academic pages deserve.
#[derive(Debug, Parser)]
#[command(name = "scholint", version, about, propagate_version = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to colour what goes to a terminal (NO_COLOR is honoured)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Colour,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lint files and folders
    Check(Box<Check>),
    /// Show a rule's page
    Explain {
        /// The rule, `family/name`
        rule: String,
    },
    /// List the rules
    Rules {
        /// The form of the table
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        output_format: TableFormat,
    },
    /// Show what scholint understands of a site: whose it is, what it lists
    Inspect {
        /// A file or folder of the site
        #[arg(default_value = ".")]
        path: PathBuf,
        /// The form of the view
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        output_format: ViewFormat,
        /// A configuration file, instead of the scholint.toml at the site's root
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write a commented scholint.toml for a site
    Init {
        /// A folder of the site
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Serve an editor on standard input and output (language server protocol)
    #[cfg(feature = "lsp")]
    Lsp {
        /// The only way there is; some editors insist on naming it
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Print the JSON Schema of scholint.toml
    Schema,
    /// Print the script that completes commands and options in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Look after the cache of the network's answers
    #[cfg(feature = "net")]
    Cache {
        #[command(subcommand)]
        deed: CacheDeed,
    },
}

#[cfg(feature = "net")]
#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum CacheDeed {
    /// Print where it is
    Path,
    /// Remove all answers
    Clear,
    /// Remove the answers that are too old to be of use
    Prune,
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct Check {
    /// Files and folders to report on; the whole site around them is read
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// The form of the report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) output_format: ReportFormat,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Run only these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Leave out these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Show findings from this severity on
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(super) min_severity: Level,
    /// Exit with 1 when there are findings from this severity on
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(super) fail_on: Level,
    /// Read this file's text from standard input, and report on it alone
    #[arg(long, value_name = "PATH", conflicts_with = "paths")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Ask the network about links, DOIs and papers
    #[cfg(feature = "net")]
    #[arg(long, conflicts_with = "watch")]
    pub(super) online: bool,
    /// With --online: ask this host even where it stands in a private network, on any port
    #[cfg(feature = "net")]
    #[arg(long, value_name = "HOST")]
    pub(super) allow_private: Vec<String>,
    /// With --online: an address for a host, as curl takes it
    #[cfg(feature = "net")]
    #[arg(long, value_name = "HOST:PORT:ADDRESS[:PORT]", hide = true, value_parser = super::online::resolve)]
    pub(super) resolve: Vec<(String, std::net::SocketAddr)>,
    /// Repair, of what is shown, what can be repaired safely
    #[arg(long)]
    pub(super) fix: bool,
    /// Repair what needs a look, too (with --fix or --diff)
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Print the repairs as a patch and write nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Leave out named files that are no part of the site, as hooks need it
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// Stay, and check again whenever a file changes
    #[arg(long, conflicts_with_all = ["stdin_filename", "fix", "diff", "write_baseline"])]
    pub(super) watch: bool,
    /// Report only on lines that changed since a git revision
    #[arg(long, value_name = "REV")]
    pub(super) since: Option<String>,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all findings to the file of --baseline
    #[arg(long, requires = "baseline")]
    pub(super) write_baseline: bool,
    /// A configuration file, instead of the scholint.toml at the site's root
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Count findings by rule
    #[arg(long)]
    pub(super) statistics: bool,
    /// Use this many threads
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// Judge dates by this day instead of today
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<Date>,
    /// Print findings only: no notes, no closing line
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what was read
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// Findings drawn under their line
    Human,
    /// One line a finding
    Concise,
    /// For scripts and editors
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// For code scanning
    Sarif,
    /// A Code Quality report of GitLab
    Gitlab,
    /// For systems that know tests only
    Junit,
    /// For reviewdog
    Rdjson,
    /// For a comment on a pull request
    Markdown,
    /// One page to open in a browser
    Html,
}

impl From<ReportFormat> for crate::report::Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Human => Self::Human,
            ReportFormat::Concise => Self::Concise,
            ReportFormat::Json => Self::Json,
            ReportFormat::Github => Self::Github,
            ReportFormat::Sarif => Self::Sarif,
            ReportFormat::Gitlab => Self::Gitlab,
            ReportFormat::Junit => Self::Junit,
            ReportFormat::Rdjson => Self::Rdjson,
            ReportFormat::Markdown => Self::Markdown,
            ReportFormat::Html => Self::Html,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum TableFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ViewFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Level {
    Hint,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Hint => Self::Hint,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}
