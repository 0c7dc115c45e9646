//! Many processes that exclude ports in one file at once.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;

use trop_testkit::run_together;

use super::{project, run};
use crate::stage::Stage;

const COMMENTED: &str = "# The ports of this project.\nproject: shop # ours\n\n# Never these:\nexcluded_ports:\n\
    # the printer\n  - 9100 # on the second floor\n  # the proxy\n  - 3128\n# end of the list\n\nports: # few\n  min: 5000\n# end\n";

/// What the file excludes, as it stands there.
fn entries(text: &str) -> BTreeSet<u16> {
    let items = text.lines().filter_map(|line| line.trim_start().strip_prefix("- "));
    items.map(|item| item.split(' ').next().unwrap().parse().unwrap()).collect()
}

/// That the file is the one above with these lines more in its list, and nothing was left beside it.
#[track_caller]
fn require_all(directory: &Utf8Path, expected: &BTreeSet<u16>) {
    let text = fs::read_to_string(directory.join("trop.yaml")).unwrap();
    assert_eq!(entries(&text), *expected, "{text}");
    let is_new = |line: &&str| line.strip_prefix("  - ").is_some_and(|port| port.starts_with("70"));
    let others: String = text.split_inclusive('\n').filter(|line| !is_new(line)).collect();
    assert_eq!(others, COMMENTED);
    assert_eq!(fs::read_dir(directory).unwrap().count(), 1);
}

#[test]
fn of_twenty_at_once_every_port_and_every_comment_is_there() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", COMMENTED);
    for round in 0..5_u16 {
        let ports: Vec<u16> = (0..20).map(|number| 7000 + 20 * round + number).collect();
        let runs = ports.iter().map(|port| stage.trop(&shop, ["exclude", &port.to_string()]));
        for ran in run_together(runs) {
            assert_eq!(ran.expect(0).stdout, "");
        }
        let so_far = (7000..=ports[19]).chain([9100, 3128]).collect();
        require_all(&shop, &so_far);
    }
}

#[test]
fn who_is_killed_takes_nothing_of_the_others_along() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", COMMENTED);
    let exclude = |port: u16| stage.trop(&shop, ["exclude", &port.to_string()]);
    let mut running = Vec::new();
    for number in 0..20 {
        let mut victim = exclude(7050 + number).command.spawn().unwrap();
        running.push(exclude(7000 + number).command.spawn().unwrap());
        victim.kill().unwrap();
        victim.wait().unwrap();
    }
    for child in running {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    // The next one removes what a killed one left beside the file.
    run(&stage, &shop, &["exclude", "7099"], 0);
    let found = entries(&fs::read_to_string(shop.join("trop.yaml")).unwrap());
    let survived = (7000..7020).chain([3128, 7099, 9100]);
    let of_victims = found.iter().copied().filter(|port| (7050..7070).contains(port));
    require_all(&shop, &survived.chain(of_victims).collect());
}

#[test]
fn who_has_waited_long_enough_gives_up() {
    let stage = Stage::new();
    let shop = project(&stage, "shop", COMMENTED);
    let of_somebody_else = fs::File::open(&shop).unwrap();
    of_somebody_else.lock().unwrap();
    for arguments in [&["exclude", "7000"], &["compact-exclusions", "trop.yaml"]] {
        let exclude = |more: &[&str]| {
            let run = stage.trop(&shop, [arguments, more].concat());
            run.env("TROP_BUSY_TIMEOUT", "0").run()
        };
        assert!(exclude(&[]).expect(2).stderr.contains(shop.as_str()));
        // A dry run takes no lock.
        exclude(&["--dry-run"]).expect(0);
    }
    require_all(&shop, &BTreeSet::from([3128, 9100]));
}
