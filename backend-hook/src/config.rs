//! The configuration: options and files, parsed and validated. Not here: requests to the org
//! (`start_up.rs`).

use std::{fs, net::SocketAddr, path::Path, time::Duration};

use url::Url;

use crate::{
    challenge::{Provider, Rules, SiteVerify},
    cookie::Sealer,
    form::Form,
    limits::{Names, Rates, store},
    openid,
    options::Options,
    org, origin, secret,
};

/// The complete configuration.
#[derive(Debug)]
pub struct Config {
    /// The org and its API token.
    pub org: org::Settings,
    /// The keys of the cookie.
    pub sealer: Sealer,
    /// Origins whose pages may call.
    pub origins: Vec<String>,
    /// The client of OpenID Connect.
    pub openid: Option<openid::Settings>,
    /// Groups that registered users join.
    pub groups: Vec<String>,
    /// The registration form.
    pub form: Form,
    /// The challenge provider of registration.
    pub challenge: Option<Box<dyn Provider>>,
    /// The rate limits.
    pub rates: Rates,
    /// The store in which several servers count together.
    pub store: Option<SharedStore>,
    /// Number of trusted proxies.
    pub trusted_proxies: usize,
    /// Maximum number of connections from one address; `None` behind proxies, which have many clients each.
    pub connections_per_address: Option<usize>,
    /// The value of `Strict-Transport-Security`.
    pub hsts: &'static str,
    /// How long the hook goes on after it was asked to stop.
    pub drain: Duration,
    /// Address for browsers.
    pub listen: Vec<SocketAddr>,
    /// Internal address for health checks and metrics.
    pub internal: Option<SocketAddr>,
}

/// The store in which several servers count together.
#[derive(Debug)]
pub struct SharedStore {
    /// Where it is.
    pub settings: store::Settings,
    /// The names in it.
    pub names: Names,
    /// How long a request waits for it.
    pub timeout: Duration,
}

/// Collects mistakes, so that all of them are reported together.
#[derive(Default)]
struct Mistakes(Vec<String>);

impl Mistakes {
    fn keep<T>(&mut self, about: &str, outcome: Result<T, String>) -> Option<T> {
        outcome.map_err(|why| self.0.push(format!("{about}: {why}"))).ok()
    }
}

impl Config {
    /// Reads the options and the files they name. An error has one line per mistake.
    pub fn read(options: Options) -> Result<Self, Vec<String>> {
        let mut mistakes = Mistakes::default();
        let token = needed(
            secret::read(options.api_token_file.as_deref(), "HOOK_API_TOKEN"),
            "there is none. Create one in the org (Security > API), and name its file or set HOOK_API_TOKEN",
        );
        let token = mistakes.keep("the API token (--api-token-file)", token);
        let keys = needed(
            secret::read(options.cookie_key_file.as_deref(), "HOOK_COOKIE_KEYS"),
            "there is none. Make one with `openssl rand -base64 32`, and name its file or set HOOK_COOKIE_KEYS",
        );
        let keys = keys.and_then(|keys| Sealer::from_keys(&keys));
        let sealer = mistakes.keep("the cookie's key (--cookie-key-file)", keys);
        let org = mistakes.keep("--org", origin::parse(&options.org));
        let origins: Result<Vec<_>, _> = options.origins.iter().map(|one| origin::parse(one)).collect();
        let origins = mistakes.keep("--origin", origins);
        let groups: Result<Vec<_>, _> = options.groups.iter().map(|id| group(id)).collect();
        let groups = mistakes.keep("--group", groups);
        let form = mistakes.keep("--registration", Form::read(options.registration.as_deref()));
        let challenge = mistakes.keep("--challenge", challenge(&options));
        let openid = mistakes.keep("--oidc-client-id", client(&options));
        let settings = mistakes.keep("--rate-limit-store", shared_store(&options));
        let (Some(token), Some(sealer), Some(org), Some(origins)) = (token, sealer, org, origins) else {
            return Err(mistakes.0);
        };
        let (Some(groups), Some(form), Some(challenge), Some(openid)) = (groups, form, challenge, openid) else {
            return Err(mistakes.0);
        };
        let Some(settings) = settings else { return Err(mistakes.0) };
        let store = settings.map(|settings| SharedStore {
            settings,
            names: Names::new(options.rate_limit_store_prefix, &sealer),
            timeout: Duration::from_millis(u64::from(options.rate_limit_store_timeout.get())),
        });
        Ok(Self {
            org: org::Settings {
                origin: org,
                token,
                timeout: Duration::from_secs(u64::from(options.org_timeout.get())),
            },
            sealer,
            origins,
            openid,
            groups,
            form,
            challenge,
            rates: Rates {
                calls: options.calls_per_minute,
                registrations: options.registrations_per_minute,
                sessions: options.sessions_per_minute,
                proofs: options.proofs_per_minute,
            },
            store,
            trusted_proxies: options.trusted_proxies,
            connections_per_address: (options.trusted_proxies == 0)
                .then(|| usize::try_from(options.connections_per_address.get()).unwrap_or(usize::MAX)),
            hsts: if options.hsts_subdomains { "max-age=63072000; includeSubDomains" } else { "max-age=63072000" },
            drain: Duration::from_secs(u64::from(options.drain)),
            listen: options.listen,
            internal: options.internal_address,
        })
    }
}

