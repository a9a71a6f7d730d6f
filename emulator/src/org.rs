//! The complete state of the org, and common accessors.
//!
//! Not here: operations (`authn`, `admin`, `sessions`, `registration`).

pub(crate) mod app;
pub(crate) mod authorization_server;
pub(crate) mod client;
pub(crate) mod client_rules;
pub(crate) mod directory;
pub(crate) mod engine;
pub(crate) mod factor;
pub(crate) mod federation;
pub(crate) mod grant;
pub(crate) mod kind;
pub(crate) mod log;
pub(crate) mod outbox;
pub(crate) mod password;
pub(crate) mod phone;
pub(crate) mod policy;
pub(crate) mod push;
pub(crate) mod rate;
pub(crate) mod recovery;
pub(crate) mod security_key;
pub(crate) mod session;
pub(crate) mod signing_key;
pub(crate) mod snapshot;
pub(crate) mod token;
pub(crate) mod totp;
pub(crate) mod transaction;
pub(crate) mod user;

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    error::{self, ApiError},
    random::Random,
    time::{Clock, Timestamp},
};
use app::Target;
use authorization_server::AuthorizationServer;
use client::Client;
use directory::{Group, Registration};
use engine::Engine;
use federation::Federation;
use grant::Issued;
use kind::Kind;
use log::{EventType, Log};
use outbox::{OneTimeCodes, Outbox};
use password::{Hashed, Hasher};
use policy::{EnrollPolicy, PasswordPolicy, SignOnPolicy};
use push::SentPush;
use rate::{Limit, Rates};
use recovery::RecoveryTokens;
use session::{Devices, Grant, Session};
use signing_key::SigningKeys;
use token::Token;
use transaction::Transaction;
use user::{AccountStatus, User};

/// The id of the org.
pub(crate) const ID: &str = "00o2bioj34AlsZYJf1t7";

/// The org.
pub(crate) struct Org {
    pub(crate) name: String,
    pub(crate) engine: Engine,
    /// Base URL, e.g. `http://localhost:8081`.
    pub(crate) base: String,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    /// When the seed file was read.
    pub(crate) started: Timestamp,
    pub(crate) settings: Settings,
    pub(crate) users: Vec<User>,
    pub(crate) policies: NamedPolicies,
    pub(crate) trusted: Vec<TrustedOrigin>,
    pub(crate) groups: Vec<Group>,
    pub(crate) federation: Federation,
    pub(crate) registration: Registration,
    /// API tokens, as sent after `SSWS`.
    pub(crate) api_tokens: Vec<String>,
    /// Pushes from the management API, by transaction id.
    pub(crate) sent_pushes: HashMap<String, SentPush>,
    /// Challenges of security keys from the management API, with their times, by factor id.
    pub(crate) key_challenges: HashMap<String, (String, Timestamp)>,
    /// By state token.
    pub(crate) transactions: HashMap<String, Transaction>,
    /// By session token.
    pub(crate) grants: HashMap<String, Grant>,
    /// By cookie.
    pub(crate) sessions: HashMap<String, Session>,
    /// Single-use tokens for the cookie of an existing session.
    pub(crate) cookie_tokens: HashMap<String, (String, Timestamp)>,
    pub(crate) devices: Devices,
    pub(crate) recovery_tokens: RecoveryTokens,
    pub(crate) apps: Vec<Target>,
    /// Clients of OpenID Connect.
    pub(crate) clients: Vec<Client>,
    /// The custom ones.
    pub(crate) authorization_servers: Vec<AuthorizationServer>,
    pub(crate) signing_keys: SigningKeys,
    /// Codes and tokens.
    pub(crate) issued: Issued,
    /// Spare hardware tokens for enrollment, one per kind.
    pub(crate) spare_tokens: HashMap<Kind, Token>,
    pub(crate) switches: Switches,
    pub(crate) outbox: Outbox,
    pub(crate) codes: OneTimeCodes,
    /// The system log.
    pub(crate) events: Log,
    /// Members of a profile that the org added to its schema, by name.
    pub(crate) user_schema: serde_json::Map<String, serde_json::Value>,
    pub(crate) rates: Rates,
    swept: Option<Timestamp>,
}

