/**
 * The API key of this tab.
 * @module
 */
const KEY = 'apiKey';

/** @type {{asked: boolean, reason: string}} */
export const login = {asked: false, reason: ''};

/** @returns {string | null} the key that requests carry; null if none was given */
export const apiKey = () => sessionStorage.getItem(KEY);

/** Keeps a key until the tab is closed. */
export function signIn(key) {
  sessionStorage.setItem(KEY, key);
  login.asked = false;
}

/** Forgets the key. */
export function signOut() {
  sessionStorage.removeItem(KEY);
}

/** Says that requests need a key, or another one. */
export function askForKey(reason) {
  login.asked = true;
  login.reason = reason;
}
