//! Judging the health of a data directory and of what is reserved in it.

use trop_model::{Port, Reservation, ReservationKey, browser};
use trop_paths::Presence;

use crate::clean::is_expired;
use crate::{
    Check, CheckStatus, CleanUp, Concern, DatabaseState, DirectoryState, HealthFacts, LookedAt, Prune,
    Remark, Remedy, ServedElsewhere, Servers, Unwritable,
};

/// Of a hundred ports that can be handed out, so many are too many.
const FULL_PERCENT: usize = 90;

/// Every check, always all of them and in the same order.
#[must_use]
pub fn diagnose(facts: &HealthFacts) -> Vec<Check> {
    let reservations = facts.reservations.as_deref();
    let of_reservations = |concern: Concern, check: fn(&HealthFacts, &[LookedAt]) -> Check| {
        let not_known = || unknown(concern, "what is reserved cannot be read".to_owned());
        reservations.map_or_else(not_known, |reservations| check(facts, reservations))
    };
    vec![
        data_directory(facts),
        file_system(facts),
        permissions(facts),
        database(facts),
        of_reservations(Concern::Range, range),
        ephemeral_ports(facts),
        of_reservations(Concern::BrowserPorts, browser_ports),
        of_reservations(Concern::StaleReservations, stale_reservations),
        of_reservations(Concern::ServedElsewhere, served_elsewhere),
    ]
}

fn data_directory(facts: &HealthFacts) -> Check {
    let (concern, directory) = (Concern::DataDirectory, &facts.data_directory);
    match (&facts.directory_state, &facts.other_owner) {
        (DirectoryState::Blocked { in_place: true, obstacle }, _) => {
            problem(concern, obstacle.clone(), Remedy::ClearThePlace)
        }
        (DirectoryState::Blocked { in_place: false, obstacle }, _) => {
            problem(concern, format!("{directory} cannot be made: {obstacle}"), Remedy::ClearThePlace)
        }
        (DirectoryState::Unknown(why), _) => {
            problem(concern, format!("{directory} cannot be looked at ({why})"), Remedy::MendPermissions)
        }
        (DirectoryState::There, Some(owner)) => {
            problem(concern, format!("{directory} belongs to {owner}"), Remedy::RunAsOwner(owner.clone()))
        }
        (DirectoryState::Absent, Some(owner)) => problem(
            concern,
            format!("{directory} is not there, and its place belongs to {owner}"),
            Remedy::RunAsOwner(owner.clone()),
        ),
        (DirectoryState::There, None) => ok(concern, format!("{directory} is there")),
        (DirectoryState::Absent, None) => {
            ok(concern, format!("{directory} is not there yet{}", describe_making(facts)))
        }
    }
}

fn file_system(facts: &HealthFacts) -> Check {
    match facts.network_file_system {
        Some(name) => problem(
            Concern::FileSystem,
            format!(
                "the data directory lies on a network file system ({name}), and belongs to one machine alone"
            ),
            Remedy::MoveDataDirectory,
        ),
        None => ok(Concern::FileSystem, "the data directory lies on no network file system".to_owned()),
    }
}

fn permissions(facts: &HealthFacts) -> Check {
    let concern = Concern::Permissions;
    if let Some(Unwritable { why, is_something_in_the_way }) = &facts.unwritable {
        let remedy = if *is_something_in_the_way { Remedy::ClearThePlace } else { Remedy::MendPermissions };
        return problem(concern, format!("nothing can be reserved: {why}"), remedy);
    }
    let Some(exposed) = &facts.exposed else {
        return ok(concern, "nothing is stored there from which to keep group and others out".to_owned());
    };
    let paths = exposed.own.iter().chain(&exposed.common_directory);
    let details: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    if details.is_empty() {
        return ok(concern, "group and others are kept out of what trop stores".to_owned());
    }
    let remedy = Remedy::KeepOthersOut(exposed.clone());
    let message = "group or others can use what trop stores".to_owned();
    Check { details, ..problem(concern, message, remedy) }
}

fn database(facts: &HealthFacts) -> Check {
    let concern = Concern::Database;
    match &facts.database {
        DatabaseState::Absent => ok(concern, format!("there is no database yet{}", describe_making(facts))),
        DatabaseState::Current => ok(concern, "there is no damage in the database".to_owned()),
        DatabaseState::Older(layout) => ok(
            concern,
            format!(
                "the database has the older layout {layout}; the first command that changes it will migrate it, and keep a copy"
            ),
        ),
        DatabaseState::Busy(message) => {
            Check { remedy: Some(Remedy::Wait), ..unknown(concern, message.clone()) }
        }
        DatabaseState::Unusable { message, details, help, can_start_over } => {
            let remedy = Remedy::MendDatabase { help: help.clone(), can_start_over: *can_start_over };
            Check { details: details.clone(), ..problem(concern, message.clone(), remedy) }
        }
    }
}

/// What becomes of what is missing, where something can come of it.
fn describe_making(facts: &HealthFacts) -> &'static str {
    let is_blocked = matches!(facts.directory_state, DirectoryState::Blocked { .. });
    if is_blocked || facts.unwritable.is_some() { "" } else { "; the first reservation makes it" }
}

