//! The command line and the environment: what an operator can set, in the words in which it is set. What of
//! it makes sense is decided in `config.rs`.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use clap::{Parser, ValueEnum};

/// Does for signed-in people what only an API token of their Okta org may do.
///
/// The API token is read from `HOOK_API_TOKEN` and the keys of the cookie from `HOOK_COOKIE_KEYS` where no file
/// is named: secrets have no place on a command line.
#[derive(Debug, Clone, Parser)]
#[command(name = "okta-backend-hook", version)]
pub struct Options {
    /// The org, such as <https://example.okta.com>
    #[arg(long, env = "HOOK_ORG", value_name = "ORIGIN")]
    pub org: String,

    /// The file with the API token of the org
    #[arg(long, env = "HOOK_API_TOKEN_FILE", value_name = "FILE")]
    pub api_token_file: Option<PathBuf>,

    /// The file with the keys of the cookie, one a line: 32 random bytes in Base64. The first one seals, all open
    #[arg(long, env = "HOOK_COOKIE_KEY_FILE", value_name = "FILE")]
    pub cookie_key_file: Option<PathBuf>,

    /// An origin whose pages may call
    #[arg(long = "origin", env = "HOOK_ORIGINS", value_name = "ORIGIN", value_delimiter = ',', required = true)]
    pub origins: Vec<String>,

    /// A group, by id, that those who register join
    #[arg(long = "group", env = "HOOK_GROUPS", value_name = "ID", value_delimiter = ',')]
    pub groups: Vec<String>,

    /// The registration form; without one, names, e-mail, an optional phone and a password are asked
    #[arg(long, env = "HOOK_REGISTRATION_FILE", value_name = "FILE")]
    pub registration: Option<PathBuf>,

    /// Where browsers call; plain HTTP, to be put behind TLS. Port 0 takes a free one
    #[arg(long, env = "HOOK_LISTEN", value_name = "ADDRESS", value_delimiter = ',', default_value = "127.0.0.1:8083")]
    pub listen: Vec<SocketAddr>,

    /// Where /healthz, /readyz and /metrics are answered, away from browsers; without it they are not
    #[arg(long, env = "HOOK_INTERNAL_ADDRESS", value_name = "ADDRESS")]
    pub internal_address: Option<SocketAddr>,

    /// How many proxies in front append to X-Forwarded-For
    #[arg(long, env = "HOOK_TRUSTED_PROXIES", value_name = "NUMBER", default_value_t = 0)]
    pub trusted_proxies: usize,

    /// Who checks that a person registers
    #[arg(long, env = "HOOK_CHALLENGE", value_enum, value_name = "PROVIDER", requires = "challenge_site_key")]
    pub challenge: Option<ChallengeProvider>,

    /// The public key of the page at that provider
    #[arg(long, env = "HOOK_CHALLENGE_SITE_KEY", value_name = "KEY", requires = "challenge")]
    pub challenge_site_key: Option<String>,

    /// The file with the secret at that provider; else it is read from `HOOK_CHALLENGE_SECRET`
    #[arg(long, env = "HOOK_CHALLENGE_SECRET_FILE", value_name = "FILE", requires = "challenge")]
    pub challenge_secret_file: Option<PathBuf>,

    /// Where that provider is asked, in place of its usual address
    #[arg(long, env = "HOOK_CHALLENGE_URL", value_name = "URL", requires = "challenge")]
    pub challenge_url: Option<String>,

    /// How many calls a minute an address may make
    #[arg(long, env = "HOOK_CALLS_PER_MINUTE", value_name = "NUMBER", default_value = "300")]
    pub calls_per_minute: NonZeroU32,

    /// How many registrations a minute an address may make
    #[arg(long, env = "HOOK_REGISTRATIONS_PER_MINUTE", value_name = "NUMBER", default_value = "10")]
    pub registrations_per_minute: NonZeroU32,

    /// How many session tokens a minute an address may hand in
    #[arg(long, env = "HOOK_SESSIONS_PER_MINUTE", value_name = "NUMBER", default_value = "30")]
    pub sessions_per_minute: NonZeroU32,

    /// How many proofs a minute a caller may try
    #[arg(long, env = "HOOK_PROOFS_PER_MINUTE", value_name = "NUMBER", default_value = "20")]
    pub proofs_per_minute: NonZeroU32,

    /// How many seconds the org may take for an answer
    #[arg(long, env = "HOOK_ORG_TIMEOUT", value_name = "SECONDS", default_value = "10")]
    pub org_timeout: NonZeroU32,

    /// How much is told on standard error: error, warn, info (every call), debug (every call of the org)
    #[arg(long, env = "HOOK_LOG", value_name = "LEVEL", default_value = "info")]
    pub log: tracing::Level,

    /// Whether logs are for people or for programs
    #[arg(long, env = "HOOK_LOG_FORMAT", value_enum, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// Who checks that a person registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChallengeProvider {
    /// Cloudflare Turnstile
    Turnstile,
    /// hCaptcha
    Hcaptcha,
    /// Google reCAPTCHA
    Recaptcha,
}

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
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
