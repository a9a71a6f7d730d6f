//! What may depend on what: layers of the widget, circles between the modules of a crate, dependencies of the crates,
//! and where JavaScript may call in. Everything here works on text in memory; [`mod@references`] finds out which module
//! names which. Not here: what a module is for.
//!
//! A module and its children are one unit: they may name each other. So a circle is one between modules that have the
//! same parent.

mod references;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use self::references::{Reference, Sources, references};
use crate::{process, workspace};

/// The widget's modules from the lowest layer to the highest. A module names modules of lower layers only; those of one
/// layer do not know each other.
const LAYERS: &[&[&str]] =
    &[&["constants", "phone"], &["config", "text"], &["effects", "views"], &["components"], &["embed"]];

/// What a module must not name although it is of a lower layer.
const FORBIDDEN: &[(&str, &str)] = &[("effects", "text")];

/// What each crate may depend on. Of the widget: what it needs without its user interface.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("okta-authn", &["serde"]),
    ("sign-in-flow", &["okta-authn"]),
    ("okta-authn-widget", &["okta-authn", "rlsf", "serde", "sign-in-flow"]),
];

/// Where the sources of the crates are.
pub(crate) const CRATES: &[&str] = &["crates/okta-authn", "crates/sign-in-flow", "."];

/// Whether the widget's modules keep to their layers.
pub(crate) fn check_layers() -> anyhow::Result<()> {
    none(&layer_mistakes(&references(&sources(".")?)?))
}

/// Whether the modules of a crate are free of circles.
pub(crate) fn check_circles(krate: &str) -> anyhow::Result<()> {
    none(&circles(&references(&sources(krate)?)?))
}

/// Whether the crates depend on what they may.
pub(crate) fn check_dependencies() -> anyhow::Result<()> {
    let mut metadata = process::command("cargo", &["metadata", "--no-deps", "--format-version", "1"]);
    let output = process::output(&mut metadata).context("could not start cargo")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    none(&dependency_mistakes(&serde_json::from_slice(&output.stdout)?)?)
}

/// Whether JavaScript can call the widget's program only, and not its library.
pub(crate) fn check_exports() -> anyhow::Result<()> {
    for krate in CRATES {
        none(&references::with_attribute(&sources(krate)?, "wasm_bindgen")?)?;
    }
    Ok(())
}

fn none(mistakes: &[String]) -> anyhow::Result<()> {
    if mistakes.is_empty() { Ok(()) } else { bail!("{}", mistakes.join("\n")) }
}

/// The sources of a crate's library.
fn sources(krate: &str) -> anyhow::Result<Sources> {
    let sources = sources_below(&Path::new(krate).join("src"))?;
    ensure!(sources.contains_key("lib.rs"), "{krate} has no src/lib.rs");
    // The program is a crate of its own.
    Ok(sources.into_iter().filter(|(path, _)| !["main.rs", "allocator.rs"].contains(&path.as_str())).collect())
}

