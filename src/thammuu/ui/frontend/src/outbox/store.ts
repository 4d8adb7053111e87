/** What has not reached the server, in IndexedDB; where there is none (a private window), for as long as the page is open. */

export interface Unsent {
  submission: string;
  account: string;
  action: string;
  fields: [string, string | File][];
  label: string;
  at: number;
  /** Why the server did not take it; "" while it waits to be sent. */
  refused: string;
}

const STORE = "outbox";
const held = new Map<string, Unsent>();
let opened: Promise<IDBDatabase | null> | undefined;

export async function keep(item: Unsent): Promise<void> {
  held.set(item.submission, item);
  await run("readwrite", (store) => store.put(item));
}

export async function drop(submission: string): Promise<void> {
  held.delete(submission);
  await run("readwrite", (store) => store.delete(submission));
}

/** Return an account's unsent items, oldest first. */
export async function unsentOf(account: string): Promise<Unsent[]> {
  const stored = await run<Unsent[]>("readonly", (store) => store.getAll());
  return (stored ?? [...held.values()]).filter((item) => item.account === account).sort((a, b) => a.at - b.at);
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T | null> {
  const database = await open();
  if (!database) return null;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open("thammuu", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "submission" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}
