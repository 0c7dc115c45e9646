//! How two paths lie to each other.

use camino::Utf8Path;
use trop_paths::Relation;

use crate::tree::path;

#[test]
fn hierarchy_is_by_component() {
    #[track_caller]
    fn check(first: &str, second: &str, expected: Relation) {
        assert_eq!(path(first).relation(&path(second)), expected);
    }

    check("/srv/a", "/srv/a", Relation::Same);
    check("/srv", "/srv/a", Relation::Contains);
    check("/srv", "/srv/a/b/c", Relation::Contains);
    check("/srv/a/b/c", "/srv", Relation::Inside);
    check("/srv/a", "/srv/b", Relation::Unrelated);
    check("/srv/a/x", "/srv/b/x", Relation::Unrelated);

    check("/srv/ab", "/srv/a", Relation::Unrelated);
    check("/srv/a", "/srv/ab", Relation::Unrelated);
    check("/srv/a/b", "/srv/ab", Relation::Unrelated);
    check("/srv/a", "/srv/a-b/c", Relation::Unrelated);
    check("/srv/a", "/srv/A", Relation::Unrelated);

    check("/", "/", Relation::Same);
    check("/", "/srv", Relation::Contains);
    check("/srv/a", "/", Relation::Inside);

    check("/日本", "/日本/東京", Relation::Contains);
    check("/日本", "/日", Relation::Unrelated);
    check("/\u{e9}", "/e\u{301}", Relation::Unrelated);
}

#[test]
fn below_is_what_is_left_of_a_path() {
    #[track_caller]
    fn check(whole: &str, ancestor: &str, expected: Option<&str>) {
        assert_eq!(path(whole).below(&path(ancestor)), expected.map(Utf8Path::new));
    }

    check("/srv/a/b", "/srv", Some("a/b"));
    check("/srv/a", "/srv", Some("a"));
    check("/srv", "/srv", Some(""));
    check("/srv/a", "/", Some("srv/a"));
    check("/", "/", Some(""));
    check("/srv/ab", "/srv/a", None);
    check("/srv", "/srv/a", None);
    check("/", "/srv", None);
}
