//! The servers, called in process: the backend hook, whose org is made here, and the emulator. Not here: sockets, which no
//! target opens.

pub mod emulator;
pub mod hook;
pub mod hook_cookie;
pub mod hook_json;
#[path = "../../src/input.rs"]
mod input;
mod mutate;
mod runtime;
mod secret;

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets of this package.
pub const TARGETS: [Target; 4] = [
    ("emulator", emulator::run),
    ("hook", hook::run),
    ("hook_cookie", hook_cookie::run),
    ("hook_json", hook_json::run),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Each input that a target once failed with is a file in `fixtures`.
    #[test]
    fn no_fixture_fails_again() {
        for (name, run) in super::TARGETS {
            let Ok(files) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)) else {
                continue;
            };
            for file in files {
                let path = file.expect("a readable folder").path();
                println!("{}", path.display());
                run(&fs::read(&path).expect("a readable file"));
            }
        }
    }
}
