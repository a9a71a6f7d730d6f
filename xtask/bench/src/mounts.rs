//! Measures mounting and unmounting a widget a hundred times.

use anyhow::Context as _;

use crate::{Measured, figures::Figures, profile::Profile, site::Site, visit::Visit};

const TIMES: u32 = 100;

/// Measures a hundred mounts.
pub(crate) async fn measure(site: &Site, figures: &mut Figures) -> Measured {
    let journey = site.contender.journey.context("this contender has no further screens")?;
    let profile = Profile::Fast;
    let visit = Visit::open(site, profile, None).await?;
    let mut note = |name: &str, value: f64| figures.add(site.contender.name, profile.name(), name, value);
    visit.until("__seen.typeable").await?;
    visit.run_to_end(journey.mount_once).await?;
    let before = visit.memory().await?;
    let script = format!(
        "const start = performance.now();
        for (let time = 0; time < {TIMES}; time += 1) {{ {} }}
        return performance.now() - start;",
        journey.mount_once
    );
    let time = visit.run_to_end(&script).await?.as_f64().context("a time")?;
    note("100 mounts, ms", time);
    note("100 mounts leave behind, bytes", visit.memory().await? - before);
    visit.close().await
}
