//! What an embedder gives, and what comes of it.
#![expect(clippy::unwrap_used, reason = "a failed parse fails the test")]

use super::*;

pub(crate) struct App;

impl Page for App {
    fn url(&self) -> String {
        "https://app.example/login?x=1#top".to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        if url.contains(':') { Some(url.to_owned()) } else { Some(["https://app.example/", url].concat()) }
    }
}

fn parse(given: &[(&str, &str)]) -> Result<Config, String> {
    let named = |attribute: &str| OptionName::ALL.into_iter().find(|option| option.attribute() == attribute).unwrap();
    let given: Vec<_> = given.iter().map(|(name, text)| (named(name), OptionValue::Text((*text).to_owned()))).collect();
    Config::parse(&given, &App).map_err(|error| error.to_string())
}

fn redirect_url(config: Config) -> Option<String> {
    match config.settings.after_success {
        AfterSuccess::SessionCookie { redirect_url, .. } => Some(redirect_url.as_str().to_owned()),
        AfterSuccess::Callback | AfterSuccess::Tokens => None,
    }
}

const BASE: (&str, &str) = ("base-url", "https://example.okta.com");

#[test]
fn defaults() {
    let config = parse(&[BASE]).unwrap();
    assert!(config.settings.remember_me && !config.autofocus);
    assert!(config.settings.options.warn_before_password_expired);
    assert!(!config.settings.options.multi_optional_factor_enroll);
    assert_eq!(config.settings.existing_session, ExistingSession::Ask);
    assert_eq!(redirect_url(config).as_deref(), Some("https://app.example/login?x=1#top"));
}

#[test]
fn discovery_is_off_unless_the_page_wants_it() {
    for (given, expected) in [
        ("", Ok(false)),
        ("off", Ok(false)),
        ("webfinger", Ok(true)),
        ("true", Err("okta-sign-in: discovery must be one of: off, webfinger")),
    ] {
        let discovers = parse(&[BASE, ("discovery", given)]).map(|config| config.settings.discovers);
        assert_eq!(discovers, expected.map_err(str::to_owned), "{given}");
    }
    for (given, expected) in [(Discovery::Off, false), (Discovery::Webfinger, true)] {
        let config = Config::builder("https://example.okta.com").discovery(given).build_on(&App).unwrap();
        assert_eq!(config.settings.discovers, expected);
    }
}

#[test]
fn redirects() {
    for (url, target) in [
        ("landing.html", Ok("https://app.example/landing.html")),
        ("https://partner.example/x", Ok("https://partner.example/x")),
        (
            "https://evil.example/",
            Err(
                "okta-sign-in: redirect-url leads to https://evil.example, which is not allowed: add it to redirect-origins if it is yours",
            ),
        ),
        ("javascript:alert(1)", Err("okta-sign-in: redirect-url must start with https:// or http://")),
        (
            "https://app.example@evil.example/",
            Err("okta-sign-in: redirect-url must not contain a user name or password"),
        ),
    ] {
        let given = [BASE, ("redirect-origins", " https://partner.example "), ("redirect-url", url)];
        let parsed = parse(&given).map(|config| redirect_url(config).unwrap());
        assert_eq!(parsed.as_deref().map_err(String::as_str), target, "{url}");
    }
    assert_eq!(redirect_url(parse(&[BASE, ("session-redirect", "callback")]).unwrap()), None);
}

#[test]
fn errors_say_what_to_do() {
    for (given, problem) in [
        (vec![], "okta-sign-in: base-url is missing: set it to your org, as in https://example.okta.com"),
        (vec![("base-url", "example.okta.com")], "okta-sign-in: base-url must start with https:// or http://"),
        (
            vec![("base-url", "https://example.okta.com/app")],
            "okta-sign-in: base-url must end after the host: the widget adds the path itself",
        ),
        (
            vec![BASE, ("session-redirect", "put")],
            "okta-sign-in: session-redirect must be one of: get, post, sign-out-first, callback",
        ),
        (
            vec![("base-url", "https://acme-admin.okta.com")],
            "okta-sign-in: base-url is the address of the admin console: leave out -admin",
        ),
        (
            vec![BASE, ("org-origins", "https://login.example/x")],
            "okta-sign-in: org-origins must end after the host: the widget adds the path itself",
        ),
        (
            vec![BASE, ("org-origins", "https://a.example https://acme-admin.oktapreview.com")],
            "okta-sign-in: org-origins is the address of the admin console: leave out -admin",
        ),
        (vec![BASE, ("autofocus", "yes")], "okta-sign-in: autofocus must be true or false"),
        (
            vec![BASE, ("redirect-origins", "https://a.example/x")],
            "okta-sign-in: redirect-origins must hold origins only, as in https://app.example",
        ),
    ] {
        assert_eq!(parse(&given).unwrap_err(), problem);
    }
}

