// What a refusal of the org is to callers of the SDK.
import assert from "node:assert/strict";

/** The call is refused with this status and code. */
export async function refused(call, status, errorCode) {
  const error = await call.then(
    () => assert.fail("was not refused"),
    (error) => error,
  );
  assert.equal(error.status, status, error.stack);
  assert.equal(error.errorCode, errorCode, error.stack);
  return error;
}
