//! What is noted down while a lock is held, and told once it is given back.

/// Notes for those who want to know everything. For anybody else none is made.
pub(crate) struct Details {
    are_wanted: bool,
    texts: Vec<String>,
}

impl Details {
    /// Nothing is noted yet.
    pub(crate) fn new(are_wanted: bool) -> Details {
        Details { are_wanted, texts: Vec::new() }
    }

    /// Notes down what `text` says, if it says anything.
    pub(crate) fn add<T: Into<Option<String>>>(&mut self, text: impl FnOnce() -> T) {
        if self.are_wanted {
            self.texts.extend(text().into());
        }
    }

    /// Forgets everything: what was noted is done once more.
    pub(crate) fn start_again(&mut self) {
        self.texts.clear();
    }

    /// The notes, the first one in front.
    pub(crate) fn into_texts(self) -> Vec<String> {
        self.texts
    }
}
