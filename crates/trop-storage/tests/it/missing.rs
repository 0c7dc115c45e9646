//! A store where nothing is yet.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use trop_model::Ledger;
use trop_storage::{Notice, StorageError, Store, Verdict, WhenMissing};

use crate::scene::{Content, Scene, all, put, row, write};

fn how_many(store: &mut Store, missing: WhenMissing) -> Result<usize, StorageError> {
    store.write(missing, |rows| Ok(Verdict::Commit(vec![], rows.all()?.len())))
}

#[test]
fn reading_finds_no_rows_and_makes_nothing() {
    let scene = Scene::new();
    let mut store = scene.store();
    assert_eq!(all(&mut store).unwrap(), []);
    assert!(!store.exists().unwrap());
    assert!(!scene.directory().exists());
    assert_eq!(store.take_notices(), []);
}

#[test]
fn create_makes_a_private_database_and_says_so_once() {
    let scene = Scene::new();
    let mut store = scene.store();
    assert_eq!(how_many(&mut store, WhenMissing::Create).unwrap(), 0);
    assert!(scene.store().exists().unwrap());
    assert_eq!(store.take_notices(), [Notice::Created(scene.database())]);
    assert_eq!(store.take_notices(), []);
    assert_eq!(how_many(&mut store, WhenMissing::Create).unwrap(), 0);
    assert_eq!(store.take_notices(), []);
    assert_eq!(scene.names(), ["trop.db", "trop.db-shm", "trop.db-wal", "trop.lock"]);
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(scene.directory().to_owned()), 0o700);
    for name in scene.names() {
        assert_eq!(mode(scene.directory().join(&name)), 0o600, "{name}");
    }
}

#[test]
fn refuse_makes_nothing_and_asks_nobody() {
    let scene = Scene::new();
    let mut store = scene.store();
    let refused = store.write(WhenMissing::Refuse, |_| -> Result<Verdict<()>, StorageError> {
        panic!("nothing is to be decided")
    });
    assert!(matches!(refused, Err(StorageError::Missing(path)) if path == scene.database()));
    assert!(matches!(store.require_writable(WhenMissing::Refuse), Err(StorageError::Missing(_))));
    assert!(!scene.directory().exists());
}

#[test]
fn treat_as_empty_goes_on_and_makes_nothing() {
    let scene = Scene::new();
    let mut store = scene.store();
    assert_eq!(how_many(&mut store, WhenMissing::TreatAsEmpty).unwrap(), 0);
    store.require_writable(WhenMissing::TreatAsEmpty).unwrap();
    assert!(!scene.directory().exists());
    assert_eq!(store.take_notices(), []);
}

#[test]
fn a_database_that_is_there_is_used_whatever_was_said() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    for missing in [WhenMissing::Create, WhenMissing::Refuse, WhenMissing::TreatAsEmpty] {
        let mut store = scene.store();
        assert_eq!(how_many(&mut store, missing).unwrap(), 1, "{missing:?}");
        store.require_writable(missing).unwrap();
        assert_eq!(store.take_notices(), [], "{missing:?}");
    }
}

#[test]
fn an_error_of_the_closure_leaves_a_database_without_rows() {
    let scene = Scene::new();
    let failed: Result<(), StorageError> =
        scene.store().write(WhenMissing::Create, |_| Err(StorageError::Missing("reason".into())));
    assert!(matches!(failed, Err(StorageError::Missing(path)) if path.to_str() == Some("reason")));
    assert!(scene.store().exists().unwrap());
    assert_eq!(scene.rows(), []);
}

#[test]
fn a_roll_back_leaves_no_schema_and_nothing_to_warn_about() {
    let scene = Scene::new();
    let mut store = scene.store();
    let rolled_back: Result<(), StorageError> =
        store.write(WhenMissing::Create, |_| Ok(Verdict::RollBack(())));
    rolled_back.unwrap();
    assert_eq!(store.take_notices(), []);
    assert!(!scene.store().exists().unwrap());
    // Nobody is kept waiting.
    write(&mut scene.store(), vec![put(&row("/srv/a", "", 5000))]).unwrap();
    write(&mut store, vec![put(&row("/srv/b", "", 5001))]).unwrap();
    assert_eq!(store.take_notices(), []);
    assert_eq!(scene.rows().len(), 2);
}

#[test]
fn what_a_roll_back_left_is_no_surprise_to_the_store_that_left_it() {
    let scene = Scene::new();
    let mut store = scene.store();
    let rolled_back: Result<(), StorageError> =
        store.write(WhenMissing::Create, |_| Ok(Verdict::RollBack(())));
    rolled_back.unwrap();
    write(&mut store, vec![put(&row("/srv/a", "", 5000))]).unwrap();
    assert_eq!(store.take_notices(), [Notice::Created(scene.database())]);
}

#[test]
fn a_file_without_tables_is_new_and_that_is_said() {
    #[track_caller]
    fn check(content: &[u8]) {
        let scene = Scene::with_file(content);
        let mut store = scene.store();
        assert!(!store.exists().unwrap());
        assert_eq!(all(&mut store).unwrap(), []);
        assert_eq!(how_many(&mut store, WhenMissing::TreatAsEmpty).unwrap(), 0);
        assert!(matches!(how_many(&mut store, WhenMissing::Refuse), Err(StorageError::Missing(_))));
        let files: Vec<_> = scene.files().into_iter().collect();
        assert_eq!(files, [("trop.db".to_owned(), Content(content.to_owned()))]);

        write(&mut store, vec![put(&row("/srv/a", "", 5000))]).unwrap();
        let database = scene.database();
        assert_eq!(
            store.take_notices(),
            [Notice::FileWithoutTables(database.clone()), Notice::Created(database)]
        );
        assert_eq!(scene.rows(), [row("/srv/a", "", 5000)]);
    }
    check(include_bytes!("../fixtures/zero-byte/trop.db"));
    check(&without_tables("DELETE"));
    check(&without_tables("WAL"));
}

/// A database that had a table once.
fn without_tables(journal_mode: &str) -> Vec<u8> {
    let scene = Scene::with_file(b"");
    let raw = scene.raw();
    raw.pragma_update(None, "journal_mode", journal_mode).unwrap();
    raw.execute_batch("CREATE TABLE it (x); DROP TABLE it").unwrap();
    drop(raw);
    fs::read(scene.database()).unwrap()
}

#[test]
fn writability_is_found_out_without_writing() {
    let scene = Scene::new();
    let mut store = scene.store();
    store.require_writable(WhenMissing::Create).unwrap();
    assert!(!scene.directory().exists());
    write(&mut store, vec![]).unwrap();
    store.require_writable(WhenMissing::Create).unwrap();
    store.require_writable(WhenMissing::Refuse).unwrap();
}

#[test]
fn a_link_is_followed_to_where_a_database_can_be_made() {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    std::os::unix::fs::symlink("below/real.db", scene.database()).unwrap();
    let mut store = scene.store();
    for refused in [store.require_writable(WhenMissing::Create), write(&mut store, vec![])] {
        let Err(StorageError::Unwritable { path, source }) = refused else { panic!("{refused:?}") };
        assert_eq!(path, scene.database());
        assert!(source.to_string().ends_with("trop.db is a link that leads nowhere"), "{source}");
    }
    fs::create_dir(scene.directory().join("below")).unwrap();
    store.require_writable(WhenMissing::Create).unwrap();
    write(&mut store, vec![]).unwrap();
    assert!(scene.directory().join("below/real.db").exists());
}
