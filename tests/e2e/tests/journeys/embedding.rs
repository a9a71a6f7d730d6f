//! What an embedder can get wrong, and has to be told before anyone types a password.

use http::Method;
use okta_e2e::{Setup, journey_with};

use crate::texts;

#[tokio::test]
async fn a_redirect_to_elsewhere_is_refused_before_anything_is_typed() {
    let setup = Setup { attributes: &[("redirect-url", "https://elsewhere.example/landing")], ..Setup::default() };
    journey_with("untrusted-redirect", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.expects_in_console("redirect-url");
        page.open("/").await?;
        page.sees(texts::MISCONFIGURED).await?;
        assert!(!page.offers_now(texts::SIGN_IN).await?);
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}
