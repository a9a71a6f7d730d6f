//! Replays a recorded response: `recording` and `kind` read it, `run` passes it to the state machines, `view` renders the
//! screen with the widget's views. For the replay program and for the gallery. Not here: what is printed, or the page
//! around a screen.

pub mod files;
pub mod kind;
pub mod recording;
pub mod run;
pub mod step_name;
pub mod view;
