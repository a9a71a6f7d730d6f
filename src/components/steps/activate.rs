//! Set up an authenticator app: scan or type its key, then prove it with a code.

use super::{StepProps, busy, message, ways_out};
use crate::authn::{Passcode, SharedSecret};
use crate::components::context::{Widget, use_widget};
use crate::components::factors::code_field;
use crate::components::form::{Panel, plain_button, submit, value_of};
use crate::flow::Intent;
use crate::flow::step::{MfaEnrollActivate, Proving, proving};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// The QR image, the key, and the code's form.
#[component]
pub(crate) fn Activate(props: &StepProps<MfaEnrollActivate>) -> Html {
    let widget = use_widget();
    let input = use_node_ref();
    let StepProps { screen, step } = props;
    let name = factor_name(widget.text, &step.factor);
    let provable = step.envelope.links.next("activate").is_some() && proving(step.factor.kind()) == Proving::Code;
    let secret = step.factor.activation.as_ref().and_then(|activation| activation.shared_secret.clone());
    let account = step.factor.credential_id.as_deref().unwrap_or_default();
    let alt = widget.text.fill(Key::ActivateQrcode, &[("factor", &name), ("account", account)]);
    let onsubmit = {
        let (dispatch, input) = (widget.dispatch.clone(), input.clone());
        Callback::from(move |()| dispatch.emit(Intent::Activate(Passcode::new(value_of(&input)))))
    };
    html! {
        <Panel
            id={widget.element_id("title")} title={widget.text.fill(Key::ActivateTitle, &[("factor", &name)])}
            busy={screen.busy} focus_heading={!provable && widget.focuses_first(screen)}
            message={message(&widget, screen)} {onsubmit} footer={ways_out(&widget, screen)}
        >
            if let Some(qrcode) = step.qrcode.clone().filter(|_| provable) {
                <p class="oaw-text">{ widget.say(Key::ActivateScan) }</p>
                <img class="oaw-qrcode" src={qrcode} alt={alt} width="180" height="180" />
            }
            if let Some(secret) = secret.filter(|_| provable) { { typed_key(&widget, &secret) } }
            if provable {
                <p class="oaw-text">{ widget.say(Key::ActivateEnter) }</p>
                { code_field(&widget, screen, &input) }
                { submit(widget.say(Key::ActivateSubmit), &busy(&widget, screen)) }
            } else {
                <p class="oaw-text">{ widget.text.fill(Key::VerifyUnsupported, &[("factor", &name)]) }</p>
            }
        </Panel>
    }
}

/// The key in groups of four, easy to read out and to type; Copy gives it without the gaps.
fn typed_key(widget: &Widget, secret: &SharedSecret) -> Html {
    let letters: Vec<char> = secret.expose().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    html! {
        <div class="oaw-key">
            <p class="oaw-text">{ widget.say(Key::ActivateManual) }</p>
            <code class="oaw-secret-key">{ groups.join(" ") }</code>
            { plain_button(widget.say(Key::ActivateCopy), widget.on(Intent::CopyKey), false) }
        </div>
    }
}
