//! `trop scan`: which ports are in use, and by whom.

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, settings};
use trop_model::{Ledger, Port, PortRange};
use trop_occupancy::{Probes, Socket, Sweep, sweep};
use trop_ops::{OpsError, Remark};
use trop_output::{ListFormat, SocketView, write_sockets};

use super::Subcommand;
use super::shared::{list_format, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::exclusions::{ExclusionsFile, Wish};
use crate::failure::Failure;
use crate::given::Given;
use crate::live::SOCKETS_NOT_LISTED;
use crate::occupancy::{KINDS_OF_PROBES, NOTHING_LOOKED_AT, kinds_of_probes};
use crate::plan::Mode;
use crate::scanning::Scope;
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::shown_sockets::{Users, shown};

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "scan", about: "List which ports are in use, and by whom", arguments, run };

#[derive(Debug, Args)]
struct ScanArgs {
    /// The lowest port to look at [default: the lowest that is handed out]
    #[arg(long, value_name = "PORT")]
    min: Option<Port>,
    /// The highest port to look at [default: the highest that is handed out]
    #[arg(long, value_name = "PORT")]
    max: Option<Port>,
    /// Test every port by binding it, reserved ones too
    #[arg(long)]
    exact: Option<Given>,
    /// Exclude the ports that are in use and not reserved, in the tropfile found from here
    #[arg(long)]
    autoexclude: Option<Given>,
    /// With --autoexclude: exclude them everywhere, in the config.yaml of the data directory
    #[arg(long, requires = "autoexclude")]
    global: Option<Given>,
    /// With --autoexclude: merge the entries of that file that overlap or are adjacent
    #[arg(long, requires = "autoexclude")]
    autocompact: Option<Given>,
    /// With --autoexclude: show what would be excluded, on stderr, and do nothing
    #[arg(long, requires = "autoexclude")]
    dry_run: Option<Given>,
}

fn arguments(command: Command) -> Command {
    let format = [&settings::OUTPUT_FORMAT.declaration];
    let command = with_setting_flags(ScanArgs::augment_args(command), &format, |flag| flag);
    with_setting_flags(command, &KINDS_OF_PROBES, |flag| flag)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ScanArgs = parsed(matches)?;
    let (effective, file) = if args.autoexclude.is_some() {
        let (file, effective) = ExclusionsFile::find(session, matches, args.global.is_some())?;
        (effective, Some(file))
    } else {
        (effective(session, matches)?, None)
    };
    let scope = args.scope(session, &effective)?;
    let sockets = look(session, &scope, kinds_of_probes(&effective))?;
    let format = list_format(&effective);
    if let Some(file) = file {
        let mode = Mode { dry_run: args.dry_run.is_some(), json: format == ListFormat::Json };
        let ports = scope.excludable(&sockets);
        if ports.ranges().is_empty() {
            session.note("no port is in use that could be excluded");
        }
        let wish = Wish { add: ports.ranges(), compact: args.autocompact.is_some() };
        file.carry_out(session, &effective, wish, mode)?;
        if args.dry_run.is_some() {
            return Ok(Conclusion::DONE);
        }
    }
    let views = views(&scope, &sockets);
    if views.is_empty() && format == ListFormat::Table && !kinds_of_probes(&effective).are_none() {
        session.note(&format!("no socket was found on {}", describe_ports(scope.range)));
    }
    let style = session.style_of_stdout();
    write_sockets(session.host.stdout, &views, format, style).map_err(Failure::Output)?;
    Ok(Conclusion::DONE)
}

impl ScanArgs {
    fn scope(&self, session: &mut Session<'_>, effective: &Effective) -> Result<Scope, Failure> {
        let handed_out = effective.port_range();
        let range = self.range(handed_out)?;
        let mut store = session.store(effective)?;
        let reserved = store.read(|rows| rows.ports_in(range).map_err(OpsError::from))?;
        Ok(Scope { range, handed_out, reserved, exact: self.exact.is_some() })
    }

    /// The range to look at. One end alone that lies beyond what is handed out reaches to the end of all ports.
    fn range(&self, handed_out: PortRange) -> Result<PortRange, Failure> {
        let (first, last) = match (self.min, self.max) {
            (None, None) => return Ok(handed_out),
            (Some(min), Some(max)) => (min, max),
            (Some(min), None) if min <= handed_out.last() => (min, handed_out.last()),
            (Some(min), None) => (min, Port::MAX),
            (None, Some(max)) if handed_out.first() <= max => (handed_out.first(), max),
            (None, Some(max)) => (Port::MIN, max),
        };
        PortRange::new(first, last).map_err(|_| Failure::Usage {
            message: format!("--min {first} is above --max {last}"),
            help: "lower the one or raise the other".to_owned(),
        })
    }
}

/// Finds the sockets. Says where the answer rests on what the system lists, and where nobody could look.
fn look(session: &mut Session<'_>, scope: &Scope, probes: Probes) -> Result<Vec<Socket>, Failure> {
    let mut progress = session.progress("testing ports", scope.tested_ports().count());
    let Sweep { mut sockets, is_list_known, kept_back, nothing_applied } =
        sweep(scope.tested_ports(), probes, || progress.step())?;
    drop(progress);
    if probes.are_none() {
        session.warn(NOTHING_LOOKED_AT.to_owned());
        return Ok(Vec::new());
    }
    if nothing_applied {
        session.warn(Remark::NothingProbed.message());
    }
    match (is_list_known, scope.describe_untested()) {
        (true, Some(untested)) => {
            session
                .note(&format!("of {untested} what the system lists is believed; --exact tests every port"));
        }
        (false, Some(untested)) => session.warn(format!(
            "{SOCKETS_NOT_LISTED}, so nothing is known of {untested}; --exact tests every port"
        )),
        (false, None) => {
            session.warn(format!("{SOCKETS_NOT_LISTED}; only tests find them"));
        }
        (true, None) => {}
    }
    if kept_back != 0 {
        session.note(&format!(
            "the system keeps {kept_back} of the ports from this user, so that they could not be tested"
        ));
    }
    sockets.retain(|socket| Port::new(socket.address.port()).is_some_and(|port| scope.range.contains(port)));
    Ok(sockets)
}

fn describe_ports(range: PortRange) -> String {
    if range.count() == 1 { format!("port {range}") } else { format!("the ports {range}") }
}

/// The sockets as they are shown. What does not differ in what is shown stands there once.
fn views(scope: &Scope, sockets: &[Socket]) -> Vec<SocketView> {
    let mut users = Users::default();
    let view = |socket: &Socket| {
        let port = Port::new(socket.address.port())?;
        Some(shown(socket, port, scope.reserved.contains(port), &mut users))
    };
    let mut views: Vec<SocketView> = sockets.iter().filter_map(view).collect();
    views.sort_by_key(|view| {
        (view.port, view.protocol, view.address, view.process.as_ref().map(|process| process.id))
    });
    views.dedup();
    views
}
