//! The phases of a sign-in: how a person gets there, and the step in which something goes wrong. Not here: what a person
//! does after that (`person.rs`).

use anyhow::Result;
use http::Method;
use okta_e2e::Journey;

use crate::{texts, users, users::User};

/// Where the fault is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// User name and password are sent.
    Primary,
    /// A text message is asked for.
    SendCode,
    /// Its code is sent.
    Code,
    /// A push is waited for.
    Poll,
    /// A factor to set up is chosen.
    Enroll,
    /// Its code is sent.
    Activate,
    /// A code to recover the account is asked for.
    Recovery,
    /// The browser leaves for the org.
    Redirect,
}

impl Phase {
    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Primary => "user name and password",
            Self::SendCode => "sending a code",
            Self::Code => "entering the code",
            Self::Poll => "waiting for a push",
            Self::Enroll => "choosing a factor to set up",
            Self::Activate => "the code of a new factor",
            Self::Recovery => "recovering an account",
            Self::Redirect => "leaving for the org",
        }
    }

    /// A name for files.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::SendCode => "send-code",
            Self::Code => "code",
            Self::Poll => "poll",
            Self::Enroll => "enroll",
            Self::Activate => "activate",
            Self::Recovery => "recovery",
            Self::Redirect => "redirect",
        }
    }

    pub(crate) fn user(self) -> User {
        match self {
            Self::Primary | Self::Redirect => users::PASSWORD_ONLY,
            Self::SendCode | Self::Code => users::THREE_FACTORS,
            Self::Poll => users::OKTA_VERIFY,
            Self::Enroll | Self::Activate => users::MUST_ENROLL,
            Self::Recovery => users::RECOVERS,
        }
    }

    /// The request that fails.
    pub(crate) fn request(self) -> (Method, &'static str) {
        match self {
            Self::Primary => (Method::POST, "/api/v1/authn"),
            Self::SendCode | Self::Code | Self::Poll => (Method::POST, "/api/v1/authn/factors/{id}/verify"),
            Self::Enroll => (Method::POST, "/api/v1/authn/factors"),
            Self::Activate => (Method::POST, "/api/v1/authn/factors/{id}/lifecycle/activate"),
            Self::Recovery => (Method::POST, "/api/v1/authn/recovery/password"),
            Self::Redirect => (Method::GET, "/login/sessionCookieRedirect"),
        }
    }

    /// Goes there on the open start page, up to the last press.
    pub(crate) async fn reach(self, journey: &Journey) -> Result<()> {
        let (page, org, user) = (&journey.page, &journey.org, self.user());
        page.fill(texts::USERNAME, user.login).await?;
        if self == Self::Recovery {
            page.press(texts::FORGOT).await?;
            return page.expect_heading(texts::RECOVER).await;
        }
        page.fill(texts::PASSWORD, user.password).await?;
        if matches!(self, Self::Primary | Self::Redirect) {
            return Ok(());
        }
        page.press(texts::SIGN_IN).await?;
        match self {
            Self::SendCode => page.expect_heading(texts::SMS).await,
            Self::Code => {
                page.press(texts::SEND_CODE).await?;
                page.expect_field(texts::CODE).await?;
                org.message(user.login, 1).await.map(|_| ())
            }
            Self::Poll => {
                page.press(texts::SEND_PUSH).await?;
                page.expect_button(texts::SEND_PUSH_AGAIN).await
            }
            Self::Enroll => page.expect_heading(texts::ENROLL).await,
            Self::Activate => {
                page.press(texts::ENROLL_GOOGLE).await?;
                page.expect_heading(texts::ENROLL_GOOGLE).await?;
                page.expect_field(texts::CODE).await
            }
            Self::Primary | Self::Recovery | Self::Redirect => Ok(()),
        }
    }

    /// What is on the page, and what the step types: labels and values.
    pub(crate) async fn typed(self, journey: &Journey) -> Result<Vec<(&'static str, String)>> {
        let user = self.user();
        let name = (texts::USERNAME, user.login.to_owned());
        Ok(match self {
            Self::Primary | Self::Redirect => vec![name, (texts::PASSWORD, user.password.to_owned())],
            Self::Recovery => vec![name],
            Self::Code => vec![(texts::CODE, journey.org.code_in_message(user.login, 1).await?)],
            Self::Activate => vec![(texts::CODE, self.new_code(journey).await?)],
            Self::SendCode | Self::Poll | Self::Enroll => Vec::new(),
        })
    }

    /// The step in which the fault is met.
    pub(crate) async fn step(self, journey: &Journey, typed: &[(&'static str, String)]) -> Result<()> {
        let page = &journey.page;
        match self {
            Self::Primary | Self::Redirect => page.press(texts::SIGN_IN).await,
            Self::SendCode => page.press(texts::SEND_CODE).await,
            // The page submits a complete code by itself.
            Self::Code | Self::Activate => {
                for (label, code) in typed {
                    page.fill(label, code).await?;
                }
                Ok(())
            }
            Self::Poll => Ok(()),
            Self::Enroll => page.press(texts::ENROLL_GOOGLE).await,
            Self::Recovery => page.press(texts::BY_SMS).await,
        }
    }

    /// The code that the app shows which is being set up.
    pub(crate) async fn new_code(self, journey: &Journey) -> Result<String> {
        let secret: String = journey.page.text_of(texts::SECRET).await?.split_whitespace().collect();
        journey.org.authenticator_code_for(self.user().login, &secret).await
    }

    /// Whether it waits without a press.
    pub(crate) fn polls(self) -> bool {
        self == Self::Poll
    }
}
