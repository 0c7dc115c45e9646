//! Where a mistake is, whatever the text around it looks like.

use trop_config::{FileKind, settings};

use crate::files::{check, file, problems_of};
use crate::layers::merged;

const MISTAKES: &str = "project: ä\noutput_format: xml\nports:\n  min: 70000\n  mox: 1\n\
    excluded_ports: [5001, 0x10,\n  5003, x]\nproject: b\n";

const FOUND: [&str; 6] = [
    "2:16 <xml> output_format: \"xml\" is not one of table, json, csv, tsv",
    "4:8 <70000> ports.min: \"70000\" is not a port (ports are 1 to 65535)",
    "5:3 <mox> ports.mox is not a key that trop knows",
    "6:24 <0x10> excluded_ports: \"0x10\" is not a port (ports are 1 to 65535)",
    "7:9 <x> excluded_ports: \"x\" is not a port (ports are 1 to 65535)",
    "8:1 <project> and 1:1 <project> project is given twice",
];

#[test]
fn line_ends_byte_order_marks_and_comments_move_nothing() {
    check(MISTAKES, &FOUND);
    check(&MISTAKES.replace('\n', "\r\n"), &FOUND);
    check(&MISTAKES.replace('\n', "\r"), &FOUND);
    check(&format!("\u{feff}{MISTAKES}"), &FOUND);
    check(&format!("\u{feff}{}", MISTAKES.replace('\n', "\r\n")), &FOUND);
    check(&MISTAKES.replace('\n', " # ä\t🦀\t日本\n"), &FOUND);
    check(&MISTAKES.replace('\n', "\t# x\r\n"), &FOUND);
    check(&format!("{MISTAKES}...\n"), &FOUND);
}

#[test]
fn lines_in_front_move_the_line_alone() {
    #[track_caller]
    fn check_moved(front: &str, lines: u32) {
        let moved = |place: &str| {
            let (line, rest) = place.split_once(':').unwrap();
            format!("{}:{rest}", line.parse::<u32>().unwrap() + lines)
        };
        let moved: Vec<String> = FOUND
            .iter()
            .map(|found| match found.split_once(" and ") {
                Some((one, other)) => format!("{} and {}", moved(one), moved(other)),
                None => moved(found),
            })
            .collect();
        assert_eq!(problems_of(FileKind::Tropfile, &format!("{front}{MISTAKES}")), moved, "{front:?}");
    }

    check_moved("---\n", 1);
    check_moved("---\r\n", 1);
    check_moved("%YAML 1.2\n---\n", 2);
    check_moved("\u{feff}---\n", 1);
    check_moved("\n# ä 🦀\n\n", 3);
    check_moved("\n\r\n\r", 3);
}

#[test]
fn columns_count_characters() {
    check(
        "{project: \"ä🦀日\", output_format: xml}",
        &["1:33 <xml> output_format: \"xml\" is not one of table, json, csv, tsv"],
    );
    check(
        "{\"é🦀\": 1, é: 2}",
        &["1:2 <\"é🦀\"> é🦀 is not a key that trop knows", "1:11 <é> é is not a key that trop knows"],
    );
    check("# ä\n{project: e\u{301}, mox: 1}", &["2:15 <mox> mox is not a key that trop knows"]);
}

#[test]
fn quotes_belong_to_what_is_pointed_at() {
    check("\"mox\": 1\n", &["1:1 <\"mox\"> mox is not a key that trop knows"]);
    check("'mox' : 1\n", &["1:1 <'mox'> mox is not a key that trop knows"]);
    check("\"m\\x6fx\": 1\n", &["1:1 <\"m\\x6fx\"> mox is not a key that trop knows"]);
    check(
        "output_format: 'xml'\n",
        &["1:16 <'xml'> output_format: \"xml\" is not one of table, json, csv, tsv"],
    );
    check("project: a\n\"project\": b\n", &["2:1 <\"project\"> and 1:1 <project> project is given twice"]);
}

#[test]
fn an_alias_is_wrong_where_it_stands() {
    let not_a_port = "is not a port (ports are 1 to 65535)";
    check(
        "ports:\n  min: &a 70000\n  max: *a\n",
        &[
            &format!("2:11 <70000> ports.min: \"70000\" {not_a_port}"),
            &format!("3:8 <*a> ports.max: \"70000\" {not_a_port}"),
        ],
    );
    check(
        "project: &a xml\noutput_format: *a\n",
        &["2:16 <*a> output_format: \"xml\" is not one of table, json, csv, tsv"],
    );
    check(
        "occupancy_check: &a {skip: true}\nports: *a\n",
        &["2:8 <*a> ports.skip is not a key that trop knows"],
    );
    check(
        "disable_autoinit: &x true\noutput_format: *x\n",
        &["2:16 <*x> output_format: \"true\" is not one of table, json, csv, tsv"],
    );
}

