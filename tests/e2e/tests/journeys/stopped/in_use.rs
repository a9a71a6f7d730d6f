//! A program that stops while it is used: in an answer, in an event, in a timer, in each of its elements. The page overwrites
//! its memory, so that whatever runs next traps. Not here: a program that stops as it starts (`stopped.rs`).

use std::time::Duration;

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Capability, Clock, Fault, Page, Setup, journey_with, wait_until};

use crate::{
    ADJUSTABLE, expect_errors, expect_hydrated, expect_landing_page, open_start, push::send_push,
    registration::WITH_HOOK, sign_in_to, submit_password, texts, users, verify_by_message, watch_errors,
};

const AUTHN: &str = "/api/v1/authn";

/// Keeps the memory of the program.
const KEEP_MEMORY: &str = "
    const memories = [];
    window.__memories = () => memories;
    for (const name of window.WebAssembly ? ['instantiate', 'instantiateStreaming'] : []) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await real.apply(WebAssembly, given);
            memories.push(...Object.values((made.instance ?? made).exports).filter((it) => it instanceof WebAssembly.Memory));
            return made;
        };
    }";
/// Overwrites it: every address in it leads outside.
const BREAK: &str = "return window.__memories().map((memory) => new Uint8Array(memory.buffer).fill(255).length);";

/// Puts another widget into the same page, with this user name.
pub(super) const SECOND_WIDGET: &str = "
    const first = document.querySelector('okta-sign-in');
    const second = document.createElement('okta-sign-in');
    second.setAttribute('base-url', first.getAttribute('base-url'));
    second.setAttribute('username', USERNAME);
    document.querySelector('main').append(second);";

/// A button of the page's own, whose script says that it works.
pub(super) const OWN_BUTTON: &str = "
    const button = document.createElement('button');
    button.textContent = 'Ask the page';
    button.addEventListener('click', () => (button.textContent = 'The page works'));
    document.querySelector('main').append(button);";

/// What the browser says of a trap, in each engine's words.
pub(super) async fn prepare(page: &Page) -> Result<()> {
    for words in ["RuntimeError", "out of bounds", "index out of", "indirect call", "unreachable"] {
        page.allow_in_console(words);
    }
    page.browser.before_each_page(KEEP_MEMORY).await?;
    watch_errors(page).await
}

async fn break_program(page: &Page) -> Result<()> {
    let broken = page.browser.run_script(BREAK).await?;
    ensure!(broken.as_array().is_some_and(|memories| !memories.is_empty()), "there is no memory to break");
    page.browser.run_script(OWN_BUTTON).await.map(|_| ())
}

/// So many widgets say it once each, nothing of them looks alive, and the page's own script goes on.
pub(super) async fn expect_stopped(page: &Page, widgets: usize) -> Result<()> {
    wait_until("all widgets to say it", async || Ok((page.alerts().await?.len() == widgets).then_some(()))).await?;
    assert!(page.alerts().await?.iter().all(|alert| alert.starts_with(texts::STOPPED)), "{:?}", page.alerts().await?);
    page.press("Ask the page").await?;
    page.expect_button("The page works").await?;
    assert_eq!(page.alerts().await?.len(), widgets, "once each");
    expect_errors(page, &vec![("stopped", false); widgets]).await?;
    assert!(!page.has_button_now(texts::SIGN_IN).await?, "the form must not look alive");
    Ok(())
}

pub(super) async fn reload_and_sign_in(page: &Page) -> Result<()> {
    page.press(texts::RELOAD).await?;
    page.expect_heading(texts::START).await?;
    expect_hydrated(page).await?;
    assert_eq!(page.value(texts::PASSWORD).await?, "");
    submit_password(page, users::PASSWORD_ONLY).await?;
    expect_landing_page(page, users::PASSWORD_ONLY).await
}

#[tokio::test]
async fn a_trap_in_an_answer() {
    journey_with("trap-answer", Setup::DEFAULT, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::PASSWORD_ONLY);
        prepare(page).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        org.plan_fault(&Method::POST, AUTHN, 1, Fault::Hold).await?;
        submit_password(page, user).await?;
        org.expect_request_under_way().await?;
        break_program(page).await?;
        org.clear_faults().await?;
        expect_stopped(page, 1).await?;
        if page.browser.can(Capability::BrowsersConsole) {
            let lines = page.browser.console().await?;
            ensure!(!lines.iter().any(|line| line.message.contains(user.password)), "a secret: {lines:?}");
        }
        assert_eq!(org.request_count(&Method::POST, AUTHN).await?, 1, "nothing is sent again");
        reload_and_sign_in(page).await
    })
    .await;
}

#[tokio::test]
async fn a_trap_in_an_event_stops_every_widget() {
    journey_with("trap-event", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        prepare(page).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.browser.run_script(&SECOND_WIDGET.replace("USERNAME", "''")).await?;
        wait_until("the second widget", async || {
            Ok((page.headings().await?.iter().filter(|heading| *heading == texts::START).count() == 2).then_some(()))
        })
        .await?;
        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        break_program(page).await?;
        page.keys("x").await?;
        expect_stopped(page, 2).await?;
        assert_eq!(journey.org.request_count(&Method::POST, AUTHN).await?, 0);
        // A page can take one off.
        page.browser.run_script("document.querySelector('okta-sign-in').remove()").await?;
        assert_eq!(page.alerts().await?.len(), 1);
        reload_and_sign_in(page).await
    })
    .await;
}

#[tokio::test]
async fn a_trap_in_a_timer() {
    journey_with("trap-timer", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        prepare(page).await?;
        send_push(journey, users::OKTA_VERIFY).await?;
        break_program(page).await?;
        page.browser.advance_clock(Duration::from_secs(5)).await?;
        expect_stopped(page, 1).await?;
        let sent = journey.org.requests().await?.len();
        page.browser.advance_clock(Duration::from_secs(30)).await?;
        assert_eq!(journey.org.requests().await?.len(), sent, "it polls no more");
        reload_and_sign_in(page).await
    })
    .await;
}

#[tokio::test]
async fn a_trap_in_the_element_for_factors() {
    let setup = Setup { clock: Clock::Real, ..WITH_HOOK };
    journey_with("trap-my-factors", setup, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, user) = (&journey.page, users::THREE_FACTORS);
        prepare(page).await?;
        sign_in_to(page, user, texts::SMS).await?;
        verify_by_message(page, &journey.org, user, 1).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        page.expect_button(texts::ADD_FACTOR).await?;
        break_program(page).await?;
        page.press(texts::ADD_FACTOR).await?;
        expect_stopped(page, 1).await?;
        assert!(!page.has_button_now(texts::ADD_FACTOR).await?);
        page.press(texts::RELOAD).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        page.expect_button(texts::ADD_FACTOR).await
    })
    .await;
}

/// What a page's own code throws is the page's matter.
#[tokio::test]
async fn an_error_in_a_listener_of_the_page_stops_nothing() {
    const THROWS: &str = "
        for (const name of ['step', 'ready', 'success']) {
            document.addEventListener(name, () => { throw new WebAssembly.RuntimeError(`of the page: ${name}`); });
        }";
    journey_with("trap-of-page", Setup::DEFAULT, async |journey| {
        let (page, user) = (&journey.page, users::THREE_FACTORS);
        page.allow_in_console("of the page");
        page.browser.before_each_page(THROWS).await?;
        watch_errors(page).await?;
        sign_in_to(page, user, texts::SMS).await?;
        expect_errors(page, &[]).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        verify_by_message(page, &journey.org, user, 1).await?;
        expect_landing_page(page, user).await
    })
    .await;
}
