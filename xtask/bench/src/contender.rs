//! The widgets and pages that are compared, and their files. Not here: measuring.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

/// A page with a sign-in form that is measured.
#[derive(Debug)]
pub(crate) struct Contender {
    /// Its name in the tables.
    pub(crate) name: &'static str,
    /// Its files.
    pub(crate) folder: PathBuf,
    /// Pages and scripts written for the benchmark, by path.
    pub(crate) pages: Vec<(&'static str, String)>,
    /// The selectors of its first form.
    pub(crate) form: Form,
    /// The selectors of its further screens, if a whole sign-in is measured.
    pub(crate) journey: Option<Journey>,
}

/// Selectors of the first form.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Form {
    pub(crate) username: &'static str,
    pub(crate) password: Option<&'static str>,
    pub(crate) button: &'static str,
    /// The end of the path of the request that a submit sends.
    pub(crate) request: &'static str,
}

/// Selectors of a sign-in with an SMS.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Journey {
    pub(crate) send_code: &'static str,
    pub(crate) code: &'static str,
    pub(crate) verify: &'static str,
    /// A script that mounts and unmounts a widget; it resolves when the form has been in the page.
    pub(crate) mount_once: &'static str,
}

/// The contender that the main ratios compare with.
pub(crate) const PEER: &str = "okta-signin-widget";
/// The lower limit: a form without a widget.
pub(crate) const LIMIT: &str = "hand-written form";
/// The widget with the static form in the page.
pub(crate) const STATIC: &str = "ours, static form";
/// The same, built with `--smallest`.
pub(crate) const SMALLEST: &str = "ours, static form, smallest";
/// The widget without the static form.
pub(crate) const OURS: &str = "ours";

const AUTHN: &str = "/api/v1/authn";

/// All contenders, for this org.
pub(crate) fn all(dist: &Path, smallest: &Path, peers: &Path, org: &str) -> anyhow::Result<Vec<Contender>> {
    let named = |page: &str| page.replace("ORG", org);
    let ours = named(include_str!("../pages/ours.html"));
    let our_form = Form {
        username: "input[name=username]",
        password: Some("input[name=password]"),
        button: ".oaw-button-primary",
        request: AUTHN,
    };
    let our_journey = Journey {
        send_code: "form:not(:has(input[name=password], input[name=passcode])) .oaw-button-primary",
        code: "input[name=passcode]",
        verify: "form:has(input[name=passcode]) .oaw-button-primary",
        mount_once: include_str!("../pages/mount-ours.js"),
    };
    let our_page = |index: String| Contender {
        name: OURS,
        folder: dist.to_owned(),
        pages: vec![("/", index), ("/done.js", include_str!("../pages/done.js").to_owned())],
        form: our_form,
        journey: Some(our_journey),
    };
    let with_form = okta_prerender::with_forms(&ours).context("the static form")?;
    Ok(vec![
        Contender {
            name: LIMIT,
            folder: dist.to_owned(),
            pages: vec![
                ("/", named(include_str!("../pages/plain.html"))),
                ("/plain.css", include_str!("../pages/plain.css").to_owned()),
                ("/plain.js", include_str!("../pages/plain.js").to_owned()),
            ],
            form: Form {
                username: "[name=username]",
                password: Some("[name=password]"),
                button: "button",
                request: AUTHN,
            },
            journey: None,
        },
        our_page(ours),
        Contender { name: STATIC, ..our_page(with_form.clone()) },
        Contender { name: SMALLEST, folder: smallest.to_owned(), ..our_page(with_form) },
        Contender {
            name: PEER,
            folder: peers.join("@okta/okta-signin-widget/dist"),
            pages: vec![
                ("/", named(include_str!("../pages/siw.html"))),
                ("/start.js", include_str!("../pages/siw.js").to_owned()),
            ],
            form: Form {
                username: "#okta-signin-username",
                password: Some("#okta-signin-password"),
                button: "#okta-signin-submit",
                request: AUTHN,
            },
            journey: Some(Journey {
                send_code: ".sms-request-button",
                code: "input[name=answer]",
                verify: "form.mfa-verify-passcode input[type=submit], form input[type=submit]",
                mount_once: include_str!("../pages/mount-siw.js"),
            }),
        },
        Contender {
            name: "Hanko elements",
            folder: peers.join("@teamhanko/hanko-elements/dist"),
            pages: vec![
                ("/", include_str!("../pages/hanko.html").to_owned()),
                ("/start.js", include_str!("../pages/hanko.js").to_owned()),
                // Its first page requests its configuration from its own service; this is the response.
                ("/login", include_str!("../pages/hanko-login.json").to_owned()),
            ],
            form: Form {
                username: "input[type=email]",
                password: None,
                button: "button[type=submit]",
                request: "/login",
            },
            journey: None,
        },
    ])
}
