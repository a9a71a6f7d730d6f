//! Which module of a crate names which: in `use` declarations, in paths, and in the arguments of macros. Comments,
//! strings and code for tests alone do not count. Names are followed to the module that defines them. Not here: which
//! references are right.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    iter::Peekable,
};

use anyhow::anyhow;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The files of a crate below `src`, by their paths with `/`.
pub(super) type Sources = BTreeMap<String, String>;

/// A module, by the names from the crate's root, which is empty itself.
pub(super) type ModulePath = Vec<String>;

/// One module that names another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) from: ModulePath,
    pub(super) to: ModulePath,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &ModulePath| if path.is_empty() { "the root".to_owned() } else { path.join("::") };
        write!(f, "{} uses {}", shown(&self.from), shown(&self.to))
    }
}

/// All references between the modules of a crate. A module is a file; what is in an inline module belongs to its file.
pub(super) fn references(sources: &Sources) -> anyhow::Result<Vec<Reference>> {
    let mut scan = Scan::default();
    let mut streams = Vec::new();
    for (path, text) in sources {
        let module = module_of(path);
        scan.scopes.insert(module.clone(), Scope::of_file(&module));
        streams.push((module, tokens(path, text)?));
    }
    for (module, stream) in streams {
        let mut scope = module.clone();
        scan.scan(&mut scope, stream);
    }
    Ok(scan.resolved())
}

/// The files in which an attribute of that name is.
pub(super) fn with_attribute(sources: &Sources, name: &str) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in sources {
        if has_attribute(tokens(path, text)?, name) {
            found.push(format!("{path} has #[{name}]"));
        }
    }
    Ok(found)
}

fn tokens(path: &str, text: &str) -> anyhow::Result<TokenStream> {
    text.parse().map_err(|error| anyhow!("{path} is not Rust: {error}"))
}

