//! What a person does after a fault: reads the page, and does what it offers, until the landing page is there. Not here:
//! the step in which the fault is met (`phase.rs`).

use std::time::Duration;

use anyhow::{Result, bail};
use okta_e2e::{Journey, Page, PhoneAction, wait_until};
use serde_json::json;

use crate::{phase::Phase, texts, users, watch};

/// The most that a person has to do.
const PATIENCE: usize = 16;
/// A pause after a rate limit is over then, and so is that of messages.
const MINUTE: Duration = Duration::from_secs(61);
const WAITED: &str = "(waits)";
/// Messages that ask for patience.
const WAIT: [&str; 2] = ["Wait a moment", "Wait before asking for another"];
/// A poll is due by then.
const A_LOOK: Duration = Duration::from_secs(5);
const NEW_PASSWORD: &str = "Hampton1921";
/// Something is under way, and the page says so; or it is being left, or has no content yet. Firefox's own page about an error
/// is never complete.
const IS_BUSY: &str = "
    if (document.documentURI.startsWith('about:neterror')) return false;
    const widget = document.querySelector('okta-sign-in');
    const title = document.querySelector('h2')?.textContent;
    const isOurs = location.protocol.startsWith('http') && ['/', '/landing.html'].includes(location.pathname);
    return (isOurs && (!title || (widget !== null && title === 'Signed in'))) || document.readyState !== 'complete' || widget?.querySelector('[aria-busy=true], [data-oaw-static]') != null
        || (widget !== null && widget.querySelector('h1, h2') === null)
        || document.querySelector('#title')?.textContent === 'Loading your session';";
/// Whether a pause runs: a button, or a line, says how long.
const IS_PAUSED: &str = "return /Try again in \\d/.test(document.querySelector('okta-sign-in')?.textContent ?? '')";

/// Waits until nothing is under way.
pub(crate) async fn settled(page: &Page) -> Result<()> {
    wait_until("the page to be done", async || Ok((!is_busy(page).await?).then_some(()))).await
}

/// Whether the page says that something is under way.
pub(crate) async fn is_busy(page: &Page) -> Result<bool> {
    // Firefox has no answer of a page that is being left.
    Ok(page.browser.run_script(IS_BUSY).await? != json!(false))
}

/// Whether the page says how long a pause runs.
pub(crate) async fn is_paused(page: &Page) -> Result<bool> {
    Ok(page.browser.run_script(IS_PAUSED).await? == json!(true))
}

/// Advances the clocks of the org and of the page: the org's limits are per minute of its own. An org that is away has none.
pub(crate) async fn time_passes(journey: &Journey, time: Duration) -> Result<()> {
    if journey.org.requests().await.is_ok() {
        journey.org.advance_clock(time).await?;
    }
    journey.page.browser.advance_clock(time).await
}

/// A person in front of the page.
pub(crate) struct Person<'a> {
    journey: &'a Journey,
    phase: Phase,
    /// The heading of the landing page.
    landed_at: &'static str,
    /// What was pressed.
    pub(crate) pressed: Vec<String>,
    /// Codes that the org may have taken already.
    pub(crate) entered: Vec<String>,
}

impl<'a> Person<'a> {
    pub(crate) fn new(journey: &'a Journey, phase: Phase, landed_at: &'static str) -> Self {
        Self { journey, phase, landed_at, pressed: Vec::new(), entered: Vec::new() }
    }

    /// Goes on to the landing page.
    pub(crate) async fn go_on(&mut self) -> Result<()> {
        for _ in 0..PATIENCE {
            settled(&self.journey.page).await?;
            let headings = self.journey.page.headings().await?;
            if headings.iter().any(|heading| heading == self.landed_at) {
                return Ok(());
            }
            self.act(&headings).await?;
        }
        bail!("the landing page is not there after {:?}", self.pressed)
    }

    async fn wait(&mut self) -> Result<()> {
        self.pressed.push(WAITED.to_owned());
        time_passes(self.journey, MINUTE).await
    }

    async fn press(&mut self, name: &str) -> Result<()> {
        self.pressed.push(name.to_owned());
        self.journey.page.press(name).await
    }

