//! The texts of the page in English, in one place.

pub(crate) const START: &str = "Sign in";
pub(crate) const USERNAME: &str = "Username";
pub(crate) const PASSWORD: &str = "Password";
pub(crate) const KEEP_ME: &str = "Remember my username";
pub(crate) const SIGN_IN: &str = "Sign in";
pub(crate) const SHOW_PASSWORD: &str = "Show password";
pub(crate) const HIDE_PASSWORD: &str = "Hide password";

pub(crate) const SMS: &str = "Verify with a text message";
pub(crate) const SEND_CODE: &str = "Send code";
pub(crate) const RESEND_CODE: &str = "Resend code";
pub(crate) const RESEND_CODE_IN: &str = "Resend code in ";
pub(crate) const QUESTION: &str = "Verify with a security question";
pub(crate) const GOOGLE: &str = "Verify with Google Authenticator";
pub(crate) const CODE: &str = "Verification code";
pub(crate) const VERIFY: &str = "Verify";

pub(crate) const OTHER_WAY: &str = "Verify another way";
/// Prefix of the switcher's buttons; a masked phone number may follow.
pub(crate) const CHOOSE_SMS: &str = "Text message";
pub(crate) const CHOOSE_QUESTION: &str = "Security question";
pub(crate) const CHOOSE_GOOGLE: &str = "Google Authenticator";
/// Prefix of the checkbox's label; the time follows.
pub(crate) const REMEMBER_DEVICE: &str = "Don't ask again";

pub(crate) const BACK: &str = "Back";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const RETRY: &str = "Retry";

pub(crate) const ENROLL: &str = "Set up security methods";
pub(crate) const ENROLL_GOOGLE: &str = "Set up Google Authenticator";
/// Prefix of the image's alternative text; the account follows.
pub(crate) const QR_CODE: &str = "QR code to set up Google Authenticator";
pub(crate) const COPY_KEY: &str = "Copy key";
pub(crate) const KEY_COPIED: &str = "Key copied";
/// The secret of an authenticator app; it has no accessible name.
pub(crate) const SECRET: &str = ".oaw-secret-key";
pub(crate) const ACTIVATE: &str = "Verify";
pub(crate) const FINISH: &str = "Finish";

pub(crate) const SESSION: &str = "You're already signed in";
pub(crate) const CONTINUE: &str = "Continue";
pub(crate) const SIGN_OUT: &str = "Sign out";
pub(crate) const ORG_ASKS_FOR_SETUP: &str = "Finish setting up your account";
pub(crate) const SIGNED_OUT: &str = "You're signed out.";
/// Prefix of the question's heading; the login follows.
pub(crate) const CONTINUE_AS: &str = "Continue as ";
/// Where the page's own code has the result.
pub(crate) const SIGNED_IN_HERE: &str = "You're signed in";
pub(crate) const SIGNED_IN_NOW: &str = "You're signed in as ";

pub(crate) const WRONG_CREDENTIALS: &str = "That username or password isn't right.";
pub(crate) const WRONG_CODE: &str = "That code isn't right.";
pub(crate) const WRONG_ANSWER: &str = "That answer doesn't match our records.";
pub(crate) const TIMED_OUT: &str = "Your sign-in timed out. Please sign in again.";
pub(crate) const UNTRUSTED: &str = "We couldn't verify your sign-in, so it ends here. Please sign in again.";
pub(crate) const WRONG_CLOCK: &str = "The date or time on this device is wrong.";
pub(crate) const NEEDS_CONSENT: &str = "This app needs your consent, which you can't give here.";
pub(crate) const UNREACHABLE: &str = "We couldn't reach";
pub(crate) const OFFLINE: &str = "You're offline.";
pub(crate) const NO_ANSWER: &str = "The sign-in service took too long to answer.";
pub(crate) const SERVER_ERROR: &str = "The sign-in service has a problem.";
pub(crate) const UNREADABLE: &str = "The sign-in service sent an answer we can't read.";
pub(crate) const RATE_LIMITED: &str = "Too many attempts.";
pub(crate) const PAUSED: &str = "Try again in ";
pub(crate) const NOT_LOADED: &str = "Part of this page didn't load.";
pub(crate) const LOAD_FAILED: &str = "Part of this page didn't load.";
pub(crate) const LATE: &str = "This form needs JavaScript that hasn't loaded. Reload the page, or try another browser.";
pub(crate) const STOPPED: &str = "Something went wrong on this page.";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const MISCONFIGURED: &str = "This sign-in form isn't set up correctly.";

