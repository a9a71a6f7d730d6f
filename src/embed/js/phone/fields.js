// The fields of a phone number in a form: its country, the number, and for calls an extension. They are brought up to date
// while a person types, and read when the form is submitted.
// Not here: the rules (rules.js); the fields' markup, which the program renders.

import { EXTENSION_FIELD, PHONE_COUNTRY_FIELD, PHONE_FIELD } from "../constants.js";
import { toAscii } from "./text.js";

/** What the program calls, with the functions of the rules. */
export function createFields({ read, format, split }) {
  return { follow, readForm };

  /** The person has typed in the field for the number, or left it, or chosen a country: `event` is of such a field. */
  function follow({ target, type, isComposing, inputType = "" }) {
    // An input method has what it composes under its own control. What has come of it is seen with the next event.
    if (isComposing) return;
    const fields = fieldsOf(target.form);
    const { list, input } = fields;
    if (target === list) list.dataset.chosen = list.value;
    else if (type === "change") moveExtension(fields);
    const chosen = chosenIn(list);
    const { text, caret, region } = format(chosen, input.value, input.selectionStart, inputType);
    if (region !== list.value) {
      list.dataset.chosen = chosen;
      list.value = region;
      if (list.selectedIndex < 0) list.value = "";
    }
    if (text === input.value) return;
    input.value = text;
    // Elsewhere, a caret would take the focus in some browsers.
    if (type === "input") input.setSelectionRange(caret, caret);
  }

  /** Reads the number of a form: `{number, extension, problem}`. An extension in the field for it counts more. */
  function readForm(form) {
    const { list, input, extension } = fieldsOf(form);
    const found = read(chosenIn(list), input.value);
    return { ...found, extension: toAscii(extension?.value ?? "").trim() || found.extension };
  }

  function moveExtension({ list, input, extension }) {
    if (!extension || extension.value) return;
    const found = split(chosenIn(list), input.value);
    if (!found.extension) return;
    input.value = found.number;
    extension.value = found.extension;
  }
}

const fieldsOf = ({ elements }) => ({
  list: elements.namedItem(PHONE_COUNTRY_FIELD),
  input: elements.namedItem(PHONE_FIELD),
  extension: elements.namedItem(EXTENSION_FIELD),
});

// The country that was chosen. The list shows another one where a number is typed with that one's code; how such a number
// begins depends on where one calls from.
const chosenIn = (list) => list.dataset.chosen ?? list.value;
