const SECRET_NAME =
  /(?:password|passwd|passphrase|secret|token|credential|authorization|cookie|api_?key|private_?key)/i;
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

/** What stands in for a secret. */
export const MASK = "***";

/** Whether a setting of this name is a secret as a whole: `apiToken`, `password`, `AWS_SECRET`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * A text without the passwords of the URLs in it: `postgresql://me:pw@host/db` -> `postgresql://me:***@host/db`.
 * Everything else stays, so that an error message remains useful.
 */
export function maskUrlPasswords(text: string): string {
  return text.replace(URL_PASSWORD, `$1:${MASK}@`);
}