/// Only the name: the rest contains secrets.
impl std::fmt::Debug for Org {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Org({})", self.name)
    }
}

/// Settings of the seed file.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) hasher: Hasher,
    /// Compared with the password of an unknown user, so that the response takes equally long.
    pub(crate) decoy_hash: Hashed,
    pub(crate) state_token_life: Duration,
    pub(crate) session_token_life: Duration,
    pub(crate) code_life: Duration,
    pub(crate) sign_ins: Limit,
    pub(crate) calls: Limit,
    pub(crate) max_wrong_proofs: u32,
    /// Where browsers go after a failure at an identity provider, instead of the org's own page.
    pub(crate) idp_error_page: Option<String>,
}

/// Optional variants of the API, for tests of a client.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Switches {
    /// Status names begin with `FACTOR_` instead of `MFA_`.
    pub factor_twins: bool,
    /// Every response contains a new state token.
    pub rotate_state_tokens: bool,
    /// Where recordings of orgs differ from the documentation, answers are as recorded: `LOCKED_OUT` has the link
    /// `cancel`, the logo of a step-up is a list, a challenge of WebAuthn has no `factorResult`, and a factor to enroll that
    /// an administrator set up has a name.
    pub recorded_shapes: bool,
    /// Windows Hello uses its API from before WebAuthn.
    pub windows_hello: bool,
    /// The cookies are sent across sites too, as those of an Okta org are: SameSite=None and Secure, which some
    /// browsers refuse without HTTPS.
    pub cross_site_cookies: bool,
}

/// Policies by name.
#[derive(Debug)]
pub(crate) struct NamedPolicies {
    pub(crate) sign_on: HashMap<String, SignOnPolicy>,
    pub(crate) password: HashMap<String, PasswordPolicy>,
    pub(crate) enroll: HashMap<String, EnrollPolicy>,
}

/// A trusted origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TrustedOrigin {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) origin: String,
    /// Whether its pages may call the API.
    pub(crate) cors: bool,
    /// Whether the browser may be redirected to it after sign-in.
    pub(crate) redirect: bool,
}

impl Org {
    pub(crate) fn new(name: String, settings: Settings, policies: NamedPolicies) -> Self {
        Self {
            name,
            engine: Engine::default(),
            base: String::new(),
            clock: Clock::default(),
            random: Random::from_system(),
            started: Clock::default().now(),
            settings,
            users: Vec::new(),
            policies,
            trusted: Vec::new(),
            groups: Vec::new(),
            federation: Federation::default(),
            registration: Registration::default(),
            api_tokens: Vec::new(),
            sent_pushes: HashMap::new(),
            key_challenges: HashMap::new(),
            transactions: HashMap::new(),
            grants: HashMap::new(),
            sessions: HashMap::new(),
            cookie_tokens: HashMap::new(),
            devices: Devices::default(),
            recovery_tokens: RecoveryTokens::default(),
            apps: Vec::new(),
            clients: Vec::new(),
            authorization_servers: Vec::new(),
            signing_keys: SigningKeys::default(),
            issued: Issued::default(),
            spare_tokens: HashMap::new(),
            switches: Switches::default(),
            outbox: Outbox::default(),
            codes: OneTimeCodes::default(),
            events: Log::default(),
            user_schema: serde_json::Map::new(),
            rates: Rates::default(),
            swept: None,
        }
    }

    /// Whether the `Authorization` header contains one of the org's API tokens.
    pub(crate) fn knows_token(&self, authorization: Option<&str>) -> bool {
        // Okta's client for Python, from 3.0 on, leaves out the blank.
        let token = authorization.and_then(|value| value.strip_prefix("SSWS")).map(str::trim);
        token.is_some_and(|token| self.api_tokens.iter().any(|known| known == token))
    }

    /// The absolute URL of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The user with this login, or with this short name if it is unique.
    pub(crate) fn user_named(&self, name: &str) -> Option<&User> {
        let mut called = self.users.iter().filter(|user| user.is_named(name));
        let exact = self.users.iter().find(|user| user.profile.login.eq_ignore_ascii_case(name.trim()));
        exact.or_else(|| called.next().filter(|_| called.next().is_none()))
    }