/// Templates write the attribute also where there is nothing to say.
#[test]
fn an_empty_text_is_none() {
    const FLAGS: [OptionName; 15] = [
        OptionName::CheckAccountSetup,
        OptionName::RememberMe,
        OptionName::IdentifierFirst,
        OptionName::MultiOptionalFactorEnroll,
        OptionName::WarnBeforePasswordExpired,
        OptionName::PasswordlessAuth,
        OptionName::AutoPush,
        OptionName::EmailRecovery,
        OptionName::SmsRecovery,
        OptionName::CallRecovery,
        OptionName::SelfServiceUnlock,
        OptionName::ResumeFromUrl,
        OptionName::Autofocus,
        OptionName::BrowserBack,
        OptionName::DocumentTitle,
    ];
    let with_empty = |value: &str| {
        let texts =
            OptionName::ALL.into_iter().filter(|option| !FLAGS.contains(option) && *option != OptionName::BaseUrl);
        let given: Vec<_> = texts.map(|option| (option.attribute(), value)).chain([BASE]).collect();
        parse(&given).unwrap()
    };
    let plain = parse(&[BASE]).unwrap();
    assert_eq!((with_empty(""), with_empty(" ")), (plain.clone(), plain));
    assert!(parse(&[("base-url", " ")]).unwrap_err().contains("base-url is missing"));
    let hook = [(OptionName::HookUrl, OptionValue::Text(String::new()))];
    let mistake = ManageFactorsConfig::parse(&hook, &App).unwrap_err().to_string();
    assert!(mistake.contains("hook-url is missing"), "{mistake}");
}

#[test]
fn links_to_other_addresses_of_the_org_are_followed_where_they_are_named() {
    let links_to = |origin: &str| {
        let link: okta_authn::wire::Value = serde_json::from_str(&format!(
            r#"{{"status": "POLL", "_links": {{"next": {{"href": "{origin}/api/v1/authn/poll"}}}}}}"#
        ))
        .unwrap();
        okta_authn::Response::ok(link).into_transaction().unwrap().envelope.links
    };
    for (origins, admitted) in [
        (None, false),
        (Some("https://a.example https://acme.okta.com/"), true),
        (Some("https://other.example"), false),
    ] {
        let given = origins.map(|origins| ("org-origins", origins));
        let org = parse(&[&[BASE], given.as_slice()].concat()).unwrap().settings.org;
        let links = links_to("https://acme.okta.com");
        let request = org.admit(links.get("next").unwrap()).ok();
        assert_eq!(request.as_deref(), admitted.then_some("https://example.okta.com/api/v1/authn/poll"), "{origins:?}");
    }
    let built = Config::builder("https://example.okta.com").org_origins(["https://acme.okta.com"]).build_on(&App);
    assert_eq!(
        Ok(built.unwrap().settings.org),
        parse(&[BASE, ("org-origins", "https://acme.okta.com")]).map(|config| config.settings.org)
    );
}

#[test]
fn properties_are_attributes_in_camel_case() {
    assert_eq!(OptionName::from_property(&OptionName::ALL, "baseUrl"), Some(OptionName::BaseUrl));
    assert_eq!(
        OptionName::from_property(&OptionName::ALL, "multiOptionalFactorEnroll"),
        Some(OptionName::MultiOptionalFactorEnroll)
    );
    assert_eq!(OptionName::from_property(&OptionName::ALL, "base-url"), None);
    assert_eq!(OptionName::from_property(&OptionName::ALL, "color"), None);
}

#[test]
fn ways_to_recover() {
    let ways = |given: &[(&str, &str)]| {
        let settings = parse(&[&[BASE], given].concat()).unwrap().settings;
        (settings.recovery, settings.unlock)
    };
    assert_eq!(ways(&[]), (vec![Channel::Email], vec![]));
    assert_eq!(ways(&[("email-recovery", "false")]), (vec![], vec![]));
    let both = vec![Channel::Email, Channel::Sms];
    assert_eq!(ways(&[("sms-recovery", ""), ("self-service-unlock", "")]), (both.clone(), both));
}

