//! The hook's cookie: what one key seals, this key opens, and nothing else opens. Not here: what the hook does with it
//! (`hook`).

use crate::input::Input;
use data_encoding::BASE64URL_NOPAD;
use okta_backend_hook::cookie::{self, Contents, Sealer, SentPush};
use okta_backend_hook::openid::pending::Pending;
use std::sync::LazyLock;

const OLD: &str = "b25lIGtleSB0aGF0IHNlYWxzIG5vdGhpbmcgbW9yZSE=";
const NEW: &str = "YSBrZXkgdGhhdCBzZWFscyB3aGF0IGlzIG5ldyBoZXI=";
const OTHERS: &str = "YW5vdGhlciBrZXkgdGhhdCBub2JvZHkga25vd3Mgb2Y=";

static KEYS: LazyLock<[Sealer; 4]> =
    LazyLock::new(|| [OLD.to_owned(), NEW.to_owned(), format!("{NEW}\n{OLD}"), OTHERS.to_owned()].map(sealer));

fn sealer(keys: String) -> Sealer {
    Sealer::from_keys(&keys.into()).expect("keys of 32 bytes")
}

/// A byte says what the rest is.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    match input.byte() % 4 {
        0 => refused(&String::from_utf8_lossy(input.rest())),
        1 => refused(&BASE64URL_NOPAD.encode(input.rest())),
        2 => header(&String::from_utf8_lossy(input.rest())),
        _ => sealed(&mut input),
    }
}

/// Nobody but the hook has sealed something.
fn refused(value: &str) {
    for keys in &*KEYS {
        assert!(keys.open(value).is_none() && Pending::open(keys, value, 0).is_none(), "{value:?} is taken");
    }
}

/// A value is a part of the header, behind its name.
fn header(text: &str) {
    let Some(value) = cookie::value_in(text, cookie::NAME) else {
        assert!(!text.starts_with(&[cookie::NAME, "="].concat()), "{text:?} has one");
        return;
    };
    assert!(text.contains(&[cookie::NAME, "=", value].concat()) && !value.contains(';'), "{value:?} of {text:?}");
    refused(value);
}

fn sealed(input: &mut Input<'_>) {
    let [has_session, has_proof, has_push] = input.flags();
    let place = usize::from(input.byte()) << 8 | usize::from(input.byte());
    let (xor, time) = (input.byte(), i64::from(input.byte()) - 128);
    let contents = Contents {
        user: input.text().into_owned(),
        session: has_session.then(|| input.text().into_owned()),
        opened: time,
        expires: time.saturating_mul(i64::MAX / 64),
        proved_until: has_proof.then_some(-time),
        sent_push: has_push.then(|| SentPush { transaction: input.text().into_owned(), at: time }),
    };
    let [old, new, both, others] = &*KEYS;
    let sealed = [old, new, both].map(|keys| keys.seal(&contents).expect("contents can be sealed"));
    let [by_old, by_new, by_both] = &sealed;
    let opens = |keys: &Sealer, value: &str| {
        let opened = keys.open(value);
        // Too long for a cookie, so it is not opened.
        assert!(opened.is_none() || opened.as_ref() == Some(&contents));
        opened.is_some() || value.len() > 2048
    };
    assert!(opens(old, by_old) && opens(new, by_new) && opens(both, by_old) && opens(both, by_new));
    assert!(opens(new, by_both) && opens(both, by_both));
    assert!(old.open(by_both).is_none() && old.open(by_new).is_none() && new.open(by_old).is_none());
    for value in &sealed {
        assert!(others.open(value).is_none());
        assert!(Pending::open(both, value, i64::MIN).is_none(), "a session is no request that waits");
        assert!(both.open_for::<Contents>(b"another purpose", value).is_none(), "a session for another purpose");
        assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{value:?}");
        let set = cookie::set(value, time);
        assert_eq!(cookie::value_in(set.split(';').next().unwrap_or_default(), cookie::NAME), Some(value.as_str()));
    }
    let mut bytes = BASE64URL_NOPAD.decode(by_both.as_bytes()).expect("it is base64url");
    let place = place % bytes.len();
    bytes[place] ^= xor.max(1);
    assert!(both.open(&BASE64URL_NOPAD.encode(&bytes)).is_none(), "byte {place} can be changed");
    bytes.truncate(place);
    assert!(both.open(&BASE64URL_NOPAD.encode(&bytes)).is_none(), "{place} bytes are enough");
}
