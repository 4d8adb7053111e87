/**
 * The service worker: shows what the installation pushes to this browser, and opens the page that it leads to. It answers no request, so that no page
 * ever depends on it, and imports nothing.
 */

interface Pushed {
  id: string;
  title: string;
  body: string;
  page: string;
  language: string;
}

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface PushEvent extends Waiting {
  readonly data: { json(): Pushed } | null;
}

interface ClickEvent extends Waiting {
  readonly notification: Notification;
}

interface Tab {
  readonly url: string;
  focus(): Promise<unknown>;
}

interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(of: { type: "window"; includeUncontrolled: true }): Promise<Tab[]>; openWindow(url: string): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", listener: () => void): void;
  addEventListener(type: "push", listener: (event: PushEvent) => void): void;
  addEventListener(type: "notificationclick", listener: (event: ClickEvent) => void): void;
}

const scope = globalThis as unknown as Scope;

/** The same message twice has the same tag: the second takes the place of the first. */
async function show(data: PushEvent["data"]): Promise<void> {
  const pushed = data?.json();
  if (!pushed) return;
  await scope.registration.showNotification(pushed.title, {
    body: pushed.body,
    tag: pushed.id,
    lang: pushed.language,
    data: pushed.page,
  });
}

/** Go to the tab that shows the page already, or open one; a tab with something else is left alone. */
async function open(page: string): Promise<void> {
  const wanted = new URL(page, location.origin);
  if (wanted.origin !== location.origin) return;
  const tabs = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => new URL(tab.url).pathname === wanted.pathname);
  await (there ? there.focus() : scope.clients.openWindow(wanted.href));
}

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("push", (event) => event.waitUntil(show(event.data)));
scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});