pub(crate) const LANDED: &str = "You are signed in";
pub(crate) const LANDED_SIGN_OUT: &str = "Sign out of the org";
pub(crate) const LANDED_SIGNED_OUT: &str = "You are signed out";
pub(crate) const LANDED_WITHOUT: &str = "You are not signed in";
pub(crate) const REFRESH: &str = "Refresh session";
pub(crate) const REFRESHED: &str = "The session was refreshed.";

pub(crate) const NEXT: &str = "Next";
pub(crate) const FORGOT: &str = "Forgot password?";
pub(crate) const UNLOCK: &str = "Unlock account";
pub(crate) const START_OVER: &str = "Back to sign in";

pub(crate) const CALL: &str = "Verify with a phone call";
pub(crate) const EMAIL: &str = "Verify with your email";
pub(crate) const PUSH: &str = "Verify with Okta Verify";
pub(crate) const KEY: &str = "Verify with a security key or biometric";
pub(crate) const DUO: &str = "Verify with Duo Security";
pub(crate) const PASSWORD_FACTOR: &str = "Verify with your password";

pub(crate) const SEND_PUSH: &str = "Send notification";
pub(crate) const SEND_PUSH_AGAIN: &str = "Send notification again";
pub(crate) const AUTO_PUSH: &str = "Send a notification automatically";
pub(crate) const PUSH_SENT: &str = "Approve it there to continue.";
pub(crate) const PUSH_NUMBER: &str = "tap this number:";
/// The number of a number challenge; it has no accessible name.
pub(crate) const NUMBER: &str = ".oaw-number";
pub(crate) const PUSH_SLOW: &str = "No answer yet.";
pub(crate) const PUSH_REJECTED: &str = "The request was denied on your phone.";
pub(crate) const PUSH_TIMED_OUT: &str = "Your phone didn't answer in time.";
pub(crate) const PUSH_UPGRADE: &str = "Update Okta Verify on your phone";
pub(crate) const POLL_LOST: &str = "We lost the connection";
pub(crate) const POLL_SLOWED: &str = "There are too many requests right now. We keep checking";
pub(crate) const POLL_TROUBLED: &str = "The sign-in service has a problem. We keep checking";
pub(crate) const ENTER_CODE: &str = "Enter a code instead";
pub(crate) const VERIFY_CODE: &str = "Verify code";

pub(crate) const KEY_AWAITED: &str = "Follow your browser's instructions.";
pub(crate) const KEY_TRY_AGAIN: &str = "Try again";
pub(crate) const KEY_REFUSED: &str = "We didn't get a response from your security key.";
pub(crate) const KEY_KNOWN: &str = "This key is set up for your account already.";
pub(crate) const GONE: &str = "Browsers no longer support";
pub(crate) const DUO_START: &str = "Continue with Duo";
pub(crate) const DUO_FRAME: &str = "Duo Security";
pub(crate) const DUO_APPROVE: &str = "Approve";
pub(crate) const FACTOR_FAILED: &str = "You couldn't be verified this way.";

/// The emulator's identity provider.
pub(crate) const PROVIDER: &str = "Identity provider";
pub(crate) const PROVIDER_PASS: &str = "Verify";
pub(crate) const PROVIDER_FAIL: &str = "Fail";
pub(crate) const PROVIDER_SAID_NO: &str = "The identity provider could not verify your identity.";
/// The application of a step-up.
pub(crate) const APP: &str = "Corporate SFDC";
pub(crate) const APP_REACHED: &str = "You are signed in to Corporate SFDC.";
pub(crate) const APP_WANTED: &str = "Sign in to continue to Corporate SFDC";