    pub(crate) fn user(&self, id: &str) -> Result<&User, ApiError> {
        // A user can be missing only if the org was reset during the transaction.
        self.users.iter().find(|user| user.id == id).ok_or_else(|| error::INVALID_TOKEN.into())
    }

    pub(crate) fn user_mut(&mut self, id: &str) -> Result<&mut User, ApiError> {
        self.users.iter_mut().find(|user| user.id == id).ok_or_else(|| error::INVALID_TOKEN.into())
    }

    pub(crate) fn sign_on_policy(&self, user: &User) -> Result<&SignOnPolicy, ApiError> {
        self.policies.sign_on.get(&user.policies.sign_on).ok_or_else(|| error::INTERNAL.into())
    }

    pub(crate) fn password_policy(&self, user: &User) -> Result<&PasswordPolicy, ApiError> {
        self.policies.password.get(&user.policies.password).ok_or_else(|| error::INTERNAL.into())
    }

    pub(crate) fn enroll_policy(&self, user: &User) -> Result<&EnrollPolicy, ApiError> {
        self.policies.enroll.get(&user.policies.enroll).ok_or_else(|| error::INTERNAL.into())
    }

    /// Locks the account and ends the user's transactions.
    pub(crate) fn lock_out(&mut self, id: &str, now: Timestamp) -> Result<(), ApiError> {
        self.user_mut(id)?.status = AccountStatus::LockedOut { since: now };
        self.log_own(now, EventType::Locked, id);
        self.transactions.retain(|_, transaction| transaction.who.as_deref() != Some(id));
        Ok(())
    }

    /// The session of this cookie, if it has not expired.
    pub(crate) fn live_session(&self, cookie: Option<&str>, now: Timestamp) -> Option<&Session> {
        self.sessions.get(cookie?).filter(|session| now < session.expires)
    }

    /// Adds a trusted origin, or replaces it.
    pub(crate) fn trust(&mut self, name: &str, origin: &str, cors: bool, redirect: bool) -> String {
        let id = self.random.id("tos");
        self.trusted.retain(|trusted| trusted.origin != origin);
        let (name, origin) = (name.to_owned(), origin.to_owned());
        self.trusted.push(TrustedOrigin { id: id.clone(), name, origin, cors, redirect });
        id
    }

    /// Whether pages of this origin may call the API.
    pub(crate) fn trusts_calls_from(&self, origin: &str) -> bool {
        self.trusted.iter().any(|trusted| trusted.cors && trusted.origin == origin)
    }

    /// Whether the browser may be redirected to this origin.
    pub(crate) fn trusts_redirect_to(&self, origin: &str) -> bool {
        origin == self.base || self.trusted.iter().any(|trusted| trusted.redirect && trusted.origin == origin)
    }

    /// The default page origin, for requests without one.
    pub(crate) fn page(&self) -> Option<&str> {
        self.trusted.iter().find(|trusted| trusted.redirect).map(|trusted| trusted.origin.as_str())
    }

    /// Ends every session of this user.
    pub(crate) fn end_sessions(&mut self, id: &str) {
        self.sessions.retain(|_, session| session.user != id);
    }

    /// Ends every session and every running transaction of this user.
    pub(crate) fn end_sign_ins(&mut self, id: &str) {
        self.end_sessions(id);
        self.transactions.retain(|_, transaction| transaction.who.as_deref() != Some(id));
        self.grants.retain(|_, grant| grant.user != id);
    }

    /// Removes expired objects, at intervals.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        if self.swept.is_some_and(|swept| now.since(swept) < Duration::from_secs(30)) {
            return;
        }
        self.swept = Some(now);
        self.transactions.retain(|_, transaction| now < transaction.expires);
        self.grants.retain(|_, grant| now < grant.expires);
        self.cookie_tokens.retain(|_, (_, expires)| now < *expires);
        self.sessions.retain(|_, session| now < session.expires);
        self.devices.sweep(now);
        self.issued.sweep(now);
        self.codes.sweep(now);
        self.sent_pushes.retain(|_, sent| now.since(sent.push.sent_at) < 2 * push::LIFE);
        self.key_challenges.retain(|_, (_, sent_at)| now.since(*sent_at) < push::LIFE);
        self.recovery_tokens.sweep(now);
        self.federation.sweep(now);
    }
}
