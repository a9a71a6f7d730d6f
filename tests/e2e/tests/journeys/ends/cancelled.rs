//! Sign-ins that are cancelled, one after the other in the same widget, by a script that waits for nothing but what it uses.
//! Not here: what Cancel does with the browser's history (`browser_history.rs`).

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, Setup, journey, journey_with};
use serde_json::json;

use super::BY_CODE;
use crate::{expect_hydrated, expect_step, open_start, submit_password, texts};

/// The org refuses the fifth sign-in of a person within a second.
const TIMES: u64 = 4;
const SECONDS: usize = 5;

/// Signs in up to the second factor and cancels, so many times. Says how often it came through, and what the page says.
const SIGN_IN_AND_CANCEL: &str = r#"
    const widget = document.querySelector("okta-sign-in");
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const type = (name, text) => {
        const input = widget.querySelector(`input[name=${name}]`);
        set.call(input, text);
        input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const button = (text) =>
        [...widget.querySelectorAll("button:not([disabled], [aria-disabled=true])")].find((one) => one.textContent.trim() === text);
    const until = async (find) => {
        for (const start = Date.now(); Date.now() - start < 8000; await new Promise((done) => setTimeout(done))) {
            const found = find();
            if (found) return found;
        }
        throw new Error(widget.innerText);
    };
    const rounds = async () => {
        let done = 0;
        try {
            for (; done < TIMES; done += 1) {
                await until(() => widget.querySelector("input[name=password]"));
                type("username", "LOGIN");
                type("password", "PASSWORD");
                (await until(() => button("Sign in"))).click();
                (await until(() => button("Cancel"))).click();
            }
        } catch (error) {
            return [done, error.message];
        }
        return [done, ""];
    };
    return rounds();"#;

async fn cancel_often(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    open_start(page).await?;
    expect_hydrated(page).await?;
    let script = SIGN_IN_AND_CANCEL
        .replace("TIMES", &TIMES.to_string())
        .replace("LOGIN", BY_CODE.login)
        .replace("PASSWORD", BY_CODE.password);
    for _ in 0..SECONDS {
        assert_eq!(page.browser.run_script(&script).await?, json!([TIMES, ""]));
        journey.org.advance_clock(Duration::from_mins(1)).await?;
    }
    page.expect_heading(texts::START).await?;
    submit_password(page, BY_CODE).await?;
    expect_step(page, texts::SMS).await
}

#[tokio::test]
async fn the_form_is_there_again_each_time() {
    let setup = Setup { attributes: &[("browser-back", "false")], ..Setup::DEFAULT };
    journey_with("cancelled", setup, async |journey| cancel_often(journey).await).await;
}

#[tokio::test]
async fn the_form_is_there_again_each_time_with_an_entry_in_the_history() {
    journey("cancelled-back", async |journey| cancel_often(journey).await).await;
}
