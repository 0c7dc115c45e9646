//! Text with some of its bytes replaced.

use std::ops::Range;

/// Bytes of a text, and what is to stand there. An empty range is a place to put something in.
#[derive(Debug)]
pub(super) struct Patch {
    pub(super) span: Range<usize>,
    pub(super) text: String,
}

impl Patch {
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Patch {
        Patch { span: at..at, text: text.into() }
    }

    pub(super) fn replace(span: Range<usize>, text: impl Into<String>) -> Patch {
        Patch { span, text: text.into() }
    }

    pub(super) fn remove(span: Range<usize>) -> Patch {
        Patch { span, text: String::new() }
    }
}

/// The text with all of them, none of which overlap. What is put in at one place keeps its order.
pub(super) fn patched(text: &str, mut patches: Vec<Patch>) -> String {
    patches.sort_by_key(|patch| patch.span.start);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for Patch { span, text: new } in patches {
        result += &text[done..span.start];
        result += &new;
        done = span.end;
    }
    result + &text[done..]
}
