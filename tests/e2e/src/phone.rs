//! The telephone in a person's hand: the app that asks, and links that are opened there. What the page
//! shows meanwhile is not known here.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Org, wait_until};

/// What the person does on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tap {
    /// Yes.
    Approve,
    /// No.
    Deny,
    /// One of the three numbers.
    Number(u32),
    /// Scans the code on the screen, and adds the account.
    SetUp,
}

impl Tap {
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

/// What waits on a phone.
#[derive(Debug, Deserialize)]
struct Waiting {
    login: String,
    correct: Option<u32>,
}

impl Org {
    /// Takes the phone out as soon as it asks, and taps.
    pub async fn on_phone(&self, login: &str, tap: Tap) -> Result<()> {
        self.rings(login).await?;
        self.post("push", &tap.to_json(login)).await
    }

    /// Waits until something waits on this user's phone.
    pub async fn rings(&self, login: &str) -> Result<()> {
        wait_until(&format!("the phone of {login} to ask"), async || Ok(self.waiting(login).await?.map(|_| ()))).await
    }

    /// Whether something waits on this user's phone now.
    pub async fn rings_now(&self, login: &str) -> Result<bool> {
        Ok(self.waiting(login).await?.is_some())
    }

    /// The one right number of the three that the phone shows.
    pub async fn right_number(&self, login: &str) -> Result<u32> {
        wait_until(&format!("three numbers on the phone of {login}"), async || {
            Ok(self.waiting(login).await?.and_then(|waiting| waiting.correct))
        })
        .await
    }

    /// Makes this number the right one, of those that the phone will show.
    pub async fn make_right_number(&self, login: &str, number: u32) -> Result<()> {
        let action = json!({ "login": login, "action": "make-right", "number": number });
        self.post("push", &action).await
    }

    /// Opens a link of a message on the phone, and presses the one button there.
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
