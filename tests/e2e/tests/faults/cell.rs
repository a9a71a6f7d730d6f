//! One row of the matrix: every fault of a group in one phase, with one browser and one org, which begins anew with each
//! cell. And what is checked in each cell. Not here: what is read where (`expected.rs`).

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use okta_e2e::{Capability, Clock, Engine, Journey, Setup, Sites, journey_with};

use crate::{
    expected::{self, Back, Expected},
    fault::{Fault, Group},
    person::{self, Person, settled},
    phase::Phase,
    results::{self, Outcome},
    texts, watch,
};

/// How long the page's clock goes on to see that nothing more is sent.
const QUIET: Duration = Duration::from_secs(30);
/// What is said until another message may be sent.
const SENT_BEFORE: &str = "We sent a code a moment ago.";
/// A request ends at 12 s.
const ALMOST: Duration = Duration::from_secs(11);
const TOO_LONG: Duration = Duration::from_secs(2);
/// The page gives up polling by then, also where each poll takes its whole time.
const POLLS: (u32, Duration) = (40, Duration::from_secs(5));

/// Makes the cells of a row.
pub(crate) async fn row(phase: Phase, group: Group) {
    let sites = if group == Group::Sites { Sites::Two } else { Sites::One };
    let setup = Setup { clock: Clock::Adjustable, sites, ..Setup::default() };
    let name = format!("faults-{}-{}", phase.key(), group.name());
    journey_with(&name, setup, async |journey| {
        journey.page.watch_returns().await?;
        let mut failed = Vec::new();
        for fault in group.faults() {
            let outcome = cell(journey, phase, *fault).await;
            results::write(&outcome)?;
            if let Some(why) = outcome.failed {
                failed.push(format!("{}: {why}", outcome.fault));
                let picture = format!("{name}-{fault:?}").to_lowercase();
                journey.page.screenshot(&picture).await?;
            }
        }
        ensure!(failed.is_empty(), "{} of the cells failed:\n  {}", failed.len(), failed.join("\n  "));
        Ok(())
    })
    .await;
}

/// Makes one cell.
async fn cell(journey: &mut Journey, phase: Phase, fault: Fault) -> Outcome {
    let engine = journey.page.browser.engine().to_string();
    let mut outcome = Outcome { engine, phase: phase.name(), fault: fault.name(), ..Outcome::default() };
    let can_freeze = journey.page.browser.can(Capability::DevTools);
    let expected = match fault {
        Fault::Frozen if !can_freeze => Expected::NotApplicable("only Chromium's driver freezes a page"),
        _ => expected::of(phase, fault),
    };
    if let Expected::NotApplicable(why) = expected {
        outcome.skipped = Some(why);
        return outcome;
    }
    let began = Instant::now();
    let made = make(journey, phase, fault, &mut outcome).await;
    let checked = made.and_then(|back| match back {
        Some(back) => check(&outcome, expected::after(phase, back)),
        None => check(&outcome, expected),
    });
    outcome.failed = checked.err().map(|error| format!("{error:#}"));
    outcome.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    outcome
}