fn range(facts: &HealthFacts, reservations: &[LookedAt]) -> Check {
    let range = facts.range;
    let can_be_handed_out = |port: &Port| range.contains(*port) && !facts.exclusions.contains(*port);
    let available = range.iter().filter(can_be_handed_out).count();
    let excluded = range.iter().filter(|port| facts.exclusions.contains(*port)).count();
    let reserved = reservations.iter().filter(|looked_at| can_be_handed_out(&looked_at.row.port)).count();
    let is = if reserved == 1 { "is" } else { "are" };
    let except = if excluded == 0 { String::new() } else { format!(" ({excluded} excluded)") };
    let message =
        format!("of {available} ports that can be handed out from {range}{except}, {reserved} {is} reserved");
    if reserved * 100 < available * FULL_PERCENT {
        ok(Concern::Range, message)
    } else {
        let remedy = Remedy::MakeRoom { are_reserved: 0 < reserved, are_excluded: 0 < excluded };
        problem(Concern::Range, message, remedy)
    }
}

fn ephemeral_ports(facts: &HealthFacts) -> Check {
    let (concern, range) = (Concern::EphemeralPorts, facts.range);
    let Some(ephemeral) = facts.ephemeral_ports else {
        return unknown(
            concern,
            "the system does not tell from which ports it takes those of connections".to_owned(),
        );
    };
    let both = range.iter().filter(|port| ephemeral.contains(*port) && !facts.exclusions.contains(*port));
    match both.count() {
        0 => ok(
            concern,
            format!("the system takes the ports of connections from {ephemeral}, and none from {range}"),
        ),
        both => problem(
            concern,
            format!(
                "the system takes the ports of connections from {ephemeral}, and {both} of them can be handed out from {range}"
            ),
            Remedy::MoveRange { out_of: ephemeral },
        ),
    }
}

fn browser_ports(facts: &HealthFacts, reservations: &[LookedAt]) -> Check {
    let concern = Concern::BrowserPorts;
    let refused = rows(reservations).filter(|row| browser::refuses(row.port));
    let (details, keys): (Vec<String>, Vec<ReservationKey>) =
        refused.map(|row| (format!("port {}: {}", row.port, row.key), row.key.clone())).unzip();
    let message = match keys.len() {
        0 => return ok(concern, "no reserved port is one that web browsers refuse to open".to_owned()),
        1 => "a port is reserved that web browsers refuse to open".to_owned(),
        several => format!("{several} ports are reserved that web browsers refuse to open"),
    };
    if !facts.avoid_browser_blocked_ports {
        let message = format!("{message}, which the settings allow");
        return Check { details, ..ok(concern, message) };
    }
    Check { details, ..problem(concern, message, Remedy::GiveBack(keys)) }
}

fn stale_reservations(facts: &HealthFacts, reservations: &[LookedAt]) -> Check {
    let (concern, days) = (Concern::StaleReservations, facts.expire_after_days);
    let unit = if days == 1 { "day" } else { "days" };
    let (mut details, mut kept) = (Vec::new(), Vec::new());
    let (mut gone, mut expired) = (0, 0);
    for LookedAt { row, presence } in reservations {
        let row_in_words = format!("port {}: {}", row.port, row.key);
        if matches!(presence, Presence::Gone) {
            gone += 1;
            details.push(format!("{row_in_words}: the directory is gone"));
        } else if is_expired(row, days, facts.now) {
            expired += 1;
            details.push(format!("{row_in_words}: not used for more than {days} {unit}"));
        } else if let Some(Remark::KeptWhileUncertain { why, .. }) =
            Remark::kept_while_uncertain(&row.key.path, presence)
        {
            kept.push(format!("{row_in_words}: kept, since {why}"));
        }
    }
    details.append(&mut kept);
    let message = match gone + expired {
        0 => return Check { details, ..ok(concern, "no reservation is stale".to_owned()) },
        1 => "a reservation is stale".to_owned(),
        several => format!("{several} reservations are stale"),
    };
    let clean_up = CleanUp {
        prune: if gone == 0 { Prune::Nothing } else { Prune::Gone },
        expire_after_days: (0 < expired).then_some(days),
    };
    Check { details, ..problem(concern, message, Remedy::CleanUp(clean_up)) }
}

fn served_elsewhere(facts: &HealthFacts, _: &[LookedAt]) -> Check {
    let concern = Concern::ServedElsewhere;
    let Some(Servers { elsewhere, hidden }) = &facts.servers else {
        return unknown(concern, "the system does not tell who listens on which port".to_owned());
    };
    let describe = |ServedElsewhere { key, port, process }: &ServedElsewhere| {
        (format!("port {port}: {key}: served by {process}"), key.clone())
    };
    let (details, keys): (Vec<String>, Vec<ReservationKey>) = elsewhere.iter().map(describe).unzip();
    let seen = match elsewhere.len() {
        0 => "no reserved port is seen to be served from elsewhere".to_owned(),
        1 => "a reserved port is served from elsewhere".to_owned(),
        several => format!("{several} reserved ports are served from elsewhere"),
    };
    let message = match hidden {
        0 => seen,
        1 => format!("{seen}; of 1 it cannot be seen from where it is served"),
        several => format!("{seen}; of {several} it cannot be seen from where they are served"),
    };
    if elsewhere.is_empty() {
        return ok(concern, message);
    }
    Check { details, ..problem(concern, message, Remedy::StopOrGiveBack(keys)) }
}

fn rows(reservations: &[LookedAt]) -> impl Iterator<Item = &Reservation> {
    reservations.iter().map(|looked_at| &looked_at.row)
}

fn ok(concern: Concern, message: String) -> Check {
    Check { concern, status: CheckStatus::Ok, message, details: Vec::new(), remedy: None }
}

fn unknown(concern: Concern, message: String) -> Check {
    Check { status: CheckStatus::Unknown, ..ok(concern, message) }
}

fn problem(concern: Concern, message: String, remedy: Remedy) -> Check {
    Check { status: CheckStatus::Problem, remedy: Some(remedy), ..ok(concern, message) }
}
