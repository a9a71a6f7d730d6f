// The rules of phone numbers, which the program has loaded when it asks for one: libphonenumber's metadata in its smallest
// form, which has every region, national prefix, length and grouping, with the code that reads it.
// Not here: what is made of them (phone/); when this is loaded (phone.js).

import { AsYouType, Metadata, parsePhoneNumberFromString, validatePhoneNumberLength } from "libphonenumber-js/core/es6";
import metadata from "libphonenumber-js/min/metadata";

import { createFields } from "./phone/fields.js";
import { createRules } from "./phone/rules.js";

const library = { AsYouType, Metadata, parsePhoneNumberFromString, validatePhoneNumberLength };

export const rules = createFields(createRules(library, metadata));
