//! Hardware tokens: RSA and on-prem (PIN before the code), Symantec VIP, YubiKey OTP, and HOTP tokens.
//! Their codes are simulated; `/control/codes` shows them.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use webauthn_rs_core::crypto::compute_sha256;

use super::totp::{TotpCheck, TotpDevice};
use crate::time::Timestamp;

/// A hardware token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) style: Style,
    pub(crate) credential_id: String,
    pub(crate) device: TotpDevice,
}

/// How its codes are computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Style {
    /// A PIN, then a TOTP code.
    Pin { pin: String, asks_for_new: bool },
    /// A TOTP code.
    Timed,
    /// 44 characters: key id and counter.
    Yubikey { uses: u64 },
    /// The next code of a counter (HOTP).
    Counted { uses: u64 },
}

/// Result of checking a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenCheck {
    Right,
    Wrong,
    Reused,
    OutsideWindow,
    /// The token needs another input; this is its prompt.
    Wants(String),
}

/// The modhex alphabet, which is at the same place on every keyboard layout.
const LETTERS: &str = "cbdefghijklnrtuv";
const NEW_PIN: &str = "Enter a new PIN having from 4 to 8 digits:";
/// How many codes of a counter may be skipped.
const LOOK_AHEAD: u64 = 10;

impl Token {
    /// The code that the token shows now, with its PIN.
    pub(crate) fn code(&self, now: Timestamp) -> String {
        match &self.style {
            Style::Pin { pin, .. } => format!("{pin}{}", self.device.code(now)),
            Style::Timed => self.device.code(now),
            Style::Yubikey { uses } => self.press(*uses),
            Style::Counted { uses } => self.device.code_of_step(*uses),
        }
    }

    /// Checks a code, and marks it as used if it is right.
    pub(crate) fn check(&mut self, code: &str, now: Timestamp) -> TokenCheck {
        match &mut self.style {
            Style::Pin { pin, asks_for_new: true } => {
                let is_pin = (4..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
                if !is_pin || self.device.is_accepted(code, now) {
                    return TokenCheck::Wants(NEW_PIN.to_owned());
                }
                code.clone_into(pin);
                self.style = Style::Pin { pin: code.to_owned(), asks_for_new: false };
                TokenCheck::Wants("Wait for the code to change, then enter your new PIN and the new code:".to_owned())
            }
            Style::Pin { pin, .. } => match code.strip_prefix(pin.as_str()) {
                Some(code) => self.device.check(code, now).into(),
                None => TokenCheck::Wrong,
            },
            Style::Timed => self.device.check(code, now).into(),
            Style::Yubikey { uses } => {
                let uses = *uses;
                if (0..uses).any(|used| self.press(used) == code) {
                    return TokenCheck::Reused;
                }
                match (uses..uses + LOOK_AHEAD).find(|next| self.press(*next) == code) {
                    Some(this) => {
                        self.style = Style::Yubikey { uses: this + 1 };
                        TokenCheck::Right
                    }
                    None => TokenCheck::Wrong,
                }
            }
            Style::Counted { uses } => {
                let uses = *uses;
                match (uses..uses + LOOK_AHEAD).find(|next| self.device.code_of_step(*next) == code) {
                    Some(this) => {
                        self.style = Style::Counted { uses: this + 1 };
                        TokenCheck::Right
                    }
                    None => TokenCheck::Wrong,
                }
            }
        }
    }

    /// The output of the n-th press of a YubiKey: 12 characters of key id and 32 of changing data, in modhex.
    fn press(&self, uses: u64) -> String {
        let mut seen = self.device.secret.clone();
        seen.extend(uses.to_be_bytes());
        let [name, rest] = [compute_sha256(&self.device.secret), compute_sha256(&seen)];
        let bytes: Vec<u8> = name.into_iter().take(6).chain(rest.into_iter().take(16)).collect();
        // Modhex is hexadecimal with other letters.
        let digits = HEXLOWER.encode(&bytes);
        digits.chars().filter_map(|digit| LETTERS.chars().nth(digit.to_digit(16)? as usize)).collect()
    }
}

impl From<TotpCheck> for TokenCheck {
    fn from(check: TotpCheck) -> Self {
        match check {
            TotpCheck::Right => Self::Right,
            TotpCheck::Wrong => Self::Wrong,
            TotpCheck::Reused => Self::Reused,
            TotpCheck::OutsideWindow => Self::OutsideWindow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Clock;

    fn token(style: Style) -> Token {
        let device = TotpDevice::new(b"12345678901234567890".to_vec());
        Token { style, credential_id: "1".to_owned(), device }
    }

    #[test]
    fn each_kind_of_token_accepts_a_code_once() {
        let now = Clock::default().now();
        let styles = [
            (Style::Pin { pin: "1234".to_owned(), asks_for_new: false }, 10),
            (Style::Timed, 6),
            (Style::Yubikey { uses: 0 }, 44),
            (Style::Counted { uses: 0 }, 6),
        ];
        for (style, length) in styles {
            let mut token = token(style);
            let code = token.code(now);
            assert_eq!(code.len(), length, "{code}");
            assert_eq!(token.check("nonsense", now), TokenCheck::Wrong);
            assert_eq!(token.check(&code, now), TokenCheck::Right);
            assert_ne!(token.check(&code, now), TokenCheck::Right);
        }
    }

    #[test]
    fn a_new_pin_is_required_and_then_used() {
        let now = Clock::default().now();
        let mut token = token(Style::Pin { pin: "1234".to_owned(), asks_for_new: true });
        let old = token.code(now);
        assert_eq!(token.check(&old, now), TokenCheck::Wants(NEW_PIN.to_owned()));
        assert!(matches!(token.check("5678", now), TokenCheck::Wants(prompt) if prompt != NEW_PIN));
        assert_eq!(token.check(&old, now), TokenCheck::Wrong);
        assert_eq!(token.check(&token.clone().code(now), now), TokenCheck::Right);
    }
}
