/** A form whose button asks the device for a passkey first; the answer goes with the form. */

type Act = "create" | "get";

export class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const button = form?.querySelector<HTMLButtonElement>("button");
    const question = this.dataset["question"];
    if (!form || !button || !question || !available()) return;
    this.hidden = false;
    button.disabled = false;
    this.querySelector(".passkey-missing")?.remove();
    form.addEventListener("submit", (event) => {
      const answer = form.querySelector<HTMLInputElement>("input[data-answer]");
      if (!answer || answer.value) return;
      event.preventDefault();
      button.disabled = true;
      void ask(this.dataset["act"] as Act, question)
        .then((given) => {
          answer.value = given;
          form.submit();
        })
        .catch(() => {
          button.disabled = false;
          this.querySelector("[role=alert]")?.removeAttribute("hidden");
        });
    });
  }
}

/** Say whether the browser has passkeys and reads them as JSON; it has none where the page is not secure. */
function available(): boolean {
  return "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

async function ask(act: Act, question: string): Promise<string> {
  const asked = JSON.parse(question);
  const given =
    act === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  if (!(given instanceof PublicKeyCredential)) throw new Error("no passkey");
  return JSON.stringify(given.toJSON());
}
