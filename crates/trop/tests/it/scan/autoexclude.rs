//! `trop scan --autoexclude`: what is in use and not reserved is never handed out again.

use std::fs;
use std::net::SocketAddr;

use camino::Utf8PathBuf;
use socket2::Type;

use super::{PORTS, Stage, bound, listening, scan};

const TROPFILE: &str =
    "# What this project takes.\nexcluded_ports:\n  - 1234 # the neighbours'\nproject: shop\n";

/// A stage whose `somewhere`, where scans run, has a tropfile.
fn stage_with_tropfile(text: &str) -> (Stage, Utf8PathBuf) {
    let stage = Stage::new();
    let tropfile = stage.directory("somewhere").join("trop.yaml");
    fs::write(&tropfile, text).unwrap();
    (stage, tropfile)
}

#[test]
fn servers_and_bound_sockets_are_excluded_and_clients_and_reserved_ports_are_not() {
    let (stage, tropfile) = stage_with_tropfile(TROPFILE);
    let port = |offset| stage.ports.port(offset);
    let reserved = stage.reserved(stage.directory("shop"), 5..=5);
    let server = listening("127.0.0.1", port(0));
    let client = bound(Type::STREAM, "127.0.0.1", port(1));
    client.connect(&SocketAddr::from(([127, 0, 0, 1], port(0))).into()).unwrap();
    let _others = [
        bound(Type::DGRAM, "127.0.0.1", port(2)),
        bound(Type::STREAM, "127.0.0.1", port(3)),
        listening("127.0.0.1", reserved),
    ];
    let scanned = scan(&stage, &["--autoexclude", "--format=tsv"]).run().expect(0);
    let added = format!("  - {}\n  - {}..{}\n", port(0), port(2), port(3));
    let expected = TROPFILE.replace("project:", &format!("{added}project:"));
    assert_eq!(fs::read_to_string(&tropfile).unwrap(), expected);
    assert_eq!(scanned.stdout.lines().count(), 1 + 5, "the scan is shown all the same: {}", scanned.stdout);
    let told = format!("added {}, {}..{} to the ports that {tropfile} excludes", port(0), port(2), port(3));
    assert!(scanned.stderr.contains(&told), "{}", scanned.stderr);

    let again = scan(&stage, &["--autoexclude"]).run().expect(0);
    assert!(again.stderr.contains("already"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&tropfile).unwrap(), expected);

    drop((server, client));
    let newcomer = stage.reserve("somewhere_else", 0..=PORTS - 1, &["--skip-occupancy-check"]);
    let newcomer = newcomer.in_dir(stage.directory("somewhere")).run().expect(0);
    assert_eq!(newcomer.stdout.trim(), port(1).to_string(), "the first that is not excluded");
}

#[test]
fn the_entries_of_the_file_are_merged_afterwards_when_asked_for() {
    let stage = Stage::new();
    let tropfile = stage.directory("somewhere").join("trop.yaml");
    let port = |offset| stage.ports.port(offset);
    fs::write(&tropfile, format!("excluded_ports: [{}]\n", port(1))).unwrap();
    let _server = listening("127.0.0.1", port(0));
    let scanned = scan(&stage, &["--autoexclude", "--autocompact"]).run().expect(0);
    assert!(scanned.stderr.contains("with its entries merged"), "{}", scanned.stderr);
    let merged = format!("excluded_ports: [{}..{}]\n", port(0), port(1));
    assert_eq!(fs::read_to_string(&tropfile).unwrap(), merged);
}

#[test]
fn global_ones_go_into_the_data_directory() {
    let (stage, tropfile) = stage_with_tropfile(TROPFILE);
    let config = stage.data_directory().join("config.yaml");
    scan(&stage, &["--autoexclude", "--global"]).run().expect(0);
    assert!(!config.exists(), "nothing is in use");
    scan(&stage, &["--autoexclude", "--global", "--autocompact"]).run().expect(0);
    assert!(!config.exists(), "nor is there anything to merge");

    let _server = listening("127.0.0.1", stage.ports.port(4));
    scan(&stage, &["--autoexclude", "--global"]).run().expect(0);
    let text = fs::read_to_string(&config).unwrap();
    assert!(text.contains(&stage.ports.port(4).to_string()), "{text}");
    assert_eq!(fs::read_to_string(tropfile).unwrap(), TROPFILE);
}

#[test]
fn a_dry_run_shows_what_would_be_written_and_writes_nothing() {
    let (stage, tropfile) = stage_with_tropfile(TROPFILE);
    let _server = listening("127.0.0.1", stage.ports.port(0));
    for format in ["table", "csv", "tsv"] {
        let shown = scan(&stage, &["--autoexclude", "--dry-run", "--format", format]).run().expect(0);
        assert_eq!(shown.stdout, "");
        assert!(shown.stderr.contains(&format!("would write {tropfile}")), "{}", shown.stderr);
        assert!(shown.stderr.contains(&format!("would add {}", stage.ports.port(0))), "{}", shown.stderr);
    }
    let json = scan(&stage, &["--autoexclude", "--dry-run", "--format", "json"]).run().expect(0);
    let change = format!(
        "{{\"dry_run\": true, \"changes\": [{{\"action\": \"write\", \"port\": null, \"path\": \"{tropfile}\""
    );
    assert!(json.stdout.starts_with(&change), "{}", json.stdout);
    assert_eq!(fs::read_to_string(&tropfile).unwrap(), TROPFILE);
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is_shown() {
    let stage = Stage::new();
    let without = scan(&stage, &["--autoexclude"]).run().expect(7);
    assert_eq!(without.stdout, "");
    for flag in ["--global", "--autocompact", "--dry-run"] {
        scan(&stage, &[flag]).run().expect(4);
    }
}