/// Says what has become of the page, if it was left and come back to.
async fn make(journey: &mut Journey, phase: Phase, fault: Fault, outcome: &mut Outcome) -> Result<Option<Back>> {
    if journey.org.requests().await.is_err() {
        journey.org.restart().await.context("the org was left stopped")?;
    }
    journey.org.clear_faults().await?;
    journey.org.reset().await?;
    journey.page.open("/").await?;
    journey.page.browser.run_script("sessionStorage.clear(); localStorage.clear()").await?;
    journey.page.open("/").await?;
    journey.page.expect_heading(texts::START).await?;
    settled(&journey.page).await?;
    watch::begin(&journey.page).await?;
    fault.prepare(journey).await?;
    phase.reach(journey).await.context("on the way to the step")?;
    let typed = phase.typed(journey).await.context("what is typed")?;
    let (before, told) = (journey.page.headings().await?, journey.page.messages().await?);
    fault.begin(journey, phase).await?;
    let back = if fault == Fault::BackForward {
        Some(leave_and_come_back(journey).await?)
    } else {
        phase.step(journey, &typed).await.context("the step")?;
        None
    };
    meanwhile(journey, phase, fault).await.context("meanwhile")?;
    outcome.reads = read(journey, &before, &told).await?;
    if fault == Fault::RateLimit && !phase.polls() && phase != Phase::Redirect {
        ensure!(person::is_paused(&journey.page).await?, "nothing says how long to wait");
    }
    nothing_more_is_sent(journey).await?;
    if outcome.reads.contains(SENT_BEFORE) {
        // The wait is over, also for the org; the last second of it may still be counted.
        journey.page.expect_no_text(SENT_BEFORE).await?;
        journey.org.advance_clock(QUIET).await?;
    }
    outcome.kept = kept(journey, phase, &before, typed.clone()).await?;
    let sent_before = org_received(journey, phase).await.unwrap_or_default();
    fault.mend(journey).await?;
    let landed_at = if fault == Fault::NoCookies { texts::LANDED_WITHOUT } else { texts::LANDED };
    let mut person = Person::new(journey, phase, landed_at);
    person.entered.extend(typed.into_iter().map(|(_, value)| value));
    let landed = person.go_on().await;
    outcome.way = person.pressed;
    landed.context("the way on")?;
    let sent = watch::sent(&journey.page).await?;
    let pressed = outcome.way.iter().filter(|name| *name == texts::SIGN_IN || *name == texts::RETRY).count();
    let first = usize::from(phase != Phase::Recovery);
    outcome.passwords =
        [sent.iter().filter(|sent| sent.password && sent.path == "/api/v1/authn").count(), pressed + first];
    let received = sent_before.max(org_received(journey, phase).await?);
    let (method, path) = phase.request();
    // Where a connection breaks that it has used before, a browser repeats the request by itself.
    let breaks = matches!(fault, Fault::Refused | Fault::Reset | Fault::Lost | Fault::Offline);
    if !path.contains('{') && phase != Phase::Redirect && !breaks {
        let own = sent.iter().filter(|sent| sent.method == method.as_str() && sent.path == path).count();
        ensure!(received <= own, "the page has sent {own} requests to {path}, and the org has received {received}");
    }
    nothing_more_is_sent(journey).await.context("on the landing page")?;
    if fault == Fault::NoCookies {
        // A page of the org itself sees it.
        journey.page.open(&format!("{}/api/v1/sessions/me", journey.org_address)).await?;
        journey.page.expect_text(phase.user().login).await.context("the session of the org")?;
    }
    Ok(back)
}

/// Which page a browser keeps is its own choice: Chromium keeps this one.
async fn leave_and_come_back(journey: &Journey) -> Result<Back> {
    let page = &journey.page;
    page.open("/landing.html").await?;
    page.back().await?;
    settled(page).await?;
    let engine = page.browser.engine();
    Ok(match page.was_kept().await? {
        // WebKit empties the passwords of a page that it shows again.
        true if engine == Engine::Webkit => Back::KeptWithoutPassword,
        true => Back::Kept,
        false if engine == Engine::Chromium => bail!("Chromium has not kept the page"),
        false => Back::Anew,
    })
}

/// The fields that have what was typed into them. Of a form that the person was sent back to, that is the user name.
async fn kept(
    journey: &Journey,
    phase: Phase,
    before: &[String],
    typed: Vec<(&'static str, String)>,
) -> Result<Vec<&'static str>> {
    let page = &journey.page;
    let after = page.headings().await?;
    let starts = after.iter().any(|heading| heading == texts::START);
    let typed = match after == before {
        true => typed,
        false if starts => vec![(texts::USERNAME, phase.user().login.to_owned())],
        false => Vec::new(),
    };
    let mut kept = Vec::new();
    for (label, value) in typed {
        if page.has_field_now(label).await? && page.value(label).await? == value {
            kept.push(label);
        }
    }
    Ok(kept)
}

/// How many of the requests that the fault is about the org has received.
async fn org_received(journey: &Journey, phase: Phase) -> Result<usize> {
    let (method, path) = phase.request();
    journey.org.request_count(&method, path).await
}

/// What happens until the fault can be read.
async fn meanwhile(journey: &mut Journey, phase: Phase, fault: Fault) -> Result<()> {
    if phase.polls() {
        return while_polling(journey, fault).await;
    }
    let page = &journey.page;
    if phase == Phase::Redirect {
        if fault == Fault::Slow {
            // The driver does not answer while the browser leaves.
            journey.org.expect_request_under_way().await?;
            journey.org.clear_faults().await?;
        }
        return settled(page).await;
    }
    match fault {
        Fault::Hang | Fault::LongDrip | Fault::Slow | Fault::Late => {
            journey.org.expect_request_under_way().await?;
            ensure!(person::is_busy(page).await?, "nothing says that it takes a moment");
            page.browser.advance_clock(ALMOST).await?;
            ensure!(person::is_busy(page).await?, "11 s are not too long");
            if fault == Fault::Slow {
                journey.org.clear_faults().await?;
            } else {
                page.browser.advance_clock(TOO_LONG).await?;
            }
            if fault == Fault::Late {
                page.alert().await?;
                // The answer comes to nobody.
                journey.org.clear_faults().await?;
            }
        }
        Fault::Hidden => {
            journey.org.expect_request_under_way().await?;
            page.set_hidden(true).await?;
            page.browser.advance_clock(TOO_LONG).await?;
            journey.org.clear_faults().await?;
            settled(page).await?;
            page.set_hidden(false).await?;
        }
        Fault::Frozen => {
            journey.org.expect_request_under_way().await?;
            freeze(journey, true).await?;
            journey.org.clear_faults().await?;
            journey.org.advance_clock(TOO_LONG).await?;
            freeze(journey, false).await?;
        }
        _ => {}
    }
    settled(&journey.page).await
}

