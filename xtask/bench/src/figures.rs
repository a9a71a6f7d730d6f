//! The measured values of all runs, with medians and ratios.

use std::collections::BTreeMap;

use serde::Serialize;

/// All values, by contender, profile and figure, in the order of the runs.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Figures(BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<f64>>>>);

/// Median, minimum and maximum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Figures {
    /// Adds the value of a run.
    pub(crate) fn add(&mut self, contender: &str, profile: &str, figure: &str, value: f64) {
        let profiles = self.0.entry(contender.to_owned()).or_default();
        profiles.entry(profile.to_owned()).or_default().entry(figure.to_owned()).or_default().push(value);
    }

    /// All values of a figure.
    pub(crate) fn values(&self, contender: &str, profile: &str, figure: &str) -> &[f64] {
        let found = || self.0.get(contender)?.get(profile)?.get(figure);
        found().map_or(&[], Vec::as_slice)
    }

    /// The median of a figure; `None` if it was not measured.
    pub(crate) fn spread(&self, contender: &str, profile: &str, figure: &str) -> Option<Spread> {
        Spread::of(self.values(contender, profile, figure))
    }

    /// The ratio of a figure between two contenders, computed per round.
    pub(crate) fn ratio(&self, one: &str, other: &str, profile: &str, figure: &str) -> Option<Spread> {
        let pairs = self.values(one, profile, figure).iter().zip(self.values(other, profile, figure));
        Spread::of(&pairs.map(|(one, other)| one / other).collect::<Vec<_>>())
    }
}

impl Spread {
    /// The median and range of these values.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let upper = *sorted.get(middle)?;
        let lower = if sorted.len().is_multiple_of(2) { *sorted.get(middle - 1)? } else { upper };
        Some(Self { median: f64::midpoint(lower, upper), least, most })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn median_and_range() {
        assert_eq!(Spread::of(&[3.0, 1.0, 2.0]), Some(Spread { median: 2.0, least: 1.0, most: 3.0 }));
        assert_eq!(Spread::of(&[4.0, 1.0]), Some(Spread { median: 2.5, least: 1.0, most: 4.0 }));
        assert_eq!(Spread::of(&[]), None);
    }

    #[test]
    fn ratios_are_computed_per_round() {
        let mut figures = Figures::default();
        for (one, other) in [(1.0, 2.0), (30.0, 40.0), (5.0, 50.0)] {
            figures.add("a", "p", "f", one);
            figures.add("b", "p", "f", other);
        }
        assert_eq!(figures.ratio("a", "b", "p", "f"), Some(Spread { median: 0.5, least: 0.1, most: 0.75 }));
        assert_eq!(figures.ratio("a", "c", "p", "f"), None);
    }
}
