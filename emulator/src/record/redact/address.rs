//! Addresses: the scheme and the protocol's words in path and query are kept, the rest is replaced. Hosts get names below
//! `.example`, and ports are left out.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Url, form_urlencoded};

use super::{Redactor, shape};

/// What is not encoded in a part of a path.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':').remove(b'@');

/// What a path follows that names a user: `me`, or an id or a login.
const USERS: &str = "users";

/// Host and port of an address.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Redactor {
    /// An address with a scheme of the web. User name, password and port are left out.
    pub(super) fn absolute(&mut self, text: &str) -> String {
        let Ok(url) = Url::parse(text) else {
            return self.replacements.of(text, |random| shape::Shape::Text.replacement(text, random));
        };
        let host = self.replacements.host(&authority(&url));
        // Origins are compared as they are: an empty path stays empty.
        let has_path = text.splitn(4, '/').count() > 3 || url.query().is_some() || url.fragment().is_some();
        let path = if has_path { self.path(relative(&url)) } else { String::new() };
        format!("https://{host}{path}")
    }

    /// A path with its query and fragment.
    pub(super) fn path(&mut self, text: &str) -> String {
        let (text, fragment) = text.split_once('#').map_or((text, None), |(text, fragment)| (text, Some(fragment)));
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
        let mut redacted: Vec<String> = Vec::new();
        let mut before = "";
        for segment in path.split('/') {
            redacted.push(self.segment(segment, before));
            before = segment;
        }
        let mut address = redacted.join("/");
        for (mark, part) in [('?', query), ('#', fragment)] {
            if let Some(part) = part {
                address.push(mark);
                address.push_str(&self.query(part));
            }
        }
        address
    }

    fn segment(&mut self, segment: &str, before: &str) -> String {
        let is_user = before == USERS && segment != "me";
        if segment.is_empty() || (self.vocabulary.has_segment(segment) && !is_user) {
            return segment.to_owned();
        }
        let decoded = percent_decode_str(segment).decode_utf8_lossy();
        let (stem, extension) = shape::extension(&decoded);
        let replaced = self.text(stem, "");
        format!("{}{extension}", utf8_percent_encode(&replaced, SEGMENT))
    }

    /// Parameters, of a query or a fragment.
    fn query(&mut self, query: &str) -> String {
        let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut written = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            let is_page_size = name == "limit" && value.len() < 4 && value.bytes().all(|byte| byte.is_ascii_digit());
            let value = match value {
                value if is_page_size || self.vocabulary.has_value(&name, &value, false) => value,
                value => self.text(&value, ""),
            };
            written.append_pair(&self.parameter(&name), &value);
        }
        written.finish()
    }
}

/// Path, query and fragment.
fn relative(url: &Url) -> &str {
    url.as_str().get(url[..url::Position::BeforePath].len()..).unwrap_or_default()
}
