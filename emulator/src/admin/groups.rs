//! Groups and their members. A member gets the policies of the group.

use super::{not_found, page, search, user_id};
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        directory::{Group, GroupPolicies},
        log::{EventType, Party},
        user::{Policies, User},
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
    page(call, "/api/v1/groups", search::select(call, &search::GROUPS, items)?)
}

/// `GET /api/v1/groups/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(admin::group(org, &group(org, call)?)))
}

/// `POST /api/v1/groups`.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (name, description) = profile(org, call, None)?;
    let group = Group { id: org.random.id("00g"), name, description, policies: GroupPolicies::default() };
    let shown = admin::group(org, &group);
    org.groups.push(group);
    Ok(Reply::Json(shown))
}

/// `PUT /api/v1/groups/{id}`: name and description.
pub(crate) fn replace(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let before = own(org, call)?;
    let (name, description) = profile(org, call, Some(&before.id))?;
    let group = Group { name, description, ..before };
    if let Some(kept) = org.groups.iter_mut().find(|one| one.id == group.id) {
        kept.clone_from(&group);
    }
    Ok(Reply::Json(admin::group(org, &group)))
}

/// `DELETE /api/v1/groups/{id}`: to its members the policies of the remaining groups apply.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let group = own(org, call)?;
    org.groups.retain(|one| one.id != group.id);
    let groups = org.groups.clone();
    for user in org.users.iter_mut().filter(|user| user.groups.contains(&group.id)) {
        remove(user, &groups, &group.id);
    }
    Ok(Reply::Nothing)
}

/// A group that may be changed. The first, of all users, belongs to the org.
fn own(org: &Org, call: &Call) -> Result<Group, ApiError> {
    let group = group(org, call)?;
    if org.groups.first().is_some_and(|first| first.id == group.id) {
        return Err(error::BUILT_IN_GROUP.into());
    }
    Ok(group)
}

/// Name and description in the request; the name belongs to no other group.
fn profile(org: &Org, call: &Call, own: Option<&str>) -> Result<(String, String), ApiError> {
    let profile = call.input.object("profile")?;
    let name = profile.required("name")?.trim();
    let invalid = |cause: &str| error::VALIDATION.about("name").and(format!("name: {cause}"));
    if name.is_empty() {
        return Err(invalid("The field cannot be left blank"));
    }
    if org.groups.iter().any(|group| group.name == name && Some(group.id.as_str()) != own) {
        return Err(invalid("An object with this field already exists in the current organization"));
    }
    Ok((name.to_owned(), profile.text("description")?.unwrap_or_default().to_owned()))
}

/// Takes the user out of the group; the policies of the remaining groups apply.
fn remove(user: &mut User, all: &[Group], id: &str) {
    user.groups.retain(|one| one != id);
    user.policies = Policies::default();
    all.iter().filter(|one| user.groups.contains(&one.id)).for_each(|one| one.policies.apply(&mut user.policies));
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
        user.groups.push(group.id.clone());
        group.policies.apply(&mut user.policies);
        note(org, call, EventType::GroupJoined, &id, &group);
    }
    Ok(Reply::Nothing)
}

/// `DELETE /api/v1/groups/{id}/users/{user}`: the policies of the remaining groups apply.
pub(crate) fn leave(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (group, id) = (group(org, call)?, user_id(org, call)?);
    let all = org.groups.clone();
    let user = org.user_mut(&id)?;
    if user.groups.contains(&group.id) {
        remove(user, &all, &group.id);
        note(org, call, EventType::GroupLeft, &id, &group);
    }
    Ok(Reply::Nothing)
}

fn note(org: &mut Org, call: &Call, event: EventType, user: &str, group: &Group) {
    if let Ok(user) = org.user(user).map(Party::user) {
        org.log(call.now, event, Party::program(), vec![user, Party::group(&group.id, &group.name)]);
    }
}

/// `GET /api/v1/users/{id}/groups`.
pub(crate) fn of_user(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    let user = org.user(&id)?;
    let everyone = org.groups.first().into_iter();
    let own = org.groups.iter().skip(1).filter(|group| user.groups.contains(&group.id));
    Ok(Reply::Json(everyone.chain(own).map(|group| admin::group(org, group)).collect()))
}
