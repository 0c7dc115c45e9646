//! Files that are not to be used: said clearly, and left as they are.

use std::fs;

use trop_storage::{StorageError, WhenMissing};

use crate::scene::{Content, Scene, all, row, write};

/// Every way to use the store ends with such an error, and nothing in the data directory has changed or come to be.
#[track_caller]
fn check(scene: &Scene, is_expected: impl Fn(&StorageError) -> bool) {
    let before = (scene.files(), modified(scene));
    let mut store = scene.store();
    for outcome in [
        store.exists().map(drop),
        all(&mut store).map(drop),
        store.require_writable(WhenMissing::Create),
        write(&mut store, vec![]),
        store.write(WhenMissing::TreatAsEmpty, |_| unreachable!("there is nothing to decide")),
    ] {
        let error = outcome.expect_err("it is refused");
        assert!(is_expected(&error), "{error:?}");
    }
    assert_eq!(store.take_notices(), []);
    drop(store);
    assert_eq!((scene.files(), modified(scene)), before);
}

fn modified(scene: &Scene) -> std::time::SystemTime {
    fs::metadata(scene.database()).unwrap().modified().unwrap()
}

#[test]
fn an_older_layout_without_a_version() {
    let scene = Scene::with_file(include_bytes!("../fixtures/layout-2-no-version/trop.db"));
    check(&scene, |error| matches!(error, StorageError::Foreign { .. }));
}

#[test]
fn what_is_no_database() {
    #[track_caller]
    fn corrupt(content: &[u8]) {
        check(&Scene::with_file(content), is_corrupt);
    }
    corrupt(b"\n");
    corrupt(b"PORT=5000\n");
    corrupt(&[0; 4096]);
    corrupt(&[0xff; 100]);
    // The header is cut off, the whole of it or in the middle.
    let good = good_database();
    corrupt(&good[..1]);
    corrupt(&good[..16]);
    corrupt(&good[..99]);
}

#[test]
fn a_damaged_database() {
    let good = good_database();
    let scene = Scene::with_file(&good);
    assert_eq!(all(&mut scene.store()).unwrap().len(), 1);

    // Good for a hundred bytes, and then not.
    let mut garbage = good.clone();
    garbage[100..].fill(0xa5);
    check_damaged(&garbage);
    // The pages are gone.
    check_damaged(&good[..100]);
    check_damaged(&good[..4096]);
    // A page in the middle is garbage.
    let mut pages = good;
    pages[4096..].fill(0xa5);
    check_damaged(&pages);
}

/// The header is good, so the file itself is opened: `-wal` and `-shm` may come to be.
#[track_caller]
fn check_damaged(content: &[u8]) {
    let scene = Scene::with_file(content);
    let mut store = scene.store();
    for outcome in [all(&mut store).map(drop), write(&mut store, vec![])] {
        let error = outcome.expect_err("it is damaged");
        assert!(is_corrupt(&error), "{error:?}");
    }
    drop(store);
    assert_eq!(scene.files()["trop.db"], Content(content.to_owned()));
    assert!(!scene.names().contains(&"trop.lock".to_owned()));
}

fn is_corrupt(error: &StorageError) -> bool {
    matches!(error, StorageError::Corrupt { .. })
}

fn good_database() -> Vec<u8> {
    fs::read(Scene::with_rows(&[row("/srv/a", "", 5000)]).database()).unwrap()
}

#[test]
fn a_directory_in_the_place_of_the_database() {
    let scene = Scene::new();
    fs::create_dir_all(scene.database()).unwrap();
    check(&scene, |error| error.to_string().ends_with("is not a trop database: it is a directory"));
}

/// Opening one would wait for somebody to write into it.
#[cfg(unix)]
#[test]
fn a_socket_in_the_place_of_the_database() {
    let scene = Scene::new();
    fs::create_dir_all(scene.directory()).unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(scene.database()).unwrap();
    let mut store = scene.store();
    let error = all(&mut store).expect_err("it is no file");
    assert!(error.to_string().ends_with("is not a trop database: it is no regular file"), "{error}");
}

#[test]
fn a_file_in_the_place_of_the_data_directory() {
    let scene = Scene::new();
    fs::write(scene.directory(), "mine").unwrap();
    let mut store = scene.store();
    for outcome in
        [all(&mut store).map(drop), write(&mut store, vec![]), store.require_writable(WhenMissing::Create)]
    {
        let error = outcome.expect_err("there is no place for it");
        assert!(
            matches!(error, StorageError::Unreadable { .. } | StorageError::Unwritable { .. }),
            "{error:?}"
        );
    }
    assert_eq!(fs::read(scene.directory()).unwrap(), b"mine");
}
