//! Ports added to a file, and its list made compact: what becomes of the text.

use trop_config::{
    CannotEdit, FileKind, Origin, Problem, Source, text_with_compact_exclusions, text_with_exclusions,
};

use crate::files::shown;

fn tropfile(text: &str) -> Source {
    Source::new(FileKind::Tropfile, "/srv/trop.yaml", text)
}

/// What becomes of the text, or what is said instead.
fn outcome(edited: Result<Option<String>, CannotEdit>) -> String {
    match edited {
        Ok(Some(text)) => text,
        Ok(None) => "unchanged".to_owned(),
        Err(CannotEdit::Wrong(error)) => {
            format!("wrong: {}", error.problems.iter().map(shown).collect::<Vec<_>>().join("; "))
        }
        Err(CannotEdit::Intricate(error)) => {
            let (line, place) = (error.line.clone(), error.place.clone());
            let problem =
                Problem { message: error.to_string(), help: None, origins: vec![Origin::File(place)] };
            format!("/srv/trop.yaml:{}; write {line}", shown(&problem))
        }
    }
}

/// Adds 7000..7001.
#[track_caller]
fn check_added(text: &str, expected: &str) {
    let range = "7000..7001".parse().unwrap();
    assert_eq!(outcome(text_with_exclusions(&tropfile(text), &[range])), expected, "{text}");
}

#[track_caller]
fn check_compact(text: &str, expected: &str) {
    assert_eq!(outcome(text_with_compact_exclusions(&tropfile(text))), expected, "{text}");
}

#[test]
fn a_list_in_brackets_grows_on_its_line() {
    check_added("excluded_ports: [5001]\n", "excluded_ports: [5001, 7000..7001]\n");
    check_added(
        "excluded_ports: [5001, 5005..5009]  # why\nproject: a\n",
        "excluded_ports: [5001, 5005..5009, 7000..7001]  # why\nproject: a\n",
    );
    check_added("excluded_ports: [ 5001 ]\n", "excluded_ports: [ 5001, 7000..7001 ]\n");
    check_added("excluded_ports: [5001,5002]\n", "excluded_ports: [5001,5002,7000..7001]\n");
    check_added("excluded_ports: [5001,]\n", "excluded_ports: [5001, 7000..7001,]\n");
    check_added("excluded_ports: []\n", "excluded_ports: [7000..7001]\n");
    check_added("excluded_ports: [ ]\n", "excluded_ports: [7000..7001]\n");
    check_added("excluded_ports: [ # none\n]\n", "excluded_ports: [7000..7001 # none\n]\n");
    check_added(
        "\"excluded_ports\": [\"5001\",\"5002\"]\n",
        "\"excluded_ports\": [\"5001\",\"5002\",\"7000..7001\"]\n",
    );
    check_added(
        "excluded_ports: [{start: 1, end: 2}]\n",
        "excluded_ports: [{start: 1, end: 2}, 7000..7001]\n",
    );
    check_added("excluded_ports: [&a 5001, *a]\n", "excluded_ports: [&a 5001, *a, 7000..7001]\n");
}

#[test]
fn a_list_in_brackets_grows_by_lines_where_it_is_made_of_them() {
    check_added(
        "excluded_ports: [\n  5001,\n  5002 # last\n]\n",
        "excluded_ports: [\n  5001,\n  5002, # last\n  7000..7001\n]\n",
    );
    check_added(
        "excluded_ports: [\n  5001,\n  5002, # last\n]\n",
        "excluded_ports: [\n  5001,\n  5002, # last\n  7000..7001,\n]\n",
    );
    check_added(
        "excluded_ports: [\n  5001,\n  5002]\n",
        "excluded_ports: [\n  5001,\n  5002,\n  7000..7001]\n",
    );
    check_added("excluded_ports: [\n  5001,]\n", "excluded_ports: [\n  5001,\n  7000..7001,]\n");
    check_added(
        "excluded_ports: [5001, 5002,\n  5003, 5004]\n",
        "excluded_ports: [5001, 5002,\n  5003, 5004, 7000..7001]\n",
    );
    check_added(
        "excluded_ports: [5001 # one\n , 5002]\n",
        "excluded_ports: [5001 # one\n , 5002, 7000..7001]\n",
    );
    check_added("excluded_ports: [5001\n , 5002]\n", "excluded_ports: [5001\n , 5002\n , 7000..7001]\n");
}

