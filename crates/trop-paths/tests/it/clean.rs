//! What cleaning makes of a text, and which texts are clean.

use camino::Utf8Path;
use trop_paths::AbsPath;

use crate::tree::path;

#[test]
fn cleaning_takes_out_what_leads_nowhere() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let cleaned = AbsPath::clean(Utf8Path::new(text)).expect("the text is absolute");
        assert_eq!(cleaned.as_str(), expected);
    }

    check("/", "/");
    check("/srv", "/srv");
    check("/srv/a", "/srv/a");

    check("//", "/");
    check("//srv", "/srv");
    check("/srv///a", "/srv/a");
    check("/srv/", "/srv");
    check("/srv///", "/srv");

    check("/.", "/");
    check("/./", "/");
    check("/./srv/./a/.", "/srv/a");

    check("/srv/..", "/");
    check("/srv/../a", "/a");
    check("/srv/a/../b", "/srv/b");
    check("/srv/a/b/../..", "/srv");
    check("/a/./b//../c/", "/a/c");

    check("/..", "/");
    check("/../..", "/");
    check("/../srv", "/srv");
    check("/srv/../../a", "/a");

    check("/...", "/...");
    check("/srv/..a", "/srv/..a");
    check("/srv/a..", "/srv/a..");
    check("/.srv", "/.srv");
    check("/~", "/~");
    check("/ / ", "/ / ");
    check("/a\\b", "/a\\b");
    check("/über/日本/🦀/", "/über/日本/🦀");
    // The same letter composed and decomposed are two names to the file system.
    check("/\u{e9}/../e\u{301}", "/e\u{301}");
}

#[test]
fn relative_paths_cannot_be_cleaned() {
    #[track_caller]
    fn check(text: &str) {
        assert_eq!(AbsPath::clean(Utf8Path::new(text)), None);
    }

    check("");
    check(".");
    check("..");
    check("srv");
    check("./srv");
    check("~");
    check("~/srv");
    check(" /srv");
}

#[test]
fn only_clean_texts_are_taken_as_they_are() {
    #[track_caller]
    fn check(text: &str, is_clean: bool) {
        match AbsPath::from_clean(text) {
            Ok(path) => assert!(is_clean && path.as_str() == text, "{path}"),
            Err(error) => assert!(!is_clean, "{error}"),
        }
    }

    check("/", true);
    check("/srv/a", true);
    check("/srv/..a/.b", true);
    check("/日本", true);

    check("", false);
    check("srv", false);
    check("./srv", false);
    check("//", false);
    check("/srv/", false);
    check("/srv//a", false);
    check("/srv/./a", false);
    check("/srv/../a", false);
    check("/..", false);
    check("~", false);
}

#[test]
fn what_is_refused_is_shown_without_its_control_characters() {
    let error = AbsPath::from_clean("srv\u{1b}[2J").unwrap_err();
    assert_eq!(
        error.to_string(),
        r#""srv\u{1b}[2J" is not an absolute path without ".", ".." and repeated separators"#
    );
}

#[test]
fn joining_cleans() {
    #[track_caller]
    fn check(directory: &str, below: &str, expected: &str) {
        assert_eq!(path(directory).join(Utf8Path::new(below)).as_str(), expected);
    }

    check("/srv", "a", "/srv/a");
    check("/srv", "a/b/", "/srv/a/b");
    check("/srv", "./a//b", "/srv/a/b");
    check("/srv", "..", "/");
    check("/srv", "../a", "/a");
    check("/srv", "../../..", "/");
    check("/srv", "", "/srv");
    check("/srv", ".", "/srv");
    check("/", "a", "/a");
    check("/", "", "/");
    check("/", "..", "/");
    check("/srv", "/a", "/a");
}

#[test]
fn every_directory_but_the_root_has_a_parent() {
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(path(text).parent(), expected.map(path));
    }

    check("/srv/a", Some("/srv"));
    check("/srv", Some("/"));
    check("/", None);
}

#[test]
fn paths_are_ordered_as_text() {
    let mut paths = ["/b", "/a/b", "/a b", "/a", "/a-b", "/B", "/é"].map(path);
    paths.sort();
    assert_eq!(paths, ["/B", "/a", "/a b", "/a-b", "/a/b", "/b", "/é"].map(path));
}
