//! How answers and errors look: formats, styles, exit codes.
//!
//! Everything here turns plain values into bytes on a `&mut dyn Write` that the caller brings. There are two kinds of
//! readers, and they never get the same text.
//!
//! Programs get JSON, CSV or TSV, whose fields keep their names and order for ever: [`write_reservations`],
//! [`write_live_reservations`], [`write_sockets`], [`write_port_info_json`], [`write_reserved`], [`write_removed`],
//! [`write_migrated`], [`write_cleaned`], [`write_projects`], [`write_settings_json`], [`write_health_json`],
//! [`DryRun::write_json`], and a [`Diagnostic`] as [`ErrorFormat::Json`].
//!
//! People get a table, a [`Diagnostic`] in words, remarks ([`write_remark`]), what is known of a port ([`write_port_info`]), health
//! ([`write_health`]), plans ([`DryRun::write_words`]) and a [`ProgressLine`], and that wording may change with any release. What
//! is wrong in a file that a person wrote is a [`Problem`], and the words show its lines with a pointer under the very characters.
//!
//! No text from a file, a database or a command line reaches a terminal as it is: see [`escaped`]. JSON alone is exact, and
//! even there such characters are written as `\u202e`, which every parser turns back into what was meant.
//!
//! The ports of a group are for a third kind, shells, which do what they read: [`group_text`]. [`Shell::choose`] says which shell
//! that is, and [`Shell::keeps`] which variables it has for itself.
//!
//! Not here, ever: the standard streams, the environment, the clock, and the decision whether to use colour.

mod causes;
mod cleaned;
mod columns;
mod describe;
mod diagnostic;
mod drawing;
mod dry_run;
mod escape;
mod excerpt;
mod exit_status;
mod group;
mod health;
mod initialized;
mod json;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod list;
mod port_info;
mod problem;
mod progress;
mod projects;
mod records;
mod remark;
mod reservation;
mod settings;
mod shell;
mod shortened;
mod shown_line;
mod sockets;
mod style;
mod time;

pub use causes::causes_of;
pub use cleaned::{CleanedFormat, write_cleaned};
pub use describe::{describe_done, describe_planned};
pub use diagnostic::{Diagnostic, ErrorFormat};
pub use dry_run::{DryRun, FileChange};
pub use escape::escaped;
pub use exit_status::ExitStatus;
pub use group::{GroupFormat, ServicePort, group_text};
pub use health::{CheckView, StatusView, write_health, write_health_json};
pub use initialized::write_initialized;
pub use list::{ListFormat, Live, LiveReservation, TableView, write_live_reservations, write_reservations};
pub use port_info::{PortInfo, PortOccupancy, PortSocket, SocketRole, write_port_info, write_port_info_json};
pub use problem::{Place, Problem, Spot};
pub use progress::ProgressLine;
pub use projects::{ProjectsFormat, write_projects};
pub use remark::{Severity, write_remark};
pub use reservation::{write_migrated, write_removed, write_reserved};
pub use settings::{OriginView, SettingValue, SettingView, write_settings, write_settings_json};
pub use shell::Shell;
pub use sockets::{ProcessView, SocketView, write_sockets};
pub use style::Style;
pub use time::{age_in_words, rfc3339};

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