fn sources_below(folder: &Path) -> anyhow::Result<Sources> {
    let folder = workspace::root().join(folder);
    let files = workspace::files_below(&folder)?;
    let rust = files.iter().filter(|file| workspace::has_extension(file, &["rs"]));
    rust.map(|file| {
        let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
        Ok((file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/"), text))
    })
    .collect()
}

/// Imports that point upwards, or sideways.
fn layer_mistakes(references: &[Reference]) -> Vec<String> {
    let mut mistakes = BTreeSet::new();
    for reference in references {
        let (Some(from), Some(to)) = (reference.from.first(), reference.to.first()) else {
            if reference.to.is_empty() && !reference.from.is_empty() {
                mistakes.insert(format!("{reference}: a module must not name an item of the crate's root"));
            }
            continue;
        };
        match (layer(from), layer(to)) {
            _ if from == to => {}
            (Some(lower), Some(higher)) if lower < higher => {
                mistakes.insert(format!("{reference}: {to} is of a higher layer than {from}"));
            }
            (Some(one), Some(other)) if one == other => {
                mistakes.insert(format!("{reference}: {from} and {to} are of one layer"));
            }
            (Some(_), Some(_)) if FORBIDDEN.contains(&(from.as_str(), to.as_str())) => {
                mistakes.insert(format!("{reference}: {from} must not know {to}"));
            }
            (Some(_), Some(_)) => {}
            (from_layer, _) => {
                let module = if from_layer.is_none() { from } else { to };
                mistakes.insert(format!("{module} is in no layer: add it to LAYERS in xtask/src/layers.rs"));
            }
        }
    }
    mistakes.into_iter().collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// For each pair of modules with one parent, a reference as evidence.
type Siblings<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Reference>>;

/// Circles between modules that have the same parent, each with the references that make it.
fn circles(references: &[Reference]) -> Vec<String> {
    let mut siblings: BTreeMap<&[String], Siblings<'_>> = BTreeMap::new();
    for reference in references {
        let Reference { from, to, .. } = reference;
        let shared = from.iter().zip(to).take_while(|(from, to)| from == to).count();
        let (parent, rest) = from.split_at(shared);
        if let (Some(from), Some(to)) = (rest.first(), to.get(shared)) {
            siblings.entry(parent).or_default().entry(from).or_default().entry(to).or_insert(reference);
        }
    }
    let mut found = Vec::new();
    for graph in siblings.values() {
        let mut done = BTreeSet::new();
        for start in graph.keys() {
            if let Some(circle) = circle_from(graph, start, &mut done, &mut Vec::new()) {
                let evidence: Vec<String> = circle.iter().map(ToString::to_string).collect();
                found.push(format!("circle: {}", evidence.join("; ")));
            }
        }
    }
    found
}

/// Walks from this module; the references of the first circle that is met.
fn circle_from<'a>(
    graph: &Siblings<'a>,
    module: &'a str,
    done: &mut BTreeSet<&'a str>,
    way: &mut Vec<(&'a str, &'a Reference)>,
) -> Option<Vec<&'a Reference>> {
    if let Some(start) = way.iter().position(|(name, _)| *name == module) {
        return Some(way.iter().skip(start).map(|(_, reference)| *reference).collect());
    }
    if !done.insert(module) {
        return None;
    }
    for (next, reference) in graph.get(module)? {
        way.push((module, reference));
        let circle = circle_from(graph, next, done, way);
        way.pop();
        if circle.is_some() {
            return circle;
        }
    }
    None
}

/// Dependencies that a crate must not have, by what `cargo metadata` says. An optional one of the widget is part of its
/// user interface.
fn dependency_mistakes(metadata: &Value) -> anyhow::Result<Vec<String>> {
    let packages = metadata.get("packages").and_then(Value::as_array).context("cargo metadata names no package")?;
    let mut mistakes = Vec::new();
    for (krate, allowed) in DEPENDENCIES {
        let package = packages.iter().find(|package| text(package, "name") == Some(krate));
        let package = package.with_context(|| format!("cargo metadata does not name {krate}"))?;
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        let dependencies = dependencies.with_context(|| format!("{krate} has no list of dependencies"))?;
        let is_widget = *krate == "okta-authn-widget";
        for dependency in dependencies {
            let is_normal = dependency.get("kind").is_none_or(Value::is_null);
            let is_optional = dependency.get("optional").and_then(Value::as_bool) == Some(true);
            let name = text(dependency, "name").unwrap_or_default();
            if is_normal && !(is_widget && is_optional) && !allowed.contains(&name) {
                mistakes.push(format!("{krate} must not depend on {name}"));
            }
        }
    }
    Ok(mistakes)
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(files: &[(&str, &str)]) -> Vec<Reference> {
        let mut sources: Sources = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
        sources.entry("lib.rs".into()).or_default();
        references(&sources).unwrap()
    }

    fn layer_mistakes_in(files: &[(&str, &str)]) -> String {
        layer_mistakes(&tree(files)).join("\n")
    }

    fn circles_in(files: &[(&str, &str)]) -> Vec<String> {
        circles(&tree(files))
    }

    const GOOD: &[(&str, &str)] = &[
        ("lib.rs", "mod config; mod text; mod effects; mod views; mod components; pub use config::Config;"),
        ("config.rs", "use std::rc::Rc; pub struct Config;"),
        ("text.rs", "//! Not here: `crate::views`.\npub struct Text; const A: &str = \"crate::views::View\";"),
        ("effects.rs", "mod http; use crate::Config;"),
        ("effects/http.rs", "use super::Config; fn a(_: super::super::config::Config) {}"),
        ("views.rs", "mod form; use crate::text::Text; pub(crate) use form::form;"),
        ("views/form.rs", "use super::Text; pub fn form() {}"),
        ("components.rs", "use crate::{effects, views::form}; fn a() { html! { { effects::run(form()) } } }"),
    ];

    #[test]
    fn a_tree_of_layers_is_good() {
        assert_eq!(layer_mistakes_in(GOOD), "");
        assert_eq!(circles_in(GOOD), Vec::<String>::new());
    }

    /// The good tree with one more line in one file.
    fn planted(file: &'static str, line: &str) -> String {
        let texts: Vec<_> = GOOD.iter().map(|(path, text)| (*path, [*text, line].join("\n"))).collect();
        assert!(texts.iter().any(|(path, _)| *path == file));
        let changed = GOOD.iter().zip(&texts);
        let files: Vec<_> =
            changed.map(|((path, old), (_, new))| (*path, if *path == file { new.as_str() } else { *old })).collect();
        layer_mistakes_in(&files)
    }

    #[test]
    fn an_import_of_a_higher_layer_is_found_however_it_is_written() {
        for line in [
            "use crate::components::SignIn;",
            "use crate::{config::Config as C, components as other};",
            "use super::super::components;",
            "fn f() -> crate::components::SignIn { todo!() }",
            "fn f() { html! { <crate::components::SignIn /> }; }",
            "mod inner { use super::super::super::components::SignIn; }",
            "use crate::components::{self};",
            "use crate::{effects::{http as h,}, components::SignIn,};",
            "fn f(x: u8) { let _ = 0..crate::components::LAST; }",
            "use crate::*; fn f() { components::g(); }",
            "mod all { pub use super::super::super::*; } use all::components::SignIn;",
        ] {
            let mistakes = planted("effects/http.rs", line);
            assert!(mistakes.contains("components is of a higher layer than effects"), "{line}: {mistakes}");
        }
    }

    #[test]
    fn what_is_only_written_about_or_tested_is_no_import() {
        for line in [
            "// use crate::components::SignIn;",
            "/// [`crate::components::SignIn`]\nfn f() {}",
            "/* crate::components */ /* \" */",
            "const B: &str = r#\"use crate::components::SignIn;\"#;",
            "#[cfg(test)] mod tests { use crate::components::SignIn; }",
            "#[cfg(test)] use crate::components::{SignIn};",
            "#[cfg(test)] #[allow(unused)] fn f() { crate::components::f(); }",
        ] {
            assert_eq!(planted("effects/http.rs", line), "", "{line}");
        }
        let code_after_a_test = "#[cfg(test)] mod tests { } use crate::components::SignIn;";
        assert_ne!(planted("effects/http.rs", code_after_a_test), "");
    }

    #[test]
    fn effects_and_views_do_not_know_each_other() {
        assert!(planted("views/form.rs", "use crate::effects::http;").contains("views and effects are of one layer"));
        assert!(planted("effects.rs", "use crate::views;").contains("effects and views are of one layer"));
        // A name that the root publishes is what it stands for.
        let line = "use crate::Config;\nuse crate::effects as e;\nfn f() { e::http::send(); }";
        assert!(planted("views.rs", line).contains("views and effects"));
    }

    #[test]
    fn effects_know_no_text_though_it_is_lower() {
        assert!(planted("effects.rs", "use crate::text::Text;").contains("effects must not know text"));
    }

    #[test]
    fn a_module_without_a_layer_and_an_item_of_the_root_are_mistakes() {
        let other = [("lib.rs", "mod other;"), ("other.rs", "use crate::config;"), ("config.rs", "")];
        assert!(layer_mistakes_in(&other).contains("other is in no layer"));
        assert!(planted("views.rs", "use crate::doc_page;").contains("an item of the crate's root"));
    }

    #[test]
    fn a_planted_circle_is_found() {
        let circle = circles_in(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "mod d;"),
            ("b/d.rs", "use crate::c::C;"),
            ("c.rs", "fn f() { super::a::g(); }"),
        ]);
        assert_eq!(circle, ["circle: a uses b; b::d uses c; c uses a"]);
    }

    #[test]
    fn a_circle_is_found_through_names_that_others_publish() {
        // Through the root.
        let through_root =
            [("lib.rs", "pub use a::A; pub use b::B;"), ("a.rs", "use crate::B;"), ("b.rs", "use crate::A;")];
        assert_eq!(circles_in(&through_root).len(), 1);
        // Between children of one module, through their parent's private import.
        let through_parent = [
            ("p.rs", "mod a; mod b; use b::B;"),
            ("p/a.rs", "pub struct A; use super::B;"),
            ("p/b.rs", "use super::a::A;"),
        ];
        assert_eq!(circles_in(&through_parent), ["circle: p::a uses p::b; p::b uses p::a"]);
    }

    #[test]
    fn a_module_and_its_children_are_one_unit() {
        let unit =
            [("lib.rs", "mod p;"), ("p.rs", "mod a; use a::A; struct P;"), ("p/a.rs", "use super::P; pub struct A;")];
        assert_eq!(circles_in(&unit), Vec::<String>::new());
    }

    #[test]
    fn this_repository_is_good() {
        check_layers().unwrap();
        for krate in CRATES {
            check_circles(krate).unwrap();
        }
        check_dependencies().unwrap();
        check_exports().unwrap();
    }

    fn metadata(okta_authn: &Value) -> Value {
        let yew = json!({ "name": "yew", "kind": null, "optional": true });
        let test = json!({ "name": "proptest", "kind": "dev", "optional": false });
        let authn = json!({ "name": "okta-authn", "kind": null, "optional": false });
        json!({ "packages": [
            { "name": "okta-authn", "dependencies": [okta_authn, test] },
            { "name": "sign-in-flow", "dependencies": [authn] },
            { "name": "okta-authn-widget", "dependencies": [authn, yew] },
        ] })
    }

    #[test]
    fn a_dependency_that_is_not_allowed_is_found() {
        let serde = json!({ "name": "serde", "kind": null, "optional": false });
        assert_eq!(dependency_mistakes(&metadata(&serde)).unwrap(), Vec::<String>::new());
        let optional = json!({ "name": "web-sys", "kind": null, "optional": true });
        assert_eq!(dependency_mistakes(&metadata(&optional)).unwrap(), ["okta-authn must not depend on web-sys"]);
        assert!(dependency_mistakes(&json!({ "packages": [] })).is_err());
    }

    #[test]
    fn an_export_in_the_library_is_found() {
        let sources = |text: &str| Sources::from([("embed.rs".to_owned(), text.to_owned())]);
        let found = |text| references::with_attribute(&sources(text), "wasm_bindgen").unwrap();
        assert_eq!(found("use wasm_bindgen::JsValue; // #[wasm_bindgen]"), Vec::<String>::new());
        for text in [
            "#[wasm_bindgen]\nfn f() {}",
            "mod a { #[wasm_bindgen(js_name = b)] fn f() {} }",
            "#[wasm_bindgen::prelude::wasm_bindgen] fn f() {}",
            "#[cfg_attr(a, wasm_bindgen)] fn f() {}",
        ] {
            assert_eq!(found(text), ["embed.rs has #[wasm_bindgen]"], "{text}");
        }
    }
}
