//! Command line options and environment variables. Not here: validation (`config.rs`).

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use clap::{Parser, ValueEnum};

/// Lets users of an Okta org manage their own account, which needs an API token of the org.
///
/// The API token is read from `HOOK_API_TOKEN` and the keys of the cookie from `HOOK_COOKIE_KEYS` unless a file
/// is given: secrets on a command line are visible to other users of the machine.
#[derive(Debug, Clone, Parser)]
#[command(name = "okta-backend-hook", version)]
pub struct Options {
    /// The org, such as <https://example.okta.com>
    #[arg(long, env = "HOOK_ORG", value_name = "ORIGIN")]
    pub org: String,

    /// The file with the API token of the org
    #[arg(long, env = "HOOK_API_TOKEN_FILE", value_name = "FILE")]
    pub api_token_file: Option<PathBuf>,

    /// The file with the cookie keys, one per line: 32 random bytes in Base64. The first encrypts, all decrypt
    #[arg(long, env = "HOOK_COOKIE_KEY_FILE", value_name = "FILE")]
    pub cookie_key_file: Option<PathBuf>,

    /// An origin whose pages may call
    #[arg(long = "origin", env = "HOOK_ORIGINS", value_name = "ORIGIN", value_delimiter = ',', required = true)]
    pub origins: Vec<String>,

    /// The id of a group that registered users join
    #[arg(long = "group", env = "HOOK_GROUPS", value_name = "ID", value_delimiter = ',')]
    pub groups: Vec<String>,

    /// The registration form; the default form has names, email, a password, and optional a phone and a user name
    #[arg(long, env = "HOOK_REGISTRATION_FILE", value_name = "FILE")]
    pub registration: Option<PathBuf>,

    /// The address for browsers; plain HTTP, for use behind TLS. Port 0 selects a free one
    #[arg(long, env = "HOOK_LISTEN", value_name = "ADDRESS", value_delimiter = ',', default_value = "127.0.0.1:8083")]
    pub listen: Vec<SocketAddr>,

    /// How many seconds to go on after SIGTERM while /readyz says that the hook stops, so that a proxy sends no more to it
    #[arg(long, env = "HOOK_DRAIN", value_name = "SECONDS", default_value_t = 0)]
    pub drain: u16,

    /// The address for /healthz, /readyz and /metrics, for internal use; without it they are not served
    #[arg(long, env = "HOOK_INTERNAL_ADDRESS", value_name = "ADDRESS")]
    pub internal_address: Option<SocketAddr>,

    /// Number of proxies that append to X-Forwarded-For
    #[arg(long, env = "HOOK_TRUSTED_PROXIES", value_name = "NUMBER", default_value_t = 0)]
    pub trusted_proxies: usize,

    /// The id of the hook's client of OpenID Connect (a web application of the org): sessions without a session token
    #[arg(long, env = "HOOK_OIDC_CLIENT_ID", value_name = "ID", requires = "public_url")]
    pub oidc_client_id: Option<String>,

    /// The file with the secret of that client; `HOOK_OIDC_CLIENT_SECRET` if left out
    #[arg(long, env = "HOOK_OIDC_CLIENT_SECRET_FILE", value_name = "FILE", requires = "oidc_client_id")]
    pub oidc_client_secret_file: Option<PathBuf>,

    /// The issuer: an authorization server of the org; the org itself if left out
    #[arg(long, env = "HOOK_OIDC_ISSUER", value_name = "URL", requires = "oidc_client_id")]
    pub oidc_issuer: Option<String>,

