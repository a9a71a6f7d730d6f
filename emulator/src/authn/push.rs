//! Setting up Okta Verify: sends the URL of the QR code by email or SMS.
//!
//! Not here: the answer of the phone (`control/phone.rs`).

use crate::{
    authn::{enroll::pending, new_factor::number, progress::save},
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        outbox::{Channel, Message},
        transaction::{Awaited, PendingEnrollment},
        user::User,
    },
};

/// `POST .../lifecycle/activate/{email|sms}`.
pub(crate) fn send_link(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (transaction, enrollment) = pending(org, call)?;
    let user = org.user(transaction.user()?)?.clone();
    send(org, call, &user, &enrollment)?;
    Ok(save(org, call, transaction)?)
}

/// Sends the link over the channel in the path.
pub(crate) fn send(org: &mut Org, call: &Call, user: &User, enrollment: &PendingEnrollment) -> Result<(), ApiError> {
    let Awaited::NewApp(app) = &enrollment.awaited else { return Err(error::NOT_PERMITTED.into()) };
    let (channel, to) = match call.in_path("channel").to_ascii_lowercase().as_str() {
        "email" => (Channel::Email, user.profile.email.clone()),
        "sms" => (Channel::Sms, number(&call.input.object("profile")?)?),
        _ => return Err(error::NO_SUCH_PATH.into()),
    };
    let key = format!("{} link {}", enrollment.factor.id, channel.name());
    org.outbox.may_send(&key, channel, call.now)?;
    let message = Message {
        at: call.now.iso(),
        channel,
        login: user.short_name().to_owned(),
        to,
        text: format!("Open this link on your phone to add your {} account to Okta Verify.", org.name),
        code: None,
        link: Some(org.url(&format!("/okta-verify/{}", app.qr))),
        language: call.language.clone(),
    };
    org.outbox.send(&key, call.now, message);
    Ok(())
}