#[test]
fn a_list_of_lines_gets_one_more() {
    check_added(
        "excluded_ports:\n  - 5001\n  - 5002\nproject: a\n",
        "excluded_ports:\n  - 5001\n  - 5002\n  - 7000..7001\nproject: a\n",
    );
    check_added(
        "excluded_ports: # why\n- 5001 # one\n# after\n\n# about project\nproject: a\n",
        "excluded_ports: # why\n- 5001 # one\n- 7000..7001\n# after\n\n# about project\nproject: a\n",
    );
    check_added(
        "excluded_ports:\n    -   '5001'\nproject: a\n",
        "excluded_ports:\n    -   '5001'\n    -   '7000..7001'\nproject: a\n",
    );
    check_added(
        "excluded_ports:\n  - start: 1 # s\n    end: 2 # e\n",
        "excluded_ports:\n  - start: 1 # s\n    end: 2 # e\n  - 7000..7001\n",
    );
    check_added(
        "excluded_ports:\n  - &a 5001\n  - *a\n",
        "excluded_ports:\n  - &a 5001\n  - *a\n  - 7000..7001\n",
    );
    check_added("excluded_ports:\n  - 5001", "excluded_ports:\n  - 5001\n  - 7000..7001");
}

#[test]
fn a_list_that_is_missing_is_made() {
    check_added("", "excluded_ports: [7000..7001]\n");
    check_added("\u{feff}", "\u{feff}excluded_ports: [7000..7001]\n");
    check_added("# only\n", "# only\nexcluded_ports: [7000..7001]\n");
    check_added("# only", "# only\nexcluded_ports: [7000..7001]");
    check_added("project: a\n\n# end\n", "project: a\n\n# end\nexcluded_ports: [7000..7001]\n");
    check_added("project: a", "project: a\nexcluded_ports: [7000..7001]");
    check_added("  project: a\n", "  project: a\n  excluded_ports: [7000..7001]\n");
    check_added("---\nproject: a\n...\n", "---\nproject: a\nexcluded_ports: [7000..7001]\n...\n");
    check_added("--- # none\n...\n# end\n", "--- # none\nexcluded_ports: [7000..7001]\n...\n# end\n");
    check_added("%YAML 1.2\n---\nproject: a\n", "%YAML 1.2\n---\nproject: a\nexcluded_ports: [7000..7001]\n");
    check_added("{project: a}\n", "{project: a, excluded_ports: [7000..7001]}\n");
    check_added("{}\n", "{excluded_ports: [7000..7001]}\n");
    check_added("{\n  project: a, # x\n}\n", "{\n  project: a, # x\n  excluded_ports: [7000..7001],\n}\n");
    check_added("ports: &p {min: 6000}\n", "ports: &p {min: 6000}\nexcluded_ports: [7000..7001]\n");
}

#[test]
fn a_key_that_stands_for_nothing_gets_a_list() {
    check_added("excluded_ports:\n", "excluded_ports: [7000..7001]\n");
    check_added("excluded_ports: # none\nproject: a\n", "excluded_ports: [7000..7001] # none\nproject: a\n");
    check_added("excluded_ports: ~ # none\n", "excluded_ports: [7000..7001] # none\n");
    check_added("excluded_ports: null\nproject: a\n", "excluded_ports: [7000..7001]\nproject: a\n");
    check_added("{excluded_ports: , project: a}", "{excluded_ports: [7000..7001] , project: a}");
}

#[test]
fn lines_end_as_they_did() {
    check_added(
        "excluded_ports: [5001]\r\nproject: b\r\n",
        "excluded_ports: [5001, 7000..7001]\r\nproject: b\r\n",
    );
    check_added("excluded_ports:\r\n- 5001\r\n", "excluded_ports:\r\n- 5001\r\n- 7000..7001\r\n");
    check_added("\u{feff}project: a\r\n", "\u{feff}project: a\r\nexcluded_ports: [7000..7001]\r\n");
    check_added("project: a\rexcluded_ports:\r- 5001", "project: a\rexcluded_ports:\r- 5001\r- 7000..7001");
    check_compact(
        "excluded_ports:\r\n- 5001\r\n- 5002\r\nproject: a",
        "excluded_ports:\r\n- 5001..5002\r\nproject: a",
    );
}

#[test]
fn what_is_there_already_changes_nothing() {
    for text in [
        "excluded_ports: [7000,  7001]",
        "excluded_ports:\r\n  - {start: 6990, end: 7100}",
        "excluded_ports: &x [7001, 7000]",
    ] {
        check_added(text, "unchanged");
    }
    assert_eq!(outcome(text_with_exclusions(&tropfile("project: a"), &[])), "unchanged");
}

#[test]
fn of_several_ranges_those_are_added_that_are_new_at_their_whole_length() {
    let ranges = ["5010", "5001", "5000..5003", "5011", "6000"].map(|range| range.parse().unwrap());
    let added = text_with_exclusions(&tropfile("excluded_ports: [5002, 6000]\n"), &ranges);
    assert_eq!(outcome(added), "excluded_ports: [5002, 6000, 5000..5003, 5010..5011]\n");
}

