//! A program that stops, or never starts: the page says so, and offers a way on.

mod in_use;
mod memory;

use okta_e2e::{Setup, journey_with};

use crate::{expect_errors, expect_hydrated, expect_landing_page, submit_password, texts, users, watch_errors};

/// A WebAssembly module without anything in it.
const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

/// A second part that is not what it says makes the first trap.
#[tokio::test]
async fn a_trap_is_told_and_a_reload_starts_again() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("trap", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console("RuntimeError");
        let second_part = journey.site.second_part()?;
        journey.site.accept_any_file()?;
        journey.site.replace_file(&second_part, EMPTY_MODULE)?;
        // The part is loaded when the browser is idle.
        watch_errors(page).await?;
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::STOPPED), "{alert}");
        expect_errors(page, &[("stopped", false)]).await?;
        assert_eq!(page.alerts().await?.len(), 1);
        assert!(!page.has_button_now(texts::SIGN_IN).await?, "the form must not look alive");
        journey.site.restore_file(&second_part)?;
        // The file is older than the copy in the cache.
        page.press(texts::RELOAD).await?;
        page.expect_heading(texts::START).await?;
        expect_hydrated(page).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

/// A page whose script makes the element has no static form.
pub(crate) const ADD_ELEMENT: &str = "
    const element = document.createElement('okta-sign-in');
    element.setAttribute('base-url', document.body.dataset.baseUrl);
    document.querySelector('main').replaceChildren(element);
    return import('/okta-sign-in.js').then(() => true);";

#[tokio::test]
async fn a_program_that_cannot_be_loaded_is_told_without_a_form() {
    const CORE: &str = "okta-sign-in-core_bg.wasm";
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("load-failure", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console("okta-sign-in");
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await?;
        journey.site.remove_file(CORE)?;
        page.browser.run_script(ADD_ELEMENT).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::LOAD_FAILED), "{alert}");
        journey.site.restore_file(CORE)?;
        page.press(texts::RETRY).await?;
        page.expect_heading(texts::START).await?;
        page.expect_focus().await?;
        submit_password(page, users::PASSWORD_ONLY).await
    })
    .await;
}