    /// Does what the page offers.
    async fn act(&mut self, headings: &[String]) -> Result<()> {
        let page = &self.journey.page;
        let is = |heading: &str| headings.iter().any(|its| its == heading);
        let told = page.messages().await?;
        let waits = |message: &String| WAIT.iter().any(|words| message.contains(words));
        if is_paused(page).await? || (told.iter().any(waits) && self.pressed.last().is_none_or(|last| last != WAITED)) {
            self.wait().await
        } else if page.has_button_now(texts::RETRY).await? {
            self.press(texts::RETRY).await
        } else if is(texts::SESSION) {
            self.press(texts::CONTINUE).await
        } else if is(texts::START) {
            self.start().await
        } else if is(texts::SMS) || is(texts::RECOVERY_CODE) {
            self.code_of_message().await
        } else if is(texts::PUSH) {
            self.push().await
        } else if is(texts::GOOGLE) {
            // The code before was taken.
            self.wait().await?;
            let code = self.journey.org.authenticator_code(self.phase.user().login, "GOOGLE").await?;
            self.enter(&code, texts::VERIFY).await
        } else if is(texts::ENROLL_GOOGLE) {
            let code = self.phase.new_code(self.journey).await?;
            self.enter(&code, texts::ACTIVATE).await
        } else if is(texts::ENROLL) {
            let finishes = page.has_button_now(texts::FINISH).await?;
            self.press(if finishes { texts::FINISH } else { texts::ENROLL_GOOGLE }).await
        } else if is(texts::RECOVER) {
            self.press(texts::BY_SMS).await
        } else if is(texts::RECOVERY_QUESTION) {
            page.fill(users::RECOVERY_QUESTION, users::RECOVERY_ANSWER).await?;
            self.press(texts::CONTINUE).await
        } else if is(texts::PASSWORD_RESET) {
            page.fill(texts::NEW_PASSWORD, NEW_PASSWORD).await?;
            page.fill(texts::NEW_PASSWORD_AGAIN, NEW_PASSWORD).await?;
            self.press(texts::SET_PASSWORD).await
        } else if page.has_button_now(texts::START_OVER).await? {
            self.press(texts::START_OVER).await
        } else if page.has_button_now(texts::CANCEL).await? {
            self.press(texts::CANCEL).await
        } else if self.pressed.len() < 2 && self.phase == Phase::Redirect {
            self.pressed.push("(reloads)".to_owned());
            page.reload().await
        } else if self.phase == Phase::Redirect {
            self.pressed.push("(opens the page)".to_owned());
            page.open("/").await
        } else {
            bail!("a page with the headings {headings:?} offers nothing: {}", page.text().await?)
        }
    }

    /// The form, where the person begins anew, or presses again.
    async fn start(&mut self) -> Result<()> {
        let (page, user) = (&self.journey.page, self.phase.user());
        watch::begin(page).await?;
        if page.value(texts::USERNAME).await? != user.login {
            self.pressed.push("(enters the user name)".to_owned());
            page.fill(texts::USERNAME, user.login).await?;
        }
        if self.phase == Phase::Recovery {
            return self.press(texts::FORGOT).await;
        }
        if page.value(texts::PASSWORD).await? != user.password {
            self.pressed.push("(enters the password)".to_owned());
            page.fill(texts::PASSWORD, user.password).await?;
        }
        self.press(texts::SIGN_IN).await
    }

    async fn code_of_message(&mut self) -> Result<()> {
        let (page, org, login) = (&self.journey.page, &self.journey.org, self.phase.user().login);
        let sent = org.messages_to(login).await?;
        if sent == 0 || !page.has_field_now(texts::CODE).await? {
            let sends = page.has_button_now(texts::SEND_CODE).await?;
            return self.press(if sends { texts::SEND_CODE } else { texts::RESEND_CODE }).await;
        }
        let code = org.code_in_message(login, sent).await?;
        if self.entered.contains(&code) && page.value(texts::CODE).await? != code {
            // It was taken, or is wrong: another one is needed.
            self.wait().await?;
            return self.press(texts::RESEND_CODE).await;
        }
        let is_recovery = self.phase == Phase::Recovery;
        self.enter(&code, if is_recovery { texts::NEXT } else { texts::VERIFY }).await
    }

    /// Enters a code: the button is pressed where it is there already, and the page submits a new one by itself.
    async fn enter(&mut self, code: &str, button: &str) -> Result<()> {
        let page = &self.journey.page;
        if page.value(texts::CODE).await? == code {
            return self.press(button).await;
        }
        self.pressed.push("(enters the code)".to_owned());
        self.entered.push(code.to_owned());
        page.submit_code(texts::CODE, code, button).await
    }

    async fn push(&mut self) -> Result<()> {
        let (page, org, login) = (&self.journey.page, &self.journey.org, self.phase.user().login);
        if page.has_button_now(texts::SEND_PUSH).await? {
            // A new sign-in: what the phone may still show is of the one before.
            return self.press(texts::SEND_PUSH).await;
        }
        if org.is_on_phone_now(login).await? {
            self.pressed.push("(approves)".to_owned());
            org.on_phone(login, PhoneAction::Approve).await?;
            return self.wait_for_poll().await;
        }
        // Approved before, and nobody has asked: the page polls.
        let waits = self.pressed.last().is_some_and(|last| last == "(approves)" || last == texts::RETRY);
        if waits {
            return self.wait_for_poll().await;
        }
        self.press(texts::SEND_PUSH_AGAIN).await
    }

    /// Lets the page poll until it moves on. After polls that failed, that takes up to 16 s.
    async fn wait_for_poll(&self) -> Result<()> {
        let page = &self.journey.page;
        for _ in 0..4 {
            time_passes(self.journey, A_LOOK).await?;
            settled(page).await?;
            if !page.headings().await?.iter().any(|heading| heading == texts::PUSH) {
                return Ok(());
            }
        }
        Ok(())
    }
}
