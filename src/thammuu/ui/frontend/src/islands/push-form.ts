/** A form whose button lets this browser receive what is pushed: the browser is asked, and what it gives goes with the form. */

type Fault = "insecure" | "unable" | "denied" | "stopped" | "unreached";

class Refused extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}

export class PushForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const button = form?.querySelector<HTMLButtonElement>(".form-actions button");
    const given = form?.querySelector<HTMLInputElement>("input[data-given]");
    const { key, worker } = this.dataset;
    if (!form || !button || !given || !key || !worker) return;
    this.querySelector(".push-missing")?.remove();
    const lack = lacking();
    if (lack) return this.tell(lack);
    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.disabled = true;
      this.tell(null);
      void subscribe(worker, key)
        .then((subscription) => {
          given.value = JSON.stringify(subscription);
          form.submit();
        })
        .catch((error: unknown) => {
          button.disabled = false;
          this.tell(error instanceof Refused ? error.fault : "stopped");
        });
    });
  }

  private tell(fault: Fault | null): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-fault]")) line.hidden = line.dataset["fault"] !== fault;
  }
}

/** Return what the page or the browser lacks from the start. */
function lacking(): Fault | null {
  if (!isSecureContext) return "insecure";
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window ? null : "unable";
}

async function subscribe(worker: string, key: string): Promise<PushSubscriptionJSON> {
  if ((await Notification.requestPermission()) !== "granted") throw new Refused("denied");
  const registration = await started(worker);
  try {
    const old = await registration.pushManager.getSubscription();
    // One that is bound to another key, of another installation or from before a loss, receives nothing of ours.
    if (old && !isFor(old, key)) await old.unsubscribe();
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    return made.toJSON();
  } catch (error) {
    throw new Refused(error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "unreached", error);
  }
}

async function started(worker: string): Promise<ServiceWorkerRegistration> {
  try {
    await navigator.serviceWorker.register(worker);
    return await navigator.serviceWorker.ready;
  } catch (error) {
    throw new Refused("stopped", error);
  }
}

function isFor(subscription: PushSubscription, key: string): boolean {
  const own = subscription.options.applicationServerKey;
  if (!own) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(own)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
}
