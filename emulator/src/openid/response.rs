//! How the result of an authorization request reaches the client: `response_mode`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::{http::page::escape, org::Org};

/// A response mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
    FormPost,
    /// HTML that posts a message to the page that opened or embeds it.
    PostMessage,
}

impl Mode {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            "okta_post_message" => Some(Self::PostMessage),
            _ => None,
        }
    }
}

/// Where the result goes.
#[derive(Clone)]
pub(super) struct Return {
    pub(super) uri: String,
    pub(super) mode: Mode,
    pub(super) state: Option<String>,
}

type Fields = Vec<(&'static str, String)>;

impl Return {
    /// Sends these parameters, and `state`.
    pub(super) fn send(&self, org: &mut Org, mut fields: Fields) -> Response {
        fields.extend(self.state.clone().map(|state| ("state", state)));
        let mut response = match self.mode {
            Mode::Query => self.redirect(if self.uri.contains('?') { '&' } else { '?' }, &fields),
            Mode::Fragment => self.redirect('#', &fields),
            Mode::FormPost => self.form(org, &fields),
            Mode::PostMessage => self.message(org, &fields),
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }

    fn redirect(&self, mark: char, fields: &Fields) -> Response {
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        (StatusCode::FOUND, [(header::LOCATION, format!("{}{mark}{encoded}", self.uri))]).into_response()
    }

    /// OAuth 2.0 Form Post Response Mode. The button is for browsers without scripts.
    fn form(&self, org: &mut Org, fields: &Fields) -> Response {
        let input = |(name, value): &(&str, String)| {
            format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
        };
        let inputs: String = fields.iter().map(input).collect();
        let action = escape(&self.uri);
        let body = format!(
            "<form method=\"post\" action=\"{action}\">{inputs}<noscript><button>Continue</button></noscript></form>"
        );
        with_script(org, &body, "document.forms[0].submit();", "'none'")
    }

    /// The opener of a window or the parent of a frame gets the message, and only at the origin of the redirect URI.
    fn message(&self, org: &mut Org, fields: &Fields) -> Response {
        let origin = self.origin().unwrap_or_default();
        let data: Map<String, Value> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), Value::String(value.clone()))).collect();
        let (data, target) = (script_json(&data.into()), script_json(&Value::String(origin.clone())));
        let script = format!(
            "const receiver = window.parent !== window ? window.parent : window.opener;\n\
             if (receiver) receiver.postMessage({data}, {target});"
        );
        with_script(org, "", &script, &origin)
    }

    /// The origin of the redirect URI; `None` where it is no page.
    pub(super) fn origin(&self) -> Option<String> {
        let url = Url::parse(&self.uri).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
    }
}

/// JSON that can stand in a script element.
fn script_json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn with_script(org: &mut Org, body: &str, script: &str, framed_by: &str) -> Response {
    let nonce = org.random.challenge();
    let policy = format!("default-src 'none'; script-src 'nonce-{nonce}'; frame-ancestors {framed_by}");
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head>\
         <body>{body}<script nonce=\"{nonce}\">\n{script}\n</script></body></html>\n"
    );
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (header::CONTENT_SECURITY_POLICY, policy)];
    (StatusCode::OK, headers, html).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_can_not_end_the_script() {
        assert_eq!(script_json(&Value::String("</script>\u{2028}".to_owned())), "\"\\u003c/script>\\u2028\"");
    }
}
