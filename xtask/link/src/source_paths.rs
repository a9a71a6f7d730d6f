//! Blanks the paths of other people's source files that panics name: they are a kilobyte of what a page loads, differ
//! from machine to machine, and tell where the builder's home folder is. Lengths stay, so nothing else changes; a panic
//! still tells its message, line and column. Not here: the widget's own paths, which are relative and few.

use std::{env, ops::Range, path::PathBuf};

use wasmparser::{Parser, Payload};

use crate::modules::{read, write};

/// How the path of a source file ends.
const END: &[u8] = b".rs";

/// Blanks them in a module.
pub(crate) fn blank(module: &std::path::Path) -> anyhow::Result<()> {
    let mut wasm = read(module)?;
    for range in data(&wasm)? {
        if let Some(bytes) = wasm.get_mut(range) {
            blank_in(bytes, &prefixes());
        }
    }
    write(module, &wasm)
}

/// Where the module has its data.
fn data(wasm: &[u8]) -> anyhow::Result<Vec<Range<usize>>> {
    let mut ranges = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::DataSection(section) = payload? {
            for segment in section {
                let segment = segment?;
                let end = usize::try_from(segment.range.end)?;
                ranges.push(end - segment.data.len()..end);
            }
        }
    }
    Ok(ranges)
}

/// How the paths begin: the standard library's, and those of crates and toolchains on this machine.
fn prefixes() -> Vec<Vec<u8>> {
    let home = |variable: &str, folder: &str| {
        let set = env::var_os(variable).map(PathBuf::from);
        set.or_else(|| Some(env::home_dir()?.join(folder))).map(|path| path.to_string_lossy().into_owned().into_bytes())
    };
    let homes = [home("CARGO_HOME", ".cargo"), home("RUSTUP_HOME", ".rustup")];
    homes.into_iter().flatten().chain([b"/rustc/".to_vec()]).collect()
}

fn blank_in(data: &mut [u8], prefixes: &[Vec<u8>]) {
    let mut at = 0;
    while let Some(rest) = data.get_mut(at..) {
        if rest.is_empty() {
            return;
        }
        let is_path = prefixes.iter().any(|prefix| rest.starts_with(prefix));
        let end = rest.windows(END.len()).position(|window| window == END).filter(|_| is_path);
        if let Some(path) = end.and_then(|end| rest.get_mut(..end)) {
            path.fill(b' ');
            at += path.len();
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_blanked_and_their_neighbours_stay() {
        let prefixes = [b"/rustc/".to_vec(), b"/home/me/.cargo".to_vec()];
        let mut data = *b"/api/v1//rustc/ab/library/core/str.rsnext/home/me/.cargo/registry/yew/lib.rs/login/x.rs";
        blank_in(&mut data, &prefixes);
        let text = String::from_utf8_lossy(&data).into_owned();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["/api/v1/", ".rsnext", ".rs/login/x.rs"]);
        assert_eq!(text.len(), 87);
    }

    #[test]
    fn a_path_without_an_end_stays() {
        let mut data = *b"/rustc/ab/library";
        blank_in(&mut data, &[b"/rustc/".to_vec()]);
        assert_eq!(&data, b"/rustc/ab/library");
    }
}
