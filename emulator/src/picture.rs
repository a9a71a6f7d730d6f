//! Security images: a generated pattern per user, as PNG.

use webauthn_rs_core::crypto::compute_sha256;

/// Cells per side; the pattern is mirror-symmetric.
const CELLS: usize = 5;
/// Pixels per cell.
const SCALE: usize = 24;

/// The pattern of a name; plain grey without a name.
pub(crate) fn pattern(name: Option<&str>) -> Vec<u8> {
    let digest = name.map(|name| compute_sha256(name.as_bytes()));
    let byte = |at: usize| digest.and_then(|digest| digest.get(at).copied()).unwrap_or(0);
    let colour = if digest.is_some() { [byte(29) / 2, byte(30) / 2, byte(31) / 2] } else { [0xbb; 3] };
    let ground = if digest.is_some() { [0xf4; 3] } else { colour };
    let side = CELLS * SCALE;
    let mut pixels = Vec::with_capacity(side * side * 3);
    for y in 0..side {
        for x in 0..side {
            let column = (x / SCALE).min(CELLS - 1 - x / SCALE);
            let filled = byte(y / SCALE * CELLS + column) & 1 == 1;
            pixels.extend(if filled { colour } else { ground });
        }
    }
    encode(side, &pixels).unwrap_or_default()
}

fn encode(side: usize, pixels: &[u8]) -> Option<Vec<u8>> {
    let side = u32::try_from(side).ok()?;
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, side, side);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().ok()?.write_image_data(pixels).ok()?;
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_its_own_image() {
        let [one, same, other, no_one] = [Some("ada"), Some("ada"), Some("bob"), None].map(pattern);
        assert!(one.starts_with(b"\x89PNG"));
        assert_eq!(one, same);
        assert!(one != other && one != no_one);
    }
}
