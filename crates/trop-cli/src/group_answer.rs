//! How the ports of a group are answered: on stdout, or into a file.

use std::fmt;
use std::time::Instant;

use camino::Utf8Path;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use trop_config::Effective;
use trop_files::{Block, BlockError, Edit, edit_file, file_behind, preview_edit, with_block};
use trop_model::{GroupSpec, Service};
use trop_ops::Assigned;
use trop_output::{GroupFormat, ServicePort, Shell, group_text};
use trop_paths::{AbsPath, canonical_form};

use crate::failure::Failure;
use crate::plan::Preview;
use crate::project::{Project, is_kept_in_a_data_directory};
use crate::session::{Session, lock_wait};

/// The lines around what trop keeps in a file of somebody else.
const MARKERS: (&str, &str) = ("# >>> ports reserved by trop >>>", "# <<< ports reserved by trop <<<");

// How the answer is given. (No doc comment: it would become the help of the command.)
#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    /// How the ports are written [default: export, with --write dotenv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// The shell that reads the exports, else the one that trop is called from
    #[arg(long, value_parser = shell)]
    shell: Option<Shell>,
    /// Keep the ports up to date in a block of that file, and print nothing
    #[arg(long, value_name = "FILE")]
    write: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    Export,
    Json,
    Dotenv,
    Human,
}

impl fmt::Display for FormatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_possible_value().as_ref().map_or("", PossibleValue::get_name))
    }
}

/// Where the ports go, and how they are written there.
pub(crate) struct Answer {
    pub(crate) format: GroupFormat,
    /// The file that keeps them. `None` is stdout.
    file: Option<AbsPath>,
}

fn shell(name: &str) -> Result<Shell, String> {
    Shell::from_name(name).ok_or_else(|| format!("trop writes for {}", Shell::NAMES.join(", ")))
}

impl AnswerArgs {
    /// Checks what does not go together, and whether the shell takes all the variables, before anything is reserved.
    pub(crate) fn answer(
        &self,
        session: &mut Session<'_>,
        project: &Project,
        group: &GroupSpec,
    ) -> Result<Answer, Failure> {
        let default = if self.write.is_some() { FormatName::Dotenv } else { FormatName::Export };
        let name = self.format.unwrap_or(default);
        let format = match (name, &self.write, self.shell) {
            (FormatName::Export, _, _) => GroupFormat::Export(self.shell_for(session, group)?),
            (_, _, Some(_)) => {
                return Err(Failure::Usage {
                    message: format!("--shell says how exports are written, and the format {name} has none"),
                    help: "leave out --shell, or add --format export".to_owned(),
                });
            }
            (FormatName::Json | FormatName::Human, Some(_), _) => {
                return Err(Failure::Usage {
                    message: format!("--write keeps variables in a file, and the format {name} has none"),
                    help: "leave out --format, or make it dotenv or export".to_owned(),
                });
            }
            (FormatName::Dotenv, _, _) => GroupFormat::Dotenv,
            (FormatName::Json, _, _) => GroupFormat::Json,
            (FormatName::Human, _, _) => GroupFormat::Human,
        };
        let file = self.write.as_deref().map(|file| writable_file(session, project, file));
        Ok(Answer { format, file: file.transpose()? })
    }

    fn shell_for(&self, session: &mut Session<'_>, group: &GroupSpec) -> Result<Shell, Failure> {
        let shell = self.shell.unwrap_or_else(|| shell_that_reads(session));
        match group.services().iter().find(|service| shell.keeps(&service.variable)) {
            Some(Service { tag, variable, .. }) => {
                Err(Failure::VariableKept { shell, tag: tag.clone(), variable: variable.clone() })
            }
            None => Ok(shell),
        }
    }
}

