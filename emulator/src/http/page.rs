//! The HTML pages that the org serves itself.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f4f4f6, #17181c); }
main { box-sizing: border-box; width: min(32rem, 100vw); padding: 2rem; border-radius: .75rem;
  background: light-dark(#fff, #22242a); color: light-dark(#1d1d21, #ececf0); }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; } p { margin: .5rem 0; }
button, a.button { display: inline-block; font: inherit; padding: .5rem 1rem; margin: .5rem .5rem 0 0; cursor: pointer;
  border-radius: .375rem; border: 1px solid light-dark(#888, #777); background: transparent; color: inherit;
  text-decoration: none; }";

/// An error page.
pub(crate) fn error(status: StatusCode, title: &str, what: &str) -> Response {
    page(status, title, &format!("<p>{}</p>", escape(what)))
}

/// A page with this body.
pub(crate) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\
         <body><main><h1>{title}</h1>{body}</main></body></html>\n"
    );
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache, no-store")];
    (status, headers, html).into_response()
}

/// Escapes text for HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
