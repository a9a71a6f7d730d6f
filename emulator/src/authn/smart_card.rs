//! Signing in with a smart card (PIV). The card is played: there are no client certificates without HTTPS, so the control
//! interface says whose card is in the reader.

use url::{Url, form_urlencoded};

use crate::{
    authn::{
        begin::begin,
        federation::{admitted, at_page},
        progress,
    },
    call::Call,
    error::{self, ApiError, Code},
    org::{
        Org,
        federation::{ProviderType, SignedInAt},
        transaction::{Purpose, State},
    },
};

/// Without an identity provider for smart cards; recorded with this status.
const NO_CARDS: Code = Code { status: 403, ..error::NO_FEATURE };

/// The provider for smart cards and the user of the card in the reader.
pub(crate) fn card(org: &Org) -> Result<(SignedInAt, String), ApiError> {
    let mut providers = org.federation.providers.iter();
    let provider = providers.find(|one| one.kind == ProviderType::X509 && one.is_active()).ok_or(NO_CARDS)?;
    let user = org.federation.card.clone().ok_or(error::AUTHENTICATION_FAILED)?;
    Ok((provider.in_session(), user))
}

/// Signs in the user of the card. The result is the address that the page goes to: with a session token, or of the page
/// with a state token where something is left to do. `target` was checked.
pub(crate) fn enter(org: &mut Org, call: &Call, target: Option<&str>) -> Result<String, ApiError> {
    let (provider, user) = card(org)?;
    let login = org.user(&user)?.profile.login.clone();
    let id = admitted(org, call, &login).map_err(|_| error::AUTHENTICATION_FAILED)?;
    let mut transaction = begin(org, call, Some(id.clone()), Purpose::SignIn, State::Resume)?;
    transaction.amr.push("sc");
    transaction.provider = Some(provider);
    transaction.relay_state = target.map(str::to_owned);
    if !progress::is_complete(org, call, &transaction)? {
        return Ok(at_page(org, transaction, target));
    }
    let page = org.page().map_or_else(|| org.url("/"), |page| format!("{page}/"));
    let target = target.map_or(page, |target| absolute(org, target));
    let grant = progress::grant(org, call, &transaction)?;
    let token = org.random.token();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.append_pair("token", &token).append_pair("redirectUrl", &target).finish();
    org.grants.insert(token, grant);
    org.user_mut(&id)?.dates.last_login = Some(call.now);
    Ok(org.url(&format!("/login/sessionCookieRedirect?{query}")))
}

/// A path of the org with its origin.
fn absolute(org: &Org, target: &str) -> String {
    if Url::parse(target).is_ok() { target.to_owned() } else { org.url(target) }
}
