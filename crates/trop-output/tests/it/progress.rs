//! The line that says how far a work is.

use trop_output::ProgressLine;

/// What a terminal shows that only knows `\r`: the last line, with the blanks that something is erased with.
fn shown(written: &str) -> String {
    let mut line: Vec<char> = Vec::new();
    for text in written.split('\r') {
        for (column, character) in text.chars().enumerate() {
            match line.get_mut(column) {
                Some(place) => *place = character,
                None => line.push(character),
            }
        }
    }
    line.into_iter().collect()
}

#[test]
fn it_is_drawn_over_itself_and_erased_in_the_end() {
    let mut written = Vec::new();
    let mut line = ProgressLine::new(&mut written, "looking at directories", 2000);
    for done in [999, 1000, 2000] {
        line.draw(done);
    }
    drop(line);
    let written = String::from_utf8(written).unwrap();
    let (drawn, erased) = written.split_at(written.rfind("2000").unwrap() + 4);
    assert_eq!(
        drawn,
        "\rlooking at directories: 0 of 2000\rlooking at directories: 999 of 2000\
         \rlooking at directories: 1000 of 2000\rlooking at directories: 2000 of 2000"
    );
    assert_eq!(shown(drawn), "looking at directories: 2000 of 2000");
    assert_eq!(shown(&written).trim_end(), "");
    assert!(erased.ends_with('\r'), "{erased:?}");
}
