//! The root of one's own factors: hands events to their machine and effects to the runtime, and shows the
//! screen. Never here: a decision of its own.

use super::context::{ViewOptions, Widget};
use super::focus::Seen;
use super::step_view::step_view;
use crate::config::MyFactorsConfig;
use crate::effects::{self, Runtime};
use crate::flow::{self, Event, Intent};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Props of [`MyFactors`].
#[derive(Properties, PartialEq)]
pub struct MyFactorsProps {
    /// Parsed configuration.
    pub config: Rc<MyFactorsConfig>,
    /// Prefix of element ids; differs between widgets on one page.
    #[prop_or(AttrValue::Static("okta-my-factors"))]
    pub id: AttrValue,
}

/// The signed-in user's factors.
pub struct MyFactors {
    machine: flow::MyFactors,
    runtime: Runtime,
    widget: Widget,
    root: NodeRef,
    seen: Seen,
}

impl Component for MyFactors {
    type Message = Event;
    type Properties = MyFactorsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let MyFactorsProps { config, id } = ctx.props();
        let emit = ctx.link().callback(|event: Event| event);
        let sign_in_url = config.sign_in_url.as_ref().map(|url| url.as_str().to_owned());
        let machine = flow::MyFactors::new(config.hook.clone(), sign_in_url);
        let options = ViewOptions { autofocus: config.autofocus, ..ViewOptions::default() };
        let dispatch = ctx.link().callback(|intent: Intent| Event::User(intent));
        Self {
            seen: Seen::of(machine.screen()),
            machine,
            // It keeps nothing, and has no result to hand over.
            runtime: Runtime::new("", id, Rc::new(move |event| emit.emit(event)), Rc::new(|_| {}), Rc::new(|| {})),
            widget: Widget { dispatch, options, id: id.clone(), ..Widget::default() },
            root: NodeRef::default(),
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, event: Event) -> bool {
        if let Some(root) = self.root.cast::<Element>() {
            self.seen.note_focus(&root);
        }
        let before = self.machine.screen().clone();
        for effect in self.machine.handle(event, effects::now()) {
            self.runtime.run(effect);
        }
        let screen = self.machine.screen();
        self.widget.ask_regions(screen);
        *screen != before
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! { <div ref={self.root.clone()} class="oaw">{ step_view(&self.widget, self.machine.screen()) }</div> }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first_render: bool) {
        if let Some(root) = self.root.cast::<Element>() {
            let invited = self.widget.options.autofocus;
            self.seen.update(&root, self.machine.screen(), invited, first_render);
        }
        if first_render {
            self.runtime.listen();
            self.runtime.begin();
        }
    }
}
