//! A whole sign-in with a text message on a slow machine: how long each answer takes to be seen, and what
//! memory is in use before and after.

use std::time::Duration;

use anyhow::Context as _;
use okta_e2e::Org;
use serde_json::json;
use tokio::time::sleep;

use crate::{Measured, figures::Figures, profile::Profile, site::Site, visit::Visit};

const PERSON: [&str; 2] = ["jeff.beck", "xaxaxaxaxa"];

/// One journey.
pub(crate) async fn measure(site: &Site, org: &Org, figures: &mut Figures) -> Measured {
    let journey = site.contender.journey.context("it has no journey")?;
    let profile = Profile::SlowMachine;
    let visit = Visit::open(site, profile, None).await?;
    let mut note = |name: &str, value: f64| figures.note(site.contender.name, profile.name(), name, value);
    visit.until("__seen.typeable").await?;
    sleep(Duration::from_secs(3)).await;
    note("memory after load, bytes", visit.memory().await?);
    visit.act("__seen.longTasks.length = 0").await?;

    let keystroke = "
        const input = __seen.find(USERNAME);
        const times = [];
        for (let key = 0; key < 20; key += 1) {
            const start = performance.now();
            input.value += 'x';
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await new Promise((resolve) => queueMicrotask(resolve));
            times.push(performance.now() - start);
            // A person does not type all in one task.
            await new Promise((resolve) => setTimeout(resolve));
        }
        input.value = '';
        times.sort((one, other) => one - other);
        return times[times.length / 2];";
    let keystroke = keystroke.replace("USERNAME", &json!(site.contender.form.username).to_string());
    note("a keystroke, ms", visit.run_to_end(&keystroke).await?.as_f64().context("a time")?);

    // A change in the same form does not wait for anyone: the next click must find its button.
    let next = |selector: &str| format!("__seen.next({})", json!(selector));
    let click = |selector: &str| format!("__seen.find({}).click()", json!(selector));
    visit.act(&next(journey.send_code)).await?;
    // A person does not type and press in one task.
    let form = &site.contender.form;
    visit.act(&format!("__seen.type({}, {})", json!(form.username), json!(PERSON[0]))).await?;
    if let Some(password) = &form.password {
        visit.act(&format!("__seen.type({}, {})", json!(password), json!(PERSON[1]))).await?;
    }
    visit.act(&click(form.button)).await?;
    note("answer to next screen, ms", visit.number_when_there("__seen.painted").await?);
    // Okta's widget moves its screens in, and takes no click meanwhile.
    sleep(Duration::from_secs(1)).await;
    // The journey before may have had its code sent a moment ago.
    org.advance_clock(Duration::from_mins(1)).await?;
    let sent = org.messages_to(PERSON[0]).await?;
    visit.act(&click(journey.send_code)).await?;
    visit.until(&format!("__seen.sees({})", json!(journey.code))).await?;
    let code = org.code_in_message(PERSON[0], sent + 1).await?;
    visit.act(&format!("__seen.type({}, {})", json!(journey.code), json!(code))).await?;
    visit.act(&click(journey.verify)).await?;
    visit.until("document.body.hasAttribute('data-done')").await?;
    note(
        "longest task after load, ms",
        visit.number("Math.max(0, ...__seen.longTasks.map(([, time]) => time))").await?,
    );
    note("memory after the sign-in, bytes", visit.memory().await?);
    visit.close().await
}
