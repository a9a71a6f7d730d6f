// Notes in which languages the widget speaks, whenever what it shows has changed and before it is painted: `spoken` in the
// session's storage has each state once, with an example of a text.
// Not here: the messages, which take the place of MESSAGES, by language.
(() => {
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const cases = (message) => {
    const plural = /^\{\w+, plural, (.*)\}$/s.exec(message);
    if (!plural) return [message];
    const texts = plural[1].matchAll(/\S+ \{((?:[^{}]|\{[^{}]*\})*)\}/g);
    return [...texts].map(([, text]) => text.replaceAll("#", "{number}"));
  };
  const PLACEHOLDER = /\{\w+\}/g;
  const hasWords = (text) => text.replace(PLACEHOLDER, "").replace(/[^\p{L}]/gu, "").length > 2;
  const pattern = (text) => new RegExp(`^${text.split(PLACEHOLDER).map(escape).join("[^]+")}$`);
  const speakers = Object.entries(MESSAGES).map(([language, messages]) => [
    language,
    messages.flatMap(cases).filter(hasWords).map(pattern),
  ]);
  const languagesOf = (text) =>
    speakers.filter(([, patterns]) => patterns.some((pattern) => pattern.test(text))).map(([language]) => language);

  function* texts(root) {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = root; node; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) yield node.data.trim();
      else for (const name of ["aria-label", "alt", "title", "placeholder"]) yield node.getAttribute(name) ?? "";
    }
  }

  function note() {
    const said = new Map();
    for (const root of document.querySelectorAll(".oaw")) {
      if (root.lang) said.set(root.lang, "(lang)");
      for (const text of texts(root)) {
        const languages = languagesOf(text);
        // A text that two languages have says nothing.
        if (languages.length === 1) said.set(languages[0], text);
      }
    }
    if (!said.size) return;
    const spoken = JSON.parse(sessionStorage.getItem("spoken") ?? "[]");
    const state = [...said.keys()].sort().join(" + ");
    if (spoken.at(-1)?.[0] === state) return;
    sessionStorage.setItem("spoken", JSON.stringify([...spoken, [state, [...said.values()].join(" | ")]]));
  }

  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();
