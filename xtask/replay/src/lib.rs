//! What playing a recorded response takes, piece by piece: `kind` and `recording` read it, `play` hands it to
//! the real machine, `view` renders the screen with the real view. For the replay program and for the
//! gallery. Never here: what is printed, or what a page around a screen looks like.

pub mod files;
pub mod kind;
pub mod play;
pub mod recording;
pub mod view;
