//! The script that wasm-bindgen generated: made to link the other parts, given short names, put into one file with
//! `src/embed/js/link.js`, and minified. Everything it expects in the generated text is checked: another version of
//! wasm-bindgen fails here, not in a browser. Not here: how a part is loaded.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use anyhow::{Context as _, bail};

use crate::{
    command,
    minify_imports::Names,
    modules::{read, write},
    split::{self, LINK_MODULE, PARTS},
};

/// The script that links a part.
const LINK: &str = include_str!("../../../src/embed/js/link.js");

/// What has V8 compile a whole script while it is fetched, and not function by function when the form starts:
/// nearly everything in there is called then. Other engines see a comment.
const COMPILE_AT_ONCE: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// The last line of the generated script, and what it becomes: nobody calls `initSync`.
const EXPORTS: (&str, &str) = ("export { initSync, __wbg_init as default };", "export { __wbg_init as default };");

/// The script of a module.
#[derive(Debug)]
pub(crate) struct Script {
    text: String,
    /// What the module calls to have each part loaded.
    loads: Vec<String>,
}

impl Script {
    /// Reads the script that wasm-bindgen generated.
    pub(crate) fn new(path: &Path) -> anyhow::Result<Self> {
        let text = String::from_utf8(read(path)?).with_context(|| path.display().to_string())?;
        let (long, short) = EXPORTS;
        Ok(Self { text: replace_once(&text, long, short)?, loads: PARTS.map(split::load).to_vec() })
    }

    /// The script with the short names.
    pub(crate) fn with_names(self, names: &Names) -> anyhow::Result<Self> {
        let short = |load: String| names.imports.get(&load).cloned().unwrap_or(load);
        let text = renamed(&self.text, names)?;
        Ok(Self { text, loads: self.loads.into_iter().map(short).collect() })
    }

    /// The script that links the parts. Where these are, the loader says: this script may be moved away from it.
    pub(crate) fn linking(self) -> anyhow::Result<Self> {
        let from = format!(" from \"{LINK_MODULE}\"");
        let lines = self.text.lines().filter(|line| line.trim_end_matches(';').ends_with(&from));
        let names = lines.map(|line| {
            let name = line.strip_prefix("import * as ").and_then(|rest| rest.split(' ').next());
            Ok((line, name.with_context(|| format!("the script imports {LINK_MODULE} in another way: {line}"))?))
        });
        let names = names.collect::<anyhow::Result<Vec<_>>>()?;
        let ((line, name), others) =
            names.split_first().with_context(|| format!("the script does not import {LINK_MODULE}"))?;
        let loader = |(number, load): (usize, &String)| format!("{load}: loader({number}, () => wasm)");
        let loaders: Vec<String> = self.loads.iter().enumerate().map(loader).collect();
        let linking = format!(
            "import {{ loader }} from \"./link.js\";\n\
             export {{ setParts }} from \"./link.js\";\n\
             const {name} = {{ {} }};",
            loaders.join(", ")
        );
        let mut text = replace_once(&self.text, line, &linking)?;
        // It imports the same once for each function, and has the same key for each.
        for (line, name) in others {
            text = replace_once(&text, &format!("{line}\n"), "")?;
            text = replace_once(&text, &format!("\"{LINK_MODULE}\": {name},"), "")?;
        }
        Ok(Self { text, ..self })
    }

    /// Writes the script and what it imports as one minified file.
    pub(crate) fn bundle(&self, work: &Path, out: &Path) -> anyhow::Result<()> {
        let entry = work.join("script.js");
        write(&entry, self.text.as_bytes())?;
        write(&work.join("link.js"), LINK.as_bytes())?;
        let mut esbuild = Command::new("esbuild");
        esbuild.args(["--bundle", "--format=esm", "--minify", "--log-level=warning", COMPILE_AT_ONCE]);
        command::run(esbuild.arg(&entry).arg(format!("--outfile={}", out.display())))?;
        stands_alone(&String::from_utf8(read(out)?)?)
    }
}

/// An error where the script resolves something by its own address, or imports something. Bundlers copy it without
/// reading it, and a development server that finds neither in it serves it unchanged, so that its hash is right.
fn stands_alone(script: &str) -> anyhow::Result<()> {
    match ["import.meta", "import(", "import{", "import*"].iter().find(|word| script.contains(**word)) {
        Some(word) => bail!("the script has `{word}`, and has to stand alone"),
        None => Ok(()),
    }
}

fn replace_once(text: &str, from: &str, to: &str) -> anyhow::Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => bail!("wasm-bindgen's script has `{from}` {count} times, not once"),
    }
}