#[test]
fn what_is_merged_in_is_wrong_where_it_is_called_for() {
    check(
        "occupancy_check: &a {skip: true}\nports:\n  <<: *a\n  min: 5\n",
        &["3:7 <*a> ports.skip is not a key that trop knows"],
    );
    check(
        "x: &a {min: 70000}\nports:\n  <<: *a\n  max: 6000\n",
        &[
            "1:1 <x> x is not a key that trop knows",
            "3:7 <*a> ports.min: \"70000\" is not a port (ports are 1 to 65535)",
        ],
    );
    check("x: &a {min: 70000}\nports: {<<: *a, min: 5001}\n", &["1:1 <x> x is not a key that trop knows"]);
    check("ports: {<<: 5}\n", &["1:13 <5> << takes keys and values, such as an alias of some"]);
}

#[test]
fn what_has_no_letters_is_wrong_at_its_key() {
    let message = "project: one value is expected here";
    check("project:\n  a: 1\n", &[&format!("1:1 <project> {message}")]);
    check("project:\n- a\n", &[&format!("1:1 <project> {message}")]);
    check("project: [a]\n", &[&format!("1:10 <[> {message}")]);
    check("project: {a: 1}\n", &[&format!("1:10 <{{> {message}")]);
}

#[test]
fn text_that_is_no_yaml_is_wrong_where_the_parser_stopped() {
    check("ports:\n\tmin: 5\n", &["2:2 <m> a tab cannot indent; use blanks"]);
    check("é: [🦀, }\n", &["1:4 <[> this is not YAML: mismatched bracket '[' closed by '}'"]);
    check("ports: [1, 2\n", &["1:8 <[> this is not YAML: unclosed bracket '['"]);
    check("a: b: c\n", &["1:5 <:> this is not YAML: mapping values are not allowed in this context"]);
    check("project: \"a\nx: 1\n", &["2:1 <x> a quotation mark above is not closed"]);
    check("  project: a\n ports: {}\n", &["2:2 <p> this does not line up with the keys above"]);
    check(
        "excluded_ports:\n- 5001\n5002\n",
        &["3:1 <5> a colon is missing behind a key, or a dash in front of an item"],
    );
    check("é🦀: *b\n", &["1:5 <*b> nothing above is called &b"]);
    check(
        "---\nproject: a\n---\nproject: b\n",
        &["3:1 <---> a second document begins here, and a configuration is only one"],
    );
}

#[test]
fn an_alias_means_what_was_written_there() {
    let effective = merged([file(FileKind::Tropfile, "disable_autoinit: &x True\nproject: *x\n")]).unwrap();
    assert_eq!(effective.get(&settings::PROJECT).unwrap().as_str(), "True");
    let effective = merged([file(FileKind::Tropfile, "ports: {min: &x 5001}\nproject: *x\n")]).unwrap();
    assert_eq!(effective.get(&settings::PROJECT).unwrap().as_str(), "5001");
}

#[test]
fn an_item_is_wrong_where_it_stands() {
    let message = "excluded_ports: a port or a range is expected here";
    check(
        "excluded_ports:\n  - 5001\n  - - 5002\n    - 1\n  # - a\n  -\n  - # b\n  - start: 4 # c\n",
        &[
            &format!("3:5 <- 5002> {message}"),
            &format!("6:3 <-> {message}"),
            &format!("7:3 <-> {message}"),
            "8:5 <start: 4> excluded_ports: a range has both a start and an end",
        ],
    );
    check("excluded_ports:\n-\n", &[&format!("2:1 <-> {message}")]);
    check("excluded_ports:\n- - \n- 5\n", &[&format!("2:3 <-> {message}")]);
}

#[test]
fn a_tag_is_wrong_where_it_stands() {
    let unknown = "means nothing here";
    check("project: !<tag:x> y\n", &[&format!("1:10 <!<tag:x>> the tag !<tag:x> {unknown}")]);
    check("project: &a !foo\n  y\n", &[&format!("1:13 <!foo> the tag !foo {unknown}")]);
    check("ports: !!foo {min: 5}\n", &[&format!("1:8 <!!foo> the tag !!foo {unknown}")]);
    check("excluded_ports:\n- !x\n- !x 5\n", &[&format!("2:3 <!x> the tag !x {unknown}")]);
}
