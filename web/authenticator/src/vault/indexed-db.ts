import type { Cupboard } from './kept';

/** The browser's own database. It is opened for each use: a phone closes pages without a word. */
export function indexedDbCupboard(factory: IDBFactory, name = 'gapura-authenticator'): Cupboard {
  const within = async <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open(factory, name);
    try {
      const transaction = database.transaction('kept', mode);
      const asked = act(transaction.objectStore('kept'));
      // Not the request but the transaction: only then it is on the disk.
      await new Promise<void>((done, fail) => {
        transaction.oncomplete = () => done();
        transaction.onabort = transaction.onerror = () => fail(transaction.error ?? new Error('The database refused.'));
      });
      return asked.result;
    } finally {
      database.close();
    }
  };
  return {
    get: <T>(key: string) => within<T | undefined>('readonly', (store) => store.get(key)),
    put: async (key, value) => {
      await within('readwrite', (store) => store.put(value, key));
    },
    empty: async () => {
      await within('readwrite', (store) => store.clear());
    },
  };
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = factory.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error('The database cannot be opened.'));
  });
}
