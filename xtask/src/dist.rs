//! What others get: one program that needs no library of the system, packed with its licences, pages of the manual and
//! completions, and a sum to check it by.
//!
//! Who builds the same commit with the same compiler and C library gets the same bytes, wherever the sources are.

use std::fs;

use crate::codegen;
use crate::outcome::Outcome;
use crate::workspace::target_directory;

pub(crate) mod build;
mod contents;
mod elf;
mod pack;
pub(crate) mod release;
mod try_out;

/// Where the sums are, beside what they are of.
const SUMS: &str = "SHA256SUMS";

/// Builds, checks, tries and packs the release for the machine that this runs on.
pub(crate) fn dist() -> Outcome {
    codegen::check()?;
    let release = release::find()?;
    if release.is_changed {
        println!("files differ from the last commit: this is not what anybody else would get");
    }
    let target = target_directory()?;
    let program = build::build(&release.target, &target)?;
    let bytes = fs::read(&program)?;
    let image = elf::Image::read(&bytes)?;
    image.require_static()?;
    try_out::try_out(&program, &release.version)?;

    let name = release.name();
    let files = contents::collect(bytes)?;
    let archive = pack::pack(&name, &files, release.time)?;
    let directory = target.join("dist");
    fs::create_dir_all(&directory)?;
    let file = format!("{name}.tar.gz");
    fs::write(directory.join(&file), &archive)?;
    let sums = pack::sum_line(&archive, &file);
    fs::write(directory.join(SUMS), &sums)?;

    let kind = if image.is_position_independent { "at any address" } else { "at a fixed address" };
    println!("{}: static, runs {kind}, {} bytes", program.display(), files[contents::PROGRAM].bytes.len());
    println!("{}: {} files, {} bytes", directory.join(&file).display(), files.len(), archive.len());
    print!("{sums}");
    Ok(())
}
