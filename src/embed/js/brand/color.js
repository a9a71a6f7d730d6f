// Colours: contrast as WCAG 2 defines it, and what is derived from an accent colour.
// Not here: where a colour is set.

/** The least contrast between text and what is behind it (WCAG 2.2, 1.4.3 AA). */
export const LEAST_CONTRAST = 4.5;

// What the widget's own text and accents stand on, as in styles/tokens.css.
export const SURFACES = { light: "#ffffff", dark: "#191c22" };

const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];

/** The three channels of `#rgb` or `#rrggbb`; `undefined` for anything else. */
export function parse(color) {
  const [, digits] = /^\s*#([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(color) ?? [];
  if (!digits) return undefined;
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g);
  return pairs.map((pair) => Number.parseInt(pair, 16));
}

const text = (channels) =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;

const luminance = (channels) => {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const ratio = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** The contrast of two colours, from 1 to 21. */
export const contrast = (one, other) => ratio(parse(one), parse(other));

const mix = (from, to, part) => from.map((channel, index) => channel + (to[index] - channel) * part);

// The colour nearest to `color`, on its way to `end`, that can be read on `surface`.
function readable(color, surface, end) {
  for (let percent = 0; percent < 100; percent += 1) {
    // Rounded, as it is written.
    const nearer = mix(color, end, percent / 100).map(Math.round);
    if (ratio(nearer, surface) >= LEAST_CONTRAST) return nearer;
  }
  return end;
}

/**
 * What follows from an accent colour in a colour scheme: the accent itself, darkened or lightened until it can be read
 * on the widget's surface, the text on it, and the accent under the pointer. `undefined` where `color` is none.
 */
export function derive(color, scheme) {
  const given = parse(color);
  if (!given) return undefined;
  const away = scheme === "dark" ? WHITE : BLACK;
  const accent = readable(given, parse(SURFACES[scheme]), away);
  const on = ratio(accent, WHITE) >= ratio(accent, BLACK) ? WHITE : BLACK;
  return {
    accent: text(accent),
    on: text(on),
    // Away from the text on it, so that its contrast grows.
    strong: text(mix(accent, on === WHITE ? BLACK : WHITE, 0.25)),
    given: contrast(text(given), SURFACES[scheme]),
  };
}
