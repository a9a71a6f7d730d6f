//! The machine. Each step has the data that it waits with, and leaving a step drops it. A session token is used once: after a
//! frame that may have used it, the browser goes to the org without it, where the session exists by then. Not here: what a
//! failure means (`failure`), or what survives a redirect (`pending`).

use super::failure::{Fallback, TokenProblem};
use super::pending::Pending;
use super::settings::TokenSettings;
use crate::apart::Apart;
use okta_authn::openid::random::{RANDOM_LENGTH, code_challenge};
use okta_authn::openid::{
    Answer, AnswerError, Authorize, Claims, Expected, Fields, FieldsError, Key, Keys, OAuthErrorCode, RequestSecrets,
    ResponseType, TokenError, Tokens, UnverifiedIdToken, Way, token_request,
};
use okta_authn::{
    AccessToken, AuthorizeAddress, CodeVerifier, Millis, Nonce, Request, Response, SessionToken, TransportError,
};
use std::fmt;

/// How long a frame may take, in milliseconds.
const FRAME_TIMEOUT: u32 = 12_000;

/// What is waited for.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenStep {
    /// Random bytes.
    Drawing,
    /// The digest of the verifier.
    Challenging(RequestSecrets),
    /// The frame's answer.
    Framing {
        /// The secrets of the request.
        secrets: RequestSecrets,
        /// The session token, which is unused if the frame was never opened.
        token: Option<SessionToken>,
    },
    /// The browser leaves the page.
    Leaving,
    /// The tokens of a code.
    Exchanging(Nonce),
    /// The issuer's keys.
    FetchingKeys(Box<Checking>),
    /// Whether the signature is right.
    Verifying(Box<Checking>),
    /// The digest of the access token.
    Binding(Box<TokenResult>),
    /// The answer that the browser has come back with.
    Returning,
    /// Nothing: there are tokens, or there are none.
    Ended,
}

/// Tokens that are being checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Checking {
    tokens: Tokens,
    id_token: UnverifiedIdToken,
    nonce: Nonce,
}

/// Tokens that are checked.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenResult {
    /// The tokens.
    pub tokens: Tokens,
    /// What the ID token says.
    pub claims: Claims,
    /// When the access token expires, by this device's clock.
    pub expires_at: Option<Millis>,
}

/// Something happened.
#[derive(Clone)]
pub enum TokenEvent {
    /// Random bytes; `None` where the browser has none.
    Drawn(Option<Vec<u8>>),
    /// A SHA-256 digest; the same.
    Digested(Option<Vec<u8>>),
    /// The frame has answered, or not.
    Framed(Result<Fields, FrameFailure>),
    /// The browser has come back; `None` where the page's address has no answer.
    Returned(Option<Returned>),
    /// A request has ended.
    Replied(Result<Response, TransportError>),
    /// Whether the signature is right; `None` where the browser cannot say.
    Verified(Option<bool>),
}

/// Shows no value: random bytes become secrets.
impl fmt::Debug for TokenEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Drawn(_) => "Drawn",
            Self::Digested(_) => "Digested",
            Self::Framed(_) => "Framed",
            Self::Returned(_) => "Returned",
            Self::Replied(_) => "Replied",
            Self::Verified(_) => "Verified",
        })
    }
}

/// What the browser has come back with.
#[derive(Clone)]
pub struct Returned {
    /// What the tab has kept of the request.
    pub kept: Option<String>,
    /// The answer in the page's address.
    pub answer: Result<Fields, FieldsError>,
}

/// Why a frame has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameFailure {
    /// It was never opened.
    NotOpened,
    /// It did not answer in time.
    TimedOut,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenAction {
    /// Draw so many random bytes; they come back as `Drawn`.
    Draw(usize),
    /// Make a SHA-256 digest; it comes back as `Digested`.
    Digest(DigestOf),
    /// Open a hidden frame; a message from this origin, and from this frame, comes back as `Framed`.
    OpenFrame {
        /// Where it goes.
        address: AuthorizeAddress,
        /// Where messages come from.
        origin: String,
        /// How long it may take, in milliseconds.
        timeout: u32,
    },
    /// Remove the frame.
    CloseFrame,
    /// Keep this in the tab.
    Keep(Pending),
    /// Take the answer out of the page's address, and what the tab has kept out of it; both come back as `Returned`.
    TakeAnswer,
    /// Leave the page.
    Navigate(AuthorizeAddress),
    /// Send a request; its end comes back as `Replied`.
    Send(Request),
    /// Verify a signature with this key; the result comes back as `Verified`.
    Verify {
        /// The issuer's.
        key: Key,
        /// What was signed, and the signature.
        id_token: UnverifiedIdToken,
    },
    /// Tell the page's developer.
    Report(TokenProblem),
    /// It has ended with tokens.
    Complete(Box<TokenResult>),
    /// It has ended without.
    Fail(TokenProblem),
    /// There is no answer: the person signs in.
    StartOver,
}

