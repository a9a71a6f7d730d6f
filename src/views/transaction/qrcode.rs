//! The QR image that an app scans. Not here: the key in letters, or what happens when the image expires.

use crate::text::{Key, factor_in_sentence};
use crate::views::context::Widget;
use crate::views::parts::paragraph;
use okta_authn::Factor;
use sign_in_flow::Screen;
use sign_in_flow::transaction::enroll::ActivateFactor;
use yew::prelude::*;

/// The account it is set up for.
pub(crate) fn account<'a>(screen: &'a Screen, step: &'a ActivateFactor) -> &'a str {
    let user = screen.transaction.as_ref().and_then(|transaction| transaction.login());
    step.factor.credential_id.as_deref().or(user).unwrap_or_default()
}

/// The QR image with a sentence what to do with it.
pub(crate) fn qrcode(widget: &Widget, factor: &Factor, image: Option<&String>, account: &str, key: Key) -> Html {
    let Some(qrcode) = image else { return Html::default() };
    let name = factor_in_sentence(widget.text, factor);
    let alt = widget.text.fill(Key::ACTIVATE_QRCODE, &[("factor", &name), ("account", account)]);
    html! {
        <>
            { paragraph(widget.fill(key, "factor", &name)) }
            <img key={qrcode.clone()} class="oaw-qrcode" src={qrcode.clone()} {alt} width="180" height="180" />
        </>
    }
}