fn needed<T>(read: Result<Option<T>, String>, missing: &str) -> Result<T, String> {
    read?.ok_or_else(|| missing.to_owned())
}

fn group(id: &str) -> Result<String, String> {
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { Ok(id.to_owned()) } else { Err(format!("`{id}` is no id of a group, such as 00g1emaKYZTWRYYRRTSK")) }
}

/// The client of OpenID Connect.
fn client(options: &Options) -> Result<Option<openid::Settings>, String> {
    let (Some(client_id), Some(public_url)) = (&options.oidc_client_id, &options.public_url) else { return Ok(None) };
    let client_secret = needed(
        secret::read(options.oidc_client_secret_file.as_deref(), "HOOK_OIDC_CLIENT_SECRET"),
        "it needs the client's secret: name its file (--oidc-client-secret-file) or set HOOK_OIDC_CLIENT_SECRET",
    )?;
    let org = origin::parse(&options.org)?;
    let issuer = options.oidc_issuer.clone().unwrap_or_else(|| org.clone());
    // Requests go to the org only, and its session is the one that counts.
    if issuer != org && !issuer.strip_prefix(&org).is_some_and(|path| path.starts_with("/oauth2/")) {
        return Err(format!("--oidc-issuer is {org} or an authorization server of it, {org}/oauth2/..."));
    }
    let mut scopes = vec!["openid"];
    scopes.extend(options.oidc_scopes.iter().map(String::as_str).filter(|scope| *scope != "openid"));
    let public_url = public_url.trim_end_matches('/').to_owned();
    let parsed = Url::parse(&public_url).map_err(|error| format!("--public-url: {error}"))?;
    origin::parse(&parsed.origin().ascii_serialization()).map_err(|why| format!("--public-url: {why}"))?;
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err("--public-url has neither a query nor a fragment".to_owned());
    }
    let scopes = scopes.join(" ");
    Ok(Some(openid::Settings { issuer, client_id: client_id.clone(), client_secret, scopes, public_url }))
}

/// The store of the rate limits.
fn shared_store(options: &Options) -> Result<Option<store::Settings>, String> {
    let Some(url) = &options.rate_limit_store else { return Ok(None) };
    let password = options.rate_limit_store_password_file.as_deref();
    let authorities = options.rate_limit_store_ca_file.as_deref();
    let read = |file: &Path| fs::read(file).map_err(|error| format!("{}: {error}", file.display()));
    Ok(Some(store::Settings {
        url: store::Settings::parse(url)?,
        password: secret::read(password, "HOOK_RATE_LIMIT_STORE_PASSWORD")?,
        authorities: authorities.map(read).transpose()?,
        is_cluster: options.rate_limit_store_cluster,
    }))
}

fn challenge(options: &Options) -> Result<Option<Box<dyn Provider>>, String> {
    let (Some(provider), Some(site_key)) = (options.challenge, &options.challenge_site_key) else { return Ok(None) };
    let secret = needed(
        secret::read(options.challenge_secret_file.as_deref(), "HOOK_CHALLENGE_SECRET"),
        "it needs a secret: name its file (--challenge-secret-file) or set HOOK_CHALLENGE_SECRET",
    )?;
    if !(0.0..=1.0).contains(&options.challenge_score) {
        return Err("--challenge-score is a number from 0 to 1".to_owned());
    }
    let rules = Rules {
        hosts: if options.challenge_hosts.is_empty() {
            hosts(&options.origins)
        } else {
            options.challenge_hosts.clone()
        },
        action: options.challenge_action.clone(),
        score: options.challenge_score,
    };
    let provider = SiteVerify::new(provider, site_key.clone(), secret, options.challenge_url.as_deref(), rules)?;
    Ok(Some(Box::new(provider)))
}

/// The hosts of these origins.
fn hosts(origins: &[String]) -> Vec<String> {
    origins.iter().filter_map(|origin| Some(Url::parse(origin).ok()?.host_str()?.to_owned())).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn all_mistakes_are_reported_together() {
        let options = Options::try_parse_from([
            "hook",
            "--org",
            "http://example.okta.com",
            "--origin",
            "https://example.com/page",
            "--group",
            "a/b",
            "--api-token-file",
            "/no/such/file",
            "--cookie-key-file",
            "/no/such/file",
        ]);
        let told = Config::read(options.unwrap()).unwrap_err().join("\n");
        for about in ["--org:", "--origin:", "--group:", "--api-token-file", "--cookie-key-file"] {
            assert!(told.contains(about), "{about} is not in {told}");
        }
    }
}
