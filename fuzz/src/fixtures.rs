//! Each input that a target once failed with is a file in `fixtures`, below the name of the target. Not here: which targets
//! there are.

use crate::Target;
use std::fs;
use std::path::Path;

/// Gives the targets their fixtures, and says how many there are.
pub(crate) fn run(targets: &[Target], folder: &Path) -> usize {
    let mut number = 0;
    for (name, run) in targets {
        let Ok(files) = fs::read_dir(folder.join(name)) else { continue };
        for file in files {
            let path = file.expect("a readable folder").path();
            println!("{}", path.display());
            run(&fs::read(&path).expect("a readable file"));
            number += 1;
        }
    }
    number
}
