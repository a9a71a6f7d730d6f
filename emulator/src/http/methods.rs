//! The routes of the operations: path, method, operation, and the parameters that it takes.
//!
//! Not here: the routes themselves (`http.rs`, `admin.rs`).

#[cfg(feature = "in-process")]
use axum::http::Method;
use axum::{
    Router,
    extract::{Request, State},
    routing::{MethodFilter, on},
};

use super::{
    App,
    operation::{Operation, Params, perform},
    parameters::{Parameter, Parameters},
};

/// One method of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Endpoint {
    method: MethodFilter,
    pub(super) operation: Operation,
    pub(super) parameters: Parameters,
}

/// The methods of a path.
#[derive(Debug)]
pub(super) struct Methods(Vec<Endpoint>);

macro_rules! methods {
    ($($name:ident $method:ident)+) => {$(
        /// An operation that takes no parameters.
        pub(super) fn $name(operation: Operation) -> Methods {
            let parameters = Parameters { known: &[], ignores_others: false };
            Methods(vec![Endpoint { method: MethodFilter::$method, operation, parameters }])
        }
    )+};
}

methods! { get GET post POST put PUT delete DELETE }

impl Methods {
    /// Takes these parameters.
    pub(super) fn takes(mut self, known: &'static [Parameter]) -> Self {
        self.0.iter_mut().for_each(|one| one.parameters.known = known);
        self
    }

    /// Other methods of the same path.
    pub(super) fn merge(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }
}

/// Routes of operations. Unlike those of a `Router` they can be listed, which a test does.
#[derive(Debug, Default)]
pub(crate) struct Routes(Vec<(&'static str, Endpoint)>);

impl Routes {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn route(mut self, path: &'static str, methods: Methods) -> Self {
        self.0.extend(methods.0.into_iter().map(|endpoint| (path, endpoint)));
        self
    }

    pub(super) fn merge(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Parameters that are not declared are ignored, as Okta ignores them there.
    pub(super) fn ignoring_other_parameters(mut self) -> Self {
        self.0.iter_mut().for_each(|(_, endpoint)| endpoint.parameters.ignores_others = true);
        self
    }

    /// Methods and paths.
    #[cfg(feature = "in-process")]
    pub(crate) fn list(self) -> Vec<(Method, &'static str)> {
        let known = [Method::GET, Method::POST, Method::PUT, Method::DELETE];
        let is = |method: &Method, filter| MethodFilter::try_from(method.clone()).is_ok_and(|one| one == filter);
        let named = |(path, endpoint): (&'static str, Endpoint)| {
            known.iter().find(|method| is(method, endpoint.method)).map(|method| (method.clone(), path))
        };
        self.0.into_iter().filter_map(named).collect()
    }

    pub(super) fn router(self) -> Router<App> {
        self.0.into_iter().fold(Router::new(), |router, (path, endpoint)| {
            let handler =
                move |State(app): State<App>, params: Params, request: Request| perform(app, endpoint, params, request);
            router.route(path, on(endpoint.method, handler))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::{Method, header},
    };
    use serde_json::Value;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{http, seed::Seed};

    /// The answer to this request with a parameter that no operation takes.
    async fn answer(router: &Router, method: MethodFilter, path: &str) -> (u16, Value) {
        let known = [Method::GET, Method::POST, Method::PUT, Method::DELETE];
        let method = known.into_iter().find(|one| MethodFilter::try_from(one.clone()).unwrap() == method).unwrap();
        let path: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}?surprise=1", path.join("/")))
            .header(header::AUTHORIZATION, "SSWS emulator-api-token")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_LENGTH, "2")
            .body(Body::from("{}"))
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    #[tokio::test]
    async fn no_operation_ignores_a_parameter_but_those_that_say_so() {
        let seed = format!("{}\n[hashing]\nmemory_kib = 8\niterations = 1\n", include_str!("../../sample-org.toml"));
        let org = Seed::parse(&seed, "sample-org.toml").unwrap().org();
        let initial = org.snapshot();
        let router = http::router(&App::new(org, initial), false, None);
        let listed = http::all_operations();
        assert!(listed.0.len() > 90, "{}", listed.0.len());
        for (path, endpoint) in listed.0 {
            let (status, body) = answer(&router, endpoint.method, path).await;
            let cause = body["errorCauses"][0]["errorSummary"].as_str().unwrap_or_default();
            let is_refused = status == 400 && body["errorCode"] == "E0000001" && cause.starts_with("surprise: ");
            assert_eq!(is_refused, !endpoint.parameters.ignores_others, "{path}: {status} {body}");
        }
    }
}
