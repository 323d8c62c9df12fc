import { useId } from "react";
import { saveApiKey } from "../api/apiKey.ts";

/** Asks for the API's key and keeps it for this tab. */
export function ApiKeyForm({ onSaved }: { onSaved: () => void }) {
  const id = useId();
  const save = (data: FormData): void => {
    saveApiKey(String(data.get("key") ?? "").trim());
    onSaved();
  };
  return (
    <form className="key-form" action={save}>
      <label htmlFor={id}>API key</label>
      <input id={id} name="key" type="password" autoComplete="off" required />
      <button type="submit">Use it</button>
    </form>
  );
}
