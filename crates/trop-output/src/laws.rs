//! What has to hold for any bytes whatever. Each law panics when it is broken, and says how.
//!
//! The tests try them on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

mod errors;
mod shells;
mod texts;

pub use errors::code_of_error;
pub use shells::shells;
pub use texts::texts;

#[cfg(test)]
mod tests {
    use trop_testkit::replay;

    #[test]
    fn texts_of_the_corpus() {
        replay("texts", super::texts);
    }

    #[test]
    fn shells_of_the_corpus() {
        replay("shells", super::shells);
    }
}
