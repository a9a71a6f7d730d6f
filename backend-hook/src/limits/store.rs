//! The store that servers share, Valkey or Redis, one server or a cluster: its address, the connection, and counting by one
//! script with one key. Not here: what happens while it is gone (`shared.rs`, `circuit.rs`).

use std::{
    error::Error,
    fmt,
    num::NonZeroU32,
    pin::Pin,
    sync::{PoisonError, RwLock},
    time::Duration,
};

use redis::{
    AsyncConnectionConfig, Client, ConnectionInfo, IntoConnectionInfo as _, RedisError, RedisResult, Script,
    TlsCertificates, aio::MultiplexedConnection, cluster::ClusterClient, cluster_async::ClusterConnection,
};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// The result of a request to the store, later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// What counts for several servers.
pub trait Store: fmt::Debug + Send + Sync {
    /// Where it is, for the log.
    fn place(&self) -> &str;
    /// Connects, in place of an earlier connection.
    fn connect(&self) -> Later<'_, ()>;
    /// Counts one request under this name, of which so many a minute are allowed. Returns how long to wait if it is not.
    fn count<'a>(&'a self, name: &'a str, times: NonZeroU32) -> Later<'a, Option<Duration>>;
}

/// Why the store can't be used.
#[derive(Debug)]
pub enum Failure {
    /// It did not answer within this time.
    Late(Duration),
    /// There is no connection.
    NotConnected,
    /// It can't be reached, refuses the request, or answers with something else.
    Refused(RedisError),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Late(limit) => write!(formatter, "no answer within {} ms", limit.as_millis()),
            Self::NotConnected => formatter.write_str("not connected"),
            Self::Refused(error) => {
                let mut text = error.to_string();
                let mut cause = error.source();
                while let Some(error) = cause {
                    let more = error.to_string();
                    // Some errors are shown with their cause.
                    if !text.contains(&more) {
                        text = format!("{text}: {more}");
                    }
                    cause = error.source();
                }
                formatter.write_str(&text)
            }
        }
    }
}

/// Where the store is, and how to connect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `redis://` or `rediss://`, without a password.
    pub url: Url,
    /// The password.
    pub password: Option<SecretString>,
    /// Certificates of authorities in PEM, instead of the system's.
    pub authorities: Option<Vec<u8>>,
    /// Whether the address is one of a cluster's.
    pub is_cluster: bool,
}

impl Settings {
    /// Parses the address.
    pub fn parse(text: &str) -> Result<Url, String> {
        let form = "it is written redis://HOST[:PORT][/DATABASE], or rediss:// for TLS";
        let url = Url::parse(text).map_err(|error| format!("{error}; {form}"))?;
        if !matches!(url.scheme(), "redis" | "rediss" | "valkey" | "valkeys")
            || url.host_str().is_none_or(str::is_empty)
        {
            return Err(form.to_owned());
        }
        if url.password().is_some() {
            return Err(
                "the password does not belong here: name its file with --rate-limit-store-password-file, or set \
                        HOOK_RATE_LIMIT_STORE_PASSWORD"
                    .to_owned(),
            );
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("{form}; nothing comes after that"));
        }
        Ok(url)
    }

    /// Whether the connection is encrypted.
    fn has_tls(&self) -> bool {
        matches!(self.url.scheme(), "rediss" | "valkeys")
    }
}

#[derive(Clone)]
enum Connection {
    One(MultiplexedConnection),
    Cluster(ClusterConnection),
}

enum Kind {
    One(Box<Client>),
    Cluster(Box<ClusterClient>),
}

/// A Valkey or Redis server, or a cluster of them.
pub struct Valkey {
    place: String,
    kind: Kind,
    script: Script,
    connection: RwLock<Option<Connection>>,
}

impl fmt::Debug for Valkey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Valkey({})", self.place)
    }
}

