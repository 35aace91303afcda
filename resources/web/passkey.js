/* Passkeys at the district desk: shows the form where the browser knows them, asks for one, sends what it says.
   The only script of the desk; without it one signs in by password and one-time code. */
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (raw) =>
    btoa(String.fromCharCode(...new Uint8Array(raw))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const put = (name, raw) => { form.elements[name].value = text(raw); };
  const asked = form.dataset;
  const challenge = bytes(asked.challenge);

  async function make() {
    const user = { id: bytes(asked.user), name: asked.account, displayName: asked.account };
    const kinds = [-7, -8, -257].map((alg) => ({ type: "public-key", alg }));
    const made = await navigator.credentials.create({ publicKey: {
      rp: { id: asked.host, name: asked.site }, user, challenge, pubKeyCredParams: kinds, attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" }, timeout: 120000,
    } });
    put("data", made.response.getAuthenticatorData());
    return made;
  }

  async function use() {
    const found = await navigator.credentials.get({ publicKey: {
      rpId: asked.host, challenge, userVerification: "required", timeout: 120000,
    } });
    put("data", found.response.authenticatorData);
    put("signature", found.response.signature);
    put("user", found.response.userHandle || new ArrayBuffer(0));
    return found;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const found = await (asked.passkey === "make" ? make() : use());
      put("passkey", found.rawId);
      put("client", found.response.clientDataJSON);
      form.submit();
    } catch (error) {
      form.querySelector("[data-failed]").hidden = false;
    }
  });
  document.querySelectorAll("[data-without]").forEach((one) => { one.hidden = true; });
  form.hidden = false;
})();
