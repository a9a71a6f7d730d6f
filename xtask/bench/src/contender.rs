//! The widgets and pages that are compared, and their files. Not here: measuring.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::Serialize;

use crate::site::Pages;

/// A page with a sign-in form that is measured.
#[derive(Debug)]
pub(crate) struct Contender {
    /// Its name in the tables.
    pub(crate) name: &'static str,
    /// Its files.
    pub(crate) folder: PathBuf,
    /// Pages and scripts written for the benchmark, by path.
    pub(crate) pages: Pages,
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
    /// The label of the user name in the language of the page, where that is measured.
    pub(crate) label: Option<&'static str>,
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
/// The widget in a German page.
pub(crate) const GERMAN: &str = "ours, German";
/// The same, with the static form in the page, in German.
pub(crate) const STATIC_GERMAN: &str = "ours, static form, German";
/// An earlier build of the widget, with the static form in the page. Only measured with `--before`.
pub(crate) const BEFORE: &str = "before";

const AUTHN: &str = "/api/v1/authn";

/// The folders of the contenders' files.
#[derive(Debug, clap::Args)]
pub(crate) struct Folders {
    /// The built bundle
    #[arg(long)]
    dist: PathBuf,
    /// The bundle built with `--smallest`
    #[arg(long)]
    smallest: PathBuf,
    /// An earlier build, to compare with: its bundle
    #[arg(long)]
    before: Option<PathBuf>,
    /// The folder of npm packages to compare with
    #[arg(long)]
    peers: PathBuf,
}

/// All contenders, for this org.
pub(crate) fn all(folders: &Folders, org: &str) -> anyhow::Result<Vec<Contender>> {
    let Folders { dist, smallest, before, peers } = folders;
    let named = |page: &str| page.replace("ORG", org);
    let ours = named(include_str!("../pages/ours.html"));
    let our_form = Form {
        username: "input[name=username]",
        password: Some("input[name=password]"),
        button: ".oaw-button-primary",
        label: Some("Username"),
        request: AUTHN,
    };
    let our_journey = Journey {
        send_code: "form:not(:has(input[name=password], input[name=passcode])) .oaw-button-primary",
        code: "input[name=passcode]",
        verify: "form:has(input[name=passcode]) .oaw-button-primary",
        mount_once: include_str!("../pages/mount-ours.js"),
    };
    let german_form = Form { label: Some("Benutzername"), ..our_form };
    let german = ours.replace("<html lang=\"en\">", "<html lang=\"de\">");
    let our_page = |folder: &PathBuf, index: String| {
        anyhow::Ok(Contender {
            name: OURS,
            folder: folder.clone(),
            pages: vec![("/", with_hashes(index, folder)?), ("/done.js", include_str!("../pages/done.js").to_owned())],
            form: our_form,
            journey: Some(our_journey),
        })
    };
    let with_form = okta_prerender::with_forms(&ours).context("the static form")?;
    let with_german_form = okta_prerender::with_forms(&german).context("the static form in German")?;
    let before = before.as_ref().map(|folder| {
        let page = with_form_of(folder, &ours).with_context(|| folder.display().to_string())?;
        anyhow::Ok(Contender { name: BEFORE, ..our_page(folder, page)? })
    });
    let mut contenders = vec![
        Contender {
            name: LIMIT,
            folder: dist.clone(),
            pages: vec![
                ("/", named(include_str!("../pages/plain.html"))),
                ("/plain.css", include_str!("../pages/plain.css").to_owned()),
                ("/plain.js", include_str!("../pages/plain.js").to_owned()),
            ],
            form: Form {
                username: "[name=username]",
                password: Some("[name=password]"),
                button: "button",
                label: None,
                request: AUTHN,
            },
            journey: None,
        },
        our_page(dist, ours)?,
        Contender { name: STATIC, ..our_page(dist, with_form.clone())? },
    ];
    // Next to what it is compared with.
    contenders.extend(before.transpose()?);
    contenders.extend([
        Contender { name: SMALLEST, ..our_page(smallest, with_form)? },
        Contender { name: GERMAN, form: german_form, ..our_page(dist, german)? },
        Contender { name: STATIC_GERMAN, form: german_form, ..our_page(dist, with_german_form)? },
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
                label: None,
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
                label: None,
                request: "/login",
            },
            journey: None,
        },
    ]);
    Ok(contenders)
}

/// The page whose links have the hashes of a build, as the build has written them into its own page. An earlier build has
/// none.
fn with_hashes(mut page: String, folder: &Path) -> anyhow::Result<String> {
    const INTEGRITY: &str = " integrity=\"";
    let index = folder.join("index.html");
    let built = fs::read_to_string(&index).with_context(|| index.display().to_string())?;
    for file in ["okta-sign-in-core.js", "okta-sign-in-core_bg.wasm"] {
        let link = format!("href=\"{file}\"");
        let hash = built.split_once(&link).and_then(|(_, rest)| rest.strip_prefix(INTEGRITY)?.split('"').next());
        if let Some(hash) = hash {
            page = page.replace(&link, &format!("{link}{INTEGRITY}{hash}\""));
        }
    }
    Ok(page)
}

