//! How much of the library crates the tests run: the lines that the compiler counts.
//!
//! `cov`, of the crate llvm_profparser, reads what the compiler's instrumentation leaves. LLVM's own tools would have to be of the
//! very version that the compiler has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::coverage::lines::CountedLines;
use crate::outcome::Outcome;
use crate::test::tests_command;
use crate::workspace::{cargo, files_below, target_directory, works};

mod lines;

/// Runs all tests of an instrumented build, and prints how many lines of each crate ran; with `--uncovered`, which did not.
pub(crate) fn coverage(options: &[&str]) -> Outcome {
    let lists_uncovered = match options {
        [] => false,
        ["--uncovered"] => true,
        other => return Err(format!("coverage does not understand \"{}\"", other.join(" ")).into()),
    };
    if !works(Command::new("cov").arg("--help")) {
        return Err("coverage needs cov: cargo install --locked llvm_profparser".into());
    }
    let place = Place::new()?;
    let programs = programs(&place)?;
    if !instrumented(tests_command(), &place)
        .args(["--workspace", "--locked", "--no-fail-fast"])
        .status()?
        .success()
    {
        println!("some tests failed: an instrumented program opens a file that they do not expect");
    }

    let counted = CountedLines::read(&shown(&place, &programs)?);
    print!("{}", counted.table());
    if lists_uncovered {
        print!("\n{}", counted.uncovered());
    }
    Ok(())
}

/// Where the instrumented programs are built, and where they leave their counts.
struct Place {
    target: PathBuf,
    profiles: PathBuf,
}

impl Place {
    /// Without the counts of an earlier run.
    fn new() -> Outcome<Place> {
        let target = target_directory()?.join("coverage");
        let profiles = target.join("profiles");
        if profiles.exists() {
            fs::remove_dir_all(&profiles)?;
        }
        fs::create_dir_all(&profiles)?;
        Ok(Place { target, profiles })
    }
}

fn instrumented(mut command: Command, place: &Place) -> Command {
    command.env("RUSTFLAGS", "-C instrument-coverage").env("CARGO_TARGET_DIR", &place.target);
    // Processes of one program share eight files, into which each adds what it counted.
    command.env("LLVM_PROFILE_FILE", place.profiles.join("%8m.profraw"));
    command
}

/// Builds all tests, and names the programs that came out.
fn programs(place: &Place) -> Outcome<Vec<PathBuf>> {
    let mut build = instrumented(cargo(["test", "--no-run", "--workspace", "--locked"]), place);
    let output =
        build.args(["--message-format", "json-render-diagnostics"]).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("the tests cannot be built".into());
    }
    let messages = std::str::from_utf8(&output.stdout)?.lines().map(serde_json::from_str);
    let messages: Vec<Value> = messages.collect::<Result<_, _>>()?;
    Ok(messages.iter().filter_map(|message| message["executable"].as_str()).map(PathBuf::from).collect())
}

/// The source with the count of each line in front of it.
fn shown(place: &Place, programs: &[PathBuf]) -> Outcome<String> {
    let mut cov = Command::new("cov");
    cov.arg("show");
    named(&mut cov, "--instr-profile", &files_below(&place.profiles)?);
    named(&mut cov, "--object", programs);
    let output = cov.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("cov failed with {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn named(command: &mut Command, option: &str, paths: &[impl AsRef<Path>]) {
    for path in paths {
        command.arg(option).arg(path.as_ref());
    }
}
