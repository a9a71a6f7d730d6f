//! Sends one-time codes by SMS, voice call or email, for verification and for enrollment.

use crate::{
    call::Call,
    error::ApiError,
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        outbox::{Channel, Message},
        user::User,
    },
};

/// The channel of a factor's codes, if they are sent.
pub(crate) fn channel(kind: Kind) -> Option<Channel> {
    match kind {
        Kind::Sms => Some(Channel::Sms),
        Kind::Call => Some(Channel::Call),
        Kind::Email => Some(Channel::Email),
        _ => None,
    }
}

/// Sends a new code for this factor; the previous one becomes invalid.
pub(crate) fn send_code(
    org: &mut Org,
    call: &Call,
    user: &User,
    factor: &Factor,
    channel: Channel,
) -> Result<(), ApiError> {
    let now = call.now;
    org.outbox.may_send(&factor.id, channel, now)?;
    let code = org.random.digits(channel.code_length());
    org.codes.keep(&factor.id, &code, now.after(org.settings.code_life));
    let text = match channel {
        Channel::Call => format!("Your {} verification code is {}.", org.name, spoken(&code)),
        Channel::Sms | Channel::Email => format!("Your {} verification code is {code}.", org.name),
    };
    let message = Message {
        at: now.iso(),
        channel,
        login: user.short_name().to_owned(),
        to: address(user, factor),
        text,
        code: Some(code),
        link: None,
        language: call.language.clone(),
    };
    org.outbox.send(&factor.id, now, message);
    Ok(())
}

fn spoken(code: &str) -> String {
    let digits: Vec<String> = code.chars().map(String::from).collect();
    digits.join(" ")
}

fn address(user: &User, factor: &Factor) -> String {
    match &factor.data {
        FactorData::Phone(phone) => match &phone.extension {
            Some(extension) => format!("{} ext. {extension}", phone.number),
            None => phone.number.clone(),
        },
        _ => user.profile.email.clone(),
    }
}
