//! An Okta-compatible classic org on one's own machine.