#[test]
fn the_first_of_the_entries_that_are_merged_takes_the_place_of_all() {
    check_compact("excluded_ports: [5001, 5002]\n", "excluded_ports: [5001..5002]\n");
    check_compact("excluded_ports: [ 5001,5002, ] # why\n", "excluded_ports: [ 5001..5002, ] # why\n");
    check_compact(
        "excluded_ports: [5003, 6000, 5001..5002, 6002, 6000]\n",
        "excluded_ports: [5001..5003, 6000, 6002]\n",
    );
    check_compact("excluded_ports: [65535, 65534..65535, 1, 1..65535]\n", "excluded_ports: [1..65535]\n");
    check_compact(
        "excluded_ports:\n  - 65535 # a\n  - 65534..65535 # b\n  - 1 # c\n  - 1..65535 # d\n",
        "excluded_ports:\n  - 1..65535 # a\n  # b\n  # c\n  # d\n",
    );
    check_compact("excluded_ports: [5001, 5001]\n", "excluded_ports: [5001]\n");
    check_compact("excluded_ports: [\"5001\", 5002]\n", "excluded_ports: [\"5001..5002\"]\n");
    check_compact("excluded_ports: [\n  5001,\n  5002]\n", "excluded_ports: [\n  5001..5002]\n");
    check_compact("excluded_ports: [5001, 5002,\n  5003, 5004]\n", "excluded_ports: [5001..5004]\n");
    check_compact("excluded_ports: [5001\n , 5002]\n", "excluded_ports: [5001..5002]\n");
    check_compact("excluded_ports:\n  - 5001\n  - 5002\n", "excluded_ports:\n  - 5001..5002\n");
    check_compact("excluded_ports:\n- 5001\n- 5002\n- 5003", "excluded_ports:\n- 5001..5003");
    check_compact(
        "excluded_ports: [{start: 5001, end: 5002}, 5003, {start: 6000, end: 6001}]\n",
        "excluded_ports: [{start: 5001, end: 5003}, {start: 6000, end: 6001}]\n",
    );
    check_compact("{excluded_ports: [1, 2], project: a}", "{excluded_ports: [1..2], project: a}");
}

#[test]
fn comments_stay_where_they_are_when_their_entry_goes() {
    check_compact(
        "excluded_ports:\n  - 5001 # a\n  - 6000 # b\n\n  # five\n  - 5002 # c\n  - 5000",
        "excluded_ports:\n  - 5000..5002 # a\n  - 6000 # b\n\n  # five\n  # c",
    );
    check_compact(
        "excluded_ports:\n- {start: 5001, end: 5002}\n# tail\n- start: 5003 # s\n  end: 5004 # e\n",
        "excluded_ports:\n- {start: 5001, end: 5004}\n# tail\n# s\n  # e\n",
    );
    check_compact(
        "excluded_ports:\n  -\n    5001\n  - # c\n    5002\n",
        "excluded_ports:\n  -\n    5001..5002\n  # c\n",
    );
    check_compact(
        "excluded_ports: [\n  5001, # one\n  5002, # two\n  # about three\n  5003 # three\n]\n",
        "excluded_ports: [\n  5001..5003 # one\n  # two\n  # about three\n  # three\n]\n",
    );
    check_compact(
        "excluded_ports: [\n  {start: 5001, # s\n   end: 5002}, # e\n  5003, # three\n]\n",
        "excluded_ports: [\n  {start: 5001, # s\n   end: 5003}, # e\n  # three\n]\n",
    );
    check_compact(
        "excluded_ports: [5001, # one\n  5002, # two\n  5003 # three\n  , 6000]\n",
        "excluded_ports: [5001..5003, # one\n  # two\n  # three\n  6000]\n",
    );
    check_compact(
        "excluded_ports: [\n  5001,\n  5002,\n  5003, 6000]\n",
        "excluded_ports: [\n  5001..5003,\n  6000]\n",
    );
    check_compact(
        "excluded_ports: [\n  5001, 5002, # a\n  5003, 6000,\n]\n",
        "excluded_ports: [\n  5001..5003, # a\n  6000,\n]\n",
    );
}

#[test]
fn what_is_compact_stays_to_the_byte() {
    for text in [
        "",
        "project: a\n",
        "excluded_ports:\n",
        "excluded_ports: []\n",
        "excluded_ports: [ 7000,  5001 ,{start: 6000,end: 6001} ]",
        "excluded_ports: &x [5001]",
    ] {
        check_compact(text, "unchanged");
    }
}