#[test]
fn what_is_taken_up() {
    let resume = |given: &[(&str, &str)]| parse(&[&[BASE], given].concat()).unwrap().settings.resume;
    assert_eq!(resume(&[]), None);
    assert_eq!(resume(&[("state-token", "00a")]), Some(Resume::State(StateToken::new("00a"))));
    assert_eq!(resume(&[("activation-token", "b")]), Some(Resume::Activation(ActivationToken::new("b"))));
    assert_eq!(resume(&[("recovery-token", "")]), None);
    // The page of these tests has ?x=1 in its address, and no token.
    assert_eq!(resume(&[("resume-from-url", "")]), None);
}

#[test]
fn a_relay_state_that_is_an_allowed_address_says_where_to_go() {
    let goes_to = |relay_state| redirect_url(parse(&[BASE, ("relay-state", relay_state)]).unwrap());
    assert_eq!(goes_to("https://app.example/deep?x=1").as_deref(), Some("https://app.example/deep?x=1"));
    assert_eq!(goes_to("https://example.okta.com/app/x?y").as_deref(), Some("https://example.okta.com/app/x?y"));
    assert_eq!(goes_to("https://evil.example/").as_deref(), Some("https://app.example/login?x=1#top"));
    assert_eq!(goes_to("opaque").as_deref(), Some("https://app.example/login?x=1#top"));
}

