//! What all requests share: the configuration, the way to the org, what is counted, and two things that are
//! remembered for a short while because asking for them each time would be asking too often.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use tokio::sync::Mutex;

use crate::{
    config::Config,
    form::Rules,
    metrics::Metrics,
    org::{Client, OrgError},
};

/// How long the org's rules for passwords are good for.
const RULES_FOR: Duration = Duration::from_mins(5);
/// How long it is believed that the org is well, or is not.
const WELL_FOR: Duration = Duration::from_secs(10);

/// What all requests share.
#[derive(Debug)]
pub struct Hook {
    /// What was set.
    pub config: Config,
    /// The way to the org.
    pub org: Client,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    rules: Mutex<Option<(Instant, Rules)>>,
    well: Mutex<Option<(Instant, Result<(), OrgError>)>>,
}

/// The hook, as every request holds it.
pub type Shared = Arc<Hook>;

impl Hook {
    /// With this configuration, whose token goes to the way to the org.
    pub fn new(config: Config) -> Result<Shared, String> {
        let metrics = Arc::new(Metrics::default());
        let settings = crate::org::Settings {
            origin: config.org.origin.clone(),
            token: config.org.token.clone(),
            timeout: config.org.timeout,
        };
        let org = Client::new(settings, Arc::clone(&metrics))?;
        Ok(Arc::new(Self { config, org, metrics, rules: Mutex::new(None), well: Mutex::new(None) }))
    }

    /// What a password needs: as the operator wrote, else as the org says, else as is usual.
    pub async fn rules(&self) -> Rules {
        if let Some(rules) = &self.config.form.password {
            return rules.clone();
        }
        let mut kept = self.rules.lock().await;
        if let Some((_, rules)) = kept.as_ref().filter(|(since, _)| since.elapsed() < RULES_FOR) {
            return rules.clone();
        }
        match self.org.password_policies().await {
            Ok(policies) => {
                let rules = Rules::of(&policies, &self.config.groups).unwrap_or_default();
                *kept = Some((Instant::now(), rules.clone()));
                rules
            }
            // What was true before is a better guess than what is usual.
            Err(_) => kept.as_ref().map(|(_, rules)| rules.clone()).unwrap_or_default(),
        }
    }

    /// Whether the org answers and takes the token, as of a moment ago.
    pub async fn org_is_well(&self) -> Result<(), OrgError> {
        let mut kept = self.well.lock().await;
        if let Some((_, outcome)) = kept.as_ref().filter(|(since, _)| since.elapsed() < WELL_FOR) {
            return outcome.clone();
        }
        let outcome = self.org.is_well().await;
        *kept = Some((Instant::now(), outcome.clone()));
        outcome
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
