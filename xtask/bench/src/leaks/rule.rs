//! What is flat: between the first point after which everything is warm and the last point, nothing that can be counted has
//! become more, and the heap has grown by less than one forgotten closure a round. Not here: counting.

use crate::leaks::{Series, census::Census, rounds::Widget};

/// Bytes of heap a round. A forgotten closure with its listener takes more.
pub(crate) const BYTES_A_ROUND: f64 = 200.0;
/// Bytes of heap that come and go without a cause in the page: compiled code, and what the browser keeps.
pub(crate) const NOISE: f64 = 200_000.0;

/// A figure of a census.
type Figure = fn(&Census) -> f64;

/// What is counted, by its name.
pub(crate) const COUNTED: [(&str, Figure); 5] = [
    ("DOM nodes", |census| census.nodes),
    ("listeners", |census| census.listeners),
    ("documents", |census| census.documents),
    ("pending timers", |census| census.timers),
    ("pages of WebAssembly memory", |census| census.wasm_pages),
];

/// What is not flat. The peer is not judged.
pub(crate) fn faults(series: &Series) -> Vec<String> {
    let name = series.kind.name();
    if series.widget == Widget::Peer {
        return Vec::new();
    }
    let Some(span) = Span::of(&series.points) else {
        return vec![format!("{name}: there are too few points")];
    };
    let Span { from, to, before, after } = span;
    let mut faults = Vec::new();
    for (what, of) in COUNTED {
        let (before, after) = (of(before), of(after));
        if after > before {
            faults.push(format!("{name}: {before} {what} after {from} rounds, {after} after {to}"));
        }
    }
    let (grown, allowed) = (span.heap_growth(), NOISE + BYTES_A_ROUND * f64::from(to - from));
    if grown > allowed {
        faults.push(format!("{name}: {grown} bytes of heap more after {to} rounds than after {from}, not {allowed}"));
    }
    faults
}

/// From the first point at which a tenth of the rounds is done to the last.
pub(crate) struct Span<'a> {
    from: u32,
    to: u32,
    before: &'a Census,
    after: &'a Census,
}

impl<'a> Span<'a> {
    pub(crate) fn of(points: &'a [(u32, Census)]) -> Option<Self> {
        let (to, after) = points.last()?;
        let (from, before) = points.iter().find(|(rounds, _)| *rounds > 0 && rounds * 10 >= *to)?;
        (from < to).then_some(Self { from: *from, to: *to, before, after })
    }

    fn heap_growth(&self) -> f64 {
        self.after.heap - self.before.heap
    }

    /// Bytes of heap a round.
    pub(crate) fn slope(&self) -> f64 {
        self.heap_growth() / f64::from(self.to - self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaks::rounds::Kind;

    fn series(widget: Widget, last: Census) -> Series {
        let warm = Census { nodes: 50.0, heap: 1e6, wasm_pages: 20.0, ..Census::default() };
        let points = vec![(0, Census::default()), (100, warm), (1000, last)];
        Series { kind: Kind::Mounts, widget, points }
    }

    #[test]
    fn nothing_more_than_when_it_was_warm_is_flat() {
        let less = Census { nodes: 49.0, heap: 1.1e6, wasm_pages: 20.0, ..Census::default() };
        assert_eq!(faults(&series(Widget::Ours, less)), Vec::<String>::new());
    }

    #[test]
    fn one_more_of_anything_is_told() {
        let same = Census { nodes: 50.0, heap: 1e6, wasm_pages: 20.0, ..Census::default() };
        let changes: [fn(&mut Census); 6] = [
            |census| census.nodes += 1.0,
            |census| census.listeners += 1.0,
            |census| census.documents += 1.0,
            |census| census.timers += 1.0,
            |census| census.wasm_pages += 1.0,
            |census| census.heap += 400_000.0,
        ];
        for change in changes {
            let mut more = same;
            change(&mut more);
            assert_eq!(faults(&series(Widget::Ours, more)).len(), 1, "{more:?}");
            assert_eq!(faults(&series(Widget::Peer, more)), Vec::<String>::new());
        }
    }

    #[test]
    fn too_few_points_are_no_proof() {
        let points = vec![(0, Census::default()), (1000, Census::default())];
        assert_eq!(faults(&Series { kind: Kind::Mounts, widget: Widget::Ours, points }).len(), 1);
    }
}