impl Valkey {
    /// Not connected yet.
    pub fn new(settings: &Settings) -> Result<Self, String> {
        if settings.has_tls() {
            // What the client of the org uses. An error says that there is one already.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        }
        let kind = settings.client().map_err(|error| Failure::Refused(error).to_string())?;
        let host = settings.url.host_str().unwrap_or_default();
        let place = format!("{host}:{}", settings.url.port().unwrap_or(6379));
        let script = Script::new(include_str!("count.lua"));
        Ok(Self { place, kind, script, connection: RwLock::new(None) })
    }

    async fn connected(&self) -> RedisResult<Connection> {
        // The limits of time are those of the caller.
        Ok(match &self.kind {
            Kind::One(client) => {
                let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
                Connection::One(client.get_multiplexed_async_connection_with_config(&config).await?)
            }
            Kind::Cluster(client) => Connection::Cluster(client.get_async_connection().await?),
        })
    }
}

impl Settings {
    fn client(&self) -> RedisResult<Kind> {
        let info = self.url.clone().into_connection_info()?;
        let mut redis = info.redis_settings().clone();
        if let Some(password) = &self.password {
            redis = redis.set_password(password.expose_secret());
        }
        let info: ConnectionInfo = info.set_redis_settings(redis);
        let certificates = self.authorities.clone().filter(|_| self.has_tls());
        let certificates = certificates.map(|pem| TlsCertificates { client_tls: None, root_cert: Some(pem) });
        if self.is_cluster {
            // What a request does not wait for is not worth repeating.
            let mut builder = ClusterClient::builder([info]).retries(1);
            if let Some(certificates) = certificates {
                builder = builder.certs(certificates);
            }
            return Ok(Kind::Cluster(Box::new(builder.build()?)));
        }
        Ok(Kind::One(Box::new(match certificates {
            Some(certificates) => Client::build_with_tls(info, certificates)?,
            None => Client::open(info)?,
        })))
    }
}

impl Store for Valkey {
    fn place(&self) -> &str {
        &self.place
    }

    fn connect(&self) -> Later<'_, ()> {
        Box::pin(async {
            let connection = self.connected().await.map_err(Failure::Refused)?;
            *self.connection.write().unwrap_or_else(PoisonError::into_inner) = Some(connection);
            Ok(())
        })
    }

    fn count<'a>(&'a self, name: &'a str, times: NonZeroU32) -> Later<'a, Option<Duration>> {
        Box::pin(async move {
            let connection = self.connection.read().unwrap_or_else(PoisonError::into_inner).clone();
            let mut call = self.script.key(name);
            call.arg(times.get());
            let wait: u64 = match connection.ok_or(Failure::NotConnected)? {
                Connection::One(mut connection) => call.invoke_async(&mut connection).await,
                Connection::Cluster(mut connection) => call.invoke_async(&mut connection).await,
            }
            .map_err(Failure::Refused)?;
            Ok((wait > 0).then(|| Duration::from_micros(wait)))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_no_password_and_nothing_else() {
        for right in ["redis://cache.internal", "rediss://user@cache.internal:6380/2", "valkey://[::1]:6379"] {
            Settings::parse(right).unwrap();
        }
        let wrong = [
            "cache.internal:6379",
            "http://cache.internal",
            "redis://",
            "redis:cache",
            "redis://user:secret@cache.internal",
            "redis://:secret@cache.internal",
            "rediss://cache.internal#insecure",
            "redis://cache.internal?protocol=resp3",
        ];
        for wrong in wrong {
            let why = Settings::parse(wrong).unwrap_err();
            assert!(!why.contains("secret"), "{wrong}: {why}");
        }
    }

    #[test]
    fn secrets_are_not_in_debug_output() {
        let settings = Settings {
            url: Settings::parse("redis://cache.internal").unwrap(),
            password: Some("hush-hush".to_owned().into()),
            authorities: None,
            is_cluster: false,
        };
        let shown = format!("{settings:?} {:?}", Valkey::new(&settings).unwrap());
        assert!(!shown.contains("hush"), "{shown}");
        assert!(shown.contains("cache.internal:6379"), "{shown}");
    }
}