/// The exports of the module that its script uses: it writes each as `wasm.name`.
pub(crate) fn used_exports(script: &str) -> BTreeSet<&str> {
    words(script).filter(|word| word.is_export).map(|word| word.text).collect()
}

/// The script with the short names.
fn renamed(script: &str, names: &Names) -> anyhow::Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut end = 0;
    for word in words(script) {
        let short = if word.is_export {
            names.exports.get(word.text)
        } else {
            names.imports.get(word.text).inspect(|_| *found.entry(word.text).or_default() += 1)
        };
        if let Some(short) = short {
            out.push_str(script.get(end..word.start).unwrap_or_default());
            out.push_str(short);
            end = word.start + word.text.len();
        }
    }
    out.push_str(script.get(end..).unwrap_or_default());
    // Each is a key of the object of imports. What loads a part is added later.
    let wrong: Vec<&String> =
        names.imports.keys().filter(|name| name.starts_with("__wb") && found.get(name.as_str()) != Some(&1)).collect();
    if !wrong.is_empty() {
        bail!("these imports must be in the script exactly once: {wrong:?}");
    }
    Ok(out)
}

struct Word<'a> {
    text: &'a str,
    start: usize,
    /// Whether it is what the module exports: `wasm.text`.
    is_export: bool,
}

/// The words of a script, in order. Members of anything but the module's exports are none.
fn words(script: &str) -> impl Iterator<Item = Word<'_>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + script.get(at..)?.find(is_part)?;
            let rest = script.get(start..)?;
            let text = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
            at = start + text.len();
            let before = script.get(..start)?;
            let is_export =
                before.strip_suffix("wasm.").is_some_and(|before| !before.ends_with(|c: char| is_part(c) || c == '.'));
            if is_export || !before.ends_with('.') {
                return Some(Word { text, start, is_export });
            }
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn names(imports: &[(&str, &str)], exports: &[(&str, &str)]) -> Names {
        let map = |names: &[(&str, &str)]| {
            names.iter().map(|(long, short)| ((*long).to_owned(), (*short).to_owned())).collect()
        };
        Names { imports: map(imports), exports: map(exports) }
    }

    #[test]
    fn both_directions_get_short_names() {
        let names = names(&[("__wbg_log_1f", "a"), ("__wbindgen_cast_2", "b")], &[("mount", "a")]);
        let script = "x.__wbg_log_1f=1;i={__wbg_log_1f:()=>0,__wbindgen_cast_2(){},a__wbg_log_1f:1};\
                      function mount(){return wasm.mount(x.mount,y.wasm.mount,mywasm.mount)}";
        let expected = "x.__wbg_log_1f=1;i={a:()=>0,b(){},a__wbg_log_1f:1};\
                        function mount(){return wasm.a(x.mount,y.wasm.mount,mywasm.mount)}";
        assert_eq!(renamed(script, &names).unwrap(), expected);
        assert_eq!(used_exports(script), BTreeSet::from(["mount"]));
    }

    #[test]
    fn a_script_that_names_an_import_twice_or_never_is_refused() {
        let names = names(&[("__wbg_log_1f", "a")], &[]);
        for script in ["{}", "{__wbg_log_1f:1,b:__wbg_log_1f}"] {
            assert!(renamed(script, &names).is_err(), "{script}");
        }
    }

    #[test]
    fn a_script_that_depends_on_where_it_is_is_refused() {
        assert!(stands_alone("export{a as default};").is_ok());
        assert!(stands_alone("new URL('x',import.meta.url)").is_err());
        assert!(stands_alone("import{a}from'./b.js';").is_err());
    }

    fn script(text: &str) -> Script {
        Script { text: text.to_owned(), loads: ["b", "c"].map(str::to_owned).to_vec() }
    }

    #[test]
    fn parts_are_linked_by_the_script_of_the_first() {
        for end in ["", ";"] {
            let imports = format!("import * as import1 from \"link\"{end}\nimport * as import2 from \"link\"{end}\n");
            let text = format!("{imports}let wasm;\n({{\"link\": import1,\"link\": import2,}});\n");
            let linking = script(&text).linking().unwrap();
            assert_eq!(
                linking.text,
                "import { loader } from \"./link.js\";\n\
                 export { setParts } from \"./link.js\";\n\
                 const import1 = { b: loader(0, () => wasm), c: loader(1, () => wasm) };\n\
                 let wasm;\n({\"link\": import1,});\n"
            );
        }
        assert!(script("let wasm;").linking().is_err());
        assert!(script("import { a } from \"link\"").linking().is_err());
    }
}
