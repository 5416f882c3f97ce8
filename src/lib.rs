//! scholint reads the home pages of researchers and says what is wrong on them.
//!
//! ```text
//! files ──discover──▶ Site ──parse──▶ Page* ──read──▶ model (owner, publications, authors, links)
//!                                                        │
//!                    rules judge ◀── model + evidence + configuration
//!                                                        ▼
//!                    Diagnostic* ──suppress, sort──▶ report
//! ```
//!
//! Below [`engine`] nothing reads files, the clock, the environment or the network. `ARCHITECTURE.md`
//! draws the rooms, `tests/layers.rs` holds the code to the drawing.

pub mod config;
pub mod diagnostic;
pub mod engine;
pub mod evidence;
pub mod fix;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod markup;
pub mod model;
#[cfg(feature = "cli")]
pub mod report;
pub mod rules;
pub mod site;
pub mod suppress;
pub mod text;

#[cfg(feature = "cli")]
pub mod cli;