/// The page with the static form of an earlier build. Only the renderer of that version can render it, and has put it
/// into the build's own page.
fn with_form_of(folder: &Path, page: &str) -> anyhow::Result<String> {
    let index = fs::read_to_string(folder.join("index.html")).context("index.html cannot be read")?;
    let form = plain_form(&index).context("there is no static form in its index.html")?;
    let (before, after) = page.split_once("</okta-sign-in>").context("the page has no <okta-sign-in>")?;
    Ok([before, &form, "</okta-sign-in>", after].concat())
}

/// The static form of a page, without what the demo page asks for and the measured page does not: the link to unlock an
/// account, and autofocus. `None` where there is no such form.
fn plain_form(index: &str) -> Option<String> {
    let (_, element) = index.split_once("<okta-sign-in")?;
    let (form, _) = element.split_once('>')?.1.split_once("</okta-sign-in>")?;
    let form = form.replace(" autofocus=\"\"", "");
    let Some((before, link)) = form.split_once("<button type=\"submit\" value=\"unlock\"") else {
        return form.contains("data-oaw-static").then_some(form);
    };
    let plain = [before, link.split_once("</button>")?.1].concat();
    // What the elements depend on, and how many nodes there are: the widget hydrates a form only where both are right.
    let plain = with_attribute(&plain, "data-oaw-static", |words| Some(words.replace(" unlock", "")))?;
    with_attribute(&plain, "data-oaw-nodes", |count| Some(count.parse::<usize>().ok()?.checked_sub(1)?.to_string()))
}

/// The markup with another value of the first attribute with this name.
fn with_attribute(html: &str, name: &str, change: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    let (before, rest) = html.split_once(&format!("{name}=\""))?;
    let (value, after) = rest.split_once('"')?;
    Some(format!("{before}{name}=\"{}\"{after}", change(value)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        folders: Folders,
    }

    /// A folder with the page of a build, until the value is dropped.
    struct Built(PathBuf);

    impl Built {
        fn new(name: &str, index: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("okta-bench-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("index.html"), index).unwrap();
            Self(folder)
        }
    }

    impl Drop for Built {
        fn drop(&mut self) {
            let _nobody_can_do_more = fs::remove_dir_all(&self.0);
        }
    }

    fn names(built: &Built, args: &[&str]) -> Vec<&'static str> {
        let folder = built.0.to_str().unwrap();
        let required = ["bench", "--dist", folder, "--smallest", folder, "--peers", "peers"];
        let Options { folders } = Options::parse_from(required.iter().chain(args));
        all(&folders, "https://org.example").unwrap().into_iter().map(|contender| contender.name).collect()
    }

    #[test]
    fn links_have_the_hashes_of_the_build() {
        let link = "<link href=\"okta-sign-in-core.js\" />";
        let built = Built::new("hashes", &link.replace(" />", " integrity=\"sha384-x\" />"));
        let page = with_hashes(format!("{link}<a>"), &built.0).unwrap();
        assert_eq!(page, "<link href=\"okta-sign-in-core.js\" integrity=\"sha384-x\" /><a>");
        let earlier = Built::new("no-hashes", link);
        assert_eq!(with_hashes(link.to_owned(), &earlier.0).unwrap(), link);
    }

    #[test]
    fn the_german_page_is_the_english_one_in_german() {
        let built = Built::new("german", "");
        let folder = built.0.to_str().unwrap();
        let args = ["bench", "--dist", folder, "--smallest", folder, "--peers", "peers"];
        let contenders = all(&Options::parse_from(args).folders, "https://org.example").unwrap();
        for (name, language, form) in [(OURS, "en", false), (GERMAN, "de", false), (STATIC_GERMAN, "de", true)] {
            let contender = contenders.iter().find(|contender| contender.name == name).unwrap();
            let page = &contender.pages.first().unwrap().1;
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{name}: {page}");
            assert_eq!(page.contains(contender.form.label.unwrap()), form, "{name}: {page}");
        }
    }

    #[test]
    fn an_earlier_build_is_measured_only_if_named() {
        let element = "<okta-sign-in base-url=\"https://a.example\"></okta-sign-in>";
        let built = Built::new("before", &okta_prerender::with_forms(element).unwrap());
        let found = names(&built, &["--before", built.0.to_str().unwrap()]);
        assert_eq!(found.iter().position(|name| *name == BEFORE), Some(3), "{found:?}");
        assert!(!names(&built, &[]).contains(&BEFORE));
    }

    #[test]
    fn the_form_of_an_earlier_build_is_the_one_of_the_measured_page() {
        let element =
            |attributes: &str| format!("<okta-sign-in base-url=\"https://a.example\" {attributes}></okta-sign-in>");
        let demo = okta_prerender::with_forms(&element("self-service-unlock autofocus")).unwrap();
        let measured = okta_prerender::with_forms(&element("")).unwrap();
        assert_ne!(plain_form(&demo), None);
        assert_eq!(plain_form(&demo), plain_form(&measured));
        assert!(measured.contains(&plain_form(&demo).unwrap()));
        assert_eq!(plain_form(&element("")), None);
    }
}
