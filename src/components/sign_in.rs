//! The root: hands events to the machine and effects to the runtime, and shows the screen. Never here: a
//! decision of its own.

use super::context::{ViewOptions, Widget};
use super::step_view::StepView;
use crate::config::Config;
use crate::effects::{self, Runtime};
use crate::flow::{Event, HandOver, Intent, Machine};
use crate::text::Text;
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`SignIn`].
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// Parsed configuration.
    pub config: Rc<Config>,
    /// Prefix of element ids; differs between widgets on one page.
    #[prop_or(AttrValue::Static("okta-sign-in"))]
    pub id: AttrValue,
    /// Gets the result when the configuration says `callback`.
    #[prop_or_default]
    pub on_success: Callback<HandOver>,
}

/// The sign-in widget.
pub struct SignIn {
    machine: Machine,
    runtime: Runtime,
    widget: Widget,
}

impl Component for SignIn {
    type Message = Event;
    type Properties = SignInProps;

    fn create(ctx: &Context<Self>) -> Self {
        let SignInProps { config, id, on_success } = ctx.props();
        let emit = ctx.link().callback(|event: Event| event);
        let hand_over = on_success.clone();
        let org = config.settings.org.origin();
        Self {
            machine: Machine::new(config.settings.clone()),
            runtime: Runtime::new(
                org,
                Rc::new(move |event| emit.emit(event)),
                Rc::new(move |result| hand_over.emit(result)),
            ),
            widget: Widget {
                dispatch: ctx.link().callback(|intent: Intent| Event::User(intent)),
                text: Text,
                options: ViewOptions { remember_me: config.remember_me, autofocus: config.autofocus },
                id: id.clone(),
            },
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, event: Event) -> bool {
        let before = self.machine.screen().clone();
        for effect in self.machine.handle(event, effects::now()) {
            self.runtime.run(effect);
        }
        *self.machine.screen() != before
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! {
            <ContextProvider<Widget> context={self.widget.clone()}>
                <StepView screen={self.machine.screen().clone()} />
            </ContextProvider<Widget>>
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first_render: bool) {
        if first_render {
            self.runtime.begin();
        }
    }
}
