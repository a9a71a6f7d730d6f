//! The part of the program that asks for tokens: who loads it, and what happens where it cannot be loaded. Not here: what it
//! does (`tokens_openid`).

use anyhow::Result;
use http::Method;
use okta_e2e::{Page, Setup, journey_with, wait_until};
use serde_json::json;

use crate::{expect_errors, sign_in_to, start_sign_in, texts, users, watch_errors};

/// The page is served from a copy, whose files can be taken away.
const COPY: Setup<'_> = Setup { attributes: &[("username", "")], ..Setup::DEFAULT };

/// What the person reads.
const PROBLEM: &str = "The sign-in service has a problem.";

/// Sets the option when the element is parsed, and keeps the result.
async fn ask_for_tokens(page: &Page, tokens: &str) -> Result<()> {
    const SET: &str = "new MutationObserver((_, observer) => {
        const element = document.querySelector('okta-sign-in');
        if (element === null) return;
        observer.disconnect();
        element.tokens = TOKENS;
        element.onSuccess = ({ type }) => { window.__type = type; };
    }).observe(document, { childList: true, subtree: true });";
    let source = SET.replace("TOKENS", tokens);
    page.browser.before_each_page(&source).await?;
    watch_errors(page).await
}

async fn has_loaded(page: &Page, file: &str) -> Result<bool> {
    const NAMES: &str = "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())";
    let names = page.browser.run_script(NAMES).await?;
    Ok(names.as_array().is_some_and(|names| names.contains(&json!(file))))
}

#[tokio::test]
async fn only_a_page_that_gets_tokens_loads_what_asks_for_them() {
    journey_with("tokens-part", Setup::DEFAULT, async |journey| {
        let (page, part) = (&journey.page, journey.site.tokens_part()?);
        sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
        assert!(has_loaded(page, &journey.site.second_part()?).await?);
        assert!(!has_loaded(page, &part).await?);
        ask_for_tokens(page, "{ clientId: '0oasamplebrowserapp0', display: 'redirect' }").await?;
        // While the person answers for a factor.
        sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
        wait_until("the part", async || Ok(has_loaded(page, &part).await?.then_some(()))).await
    })
    .await;
}

#[tokio::test]
async fn a_part_that_cannot_be_fetched_is_requested_again() {
    const HAS: &str = "return window.__type === 'tokens'";
    journey_with("tokens-part-away", COPY, async |journey| {
        let (page, part) = (&journey.page, journey.site.tokens_part()?);
        page.allow_in_console(&part);
        ask_for_tokens(page, "{ clientId: '0oasamplebrowserapp0', display: 'redirect' }").await?;
        journey.site.remove_file(&part)?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(PROBLEM), "{alert}");
        expect_errors(page, &[("tokens-unavailable", true)]).await?;
        journey.site.restore_file(&part)?;
        page.press(texts::RETRY).await?;
        wait_until("tokens", async || Ok((page.browser.run_script(HAS).await? == json!(true)).then_some(()))).await?;
        let asked = journey.org.request_count(&Method::POST, "/api/v1/authn").await?;
        assert_eq!(asked, 1, "the password is not sent again");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_mistake_in_the_option_is_told_when_the_part_is_there() {
    journey_with("tokens-part-mistake", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        page.allow_in_console("tokens.clientId");
        ask_for_tokens(page, "{ display: 'redirect' }").await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        page.alert().await?;
        expect_errors(page, &[("tokens-misconfigured", false)]).await?;
        let lines = page.browser.console().await?;
        assert!(
            lines.iter().any(|line| line.message.contains("tokens.clientId is missing: the id of your app")),
            "{lines:?}"
        );
        Ok(())
    })
    .await;
}