async fn freeze(journey: &Journey, frozen: bool) -> Result<()> {
    let state = if frozen { "frozen" } else { "active" };
    let parameters = serde_json::json!({ "state": state });
    journey.page.browser.devtools("Page.setWebLifecycleState", parameters).await.map(|_| ())
}

/// Lets the page poll until it says something, or has had time to.
async fn while_polling(journey: &mut Journey, fault: Fault) -> Result<()> {
    let page = &journey.page;
    let before = page.messages().await?;
    for round in 0..POLLS.0 {
        person::time_passes(journey, POLLS.1).await?;
        if fault == Fault::Large {
            // It takes its time, which is not the page's: it would be too late by the page's clock.
            journey.org.expect_all_answered().await?;
        }
        if fault.holds() && round == 1 {
            return held_poll(journey, fault).await;
        }
        let told = page.messages().await?;
        let why = [texts::POLL_SLOWED, texts::POLL_TROUBLED];
        let goes_on = told.iter().any(|message| why.iter().any(|why| message.starts_with(why)));
        // Nothing fails here: what the person reads next is that it takes long.
        let takes_long = fault == Fault::BackForward && told != before;
        if goes_on || takes_long || (told != before && page.has_button_now(texts::RETRY).await?) {
            return Ok(());
        }
        if matches!(
            fault,
            Fault::NoCookies | Fault::Drip | Fault::Twice | Fault::DeviceAhead | Fault::DeviceBehind | Fault::WrongType
        ) && round == 3
        {
            return Ok(());
        }
    }
    Ok(())
}

async fn held_poll(journey: &mut Journey, fault: Fault) -> Result<()> {
    let page = &journey.page;
    journey.org.expect_request_under_way().await?;
    match fault {
        Fault::Late => page.browser.advance_clock(ALMOST).await?,
        Fault::Hidden => page.set_hidden(true).await?,
        Fault::Frozen => freeze(journey, true).await?,
        _ => {}
    }
    journey.org.clear_faults().await?;
    match fault {
        Fault::Hidden => {
            let before = journey.org.requests().await?.len();
            page.browser.advance_clock(Duration::from_mins(1)).await?;
            let asked = journey.org.requests().await?.len() - before;
            ensure!(asked <= 4, "a hidden page has polled {asked} times in a minute");
            page.set_hidden(false).await
        }
        Fault::Frozen => freeze(journey, false).await,
        _ => Ok(()),
    }
}

/// What the page says, or where it has led.
async fn read(journey: &Journey, before: &[String], told: &[String]) -> Result<String> {
    let page = &journey.page;
    let mut messages = page.messages().await?;
    messages.retain(|message| !told.contains(message));
    let headings = page.headings().await?;
    let heading = headings.iter().rev().find(|heading| *heading != "Demo company").cloned().unwrap_or_default();
    let moved = headings != before;
    Ok(match (messages.is_empty(), moved) {
        (true, _) => format!("[{heading}]"),
        (false, false) => messages.join(" / "),
        (false, true) => format!("[{heading}] {}", messages.join(" / ")),
    })
}

/// No request is under way, and none is sent by itself.
async fn nothing_more_is_sent(journey: &Journey) -> Result<()> {
    let org = &journey.org;
    // The org may be away.
    if org.requests().await.is_err() {
        return Ok(());
    }
    journey.org.expect_all_answered().await?;
    // On a page of the org, or of the browser, none of our code runs.
    if !journey.page.is_own().await? {
        return Ok(());
    }
    let before = org.requests().await?.len();
    journey.page.browser.advance_clock(QUIET).await?;
    let after = org.requests().await?;
    ensure!(
        after.len() == before || journey.page.headings().await?.iter().any(|heading| heading == texts::PUSH),
        "requests are sent by themselves: {:?}",
        &after[before..]
    );
    Ok(())
}

/// Compares with what is expected.
fn check(outcome: &Outcome, expected: Expected) -> Result<()> {
    let Expected::Reads { text, kept } = expected else { return Err(anyhow!("nothing is expected")) };
    ensure!(outcome.reads.starts_with(text), "it reads `{}`, not `{text}`", outcome.reads);
    ensure!(outcome.kept.len() >= kept, "of what was typed, only {:?} is left", outcome.kept);
    let [sent, pressed] = outcome.passwords;
    ensure!(sent <= pressed, "the password was sent {sent} times, and the button pressed {pressed} times");
    Ok(())
}
