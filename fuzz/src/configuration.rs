//! What a page's owner may set: any options with any values, on any page. Addresses are resolved by the crate `url`, as a
//! browser does, and compared with what was read. Not here: reading the DOM.

use crate::input::Input;
use okta_authn_widget::config::{OptionName, OptionValue, Page};
use okta_authn_widget::{Config, ManageFactorsConfig};
use sign_in_flow::{AfterSuccess, Resume};
use url::{Origin, Url};

const PAGES: [&str; 4] = [
    "https://app.example/login",
    "http://localhost:8080/?stateToken=00&fromURI=https%3A%2F%2Fapp.example%2F",
    "https://app.example/login?recoveryToken=a&token=b#top",
    "file:///login.html",
];

struct Opened(String);

impl Page for Opened {
    fn url(&self) -> String {
        self.0.clone()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Url::parse(&self.0).ok()?.join(url).ok().map(String::from)
    }
}

/// A page, then options: a byte for the name, one for the kind of value, and its texts.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let [manages, own_page] = input.flags();
    let page = if own_page { Url::parse(&input.text()).ok().map(String::from) } else { None };
    let page = Opened(page.unwrap_or_else(|| input.choose(&PAGES).to_owned()));
    let names = if manages { &OptionName::OF_MANAGE_FACTORS[..] } else { &OptionName::ALL[..] };
    let mut given = Vec::new();
    while !input.is_empty() {
        given.push((input.choose(names), value(&mut input)));
    }
    if manages { manage_factors(&given, &page) } else { sign_in(&given, &page) }
}

fn value(input: &mut Input) -> OptionValue {
    match input.byte() % 6 {
        0 => OptionValue::Flag(input.byte() & 1 == 1),
        1 => OptionValue::List((0..input.byte() % 4).map(|_| input.text().into_owned()).collect()),
        _ => OptionValue::Text(input.text().into_owned()),
    }
}

fn sign_in(given: &[(OptionName, OptionValue)], page: &Opened) {
    let config = match Config::parse(given, page) {
        Ok(config) => config,
        Err(mistake) => return assert!(!mistake.to_string().is_empty()),
    };
    let settings = &config.settings;
    let org = Url::parse(settings.org.origin());
    if let AfterSuccess::SessionCookie { redirect_url, .. } = &settings.after_success
        && let Ok(url) = Url::parse(redirect_url.as_str())
    {
        let mut allowed = origins(given, OptionName::RedirectOrigins);
        allowed.extend(Url::parse(&page.0).map(|url| url.origin()));
        allowed.extend(org.as_ref().map(Url::origin));
        assert!(allowed.contains(&url.origin()), "{given:?} leads to {url}");
    }
    if let (Some(resume), Ok(page_url)) = (&settings.resume, Url::parse(&page.0)) {
        let token = match resume {
            Resume::State(token) => token.expose(),
            Resume::Recovery(token) => token.expose(),
            Resume::Activation(token) => token.expose(),
            Resume::Tokens => return,
        };
        let is_given = given.iter().any(|(_, value)| matches!(value, OptionValue::Text(text) if text == token));
        assert!(is_given || page_url.query_pairs().any(|(_, value)| value == token), "{given:?}: {token}");
        let shown = format!("{config:?}");
        let stands_elsewhere = given.iter().filter(|(_, value)| format!("{value:?}").contains(token)).count() > 1;
        assert!(token.len() < 12 || stands_elsewhere || page.0.contains(token) || !shown.contains(token), "{shown}");
    }
}

fn manage_factors(given: &[(OptionName, OptionValue)], page: &Opened) {
    let config = match ManageFactorsConfig::parse(given, page) {
        Ok(config) => config,
        Err(mistake) => return assert!(!mistake.to_string().is_empty()),
    };
    let hook = config.hook.admit(&["factors", "../../x?y#z"]);
    let own = given.iter().find(|(name, _)| *name == OptionName::HookUrl);
    if let (Ok(address), Some((_, OptionValue::Text(own)))) = (hook, own)
        && let (Ok(address), Some(Ok(own))) =
            (Url::parse(&address), page.resolve(own.trim()).map(|own| Url::parse(&own)))
    {
        assert_eq!(address.origin(), own.origin());
        assert!(address.path().starts_with(own.path().trim_end_matches('/')), "{own} leads to {address}");
    }
    let Some(url) = config.sign_in_url else { return };
    let Ok(url) = Url::parse(url.as_str()) else { return };
    let mut allowed = origins(given, OptionName::RedirectOrigins);
    allowed.extend(Url::parse(&page.0).map(|url| url.origin()));
    assert!(allowed.contains(&url.origin()), "{given:?} leads to {url}");
}

/// The origins of an option that is a list. Of one that is given twice, the first counts.
fn origins(given: &[(OptionName, OptionValue)], option: OptionName) -> Vec<Origin> {
    let found = given.iter().find(|(name, _)| *name == option).map(|(_, value)| value);
    let texts: Vec<&str> = match found {
        Some(OptionValue::Text(text)) => text.split_whitespace().collect(),
        Some(OptionValue::List(list)) => list.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().filter_map(|text| Url::parse(text).ok()).map(|url| url.origin()).collect()
}
