//! State shared by all requests: configuration, client of the org, metrics, and values that are cached for a short time
//! because many requests need them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use tokio::sync::Mutex;

use crate::{
    config::{Config, SharedStore},
    form::Rules,
    limits::{Limits, Shared as SharedCounter, store::Valkey},
    metrics::Metrics,
    openid::OpenId,
    org::{Client, OrgError, Settings, Transport, engine::Engine},
};

/// How long the org's password rules are cached.
const RULES_CACHE_TIME: Duration = Duration::from_mins(5);
/// How long the result of the health check is cached.
const HEALTH_CACHE_TIME: Duration = Duration::from_secs(10);
/// How long the org's engine is cached. An upgrade is noticed after that at the latest.
const ENGINE_CACHE_TIME: Duration = Duration::from_mins(1);
/// How long it is cached that the engine can't be read.
const ENGINE_ERROR_CACHE_TIME: Duration = Duration::from_secs(5);
/// How long the org may take to name its engine: whoever signs in waits for it.
const ENGINE_TIMEOUT: Duration = Duration::from_secs(3);

/// State shared by all requests.
#[derive(Debug)]
pub struct Hook {
    /// The configuration.
    pub config: Config,
    /// The client of the org.
    pub org: Client,
    /// The client of OpenID Connect, where there is one.
    pub openid: Option<OpenId>,
    /// The rate limits.
    pub limits: Limits,
    /// The metrics.
    pub metrics: Arc<Metrics>,
    stops: AtomicBool,
    rules: Mutex<Option<(Instant, Rules)>>,
    health: Mutex<Option<(Instant, Result<(), OrgError>)>>,
    engine: Mutex<Option<(Instant, Result<Engine, OrgError>)>>,
}

/// The handle that each request has.
pub type Shared = Arc<Hook>;

impl Hook {
    /// Creates the clients of the org and of the store from the configuration. Nothing is requested yet.
    pub fn new(config: Config) -> Result<Shared, String> {
        Self::with_client(config, Client::new)
    }

    /// Like `new`, with what brings the org's responses in place of the network.
    pub fn over(transport: Transport, config: Config) -> Result<Shared, String> {
        Self::with_client(config, |settings, metrics| Ok(Client::over(transport, settings, metrics)))
    }

    fn with_client(
        mut config: Config,
        client: impl FnOnce(Settings, Arc<Metrics>) -> Result<Client, String>,
    ) -> Result<Shared, String> {
        let metrics = Arc::new(Metrics::new(config.store.is_some()));
        let settings = Settings {
            origin: config.org.origin.clone(),
            token: config.org.token.clone(),
            timeout: config.org.timeout,
        };
        let org = client(settings, Arc::clone(&metrics))?;
        let openid = config.openid.clone().map(OpenId::new);
        let counter = |SharedStore { settings, names, timeout }| {
            let store = Valkey::new(&settings).map_err(|why| format!("--rate-limit-store: {why}"))?;
            Ok::<_, String>(SharedCounter::new(Box::new(store), names, timeout, Arc::clone(&metrics)))
        };
        let limits = Limits::new(config.rates, config.store.take().map(counter).transpose()?);
        let (rules, health, engine) = (Mutex::new(None), Mutex::new(None), Mutex::new(None));
        Ok(Arc::new(Self {
            config,
            org,
            openid,
            limits,
            metrics,
            stops: AtomicBool::new(false),
            rules,
            health,
            engine,
        }))
    }

    /// From now on the hook says that it stops, and still answers.
    pub fn begin_to_stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_stopping(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }

    /// The password rules: from the operator's form, else from the org, else Okta's defaults.
    pub async fn rules(&self) -> Rules {
        if let Some(rules) = &self.config.form.password {
            return rules.clone();
        }
        let mut cached = self.rules.lock().await;
        if let Some((_, rules)) = cached.as_ref().filter(|(since, _)| since.elapsed() < RULES_CACHE_TIME) {
            return rules.clone();
        }
        match self.org.password_policies().await {
            Ok(policies) => {
                let rules = Rules::of(&policies, &self.config.groups).unwrap_or_default();
                *cached = Some((Instant::now(), rules.clone()));
                rules
            }
            // Expired rules are more likely to be right than the defaults.
            Err(_) => cached.as_ref().map(|(_, rules)| rules.clone()).unwrap_or_default(),
        }
    }

    /// Whether the org responds and accepts the token; cached.
    pub async fn org_is_healthy(&self) -> Result<(), OrgError> {
        let mut cached = self.health.lock().await;
        if let Some((_, outcome)) = cached.as_ref().filter(|(since, _)| since.elapsed() < HEALTH_CACHE_TIME) {
            return outcome.clone();
        }
        let outcome = self.org.is_healthy().await;
        *cached = Some((Instant::now(), outcome.clone()));
        outcome
    }

    /// The org's engine; cached.
    pub async fn engine(&self) -> Result<Engine, OrgError> {
        let mut cached = self.engine.lock().await;
        if let Some((since, engine)) = cached.as_ref() {
            let time = if engine.is_ok() { ENGINE_CACHE_TIME } else { ENGINE_ERROR_CACHE_TIME };
            if since.elapsed() < time {
                return engine.clone();
            }
        }
        let asked = tokio::time::timeout(ENGINE_TIMEOUT, self.org.engine()).await;
        let engine = asked.unwrap_or(Err(OrgError::TimedOut));
        *cached = Some((Instant::now(), engine.clone()));
        engine
    }

    /// Reads the engine again next time.
    pub async fn forget_engine(&self) {
        *self.engine.lock().await = None;
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