impl TokenAction {
    /// Whether an event answers it.
    pub fn is_answered(&self) -> bool {
        matches!(
            self,
            Self::Draw(_)
                | Self::Digest(_)
                | Self::OpenFrame { .. }
                | Self::TakeAnswer
                | Self::Send(_)
                | Self::Verify { .. }
        )
    }
}

impl DigestOf {
    /// The text that it is made of.
    pub fn text(&self) -> &str {
        match self {
            Self::Verifier(verifier) => verifier.expose(),
            Self::AccessToken(token) => token.expose(),
        }
    }
}

/// What a digest is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DigestOf {
    /// The verifier, for the code challenge.
    Verifier(CodeVerifier),
    /// The access token, for `at_hash`.
    AccessToken(AccessToken),
}

/// Decides what is done to have tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenFlow {
    settings: Apart<TokenSettings>,
    step: TokenStep,
    way: Way,
    /// The session token, as long as it is unused.
    token: Option<SessionToken>,
    now: Millis,
    actions: Vec<TokenAction>,
}

impl TokenFlow {
    /// Begins with a session token, or for the session that exists.
    pub fn begin(settings: Apart<TokenSettings>, token: Option<SessionToken>) -> (Self, Vec<TokenAction>) {
        let mut flow = Self::new(settings, token);
        flow.draw();
        let actions = std::mem::take(&mut flow.actions);
        (flow, actions)
    }

    /// Goes on after the redirect.
    pub fn resume(settings: Apart<TokenSettings>) -> (Self, Vec<TokenAction>) {
        let mut flow = Self { way: Way::Redirect, ..Self::new(settings, None) };
        flow.step = TokenStep::Returning;
        (flow, vec![TokenAction::TakeAnswer])
    }

    fn new(settings: Apart<TokenSettings>, token: Option<SessionToken>) -> Self {
        let way = settings.way;
        Self { settings, step: TokenStep::Ended, way, token, now: 0, actions: Vec::new() }
    }

    /// What is waited for.
    pub fn step(&self) -> &TokenStep {
        &self.step
    }

    /// After a failure: once more, with the session that exists.
    pub fn again(&mut self) -> Vec<TokenAction> {
        if self.step == TokenStep::Ended {
            self.draw();
        }
        std::mem::take(&mut self.actions)
    }

    /// Takes one event at the time `now`, and returns what must be done, in order. What the table does not name does
    /// nothing.
    ///
    /// | event | step | leads to |
    /// |---|---|---|
    /// | `Drawn` | drawing | the digest of the verifier; of the older response types, the request |
    /// | `Digested` | challenging | the request: a frame is opened, or the browser leaves |
    /// | `Framed` with an answer | framing | the code is exchanged, or the keys are fetched |
    /// | `Framed` with another request's answer | framing | it stays |
    /// | `Framed` with `login_required`, or without an answer | framing | drawing, for the redirect |
    /// | `Returned` | returning | the code is exchanged, or the keys are fetched; without an answer, the person signs in |
    /// | `Replied` | exchanging | the keys are fetched |
    /// | `Replied` | fetching keys | the signature is verified |
    /// | `Verified` | verifying | the digest of the access token; complete, where there is none |
    /// | `Digested` | binding | complete |
    pub fn handle(&mut self, event: TokenEvent, now: Millis) -> Vec<TokenAction> {
        self.now = now;
        match (std::mem::replace(&mut self.step, TokenStep::Ended), event) {
            (TokenStep::Drawing, TokenEvent::Drawn(bytes)) => self.drawn(bytes.as_deref()),
            (TokenStep::Challenging(secrets), TokenEvent::Digested(digest)) => {
                match digest.as_deref().and_then(code_challenge) {
                    Some(challenge) => self.request(secrets, Some(&challenge)),
                    None => self.fail(TokenProblem::NoCryptography),
                }
            }
            (TokenStep::Framing { secrets, token }, TokenEvent::Framed(outcome)) => {
                self.framed(secrets, token, outcome);
            }
            (TokenStep::Returning, TokenEvent::Returned(returned)) => self.returned(returned),
            (TokenStep::Exchanging(nonce), TokenEvent::Replied(outcome)) => self.exchanged(nonce, outcome),
            (TokenStep::FetchingKeys(checking), TokenEvent::Replied(outcome)) => self.keys_fetched(checking, outcome),
            (TokenStep::Verifying(checking), TokenEvent::Verified(is_valid)) => self.verified(*checking, is_valid),
            (TokenStep::Binding(result), TokenEvent::Digested(digest)) => self.bound(result, digest.as_deref()),
            (step, _) => self.step = step,
        }
        std::mem::take(&mut self.actions)
    }

