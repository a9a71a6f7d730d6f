// A security key in software, for WebAuthn and U2F.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { PAGE } from "./org.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const number = (value, bytes) => Buffer.from(value.toString(16).padStart(bytes * 2, "0"), "hex");

export class SecurityKey {
  #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #id = randomBytes(16);
  #counter = 0;

  #point() {
    const { x, y } = this.#pair.publicKey.export({ format: "jwk" });
    return [Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
  }

  #sign(...parts) {
    return sign("sha256", Buffer.concat(parts), this.#pair.privateKey);
  }

  #authenticatorData(flags) {
    return Buffer.concat([sha256("localhost"), Buffer.from([flags]), number(this.#counter, 4)]);
  }

  #clientData(type, challenge) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: PAGE, crossOrigin: false }));
  }

  /** The answer to `activation` of a new WebAuthn factor. */
  attest(challenge) {
    const [x, y] = this.#point();
    const hex = (text) => Buffer.from(text, "hex");
    const credential = [Buffer.alloc(16), number(this.#id.length, 2), this.#id];
    const key = [hex("a5010203262001215820"), x, hex("225820"), y];
    const data = Buffer.concat([this.#authenticatorData(0x45), ...credential, ...key]);
    const head = [hex("a363666d74646e6f6e656761747453746d74a068617574684461746158"), number(data.length, 1)];
    return {
      attestation: Buffer.concat([...head, data]).toString("base64"),
      clientData: this.#clientData("webauthn.create", challenge).toString("base64"),
    };
  }

  /** The answer to a WebAuthn `challenge`. */
  assert(challenge) {
    this.#counter += 1;
    const [data, client] = [this.#authenticatorData(0x05), this.#clientData("webauthn.get", challenge)];
    return {
      clientData: client.toString("base64"),
      authenticatorData: data.toString("base64"),
      signatureData: this.#sign(data, sha256(client)).toString("base64"),
    };
  }

  #u2f(typ, challenge) {
    return Buffer.from(JSON.stringify({ typ, challenge, origin: PAGE }));
  }

  /** The answer to `activation` of a new U2F factor. */
  register(nonce) {
    const [x, y] = this.#point();
    const data = Buffer.concat([Buffer.from([5, 4]), x, y, number(this.#id.length, 1), this.#id]);
    return {
      registrationData: data.toString("base64url"),
      clientData: this.#u2f("navigator.id.finishEnrollment", nonce).toString("base64url"),
    };
  }

  /** The answer to a U2F `nonce`. */
  sign(nonce) {
    this.#counter += 1;
    const client = this.#u2f("navigator.id.getAssertion", nonce);
    const head = Buffer.concat([Buffer.from([1]), number(this.#counter, 4)]);
    const signature = this.#sign(sha256(PAGE), head, sha256(client));
    return {
      clientData: client.toString("base64url"),
      signatureData: Buffer.concat([head, signature]).toString("base64url"),
    };
  }
}