pub(crate) const REQUIRED: &str = "Required";
pub(crate) const OPTIONAL: &str = "Optional";
pub(crate) const SKIP: &str = "Skip for now";
pub(crate) const ADMIN_SETS_UP: &str = "Your administrator sets this up for you";
pub(crate) const ENROLL_GONE: &str = "Browsers no longer support this";
pub(crate) const GRACE: &str = "Required methods must be set up within 7 days.";
pub(crate) const COUNTRY: &str = "Country or region";
pub(crate) const UNITED_STATES: &str = "United States (+1)";
pub(crate) const PHONE: &str = "Phone number";
pub(crate) const TOO_SHORT: &str = "This phone number is too short.";
pub(crate) const EXTENSION: &str = "Extension (optional)";
pub(crate) const PHONE_DOUBTED: &str = "Check this phone number.";
pub(crate) const PHONE_ON_FILE: &str = "A new number replaces it.";
pub(crate) const CALL_ME: &str = "Call me";
pub(crate) const QUESTION_LIST: &str = "Question";
pub(crate) const OWN_QUESTION: &str = "Write my own question";
pub(crate) const OWN_QUESTION_TEXT: &str = "Your own question";
pub(crate) const NEW_ANSWER: &str = "Answer (at least 4 characters)";
pub(crate) const SET_UP: &str = "Set up";
pub(crate) const CREDENTIAL: &str = "Serial number or username";
pub(crate) const NEXT_CODE: &str = "Next code";
pub(crate) const PUSH_QR_CODE: &str = "QR code to set up Okta Verify";
pub(crate) const PHONE_AWAITED: &str = "Waiting for your phone";
pub(crate) const CANT_SCAN: &str = "Can't scan it?";
pub(crate) const SEND_LINK_BY_MAIL: &str = "Send an email with a link";
pub(crate) const SEND_LINK_BY_SMS: &str = "Send a text message with a link";
pub(crate) const LINK_SENT: &str = "It's on its way.";
pub(crate) const BY_HAND: &str = "Type in a key instead";
pub(crate) const QR_EXPIRED: &str = "This code has expired.";
pub(crate) const NEW_QR: &str = "Get a new code";

pub(crate) const PASSWORD_WARNS: &str = "Your password expires in 5 days";
pub(crate) const PASSWORD_EXPIRED: &str = "Your password has expired";
pub(crate) const PASSWORD_RESET: &str = "Set a new password";
pub(crate) const OLD_PASSWORD: &str = "Current password";
pub(crate) const NEW_PASSWORD: &str = "New password";
pub(crate) const NEW_PASSWORD_AGAIN: &str = "Confirm new password";
pub(crate) const CHANGE_PASSWORD: &str = "Change password";
pub(crate) const SET_PASSWORD: &str = "Set password";
pub(crate) const REVOKE: &str = "Sign me out of all other devices";
pub(crate) const LATER: &str = "Remind me later";
pub(crate) const WRONG_OLD_PASSWORD: &str = "Your current password isn't right.";
pub(crate) const PASSWORD_MISMATCH: &str = "The two new passwords differ.";
pub(crate) const MET: &str = "met";
pub(crate) const UNMET: &str = "not met yet";

pub(crate) const RECOVER: &str = "Reset your password";
pub(crate) const RECOVER_UNLOCK: &str = "Unlock your account";
pub(crate) const BY_EMAIL: &str = "Send an email";
pub(crate) const BY_SMS: &str = "Send a text message";
pub(crate) const BY_CALL: &str = "Call me";
pub(crate) const RECOVERY_CODE: &str = "Enter your code";
pub(crate) const RECOVERY_MAIL: &str = "Check your email";
pub(crate) const RECOVERY_QUESTION: &str = "Answer your security question";
pub(crate) const CODE_RESENT: &str = "We sent you a new code.";
pub(crate) const UNLOCKED: &str = "Your account is unlocked. Please sign in.";
pub(crate) const LOCKED_OUT: &str = "Your account is locked.";
pub(crate) const LINK_SPENT: &str = "This link was used before, or is too old.";

