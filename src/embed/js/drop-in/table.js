// What becomes of each option, method and event of okta-signin-widget: the only place that says so. The code works by
// it, and tests compare docs/migration.md with it.
// Not here: how a value is converted (options.js).

/** Applied, under our name `to` where that is another one. */
const taken = (to) => ({ verdict: "taken", to });
/** Applied under our name; the console says how that differs. */
const renamed = (to, why) => ({ verdict: "renamed", to, why });
/** What the widget does anyway: only `false` is reported. */
const always = (why) => ({ verdict: "always", why });
/** Has no effect. The console says what to do. A flag is reported where it is on. */
const refused = (why) => ({ verdict: "refused", why });
const SIGNED_IN = "the widget asks with prompt=none, when the person has signed in";
const ENGINE = "only Identity Engine has it";

/** The options. A dot separates a group from its member. */
export const OPTIONS = {
  // A page's names are looked up in it.
  __proto__: null,
  // Basic.
  el: taken(),
  baseUrl: taken("baseUrl"),
  issuer: taken("baseUrl"),
  username: taken("username"),
  relayState: taken("relayState"),
  stateToken: taken("stateToken"),
  recoveryToken: taken("recoveryToken"),
  transformUsername: taken("transformUsername"),
  processCreds: taken("processCredentials"),
  useClassicEngine: always("an org on Identity Engine has to answer /api/v1/authn: this widget uses nothing else"),
  hooks: taken(),
  defaultCountryCode: refused("the list of countries begins with the region of the browser's language"),

  // Brand.
  logo: taken("logo"),
  logoText: taken("logoAlt"),
  brandName: renamed("organizationName", "it is above the form; the texts do not name it"),
  "colors.brand": taken("accentColor"),
  helpSupportNumber: taken("links"),
  "helpLinks.help": taken("helpUrl"),
  "helpLinks.custom": taken("links"),
  "helpLinks.forgotPassword": taken("links"),
  "helpLinks.unlock": taken("links"),
  "helpLinks.factorPage": renamed("links", "it is on every step"),
  "helpLinks.gracePeriodRequiredSoon": refused(ENGINE),
  customButtons: taken("buttons"),
  signOutLink: refused("\"Back to sign in\" leads to the form on this page: add a link with `links`"),
  backToSignInLink: refused("\"Back to sign in\" leads to the form on this page: add a link with `links`"),
  cspNonce: taken("nonce"),

  // Language.
  language: taken("language"),
  i18n: taken("strings"),
  "assets.baseUrl": refused("the files are beside the script"),
  "assets.rewrite": refused("the files are beside the script"),
  "assets.languages": refused("the files are beside the script: i18n or strings replace texts"),

  // Registration.
  "registration.click": taken("buttons"),
  "registration.parseSchema": taken("registration"),
  "registration.preSubmit": renamed(
    "registration",
    "it has to create the user, unless hookUrl does: the org's registration API is not used",
  ),
  "registration.postSubmit": taken("registration"),
  policyId: refused("the org's registration API is not used: set hookUrl, or create the user in registration.preSubmit"),

  // Features.
  "features.autoFocus": taken("autofocus"),
  "features.autoPush": taken("autoPush"),
  "features.callRecovery": taken("callRecovery"),
  "features.customExpiredPassword": always("an expired password that another site keeps always leads there"),
  "features.deviceFingerprinting": taken("deviceFingerprint"),
  "features.disableAutocomplete": refused("password managers are welcome"),
  "features.emailRecovery": taken("emailRecovery"),
  "features.hideBackToSignInForReset": refused("there is always a way back"),
  "features.hideSignOutLinkInMFA": refused("there is always a way back"),
  "features.idpDiscovery": renamed("discovery", "the browser goes to the provider by itself, without a result IDP_DISCOVERY"),
  "features.mfaOnlyFlow": refused("a state token that has expired leads to the form on this page"),
  "features.multiOptionalFactorEnroll": taken("multiOptionalFactorEnroll"),
  "features.passwordlessAuth": taken("passwordlessAuth"),
  "features.prefillUsernameFromIdpDiscovery": always("the user name stays in its field"),
  "features.redirectByFormSubmit": refused("the widget replaces the page's address"),
  "features.registration": taken("registration"),
  "features.rememberMe": taken("rememberMe"),
  "features.router": renamed("browserBack", "Back leads to the step before; the page's address stays"),
  "features.sameDeviceOVEnrollmentEnabled": refused(ENGINE),
  "features.scrollOnError": always("focus moves to an error, and the browser scrolls there"),
  "features.securityImage": taken("securityImage"),
  "features.selfServiceUnlock": taken("selfServiceUnlock"),
  "features.showIdentifier": always("every step says who is signing in"),
  "features.showKeepMeSignedIn": refused(ENGINE),
  "features.showPasswordRequirementsAsHtmlList": always("the rules are a list"),
  "features.showPasswordToggleOnSignInPage": always("every password can be shown"),
  "features.showSessionRevocation": always("a reset always offers to sign out other devices"),
  "features.skipIdpFactorVerificationBtn": refused("the person is asked before another site opens"),
  "features.smsRecovery": taken("smsRecovery"),
  "features.trackTypingPattern": refused("the widget does not watch how a person types"),
  "features.useDeviceFingerprintForSecurityImage": always("the org is always told the browser's fingerprint for the security image"),
  "features.webauthn": always("security keys and biometrics are always offered"),

  // OpenID Connect, and other identity providers.
  clientId: taken("tokens"),
  redirectUri: taken(),
  scopes: taken(),
  state: taken(),
  nonce: taken(),
  codeChallenge: taken(),
  codeChallengeMethod: taken(),
  oAuthTimeout: refused("the widget waits 12 seconds, and then the browser goes to the org"),
  authScheme: always("it is OAUTH2"),
  "authParams.issuer": taken(),
  "authParams.scopes": taken(),
  "authParams.responseType": taken(),
  "authParams.responseMode": taken(),
  "authParams.pkce": taken(),
  "authParams.display": taken(),
  "authParams.state": taken(),
  "authParams.nonce": taken(),
  "authParams.codeChallenge": taken(),
  "authParams.codeChallengeMethod": taken(),
  "authParams.prompt": refused(SIGNED_IN),
  "authParams.maxAge": refused(SIGNED_IN),
  "authParams.loginHint": refused(SIGNED_IN),
  "authParams.acrValues": refused(SIGNED_IN),
  idps: taken("idps"),
  idpDisplay: taken("idps"),
  "idpDiscovery.requestContext": taken("relayState"),
  initialPopupPath: refused("the widget opens no window"),
  piv: taken("piv"),
  authClient: refused("there is no okta-auth-js inside"),

  // Others.
  "consent.cancel": taken(),
  flow: refused(ENGINE),
  otp: refused(ENGINE),
  proxyIdxResponse: refused(ENGINE),
  overrideExistingStateToken: refused(ENGINE),
  "hcaptcha.scriptSource": refused(ENGINE),
  "hcaptcha.scriptParams": refused(ENGINE),
  "recaptcha.scriptSource": refused(ENGINE),
};

/** Our own options that a page may set beside those. */
export const OWN = [
  "accentColorDark",
  "activationToken",
  "applicationName",
  "browserBack",
  "buttons",
  "contactUrl",
  "divider",
  "documentTitle",
  "hookUrl",
  "identifierFirst",
  "isolated",
  "links",
  "orgOrigins",
  "privacyUrl",
  "redirectOrigins",
  "resumeFromUrl",
  "strings",
  "termsUrl",
  "warnBeforePasswordExpired",
];

/** The methods and members of an instance. */
export const METHODS = {
  renderEl: taken(),
  showSignIn: taken(),
  showSignInToGetTokens: taken(),
  showSignInAndRedirect: taken(),
  hasTokensInUrl: taken(),
  hide: taken(),
  show: taken(),
  remove: taken(),
  on: taken(),
  once: taken(),
  off: taken(),
  before: taken(),
  after: taken(),
  authClient: refused("there is no okta-auth-js inside: use it beside the widget, or the org's API"),
  getUser: refused("the result of renderEl and showSignIn has the user"),
};

/** The events. */
export const EVENTS = {
  __proto__: null,
  ready: taken("ready"),
  afterRender: taken("step"),
  afterError: taken("error"),
  pageRendered: refused("listen to afterRender"),
};
