// What is wrong with the cards of the overview, a line each: text that is no message of the catalogue, and what does not fit.
// `values` are texts that are no messages: of the fixtures, and those that are the same in every language. In the
// pseudo-language (`isPseudo`) a message is in brackets, and has accents. `hasSpaces`: whether there are spaces between words.
({ values, isPseudo, hasSpaces }) => {
  const findings = [];
  const known = values.toSorted((one, other) => other.length - one.length);

  // Letters that the pseudo-language replaces, and what is there outside of brackets.
  const foreign = (text, depthBefore) => {
    let depth = depthBefore;
    for (const value of known) text = text.replaceAll(value, " ");
    let outside = "";
    for (const letter of text) {
      if (letter === "[") depth += 1;
      else if (letter === "]") depth -= 1;
      else if (depth < 1) outside += letter;
    }
    const wrong = /[\p{L}\p{N}]/u.test(outside) ? outside.trim() : text.match(/\p{L}*[aceinosuyACEINOSUY]\p{L}*/u)?.[0];
    return { depth, wrong };
  };

  // The org's own sentences, in a root that has the language of the screen.
  const hasOtherLanguage = (element, root) => {
    const marked = element.closest("[lang]:not(.oaw, .oaw-brand)");
    return root.contains(marked);
  };

  const checkWords = (root, say) => {
    // The number to be tapped is the one that the phone shows.
    const isMarked = (element) => hasOtherLanguage(element, root) || element.matches(".oaw-number");
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let depth = 0;
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (isMarked(parentElement)) continue;
      const found = foreign(data, depth);
      depth = found.depth;
      if (found.wrong) say(`"${found.wrong}" is no message`, parentElement);
    }
    if (depth !== 0) say("a message is not complete", root);
    for (const element of root.querySelectorAll("*")) {
      for (const name of ["aria-label", "alt", "title", "placeholder", "data-caps", "data-show", "data-hide"]) {
        const { wrong } = foreign(element.getAttribute(name) ?? "", 0);
        if (wrong) say(`"${wrong}" in ${name} is no message`, element);
      }
    }
  };

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest(".oaw-hidden, .oaw-button .oaw-spinner + span");
  const common = (one, other) => ({
    width: Math.min(one.right, other.right) - Math.max(one.left, other.left),
    height: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  });
  const overlap = (one, other) => {
    const { width, height } = common(one, other);
    return width > 1 && height > 1;
  };

  // What scrolls by itself, shows no text of ours, or has a drawing that is turned, which counts as it was.
  const SCROLLS = "input, select, option, iframe, svg, svg *, img, details, summary";

  const checkBoxes = (root, shown, say) => {
    const panel = root.firstElementChild.getBoundingClientRect();
    for (const element of shown) {
      const box = element.getBoundingClientRect();
      if (box.left < panel.left - 0.5 || box.right > panel.right + 0.5) say("is outside of the form", element);
      if (box.left < -0.5 || box.right > innerWidth + 0.5) say("is outside of the window", element);
      if (element.matches(SCROLLS)) continue;
      const { display, overflowY } = getComputedStyle(element);
      if (display === "inline") continue;
      if (element.scrollWidth > element.clientWidth + 2) say("is wider than its box", element);
      if (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 2) say("is cut off", element);
    }
  };

  const checkControls = (shown, say) => {
    const controls = shown.filter((element) =>
      element.matches("a[href], button, summary, select, label.oaw-checkbox, input:not([type=checkbox], [hidden])"));
    controls.forEach((one, place) => {
      for (const other of controls.slice(place + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const [box, otherBox] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        if (!overlap(box, otherBox)) continue;
        // The button that shows a secret lies over the field, but not over its text.
        if (one.matches("input") && other.matches(".oaw-reveal")) {
          const { paddingLeft, paddingRight } = getComputedStyle(one);
          const left = box.left + parseFloat(paddingLeft);
          const right = box.right - parseFloat(paddingRight);
          if (!overlap({ left, right, top: box.top, bottom: box.bottom }, otherBox)) continue;
        }
        say(`overlaps ${described(other)}`, one);
      }
    });
  };

  const checkTexts = (root, say) => {
    const lines = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode: text } = texts;
      const element = text.parentElement;
      if (!text.data.trim() || element.matches("option") || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const block = element.closest("p, li, label, button, a, summary, h2, h3, code, .oaw-factor-name, .oaw-done, .oaw-unfinished");
      for (const box of range.getClientRects()) {
        lines.push({ box, element, block });
        const { left, right } = block.getBoundingClientRect();
        if (box.left < left - 1 || box.right > right + 1) say("has text outside of its box", element);
      }
      // A word of letters alone is broken nowhere.
      if (!hasSpaces || element.closest("bdi, code") || hasOtherLanguage(element, root)) continue;
      for (const { 0: word, index } of text.data.matchAll(/(?<![^\s(\[])\p{L}{2,}(?![^\s.,:;?!)\]])/gu)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (tops.size > 1 && !values.some((value) => value.includes(word))) say(`"${word}" is broken`, element);
      }
    }
    lines.forEach((one, place) => {
      for (const other of lines.slice(place + 1)) {
        if (one.block === other.block) continue;
        const { width, height } = common(one.box, other.box);
        if (width > 2 && height > Math.min(one.box.height, other.box.height) / 2) {
          say(`is over the text of ${described(other.element)}`, one.element);
        }
      }
    });
  };

  const described = (element) => {
    const text = (element.textContent || element.value || "").trim().slice(0, 60);
    return `${element.localName}.${element.getAttribute("class") ?? ""} "${text}"`;
  };

  document.querySelector("main").style.padding = "16px";
  const cards = [...document.querySelectorAll(".card")];
  for (const card of cards) {
    card.style.contentVisibility = "visible";
    for (const details of card.querySelectorAll("details")) details.open = true;
  }
  for (const card of cards) {
    const root = card.querySelector(".stage");
    const name = card.querySelector("h3").textContent;
    const say = (what, element) => findings.push(`${name}: ${described(element)}: ${what}`);
    if (isPseudo) checkWords(root, say);
    if (!root.firstElementChild) continue;
    const shown = [...root.querySelectorAll("*")].filter(isShown);
    checkBoxes(root, shown, say);
    checkControls(shown, say);
    checkTexts(root, say);
  }
  return { cards: cards.length, findings: [...new Set(findings)] };
}