#[test]
fn what_is_not_certain_is_refused_with_the_cause_and_the_line_to_write() {
    let with = |place: &str, cause: &str, line: &str| {
        format!(
            "/srv/trop.yaml:{place} excluded_ports cannot be changed safely: {cause}; write excluded_ports: {line}"
        )
    };
    let (both, new) = ("[5001, 7000..7001]", "[7000..7001]");
    let (anchor, tag) = ("the list has an anchor", "the list has a tag");
    check_added("# x\nexcluded_ports: &x [5001]\n", &with("2:17 <&x>", anchor, both));
    check_added("excluded_ports: !!seq &y # &z\n- 5001\n", &with("1:23 <&y>", anchor, both));
    check_added("excluded_ports: !!seq [5001]\n", &with("1:17 <!!seq>", tag, both));
    check_added("excluded_ports: !!null\n", &with("1:17 <!!null>", tag, new));
    let question_mark = "its key is written with a question mark";
    check_added("? excluded_ports\n: - 5001\n", &with("1:1 <?>", question_mark, both));
    check_added("{excluded_ports, project: a}", &with("1:2 <excluded_ports>", "its key has no colon", new));
    let dash = "an entry does not stand in the line of its dash";
    check_added("excluded_ports:\n  -\n    5001\n", &with("3:5 <5001>", dash, both));
    let merged = "[5001..5002]";
    check_compact(
        "excluded_ports: [&a 5001, *a, 5002]\n",
        &with("1:18 <&a>", "an entry has an anchor", merged),
    );
    check_compact(
        "ports: {min: &a 5001}\nexcluded_ports: [5002, *a]\n",
        &with("2:24 <*a>", "an entry is an alias", merged),
    );
    check_compact(
        "excluded_ports: [5001, {start: !!int 5002, end: 5002}]\n",
        &with("1:32 <!!int>", "an entry has a tag", merged),
    );
}

#[test]
fn a_file_that_says_that_it_says_nothing_gets_a_list_in_place_of_that() {
    check_added("null\n", "excluded_ports: [7000..7001]\n");
    check_added("~ # foo\n", "excluded_ports: [7000..7001] # foo\n");
    check_added("---  ~ # a\r\n", "---\r\nexcluded_ports: [7000..7001] # a\r\n");
    check_added("  null\n", "  excluded_ports: [7000..7001]\n");
    check_added("# a\nnull", "# a\nexcluded_ports: [7000..7001]");
}

/// Which anchors of a list are needed elsewhere, when it is refused.
#[test]
fn what_others_take_from_a_list_is_named() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let Err(CannotEdit::Intricate(list)) = text_with_compact_exclusions(&tropfile(text)) else {
            panic!("{text}")
        };
        assert_eq!(list.anchors, expected, "{text}");
    }
    check("excluded_ports: [&a 6000, 6001]\nports: {min: *a}\n", &["a"]);
    check("excluded_ports: [&a 6000, 6001, *a]\n", &[]);
    check("excluded_ports: [&a 6000, 6001] # *b\nproject: \"*ab\"\n", &[]);
    check("excluded_ports:\n- &a 6000\n- &b 6001\nports: {min: *a, max: *b}\n", &["a", "b"]);
}

#[test]
fn what_other_settings_take_from_the_list_is_not_disturbed() {
    check_added(
        "excluded_ports: [&a 6000]\nports: {min: *a}\n",
        "excluded_ports: [&a 6000, 7000..7001]\nports: {min: *a}\n",
    );
    check_compact(
        "excluded_ports: [&a 6000, 6001]\nports: {min: *a}\n",
        "/srv/trop.yaml:1:18 <&a> excluded_ports cannot be changed safely: an entry has an anchor; write excluded_ports: [6000..6001]",
    );
}

#[test]
fn a_file_with_problems_is_left_alone_with_all_of_them() {
    check_added(
        "excluded_ports: [5001, 70000]\nmox: 1\n",
        "wrong: 1:24 <70000> excluded_ports: \"70000\" is not a port (ports are 1 to 65535); 2:1 <mox> mox is not a key that trop knows",
    );
    check_compact("[", "wrong: 1:1 <[> this is not YAML: unclosed bracket '['");
    let user = Source::new(FileKind::User, "/home/ada/.trop/config.yaml", "project: a\n");
    assert!(outcome(text_with_compact_exclusions(&user)).starts_with("wrong: 1:1 <project>"));
}

/// A text of the greatest length that is read would be too long with one more port.
#[test]
fn no_file_becomes_one_that_cannot_be_read() {
    let text = format!("excluded_ports: [5001]\n#{}", "x".repeat((1 << 20) - 24));
    assert!(outcome(text_with_exclusions(&tropfile(&text), &["7000".parse().unwrap()])).contains("safely"));
}
