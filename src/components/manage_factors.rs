//! Factor management: owns its machine. It belongs to the second part of the program. Not here: a decision of its own.

use super::host::Host;
use super::lazy_tokens::tokens;
use super::props::{RcEq, telling_callback};
use super::regions::management_asks_for_phone;
use super::root::{Mounted, Root, RootProps, mount as mount_root};
use crate::config::{ConfigError, ManageFactorsConfig, OptionName, OptionValue};
use crate::effects::{self, BrowserPage, DeviceRuntime, Emit, PageTitle, Runtime, Tell};
use crate::text::{Text, notice};
use crate::views::{self, NoticeText, ViewOptions};
use js_sys::Function;
use sign_in_flow::{Event, Intent, SignInEvent};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Props of [`ManageFactors`].
#[derive(Clone, Properties, PartialEq)]
pub struct ManageFactorsProps {
    /// Parsed configuration.
    pub config: Rc<ManageFactorsConfig>,
    /// Prefix of element ids; differs between widgets on one page.
    #[prop_or(AttrValue::Static("okta-my-factors"))]
    pub id: AttrValue,
    /// Is told of steps and failures.
    #[prop_or_default]
    pub on_event: Callback<SignInEvent>,
    /// The language.
    #[prop_or_default]
    pub text: Text,
    /// The same for a page's own JavaScript.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) tell: Option<RcEq<dyn Fn(SignInEvent) -> bool>>,
    /// The script that has the rules of phone numbers.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) script: Option<Function>,
    /// Whether it is still on the page.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) mounted: Mounted,
}

impl RootProps for ManageFactorsProps {
    fn with_text(self, text: Text) -> Self {
        Self { text, ..self }
    }

    fn mounted(&self) -> &Mounted {
        &self.mounted
    }
}

/// The factors of the person who is signed in.
pub struct ManageFactors {
    machine: sign_in_flow::ManageFactors,
    runtime: Runtime,
    device: DeviceRuntime,
    host: Host,
}

impl ManageFactors {
    fn prepare_phone(&mut self) {
        let asks = management_asks_for_phone(self.machine.step());
        self.host.widget.prepare_phone(asks, &self.runtime);
    }
}

impl Component for ManageFactors {
    type Message = Event;
    type Properties = ManageFactorsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let ManageFactorsProps { config, id, on_event, text, tell, script, mounted: _ } = ctx.props();
        let tell = tell.as_ref().map_or_else(|| telling_callback(on_event), |tell| tell.0.clone());
        let emit = ctx.link().callback(|event: Event| event);
        let emit: Emit = Rc::new(move |event| emit.emit(event));
        let sign_in_url = config.sign_in_url.as_ref().map(|url| url.as_str().to_owned());
        let machine = sign_in_flow::ManageFactors::new(config.hook.clone(), sign_in_url);
        let options = ViewOptions { autofocus: config.autofocus, ..ViewOptions::default() };
        let title = PageTitle::keep(config.document_title);
        let dispatch = ctx.link().callback(|intent: Intent| Event::User(intent));
        Self {
            host: Host::new(id, *text, options, dispatch, NoticeText(notice), machine.screen(), title),
            machine,
            // It remembers nothing, and has no result.
            runtime: Runtime::new("", text.language(), emit.clone(), Rc::new(|_| {}), tell, script.clone()),
            device: DeviceRuntime::new(id, emit, None, tokens),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        if !ctx.props().mounted.get() {
            return false;
        }
        self.host.before_update();
        let before = self.machine.screen().version();
        for effect in self.machine.handle(event, effects::now()) {
            if let Some(effect) = self.device.run(effect) {
                self.runtime.run(effect);
            }
        }
        self.prepare_phone();
        self.machine.screen().version() != before
    }

    fn changed(&mut self, ctx: &Context<Self>, _before: &Self::Properties) -> bool {
        self.host.widget.set_text(ctx.props().text);
        self.runtime.set_language(ctx.props().text.language());
        self.prepare_phone();
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let (screen, step) = (self.machine.screen(), self.machine.step());
        self.host.view(views::manage::view(&self.host.widget, screen, step, self.machine.factors()))
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first_render: bool) {
        self.host.rendered(self.machine.screen(), self.host.widget.options.autofocus, first_render);
        if first_render {
            self.runtime.listen();
            self.runtime.begin();
        }
    }
}

/// Puts factor management into an element.
pub(super) fn mount(
    element: &Element,
    options: &[(OptionName, OptionValue)],
    id: AttrValue,
    text: Text,
    tell: Tell,
    script: Function,
) -> Result<Root, ConfigError> {
    let config = Rc::new(ManageFactorsConfig::parse(options, &BrowserPage::default())?);
    let (tell, script) = (Some(RcEq(tell)), Some(script));
    let (on_event, mounted) = (Callback::noop(), Mounted::default());
    let props = ManageFactorsProps { config, id, on_event, text, tell, script, mounted };
    Ok(mount_root::<ManageFactors>(element, props, false))
}
