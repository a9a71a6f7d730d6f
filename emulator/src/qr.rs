//! QR codes as PNG, and the `otpauth` URI for authenticator apps.

use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::{Color, QrCode};

/// Pixels per module.
const SCALE: usize = 5;
/// Width of the quiet zone in modules, as the standard requires.
const QUIET_ZONE: usize = 4;

/// The URI that an authenticator app reads: account and secret.
pub(crate) fn otpauth(issuer: &str, account: &str, secret: &[u8]) -> String {
    let escape = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
        BASE32_NOPAD.encode(secret),
        issuer = escape(issuer),
        account = escape(account),
    )
}

/// A QR code of the text; `None` if the text is too long.
pub(crate) fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let side = (width + 2 * QUIET_ZONE) * SCALE;
    let dark = |x: usize, y: usize| {
        let module = |pixel: usize| (pixel / SCALE).checked_sub(QUIET_ZONE).filter(|at| *at < width);
        matches!((module(x), module(y)), (Some(x), Some(y)) if code[(x, y)] == Color::Dark)
    };
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        pixels.extend((0..side).map(|x| if dark(x, y) { 0_u8 } else { 255 }));
    }
    let mut picture = Vec::new();
    let side = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut picture, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(picture)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_png() {
        let uri = otpauth("Rain Cloud", "jeff.beck@acme.com", b"1234567890");
        assert!(uri.starts_with("otpauth://totp/Rain%20Cloud:jeff%2Ebeck%40acme%2Ecom?secret="), "{uri}");
        let picture = png(&uri).unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
    }
}
