//! The labels of a reservation, which stay once they are stored.

/// A project and a task, where there are any.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Labels {
    pub(crate) project: Option<String>,
    pub(crate) task: Option<String>,
}

/// The labels that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Naming {
    /// Where there is none, what is stored stays.
    pub(crate) asked: Labels,
    /// Whether other labels that are stored may go.
    pub(crate) may_change: bool,
}

impl Naming {
    /// The labels of a reservation that has these already. `None`: they may not change.
    pub(crate) fn on_stored(&self, stored: &Labels) -> Option<Labels> {
        Some(Labels {
            project: self.one(self.asked.project.as_ref(), stored.project.as_ref())?,
            task: self.one(self.asked.task.as_ref(), stored.task.as_ref())?,
        })
    }

    fn one(&self, asked: Option<&String>, stored: Option<&String>) -> Option<Option<String>> {
        match (asked, stored) {
            (Some(asked), Some(stored)) if asked != stored && !self.may_change => None,
            (asked, stored) => Some(asked.or(stored).cloned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_is_stored_gives_way_only_with_leave() {
        fn labels(project: Option<&str>) -> Labels {
            Labels { project: project.map(str::to_owned), task: Some("t".to_owned()) }
        }
        #[track_caller]
        fn check(
            asked: Option<&str>,
            may_change: bool,
            stored: Option<&str>,
            expected: Option<Option<&str>>,
        ) {
            let asked = Labels { task: None, ..labels(asked) };
            let found = Naming { asked, may_change }.on_stored(&labels(stored));
            assert_eq!(found, expected.map(labels));
        }
        check(None, false, Some("p"), Some(Some("p")));
        check(None, true, Some("p"), Some(Some("p")));
        check(Some("p"), false, Some("p"), Some(Some("p")));
        check(Some("q"), false, None, Some(Some("q")));
        check(Some("q"), false, Some("p"), None);
        check(Some("q"), true, Some("p"), Some(Some("q")));
    }
}
