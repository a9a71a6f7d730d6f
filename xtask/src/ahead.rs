//! Installs packages for npm and Python that later checks need, while the first ones compile: the network is slow, and compiling
//! does not use it. Not here: which packages (`peer.rs`, `python.rs`, `node_tests.rs`), and what happens where one can't
//! be installed: the check that needs it tries again, and says so.

use std::thread::{self, JoinHandle};

use crate::{node_tests, peer, python};

/// Begins, in a thread of its own.
pub(crate) fn begin() -> JoinHandle<()> {
    thread::spawn(|| {
        let npm = [node_tests::install(), peer::install()];
        let python = python::needed().and_then(|()| python::install_pinned());
        for error in npm.into_iter().chain([python]).filter_map(Result::err) {
            eprintln!("not installed ahead: {error:#}");
        }
    })
}
