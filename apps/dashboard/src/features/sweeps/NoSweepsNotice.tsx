import { Notice } from "../../ui/Notice.tsx";

/** The first screen of a new installation: three ways to a first sweep. */
export function NoSweepsNotice() {
  const origin = window.location.origin;
  return (
    <Notice title="No sweep yet" tone="plain" testId="no-sweeps">
      <p>Submit one, and it appears here while it runs.</p>
      <dl className="commands">
        <dt>The quickstart: 60 trials on MNIST, a few minutes</dt>
        <dd>
          <code>npm run demo</code>
        </dd>
        <dt>A sweep file of your own</dt>
        <dd>
          <code>npm run smoothsweep -- submit sweep.yaml</code>
        </dd>
        <dt>The same over HTTP</dt>
        <dd>
          <code>curl -H 'content-type: application/yaml' --data-binary @sweep.yaml {origin}/api/v1/sweeps</code>
        </dd>
      </dl>
    </Notice>
  );
}