fn module_of(path: &str) -> ModulePath {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

fn has_attribute(stream: TokenStream, name: &str) -> bool {
    let mut after_hash = false;
    for token in stream {
        if let TokenTree::Group(group) = &token {
            if after_hash && group.delimiter() == Delimiter::Bracket {
                let path = group.stream().into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
                let names: Vec<String> =
                    path.filter(|token| matches!(token, TokenTree::Ident(_))).map(|name| name.to_string()).collect();
                let in_cfg_attr = names == ["cfg_attr"] && group.stream().to_string().contains(name);
                if names.last().is_some_and(|last| last == name) || in_cfg_attr {
                    return true;
                }
            }
            if has_attribute(group.stream(), name) {
                return true;
            }
        }
        // `#![...]` too.
        after_hash = is(&token, "#") || after_hash && is(&token, "!");
    }
    false
}

fn is(token: &TokenTree, text: &str) -> bool {
    match token {
        TokenTree::Ident(ident) => ident == text,
        TokenTree::Punct(punct) => text.chars().eq([punct.as_char()]),
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}

/// A file's module, or an inline module in it.
#[derive(Default)]
struct Scope {
    /// The file that it is in.
    file: ModulePath,
    /// What names stand for, by `use` declarations.
    aliases: BTreeMap<String, Path>,
    /// Modules all of whose names it has, by `use module::*`.
    globs: Vec<Path>,
}

impl Scope {
    fn of_file(module: &[String]) -> Self {
        Self { file: module.to_vec(), ..Self::default() }
    }
}

/// A path as written.
type Path = Vec<String>;

/// One name that a `use` declares, so far.
struct Declaration {
    path: Path,
    alias: Option<String>,
    is_glob: bool,
    /// Whether something follows what is before the braces.
    is_complete: bool,
}

impl Declaration {
    fn after(prefix: &[String]) -> Self {
        Self { path: prefix.to_vec(), alias: None, is_glob: false, is_complete: false }
    }

    /// Of `module::{self}` the last name says nothing more.
    fn name(&mut self, name: String) {
        self.is_complete = true;
        if name != "self" || self.path.is_empty() {
            self.path.push(name);
        }
    }
}

#[derive(Default)]
struct Scan {
    scopes: BTreeMap<ModulePath, Scope>,
    /// Paths as written, with where.
    paths: BTreeSet<(ModulePath, Path)>,
    /// Modules that exist in tests only.
    test_modules: BTreeSet<ModulePath>,
}

type Tokens = Peekable<proc_macro2::token_stream::IntoIter>;

impl Scan {
    fn scan(&mut self, scope: &mut ModulePath, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.attribute(scope, &mut tokens),
                TokenTree::Ident(ident) if ident == "use" && !tokens.peek().is_some_and(|next| is(next, "<")) => {
                    self.use_tree(scope, &mut tokens, &[]);
                }
                TokenTree::Ident(ident) if ident == "mod" => {
                    let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
                    if let Some(TokenTree::Group(body)) = tokens.next_if(|next| matches!(next, TokenTree::Group(_))) {
                        let file = self.scopes.get(scope).map(|scope| scope.file.clone()).unwrap_or_default();
                        scope.push(name);
                        self.scopes.insert(scope.clone(), Scope::of_file(&file));
                        self.scan(scope, body.stream());
                        scope.pop();
                    }
                }
                TokenTree::Ident(ident) => {
                    let path = rest_of_path(ident.to_string(), &mut tokens);
                    if path.len() > 1 {
                        self.paths.insert((scope.clone(), path));
                    }
                }
                TokenTree::Group(group) => self.scan(scope, group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// After a `#`: leaves out what follows `#[cfg(test)]`.
    fn attribute(&mut self, scope: &[String], tokens: &mut Tokens) {
        tokens.next_if(|next| is(next, "!"));
        let Some(TokenTree::Group(group)) = tokens.next_if(|next| matches!(next, TokenTree::Group(_))) else { return };
        let text: String = group.stream().to_string().split_whitespace().collect();
        if text != "cfg(test)" && !text.starts_with("cfg(all(test,") {
            return;
        }
        // Further attributes, then an item up to its body or its semicolon.
        let (mut is_use, mut names) = (false, Vec::new());
        for token in tokens.by_ref() {
            match token {
                TokenTree::Ident(ident) => {
                    is_use |= ident == "use";
                    names.push(ident.to_string());
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => break,
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace && !is_use => return,
                TokenTree::Punct(_) | TokenTree::Group(_) | TokenTree::Literal(_) => {}
            }
        }
        if let [.., keyword, name] = names.as_slice()
            && keyword == "mod"
        {
            self.test_modules.insert(scope.iter().chain([name]).cloned().collect());
        }
    }

    /// After `use`, or inside the braces of a tree: one declaration up to its semicolon, or all of the tree.
    fn use_tree(&mut self, scope: &[String], tokens: &mut Tokens, prefix: &[String]) {
        let mut declaration = Declaration::after(prefix);
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) if ident == "as" => {
                    declaration.alias = tokens.next().map(|alias| alias.to_string());
                }
                TokenTree::Ident(ident) => declaration.name(ident.to_string()),
                TokenTree::Group(group) => {
                    let mut tree = group.stream().into_iter().peekable();
                    self.use_tree(scope, &mut tree, &declaration.path);
                    declaration = Declaration::after(&[]);
                }
                TokenTree::Punct(punct) => match punct.as_char() {
                    '*' => (declaration.is_glob, declaration.is_complete) = (true, true),
                    ',' => self.declare(scope, std::mem::replace(&mut declaration, Declaration::after(prefix))),
                    ';' => break,
                    _ => {}
                },
                TokenTree::Literal(_) => {}
            }
        }
        self.declare(scope, declaration);
    }

    fn declare(&mut self, scope: &[String], declaration: Declaration) {
        let Declaration { path, alias, is_glob, is_complete } = declaration;
        let Some(name) = alias.or_else(|| path.last().cloned()).filter(|_| is_complete) else { return };
        self.paths.insert((scope.to_vec(), path.clone()));
        if let Some(scope) = self.scopes.get_mut(scope) {
            if is_glob {
                scope.globs.push(path);
            } else {
                scope.aliases.insert(name, path);
            }
        }
    }

    /// The references, with each path followed to the module that defines what it names.
    fn resolved(&self) -> Vec<Reference> {
        let mut references = BTreeSet::new();
        for (scope, path) in &self.paths {
            let from = self.scopes.get(scope).map(|scope| scope.file.clone()).unwrap_or_default();
            let Some(to) = self.resolve(scope, path, 0) else { continue };
            let in_test = |module: &ModulePath| self.test_modules.iter().any(|test| module.starts_with(test));
            if from != to && !in_test(&from) && !in_test(&to) {
                references.insert(Reference { from, to });
            }
        }
        references.into_iter().collect()
    }

    /// The file of the module that a path leads to; `None` for another crate's. A path that goes round in circles
    /// through `use` declarations ends where it is.
    fn resolve(&self, scope: &[String], path: &[String], depth: usize) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => Vec::new(),
            "self" => scope.to_vec(),
            "super" => scope.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default(),
            _ => return self.resolve_name(scope, first, rest, depth),
        };
        let mut rest = rest;
        while let Some((next, after)) = rest.split_first() {
            if next == "super" {
                at.pop();
            } else if let Some(found) = self.resolve_name(&at, next, after, depth) {
                return Some(found);
            } else {
                break;
            }
            rest = after;
        }
        self.scopes.get(&at).map(|scope| scope.file.clone())
    }

    /// A name in a module: a module in it, or what a `use` declaration says.
    fn resolve_name(&self, scope: &[String], name: &str, rest: &[String], depth: usize) -> Option<ModulePath> {
        const DEEPEST: usize = 32;
        let child: ModulePath = scope.iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        if let Some(module) = self.scopes.get(&child) {
            let deeper = rest.split_first().and_then(|(next, after)| self.resolve_name(&child, next, after, depth));
            return Some(deeper.unwrap_or_else(|| module.file.clone()));
        }
        let Scope { aliases, globs, .. } = self.scopes.get(scope).filter(|_| depth < DEEPEST)?;
        let Some(alias) = aliases.get(name) else {
            return globs.iter().find_map(|glob| {
                let module = self.resolve(scope, glob, depth + 1).filter(|module| module != scope)?;
                self.resolve_name(&module, name, rest, depth + 1)
            });
        };
        // `use serde;` names another crate.
        if alias.first().is_some_and(|first| first == name) {
            return None;
        }
        let path: Path = alias.iter().chain(rest).cloned().collect();
        self.resolve(scope, &path, depth + 1)
    }
}

/// The names of a path that begins with this one.
fn rest_of_path(first: String, tokens: &mut Tokens) -> Path {
    let mut path = vec![first];
    while tokens.next_if(|next| is(next, ":")).is_some() {
        // Of `::`, or of a type that follows a single colon.
        if tokens.next_if(|next| is(next, ":")).is_none() {
            break;
        }
        match tokens.next_if(|next| matches!(next, TokenTree::Ident(_))) {
            Some(next) => path.push(next.to_string()),
            None => break,
        }
    }
    path
}
