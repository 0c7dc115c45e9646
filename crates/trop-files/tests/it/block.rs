//! What becomes of a text that gets a block, row by row.

use trop_files::{Block, BlockError, with_block};

const LINES: [&str; 2] = ["WEB=1", "API=2"];

fn with_lines(text: &[u8], lines: &[&str]) -> Result<Vec<u8>, BlockError> {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    with_block(text, &Block { begin: "# begin", end: "# end", lines: &lines })
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let new = with_lines(text.as_bytes(), &LINES).expect("its markers are sound");
    assert_eq!(new.escape_ascii().to_string(), expected.as_bytes().escape_ascii().to_string());
    assert_eq!(with_lines(&new, &LINES), Ok(new), "a second time");
}

#[test]
fn a_new_block_comes_at_the_end() {
    check("", "# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\n", "A=1\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\n\n\n", "A=1\n\n\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("\n", "\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1", "A=1\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\r\n", "A=1\r\n# begin\r\nWEB=1\r\nAPI=2\r\n# end\r\n");
    check("A=1\r\nB=2", "A=1\r\nB=2\r\n# begin\r\nWEB=1\r\nAPI=2\r\n# end\r\n");
    check("A=1\nB=2\r\n", "A=1\nB=2\r\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\r\nB=2\n", "A=1\r\nB=2\n# begin\r\nWEB=1\r\nAPI=2\r\n# end\r\n");
    check("\u{feff}", "\u{feff}# begin\nWEB=1\nAPI=2\n# end\n");
    check("\u{feff}A=1", "\u{feff}A=1\n# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\rB=2\r", "A=1\rB=2\r\n# begin\nWEB=1\nAPI=2\n# end\n");
}

#[test]
fn an_old_block_is_replaced_where_it_is() {
    check("# begin\n# end\n", "# begin\nWEB=1\nAPI=2\n# end\n");
    check("# begin\nOLD=3\n# end\n", "# begin\nWEB=1\nAPI=2\n# end\n");
    check("# begin\nOLD=3\n# end", "# begin\nWEB=1\nAPI=2\n# end");
    check("A=1\n# begin\n# end\nB=2", "A=1\n# begin\nWEB=1\nAPI=2\n# end\nB=2");
    check("# begin\n\n\n\n\n# end\n", "# begin\nWEB=1\nAPI=2\n# end\n");
    check("A=1\r\n# begin\n# end\r\n", "A=1\r\n# begin\nWEB=1\nAPI=2\n# end\r\n");
    check("A=1\n# begin\r\nOLD=3\n# end\n", "A=1\n# begin\r\nWEB=1\r\nAPI=2\r\n# end\n");
}

#[test]
fn a_marker_is_known_by_its_line_alone() {
    check("# begin \t\r\n# end \n", "# begin \t\r\nWEB=1\r\nAPI=2\r\n# end \n");
    check("\u{feff}# begin\n# end\n", "\u{feff}# begin\nWEB=1\nAPI=2\n# end\n");
    let appended = "\n# begin\nWEB=1\nAPI=2\n# end\n";
    for other in
        [" # begin", "# begins", "## begin", "# BEGIN", "A=1 # begin", " # end", "#end", "A\n\u{feff}# begin"]
    {
        check(other, &format!("{other}{appended}"));
    }
}

#[test]
fn a_block_may_become_empty_or_smaller() {
    assert_eq!(with_lines(b"A\n# begin\nOLD\n# end\nB\n", &[]).unwrap(), b"A\n# begin\n# end\nB\n");
    assert_eq!(with_lines(b"# begin\n1\n2\n3\n# end\n", &["1"]).unwrap(), b"# begin\n1\n# end\n");
    assert_eq!(with_lines(b"", &[]).unwrap(), b"# begin\n# end\n");
}

#[test]
fn a_text_need_not_be_utf_8() {
    assert_eq!(
        with_lines(b"\xff\xc3\n# begin\n\x80\n# end\n\xa9", &["A=1"]).unwrap(),
        b"\xff\xc3\n# begin\nA=1\n# end\n\xa9"
    );
}

#[test]
fn damaged_markers_are_an_error() {
    #[track_caller]
    fn check(text: &str, expected: &BlockError, sentence: &str) {
        let error = with_lines(text.as_bytes(), &LINES).unwrap_err();
        assert_eq!(error, *expected);
        assert_eq!(error.to_string(), sentence);
    }
    let no_end = "line 2 begins a block that no later line ends";
    check("A\n# begin\nB\n", &BlockError::NoEnd { line: 2 }, no_end);
    check("A\n# begin", &BlockError::NoEnd { line: 2 }, no_end);
    let no_begin = "line 1 ends a block that no earlier line begins";
    check("# end\n", &BlockError::NoBegin { line: 1 }, no_begin);
    check("# end\n# begin\n", &BlockError::NoBegin { line: 1 }, no_begin);
    check(
        "# begin\n# end\n# end\n",
        &BlockError::NoBegin { line: 3 },
        "line 3 ends a block that no earlier line begins",
    );
    let twice = "line 1 begins a block, and line 4 begins another one";
    check("# begin\n# end\nA\n# begin\n# end\n", &BlockError::Twice { first: 1, second: 4 }, twice);
    check("# begin\n# end\nA\n# begin\n", &BlockError::Twice { first: 1, second: 4 }, twice);
    check("# begin\nA\nB\n# begin\n# end\n", &BlockError::Twice { first: 1, second: 4 }, twice);
}

#[test]
fn what_is_no_text_is_an_error() {
    #[track_caller]
    fn check(bytes: &[u8]) {
        assert_eq!(with_lines(bytes, &LINES), Err(BlockError::NotText));
    }
    check(b"A=1\n\0");
    check(b"\xff\xfe");
    check(b"\xff\xfeA\0\n\0");
    check(b"\xfe\xff\0A\0\n");
}
