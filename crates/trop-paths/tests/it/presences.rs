//! Many directories looked at in one round.

use trop_paths::{AbsPath, Presence, presence, presences};

use crate::tree::{Tree, path};

/// Each is what a look at it alone says. (Errors cannot be compared.)
#[track_caller]
fn check(paths: &[AbsPath]) {
    let mut steps = 0;
    let listed: Vec<&AbsPath> = paths.iter().collect();
    let round = presences(&listed, || steps += 1);
    let alone: Vec<Presence> = paths.iter().map(presence).collect();
    assert_eq!(format!("{round:#?}"), format!("{alone:#?}"));
    assert_eq!(steps, paths.len());
}

#[test]
fn a_round_says_of_each_what_a_look_at_it_alone_says() {
    let tree = Tree::new().unwrap();
    tree.directory("real/deeper").unwrap();
    tree.file("real/file").unwrap();
    tree.link("real/link", "deeper").unwrap();
    tree.link("real/lost", "missing").unwrap();
    tree.link("real/to-root", "/no-such-disk/project").unwrap();
    tree.link("real/loop", "loop").unwrap();
    tree.link("way", "real").unwrap();
    tree.link("nowhere", "/mnt/no-such-disk").unwrap();
    tree.link("root", "/").unwrap();
    tree.link("real/away", "/mnt/no-such-disk/far").unwrap();
    let names = ["deeper", "file", "gone", "link", "lost", "more-gone", "to-root", "loop", "gone/below"];
    let holders = ["real", "way", "nowhere", "root", "missing", "real/file", "real/loop", "real/link"];
    let farther =
        ["missing/long/since", "real/gone/too", "real/lost/behind", "real/away/behind", "real/file/none"];
    let holders = holders.into_iter().chain(farther);
    let below = |holder: &str| names.map(|name| tree.at(&format!("{holder}/{name}")));
    let all: Vec<AbsPath> = holders.flat_map(below).collect();
    check(&[]);
    check(&all[..1]);
    check(&all);
    let mut sorted = all.clone();
    sorted.sort();
    check(&sorted);
    let twice: Vec<AbsPath> = sorted.iter().flat_map(|path| [path.clone(), path.clone()]).collect();
    check(&twice);
    check(&["/", "/no-such-disk", "/no-such-other-disk", "/"].map(path));
    check(&["/mnt/no-such-disk", "/mnt/other", "/home/no-such-user", "/home/other"].map(path));
}

#[test]
fn more_than_are_judged_together_are_judged_alike() {
    let tree = Tree::new().unwrap();
    tree.directory("2047").unwrap();
    let paths: Vec<AbsPath> = (0..2_100).map(|number| tree.at(&number.to_string())).collect();
    let listed: Vec<&AbsPath> = paths.iter().collect();
    let present: Vec<usize> = presences(&listed, || {})
        .iter()
        .enumerate()
        .filter_map(|(number, presence)| match presence {
            Presence::Gone => None,
            Presence::Present => Some(number),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(present, [2047]);
}

/// What was not found before a disk was mounted may lie on it.
#[test]
fn where_another_directory_comes_in_the_place_of_the_parent_each_is_looked_at_again() {
    let tree = Tree::new().unwrap();
    tree.directory("disk").unwrap();
    tree.directory("full/shop").unwrap();
    let paths = ["disk/gone", "disk/shop", "disk/site"].map(|below| tree.at(below));
    let mut steps = 0;
    let round = presences(&paths.each_ref(), || {
        steps += 1;
        if steps == 2 {
            std::fs::rename(tree.std_path("disk"), tree.std_path("empty")).unwrap();
            std::fs::rename(tree.std_path("full"), tree.std_path("disk")).unwrap();
        }
    });
    assert!(matches!(*round, [Presence::Gone, Presence::Present, Presence::Gone]), "{round:?}");
}

/// What was there before a disk was taken away may be there again.
#[test]
fn where_the_parent_goes_away_each_is_looked_at_again() {
    let tree = Tree::new().unwrap();
    tree.directory("holder").unwrap();
    tree.link("holder/disk", "/").unwrap();
    let paths = ["holder/disk/no-such-1", "holder/disk/no-such-2"].map(|below| tree.at(below));
    let mut steps = 0;
    let round = presences(&paths.each_ref(), || {
        steps += 1;
        if steps == 2 {
            std::fs::remove_file(tree.std_path("holder/disk")).unwrap();
        }
    });
    assert!(matches!(*round, [Presence::Gone, Presence::Gone]), "{round:?}");
}

/// What was not there on the way may be a disk that is mounted by now.
#[test]
fn where_more_of_the_way_comes_back_each_is_looked_at_again() {
    let tree = Tree::new().unwrap();
    tree.directory("full/site/shop").unwrap();
    let paths = ["disk/site/gone", "disk/site/shop", "disk/site/spare"].map(|below| tree.at(below));
    let mut steps = 0;
    let round = presences(&paths.each_ref(), || {
        steps += 1;
        if steps == 2 {
            std::fs::rename(tree.std_path("full"), tree.std_path("disk")).unwrap();
        }
    });
    assert!(matches!(*round, [Presence::Gone, Presence::Present, Presence::Gone]), "{round:?}");
}
