// Names that the scripts and the Rust program share. This file is their only source: build.rs reads it and writes
// the same constants for Rust. A comment directly above a constant is its documentation there.
// Not here: names that only one of the two uses; anything but comments and constants of this form, which is all that
// build/constants.rs accepts.

// The attribute that marks the root of a static form: one that was rendered into the page's HTML before the code
// is there. It is removed when the form belongs to the widget.
export const STATIC_ATTRIBUTE = "data-oaw-static";
// The attribute of a static form's root with the number of nodes that were rendered. With another number of nodes,
// the widget renders the form again.
export const NODES_ATTRIBUTE = "data-oaw-nodes";
// The attribute of a static form's root with the message for the case that the code cannot be loaded.
export const FAILED_ATTRIBUTE = "data-oaw-failed";
// The `name` of the field for the user name. Every form that the widget starts with has it.
export const USERNAME_FIELD = "username";
// The `name` of the list with the country of a phone number. Its values are the regions' codes.
export const PHONE_COUNTRY_FIELD = "phone_country";
// The `name` of the field for a phone number.
export const PHONE_FIELD = "phone";
// The `name` of the field for an extension, beside a phone number that is called.
export const EXTENSION_FIELD = "extension";
// The attribute that marks the widget's style sheet. A page that links it by itself sets the mark.
export const STYLE_MARK = "data-okta-sign-in";

// The name under which tokens are kept, where the page has chosen that: in the tab's `sessionStorage`, or in the page.
export const KEPT_TOKENS_KEY = "okta-sign-in-kept-tokens";

// The query parameter of the page with a state token.
export const STATE_TOKEN_PARAMETER = "stateToken";
// The query parameter of the page with a recovery token.
export const RECOVERY_TOKEN_PARAMETER = "recoveryToken";
// The query parameter of the page with an activation token.
export const ACTIVATION_TOKEN_PARAMETER = "token";
// The attribute that makes the widget read these query parameters.
export const RESUME_ATTRIBUTE = "resume-from-url";
// The value of an attribute that turns a flag off. An empty value turns it on.
export const FALSE_VALUE = "false";

// The attributes of <okta-sign-in> that are options.
export const SIGN_IN_OPTIONS = "base-url org-origins redirect-url redirect-origins session-redirect check-account-setup existing-session username remember-me identifier-first discovery multi-optional-factor-enroll warn-before-password-expired passwordless-auth auto-push email-recovery sms-recovery call-recovery self-service-unlock relay-state state-token recovery-token activation-token resume-from-url autofocus document-title browser-back hook-url";
// The attributes of <okta-sign-in> that are options of what it says.
export const TEXT_OPTIONS = "language application-name";
// The attributes of <okta-my-factors> that are options.
export const MY_FACTORS_OPTIONS = "hook-url sign-in-url redirect-origins autofocus document-title";
