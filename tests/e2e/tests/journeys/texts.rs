//! What is written on the page, in English: the one place to change when a text does. Whether a
//! text is a good one is not decided here.

pub(crate) const START: &str = "Sign in";
pub(crate) const USERNAME: &str = "Username";
pub(crate) const PASSWORD: &str = "Password";
pub(crate) const KEEP_ME: &str = "Keep me signed in";
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
/// How the switcher's buttons begin; a masked phone number may follow.
pub(crate) const CHOOSE_SMS: &str = "Text message";
pub(crate) const CHOOSE_QUESTION: &str = "Security question";
pub(crate) const CHOOSE_GOOGLE: &str = "Google Authenticator";
/// How the label of the tick box begins; it goes on with the time.
pub(crate) const REMEMBER_DEVICE: &str = "Don't ask again";

pub(crate) const BACK: &str = "Back";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const RETRY: &str = "Retry";

pub(crate) const ENROLL: &str = "Set up security methods";
pub(crate) const ENROLL_GOOGLE: &str = "Set up Google Authenticator";
/// How the picture's alternative text begins; it goes on with the account.
pub(crate) const QR_CODE: &str = "QR code to set up Google Authenticator";
pub(crate) const COPY_KEY: &str = "Copy key";
pub(crate) const KEY_COPIED: &str = "Key copied";
/// The secret to be typed into an authenticator app has no name of its own.
pub(crate) const SECRET: &str = ".oaw-secret-key";
pub(crate) const ACTIVATE: &str = "Activate";
pub(crate) const FINISH: &str = "Finish";

pub(crate) const SESSION: &str = "You are already signed in";
pub(crate) const CONTINUE: &str = "Continue";
pub(crate) const SIGN_OUT: &str = "Sign out";
pub(crate) const SIGNED_OUT: &str = "You are signed out.";

pub(crate) const WRONG_CREDENTIALS: &str = "Unable to sign in. Check your username and password.";
pub(crate) const WRONG_CODE: &str = "That code isn't right.";
pub(crate) const WRONG_ANSWER: &str = "That answer doesn't match our records.";
pub(crate) const TIMED_OUT: &str = "Your sign-in timed out. Please sign in again.";
pub(crate) const UNREACHABLE: &str = "We couldn't reach";
pub(crate) const NO_ANSWER: &str = "The sign-in service took too long to answer.";
pub(crate) const SERVER_ERROR: &str = "The sign-in service has a problem.";
pub(crate) const UNREADABLE: &str = "The sign-in service sent an answer we can't read.";
pub(crate) const RATE_LIMITED: &str = "Too many attempts.";
pub(crate) const PAUSED: &str = "Try again in ";
pub(crate) const MISCONFIGURED: &str = "This sign-in form is not set up correctly.";

pub(crate) const LANDED: &str = "You are signed in";
pub(crate) const LANDED_SIGNED_OUT: &str = "You are signed out";
pub(crate) const LANDED_WITHOUT: &str = "You are not signed in";
pub(crate) const REFRESH: &str = "Refresh session";
pub(crate) const REFRESHED: &str = "The session was refreshed.";