/// The file that somebody typed, unless trop itself keeps something else there.
fn writable_file(session: &Session<'_>, project: &Project, typed: &str) -> Result<AbsPath, Failure> {
    let file = session.typed_path(typed)?;
    // What cannot be written will be told when it is tried.
    let behind = file_behind(file.as_path().as_std_path())
        .ok()
        .and_then(|path| AbsPath::clean(Utf8Path::from_path(&path)?));
    let is_read = project.reads(session, &canonical_form(behind.as_ref().unwrap_or(&file)))?;
    // A database may be a link to where it really is.
    if is_read || is_kept_in_a_data_directory(&file) {
        return Err(Failure::Usage {
            message: format!("--write: {file} is trop's own, one of its files or in its data directory"),
            help: "choose a file that is none of these, such as .env in the project".to_owned(),
        });
    }
    Ok(file)
}

/// The shell that most likely reads what is printed.
fn shell_that_reads(session: &mut Session<'_>) -> Shell {
    let variable = |name: &str| session.host.variables.get(name).filter(|value| !value.is_empty());
    let parent = trop_system::parent_process_name();
    let named = variable("SHELL").and_then(|value| value.to_str());
    let shell = Shell::choose(parent.as_deref(), variable("NU_VERSION").is_some(), named);
    session.detail(|| {
        let parent = parent.unwrap_or("a process that cannot be seen".to_owned());
        format!("trop was started by {parent}, and writes for {}", shell.name())
    });
    shell
}

impl Answer {
    /// Prints the ports, or brings the file up to date.
    pub(crate) fn give(
        &self,
        session: &mut Session<'_>,
        effective: &Effective,
        group: &GroupSpec,
        assigned: &[Assigned],
    ) -> Result<(), Failure> {
        let text = self.text(group, assigned);
        let Some(file) = &self.file else {
            let written = session.host.stdout.write_all(text.as_bytes());
            return written.map_err(Failure::Output);
        };
        let deadline = Instant::now() + lock_wait(effective);
        let edit = edit_file(file.as_path().as_std_path(), deadline, |content| with_ports(content, &text));
        let what = match edit.map_err(|error| Failure::NotWritten { file: file.clone(), error })? {
            Edit::Unchanged => "holds these ports already",
            Edit::Changed => "now holds these ports",
            Edit::Created => "was made, and holds these ports",
        };
        session.detail(|| format!("{file} {what}"));
        Ok(())
    }

    /// Shows the plan of a dry run, and what would become of the file.
    pub(crate) fn show(
        &self,
        session: &mut Session<'_>,
        group: &GroupSpec,
        preview: &Preview<Vec<Assigned>>,
    ) -> Result<(), Failure> {
        let Some(file) = &self.file else { return preview.show(session) };
        let text = self.text(group, &preview.answer);
        let edit = preview_edit(file.as_path().as_std_path(), |content| with_ports(content, &text));
        let what = match edit.map_err(|error| Failure::NotWritten { file: file.clone(), error })? {
            Edit::Unchanged => format!("would leave {file} as it is"),
            Edit::Changed => format!("would change the ports in {file}"),
            Edit::Created => format!("would make {file}"),
        };
        preview.show(session)?;
        session.show_planned(&what);
        Ok(())
    }

    fn text(&self, group: &GroupSpec, assigned: &[Assigned]) -> String {
        let services: Vec<ServicePort<'_>> = ports_of(group, assigned).collect();
        group_text(&services, self.format)
    }
}

/// Each service with its port, in the order of the group.
pub(crate) fn ports_of<'g>(
    group: &'g GroupSpec,
    assigned: &'g [Assigned],
) -> impl Iterator<Item = ServicePort<'g>> {
    assigned.iter().filter_map(|Assigned { reservation, .. }| {
        let of_row = |service: &&Service| reservation.key.tag.as_ref() == Some(&service.tag);
        let Service { tag, variable, .. } = group.services().iter().find(of_row)?;
        Some(ServicePort { tag, variable, port: reservation.port })
    })
}

/// The content of the file with the ports in it.
fn with_ports(content: Option<&[u8]>, text: &str) -> Result<Vec<u8>, BlockError> {
    let (begin, end) = MARKERS;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    with_block(content.unwrap_or_default(), &Block { begin, end, lines: &lines })
}
