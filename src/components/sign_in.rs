//! The root: hands events to the machine and effects to the runtime, and shows the screen. Never here: a
//! decision of its own.

mod props;

pub use props::{Same, SignInProps};

use super::context::Widget;
use super::focus::Seen;
use super::step_view::step_view;
use crate::effects::{self, HandOn, Runtime};
use crate::flow::{Event, Intent, Machine, Onward, Screen};
use crate::text::Text;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The attribute that marks a form which was rendered into the page before the code was there. It goes as
/// soon as the form is this widget's.
pub const STATIC_MARK: &str = "data-oaw-static";

/// The sign-in widget.
pub struct SignIn {
    machine: Machine,
    runtime: Runtime,
    widget: Widget,
    root: NodeRef,
    seen: Cell<Seen>,
    /// What the static form shows that is being taken over, where the machine went on already.
    before: Option<Box<Screen>>,
}

impl SignIn {
    /// Carries out what was done early: its request leaves before anything is drawn.
    fn catch_up(&mut self, early: Option<&Same<Cell<Option<Intent>>>>) {
        let Some(intent) = early.and_then(|early| early.0.take()) else { return };
        self.before = Some(Box::new(self.machine.screen().clone()));
        self.handle(Event::Early(intent));
    }

    fn handle(&mut self, event: Event) {
        for effect in self.machine.handle(event, effects::now()) {
            self.runtime.run(effect);
        }
        self.widget.ask_regions(self.machine.screen());
    }

    /// What is drawn: taking a form over begins with what it shows.
    fn screen(&self) -> &Screen {
        self.before.as_deref().unwrap_or(self.machine.screen())
    }

    /// What the other bundle is to take over, as soon as it is loaded.
    pub(crate) fn onward(&self) -> Option<&Onward> {
        self.machine.onward()
    }

    /// Brings focus and fields in line with what was drawn.
    fn look_after(&self, invited: bool, is_first: bool) {
        if let Some(root) = self.root.cast::<Element>() {
            let mut seen = self.seen.get();
            seen.update(&root, self.screen(), invited, is_first);
            self.seen.set(seen);
        }
    }

    /// The same for what took over and is on the page now.
    #[cfg(not(feature = "first-form"))]
    pub(crate) fn settle(&self) {
        self.look_after(false, true);
    }

    /// Whether this was a static form; it is no longer.
    fn takes_over(&self) -> bool {
        let root = self.root.cast::<Element>().filter(|root| root.has_attribute(STATIC_MARK));
        root.is_some_and(|root| root.remove_attribute(STATIC_MARK).is_ok())
    }
}

impl Component for SignIn {
    type Message = Event;
    type Properties = SignInProps;

    fn create(ctx: &Context<Self>) -> Self {
        let SignInProps { config, id, on_success, hand_on, page_code, early, onward } = ctx.props();
        let hand_on = hand_on.clone().map_or_else(|| -> HandOn { Rc::new(|| {}) }, |to| to.0);
        let emit = ctx.link().callback(|event: Event| event);
        let hand_over = on_success.clone();
        let org = config.settings.org.origin();
        let machine = Machine::remembering(config.settings.clone(), effects::remembered_username(org));
        let mut root = Self {
            seen: Cell::new(Seen::of(machine.screen())),
            machine,
            runtime: Runtime::new(
                org,
                id,
                Rc::new(move |event| emit.emit(event)),
                Rc::new(move |result| hand_over.emit(result)),
                hand_on,
            )
            .asking(page_code.clone().map(|code| code.0)),
            widget: Widget {
                dispatch: ctx.link().callback(|intent: Intent| Event::User(intent)),
                text: Text,
                options: (&**config).into(),
                regions: Rc::from([]),
                id: id.clone(),
            },
            root: NodeRef::default(),
            before: None,
        };
        match onward {
            // Nothing of the first form is drawn before.
            Some(onward) => root.handle(Event::TakenOver(onward.clone())),
            None => root.catch_up(early.as_ref()),
        }
        root
    }

    fn update(&mut self, _ctx: &Context<Self>, event: Event) -> bool {
        if let Some(root) = self.root.cast::<Element>() {
            self.seen.get_mut().note_focus(&root);
        }
        let before = self.before.take().map_or_else(|| self.machine.screen().clone(), |before| *before);
        self.handle(event);
        *self.machine.screen() != before
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! { <div ref={self.root.clone()} class="oaw">{ step_view(&self.widget, self.screen()) }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let taken_over = first_render && self.takes_over();
        let has_begun = ctx.props().onward.is_some();
        // What takes over is drawn beside the page; the loader lets it settle there.
        if !(has_begun && first_render) {
            self.look_after(self.widget.options.autofocus && !taken_over, first_render);
        }
        if first_render {
            self.runtime.listen();
            if !has_begun {
                self.runtime.begin();
            }
        }
    }
}
