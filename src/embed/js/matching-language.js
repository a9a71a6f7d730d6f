// Which of the languages fits a tag, as the browser completes both. `xtask/languages` decides in the same way.
// Not here: where a tag comes from.

function maximized(tag) {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return {};
  }
}

/** Returns the tag of those in `available` that fits `wanted` best: of the same language and script, else none. */
export function matching(wanted, available) {
  const { language, script, region } = maximized(wanted);
  const fits = (same) => script && available.find((tag) => same(maximized(tag)));
  return (
    fits((other) => other.language === language && other.script === script) ||
    // Languages of one country that are written alike, such as the two Norwegian ones.
    fits((other) => other.region === region && other.script === script)
  );
}
