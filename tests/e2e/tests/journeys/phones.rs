//! A sign-in with a second factor on a phone, by touch: on a small screen, on one that lies on its side, and with a keyboard on
//! the screen. Not here: what an error moves (`layout.rs`).

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey};

use crate::{expect_hydrated, expect_landing_page, expect_step, open_start, sign_out_on_landing_page, texts, users};

/// A screen, and the part of its height that a keyboard leaves.
struct Screen {
    width: u32,
    height: u32,
    above_keyboard: Option<u32>,
}

const SCREENS: [Screen; 5] = [
    Screen { width: 320, height: 568, above_keyboard: None },
    Screen { width: 390, height: 844, above_keyboard: None },
    Screen { width: 844, height: 390, above_keyboard: None },
    Screen { width: 390, height: 844, above_keyboard: Some(400) },
    Screen { width: 844, height: 390, above_keyboard: Some(190) },
];

/// What keeps a person from the focused field, or from the button that submits it: each is scrolled to first.
const OUT_OF_REACH: &str = "
    const field = document.activeElement;
    const form = field?.form;
    if (!form) return [`no field has the focus, but ${field?.localName}`];
    const problems = [];
    const wider = document.documentElement.scrollWidth - innerWidth;
    if (wider > 0) problems.push(`the page is ${wider} px wider than the screen`);
    const box = (element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return [left, right, top, bottom].map(Math.round);
    };
    for (const element of [form.querySelector('[type=submit]'), field]) {
        const name = element.name || element.innerText.trim();
        element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const [left, right, top, bottom] = box(element);
        if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) {
            problems.push(`${name} is cut: ${box(element)} of ${innerWidth}x${innerHeight}`);
        }
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (!element.contains(there)) problems.push(`${name} is covered by ${there?.cloneNode().outerHTML}`);
    }
    for (const element of form.querySelectorAll('*')) {
        const [left, right] = box(element);
        if (right - left > 1 && (left < 0 || right > innerWidth)) problems.push(`${element.className}: ${box(element)}`);
    }
    return problems;";

async fn out_of_reach(page: &Page) -> Result<Vec<String>> {
    Ok(serde_json::from_value(page.browser.run_script(OUT_OF_REACH).await?)?)
}

/// Taps the field, which brings the keyboard, and fills it in.
async fn fill(page: &Page, screen: &Screen, label: &str, text: &str) -> Result<()> {
    page.tap_field(label).await?;
    page.expect_focus_on(label).await?;
    if let Some(height) = screen.above_keyboard {
        page.browser.resize(screen.width, height).await?;
    }
    let problems = out_of_reach(page).await?;
    ensure!(problems.is_empty(), "`{label}` at {}x{}: {problems:?}", screen.width, screen.height);
    page.fill(label, text).await
}

#[tokio::test]
async fn a_second_factor_by_touch() {
    journey("phones", async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        for (place, screen) in SCREENS.iter().enumerate() {
            page.browser.resize(screen.width, screen.height).await?;
            open_start(page).await?;
            expect_hydrated(page).await?;
            fill(page, screen, texts::USERNAME, user.login).await?;
            fill(page, screen, texts::PASSWORD, user.password).await?;
            page.tap(texts::SIGN_IN).await?;
            expect_step(page, texts::SMS).await?;
            page.tap(texts::SEND_CODE).await?;
            page.expect_field(texts::CODE).await?;
            let code = org.code_in_message(user.login, place + 1).await?;
            let (last, first) = (code.chars().last(), code.get(..code.len() - 1));
            fill(page, screen, texts::CODE, first.unwrap_or_default()).await?;
            // With the last digit the page submits the code by itself.
            page.keys(&last.map(String::from).unwrap_or_default()).await?;
            expect_landing_page(page, user).await?;
            sign_out_on_landing_page(page).await?;
            org.advance_clock(std::time::Duration::from_secs(31)).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_check_sees_what_is_covered_and_what_is_too_wide() {
    const COVER: &str = "
        const bar = document.createElement('div');
        bar.style.cssText = 'position: fixed; inset: 0; z-index: 9';
        document.body.append(bar);
        document.querySelector('form').style.inlineSize = '900px';
        document.activeElement.style.cssText = 'position: fixed; inset-inline-start: -50px';
        return true;";
    journey("phones-check", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.tap_field(texts::USERNAME).await?;
        assert_eq!(out_of_reach(page).await?, Vec::<String>::new());
        page.browser.run_script(COVER).await?;
        let problems = out_of_reach(page).await?;
        for part in ["username is covered", "wider than the screen", "is cut"] {
            assert!(problems.iter().any(|problem| problem.contains(part)), "{part}: {problems:?}");
        }
        Ok(())
    })
    .await;
}
