//! What an error does to the layout, on narrow screens: nothing overflows sideways, and little moves.

use anyhow::{Result, ensure};
use okta_e2e::{Capability, Page, journey};
use serde_json::Value;

use crate::{different_code, expect_step, open_start, submit_password, texts, users};

/// Widths and heights of two phones.
const PHONES: [(u32, u32); 2] = [(320, 844), (390, 844)];

/// How much of the screen may move, as the Layout Instability API counts it.
const MOST: f64 = 0.05;

/// Counts from now on, also what moves directly after a press, which the browser's own score leaves out.
const OBSERVE: &str = "
    window.__moved = 0;
    window.__observer?.disconnect();
    window.__observer = new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.__moved += value;
    });
    window.__observer.observe({ type: 'layout-shift' });
    return true;";

/// The sum, when two frames are drawn and what they have moved is told.
const MOVED: &str = "
    const frame = () => new Promise(requestAnimationFrame);
    return frame().then(frame).then(() => new Promise((told) => setTimeout(told))).then(() => {
        for (const { value } of window.__observer.takeRecords()) window.__moved += value;
        return window.__moved;
    });";

const OVERFLOWS: &str = "return document.documentElement.scrollWidth > window.innerWidth";

async fn moved(page: &Page) -> Result<f64> {
    Ok(page.browser.run_script(MOVED).await?.as_f64().unwrap_or(f64::NAN))
}

async fn overflows(page: &Page) -> Result<bool> {
    Ok(page.browser.run_script(OVERFLOWS).await? != Value::Bool(false))
}

/// Checks what has moved since [`OBSERVE`], and the width.
async fn expect_calm(page: &Page, what: &str) -> Result<()> {
    let moved = moved(page).await?;
    ensure!(moved < MOST, "{what}: {moved} has moved");
    ensure!(!overflows(page).await?, "{what}: wider than the screen");
    Ok(())
}

#[tokio::test]
async fn an_error_moves_little_and_nothing_overflows() {
    journey("layout-error", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.browser.needs(Capability::LayoutShifts)?;
        let user = users::THREE_FACTORS;
        for (place, (width, height)) in PHONES.into_iter().enumerate() {
            page.browser.resize(width, height).await?;
            open_start(page).await?;
            page.browser.run_script(OBSERVE).await?;
            submit_password(page, users::User { password: "not the password", ..user }).await?;
            page.alert().await?;
            expect_calm(page, &format!("a wrong password at {width}")).await?;

            submit_password(page, user).await?;
            expect_step(page, texts::SMS).await?;
            page.press(texts::SEND_CODE).await?;
            page.expect_field(texts::CODE).await?;
            let code = org.code_in_message(user.login, place + 1).await?;
            page.browser.run_script(OBSERVE).await?;
            crate::verify_code(page, &different_code(&code)).await?;
            page.alert().await?;
            expect_calm(page, &format!("a wrong code at {width}")).await?;
            org.advance_clock(std::time::Duration::from_secs(31)).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_check_sees_what_moves_and_what_overflows() {
    const PUSH: &str = "
        const box = document.createElement('div');
        box.style.cssText = 'height: 200px; width: 2000px';
        document.querySelector('form').prepend(box);
        return true;";
    journey("layout-check", async |journey| {
        let page = &journey.page;
        page.browser.needs(Capability::LayoutShifts)?;
        open_start(page).await?;
        page.browser.run_script(OBSERVE).await?;
        assert!(moved(page).await? < MOST);
        assert!(!overflows(page).await?);
        page.browser.run_script(PUSH).await?;
        assert!(moved(page).await? > MOST);
        assert!(overflows(page).await?);
        Ok(())
    })
    .await;
}
