//! Reads what `--record` has written into the page: when it was measured, and the medians. Not here: writing the tables
//! (`report.rs`), drawing them (`chart.rs`).

/// The page with the tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recorded<'a>(pub(crate) &'a str);

impl<'a> Recorded<'a> {
    /// The sentence about date, browser and machine, and the one about the runs.
    pub(crate) fn summary(self) -> Option<&'a str> {
        self.0.lines().find(|line| line.starts_with("Measured on "))
    }

    /// The day of the measurement.
    pub(crate) fn date(self) -> Option<&'a str> {
        self.summary()?.strip_prefix("Measured on ")?.split(':').next()
    }

    /// The median of a figure, from the table with this title.
    pub(crate) fn median(self, title: &str, figure: &str, contender: &str) -> Option<f64> {
        let mut lines = self.0.lines().skip_while(|line| line.strip_suffix(':') != Some(title)).skip(2);
        let column = cells(lines.next()?).position(|name| name == contender)?;
        let mut row = lines.take_while(|line| line.starts_with('|')).map(cells);
        let mut row = row.find_map(|mut row| (row.next()? == figure).then_some(row))?;
        // The first column is the figure's name.
        let shown = row.nth(column.checked_sub(1)?)?;
        shown.split(' ').next()?.replace(',', "").parse().ok()
    }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.trim_matches('|').split('|').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Page\n\nMeasured on 2026-11-24: Chrome/1 on linux, 2 cores of X. Medians of 7 runs.\n
Slow: a phone:\n\n| | one | other |\n|---|--:|--:|\n| bytes | 1,629 (1,600 to 1,700) | - |\n| ms | 0.5 (0.1 to 2.0) | 12 |\n
Fast:\n\n| | one |\n|---|--:|\n| bytes | 7 (7 to 7) |\n";

    #[test]
    fn the_median_of_the_right_table_row_and_column() {
        let page = Recorded(PAGE);
        assert_eq!(page.date(), Some("2026-11-24"));
        assert_eq!(page.median("Slow: a phone", "bytes", "one"), Some(1_629.0));
        assert_eq!(page.median("Slow: a phone", "bytes", "other"), None);
        assert_eq!(page.median("Slow: a phone", "ms", "other"), Some(12.0));
        assert_eq!(page.median("Slow: a phone", "ms", "one"), Some(0.5));
        assert_eq!(page.median("Fast", "bytes", "one"), Some(7.0));
        assert_eq!(page.median("Fast", "ms", "one"), None);
        assert_eq!(page.median("Slow", "bytes", "one"), None);
        assert_eq!(Recorded("").date(), None);
    }
}
