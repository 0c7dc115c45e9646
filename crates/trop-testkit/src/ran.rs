//! How a program ended.

use std::process::Output;

/// A run that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// The exit code; none when a signal ended the program.
    pub code: Option<i32>,
    /// Everything it wrote to its standard output.
    pub stdout: String,
    /// Everything it wrote to its standard error.
    pub stderr: String,
    command: String,
}

impl Ran {
    /// How `command`, a text for people, ended.
    ///
    /// # Panics
    /// When the output is not Unicode.
    #[must_use]
    #[track_caller]
    pub fn new(command: String, output: Output) -> Ran {
        let unicode = |bytes, name| match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => panic!("the {name} of `{command}` is not Unicode: {:?}", error.into_bytes()),
        };
        let stdout = unicode(output.stdout, "stdout");
        let stderr = unicode(output.stderr, "stderr");
        Ran { code: output.status.code(), stdout, stderr, command }
    }

    /// The same run, which ended with that exit code.
    ///
    /// # Panics
    /// When it ended in another way, telling everything about it.
    #[track_caller]
    pub fn expect(self, code: i32) -> Ran {
        self.expect_one_of(&[code])
    }

    /// The same run, which ended with one of these exit codes.
    ///
    /// # Panics
    /// When it ended in another way, telling everything about it.
    #[track_caller]
    pub fn expect_one_of(self, codes: &[i32]) -> Ran {
        if self.code.is_some_and(|code| codes.contains(&code)) {
            return self;
        }
        let Ran { code, stdout, stderr, command } = self;
        let came = code.map_or("a signal".to_owned(), |code| format!("exit code {code}"));
        let expected = codes.iter().map(i32::to_string).collect::<Vec<_>>().join(" or ");
        panic!(
            "`{command}` ended with {came} instead of {expected}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        );
    }
}
