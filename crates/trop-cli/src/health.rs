//! What there is to be known of the health of a data directory, gathered. Nothing is made or written.

use trop_config::{Effective, settings};
use trop_files::find_obstacle;
use trop_model::{Exclusions, Ledger, Port, PortRange, message_of};
use trop_ops::{DatabaseState, DirectoryState, HealthFacts, Unwritable};
use trop_output::Diagnostic;
use trop_paths::AbsPath;
use trop_storage::{Examined, Location, StorageError, Store, WhenMissing};
use trop_system::{ephemeral_ports, foreign_owner, network_file_system, other_owner};

use crate::absence::{Absence, find_absence};
use crate::exposure::find_exposed;
use crate::failure::Failure;
use crate::gathering::look_at_directories;
use crate::live::find_servers;
use crate::session::{Session, lock_wait};

/// Gathers what there is to be known.
pub(crate) fn gather_health(
    session: &mut Session<'_>,
    effective: &Effective,
    location: &Location,
) -> HealthFacts {
    let mut store = Store::new(location.clone(), lock_wait(effective));
    let directory = location.directory();
    let directory_state = look_at(directory);
    let examined = store.examine();
    let exposed = stores_something(&examined).then(|| find_exposed(location));
    let database = describe_database(session, examined, || can_start_over(effective, location));
    // What is in the way of the directory is told of that.
    let unwritable = match directory_state {
        DirectoryState::Blocked { .. } => None,
        _ => find_unwritable(session, &mut store, &database),
    };
    let reservations = match database {
        DatabaseState::Busy(_) | DatabaseState::Unusable { .. } => None,
        _ => store.read::<_, StorageError>(|rows| rows.all()).ok(),
    };
    drop(store);
    let servers = reservations.as_deref().and_then(find_servers);
    let reservations = reservations.map(|rows| look_at_directories(session, rows));
    HealthFacts {
        now: session.host.now,
        data_directory: directory.clone(),
        other_owner: find_owner(directory, &directory_state),
        directory_state,
        network_file_system: network_file_system(directory.as_path().as_std_path()),
        exposed,
        unwritable,
        database,
        reservations,
        range: effective.port_range(),
        exclusions: effective.get::<Exclusions>(&settings::EXCLUDED_PORTS),
        avoid_browser_blocked_ports: effective.get(&settings::AVOID_BROWSER_BLOCKED_PORTS),
        expire_after_days: effective.get(&settings::EXPIRE_AFTER_DAYS),
        ephemeral_ports: find_ephemeral_ports(),
        servers,
    }
}

fn look_at(directory: &AbsPath) -> DirectoryState {
    let path = directory.as_path().as_std_path();
    match (find_absence(directory), find_obstacle(path)) {
        (None, _) => DirectoryState::There,
        (Some(Absence::Unknown(error)), _) => DirectoryState::Unknown(message_of(&error)),
        (Some(_), Some(obstacle)) => {
            let in_place = obstacle.path() == path;
            DirectoryState::Blocked { in_place, obstacle: obstacle.to_string() }
        }
        (Some(_), None) => DirectoryState::Absent,
    }
}

/// Somebody else who has the directory. Who would have it matters to root alone; for anybody else permissions decide.
fn find_owner(directory: &AbsPath, state: &DirectoryState) -> Option<String> {
    let path = directory.as_path().as_std_path();
    let owner = if *state == DirectoryState::There { other_owner(path) } else { foreign_owner(path) };
    owner.map(|owner| owner.to_string())
}

/// Whether trop keeps something there, as far as that can be seen.
fn stores_something(examined: &Result<Examined, StorageError>) -> bool {
    !matches!(
        examined,
        Ok(Examined::Nothing) | Err(StorageError::Foreign { .. } | StorageError::Unreadable { .. })
    )
}

/// Whether this user can begin a new database in the place of the one that is there.
fn can_start_over(effective: &Effective, location: &Location) -> bool {
    let mut store = Store::starting_over(location.clone(), lock_wait(effective));
    store.require_writable(WhenMissing::Create).is_ok()
}

fn describe_database(
    session: &Session<'_>,
    examined: Result<Examined, StorageError>,
    can_start_over: impl FnOnce() -> bool,
) -> DatabaseState {
    let error = match examined {
        Ok(Examined::Nothing) => return DatabaseState::Absent,
        Ok(Examined::Current) => return DatabaseState::Current,
        Ok(Examined::Older { layout }) => return DatabaseState::Older(layout),
        Err(error) => error,
    };
    let is_busy = matches!(error, StorageError::Busy { .. });
    let helps_to_start_over = matches!(
        error,
        StorageError::Corrupt { .. }
            | StorageError::Damaged { .. }
            | StorageError::MarksDisagree { .. }
            | StorageError::NotAdoptable { .. }
    );
    let Diagnostic { message, causes, problems, help, .. } =
        Failure::from(error).diagnostic(&session.pasting());
    if is_busy {
        return DatabaseState::Busy(message);
    }
    let problems = problems.into_iter().map(|problem| problem.message);
    DatabaseState::Unusable {
        message,
        details: causes.into_iter().chain(problems).collect(),
        help: help.unwrap_or_default(),
        can_start_over: helps_to_start_over && can_start_over(),
    }
}

/// Why nothing could be stored. What is wrong with the database itself is told of that.
fn find_unwritable(session: &Session<'_>, store: &mut Store, database: &DatabaseState) -> Option<Unwritable> {
    if matches!(database, DatabaseState::Busy(_) | DatabaseState::Unusable { .. }) {
        return None;
    }
    let error = store.require_writable(WhenMissing::Create).err()?;
    let is_something_in_the_way = error.is_something_in_the_way();
    let Diagnostic { message, causes, .. } = Failure::from(error).diagnostic(&session.pasting());
    Some(Unwritable { why: [vec![message], causes].concat().join(": "), is_something_in_the_way })
}

fn find_ephemeral_ports() -> Option<PortRange> {
    let ports = ephemeral_ports()?;
    PortRange::new(Port::new(*ports.start())?, Port::new(*ports.end())?).ok()
}
