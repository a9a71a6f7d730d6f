//! Groups and their members. A member gets the policies of the group.

use super::{not_found, page, user_id};
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        directory::{Group, GroupPolicies},
    },
    wire::admin,
};

fn group(org: &Org, call: &Call) -> Result<Group, ApiError> {
    let id = call.in_path("group");
    org.groups.iter().find(|group| group.id == id).cloned().ok_or_else(|| not_found(id, "UserGroup"))
}

/// `GET /api/v1/groups`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.query.get("q").map(|q| q.to_lowercase());
    let items = org
        .groups
        .iter()
        .filter(|group| wanted.as_ref().is_none_or(|wanted| group.name.to_lowercase().starts_with(wanted)))
        .map(|group| (group.id.clone(), admin::group(org, group)))
        .collect();
    page(call, "/api/v1/groups", items)
}

/// `GET /api/v1/groups/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(admin::group(org, &group(org, call)?)))
}

/// `POST /api/v1/groups`.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let profile = call.input.object("profile")?;
    let name = profile.required("name")?;
    if org.groups.iter().any(|group| group.name == name) {
        let cause = "name: An object with this field already exists in the current organization";
        return Err(error::VALIDATION.about("name").and(cause).into());
    }
    let group = Group {
        id: org.random.id("00g"),
        name: name.to_owned(),
        description: profile.text("description")?.unwrap_or_default().to_owned(),
        policies: GroupPolicies::default(),
    };
    let shown = admin::group(org, &group);
    org.groups.push(group);
    Ok(Reply::Json(shown))
}

/// `GET /api/v1/groups/{id}/users`.
pub(crate) fn members(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let group = group(org, call)?;
    let everyone = org.groups.first().is_some_and(|first| first.id == group.id);
    let users = org.users.iter().filter(|user| everyone || user.groups.contains(&group.id));
    let items = users.map(|user| (user.id.clone(), admin::user::user(org, user))).collect();
    page(call, &format!("/api/v1/groups/{}/users", group.id), items)
}

/// `PUT /api/v1/groups/{id}/users/{user}`.
pub(crate) fn join(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (group, id) = (group(org, call)?, user_id(org, call)?);
    let user = org.user_mut(&id)?;
    if !user.groups.contains(&group.id) {
        user.groups.push(group.id);
        group.policies.apply(&mut user.policies);
    }
    Ok(Reply::Nothing)
}

/// `DELETE /api/v1/groups/{id}/users/{user}`: the policies of the remaining groups apply.
pub(crate) fn leave(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (group, id) = (group(org, call)?, user_id(org, call)?);
    let all = org.groups.clone();
    let user = org.user_mut(&id)?;
    if user.groups.contains(&group.id) {
        user.groups.retain(|one| *one != group.id);
        user.policies = crate::org::user::Policies::default();
        all.iter().filter(|one| user.groups.contains(&one.id)).for_each(|one| one.policies.apply(&mut user.policies));
    }
    Ok(Reply::Nothing)
}

/// `GET /api/v1/users/{id}/groups`.
pub(crate) fn of_user(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    let user = org.user(&id)?;
    let everyone = org.groups.first().into_iter();
    let own = org.groups.iter().skip(1).filter(|group| user.groups.contains(&group.id));
    Ok(Reply::Json(everyone.chain(own).map(|group| admin::group(org, group)).collect()))
}
