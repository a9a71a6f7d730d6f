//! One drawing per family of factors, as inline SVG in the text's colour.

use okta_authn::FactorKind;
use yew::prelude::*;

/// The icon of a kind of factor. Decorative: the name stands beside it.
pub(crate) fn icon(kind: FactorKind) -> Html {
    let path = match kind {
        FactorKind::Sms => "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
        FactorKind::Call => {
            "M6 3l3 1 1 5-2 1.500a13 13 0 0 0 5.500 5.500L15 14l5 1 1 3c0 2-2 3-3 3C10 21 3 14 3 6c0-1 1-3 3-3z"
        }
        FactorKind::Email => "M3 6h18v12H3zM3 7l9 7 9-7",
        FactorKind::Question => {
            "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0"
        }
        FactorKind::GoogleTotp | FactorKind::OktaTotp | FactorKind::Push | FactorKind::Duo => {
            "M7 2.500h10v19H7zM11 18.500h2M10 10l1.500 1.500L14.500 8.500"
        }
        FactorKind::Rsa | FactorKind::OnPrem | FactorKind::Symantec | FactorKind::Hotp => {
            "M3 7h18v10H3zM6 13v-2M9 13v-2M12 13v-2M16 12h2"
        }
        FactorKind::YubiKey | FactorKind::U2f | FactorKind::WebAuthn => {
            "M3.500 12a4.500 4.500 0 1 0 9 0 4.500 4.500 0 1 0-9 0M12.500 12H21M18 12v3.500M8 12v.1"
        }
        FactorKind::Password => "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2",
        FactorKind::Redirect | FactorKind::Unknown => "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
    };
    html! {
        <svg class="oaw-icon oaw-factor-icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
    }
}
