//! What is there before a command runs.

use std::any::Any;
use std::ffi::OsStr;
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

use camino::Utf8PathBuf;
use rusqlite::Connection;

use trop_testkit::{Invocation, PortBlock, Sandbox};

use crate::database::Database;
use crate::stage::Stage;

const DAY: i64 = 86_400;

/// A home, and a project to work in, where the tropfiles are.
pub(super) struct Scene {
    pub(super) sandbox: Sandbox,
    /// A port that somebody else uses, where there is one.
    pub(super) used: Option<u16>,
    /// What a run is told anyway, beside its command.
    arguments: Vec<String>,
    variables: Vec<(&'static str, &'static str)>,
    /// What is there as long as the scene is: sockets, locks.
    _held: Vec<Box<dyn Any>>,
}

impl Scene {
    /// The command in the project, with what the scene adds to it.
    pub(super) fn trop(&self, command: &[&str]) -> Invocation {
        let arguments = command.iter().copied().chain(self.arguments.iter().map(String::as_str));
        let trop = self.sandbox.trop(arguments).in_dir(self.project());
        self.variables.iter().fold(trop, |trop, (name, value)| trop.env(name, value))
    }

    /// Where the configuration file of that name has its place.
    pub(super) fn place(&self, file: &str) -> Utf8PathBuf {
        let is_of_the_user = file == "config.yaml";
        let directory = if is_of_the_user { self.sandbox.directory("home/.trop") } else { self.project() };
        directory.join(file)
    }

    /// What is reserved now, told to somebody whom no setting concerns.
    pub(super) fn reservations(&self) -> Vec<serde_json::Value> {
        let data_directory = format!("--data-dir={}", self.sandbox.home().join(".trop"));
        let list = ["list", "--format=json", data_directory.as_str()];
        let ran = self.sandbox.trop(list).in_dir(self.sandbox.root()).run();
        serde_json::from_str(&ran.expect(0).stdout).unwrap()
    }

    fn project(&self) -> Utf8PathBuf {
        self.sandbox.directory("site")
    }

    /// Reserves something in that directory.
    fn with_reservation(self, directory: &str, more: &[&str]) -> Scene {
        let reserve = ["reserve", "--skip-occupancy-check"];
        let trop = self.sandbox.trop(reserve.iter().chain(more).map(OsStr::new));
        trop.in_dir(self.sandbox.directory(directory)).run().expect(0);
        self
    }
}

/// Nothing was ever reserved. Three directories are there beside the project's own.
pub(super) fn empty() -> Scene {
    let sandbox = Stage::sandbox();
    for directory in ["site/one", "site/two", "elsewhere"] {
        sandbox.directory(directory);
    }
    Scene { sandbox, used: None, arguments: Vec::new(), variables: Vec::new(), _held: Vec::new() }
}

/// The project has a port, with labels.
pub(super) fn labelled() -> Scene {
    empty().with_reservation("site", &["--project=old", "--task=old"])
}

/// The project has two ports, with a tag each.
pub(super) fn tagged() -> Scene {
    empty().with_reservation("site", &["--tag=one"]).with_reservation("site", &["--tag=two"])
}

/// The project has a port, and two directories in it.
pub(super) fn nested() -> Scene {
    let scene = empty().with_reservation("site", &[]).with_reservation("site/one", &[]);
    scene.with_reservation("site/two", &[])
}

/// A directory that has nothing to do with the project has a port.
pub(super) fn reserved_elsewhere() -> Scene {
    empty().with_reservation("elsewhere", &[])
}

/// Port 5000 belongs to a directory that is gone.
pub(super) fn gone() -> Scene {
    let scene = empty().with_reservation("elsewhere", &[]);
    fs::remove_dir(scene.sandbox.root().join("elsewhere")).unwrap();
    scene
}

/// Port 5000 belongs to a directory that was not used for 40 days.
pub(super) fn unused_for_40_days() -> Scene {
    unused_for(40)
}

/// Port 5000 belongs to a directory that was not used for 10 days.
pub(super) fn unused_for_10_days() -> Scene {
    unused_for(10)
}

fn unused_for(days: i64) -> Scene {
    let scene = empty().with_reservation("elsewhere", &[]);
    let database = Database::of(scene.sandbox.home().join(".trop"));
    database.age(scene.sandbox.directory("elsewhere"), days * DAY + 3600);
    scene
}

/// The ports 5000 to 5009 are excluded.
pub(super) fn without_the_first_ten_ports() -> Scene {
    Scene { variables: vec![("TROP_EXCLUDED_PORTS", "5000..5009")], ..empty() }
}

/// Somebody has locked the database, and never lets go of it.
pub(super) fn locked() -> Scene {
    let scene = empty().with_reservation("site", &[]);
    let lock = Connection::open(scene.sandbox.home().join(".trop/trop.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    Scene { _held: vec![Box::new(lock)], ..scene }
}

/// Somebody listens on the only port that may be handed out.
pub(super) fn tcp_on_ipv4() -> Scene {
    used(|port| Box::new(TcpListener::bind(("127.0.0.1", port)).unwrap()))
}

/// The same on IPv6.
pub(super) fn tcp_on_ipv6() -> Scene {
    used(|port| Box::new(TcpListener::bind(("::1", port)).unwrap()))
}

/// The same on an address that is probed only when all interfaces are.
pub(super) fn tcp_on_another_address() -> Scene {
    used(|port| Box::new(TcpListener::bind(("127.0.0.2", port)).unwrap()))
}

/// The same with UDP.
pub(super) fn udp_on_ipv4() -> Scene {
    used(|port| Box::new(UdpSocket::bind(("127.0.0.1", port)).unwrap()))
}

fn used(open: fn(u16) -> Box<dyn Any>) -> Scene {
    let port = PORTS.next();
    let arguments = vec![format!("--min={port}"), format!("--max={port}")];
    Scene { used: Some(port), arguments, _held: vec![open(port)], ..empty() }
}

/// Ports for the scenes of this process.
static PORTS: LazyLock<Ports> = LazyLock::new(|| Ports {
    blocks: [PortBlock::claim(), PortBlock::claim(), PortBlock::claim()],
    handed_out: AtomicU16::new(0),
});

/// Ports, each of which is handed out once: a closed socket may linger in a process that is just being started.
struct Ports {
    blocks: [PortBlock; 3],
    handed_out: AtomicU16,
}

impl Ports {
    fn next(&self) -> u16 {
        let number = self.handed_out.fetch_add(1, Ordering::Relaxed);
        self.blocks[usize::from(number / 100)].port(number % 100)
    }
}

/// Claims the ports. A process that is started meanwhile may keep one for a moment, so this comes before the scenes.
pub(super) fn claim_ports() {
    LazyLock::force(&PORTS);
}
