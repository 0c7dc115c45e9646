//! While directories are looked at, nobody else has to wait.

use std::io::{BufRead, BufReader};
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::{need, skip_unless};

use super::Scene;
use crate::pauses::run_paused;
use crate::strace::under_strace;

/// Options by which that happens to the calls that look at one of these paths, and nothing else is logged.
fn looking_at(paths: &[&Utf8PathBuf], what_happens: &str) -> Vec<String> {
    let injection = ["--trace=statx".to_owned(), format!("--inject=statx:{what_happens}")];
    let paths = paths.iter().flat_map(|path| ["-P".to_owned(), path.to_string()]);
    injection.into_iter().chain(paths).collect()
}

/// Another process, which does not wait for any lock, refreshes that directory and reserves a port for a new one.
#[track_caller]
fn others_write(scene: &Scene, used: &Utf8Path) {
    let path = format!("--path={used}");
    for more in [&[path.as_str(), "--allow-unrelated-path"][..], &["--tag=new"]] {
        let reserve = scene.stage.reserve(scene.at("site"), 0..=99, more);
        reserve.env("TROP_BUSY_TIMEOUT", "0").run().expect(0);
    }
}

#[test]
fn a_file_system_that_hangs_keeps_nobody_from_writing() {
    skip_unless!(need::tool("strace"));
    for command in ["prune", "autoclean"] {
        let scene = Scene::new(&["a", "hanging"]);
        let (first, hanging) = (scene.at("a"), scene.at("hanging"));
        // An hour, for the second of the two.
        let options = looking_at(&[&first, &hanging], "delay_enter=3600s:when=2");
        // What goes through a pipe is told at once.
        let mut run = under_strace(scene.trop(&[command]), "|cat".into(), &options);
        let mut child = run.command.spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        assert!(line.contains(first.as_str()), "{line}");

        // From here on the first directory is looked at, and the second one is not.
        others_write(&scene, &hanging);
        assert_eq!(child.try_wait().unwrap(), None, "{command} hangs");
        let process_id = line.split_whitespace().next().unwrap();
        let killed = Command::new("sh").args(["-c", "kill -KILL \"$0\"", process_id]).status();
        assert!(killed.unwrap().success());
        child.wait().unwrap();
        assert_eq!(scene.left(), ["/a", "/hanging", "/site"]);
    }
}

#[test]
fn what_is_used_while_it_is_looked_at_stays_and_all_else_goes() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new(&["gone", "used"]);
    scene.remove(&["gone", "used"]);
    scene.leave_unused(&["used"], 40);
    let (used, log) = (scene.at("used"), scene.at("log"));
    let options = looking_at(&[&used], "signal=SIGSTOP:when=1");
    let run = under_strace(scene.trop(&["autoclean"]), &log, &options);
    let (ran, others) = run_paused(run, &log, || others_write(&scene, &used));
    assert!(others.is_some(), "it stands still");
    let ran = ran.expect(0);
    assert_eq!(scene.shown(&ran.stdout), "<p00>\t/gone\t\tgone\n");
    assert_eq!(ran.stderr, "note: removed 1 reservation\n");
    assert_eq!(scene.left(), ["/site", "/used"]);
}
