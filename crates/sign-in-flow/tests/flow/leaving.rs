//! Leaving the page: by way of the org's sign-out, and not leaving at all.

use crate::harness::{Harness, Input, code, org, person, sign_in};
use crate::responses::{required, session, success};
use crate::states::redirect;
use expect_test::expect;
use sign_in_flow::{Event, Intent};

#[test]
fn the_org_is_signed_out_of_on_the_way_where_no_request_can_do_that() {
    let options = [("session-redirect", "sign-out-first")];
    let signing_in = Harness::new(&options).then(Input::Event(Event::Begin { remembered: None }));
    signing_in.then(person(sign_in("jeff", "pw"))).check([org(success())], &expect![[r#"
        reply 200 SUCCESS
            go SignOutFirst https://example.okta.com/login/signout?fromURI=%2Flogin%2FsessionCookieRedirect%3Ftoken%3Dse%2526ss%252B1%26redirectUrl%3Dhttps%253A%252F%252Fapp.example%252F%253Fa%253D1%2526b%253D2 with se&ss+1 -> Leaving
    "#]]);
}

#[test]
fn a_browser_that_stays_is_told_and_has_a_way_back() {
    Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(org(success())).check(
        [Input::Seconds(14), Input::Seconds(1), person(Intent::Cancel), Input::Background(session("jeff"))],
        &expect![[r#"
            14 s
                = Leaving
            1 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start jeff
            background reply 200 ACTIVE
                -> Session jeff
        "#]],
    );
    Harness::at(required("t1", &["totp"])).then(person(code("1"))).then(org(success())).check(
        [Input::Seconds(15), person(Intent::Cancel), Input::Background(session("jeff"))],
        &expect![[r#"
            15 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start jeff
            background reply 200 ACTIVE
                -> Session jeff
        "#]],
    );
    let session = Harness::new(&[]).then(Input::Event(Event::Begin { remembered: None }));
    session.then(Input::Background(crate::responses::session("ann"))).then(person(Intent::Continue)).check(
        [Input::Seconds(15), person(Intent::Cancel)],
        &expect![[r#"
            15 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start
        "#]],
    );
    let site = Harness::at(redirect("t1", "saml"));
    site.check(
        [Input::Seconds(15)],
        &expect![[r#"
        15 s
            = Leaving !StillHere
    "#]],
    );
}