pub(crate) const ALLOW: &str = "Allow";
pub(crate) const DENY: &str = "Don't allow";
pub(crate) const DEVICE: &str = "Connect your device";
pub(crate) const DEVICE_CODE: &str = "Device code";
pub(crate) const CONNECT: &str = "Connect";
pub(crate) const WRONG_DEVICE_CODE: &str = "That code isn't right, or has expired.";
pub(crate) const DEVICE_CONNECTED: &str = "Your device is connected";
pub(crate) const DEVICE_NOT_CONNECTED: &str = "Your device isn't connected";
pub(crate) const DEVICE_DENIED: &str = "You didn't allow access, so nothing was connected.";
pub(crate) const PROFILE: &str = "Complete your profile";
pub(crate) const CODE_SENT_BEFORE: &str = "We sent a code a moment ago.";
pub(crate) const BY_EMAIL_INSTEAD: &str = "Send an email instead";
pub(crate) const ONE_MOMENT: &str = "One moment";
pub(crate) const DENIED: &str = "You don't have permission to sign in.";
pub(crate) const EXPIRES_SOON: &str = "This step ends soon.";
pub(crate) const KEEP_GOING: &str = "Keep going";
pub(crate) const KEPT_GOING: &str = "You have more time now.";

pub(crate) const SIGN_UP: &str = "Sign up";
pub(crate) const REGISTER: &str = "Create your account";
pub(crate) const CREATE_ACCOUNT: &str = "Create account";
pub(crate) const FORM_AWAITED: &str = "We're getting the form for you.";
pub(crate) const FIRST_NAME: &str = "First name";
pub(crate) const LAST_NAME: &str = "Last name";
pub(crate) const EMAIL_ADDRESS: &str = "Email address";
pub(crate) const OWN_USERNAME: &str = "Username (optional)";
pub(crate) const MOBILE_PHONE: &str = "Mobile phone (optional)";
pub(crate) const TAKEN: &str = "An account with this";
pub(crate) const PASSWORD_REFUSED: &str = "Your organization doesn't accept this password.";
pub(crate) const FILL_IN: &str = "Enter your first name.";
pub(crate) const BACK_TO_SIGN_IN: &str = "Back to sign in";
pub(crate) const LEAVING: &str = "Signed in";

pub(crate) const MY_FACTORS: &str = "Your security methods";
pub(crate) const ADD_FACTOR: &str = "Add a method";
pub(crate) const ADD_FACTOR_TITLE: &str = "Add a security method";
pub(crate) const FACTOR_ADDED: &str = "The method is set up.";
pub(crate) const FACTOR_WORKS: &str = "The method works.";
pub(crate) const FACTOR_REMOVED: &str = "The method was removed.";
pub(crate) const VOUCH: &str = "Confirm it's you";
pub(crate) const SIGN_OUT_EVERYWHERE: &str = "Sign out everywhere";
pub(crate) const PROOF_WRONG: &str = "That password isn't right.";
pub(crate) const NOT_HERE: &str = "You can't manage your security methods here";
pub(crate) const NOT_HERE_WHY: &str = "Your organization's sign-in service doesn't support it on this page.";
pub(crate) const RECOVERY_REFUSED: &str = "Your account can't be recovered this way.";
pub(crate) const PASSWORD_WANTED: &str = "Enter your password.";
/// The emulated org's own pages.
pub(crate) const ORG_SIGN_IN: &str = "Sign in to the org";
pub(crate) const ORG_REFUSES_TOKEN: &str = "The sign-in is no longer valid";
pub(crate) const SIGNED_OUT_HERE: &str = "You're not signed in";
