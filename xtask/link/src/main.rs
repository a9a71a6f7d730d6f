//! Makes the files that a page loads from the compiled program: the module that starts, its script, the parts that are
//! loaded when they are needed, and the whole program as a script for browsers without WebAssembly. `cargo xtask` compiles the program and calls this; the steps stand in
//! [`modules::make`], each in a file of its own.
//!
//! A program of its own, because the libraries in here take longer to compile than the rest of `cargo xtask`:
//! that way they are compiled while the widget is.
#![allow(clippy::print_stderr, reason = "a command-line program's job is to print")]

mod bindings;
mod command;
mod mark;
mod merge;
mod minify_imports;
mod modules;
mod one_part;
mod order_functions;
mod script;
mod source_paths;
mod split;
mod translate;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

/// Makes the files that a page loads from the compiled program.
#[derive(Debug, Parser)]
struct Cli {
    /// The compiled program, linked with its relocations unless it stays in one part
    program: PathBuf,
    /// The folder to write the files into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A folder for the files in between; what is in it is removed
    #[arg(long, value_name = "DIR")]
    work: PathBuf,
    /// A folder for the script for browsers without WebAssembly, which takes long to make, and is used again as long as
    /// the program is the same; without the folder, there is no such script
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Leave the program in one part
    #[arg(long)]
    one_bundle: bool,
}

fn main() -> ExitCode {
    let Cli { program, out, work, keep, one_bundle } = Cli::parse();
    match modules::make(&program, &modules::Places { work, keep, out }, one_bundle) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
