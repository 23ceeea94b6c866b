//! How operations that need a token refuse, as it is described: what is the same for all of them is said here once.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, HeaderBuilder, Object, Ref, RefOr, Response, ResponseBuilder, ResponsesBuilder, Type},
};

/// What an operation that reads by a token refuses.
pub(super) struct RefusedToRead;

/// What an operation that sends something by a token refuses, before it looks at what the manifest says.
pub(super) struct RefusedToSend;

/// A problem document.
pub(super) fn problem(description: &str) -> ResponseBuilder {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", body)
}

fn by_token(scope: &str) -> ResponsesBuilder {
    let schema = Object::with_type(Type::String);
    let challenge = HeaderBuilder::new().schema(Some(schema)).description(Some("`Bearer`")).build();
    let token = problem("There is no token, or none that lets anybody in.").header("WWW-Authenticate", challenge);
    let lacks = problem(&format!("The token lacks the scope `{scope}`."));
    ResponsesBuilder::new().response("401", token).response("403", lacks)
}

impl IntoResponses for RefusedToRead {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        by_token("submissions:read").build().into()
    }
}

impl IntoResponses for RefusedToSend {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        by_token("submissions:write")
            .response("400", problem("The request or its `Idempotency-Key` cannot be read."))
            .response("404", problem("The partner has no such integration."))
            .response("413", problem("The request is too large."))
            .response("415", problem("What was sent does not say that it is JSON."))
            .build()
            .into()
    }
}
