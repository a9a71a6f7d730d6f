//! Measures from the first byte to a handled submit, without and with the browser's cache.

use std::time::Duration;

use tokio::time::sleep;

use crate::{Measured, figures::Figures, profile::Profile, site::Site, visit::Visit};

/// A user without a second factor, so that no transaction remains at the org.
const USER: [&str; 2] = ["ada.byron@example.com", "Analytical1843"];

const FIRST_PAINT: &str = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";

/// Bytes of all resources from the page's own origin so far.
const BYTES: &str = "performance.getEntries()
    .filter((entry) => entry.transferSize !== undefined && new URL(entry.name).origin === location.origin)
    .filter((entry) => entry.responseEnd <= UNTIL)
    .reduce((sum, entry) => sum + entry.transferSize, 0)";

/// Measures one visit.
pub(crate) async fn measure(site: &Site, profile: Profile, figures: &mut Figures) -> Measured {
    let visit = Visit::open(site, profile, Some(USER)).await?;
    let mut note = |name: &str, value: f64| figures.add(site.contender.name, profile.name(), name, value);
    visit.until("__seen.submitted").await?;
    note("first paint, ms", visit.wait_for_number(FIRST_PAINT).await?);
    note("user name can be typed in, ms", visit.number("__seen.typeable").await?);
    note("a submit is handled, ms", visit.number("__seen.submitted").await?);
    note("on the wire until then, bytes", visit.number(&BYTES.replace("UNTIL", "__seen.submitted")).await?);
    // Prefetching during idle time has finished by then.
    sleep(Duration::from_millis(if profile == Profile::Slow { 3_000 } else { 1_500 })).await;
    // A form that was in English until it was gone never was.
    if let Some(time) = visit.evaluate("__seen.readable").await?.as_f64() {
        note("the form is in the page's language, ms", time);
    }
    note("on the wire in all, bytes", visit.number(&BYTES.replace("UNTIL", "Infinity")).await?);
    note("script, ms", visit.metric("ScriptDuration").await? * 1_000.0);
    note("longest task, ms", visit.number("Math.max(0, ...__seen.longTasks.map(([, time]) => time))").await?);
    visit.reopen().await?;
    note("second visit: a submit is handled, ms", visit.wait_for_number("__seen.submitted").await?);
    visit.close().await
}
