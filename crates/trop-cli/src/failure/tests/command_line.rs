//! What the parser refuses.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use super::Sample;
use crate::arguments::command;
use crate::run::usage_diagnostic;

pub(super) fn samples() -> Vec<Sample> {
    let lines = [
        "",
        "resevre",
        "frobnicate",
        "config",
        "config sho",
        "reserve --prot 5000",
        "reserve --frobnicate",
        "reserve 5000",
        "reserve --port",
        "reserve --port 70000",
        "reserve --port web",
        "reserve --port 5000 --port 5001",
        "reserve --strict-port",
        "reserve --overwrite=yes",
        "reserve --project shop --clear-project",
        "reserve --format xml",
        "list --color sometimes",
        "list --format yaml",
        "list --verbose --quiet",
        "release --tag web --untagged-only",
        "migrate",
        "migrate --from /srv/a",
    ];
    let in_words = lines.map(|line| sample(line, line.split_whitespace().map(OsString::from)));
    let not_unicode = sample(
        "reserve --port <not Unicode>",
        ["reserve".into(), "--port".into(), OsString::from_vec(b"5\xff".to_vec())],
    );
    in_words.into_iter().chain([not_unicode]).collect()
}

fn sample(line: &str, arguments: impl IntoIterator<Item = OsString>) -> Sample {
    let arguments = [OsString::from("trop")].into_iter().chain(arguments);
    let error = command().try_get_matches_from(arguments).unwrap_err();
    Sample { title: format!("trop {line}").trim_end().to_owned(), diagnostic: usage_diagnostic(error) }
}
