import { Link } from "@tanstack/react-router";
import { Notice } from "../ui/Notice.tsx";

/** No screen has this address. */
export function NotFoundPage() {
  return (
    <Notice title="There is no such page" tone="plain">
      <p>
        Go to the <Link to="/">list of sweeps</Link>.
      </p>
    </Notice>
  );
}