    fn draw(&mut self) {
        self.step = TokenStep::Drawing;
        self.actions.push(TokenAction::Draw(RANDOM_LENGTH));
    }

    fn drawn(&mut self, bytes: Option<&[u8]>) {
        match bytes.and_then(RequestSecrets::of_random) {
            Some(secrets) if self.settings.response_type == ResponseType::Code => {
                self.actions.push(TokenAction::Digest(DigestOf::Verifier(secrets.verifier.clone())));
                self.step = TokenStep::Challenging(secrets);
            }
            Some(secrets) => self.request(secrets, None),
            None => self.fail(TokenProblem::NoCryptography),
        }
    }

    fn request(&mut self, secrets: RequestSecrets, code_challenge: Option<&str>) {
        let token = self.token.take();
        let settings = &self.settings;
        let address = Authorize {
            issuer: &settings.issuer,
            client_id: &settings.client_id,
            redirect_uri: settings.redirect_uri.as_str(),
            scopes: &settings.scopes,
            state: &secrets.state,
            nonce: &secrets.nonce,
            response_type: settings.response_type,
            way: self.way,
            code_challenge,
            session_token: token.as_ref(),
            idp: settings.idp.as_deref(),
            login_hint: None,
        }
        .address();
        match self.way {
            Way::Frame => {
                let origin = settings.issuer.origin().to_owned();
                self.actions.push(TokenAction::OpenFrame { address, origin, timeout: FRAME_TIMEOUT });
                self.step = TokenStep::Framing { secrets, token };
            }
            Way::Redirect => {
                self.actions.push(TokenAction::Keep(Pending { secrets, created_at: self.now }));
                self.actions.push(TokenAction::Navigate(address));
                self.step = TokenStep::Leaving;
            }
        }
    }

    fn read(&self, fields: &Fields, secrets: &RequestSecrets) -> Result<Answer, AnswerError> {
        Answer::read(fields, &secrets.state, &self.settings.issuer, self.settings.response_type)
    }

    fn framed(&mut self, secrets: RequestSecrets, token: Option<SessionToken>, outcome: Result<Fields, FrameFailure>) {
        let error = match outcome.map(|fields| self.read(&fields, &secrets)) {
            Ok(Ok(answer)) => {
                self.actions.push(TokenAction::CloseFrame);
                return self.take(answer, secrets);
            }
            // Somebody else's message.
            Ok(Err(AnswerError::ForeignState)) => {
                self.step = TokenStep::Framing { secrets, token };
                return;
            }
            Ok(Err(AnswerError::Refused(error))) if error.code == OAuthErrorCode::LoginRequired => {
                return self.fall_back(Fallback::LoginRequired, None);
            }
            Err(FrameFailure::NotOpened) => return self.fall_back(Fallback::NotOpened, token),
            Err(FrameFailure::TimedOut) => return self.fall_back(Fallback::TimedOut, None),
            Ok(Err(error)) => error,
        };
        self.actions.push(TokenAction::CloseFrame);
        self.fail(TokenProblem::Answer(error));
    }

    /// The browser goes to the org instead, with new secrets: a late answer of the frame is to another request.
    fn fall_back(&mut self, why: Fallback, token: Option<SessionToken>) {
        self.actions.push(TokenAction::CloseFrame);
        self.actions.push(TokenAction::Report(TokenProblem::Fallback(why)));
        (self.way, self.token) = (Way::Redirect, token);
        self.draw();
    }

    fn take(&mut self, answer: Answer, secrets: RequestSecrets) {
        match answer {
            Answer::Code(code) => {
                let TokenSettings { issuer, client_id, redirect_uri, .. } = &*self.settings;
                let request = token_request(issuer, client_id, redirect_uri.as_str(), &code, &secrets.verifier);
                self.actions.push(TokenAction::Send(request));
                self.step = TokenStep::Exchanging(secrets.nonce);
            }
            Answer::Tokens(tokens) => self.check(tokens, secrets.nonce),
        }
    }

