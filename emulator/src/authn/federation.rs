//! Signing in at an identity provider: the browser leaves with a `state`, and what follows when it comes back.
//!
//! Not here: which provider a login is routed to (`org/federation.rs`), and factors that are proved at a provider
//! (`identity_provider.rs`).

use url::Url;

use crate::{
    authn::{begin::begin, progress},
    call::Call,
    error::ApiError,
    org::{
        Org,
        federation::{IdentityProvider, PATIENCE, ProviderType, Visit},
        policy::Access,
        transaction::{Purpose, State, Transaction},
        user::AccountStatus,
    },
    sessions,
};

/// Why a sign-in at a provider does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// No provider has this id.
    Unknown,
    /// The provider must not be used.
    Inactive,
    /// Nothing waits for it: it was finished already, has expired, or never began.
    Over,
    /// The provider reports that the user refused.
    Denied,
    /// The provider names nobody who may sign in here.
    NoUser,
}

/// Where a sign-in at a provider leads.
#[derive(Debug)]
pub(crate) enum Entered {
    /// To a session with this cookie, and on to this address.
    Session { cookie: String, target: Option<String> },
    /// Back to the page with the sign-in, which goes on with the state token in this address.
    Page(String),
}

impl From<ApiError> for Refused {
    /// The state token is not valid any more, or the org was reset meanwhile.
    fn from(_: ApiError) -> Self {
        Self::Over
    }
}

/// The active provider with this id.
pub(crate) fn usable<'a>(org: &'a Org, id: &str) -> Result<&'a IdentityProvider, Refused> {
    let provider = org.federation.provider(id).ok_or(Refused::Unknown)?;
    if provider.is_active() { Ok(provider) } else { Err(Refused::Inactive) }
}

/// Notes that a browser goes to a provider. The result is the `state` that it brings back.
pub(crate) fn leave(
    org: &mut Org,
    call: &Call,
    provider: &str,
    target: Option<String>,
    state_token: Option<String>,
) -> Result<String, Refused> {
    usable(org, provider)?;
    if let Some(token) = &state_token {
        waiting(org, call, token)?;
    }
    let state = org.random.token();
    let visit = Visit { provider: provider.to_owned(), target, state_token, expires: call.now.after(PATIENCE) };
    org.federation.visits.insert(state.clone(), visit);
    Ok(state)
}

/// The visit that ends with this `state`, which works once.
pub(crate) fn visit(org: &mut Org, call: &Call, provider: &str, state: &str) -> Result<Visit, Refused> {
    let visit = org.federation.visits.remove(state).filter(|visit| call.now < visit.expires);
    visit.filter(|visit| visit.provider == provider).ok_or(Refused::Over)
}

/// Signs in the user whom the provider names.
pub(crate) fn enter(org: &mut Org, call: &Call, visit: Visit, login: &str) -> Result<Entered, Refused> {
    let provider = usable(org, &visit.provider)?.in_session();
    let id = admitted(org, call, login)?;
    let mut transaction = match &visit.state_token {
        Some(token) => waiting(org, call, token)?,
        None => begin(org, call, Some(id.clone()), Purpose::SignIn, State::Resume)?,
    };
    if transaction.who.as_ref().is_some_and(|who| *who != id) {
        return Err(Refused::NoUser);
    }
    if provider.kind == ProviderType::X509 {
        transaction.amr.push("sc");
    }
    transaction.state = State::Resume;
    transaction.who = Some(id.clone());
    transaction.provider = Some(provider);
    if visit.state_token.is_some() || !progress::is_complete(org, call, &transaction)? {
        transaction.relay_state = transaction.relay_state.or(visit.target.clone());
        return Ok(Entered::Page(at_page(org, transaction, visit.target.as_deref())));
    }
    if let Some(old) = &call.session {
        org.sessions.remove(old);
    }
    let grant = progress::grant(org, call, &transaction)?;
    org.user_mut(&id)?.dates.last_login = Some(call.now);
    Ok(Entered::Session { cookie: sessions::of_grant(org, grant, call.now), target: visit.target })
}

/// The user, if the account and its policy allow a sign-in.
pub(super) fn admitted(org: &mut Org, call: &Call, login: &str) -> Result<String, Refused> {
    let id = org.user_named(login).map(|user| user.id.clone()).ok_or(Refused::NoUser)?;
    let auto_unlock = org.password_policy(org.user(&id)?)?.lockout.auto_unlock;
    let user = org.user_mut(&id)?;
    user.unlock_when_due(call.now, auto_unlock);
    let is_active = user.status == AccountStatus::Active;
    let allows = matches!(org.sign_on_policy(org.user(&id)?)?.access, Access::Allow);
    if is_active && allows { Ok(id) } else { Err(Refused::NoUser) }
}

/// The transaction of this state token, if it waits for credentials.
fn waiting(org: &mut Org, call: &Call, token: &str) -> Result<Transaction, Refused> {
    let transaction = progress::of_token(org, call, token)?;
    if matches!(transaction.state, State::Unauthenticated) { Ok(transaction) } else { Err(Refused::Over) }
}

/// Stores the transaction; the result is the address of the page that goes on with it.
pub(super) fn at_page(org: &mut Org, mut transaction: Transaction, target: Option<&str>) -> String {
    let target = target.and_then(|target| Url::parse(target).ok()).map(|url| url.origin().ascii_serialization());
    let own = transaction.page.take().or_else(|| target.filter(|origin| *origin != org.base));
    let page = own.or_else(|| org.page().map(str::to_owned)).unwrap_or_else(|| org.base.clone());
    let address = format!("{page}/?stateToken={}", transaction.token);
    transaction.page = Some(page);
    org.transactions.insert(transaction.token.clone(), transaction);
    address
}
