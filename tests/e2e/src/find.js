// Finds visible elements, also in open shadow roots. Runs as a function body with a query and its arguments.
// Not here: accessible names, which the browser computes (WebDriver's "computed label").
const SELECTORS = {
  press: 'button, a[href], summary, input[type=submit], input[type=button], [role=button], [role=link]',
  field: 'input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select',
  check: 'input[type=checkbox], [role=checkbox], [role=switch]',
  image: 'img, svg[role=img], [role=img]',
  heading: 'h1, h2, h3, h4, [role=heading]',
  alert: '[role=alert]',
  message: '[role=alert], [role=status]',
  frame: 'iframe',
};

function* elements(root, selector) {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector)) yield element;
    if (element.shadowRoot) yield* elements(element.shadowRoot, selector);
  }
}

const visible = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;

// Some engines put a blank before a comma that is hidden from sight.
const squeeze = (text) => text.replace(/\s+/g, ' ').replace(/ ,/g, ',').trim();

function text(root) {
  const parts = root.body ? [root.body.innerText] : [...root.children].filter(visible).map((child) => child.innerText);
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot && visible(element)) parts.push(text(element.shadowRoot));
  }
  return parts.join('\n');
}

// A message that describes an invalid field with focus is no alert: the field is read with it.
const described = (kind) =>
  [...elements(document, kind === 'alert' ? '[aria-invalid=true][aria-describedby]' : '[aria-describedby]')]
    .filter((e) => e.matches('input, select'))
    .flatMap((e) => e.getAttribute('aria-describedby').split(' ').map((id) => e.getRootNode().getElementById(id)))
    .filter(Boolean);
const found = (kind) => [
  ...new Set([...elements(document, SELECTORS[kind]), ...(kind === 'heading' ? [] : described(kind))]),
];

const questions = {
  // A checkbox is often drawn by its label and hidden itself.
  candidates: (kind) => [...elements(document, SELECTORS[kind])].filter((e) => kind === 'check' || visible(e)),
  texts: (kind) => found(kind).filter(visible).map((e) => squeeze(e.innerText)).filter(Boolean),
  textsOf: (selector) => [...elements(document, selector)].filter(visible).map((e) => squeeze(e.innerText)),
  text: () => squeeze(text(document)),
  focus: () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return null;
    return { element, tag: element.localName, role: element.getAttribute('role'), text: squeeze(element.innerText ?? '') };
  },
};

const [question, ...rest] = arguments;
return questions[question](...rest);