    fn returned(&mut self, returned: Option<Returned>) {
        let Some(Returned { kept, answer }) = returned else { return self.actions.push(TokenAction::StartOver) };
        let pending = match Pending::read(kept.as_deref(), self.now) {
            Ok(pending) => pending,
            Err(error) => return self.fail(TokenProblem::Pending(error)),
        };
        match answer.map(|fields| self.read(&fields, &pending.secrets)) {
            Ok(Ok(answer)) => self.take(answer, pending.secrets),
            Ok(Err(error)) => self.fail(TokenProblem::Answer(error)),
            Err(error) => self.fail(TokenProblem::Fields(error)),
        }
    }

    fn exchanged(&mut self, nonce: Nonce, outcome: Result<Response, TransportError>) {
        match outcome.map(|response| Tokens::read(&response)) {
            Ok(Ok(tokens)) => self.check(tokens, nonce),
            Ok(Err(error)) => self.fail(TokenProblem::Token(error)),
            Err(error) => self.fail(TokenProblem::Transport(error)),
        }
    }

    fn check(&mut self, tokens: Tokens, nonce: Nonce) {
        match UnverifiedIdToken::parse(&tokens.id_token) {
            Ok(id_token) => {
                self.actions.push(TokenAction::Send(self.settings.issuer.keys_request()));
                self.step = TokenStep::FetchingKeys(Box::new(Checking { tokens, id_token, nonce }));
            }
            Err(error) => self.fail(TokenProblem::IdToken(error)),
        }
    }

    fn keys_fetched(&mut self, checking: Box<Checking>, outcome: Result<Response, TransportError>) {
        let keys = match outcome {
            Ok(Response { status: 200, body: Some(body), .. }) => Keys::read(&body),
            Ok(Response { status, retry_at, .. }) => {
                return self.fail(TokenProblem::Token(TokenError::Unavailable { status, retry_at }));
            }
            Err(error) => return self.fail(TokenProblem::Transport(error)),
        };
        let keys = match keys {
            Ok(keys) => keys,
            Err(error) => return self.fail(TokenProblem::Token(TokenError::Unreadable(Some(error)))),
        };
        match checking.id_token.key(&keys) {
            Ok(key) => {
                let (key, id_token) = (key.clone(), checking.id_token.clone());
                self.actions.push(TokenAction::Verify { key, id_token });
                self.step = TokenStep::Verifying(checking);
            }
            Err(error) => self.fail(TokenProblem::IdToken(error)),
        }
    }

    fn verified(&mut self, Checking { tokens, id_token, nonce }: Checking, is_valid: Option<bool>) {
        let Some(is_valid) = is_valid else { return self.fail(TokenProblem::NoCryptography) };
        let TokenSettings { issuer, client_id, .. } = &*self.settings;
        let expected = Expected { issuer, client_id, nonce: &nonce, now: self.now };
        let claims = match id_token.into_claims(is_valid, &expected) {
            Ok(claims) => claims,
            Err(error) => return self.fail(TokenProblem::IdToken(error)),
        };
        let expires_at = tokens.expires_in.map(|seconds| self.now + u64::from(seconds) * 1_000);
        let access_token = tokens.access_token.clone();
        let result = Box::new(TokenResult { tokens, claims, expires_at });
        match access_token {
            Some(access_token) => {
                self.actions.push(TokenAction::Digest(DigestOf::AccessToken(access_token)));
                self.step = TokenStep::Binding(result);
            }
            None => self.actions.push(TokenAction::Complete(result)),
        }
    }

    fn bound(&mut self, result: Box<TokenResult>, digest: Option<&[u8]>) {
        let Some(digest) = digest else { return self.fail(TokenProblem::NoCryptography) };
        let is_required = self.settings.response_type != ResponseType::Code;
        match result.claims.check_access_token(digest, is_required) {
            Ok(()) => self.actions.push(TokenAction::Complete(result)),
            Err(error) => self.fail(TokenProblem::IdToken(error)),
        }
    }

    /// Ends without tokens.
    fn fail(&mut self, problem: TokenProblem) {
        self.token = None;
        self.step = TokenStep::Ended;
        self.actions.push(TokenAction::Fail(problem));
    }
}
