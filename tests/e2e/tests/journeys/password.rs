//! Passwords that end soon, have ended, or live on another site.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, journey};

use crate::{begin_at, has_landed, is_refused, is_told, people, reaches, sign_out_there, submit_password, texts};

/// Types the three passwords and sends them off.
async fn change(page: &Page, old: &str, new: &str, again: &str) -> Result<()> {
    page.fill(texts::OLD_PASSWORD, old).await?;
    page.fill(texts::NEW_PASSWORD, new).await?;
    page.fill(texts::NEW_PASSWORD_AGAIN, again).await?;
    page.press(texts::CHANGE_PASSWORD).await
}

/// Waits until a rule is said to be followed, or not.
async fn rule_is(page: &Page, rule: &str, state: &str) -> Result<()> {
    page.sees(&format!("{rule} , {state}")).await
}

#[tokio::test]
async fn one_that_ends_soon_is_changed() {
    journey("password-warn-change", async |journey| {
        let page = &journey.page;
        let person = people::EXPIRING;
        begin_at(page, person, texts::PASSWORD_WARNS).await?;
        change(page, person.password, "Conservation1915", "Conservation1915").await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;
        page.open("/").await?;
        submit_password(page, people::Person { password: "Conservation1915", ..person }).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn one_that_ends_soon_can_wait() {
    journey("password-warn-later", async |journey| {
        let page = &journey.page;
        begin_at(page, people::EXPIRING, texts::PASSWORD_WARNS).await?;
        page.press(texts::LATER).await?;
        has_landed(page, people::EXPIRING).await
    })
    .await;
}

#[tokio::test]
async fn one_that_has_ended_is_changed_at_the_third_try() {
    journey("password-expired", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::EXPIRED;
        begin_at(page, person, texts::PASSWORD_EXPIRED).await?;
        ensure!(!page.offers_now(texts::LATER).await?, "it cannot wait");

        change(page, "not the old one", "Protactinium91", "Protactinium91").await?;
        is_told(page, texts::WRONG_OLD_PASSWORD).await?;
        // The new one was not at fault and stays.
        assert_eq!(page.value(texts::NEW_PASSWORD).await?, "Protactinium91");
        assert_eq!(page.value(texts::OLD_PASSWORD).await?, "");

        change(page, person.password, "Protactinium91", "Protactinium92").await?;
        is_told(page, texts::PASSWORD_MISMATCH).await?;
        let sent = org.times_asked(&Method::POST, "/api/v1/authn/credentials/change_password").await?;
        assert_eq!(sent, 1, "two that differ are not sent");

        change(page, person.password, "short", "short").await?;
        is_refused(page).await?;
        page.arrives_at(texts::PASSWORD_EXPIRED).await?;
        change(page, person.password, "Protactinium91", "Protactinium91").await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn its_rules_are_listed_and_ticked_while_it_is_typed() {
    journey("password-rules", async |journey| {
        let page = &journey.page;
        let person = people::STRICT;
        begin_at(page, person, texts::PASSWORD_EXPIRED).await?;
        page.fill(texts::NEW_PASSWORD, "sophie").await?;
        rule_is(page, "has at least 12 characters", texts::UNMET).await?;
        rule_is(page, "has a lower-case letter", texts::MET).await?;
        rule_is(page, "has an upper-case letter", texts::UNMET).await?;
        rule_is(page, "has a number", texts::UNMET).await?;
        rule_is(page, "has a symbol", texts::UNMET).await?;
        rule_is(page, "has no part of your username", texts::UNMET).await?;
        rule_is(page, "does not have your first name", texts::UNMET).await?;
        rule_is(page, "does not have your last name", texts::MET).await?;
        page.sees("is none of your last 5 passwords").await?;
        page.sees("replaces one you have used for at least 2 hours").await?;
        page.fill(texts::NEW_PASSWORD, "Archimedes-1987").await?;
        for rule in
            ["has at least 12 characters", "has an upper-case letter", "has a symbol", "does not have your first name"]
        {
            rule_is(page, rule, texts::MET).await?;
        }
        change(page, person.password, "Archimedes-1987", "Archimedes-1987").await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn active_directory_counts_classes_of_characters() {
    journey("password-directory", async |journey| {
        let page = &journey.page;
        let person = people::DIRECTORY;
        begin_at(page, person, texts::PASSWORD_EXPIRED).await?;
        page.sees("has three of these").await?;
        ensure!(!page.text().await?.contains("has a lower-case letter"), "its own minima are not asked");
        change(page, person.password, "Bridges+1985", "Bridges+1985").await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn one_that_lives_elsewhere_is_changed_there() {
    journey("password-elsewhere", async |journey| {
        let page = &journey.page;
        begin_at(page, people::KEPT_ELSEWHERE, texts::PASSWORD_EXPIRED).await?;
        page.sees("Your password is kept by Palo Alto Research.").await?;
        page.offers("Go to Palo Alto Research (https://password.example)").await?;
        ensure!(!page.has_field_now(texts::NEW_PASSWORD).await?, "there is nothing to type here");
        page.press(texts::CANCEL).await?;
        reaches(page, texts::START).await
    })
    .await;
}
