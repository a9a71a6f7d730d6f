//! The simulated phone of a user: pushes, Okta Verify enrollment, links in messages.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Org, wait_until};

/// The user's action on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneAction {
    /// Approve the push.
    Approve,
    /// Deny the push.
    Deny,
    /// Choose one of the three numbers.
    Number(u32),
    /// Scan the QR code and add the account.
    SetUp,
}

impl PhoneAction {
    fn to_json(self, login: &str) -> Value {
        let action = match self {
            Self::Approve => "approve",
            Self::Deny => "deny",
            Self::Number(number) => return json!({ "login": login, "action": "number", "number": number }),
            Self::SetUp => "set-up",
        };
        json!({ "login": login, "action": action })
    }
}

/// Something that waits on a phone.
#[derive(Debug, Deserialize)]
struct Waiting {
    login: String,
    correct: Option<u32>,
}

impl Org {
    /// Waits for something on this user's phone, and acts.
    pub async fn on_phone(&self, login: &str, action: PhoneAction) -> Result<()> {
        self.expect_on_phone(login).await?;
        self.post("push", &action.to_json(login)).await
    }

    /// Waits for something on this user's phone.
    pub async fn expect_on_phone(&self, login: &str) -> Result<()> {
        wait_until(&format!("the phone of {login} to ask"), async || Ok(self.waiting(login).await?.map(|_| ()))).await
    }

    /// Whether something waits on this user's phone now.
    pub async fn is_on_phone_now(&self, login: &str) -> Result<bool> {
        Ok(self.waiting(login).await?.is_some())
    }

    /// The correct one of the three numbers.
    pub async fn correct_number(&self, login: &str) -> Result<u32> {
        wait_until(&format!("three numbers on the phone of {login}"), async || {
            Ok(self.waiting(login).await?.and_then(|waiting| waiting.correct))
        })
        .await
    }

    /// Sets the correct number, of those that the phone will show.
    pub async fn set_correct_number(&self, login: &str, number: u32) -> Result<()> {
        let action = json!({ "login": login, "action": "make-right", "number": number });
        self.post("push", &action).await
    }

    /// Opens a link on the phone, and presses its button.
    pub async fn open_on_phone(&self, link: &str) -> Result<()> {
        let answer = self.http.post(link).send().await?;
        answer.error_for_status()?;
        Ok(())
    }

    async fn waiting(&self, login: &str) -> Result<Option<Waiting>> {
        let waiting: Vec<Waiting> = self.get("push", &[]).await?;
        Ok(waiting.into_iter().find(|waiting| waiting.login == login))
    }
}
