//! While directories are looked at, nobody else has to wait.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

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

/// A run under strace that hangs until this is dropped.
struct HangingRun {
    strace: Child,
    process_id: String,
}

impl Drop for HangingRun {
    fn drop(&mut self) {
        let _ = Command::new("sh").args(["-c", "kill -KILL \"$0\"", &self.process_id]).status();
        // strace waits for the whole hour even then.
        let _ = self.strace.kill();
        let _ = self.strace.wait();
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
        let mut strace = run.command.spawn().unwrap();
        let told = BufReader::new(strace.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let process_id = told.split_whitespace().next().unwrap().to_owned();
        let mut hanging_run = HangingRun { strace, process_id };
        assert!(told.contains(first.as_str()), "{told}");

        // From here on the first directory is looked at, and the second one is not.
        others_write(&scene, &hanging);
        assert_eq!(hanging_run.strace.try_wait().unwrap(), None, "{command} hangs");
        drop(hanging_run);
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

#[test]
fn what_comes_back_while_it_is_looked_at_stays() {
    skip_unless!(need::tool("strace"));
    // After each of the three calls that it takes to say that something is gone. Nothing shows in the row: it is used in the second
    // in which it was made.
    for (call, nth) in [("statx", 1), ("statx", 2), ("readlink", 1)] {
        let scene = Scene::new(&["gone", "back"]);
        scene.remove(&["gone", "back"]);
        let (back, log) = (scene.at("back"), scene.at("log"));
        let injection = [format!("--trace={call}"), format!("--inject={call}:signal=SIGSTOP:when={nth}")];
        let options: Vec<String> = injection.into_iter().chain(["-P".to_owned(), back.to_string()]).collect();
        let run = under_strace(scene.trop(&["prune"]), &log, &options);
        let (ran, others) = run_paused(run, &log, || {
            fs::create_dir(&back).unwrap();
            scene.stage.reserve(&back, 0..=99, &[]).run().expect(0);
        });
        assert!(others.is_some(), "it stands still after {call} {nth}");
        assert_eq!(scene.shown(&ran.expect(0).stdout), "<p00>\t/gone\t\tgone\n");
        assert_eq!(scene.left(), ["/back"], "after {call} {nth}");
    }
}
