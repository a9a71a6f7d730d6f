//! Measures a whole sign-in with an SMS on a slow machine: the time from each response to the next screen, and
//! memory before and after.

use std::time::Duration;

use anyhow::Context as _;
use okta_e2e::Org;
use serde_json::json;
use tokio::time::sleep;

use crate::{Measured, figures::Figures, profile::Profile, site::Site, visit::Visit};

const USER: [&str; 2] = ["jeff.beck", "xaxaxaxaxa"];

/// Measures one sign-in.
pub(crate) async fn measure(site: &Site, org: &Org, figures: &mut Figures) -> Measured {
    let journey = site.contender.journey.context("this contender has no further screens")?;
    let profile = Profile::SlowMachine;
    let visit = Visit::open(site, profile, None).await?;
    let mut note = |name: &str, value: f64| figures.add(site.contender.name, profile.name(), name, value);
    visit.until("__seen.typeable").await?;
    sleep(Duration::from_secs(3)).await;
    note("memory after load, bytes", visit.memory().await?);
    visit.run_statement("__seen.longTasks.length = 0").await?;

    let keystroke = "
        const input = __seen.find(USERNAME);
        const times = [];
        for (let key = 0; key < 20; key += 1) {
            const start = performance.now();
            input.value += 'x';
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await new Promise((resolve) => queueMicrotask(resolve));
            times.push(performance.now() - start);
            // A user does not type all keys in one task.
            await new Promise((resolve) => setTimeout(resolve));
        }
        input.value = '';
        times.sort((one, other) => one - other);
        return times[times.length / 2];";
    let keystroke = keystroke.replace("USERNAME", &json!(site.contender.form.username).to_string());
    note("a keystroke, ms", visit.run_to_end(&keystroke).await?.as_f64().context("a time")?);

    // Wait for the next button, because a change within a form is not awaited otherwise.
    let next = |selector: &str| format!("__seen.next({})", json!(selector));
    let click = |selector: &str| format!("__seen.find({}).click()", json!(selector));
    visit.run_statement(&next(journey.send_code)).await?;
    // A user does not type and press in one task.
    let form = &site.contender.form;
    visit.run_statement(&format!("__seen.type({}, {})", json!(form.username), json!(USER[0]))).await?;
    if let Some(password) = &form.password {
        visit.run_statement(&format!("__seen.type({}, {})", json!(password), json!(USER[1]))).await?;
    }
    visit.run_statement(&click(form.button)).await?;
    note("answer to next screen, ms", visit.wait_for_number("__seen.painted").await?);
    // Okta's widget animates its screens and ignores clicks meanwhile.
    sleep(Duration::from_secs(1)).await;
    // The previous journey may have requested a code recently.
    org.advance_clock(Duration::from_mins(1)).await?;
    let sent = org.messages_to(USER[0]).await?;
    visit.run_statement(&click(journey.send_code)).await?;
    visit.until(&format!("__seen.sees({})", json!(journey.code))).await?;
    let code = org.code_in_message(USER[0], sent + 1).await?;
    visit.run_statement(&format!("__seen.type({}, {})", json!(journey.code), json!(code))).await?;
    // A complete code may have been submitted already.
    visit.run_statement(&format!("__seen.find({})?.click()", json!(journey.verify))).await?;
    visit.until("document.body.hasAttribute('data-done')").await?;
    note(
        "longest task after load, ms",
        visit.number("Math.max(0, ...__seen.longTasks.map(([, time]) => time))").await?,
    );
    note("memory after the sign-in, bytes", visit.memory().await?);
    visit.close().await
}
