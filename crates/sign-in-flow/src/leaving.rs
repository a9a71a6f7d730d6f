//! The end of a sign-in: leaving the page with a session token, or calling the page's own code with it. Both machines
//! end here. Not here: the navigation itself, or the hook's part (`transaction/session_exchange.rs`).

use crate::core::Core;
use crate::effect::{Effect, Navigation, SignInResult};
use crate::settings::{AfterSuccess, RedirectMethod, Settings};
use crate::sign_in_event::{SignInEvent, Success, SuccessKind};
use crate::ticket::Purpose;
use okta_authn::{Envelope, Millis, Request, SessionToken};
use std::rc::Rc;

/// How many milliseconds a navigation may take before the person is told. An answer without a page (204, a download)
/// leaves this page in its place, and the browser says nothing.
const STILL_HERE: Millis = 15_000;

/// Signed in; the browser is about to leave the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Leaving {
    /// The old session is being closed first, then this follows.
    ClosingOldSession(Box<Navigation>),
    /// The hook is asked whether the browser may come to it with the org's session, which this token makes.
    Asking(SessionToken),
    /// The hook is exchanging this token; it is kept in case the hook cannot.
    Exchanging(SessionToken),
    /// The page's own code was told, and may hold this back.
    Held(Box<Navigation>),
    /// Not signed in yet: another site proves a factor, or sets it up.
    ToOtherSite,
    /// Nothing is left to do.
    Done,
}

/// How a sign-in ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The browser leaves the page.
    Leaving(Leaving),
    /// The page's own code has the result.
    SignedIn,
    /// The response cannot be followed.
    Unsupported,
}

impl Leaving {
    /// The request to close the old session has ended. Whether or not it could be closed, the new one is worth a try.
    pub(crate) fn old_session_closed(&mut self, core: &mut Core, settings: &Settings) {
        if let Self::ClosingOldSession(_) = self
            && let Self::ClosingOldSession(navigation) = std::mem::replace(self, Self::Done)
        {
            core.updated();
            *self = core.leave(settings, *navigation);
        }
    }

    /// The page's own code lets the browser leave.
    pub(crate) fn release(&mut self, core: &mut Core) {
        if let Self::Held(_) = self
            && let Self::Held(navigation) = std::mem::replace(self, Self::Done)
        {
            core.go(*navigation);
        }
    }
}

impl Core {
    /// Follows the link of a SUCCESS that leads on to an app (docs/authn-api.md#after-success). Returns the envelope
    /// where there is none.
    pub(crate) fn follow_success(
        &mut self,
        settings: &Settings,
        envelope: Box<Envelope>,
    ) -> Result<Ending, Box<Envelope>> {
        self.signed_in.clone_from(&envelope.user);
        let links = &envelope.links;
        let link = if envelope.is_step_up { links.get("next") } else { links.get("original").or(links.get("next")) };
        let Some(link) = link else { return Err(envelope) };
        Ok(match settings.org.admit_navigation(link) {
            Ok(url) if settings.after_success == AfterSuccess::Callback => {
                self.complete(SignInResult::Redirect { url })
            }
            Ok(url) => self.navigate(settings, Navigation::Org(url)),
            Err(error) => {
                let ending = self.unsupported(*envelope);
                self.tell(error.into());
                ending
            }
        })
    }

    /// Ends the sign-in with a session token. An org ignores a new session token while an old session lives
    /// (docs/authn-api.md#session-cookie-redirect), so an old one is closed first, also where it is not known yet
    /// whether there is one.
    pub(crate) fn end_with(
        &mut self,
        settings: &Settings,
        token: SessionToken,
        envelope: Box<Envelope>,
        may_have_session: bool,
    ) -> Ending {
        match &settings.after_success {
            AfterSuccess::Callback => {
                let Envelope { expires_at, user, .. } = *envelope;
                self.complete(SignInResult::SignedIn { session_token: token, expires_at, user })
            }
            // Tokens are asked for by the transaction machine alone, which does not come here.
            AfterSuccess::SessionCookie { .. } | AfterSuccess::Tokens => {
                self.show(None);
                Ending::Leaving(self.redirect(settings, token, may_have_session))
            }
        }
    }

    /// Has the org turn a token into its session cookie. The step is shown already.
    pub(crate) fn redirect(&mut self, settings: &Settings, token: SessionToken, may_have_session: bool) -> Leaving {
        let AfterSuccess::SessionCookie { redirect_url, method, checks_account_setup } = &settings.after_success else {
            return Leaving::Done;
        };
        let navigation = Navigation::SessionCookie {
            org: settings.org.clone(),
            token,
            redirect_url: redirect_url.clone(),
            method: *method,
            checks_account_setup: *checks_account_setup,
        };
        if may_have_session && *method != RedirectMethod::SignOutFirst {
            self.send(Purpose::CloseOldSession, Request::close_session(&settings.org), None);
            return Leaving::ClosingOldSession(Box::new(navigation));
        }
        self.leave(settings, navigation)
    }

    pub(crate) fn navigate(&mut self, settings: &Settings, navigation: Navigation) -> Ending {
        self.show(None);
        Ending::Leaving(self.leave(settings, navigation))
    }

    /// Ends the sign-in: the browser leaves at once, or when the page's own code lets it. A page that holds it back for
    /// too long is like a browser that does not leave.
    fn leave(&mut self, settings: &Settings, navigation: Navigation) -> Leaving {
        if !settings.asks_before_leaving {
            self.go(navigation);
            return Leaving::Done;
        }
        let kind = match &navigation {
            Navigation::SessionCookie { .. } | Navigation::Tokens(_) => SuccessKind::SignedIn,
            Navigation::Redirect(_) => SuccessKind::ExistingSession,
            Navigation::Org(_) | Navigation::Provider(_) => SuccessKind::Redirect,
        };
        let success = Success { kind, user: self.signed_in.take() };
        self.effect(Effect::Tell(SignInEvent::Success(success)));
        self.timers.left_at = Some(self.now + STILL_HERE);
        Leaving::Held(Box::new(navigation))
    }

    /// Sends the browser away. Where it is still here after a while, the person is told, and can go back.
    pub(crate) fn go(&mut self, navigation: Navigation) {
        self.effect(Effect::Navigate(navigation));
        self.timers.left_at = Some(self.now + STILL_HERE);
    }

    pub(crate) fn complete(&mut self, result: SignInResult) -> Ending {
        self.show(None);
        self.effect(Effect::Complete(result));
        Ending::SignedIn
    }

    /// A response that cannot be followed: its envelope still offers the ways back.
    pub(crate) fn unsupported(&mut self, envelope: Envelope) -> Ending {
        self.show(Some(Rc::new(envelope)));
        Ending::Unsupported
    }
}
