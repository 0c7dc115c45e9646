//! The median of many figures, and between what the middle half of them lies.

/// What many figures come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) runs: usize,
    pub(crate) lower_quartile: f64,
    pub(crate) median: f64,
    pub(crate) upper_quartile: f64,
}

impl Spread {
    /// `None` of none. Between two figures it takes the share that is due to each.
    pub(crate) fn of(mut figures: Vec<f64>) -> Option<Spread> {
        figures.sort_by(f64::total_cmp);
        let last = figures.len().checked_sub(1)?;
        let at = |quarters: usize| {
            let (below, share) = (last * quarters / 4, (last * quarters % 4) as f64 / 4.0);
            let above = figures[(below + 1).min(last)];
            figures[below] + (above - figures[below]) * share
        };
        Some(Spread { runs: figures.len(), lower_quartile: at(1), median: at(2), upper_quartile: at(3) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(figures: &[f64], expected: [f64; 3]) {
        let spread = Spread::of(figures.to_vec()).unwrap();
        assert_eq!([spread.lower_quartile, spread.median, spread.upper_quartile], expected);
        assert_eq!(spread.runs, figures.len());
    }

    #[test]
    fn of_some_figures() {
        check(&[7.0], [7.0, 7.0, 7.0]);
        check(&[3.0, 1.0], [1.5, 2.0, 2.5]);
        check(&[5.0, 1.0, 4.0, 2.0, 3.0], [2.0, 3.0, 4.0]);
        check(&[1.0, 2.0, 3.0, 1000.0], [1.75, 2.5, 252.25]);
    }

    #[test]
    fn of_none() {
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
