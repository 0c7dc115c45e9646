//! trop becomes the command: the same process, with signals, exit code, input and output of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;

use trop_testkit::skip_unless;

use super::{SERVICES, directory_without_group, exec, project, signals_that_end};
use crate::stage::{Stage, port};

#[test]
fn the_exit_code_is_that_of_the_command() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    for code in [0, 1, 3, 8, 126, 127, 255] {
        let ran = exec(&stage, &directory, &[], &["sh", "-c", &format!("exit {code}")]).run().expect(code);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    }
}

#[test]
fn the_process_is_the_one_that_was_started() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let mut run = exec(&stage, &directory, &[], &["sh", "-c", "echo $$"]);
    let child = run.command.spawn().unwrap();
    let expected = format!("{}\n", child.id());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap()), (Some(0), expected));
}

/// Sends that signal to the process.
#[track_caller]
fn send(signal: &str, process: &Child) {
    let mut kill = Command::new("sh");
    kill.args(["-c", "kill -s \"$0\" \"$1\"", signal, &process.id().to_string()]);
    assert!(kill.status().unwrap().success());
}

#[test]
fn signals_reach_the_command_and_who_started_it_sees_what_ended_it() {
    skip_unless!(signals_that_end());
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1), ("KILL", 9)] {
        let mut run = exec(&stage, &directory, &[], &["cat"]);
        let mut child = run.command.stdin(Stdio::piped()).spawn().unwrap();
        // The command runs as soon as it answers.
        child.stdin.as_mut().unwrap().write_all(b"?").unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        send(name, &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.status.signal()), (None, Some(number)), "{name}");
        assert_eq!(output.stderr, b"");
    }
}

#[test]
fn the_command_handles_signals_itself() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let handling = "trap 'echo terminated; exit 42' TERM; echo ready; read -r line";
    let mut run = exec(&stage, &directory, &[], &["sh", "-c", handling]);
    let mut child = run.command.stdin(Stdio::piped()).spawn().unwrap();
    let mut said = [0; 6];
    child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
    assert_eq!(&said, b"ready\n");
    send("TERM", &child);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(42), b"terminated\n".as_slice()));
}

#[test]
fn its_input_is_its_own_to_the_last_byte() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let mut run = exec(&stage, &directory, &[], &["cat"]);
    let mut child = run.command.stdin(Stdio::piped()).spawn().unwrap();
    let input = b"a line\n\xff\0 and no end of a line";
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), input.as_slice()));
}

/// Rust programs ignore that signal; others count on it.
#[test]
fn a_command_whose_output_is_closed_ends_by_the_signal_for_it() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let mut run = exec(&stage, &directory, &[], &["yes"]);
    let mut child = run.command.spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 2]).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.signal(), output.stderr.as_slice()), (Some(13), b"".as_slice()));
}

#[cfg(target_os = "linux")]
#[test]
fn signals_are_handled_as_without_trop_and_no_file_or_socket_stays_open() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    // What it has anyway, and what it has through trop, which reads files, opens a database and probes ports.
    let look = "ls /proc/self/fd; grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status";
    let through_trop = exec(&stage, &directory, &[], &["sh", "-c", look]);
    let mut directly = Command::new("sh");
    directly.args(["-c", look]).stdin(Stdio::null()).stderr(Stdio::piped()).current_dir(&directory);
    let expected = String::from_utf8(directly.output().unwrap().stdout).unwrap();
    let ran = through_trop.run().expect(0);
    assert_eq!((ran.stdout, ran.stderr.as_str()), (expected, ""));
}

#[test]
fn a_server_listens_on_its_port_and_ends_by_a_signal() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let program = std::env::current_exe().unwrap();
    let program = program.to_str().unwrap();
    let arguments = ["--exact", "exec::becoming::the_server", "--nocapture", "{port}"];
    let command: Vec<&str> = [program].into_iter().chain(arguments).collect();
    let mut run = exec(&stage, &directory, &[], &command);
    let mut server = run.command.stdin(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(output.any(|line| line.contains("ready")));

    // Asking for the port neither disturbs the server nor moves it.
    let reserved = port(&stage.trop(&directory, ["reserve"]).run().expect(0).stdout);
    let mut answer = String::new();
    TcpStream::connect(("127.0.0.1", reserved)).unwrap().read_to_string(&mut answer).unwrap();
    assert_eq!(answer, format!("process {}", server.id()));

    send("TERM", &server);
    // Its input is still open, so that it cannot have ended by itself.
    let input = server.stdin.take();
    assert_eq!(server.wait().unwrap().signal(), Some(15));
    drop(input);
    assert!(TcpStream::connect(("127.0.0.1", reserved)).is_err());
}

/// Not a test of its own: a server that is told its port in its last argument, and says who it is until its input ends.
#[test]
fn the_server() {
    let Some(Ok(port)) = std::env::args().next_back().map(|argument| argument.parse::<u16>()) else { return };
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    println!("ready");
    thread::spawn(move || {
        for client in listener.incoming() {
            write!(client.unwrap(), "process {}", std::process::id()).unwrap();
        }
    });
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}
