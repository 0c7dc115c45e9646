//! Sockets of another process than the one that runs the tests.
//!
//! Tests start many processes at once, and until such a process becomes its program it has a copy of every socket that the
//! tests have open. So a port may still be held for a moment after a test has closed its socket, and a holder that is looked
//! up may be a process that is about to become something else. The process here starts no others.

use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use camino::Utf8Path;

/// What the other process shall do: a word and a port.
const VARIABLE: &str = "TROP_TEST_ELSEWHERE";

/// A process that listens on a port of 127.0.0.1 until this is dropped.
pub(crate) struct Listening(Child);

impl Listening {
    pub(crate) fn on(port: u16) -> Listening {
        Listening::by(command(this_program(), &format!("listen {port}")))
    }

    /// The same with a name of its own, in that directory. A link beside the directory gets that name.
    pub(crate) fn named(name: &str, directory: &Utf8Path, port: u16) -> Listening {
        // A process is called as its program was when it was started, whatever that is a link to.
        let program = directory.with_file_name(name);
        let _ = std::os::unix::fs::symlink(this_program(), &program);
        let mut command = command(program.into(), &format!("listen {port}"));
        command.current_dir(directory);
        Listening::by(command)
    }

    fn by(mut command: Command) -> Listening {
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.as_mut().unwrap());
        let is_ready = output.lines().any(|line| line.unwrap().contains("ready"));
        assert!(is_ready);
        Listening(child)
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It listens until its input ends.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Leaves a closed connection on that port, of which TCP still knows (TIME_WAIT).
pub(crate) fn let_linger(port: u16) {
    let output = command(this_program(), &format!("linger {port}")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn this_program() -> PathBuf {
    std::env::current_exe().unwrap()
}

fn command(program: PathBuf, what: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", "elsewhere::the_other_process", "--nocapture"]).env(VARIABLE, what);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Not a test of its own: what the other process runs.
#[test]
fn the_other_process() {
    let Ok(what) = std::env::var(VARIABLE) else { return };
    let (what, port) = what.split_once(' ').unwrap();
    let listener = TcpListener::bind(("127.0.0.1", port.parse().unwrap())).unwrap();
    match what {
        "listen" => {
            println!("ready");
            std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        }
        "linger" => {
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (server, _) = listener.accept().unwrap();
            // Who closes first keeps it.
            drop((server, client));
        }
        _ => panic!("{what}"),
    }
}
