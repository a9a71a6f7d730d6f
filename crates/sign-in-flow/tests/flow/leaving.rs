//! Leaving the page by way of the org's sign-out.

use crate::harness::{Harness, Input, org, person, sign_in};
use crate::responses::success;
use expect_test::expect;
use sign_in_flow::Event;

#[test]
fn the_org_is_signed_out_of_on_the_way_where_no_request_can_do_that() {
    let options = [("session-redirect", "sign-out-first")];
    let signing_in = Harness::new(&options).then(Input::Event(Event::Begin { remembered: None }));
    signing_in.then(person(sign_in("jeff", "pw"))).check([org(success())], &expect![[r#"
        reply 200 SUCCESS
            go SignOutFirst https://example.okta.com/login/signout?fromURI=%2Flogin%2FsessionCookieRedirect%3Ftoken%3Dse%2526ss%252B1%26redirectUrl%3Dhttps%253A%252F%252Fapp.example%252F%253Fa%253D1%2526b%253D2 with se&ss+1 -> Leaving
    "#]]);
}
