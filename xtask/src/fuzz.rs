//! Fuzzing: the laws of the library crates, tried on inputs that coverage leads to.
//!
//! What a run finds worth keeping goes to `fuzz/grown`, which git ignores; `fuzz/corpus` is small, chosen by people, and replayed by
//! the tests of the crates.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::outcome::Outcome;
use crate::workspace::{cargo, files_below, root, run, works};

/// An input that takes longer, in seconds, hangs.
const LONGEST: u8 = 10;
/// Where Linux keeps files in memory: some laws make thousands of them in a second.
const MEMORY: &str = "/dev/shm";
/// A run that needs more memory, in MiB, grows without bound.
const LARGEST: u16 = 1024;

/// Fuzzes one target for a while, or says which there are.
pub(crate) fn fuzz(options: &[&str]) -> Outcome {
    let targets = targets()?;
    let (name, seconds) = match options {
        [] | ["--list"] => {
            targets.iter().for_each(|Target { name, about }| println!("{name:14} {about}"));
            return Ok(());
        }
        [name] => (*name, 60),
        [name, "--seconds", seconds] => (*name, number(seconds)?),
        other => return Err(format!("fuzz does not understand \"{}\"", other.join(" ")).into()),
    };
    if !targets.iter().any(|target| target.name == name) {
        return Err(format!("there is no target \"{name}\"; cargo xtask fuzz --list has them all").into());
    }
    if !works(&mut cargo(["fuzz", "--version"])) {
        return Err(
            "fuzzing needs cargo-fuzz, and that a compiler of C++: cargo install cargo-fuzz --locked".into(),
        );
    }
    fuzz_target(name, seconds)
}

/// What holds for the programs in `fuzz/` without building them: their format, and that their lock file is complete.
pub(crate) fn check() -> Outcome {
    const MANIFEST: [&str; 2] = ["--manifest-path", "fuzz/Cargo.toml"];
    run(cargo(["fmt", "--check"]).args(MANIFEST))?;
    run(cargo(["metadata", "--locked", "--format-version", "1"]).args(MANIFEST).stdout(Stdio::null()))
}

/// Without any sanitizer, which the stable compiler does not have: what it would find is found in `unsafe` code, and trop has none.
fn fuzz_target(name: &str, seconds: u32) -> Outcome {
    let grown = root().join("fuzz/grown").join(name);
    fs::create_dir_all(&grown)?;
    let mut command = cargo(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir", "fuzz", name]);
    // What is found goes into the first directory.
    command.arg(grown).arg(root().join("fuzz/corpus").join(name));
    command.arg("--").arg(format!("-max_total_time={seconds}"));
    command.args([format!("-timeout={LONGEST}"), format!("-rss_limit_mb={LARGEST}")]);
    command.args(["-print_final_stats=1", "-use_value_profile=1"]);
    let dictionary = root().join("fuzz/dictionaries").join(name);
    if dictionary.is_file() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    if Path::new(MEMORY).is_dir() {
        command.env("TMPDIR", MEMORY);
    }
    run(&mut command)
}

struct Target {
    name: String,
    /// The first line of its file.
    about: String,
}

fn targets() -> Outcome<Vec<Target>> {
    let files = files_below(&root().join("fuzz/fuzz_targets"))?;
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path)?;
            let about = text.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Target { name, about: about.to_owned() })
        })
        .collect()
}

fn number(text: &str) -> Outcome<u32> {
    text.parse().map_err(|error| format!("--seconds takes a number, not \"{text}\": {error}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_declared_described_and_has_a_corpus() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        let targets = targets().unwrap();
        assert_eq!(manifest.matches("[[bin]]").count(), targets.len());
        for Target { name, about } in targets {
            assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
            assert!(about.ends_with('.'), "{name}");
            assert!(!files_below(&root().join("fuzz/corpus").join(&name)).unwrap().is_empty(), "{name}");
        }
    }
}