    /// A scope that is asked for besides openid
    #[arg(
        long = "oidc-scope",
        env = "HOOK_OIDC_SCOPES",
        value_name = "NAME",
        value_delimiter = ',',
        requires = "oidc_client_id"
    )]
    pub oidc_scopes: Vec<String>,

    /// The address of the hook for browsers, to which the org sends them back
    #[arg(long, env = "HOOK_PUBLIC_URL", value_name = "URL", requires = "oidc_client_id")]
    pub public_url: Option<String>,

    /// The challenge provider of registration
    #[arg(long, env = "HOOK_CHALLENGE", value_enum, value_name = "PROVIDER", requires = "challenge_site_key")]
    pub challenge: Option<ChallengeProvider>,

    /// The site key at that provider
    #[arg(long, env = "HOOK_CHALLENGE_SITE_KEY", value_name = "KEY", requires = "challenge")]
    pub challenge_site_key: Option<String>,

    /// The file with the secret of that provider; `HOOK_CHALLENGE_SECRET` if left out
    #[arg(long, env = "HOOK_CHALLENGE_SECRET_FILE", value_name = "FILE", requires = "challenge")]
    pub challenge_secret_file: Option<PathBuf>,

    /// The URL of that provider, instead of its default; `http://` on this machine only
    #[arg(long, env = "HOOK_CHALLENGE_URL", value_name = "URL", requires = "challenge")]
    pub challenge_url: Option<String>,

    /// A host whose pages may show the challenge; those of --origin unless one is given
    #[arg(
        long = "challenge-host",
        env = "HOOK_CHALLENGE_HOSTS",
        value_name = "HOST",
        value_delimiter = ',',
        requires = "challenge"
    )]
    pub challenge_hosts: Vec<String>,

    /// The action that the page names for the challenge; not checked unless it is given
    #[arg(long, env = "HOOK_CHALLENGE_ACTION", value_name = "NAME", requires = "challenge")]
    pub challenge_action: Option<String>,

    /// The least score that passes, where the provider gives one: 0 (surely a program) to 1 (surely a person)
    #[arg(long, env = "HOOK_CHALLENGE_SCORE", value_name = "NUMBER", default_value_t = 0.5)]
    pub challenge_score: f64,

    /// Maximum number of connections from one address; with trusted proxies they limit it themselves
    #[arg(long, env = "HOOK_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value = "128")]
    pub connections_per_address: NonZeroU32,

    /// Let Strict-Transport-Security cover the subdomains of the hook's host, too
    #[arg(long, env = "HOOK_HSTS_SUBDOMAINS")]
    pub hsts_subdomains: bool,

    /// Maximum number of requests per minute and address
    #[arg(long, env = "HOOK_CALLS_PER_MINUTE", value_name = "NUMBER", default_value = "300")]
    pub calls_per_minute: NonZeroU32,

    /// Maximum number of registrations per minute and address
    #[arg(long, env = "HOOK_REGISTRATIONS_PER_MINUTE", value_name = "NUMBER", default_value = "10")]
    pub registrations_per_minute: NonZeroU32,

    /// Maximum number of session tokens per minute and address
    #[arg(long, env = "HOOK_SESSIONS_PER_MINUTE", value_name = "NUMBER", default_value = "30")]
    pub sessions_per_minute: NonZeroU32,

    /// Maximum number of proofs per minute and user
    #[arg(long, env = "HOOK_PROOFS_PER_MINUTE", value_name = "NUMBER", default_value = "20")]
    pub proofs_per_minute: NonZeroU32,

    /// The Valkey or Redis server in which several hooks count these together: redis:// or rediss://, without a password
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE", value_name = "URL")]
    pub rate_limit_store: Option<String>,

    /// The file with its password; `HOOK_RATE_LIMIT_STORE_PASSWORD` if left out
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE_PASSWORD_FILE", value_name = "FILE", requires = "rate_limit_store")]
    pub rate_limit_store_password_file: Option<PathBuf>,

    /// The file with the certificates (PEM) of the authorities that it is checked against, instead of the system's
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE_CA_FILE", value_name = "FILE", requires = "rate_limit_store")]
    pub rate_limit_store_ca_file: Option<PathBuf>,

    /// The address is that of a cluster; any of its nodes will do
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE_CLUSTER", requires = "rate_limit_store")]
    pub rate_limit_store_cluster: bool,

    /// The first part of every name in it
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE_PREFIX", value_name = "TEXT", default_value = "okta-hook")]
    pub rate_limit_store_prefix: String,

    /// How long a request waits for it, in milliseconds; then this hook counts alone until it answers again
    #[arg(long, env = "HOOK_RATE_LIMIT_STORE_TIMEOUT", value_name = "NUMBER", default_value = "100")]
    pub rate_limit_store_timeout: NonZeroU32,

    /// Timeout of requests to the org, in seconds
    #[arg(long, env = "HOOK_ORG_TIMEOUT", value_name = "SECONDS", default_value = "10")]
    pub org_timeout: NonZeroU32,

    /// Log level on standard error: error, warn, info (every request), debug (every request to the org)
    #[arg(long, env = "HOOK_LOG", value_name = "LEVEL", default_value = "info")]
    pub log: tracing::Level,

    /// Log format
    #[arg(long, env = "HOOK_LOG_FORMAT", value_enum, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// Challenge providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChallengeProvider {
    /// Cloudflare Turnstile
    Turnstile,
    /// hCaptcha
    Hcaptcha,
    /// Google reCAPTCHA
    Recaptcha,
}

/// Log formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text.
    Text,
    /// JSON lines.
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Options;

    #[test]
    fn the_command_line_is_well_formed() {
        Options::command().debug_assert();
    }
}