/// A page at this address.
struct At(&'static str);

impl Page for At {
    fn url(&self) -> String {
        self.0.to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        App.resolve(url)
    }
}

fn parse_at(url: &'static str, given: &[(OptionName, &str)]) -> Config {
    let base = (OptionName::BaseUrl, BASE.1);
    let given = [&[base], given].concat();
    let given: Vec<_> = given.into_iter().map(|(name, text)| (name, OptionValue::Text(text.to_owned()))).collect();
    Config::parse(&given, &At(url)).unwrap()
}

#[test]
fn the_page_itself_is_returned_to_without_its_tokens() {
    for (url, target) in [
        ("https://app.example/p?token=act123", "https://app.example/p"),
        ("https://app.example/p?tab=2#/reports/5", "https://app.example/p?tab=2#/reports/5"),
        ("https://app.example/p?a=1&stateToken=00x&b=2&recoveryToken=r#/x", "https://app.example/p?a=1&b=2#/x"),
    ] {
        for options in [&[][..], &[(OptionName::ResumeFromUrl, "")], &[(OptionName::RedirectUrl, "")]] {
            assert_eq!(redirect_url(parse_at(url, options)).as_deref(), Some(target), "{url}");
        }
    }
}

#[test]
fn the_address_says_where_to_go_at_the_org_or_at_an_allowed_place() {
    const ORG: &str = "https://app.example/p?fromURI=https%3A%2F%2Fexample.okta.com%2Fhome%2Fsalesforce%2F0oa1%2F24";
    const PAGE: &str = "https://app.example/p?fromURI=https%3A%2F%2Fapp.example%2Fx";
    const OTHER: &str = "https://app.example/p?fromURI=https%3A%2F%2Fexample.okta.com.evil.example%2F";
    const SCRIPT: &str = "https://app.example/p?fromURI=javascript%3Aalert(1)";
    let from_url = (OptionName::ResumeFromUrl, "");
    for (url, options, target) in [
        (ORG, &[from_url][..], "https://example.okta.com/home/salesforce/0oa1/24"),
        (PAGE, &[from_url], "https://app.example/x"),
        (OTHER, &[from_url, (OptionName::RedirectUrl, "/landing")], "https://app.example//landing"),
        (SCRIPT, &[from_url, (OptionName::RedirectUrl, "/landing")], "https://app.example//landing"),
        (ORG, &[(OptionName::RedirectUrl, "/landing")], "https://app.example//landing"),
        (PAGE, &[from_url, (OptionName::RelayState, "https://app.example/own")], "https://app.example/own"),
    ] {
        assert_eq!(redirect_url(parse_at(url, options)).as_deref(), Some(target), "{url}");
    }
}

#[test]
fn a_session_is_not_continued_at_the_page_itself() {
    const PAGE: &str = "https://app.example/p?x=1&token=a#top";
    let existing = |redirect: &str, session_redirect: &str| {
        let given = [
            (OptionName::ExistingSession, "continue"),
            (OptionName::RedirectUrl, redirect),
            (OptionName::SessionRedirect, session_redirect),
        ];
        let config = parse_at(PAGE, &given);
        (config.settings.existing_session, config.hint.is_some())
    };
    for itself in ["", "https://app.example/p?x=1", "https://app.example/p?x=1#other"] {
        assert_eq!(existing(itself, "get"), (ExistingSession::Ask, true), "{itself}");
    }
    for other in ["https://app.example/p", "https://app.example/welcome"] {
        assert_eq!(existing(other, "get"), (ExistingSession::Continue, false), "{other}");
    }
    assert_eq!(existing("", "callback"), (ExistingSession::Continue, false));
}

#[test]
fn a_hook_is_an_address_below_which_requests_go() {
    for (given, first) in [
        ("https://hook.example/v1/", Ok("https://hook.example/v1/factors")),
        ("hook", Ok("https://app.example/hook/factors")),
        ("javascript:alert(1)", Err("okta-sign-in: hook-url must start with https:// or http://")),
        (
            "https://hook.example/?x",
            Err("okta-sign-in: hook-url must be an address without a query, a fragment or dots for a folder"),
        ),
    ] {
        let parsed = parse(&[BASE, ("hook-url", given)]);
        let url = parsed.map(|config| config.settings.hook.unwrap().admit(&["factors"]).unwrap());
        assert_eq!(url.as_deref(), first.map_err(str::to_owned).as_deref(), "{given}");
    }
    assert!(!parse(&[BASE]).unwrap().settings.offers_registration());
}

#[test]
fn ones_own_factors_need_a_hook_and_link_to_allowed_places() {
    let text = |name, text: &str| (name, OptionValue::Text(text.to_owned()));
    let hook = || text(OptionName::HookUrl, "hook");
    let parse = |given: &[(OptionName, OptionValue)]| {
        ManageFactorsConfig::parse(given, &App).map_err(|error| error.to_string())
    };
    assert!(parse(&[]).unwrap_err().starts_with("okta-sign-in: hook-url is missing"));
    assert_eq!(parse(&[hook()]).unwrap().sign_in_url, None);
    let linked = parse(&[hook(), text(OptionName::SignInUrl, "login")]).unwrap();
    assert_eq!(linked.sign_in_url.unwrap().as_str(), "https://app.example/login");
    let away = parse(&[hook(), text(OptionName::SignInUrl, "https://evil.example/")]).unwrap_err();
    assert!(away.contains("leads to https://evil.example, which is not allowed"), "{away}");
    assert!(parse(&[hook(), text(OptionName::SignInUrl, "javascript:alert(1)")]).is_err());
}

#[test]
fn the_builder_takes_an_app_for_tokens() {
    use crate::config::{SessionRedirect, TokenOptions};
    use okta_authn::openid::{ResponseType, Way};
    struct Returned;
    impl Page for Returned {
        fn url(&self) -> String {
            "https://app.example/p?code=c&state=s".to_owned()
        }
        fn resolve(&self, url: &str) -> Option<String> {
            Some(url.to_owned())
        }
    }
    let builder = |tokens| Config::builder("https://example.okta.com").tokens(tokens);
    let tokens = TokenOptions::new("0oa1")
        .issuer("https://example.okta.com/oauth2/default")
        .redirect_uri("https://app.example/cb")
        .scopes(["openid", "groups"])
        .response_type(ResponseType::TokenAndIdToken)
        .display(Way::Redirect)
        .idp("0oi1");
    let settings = builder(tokens).build_on(&App).unwrap().settings;
    assert_eq!((settings.after_success, settings.resume), (AfterSuccess::Tokens, None));
    let tokens = settings.tokens.unwrap();
    assert_eq!((tokens.client_id.as_str(), tokens.issuer.name()), ("0oa1", "https://example.okta.com/oauth2/default"));
    assert_eq!((tokens.redirect_uri.as_str(), tokens.idp.as_deref()), ("https://app.example/cb", Some("0oi1")));
    assert_eq!((tokens.response_type, tokens.way), (ResponseType::TokenAndIdToken, Way::Redirect));
    assert_eq!(tokens.scopes, ["openid", "groups"]);

    let returned = builder(TokenOptions::new("0oa1")).build_on(&Returned).unwrap();
    assert_eq!(returned.settings.resume, Some(Resume::Tokens));
    let mistake = |builder: ConfigBuilder| builder.build_on(&App).unwrap_err().to_string();
    assert_eq!(mistake(builder(TokenOptions::new(""))), "okta-sign-in: tokens.clientId is missing: the id of your app");
    let both = builder(TokenOptions::new("0oa1")).session_redirect(SessionRedirect::Get);
    assert_eq!(mistake(both), "okta-sign-in: tokens takes the place of session-redirect: remove one of them");
}
